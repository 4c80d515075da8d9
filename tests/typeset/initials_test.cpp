// Drop initials: what they are, how high, and the lines beside them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "typeset/place.h"
#include "typeset/samples.h"

namespace handout::typeset {
namespace {

using testing::ElementsAre;

constexpr double kUnit = 0.05;  // points

Draft with_initial(std::string_view language, std::string_view text, int lines = 3) {
  Draft draft(language, text);
  draft.paragraph.initial = styled::Initial{lines, 4_pt};
  return draft;
}

std::string_view sample(std::string_view language) {
  return std::find_if(kSamples.begin(), kSamples.end(), [&](const Sample& s) { return s.language == language; })->text;
}

// The box round a run's ink, y down.
struct Ink { Length left, right, top, bottom; };
Ink ink_of(const display::GlyphRun& run) {
  Ink ink{1000000_pt, -1000000_pt, 1000000_pt, -1000000_pt};
  const fonts::FaceMetrics& metrics = shipped_fonts().info(run.face).metrics;
  for (const display::PlacedGlyph& glyph : run.glyphs) {
    const fonts::InkBox box = shipped_fonts().ink_box(run.face, glyph.glyph);
    if (box.right <= box.left) continue;
    const auto scaled = [&](fonts::FontUnits units) { return fonts::scale(units, metrics, run.size); };
    const Point at{run.origin.x + glyph.offset.x, run.origin.y + glyph.offset.y};
    ink = {std::min(ink.left, at.x + scaled(box.left)), std::max(ink.right, at.x + scaled(box.right)), std::min(ink.top, at.y - scaled(box.top)), std::max(ink.bottom, at.y - scaled(box.bottom))};
  }
  return ink;
}

// The enlarged text; empty when the first letter is an ordinary one.
std::string initial_of(const display::Fragment& fragment) {
  std::string text;
  for (const auto* run : glyph_runs(fragment, 0)) text += run->size > 13_pt ? run->text : "";
  return text;
}
const display::GlyphRun& initial_run(const display::Fragment& fragment) {
  EXPECTS(!initial_of(fragment).empty());
  return *glyph_runs(fragment, 0)[0];
}

Length cap_height(const display::GlyphRun& run) { return fonts::scale(shipped_fonts().info(run.face).metrics.cap_height, shipped_fonts().info(run.face).metrics, run.size); }

std::string all_text(const display::Fragment& fragment) { return joined(line_texts(fragment)); }

TEST(Initials, SpanFromTheFirstCapitalsToTheLastBaseline) {
  for (const int lines : {2, 3, 5}) {
    const std::string text = std::string("Heat ") + std::string(sample("en")) + " " + std::string(sample("en"));
    const auto made = set(with_initial("en", text, lines), LineWidths{{}, {10_pt, 220_pt}});
    ASSERT_GT(made->lines.size(), static_cast<std::size_t>(lines));
    EXPECT_EQ(initial_of(*made), "H");
    const Ink ink = ink_of(initial_run(*made));
    const display::GlyphRun& first = *glyph_runs(*made, 0)[1];
    EXPECT_NEAR(ink.top.points(), (made->lines[0].baseline - cap_height(first)).points(), 0.1);
    EXPECT_NEAR(ink.bottom.points(), made->lines[static_cast<std::size_t>(lines) - 1].baseline.points(), 0.1);
    EXPECT_NEAR(ink.left.points(), 10, kUnit);
    for (std::size_t line = 0; line < made->lines.size(); ++line) {
      const Length left = reach(*glyph_runs(*made, line)[line == 0 ? 1 : 0]).left;
      const double expected = line < static_cast<std::size_t>(lines) ? (ink.right + 4_pt).points() : 10;
      EXPECT_NEAR(left.points(), expected, kUnit) << lines << " " << line;
    }
    EXPECT_EQ(all_text(*made), text);
  }
}

TEST(Initials, TextIsReadAsItIsWritten) {
  const auto made = set(with_initial("en", "Once upon a time there was a tablet that nobody took, and it lay in its box for a long time."), 150_pt);
  const auto runs = glyph_runs(*made, 0);
  ASSERT_GE(runs.size(), 2U);
  EXPECT_EQ(runs[0]->text, "O");
  EXPECT_THAT(runs[0]->text + runs[1]->text, testing::StartsWith("Once upon"));
  for (const display::Command& command : made->commands) EXPECT_EQ(command.element, display::LocalElement{0});
}

TEST(Initials, StandAtTheRightInRightToLeftText) {
  const std::string text = std::string(sample("he")) + " " + std::string(sample("he"));
  const auto made = set(with_initial("he", text), LineWidths{{}, {10_pt, 220_pt}});
  EXPECT_EQ(initial_of(*made), "ק");
  const Ink ink = ink_of(initial_run(*made));
  EXPECT_NEAR(ink.right.points(), 230, kUnit);
  for (std::size_t line = 0; line < 3; ++line) {
    Reach words;
    for (const auto* run : glyph_runs(*made, line)) words = run->size > 13_pt ? words : reach(*run, words);
    EXPECT_NEAR(words.right.points(), (ink.left - 4_pt).points(), kUnit) << line;
    EXPECT_GE(words.left, 10_pt - 1_pt);
  }
  EXPECT_NEAR(line_reach(*made, 3).right.points(), 230, kUnit);
  EXPECT_GE(ink.top, made->lines[0].top);
  EXPECT_LE(ink.bottom, made->lines[2].baseline + 0.1_pt);
  EXPECT_EQ(all_text(*made), text);
}

// Without capitals: all parts of the letter between the tops of the first line's letters and the feet of the last one's.
TEST(Initials, KeepWithinTheirLinesInScriptsWithoutCapitals) {
  for (const std::string_view language : {"zh-Hans", "ja", "th", "km", "my", "ta", "he"}) {
    const std::string text = (language == "ja" ? "食後、" : "") + std::string(sample(language)) + std::string(sample(language)) + std::string(sample(language));
    const auto made = set(with_initial(language, text), 200_pt);
    ASSERT_GE(made->lines.size(), 3U) << language;
    EXPECT_NE(initial_of(*made), "") << language;
    const display::GlyphRun& run = initial_run(*made);
    const Ink ink = ink_of(run);
    EXPECT_GT(run.size, 24_pt) << language;
    EXPECT_LT(run.size, 100_pt) << language;
    EXPECT_GE(ink.top, made->lines[0].top) << language;
    EXPECT_LE(ink.bottom, made->lines[2].baseline + 3_pt) << language;
    EXPECT_GT((ink.bottom - ink.top).points(), 0.6 * (made->lines[2].baseline - made->lines[0].baseline).points()) << language;
    EXPECT_EQ(all_text(*made), text) << language;
  }
}

TEST(Initials, OfIdeographsAreOfOneSizeHoweverFlat) {
  const std::string rest = "天两次，每次一片，用一杯水送服。每天两次，每次一片，用一杯水送服。";
  const auto flat = set(with_initial("zh-Hans", "一" + rest), 160_pt), full = set(with_initial("zh-Hans", "每" + rest), 160_pt);
  EXPECT_EQ(initial_of(*flat), "一");
  EXPECT_NEAR(initial_run(*flat).size.points(), initial_run(*full).size.points(), 0.001);
}

TEST(Initials, JoinedAndHangingScriptsHaveNone) {
  for (const std::string_view language : {"ar", "ur", "fa", "hi"}) {
    const std::string text = std::string(sample(language)) + " " + std::string(sample(language));
    EXPECT_EQ(initial_of(*set(with_initial(language, text), 200_pt)), "") << language;
  }
  const std::array<Sample, 4> others = {{{"bn", "দিনে দুবার এক গ্লাস জলের সাথে একটি ট্যাবলেট নিন। দিনে দুবার নিন।"}, {"pa", "ਦਿਨ ਵਿੱਚ ਦੋ ਵਾਰ ਇੱਕ ਗੋਲੀ ਪਾਣੀ ਨਾਲ ਲਓ। ਦਿਨ ਵਿੱਚ ਦੋ ਵਾਰ।"}, {"syr", "ܫܠܡܐ ܥܠܝܟܘܢ ܫܠܡܐ ܥܠܝܟܘܢ ܫܠܡܐ ܥܠܝܟܘܢ ܫܠܡܐ ܥܠܝܟܘܢ"}, {"nqo", "ߒߞߏ ߒߞߏ ߒߞߏ ߒߞߏ ߒߞߏ ߒߞߏ ߒߞߏ ߒߞߏ ߒߞߏ ߒߞߏ ߒߞߏ ߒߞߏ"}}};
  for (const Sample& other : others) {
    const auto made = set(with_initial(other.language, other.text), 100_pt);
    EXPECT_GE(made->lines.size(), 2U) << other.language;
    EXPECT_EQ(initial_of(*made), "") << other.language;
    EXPECT_EQ(all_text(*made), other.text);
  }
  const std::string mongolian = "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ";
  EXPECT_EQ(initial_of(*set(with_initial("mn-Mong", mongolian), 100_pt)), "");
}

TEST(Initials, HoldMarksPunctuationAndWholeSyllables) {
  const std::string rest = " is what the nurse said about it when we asked her for it on the phone, twice, in the morning.";
  const auto initial = [&](std::string_view language, const std::string& begin) { return initial_of(*set(with_initial(language, begin + rest), 200_pt)); };
  EXPECT_EQ(initial("en", "“Once”"), "“O");
  EXPECT_EQ(initial("es", "¿Qué?"), "¿Q");
  EXPECT_EQ(initial("fr", "«\u00A0Oui\u00A0»"), "«\u00A0O");
  EXPECT_EQ(initial("vi", "E\u0302\u0301 this"), "E\u0302\u0301");
  EXPECT_EQ(initial("nl", "IJsland"), "IJ");
  EXPECT_EQ(initial("en", "IJsland"), "I");
  EXPECT_EQ(initial("en", "\u2068Ana\u2069"), "A");
  // A consonant, virama and consonant of Telugu are one syllable, though two grapheme clusters.
  const std::string telugu = initial_of(*set(with_initial("te", "క్షయ రోజుకు రెండుసార్లు ఒక గ్లాసు నీటితో ఒక మాత్ర తీసుకోండి. రోజుకు రెండుసార్లు ఒక మాత్ర."), 150_pt));
  EXPECT_EQ(telugu, "క్ష");
  EXPECT_EQ(initial("en", "24 hours"), "");
  EXPECT_EQ(initial("en", "\u2028Once"), "");
}

TEST(Initials, AloneInTheirWordKeepTheSpaceAsText) {
  const std::string text = "A tablet is to be taken twice a day with water, and never more than eight tablets in a whole day.";
  const auto made = set(with_initial("en", text), 150_pt);
  EXPECT_EQ(all_text(*made), text);
  const auto runs = glyph_runs(*made, 0);
  const auto words = std::find_if(runs.begin(), runs.end(), [](const auto* run) { return run->text.find("tablet") != std::string::npos; });
  ASSERT_NE(words, runs.end());
  EXPECT_NEAR(reach(**words).left.points(), (ink_of(initial_run(*made)).right + 4_pt).points(), kUnit);
}

TEST(Initials, ShortParagraphsAreAsHighAsTheirInitial) {
  const auto two = set(with_initial("en", "Take one tablet twice a day with a glass", 4), 180_pt);
  ASSERT_EQ(two->lines.size(), 2U);
  EXPECT_EQ(initial_of(*two), "T");
  EXPECT_GE(two->size.height, 64_pt);
  EXPECT_EQ(two->lines.back().top + two->lines.back().height, two->size.height);
  EXPECT_LE(ink_of(initial_run(*two)).bottom, two->size.height);
  const auto one = set(with_initial("en", "Take one tablet"), 180_pt);
  ASSERT_EQ(one->lines.size(), 1U);
  EXPECT_EQ(initial_of(*one), "");
  EXPECT_EQ(one->size.height, 16_pt);
  EXPECT_EQ(initial_of(*set(with_initial("en", "T"), 180_pt)), "");
}

TEST(Initials, NeedRoomBesideThem) {
  EXPECT_EQ(initial_of(*set(with_initial("en", sample("en")), 70_pt)), "");
  EXPECT_EQ(initial_of(*set(with_initial("en", sample("en")), 130_pt)), "T");
}

TEST(Initials, AccentsAndTailsKeepOffOtherLines) {
  const std::string rest = "tablet twice a day with a glass of water. Do not take more than eight tablets in a whole day, nor any of the others that you have.";
  const auto accent = set(with_initial("fr", "É" + rest), 150_pt), tail = set(with_initial("en", "Q" + rest), 150_pt), plain = set(with_initial("en", "O" + rest), 150_pt);
  EXPECT_GE(ink_of(initial_run(*accent)).top, Length{});
  EXPECT_GT(accent->lines[0].height, plain->lines[0].height);
  EXPECT_EQ(accent->lines[1].height, plain->lines[1].height);
  EXPECT_EQ(reach(*glyph_runs(*plain, 3)[0]).left, 0_pt);
  // Where the tail ends above the next line's letters that line is not pushed aside.
  const Length letters_top = tail->lines[3].baseline - cap_height(*glyph_runs(*tail, 3)[0]);
  EXPECT_TRUE(ink_of(initial_run(*tail)).bottom <= letters_top || reach(*glyph_runs(*tail, 3)[0]).left > ink_of(initial_run(*tail)).right);
}

TEST(Initials, SpanLinesThatGrow) {
  Draft draft = with_initial("en", "Heat ");
  styled::TextStyle large = draft.body();
  large.size = 20_pt;
  const std::size_t style = draft.add_style(large);
  draft.add("and cold are what we feel when ");
  draft.add("somebody", style);
  draft.add(" touches us, and pain is what we feel when somebody hits us.");
  const auto made = set(draft, 200_pt);
  ASSERT_GE(made->lines.size(), 3U);
  ASSERT_TRUE(made->lines[0].height != made->lines[1].height || made->lines[1].height != made->lines[2].height);
  EXPECT_NEAR(ink_of(initial_run(*made)).bottom.points(), made->lines[2].baseline.points(), 0.1);
}

TEST(Initials, BesidePicturesKeepOffThem) {
  const std::string text = std::string(sample("en")) + " " + std::string(sample("en"));
  const LineWidths rooms{{{0_pt, 200_pt}, {60_pt, 140_pt}, {60_pt, 140_pt}}, 200_pt};
  const auto made = set(with_initial("en", text), rooms);
  const Ink ink = ink_of(initial_run(*made));
  EXPECT_NEAR(ink.left.points(), 60, kUnit);
  for (std::size_t line = 0; line < 3; ++line) EXPECT_NEAR(reach(*glyph_runs(*made, line)[line == 0 ? 1 : 0]).left.points(), (ink.right + 4_pt).points(), kUnit);
}

TEST(Initials, BrokenWordsAreToldOnce) {
  const auto made = set(with_initial("en", "Take Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopic and wait for it to end."), 120_pt);
  const auto& told = made.diags.all();
  EXPECT_LE(told.size(), 1U);
}

}  // namespace
}  // namespace handout::typeset
