#include "batch/field_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/numbers.h"
#include "recipients/bytes.h"
#include "unicode/formats.h"

namespace handout::batch {

using recipients::Target;

namespace {

std::string address_of(const request::Recipient& recipient) {
  std::string text;
  const auto add = [&](std::string_view part) {
    if (!part.empty()) text.append(text.empty() ? "" : "\n").append(part);
  };
  for (const std::string& line : recipient.address) add(line);
  if (recipient.postal) {
    for (const std::string& line : recipient.postal->lines) add(line);
    for (const std::string* part : {&recipient.postal->city, &recipient.postal->district, &recipient.postal->state, &recipient.postal->postcode}) add(*part);
  }
  return text;
}

}  // namespace

std::string value_of(const recipients::Person& person, std::string_view name) {
  for (const auto& [field, value] : person.fields) {
    if (field == name) return value;
  }
  const auto target = recipients::target_named(name);
  if (!target) return "";
  const request::Recipient& recipient = person.recipient;
  const auto line = [&](std::size_t index) {
    const auto& lines = recipient.postal ? recipient.postal->lines : recipient.address;
    return index < lines.size() ? lines[index] : std::string();
  };
  switch (*target) {
    case Target::Key: return recipient.key;
    case Target::Given: return recipient.name.given;
    case Target::Family: return recipient.name.family;
    case Target::Prefix: return recipient.name.prefix;
    case Target::Suffix: return recipient.name.suffix;
    case Target::Display: return recipient.name.display;
    case Target::NameLocale: return recipient.name.locale ? recipient.name.locale->tag() : "";
    case Target::BirthDate: return recipient.birth_date ? unicode::to_text(*recipient.birth_date) : "";
    case Target::Language: return recipient.languages.empty() ? "" : recipient.languages.front().tag();
    case Target::Address: return address_of(recipient);
    case Target::Line1: return line(0);
    case Target::Line2: return line(1);
    case Target::Line3: return line(2);
    case Target::Line4: return line(3);
    case Target::Line5: return line(4);
    case Target::Line6: return line(5);
    case Target::City: return recipient.postal ? recipient.postal->city : "";
    case Target::District: return recipient.postal ? recipient.postal->district : "";
    case Target::State: return recipient.postal ? recipient.postal->state : "";
    case Target::Postcode: return recipient.postal ? recipient.postal->postcode : "";
    case Target::Country: return recipient.country;
    case Target::LargePrint: return recipient.large_print ? "yes" : "no";
  }
  return "";
}

std::string value_of(const mailings::Mailing& mailing, const recipients::Person& person, std::string_view name) {
  const mailings::Field* const field = mailings::find_field(mailing, name);
  if (field != nullptr && field->constant) return *field->constant;
  std::string value = value_of(person, name);
  return value.empty() && field != nullptr && field->fallback ? *field->fallback : value;
}

namespace {

template <typename Field>
bool is_one(const Field& field, const std::string& value) {
  using Type = decltype(field.type);
  switch (field.type) {
    case Type::Date: return unicode::parse_date(value).has_value();
    case Type::Number: return parse_decimal(value).has_value();
    case Type::Choice: return std::find(field.choices.begin(), field.choices.end(), value) != field.choices.end();
    case Type::Text: return true;
  }
  return true;
}

}  // namespace

bool is_of_type(const mailings::Field& field, const std::string& value) { return is_one(field, value); }
bool is_of_type(const content::FieldDef& field, const std::string& value) { return is_one(field, value); }

std::string shown(const std::vector<std::string>& choices) {
  constexpr std::size_t kMostShown = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(choices.size(), kMostShown); ++i) text += (i == 0 ? "" : ", ") + recipients::shown(choices[i]);
  return choices.size() > kMostShown ? text + fmt::format(" and {} more", choices.size() - kMostShown) : text;
}

std::optional<std::string> fault_of_value(const mailings::Field& field, const std::string& value) {
  if (value.empty() || is_of_type(field, value)) return std::nullopt;
  switch (field.type) {
    case mailings::FieldType::Date: return "is no day of the calendar: expected YYYY-MM-DD";
    case mailings::FieldType::Number: return "is no number: expected one such as 4.5";
    case mailings::FieldType::Choice: return fmt::format("is none of the field's choices: expected {}", shown(field.choices));
    case mailings::FieldType::Text: break;
  }
  return std::nullopt;
}

std::string column_of(const mailings::Field& field) { return field.column.empty() ? field.name : field.column; }

}  // namespace handout::batch
