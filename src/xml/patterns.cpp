#include "xml/patterns.h"

#include <fmt/format.h>

namespace handout::xml::pattern {
namespace {

constexpr std::string_view kZero = "(0+(\\.0*)?|\\.0+)";
constexpr std::string_view kNotNegative = "([0-9]+(\\.[0-9]*)?|\\.[0-9]+)";
constexpr std::string_view kPositive = "([0-9]*[1-9][0-9]*(\\.[0-9]*)?|[0-9]*\\.[0-9]*[1-9][0-9]*)";

constexpr std::string_view kLanguageTag =
    "([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    "(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?|[Xx](-[A-Za-z0-9]{1,8})+";

}  // namespace

std::string decimal(Least least) {
  if (least == Least::MoreThanZero) return std::string(kPositive);
  return least == Least::Any ? fmt::format("(-?{})", kNotNegative) : fmt::format("({}|-{})", kNotNegative, kZero);
}

std::string positive_integer(int most_digits) { return most_digits > 1 ? fmt::format("(0*[1-9][0-9]{{0,{}}})", most_digits - 1) : "(0*[1-9])"; }

std::string length(Least least, std::string_view units) {
  if (least == Least::MoreThanZero) return fmt::format("({}({}))", kPositive, units);
  return fmt::format("(-?{}|{}({}))", kZero, decimal(least), units);
}

std::string sum() { return "([\\s\\S]*([*/(]| [+\\-] )[\\s\\S]*)"; }

std::string any_of(std::initializer_list<std::string_view> patterns) { return fmt::format("({})", fmt::join(patterns, "|")); }

std::string words(std::string_view word, Words count) {
  const std::string more = count.most == 0 ? "*" : fmt::format("{{{},{}}}", count.least > 0 ? count.least - 1 : 0, count.most - 1);
  const std::string list = fmt::format("{0}( +{0}){1}", word, count.most == 0 && count.least > 1 ? fmt::format("{{{},}}", count.least - 1) : more);
  return count.least > 0 ? fmt::format("( *{} *)", list) : fmt::format("( *({})? *)", list);
}

std::string name(std::string_view marks) { return fmt::format("([A-Za-z][A-Za-z0-9{}]*)", marks); }

std::string_view language_tag() { return kLanguageTag; }

}  // namespace handout::xml::pattern
