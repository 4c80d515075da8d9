#pragma once

#include <string>

#include "base/diagnostics.h"
#include "display/display.h"
#include "fonts/fonts.h"

// Door to libharu: DisplayDocument -> bytes. One PDF 1.7 file, tagged in reading order, PDF/UA-1 and PDF/A-2a.
namespace handout::pdf {

struct Resources {
  const fonts::Fonts& fonts;
  std::string_view srgb_profile;  // the ICC profile of the output intent
};

// The same document gives the same bytes. Faults: a font that cannot be subset, libharu's own errors (machine).
Result<std::string> write_pdf(const display::DisplayDocument& document, const Resources& resources, Diagnostics& diags);

}  // namespace handout::pdf
