#include "xml/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/numbers.h"
#include "xml/characters.h"

namespace handout::xml {
namespace {

struct UnitName {
  std::string_view name;
  Unit unit;
  double points;  // of an absolute unit
};

constexpr std::array<UnitName, 9> kUnits{{{"pt", Unit::Absolute, 1.0},
                                          {"mm", Unit::Absolute, 72.0 / 25.4},
                                          {"cm", Unit::Absolute, 720.0 / 25.4},
                                          {"in", Unit::Absolute, 72.0},
                                          {"em", Unit::Em, 0.0},
                                          {"rem", Unit::Rem, 0.0},
                                          {"u", Unit::LayoutUnit, 0.0},
                                          {"%", Unit::Percent, 0.0},
                                          {"fr", Unit::Fraction, 0.0}}};
constexpr const char* kUnitHint = "use pt, mm, cm, in, em, rem, u, % or fr";
constexpr double kMostPoints = 10'000 * 72.0 / 25.4;  // 10 m
constexpr double kMostRelative = 10'000;              // as written; keeps every product with a page's size far from overflow

std::size_t end_of_number(std::string_view text) { return std::min(text.find_first_not_of("-.0123456789"), text.size()); }

}  // namespace

Result<Dimension> parse_dimension(std::string_view text, const Span& at, Diagnostics& diags) {
  const std::string shown = excerpt(text);
  const std::size_t end = end_of_number(text);
  const std::optional<double> number = parse_decimal(text.substr(0, end));
  if (!number) return diags.error(at, fmt::format("'{}' is not a length; expected a number and its unit, such as 12mm", shown));
  const std::string_view name = text.substr(end);
  if (name.empty() && *number == 0) return Dimension{};
  if (name.empty()) return diags.error(at, fmt::format("'{}' has no unit", shown)).hint(kUnitHint);
  if (is_space(name.front())) return diags.error(at, fmt::format("space after the number in '{}'; expected its unit", shown)).hint(kUnitHint);
  const auto* unit = std::find_if(kUnits.begin(), kUnits.end(), [name](const UnitName& each) { return each.name == name; });
  if (unit == kUnits.end()) return diags.error(at, fmt::format("unknown unit '{}' in '{}'", excerpt(name), shown)).hint(kUnitHint);
  if (unit->unit == Unit::Absolute) {
    const double points = *number * unit->points;
    if (std::abs(points) > kMostPoints) return diags.error(at, fmt::format("'{}' is longer than 10 m", shown));
    return Dimension{Unit::Absolute, Length::from_points(points), 0};
  }
  if (std::abs(*number) > kMostRelative) return diags.error(at, fmt::format("'{}' is too large; expected at most {}{}", shown, kMostRelative, name));
  if (unit->unit == Unit::Fraction && *number < 0) return diags.error(at, fmt::format("'{}' is negative; expected a share of 0fr or more", shown));
  return Dimension{unit->unit, Length{}, unit->unit == Unit::Percent ? *number / 100 : *number};
}

}  // namespace handout::xml
