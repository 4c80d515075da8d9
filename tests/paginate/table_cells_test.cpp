// Cells in their rows, lines between them, and where tables break.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paginate/support.h"

namespace handout::paginate {
namespace {

using styled::Border;
using styled::ContentWidth;
using styled::FixedWidth;
using styled::PercentWidth;
using styled::ShareWidth;
using styled::Table;
using testing::ElementsAre;

std::vector<std::vector<std::string>> rows(int count) {
  std::vector<std::vector<std::string>> all;
  for (int i = 1; i <= count; ++i) all.push_back({"r" + std::to_string(i)});
  return all;
}

BlockPtr grey(const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.background = Color{9, 9, 9}; }); }

std::vector<styled::ColumnWidth> shares(std::size_t count) { return std::vector<styled::ColumnWidth>(count, ShareWidth{1}); }

// All lines of a width, without any inside spanning cells.
void rule_all(Table& table, Border border) {
  const std::size_t columns = table.columns.size(), rows = static_cast<std::size_t>(table.rows);
  table.lines = styled::TableLines{std::vector<std::optional<Border>>((rows + 1) * columns, border), std::vector<std::optional<Border>>(rows * (columns + 1), border)};
}

bool overlap(const Rect& a, const Rect& b) { return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom(); }

// ---- columns ----

TEST(TableColumns, PartsOfTheWholeWidth) {
  const auto made = paginated({table_block(table({PercentWidth{0.25}, FixedWidth{40_pt}, ShareWidth{1}}, 0, {{"a", "b", "c"}}))});
  EXPECT_EQ(made.find("b").left, 20_pt + 80_pt);
  EXPECT_EQ(made.find("c").left, 20_pt + 120_pt);
}

// ---- cells ----

TEST(TableCells, ABoxIsAsHighAsItsRow) {
  Table content = table(shares(2), 0, {{"a|b|c", "x"}});
  content.cells[1].block = grey(content.cells[1].block);
  const auto made = paginated({table_block(content)});
  EXPECT_THAT(made.rects(0), ElementsAre(Rect{180_pt, 20_pt, 160_pt, 3 * kLine}));
  EXPECT_EQ(made.top("x"), 0_pt);
}

TEST(TableCells, ABoxIsAsHighAsTheRowsThatItSpans) {
  Table content = table(shares(2), 0, {{"a", "x"}, {"", "y|z"}});
  content.cells[0].row_span = 2;
  content.cells[0].block = grey(content.cells[0].block);
  EXPECT_THAT(paginated({table_block(content)}).rects(0), ElementsAre(Rect{20_pt, 20_pt, 160_pt, 3 * kLine}));
}

TEST(TableCells, StandAtTheTopInTheMiddleOrAtTheBottom) {
  Table content = table(shares(4), 0, {{"a|b|c|d|e", "x", "y", "z"}});
  content.cells[1].align = CellAlign::Top;
  content.cells[2].align = CellAlign::Middle;
  content.cells[3].align = CellAlign::Bottom;
  for (auto& cell : content.cells) cell.block = grey(cell.block);
  const auto made = paginated({table_block(content)});
  EXPECT_EQ(made.top("x"), 0_pt);
  EXPECT_EQ(made.top("y"), 2 * kLine);
  EXPECT_EQ(made.top("z"), 4 * kLine);
  for (const Rect& box : made.rects(0)) EXPECT_EQ(box.height, 5 * kLine);
}

// A row taller than a page: its cells' boxes go on, also of those that have ended.
TEST(TableCells, BoxesOfASplitRowGoOn) {
  Table content = table(shares(2), 0, {{numbered("a", 14), "x"}});
  for (auto& cell : content.cells) cell.block = grey(cell.block);
  const auto made = paginated({table_block(content)});
  ASSERT_EQ(made->pages.size(), 2u);
  EXPECT_THAT(made.rects(0), ElementsAre(Rect{20_pt, 20_pt, 160_pt, 10 * kLine}, Rect{180_pt, 20_pt, 160_pt, 10 * kLine}));
  EXPECT_THAT(made.rects(1), ElementsAre(Rect{20_pt, 20_pt, 160_pt, 4 * kLine}, Rect{180_pt, 20_pt, 160_pt, 4 * kLine}));
}

// ---- lines ----

