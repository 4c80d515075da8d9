// Boxes with round corners: which part of the paper their paths cover.
#include "pdf/box_path.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace handout::pdf {
namespace {

using display::Frame;
using images::Segment;
using images::SegmentKind;

// The signed area between a path and the x axis by its flattened segments: what the even-odd or non-zero rule fills when subpaths don't cross.
double area(const std::vector<Segment>& segments) {
  double sum = 0, x = 0, y = 0, start_x = 0, start_y = 0;
  const auto to = [&](double nx, double ny) { sum += (nx - x) * (ny + y) / 2; x = nx; y = ny; };
  for (const Segment& s : segments) {
    const double fx = x, fy = y;
    switch (s.kind) {
      case SegmentKind::Move: x = start_x = s.x; y = start_y = s.y; break;
      case SegmentKind::Line: to(s.x, s.y); break;
      case SegmentKind::Close: to(start_x, start_y); break;
      case SegmentKind::Curve:
        for (int i = 1; i <= 200; ++i) {
          const double t = i / 200.0, u = 1 - t;
          to(u * u * u * fx + 3 * u * u * t * s.x1 + 3 * u * t * t * s.x2 + t * t * t * s.x, u * u * u * fy + 3 * u * u * t * s.y1 + 3 * u * t * t * s.y2 + t * t * t * s.y);
        }
        break;
    }
  }
  return sum;
}

constexpr double kCorner = 1 - 3.14159265358979 / 4;  // what a quarter circle leaves of its square
const Box kBox{0, 0, 100, 50};

Frame frame(Insets widths, Length radius, std::uint8_t sides = display::kAllSides, std::uint8_t corners = display::kAllCorners) { return {{}, widths, radius, {}, corners, sides}; }

TEST(BoxPath, RoundsOnlyTheCornersAskedFor) {
  EXPECT_NEAR(area(rounded_rectangle(kBox, 10, display::kAllCorners)), 5000 - 4 * kCorner * 100, 0.2);
  EXPECT_NEAR(area(rounded_rectangle(kBox, 10, display::kTopCorners)), 5000 - 2 * kCorner * 100, 0.2);
  const auto open = rounded_rectangle(kBox, 10, display::kTopCorners);
  EXPECT_TRUE(std::any_of(open.begin(), open.end(), [](const Segment& s) { return s.x == 0 && s.y == 0; })) << "the lower corners are sharp";
}

TEST(BoxPath, AFrameIsWhatTheInnerBoxLeavesOfTheOuter) {
  const FramePath path = frame_path(frame({2_pt, 2_pt, 2_pt, 2_pt}, 10_pt), kBox);
  EXPECT_EQ(path.rule, images::FillRule::EvenOdd);
  const std::size_t half = path.segments.size() / 2;
  const std::vector<Segment> outer(path.segments.begin(), path.segments.begin() + static_cast<std::ptrdiff_t>(half)), inner(path.segments.begin() + static_cast<std::ptrdiff_t>(half), path.segments.end());
  EXPECT_NEAR(area(outer), 5000 - 4 * kCorner * 100, 0.2);
  EXPECT_NEAR(area(inner), 96 * 46 - 4 * kCorner * 64, 0.2) << "the inner radius is the outer one less the border";
}

// Whatever the sides' widths: together they cover what the frame covers, each what lies on its side of the corners.
TEST(BoxPath, SidesTogetherAreTheFrame) {
  for (const Insets widths : {Insets{2_pt, 2_pt, 2_pt, 2_pt}, Insets{1_pt, 4_pt, 2_pt, 6_pt}, Insets{0_pt, 3_pt, 0_pt, 3_pt}, Insets{20_pt, 1_pt, 1_pt, 1_pt}}) {
    const FramePath whole = frame_path(frame(widths, 10_pt), kBox);
    std::size_t second = 1;
    while (whole.segments[second].kind != SegmentKind::Move) ++second;
    const auto split = whole.segments.begin() + static_cast<std::ptrdiff_t>(second);
    const double expected = area({whole.segments.begin(), split}) - area({split, whole.segments.end()});
    double sum = 0;
    const Length each[] = {widths.top, widths.right, widths.bottom, widths.left};
    for (unsigned side = 0; side < 4; ++side) {
      if (each[side] > Length{}) sum += area(frame_path(frame(widths, 10_pt, static_cast<std::uint8_t>(1u << side)), kBox).segments);
    }
    EXPECT_NEAR(sum, expected, 0.01);
  }
}

TEST(BoxPath, AnOpenEndHasNoLine) {
  // Slice: no border and no round corners below. Nothing of the frame is between the sides at the foot.
  const FramePath path = frame_path(frame({2_pt, 2_pt, 0_pt, 2_pt}, 10_pt, display::kAllSides, display::kTopCorners), kBox);
  std::size_t lowest = 0;
  for (const Segment& s : path.segments) lowest += s.kind == SegmentKind::Line && s.y == 0 ? 1 : 0;
  EXPECT_EQ(lowest, 4u) << "both rectangles reach the foot with sharp corners";
}

TEST(BoxPath, BordersThickerThanTheBoxFillIt) {
  const FramePath path = frame_path(frame({30_pt, 2_pt, 30_pt, 2_pt}, 10_pt), kBox);
  EXPECT_EQ(path.rule, images::FillRule::NonZero);
  EXPECT_NEAR(area(path.segments), 5000 - 4 * kCorner * 100, 0.2);
}

}  // namespace
}  // namespace handout::pdf
