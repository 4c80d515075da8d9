// Leaders: dots, rules and space between words and what stands at the line's end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "typeset/place.h"
#include "typeset/set_lines.h"

namespace handout::typeset {
namespace {

using testing::ElementsAre;
using Pattern = styled::Leader::Pattern;

constexpr double kUnit = 0.05;  // points

Draft entry(std::string_view language, std::string_view words, std::string_view number, Pattern pattern = Pattern::Dots) {
  Draft draft(language);
  draft.add(words);
  draft.add_leader(pattern);
  draft.add(number);
  return draft;
}

// Where these words of a line stand, the last of them.
Reach last_words(const display::Fragment& fragment, std::size_t line, std::string_view words) {
  const auto runs = glyph_runs(fragment, line);
  for (const auto* run : runs) {
    const std::size_t at = run->text.rfind(words);
    if (at == std::string::npos) continue;
    display::GlyphRun part = *run;
    std::erase_if(part.glyphs, [&](const display::PlacedGlyph& glyph) { return glyph.text_begin < at || glyph.text_begin >= at + words.size(); });
    return reach(part);
  }
  return {};
}

const display::GlyphRun& dots(const display::Fragment& fragment, std::size_t line) {
  const auto runs = glyph_runs(fragment, line);
  const auto found = std::find_if(runs.begin(), runs.end(), [](const auto* run) { return run->text.empty(); });
  EXPECTS(found != runs.end());
  return **found;
}

TEST(Leaders, WhatFollowsStandsAtTheEndOfTheLine) {
  for (const styled::Align align : {styled::Align::Left, styled::Align::Right, styled::Align::Center, styled::Align::Justify}) {
    Draft draft = entry("en", "Storage", "12");
    draft.paragraph.lines.align = align;
    const auto made = set(draft, LineWidths{{}, {10_pt, 200_pt}});
    ASSERT_EQ(made->lines.size(), 1U);
    EXPECT_NEAR(line_reach(*made, 0).left.points(), 10, kUnit);
    EXPECT_NEAR(last_words(*made, 0, "12").right.points(), 210, kUnit);
    EXPECT_LT(last_words(*made, 0, "12").left, 210_pt);
    EXPECT_GT(last_words(*made, 0, "12").left, 190_pt);
  }
}

TEST(Leaders, RightToLeftWhatFollowsStandsAtTheLeft) {
  for (const std::string_view language : {"he", "ar"}) {
    const auto made = set(entry(language, language == "he" ? "אחסון" : "التخزين", "12"), LineWidths{{}, {10_pt, 200_pt}});
    ASSERT_EQ(made->lines.size(), 1U);
    EXPECT_NEAR(last_words(*made, 0, "12").left.points(), 10, kUnit) << language;
    EXPECT_NEAR(line_reach(*made, 0).right.points(), 210, 1) << language;
  }
}

// Neutral between a right-to-left word and a number, the leader would be drawn into the word's direction.
TEST(Leaders, OrderIsTheParagraphsWhateverTheLettersBesideThem) {
  const auto arabic = set(entry("en", "التخزين", "12"), 200_pt);
  EXPECT_NEAR(last_words(*arabic, 0, "12").right.points(), 200, kUnit);
  const auto english = set(entry("ar", "Storage", "12"), 200_pt);
  EXPECT_NEAR(last_words(*english, 0, "12").left.points(), 0, kUnit);
}

TEST(Leaders, DotsAreDecorationOnOneGrid) {
  std::set<std::int64_t> places;
  for (const std::string_view words : {"Storage", "Side effects", "If you forget a tablet", "W"}) {
    for (const std::string_view number : {"3", "12", "111"}) {
      const auto made = set(entry("en", words, number), 200_pt);
      const display::GlyphRun& run = dots(*made, 0);
      ASSERT_GE(run.glyphs.size(), 5U);
      for (const display::PlacedGlyph& glyph : run.glyphs) {
        EXPECT_EQ(glyph.glyph, shipped_fonts().nominal_glyph(run.face, U'.'));
        places.insert(((200_pt - run.origin.x - glyph.offset.x).units()) % (6_pt).units());
      }
      // The dots keep off the words and the number.
      EXPECT_GT(reach(run).left, last_words(*made, 0, words).right);
      EXPECT_LT(reach(run).right, last_words(*made, 0, number).left);
      for (const display::Command& command : made->commands) {
        const auto* glyphs = std::get_if<display::GlyphRun>(&command.what);
        EXPECT_EQ(command.element.has_value(), glyphs != nullptr && !glyphs->text.empty());
      }
    }
  }
  EXPECT_EQ(places.size(), 1U);
}

TEST(Leaders, DotsGridIsCountedFromTheLeftInRightToLeftText) {
  std::set<std::int64_t> places;
  for (const std::string_view number : {"3", "12", "111"}) {
    const auto made = set(entry("he", "אחסון", number), LineWidths{{}, {5_pt, 200_pt}});
    const display::GlyphRun& run = dots(*made, 0);
    for (const display::PlacedGlyph& glyph : run.glyphs) places.insert((run.origin.x + glyph.offset.x - 5_pt).units() % (6_pt).units());
    EXPECT_GT(reach(run).left, last_words(*made, 0, number).right);
  }
  EXPECT_EQ(places.size(), 1U);
}

TEST(Leaders, PartWordsForReadersByOneSpace) {
  EXPECT_THAT(line_texts(*set(entry("en", "Storage", "12"), 200_pt)), ElementsAre("Storage 12"));
  EXPECT_THAT(line_texts(*set(entry("en", "Storage ", "12"), 200_pt)), ElementsAre("Storage 12"));
  EXPECT_THAT(line_texts(*set(entry("en", "Storage", " 12"), 200_pt)), ElementsAre("Storage 12"));
  EXPECT_THAT(line_texts(*set(entry("en", "Storage", "\u206812\u2069"), 200_pt)), ElementsAre("Storage 12"));
  EXPECT_THAT(line_texts(*set(entry("en", "Name:", ""), 200_pt)), ElementsAre("Name:"));
  EXPECT_THAT(line_texts(*set(entry("en", "", "12"), 200_pt)), ElementsAre("12"));
  EXPECT_THAT(line_texts(*set(entry("ar", "التخزين", "12"), 200_pt)), ElementsAre("التخزين 12"));
}

TEST(Leaders, RulesStandOnTheBaselineAndSpaceIsEmpty) {
  const auto ruled = set(entry("en", "Name:", "", Pattern::Rule), 200_pt);
  const auto rules = commands<display::StrokedLine>(*ruled, 0);
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0]->from.y, ruled->lines[0].baseline);
  EXPECT_NEAR(rules[0]->from.x.points(), line_reach(*ruled, 0).right.points(), kUnit);
  EXPECT_EQ(rules[0]->to.x, 200_pt);
  const auto empty = set(entry("en", "Name", "Dose", Pattern::Space), 200_pt);
  EXPECT_EQ(empty->commands.size(), 1U);
  EXPECT_NEAR(last_words(*empty, 0, "Dose").right.points(), 200, kUnit);
}

