#include "unicode/language_names.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include "unicode/available_locales.h"
#include "unicode/matching.h"

namespace handout::unicode {
namespace {

struct Usual { std::string_view name, tag; };

// Folded names that clinics write and CLDR has otherwise. Spoken Chinese is named; the written language is meant.
constexpr std::array<Usual, 15> kUsual{{{"mandarin", "zh"}, {"mandarinchinese", "zh"}, {"chinesesimplified", "zh-Hans"}, {"chinesetraditional", "zh-Hant"}, {"simplifiedchinese", "zh-Hans"}, {"traditionalchinese", "zh-Hant"}, {"farsi", "fa"}, {"tagalog", "fil"},
    {"pilipino", "fil"}, {"haitian", "ht"}, {"spanishcastilian", "es"}, {"castilian", "es"}, {"brazilianportuguese", "pt-BR"}, {"moderngreek", "el"}, {"panjabi", "pa"}}};

void add_name(std::unordered_map<std::string, std::string>& names, const std::string& tag, const icu::Locale& language, const icu::Locale& in) {
  icu::UnicodeString name;
  language.getDisplayName(in, name);
  std::string text;
  name.toUTF8String(text);
  if (text != tag) names.emplace(fold_for_matching(text), tag);
}

}  // namespace

struct LanguageNames::Names {
  std::unordered_map<std::string, std::string> by_name;
};

LanguageNames::LanguageNames() : names_(std::make_unique<Names>()) {}
LanguageNames::LanguageNames(LanguageNames&&) noexcept = default;
LanguageNames::~LanguageNames() = default;

std::optional<Locale> LanguageNames::find(std::string_view text) {
  const std::string folded = fold_for_matching(text);
  const auto usual = std::ranges::find(kUsual, folded, &Usual::name);
  if (usual != kUsual.end()) return Locale::parse(usual->tag);
  auto& names = names_->by_name;
  if (names.empty()) {
    for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) add_name(names, *code, icu::Locale(*code), icu::Locale::getEnglish());
    for (const Locale& locale : available_locales()) {
      const icu::Locale language = icu::Locale::createCanonical(locale.tag().c_str());
      add_name(names, locale.tag(), language, language);
    }
    // With the country that they are spoken in.
    for (std::int32_t i = 0; i < uloc_countAvailable(); ++i) {
      const icu::Locale language(uloc_getAvailable(i));
      std::string tag = language.getName();
      std::replace(tag.begin(), tag.end(), '_', '-');
      if (*language.getCountry() != '\0' && *language.getVariant() == '\0') add_name(names, tag, language, icu::Locale::getEnglish());
    }
  }
  const auto found = names.find(folded);
  return found != names.end() ? Locale::parse(found->second) : std::nullopt;
}

}  // namespace handout::unicode
