#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "images/picture.h"
#include "images/svg_path.h"

namespace handout::images {

// SVG 1.1, 9.2 to 9.7: where each shape begins and which way it goes round, so that dashes fall where other programs put them.
// A size of zero draws nothing; sizes and radii must not be negative.
struct RectShape {
  double x = 0, y = 0, width = 0, height = 0, rx = 0, ry = 0;  // radii beyond half a side are cut
};
std::vector<Segment> rect_path(const RectShape& rect);
std::vector<Segment> ellipse_path(PathPoint center, double rx, double ry);

enum class PolyEnd : std::uint8_t { Open, Closed };
std::vector<Segment> poly_path(const std::vector<PathPoint>& points, PolyEnd end);
Parsed<std::vector<PathPoint>> parse_points(std::string_view text);

// The tightest box around the curves themselves, without their control points (SVG 1.1, 7.11). Needs a segment.
struct Bounds {
  double left = 0, top = 0, right = 0, bottom = 0;
};
Bounds bounds_of(const std::vector<Segment>& segments);

// True when some subpath encloses anything. PDF paints a hairline for a filled line where SVG paints nothing.
bool encloses_area(const std::vector<Segment>& segments);

}  // namespace handout::images
