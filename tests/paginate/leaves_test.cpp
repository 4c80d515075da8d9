// Pictures and their labels, rules, lines to write on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paginate/support.h"

namespace handout::paginate {
namespace {

using images::Anchor;
using testing::ElementsAre;
using testing::HasSubstr;

BlockPtr labelled(std::string_view words, std::optional<double> room, Size size = {200_pt, 100_pt}, Anchor anchor = Anchor::Start) {
  styled::Picture content{drawing({200_pt, 100_pt}, room, anchor), size, {{paragraph(words, Role::None), 0}}, styled::Align::Left};
  return block_of(std::move(content), Role::Figure);
}

// ---- pictures ----

TEST(Pictures, StandAtTheirSizeAndAlignment) {
  auto centred = std::get<styled::Picture>(picture(100_pt, 50_pt)->content);
  centred.align = styled::Align::Center;
  auto right = centred;
  right.align = styled::Align::Right;
  const auto made = paginated({picture(100_pt, 50_pt), block_of(centred, Role::Figure), block_of(right, Role::Figure)});
  EXPECT_THAT(made.pictures(), ElementsAre(std::pair(0u, Rect{20_pt, 20_pt, 100_pt, 50_pt}), std::pair(0u, Rect{130_pt, 70_pt, 100_pt, 50_pt}), std::pair(0u, Rect{240_pt, 120_pt, 100_pt, 50_pt})));
}

TEST(Pictures, ShrinkToTheColumn) {
  EXPECT_EQ(paginated({picture(640_pt, 200_pt)}).pictures().at(0).second, (Rect{20_pt, 20_pt, 320_pt, 100_pt}));
  const auto cells = paginated({row({cell(picture(640_pt, 200_pt), styled::FixedWidth{80_pt}), cell(text("a"))})});
  EXPECT_EQ(cells.pictures().at(0).second, (Rect{20_pt, 20_pt, 80_pt, 25_pt}));
}

TEST(Pictures, ShrinkToThePageAndTheBoxAroundThem) {
  EXPECT_EQ(paginated({picture(160_pt, 320_pt)}).pictures().at(0).second, (Rect{20_pt, 20_pt, 80_pt, 160_pt}));
  const auto boxed = with(flow({picture(160_pt, 320_pt)}), [](BoxStyle& box) { box.padding = {20_pt, {}, 20_pt, {}}; });
  const auto made = paginated({boxed});
  EXPECT_EQ(made.pictures().at(0).second, (Rect{20_pt, 40_pt, 60_pt, 120_pt}));
  EXPECT_TRUE(made.diags.all().empty());
}

TEST(Pictures, MoveOnWholeToWhereTheyFit) {
  const auto made = paginated({lines("a", 8), picture(100_pt, 60_pt), text("b")});
  EXPECT_EQ(made.pictures().at(0).first, 1u);
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 a5 a6 a7 a8", "b"));
}

TEST(Pictures, OfARoleAreContentOthersArtifacts) {
  const auto made = paginated({picture(10_pt, 10_pt), picture(10_pt, 10_pt, Role::None)});
  const auto& placements = made->pages[0].placements;
  ASSERT_EQ(placements.size(), 2u);
  EXPECT_EQ(placements[0].occurrence, display::Occurrence(display::StructureId(1)));
  EXPECT_EQ(placements[1].occurrence, display::Occurrence(display::ArtifactKind::Layout));
  EXPECT_FALSE(placements[1].fragment->commands[0].element.has_value());
}

// ---- labels ----

TEST(Labels, StandAtTheirPlaceScaledWithThePicture) {
  const auto made = paginated({labelled("knee", 100.0), labelled("bone", 100.0, {100_pt, 50_pt})});
  EXPECT_EQ(made.find("knee").left, 30_pt);
  EXPECT_EQ(made.find("bone").left, 25_pt);
  const auto run_of = [](const display::Placement& placement) { return std::get<display::GlyphRun>(placement.fragment->commands.at(1).what); };
  EXPECT_EQ(run_of(made->pages[0].placements[0]).origin.y, 20_pt);
  EXPECT_EQ(run_of(made->pages[0].placements[1]).origin.y, 10_pt);
}

TEST(Labels, EndAndMiddleAtTheirPlace) {
  const Length start = paginated({labelled("nnnn", {})}).find("nnnn").left;
  const Length middle = paginated({labelled("nnnn", {}, {200_pt, 100_pt}, Anchor::Middle)}).find("nnnn").left;
  const Length end = paginated({labelled("nnnn", {}, {200_pt, 100_pt}, Anchor::End)}).find("nnnn").left;
  EXPECT_LT(end, middle);
  EXPECT_LT(middle, start);
  EXPECT_NEAR((start - middle).points(), (middle - end).points(), 0.001);
}

TEST(Labels, SetToTheRightStandAtTheirPlaceToo) {
  auto words = paragraph("knee", Role::None);
  words->lines.align = styled::Align::Right;
  const auto made = paginated({block_of(styled::Picture{drawing({200_pt, 100_pt}), {200_pt, 100_pt}, {{words, 0}}, styled::Align::Left}, Role::Figure)});
  EXPECT_EQ(made.find("knee").left, 30_pt);
}

TEST(Labels, ThatDontFitAreAFault) {
  const auto made = paginated({labelled("a long label", 20.0)});
  ASSERT_FALSE(made.made.has_value());
  EXPECT_THAT(made.diags.all().at(0).message, HasSubstr("label 't' is "));
  EXPECT_THAT(made.diags.all().at(0).message, HasSubstr("its place in the picture has 7.1 mm"));
  EXPECT_FALSE(paginated({labelled("two|lines", 100.0)}).made.has_value());
  EXPECT_FALSE(paginated({labelled("knee", 30.0, {50_pt, 25_pt})}).made.has_value()) << "a smaller picture leaves less room";
}

// ---- rules and lines to write on ----

TEST(Rules, TakeTheirWidthAcross) {
  const auto made = paginated({rule(2_pt), text("a")});
  EXPECT_THAT(made.rects(0), ElementsAre(Rect{20_pt, 20_pt, 320_pt, 2_pt}));
  EXPECT_EQ(made.top("a"), 2_pt);
  EXPECT_EQ(made->pages[0].placements[0].occurrence, display::Occurrence(display::ArtifactKind::Background));
}

TEST(Rules, MoveOnFromAFullPage) { EXPECT_EQ(paginated({lines("a", 10), rule(2_pt)})->pages.size(), 2u); }

TEST(WriteLines, AreRuledAtTheirDistance) {
  const auto made = paginated({write_lines(2), text("a")});
  EXPECT_THAT(made.rects(0), ElementsAre(Rect{20_pt, 39_pt, 320_pt, 1_pt}, Rect{20_pt, 59_pt, 320_pt, 1_pt}));
  EXPECT_EQ(made.top("a"), 40_pt);
}

TEST(WriteLines, GoOnOnTheNextPage) {
  const auto made = paginated({lines("a", 5), write_lines(7)});
  EXPECT_EQ(made.rects(0).size(), 4u);
  EXPECT_EQ(made.rects(1).size(), 3u);
}

TEST(WriteLines, OfNoneAreNone) {
  const auto made = paginated({lines("a", 10), write_lines(0), write_lines(-1)});
  EXPECT_EQ(made->pages.size(), 1u);
  EXPECT_TRUE(made.rects(0).empty());
}

// ---- paragraphs ----

TEST(Paragraphs, WithoutTextTakeALine) { EXPECT_EQ(paginated({text(""), text("a")}).top("a"), kLine); }

TEST(Paragraphs, SplitAreOneFragmentPlacedTwiceWithTheSameElement) {
  const auto made = paginated({lines("a", 12)});
  const display::Placement &first = made->pages[0].placements.at(0), &second = made->pages[1].placements.at(0);
  EXPECT_EQ(first.fragment, second.fragment);
  EXPECT_EQ(first.occurrence, second.occurrence);
  EXPECT_EQ(second.first_line, first.line_count);
  EXPECT_EQ(first.line_count + second.line_count, 12u);
}

}  // namespace
}  // namespace handout::paginate
