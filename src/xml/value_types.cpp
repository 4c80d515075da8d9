#include "xml/value_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/numbers.h"
#include "xml/characters.h"
#include "xml/values.h"

namespace handout::xml {
namespace {

bool is_blank(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The form of a type whose values are right or wrong, without shades.
struct Form {
  bool right = true;
  const char* expected = "";
  std::string hint;
  const char* no = "";  // what a wrong value is not; "": not a value of the attribute
};

std::string language_hint(std::string_view value) {
  std::string dashed(value);
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  return dashed != value && is_language_tag(dashed) ? fmt::format("write {}", dashed) : "";
}

Form check_form(ValueType type, std::string_view value) {
  switch (type) {
    case ValueType::Id:
    case ValueType::IdRef: return {is_id(value), "an id: a letter, then letters, digits, '.', '_' or '-'", {}};
    case ValueType::Number: return {parse_decimal(value).has_value(), "a number, such as 1.5", {}};
    case ValueType::Date: return {is_date(value), "YYYY-MM-DD", {}, "day of the calendar"};
    case ValueType::LanguageTag: return {is_language_tag(value), "one of BCP 47, such as en or es-US", language_hint(value), "language tag"};
    case ValueType::Path: return {is_relative_path(value), "a relative path with '/' and without '..'", {}};
    case ValueType::Url:
      return {is_url(value), "http://, https://, mailto:, tel: or #id", is_ascii(value) ? "" : "write characters beyond ASCII percent-encoded"};
    default: return {};
  }
}

bool check_token(const AttributeRule& rule, const Attribute& attribute, Diagnostics& diags) {
  if (std::find(rule.choices.begin(), rule.choices.end(), attribute.value) != rule.choices.end()) return true;
  auto added = diags.error(attribute.value_at, fmt::format("'{}' is not a value of {}; expected {}", excerpt(attribute.value), rule.name, describe_type(rule)));
  if (const std::string nearest = nearest_word(attribute.value, rule.choices); nearest.size() > 1) added.hint(fmt::format("did you mean '{}'?", nearest));
  return false;
}

bool check_integer(const AttributeRule& rule, const Attribute& attribute, Diagnostics& diags) {
  const auto value = parse_integer(attribute.value);
  if (value && *value >= rule.minimum && *value <= rule.maximum) return true;
  if (value && *value > rule.maximum) {
    diags.error(attribute.value_at, fmt::format("{} is {}, more than {}", rule.name, *value, rule.maximum));
    return false;
  }
  diags.error(attribute.value_at, fmt::format("'{}' is not a value of {}; expected {}", excerpt(attribute.value), rule.name, describe_type(rule)));
  return false;
}

// The schema takes any text with a sum.
bool check_dimension(const Attribute& attribute, Diagnostics& diags) {
  Diagnostics own;
  if (parse_dimension(attribute.value, attribute.value_at, own)) return true;
  for (const Diagnostic& each : own.all()) {
    auto fault = diags.error(each.at, each.message);
    fault.hint(each.hint);
    if (is_sum(attribute.value)) fault.meaning();
  }
  return false;
}

}  // namespace

std::string list_words(const std::vector<std::string_view>& words, std::string_view conjunction) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", conjunction) : ", ";
    text += words[i];
  }
  return text;
}

bool check_value(const AttributeRule& rule, const Attribute& attribute, std::string_view element, Diagnostics& diags) {
  switch (rule.type) {
    case ValueType::AnyText:
    case ValueType::Custom: return true;
    case ValueType::Text:
      if (!is_blank(attribute.value)) return true;
      diags.error(attribute.value_at, fmt::format("attribute '{}' of <{}> is empty; expected text", rule.name, element));
      return false;
    case ValueType::Token: return check_token(rule, attribute, diags);
    case ValueType::Integer: return check_integer(rule, attribute, diags);
    case ValueType::Dimension: return check_dimension(attribute, diags);
    default: break;
  }
  const Form form = check_form(rule.type, attribute.value);
  if (form.right) return true;
  const std::string wrong = *form.no != '\0' ? fmt::format("no {}", form.no) : fmt::format("not a value of {}", rule.name);
  diags.error(attribute.value_at, fmt::format("'{}' is {}; expected {}", excerpt(attribute.value), wrong, form.expected)).hint(form.hint);
  return false;
}

std::string describe_type(const AttributeRule& rule) {
  switch (rule.type) {
    case ValueType::Text: return "text";
    case ValueType::AnyText: return "text, perhaps empty";
    case ValueType::Id: return "an id, unique in the document";
    case ValueType::IdRef: return "an id of the same document";
    case ValueType::Token: return list_words(rule.choices, "or");
    case ValueType::Integer:
      return rule.maximum == std::numeric_limits<long long>::max() ? fmt::format("a whole number of at least {}", rule.minimum) : fmt::format("a whole number of {} to {}", rule.minimum, rule.maximum);
    case ValueType::Number: return "a number, such as 1.5";
    case ValueType::Date: return "a date, YYYY-MM-DD";
    case ValueType::LanguageTag: return "a language tag (BCP 47), such as en or es-US";
    case ValueType::Path: return "a relative path";
    case ValueType::Url: return "an address: http://, https://, mailto:, tel: or #id";
    case ValueType::Dimension: return "a length, such as 12mm, 1.5em, 50% or 2fr";
    case ValueType::Custom: return rule.form.words.empty() ? "a value of its own form" : rule.form.words;
  }
  return "";
}

}  // namespace handout::xml
