#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostics.h"
#include "fonts/fonts.h"
#include "pdf/font_table.h"
#include "pdf/haru.h"

namespace handout::pdf {

// The streams of one font, packed, and what its dictionaries say.
struct FontFile {
  std::string name;            // with its tag
  fonts::Subset subset;        // without the program
  std::size_t program_size = 0;
  Packed program, to_unicode;
  Packed codes;                // TrueType: code to glyph; CFF: the CMap
};

// Subsets the programs and writes the Type0 fonts of a table (ISO 32000-1, 9.7): CIDFontType2 with a CIDToGIDMap, or CIDFontType0 with a CMap of ours. Fault: a
// program that cannot be subset.
// `known`: files of the first fonts of the table, where they are the same as these; those that are null and no longer than theirs are put there.
struct KnownFonts { const FontTable* table = nullptr; std::vector<std::shared_ptr<const FontFile>>* files = nullptr; };
Result<std::monostate> embed_fonts(Haru& haru, Saver& saver, const FontTable& table, const fonts::Fonts& fonts, KnownFonts known, Diagnostics& diags);

// What a glyph without text of its own maps to, as every code must be mapped (ISO 19005-2, 6.2.11.7.2): U+2060, which shows nothing and parts no word.
// An empty target reads as a space in poppler and as U+FFFD in mutool.
inline constexpr std::string_view kNoText = "\xE2\x81\xA0";

// The ToUnicode CMap of a font (9.10.3).
std::string to_unicode_cmap(const Font& font);

}  // namespace handout::pdf
