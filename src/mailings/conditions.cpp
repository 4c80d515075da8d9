#include <algorithm>

#include "base/ascii.h"
#include "base/numbers.h"
#include "mailings/mailing.h"
#include "unicode/matching.h"

namespace handout::mailings {
namespace {

// `wanted` is in the form that is compared.
bool equals(const Condition& condition, std::string_view value, std::string_view wanted) {
  if (condition.field == "language") return is_in_range(value, wanted);
  return value == wanted;
}

bool is_less(FieldType type, std::string_view a, std::string_view b) { return type == FieldType::Number ? decimal_order(a) < decimal_order(b) : a < b; }

}  // namespace

bool is_in_range(std::string_view tag, std::string_view range) {
  if (tag.size() < range.size() || (tag.size() > range.size() && tag[range.size()] != '-')) return false;
  return std::equal(range.begin(), range.end(), tag.begin(), [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
}

std::optional<std::string> comparable_form(FieldType type, std::string_view value) {
  if (type == FieldType::Number) return exact_decimal(value);
  if (type == FieldType::Date) {
    const auto date = unicode::parse_date(value);
    return date ? std::optional(unicode::to_text(*date)) : std::nullopt;
  }
  return unicode::comparable(value);
}

bool holds(const Condition& condition, std::string_view value) {
  if (condition.operation == Operation::Present) return !value.empty();
  if (condition.operation == Operation::Missing) return value.empty();
  const auto form = value.empty() ? std::nullopt : comparable_form(condition.type, value);
  const bool is_one = form && std::any_of(condition.values.begin(), condition.values.end(), [&](const std::string& each) { return equals(condition, *form, each); });
  switch (condition.operation) {
    case Operation::IsNot: return !is_one;
    case Operation::Is:
    case Operation::In: return is_one;
    case Operation::Less: return form && is_less(condition.type, *form, condition.values.front());
    case Operation::More: return form && is_less(condition.type, condition.values.front(), *form);
    case Operation::Present:
    case Operation::Missing: break;
  }
  return false;
}

}  // namespace handout::mailings
