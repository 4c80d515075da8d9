// Keeps with strengths, columns, floats, notes, kinds of pages, regions, languages beside one another. A page's body is ten lines high and 320 pt wide.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paginate/support.h"

namespace handout::paginate {
namespace {

using styled::Float;
using testing::ElementsAre;

BlockPtr floating(const BlockPtr& block, Float side) {
  return with(block, [=](BoxStyle& box) { box.floating = side; });
}
BlockPtr kept(const BlockPtr& block, int strength) {
  return with(block, [=](BoxStyle& box) { box.keep_with_next = static_cast<Keep>(strength); });
}
BlockPtr breaking(const BlockPtr& block, Break where) {
  return with(block, [=](BoxStyle& box) { box.break_before = where; });
}
BlockPtr columns(std::vector<BlockPtr> children, int count = 2, unicode::Direction direction = unicode::Direction::LeftToRight) {
  return block_of(styled::Columns{std::move(children), count, 20_pt, {}, true, direction});
}

// ---- keeps ----

TEST(Strengths, TheWeakerKeepGivesWay) {
  const auto made = paginated({lines("a", 4), kept(lines("b", 3), 2), kept(lines("c", 2), 5), lines("d", 2)});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4", "b1 b2 b3 c1 c2 d1 d2")) << "all of it can be kept";
  const auto chain = paginated({kept(lines("a", 4), 1), kept(lines("b", 3), 2), kept(lines("c", 2), 5), lines("d", 2)});
  EXPECT_THAT(chain.pages(), ElementsAre("a1 a2 a3 a4", "b1 b2 b3 c1 c2 d1 d2")) << "1 is weaker than 2 and 5";
  const auto other = paginated({kept(lines("a", 4), 5), kept(lines("b", 3), 2), kept(lines("c", 2), 1), lines("d", 2)});
  EXPECT_THAT(other.pages(), ElementsAre("a1 a2 a3 a4 b1 b2 b3 c1 c2", "d1 d2"));
}

TEST(Strengths, KeepWithPrevious) {
  const auto made = paginated({lines("a", 6), lines("b", 3), with(lines("c", 2), [](BoxStyle& box) { box.keep_with_previous = Keep::Always; })});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6", "b1 b2 b3 c1 c2"));
}

// The chain runs out of a flow that has ended: the break is inside it.
TEST(Strengths, ReachIntoAFlowThatHasEnded) {
  const auto made = paginated({lines("x", 4), flow({lines("p", 3), flow({heading("h")})}), flow({heading("k"), kept_together(lines("q", 4))})});
  EXPECT_THAT(made.pages(), ElementsAre("x1 x2 x3 x4 p1 p2 p3", "h k q1 q2 q3 q4"));
}

// ---- columns ----

TEST(ColumnsOfText, AreBalancedWhereTheContentEnds) {
  const auto made = paginated({columns({lines("a", 2), lines("b", 2), lines("c", 2), lines("d", 2)}), text("e")});
  EXPECT_EQ(made.top("a1"), Length{});
  EXPECT_EQ(made.top("c1"), Length{});
  EXPECT_EQ(made.find("a1").left, 20_pt);
  EXPECT_EQ(made.find("c1").left, 20_pt + 150_pt + 20_pt);
  EXPECT_EQ(made.top("e"), kLine * 4);
}

TEST(ColumnsOfText, AreFilledOneAfterTheOtherOverPages) {
  const auto made = paginated({columns({lines("a", 24)})});
  EXPECT_EQ(made.find("a10").left, 20_pt);
  EXPECT_EQ(made.find("a11").left, 190_pt);
  EXPECT_EQ(made.find("a21").page, 1u);
  EXPECT_EQ(made.find("a23").left, 190_pt) << "two lines in each column of the last page";
}

TEST(ColumnsOfText, KeepHeadingsWithTheirText) {
  const auto made = paginated({columns({lines("a", 3), heading("h"), lines("b", 4)})});
  EXPECT_EQ(made.find("h").left, made.find("b1").left);
}

// The second column would hold the heading alone: it stays empty.
TEST(ColumnsOfText, DoNotEndPagesWithAHeading) {
  const auto made = paginated({lines("x", 4), columns({lines("a", 6), heading("h"), kept_together(lines("b", 7))})});
  EXPECT_EQ(made.find("h").page, 1u);
  EXPECT_EQ(made.find("b7").page, 1u);
}

TEST(ColumnsOfText, RunFromTheRightInRightToLeftDocuments) {
  const auto made = paginated({columns({lines("a", 2), lines("b", 2)}, 2, unicode::Direction::RightToLeft)});
  EXPECT_GT(made.find("a1").left, made.find("b1").left);
}

TEST(ColumnsOfText, BoxesAloneInThemAreOfOneHeight) {
  const auto boxed = [](const BlockPtr& block) { return with(flow({block}), [](BoxStyle& box) { box.background = Color{1, 2, 3}; box.keep_together = Keep::Always; }); };
  const auto made = paginated({columns({boxed(lines("a", 2)), boxed(lines("b", 5))})});
  EXPECT_THAT(made.rects(0), ElementsAre(Rect{20_pt, 20_pt, 150_pt, kLine * 5}, Rect{190_pt, 20_pt, 150_pt, kLine * 5}));
}

// ---- floats ----

TEST(Floats, StandAtTheTopAndTheFootOfTheirPage) {
  const auto made = paginated({lines("a", 2), floating(lines("t", 2), Float::Top), floating(lines("f", 2), Float::Bottom), lines("b", 2)});
  EXPECT_EQ(made->pages.size(), 1u);
  EXPECT_EQ(made.top("t1"), Length{});
  EXPECT_EQ(made.top("a1"), kLine * 2);
  EXPECT_EQ(made.top("b1"), kLine * 4);
  EXPECT_EQ(made.top("f2"), kLine * 9);
}

// The text goes on, and what floats waits for the next page.
TEST(Floats, WaitForAPageWithRoom) {
  const auto made = paginated({lines("a", 8), floating(lines("t", 4), Float::Top), lines("b", 8)});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 b1 b2", "t1 t2 t3 t4 b3 b4 b5 b6 b7 b8"));
}

TEST(Floats, KeepTheirOrderAndComeOutAtTheEnd) {
  const auto made = paginated({lines("a", 9), floating(lines("t", 6), Float::Top), floating(lines("u", 2), Float::Top), floating(lines("v", 6), Float::Top)});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9", "t1 t2 t3 t4 t5 t6", "u1 u2", "v1 v2 v3 v4 v5 v6"));
}

TEST(Floats, TooTallOnesStayInTheFlow) {
  const auto made = paginated({lines("a", 2), floating(lines("t", 12), Float::Top), lines("b", 1)});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 t1 t2 t3 t4 t5 t6 t7 t8", "t9 t10 t11 t12 b1"));
}

TEST(Floats, TextRunsRoundWhatStandsAtASide) {
  const BlockPtr side = with(picture(100_pt, kLine * 2), [](BoxStyle& box) { box.floating = Float::Left; box.width = styled::Extent{100_pt, 0}; });
  const auto made = paginated({side, lines("a", 4)});
  EXPECT_EQ(made.find("a1").left, 20_pt + 108_pt);
  EXPECT_EQ(made.find("a2").left, 20_pt + 108_pt);
  EXPECT_EQ(made.find("a3").left, 20_pt);
  EXPECT_EQ(made.top("a1"), Length{});
}

TEST(Floats, WhatClearsThemStandsBelow) {
  const BlockPtr side = with(picture(100_pt, kLine * 2), [](BoxStyle& box) { box.floating = Float::Right; box.width = styled::Extent{100_pt, 0}; });
  const auto made = paginated({side, with(lines("a", 1), [](BoxStyle& box) { box.clear = styled::Clear::Both; })});
  EXPECT_EQ(made.top("a1"), kLine * 2);
  EXPECT_EQ(made.pictures().at(0).second.x, 20_pt + 220_pt);
}

// ---- pages ----

TEST(KindsOfPages, ABlankPageStandsBeforeARightHandOne) {
  const auto made = paginated({lines("a", 2), breaking(lines("b", 2), Break::Recto), breaking(lines("c", 1), Break::Verso)});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2", "", "b1 b2", "c1"));
}

TEST(KindsOfPages, TheLastPageHasItsOwnRoom) {
  styled::StyledDocument source = document({lines("a", 18)});
  styled::PageMaster last = source.pages.masters[0];
  last.footer = flow({lines("f", 4)});
  source.pages.masters.push_back(last);
  for (std::size_t bits = 0; bits < source.pages.by_place.size(); ++bits) {
    if ((bits & 2u) != 0) source.pages.by_place[bits] = 2;
  }
  const auto made = paginated(source);
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10", "a11 a12 a13 a14 a15 a16", "a17 a18 [f1] [f2] [f3] [f4]")) << "eight lines don't fit above the last page's footer";
}

TEST(Regions, StandAtTheirPlaceAndAreReadFirst) {
  styled::StyledDocument source = document({lines("a", 12)});
  for (styled::PageMaster& master : source.pages.masters) master.regions.push_back({"window", flow({lines("w", 2)}), {200_pt, 40_pt, 100_pt, 60_pt}, styled::CellAlign::Bottom, true});
  const auto made = paginated(source);
  EXPECT_EQ(made.find("w1").left, 200_pt);
  EXPECT_EQ(made.find("w2").bottom, 100_pt);
  EXPECT_FALSE(made.find("w1").is_artifact());
  EXPECT_THAT(made.pages().back(), "[w1] [w2] a11 a12");
  EXPECT_LT(std::get<display::StructureId>(made.find("w1").occurrence).value(), std::get<display::StructureId>(made.find("a1").occurrence).value());
}

TEST(Regions, WithTooMuchInThemAreFaults) {
  styled::StyledDocument source = document({text("a")});
  source.pages.masters[1].regions.push_back({"window", flow({lines("w", 4)}), {200_pt, 40_pt, 100_pt, kLine * 3}, styled::CellAlign::Top, false});
  const auto made = paginated(source);
  EXPECT_FALSE(made.made);
  EXPECT_THAT(to_text(made.diags), testing::HasSubstr("region 'window' is 16.9 mm high, its content needs 22.6 mm"));
}

// ---- for who writes layouts ----

TEST(Overlays, DrawBoxesOverThePagesAndChangeNothingElse) {
  const styled::StyledDocument source = document({kept_together(lines("a", 3)), lines("b", 12)});
  const auto plain = paginated(source), drawn = paginated(source, Overlay::Boxes);
  ASSERT_EQ(drawn->pages.size(), plain->pages.size());
  EXPECT_EQ(drawn->structure.size(), plain->structure.size());
  EXPECT_EQ(drawn.top("b1"), plain.top("b1"));
  EXPECT_TRUE(drawn.find("p together").is_artifact()) << "a block's name and keep";
  EXPECT_TRUE(drawn.find("body 112.9 x 56.4 mm").is_artifact());
  EXPECT_GT(drawn->pages[0].placements.size(), plain->pages[0].placements.size());
}

// ---- languages ----

TEST(Languages, StandBesideOneAnotherRowByRow) {
  const BlockPtr a = lines("a", 3), b = lines("b", 1), x = lines("x", 1), y = lines("y", 2);
  styled::Parallel parallel{{flow({a, b}, Role::Part), flow({x, y}, Role::Part)}, {{{a.get(), x.get()}, {}, {}, Break::Auto, {}}, {{b.get(), y.get()}, {}, {}, Break::Auto, {}}}, 20_pt, 100_pt, unicode::Direction::RightToLeft};
  const auto made = paginated({block_of(parallel)});
  EXPECT_EQ(made.top("a1"), made.top("x1"));
  EXPECT_EQ(made.top("b1"), kLine * 3);
  EXPECT_EQ(made.top("y1"), kLine * 3);
  EXPECT_GT(made.find("a1").left, made.find("x1").left);
  const auto id = [&](const char* line) { return std::get<display::StructureId>(made.find(line).occurrence).value(); };
  EXPECT_LT(id("b1"), id("x1")) << "each language is read as a whole";
  parallel.least = 200_pt;
  const auto narrow = paginated({block_of(parallel)});
  EXPECT_EQ(narrow.top("x1"), kLine * 3) << "one above the other";
}

}  // namespace
}  // namespace handout::paginate
