#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "typeset/set_lines.h"

namespace handout::typeset {

// The characters that a piece's glyphs stand for.
struct PieceText {
  struct Part { std::size_t glyph = 0, begin = 0, end = 0; };  // a glyph, in Piece::glyphs, and its stretch of `text`
  std::string text;         // the piece's, without soft hyphens, with one where a hyphen is drawn
  std::vector<Part> parts;  // in the glyphs' order; together all of `text`
};

// Gives each cluster's characters to its glyphs: one each, the rest to the last; glyphs beyond the characters have none. Glyphs that stand for undrawn soft hyphens only are left out.
PieceText distribute_text(std::string_view text, const Piece& piece);

}  // namespace handout::typeset
