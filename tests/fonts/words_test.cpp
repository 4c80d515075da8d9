#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "fonts/program.h"
#include "fonts/shape.h"
#include "fonts/support.h"
#include "unicode/text.h"

// How words, and what is no letter, get one face.
namespace handout::fonts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Noto Sans Math has the letters of English and none with accents.
Fonts open_math_first() {
  const Folder folder;
  Diagnostics diags;
  const auto face = [](const std::string& family, const std::string& file) {
    return "<family name=\"" + family + "\" license=\"OFL-1.1\" scripts=\"Latn\"><face file=\"" + file + "\" weight=\"400\" slant=\"upright\"/></family>";
  };
  auto fonts = Fonts::open(folder.write("fonts.xml", "<fonts default=\"M\"><search path=\"truetype/noto\"/>" + face("M", "NotoSansMath-Regular.ttf") + face("S", "NotoSans-Regular.ttf") +
                                                         face("T", "NotoSansThai-Regular.ttf") + "<fallback script=\"Latn\" families=\"S\"/></fonts>"),
                           {}, diags);
  EXPECT_TRUE(fonts.has_value()) << to_text(diags);
  return std::move(fonts.value());
}

TEST(FacesOfWords, AWordStaysInOneFaceThatHasAllOfIt) {
  const Fonts fonts = open_math_first();
  EXPECT_THAT(choose(fonts, "a tea", "Latn", request_for("en")).runs, ElementsAre("NotoSansMath-Regular:a tea"));
  EXPECT_THAT(choose(fonts, "tea, café, tea", "Latn", request_for("en")).runs,
              ElementsAre("NotoSansMath-Regular:tea, ", "NotoSans-Regular:café", "NotoSansMath-Regular:, tea"));
  EXPECT_THAT(choose(fonts, "résumé tea", "Latn", request_for("en")).runs, ElementsAre("NotoSans-Regular:résumé", "NotoSansMath-Regular: tea"));
  // A soft hyphen is in the word.
  EXPECT_THAT(choose(fonts, "ca\u00ADfé", "Latn", request_for("en")).runs, ElementsAre("NotoSans-Regular:ca\u00ADfé"));
}

TEST(FacesOfWords, AWordThatNoFaceHasChangesItAsSeldomAsCanBe) {
  const Fonts fonts = open_math_first();
  // The private character in the middle has no face: on both sides the word is as long as it can be in one.
  const Choice choice = choose(fonts, "caf\u00E9x\uA728\uE000abc", "Latn", request_for("en"));
  EXPECT_THAT(choice.runs, ElementsAre("NotoSans-Regular:caféx\uA728", "NotoSansMath-Regular:\uE000abc"));
  ASSERT_EQ(choice.uncovered.size(), 1U);
  EXPECT_EQ(choice.uncovered[0].character, char32_t{0xE000});
}

TEST(FacesOfWords, MarksAreNeverPartedFromTheirBase) {
  const Fonts fonts = open_shipped();
  for (const std::string text : {"e\u0301", "क\u093F", "ก\u0E49", "ব\u09BF", "ש\u05C1", "س\u064E", "က\u103B\u102D"}) {
    const std::string script = unicode::script_runs(text)[0].script;
    EXPECT_EQ(choose(fonts, "x " + text + " 1", script, request_for("en")).runs.size(), choose(fonts, "x " + text.substr(0, unicode::decode(text, 0).end) + " 1", script, request_for("en")).runs.size());
  }
}

// The shortcut for text of one face gives what the choice by words gives: a sign at the end that only another face has bars the shortcut.
TEST(FacesOfWords, TheShortcutForOneFaceGivesTheSame) {
  const Fonts fonts = open_shipped();
  for (const auto& [text, script, language] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"Take 2 (two) – daily", "Latn", "en"}, {"السعر 35، 40 دينار.", "Arab", "ar"}, {"گولی 2 دفعہ", "Arab", "ur"}, {"सुबह 2 गोलियाँ लें।", "Deva", "hi"}, {"服用 2 次。", "Hani", "zh"},
           {"மருந்து 3 முறை", "Taml", "ta"}, {"ឱសថ ២ ដង", "Khmr", "km"}}) {
    const Choice alone = choose(fonts, text, script, request_for(language));
    ASSERT_EQ(alone.runs.size(), 1U) << text;
    const Choice with = choose(fonts, text + " 💊", script, request_for(language));
    EXPECT_TRUE(with.runs.at(0).starts_with(alone.runs[0])) << with.runs.at(0);
  }
}

TEST(FacesOfWords, PunctuationOfTheNeighbourhoodComesFromAPlainFace) {
  const Fonts fonts = open_shipped();
  // Noto Sans Adlam lacks the Arabic comma, Noto Sans Yi the ideographic one.
  EXPECT_THAT(choose(fonts, "𞤢𞤣𞤤، 𞤢", "Adlm", request_for("ff-Adlm")).runs, testing::Contains(testing::StartsWith("NotoSansArabic-Regular:،")));
  EXPECT_THAT(choose(fonts, "ꀀ，ꀁ", "Yiii", request_for("ii")).runs, testing::Contains("NotoSansCJKsc-Regular:，"));
}

TEST(ShapesWhole, TellsDottedCirclesAndBoxes) {
  const auto shaped = [](const std::string& file, std::string_view text, std::string_view script) {
    const auto blob = open_font_file(std::string(kNoto) + file);
    const auto program = load_program(blob->get(), 0, file);
    return shapes_whole(program->font.get(), text, script, "und");
  };
  EXPECT_TRUE(shaped("NotoSansDevanagari-Regular.ttf", "कि", "Deva"));
  EXPECT_FALSE(shaped("NotoSansDevanagari-Regular.ttf", "\u093F", "Deva"));
  EXPECT_TRUE(shaped("NotoSansDevanagari-Regular.ttf", "\u25CC\u093F", "Deva"));
  EXPECT_FALSE(shaped("NotoSansDevanagari-Regular.ttf", "б", "Cyrl"));
  EXPECT_TRUE(shaped("NotoSansAdlam-Regular.ttf", "𞤢𞤣", "Adlm"));
}

