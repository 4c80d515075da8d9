// Where bytes of a line's text stand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "typeset/place.h"

namespace handout::typeset {
namespace {

constexpr double kUnit = 0.05;  // points

std::optional<Length> position(const display::Fragment& fragment, std::string_view before) {
  const std::size_t at = line_text(fragment, 0).find(before);
  EXPECTS(at != std::string::npos);
  return position_of(fragment, 0, at, shipped_fonts());
}

Length width_of(std::string_view text) {
  const Reach all = line_reach(*set(Draft("en", text), 1000_pt), 0);
  return all.right - all.left;
}

TEST(Positions, LeftToRightAreLeftEdges) {
  const auto made = set(Draft("en", "Dose 12.5 mg"), LineWidths{{}, {30_pt, 200_pt}});
  EXPECT_EQ(line_text(*made, 0), "Dose 12.5 mg");
  EXPECT_EQ(position(*made, "Dose"), 30_pt);
  EXPECT_NEAR(position(*made, ".5")->points(), (30_pt + width_of("Dose 12")).points(), kUnit);
  EXPECT_NEAR(position_of(*made, 0, 12, shipped_fonts())->points(), (30_pt + width_of("Dose 12.5 mg")).points(), kUnit);
  EXPECT_EQ(position_of(*made, 0, 13, shipped_fonts()), std::nullopt);
}

TEST(Positions, CellsAlignAtTheirDecimalMarks) {
  for (const std::string_view language : {"en", "he"}) {
    for (const styled::Align align : {styled::Align::Left, styled::Align::Right, styled::Align::Center}) {
      for (const std::string_view number : {"0.25", "12.5", "1000.125"}) {
        Draft draft(language, number);
        draft.paragraph.lines.align = align;
        const auto made = set(draft, 100_pt);
        const std::string_view whole = number.substr(0, number.find('.'));
        // From the left edge of the digits to the mark there are the digits before it, whatever the direction.
        EXPECT_NEAR((*position(*made, ".") - line_reach(*made, 0).left).points(), width_of(whole).points(), kUnit) << language << number;
      }
    }
  }
}

TEST(Positions, RightToLeftAreRightEdges) {
  for (const std::string_view word : {"אחסון", "التخزين"}) {
    const auto made = set(Draft(word.starts_with("א") ? "he" : "ar", std::string(word) + " 12.5"), 100_pt);
    const Reach all = line_reach(*made, 0);
    EXPECT_NEAR(position_of(*made, 0, 0, shipped_fonts())->points(), all.right.points(), kUnit);
    // The number is at the left, and runs left to right.
    EXPECT_NEAR(position(*made, "12.5")->points(), all.left.points(), kUnit);
    EXPECT_NEAR((*position(*made, ".5") - all.left).points(), width_of("12").points(), kUnit);
    EXPECT_LT(*position_of(*made, 0, 4, shipped_fonts()), all.right - 5_pt);
    EXPECT_GT(*position_of(*made, 0, 4, shipped_fonts()), all.left + width_of("12.5"));
  }
}

TEST(Positions, ArabicDigitsRunLeftToRight) {
  const auto made = set(Draft("ar", "١٢٫٥"), 100_pt);
  const Reach all = line_reach(*made, 0);
  EXPECT_NEAR(position_of(*made, 0, 0, shipped_fonts())->points(), all.left.points(), kUnit);
  EXPECT_NEAR(position_of(*made, 0, line_text(*made, 0).size(), shipped_fonts())->points(), all.right.points(), kUnit);
}

TEST(Positions, EmptyLinesHaveNone) {
  const auto made = set(Draft("en"), 100_pt);
  EXPECT_EQ(line_text(*made, 0), "");
  EXPECT_EQ(position_of(*made, 0, 0, shipped_fonts()), std::nullopt);
}

TEST(Positions, LeadersAreASpaceAndTheirDotsNoText) {
  Draft draft("en");
  draft.add("Storage");
  draft.add_leader();
  draft.add("12");
  const auto made = set(draft, 200_pt);
  EXPECT_EQ(line_text(*made, 0), "Storage 12");
  EXPECT_NEAR(position(*made, "12")->points(), 200 - width_of("12").points(), kUnit);
}

}  // namespace
}  // namespace handout::typeset
