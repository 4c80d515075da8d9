#pragma once

#include <vector>

#include "unicode/locale.h"

namespace handout::unicode {

// The languages (and scripts) for which ICU has data, sorted by tag; regions apart.
[[nodiscard]] std::vector<Locale> available_locales();

}  // namespace handout::unicode
