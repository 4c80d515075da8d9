// Lines as they are placed: their texts, positions, and what steers them.
#include "typeset/typeset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "typeset/draft.h"
#include "typeset/samples.h"
#include "unicode/formats.h"
#include "unicode/text.h"

namespace handout::typeset {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

Length advance_sum(const display::Fragment& fragment, std::size_t line) {
  Length left, right;
  for (const auto* run : glyph_runs(fragment, line)) {
    for (const display::PlacedGlyph& glyph : run->glyphs) {
      const Length x = run->origin.x + glyph.offset.x;
      left = std::min(left, x);
      right = std::max(right, x + fonts::scale(shipped_fonts().advance(run->face, glyph.glyph), shipped_fonts().info(run->face).metrics, run->size));
    }
  }
  return right - left;
}

std::string without_controls(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    if (!unicode::is_bidi_control(c.value) && c.value != 0x2028 && c.value != 0xAD) out += text.substr(at, c.end - at);
    at = c.end;
  }
  return out;
}

// ---- texts ----

TEST(Lines, BreakLatinAtSpaces) {
  const auto set_text = set(Draft("en", kSamples[0].text), 180_pt);
  EXPECT_THAT(line_texts(*set_text), ElementsAre("Take one tablet twice a day ", "with a glass of water. Do not ", "take more than 8 tablets in 24 ", "hours: AVATAR office, To Yo."));
}

TEST(Lines, KeepVietnameseMarksAndWordsWhole) {
  const auto set_text = set(Draft("vi", "Uống một viên hai lần mỗi ngày với một cốc nước."), 180_pt);
  EXPECT_THAT(line_texts(*set_text), ElementsAre("Uống một viên hai lần mỗi ngày ", "với một cốc nước."));
}

TEST(Lines, BreakChineseBetweenCharactersButNotBeforeStops) {
  const auto set_text = set(Draft("zh-Hans", "每天两次，每次一片，用一杯水送服。24小时内不要超过8片。"), 180_pt);
  EXPECT_THAT(line_texts(*set_text), ElementsAre("每天两次，每次一片，用一杯水送", "服。24小时内不要超过8片。"));
  // The stop may not begin a line; and one character with it would stand alone.
  const auto narrow_lines = set(Draft("zh-Hans", "每天两次每天两次。"), 97_pt);
  EXPECT_THAT(line_texts(*narrow_lines), ElementsAre("每天两次每天", "两次。"));
}

TEST(Lines, BreakThaiBetweenWords) {
  const auto set_text = set(Draft("th", "รับประทานครั้งละหนึ่งเม็ดวันละสองครั้งพร้อมน้ำหนึ่งแก้ว"), 180_pt);
  EXPECT_THAT(line_texts(*set_text), ElementsAre("รับประทานครั้งละหนึ่งเม็ดวันละสอง", "ครั้งพร้อมน้ำหนึ่งแก้ว"));
}

TEST(Lines, BreakHindiAtSpaces) {
  const auto set_text = set(Draft("hi", "दिन में दो बार एक गिलास पानी के साथ एक गोली लें।"), 180_pt);
  EXPECT_THAT(line_texts(*set_text), ElementsAre("दिन में दो बार एक गिलास पानी के साथ ", "एक गोली लें।"));
}

TEST(Lines, KeepArabicTextInLogicalOrderWithLatinAndDigitsInside) {
  const auto set_text = set(Draft("ar", "مع كوب من الماء Paracetamol 500 mg ولا تتجاوز 8 أقراص"), 400_pt);
  ASSERT_THAT(set_text->lines, SizeIs(1));
  EXPECT_EQ(joined(run_texts(*set_text, 0)), "مع كوب من الماء Paracetamol 500 mg ولا تتجاوز 8 أقراص");
  const auto runs = glyph_runs(*set_text, 0);
  const auto latin = std::find_if(runs.begin(), runs.end(), [](const auto* run) { return run->text == "Paracetamol 500 mg"; });
  ASSERT_NE(latin, runs.end());
  EXPECT_GT(runs.front()->origin.x, (*latin)->origin.x) << "what is read first stands to the right";
  EXPECT_LT((*latin)->glyphs.front().offset.x, (*latin)->glyphs.back().offset.x) << "Latin runs left to right";
}

std::string without_hyphens(std::string text) {
  for (std::size_t at = 0; (at = text.find("\u00AD", at)) != std::string::npos;) text.erase(at, 2);
  return text;
}

