#pragma once

#include <string>
#include <string_view>

#include "base/diagnostics.h"
#include "display/display.h"
#include "pdf/haru.h"

namespace handout::pdf {

// Info, XMP, the output intent, and what the catalog says of the whole document. A document without title or language, and a date that is none, are faults.
bool write_metadata(Haru& haru, const display::DisplayDocument& document, std::string_view srgb_profile, Diagnostics& diags);

// The XMP packet (ISO 16684-1), with the extension schemas that ISO 19005-2, 6.6.2.3 asks for.
std::string xmp_packet(const display::Metadata& metadata, std::string_view producer);

// "2026-11-22T00:00:00Z" -> "D:20261122000000Z" (ISO 32000-1, 7.9.4), or nothing if it is no such date.
std::optional<std::string> pdf_date(std::string_view iso);

}  // namespace handout::pdf
