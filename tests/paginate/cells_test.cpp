// Blocks side by side: rows and list items.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paginate/support.h"

namespace handout::paginate {
namespace {

using styled::ContentWidth;
using styled::FixedWidth;
using styled::ShareWidth;
using testing::ElementsAre;

// 20 pt on 40 pt: its baseline is lower.
BlockPtr large(std::string_view words) {
  auto made = paragraph(words);
  made->styles[0].size = 20_pt;
  made->lines.line_height = 40_pt;
  return block(made);
}
BlockPtr padded(const BlockPtr& block, Length top) {
  return with(block, [=](BoxStyle& box) { box.padding.top = top; });
}

// ---- where cells stand ----

TEST(Rows, DivideTheirWidth) {
  const auto made = paginated({row({cell(text("a"), FixedWidth{50_pt}), cell(text("b"), ShareWidth{1}), cell(text("c"), ShareWidth{3})}, {}, 10_pt)});
  EXPECT_EQ(made.find("a").left, 20_pt);
  EXPECT_EQ(made.find("b").left, 20_pt + 60_pt);
  EXPECT_EQ(made.find("c").left, 20_pt + 60_pt + 62.5_pt + 10_pt) << "250 pt are left, in four shares";
}

TEST(Rows, CellsByContentAreAsWideAsTheirText) {
  const auto made = paginated({row({cell(text("a"), ShareWidth{1}), cell(text("long words here"), ContentWidth{}), cell(text("b"), FixedWidth{100_pt})})});
  const Line words = made.find("long words here");
  EXPECT_EQ(made.find("b").left, 20_pt + 220_pt);
  EXPECT_GT(words.left, 20_pt + 120_pt);
  EXPECT_LT(words.right, 20_pt + 220_pt) << "on one line, up to the next cell";
}

TEST(Rows, FixedWidthsBeyondTheRowShrinkTogether) {
  const auto made = paginated({row({cell(text("a"), FixedWidth{300_pt}), cell(text("b"), FixedWidth{340_pt})})});
  EXPECT_EQ(made.find("b").left, 20_pt + 150_pt);
}

TEST(Rows, CellsByContentGiveWayToOneAnother) {
  const std::string words = "several words that are together wider than the whole row of this page";
  const auto made = paginated({row({cell(text(words), ContentWidth{}), cell(text(words), ContentWidth{})})});
  std::vector<Line> all = made.text_lines();
  ASSERT_GT(all.size(), 2u);
  for (const Line& line : all) EXPECT_LT(line.right, 340_pt);
}

TEST(Rows, AWidthWithoutRoomIsAFault) {
  const auto made = paginated({row({cell(text("a"), FixedWidth{320_pt}), cell(text("b"), ShareWidth{1})})});
  ASSERT_FALSE(made.made.has_value());
  EXPECT_EQ(made.diags.all().at(0).message, "line is 0 mm wide, too narrow for any text");
}

TEST(Rows, SharesOfNothingAreAFaultToo) {
  EXPECT_FALSE(paginated({row({cell(text("a"), ShareWidth{0})})}).made.has_value());
}

TEST(Rows, WithoutCellsTakeNoSpace) { EXPECT_THAT(paginated({row({}), text("a")}).pages(), ElementsAre("a")); }

TEST(Rows, FirstBaselinesAreLevel) {
  const auto made = paginated({row({cell(text("a|b")), cell(large("X")), cell(padded(flow({text("c")}), 3_pt)), cell(text("t"), ShareWidth{1}, CellAlign::Top)})});
  EXPECT_GT(made.find("X").baseline, 20_pt + kLine);
  EXPECT_EQ(made.find("a").baseline, made.find("X").baseline);
  EXPECT_EQ(made.find("c").baseline, made.find("X").baseline);
  EXPECT_EQ(made.top("t"), Length{});
}

TEST(Rows, NestedFirstBaselinesAreLevelToo) {
  const auto inner = row({cell(text("b"), FixedWidth{40_pt}), cell(large("X"))});
  const auto made = paginated({row({cell(text("a")), cell(flow({flow({}), inner})), cell(item("1.", text("c"))), cell(table_block(table({ContentWidth{}}, 0, {{"d"}})))})});
  for (const char* words : {"a", "b", "1.", "c", "d"}) EXPECT_EQ(made.find(words).baseline, made.find("X").baseline) << words;
}

// A picture has no baseline: text beside it begins at the top, not below it.
TEST(Rows, ACellThatBeginsWithAPictureStandsAtTheTop) {
  const auto made = paginated({row({cell(flow({picture(50_pt, 60_pt), text("caption")})), cell(text("a"))})});
  EXPECT_EQ(made.top("a"), Length{});
  EXPECT_EQ(made.top("caption"), 60_pt);
}

TEST(Rows, CellsStandInTheMiddleAndAtTheBottom) {
  const auto made = paginated({row({cell(lines("a", 5)), cell(text("m"), ShareWidth{1}, CellAlign::Middle), cell(text("b"), ShareWidth{1}, CellAlign::Bottom)}), text("next")});
  EXPECT_EQ(made.top("m"), kLine * 2);
  EXPECT_EQ(made.top("b"), kLine * 4);
  EXPECT_EQ(made.top("next"), kLine * 5);
}

TEST(Rows, StretchedBoxesAreAsHighAsTheRow) {
  const auto filled = [](const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.background = Color{1, 2, 3}; }); };
  const auto made = paginated({row({cell(filled(text("a")), ShareWidth{1}, CellAlign::Stretch), cell(filled(lines("b", 4)), ShareWidth{1}, CellAlign::Stretch)})});
  EXPECT_THAT(made.rects(0), ElementsAre(Rect{20_pt, 20_pt, 160_pt, kLine * 4}, Rect{180_pt, 20_pt, 160_pt, kLine * 4}));
  EXPECT_EQ(made.top("a"), Length{});
}

