#include "unicode/country_names.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include "unicode/matching.h"

namespace handout::unicode {
namespace {

struct Usual { std::string_view name, code; };

// Folded names that post knows a country by and CLDR does not, and codes out of use.
constexpr std::array<Usual, 14> kUsual{{{"uk", "GB"}, {"greatbritain", "GB"}, {"england", "GB"}, {"scotland", "GB"}, {"wales", "GB"}, {"northernireland", "GB"}, {"holland", "NL"}, {"thenetherlands", "NL"}, {"unitedstatesofamerica", "US"},
    {"america", "US"}, {"korea", "KR"}, {"republicofkorea", "KR"}, {"prchina", "CN"}, {"republicofireland", "IE"}}};

// The country's name in that language, as far as CLDR has one.
void add_name(std::unordered_map<std::string, std::string>& names, const std::string& code, const icu::Locale& language) {
  icu::UnicodeString name;
  icu::Locale("", code.c_str()).getDisplayCountry(language, name);
  std::string text;
  name.toUTF8String(text);
  if (text != code) names.emplace(fold_for_matching(text), code);
}

// Each locale of a country that ICU has data for is one of its languages ("de-CH", "fr-CH").
void add_native_names(std::unordered_map<std::string, std::string>& names) {
  std::int32_t count = 0;
  const icu::Locale* const locales = icu::Locale::getAvailableLocales(count);
  for (std::int32_t i = 0; i < count; ++i) {
    const std::string code = locales[i].getCountry();
    if (code.size() == 2) add_name(names, code, locales[i]);
  }
}

}  // namespace

struct CountryNames::Names {
  std::unordered_map<std::string, std::string> by_name;
  bool filled = false;
};

CountryNames::CountryNames() : names_(std::make_unique<Names>()) {}
CountryNames::CountryNames(CountryNames&&) noexcept = default;
CountryNames::~CountryNames() = default;

std::optional<std::string> CountryNames::find(std::string_view text) {
  const std::string folded = fold_for_matching(text);
  if (folded.empty()) return std::nullopt;
  const auto usual = std::ranges::find(kUsual, folded, &Usual::name);
  if (usual != kUsual.end()) return std::string(usual->code);
  auto& names = names_->by_name;
  if (names.empty()) {
    for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
      const std::string alpha2 = *code;
      names.emplace(fold_for_matching(alpha2), alpha2);
      names.emplace(fold_for_matching(icu::Locale("", *code).getISO3Country()), alpha2);
    }
  }
  if (const auto found = names.find(folded); found != names.end()) return found->second;
  if (names_->filled) return std::nullopt;
  names_->filled = true;
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) add_name(names, *code, icu::Locale::getEnglish());
  add_native_names(names);
  const auto found = names.find(folded);
  return found != names.end() ? std::optional(found->second) : std::nullopt;
}

}  // namespace handout::unicode
