// Tables: columns, rows, heads, spans.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paginate/support.h"

namespace handout::paginate {
namespace {

using styled::ContentWidth;
using styled::FixedWidth;
using styled::ShareWidth;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::vector<std::string>> rows(int count) {
  std::vector<std::vector<std::string>> all;
  for (int i = 1; i <= count; ++i) all.push_back({"r" + std::to_string(i)});
  return all;
}

// ---- columns ----

TEST(Columns, FixedAndShared) {
  const auto made = paginated({table_block(table({FixedWidth{60_pt}, ShareWidth{1}, ShareWidth{1}}, 0, {{"a", "b", "c"}}))});
  EXPECT_EQ(made.find("a").left, 20_pt);
  EXPECT_EQ(made.find("b").left, 80_pt);
  EXPECT_EQ(made.find("c").left, 80_pt + 130_pt);
}

TEST(Columns, ByContentFillTheTableAndGiveMoreToMoreText) {
  const std::string sentence = "a sentence that is much longer than the short words of the other column and needs lines";
  const auto made = paginated({table_block(table({ContentWidth{}, ContentWidth{}}, 0, {{"short", sentence}, {"x", "y"}}))});
  const Length second = made.find("y").left;
  EXPECT_GT(second, made.find("short").right) << "no word is broken";
  EXPECT_LT(second, 20_pt + 120_pt);
  const auto even = paginated({table_block(table({ContentWidth{}, ContentWidth{}}, 0, {{"same", "same"}, {"x", "y"}}))});
  EXPECT_EQ(even.find("y").left, 20_pt + 160_pt) << "what is left over is shared too";
}

TEST(Columns, ByContentLeaveRoomForShares) {
  const auto made = paginated({table_block(table({ContentWidth{}, ShareWidth{1}}, 0, {{"word", "some text"}}))});
  EXPECT_LT(made.find("some text").left, 20_pt + 60_pt);
}

TEST(Columns, WithoutRoomForTheirWordsAllGiveWay) {
  const auto made = paginated({table_block(table({FixedWidth{300_pt}, ContentWidth{}, ShareWidth{1}}, 0, {{"a", "bbbbbb", "cccccc"}}))});
  ASSERT_TRUE(made.made.has_value()) << to_text(made.diags);
  EXPECT_FALSE(made.diags.all().empty()) << "words are broken, which typeset tells";
}

// What columns are given adds up to the table's width, also where some are held at their least or most.
TEST(Columns, HeldAtTheirLeastOrMostTheyStillFillTheTable) {
  const std::string wide = "incomprehensibilities incomprehensibilities";
  const auto grey = [](const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.background = Color{9, 9, 9}; }); };
  styled::Table content = table({ContentWidth{}, ContentWidth{}, ContentWidth{}}, 0, {{wide, "mid words mid words mid words", "x"}});
  for (auto& each : content.cells) each.block = grey(each.block);
  const auto made = paginated({table_block(content)});
  const auto boxes = made.rects(0);
  ASSERT_EQ(boxes.size(), 3u);
  EXPECT_EQ(boxes[0].x, 20_pt);
  EXPECT_EQ(boxes[1].x, boxes[0].right());
  EXPECT_EQ(boxes[2].x, boxes[1].right());
  EXPECT_NEAR(boxes[2].right().points(), 340, 0.001);
}

TEST(Columns, PicturesInThemMayShrink) {
  styled::Table content = table({ContentWidth{}, ContentWidth{}}, 0, {{"x", "several words that need some room to be set"}});
  content.cells[0].block = picture(2000_pt, 2000_pt);
  const auto made = paginated({table_block(content)});
  EXPECT_LT(made.pictures().at(0).second.width, 300_pt);
  EXPECT_TRUE(made.diags.all().empty()) << to_text(made.diags);
}

TEST(Columns, RightToLeftBeginAtTheRight) {
  styled::Table content = table({FixedWidth{100_pt}, ShareWidth{1}}, 0, {{"a", "b"}});
  content.direction = unicode::Direction::RightToLeft;
  const auto made = paginated({table_block(content)});
  EXPECT_EQ(made.find("a").left, 340_pt - 100_pt);
  EXPECT_EQ(made.find("b").left, 20_pt);
  EXPECT_THAT(made.pages(), ElementsAre("a b")) << "logical order";
}

TEST(Columns, SpanningCellsWidenThem) {
  styled::Table content = table({FixedWidth{40_pt}, ContentWidth{}, ContentWidth{}}, 0, {{"spans three columns of the table", "", ""}, {"a", "b", "c"}});
  content.cells[0].column_span = 3;
  const auto made = paginated({row({cell(table_block(content), ContentWidth{}), cell(text("z"), ShareWidth{1})})});
  EXPECT_LT(made.find("spans three columns of the table").right, made.find("z").left) << "in one line";
  EXPECT_EQ(made.find("b").left, 60_pt);
}

