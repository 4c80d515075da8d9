#pragma once

#include <vector>

#include "unicode/locale.h"

namespace handout::unicode {

// The characters that the locale's language is usually written with (CLDR standard exemplars, both cases), ascending; letters that are
// written with several code points give each of these. Empty for a locale that CLDR has no exemplars of.
[[nodiscard]] std::vector<char32_t> exemplar_characters(const Locale& locale);

}  // namespace handout::unicode
