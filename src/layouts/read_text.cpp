#include <fmt/format.h>

#include "base/numbers.h"
#include "layouts/length_rules.h"
#include "layouts/reader.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

std::string read_phrase_id(const xml::Element& element, std::string_view attribute, Diagnostics& diags) {
  const xml::Attribute* found = element.find(attribute);
  if (found == nullptr) return "";
  if (!is_name(found->value)) diags.error(found->value_at, fmt::format("'{}' is not the id of a phrase", xml::excerpt(found->value))).hint("use letters, digits, '-' and '_', with a letter first");
  return found->value;
}

PhrasePart read_phrase(const xml::Element& element, Diagnostics& diags) {
  PhrasePart phrase{read_phrase_id(element, "id", diags), {}};
  for (const xml::Node& node : element.children) {
    const xml::Element* argument = node.element();
    if (argument == nullptr || argument->name != "arg") continue;
    const xml::Attribute* name = argument->find("name");
    const std::string field = read_field_name(*argument, "field", diags);
    if (name == nullptr) continue;
    if (!is_name(name->value)) diags.error(name->value_at, fmt::format("'{}' is not the name of an argument", xml::excerpt(name->value))).hint("use letters, digits, '-' and '_', with a letter first");
    else if (!phrase.arguments.emplace(name->value, field).second) diags.error(name->value_at, fmt::format("argument '{}' is given twice", name->value)).meaning();
  }
  return phrase;
}

// Collapses white space over the whole of a text and across its parts, as CSS Text section 4.1.1 does for `normal`: none at its ends and beside
// line breaks, one space for any run elsewhere.
class Words {
 public:
  void add(const xml::Text& literal) {
    TextPart part{LiteralText{}, {}, {}, literal.at, {}};
    std::string& text = std::get<LiteralText>(part.what).text;
    for (const char c : literal.text) {
      if (xml::is_space(c)) {
        space_ = space_ || !at_start_;
        continue;
      }
      put_space(text);
      text += c;
      at_start_ = false;
    }
    if (!text.empty()) parts_.push_back(std::move(part));
  }
  void add(TextPart part) {
    if (std::holds_alternative<BreakPart>(part.what)) {
      space_ = false;
      at_start_ = true;
    } else {
      if (space_) parts_.push_back({LiteralText{" "}, {}, {}, part.at, {}});
      space_ = false;
      at_start_ = false;
    }
    parts_.push_back(std::move(part));
  }
  std::vector<TextPart> take() { return join(std::move(parts_)); }

 private:
  void put_space(std::string& text) {
    if (space_) text += ' ';
    space_ = false;
  }
  // A space between words and a part belongs to the words.
  static std::vector<TextPart> join(std::vector<TextPart> parts) {
    std::vector<TextPart> joined;
    for (TextPart& part : parts) {
      const auto* text = std::get_if<LiteralText>(&part.what);
      auto* before = joined.empty() ? nullptr : std::get_if<LiteralText>(&joined.back().what);
      if (text != nullptr && before != nullptr) before->text += text->text;
      else joined.push_back(std::move(part));
    }
    return joined;
  }

  std::vector<TextPart> parts_;
  bool space_ = false;     // white space was read and may be needed
  bool at_start_ = true;   // of a line, where it is not
};

LeaderPart read_leader(const xml::Element& element, Diagnostics& diags) {
  const std::string pattern = text_of(element, "pattern");
  return {pattern.empty() ? "dots" : pattern, read_length(element, "minimum", kMinimum, diags)};
}

std::optional<TextPart> read_part(const xml::Element& element, Place place, Diagnostics& diags) {
  TextPart part{LiteralText{}, read_classes(element, diags), read_shown(element, place, diags), element.at, {}};
  if (element.name == "phrase") part.what = read_phrase(element, diags);
  else if (element.name == "field") part.what = FieldPart{read_field_name(element, "name", diags), text_of(element, "format")};
  else if (element.name == "page") part.what = PagePart::Page;
  else if (element.name == "pages") part.what = PagePart::Pages;
  else if (element.name == "section-title") part.what = PagePart::SectionTitle;
  else if (element.name == "page-of") part.what = PageOfPart{text_of(element, "ref")};
  else if (element.name == "leader") part.what = read_leader(element, diags);
  else if (element.name == "br") part.what = BreakPart{};
  else return std::nullopt;
  if (element.name != "phrase") part.id = text_of(element, "id");
  return part;
}

int read_heading(const xml::Element& element, Place place, Diagnostics& diags) {
  const xml::Attribute* attribute = element.find("heading");
  if (attribute == nullptr) return 0;
  if (place == Place::Region) diags.error(attribute->at, "a heading may not stand in a <region>").hint("it would be missing in the outline, which follows the <body>").meaning();
  if (place == Place::Band) diags.error(attribute->at, "a heading may not stand in a header or footer").hint("what is repeated on pages is no part of the document's outline").meaning();
  const auto level = parse_integer(attribute->value);
  return level && *level >= 1 && *level <= 6 ? static_cast<int>(*level) : 0;
}

}  // namespace

TextItem read_text(const xml::Element& element, Place place, const Context& context) {
  Words words;
  for (const xml::Node& node : element.children) {
    if (const xml::Text* text = node.text()) words.add(*text);
    else if (auto part = read_part(*node.element(), place, context.diags)) words.add(*std::move(part));
  }
  TextItem item{words.take(), read_heading(element, place, context.diags)};
  if (item.parts.empty()) context.diags.error(element.at, "<text> has no words").hint("to keep room free, use a <box> with min-height").meaning();
  return item;
}

}  // namespace handout::layouts