TEST(Columns, ATableInACellIsAsWideAsItsColumnsTogether) {
  const auto inner = table_block(table({FixedWidth{50_pt}, FixedWidth{70_pt}}, 0, {{"a", "b"}}));
  const auto made = paginated({row({cell(inner, ContentWidth{}), cell(text("z"), ShareWidth{1})})});
  EXPECT_EQ(made.find("z").left, 20_pt + 120_pt);
}

// ---- rows ----

TEST(TableRows, AreKeptWholeAndBaselinesAreLevel) {
  auto all = rows(3);
  all.push_back({numbered("s", 4)});
  all.push_back({numbered("t", 4)});
  const auto made = paginated({table_block(table({ContentWidth{}}, 0, all))});
  EXPECT_THAT(made.pages(), ElementsAre("r1 r2 r3 s1 s2 s3 s4", "t1 t2 t3 t4"));
}

TEST(TableRows, TallerThanAPageBreakInside) {
  const auto made = paginated({text("x"), table_block(table({FixedWidth{100_pt}, FixedWidth{100_pt}}, 1, {{"h", "k"}, {numbered("a", 12), numbered("b", 2)}, {"c", "d"}}))});
  EXPECT_THAT(made.pages(), ElementsAre("x", "h k a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2", "[h] [k] a10 a11 a12 c d"));
  EXPECT_TRUE(made.diags.all().empty());
}

TEST(TableRows, RulesZebraAndHeadAreDrawn) {
  styled::Table content = table({ContentWidth{}}, 1, {{"h"}, {"a"}, {"b"}, {"c"}});
  content.row_rule = styled::Border{1_pt, {}};
  content.head_rule = styled::Border{2_pt, {}};
  content.head_background = Color{1, 1, 1};
  content.zebra = Color{2, 2, 2};
  const auto made = paginated({table_block(content)});
  const Length top = 20_pt;
  EXPECT_THAT(made.rects(0), ElementsAre(Rect{20_pt, top, 320_pt, kLine}, Rect{20_pt, top + kLine - 2_pt, 320_pt, 2_pt},           // head and its rule
                                         Rect{20_pt, top + kLine * 2 - 1_pt, 320_pt, 1_pt},                                          // a
                                         Rect{20_pt, top + kLine * 2, 320_pt, kLine}, Rect{20_pt, top + kLine * 3 - 1_pt, 320_pt, 1_pt}));  // b; none under c
}

// ---- heads ----

TEST(Heads, AreRepeatedAsArtifacts) {
  auto all = rows(20);
  all.insert(all.begin(), {"h"});
  const auto made = paginated({table_block(table({ContentWidth{}}, 1, all))});
  EXPECT_THAT(made.pages(), ElementsAre("h r1 r2 r3 r4 r5 r6 r7 r8 r9", "[h] r10 r11 r12 r13 r14 r15 r16 r17 r18", "[h] r19 r20"));
}

TEST(Heads, AreNotLeftWithoutARow) {
  const auto made = paginated({lines("x", 8), table_block(table({ContentWidth{}}, 1, {{"h"}, {numbered("a", 2)}, {"b"}}))});
  EXPECT_THAT(made.pages(), ElementsAre("x1 x2 x3 x4 x5 x6 x7 x8", "h a1 a2 b"));
}

TEST(Heads, TallerThanHalfAPageAreNotRepeated) {
  auto all = rows(8);
  all.insert(all.begin(), {numbered("h", 6)});
  const auto made = paginated({table_block(table({ContentWidth{}}, 1, all))});
  EXPECT_THAT(made.pages(), ElementsAre("h1 h2 h3 h4 h5 h6 r1 r2 r3 r4", "r5 r6 r7 r8"));
}

TEST(Heads, TallerThanAPageBreakAndGoOn) {
  const auto made = paginated({table_block(table({ContentWidth{}}, 1, {{numbered("h", 13)}, {"a"}}))});
  EXPECT_THAT(made.pages(), ElementsAre("h1 h2 h3 h4 h5 h6 h7 h8 h9 h10", "h11 h12 h13 a"));
}

TEST(Heads, WithoutRowsStandAlone) { EXPECT_THAT(paginated({table_block(table({ContentWidth{}}, 1, {{"h"}})), text("x")}).pages(), ElementsAre("h x")); }

// Neither what the head wants nor a break asked for in a cell loses anything.
TEST(Heads, KeepWhatAsksForABreak) {
  auto all = rows(10);
  all.insert(all.begin(), {"h"});
  styled::Table content = table({ContentWidth{}}, 1, all);
  content.cells[0].block = flow({text("h"), on_new_page(text("k"))}, Role::TableHeader);
  content.cells[0].row_span = 1;
  const auto made = paginated({table_block(content)});
  std::string everything;
  for (const std::string& page : made.pages()) everything += page + " | ";
  EXPECT_THAT(everything, HasSubstr("[h] [k] r"));
}

