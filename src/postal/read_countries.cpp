#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/numbers.h"
#include "postal/countries.h"
#include "postal/limits.h"
#include "postal/vocabulary.h"
#include "xml/characters.h"
#include "xml/element.h"
#include "xml/read_document.h"
#include "xml/value_types.h"

namespace handout::postal {
namespace {

constexpr std::uintmax_t kLargestFile = 1u << 20;
constexpr std::array<std::string_view, kPartCount> kNames{"street", "district", "city", "state", "postcode"};

// Words between spaces, each with its place.
struct Word { std::string_view text; Span at; };
std::vector<Word> words_of(const xml::Attribute& attribute) {
  std::vector<Word> words;
  const std::string_view value = attribute.value;
  for (std::size_t at = value.find_first_not_of(' '); at != std::string_view::npos;) {
    const std::size_t end = std::min(value.find(' ', at), value.size());
    words.push_back({value.substr(at, end - at), attribute.place(at)});
    at = value.find_first_not_of(' ', end);
  }
  return words;
}

bool is_code(std::string_view text) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_script(std::string_view text) {
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  return text.size() == 4 && text[0] >= 'A' && text[0] <= 'Z' && std::all_of(text.begin() + 1, text.end(), is_small);
}

}  // namespace

std::string_view name(Part part) { return kNames[static_cast<std::size_t>(part)]; }

std::optional<Part> part_named(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  return found == kNames.end() ? std::nullopt : std::optional(static_cast<Part>(found - kNames.begin()));
}

const Country* Countries::find(std::string_view code) const {
  const auto found = all_.find(code);
  return found == all_.end() ? nullptr : &found->second;
}

// Runs after xml::validate and says nothing a second time.
class CountriesReader {
 public:
  explicit CountriesReader(Diagnostics& diags) : diags_(diags) {}

  Countries read(const xml::Element& root) {
    for (const xml::Node& node : root.children) {
      const xml::Element* element = node.element();
      if (element != nullptr && element->name == "form") forms_.try_emplace(std::string(element->value("id")), read_form(*element));
    }
    for (const xml::Node& node : root.children) {
      const xml::Element* element = node.element();
      if (element != nullptr && element->name == "country") add(read_country(*element), *element);
    }
    for (const auto& [code, at] : partners_) {
      if (countries_.find(code) == nullptr) diags_.error(at, fmt::format("there is no country '{}' here", code)).meaning();
    }
    return std::move(countries_);
  }

 private:
  void add(Country country, const xml::Element& element) {
    auto& capitals = countries_.capitals_[country.language.language()];
    if (!capitals) capitals = std::make_unique<const unicode::Capitals>(country.language);
    country.upper = capitals.get();
    const std::string code = country.code;
    const bool added = countries_.all_.try_emplace(code, std::move(country)).second;
    if (!added) diags_.error(element.find("code") != nullptr ? element.find("code")->value_at : element.at, fmt::format("second country '{}'", xml::excerpt(code))).meaning();
  }

  Country read_country(const xml::Element& element) {
    Country country;
    country.code = read_code(element, "code");
    read_forms(element, country);
    read_postcode(element, country);
    country.required = read_parts(element, "requires");
    if (element.find("requires") == nullptr) {
      country.required.add(Part::Street);
      country.required.add(Part::City);
    }
    country.capitals = read_parts(element, "capitals");
    // Universal Postal Convention, Letter Post Regulations: the place and the country of destination in capitals.
    country.capitals_abroad = read_parts(element, "capitals-abroad");
    country.capitals_abroad.add(Part::City);
    country.city = element.value("city");
    country.state = element.value("state");
    country.postcode_lead = element.value("postcode-lead");
    country.domestic_with = read_code(element, "domestic-with");
    if (!country.domestic_with.empty()) partners_.emplace_back(country.domestic_with, element.find("domestic-with")->value_at);
    const auto language = read_language(element, "language");
    country.language = language ? *language : unicode::usual_language(country.code);
    if (element.value("name") == "short") country.name_length = unicode::NameLength::Short;
    country.most_lines = read_number(element, "lines", kLeastLines, kMostLines);
    country.most_characters = read_number(element, "characters", kLeastCharacters, kMostCharacters);
    if (element.value("spaces") == "not-counted") country.count_spaces = CountSpaces::No;
    country.most_lines_abroad = read_number(element, "lines-abroad", kLeastLines, kMostLines);
    return country;
  }

  void read_forms(const xml::Element& element, Country& country) {
    const xml::Attribute* shared = element.find("form");
    bool has_form = shared != nullptr;
    if (shared != nullptr) {
      const auto found = forms_.find(shared->value);
      if (found != forms_.end()) country.form = found->second;
      else if (xml::is_id(shared->value)) diags_.error(shared->value_at, fmt::format("there is no form '{}'", xml::excerpt(shared->value))).hint("forms stand before the countries, as <form id=\"…\">").meaning();
    }
    for (const xml::Node& node : element.children) {
      const xml::Element* child = node.element();
      if (child == nullptr) continue;
      if (child->name == "name") {
        if (const auto language = read_language(*child, "language")) country.names.insert_or_assign(language->tag(), std::string(child->value("text")));
      } else if (child->name == "form") {
        const bool is_native = child->find("scripts") != nullptr;
        if (is_native ? country.native.has_value() : has_form) diags_.error(child->at, is_native ? "second form with scripts" : "second form for all scripts").hint("a country has one form, and one for the scripts that are written there").meaning();
        else if (is_native) country.native = read_form(*child);
        else country.form = read_form(*child);
        if (!is_native) has_form = true;
      }
    }
    if (!has_form) diags_.error(element.at, "<country> has no form").hint("give form=\"…\", or a <form> inside").meaning();
  }

