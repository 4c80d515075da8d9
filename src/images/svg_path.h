#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "images/picture.h"
#include "images/svg_scanner.h"

namespace handout::images {

struct PathPoint {
  double x = 0, y = 0;
  friend constexpr PathPoint operator+(PathPoint a, PathPoint b) { return {a.x + b.x, a.y + b.y}; }
  friend constexpr PathPoint operator-(PathPoint a, PathPoint b) { return {a.x - b.x, a.y - b.y}; }
  friend constexpr PathPoint operator*(double k, PathPoint a) { return {k * a.x, k * a.y}; }
};

// An elliptical arc as SVG writes it: radii, turn of the x axis in degrees, two flags.
enum class ArcSize : std::uint8_t { Small, Large };
enum class ArcSweep : std::uint8_t { Counterclockwise, Clockwise };  // as seen with y down
struct Arc {
  double rx = 0, ry = 0;
  double rotation = 0;
  ArcSize size = ArcSize::Small;
  ArcSweep sweep = ArcSweep::Counterclockwise;
};

// Collects segments such that PDF can draw them as they are: every subpath begins with a Move, no Move stands without a segment, quadratics
// and arcs are cubics.
class PathBuilder {
 public:
  void move_to(PathPoint to);
  void line_to(PathPoint to);
  void curve_to(PathPoint control1, PathPoint control2, PathPoint to);
  void quadratic_to(PathPoint control, PathPoint to);
  // SVG 1.1 appendix F.6: a radius of zero gives a line, radii that are too small grow until they reach.
  void arc_to(const Arc& arc, PathPoint to);
  void close();

  [[nodiscard]] PathPoint current() const { return current_; }
  [[nodiscard]] std::size_t size() const { return segments_.size(); }
  std::vector<Segment> take();

 private:
  // After a Close the next segment starts a new subpath at the same point (SVG 1.1, 8.3.3).
  void begin();

  std::vector<Segment> segments_;
  PathPoint start_, current_;
  bool open_ = false;
};

// Path data of SVG 1.1, 8.3: all commands, absolute and relative. Unlike a browser, which draws up to the error, a faulty path is a fault,
// and so is one with more than kMaximumSegments.
Parsed<std::vector<Segment>> parse_path_data(std::string_view text);

}  // namespace handout::images