// The font's file with another character (U+25CB) for U+25CC in its table of characters.
std::string without_dotted_circle(std::string bytes) {
  const auto u32 = [&](std::size_t at) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  };
  const std::size_t entry = bytes.find("cmap"), begin = u32(entry + 8), end = begin + u32(entry + 12);
  for (std::size_t at = begin; at + 1 < end; at += 2) {
    if (bytes[at] == '\x25' && bytes[at + 1] == '\xCC') bytes[at + 1] = '\xCB';
  }
  return bytes;
}

// Of two families made for the script the one that shapes the word without a dotted circle is taken.
TEST(FacesOfWords, ADottedCircleIsAvoidedWhereAnotherFaceCan) {
  const Folder folder;
  folder.write("without.ttf", without_dotted_circle(bytes_of(std::string(kNoto) + "NotoSansDevanagari-Regular.ttf")));
  Diagnostics diags;
  const auto family = [](const std::string& name, const std::string& file) {
    return "<family name=\"" + name + "\" license=\"OFL-1.1\" scripts=\"Deva\"><face file=\"" + file + "\" weight=\"400\" slant=\"upright\"/></family>";
  };
  const auto fonts = Fonts::open(folder.write("fonts.xml", "<fonts default=\"A\"><search path=\"truetype/noto\"/>" + family("A", "NotoSansDevanagari-Regular.ttf") + family("B", "without.ttf") +
                                                               "<fallback script=\"Deva\" families=\"B\"/></fonts>"),
                                 {}, diags);
  ASSERT_TRUE(fonts) << to_text(diags);
  std::vector<Uncovered> uncovered;
  const std::string text = "कि क\u0902\u093F कि";
  const auto runs = fonts->choose_faces(text, 0, text.size(), "Deva", request_for("hi"), uncovered);
  ASSERT_EQ(runs.size(), 3U);
  EXPECT_FALSE(fonts->covers(FaceId{1}, char32_t{0x25CC}));
  EXPECT_EQ(fonts->info(runs[0].face).family, "A");
  EXPECT_EQ(fonts->info(runs[1].face).family, "B");
  EXPECT_EQ(fonts->info(runs[2].face).family, "A");
}

TEST(Emoji, SequencesKeepOneFaceAndHaveNoBox) {
  const Fonts fonts = open_shipped();
  // Heart with a selector of each look, man with a skin tone as a health worker, a flag, a keycap, a flag of tags.
  for (const std::string text : {"❤\uFE0F", "❤\uFE0E", "👨🏽\u200D⚕\uFE0F", "👍🏿", "🇩🇪", "3\uFE0F\u20E3", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "👩\u200D👧\u200D👦"}) {
    const Choice choice = choose(fonts, text, "Zyyy", request_for("en"));
    EXPECT_EQ(choice.runs.size(), 1U) << text;
    EXPECT_THAT(choice.uncovered, IsEmpty()) << text;
    std::vector<Uncovered> uncovered;
    const FaceId face = fonts.choose_faces(text, 0, text.size(), "Zyyy", request_for("en"), uncovered).at(0).face;
    const auto glyphs = fonts.shape(face, {.text = text, .begin = 0, .end = text.size(), .script = "Zyyy", .language = "en", .features = {}});
    EXPECT_FALSE(glyphs.empty());
    for (const ShapedGlyph& glyph : glyphs) EXPECT_NE(glyph.glyph, 0) << text;
  }
}

// A selector that no face knows changes nothing.
TEST(Emoji, SelectorsThatNoFaceKnowsAreIgnored) {
  const Fonts fonts = open_shipped();
  EXPECT_THAT(choose(fonts, "a\uFE0Fb\U000E0101", "Latn", request_for("en")).runs, ElementsAre("NotoSans-Regular:a\uFE0Fb\U000E0101"));
  EXPECT_THAT(choose(fonts, "药\uFE00", "Hani", request_for("zh")).uncovered, IsEmpty());
}

// A paragraph of nothing that any font has, or of one cluster, takes no longer by the letter than a short one.
TEST(FacesOfWords, NothingIsQuadratic) {
  const Fonts fonts = open_shipped();
  std::string marks = "a", numbers = "د", missing;
  for (int i = 0; i < 100000; ++i) marks += "\u0301", numbers += " 1";
  for (int i = 0; i < 20000; ++i) missing += "\uE000 ";
  EXPECT_EQ(choose(fonts, marks, "Latn", request_for("en")).runs.size(), 1U);
  EXPECT_EQ(choose(fonts, numbers + " ☐", "Arab", request_for("ar")).runs.size(), 2U);
  EXPECT_EQ(choose(fonts, missing, "Latn", request_for("en")).uncovered.size(), 20000U);
}

TEST(FacesOfWords, ThreadsShareWhatIsRemembered) {
  const Fonts fonts = open_shipped();
  const std::string text = "Take 药 and دوا, कि ☐ é";
  const auto expected = choose(open_shipped(), text, "Latn", request_for("en")).runs;
  std::vector<std::vector<std::string>> results(4);
  std::vector<std::thread> threads;
  for (auto& result : results) threads.emplace_back([&] { result = choose(fonts, text, "Latn", request_for("en")).runs; });
  for (std::thread& thread : threads) thread.join();
  for (const auto& result : results) EXPECT_EQ(result, expected);
}

}  // namespace
}  // namespace handout::fonts
