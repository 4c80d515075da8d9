#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "display/display.h"
#include "fonts/fonts.h"

namespace handout::pdf {

// What of a run is written, so that readers who go by places on the page find the text in its order: poppler takes characters from left to right and looks at nothing else. A mark that stands
// over or before its letter, or in the next one's place, is drawn without text, and its text goes to a blank (the face's space) beside the letter; so do the later characters of a ligature from
// right to left, of which poppler takes the last for the leftmost.
struct ReadableGlyphs {
  std::span<const display::PlacedGlyph> glyphs;  // the run's own, when nothing needs to be changed
  std::vector<std::size_t> unread;               // of `glyphs`, ascending: without text, and where they would part a line
  std::vector<display::PlacedGlyph> changed;
};
// Writes over what `readable` holds.
void find_readable_glyphs(const display::GlyphRun& run, const fonts::Fonts& fonts, ReadableGlyphs& readable);

}  // namespace handout::pdf
