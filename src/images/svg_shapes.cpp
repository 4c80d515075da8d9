#include "images/svg_shapes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/expects.h"

namespace handout::images {
namespace {

Arc quarter(double rx, double ry) { return {rx, ry, 0, ArcSize::Small, ArcSweep::Clockwise}; }

double cross(PathPoint a, PathPoint b) { return a.x * b.y - a.y * b.x; }

// True when all lie on one line through the first.
bool collinear(const std::vector<PathPoint>& points) {
  PathPoint along;
  for (const PathPoint& point : points) {
    const PathPoint to = point - points.front();
    if (std::hypot(to.x, to.y) > std::hypot(along.x, along.y)) along = to;
  }
  const double length = std::hypot(along.x, along.y);
  return std::all_of(points.begin(), points.end(),
                     [&](const PathPoint& point) { return std::abs(cross(along, point - points.front())) <= 1e-9 * length * length; });
}

// Where a cubic through these four turns back along one axis, 0 < t < 1.
void add_turns(double p0, double p1, double p2, double p3, std::vector<double>& values) {
  const double a = p3 - 3 * p2 + 3 * p1 - p0, b = 2 * (p2 - 2 * p1 + p0), c = p1 - p0;  // a third of the derivative: a t² + b t + c
  std::array<double, 2> roots{-1, -1};
  const double inside = b * b - 4 * a * c;
  if (inside >= 0) {
    const double q = -0.5 * (b + std::copysign(std::sqrt(inside), b));  // without cancellation when a is small
    if (a != 0) roots[0] = q / a;
    if (q != 0) roots[1] = c / q;
  }
  for (const double t : roots) {
    if (!(t > 0 && t < 1)) continue;
    const double s = 1 - t;
    values.push_back(s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3);
  }
}

}  // namespace

std::vector<Segment> rect_path(const RectShape& rect) {
  const double left = rect.x, top = rect.y, right = rect.x + rect.width, bottom = rect.y + rect.height;
  const double rx = std::min(rect.rx, rect.width / 2), ry = std::min(rect.ry, rect.height / 2);
  if (rect.width == 0 || rect.height == 0) return {};
  PathBuilder path;
  const bool round = rx > 0 && ry > 0;
  path.move_to({round ? left + rx : left, top});
  if (!round) {
    path.line_to({right, top});
    path.line_to({right, bottom});
    path.line_to({left, bottom});
    path.close();
    return path.take();
  }
  const auto line = [&](double x, double y) {
    if (path.current().x != x || path.current().y != y) path.line_to({x, y});
  };
  line(right - rx, top);
  path.arc_to(quarter(rx, ry), {right, top + ry});
  line(right, bottom - ry);
  path.arc_to(quarter(rx, ry), {right - rx, bottom});
  line(left + rx, bottom);
  path.arc_to(quarter(rx, ry), {left, bottom - ry});
  line(left, top + ry);
  path.arc_to(quarter(rx, ry), {left + rx, top});
  path.close();
  return path.take();
}

std::vector<Segment> ellipse_path(PathPoint center, double rx, double ry) {
  if (rx == 0 || ry == 0) return {};
  PathBuilder path;
  path.move_to({center.x + rx, center.y});
  path.arc_to(quarter(rx, ry), {center.x, center.y + ry});
  path.arc_to(quarter(rx, ry), {center.x - rx, center.y});
  path.arc_to(quarter(rx, ry), {center.x, center.y - ry});
  path.arc_to(quarter(rx, ry), {center.x + rx, center.y});
  path.close();
  return path.take();
}

std::vector<Segment> poly_path(const std::vector<PathPoint>& points, PolyEnd end) {
  PathBuilder path;
  for (const PathPoint& point : points) {
    if (&point == &points.front()) path.move_to(point);
    else path.line_to(point);
  }
  if (end == PolyEnd::Closed && !points.empty()) path.close();
  return path.take();
}

Parsed<std::vector<PathPoint>> parse_points(std::string_view text) {
  std::vector<double> numbers;
  SvgScanner scanner(text);
  scanner.skip_space();
  while (!scanner.at_end()) {
    const std::optional<double> number = scanner.number();
    if (!number) return tl::unexpected(scanner.expected("a number"));
    numbers.push_back(*number);
    if (scanner.skip_separator() && scanner.at_end()) return tl::unexpected(scanner.expected("a number after the comma"));
  }
  if (numbers.size() % 2 != 0) return tl::unexpected(scanner.expected("y of the last point"));
  std::vector<PathPoint> points;
  for (std::size_t i = 0; i < numbers.size(); i += 2) points.push_back({numbers[i], numbers[i + 1]});
  return points;
}

Bounds bounds_of(const std::vector<Segment>& segments) {
  EXPECTS(!segments.empty());
  Bounds box{segments[0].x, segments[0].y, segments[0].x, segments[0].y};
  PathPoint at{segments[0].x, segments[0].y};
  std::vector<double> across, down;
  for (const Segment& segment : segments) {
    across = {segment.x};
    down = {segment.y};
    if (segment.kind == SegmentKind::Curve) {
      add_turns(at.x, segment.x1, segment.x2, segment.x, across);
      add_turns(at.y, segment.y1, segment.y2, segment.y, down);
    }
    for (const double x : across) box.left = std::min(box.left, x), box.right = std::max(box.right, x);
    for (const double y : down) box.top = std::min(box.top, y), box.bottom = std::max(box.bottom, y);
    at = {segment.x, segment.y};
  }
  return box;
}

bool encloses_area(const std::vector<Segment>& segments) {
  std::vector<PathPoint> points;
  for (const Segment& segment : segments) {
    if (segment.kind == SegmentKind::Move && !points.empty()) {
      if (!collinear(points)) return true;
      points.clear();
    }
    if (segment.kind == SegmentKind::Curve) {
      points.push_back({segment.x1, segment.y1});
      points.push_back({segment.x2, segment.y2});
    }
    points.push_back({segment.x, segment.y});
  }
  return !points.empty() && !collinear(points);
}

}  // namespace handout::images
