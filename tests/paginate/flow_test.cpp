// Blocks one below the other: spaces, keeps, breaks, widows and orphans.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paginate/support.h"

namespace handout::paginate {
namespace {

using testing::ElementsAre;

// ---- spaces ----

TEST(Spaces, BetweenSiblingsTheLargerCounts) {
  const auto made = paginated({spaced(text("a"), {}, 6_pt), spaced(text("b"), 10_pt, 4_pt), text("c")});
  EXPECT_EQ(made.top("b"), kLine + 10_pt);
  EXPECT_EQ(made.top("c"), made.top("b") + kLine + 4_pt);
}

TEST(Spaces, AreDroppedAtPageTops) {
  const auto made = paginated({spaced(text("a"), 10_pt, {}), lines("f", 8), spaced(lines("b", 2), 10_pt, {})});
  EXPECT_EQ(made.top("a"), Length{});
  EXPECT_EQ(made.find("b1").page, 1u);
  EXPECT_EQ(made.top("b1"), Length{});
}

TEST(Spaces, CollapseThroughOpenFlowsButNotThroughBoxes) {
  const auto padded = [](const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.padding = {5_pt, {}, 5_pt, {}}; }); };
  const auto open = paginated({spaced(text("a"), {}, 4_pt), flow({flow({spaced(text("b"), 12_pt, 9_pt)})}), text("c")});
  EXPECT_EQ(open.top("b"), kLine + 12_pt);
  EXPECT_EQ(open.top("c"), open.top("b") + kLine + 9_pt);
  const auto boxed = paginated({spaced(text("a"), {}, 4_pt), padded(flow({spaced(text("b"), 12_pt, 9_pt)})), text("c")});
  EXPECT_EQ(boxed.top("b"), kLine + 4_pt + 5_pt) << "a child's space doesn't leave its padding, and nothing stands above it inside";
  EXPECT_EQ(boxed.top("c"), boxed.top("b") + kLine + 5_pt);
}

TEST(Spaces, AnEmptyFlowTakesNoneAndMakesNoPage) {
  const auto made = paginated({lines("a", 10), spaced(flow({flow({})}), 8_pt, 8_pt)});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10"));
  const auto between = paginated({spaced(text("a"), {}, 3_pt), spaced(flow({}), 30_pt, 30_pt), spaced(text("b"), 5_pt, {})});
  EXPECT_EQ(between.top("b"), kLine + 5_pt);
}

// ---- breaks ----

TEST(Breaks, PagesFillUpAndGoOn) {
  const auto made = paginated({lines("a", 6), lines("b", 6)});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 b1 b2 b3 b4", "b5 b6"));
  EXPECT_EQ(made.find("b5").baseline - made.find("b5").top, made.find("a1").baseline - made.find("a1").top);
  EXPECT_EQ(made.top("b5"), Length{});
}

TEST(Breaks, WhatFitsExactlyStays) {
  EXPECT_EQ(paginated({lines("a", 10)})->pages.size(), 1u);
  EXPECT_EQ(paginated({lines("a", 4), lines("b", 6)})->pages.size(), 1u);
}

TEST(Breaks, AreMadeWhereTheyAreAskedFor) {
  const auto made = paginated({text("a"), on_new_page(text("b")), flow({on_new_page(text("c")), text("d")})});
  EXPECT_THAT(made.pages(), ElementsAre("a", "b", "c d"));
}

TEST(Breaks, AskedForAtAPagesTopMakeNoEmptyPage) {
  EXPECT_THAT(paginated({on_new_page(text("a"))}).pages(), ElementsAre("a"));
  EXPECT_THAT(paginated({lines("a", 10), on_new_page(text("b"))}).pages().size(), 2u);
  EXPECT_THAT(paginated({text("a"), on_new_page(flow({})), on_new_page(text("b"))}).pages(), ElementsAre("a", "b"));
}

// The box is not moved to a page of its own: it would break there all the same.
TEST(Breaks, AskedForInsideAKeptBoxMoveNothing) {
  const auto made = paginated({text("a"), kept_together(flow({text("b"), on_new_page(text("c"))}))});
  EXPECT_THAT(made.pages(), ElementsAre("a b", "c"));
}

// ---- keeps ----

