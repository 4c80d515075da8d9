#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "layouts/reader.h"
#include "unicode/locale.h"
#include "xml/characters.h"
#include "xml/value_types.h"

namespace handout::layouts {
namespace {

std::vector<std::string> read_fields(const xml::Element& element, std::string_view name, Diagnostics& diags) {
  const xml::Attribute* attribute = element.find(name);
  std::vector<std::string> fields;
  if (attribute == nullptr) return fields;
  for (const Piece& piece : pieces_of(*attribute)) {
    if (is_field_name(piece.text)) fields.emplace_back(piece.text);
    else diags.error(piece.at, fmt::format("'{}' is not the name of a field", xml::excerpt(piece.text))).hint("names of fields are such as clinic.phone, with spaces between them");
  }
  if (attribute->value.find_first_not_of(' ') == std::string::npos) diags.error(attribute->value_at, fmt::format("{} is empty; expected names of fields", name));
  return fields;
}

// One "field=value" after another; a value with spaces stands in quotes.
class TestParser {
 public:
  TestParser(const xml::Attribute& attribute, Diagnostics& diags) : attribute_(attribute), text_(attribute.value), diags_(diags) {}

  // Without those that are wrong: after the first one nobody knows where the next begins.
  std::vector<Test> parse() {
    std::vector<Test> tests;
    for (skip_space(); at_ < text_.size(); skip_space()) {
      Test test;
      if (!parse_test(test)) return tests;
      tests.push_back(std::move(test));
    }
    if (tests.empty()) diags_.error(attribute_.value_at, "when is empty; expected tests of fields").hint(kHint);
    return tests;
  }

 private:
  bool parse_test(Test& test) {
    const std::size_t start = at_, end = std::min(text_.find_first_of("=!<> ", at_), text_.size());
    test.field = text_.substr(start, end - start);
    if (!is_field_name(test.field)) return fault(start, fmt::format("'{}' is not the name of a field", xml::excerpt(test.field)));
    at_ = end;
    if (take("!=")) test.relation = Test::Relation::IsNot;
    else if (take("=")) test.relation = Test::Relation::Is;
    else if (take("<")) test.relation = Test::Relation::Less;
    else if (take(">")) test.relation = Test::Relation::More;
    else return fault(at_, fmt::format("'{}' is compared with nothing; expected =, !=, < or > and a value behind it", xml::excerpt(test.field)));
    return parse_value(test);
  }

  bool parse_value(Test& test) {
    const std::size_t start = at_;
    if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"')) {
      const std::size_t end = text_.find(text_[at_], at_ + 1);
      if (end == std::string_view::npos) return fault(start, "a value without a closing quote");
      test.value = text_.substr(start + 1, end - start - 1);
      at_ = end + 1;
      return true;
    }
    at_ = std::min(text_.find(' ', at_), text_.size());
    test.value = text_.substr(start, at_ - start);
    if (test.value.empty() || test.value.find_first_of("=<>") != std::string::npos) return fault(start, fmt::format("'{}' cannot be compared with '{}'", xml::excerpt(test.field), xml::excerpt(test.value)));
    return true;
  }

  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void skip_space() { at_ = std::min(text_.find_first_not_of(' ', at_), text_.size()); }
  bool fault(std::size_t offset, const std::string& message) {
    diags_.error(place(attribute_, offset), message).hint(kHint);
    return false;
  }

