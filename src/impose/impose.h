#pragma once

#include "base/diagnostics.h"
#include "display/display.h"

// DisplayDocument -> DisplayDocument: pages on sheets.
namespace handout::impose {

// Puts pages of panel_size(sheet) side by side on sheets, unscaled; each page of the result is one side of a sheet, front sides first. Panels lie as listed here from left to right, in right-to-left documents
// from right to left:
// - Booklet: (last, 1) (2, last - 1) ..., one sheet inside the other, the spine beside page 1. Pages are filled up with blank ones at the end, to a multiple of 4.
// - TriFold: outside (5 flap, 6 back, 1 front), inside (2, 3, 4). The flap is folded in first.
// - ZFold: front (1, 2, 3), back (4, 5, 6); folded, page 1 is on top and page 4 at the back.
// - HalfFold: outside (4, 1), inside (2, 3).
// - TwoUp: (1, 2) (3, 4) ...
// Sheets are turned over like a leaf, about the upright edge: about the short edge of a landscape sheet, which the viewer preference Duplex says. TwoUp is printed on both sides only where the pages were to be.
// Marks are lines of 4 mm at the head and foot of each fold, artifacts, on the side that lies inside when the sheet is folded (ZFold: the front; TwoUp: every side). They begin 4.5 mm from the edge, as printers don't reach it.
// Structure, outline, destinations, links and labels (joined by commas) go with their pages; the order of reading stays. Placements of a page stay in their order, behind those of lower pages on the same side.
// Fragments are shared, not copied. Time is linear in placements.
// Fault at `at`, which is the layout: more pages than panels on one sheet. Warning: a booklet of more than 20 sheets.
Result<display::DisplayDocument> impose(display::DisplayDocument document, const display::Sheet& sheet, const Span& at, Diagnostics& diags);

}  // namespace handout::impose
