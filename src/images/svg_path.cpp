#include "images/svg_path.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace handout::images {
namespace {

struct CenteredArc {
  PathPoint center;
  double rx = 0, ry = 0;
  double cosine = 1, sine = 0;  // of the x axis' turn
  double start = 0, sweep = 0;  // radians
};

// SVG 1.1 F.6.5 with the corrections of F.6.6. Needs radii above zero and two different ends.
CenteredArc to_center(const Arc& arc, PathPoint from, PathPoint to) {
  CenteredArc result;
  const double turn = arc.rotation * std::numbers::pi / 180;
  result.cosine = std::cos(turn);
  result.sine = std::sin(turn);
  const PathPoint half = 0.5 * (from - to);
  const PathPoint p{result.cosine * half.x + result.sine * half.y, -result.sine * half.x + result.cosine * half.y};  // F.6.5.1
  const double reach = std::sqrt((p.x / arc.rx) * (p.x / arc.rx) + (p.y / arc.ry) * (p.y / arc.ry));                 // F.6.6.2
  result.rx = arc.rx * std::max(1.0, reach);
  result.ry = arc.ry * std::max(1.0, reach);
  const double u = p.x / result.rx, v = p.y / result.ry;
  // F.6.5.2 divided by rx² ry²; none is left when the radii had to grow (F.6.6.3).
  const double room = reach >= 1 ? 0 : std::max(0.0, 1 / (u * u + v * v) - 1);
  const bool same_flags = (arc.size == ArcSize::Large) == (arc.sweep == ArcSweep::Clockwise);
  const double k = (same_flags ? -1 : 1) * std::sqrt(room);
  const PathPoint c{k * result.rx * v, -k * result.ry * u};
  result.center = PathPoint{result.cosine * c.x - result.sine * c.y, result.sine * c.x + result.cosine * c.y} + 0.5 * (from + to);  // F.6.5.3
  result.start = std::atan2((p.y - c.y) / result.ry, (p.x - c.x) / result.rx);                                                      // F.6.5.5
  const double end = std::atan2((-p.y - c.y) / result.ry, (-p.x - c.x) / result.rx);
  result.sweep = end - result.start;
  if (arc.sweep == ArcSweep::Clockwise && result.sweep < 0) result.sweep += 2 * std::numbers::pi;
  if (arc.sweep == ArcSweep::Counterclockwise && result.sweep > 0) result.sweep -= 2 * std::numbers::pi;
  return result;
}

}  // namespace

void PathBuilder::move_to(PathPoint to) {
  if (!segments_.empty() && segments_.back().kind == SegmentKind::Move) segments_.pop_back();
  segments_.push_back({SegmentKind::Move, 0, 0, 0, 0, to.x, to.y});
  start_ = current_ = to;
  open_ = true;
}

void PathBuilder::begin() {
  if (!open_) move_to(current_);
}

void PathBuilder::line_to(PathPoint to) {
  begin();
  segments_.push_back({SegmentKind::Line, 0, 0, 0, 0, to.x, to.y});
  current_ = to;
}

void PathBuilder::curve_to(PathPoint control1, PathPoint control2, PathPoint to) {
  begin();
  segments_.push_back({SegmentKind::Curve, control1.x, control1.y, control2.x, control2.y, to.x, to.y});
  current_ = to;
}

void PathBuilder::quadratic_to(PathPoint control, PathPoint to) {
  const PathPoint from = current_;
  curve_to(from + (2.0 / 3) * (control - from), to + (2.0 / 3) * (control - to), to);
}

void PathBuilder::arc_to(const Arc& arc, PathPoint to) {
  const PathPoint from = current_;
  if (from.x == to.x && from.y == to.y) return;  // F.6.2
  const Arc positive{std::abs(arc.rx), std::abs(arc.ry), arc.rotation, arc.size, arc.sweep};
  if (positive.rx == 0 || positive.ry == 0) return line_to(to);
  const CenteredArc c = to_center(positive, from, to);
  if (!std::isfinite(c.sweep)) return line_to(to);  // sizes beyond a double's reach: the arc is flat
  const auto place = [&](double x, double y) {
    return c.center + PathPoint{c.cosine * c.rx * x - c.sine * c.ry * y, c.sine * c.rx * x + c.cosine * c.ry * y};
  };
  // A cubic follows a quarter of an ellipse within 0.03% of the radius; rounding shall not add a piece.
  const int pieces = std::max(1, static_cast<int>(std::ceil(std::abs(c.sweep) / (std::numbers::pi / 2) - 1e-6)));
  const double step = c.sweep / pieces;
  const double k = 4.0 / 3 * std::tan(step / 4);
  for (int i = 0; i < pieces; ++i) {
    const double a = c.start + i * step, b = a + step;
    const PathPoint end = i + 1 == pieces ? to : place(std::cos(b), std::sin(b));
    curve_to(place(std::cos(a) - k * std::sin(a), std::sin(a) + k * std::cos(a)), place(std::cos(b) + k * std::sin(b), std::sin(b) - k * std::cos(b)), end);
  }
}

void PathBuilder::close() {
  if (!open_) return;
  segments_.push_back({SegmentKind::Close, 0, 0, 0, 0, start_.x, start_.y});
  current_ = start_;
  open_ = false;
}

std::vector<Segment> PathBuilder::take() {
  if (!segments_.empty() && segments_.back().kind == SegmentKind::Move) segments_.pop_back();
  open_ = false;
  return std::exchange(segments_, {});
}

}  // namespace handout::images