TEST(Keeps, AHeadingIsNeverAloneAtTheFoot) {
  const auto made = paginated({lines("a", 9), heading("h"), lines("b", 4)});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9", "h b1 b2 b3 b4"));
  // One line of the paragraph would fit, but not the two that stay together.
  EXPECT_THAT(paginated({lines("a", 8), heading("h"), lines("b", 4)}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8", "h b1 b2 b3 b4"));
  EXPECT_THAT(paginated({lines("a", 7), heading("h"), lines("b", 4)}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 h b1 b2", "b3 b4"));
}

TEST(Keeps, AHeadingInsideASectionMovesWithIt) {
  const auto made = paginated({lines("a", 9), flow({flow({heading("h")}), flow({lines("b", 4)})})});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9", "h b1 b2 b3 b4"));
}

TEST(Keeps, HeadingsInARowMoveTogether) {
  const auto made = paginated({lines("a", 7), heading("g"), heading("h"), lines("b", 3)});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7", "g h b1 b2 b3"));
}

TEST(Keeps, AnEmptyFlowBetweenBreaksNoKeep) {
  const auto made = paginated({lines("a", 8), heading("h"), flow({}), lines("b", 4)});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8", "h b1 b2 b3 b4"));
}

TEST(Keeps, TogetherMovesTheWholeBlock) {
  EXPECT_THAT(paginated({lines("a", 5), kept_together(lines("b", 6))}).pages(), ElementsAre("a1 a2 a3 a4 a5", "b1 b2 b3 b4 b5 b6"));
  EXPECT_THAT(paginated({lines("a", 5), kept_together(flow({lines("b", 3), lines("c", 3)}))}).pages(), ElementsAre("a1 a2 a3 a4 a5", "b1 b2 b3 c1 c2 c3"));
  EXPECT_THAT(paginated({lines("a", 4), heading("h"), kept_together(lines("b", 6))}).pages(), ElementsAre("a1 a2 a3 a4", "h b1 b2 b3 b4 b5 b6"));
}

TEST(Keeps, WhatIsTallerThanAPageBreaksAllTheSame) {
  const auto made = paginated({kept_together(lines("a", 14)), text("b")});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10", "a11 a12 a13 a14 b"));
  EXPECT_TRUE(made.diags.all().empty());
}

TEST(Keeps, AChainLongerThanAPageFillsIt) {
  std::vector<BlockPtr> chain;
  for (int i = 0; i < 25; ++i) chain.push_back(heading("h" + std::to_string(i)));
  EXPECT_EQ(paginated(chain)->pages.size(), 3u);
}

// ---- widows and orphans ----

TEST(WidowsAndOrphans, MoveLinesOrTheWholeParagraph) {
  EXPECT_THAT(paginated({lines("a", 9), lines("b", 4)}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9", "b1 b2 b3 b4")) << "no single line at the foot";
  EXPECT_THAT(paginated({lines("a", 6), lines("b", 5)}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 b1 b2 b3", "b4 b5")) << "no single line at the top";
  EXPECT_THAT(paginated({lines("a", 8), lines("b", 3)}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8", "b1 b2 b3")) << "three lines can't be two and two";
}

TEST(WidowsAndOrphans, AreAsManyAsTheStyleSays) {
  const auto strict = [](const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.widows = 3; box.orphans = 4; }); };
  EXPECT_THAT(paginated({lines("a", 6), strict(lines("b", 8))}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 b1 b2 b3 b4", "b5 b6 b7 b8"));
  EXPECT_THAT(paginated({lines("a", 7), strict(lines("b", 8))}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7", "b1 b2 b3 b4 b5 b6 b7 b8"));
}

TEST(WidowsAndOrphans, OfNoneCountAsOne) {
  const auto loose = [](const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.widows = 0; box.orphans = 0; }); };
  EXPECT_THAT(paginated({lines("a", 10), loose(lines("b", 2))}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10", "b1 b2"));
  EXPECT_THAT(paginated({lines("a", 9), loose(lines("b", 2))}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9 b1", "b2"));
}

TEST(WidowsAndOrphans, OfALongParagraphOnManyPages) {
  EXPECT_THAT(paginated({lines("a", 21)}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10", "a11 a12 a13 a14 a15 a16 a17 a18 a19", "a20 a21"));
}

// ---- boxes ----

BlockPtr boxed(const BlockPtr& block) {
  return with(block, [](BoxStyle& box) {
    box.padding = {4_pt, 6_pt, 8_pt, 10_pt};
    box.background = Color{200, 200, 200};
    box.border_top = box.border_bottom = styled::Border{2_pt, {}};
    box.border_left = styled::Border{3_pt, {}};
    box.margin = {{}, 5_pt, {}, 7_pt};
  });
}

TEST(Boxes, PaddingBordersAndMarginsStandAroundTheContent) {
  const auto made = paginated({boxed(flow({text("a")})), text("b")});
  EXPECT_EQ(made.top("a"), 6_pt);
  EXPECT_EQ(made.find("a").left, 20_pt + 7_pt + 3_pt + 10_pt);
  EXPECT_EQ(made.top("b"), 6_pt + kLine + 10_pt);
  const Rect background{27_pt, 20_pt, 308_pt, 16_pt + kLine};
  EXPECT_THAT(made.rects(0), ElementsAre(background, Rect{27_pt, 20_pt, 308_pt, 2_pt}, Rect{27_pt, background.bottom() - 2_pt, 308_pt, 2_pt}, Rect{27_pt, 20_pt, 3_pt, background.height}));
}

TEST(Boxes, SplitOverPagesTheyAreOpenAtTheBreak) {
  const auto made = paginated({boxed(flow({lines("a", 14)}))});
  // The bottom's 10 pt are reserved on the first page too: nine lines fit into 160 - 6 - 10.
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9", "a10 a11 a12 a13 a14"));
  const Length first = 4_pt + 2_pt + kLine * 9 + 8_pt, second = 4_pt + kLine * 5 + 8_pt + 2_pt;
  EXPECT_THAT(made.rects(0), ElementsAre(Rect{27_pt, 20_pt, 308_pt, first}, Rect{27_pt, 20_pt, 308_pt, 2_pt}, Rect{27_pt, 20_pt, 3_pt, first}));
  EXPECT_THAT(made.rects(1), ElementsAre(Rect{27_pt, 20_pt, 308_pt, second}, Rect{27_pt, 20_pt + second - 2_pt, 308_pt, 2_pt}, Rect{27_pt, 20_pt, 3_pt, second}));
  EXPECT_EQ(made.top("a10"), 4_pt);
}

TEST(Boxes, NestedTheyBreakTogether) {
  const auto padded = [](const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.padding = {8_pt, 8_pt, 8_pt, 8_pt}; }); };
  const auto made = paginated({padded(flow({padded(flow({lines("a", 12)})), text("b")}))});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8", "a9 a10 a11 a12 b"));
  // Boxes without border and background keep no padding at a break (CSS Fragmentation 4, box-decoration-break: slice).
  EXPECT_EQ(made.top("a9"), Length{});
  EXPECT_EQ(made.find("a9").left, 36_pt);
  EXPECT_EQ(made.top("b"), kLine * 4 + 8_pt);
}

TEST(Boxes, HaveALeastHeightAndMoveOnWithIt) {
  const auto tall = [](const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.min_height = 50_pt; }); };
  EXPECT_EQ(paginated({tall(text("a")), text("b")}).top("b"), 50_pt);
  EXPECT_THAT(paginated({lines("a", 8), tall(text("b")), text("c")}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8", "b c")) << "its 50 pt don't fit into two lines";
}

TEST(Boxes, WithoutContentTakeTheirPaddingAndMoveOnWithIt) {
  const auto tall = with(flow({}), [](BoxStyle& box) { box.padding.top = 40_pt; });
  EXPECT_THAT(paginated({lines("a", 8), tall, text("b")}).pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8", "b"));
}

TEST(Boxes, TallerThanThePageAreToldWithTheirPlace) {
  const auto made = paginated({text("a"), with(flow({text("b")}), [](BoxStyle& box) { box.min_height = 200_pt; })});
  ASSERT_EQ(made.diags.all().size(), 1u);
  EXPECT_EQ(made.diags.all()[0].message, "block is 14.1 mm taller than the page");
  EXPECT_EQ(made.diags.all()[0].at.line, 7u);
  EXPECT_THAT(made.pages(), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace handout::paginate