// ---- over pages ----

TEST(Rows, EachCellBreaksOnItsOwn) {
  const auto made = paginated({lines("x", 6), row({cell(lines("a", 12)), cell(lines("b", 2)), cell(lines("c", 6))}), text("y")});
  EXPECT_THAT(made.pages(), ElementsAre("x1 x2 x3 x4 x5 x6 a1 a2 a3 a4 b1 b2 c1 c2 c3 c4", "a5 a6 a7 a8 a9 a10 a11 a12 c5 c6 y"));
  EXPECT_EQ(made.top("a5"), Length{});
  EXPECT_EQ(made.top("c5"), Length{});
  EXPECT_EQ(made.top("y"), kLine * 8);
}

TEST(Rows, ACellThatCannotBeginMovesThemAll) {
  const auto made = paginated({lines("x", 8), row({cell(lines("a", 12)), cell(kept_together(lines("b", 3)))})});
  EXPECT_THAT(made.pages(), ElementsAre("x1 x2 x3 x4 x5 x6 x7 x8", "a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 b1 b2 b3", "a11 a12"));
}

TEST(Rows, AHeadingInACellIsNotLeftAlone) {
  const auto made = paginated({lines("x", 9), row({cell(flow({heading("h"), lines("a", 2)})), cell(lines("b", 1))})});
  EXPECT_THAT(made.pages(), ElementsAre("x1 x2 x3 x4 x5 x6 x7 x8 x9", "h a1 a2 b1"));
}

TEST(Rows, ATallSideCellGoesOnAlone) {
  const auto made = paginated({row({cell(lines("a", 25)), cell(lines("b", 1))}), text("y")});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 b1", "a11 a12 a13 a14 a15 a16 a17 a18 a19 a20", "a21 a22 a23 a24 a25 y"));
}

