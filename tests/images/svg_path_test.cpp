#include "images/svg_path.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/numbers.h"
#include "images/svg_shapes.h"
#include "images/svg_transform.h"

namespace handout::images {
namespace {

// "M 1 2 L 3 4 C 1 2 3 4 5 6 Z", numbers with three decimals at most.
std::string text(const std::vector<Segment>& segments) {
  std::string result;
  const auto number = [&](double value) { result += " " + decimal_text(value, 3); };
  for (const Segment& segment : segments) {
    if (!result.empty()) result += ' ';
    result += segment.kind == SegmentKind::Move ? 'M' : segment.kind == SegmentKind::Line ? 'L' : segment.kind == SegmentKind::Curve ? 'C' : 'Z';
    if (segment.kind == SegmentKind::Close) continue;
    if (segment.kind == SegmentKind::Curve) number(segment.x1), number(segment.y1), number(segment.x2), number(segment.y2);
    number(segment.x), number(segment.y);
  }
  return result;
}

std::string path(std::string_view data) {
  const Parsed<std::vector<Segment>> parsed = parse_path_data(data);
  return parsed ? text(*parsed) : fmt::format("fault at {}: {}", parsed.error().character, parsed.error().message);
}

TEST(SvgPath, lines) {
  EXPECT_EQ(path("M1 2L3 4"), "M 1 2 L 3 4");
  EXPECT_EQ(path("m1 2l3 4"), "M 1 2 L 4 6");
  EXPECT_EQ(path("M1 2H5V7"), "M 1 2 L 5 2 L 5 7");
  EXPECT_EQ(path("M1 2h5v7h-1 -1"), "M 1 2 L 6 2 L 6 9 L 5 9 L 4 9");
}

TEST(SvgPath, more_pairs_after_a_move_are_lines) {
  EXPECT_EQ(path("M1 2 3 4 5 6"), "M 1 2 L 3 4 L 5 6");
  EXPECT_EQ(path("m1 2 3 4 5 6"), "M 1 2 L 4 6 L 9 12");
  EXPECT_EQ(path("M1 1L2 2m1 1 1 1"), "M 1 1 L 2 2 M 3 3 L 4 4");
}

TEST(SvgPath, cubics) {
  EXPECT_EQ(path("M1 1C2 3 4 5 6 7"), "M 1 1 C 2 3 4 5 6 7");
  EXPECT_EQ(path("M1 1c2 3 4 5 6 7"), "M 1 1 C 3 4 5 6 7 8");
  EXPECT_EQ(path("M1 1C2 3 4 5 6 7S8 9 10 11"), "M 1 1 C 2 3 4 5 6 7 C 8 9 8 9 10 11") << "(6,7) + ((6,7) - (4,5)) = (8,9)";
  EXPECT_EQ(path("M1 1c2 3 4 5 6 7s1 1 2 2"), "M 1 1 C 3 4 5 6 7 8 C 9 10 8 9 9 10");
  EXPECT_EQ(path("M1 1S3 3 4 1"), "M 1 1 C 1 1 3 3 4 1") << "nothing to reflect";
  EXPECT_EQ(path("M0 0Q1 1 2 0S4 1 5 0"), "M 0 0 C 0.667 0.667 1.333 0.667 2 0 C 2 0 4 1 5 0") << "a quadratic is not reflected by S";
}

TEST(SvgPath, quadratics_are_raised) {
  EXPECT_EQ(path("M0 0Q3 6 6 0"), "M 0 0 C 2 4 4 4 6 0");
  EXPECT_EQ(path("M1 1q3 6 6 0"), "M 1 1 C 3 5 5 5 7 1");
  EXPECT_EQ(path("M0 0Q3 6 6 0T12 0"), "M 0 0 C 2 4 4 4 6 0 C 8 -4 10 -4 12 0") << "reflected control (9,-6)";
  EXPECT_EQ(path("M0 0q3 6 6 0t6 0t6 0"), "M 0 0 C 2 4 4 4 6 0 C 8 -4 10 -4 12 0 C 14 4 16 4 18 0");
  EXPECT_EQ(path("M0 0T6 0"), "M 0 0 C 0 0 2 0 6 0");
}

TEST(SvgPath, quarter_arcs) {
  // k = 4/3 (sqrt 2 - 1) = 0.5523
  EXPECT_EQ(path("M10 0A10 10 0 0 1 0 10"), "M 10 0 C 10 5.523 5.523 10 0 10");
  EXPECT_EQ(path("M10 0A10 10 0 0 0 0 10"), "M 10 0 C 4.477 0 0 4.477 0 10") << "round (10,10)";
  EXPECT_EQ(path("M10 0a10 10 0 0 1 -10 10"), "M 10 0 C 10 5.523 5.523 10 0 10");
}

TEST(SvgPath, closing) {
  EXPECT_EQ(path("M0 0L1 0L1 1Z"), "M 0 0 L 1 0 L 1 1 Z");
  EXPECT_EQ(path("M1 1L5 1zL7 7"), "M 1 1 L 5 1 Z M 1 1 L 7 7") << "the next subpath starts where the last did";
  EXPECT_EQ(path("M1 1l5 1zm1 1l1 1"), "M 1 1 L 6 2 Z M 2 2 L 3 3");
  EXPECT_EQ(path("M1 1L2 2ZZ"), "M 1 1 L 2 2 Z");
}

TEST(SvgPath, moves_without_segments_vanish) {
  EXPECT_EQ(path(""), "");
  EXPECT_EQ(path("M1 1"), "");
  EXPECT_EQ(path("M1 1M2 2L3 3M4 4"), "M 2 2 L 3 3");
}

TEST(SvgPath, numbers_may_touch) {
  EXPECT_EQ(path("M.5.5L1e1-2E-1"), "M 0.5 0.5 L 10 -0.2");
  EXPECT_EQ(path("M+1,+2\n\tL 3. ,4"), "M 1 2 L 3 4");
  EXPECT_EQ(path("M10 0A10 10 0 010 10"), "M 10 0 C 10 5.523 5.523 10 0 10") << "flags are one character each";
}

TEST(SvgPath, faults_say_where) {
  EXPECT_EQ(path("L1 2"), "fault at 1: expected M or m, with which a path begins, found 'L'");
  EXPECT_EQ(path("M1 2 X"), "fault at 6: expected a path command, found 'X'");
  EXPECT_EQ(path("M1"), "fault at 3: expected a number, found its end");
  EXPECT_EQ(path("M1 2L3"), "fault at 7: expected a number, found its end");
  EXPECT_EQ(path("M1 2,L3 4"), "fault at 6: expected a number after the comma, found 'L'");
  EXPECT_EQ(path("M1,,2"), "fault at 4: expected a number, found ','");
  EXPECT_EQ(path("M0 0A1 1 0 2 0 3 3"), "fault at 12: expected an arc flag, 0 or 1, found '2'");
  EXPECT_EQ(path("M0 inf"), "fault at 4: expected a number, found 'i'");
  EXPECT_EQ(path("M0 -nan"), "fault at 4: expected a number, found '-'");
  EXPECT_EQ(path("M0 +-1"), "fault at 4: expected a number, found '+'");
  EXPECT_EQ(path("M0 1e400"), "fault at 4: expected a number, found '1'");
  EXPECT_EQ(path("M0 2000000000"), "fault at 4: expected a number, found '2'");
  EXPECT_EQ(path("M1 2 \xc3\xa9"), "fault at 6: expected a path command, found '\xc3\xa9'");
}

// Every point of the curve stands on the ellipse; the sum of the angles is the sweep that was asked for.
TEST(SvgPath, arcs_follow_the_ellipse) {
  const auto segments = parse_path_data("M10 5A10 5 0 1 1 0 -5");
  ASSERT_TRUE(segments);
  // Centre (0,0)? (10,5) is not on that one; F.6.5 by hand: x1' = (5,5), u = 0.5, v = 1, so u² + v² = 1.25 and the radii grow by 1.118.
  double x = 10, y = 5;
  for (const Segment& s : *segments) {
    if (s.kind != SegmentKind::Curve) continue;
    for (int i = 0; i <= 8; ++i) {
      const double t = i / 8.0, r = 1 - t;
      const double px = r * r * r * x + 3 * r * r * t * s.x1 + 3 * r * t * t * s.x2 + t * t * t * s.x;
      const double py = r * r * r * y + 3 * r * r * t * s.y1 + 3 * r * t * t * s.y2 + t * t * t * s.y;
      const double grown = std::sqrt(1.25);
      EXPECT_NEAR(std::hypot((px - 5) / (10 * grown), py / (5 * grown)), 1, 4e-4);
    }
    x = s.x, y = s.y;
  }
  EXPECT_EQ(segments->size(), 3u) << "half an ellipse is two quarters";
  EXPECT_EQ(x, 0);
  EXPECT_EQ(y, -5);
}

TEST(SvgPath, the_four_arcs_between_two_points) {
  // Radius 5 from (0,5) to (5,0): centres (0,0) and (5,5).
  EXPECT_EQ(parse_path_data("M0 5A5 5 0 0 0 5 0")->size(), 2u);
  EXPECT_EQ(path("M0 5A5 5 0 0 0 5 0"), "M 0 5 C 2.761 5 5 2.761 5 0") << "round (0,0)";
  EXPECT_EQ(path("M0 5A5 5 0 0 1 5 0"), "M 0 5 C 0 2.239 2.239 0 5 0") << "round (5,5)";
  EXPECT_EQ(path("M0 5A5 5 0 1 1 5 0"), "M 0 5 C -2.761 5 -5 2.761 -5 0 C -5 -2.761 -2.761 -5 0 -5 C 2.761 -5 5 -2.761 5 0");
  EXPECT_EQ(path("M0 5A5 5 0 1 0 5 0"), "M 0 5 C 0 7.761 2.239 10 5 10 C 7.761 10 10 7.761 10 5 C 10 2.239 7.761 0 5 0");
}

TEST(SvgPath, degenerate_arcs) {
  EXPECT_EQ(path("M0 0A0 5 0 0 1 3 4"), "M 0 0 L 3 4") << "F.6.2";
  EXPECT_EQ(path("M1 1A5 5 0 0 1 1 1"), "") << "no way to go";
  EXPECT_EQ(path("M0 0A-5 -5 0 0 1 10 0"), "M 0 0 C 0 -2.761 2.239 -5 5 -5 C 7.761 -5 10 -2.761 10 0") << "negative radii lose their sign";
  EXPECT_EQ(path("M0 0A1 1 0 0 1 10 0"), path("M0 0A5 5 0 0 1 10 0")) << "radii grow until they reach";
  EXPECT_EQ(path("M0 0A5 9 90 0 1 18 0"), path("M0 0A9 5 0 0 1 18 0")) << "a turned axis";
  for (const std::string_view tiny : {"M0 0A1e-300 1e-300 0 0 1 9 9", "M0 0A1 1 0 0 1 1e-300 0", "M0 0A1e9 1e-9 7 1 0 1e-9 1e9"}) EXPECT_TRUE(parse_path_data(tiny)) << tiny;
}

TEST(SvgShapes, rectangles) {
  EXPECT_EQ(text(rect_path({1, 2, 30, 40, 0, 0})), "M 1 2 L 31 2 L 31 42 L 1 42 Z");
  EXPECT_EQ(text(rect_path({0, 0, 30, 20, 10, 5})),
            "M 10 0 L 20 0 C 25.523 0 30 2.239 30 5 L 30 15 C 30 17.761 25.523 20 20 20 L 10 20 C 4.477 20 0 17.761 0 15 L 0 5 C 0 2.239 4.477 0 10 0 Z");
  EXPECT_EQ(text(rect_path({0, 0, 20, 10, 99, 99})), "M 10 0 C 15.523 0 20 2.239 20 5 C 20 7.761 15.523 10 10 10 C 4.477 10 0 7.761 0 5 C 0 2.239 4.477 0 10 0 Z");
  EXPECT_EQ(text(rect_path({0, 0, 0, 10, 0, 0})), "");
}

TEST(SvgShapes, ellipses_start_at_three_o_clock_and_go_clockwise) {
  EXPECT_EQ(text(ellipse_path({0, 0}, 10, 5)), "M 10 0 C 10 2.761 5.523 5 0 5 C -5.523 5 -10 2.761 -10 0 C -10 -2.761 -5.523 -5 0 -5 C 5.523 -5 10 -2.761 10 0 Z");
  EXPECT_EQ(text(ellipse_path({0, 0}, 10, 0)), "");
}

TEST(SvgShapes, polylines) {
  const auto points = parse_points(" 0,0 10,0 , 10-5 ");
  ASSERT_TRUE(points);
  EXPECT_EQ(text(poly_path(*points, PolyEnd::Open)), "M 0 0 L 10 0 L 10 -5");
  EXPECT_EQ(text(poly_path(*points, PolyEnd::Closed)), "M 0 0 L 10 0 L 10 -5 Z");
  EXPECT_EQ(parse_points("1 2 3").error().message, "expected y of the last point, found its end");
  EXPECT_EQ(parse_points("1 2,").error().message, "expected a number after the comma, found its end");
  EXPECT_EQ(parse_points("1 b").error().message, "expected a number, found 'b'");
}

TEST(SvgShapes, only_what_encloses_something_has_an_area) {
  EXPECT_FALSE(encloses_area(*parse_path_data("M0 0L10 10L5 5Z")));
  EXPECT_FALSE(encloses_area(*parse_path_data("M0 0H10M0 5H10")));
  EXPECT_FALSE(encloses_area(*parse_path_data("M3 3L3 3")));
  EXPECT_TRUE(encloses_area(*parse_path_data("M0 0H10M0 0L10 0L10 1")));
  EXPECT_TRUE(encloses_area(*parse_path_data("M0 0Q5 5 10 0")));
}

std::string transform(std::string_view data) {
  const Parsed<Transform> t = parse_transform(data);
  if (!t) return fmt::format("fault at {}: {}", t.error().character, t.error().message);
  std::string result;
  for (const double value : {t->a, t->b, t->c, t->d, t->e, t->f}) result += (result.empty() ? "" : " ") + decimal_text(value, 4);
  return result;
}

TEST(SvgTransform, functions) {
  EXPECT_EQ(transform(""), "1 0 0 1 0 0");
  EXPECT_EQ(transform("matrix(1 2 3 4 5 6)"), "1 2 3 4 5 6");
  EXPECT_EQ(transform("translate(3)"), "1 0 0 1 3 0");
  EXPECT_EQ(transform("translate( 3 , -4 )"), "1 0 0 1 3 -4");
  EXPECT_EQ(transform("scale(2)"), "2 0 0 2 0 0");
  EXPECT_EQ(transform("scale(2,-3)"), "2 0 0 -3 0 0");
  EXPECT_EQ(transform("rotate(90)"), "0 1 -1 0 0 0");
  EXPECT_EQ(transform("rotate(-90)"), "0 -1 1 0 0 0");
  EXPECT_EQ(transform("rotate(30)"), "0.866 0.5 -0.5 0.866 0 0");
  EXPECT_EQ(transform("rotate(180 5 7)"), "-1 0 0 -1 10 14");
  EXPECT_EQ(transform("skewX(45)"), "1 0 1 1 0 0");
  EXPECT_EQ(transform("skewY(45)"), "1 1 0 1 0 0");
}

TEST(SvgTransform, the_last_is_applied_first) {
  EXPECT_EQ(transform("translate(10 20) scale(2)"), "2 0 0 2 10 20");
  EXPECT_EQ(transform("scale(2),translate(10 20)"), "2 0 0 2 20 40");
  EXPECT_EQ(transform("rotate(90)translate(5)"), "0 1 -1 0 0 5");
}

TEST(SvgTransform, faults) {
  EXPECT_EQ(transform("move(1)"), "fault at 1: expected matrix, translate, scale, rotate, skewX or skewY, found 'm'");
  EXPECT_EQ(transform("rotate(1 2)"), "fault at 12: rotate takes 1 or 3 numbers, found 2");
  EXPECT_EQ(transform("matrix(1 2 3)"), "fault at 14: matrix takes 6 numbers, found 3");
  EXPECT_EQ(transform("scale()"), "fault at 8: scale takes 1 or 2 numbers, found 0");
  EXPECT_EQ(transform("scale 2"), "fault at 7: expected '(', found '2'");
  EXPECT_EQ(transform("scale(2"), "fault at 8: expected a number, found its end");
  EXPECT_EQ(transform("scale(2,)"), "fault at 9: expected a number after the comma, found ')'");
  EXPECT_EQ(transform("scale(2),"), "fault at 10: expected a function after the comma, found its end");
  EXPECT_EQ(transform("scale(0 1)"), "fault at 1: the transform leaves nothing to see");
}

TEST(SvgTransform, moves_every_point_of_a_segment) {
  std::vector<Segment> segments = *parse_path_data("M1 2C3 4 5 6 7 8Z");
  move_segments({2, 0, 0, 3, 10, 20}, segments);
  EXPECT_EQ(text(segments), "M 12 26 C 16 32 20 38 24 44 Z");
  segments = *parse_path_data("M1 0L0 1");
  move_segments(*parse_transform("rotate(90)"), segments);
  EXPECT_EQ(text(segments), "M 0 1 L -1 0");
}

TEST(SvgTransform, uniform_scale) {
  EXPECT_DOUBLE_EQ(uniform_scale({3, 0, 0, 3, 7, 7}).value_or(0), 3);
  EXPECT_NEAR(uniform_scale(*parse_transform("rotate(33) scale(2,-2)")).value_or(0), 2, 1e-12);
  EXPECT_FALSE(uniform_scale({2, 0, 0, 3, 0, 0}));
  EXPECT_FALSE(uniform_scale(*parse_transform("skewX(10)")));
  EXPECT_FALSE(uniform_scale({1, 1, 1, 1.0001, 0, 0})) << "equal lengths, no right angle";
}

}  // namespace
}  // namespace handout::images
