#include "unicode/formats.h"

#include <memory>

#include <unicode/locid.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/numsys.h>
#include <unicode/plurrule.h>

#include "base/expects.h"
#include "base/narrow.h"
#include "base/numbers.h"
#include "unicode/icu_status.h"
#include "unicode/locale_data.h"

namespace handout::unicode {
namespace {

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

icu::StringPiece piece(std::string_view text) { return {text.data(), narrow<std::int32_t>(text.size())}; }

// Zero never shows a sign, as base's decimal_text has it.
icu::number::LocalizedNumberFormatter formatter(const icu::Locale& locale) {
  return icu::number::NumberFormatter::withLocale(locale).sign(UNUM_SIGN_NEGATIVE);
}

icu::Locale data_locale(const Locale& locale) { return icu::Locale(data_locale_id(locale).c_str()); }

// The digits written after the point stay: "4.50" is a statement about precision.
icu::number::Precision written_precision(std::string_view value) {
  const std::size_t point = value.find('.');
  const std::size_t digits = point == std::string_view::npos ? 0 : value.size() - point - 1;
  return icu::number::Precision::fixedFraction(narrow<std::int32_t>(digits));
}

}  // namespace

std::string format_integer(std::int64_t value, const Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text = formatter(data_locale(locale)).formatInt(value, status).toString(status);
  ensure_success(status);
  return utf8(text);
}

std::string format_ordinal_number(std::int64_t value, const Locale& locale) {
  const icu::Locale data = data_locale(locale);
  UErrorCode status = U_ZERO_ERROR;
  if (value >= 0) {
    // Western digits without grouping need no formatter: page numbers and labels are many.
    const std::unique_ptr<icu::NumberingSystem> system(icu::NumberingSystem::createInstance(data, status));
    ensure_success(status);
    if (std::string_view(system->getName()) == "latn") return std::to_string(value);
  }
  const icu::UnicodeString text = formatter(data).grouping(UNUM_GROUPING_OFF).formatInt(value, status).toString(status);
  ensure_success(status);
  return utf8(text);
}

std::string format_decimal(std::string_view value, const Locale& locale) {
  EXPECTS(parse_decimal(value).has_value());
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text = formatter(data_locale(locale)).precision(written_precision(value)).formatDecimal(piece(value), status).toString(status);
  ensure_success(status);
  return utf8(text);
}

std::optional<std::string> format_measure(std::string_view value, std::string_view unit, const Locale& locale) {
  EXPECTS(parse_decimal(value).has_value());
  if (unit.empty()) return std::nullopt;  // ICU's dimensionless unit
  UErrorCode status = U_ZERO_ERROR;
  const icu::MeasureUnit known = icu::MeasureUnit::forIdentifier(piece(unit), status);
  if (U_FAILURE(status)) return std::nullopt;
  const icu::UnicodeString text = formatter(data_locale(locale))
                                      .unit(known)
                                      .unitWidth(UNUM_UNIT_WIDTH_SHORT)
                                      .precision(written_precision(value))
                                      .formatDecimal(piece(value), status)
                                      .toString(status);
  if (U_FAILURE(status)) return std::nullopt;  // well formed, but ICU has no pattern for it
  return utf8(text);
}

std::string plural_category(std::string_view value, const Locale& locale) {
  EXPECTS(parse_decimal(value).has_value());
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(data_locale(locale), status));
  ensure_success(status);
  // Through a formatted number, because the rules also see zeros after the point: "1 tablet", but "1.0 tablets".
  const icu::number::FormattedNumber number = formatter(icu::Locale::getRoot()).precision(written_precision(value)).formatDecimal(piece(value), status);
  const icu::UnicodeString category = rules->select(number, status);
  ensure_success(status);
  return utf8(category);
}

std::string list_label(std::int64_t number, const Locale& locale) {
  // A full stop after the digits in every language: the suffix of CSS Counter Styles' decimal systems.
  return format_ordinal_number(number, locale) + ".";
}

}  // namespace handout::unicode
