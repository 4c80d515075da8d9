#pragma once

#include "base/diagnostics.h"
#include "display/display.h"
#include "pdf/haru.h"
#include "pdf/pdf.h"

namespace handout::pdf {

// The whole document as libharu's objects, ready to be saved.
Result<std::monostate> build_document(Haru& haru, const display::DisplayDocument& document, const Resources& resources, Diagnostics& diags);

// Says what libharu's status means.
Diagnostics::Added report_failure(const Haru& haru, Diagnostics& diags);

}  // namespace handout::pdf
