#include "unicode/locale.h"

#include <vector>

#include <unicode/localematcher.h>
#include <unicode/locid.h>

#include "unicode/icu_status.h"

namespace handout::unicode {
namespace {

// Tags are canonical, so that macrolanguages are one language already ("cmn" is "zh", "tl" is "fil"); only Norwegian Bokmål keeps
// its own code beside the macrolanguage that CLDR files it under.
std::string_view language_family(const Locale& locale) { return locale.language() == "nb" ? "no" : std::string_view(locale.language()); }

bool is_same_language_and_script(const Locale& a, const Locale& b) {
  return language_family(a) == language_family(b) && a.script() == b.script();
}

// The script is written out, for the languages that ICU knows none for.
icu::Locale matchable(const Locale& locale) {
  const std::string id = locale.language() + "_" + locale.script() + (locale.region().empty() ? "" : "_" + locale.region());
  return icu::Locale(id.c_str());
}

}  // namespace

std::optional<std::size_t> nearest_locale(const Locale& wanted, std::span<const Locale> have) {
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < have.size(); ++i) {
    if (have[i] == wanted) return i;
    if (is_same_language_and_script(have[i], wanted)) candidates.push_back(i);
  }
  if (candidates.size() < 2) return candidates.empty() ? std::nullopt : std::optional(candidates.front());

  icu::LocaleMatcher::Builder builder;
  for (const std::size_t i : candidates) builder.addSupportedLocale(matchable(have[i]));
  builder.setNoDefaultLocale();
  UErrorCode status = U_ZERO_ERROR;
  const icu::LocaleMatcher matcher = builder.build(status);
  const icu::LocaleMatcher::Result result = matcher.getBestMatchResult(matchable(wanted), status);
  ensure_success(status);
  const std::int32_t index = result.getSupportedIndex();
  return index < 0 ? candidates.front() : candidates[static_cast<std::size_t>(index)];
}

}  // namespace handout::unicode