// The text that readers extract: glyph by glyph, run by run, line by line it is the paragraph's.
TEST(Lines, GlyphTextsAreTheParagraphsTextInEveryScript) {
  for (const Sample& sample : kSamples) {
    for (const Length width : {30_pt, 75_pt, 180_pt}) {
      const auto set_text = set(Draft(sample.language, sample.text), width);
      EXPECT_EQ(without_hyphens(joined(line_texts(*set_text))), without_controls(sample.text)) << sample.language;
      for (std::size_t line = 0; line < set_text->lines.size(); ++line) {
        for (const auto* run : glyph_runs(*set_text, line)) {
          std::uint32_t reached = 0;
          for (const display::PlacedGlyph& glyph : run->glyphs) {
            ASSERT_EQ(glyph.text_begin, reached) << sample.language << ": " << run->text;
            ASSERT_LE(glyph.text_begin, glyph.text_end);
            reached = glyph.text_end;
          }
          EXPECT_EQ(reached, run->text.size()) << sample.language;
        }
      }
    }
  }
}

TEST(Lines, FitTheirWidthInEveryScript) {
  for (const Sample& sample : kSamples) {
    for (const Length width : {90_pt, 130_pt, 180_pt}) {
      const auto set_text = set(Draft(sample.language, sample.text), width);
      EXPECT_LE(set_text->size.width, width + 0.5_pt) << sample.language;
    }
  }
}

// ---- right to left ----

TEST(RightToLeft, OffsetsFallFromTheRightEdge) {
  const auto set_text = set(Draft("he", "כדור"), 100_pt);
  const auto runs = glyph_runs(*set_text, 0);
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_EQ(runs[0]->origin.x, 100_pt);
  ASSERT_THAT(runs[0]->glyphs, SizeIs(4));
  const std::string text = "כדור";
  const fonts::ShapeInput alone{text, 0, text.size(), "Hebr", "he", unicode::Direction::RightToLeft, {}};
  const auto shaped = shipped_fonts().shape(runs[0]->face, alone);
  ASSERT_EQ(shaped.size(), runs[0]->glyphs.size());
  Length pen;
  for (std::size_t g = 0; g < shaped.size(); ++g) {
    const fonts::FaceMetrics& metrics = shipped_fonts().info(runs[0]->face).metrics;
    pen -= fonts::scale(shaped[g].advance, metrics, 12_pt);
    EXPECT_EQ(runs[0]->glyphs[g].offset.x, pen + fonts::scale(shaped[g].x_offset, metrics, 12_pt));
  }
  EXPECT_EQ(-pen, set_text->size.width);
}

TEST(RightToLeft, TrailingSpacesHangToTheLeft) {
  const auto set_text = set(Draft("he", "כדור אחד"), 30_pt);
  ASSERT_THAT(line_texts(*set_text), ElementsAre("כדור ", "אחד"));
  const auto* run = glyph_runs(*set_text, 0).front();
  EXPECT_EQ(run->origin.x, 30_pt) << "the first letter stands at the right edge";
  Draft left("he", "כדור אחד");
  left.paragraph.lines.align = styled::Align::Left;
  const auto set_left = set(left, 30_pt);
  const auto* left_run = glyph_runs(*set_left, 0).front();
  EXPECT_LT(left_run->origin.x + left_run->glyphs.back().offset.x, 0_pt) << "the space hangs over";
  EXPECT_EQ(left_run->origin.x + left_run->glyphs[3].offset.x, 0_pt) << "the last letter stands at the left edge";
}

// UAX #9 L1: the space after Latin words at an Arabic line's end goes to the line's left end.
TEST(RightToLeft, SpaceAfterLatinAtALinesEndTakesTheParagraphsLevel) {
  const auto set_text = set(Draft("ar", "كوب Aspirin Plus كوب"), 80_pt);
  const auto runs = glyph_runs(*set_text, 0);
  ASSERT_EQ(line_texts(*set_text)[0].back(), ' ');
  Length least = 1000_pt;
  for (const auto* run : runs) {
    for (const auto& glyph : run->glyphs) least = std::min(least, run->origin.x + glyph.offset.x);
  }
  const auto* last = runs.back();
  EXPECT_EQ(last->origin.x + last->glyphs.back().offset.x, least);
}

TEST(Isolates, KeepTheirPlacesSideBySide) {
  const auto set_text = set(Draft("en", "a \u2068שלום\u2069\u2068עולם\u2069 b"), 300_pt);
  EXPECT_EQ(line_texts(*set_text)[0], "a שלוםעולם b");
  const auto runs = glyph_runs(*set_text, 0);
  ASSERT_GT(runs.size(), 3U);
  EXPECT_EQ(runs[1]->text, "שלום");
  EXPECT_EQ(runs[2]->text, "עולם");
  EXPECT_LT(runs[1]->origin.x, runs[2]->origin.x);
}

