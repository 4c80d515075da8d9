#pragma once

#include <optional>
#include <vector>

#include "typeset/set_lines.h"

namespace handout::typeset {

// A paragraph's first letter, set as high as its first lines (CSS Inline 3, initial-letter).
struct DropInitial {
  std::vector<Item> items;  // at its size; the pieces point into them
  SetLine line;             // the letter, and hidden characters and spaces round it
  int lines = 0;            // that it is high
  Length left;              // of its first glyph's origin side: where the pieces begin
  Length drop;              // from the first line's baseline down to its own
  Length rise;              // of its ink over the first line's baseline
  LineWidths beside;        // the rooms of the lines behind it

  DropInitial() = default;
  DropInitial(DropInitial&&) = default;
  DropInitial& operator=(DropInitial&&) = default;
};

// Sets the initial that the paragraph asks for, so large that it spans from the top of the first line's capitals (in scripts without them: of its letters) to the baseline of the last line
// beside it, and has the text's lines begin behind it (ShapedText::begin). Its ink begins at the line's edge. Nothing, and the letter stays an ordinary one: where the paragraph does not begin
// with a letter, or with one of the other direction; in scripts whose letters are joined or hang from a line; where there would be fewer than two lines, or no room beside it.
std::optional<DropInitial> set_initial(ShapedText& text, const LineWidths& widths, const Resources& resources);

}  // namespace handout::typeset
