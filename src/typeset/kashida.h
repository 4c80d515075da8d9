#pragma once

#include "typeset/justify.h"

namespace handout::typeset {

// One joint for each word of Arabic letters, where calligraphers draw it out first. None in faces whose joints slant (Nastaliq).
std::vector<Kashida> find_kashidas(const ShapedText& text, const fonts::Fonts& fonts);

// Draws out the joint before the glyph at `index` of the piece by `length`, with as many overlapping tatweels as it needs. Nothing when the face has none.
void draw_out(Piece& piece, std::size_t index, Length length, const Resources& resources);

}  // namespace handout::typeset
