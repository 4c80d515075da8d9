#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/diagnostics.h"
#include "fonts/fonts.h"
#include "pdf/font_table.h"
#include "pdf/haru.h"

namespace handout::pdf {

// Subsets the programs and writes the Type0 fonts of a table (ISO 32000-1, 9.7): CIDFontType2 with a CIDToGIDMap, or CIDFontType0 with a CMap of ours. Fault: a
// program that cannot be subset.
Result<std::monostate> embed_fonts(Haru& haru, Saver& saver, const FontTable& table, const fonts::Fonts& fonts, Diagnostics& diags);

// What a glyph without text of its own maps to, as every code must be mapped (ISO 19005-2, 6.2.11.7.2): U+2060, which shows nothing and parts no word.
// An empty target reads as a space in poppler and as U+FFFD in mutool.
inline constexpr std::string_view kNoText = "\xE2\x81\xA0";

// The ToUnicode CMap of a font (9.10.3).
std::string to_unicode_cmap(const Font& font);

}  // namespace handout::pdf
