#include "check/drawn_behind.h"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <variant>

namespace handout::check {

using images::DrawnPath;
using images::Segment;
using images::SegmentKind;

namespace {

// Text faces take 0.55 em a letter on average; letters stand 0.7 em over the baseline and 0.2 em under it.
constexpr double kLetterWidth = 0.55, kAscent = 0.7, kDescent = 0.2;
constexpr int kChords = 8;  // for a curve

struct Spot { double x = 0, y = 0; };

struct Extent {
  double left = 0, top = 0, right = 0, bottom = 0;
  [[nodiscard]] std::array<Spot, 5> spots() const { return {{{left, top}, {right, top}, {right, bottom}, {left, bottom}, {(left + right) / 2, (top + bottom) / 2}}}; }
  [[nodiscard]] bool holds(const Extent& other) const { return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom; }
};

Extent extent_of(const images::TextPlace& place, std::size_t characters) {
  double width = static_cast<double>(characters) * kLetterWidth * place.font_size;
  if (place.width) width = std::min(width, *place.width);
  const double left = place.anchor == images::Anchor::Start ? place.x : place.anchor == images::Anchor::Middle ? place.x - width / 2 : place.x - width;
  return {left, place.y - kAscent * place.font_size, left + width, place.y + kDescent * place.font_size};
}

// With the control points of curves, which hold the curve between them.
Extent extent_of(const DrawnPath& path) {
  constexpr double kFar = std::numeric_limits<double>::max();
  Extent extent{kFar, kFar, -kFar, -kFar};
  const auto take = [&](double x, double y) { extent = {std::min(extent.left, x), std::min(extent.top, y), std::max(extent.right, x), std::max(extent.bottom, y)}; };
  for (const Segment& segment : path.segments) {
    if (segment.kind == SegmentKind::Close) continue;
    take(segment.x, segment.y);
    if (segment.kind != SegmentKind::Curve) continue;
    take(segment.x1, segment.y1);
    take(segment.x2, segment.y2);
  }
  return extent;
}

Spot on_curve(Spot from, const Segment& curve, double t) {
  const double s = 1 - t, a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
  return {a * from.x + b * curve.x1 + c * curve.x2 + d * curve.x, a * from.y + b * curve.y1 + c * curve.y2 + d * curve.y};
}

// A ray from the spot to the right: how often the outline crosses it, upwards counted against downwards.
class Crossings {
 public:
  explicit Crossings(Spot spot) : spot_(spot) {}
  void add(Spot from, Spot to) {
    if ((from.y <= spot_.y) == (to.y <= spot_.y)) return;
    if (from.x + (spot_.y - from.y) / (to.y - from.y) * (to.x - from.x) <= spot_.x) return;
    ++count_;
    winding_ += to.y > from.y ? 1 : -1;
  }
  [[nodiscard]] bool inside(images::FillRule rule) const { return rule == images::FillRule::EvenOdd ? count_ % 2 == 1 : winding_ != 0; }

 private:
  Spot spot_;
  int count_ = 0, winding_ = 0;
};

bool holds(const DrawnPath& path, Spot spot) {
  Crossings crossings(spot);
  Spot start, at;
  for (const Segment& segment : path.segments) {
    const Spot from = at;
    at = {segment.x, segment.y};
    switch (segment.kind) {
      case SegmentKind::Move:
        // A filled part is closed, whether its outline is or not.
        crossings.add(from, start);
        start = at;
        break;
      case SegmentKind::Line: crossings.add(from, at); break;
      case SegmentKind::Curve:
        for (int i = 0; i < kChords; ++i) crossings.add(on_curve(from, segment, i / double{kChords}), on_curve(from, segment, (i + 1) / double{kChords}));
        break;
      case SegmentKind::Close:
        crossings.add(from, start);
        at = start;
        break;
    }
  }
  crossings.add(at, start);
  return crossings.inside(path.fill_rule);
}

// Of a gradient all colours count, wherever on it the label stands.
std::vector<Color> colors_of(const images::Fill& fill) {
  if (const auto* color = std::get_if<Color>(&fill)) return {*color};
  std::vector<Color> colors;
  for (const images::GradientStop& stop : std::get<std::shared_ptr<const images::Gradient>>(fill)->stops) colors.push_back(stop.color);
  return colors;
}

}  // namespace

std::vector<Color> drawn_behind(const images::Drawing& drawing, const images::TextPlace& place, std::size_t characters) {
  const Extent label = extent_of(place, characters);
  const auto spots = label.spots();
  const auto lies_behind = [&](const DrawnPath& path) {
    return path.fill && extent_of(path).holds(label) && std::all_of(spots.begin(), spots.end(), [&](Spot spot) { return holds(path, spot); });
  };
  const auto last = std::find_if(drawing.paths.rbegin(), drawing.paths.rend(), lies_behind);
  return last != drawing.paths.rend() ? colors_of(*last->fill) : std::vector<Color>{};
}

}  // namespace handout::check
