// Headers and footers, page masters, outline, structure, faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paginate/support.h"

namespace handout::paginate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

BlockPtr heading_of_level(const std::string& words, int level) { return titled(text(words, Role::H2), words, level); }

// ---- headers and footers ----

TEST(Bands, SayTheirPageAndHowManyThereAre) {
  auto source = document({lines("a", 11)});
  first_page(source).header = rest_page(source).header = flow({text("head")});
  first_page(source).footer = rest_page(source).footer = flow({text("page # of %")});
  const auto made = paginated(source);
  EXPECT_THAT(made.pages(), ElementsAre("[head] a1 a2 a3 a4 a5 a6 a7 a8 [page 1 of 2]", "[head] a9 a10 a11 [page 2 of 2]"));
  const auto& placements = made->pages[0].placements;
  EXPECT_EQ(placements.front().occurrence, display::Occurrence(display::ArtifactKind::Header));
  EXPECT_EQ(placements.back().occurrence, display::Occurrence(display::ArtifactKind::Footer));
}

TEST(Bands, TakeTheirHeightAndGapFromTheBody) {
  auto source = document({lines("a", 9)});
  first_page(source).header = flow({lines("h", 2)});
  first_page(source).header_gap = 5_pt;
  first_page(source).footer = flow({text("f")});
  first_page(source).footer_gap = 7_pt;
  const auto made = paginated(source);
  EXPECT_EQ(made.find("h1").top, 20_pt);
  EXPECT_EQ(made.find("a1").top, 20_pt + kLine * 2 + 5_pt);
  EXPECT_EQ(made.find("f").bottom, first_page(source).size.height - 20_pt);
  EXPECT_EQ(made.find("a6").page, 0u);
  EXPECT_EQ(made.find("a7").page, 1u) << "6.25 lines are left on the first page";
  EXPECT_EQ(made.find("a7").top, 20_pt) << "the other pages have none";
}

