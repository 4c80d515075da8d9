// Where pages come to stand on sheets.
#include "impose/impose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf/maker.h"

namespace handout::test {
namespace {

using namespace display;
using impose::impose;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Size kLetter{11_in, 8.5_in};

// Pages of panel size; each has its number from 1 as label and one placement at 10, 20 with a fragment as wide as its number.
DisplayDocument pages_for(const Sheet& sheet, std::size_t count) {
  DisplayDocument document;
  document.structure.push_back({{Role::Document, {}, {}, {}, Scope::None, 1, 1, ListNumbering::None}, std::nullopt});
  for (std::size_t i = 1; i <= count; ++i) {
    Page page{panel_size(sheet), {}, std::to_string(i)};
    Fragment fragment;
    fragment.size.width = static_cast<std::int64_t>(i) * 1_pt;
    page.placements.push_back({std::make_shared<const Fragment>(std::move(fragment)), 0, 0, {10_pt, 20_pt}, StructureId(0)});
    document.pages.push_back(std::move(page));
  }
  return document;
}

DisplayDocument imposed(DisplayDocument document, const Sheet& sheet) {
  Diagnostics diags;
  auto result = impose(std::move(document), sheet, {}, diags);
  EXPECT_TRUE(result) << to_text(diags);
  EXPECT_THAT(diags.all(), IsEmpty());
  return result.value_or(DisplayDocument{});
}

// "4@0 1@396 | 2@0 3@396": the pages from left to right, each with the left edge of its panel, by the place of what stands on it.
std::string order(const DisplayDocument& document) {
  std::string text;
  for (const Page& page : document.pages) {
    std::map<Length, std::int64_t> numbers;
    for (const Placement& placement : page.placements) {
      if (std::holds_alternative<ArtifactKind>(placement.occurrence)) continue;
      EXPECT_EQ(placement.position.y, 20_pt);
      const std::int64_t number = placement.fragment->size.width.units() / Length::kUnitsPerPoint;
      EXPECT_EQ(placement.folio, static_cast<std::uint32_t>(number - 1));
      numbers.emplace(placement.position.x - 10_pt, number);
    }
    if (!text.empty()) text += " | ";
    std::string side;
    for (const auto& [left, number] : numbers) side += (side.empty() ? "" : " ") + std::to_string(number) + "@" + std::to_string(static_cast<int>(left.points()));
    text += side;
  }
  return text;
}

enum class Reads { FromLeft, FromRight };

std::string order(const Sheet& sheet, std::size_t count, Reads reads = Reads::FromLeft) {
  DisplayDocument document = pages_for(sheet, count);
  document.right_to_left = reads == Reads::FromRight;
  return order(imposed(std::move(document), sheet));
}

TEST(Booklet, PagesFollowOneAnotherWhenTheSheetsAreFolded) {
  const Sheet sheet{Fold::Booklet, kLetter};
  EXPECT_EQ(panel_size(sheet), (Size{5.5_in, 8.5_in}));
  EXPECT_EQ(order(sheet, 4), "4@0 1@396 | 2@0 3@396");
  EXPECT_EQ(order(sheet, 8), "8@0 1@396 | 2@0 7@396 | 6@0 3@396 | 4@0 5@396");
}

TEST(Booklet, BlankPagesAreTheLast) {
  const Sheet sheet{Fold::Booklet, kLetter};
  EXPECT_EQ(order(sheet, 1), "1@396 | ");
  EXPECT_EQ(order(sheet, 5), "1@396 | 2@0 | 3@396 | 4@0 5@396");
  EXPECT_EQ(order(sheet, 7), "1@396 | 2@0 7@396 | 6@0 3@396 | 4@0 5@396");
}

TEST(Booklet, TheSpineIsOnTheRightFromRightToLeft) {
  const Sheet sheet{Fold::Booklet, kLetter};
  EXPECT_EQ(order(sheet, 4, Reads::FromRight), "1@0 4@396 | 3@0 2@396");
  EXPECT_EQ(order(sheet, 6, Reads::FromRight), "1@0 | 2@396 | 3@0 6@396 | 5@0 4@396");
}

// A folded booklet of any length, leafed through: the right half of a front, then the left half of its back, and in the middle the way back.
TEST(Booklet, LeafingThroughMeetsEveryPageOnce) {
  const Sheet sheet{Fold::Booklet, kLetter};
  for (std::size_t count = 1; count <= 41; ++count) {
    const DisplayDocument document = imposed(pages_for(sheet, count), sheet);
    const std::size_t sides = document.pages.size();
    ASSERT_EQ(sides, (count + 3) / 4 * 2);
    std::vector<std::int64_t> met;
    const auto look = [&](std::size_t side, Length left) {
      for (const Placement& placement : document.pages[side].placements) {
        if (placement.position.x - 10_pt == left) met.push_back(placement.fragment->size.width.units() / Length::kUnitsPerPoint);
      }
    };
    for (std::size_t side = 0; side < sides; ++side) look(side, side % 2 == 0 ? 5.5_in : 0_in);
    for (std::size_t side = sides; side-- > 0;) look(side, side % 2 == 0 ? 0_in : 5.5_in);
    std::vector<std::int64_t> all;
    for (std::size_t i = 1; i <= count; ++i) all.push_back(static_cast<std::int64_t>(i));
    EXPECT_EQ(met, all);
  }
}

TEST(Booklet, ManySheetsAreWarnedOf) {
  const Sheet sheet{Fold::Booklet, kLetter};
  Diagnostics diags;
  ASSERT_TRUE(impose(pages_for(sheet, 80), sheet, {}, diags));
  EXPECT_THAT(diags.all(), IsEmpty());
  ASSERT_TRUE(impose(pages_for(sheet, 81), sheet, Span::of_file("booklet.xml").at(2, 3), diags));
  EXPECT_EQ(to_text(diags), "booklet.xml:2:3: warning: the booklet takes 21 sheets; more than 20 don't fold well\n  hint: leave sections out, or print it two-up\n");
}

// Letter: 792 pt; the flap is 1.5 mm (4.252 pt) narrower than the others, and each page stands in the middle of its panel.
TEST(TriFold, ThePanelsLieForALetterFold) {
  const Sheet sheet{Fold::TriFold, kLetter};
  const Length panel = panel_size(sheet).width;
  EXPECT_NEAR(panel.points(), 261.165, 0.01);
  EXPECT_NEAR((kLetter.width - panel).points() / 2 - panel.points(), (1.5_mm).points(), 0.001);
  EXPECT_EQ(order(sheet, 6), "5@0 6@263 1@528 | 2@2 3@267 4@530");
  EXPECT_EQ(order(sheet, 6, Reads::FromRight), "1@2 6@267 5@530 | 4@0 3@263 2@528");
  EXPECT_EQ(order(sheet, 2), "1@528 | 2@2");
}

TEST(Folds, ZFoldReadsAlongEachSide) {
  const Sheet sheet{Fold::ZFold, kLetter};
  EXPECT_EQ(order(sheet, 6), "1@0 2@264 3@528 | 4@0 5@264 6@528");
  EXPECT_EQ(order(sheet, 6, Reads::FromRight), "3@0 2@264 1@528 | 6@0 5@264 4@528");
}

TEST(Folds, HalfFoldIsABookletOfOneSheet) {
  const Sheet sheet{Fold::HalfFold, kLetter};
  EXPECT_EQ(order(sheet, 4), "4@0 1@396 | 2@0 3@396");
  EXPECT_EQ(order(sheet, 3), "1@396 | 2@0 3@396");
}

TEST(Folds, MorePagesThanPanelsAreAFault) {
  Diagnostics diags;
  const Sheet tri{Fold::TriFold, kLetter}, half{Fold::HalfFold, kLetter};
  EXPECT_FALSE(impose(pages_for(tri, 8), tri, Span::of_file("leaflet.xml").at(2, 3), diags));
  EXPECT_FALSE(impose(pages_for(half, 5), half, Span::of_file("card.xml"), diags));
  EXPECT_THAT(to_text(diags), AllOf(HasSubstr("leaflet.xml:2:3: error: the handout takes 8 pages, 2 more than a tri-fold has panels (6)\n  hint: leave sections out"), HasSubstr("card.xml: error: the handout takes 5 pages, 1 more than a half-fold has panels (4)")));
}

TEST(TwoUp, PagesStandSideBySide) {
  const Sheet sheet{Fold::TwoUp, kLetter};
  EXPECT_EQ(order(sheet, 5), "1@0 2@396 | 3@0 4@396 | 5@0");
  EXPECT_EQ(order(sheet, 3, Reads::FromRight), "2@0 1@396 | 3@396");
}

TEST(Sheets, AreTurnedAboutTheUprightEdge) {
  const auto duplex = [](const Sheet& sheet, Duplex before) {
    DisplayDocument document = pages_for(sheet, 2);
    document.duplex = before;
    return imposed(std::move(document), sheet).duplex;
  };
  EXPECT_EQ(duplex({Fold::Booklet, kLetter}, Duplex::No), Duplex::ShortEdge);
  EXPECT_EQ(duplex({Fold::Booklet, {8.5_in, 11_in}}, Duplex::LongEdge), Duplex::LongEdge);
  EXPECT_EQ(duplex({Fold::TwoUp, kLetter}, Duplex::No), Duplex::No);
  EXPECT_EQ(duplex({Fold::TwoUp, kLetter}, Duplex::LongEdge), Duplex::ShortEdge);
}

TEST(Sheets, LabelsAreThoseOfTheirPages) {
  const Sheet sheet{Fold::Booklet, kLetter};
  const DisplayDocument document = imposed(pages_for(sheet, 3), sheet);
  EXPECT_EQ(document.pages[0].label, "1");
  EXPECT_EQ(document.pages[1].label, "2, 3");
}

TEST(Sheets, OutlineAndPlacementsGoWithTheirPages) {
  const Sheet sheet{Fold::Booklet, kLetter};
  DisplayDocument source = pages_for(sheet, 4);
  const auto shared = source.pages[2].placements.front().fragment;
  source.pages[2].placements.push_back({shared, 0, 0, {30_pt, 40_pt}, ArtifactKind::Footer});
  source.outline = {{1, "one", PageIndex(0), {10_pt, 20_pt}, StructureId(0)}, {2, "three", PageIndex(2), {5_pt, 6_pt}, StructureId(0)}};
  const DisplayDocument document = imposed(std::move(source), sheet);
  EXPECT_EQ(document.outline[0].page, PageIndex(0));
  EXPECT_EQ(document.outline[0].at, (Point{406_pt, 20_pt}));
  EXPECT_EQ(document.outline[1].page, PageIndex(1));
  EXPECT_EQ(document.outline[1].at, (Point{401_pt, 6_pt}));
  EXPECT_EQ(document.outline[1].title, "three");
  const auto& placements = document.pages[1].placements;
  ASSERT_EQ(placements.size(), 3u);
  EXPECT_EQ(placements[1].fragment, shared);
  EXPECT_EQ(placements[2].fragment, shared);
  EXPECT_EQ(placements[2].position, (Point{426_pt, 40_pt}));
  EXPECT_EQ(placements[2].occurrence, Occurrence(ArtifactKind::Footer));
}

std::vector<const Placement*> marks_on(const Page& page) {
  std::vector<const Placement*> marks;
  for (const Placement& placement : page.placements) {
    if (std::holds_alternative<ArtifactKind>(placement.occurrence)) marks.push_back(&placement);
  }
  return marks;
}

TEST(Marks, StandOnTheFoldsOfTheSideThatLiesInside) {
  const Sheet sheet{Fold::TriFold, kLetter, true};
  const DisplayDocument document = imposed(pages_for(sheet, 6), sheet);
  EXPECT_THAT(marks_on(document.pages[0]), IsEmpty());
  const auto marks = marks_on(document.pages[1]);
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(marks.front(), &document.pages[1].placements.back());
  std::vector<double> folds;
  for (const Command& command : marks.front()->fragment->commands) {
    EXPECT_FALSE(command.element);
    const auto& line = std::get<StrokedLine>(command.what);
    EXPECT_EQ(line.from.x, line.to.x);
    EXPECT_EQ(line.to.y - line.from.y, 4_mm);
    EXPECT_EQ(line.width, 0.25_pt);
    EXPECT_TRUE(line.to.y < 10_mm || line.from.y > kLetter.height - 10_mm);
    folds.push_back(line.from.x.points());
  }
  EXPECT_THAT(folds, ElementsAre(testing::DoubleNear(265.417, 0.01), testing::DoubleNear(265.417, 0.01), testing::DoubleNear(530.835, 0.01), testing::DoubleNear(530.835, 0.01)));
}

TEST(Marks, AreSharedByTheSidesOfABooklet) {
  const Sheet sheet{Fold::Booklet, kLetter, true};
  const DisplayDocument document = imposed(pages_for(sheet, 8), sheet);
  EXPECT_THAT(marks_on(document.pages[0]), IsEmpty());
  ASSERT_EQ(marks_on(document.pages[1]).size(), 1u);
  EXPECT_EQ(marks_on(document.pages[1]).front()->fragment, marks_on(document.pages[3]).front()->fragment);
  const Sheet plain{Fold::Booklet, kLetter};
  EXPECT_THAT(marks_on(imposed(pages_for(plain, 8), plain).pages[1]), IsEmpty());
}

}  // namespace
}  // namespace handout::test
