#pragma once

#include <cstdint>
#include <vector>

#include "base/geometry.h"
#include "display/display.h"

// Inside check/: sheets folded for an envelope, as they are seen from its front.
namespace handout::check {

// Z: to and fro. C: the last panel between the others. Both fold behind the first panel, whose front shows.
enum class FoldedAs : std::uint8_t { Z, C };

// What of a page is seen: rows of the page from `top` to `bottom`. Places are counted from the packet's left and lower edge, upwards.
struct Face {
  enum class Side : std::uint8_t { Front, Back } side = Side::Front;
  Length top, bottom;
  // Where a row of the page lies: the page goes down (first panel, whose head is up) or up.
  Length zero;          // of row 0
  bool head_up = true;
  bool mirrored = false;  // the page's left edge lies to the right
  Length width;         // of the page

  [[nodiscard]] Rect place(const Rect& on_page) const;  // y of the result is its lower edge
};

struct Packet {
  Size size;
  std::vector<Face> faces;  // the first is the first panel
};

// `folds`: from the page's upper edge, ascending, at most two, all on the page. Several sheets lie in one another, and are as large as one.
Packet fold(Size page, const std::vector<Length>& folds, FoldedAs folded, display::Duplex duplex);

}  // namespace handout::check