TEST(Isolates, AFieldInArabicStandsWhereItIsRead) {
  Draft draft("ar", "صفحة ");
  draft.add_field(styled::PageFieldKind::Page);
  draft.add(" من ");
  draft.add_field(styled::PageFieldKind::Pages);
  const PageFieldValues fields{3, 25, {}};
  const auto set_text = set(draft, 200_pt, &fields);
  const auto number = [&](std::int64_t n) { return unicode::format_ordinal_number(n, draft.paragraph.language); };
  EXPECT_EQ(line_texts(*set_text)[0], "صفحة " + number(3) + " من " + number(25));
  EXPECT_GT(glyph_runs(*set_text, 0).front()->origin.x, glyph_runs(*set_text, 0).back()->origin.x);
}

TEST(RightToLeft, PiecesOfOneStyleJoinOverHiddenCharacters) {
  const auto set_text = set(Draft("he", "כדור\u200Fאחד"), 200_pt);
  EXPECT_THAT(run_texts(*set_text, 0), ElementsAre("כדוראחד"));
}

// ---- edges ----

TEST(Edges, EmptyTextHasOneEmptyLine) {
  const auto set_text = set(Draft("en"), 100_pt);
  ASSERT_THAT(set_text->lines, SizeIs(1));
  EXPECT_EQ(set_text->lines[0].height, 16_pt);
  EXPECT_EQ(set_text->lines[0].command_count, 0U);
  EXPECT_EQ(set_text->size, (Size{0_pt, 16_pt}));
}

TEST(Edges, OnlySpacesTakeNoWidth) {
  const auto set_text = set(Draft("en", "     "), 1_pt);
  ASSERT_THAT(set_text->lines, SizeIs(1));
  EXPECT_EQ(set_text->size.width, 0_pt);
  EXPECT_TRUE(set_text.diags.all().empty());
}

TEST(Edges, ForcedBreaksEndLinesAndAreNotWritten) {
  const auto set_text = set(Draft("en", "one\u2028\u2028two three"), 300_pt);
  EXPECT_THAT(line_texts(*set_text), ElementsAre("one", "", "two three"));
  EXPECT_EQ(set_text->lines[2].top, 32_pt);
}

TEST(Edges, AWordWiderThanItsLineIsBrokenWithOneWarning) {
  const auto set_text = set(Draft("en", "an Hydrochlorothiazide tablet"), 40_pt);
  EXPECT_EQ(joined(line_texts(*set_text)), "an Hy\u00ADdrochloroth\u00ADiazide tablet") << "hyphens where there are some, and a break between letters beside them";
  EXPECT_LE(set_text->size.width, 40.5_pt);
  ASSERT_THAT(set_text.diags.all(), SizeIs(1));
  EXPECT_EQ(to_text(set_text.diags), "a.xml:3:5: warning: word is wider than its line (40.3 mm in 14.1 mm) and was broken\n  hint: widen the region or allow hyphens\n");
}

TEST(Edges, AWordThatFitsIsNotBrokenThoughAnotherLineIsNarrow) {
  const auto set_text = set(Draft("en", "an Hydrochlorothiazide tablet"), LineWidths{{20_pt}, 130_pt});
  EXPECT_THAT(line_texts(*set_text), ElementsAre("an ", "Hydrochlorothiazide ", "tablet"));
  EXPECT_TRUE(set_text.diags.all().empty());
}

TEST(Edges, BreaksWideWordsAtGraphemesInEveryScript) {
  for (const Sample& sample : kSamples) {
    const auto set_text = set(Draft(sample.language, sample.text), 8_pt);
    EXPECT_EQ(without_hyphens(joined(line_texts(*set_text))), without_controls(sample.text)) << sample.language;
    EXPECT_FALSE(set_text.diags.has_errors());
  }
}

TEST(Edges, LinesOfNoWidthAreAFault) {
  for (const Length width : {0_pt, -5_pt}) {
    const auto set_text = set(Draft("en", "one two"), width);
    EXPECT_THAT(line_texts(*set_text), ElementsAre("one two"));
    ASSERT_THAT(set_text.diags.all(), SizeIs(1));
    EXPECT_THAT(to_text(set_text.diags), testing::HasSubstr("too narrow for any text\n  hint: widen the region"));
    EXPECT_TRUE(set_text.diags.has_errors());
  }
  EXPECT_FALSE(set(Draft("en"), 0_pt).diags.has_errors()) << "nothing has room anywhere";
}

TEST(Edges, ALineNarrowerThanALetterStillMovesOn) {
  const auto set_text = set(Draft("en", "abc d"), 1_pt);
  EXPECT_THAT(line_texts(*set_text), ElementsAre("a", "b", "c ", "d"));
}

