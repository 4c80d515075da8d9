// Tables: widths, shared borders, groups of rows, numbers.
#include "composing.h"

namespace handout::compose {
namespace {

class Tables : public Composing {
 protected:
  // Composes a table of these rows with these styles.
  const styled::Table& table(const std::string& rows, const std::string& declarations) {
    article("<table id=\"tab\">" + rows + "</table>");
    styles(declarations);
    compose();
    return std::get<styled::Table>(find("rows")->content);
  }
  static double width(const std::optional<styled::Border>& line) { return line ? line->width.points() : 0; }
};

constexpr const char* kTwoByTwo = R"(<tbody><tr><td id="a">a</td><td id="b">b</td></tr><tr><td id="c" class="loud">c</td><td id="d">d</td></tr></tbody>)";

TEST_F(Tables, WidthsAreOfTheColumnsAndTheLastCountsForTheOthers) {
  const auto& made = table(R"(<tbody><tr><td id="a"/><td id="b"/><td id="c"/><td id="d"/><td id="e"/></tr></tbody>)", R"(<style for="table" column-widths="auto 30mm 25% 2fr"/>)");
  ASSERT_EQ(made.columns.size(), 5u);
  EXPECT_TRUE(std::holds_alternative<styled::ContentWidth>(made.columns[0]));
  EXPECT_EQ(std::get<styled::FixedWidth>(made.columns[1]).width, 30_mm);
  EXPECT_EQ(std::get<styled::PercentWidth>(made.columns[2]).share, 0.25);
  EXPECT_EQ(std::get<styled::ShareWidth>(made.columns[3]).share, 2);
  EXPECT_EQ(std::get<styled::ShareWidth>(made.columns[4]).share, 2);
}

TEST_F(Tables, CellsKnowTheirColumn) {
  const auto& made = table(R"(<tbody><tr><td id="a" colspan="2"/><td id="b"/></tr><tr><td id="c"/><td id="d"/><td id="e"/></tr></tbody>)",
                           R"(<style for="td[column=3]" vertical-align="bottom"/><style for="td[column=2]" vertical-align="middle"/>)");
  std::vector<styled::CellAlign> aligns;
  for (const auto& cell : made.cells) aligns.push_back(cell.align);
  using enum styled::CellAlign;
  EXPECT_THAT(aligns, ElementsAre(FirstBaseline, Bottom, FirstBaseline, Middle, Bottom));
}

TEST_F(Tables, OfSharedBordersTheWiderWinsThenTheCells) {
  const auto& made = table(kTwoByTwo, R"(<style for="td" border="1pt #111111"/><style for=".loud" border="2pt #222222"/><style for="tr" border-top="1pt #333333"/><style for="table" border-collapse="collapse" border="3pt #444444"/>)");
  ASSERT_TRUE(made.lines);
  const auto& across = made.lines->horizontal;
  const auto& down = made.lines->vertical;
  EXPECT_EQ(width(across[0]), 3) << "the table's own";
  EXPECT_EQ(width(across[2]), 2) << "above the loud cell";
  EXPECT_EQ(across[3]->color, (Color{0x11, 0x11, 0x11})) << "the cell's over the row's";
  EXPECT_EQ(width(across[4]), 3);
  EXPECT_EQ(width(down[1]), 1);
  EXPECT_EQ(width(down[4]), 2) << "after the loud cell";
  EXPECT_EQ(width(down[5]), 3);
  const auto& loud = made.cells[2].block->box;
  EXPECT_FALSE(loud.border_top) << "the table draws it";
  EXPECT_EQ(loud.padding, (Insets{1_pt, 1_pt, 1.5_pt, 1.5_pt}));
  EXPECT_FALSE(find("table")->box.border_top);
}

TEST_F(Tables, NothingIsInsideASpan) {
  const auto& made = table(R"(<tbody><tr><td id="a" colspan="2" rowspan="2">a</td><td id="b">b</td></tr><tr><td id="c">c</td></tr></tbody>)", R"(<style for="td, tr" border="1pt #111111"/><style for="table" border-collapse="collapse"/>)");
  EXPECT_FALSE(made.lines->horizontal[3]);
  EXPECT_FALSE(made.lines->horizontal[4]);
  EXPECT_TRUE(made.lines->horizontal[5]);
  EXPECT_FALSE(made.lines->vertical[1]);
  EXPECT_TRUE(made.lines->vertical[2]);
  EXPECT_FALSE(made.lines->vertical[5]);
}

TEST_F(Tables, GroupsHaveWishesByTheirClass) {
  const auto& made = table(R"(<thead><tr><th id="h">h</th></tr></thead><tbody><tr><td id="a">a</td></tr></tbody><tbody class="whole"><tr><td id="b">b</td></tr><tr><td id="c">c</td></tr></tbody>)",
                           R"(<style for="tbody.whole" keep-together="always"/><style for="tbody.whole > tr" keep-with-next="4"/>)");
  ASSERT_EQ(made.groups.size(), 2u);
  EXPECT_EQ(made.groups[0].first_row, 1);
  EXPECT_EQ(made.groups[0].keep_together, styled::Keep::Auto);
  EXPECT_EQ(made.groups[1].first_row, 2);
  EXPECT_EQ(made.groups[1].keep_together, styled::Keep::Always);
  EXPECT_EQ(made.row_wishes[1].keep_with_next, styled::Keep::Auto);
  EXPECT_EQ(made.row_wishes[3].keep_with_next, static_cast<styled::Keep>(4));
}

TEST_F(Tables, NumbersKnowTheirMark) {
  const auto& made = table(R"(<tbody><tr><td id="a">12.5 mg</td><td id="b">1.5</td></tr><tr><td id="c">some</td><td id="d">2</td></tr></tbody>)", R"(<style for="td[column=1]" text-align="decimal"/>)");
  EXPECT_EQ(made.cells[0].decimal_mark, 2u);
  EXPECT_EQ(made.cells[1].decimal_mark, std::nullopt) << "another column";
  EXPECT_EQ(made.cells[2].decimal_mark, std::nullopt) << "words";
}

}  // namespace
}  // namespace handout::compose
