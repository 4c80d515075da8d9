#include "unicode/available_locales.h"

#include <unicode/uloc.h>

#include <algorithm>

namespace handout::unicode {

std::vector<Locale> available_locales() {
  std::vector<Locale> locales;
  for (std::int32_t i = 0; i < uloc_countAvailable(); ++i) {
    std::string tag = uloc_getAvailable(i);
    std::replace(tag.begin(), tag.end(), '_', '-');
    const auto locale = Locale::parse(tag);
    if (locale && locale->region().empty() && locale->tag() != "en-US-u-va-posix") locales.push_back(*locale);
  }
  std::sort(locales.begin(), locales.end(), [](const Locale& a, const Locale& b) { return a.tag() < b.tag(); });
  locales.erase(std::unique(locales.begin(), locales.end()), locales.end());
  return locales;
}

}  // namespace handout::unicode
