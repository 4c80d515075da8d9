#pragma once

#include <optional>

#include "base/diagnostics.h"
#include "styled/styled.h"

// Reads a station and tells what readers may stumble over; changes nothing.
namespace handout::check {

// The smallest text of the body that is read in lines: not headers and footers, and not superscripts and subscripts, which are marks in a line of another size.
struct SmallText { Length size; Span at; };
std::optional<SmallText> smallest_text(const styled::StyledDocument& document);

// Tells each size below `least` once, of the first block that has it: with `severity`, which is Warning or Error.
void check_type_size(const styled::StyledDocument& document, Length least, Severity severity, Diagnostics& diags);

}  // namespace handout::check