// ---- spans ----

TEST(Spans, RowsOfASpanningCellStayTogetherAndGiveItRoom) {
  styled::Table content = table({FixedWidth{100_pt}, FixedWidth{100_pt}}, 0, {{numbered("s", 5), "a"}, {"", "b"}, {"c", "d"}});
  content.cells[0].row_span = 2;
  const auto made = paginated({table_block(content)});
  EXPECT_EQ(made.top("b"), kLine);
  EXPECT_EQ(made.top("c"), kLine * 5);
  const auto moved = paginated({lines("x", 8), table_block(content)});
  EXPECT_THAT(moved.pages(), ElementsAre("x1 x2 x3 x4 x5 x6 x7 x8", "s1 s2 s3 s4 s5 a b c d"));
}

TEST(Spans, OfDifferentEndsDontOverlap) {
  styled::Table content = table({FixedWidth{90_pt}, FixedWidth{90_pt}, FixedWidth{90_pt}}, 0, {{numbered("s", 6), numbered("t", 4), "a"}, {"", "", "b"}, {"", "c", "d"}, {"e", "f", "g"}});
  content.cells[0].row_span = 3;
  content.cells[1].row_span = 2;
  const auto made = paginated({table_block(content)});
  EXPECT_EQ(made.top("c"), kLine * 4);
  EXPECT_EQ(made.top("d"), kLine * 4);
  EXPECT_EQ(made.top("e"), kLine * 6);
}

TEST(Spans, BaselinesAreLevelInTheirFirstRow) {
  styled::Table content = table({FixedWidth{100_pt}, FixedWidth{100_pt}}, 0, {{"s", "a"}, {"", "b"}});
  content.cells[0].row_span = 2;
  content.cells[1].block = with(content.cells[1].block, [](BoxStyle& box) { box.padding.top = 7_pt; });
  const auto made = paginated({table_block(content)});
  EXPECT_EQ(made.find("s").baseline, made.find("a").baseline);
}

TEST(Spans, TallerThanAPageBreakBetweenTheirRowsAndLoseNothing) {
  std::vector<std::vector<std::string>> all;
  for (int i = 1; i <= 14; ++i) all.push_back({i == 1 ? "s" : "", "r" + std::to_string(i)});
  styled::Table content = table({FixedWidth{100_pt}, FixedWidth{100_pt}}, 0, all);
  content.cells[0].row_span = 14;
  const auto made = paginated({text("x"), table_block(content)});
  EXPECT_THAT(made.pages(), ElementsAre("x", "s r1 r2 r3 r4 r5 r6 r7 r8 r9 r10", "r11 r12 r13 r14"));
  EXPECT_TRUE(made.diags.all().empty());
}

// Each page is filled: what is left of the group doesn't move on with every row.
TEST(Spans, ThatChainRowsFillTheirPages) {
  styled::Table content;
  content.columns = {FixedWidth{100_pt}, FixedWidth{100_pt}, FixedWidth{100_pt}};
  content.rows = 40;
  for (int r = 0; r < content.rows; ++r) {
    for (int column = 0; column < 3; ++column) {
      if (column < 2 && r % 2 != column && (r > 0 || column == 0)) continue;
      const int span = column < 2 && (r > 0 || column == 0) && r + 1 < content.rows ? 2 : 1;
      content.cells.push_back({flow({text(std::string(1, static_cast<char>('a' + column)) + std::to_string(r))}, Role::TableData), r, column, span, 1});
    }
  }
  const auto made = paginated({table_block(content)});
  ASSERT_EQ(made->pages.size(), 4u);
  EXPECT_EQ(made.find("c39").top, made.find("c9").top);
}

TEST(Spans, BeyondTheRowsEndWithThem) {
  styled::Table content = table({FixedWidth{100_pt}, FixedWidth{100_pt}}, 1, {{"h", "k"}, {"s", "a"}});
  content.cells[0].row_span = 5;
  content.cells[2].row_span = 5;
  EXPECT_THAT(paginated({table_block(content)}).pages(), ElementsAre("h k s a"));
}

// ---- structure ----

TEST(TableStructure, HasHeadAndBodyAndARowElementForEachRow) {
  const auto made = paginated({table_block(table({ContentWidth{}, ContentWidth{}}, 1, {{"h", "k"}, {"a", "b"}, {"c", "d"}}))});
  std::string roles;
  for (const auto& element : made->structure) roles += std::string(display::name(element.info.role)) + " ";
  EXPECT_EQ(roles, "Document Table THead TR TH P TH P TBody TR TD P TD P TR TD P TD P ");
  EXPECT_EQ(made->structure[8].parent, display::StructureId(1)) << "the body stands beside the head";
}

}  // namespace
}  // namespace handout::paginate
