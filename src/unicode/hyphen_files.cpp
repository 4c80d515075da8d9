#include "unicode/hyphen_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace handout::unicode {
namespace {

namespace fs = std::filesystem;

bool is_one_of(std::string_view region, std::span<const std::string_view> regions) { return std::ranges::find(regions, region) != regions.end(); }

// Where a language is spelled in two ways: the country whose patterns a region follows (CLDR's parent locales en-001 and pt-PT).
std::string followed_region(const Locale& locale) {
  constexpr std::array<std::string_view, 10> kAmerican{"AS", "CA", "GU", "MH", "MP", "PH", "PR", "UM", "US", "VI"};
  const bool has_region = !locale.region().empty();
  if (locale.language() == "en") return !has_region || is_one_of(locale.region(), kAmerican) ? "US" : "GB";
  if (locale.language() == "pt") return !has_region || locale.region() == "BR" ? "BR" : "PT";
  const auto language = Locale::parse(locale.language());
  return language ? likely_region(*language) : "";
}

// Norwegian Bokmål and Nynorsk also serve under, and are served by, the macrolanguage's tag.
std::vector<std::string> language_names(const Locale& locale) {
  if (locale.language() == "no") return {"no", "nb"};
  if (locale.language() == "nb" || locale.language() == "nn") return {locale.language(), "no"};
  return {locale.language()};
}

bool has_usual_script(const Locale& locale) {
  const auto language = Locale::parse(locale.language());
  return language && language->script() == locale.script();
}

// What stands between "hyph_" and ".dic", best first.
std::vector<std::string> names(const Locale& locale) {
  std::vector<std::string> out;
  for (const std::string& language : language_names(locale)) {
    std::vector<std::string> stems{language + "-" + locale.script(), language + "_" + locale.script()};
    if (has_usual_script(locale)) stems.insert(stems.begin(), language);
    for (const std::string& region : {locale.region(), followed_region(locale)}) {
      for (const std::string& stem : stems) {
        if (!region.empty()) out.push_back(stem + "_" + region);
      }
    }
    out.insert(out.end(), stems.begin(), stems.end());
  }
  return out;
}

// The first in order of name, so that it doesn't depend on the folder's own order.
std::optional<fs::path> of_any_region(const fs::path& folder, const std::string& language) {
  std::optional<fs::path> first;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool matches = name.starts_with("hyph_" + language + "_") && name.ends_with(".dic") && name.size() == language.size() + 12;  // two letters of a region
    if (matches && (!first || name < first->filename().string())) first = at->path();
  }
  return first;
}

}  // namespace

std::optional<fs::path> find_hyphen_file(const Locale& locale, std::span<const fs::path> folders) {
  const std::vector<std::string> wanted = names(locale);
  const bool any_region = has_usual_script(locale);
  for (const fs::path& folder : folders) {
    std::error_code error;
    for (const std::string& name : wanted) {
      fs::path path = folder / ("hyph_" + name + ".dic");
      if (fs::exists(path, error)) return path;
    }
    if (!any_region) continue;
    for (const std::string& language : language_names(locale)) {
      if (auto path = of_any_region(folder, language)) return path;
    }
  }
  return std::nullopt;
}

}  // namespace handout::unicode
