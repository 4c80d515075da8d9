#pragma once

#include <string>
#include <vector>

#include "fonts/fonts.h"
#include "pdf/font_table.h"
#include "pdf/haru.h"

namespace handout::pdf {

// The Type0 fonts of a table, in its order (ISO 32000-1, 9.7): CIDFontType2 with a CIDToGIDMap, or CIDFontType0 with a CMap of ours.
std::vector<HPDF_Dict> embed_fonts(Haru& haru, const FontTable& table, const fonts::Fonts& fonts);

// What a glyph without text of its own maps to: readers keep nothing of it, and validators want each code mapped.
inline constexpr std::string_view kNoText = "\xE2\x80\x8B";  // U+200B

// The ToUnicode CMap of a font (9.10.3).
std::string to_unicode_cmap(const Font& font);

}  // namespace handout::pdf