TEST(Leaders, ShareALineAlike) {
  Draft draft("en");
  draft.add("a");
  draft.add_leader(Pattern::Rule);
  draft.add("b");
  draft.add_leader(Pattern::Rule);
  draft.add("c");
  const auto made = set(draft, 200_pt);
  const auto rules = commands<display::StrokedLine>(*made, 0);
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_NEAR((rules[0]->to.x - rules[0]->from.x).points(), (rules[1]->to.x - rules[1]->from.x).points(), 0.001);
  EXPECT_NEAR(last_words(*made, 0, "c").right.points(), 200, kUnit);
  EXPECT_THAT(line_texts(*made), ElementsAre("a b c"));
}

TEST(Leaders, StandOnTheLastLineOfLongWordsWithALeastWidth) {
  const std::string_view title = "What to do when you have taken more tablets than you should";
  for (Length width = 90_pt; width < 360_pt; width += 7_pt) {
    const auto made = set(entry("en", title, "112"), width);
    const std::size_t last = made->lines.size() - 1;
    EXPECT_THAT(line_texts(*made).back(), testing::EndsWith("should 112")) << to_text(width);
    EXPECT_NEAR(last_words(*made, last, "112").right.points(), width.points(), kUnit);
    EXPECT_GE(last_words(*made, last, "112").left - last_words(*made, last, "should").right, 12_pt);
    for (std::size_t line = 0; line < last; ++line) EXPECT_LE(line_reach(*made, line).right, width);
    EXPECT_TRUE(made.diags.all().empty());
  }
}

