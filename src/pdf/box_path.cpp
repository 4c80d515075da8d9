#include "pdf/box_path.h"

#include <algorithm>
#include <array>

namespace handout::pdf {

using images::Segment;
using images::SegmentKind;

namespace {

struct Place { double x = 0, y = 0; };

Place middle(Place a, Place b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

// A corner's quarter of an ellipse as a cubic Bézier curve, clockwise.
using Arc = std::array<Place, 4>;
// Clockwise from the top left corner, as display's bits are; side i goes from corner i to corner i + 1.
using Arcs = std::array<Arc, 4>;

struct Radii { double x = 0, y = 0; };

// From `from` to `to` round `corner`, the point where the straight sides would meet.
Arc arc(Place from, Place corner, Place to) {
  // The control points' distance that brings a cubic Bézier within 0.03 % of a quarter circle: 4/3 (sqrt 2 - 1).
  constexpr double kArc = 0.5522847498;
  const auto towards = [&](Place end) { return Place{end.x + (corner.x - end.x) * kArc, end.y + (corner.y - end.y) * kArc}; };
  return {from, towards(from), towards(to), to};
}

Arcs arcs_of(const Box& b, const std::array<Radii, 4>& r) {
  return {arc({b.left, b.top - r[0].y}, {b.left, b.top}, {b.left + r[0].x, b.top}), arc({b.right - r[1].x, b.top}, {b.right, b.top}, {b.right, b.top - r[1].y}),
          arc({b.right, b.bottom + r[2].y}, {b.right, b.bottom}, {b.right - r[2].x, b.bottom}), arc({b.left + r[3].x, b.bottom}, {b.left, b.bottom}, {b.left, b.bottom + r[3].y})};
}

// De Casteljau's halves.
Arc first_half(const Arc& a) {
  const Place p = middle(a[0], a[1]), q = middle(a[1], a[2]), r = middle(a[2], a[3]);
  return {a[0], p, middle(p, q), middle(middle(p, q), middle(q, r))};
}
Arc reversed(const Arc& a) { return {a[3], a[2], a[1], a[0]}; }
Arc second_half(const Arc& a) { return reversed(first_half(reversed(a))); }

bool same(Place a, Place b) { return a.x == b.x && a.y == b.y; }

class Path {
 public:
  void move(Place to) { segments.push_back({SegmentKind::Move, 0, 0, 0, 0, to.x, to.y}); at_ = to; }
  void line(Place to) {
    if (!same(to, at_)) segments.push_back({SegmentKind::Line, 0, 0, 0, 0, to.x, to.y});
    at_ = to;
  }
  // With a line to where it begins.
  void curve(const Arc& a) {
    line(a[0]);
    if (!same(a[0], a[3])) segments.push_back({SegmentKind::Curve, a[1].x, a[1].y, a[2].x, a[2].y, a[3].x, a[3].y});
    at_ = a[3];
  }
  void close() { segments.push_back({SegmentKind::Close}); }

  std::vector<Segment> segments;

 private:
  Place at_;
};

void add_outline(Path& path, const Arcs& arcs) {
  path.move(arcs[0][3]);
  for (const std::size_t corner : {1u, 2u, 3u, 0u}) path.curve(arcs[corner]);
  path.close();
}

std::array<Radii, 4> radii_of(double radius, std::uint8_t corners) {
  std::array<Radii, 4> radii;
  for (std::size_t i = 0; i < 4; ++i) {
    if ((corners >> i & 1u) != 0) radii[i] = {radius, radius};
  }
  return radii;
}

double cut(double radius, const Box& box) { return std::max(0.0, std::min({radius, (box.right - box.left) / 2, (box.top - box.bottom) / 2})); }

// A side ends in the middle of the corners that it shares with another side, and takes the whole corner beside a side that is missing.
void add_side(Path& path, const Arcs& outer, const Arcs& inner, std::size_t side, bool before, bool after) {
  const std::size_t next = (side + 1) % 4;
  const auto begin = [&](const Arc& a) { return before ? second_half(a) : a; };
  const auto end = [&](const Arc& a) { return after ? first_half(a) : a; };
  path.move(begin(outer[side])[0]);
  path.curve(begin(outer[side]));
  path.curve(end(outer[next]));
  path.curve(reversed(end(inner[next])));
  path.curve(reversed(begin(inner[side])));
  path.close();
}

}  // namespace

std::vector<Segment> rounded_rectangle(const Box& box, double radius, std::uint8_t corners) {
  Path path;
  add_outline(path, arcs_of(box, radii_of(cut(radius, box), corners)));
  return std::move(path.segments);
}

// CSS Backgrounds and Borders 3, 4.2 to 4.4: the inner corner's radii are what the widths of its two sides leave of the outer one's.
FramePath frame_path(const display::Frame& frame, const Box& outer) {
  const double top = frame.widths.top.points(), right = frame.widths.right.points(), bottom = frame.widths.bottom.points(), left = frame.widths.left.points();
  const Box inner{outer.left + left, outer.bottom + bottom, outer.right - right, outer.top - top};
  const std::array<Radii, 4> radii = radii_of(cut(frame.radius.points(), outer), frame.corners);
  const auto less = [](Radii r, double x, double y) { return r.x <= x || r.y <= y ? Radii{} : Radii{r.x - x, r.y - y}; };
  const Arcs outside = arcs_of(outer, radii);
  Path path;
  if (inner.right <= inner.left || inner.top <= inner.bottom) {
    add_outline(path, outside);
    return {std::move(path.segments), images::FillRule::NonZero};
  }
  const Arcs inside = arcs_of(inner, {less(radii[0], left, top), less(radii[1], right, top), less(radii[2], right, bottom), less(radii[3], left, bottom)});
  if (frame.sides == display::kAllSides) {
    add_outline(path, outside);
    add_outline(path, inside);
    return {std::move(path.segments), images::FillRule::EvenOdd};
  }
  const std::array<double, 4> widths = {top, right, bottom, left};
  for (std::size_t side = 0; side < 4; ++side) {
    if ((frame.sides >> side & 1u) != 0) add_side(path, outside, inside, side, widths[(side + 3) % 4] > 0, widths[(side + 1) % 4] > 0);
  }
  return {std::move(path.segments), images::FillRule::NonZero};
}

}  // namespace handout::pdf