TEST(Bands, WithDecorationsAreAllOfOneKind) {
  auto source = document({text("a")});
  first_page(source).header = with(flow({text("h"), rule(1_pt)}), [](BoxStyle& box) { box.background = Color{1, 1, 1}; });
  const auto made = paginated(source);
  ASSERT_EQ(made->pages[0].placements.size(), 4u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(made->pages[0].placements[i].occurrence, display::Occurrence(display::ArtifactKind::Header));
}

TEST(Bands, LoseNothingThatAsksForABreak) {
  auto source = document({text("a")});
  first_page(source).header = flow({text("h"), on_new_page(text("k"))});
  EXPECT_THAT(paginated(source).pages(), ElementsAre("[h] [k] a"));
}

TEST(Bands, NameTheSectionThatBeginsOnThePageOrGoesOn) {
  auto source = document({lines("a", 2), heading_of_level("One", 1), heading_of_level("Sub", 2), lines("b", 11), heading_of_level("Two", 1), heading_of_level("Three", 1)});
  first_page(source).header = rest_page(source).header = flow({text("in $")});
  EXPECT_THAT(paginated(source).pages(), ElementsAre("[in One] a1 a2 One Sub b1 b2 b3 b4 b5", "[in Two] b6 b7 b8 b9 b10 b11 Two Three"));
  auto long_section = document({heading_of_level("One", 1), lines("b", 20)});
  rest_page(long_section).header = flow({text("in $")});
  EXPECT_THAT(paginated(long_section).pages()[1], HasSubstr("[in One]"));
}

// The header is as high as its longest title makes it, on all pages: no title runs into the text.
TEST(Bands, LeaveRoomForTheLongestSectionTitle) {
  const std::string title = "A section title that is much too long for one line of this narrow header and so takes two";
  auto source = document({heading_of_level("One", 1), lines("b", 9), heading_of_level(title, 1)});
  first_page(source).header = rest_page(source).header = flow({text("$")});
  const auto made = paginated(source);
  EXPECT_EQ(made.find("b1").top, 20_pt + kLine * 3);
  const auto header = made->pages.at(1).placements.at(0);
  EXPECT_EQ(header.line_count, 2u);
  EXPECT_EQ(made.find("b8").top, 20_pt + kLine * 2) << "the second page's first line";
}

TEST(Bands, TooHighForThePageAreAFault) {
  auto source = document({text("a")});
  rest_page(source).footer = flow({lines("f", 6)});
  const auto made = paginated(source);
  ASSERT_FALSE(made.made.has_value());
  EXPECT_EQ(made.diags.all().at(0).message, "the page leaves less than 25 mm for the text");
}

// ---- page fields in the body ----

TEST(PageFields, InTheBodySayTheirOwnPage) {
  const auto made = paginated({text("here is page # of %"), lines("a", 12), text("and here #")});
  EXPECT_THAT(made.pages(), ElementsAre("here is page 1 of 2 a1 a2 a3 a4 a5 a6 a7 a8 a9", "a10 a11 a12 and here 2"));
}

TEST(PageFields, ThatNeedMoreLinesThanTheyWereGivenAreAFault) {
  const std::string title = "A section title that is much too long for one line of this narrow page and so takes two";
  const auto made = paginated({heading_of_level(title, 1), text("in $")});
  ASSERT_FALSE(made.made.has_value());
  EXPECT_THAT(made.diags.all().at(0).message, HasSubstr("takes another line"));
}

// ---- masters ----

TEST(Masters, OfTheFirstPageAndTheOthers) {
  auto source = document({lines("a", 12)});
  first_page(source).margin.top = 20_pt + kLine * 3;
  rest_page(source).margin.left = 50_pt;
  source.duplex = true;
  source.direction = unicode::Direction::RightToLeft;
  source.metadata.title = "Knee";
  const auto made = paginated(source);
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7", "a8 a9 a10 a11 a12"));
  EXPECT_EQ(made.top("a1"), kLine * 3);
  EXPECT_EQ(made.find("a8").left, 50_pt);
  EXPECT_EQ(made->duplex, display::Duplex::LongEdge);
  EXPECT_TRUE(made->right_to_left);
  EXPECT_EQ(made->metadata.title, "Knee");
  EXPECT_EQ(made->pages[1].size, rest_page(source).size);
}

// A paragraph that goes on keeps the lines it was broken into: no word is lost or set twice.
TEST(Masters, OfDifferentWidthsLoseNoWords) {
  std::string words;
  for (int i = 0; i < 150; ++i) words += (i > 0 ? " w" : "w") + std::to_string(i);
  for (const Length left : {20_pt, 60_pt, 5_pt}) {
    for (const styled::Align align : {styled::Align::Left, styled::Align::Right, styled::Align::Center}) {
      auto content = paragraph(words);
      content->lines.align = align;
      auto source = document({lines("a", 5), block(content)});
      rest_page(source).margin.left = left;
      std::string all;
      const auto made = paginated(source);
      EXPECT_GT(made->pages.size(), 1u);
      for (const Line& line : made.text_lines()) {
        if (line.text[0] == 'w') all += line.text;
      }
      EXPECT_EQ(all, words);
      const Line last = made.text_lines().back();
      if (align == styled::Align::Left) EXPECT_EQ(last.left, left);
      if (align == styled::Align::Right) EXPECT_LT((340_pt - last.right).points(), 10);
    }
  }
}

TEST(Masters, OfDifferentWidthsGiveTablesTheirOwnColumns) {
  auto source = document({table_block(table({styled::ShareWidth{1}, styled::ShareWidth{1}}, 0, {{numbered("a", 6), "b"}, {numbered("c", 6), "d"}}))});
  rest_page(source).margin.left = 120_pt;
  const auto made = paginated(source);
  EXPECT_EQ(made.find("b").left, 20_pt + 160_pt);
  EXPECT_EQ(made.find("d").left, 120_pt + 110_pt);
}

// ---- outline ----

TEST(Outlines, NameHeadingsWithTheirPagesAndSkipNoLevel) {
  const auto made = paginated({heading_of_level("Deep", 3), heading_of_level("One", 1), lines("a", 9), heading_of_level("Deeper", 4), heading_of_level("Odd", 0)});
  ASSERT_EQ(made->outline.size(), 4u);
  EXPECT_EQ(made->outline[0].level, 1);
  EXPECT_EQ(made->outline[1].level, 1);
  EXPECT_EQ(made->outline[2].level, 2);
  EXPECT_EQ(made->outline[3].level, 1);
  EXPECT_EQ(made->outline[1].title, "One");
  EXPECT_EQ(made->outline[1].page, display::PageIndex(0));
  EXPECT_EQ(made->outline[1].at, (Point{20_pt, 20_pt + kLine}));
  EXPECT_EQ(made->outline[1].element, display::StructureId(2));
  EXPECT_EQ(made->outline[2].page, display::PageIndex(1));
}

TEST(Outlines, NameASplitOrMovedBlockOnce) {
  const auto made = paginated({lines("a", 7), titled(lines("b", 6), "split", 1), kept_together(titled(lines("c", 8), "moved", 1))});
  ASSERT_EQ(made->outline.size(), 2u);
  EXPECT_EQ(made->outline[0].page, display::PageIndex(0));
  EXPECT_EQ(made->outline[1].page, display::PageIndex(2));
}

TEST(Outlines, RepeatedHeadsAndHeadersAreNotNamedAgain) {
  styled::Table content = table({styled::ContentWidth{}}, 1, {{"h"}, {numbered("a", 7)}, {numbered("b", 7)}});
  content.cells[0].block = titled(content.cells[0].block, "h", 1);
  auto source = document({table_block(content)});
  rest_page(source).header = titled(flow({text("k")}), "k", 1);
  const auto made = paginated(source);
  EXPECT_EQ(made->pages.size(), 2u);
  EXPECT_EQ(made->outline.size(), 1u);
}

// ---- structure ----

std::string roles_of(const display::DisplayDocument& made) {
  std::string roles;
  for (const auto& element : made.structure) roles += std::string(display::name(element.info.role)) + (element.parent ? std::to_string(element.parent->value()) : "") + " ";
  return roles;
}

TEST(Structure, FollowsTheReadingOrderAndParentsComeFirst) {
  const auto made = paginated({flow({text("h", Role::H2), flow({item("1.", text("a"))}, Role::List)}, Role::Sect), row({cell(text("c")), cell(text("b"))}, {1, 0})});
  EXPECT_EQ(roles_of(*made), "Document Sect0 H21 L1 LI3 Lbl4 LBody4 P6 P0 P0 ");
  EXPECT_EQ(made.find("b").occurrence, display::Occurrence(display::StructureId(8)));
  EXPECT_EQ(made.find("c").occurrence, display::Occurrence(display::StructureId(9)));
}

TEST(Structure, HoldsTheElementsInsideAParagraphAfterItsOwn) {
  auto words = paragraph("some link");
  words->elements.resize(3);
  words->elements[1].info.role = Role::Link;
  words->elements[2].info.role = Role::Span;
  words->elements[2].parent = display::LocalElement(1);
  const auto made = paginated({text("a"), block(words), text("b")});
  EXPECT_EQ(roles_of(*made), "Document P0 P0 Link2 Span3 P0 ");
  EXPECT_EQ(made.find("some link").occurrence, display::Occurrence(display::StructureId(2)));
  EXPECT_EQ(made.find("b").occurrence, display::Occurrence(display::StructureId(5)));
}

TEST(Structure, BlocksWithoutARoleLeaveTheirChildrenToTheParent) {
  EXPECT_EQ(roles_of(*paginated({flow({flow({text("a")}), text("b")}, Role::Sect)})), "Document Sect0 P1 P1 ");
}

TEST(Structure, TheSameBlockTwiceHasElementsOfItsOwn) {
  const BlockPtr once = text("a");
  const auto made = paginated({once, once});
  EXPECT_EQ(roles_of(*made), "Document P0 P0 ");
  EXPECT_NE(made->pages[0].placements[0].occurrence, made->pages[0].placements[1].occurrence);
  EXPECT_EQ(made->pages[0].placements[0].fragment, made->pages[0].placements[1].fragment) << "set once";
}

TEST(Structure, PictureLabelsStandUnderTheirFigure) {
  const auto made = paginated({block_of(styled::Picture{drawing({200_pt, 100_pt}), {200_pt, 100_pt}, {{paragraph("knee", Role::Span), 0}}, styled::Align::Left}, Role::Figure), text("b")});
  EXPECT_EQ(roles_of(*made), "Document Figure0 Span1 P0 ");
}

// ---- the whole ----

TEST(Whole, AnEmptyDocumentIsOnePage) {
  const auto made = paginated(std::vector<BlockPtr>{});
  EXPECT_EQ(made->pages.size(), 1u);
  EXPECT_TRUE(made->pages[0].placements.empty());
}

TEST(Whole, FaultsOfTypesetAreFaults) {
  const auto made = paginated({text("a\uE123")});
  EXPECT_FALSE(made.made.has_value());
  EXPECT_TRUE(made.diags.has_errors());
}

TEST(Whole, FaultsToldBeforeAreNotItsOwn) {
  unicode::Breaker breaker;
  const unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  typeset::Memo memo;
  Diagnostics diags;
  diags.error({}, "something else");
  EXPECT_TRUE(paginate(document({text("a")}), {shipped_fonts(), breaker, hyphenation}, memo, diags).has_value());
}

TEST(Whole, AMemoChangesNothing) {
  const auto source = document({lines("a", 12), row({cell(text("b")), cell(lines("c", 14))})});
  unicode::Breaker breaker;
  const unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  typeset::Memo memo;
  Diagnostics diags;
  const auto cold = paginate(source, {shipped_fonts(), breaker, hyphenation}, memo, diags);
  const auto warm = paginate(source, {shipped_fonts(), breaker, hyphenation}, memo, diags);
  EXPECT_EQ(display::dump(*cold, shipped_fonts()), display::dump(*warm, shipped_fonts()));
}

}  // namespace
}  // namespace handout::paginate
