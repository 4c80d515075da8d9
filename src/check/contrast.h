#pragma once

#include "base/diagnostics.h"
#include "styled/styled.h"

// Reads a station and tells what readers may stumble over; changes nothing.
namespace handout::check {

// Warns of text whose colour is too near to what is painted behind it (WCAG 2.1, 1.4.3 at level AA: 4.5 : 1, and 3 : 1 from 18 pt, in bold from 14 pt),
// and of what must be seen to be used: lines and blanks to write on, boxes to tick (1.4.11: 3 : 1). Borders, rules and underlines say nothing that the
// words don't, and are let be. Each pair of colours is told once for each of these, where the colour in front was written, else the one behind.
void check_contrast(const styled::StyledDocument& document, Diagnostics& diags);

}  // namespace handout::check
