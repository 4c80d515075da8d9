#pragma once

#include "base/diagnostics.h"
#include "display/display.h"
#include "styled/styled.h"
#include "typeset/typeset.h"

// StyledDocument -> DisplayDocument: blocks to pages.
namespace handout::paginate {

// Breaks the document into pages, sets headers and footers, builds the structure tree and the outline. Every block lands on some page, in
// reading order; each page makes progress, so that the number of pages is bounded by the number of lines. Time is linear in the content.
// Faults: those of typeset; a label that does not fit its place in a picture. Warnings: a block taller than its page.
Result<display::DisplayDocument> paginate(const styled::StyledDocument& document, const typeset::Resources& resources, typeset::Memo& memo, Diagnostics& diags);

}  // namespace handout::paginate
