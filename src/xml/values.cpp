#include "xml/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/narrow.h"
#include "base/numbers.h"
#include "xml/characters.h"

namespace handout::xml {
namespace {

struct UnitName {
  std::string_view name;
  Unit unit;
  double points;  // of an absolute unit
};

constexpr std::array<UnitName, 11> kUnits{{{"pt", Unit::Absolute, 1.0},
                                           {"mm", Unit::Absolute, 72.0 / 25.4},
                                           {"cm", Unit::Absolute, 720.0 / 25.4},
                                           {"in", Unit::Absolute, 72.0},
                                           {"em", Unit::Em, 0.0},
                                           {"ex", Unit::Ex, 0.0},
                                           {"ch", Unit::Ch, 0.0},
                                           {"rem", Unit::Rem, 0.0},
                                           {"u", Unit::LayoutUnit, 0.0},
                                           {"%", Unit::Percent, 0.0},
                                           {"fr", Unit::Fraction, 0.0}}};
constexpr const char* kUnitHint = "use pt, mm, cm, in, em, ex, ch, rem, u, % or fr";
constexpr double kMostPoints = 10'000 * 72.0 / 25.4;  // 10 m
constexpr double kMostRelative = 10'000;              // as written; keeps every product with a page's size far from overflow
constexpr int kDeepest = 8;                           // parentheses

std::size_t end_of_number(std::string_view text) { return std::min(text.find_first_not_of("-.0123456789"), text.size()); }

double& factor_of(Dimension& dimension, Unit unit) {
  switch (unit) {
    case Unit::Em: return dimension.em;
    case Unit::Ex: return dimension.ex;
    case Unit::Ch: return dimension.ch;
    case Unit::Rem: return dimension.rem;
    case Unit::LayoutUnit: return dimension.unit;
    case Unit::Percent: return dimension.percent;
    case Unit::Absolute:
    case Unit::Fraction: break;
  }
  return dimension.fraction;
}

struct One {
  Dimension value;
  Unit unit = Unit::Absolute;
};

// A number and its unit, the whole of the text. `place` is asked only after a fault: in a long sum it walks far.
Result<One> parse_one(std::string_view text, const std::function<Span()>& place, Diagnostics& diags) {
  const std::string shown = excerpt(text);
  const std::size_t end = end_of_number(text);
  const std::optional<double> number = parse_decimal(text.substr(0, end));
  if (!number) {
    const bool sum = text.size() > 1 && text.find_first_of("+-", 1) != std::string_view::npos && end > 0;
    return diags.error(place(), fmt::format("'{}' is not a length; expected a number and its unit, such as 12mm", shown)).hint(sum ? "sums have spaces round + and -" : "");
  }
  const std::string_view name = text.substr(end);
  if (name.empty() && *number == 0) return One{};
  if (name.empty()) return diags.error(place(), fmt::format("'{}' has no unit", shown)).hint(kUnitHint);
  if (is_space(name.front())) return diags.error(place(), fmt::format("space after the number in '{}'; expected its unit", shown)).hint(kUnitHint);
  const auto* unit = std::find_if(kUnits.begin(), kUnits.end(), [name](const UnitName& each) { return each.name == name; });
  if (unit == kUnits.end()) return diags.error(place(), fmt::format("unknown unit '{}' in '{}'", excerpt(name), shown)).hint(kUnitHint);
  if (unit->unit == Unit::Absolute) {
    const double points = *number * unit->points;
    if (std::abs(points) > kMostPoints) return diags.error(place(), fmt::format("'{}' is longer than 10 m", shown));
    return One{{.length = Length::from_points(points)}, Unit::Absolute};
  }
  if (std::abs(*number) > kMostRelative) return diags.error(place(), fmt::format("'{}' is too large; expected at most {}{}", shown, kMostRelative, name));
  if (unit->unit == Unit::Fraction && *number < 0) return diags.error(place(), fmt::format("'{}' is negative; expected a share of 0fr or more", shown));
  One one{{}, unit->unit};
  factor_of(one.value, unit->unit) = unit->unit == Unit::Percent ? *number / 100 : *number;
  return one;
}

// sum = product {(" + " | " - ") product}; product = operand {("*" | "/") operand}, one of them a length; operand = number | length | ["calc"] "(" sum ")"
class SumParser {
 public:
  SumParser(std::string_view text, const std::function<Span(std::size_t)>& place, Diagnostics& diags) : text_(text), place_(place), diags_(diags) {}

