#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "display/display.h"
#include "fonts/fonts.h"

// Inside check/: what is printed on a page, piece by piece.
namespace handout::check {

struct Ink {
  enum class Kind : std::uint8_t { Text, Picture, Line, Background } kind = Kind::Text;
  Rect area;                 // on the page
  std::size_t placement = 0;
};

// What reaches these rows of a page, and what belongs to these placements wherever it stands (one for each of the page's; empty: none).
struct Wanted { Length top, bottom; std::vector<bool> whole = {}; };

// Every glyph with ink, picture, line, border and background that is not paper (white), in painting order.
void for_each_ink(const display::Page& page, const Wanted& wanted, const fonts::Fonts& fonts, const std::function<void(const Ink&)>& visit);

}  // namespace handout::check
