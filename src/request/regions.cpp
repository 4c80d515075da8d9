#include "request/regions.h"

#include <fmt/format.h>

#include "unicode/locale.h"

namespace handout::request {

bool is_region(std::string_view text) {
  if (text.size() != 2 || text[0] < 'A' || text[0] > 'Z' || text[1] < 'A' || text[1] > 'Z') return false;
  // BCP 47 takes its regions from ISO 3166-1; canonical tags have today's codes.
  const auto locale = unicode::Locale::parse(fmt::format("und-{}", text));
  return locale && locale->region() == text;
}

}  // namespace handout::request