TEST(SharedBorders, MeetWithoutGapAndWithoutOverlap) {
  for (const auto direction : {unicode::Direction::LeftToRight, unicode::Direction::RightToLeft}) {
    Table content = table(shares(3), 0, {{"a", "b", "c"}, {"d", "e", "f"}, {"g", "h", "i"}});
    content.direction = direction;
    rule_all(content, {1_pt, {}});
    content.lines->horizontal[4] = Border{3_pt, Color{200, 0, 0}};  // above e
    content.lines->vertical[5] = Border{5_pt, Color{0, 0, 200}};    // before e
    content.lines->vertical[9].reset();                             // before h: g and h are one
    const auto boxes = paginated({table_block(content)}).rects(0);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      for (std::size_t j = i + 1; j < boxes.size(); ++j) EXPECT_FALSE(overlap(boxes[i], boxes[j])) << i << " " << j;
    }
    Length bottom, right;
    for (const Rect& each : boxes) bottom = std::max(bottom, each.bottom()), right = std::max(right, each.right());
    EXPECT_EQ(right, 340_pt) << "the outer lines are inside the table's width";
    EXPECT_EQ(bottom, 20_pt + 3 * kLine + 1_pt);
    const auto covered = [&](double x, double y) {
      const Point at{Length::from_points(x), Length::from_points(y)};
      return std::any_of(boxes.begin(), boxes.end(), [&](const Rect& r) { return at.x >= r.x && at.x < r.right() && at.y >= r.y && at.y < r.bottom(); });
    };
    const bool mirrored = direction == unicode::Direction::RightToLeft;
    for (int line = 0; line <= 3; ++line) {
      for (double x = 20.1; x < 340; x += 0.3) EXPECT_TRUE(covered(x, 20.5 + 16 * line)) << line << " " << x;
      const double x = 20.5 + 319.0 / 3 * (mirrored ? 3 - line : line);
      for (double y = 20.1; y < 68.9; y += 0.3) EXPECT_EQ(covered(x, y), line != 1 || y < 53 || y > 68) << line << " " << y;
    }
  }
}

TEST(SharedBorders, ReachOnEveryPage) {
  Table content = table(shares(1), 1, rows(15));
  rule_all(content, {2_pt, {}});
  content.lines->horizontal[1] = Border{4_pt, {}};  // below the head
  const auto made = paginated({table_block(content)});
  ASSERT_EQ(made->pages.size(), 2u);
  EXPECT_THAT(made.pages()[1], testing::StartsWith("[r1] r10"));
  for (std::size_t page = 0; page < 2; ++page) {
    const auto boxes = made.rects(page);
    const auto head_line = std::find_if(boxes.begin(), boxes.end(), [](const Rect& r) { return r.height == 4_pt && r.width == 320_pt; });
    ASSERT_NE(head_line, boxes.end()) << "the line below the repeated head is the head's own";
    EXPECT_EQ(head_line->y, 20_pt + 1_pt + kLine - 2_pt);
    EXPECT_TRUE(std::any_of(boxes.begin(), boxes.end(), [](const Rect& r) { return r.y == 20_pt && r.height == 2_pt; })) << "closed above";
    Length bottom, lowest;
    for (const Rect& each : boxes) bottom = std::max(bottom, each.bottom());
    for (const Line& line : made.text_lines()) lowest = line.page == page ? std::max(lowest, line.bottom) : lowest;
    EXPECT_EQ(bottom, lowest + 1_pt) << "closed below";
    EXPECT_LE(bottom, 20_pt + 10 * kLine);
  }
}

TEST(ColumnRule, StandsBetweenColumnsButNotThroughASpan) {
  Table content = table(shares(3), 0, {{"a", "b", "c"}, {"wide", "", "d"}});
  content.cells[3].column_span = 2;
  content.column_rule = Border{1_pt, {}};
  const Length x = 20_pt + Length::from_units(320_pt .units() / 3);
  const auto boxes = paginated({table_block(content)}).rects(0);
  ASSERT_EQ(boxes.size(), 2u);
  EXPECT_EQ(boxes[0].height, kLine);
  EXPECT_EQ(boxes[1].height, 2 * kLine);
  EXPECT_NEAR((boxes[0].x + boxes[0].width / 2).points(), x.points(), 0.01);
}

// ---- breaks ----

