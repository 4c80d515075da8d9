#pragma once

#include "typeset/itemize.h"

namespace handout::typeset {

// Tells once each: letters whose weight or slant no face of their font has (the nearest face is taken: nothing is emboldened or slanted), small capitals that a font has not, and
// languages without hyphenation patterns where the paragraph asks for hyphens.
void tell_what_is_missing(const ItemizedText& itemized, const Span& at, const Resources& resources, Memo& memo, Diagnostics& diags);

}  // namespace handout::typeset
