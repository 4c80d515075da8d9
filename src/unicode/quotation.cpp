#include "unicode/quotation.h"

#include <algorithm>
#include <array>

#include <unicode/ulocdata.h>

#include "base/expects.h"
#include "base/handle.h"
#include "base/narrow.h"
#include "unicode/locale_data.h"
#include "unicode/utf16_text.h"

namespace handout::unicode {
namespace {

using LocaleData = Handle<ULocaleData, ulocdata_close>;

std::string delimiter(ULocaleData& data, ULocaleDataDelimiterType type) {
  std::array<char16_t, 16> text{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length = ulocdata_getDelimiter(&data, type, text.data(), narrow<std::int32_t>(text.size()), &status);
  ENSURES(U_SUCCESS(status));
  return to_utf8({text.data(), static_cast<std::size_t>(length)});
}

// Languages that set a space inside guillemets. CLDR's delimiters have none; French has it by the "Lexique des règles typographiques en usage à l'Imprimerie nationale",
// and the Unicode Standard (6.2, table of spaces) names U+202F for it. Breton and Occitan are set by the same rules.
constexpr std::array<std::string_view, 3> kSpacedGuillemets = {"br", "fr", "oc"};
constexpr std::string_view kNarrowNoBreakSpace = "\u202F";

bool is_guillemet(std::string_view mark) { return mark == "«" || mark == "»" || mark == "‹" || mark == "›"; }

}  // namespace

QuotationMarks nested_quotation_marks(const Locale& locale, int depth) {
  EXPECTS(depth >= 0);
  UErrorCode status = U_ZERO_ERROR;
  const LocaleData data(ulocdata_open(data_locale_id(locale).c_str(), &status));
  ENSURES(U_SUCCESS(status));
  const bool outer = depth % 2 == 0;
  QuotationMarks marks{delimiter(*data, outer ? ULOCDATA_QUOTATION_START : ULOCDATA_ALT_QUOTATION_START), delimiter(*data, outer ? ULOCDATA_QUOTATION_END : ULOCDATA_ALT_QUOTATION_END)};
  ENSURES(!marks.open.empty() && !marks.close.empty());
  if (std::ranges::find(kSpacedGuillemets, locale.language()) == kSpacedGuillemets.end()) return marks;
  if (is_guillemet(marks.open)) marks.open += kNarrowNoBreakSpace;
  if (is_guillemet(marks.close)) marks.close.insert(0, kNarrowNoBreakSpace);
  return marks;
}

}  // namespace handout::unicode
