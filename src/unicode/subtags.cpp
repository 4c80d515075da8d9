#include "unicode/locale_data.h"

#include <algorithm>
#include <array>

#include <unicode/uloc.h>
#include <unicode/ures.h>

#include "base/handle.h"
#include "unicode/icu_status.h"

namespace handout::unicode {
namespace {

using ResourceBundle = Handle<UResourceBundle, ures_close>;

bool is_in(const char* const* list, std::string_view subtag) {
  for (; *list != nullptr; ++list) {
    if (subtag == *list) return true;
  }
  return false;
}

// UTS #35 "Unicode Locale Identifier" validity data write "jka~z" for jka, jkb, ... jkz and "jka" for itself.
bool covers(std::u16string_view range, std::string_view subtag) {
  const bool single = range.size() < 2 || range[range.size() - 2] != u'~';
  const std::u16string_view first = single ? range : range.substr(0, range.size() - 2);
  if (first.size() != subtag.size()) return false;
  const auto equal = [](char16_t a, char b) { return a == static_cast<char16_t>(b); };
  if (single) return std::ranges::equal(first, subtag, equal);
  if (!std::ranges::equal(first.substr(0, first.size() - 1), subtag.substr(0, subtag.size() - 1), equal)) return false;
  const auto last = static_cast<char16_t>(subtag.back());
  return last >= first.back() && last <= range.back();
}

bool is_in_class(const UResourceBundle& kind, const char* validity, std::string_view subtag) {
  UErrorCode status = U_ZERO_ERROR;
  const ResourceBundle list(ures_getByKey(&kind, validity, nullptr, &status));
  if (status == U_MISSING_RESOURCE_ERROR) return false;
  ensure_success(status);
  for (std::int32_t i = 0; i < ures_getSize(list.get()); ++i) {  // a lone entry is a string, and also answers to index 0
    std::int32_t length = 0;
    const UChar* const range = ures_getStringByIndex(list.get(), i, &length, &status);
    ensure_success(status);
    if (covers({range, static_cast<std::size_t>(length)}, subtag)) return true;
  }
  return false;
}

// CLDR's copy of the registry. "private_use" and "reserved" are the classes left out.
bool is_valid(const char* kind, std::string_view subtag) {
  UErrorCode status = U_ZERO_ERROR;
  const ResourceBundle data(ures_openDirect(nullptr, "supplementalData", &status));
  const ResourceBundle validity(ures_getByKey(data.get(), "idValidity", nullptr, &status));
  const ResourceBundle list(ures_getByKey(validity.get(), kind, nullptr, &status));
  ensure_success(status);
  constexpr std::array kClasses{"regular", "special", "macroregion", "deprecated"};
  return std::ranges::any_of(kClasses, [&](const char* name) { return is_in_class(*list, name, subtag); });
}

struct LanguageRow { std::string_view language; LikelySubtags likely; };

// Spoken by patients, missing from CLDR 42's likely subtags: the script and the country in which each is chiefly written.
constexpr std::array<LanguageRow, 16> kLikely{{
    {"acr", {"Latn", "GT"}},  // Achi
    {"aii", {"Syrc", "IQ"}},  // Assyrian Neo-Aramaic
    {"cfm", {"Latn", "MM"}},  // Falam Chin
    {"cld", {"Syrc", "IQ"}},  // Chaldean Neo-Aramaic
    {"cnh", {"Latn", "MM"}},  // Hakha Chin
    {"ctd", {"Latn", "MM"}},  // Tedim Chin
    {"hmn", {"Latn", "US"}},  // Hmong, in the Romanized Popular Alphabet
    {"hyw", {"Armn", "AM"}},  // Western Armenian
    {"ixl", {"Latn", "GT"}},  // Ixil
    {"jac", {"Latn", "GT"}},  // Popti'
    {"kjb", {"Latn", "GT"}},  // Q'anjob'al
    {"ksw", {"Mymr", "MM"}},  // S'gaw Karen
    {"mam", {"Latn", "GT"}},  // Mam
    {"pdc", {"Latn", "US"}},  // Pennsylvania German
    {"tzh", {"Latn", "MX"}},  // Tzeltal
    {"tzo", {"Latn", "MX"}},  // Tzotzil
}};
static_assert(std::ranges::is_sorted(kLikely, {}, &LanguageRow::language));

}  // namespace

bool is_registered_language(std::string_view subtag) {
  // ICU's short list first: every common language is in it, and the registry need not be opened.
  return subtag == "und" || is_in(uloc_getISOLanguages(), subtag) || is_valid("language", subtag);
}

bool is_registered_script(std::string_view subtag) { return is_valid("script", subtag); }

bool is_registered_region(std::string_view subtag) { return is_in(uloc_getISOCountries(), subtag) || is_valid("region", subtag); }

LikelySubtags more_likely_subtags(std::string_view language) {
  const auto row = std::ranges::lower_bound(kLikely, language, {}, &LanguageRow::language);
  return row != kLikely.end() && row->language == language ? row->likely : LikelySubtags{};
}

}  // namespace handout::unicode
