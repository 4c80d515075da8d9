#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "typeset/set_lines.h"

namespace handout::typeset {

// A glyph of a piece with the characters it stands for.
struct GlyphText {
  std::size_t glyph = 0;  // in Piece::glyphs
  std::string text;
};

// Gives each cluster's characters to its glyphs: one each, the rest to the last; glyphs beyond the characters have none. The texts in order are the
// piece's text without soft hyphens, with one where a hyphen is drawn. Glyphs that stand for undrawn soft hyphens only are left out.
std::vector<GlyphText> distribute_text(std::string_view text, const Piece& piece);

}  // namespace handout::typeset
