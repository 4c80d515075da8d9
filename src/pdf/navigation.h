#pragma once

#include <span>
#include <vector>

#include "base/diagnostics.h"
#include "display/display.h"
#include "pdf/haru.h"
#include "pdf/paint_page.h"
#include "pdf/structure_tree.h"

namespace handout::pdf {

// The annotations of the pages' links, tied to their elements (ISO 32000-1, 12.5.6.5; ISO 14289-1, 7.18). A link to a destination that no page has is a fault.
bool write_links(Haru& haru, std::span<const PaintedPage> painted, std::span<const HPDF_Page> pages, StructureTree& structure, Diagnostics& diags);

// The name tree of destinations (12.3.2.3); of a name marked twice the first place holds.
void write_destinations(Haru& haru, std::span<const PaintedPage> painted, std::span<const HPDF_Page> pages);

// Bookmarks, through libharu's own outline objects (12.3.3). `elements` are the structure elements' dictionaries.
void write_outline(Haru& haru, const display::DisplayDocument& document, std::span<const HPDF_Page> pages, std::span<const HPDF_Dict> elements);

// Page labels (12.4.2); counting numbers as ranges.
void write_page_labels(Haru& haru, const display::DisplayDocument& document);

}  // namespace handout::pdf