  std::optional<DimensionSum> parse() {
    const auto value = sum();
    if (!value) return std::nullopt;
    if (at_ < text_.size()) return fault(at_, fmt::format("'{}' closes nothing", text_[at_]));
    if (!check(*value)) return std::nullopt;
    return DimensionSum{*value, std::move(parts_)};
  }

 private:
  std::optional<Dimension> sum() {
    auto value = product();
    while (value) {
      const bool spaced = skip_space();
      if (at_ == text_.size() || text_[at_] == ')') return value;
      const char sign = text_[at_];
      if (sign != '+' && sign != '-') return fault(at_, fmt::format("'{}' in a sum; expected + or - before it", excerpt(text_.substr(at_, end_of_word() - at_))));
      if (!spaced || at_ + 1 == text_.size() || text_[at_ + 1] != ' ') return fault(at_, fmt::format("'{}' without a space before and behind it", sign));
      ++at_;
      skip_space();
      const auto next = product();
      if (!next) return std::nullopt;
      *value += next->times(sign == '+' ? 1 : -1);
      if (!check_size(*value)) return std::nullopt;
    }
    return std::nullopt;
  }

  struct Operand {
    std::optional<Dimension> length;
    double number = 0;
  };

  std::optional<Dimension> product() {
    const std::size_t start = at_;
    auto value = operand();
    while (value) {
      const std::size_t before = at_;
      skip_space();
      if (at_ == text_.size() || (text_[at_] != '*' && text_[at_] != '/')) {
        at_ = before;
        break;
      }
      const std::size_t sign = at_++;
      skip_space();
      const auto next = operand();
      if (!next || !join(*value, *next, sign)) return std::nullopt;
    }
    if (!value) return std::nullopt;
    if (value->length || value->number == 0) return value->length.value_or(Dimension{});
    diags_.error(place_(start), fmt::format("'{}' has no unit", excerpt(text_.substr(start, at_ - start)))).hint(kUnitHint);
    return std::nullopt;
  }

  bool join(Operand& value, const Operand& next, std::size_t sign) {
    if (text_[sign] == '/') {
      if (next.length) return fault(sign, "a length cannot divide; expected a number after /"), false;
      if (std::abs(next.number) < 1 / kMostRelative) return fault(sign, fmt::format("division by less than {}", decimal_text(1 / kMostRelative, 4))), false;
      if (value.length) *value.length = value.length->times(1 / next.number);
      value.number /= next.number;
      return check_size(value, sign);
    }
    if (value.length && next.length) return fault(sign, "a length times a length is an area; expected a number before or after *"), false;
    if (next.length) value.length = next.length->times(value.number);
    else if (value.length) *value.length = value.length->times(next.number);
    value.number *= next.number;
    return check_size(value, sign);
  }

  std::optional<Operand> operand() {
    const std::size_t start = at_;
    if (text_.substr(at_).starts_with("calc(")) at_ += 4;
    if (at_ < text_.size() && text_[at_] == '(') return inner();
    const std::size_t end = end_of_word();
    const std::string_view word = text_.substr(start, end - start);
    if (word.empty()) return fault(start, start == text_.size() ? "the sum ends here; expected a length" : fmt::format("'{}' in a sum; expected a length before it", text_[start])), std::nullopt;
    at_ = end;
    if (const auto number = parse_decimal(word)) {
      if (std::abs(*number) > kMostRelative) return fault(start, fmt::format("'{}' is too large; expected at most {}", excerpt(word), kMostRelative)), std::nullopt;
      return Operand{std::nullopt, *number};
    }
    const auto one = parse_one(word, [&] { return place_(start); }, diags_);
    if (!one) return std::nullopt;
    parts_.push_back({one->unit, word, start});
    return Operand{one->value, 0};
  }

  std::optional<Operand> inner() {
    const std::size_t start = at_++;
    if (++depth_ > kDeepest) return fault(start, fmt::format("parentheses more than {} deep", kDeepest)), std::nullopt;
    skip_space();
    const auto value = sum();
    if (!value) return std::nullopt;
    if (at_ == text_.size()) return fault(start, "'(' without its ')'"), std::nullopt;
    ++at_;
    --depth_;
    return Operand{*value, 0};
  }