  static constexpr const char* kHint = "write patient.language=es, with =, !=, < or > and no spaces round it; '<' is &lt; in XML";
  const xml::Attribute& attribute_;
  std::string_view text_;
  Diagnostics& diags_;
  std::size_t at_ = 0;
};

void tell_script(const Piece& piece, Diagnostics& diags) {
  auto fault = diags.error(piece.at, fmt::format("'{}' is no script code", xml::excerpt(piece.text)));
  fault.hint("use ISO 15924 codes such as Latn, Arab or Deva");
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool formed = piece.text.size() == 4 && piece.text[0] >= 'A' && piece.text[0] <= 'Z' && std::all_of(piece.text.begin() + 1, piece.text.end(), is_lower);
  if (formed) fault.meaning();
}

void tell_locale(const Piece& piece, const std::string& right, Diagnostics& diags) {
  auto fault = diags.error(piece.at, fmt::format("'{}' is no language tag", xml::excerpt(piece.text)));
  fault.hint(right.empty() ? "use BCP 47 tags such as es or pt-BR" : fmt::format("write {}", right));
  if (xml::is_language_tag(piece.text)) fault.meaning();
}

constexpr std::array<std::string_view, 10> kPageWords{"all", "rest", "left", "right", "recto", "verso", "first", "last", "only", "blank"};

std::vector<PageOn> read_for_page(const xml::Attribute& attribute, Place where, Diagnostics& diags) {
  if (where == Place::Body || where == Place::Parallel) {
    diags.error(attribute.at, "for-page may not stand in the <body>").hint("it is for headers, footers and regions: where an item of the body comes to stand follows from what it holds").meaning();
    return {};
  }
  std::vector<PageOn> pages;
  const auto pieces = pieces_of(attribute);
  for (const Piece& piece : pieces) {
    if (const auto on = page_on(piece.text)) pages.push_back(*on);
    else diags.error(piece.at, fmt::format("'{}' is no kind of page{}", xml::excerpt(piece.text), did_you_mean(piece.text, {kPageWords.begin(), kPageWords.end()}))).hint(fmt::format("use {}", fmt::join(kPageWords, ", ")));
  }
  if (pieces.empty()) diags.error(attribute.value_at, "for-page is empty; expected kinds of pages").hint("leave it out for all pages");
  return pages;
}

}  // namespace

std::optional<PageOn> page_on(std::string_view word) {
  const auto found = std::find(kPageWords.begin(), kPageWords.end(), word);
  return found != kPageWords.end() ? std::optional(static_cast<PageOn>(found - kPageWords.begin())) : std::nullopt;
}
std::string_view to_text(PageOn on) { return kPageWords[static_cast<std::size_t>(on)]; }

std::vector<std::string> read_scripts(const xml::Attribute& attribute, Diagnostics& diags) {
  std::vector<std::string> scripts;
  const auto pieces = pieces_of(attribute);
  for (const Piece& piece : pieces) {
    // Written as in the registry, since scripts are compared by their letters.
    if (unicode::is_script(piece.text)) scripts.emplace_back(piece.text);
    else tell_script(piece, diags);
  }
  if (pieces.empty()) diags.error(attribute.value_at, fmt::format("{} is empty; expected script codes", attribute.name)).hint(attribute.name == "for-script" ? "leave it out for all scripts" : "");
  return scripts;
}

std::vector<std::string> read_locales(const xml::Attribute& attribute, Diagnostics& diags) {
  std::vector<std::string> locales;
  const auto pieces = pieces_of(attribute);
  for (const Piece& piece : pieces) {
    const auto locale = unicode::Locale::parse(piece.text);
    // Tags are compared by their letters.
    if (locale && locale->tag() == piece.text) locales.emplace_back(piece.text);
    else tell_locale(piece, locale ? locale->tag() : std::string(), diags);
  }
  if (pieces.empty()) diags.error(attribute.value_at, "for-locale is empty; expected language tags").hint("leave it out for all languages");
  return locales;
}

Shown read_shown(const xml::Element& element, Place where, Diagnostics& diags) {
  Shown shown;
  shown.has = read_fields(element, "has", diags);
  shown.lacks = read_fields(element, "lacks", diags);
  for (const std::string& field : shown.has) {
    if (std::find(shown.lacks.begin(), shown.lacks.end(), field) != shown.lacks.end()) {
      diags.error(element.find("lacks")->value_at, fmt::format("field '{}' stands in has and in lacks", field)).hint("it would never be shown").meaning();
    }
  }
  if (const xml::Attribute* when = element.find("when")) shown.when = TestParser(*when, diags).parse();
  if (const xml::Attribute* locales = element.find("for-locale")) shown.locales = read_locales(*locales, diags);
  if (const xml::Attribute* scripts = element.find("for-script")) shown.scripts = read_scripts(*scripts, diags);
  if (const xml::Attribute* pages = element.find("for-page")) shown.pages = read_for_page(*pages, where, diags);
  return shown;
}

}  // namespace handout::layouts
