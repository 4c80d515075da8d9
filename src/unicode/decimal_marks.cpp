#include <memory>
#include <vector>

#include <unicode/dcfmtsym.h>
#include <unicode/locid.h>
#include <unicode/numsys.h>
#include <unicode/uchar.h>

#include "unicode/formats.h"
#include "unicode/icu_status.h"
#include "unicode/locale_data.h"
#include "unicode/text.h"

namespace handout::unicode {
namespace {

using Marks = NumberMarks::Pair;

Marks marks_of(const icu::Locale& locale, const icu::NumberingSystem& system) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DecimalFormatSymbols symbols(locale, system, status);
  ensure_success(status);
  const auto first = [&](icu::DecimalFormatSymbols::ENumberFormatSymbol which) { return static_cast<char32_t>(symbols.getConstSymbol(which).char32At(0)); };
  return {first(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol), first(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol)};
}

bool is_digit(char32_t c) { return u_isdigit(static_cast<UChar32>(c)) != 0; }
bool is_western(char32_t c) { return c < 0x80; }

// White space that groups digits in some languages, and the apostrophes of others.
bool groups(char32_t c, const Marks& marks) { return c == marks.grouping || c == 0xA0 || c == 0x202F || c == U'\'' || c == U'’'; }

}  // namespace

NumberMarks number_marks(const Locale& locale) {
  const icu::Locale data(data_locale_id(locale).c_str());
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::NumberingSystem> own(icu::NumberingSystem::createInstance(data, status));
  const std::unique_ptr<icu::NumberingSystem> western(icu::NumberingSystem::createInstanceByName("latn", status));
  ensure_success(status);
  return {marks_of(data, *own), marks_of(data, *western)};
}

std::optional<std::size_t> find_decimal_mark(std::string_view text, const NumberMarks& of_locale) {
  struct Character { char32_t value; std::size_t at, size; };
  std::vector<Character> seen;  // without marks of direction
  std::size_t end = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode(text, i);
    i = c.end;
    if (is_bidi_control(c.value)) continue;
    seen.push_back({c.value, end, c.end - c.begin});
    end += c.end - c.begin;
  }
  std::size_t first = 0;
  while (first < seen.size() && !is_digit(seen[first].value)) {
    if (u_isalpha(static_cast<UChar32>(seen[first].value)) != 0) return std::nullopt;
    ++first;
  }
  if (first == seen.size()) return std::nullopt;
  const Marks& marks = is_western(seen[first].value) ? of_locale.western : of_locale.own;
  // ".5"
  if (first > 0 && seen[first - 1].value == marks.decimal) return seen[first - 1].at;
  std::size_t i = first;
  const auto digits_follow = [&](std::size_t count) {
    for (std::size_t k = i + 1; k <= i + count; ++k) {
      if (k >= seen.size() || !is_digit(seen[k].value)) return false;
    }
    return true;
  };
  // People type a plain space where the language groups by a narrow or no-break one.
  const bool by_spaces = marks.grouping == 0xA0 || marks.grouping == 0x202F;
  const auto goes_on = [&](char32_t c) { return is_digit(c) || (groups(c, marks) && digits_follow(1)) || (by_spaces && c == U' ' && digits_follow(3)); };
  while (i < seen.size() && goes_on(seen[i].value)) ++i;
  return i < seen.size() ? seen[i].at : end;
}

}  // namespace handout::unicode
