#pragma once

#include "unicode/formats.h"
#include "unicode/locale.h"

namespace handout::unicode {

// The marks round a quotation inside `depth` others: the locale's outer marks at 0, its inner ones (CLDR's alternate delimiters) at 1, and so on in turn. French
// guillemets come with the narrow no-break spaces that stand inside them (quotation.cpp).
QuotationMarks nested_quotation_marks(const Locale& locale, int depth);

}  // namespace handout::unicode
