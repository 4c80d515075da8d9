// Sides and columns: where start and end become left and right.
#include "composing.h"

namespace handout::compose {
namespace {

constexpr const char* kSections = R"(<section id="s"><title id="s-t">One</title><p id="s-p">First.</p><p id="s-q">Second.</p></section>)";
constexpr const char* kSideColumn = R"(<page size="A4" margin="10mm 20mm 10mm 30mm" side="40mm" side-gap="6mm"/><style for="section" column="full"/><style for="section > title" column="side"/>)";

class Columns : public Composing {
 protected:
  [[nodiscard]] const styled::Row& row(std::string_view name) const { return std::get<styled::Row>(find(name)->content); }
  // The words of a cell.
  static std::vector<std::string> words(const styled::RowCell& cell) {
    std::vector<styled::BlockPtr> inside;
    walk(cell.block, inside);
    std::vector<std::string> result;
    for (const auto& block : inside) {
      if (const auto* holder = std::get_if<styled::ParagraphBlock>(&block->content)) result.push_back(holder->paragraph->text);
    }
    return result;
  }
};

TEST_F(Columns, HeadingStandsBesideTheTextThatFollowsIt) {
  article(kSections);
  styles(kSideColumn);
  compose();
  const styled::Row& columns = row("columns");
  // The article's title is text that nothing stands beside.
  EXPECT_THAT(words(columns.cells.at(0)), IsEmpty());
  EXPECT_THAT(words(columns.cells.at(1)), ElementsAre("Title"));
  const auto section = std::get<styled::Flow>(find("section")->content);
  ASSERT_EQ(section.children.size(), 1u);
  const auto& beside = std::get<styled::Row>(section.children.front()->content);
  EXPECT_THAT(words(beside.cells.at(0)), ElementsAre("One"));
  EXPECT_THAT(words(beside.cells.at(1)), ElementsAre("First.", "Second."));
  EXPECT_EQ(std::get<styled::FixedWidth>(beside.cells[0].width).width, 40_mm);
  EXPECT_TRUE(std::holds_alternative<styled::ShareWidth>(beside.cells[1].width));
  EXPECT_EQ(beside.gap, 6_mm);
  EXPECT_EQ(beside.cells[0].align, styled::CellAlign::FirstBaseline);
}

TEST_F(Columns, EachSideBlockBeginsAStretch) {
  article(R"(<p id="a">Alone.</p><p id="b" class="side">Side one.</p><p id="c">Text one.</p><p id="d" class="side">Side two.</p><p id="e" class="side">Side three.</p><p id="f">Text two.</p><p id="g" class="full">Across.</p><p id="h" class="side">Last.</p>)");
  layout(std::string(kSideColumn) + R"(<style for=".side" column="side"/><style for=".full" column="full"/><style for="title" column="full"/><body><slot select="*"/></body>)");
  compose();
  std::vector<std::vector<std::string>> rows;
  for (const auto& block : blocks_) {
    if (const auto* columns = std::get_if<styled::Row>(&block->content)) rows.push_back(words(columns->cells.at(0))), rows.push_back(words(columns->cells.at(1)));
  }
  EXPECT_THAT(rows, ElementsAre(IsEmpty(), ElementsAre("Alone."), ElementsAre("Side one."), ElementsAre("Text one."), ElementsAre("Side two.", "Side three."), ElementsAre("Text two.")));
  EXPECT_THAT(texts(), ElementsAre("Title", "Alone.", "Side one.", "Text one.", "Side two.", "Side three.", "Text two.", "Across.", "Last."));
}

TEST_F(Columns, WithoutASideColumnAllIsOneColumn) {
  article(kSections);
  styles(R"(<style for="section" column="full"/><style for="section > title" column="side"/>)");
  compose();
  for (const auto& block : blocks_) EXPECT_FALSE(std::holds_alternative<styled::Row>(block->content)) << block->name;
}

// The text of a box begins where the text of the page does: its padding is taken from the side column.
TEST_F(Columns, PaddingOfABoxIsTakenFromTheSideColumn) {
  article(R"(<section id="s"><title id="s-t">One</title><p id="s-p">First.</p></section>)");
  layout(R"(<page side="40mm"/><style for="title" column="side"/><style for="section" column="full" padding-start="5mm" border-start="2mm #000000"/><body><slot select="section"/><slot select="title"/></body>)");
  compose();
  EXPECT_EQ(std::get<styled::FixedWidth>(row("columns").cells[0].width).width, 33_mm);
}

TEST_F(Columns, KeepsOfTheTextAreTheRows) {
  article(kSections);
  styles(std::string(kSideColumn) + R"(<style for="p" space-before="3pt" space-after="7pt" keep-with-next="always"/><style for="section > title" space-before="9pt"/>)");
  compose();
  const auto section = std::get<styled::Flow>(find("section")->content);
  const styled::BoxStyle& box = section.children.front()->box;
  EXPECT_EQ(box.space_before, 9_pt);
  EXPECT_EQ(box.space_after, 7_pt);
  EXPECT_EQ(box.keep_with_next, styled::Keep::Always);
}

// ---- mirroring ----

TEST_F(Columns, ArabicIsMirrored) {
  article(R"(<section id="s"><title id="s-t">عنوان</title><p id="s-p">كلمات.</p></section>)", "ar");
  layout(std::string(kSideColumn) + R"(<style for="p" margin-start="5mm" padding="1mm 2mm 3mm 4mm" border-start="3pt #ff0000"/><style for="title" text-align="end"/><body><slot select="section title"/></body>)");
  compose();
  EXPECT_EQ(document_.direction, unicode::Direction::RightToLeft);
  EXPECT_EQ(document_.pages.at({}).margin.right, 30_mm);
  EXPECT_EQ(document_.pages.at({}).margin.left, 20_mm);
  const auto section = std::get<styled::Flow>(find("section")->content);
  const auto& columns = std::get<styled::Row>(section.children.front()->content);
  EXPECT_THAT(words(columns.cells.at(1)), ElementsAre("عنوان"));  // the side column is on the right
  EXPECT_THAT(columns.reading, ElementsAre(1u, 0u));
  EXPECT_TRUE(std::holds_alternative<styled::FixedWidth>(columns.cells[1].width));
  const styled::BoxStyle& box = find("p")->box;
  EXPECT_EQ(box.margin.right, 5_mm);
  EXPECT_EQ(box.margin.left, Length{});
  EXPECT_EQ(box.padding.left, 2_mm);
  EXPECT_EQ(box.padding.right, 4_mm);
  EXPECT_TRUE(box.border_right.has_value());
  EXPECT_FALSE(box.border_left.has_value());
  EXPECT_EQ(paragraph("p").lines.align, styled::Align::Right);
  EXPECT_EQ(paragraph("title").lines.align, styled::Align::Left);
}

TEST_F(Columns, ArabicListsTablesAndRowsAreMirrored) {
  article(R"(<ul id="u"><li id="u1">كلمة</li></ul><table id="t1"><tbody><tr><td id="c1">ا</td><td id="c2">ب</td></tr></tbody></table>)", "ar");
  layout(R"(<body><slot select="*"/><row><cell width="1fr"><text>first</text></cell><cell width="20mm"><text>second</text></cell></row></body>)");
  compose();
  EXPECT_TRUE(std::get<styled::ListItem>(find("li")->content).label_on_right);
  const auto& table = std::get<styled::Table>(find("rows")->content);
  EXPECT_EQ(table.direction, unicode::Direction::RightToLeft);
  EXPECT_EQ(table.cells.front().column, 0);
  EXPECT_THAT(words(row("row").cells.at(0)), ElementsAre("second"));
  EXPECT_THAT(row("row").reading, ElementsAre(1u, 0u));
}

TEST_F(Columns, EnglishIsNotMirrored) {
  article(kSections);
  styles(R"(<page margin="10mm 20mm 10mm 30mm"/><style for="p" padding="1mm 2mm 3mm 4mm" border-start="3pt #ff0000"/>)");
  compose();
  EXPECT_EQ(document_.pages.at({}).margin, (Insets{10_mm, 20_mm, 10_mm, 30_mm}));
  EXPECT_EQ(find("p")->box.padding, (Insets{1_mm, 2_mm, 3_mm, 4_mm}));
  EXPECT_TRUE(find("p")->box.border_left.has_value());
}

// A foreign paragraph sets its own text to the side where it begins; its box keeps to the document's sides.
TEST_F(Columns, BoxOfAForeignTextKeepsTheDocumentsSides) {
  article(R"(<p id="p">Words.</p>)");
  auto notice = std::make_shared<content::Notice>();
  notice->id = "help";
  notice->texts.push_back({*unicode::Locale::parse("ar"), {{Span{}, content::Text{"مساعدة"}}}, {}});
  notices_["help"] = notice;
  layout(R"(<style for="notice-text" margin-start="5mm"/><body><slot select="*"/><notice id="help"/></body>)");
  compose();
  EXPECT_EQ(find("notice-text")->box.margin.left, 5_mm);
  EXPECT_EQ(paragraph("notice-text").lines.align, styled::Align::Right);
}

// ---- pages ----

TEST_F(Columns, PaperByRegion) {
  article("<p id=\"p\">Words.</p>");
  compose();
  EXPECT_EQ(document_.pages.at({true, false, false, false}).size, (Size{8.5_in, 11_in}));
  request_.region = "GB";
  compose();
  EXPECT_EQ(document_.pages.at({true, false, false, false}).size, (Size{210_mm, 297_mm}));
  request_.region = "";
  clinic_ = std::make_shared<request::Clinic>();
  clinic_->region = "EG";
  compose();
  EXPECT_EQ(document_.pages.at({true, false, false, false}).size, (Size{210_mm, 297_mm}));
  // The wanted locale's own region counts more than the clinic's.
  request_.editions.front().locale = *unicode::Locale::parse("en-US");
  compose();
  EXPECT_EQ(document_.pages.at({true, false, false, false}).size, (Size{8.5_in, 11_in}));
}

TEST_F(Columns, FirstPageAndTheOthers) {
  article("<p id=\"p\">Words.</p>");
  styles(R"(<page margin="10mm" duplex="yes"><header gap="2mm"><text>head</text></header></page><page on="first" margin="30mm 10mm 10mm 10mm"><header gap="3mm"><text>first</text></header></page><page on="rest"><footer gap="4mm"><text>foot</text></footer></page>)");
  compose();
  EXPECT_EQ(document_.pages.at({true, false, false, false}).margin.top, 30_mm);
  EXPECT_EQ(document_.pages.at({}).margin.top, 10_mm);
  EXPECT_EQ(document_.pages.at({true, false, false, false}).header_gap, 3_mm);
  EXPECT_EQ(document_.pages.at({}).header_gap, 2_mm);
  EXPECT_FALSE(document_.pages.at({true, false, false, false}).footer);
  EXPECT_TRUE(document_.pages.at({}).footer);
  EXPECT_TRUE(document_.duplex);
}

TEST_F(Columns, PagesOfABookletAreHalfOfThePaper) {
  article("<p id=\"p\">Words.</p>");
  styles(R"(<page side="36mm" side-gap="4mm"/>)");
  request_.impose = request::Impose::Booklet;
  request_.region = "US";
  compose();
  ASSERT_TRUE(document_.sheet);
  EXPECT_EQ(document_.sheet->fold, display::Fold::Booklet);
  EXPECT_EQ(document_.sheet->size, (Size{11_in, 8.5_in}));
  EXPECT_EQ(document_.pages.at({true, false, false, false}).size, (Size{5.5_in, 8.5_in}));
  EXPECT_EQ(document_.pages.at({}).size, document_.pages.at({true, false, false, false}).size);
  request_.impose = request::Impose::TwoUp;
  request_.region = "GB";
  compose();
  EXPECT_EQ(document_.sheet->fold, display::Fold::TwoUp);
  EXPECT_EQ(document_.sheet->size, (Size{297_mm, 210_mm}));
  EXPECT_EQ(document_.pages.at({true, false, false, false}).size, panel_size(*document_.sheet));
  for (const request::Impose impose : {request::Impose::AsLaidOut, request::Impose::None}) {
    request_.impose = impose;
    compose();
    EXPECT_FALSE(document_.sheet);
    EXPECT_EQ(document_.pages.at({true, false, false, false}).size, (Size{210_mm, 297_mm}));
  }
}

TEST_F(Columns, PagesOfASizeOfTheirOwnKeepItOnSheets) {
  article("<p id=\"p\">Words.</p>");
  styles(R"(<page size="A5"/>)");
  request_.impose = request::Impose::Booklet;
  compose();
  EXPECT_EQ(document_.pages.at({true, false, false, false}).size, (Size{148_mm, 210_mm}));
  ASSERT_TRUE(document_.sheet);
  EXPECT_EQ(document_.sheet->size, (Size{2 * 148_mm, 210_mm}));
}

// ---- columns of text ----

TEST_F(Columns, TextInColumnsKeepsItsBox) {
  article(R"(<section id="s"><title id="s-t">One</title><p id="p1">First paragraph.</p><p id="p2">Second paragraph.</p></section>)");
  styles(R"(<style for="section" column-count="2" column-gap="8mm" column-rule="1pt #ff0000" column-fill="auto" padding="2mm" background="#eeeeee"/><style for="section > title" column-span="all"/>)");
  compose();
  const styled::BlockPtr section = find("section");
  const auto& columns = std::get<styled::Columns>(section->content);
  EXPECT_EQ(columns.count, 2);
  EXPECT_EQ(columns.gap, 8_mm);
  ASSERT_TRUE(columns.rule.has_value());
  EXPECT_EQ(columns.rule->width, 1_pt);
  EXPECT_FALSE(columns.balanced);
  EXPECT_EQ(columns.direction, unicode::Direction::LeftToRight);
  EXPECT_EQ(section->box.padding.left, 2_mm);
  EXPECT_TRUE(section->box.background.has_value());
  ASSERT_EQ(columns.children.size(), 3u);
  EXPECT_EQ(columns.children[0]->box.column_span, styled::ColumnSpan::All);
  EXPECT_EQ(columns.children[1]->box.column_span, styled::ColumnSpan::One);
  EXPECT_THAT(texts(), ElementsAre("Title", "One", "First paragraph.", "Second paragraph."));
}

// What a heading opens and spans the columns takes it along.
TEST_F(Columns, HeadingsSpanWithWhatTheyOpen) {
  article(R"(<section id="s"><title id="s-t">One</title><table id="tab"><tbody><tr><td id="a">1</td><td id="b">2</td><td id="c">3</td></tr></tbody></table><p id="p">Words.</p></section>)");
  styles(R"(<style for="section" column-count="2"/><style for="section > title" keep-with-next="always"/><style for="table[columns=3]" column-span="all"/>)");
  compose();
  const auto& columns = std::get<styled::Columns>(find("section")->content);
  ASSERT_EQ(columns.children.size(), 3u);
  EXPECT_EQ(columns.children[0]->box.column_span, styled::ColumnSpan::All);
  EXPECT_EQ(columns.children[1]->box.column_span, styled::ColumnSpan::All);
  EXPECT_EQ(columns.children[2]->box.column_span, styled::ColumnSpan::One);
}

TEST_F(Columns, ColumnsAreBalancedAndStandAsLinesDo) {
  article(R"(<section id="s"><title id="s-t">عنوان</title><p id="p1">كلمات.</p></section>)", "ar");
  styles(R"(<style for="section" column-count="3"/>)");
  compose();
  const auto& columns = std::get<styled::Columns>(find("section")->content);
  EXPECT_TRUE(columns.balanced);
  EXPECT_EQ(columns.count, 3);
  EXPECT_EQ(columns.direction, unicode::Direction::RightToLeft);
}

// The side column is beside the page's text, not inside a column of it.
TEST_F(Columns, NoSideColumnInsideColumns) {
  article(kSections);
  styles(std::string(kSideColumn) + R"(<style for="section" column-count="2"/>)");
  compose();
  const auto& columns = std::get<styled::Columns>(find("section")->content);
  EXPECT_EQ(columns.children.size(), 3u);
  for (const auto& child : columns.children) EXPECT_TRUE(std::holds_alternative<styled::ParagraphBlock>(child->content)) << child->name;
}

TEST_F(Columns, WhatIsKeptTogetherIsNotDividedAlone) {
  article(R"(<section id="s"><title id="s-t">One</title><p id="p1">First.</p></section>)");
  layout(R"(<style for="box" column-count="2"/><style for="section" keep-together="always"/><body><slot select="title"/><box><slot select="section"/></box></body>)");
  compose();
  EXPECT_TRUE(std::holds_alternative<styled::Flow>(find("box")->content));
  layout(R"(<style for="box" column-count="2"/><body><slot select="title"/><box><slot select="section"/></box></body>)");
  compose();
  EXPECT_TRUE(std::holds_alternative<styled::Columns>(find("box")->content));
}

TEST_F(Columns, ListInColumns) {
  article(R"(<ul id="u"><li id="a">a</li><li id="b">b</li></ul><ul id="v"><li id="c">c</li></ul>)");
  styles(R"(<style for="ul" column-count="2"/>)");
  compose();
  std::vector<bool> in_columns;
  for (const auto& block : blocks_) {
    if (block->name == "ul") in_columns.push_back(std::holds_alternative<styled::Columns>(block->content));
  }
  EXPECT_THAT(in_columns, ElementsAre(true, false));
  EXPECT_EQ(find("ul")->element.role, display::Role::List);
}

}  // namespace
}  // namespace handout::compose