TEST(Edges, SoftHyphensShowOnlyWhereALineBreaks) {
  const auto whole = set(Draft("en", "para\u00ADcetamol"), 200_pt);
  EXPECT_THAT(line_texts(*whole), ElementsAre("paracetamol"));
  const auto broken = set(Draft("en", "para\u00ADcetamol"), 60_pt);
  EXPECT_THAT(line_texts(*broken), ElementsAre("para\u00AD", "cetamol"));
  const auto* run = glyph_runs(*broken, 0).front();
  ASSERT_THAT(run->glyphs, SizeIs(5));
  EXPECT_EQ(run->glyphs.back().glyph, shipped_fonts().nominal_glyph(run->face, U'\u2010'));
}

TEST(Edges, AHyphenStaysWithItsWordInAParagraphOfTheOtherDirection) {
  const auto set_text = set(Draft("he", "para\u00ADcetamol"), 60_pt);
  ASSERT_THAT(line_texts(*set_text), ElementsAre("para\u00AD", "cetamol"));
  ASSERT_THAT(glyph_runs(*set_text, 0), SizeIs(1));
  const auto& glyphs = glyph_runs(*set_text, 0)[0]->glyphs;
  EXPECT_GT(glyphs.back().offset.x, glyphs[3].offset.x);
}

TEST(Edges, UncoveredCharactersAreToldOnceEach) {
  const auto set_text = set(Draft("en", "a\U000E1234b\U000E1234 \uE000"), 200_pt);
  ASSERT_THAT(set_text.diags.all(), SizeIs(2));
  EXPECT_THAT(set_text.diags.all()[0].message, testing::StartsWith("no font has U+E1234"));
  EXPECT_THAT(set_text.diags.all()[1].message, testing::StartsWith("no font has U+E000"));
  EXPECT_THAT(set_text.diags.all()[1].hint, testing::HasSubstr("fonts tried: Noto Sans"));
  EXPECT_EQ(set_text.diags.all()[0].at.line, 3U);
}

TEST(Edges, OfAFieldNoCharacterIsTold) {
  Draft draft("en", "Name: ");
  styled::TextRun& value = draft.add("\uE000");
  value.source = display::TextSource::Field;
  value.field = "patient.name";
  const auto set_text = set(draft, 200_pt);
  ASSERT_THAT(set_text.diags.all(), SizeIs(1));
  EXPECT_EQ(set_text.diags.all()[0].message, "a character that no font has (field 'patient.name')");
}

// ---- alignment ----

TEST(Alignment, PlacesContentWithinTheLinesWidth) {
  Draft draft("en", "one ");
  const auto origin = [&](styled::Align align) {
    draft.paragraph.lines.align = align;
    const auto set_text = set(draft, 100_pt);
    return glyph_runs(*set_text, 0).front()->origin.x;
  };
  const Length content = set(draft, 100_pt)->size.width;
  EXPECT_EQ(origin(styled::Align::Left), 0_pt);
  EXPECT_EQ(origin(styled::Align::Right), 100_pt - content);
  EXPECT_EQ(origin(styled::Align::Center), (100_pt - content) / 2);
  EXPECT_EQ(origin(styled::Align::Justify), 0_pt);
}

TEST(Alignment, JustifiedLinesFillTheirWidthButTheLast) {
  for (const std::string_view language : {"en", "he", "ar"}) {
    const auto* sample = std::find_if(kSamples.begin(), kSamples.end(), [&](const Sample& s) { return s.language == language; });
    Draft draft(language, sample->text);
    draft.paragraph.lines.align = styled::Align::Justify;
    const auto set_text = set(draft, 180_pt);
    ASSERT_GT(set_text->lines.size(), 2U);
    EXPECT_EQ(set_text->size.width, 180_pt) << language;
    const std::size_t last = set_text->lines.size() - 1;
    const Draft ragged(language, line_texts(*set_text)[last]);
    const auto alone = set(ragged, 180_pt);
    EXPECT_EQ(glyph_runs(*set_text, last).front()->origin.x, glyph_runs(*alone, 0).front()->origin.x) << language;
    EXPECT_EQ(advance_sum(*set_text, last), advance_sum(*alone, 0)) << language;
  }
}

TEST(Alignment, BalancedHeadingsAreEven) {
  Draft draft("en", "How to take your new blood pressure tablets");
  draft.paragraph.lines.wrap = styled::Wrap::Balance;
  const auto set_text = set(draft, 220_pt);
  EXPECT_THAT(line_texts(*set_text), ElementsAre("How to take your new ", "blood pressure tablets"));
}

}  // namespace
}  // namespace handout::typeset