  Form read_form(const xml::Element& element) {
    Form form;
    if (const xml::Attribute* scripts = element.find("scripts")) {
      const auto words = words_of(*scripts);
      for (const Word& word : words) {
        if (is_script(word.text)) form.scripts.emplace_back(word.text);
        else diags_.error(word.at, fmt::format("'{}' is no code of a script", xml::excerpt(word.text))).hint("ISO 15924 codes are such as Hani, Kana, Thai");
      }
      if (words.empty()) diags_.error(scripts->value_at, "scripts is empty; expected codes of scripts");
    }
    for (const xml::Node& node : element.children) {
      const xml::Element* line = node.element();
      if (line != nullptr && line->name == "line") form.lines.push_back(read_line(*line));
    }
    return form;
  }

  std::vector<Piece> read_line(const xml::Element& line) {
    std::vector<Piece> pieces;
    std::string separator;
    for (const xml::Node& node : line.children) {
      if (const xml::Text* text = node.text()) {
        separator += text->text;
        continue;
      }
      const auto part = part_named(node.element()->name);
      if (!part) continue;
      const xml::Element& element = *node.element();
      pieces.push_back({*part, std::exchange(separator, ""), std::string(element.value("before")), std::string(element.value("after")), part_named(element.value("unless"))});
    }
    if (pieces.empty()) diags_.error(line.at, "<line> has no parts").meaning();
    if (separator.find_first_not_of(" \t\r\n") != std::string::npos) diags_.error(line.at, "<line> ends with words that belong to no part").hint("give them to the part, as after=\"…\"").meaning();
    return pieces;
  }

  void read_postcode(const xml::Element& element, Country& country) {
    country.postcode_prefix = element.value("postcode-prefix");
    const xml::Attribute* postcode = element.find("postcode");
    if (postcode == nullptr) return;
    if (auto form = PostcodeForm::parse(postcode->value)) {
      country.postcode = *std::move(form);
      return;
    } else {
      auto fault = diags_.error(postcode->place(form.error().at), "this is no form of a postcode");
      fault.hint("# is a digit, @ a letter, * either, [A-C] one of these");
      if (form.error().aspect == Aspect::Meaning) fault.meaning();
    }
  }

  Parts read_parts(const xml::Element& element, std::string_view attribute) {
    Parts parts;
    const xml::Attribute* found = element.find(attribute);
    if (found == nullptr) return parts;
    const auto words = words_of(*found);
    for (const Word& word : words) {
      if (const auto part = part_named(word.text)) parts.add(*part);
      else diags_.error(word.at, fmt::format("'{}' is no part of an address{}", xml::excerpt(word.text), did_you_mean(word.text, {kNames.begin(), kNames.end()}))).hint("parts are street, district, city, state and postcode");
    }
    if (words.empty()) diags_.error(found->value_at, fmt::format("{} is empty; expected parts of an address", attribute));
    return parts;
  }

  std::string read_code(const xml::Element& element, std::string_view attribute) {
    const xml::Attribute* code = element.find(attribute);
    if (code == nullptr) return "";
    const bool formed = is_code(code->value);
    if (formed && unicode::is_country(code->value)) return code->value;
    // Others that CLDR has a region for.
    const auto locale = formed ? unicode::Locale::parse(fmt::format("und-{}", code->value)) : std::nullopt;
    if (locale && locale->region() == code->value) return code->value;
    auto fault = diags_.error(code->value_at, fmt::format("'{}' is no code of a country", xml::excerpt(code->value)));
    fault.hint("use two capital letters of ISO 3166, such as US");
    if (formed) fault.meaning();
    return "";
  }

  std::optional<unicode::Locale> read_language(const xml::Element& element, std::string_view attribute) {
    const xml::Attribute* tag = element.find(attribute);
    if (tag == nullptr || !xml::is_language_tag(tag->value)) return std::nullopt;
    auto locale = unicode::Locale::parse(tag->value);
    if (!locale) diags_.error(tag->value_at, fmt::format("'{}' is no language tag", xml::excerpt(tag->value))).hint("BCP 47 tags are such as es, pt-BR or zh-Hans").meaning();
    return locale;
  }

  static std::size_t read_number(const xml::Element& element, std::string_view attribute, int least, int most) {
    const xml::Attribute* found = element.find(attribute);
    const auto number = found != nullptr ? parse_integer(found->value) : std::nullopt;
    return number && *number >= least && *number <= most ? static_cast<std::size_t>(*number) : 0;  // validate tells others
  }

  Diagnostics& diags_;
  Countries countries_;
  std::map<std::string, Form, std::less<>> forms_;
  std::vector<std::pair<std::string, Span>> partners_;
};

Result<Countries> read_countries(const std::filesystem::path& path, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
  const auto document = xml::read_document(path, countries_vocabulary(), kLargestFile, diags);
  if (!document) return tl::unexpected(Failure{});
  Countries countries = CountriesReader(diags).read(document->root);
  if (!document->valid || diags.error_count() > errors) return tl::unexpected(Failure{});
  return countries;
}

}  // namespace handout::postal