TEST(Rows, AShiftedCellBreaksWhereItsSpaceEnds) {
  const auto made = paginated({row({cell(lines("a", 11)), cell(large("X"))})});
  const Length shift = made.top("a1");
  EXPECT_GT(shift, 5_pt);
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8 a9 X", "a10 a11"));
  EXPECT_EQ(made.top("a10"), Length{});
}

TEST(Rows, AreReadInTheirLogicalOrder) {
  // Right to left: the first cell read stands at the right.
  const auto made = paginated({row({cell(text("b")), cell(text("a"))}, {1, 0})});
  EXPECT_GT(made.find("a").left, made.find("b").left);
  EXPECT_THAT(made.pages(), ElementsAre("a b"));
  EXPECT_LT(std::get<display::StructureId>(made.find("a").occurrence), std::get<display::StructureId>(made.find("b").occurrence));
}

// ---- list items ----

TEST(ListItems, HangTheirLabelBesideTheBody) {
  const auto made = paginated({item("1.", lines("a", 2))});
  EXPECT_EQ(made.find("1.").left, 20_pt);
  EXPECT_EQ(made.find("a1").left, 44_pt);
  EXPECT_EQ(made.find("a2").left, 44_pt);
  EXPECT_EQ(made.find("1.").baseline, made.find("a1").baseline);
  EXPECT_THAT(made.pages(), ElementsAre("1. a1 a2"));
}

TEST(ListItems, RightToLeftTheLabelStandsAtTheRight) {
  auto content = std::get<styled::ListItem>(item("1.", lines("a", 2))->content);
  content.label_on_right = true;
  const auto made = paginated({block_of(content, Role::ListItem)});
  EXPECT_EQ(made.find("1.").left, 340_pt - 20_pt);
  EXPECT_EQ(made.find("a1").left, 20_pt);
  EXPECT_THAT(made.pages(), ElementsAre("1. a1 a2"));
}

TEST(ListItems, BreakInTheBodyButKeepTheLabelWithItsFirstLines) {
  EXPECT_THAT(paginated({lines("x", 7), item("1.", lines("a", 5))}).pages(), ElementsAre("x1 x2 x3 x4 x5 x6 x7 1. a1 a2 a3", "a4 a5"));
  EXPECT_THAT(paginated({lines("x", 9), item("1.", lines("a", 5))}).pages(), ElementsAre("x1 x2 x3 x4 x5 x6 x7 x8 x9", "1. a1 a2 a3 a4 a5"));
}

TEST(ListItems, NestTheirLists) {
  const auto made = paginated({item("1.", flow({text("a"), item("2.", flow({text("b"), item("3.", text("c"))}))}))});
  EXPECT_THAT(made.pages(), ElementsAre("1. a 2. b 3. c"));
  EXPECT_EQ(made.find("c").left, 20_pt + 24_pt * 3);
}

// ---- the grid ----

TEST(Grid, RowsPicturesAndTablesEndOnIt) {
  auto made = document({row({cell(with(text("a"), [](BoxStyle& box) { box.padding.top = 3_pt; }))}), text("b"), picture(20_pt, 21_pt), text("c"),
                        table_block(table({ContentWidth{}}, 0, {{"d"}})), text("e")});
  made.grid = 4_pt;
  const auto outcome = paginated(made);
  EXPECT_EQ(outcome.top("b"), 20_pt);
  EXPECT_EQ(outcome.top("c"), 20_pt + kLine + 24_pt);
  EXPECT_EQ(outcome.top("e"), outcome.top("c") + kLine * 2);
}

TEST(Grid, RoundingUpCostsNoPage) {
  auto made = document({lines("a", 8), picture(20_pt, 31_pt)});
  made.grid = 10_pt;
  const auto outcome = paginated(made);
  EXPECT_EQ(outcome->pages.size(), 1u);
  EXPECT_TRUE(outcome.diags.all().empty());
}

}  // namespace
}  // namespace handout::paginate
