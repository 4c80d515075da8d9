#include "unicode/counters.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <unicode/locid.h>
#include <unicode/numfmt.h>
#include <unicode/numsys.h>

#include "unicode/formats.h"
#include "unicode/icu_status.h"
#include "unicode/locale_data.h"

namespace handout::unicode {
namespace {

// The letters as digits without a zero (CSS Counter Styles 3, 3.1.4 alphabetic): after z comes aa.
std::string alphabetic(std::int64_t value, char first) {
  std::string letters;
  for (; value > 0; value = (value - 1) / 26) letters += static_cast<char>(first + static_cast<char>((value - 1) % 26));
  std::reverse(letters.begin(), letters.end());
  return letters;
}

// 6.1: additive, from 1 to 3999.
std::string roman(std::int64_t value, bool upper) {
  static constexpr std::pair<std::int64_t, std::string_view> kSigns[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}};
  std::string text;
  for (const auto& [worth, sign] : kSigns) {
    for (; value >= worth; value -= worth) text += sign;
  }
  if (upper) std::transform(text.begin(), text.end(), text.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return text;
}

icu::Locale with_numbering(const Locale& locale, const char* numbering) {
  icu::Locale data(data_locale_id(locale).c_str());
  UErrorCode status = U_ZERO_ERROR;
  data.setUnicodeKeywordValue("nu", numbering, status);
  ensure_success(status);
  return data;
}

std::string numbering_name(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::NumberingSystem> system(icu::NumberingSystem::createInstance(locale, status));
  ensure_success(status);
  return system->getName();
}

// Lists count in the native digits; where these are Latin, or ideographs used as digits (一〇 for ten, which no list has), in the traditional way.
icu::Locale native_locale(const Locale& locale) {
  icu::Locale native = with_numbering(locale, "native");
  const std::string name = numbering_name(native);
  return name == "latn" || name == "hanidec" ? with_numbering(locale, "traditional") : native;
}

// ICU marks Hebrew letters as numbers by geresh and gershayim; the labels of lists go without (CSS Counter Styles 3, 6.1, hebrew).
std::string without_geresh(std::string text) {
  for (const std::string_view mark : {"\u05F3", "\u05F4"}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) text.erase(at, mark.size());
  }
  return text;
}

}  // namespace

struct ListCounter::Native {
  std::unique_ptr<icu::NumberFormat> format;
  std::string name;  // of the numbering system
};

ListCounter::ListCounter(CounterStyle style, const Locale& locale) : style_(style), locale_(locale) {
  if (style != CounterStyle::Native) return;
  const icu::Locale data = native_locale(locale);
  std::string name = numbering_name(data);
  if (name == "latn") return;
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::NumberFormat> format(icu::NumberFormat::createInstance(data, UNUM_DECIMAL, status));
  ensure_success(status);
  format->setGroupingUsed(0);
  native_ = std::make_unique<Native>(Native{std::move(format), std::move(name)});
}

ListCounter::ListCounter(ListCounter&&) noexcept = default;
ListCounter& ListCounter::operator=(ListCounter&&) noexcept = default;
ListCounter::~ListCounter() = default;

std::string ListCounter::number(std::int64_t value) const {
  constexpr std::int64_t kLastRoman = 3999;
  const bool letters = style_ == CounterStyle::LowerAlpha || style_ == CounterStyle::UpperAlpha;
  if (letters && value > 0) return alphabetic(value, style_ == CounterStyle::LowerAlpha ? 'a' : 'A');
  const bool is_roman = style_ == CounterStyle::LowerRoman || style_ == CounterStyle::UpperRoman;
  if (is_roman && value > 0 && value <= kLastRoman) return roman(value, style_ == CounterStyle::UpperRoman);
  if (!native_ || value <= 0) return format_ordinal_number(value, locale_);
  icu::UnicodeString text;
  native_->format->format(value, text);
  std::string result;
  text.toUTF8String(result);
  return native_->name == "hebr" ? without_geresh(std::move(result)) : result;
}

std::string ListCounter::label(std::int64_t value) const {
  // The suffixes of CSS Counter Styles 3, 7.1: an ideographic comma behind ideographs, else a full stop.
  const bool ideographs = native_ && (native_->name.starts_with("han") || native_->name.starts_with("jpan"));
  return number(value) + (ideographs ? "、" : ".");
}

}  // namespace handout::unicode
