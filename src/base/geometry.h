#pragma once

#include "base/length.h"

namespace handout {

// Page space: x to the right, y down from the top left corner, in every station before pdf.
struct Point {
  Length x, y;
  friend constexpr bool operator==(const Point&, const Point&) = default;
  friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
};

struct Size {
  Length width, height;
  friend constexpr bool operator==(const Size&, const Size&) = default;
};

struct Rect {
  Length x, y, width, height;
  friend constexpr bool operator==(const Rect&, const Rect&) = default;
  [[nodiscard]] constexpr Length right() const { return x + width; }
  [[nodiscard]] constexpr Length bottom() const { return y + height; }
};

// Distances inwards from the four sides, physical.
struct Insets {
  Length top, right, bottom, left;
  friend constexpr bool operator==(const Insets&, const Insets&) = default;
};

// [a b c d e f] of PDF and SVG: x' = a x + c y + e, y' = b x + d y + f; e and f in points.
struct Transform {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
  friend constexpr bool operator==(const Transform&, const Transform&) = default;
};

}  // namespace handout
