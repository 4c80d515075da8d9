#pragma once

#include "styled/styled.h"
#include "typeset/line_height.h"

namespace handout::typeset {

// A mark beside a character, at half its size (CSS Text Decoration 3, 3.4).
struct EmphasisGlyph {
  fonts::FaceId face;
  fonts::GlyphId glyph = 0;
  Length size, advance;
  Length rise;   // of the mark's baseline over the text's; negative under it
  Extent room;   // of letters and mark round the letters' baseline
};

// `letters`: how far the letters reach over and under their baseline.
EmphasisGlyph emphasis_glyph(const styled::TextStyle& style, const unicode::Locale& language, const Extent& letters, const fonts::Fonts& fonts);

}  // namespace handout::typeset