TEST(Leaders, AFirstLineTakesWhatItCanHold) {
  const auto made = set(entry("en", "What to do when you have taken more tablets", "112"), 200_pt);
  EXPECT_THAT(line_texts(*made), ElementsAre("What to do when you have taken ", "more tablets 112"));
}

TEST(Leaders, LongWordsBehindThemGoOnOnTheNextLine) {
  const auto made = set(entry("en", "Opening hours ", "Monday to Friday from nine to five", Pattern::Space), 200_pt);
  ASSERT_EQ(made->lines.size(), 2U);
  EXPECT_NEAR(line_reach(*made, 0).right.points(), 200, kUnit);
  EXPECT_THAT(line_texts(*made)[0], testing::StartsWith("Opening hours Monday"));
  EXPECT_NEAR(line_reach(*made, 1).left.points(), 0, kUnit);
}

TEST(Leaders, BeginALineWhereNothingElseHelps) {
  const auto made = set(entry("en", "Hydrocortisone", "Prednisolone"), 100_pt);
  EXPECT_THAT(line_texts(*made), ElementsAre("Hydrocortisone", " Prednisolone"));
  EXPECT_NEAR(line_reach(*made, 1).right.points(), 100, kUnit);
  EXPECT_TRUE(made.diags.all().empty());
}

TEST(Leaders, JustifiedLinesWithThemKeepTheirWordSpaces) {
  Draft draft = entry("en", "Take one tablet ", "twice a day and never more than eight tablets in a whole day");
  draft.paragraph.lines.align = styled::Align::Justify;
  const auto made = set(draft, 300_pt);
  ASSERT_GE(made->lines.size(), 2U);
  Draft ragged = draft;
  ragged.paragraph.lines.align = styled::Align::Left;
  const auto natural = set(ragged, 300_pt);
  EXPECT_NEAR(last_words(*made, 0, "twice").left.points() - 300, last_words(*natural, 0, "twice").left.points() - 300, 0.5);
}

TEST(Leaders, CountTheirLeastInContentWidths) {
  unicode::Breaker breaker;
  const Resources resources{shipped_fonts(), breaker, shipped_patterns()};
  Draft with("en"), without("en");
  with.add("Dose");
  with.add_leader(Pattern::Dots, 40_pt);
  with.add("12");
  without.add("Dose");
  without.add("12");
  const ContentWidths wide = content_widths(with.paragraph, resources), plain = content_widths(without.paragraph, resources);
  EXPECT_NEAR((wide.maximum - plain.maximum).points(), 40, kUnit);
  EXPECT_NEAR((wide.minimum - plain.minimum).points(), 40, kUnit);
}

TEST(Leaders, AreDumped) {
  Draft draft = entry("en", "Storage", "12");
  draft.add_leader(Pattern::Rule, 30_pt);
  draft.paragraph.initial = styled::Initial{2, 3_pt};
  styled::StyledDocument document;
  auto block = std::make_shared<styled::Block>();
  block->content = styled::ParagraphBlock{std::make_shared<const styled::Paragraph>(draft.paragraph)};
  document.body = block;
  EXPECT_THAT(styled::dump(document), testing::HasSubstr("leading=16 hyphenate=no leader=dots@7 leader=rule@12,30 initial=2,3\n"));
}

TEST(Leaders, StandBehindPageFields) {
  Draft draft("en", "Page ");
  draft.add_field(styled::PageFieldKind::Page);
  draft.add_leader();
  draft.add_field(styled::PageFieldKind::Pages);
  const PageFieldValues fields{1007, 2000, {}};
  const auto made = set(draft, 200_pt, &fields);
  EXPECT_THAT(line_texts(*made), ElementsAre("Page 1007 2000"));
  EXPECT_NEAR(last_words(*made, 0, "2000").right.points(), 200, kUnit);
}

}  // namespace
}  // namespace handout::typeset
