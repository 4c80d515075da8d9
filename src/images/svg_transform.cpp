#include "images/svg_transform.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace handout::images {
namespace {

using Arguments = std::vector<double>;

struct Function {
  std::string_view name;
  std::string_view arguments;  // how many are allowed, for the message
  std::array<std::size_t, 3> counts;
  Transform (*make)(const Arguments&);
};

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

// Quarter turns are exact, so that upright shapes stay upright.
Transform turned(double degrees) {
  const double quarters = degrees / 90;
  if (quarters == std::floor(quarters)) {
    constexpr std::array<std::pair<double, double>, 4> kQuarters{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
    const double turn = quarters - 4 * std::floor(quarters / 4);
    const auto [cosine, sine] = kQuarters[static_cast<std::size_t>(turn)];
    return {cosine, sine, -sine, cosine, 0, 0};
  }
  const double cosine = std::cos(radians(degrees)), sine = std::sin(radians(degrees));
  return {cosine, sine, -sine, cosine, 0, 0};
}

Transform rotate(const Arguments& a) {
  if (a.size() == 1) return turned(a[0]);
  return combined(combined({1, 0, 0, 1, a[1], a[2]}, turned(a[0])), {1, 0, 0, 1, -a[1], -a[2]});
}

constexpr std::array<Function, 6> kFunctions{{
    {"matrix", "6", {6, 6, 6}, [](const Arguments& a) { return Transform{a[0], a[1], a[2], a[3], a[4], a[5]}; }},
    {"translate", "1 or 2", {1, 2, 2}, [](const Arguments& a) { return Transform{1, 0, 0, 1, a[0], a.size() > 1 ? a[1] : 0}; }},
    {"scale", "1 or 2", {1, 2, 2}, [](const Arguments& a) { return Transform{a[0], 0, 0, a.size() > 1 ? a[1] : a[0], 0, 0}; }},
    {"rotate", "1 or 3", {1, 3, 3}, rotate},
    {"skewX", "1", {1, 1, 1}, [](const Arguments& a) { return Transform{1, 0, std::tan(radians(a[0])), 1, 0, 0}; }},
    {"skewY", "1", {1, 1, 1}, [](const Arguments& a) { return Transform{1, std::tan(radians(a[0])), 0, 1, 0, 0}; }},
}};

Parsed<Arguments> read_arguments(SvgScanner& scanner) {
  scanner.skip_space();
  if (!scanner.take_if('(')) return tl::unexpected(scanner.expected("'('"));
  Arguments arguments;
  scanner.skip_space();
  while (!scanner.take_if(')')) {
    const std::optional<double> number = scanner.number();
    if (!number) return tl::unexpected(scanner.expected("a number"));
    arguments.push_back(*number);
    if (scanner.skip_separator() && !scanner.at_number()) return tl::unexpected(scanner.expected("a number after the comma"));
  }
  return arguments;
}

Parsed<Transform> read_function(SvgScanner& scanner) {
  const ValueFault unknown = scanner.expected("matrix, translate, scale, rotate, skewX or skewY");
  const std::string_view name = scanner.word();
  const auto function = std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Function& each) { return each.name == name; });
  if (function == kFunctions.end()) return tl::unexpected(unknown);
  const Parsed<Arguments> arguments = read_arguments(scanner);
  if (!arguments) return tl::unexpected(arguments.error());
  if (std::find(function->counts.begin(), function->counts.end(), arguments->size()) == function->counts.end()) {
    return tl::unexpected(scanner.fault(fmt::format("{} takes {} numbers, found {}", name, function->arguments, arguments->size())));
  }
  return function->make(*arguments);
}

}  // namespace

Transform combined(const Transform& outer, const Transform& inner) {
  return {outer.a * inner.a + outer.c * inner.b,           outer.b * inner.a + outer.d * inner.b,
          outer.a * inner.c + outer.c * inner.d,           outer.b * inner.c + outer.d * inner.d,
          outer.a * inner.e + outer.c * inner.f + outer.e, outer.b * inner.e + outer.d * inner.f + outer.f};
}

void move_segments(const Transform& t, std::vector<Segment>& segments) {
  const auto move = [&t](double& x, double& y) {
    const double old_x = x;
    x = t.a * x + t.c * y + t.e;
    y = t.b * old_x + t.d * y + t.f;
  };
  for (Segment& segment : segments) {
    if (segment.kind == SegmentKind::Curve) {
      move(segment.x1, segment.y1);
      move(segment.x2, segment.y2);
    }
    move(segment.x, segment.y);
  }
}

std::optional<double> uniform_scale(const Transform& t) {
  constexpr double kTolerance = 1e-3;
  const double across = std::hypot(t.a, t.b), down = std::hypot(t.c, t.d);
  const double larger = std::max(across, down);
  if (std::abs(across - down) > kTolerance * larger) return std::nullopt;
  if (std::abs(t.a * t.c + t.b * t.d) > kTolerance * larger * larger) return std::nullopt;
  return std::sqrt(across * down);
}

Parsed<Transform> parse_transform(std::string_view text) {
  SvgScanner scanner(text);
  Transform result;
  scanner.skip_space();
  while (!scanner.at_end()) {
    const Parsed<Transform> next = read_function(scanner);
    if (!next) return next;
    result = combined(result, *next);
    if (scanner.skip_separator() && scanner.at_end()) return tl::unexpected(scanner.expected("a function after the comma"));
  }
  const double area = std::abs(result.a * result.d - result.b * result.c);
  if (!(area > 1e-12) || !std::isfinite(area)) return tl::unexpected(ValueFault{1, "the transform leaves nothing to see"});
  return result;
}

}  // namespace handout::images
