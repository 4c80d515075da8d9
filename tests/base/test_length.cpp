#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "base/geometry.h"
#include "base/index.h"
#include "base/length.h"
#include "base/narrow.h"

namespace handout {
namespace {

TEST(Length, IsExactInPointsAndNearestInMillimetres) {
  EXPECT_EQ((12_pt).units(), 12 * 65536);
  EXPECT_EQ(1_in, 72_pt);
  EXPECT_EQ(25.4_mm, 72_pt);
  EXPECT_EQ((1_mm).units(), 185771);  // 72 / 25.4 * 65536 = 185771.34
  EXPECT_EQ(0.5_pt + 0.25_pt, 0.75_pt);
}

TEST(Length, RoundsHalfAwayFromZero) {
  const double half_a_unit = 0.5 / 65536;
  EXPECT_EQ(Length::from_points(half_a_unit).units(), 1);
  EXPECT_EQ(Length::from_points(-half_a_unit).units(), -1);
  EXPECT_EQ(Length::from_points(half_a_unit * 0.99).units(), 0);
}

TEST(Length, Computes) {
  Length length = 10_pt;
  length += 2_pt;
  length -= 5_pt;
  EXPECT_EQ(length, 7_pt);
  EXPECT_EQ(-length, 0_pt - 7_pt);
  EXPECT_EQ(length * 3, 21_pt);
  EXPECT_EQ(3 * length, 21_pt);
  EXPECT_EQ(length / 2, 3.5_pt);
  EXPECT_LT(1_mm, 3_pt);
  EXPECT_GT(1_mm, 2.8_pt);
  EXPECT_EQ((10_pt).scaled(1.5), 15_pt);
}

TEST(Length, ScalesByAFractionWithoutOverflow) {
  const Length wide = Length::from_units(std::int64_t{1} << 40);
  EXPECT_EQ(wide.scaled(std::int64_t{1} << 40, std::int64_t{1} << 40), wide);
  EXPECT_EQ((10_pt).scaled(std::int64_t{1}, std::int64_t{4}), 2.5_pt);
}

TEST(Length, WritesThreeDecimalsAtMost) {
  EXPECT_EQ(to_text(12_pt), "12");
  EXPECT_EQ(to_text(-0.35_pt), "-0.35");
  EXPECT_EQ(to_text(1_mm), "2.835");
  EXPECT_EQ(to_text(Length::from_units(-1)), "0");
}

TEST(Geometry, AddsPointsAndFindsEdges) {
  EXPECT_EQ((Point{1_pt, 2_pt} + Point{10_pt, 20_pt}), (Point{11_pt, 22_pt}));
  EXPECT_EQ((Point{1_pt, 2_pt} - Point{10_pt, 20_pt}), (Point{-9_pt, -18_pt}));
  const Rect rect{1_pt, 2_pt, 10_pt, 20_pt};
  EXPECT_EQ(rect.right(), 11_pt);
  EXPECT_EQ(rect.bottom(), 22_pt);
}

TEST(Narrow, KeepsValuesThatFit) {
  EXPECT_EQ(narrow<std::uint8_t>(255), 255);
  EXPECT_EQ(narrow<std::int8_t>(-128), -128);
}

TEST(NarrowDeathTest, EndsTheProgramOnLoss) {
  EXPECT_DEATH(narrow<std::uint8_t>(256), "precondition");
  EXPECT_DEATH(narrow<std::uint32_t>(-1), "precondition");
  EXPECT_DEATH(narrow<std::int32_t>(std::numeric_limits<std::uint32_t>::max()), "precondition");
}

TEST(Index, ComparesAndCounts) {
  using PageIndex = Index<struct PageTag>;
  EXPECT_EQ(PageIndex().value(), 0u);
  EXPECT_LT(PageIndex(1), PageIndex(2));
  EXPECT_EQ(std::hash<PageIndex>{}(PageIndex(7)), std::hash<PageIndex>{}(PageIndex(7)));
}

}  // namespace
}  // namespace handout
