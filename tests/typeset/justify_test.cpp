// Justified lines: what is opened, in which order and within which bounds; what stands outside the edges.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "typeset/draft.h"
#include "typeset/samples.h"

namespace handout::typeset {
namespace {

using testing::SizeIs;

constexpr std::string_view kWords = "Take one tablet in the morning and one in the evening with a glass of water after your meal, every day of the week.";

Draft justified(std::string_view language, std::string_view text) {
  Draft draft(language, text);
  draft.paragraph.lines.align = styled::Align::Justify;
  draft.paragraph.lines.bounds = {{0.8, 1.5}, {0, 0}, {1, 1}};
  return draft;
}

struct Placed {
  std::string text;
  fonts::GlyphId glyph = 0;
  Length left, advance;  // as the face has it, scaled with the line
  [[nodiscard]] Length right() const { return left + advance; }
};

// A line's glyphs from left to right.
std::vector<Placed> placed(const display::Fragment& fragment, std::size_t line) {
  std::vector<Placed> all;
  for (const display::GlyphRun* run : glyph_runs(fragment, line)) {
    const fonts::FaceMetrics& metrics = shipped_fonts().info(run->face).metrics;
    for (const display::PlacedGlyph& glyph : run->glyphs) {
      const Length advance = fonts::scale(shipped_fonts().advance(run->face, glyph.glyph), metrics, run->size).scaled(run->horizontal_scale, 1000);
      all.push_back({run->text.substr(glyph.text_begin, glyph.text_end - glyph.text_begin), glyph.glyph, run->origin.x + glyph.offset.x, advance});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Placed& a, const Placed& b) { return a.left < b.left; });
  return all;
}

// How much wider than the face has them the line's inner spaces are; the least and the greatest.
std::pair<double, double> space_stretch(const display::Fragment& fragment, std::size_t line) {
  const auto glyphs = placed(fragment, line);
  std::pair<double, double> found{1e9, 0};
  for (std::size_t i = 0; i + 1 < glyphs.size(); ++i) {
    if (glyphs[i].text != " " || glyphs[i + 1].text == " ") continue;
    const double stretch = (glyphs[i + 1].left - glyphs[i].left).points() / glyphs[i].advance.points();
    found = {std::min(found.first, stretch), std::max(found.second, stretch)};
  }
  return found;
}

TEST(Justify, SpacesOfALineAreAlikeAndWithinTheirBounds) {
  const Draft draft = justified("en", kWords);
  const auto set_text = set(draft, 260_pt);
  ASSERT_GT(set_text->lines.size(), 2U);
  for (std::size_t line = 0; line + 1 < set_text->lines.size(); ++line) {
    const auto [least, most] = space_stretch(*set_text, line);
    EXPECT_NEAR(least, most, 0.002) << line;  // kerning with spaces apart
    EXPECT_GE(least, 0.79) << line;
    EXPECT_LE(most, 1.5) << line;
  }
}

TEST(Justify, LinesMayBeShrunk) {
  bool shrunk = false;
  for (int width = 200; width < 300; width += 5) {
    const auto set_text = set(justified("en", kWords), width * 1_pt);
    EXPECT_LE(set_text->size.width, width * 1_pt);
    for (std::size_t line = 0; line + 1 < set_text->lines.size(); ++line) shrunk = shrunk || space_stretch(*set_text, line).first < 0.99;
  }
  EXPECT_TRUE(shrunk);
  Draft never = justified("en", kWords);
  never.paragraph.lines.bounds.word_space.least = 1;
  for (int width = 200; width < 300; width += 5) {
    const auto set_text = set(never, width * 1_pt);
    for (std::size_t line = 0; line + 1 < set_text->lines.size(); ++line) EXPECT_GE(space_stretch(*set_text, line).first, 0.999) << width;
  }
}

// Two words on a line far too wide: spaces to their bound, then letters and glyphs to theirs, the rest to the space again.
TEST(Justify, OpensLettersAndGlyphsAfterSpaces) {
  Draft draft = justified("en", "evening meals extraordinary");
  const Length width = 100_pt;
  const auto plain = set(draft, width);
  ASSERT_EQ(line_texts(*plain)[0], "evening meals ");
  const auto gap = [](const display::Fragment& fragment) {
    const auto glyphs = placed(fragment, 0);
    return glyphs[1].left - glyphs[0].right();
  };
  EXPECT_EQ(glyph_runs(*plain, 0).front()->horizontal_scale, 1000);
  draft.paragraph.lines.bounds.letter_space = {0, 0.02};
  const auto spaced = set(draft, width);
  EXPECT_NEAR((gap(*spaced) - gap(*plain)).points(), 0.24, 0.01);
  EXPECT_LT(space_stretch(*spaced, 0).second, space_stretch(*plain, 0).second);
  draft.paragraph.lines.bounds.glyph_scale = {0.98, 1.03};
  const auto scaled = set(draft, width);
  EXPECT_EQ(glyph_runs(*scaled, 0).front()->horizontal_scale, 1030);
  EXPECT_EQ(set(draft, width)->size.width, width);
  EXPECT_LT(space_stretch(*scaled, 0).second, space_stretch(*spaced, 0).second);
  EXPECT_EQ(glyph_runs(*scaled, 1).front()->horizontal_scale, 1000) << "the last line is as it is";
}

TEST(Justify, AWordAloneIsNotTornApart) {
  const auto set_text = set(justified("en", "paracetamol paracetamol"), 130_pt);
  const auto glyphs = placed(*set_text, 0);
  EXPECT_EQ(glyphs.front().left, 0_pt);
  EXPECT_LT(glyphs.back().right(), 80_pt);
}

TEST(Justify, ChineseOpensBetweenCharacters) {
  const auto set_text = set(justified("zh-Hans", "每天早晚各服一片药并在饭后用一杯温水送下如果感到不适请立即与医生联系"), 100_pt);
  ASSERT_GT(set_text->lines.size(), 2U);
  const auto glyphs = placed(*set_text, 0);
  ASSERT_THAT(glyphs, SizeIs(8));
  EXPECT_EQ(glyphs.back().right(), 100_pt);
  for (std::size_t i = 1; i < glyphs.size(); ++i) EXPECT_NEAR((glyphs[i].left - glyphs[i - 1].right()).points(), 4.0 / 7, 0.01);
}

TEST(Justify, ThaiOpensBetweenWordsOnly) {
  const std::string_view text = "รับประทานยาครั้งละหนึ่งเม็ดวันละสองครั้งหลังอาหารเช้าและเย็นพร้อมน้ำหนึ่งแก้ว";
  const auto set_text = set(justified("th", text), 150_pt);
  ASSERT_GT(set_text->lines.size(), 1U);
  const auto glyphs = placed(*set_text, 0);
  std::size_t opened = 0;
  for (std::size_t i = 1; i < glyphs.size(); ++i) opened += glyphs[i - 1].advance > 0_pt && glyphs[i].left - glyphs[i - 1].right() > Length::from_units(100) ? 1U : 0U;
  EXPECT_GT(opened, 1U);
  EXPECT_LT(opened, 9U) << "between words, not between letters";
  EXPECT_NEAR(set_text->size.width.points(), 150, 0.01);
}

TEST(Justify, KashidasFillArabicLinesWhereTheyAreAskedFor) {
  const auto* sample = std::find_if(kSamples.begin(), kSamples.end(), [](const Sample& s) { return s.language == "ar"; });
  Draft draft = justified("ar", sample->text);
  draft.paragraph.lines.justify = styled::TextJustify::InterWord;
  const auto tatweel = [](const display::Fragment& fragment, std::size_t line) {
    std::size_t count = 0;
    for (const display::GlyphRun* run : glyph_runs(fragment, line)) {
      for (const display::PlacedGlyph& glyph : run->glyphs) count += glyph.glyph == shipped_fonts().nominal_glyph(run->face, 0x640) ? 1U : 0U;
    }
    return count;
  };
  const auto by_words = set(draft, 170_pt);
  draft.paragraph.lines.justify = styled::TextJustify::Kashida;
  const auto by_kashidas = set(draft, 170_pt);
  EXPECT_EQ(joined(line_texts(*by_words)), joined(line_texts(*by_kashidas))) << "what is drawn out stands for no text";
  std::size_t drawn = 0, plain = 0;
  for (std::size_t line = 0; line + 1 < by_kashidas->lines.size(); ++line) drawn += tatweel(*by_kashidas, line);
  for (std::size_t line = 0; line < by_words->lines.size(); ++line) plain += tatweel(*by_words, line);
  EXPECT_GT(drawn, 3U);
  EXPECT_EQ(plain, 0U);
  EXPECT_EQ(tatweel(*by_kashidas, by_kashidas->lines.size() - 1), 0U);
  EXPECT_EQ(by_kashidas->size.width, 170_pt);
  // Nastaliq's joints slant: it has none.
  const auto* urdu = std::find_if(kSamples.begin(), kSamples.end(), [](const Sample& s) { return s.language == "ur"; });
  Draft slanted = justified("ur", urdu->text);
  slanted.paragraph.lines.justify = styled::TextJustify::Kashida;
  const auto set_urdu = set(slanted, 170_pt);
  for (std::size_t line = 0; line < set_urdu->lines.size(); ++line) EXPECT_EQ(tatweel(*set_urdu, line), 0U);
}

// ---- edges ----

TEST(Edges, PunctuationHangsWhereItIsAskedFor) {
  Draft draft("en", "“Quite so,” she said.");
  draft.paragraph.lines.hanging_punctuation = true;
  const auto set_text = set(draft, 500_pt);
  const auto glyphs = placed(*set_text, 0);
  EXPECT_EQ(glyphs.front().left, -glyphs.front().advance) << "the quotation mark stands in the margin";
  EXPECT_EQ(set_text->size.width, glyphs.back().left) << "so does the full stop";
  draft.paragraph.lines.align = styled::Align::Right;
  EXPECT_EQ(placed(*set(draft, 500_pt), 0).back().left, 500_pt);
  draft.paragraph.lines.hanging_punctuation = false;
  EXPECT_EQ(placed(*set(draft, 500_pt), 0).back().right(), 500_pt);
}

TEST(Edges, ArabicPunctuationHangsAtTheLeft) {
  Draft draft("ar", "خذ الدواء.");
  draft.paragraph.lines.hanging_punctuation = true;
  const auto glyphs = placed(*set(draft, 500_pt), 0);
  EXPECT_EQ(glyphs.back().right(), 500_pt);
  EXPECT_EQ(glyphs.front().text, ".");
  Draft plain("ar", "خذ الدواء.");
  EXPECT_EQ(placed(*set(plain, 500_pt), 0).front().left, glyphs.front().left);
  plain.paragraph.lines.align = draft.paragraph.lines.align = styled::Align::Left;
  EXPECT_EQ(placed(*set(draft, 500_pt), 0).front().right(), 0_pt);
}

TEST(Edges, MarginKerningMovesALittle) {
  Draft draft("en", "Take it daily.");
  draft.paragraph.lines.margin_kerning = true;
  const auto glyphs = placed(*set(draft, 500_pt), 0);
  EXPECT_NEAR(glyphs.front().left.points(), -glyphs.front().advance.scaled(50, 1000).points(), 0.1);  // kerning apart
  const Length width = set(draft, 500_pt)->size.width;
  EXPECT_EQ(width, glyphs.back().right() - glyphs.back().advance.scaled(700, 1000));
}

TEST(Edges, JustifiedLinesReachBothEdgesWithWhatHangs) {
  Draft draft = justified("en", kWords);
  draft.paragraph.lines.margin_kerning = true;
  const auto set_text = set(draft, 240_pt);
  EXPECT_EQ(set_text->size.width, 240_pt);
  bool beyond = false;
  for (std::size_t line = 0; line + 1 < set_text->lines.size(); ++line) {
    for (const Placed& glyph : placed(*set_text, line)) beyond = beyond || (glyph.text != " " && glyph.right() > 240_pt + Length::from_units(40));
  }
  EXPECT_TRUE(beyond);
}

// ---- full-width text ----

TEST(Ideographs, HaveRoomBesideLettersAndDigits) {
  Draft draft("zh-Hans", "每天2次，共MRI检查");
  const auto glyphs = placed(*set(draft, 500_pt), 0);
  const auto gap_behind = [&](std::string_view text) {
    for (std::size_t i = 0; i + 1 < glyphs.size(); ++i) {
      if (glyphs[i].text == text) return glyphs[i + 1].left - glyphs[i].right();
    }
    return -1_pt;
  };
  EXPECT_EQ(gap_behind("天"), 1.14_pt);
  EXPECT_EQ(gap_behind("2"), 1.14_pt);
  EXPECT_EQ(gap_behind("共"), 1.14_pt);
  EXPECT_EQ(gap_behind("I"), 1.14_pt);
  EXPECT_EQ(gap_behind("检"), 0_pt);
  draft.paragraph.lines.autospace = false;
  EXPECT_EQ(set(draft, 500_pt)->size.width + 4.56_pt, glyphs.back().right());
}

TEST(Ideographs, PunctuationGivesUpItsEmptyHalf) {
  const auto width = [](std::string_view language, std::string_view text) { return set(Draft(language, text), 500_pt)->size.width; };
  EXPECT_EQ(width("ja", "「薬」は「朝」と。"), 12_pt * 8) << "the first and the last give up the half at the edge";
  EXPECT_EQ(width("ja", "薬」「朝"), 42_pt);
  EXPECT_EQ(width("ja", "薬。」朝"), 42_pt);
  EXPECT_EQ(width("ja", "薬（「朝"), 42_pt);
  EXPECT_EQ(width("ja", "薬、朝"), 12_pt * 3);
  EXPECT_EQ(width("zh-Hant", "藥，」朝"), 12_pt * 4) << "centred stops have no empty half";
  Draft whole("ja", "薬」「朝");
  whole.paragraph.lines.trim_punctuation = false;
  EXPECT_EQ(set(whole, 500_pt)->size.width, 12_pt * 4);
}

TEST(Ideographs, LinesBeginAndEndAtTheInkOfBrackets) {
  const Draft draft("ja", "朝食後に「薬」を飲む。「水」も飲む");
  for (int width = 40; width < 120; width += 4) {
    const auto set_text = set(draft, width * 1_pt);
    for (std::size_t line = 0; line < set_text->lines.size(); ++line) {
      const auto glyphs = placed(*set_text, line);
      if (glyphs.front().text == "「") EXPECT_EQ(glyphs.front().left, -6_pt) << width;
    }
  }
}

// ---- emphasis ----

TEST(Emphasis, MarksStandBesideLettersAndStandForNoText) {
  Draft draft("ja");
  styled::TextStyle style = draft.body();
  style.emphasis = styled::EmphasisMark::Sesame;
  draft.add("必ず、水", draft.add_style(style));
  const auto set_text = set(draft, 500_pt);
  EXPECT_EQ(joined(line_texts(*set_text)), "必ず、水");
  const auto runs = glyph_runs(*set_text, 0);
  std::size_t marks = 0;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    marks += runs[i]->glyphs.size();
    EXPECT_EQ(runs[i]->size, 6_pt);
    EXPECT_LT(runs[i]->origin.y, runs[0]->origin.y - 9_pt);
  }
  EXPECT_EQ(marks, 3U) << "the comma has none";
  EXPECT_FALSE(set_text->commands[1].element.has_value()) << "decoration";
  draft.paragraph.lines.line_height = 13_pt;
  Draft plain("ja", "必ず、水");
  plain.paragraph.lines.line_height = 13_pt;
  EXPECT_GT(set(draft, 500_pt)->lines[0].height, set(plain, 500_pt)->lines[0].height);
  draft.paragraph.runs[0].language = *unicode::Locale::parse("zh-Hans");
  const auto chinese = set(draft, 500_pt);
  EXPECT_GT(glyph_runs(*chinese, 0).back()->origin.y, glyph_runs(*chinese, 0).front()->origin.y);
}

TEST(Emphasis, LeavesTallScriptsTheirHeight) {
  Draft plain("ur", "گھٹنے میں درد");
  Draft marked("ur");
  styled::TextStyle style = marked.body();
  style.emphasis = styled::EmphasisMark::Dot;
  marked.add("گھٹنے میں درد", marked.add_style(style));
  EXPECT_GT(set(marked, 500_pt)->lines[0].height, set(plain, 500_pt)->lines[0].height);
}

std::size_t marks_of(std::string_view language, std::string_view text) {
  Draft draft(language);
  styled::TextStyle style = draft.body();
  style.emphasis = styled::EmphasisMark::Dot;
  draft.add(text, draft.add_style(style));
  const auto set_text = set(draft, 500_pt);
  std::size_t marks = 0;
  for (const display::Command& command : set_text->commands) {
    const auto* run = std::get_if<display::GlyphRun>(&command.what);
    if (run != nullptr && !command.element) marks += run->glyphs.size();
  }
  return marks;
}

TEST(Emphasis, IsOneMarkForALetter) {
  EXPECT_EQ(marks_of("hi", "किताब"), 3U);
  EXPECT_EQ(marks_of("fa", "می\u200Cخواهم"), 7U) << "the joiner is no letter, and takes none from the letter behind it";
}

// ---- what stands between letters ----

TEST(Ignorables, TakeNoLettersSpacing) {
  const auto width = [](std::string_view text) {
    Draft draft("he", text);
    draft.paragraph.styles[0].letter_spacing = 6_pt;
    return set(draft, 500_pt)->size.width;
  };
  EXPECT_EQ(width("אב\u00ADגד"), width("אבגד"));
}

TEST(Ignorables, JoinersStayInTheText) { EXPECT_EQ(joined(line_texts(*set(Draft("fa", "می\u200Cخواهم"), 500_pt))), "می\u200Cخواهم"); }

TEST(Edges, TextNestedInAnotherDirectionDoesNotHang) {
  Draft draft("en", "firm \u2067شركة Foo, Bar, Baz, Foo, Bar, Baz, Foo, Bar, Baz\u2069 end");
  draft.paragraph.lines.hanging_punctuation = true;
  draft.paragraph.lines.align = styled::Align::Justify;
  for (int width = 60; width < 200; width += 5) {
    const auto set_text = set(draft, width * 1_pt);
    for (std::size_t line = 0; line < set_text->lines.size(); ++line) {
      for (const Placed& glyph : placed(*set_text, line)) {
        if (glyph.text != " " && glyph.text != "," && glyph.text != ".") EXPECT_LE(glyph.right(), width * 1_pt + 0.5_pt) << width << " " << glyph.text;
      }
    }
  }
}

TEST(Edges, AColumnHoldsWhatHangs) {
  Draft draft("en", "\"");
  draft.paragraph.lines.hanging_punctuation = true;
  unicode::Breaker breaker;
  EXPECT_GT(content_widths(draft.paragraph, {shipped_fonts(), breaker, shipped_patterns()}).maximum, 3_pt);
}

TEST(Justify, BlanksAreNotScaled) {
  Draft draft("en");
  draft.paragraph.lines.align = styled::Align::Justify;
  draft.add("to ");
  draft.add_blank(132_pt);
  draft.add(" or ");
  draft.add_blank(132_pt);
  draft.add(" and so on and on for as long as it takes");
  for (int width = 290; width < 330; ++width) {
    const auto set_text = set(draft, width * 1_pt);
    for (std::size_t line = 0; line + 1 < set_text->lines.size(); ++line) EXPECT_GE(space_stretch(*set_text, line).first, 0.69) << width << " " << line;
  }
}

TEST(Ideographs, ThousandsOfMarksAreLinear) {
  std::string text = "字a";
  for (int i = 0; i < 20'000; ++i) text += "\u0301";
  const auto outcome = set(Draft("ja", text), 500_pt);
  EXPECT_EQ(joined(line_texts(*outcome)), text);
}

// ---- grid, notes ----

TEST(Grid, LinesGrowByWholeSteps) {
  Draft draft("en", "one\u2028two\u2028three");
  styled::TextStyle big = draft.body();
  big.size = 18_pt;
  draft.add(" big\u2028", draft.add_style(big));
  draft.add("four");
  const Length natural = set(draft, 500_pt)->lines[2].height;
  ASSERT_GT(natural, 16_pt);
  draft.paragraph.lines.grid = 4_pt;
  const auto set_text = set(draft, 500_pt);
  EXPECT_EQ(set_text->lines[1].height, 16_pt);
  EXPECT_EQ(set_text->lines[2].height, natural <= 20_pt ? 20_pt : 24_pt);
  for (const auto& line : set_text->lines) EXPECT_EQ(line.top.units() % (4_pt).units(), 0);
}

TEST(Notes, AFaceThatIsMissingIsToldOnceAndNothingIsEmboldened) {
  Draft draft("en");
  styled::TextStyle bold = draft.body();
  bold.weight = 700;
  draft.add("𐤀𐤁 ", draft.add_style(bold));  // Phoenician has one face
  draft.add("and again 𐤂", 1);
  const auto outcome = set(draft, 500_pt);
  ASSERT_THAT(outcome.diags.all(), SizeIs(1));
  EXPECT_EQ(outcome.diags.all()[0].severity, Severity::Note);
  EXPECT_EQ(outcome.diags.all()[0].message, "font 'Noto Sans Phoenician' has no bold face: Phnx is set with weight 400");
  EXPECT_EQ(shipped_fonts().info(glyph_runs(*outcome, 0)[0]->face).postscript_name, "NotoSansPhoenician-Regular");
}

TEST(Notes, SignsAreNotToldOf) {
  Draft draft("en");
  styled::TextStyle bold = draft.body();
  bold.weight = 700;
  draft.add("a → b ✓", draft.add_style(bold));
  EXPECT_TRUE(set(draft, 500_pt).diags.all().empty());
}

TEST(Sizes, AreMatchedByXHeightWhereAnotherFontStandsIn) {
  Draft draft("en");
  styled::TextStyle style = draft.body();
  style.family = "Symbola";
  draft.add("fever ", draft.add_style(style));
  draft.add("Հայ", 1);  // Symbola has no Armenian
  const auto set_text = set(draft, 500_pt);
  const auto runs = glyph_runs(*set_text, 0);
  ASSERT_THAT(runs, SizeIs(2));
  const auto x_height = [](const display::GlyphRun& run) { return fonts::scale(shipped_fonts().info(run.face).metrics.x_height, shipped_fonts().info(run.face).metrics, run.size).points(); };
  EXPECT_NE(runs[1]->size, 12_pt);
  EXPECT_NEAR(x_height(*runs[0]), x_height(*runs[1]), 0.05);
}

}  // namespace
}  // namespace handout::typeset
