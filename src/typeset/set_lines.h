#pragma once

#include <optional>
#include <vector>

#include "base/diagnostics.h"
#include "typeset/opportunities.h"

namespace handout::typeset {

// Part of an item on one line, with its level after UAX #9 L1.
struct Piece {
  const Item* item = nullptr;
  std::size_t begin = 0, end = 0;
  std::uint8_t level = 0;
  std::vector<Glyph> glyphs;
  Length width;    // of all glyphs
  Length hanging;  // of those behind the line's content
  [[nodiscard]] bool right_to_left() const { return level % 2 == 1; }
};

// A line's text, shaped as it stands there. Pieces are in logical order and cover [begin, end).
struct SetLine {
  std::size_t begin = 0, end = 0, content_end = 0;
  BreakClass ends_at = BreakClass::Forced;
  std::vector<Piece> pieces;
  Length content_width;                  // without hanging space and what stands outside the edges
  Length outside_at_start, outside_at_end;  // drawn beyond the edges
  int horizontal_scale = 1000;           // display::GlyphRun; advances and offsets count it already
};

// Cuts text between two opportunities into pieces, shaping anew where a cut is unsafe.
SetLine set_line(const ShapedText& text, const Opportunity& from, const Opportunity& to, const Resources& resources);

// The widths of the pieces and the line, from its glyphs.
void measure(SetLine& line);

// What the line has left of `width` goes to its leaders, in equal parts.
void fill_leaders(SetLine& line, Length width);

// Breaks the text, sets the lines and fills justified ones. No line is wider than its width by more than half a point unless nothing narrower exists. Words that had to
// be broken are told.
std::vector<SetLine> set_lines(const ShapedText& text, const LineWidths& widths, const Span& at, const Resources& resources, Diagnostics& diags);

}  // namespace handout::typeset
