#include "content/reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/numbers.h"

namespace handout::content {
namespace {

constexpr std::size_t kMostFields = 100;
constexpr std::size_t kMostChoices = 50;

constexpr std::pair<std::string_view, FieldType> kTypes[] = {
    {"text", FieldType::Text}, {"date", FieldType::Date}, {"number", FieldType::Number}, {"choice", FieldType::Choice}};

bool is_field_name(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !name.empty() && letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'; });
}

bool is_built_in(std::string_view name) {
  const auto& all = built_in_fields();
  return std::any_of(all.begin(), all.end(), [&](const BuiltInField& each) { return each.name == name; });
}

void check_name(const FieldDef& field, const xml::Element& element, const std::vector<FieldDef>& before, Diagnostics& diags) {
  const Span at = value_at(element, "name");
  if (!element.find("name")) return;
  if (!is_field_name(field.name)) {
    diags.error(at, fmt::format("'{}' cannot be the name of a field", field.name)).hint("begin with a letter; then letters, digits, '.', '-' and '_'");
    return;
  }
  if (is_built_in(field.name)) {
    diags.error(at, fmt::format("field '{}' is built in and cannot be declared", field.name)).hint("leave the <field-def> out, or choose another name").meaning();
  }
  const auto first = std::find_if(before.begin(), before.end(), [&](const FieldDef& each) { return each.name == field.name; });
  if (first != before.end()) {
    diags.error(at, fmt::format("field '{}' is declared twice", field.name)).hint(fmt::format("first declared at {}", to_text(first->at))).meaning();
  }
}

void check_choices(const FieldDef& field, const xml::Element& element, Diagnostics& diags) {
  const bool given = element.find("choices") != nullptr;
  if (field.type == FieldType::Choice && field.choices.empty()) {
    diags.error(value_at(element, given ? "choices" : "type"), fmt::format("field '{}' is a choice without choices", field.name)).hint("choices=\"left|right\"").meaning();
  }
  if (field.type != FieldType::Choice && given) {
    diags.error(value_at(element, "choices"), fmt::format("field '{}' has choices but is no choice", field.name)).hint("type=\"choice\"").meaning();
  }
  if (field.choices.size() > kMostChoices) {
    diags.error(value_at(element, "choices"), fmt::format("field '{}' has {} choices, more than {}", field.name, field.choices.size(), kMostChoices)).meaning();
    return;
  }
  for (auto each = field.choices.begin(); each != field.choices.end(); ++each) {
    if (std::find(field.choices.begin(), each, *each) != each) {
      diags.error(value_at(element, "choices"), fmt::format("choice '{}' of field '{}' is given twice", *each, field.name)).meaning();
    }
  }
}

std::string expected_choices(const std::vector<std::string>& choices) {
  std::string text = "expected ";
  for (std::size_t i = 0; i < choices.size(); ++i) text += (i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ") + choices[i];
  return text;
}

}  // namespace

const std::vector<BuiltInField>& built_in_fields() {
  static const std::vector<BuiltInField> fields = {
      {"patient.name", FieldType::Text, "the patient's name, in the order of its own locale"},
      {"patient.birth-date", FieldType::Date, "the patient's date of birth"},
      {"patient.id", FieldType::Text, "the patient's number at the clinic"},
      {"patient.address", FieldType::Text, "the patient's address"},
      {"postal.imb", FieldType::Text, "what the Intelligent Mail code on the patient's letter says: 20 digits of tracking code, then the ZIP code"},
      {"postal.code", FieldType::Text, "what another post's code on the patient's letter says"},
      {"clinic.name", FieldType::Text, "the clinic's name"},
      {"clinic.phone", FieldType::Text, "the clinic's telephone number"},
      {"clinic.address", FieldType::Text, "the clinic's address"},
      {"clinic.web", FieldType::Text, "the clinic's web address"},
      {"clinic.email", FieldType::Text, "the clinic's e-mail address"},
      {"clinician.name", FieldType::Text, "who hands it out"},
      {"date", FieldType::Date, "the day of the handout"},
      {"note", FieldType::Text, "a note from the clinic to this patient"},
      {"article.title", FieldType::Text, "the article's title"},
      {"article.version", FieldType::Text, "the article's version"},
  };
  return fields;
}

std::vector<FieldDef> read_field_defs(const xml::Element& article, Scope& scope) {
  std::vector<FieldDef> fields;
  for (const xml::Element* element : children(article, "field-def")) {
    if (fields.size() == kMostFields) {
      scope.diags.error(element->at, fmt::format("more than {} fields are declared", kMostFields)).meaning();
      break;
    }
    FieldDef field;
    field.name = text_of(*element, "name");
    field.type = read_token(*element, "type", kTypes);
    field.required = element->value("required") == "yes";
    field.fallback = text_of(*element, "default");
    field.choices = split(element->value("choices"), "|");
    field.at = element->at;
    check_name(field, *element, fields, scope.diags);
    check_choices(field, *element, scope.diags);
    if (!field.fallback.empty()) check_field_value({field.type, field.choices}, field.fallback, value_at(*element, "default"), scope.diags);
    if (field.choices.size() > kMostChoices) field.choices.clear();
    fields.push_back(std::move(field));
  }
  return fields;
}

std::map<std::string, Field, std::less<>> known_fields(const std::vector<FieldDef>& declared) {
  std::map<std::string, Field, std::less<>> fields;
  for (const BuiltInField& each : built_in_fields()) fields[std::string(each.name)].type = each.type;
  for (const FieldDef& each : declared) fields.try_emplace(each.name, Field{each.type, each.choices});
  return fields;
}

const Field* find_field(const xml::Element& element, std::string_view attribute, const Scope& scope) {
  const xml::Attribute* found = element.find(attribute);
  if (!found || found->value.empty()) return nullptr;
  const auto field = scope.fields.find(found->value);
  if (field != scope.fields.end()) return &field->second;
  if (told(scope.diags, found->value_at)) return nullptr;
  std::vector<std::string_view> names;
  for (const auto& each : scope.fields) names.push_back(each.first);
  const std::string suggestion = did_you_mean(found->value, names);
  auto fault = scope.diags.error(found->value_at, fmt::format("unknown field '{}'{}", found->value, suggestion));
  fault.meaning();
  if (suggestion.empty()) fault.hint("declare a field of the article's own with <field-def>");
  return nullptr;
}

void check_field_value(const Field& field, const std::string& text, const Span& at, Diagnostics& diags) {
  if (field.type == FieldType::Date && !unicode::parse_date(text)) {
    diags.error(at, fmt::format("'{}' is not a date", text)).hint("write YYYY-MM-DD").meaning();
  } else if (field.type == FieldType::Number && !parse_decimal(text)) {
    diags.error(at, fmt::format("'{}' is not a number", text)).hint("write a plain decimal such as 12 or 4.5").meaning();
  } else if (field.type == FieldType::Choice && !field.choices.empty() && std::find(field.choices.begin(), field.choices.end(), text) == field.choices.end()) {
    const std::vector<std::string_view> choices(field.choices.begin(), field.choices.end());
    diags.error(at, fmt::format("'{}' is not one of the field's choices{}", text, did_you_mean(text, choices))).hint(expected_choices(field.choices)).meaning();
  }
}

}  // namespace handout::content