TEST(RowGroups, KeptTogetherGoToTheNextPageWhole) {
  Table content = table(shares(1), 0, rows(14));
  content.groups = {{0, Keep::Auto}, {6, Keep::Always}, {12, Keep::Auto}};
  EXPECT_THAT(paginated({table_block(content)}).pages(), ElementsAre("r1 r2 r3 r4 r5 r6", "r7 r8 r9 r10 r11 r12 r13 r14"));
}

TEST(RowGroups, TallerThanAPageBreakAllTheSame) {
  Table content = table(shares(1), 0, rows(14));
  content.groups = {{0, Keep::Auto}, {2, Keep::Always}};
  EXPECT_THAT(paginated({table_block(content)}).pages(), ElementsAre("r1 r2", "r3 r4 r5 r6 r7 r8 r9 r10 r11 r12", "r13 r14"));
}

TEST(RowWishes, TheWeakerGivesWay) {
  Table content = table(shares(1), 0, rows(12));
  content.row_wishes.resize(12);
  content.row_wishes[9].keep_with_next = Keep::Always;                   // r10 with r11
  content.row_wishes[9].keep_with_previous = static_cast<Keep>(3);       // and r10 with r9
  for (std::size_t i = 1; i < 9; ++i) content.row_wishes[i].keep_with_previous = static_cast<Keep>(5);
  EXPECT_THAT(paginated({table_block(content)}).pages(), ElementsAre("r1 r2 r3 r4 r5 r6 r7 r8 r9", "r10 r11 r12"));
}

TEST(RowGroups, EachIsABodyForReaders) {
  Table content = table(shares(1), 1, rows(5));
  content.groups = {{1, Keep::Auto}, {3, Keep::Auto}};
  const auto made = paginated({table_block(content)});
  std::vector<Role> roles;
  for (const auto& element : made->structure) {
    if (element.info.role == Role::TableHead || element.info.role == Role::TableBody) roles.push_back(element.info.role);
  }
  EXPECT_THAT(roles, ElementsAre(Role::TableHead, Role::TableBody, Role::TableBody));
}

// ---- numbers ----

// Where the character stands on its line: the text before it, set alone, is as wide.
Length place_of(const Outcome& made, std::string_view line, char c) {
  for (const auto& placement : made->pages[0].placements) {
    for (const auto& command : placement.fragment->commands) {
      const auto* run = std::get_if<display::GlyphRun>(&command.what);
      if (run == nullptr || run->text != line) continue;
      for (const auto& glyph : run->glyphs) {
        if (run->text[glyph.text_begin] == c) return placement.position.x + run->origin.x + glyph.offset.x;
      }
    }
  }
  ADD_FAILURE() << "no '" << c << "' in " << line;
  return {};
}

TEST(DecimalMarks, StandBelowOneAnother) {
  for (const auto direction : {unicode::Direction::LeftToRight, unicode::Direction::RightToLeft}) {
    Table content = table({ContentWidth{}, ShareWidth{1}}, 0, {{"12.5", "x"}, {"1000.25", "y"}, {"7 mg", "z"}});
    content.direction = direction;
    content.cells[0].decimal_mark = 2;
    content.cells[2].decimal_mark = 4;
    content.cells[4].decimal_mark = 1;
    if (direction == unicode::Direction::RightToLeft) {
      for (const std::size_t i : {0u, 2u, 4u}) {
        auto right = paragraph(i == 0 ? "12.5" : i == 2 ? "1000.25" : "7 mg");
        right->lines.align = styled::Align::Right;
        content.cells[i].block = flow({block(right)}, Role::TableData);
      }
    }
    const auto made = paginated({table_block(content)});
    const Length mark = place_of(made, "12.5", '.');
    EXPECT_EQ(place_of(made, "1000.25", '.'), mark);
    EXPECT_NEAR(place_of(made, "7 mg", ' ').points(), mark.points(), 0.001);
    // The widest parts begin where lines do, and the column has room for both.
    const Length start = direction == unicode::Direction::LeftToRight ? made.find("1000.25").left : made.find("7 mg").right;
    if (direction == unicode::Direction::LeftToRight) EXPECT_EQ(start, 20_pt);
    else EXPECT_LT(start, 340_pt);
    EXPECT_TRUE(made.diags.all().empty());
  }
}

}  // namespace
}  // namespace handout::paginate
