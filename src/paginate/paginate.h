#pragma once

#include "base/diagnostics.h"
#include "display/display.h"
#include "styled/styled.h"
#include "typeset/typeset.h"

// StyledDocument -> DisplayDocument: blocks to pages.
namespace handout::paginate {

// Boxes: the outlines, names and keeps of blocks, baselines, and the places of body, bands and regions are drawn over the pages, as artifacts.
enum class Overlay : std::uint8_t { None, Boxes };

class Trace;  // trace.h

// What is asked for beside the pages.
struct Watching {
  Overlay overlay = Overlay::None;
  Trace* trace = nullptr;  // filled when it is there
};

// Breaks the document into pages, sets headers and footers, builds the structure tree and the outline. Every block lands on some page, in
// reading order; each page makes progress, so that the number of pages is bounded by the number of lines. Time is linear in the content.
// A paragraph that goes on on a page of another width keeps its lines.
// Faults: those of typeset; a label that does not fit its place in a picture; a page too small for its header and footer; page fields in the body
// that need another line than they were given. Warnings: a block that can't break and is taller than its page.
Result<display::DisplayDocument> paginate(const styled::StyledDocument& document, const typeset::Resources& resources, typeset::Memo& memo, Diagnostics& diags, const Watching& watching = {});

}  // namespace handout::paginate
