#include <algorithm>

#include "base/ascii.h"
#include "base/numbers.h"
#include "mailings/mailing.h"

namespace handout::mailings {
namespace {

// RFC 4647 section 3.3.1, basic filtering: a range is a tag or the beginning of one, up to a '-'.
bool is_in_range(std::string_view tag, std::string_view range) {
  if (tag.size() < range.size() || (tag.size() > range.size() && tag[range.size()] != '-')) return false;
  return std::equal(range.begin(), range.end(), tag.begin(), [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
}

bool equals(const Condition& condition, std::string_view value, std::string_view wanted) {
  if (condition.field == "language") return is_in_range(value, wanted);
  if (condition.type == FieldType::Number) {
    const auto a = parse_decimal(value), b = parse_decimal(wanted);
    return a && b && !(*a < *b) && !(*b < *a);
  }
  return value == wanted;
}

bool is_less(FieldType type, std::string_view a, std::string_view b) {
  if (type == FieldType::Date) {
    const auto x = unicode::parse_date(a), y = unicode::parse_date(b);
    return x && y && *x < *y;
  }
  const auto x = parse_decimal(a), y = parse_decimal(b);
  return x && y && *x < *y;
}

}  // namespace

bool holds(const Condition& condition, std::string_view value) {
  const auto is_one = [&] { return std::any_of(condition.values.begin(), condition.values.end(), [&](const std::string& each) { return equals(condition, value, each); }); };
  switch (condition.operation) {
    case Operation::Present: return !value.empty();
    case Operation::Missing: return value.empty();
    case Operation::IsNot: return !is_one();
    case Operation::Is:
    case Operation::In: return !value.empty() && is_one();
    case Operation::Less: return !value.empty() && is_less(condition.type, value, condition.values.front());
    case Operation::More: return !value.empty() && is_less(condition.type, condition.values.front(), value);
  }
  return false;
}

}  // namespace handout::mailings