  bool check(const Dimension& value) {
    const auto fraction = std::find_if(parts_.begin(), parts_.end(), [](const DimensionPart& each) { return each.unit == Unit::Fraction; });
    if (fraction != parts_.end() && parts_.size() > 1) {
      diags_.error(place_(fraction->offset), fmt::format("'{}' in a sum; a share stands alone", fraction->text)).hint("what is left is shared out, so nothing can be added to a share");
      return false;
    }
    if (value.fraction < 0) return fault(0, fmt::format("'{}' is negative; expected a share of 0fr or more", excerpt(text_))), false;
    return true;
  }

  // At every step, so that no product overflows.
  bool check_size(const Operand& operand, std::size_t sign) {
    if (std::abs(operand.number) > kMostRelative) return fault(sign, fmt::format("a factor above {}", kMostRelative)), false;
    return !operand.length || check_size(*operand.length);
  }
  bool check_size(const Dimension& value) {
    if (std::abs(value.length.points()) > kMostPoints) return fault(0, fmt::format("'{}' is longer than 10 m", excerpt(text_))), false;
    for (const double factor : {value.em, value.ex, value.ch, value.rem, value.unit, value.percent * 100, value.fraction}) {
      if (std::abs(factor) > kMostRelative) return fault(0, fmt::format("'{}' is too large; expected at most {} of a unit", excerpt(text_), kMostRelative)), false;
    }
    return true;
  }

  [[nodiscard]] std::size_t end_of_word() const { return std::min(text_.find_first_of(" */()", at_), text_.size()); }
  bool skip_space() {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ > start;
  }
  std::nullopt_t fault(std::size_t offset, const std::string& message) {
    diags_.error(place_(offset), message).hint("sums are such as 2em + 3mm, 100% - 4u or 2 * (1em + 1u)");
    return std::nullopt;
  }

  std::string_view text_;
  const std::function<Span(std::size_t)>& place_;
  Diagnostics& diags_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::vector<DimensionPart> parts_;
};

}  // namespace

std::optional<int> Dimension::sign() const {
  int above = 0, below = 0;
  const auto count = [&](double value) {
    above += value > 0 ? 1 : 0;
    below += value < 0 ? 1 : 0;
  };
  count(length > Length{} ? 1 : length < Length{} ? -1 : 0);
  for (const double factor : {em, ex, ch, rem, unit, percent, fraction}) count(factor);
  if (above > 0 && below > 0) return std::nullopt;
  return above > 0 ? 1 : below > 0 ? -1 : 0;
}

Dimension Dimension::times(double factor) const {
  return {length.scaled(factor), em * factor, ex * factor, ch * factor, rem * factor, unit * factor, percent * factor, fraction * factor};
}

Dimension& Dimension::operator+=(const Dimension& other) {
  length += other.length;
  em += other.em;
  ex += other.ex;
  ch += other.ch;
  rem += other.rem;
  unit += other.unit;
  percent += other.percent;
  fraction += other.fraction;
  return *this;
}

bool is_sum(std::string_view text) {
  return text.find_first_of("*/(") != std::string_view::npos || text.find(" + ") != std::string_view::npos || text.find(" - ") != std::string_view::npos;
}

Result<DimensionSum> parse_sum(std::string_view text, const std::function<Span(std::size_t)>& place, Diagnostics& diags) {
  if (!is_sum(text)) {
    const auto one = parse_one(text, [&] { return place(0); }, diags);
    if (!one) return tl::unexpected(Failure{});
    return DimensionSum{one->value, {{one->unit, text, 0}}};
  }
  auto sum = SumParser(text, place, diags).parse();
  if (!sum) return tl::unexpected(Failure{});
  return *std::move(sum);
}

Result<Dimension> parse_dimension(std::string_view text, const Span& at, Diagnostics& diags) {
  const auto place = [&](std::size_t offset) { return at.at(at.line, at.column + narrow<std::uint32_t>(offset)); };
  const auto sum = parse_sum(text, place, diags);
  if (!sum) return tl::unexpected(Failure{});
  return sum->value;
}

}  // namespace handout::xml
