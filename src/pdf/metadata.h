#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostics.h"
#include "display/display.h"
#include "pdf/pdf.h"
#include "pdf/saver.h"

namespace handout::pdf {

// A document without title or language, and a date that is none, are faults.
Result<std::monostate> check_metadata(const display::Metadata& metadata, Diagnostics& diags);

// The Info dictionary.
ObjectId write_info(Haru& haru, Saver& saver, const display::Metadata& metadata);

// XMP, the output intent, attached files, and what the catalog says of the whole document. `names` is the catalog's dictionary of names.
void write_metadata(Haru& haru, Saver& saver, const FileInfo& info, const Options& options, const Packed& srgb_profile, HPDF_Dict catalog, HPDF_Dict names);

// What a file claims to be.
struct Claims {
  int archive_part = 2;         // PDF/A: 2, or 3 for a file with attachments
  char archive_level = 'A';     // A: tagged; B
  bool universal_access = true; // PDF/UA-1
};
Claims claims_of(const Options& options);

// The XMP packet (ISO 16684-1), with the extension schemas that ISO 19005-2, 6.6.2.3 asks for.
std::string xmp_packet(const display::Metadata& metadata, std::string_view producer, const Claims& claims = {});

// "2026-11-22T00:00:00Z" -> "D:20261122000000Z" (ISO 32000-1, 7.9.4), or nothing if it is no such date.
std::optional<std::string> pdf_date(std::string_view iso);

}  // namespace handout::pdf
