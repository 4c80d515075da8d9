#include <fmt/format.h>

#include <algorithm>

#include "base/numbers.h"
#include "mailings/reader.h"
#include "xml/characters.h"
#include "xml/value_types.h"

namespace handout::mailings {

const xml::Attribute* given(const xml::Element& element, std::string_view name) {
  const xml::Attribute* found = element.find(name);
  return found != nullptr && !found->value.empty() ? found : nullptr;
}

Span value_at(const xml::Element& element, std::string_view attribute) {
  const xml::Attribute* found = element.find(attribute);
  return found != nullptr ? found->value_at : element.at;
}

std::vector<const xml::Element*> children(const xml::Element& parent, std::string_view name) {
  std::vector<const xml::Element*> found;
  for (const xml::Node& node : parent.children) {
    if (const xml::Element* element = node.element(); element != nullptr && element->name == name) found.push_back(element);
  }
  return found;
}

const xml::Element* child(const xml::Element& parent, std::string_view name) {
  const auto all = children(parent, name);
  return all.empty() ? nullptr : all.front();
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::optional<Locale> read_locale(const xml::Element& element, std::string_view attribute, Scope& scope) {
  const xml::Attribute* tag = given(element, attribute);
  if (tag == nullptr) return std::nullopt;
  auto locale = Locale::parse(tag->value);
  if (!locale && xml::is_language_tag(tag->value)) scope.diags.error(tag->value_at, fmt::format("'{}' is the tag of no language", xml::excerpt(tag->value))).hint("BCP 47 tags are such as es, pt-BR or zh-Hans").meaning();
  return locale;
}

FileRef read_file_ref(const xml::Attribute& attribute, const Scope& scope) {
  const auto folder = attribute.value_at.file ? scope.folders.find(*attribute.value_at.file) : scope.folders.end();
  return {attribute.value, folder != scope.folders.end() ? folder->second : std::filesystem::path("."), attribute.value_at};
}

namespace {

FieldType type_of_recipients(std::string_view name) { return name == "birth-date" ? FieldType::Date : FieldType::Text; }

}  // namespace

std::optional<FieldType> find_field(const xml::Attribute& attribute, std::string_view field, Scope& scope) {
  const auto& own = recipient_names();
  if (std::find(own.begin(), own.end(), field) != own.end()) return type_of_recipients(field);
  if (const auto declared = scope.fields.find(field); declared != scope.fields.end()) return declared->second;
  std::vector<std::string_view> names(own.begin(), own.end());
  for (const auto& each : scope.fields) names.push_back(each.first);
  const std::string suggestion = did_you_mean(field, names);
  auto fault = scope.diags.error(attribute.value_at, fmt::format("unknown field '{}'{}", xml::excerpt(field), suggestion));
  fault.meaning();
  if (suggestion.empty()) fault.hint("declare it with <field>, or use what a recipient has: key, name.family, birth-date, language, city, postcode, country, ...");
  return std::nullopt;
}

void check_value(FieldType type, const std::vector<std::string>& choices, std::string_view text, const Span& at, Diagnostics& diags) {
  if (type == FieldType::Date && !unicode::parse_date(text)) {
    diags.error(at, fmt::format("'{}' is not a date", xml::excerpt(text))).hint("write YYYY-MM-DD").meaning();
  } else if (type == FieldType::Number && !parse_decimal(text)) {
    diags.error(at, fmt::format("'{}' is not a number", xml::excerpt(text))).hint("write a plain decimal such as 12 or 4.5").meaning();
  } else if (type == FieldType::Choice && !choices.empty() && std::find(choices.begin(), choices.end(), text) == choices.end()) {
    const std::vector<std::string_view> words(choices.begin(), choices.end());
    diags.error(at, fmt::format("'{}' is not one of the field's choices{}", xml::excerpt(text), did_you_mean(text, words))).hint(fmt::format("expected {}", xml::list_words(words, "or"))).meaning();
  }
}

}  // namespace handout::mailings
