// Lines beside something: each at its own left edge and of its own width.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "typeset/place.h"
#include "typeset/samples.h"

namespace handout::typeset {
namespace {

// A picture at the left beside two lines, one at the right beside the third.
const LineWidths kRooms{{{60_pt, 140_pt}, {60_pt, 140_pt}, {0_pt, 150_pt}}, 200_pt};
constexpr double kUnit = 0.05;  // points: what rounding of advances adds up to

Draft draft(std::string_view language, styled::Align align) {
  const auto sample = std::find_if(kSamples.begin(), kSamples.end(), [&](const Sample& s) { return s.language == language; });
  Draft made(language, std::string(sample->text) + " " + std::string(sample->text));
  made.paragraph.lines.align = align;
  return made;
}

TEST(Rooms, RaggedLinesBeginAtTheirLeftEdges) {
  for (const std::string_view language : {"en", "hi", "vi"}) {
    const auto made = set(draft(language, styled::Align::Left), kRooms);
    ASSERT_GE(made->lines.size(), 4U);
    for (std::size_t line = 0; line < made->lines.size(); ++line) {
      EXPECT_NEAR(line_reach(*made, line).left.points(), kRooms.room(line).left.points(), kUnit) << language << line;
      EXPECT_LE(line_reach(*made, line).right.points(), kRooms.room(line).right().points() + 0.5) << language << line;
    }
  }
}

TEST(Rooms, RightToLeftLinesBeginAtTheirRightEdges) {
  for (const std::string_view language : {"he", "ar", "ur"}) {
    const auto made = set(draft(language, styled::Align::Right), kRooms);
    ASSERT_GE(made->lines.size(), 4U);
    for (std::size_t line = 0; line < made->lines.size(); ++line) {
      EXPECT_NEAR(line_reach(*made, line).right.points(), kRooms.room(line).right().points(), 1) << language << line;
      EXPECT_GE(line_reach(*made, line).left.points(), kRooms.room(line).left.points() - 0.5) << language << line;
    }
  }
}

TEST(Rooms, CentredLinesStandInTheirMiddle) {
  for (const std::string_view language : {"en", "he"}) {
    const auto made = set(draft(language, styled::Align::Center), kRooms);
    for (std::size_t line = 0; line < made->lines.size(); ++line) {
      const Reach at = line_reach(*made, line);
      EXPECT_NEAR((at.left + at.right).points(), (kRooms.room(line).left + kRooms.room(line).right()).points(), 0.1) << language << line;
    }
  }
}

TEST(Rooms, JustifiedLinesFillTheirs) {
  for (const std::string_view language : {"en", "he"}) {
    const auto made = set(draft(language, styled::Align::Justify), kRooms);
    for (std::size_t line = 0; line + 1 < made->lines.size(); ++line) {
      EXPECT_NEAR(line_reach(*made, line).left.points(), kRooms.room(line).left.points(), kUnit) << language << line;
      EXPECT_NEAR(line_reach(*made, line).right.points(), kRooms.room(line).right().points(), 0.2) << language << line;
    }
  }
}

TEST(Rooms, LinksAndUnderlinesGoWithTheirWords) {
  Draft made("en");
  styled::TextStyle underlined = made.body();
  underlined.decoration = styled::Decoration::Underline;
  const std::size_t style = made.add_style(underlined), link = made.add_element(display::Role::Link);
  made.add("example", style, link);
  const auto placed = set(made, LineWidths{{}, {40_pt, 100_pt}});
  const auto areas = commands<display::LinkArea>(*placed, 0);
  const auto rules = commands<display::StrokedLine>(*placed, 0);
  ASSERT_EQ(areas.size(), 1U);
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(areas[0]->rect.x, 40_pt);
  EXPECT_EQ(rules[0]->from.x, 40_pt);
}

TEST(Rooms, AreKeptApartInTheMemo) {
  unicode::Breaker breaker;
  Memo memo;
  Diagnostics diags;
  const Resources resources{shipped_fonts(), breaker, shipped_patterns()};
  const auto paragraph = std::make_shared<const styled::Paragraph>(Draft("en", "Take one tablet.").paragraph);
  const auto at_left = typeset(paragraph, {{}, 100_pt}, kAt, nullptr, resources, memo, diags);
  const auto shifted = typeset(paragraph, {{}, {20_pt, 100_pt}}, kAt, nullptr, resources, memo, diags);
  EXPECT_NE(at_left, shifted);
  EXPECT_EQ(glyph_runs(*shifted, 0)[0]->origin.x - glyph_runs(*at_left, 0)[0]->origin.x, 20_pt);
  EXPECT_EQ(typeset(paragraph, {{}, {20_pt, 100_pt}}, kAt, nullptr, resources, memo, diags), shifted);
}

}  // namespace
}  // namespace handout::typeset
