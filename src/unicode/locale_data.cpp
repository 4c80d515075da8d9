#include "unicode/locale_data.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include <unicode/localebuilder.h>
#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/numsys.h>
#include <unicode/uloc.h>
#include <unicode/ulocdata.h>
#include <unicode/ures.h>

#include "base/expects.h"
#include "base/handle.h"
#include "base/narrow.h"
#include "unicode/icu_status.h"

namespace handout::unicode {
namespace {

icu::Locale as_written(const Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale out = icu::Locale::forLanguageTag(locale.tag(), status);
  ensure_success(status);
  return out;
}

icu::Locale icu_locale(const Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale out = as_written(locale);
  if (locale.script() == "Aran") {  // Nastaliq: ICU files its languages under Arab
    icu::LocaleBuilder builder;
    out = builder.setLocale(out).setScript("Arab").build(status);
  }
  ensure_success(status);
  return out;
}

bool has_data(const icu::Locale& locale) {
  if (*locale.getLanguage() == '\0') return false;
  UErrorCode status = U_ZERO_ERROR;
  const Handle<UResourceBundle, ures_close> bundle(ures_open(nullptr, locale.getBaseName(), &status));
  ensure_success(status);
  return status != U_USING_DEFAULT_WARNING;  // neither the locale nor a parent of it: the machine's locale or root
}

// "-u-nu-" with a system that ICU has not: the language's own digits serve.
void drop_unknown_numbering(icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::NumberingSystem> system(icu::NumberingSystem::createInstance(locale, status));
  if (U_SUCCESS(status)) return;
  status = U_ZERO_ERROR;
  locale.setUnicodeKeywordValue("nu", {}, status);
  ensure_success(status);
}

icu::Locale data_locale(const Locale& locale) {
  icu::Locale out = icu_locale(locale);
  if (!has_data(out)) {
    const char* const keywords = std::strchr(out.getName(), '@');
    out = icu::Locale(keywords == nullptr ? "" : keywords);
  }
  if (locale.tag().find("-u-") != std::string::npos) drop_unknown_numbering(out);
  return out;
}

bool is_region(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return (text.size() == 2 && std::ranges::all_of(text, is_letter)) || (text.size() == 3 && std::ranges::all_of(text, is_digit));
}

}  // namespace

std::string data_locale_id(const Locale& locale) { return data_locale(locale).getName(); }

std::string data_locale_id_in_utc(const Locale& locale) {
  icu::Locale out = data_locale(locale);
  UErrorCode status = U_ZERO_ERROR;
  // ICU's own keyword; BCP 47's "tz" would load the table of all key types and time zones (some 4 ms).
  out.setKeywordValue("timezone", "Etc/UTC", status);
  ensure_success(status);
  return out.getName();
}

bool inherits_root_data(const Locale& locale) { return !has_data(icu_locale(locale)); }

std::string display_name(const Locale& of, const Locale& in) {
  const icu::Locale display = data_locale(in);
  if (of.language() == "und") return of.tag();
  const icu::Locale named(as_written(of).getBaseName());  // digits and calendars are no part of a language's name
  UErrorCode status = U_ZERO_ERROR;
  std::array<char16_t, 200> unused{};
  uloc_getDisplayLanguage(named.getName(), display.getName(), unused.data(), narrow<std::int32_t>(unused.size()), &status);
  if (U_FAILURE(status) || status == U_USING_DEFAULT_WARNING) return of.tag();

  const std::unique_ptr<icu::LocaleDisplayNames> names(icu::LocaleDisplayNames::createInstance(display, ULDN_DIALECT_NAMES));
  ENSURES(names != nullptr);
  icu::UnicodeString name;
  names->localeDisplayName(named, name);
  std::string out;
  return name.toUTF8String(out);
}

bool uses_letter_paper(std::string_view region) {
  if (!is_region(region)) return false;  // ICU would take the likely region of an unknown language: US
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t height = 0, width = 0;
  ulocdata_getPaperSize(("und_" + std::string(region)).c_str(), &height, &width, &status);
  ensure_success(status);
  return height == 279 && width == 216;  // millimetres, as CLDR has them: A4 is 297 by 210
}

std::string likely_region(const Locale& locale) {
  if (!locale.region().empty()) return locale.region();
  icu::Locale likely = icu_locale(locale);
  UErrorCode status = U_ZERO_ERROR;
  likely.addLikelySubtags(status);
  ensure_success(status);
  return *likely.getCountry() != '\0' ? likely.getCountry() : std::string(more_likely_subtags(locale.language()).region);
}

}  // namespace handout::unicode
