#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fonts/support.h"
#include "unicode/text.h"

namespace handout::fonts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ChooseFaces : public testing::Test {
 protected:
  std::vector<std::string> runs(std::string_view text, std::string_view script, const FaceRequest& request) {
    const Choice choice = choose(fonts_, text, script, request);
    EXPECT_THAT(choice.uncovered, IsEmpty()) << text;
    return choice.runs;
  }
  Fonts fonts_ = open_shipped();
};

TEST_F(ChooseFaces, KeepsTheRequestedFamilyWhereItCovers) {
  EXPECT_THAT(runs("Take 2 (two) – α, б", "Latn", request_for("en")), ElementsAre("NotoSans-Regular:Take 2 (two) – α, б"));
  EXPECT_THAT(runs("Take", "Latn", request_for("en", "Noto Serif")), ElementsAre("NotoSerif-Regular:Take"));
  EXPECT_THAT(runs("Take", "Latn", request_for("en", "No Such Family")), ElementsAre("NotoSans-Regular:Take"));
}

TEST_F(ChooseFaces, CoversTheRangeInOrderAndNothingElse) {
  const std::string text = "xx سلام 药 ¶yy";
  std::vector<Uncovered> uncovered;
  const auto faces = fonts_.choose_faces(text, 2, text.size() - 2, "Latn", request_for("en"), uncovered);
  ASSERT_FALSE(faces.empty());
  EXPECT_EQ(faces.front().begin, 2U);
  EXPECT_EQ(faces.back().end, text.size() - 2);
  for (std::size_t i = 1; i < faces.size(); ++i) {
    EXPECT_EQ(faces[i].begin, faces[i - 1].end);
    EXPECT_NE(faces[i].face, faces[i - 1].face);
  }
  EXPECT_THAT(fonts_.choose_faces(text, 3, 3, "Latn", request_for("en"), uncovered), IsEmpty());
}

// CSS Fonts Level 4, section 5.2; Noto Sans has 400 and 700.
TEST_F(ChooseFaces, TakesTheNearestWeightAndNeverAnotherSlantForIt) {
  const auto face = [&](int weight, Slant slant) { return runs("a", "Latn", request_for("en", "Noto Sans", weight, slant)).at(0); };
  EXPECT_EQ(face(100, Slant::Upright), "NotoSans-Regular:a");
  EXPECT_EQ(face(500, Slant::Upright), "NotoSans-Regular:a");
  EXPECT_EQ(face(501, Slant::Upright), "NotoSans-Bold:a");
  EXPECT_EQ(face(900, Slant::Upright), "NotoSans-Bold:a");
  EXPECT_EQ(face(600, Slant::Italic), "NotoSans-BoldItalic:a");
  EXPECT_EQ(face(300, Slant::Italic), "NotoSans-Italic:a");
}

TEST_F(ChooseFaces, UsesAnUprightFaceWhereAFamilyHasNoItalic) {
  EXPECT_THAT(runs("سلام", "Arab", request_for("ar", "", 700, Slant::Italic)), ElementsAre("NotoSansArabic-Bold:سلام"));
}

TEST_F(ChooseFaces, FallsBackByScript) {
  EXPECT_THAT(runs("गोली", "Deva", request_for("hi")), ElementsAre("NotoSansDevanagari-Regular:गोली"));
  EXPECT_THAT(runs("ยา", "Thai", request_for("th", "Noto Serif")), ElementsAre("NotoSansThai-Regular:ยา"));
  EXPECT_THAT(runs("Hello", "Latn", request_for("ar", "Noto Naskh Arabic")), ElementsAre("NotoSans-Regular:Hello"));
}

TEST_F(ChooseFaces, FallsBackByLanguage) {
  EXPECT_THAT(runs("دوا", "Arab", request_for("ur")), ElementsAre("NotoNastaliqUrdu-Regular:دوا"));
  EXPECT_THAT(runs("دوا", "Arab", request_for("fa")), ElementsAre("NotoSansArabic-Regular:دوا"));
  EXPECT_THAT(runs("دوا", "Arab", request_for("pa-Arab")), ElementsAre("NotoNastaliqUrdu-Regular:دوا"));
  for (const auto& [language, face] : std::vector<std::pair<std::string, std::string>>{{"zh", "sc"},
                                                                                       {"zh-Hans", "sc"},
                                                                                       {"zh-CN", "sc"},
                                                                                       {"zh-Hant", "tc"},
                                                                                       {"zh-TW", "tc"},
                                                                                       {"zh-HK", "hk"},
                                                                                       {"zh-Hant-HK", "hk"},
                                                                                       {"yue", "hk"},
                                                                                       {"ja", "jp"},
                                                                                       {"ko", "kr"},
                                                                                       {"en", "sc"}}) {
    EXPECT_THAT(runs("骨", "Hani", request_for(language)), ElementsAre("NotoSansCJK" + face + "-Regular:骨")) << language;
    EXPECT_THAT(runs("骨", "Hans", request_for(language)), ElementsAre("NotoSansCJK" + face + "-Regular:骨")) << language;
  }
}

TEST_F(ChooseFaces, SpacesDigitsAndPunctuationJoinTheRunBesideThem) {
  EXPECT_THAT(runs("السعر 35، 40 دينار.", "Arab", request_for("ar")), ElementsAre("NotoSansArabic-Regular:السعر 35، 40 دينار."));
  EXPECT_THAT(runs("35 دينار", "Arab", request_for("ar")), ElementsAre("NotoSansArabic-Regular:35 دينار"));
  EXPECT_THAT(runs("服用 2 次。", "Hani", request_for("zh")), ElementsAre("NotoSansCJKsc-Regular:服用 2 次。"));
  // Noto Sans Thai has no digits, and a space between two runs of one face does not part them.
  EXPECT_THAT(runs("ยา 10 20 มก.", "Thai", request_for("th")),
              ElementsAre("NotoSansThai-Regular:ยา ", "NotoSans-Regular:10 20", "NotoSansThai-Regular: มก", "NotoSans-Regular:."));
}

TEST_F(ChooseFaces, AForeignLetterColoursNothingButItself) {
  EXPECT_THAT(runs("so 药 so", "Latn", request_for("en")), ElementsAre("NotoSans-Regular:so ", "NotoSansCJKsc-Regular:药", "NotoSans-Regular: so"));
}

// Bidi levels part a number from its sentence.
TEST_F(ChooseFaces, ANumberAloneFollowsTheLettersRoundTheRange) {
  const auto alone = [&](std::string_view text, std::string_view script) {
    const std::size_t at = text.find("35");
    return choose(fonts_, text, script, request_for("ar"), at, at + 2).runs;
  };
  EXPECT_THAT(alone("السعر 35 دينار", "Arab"), ElementsAre("NotoSansArabic-Regular:35"));
  EXPECT_THAT(alone("35 دينار", "Arab"), ElementsAre("NotoSansArabic-Regular:35"));
  EXPECT_THAT(alone("cost 35 د", "Latn"), ElementsAre("NotoSans-Regular:35"));
  EXPECT_THAT(alone("35", "Arab"), ElementsAre("NotoSans-Regular:35"));
}

TEST_F(ChooseFaces, DigitsOfTheLanguageNeedNoLetters) {
  EXPECT_THAT(runs("١٢", "Zyyy", request_for("ar")), ElementsAre("NotoSansArabic-Regular:١٢"));
  EXPECT_THAT(runs("১২", "Zyyy", request_for("bn")), ElementsAre("NotoSansBengali-Regular:১২"));
}

TEST_F(ChooseFaces, SymbolsComeFromTheSymbolFaces) {
  EXPECT_THAT(runs("a ☐ b", "Latn", request_for("en")), ElementsAre("NotoSans-Regular:a ", "NotoSansSymbols2-Regular:☐", "NotoSans-Regular: b"));
  EXPECT_THAT(runs("💊", "Zyyy", request_for("en")), ElementsAre("Symbola:💊"));
}

TEST_F(ChooseFaces, NeverPartsAGraphemeCluster) {
  EXPECT_THAT(runs("👩‍⚕️", "Zyyy", request_for("en")), ElementsAre("Symbola:👩‍⚕️"));
  EXPECT_THAT(runs("कि", "Deva", request_for("hi")), ElementsAre("NotoSansDevanagari-Regular:कि"));
  // A keycap: the digit goes with its enclosing mark.
  const auto keycap = runs("a1⃣b", "Latn", request_for("en"));
  ASSERT_EQ(keycap.size(), 3U);
  EXPECT_TRUE(keycap[1].ends_with(":1⃣")) << keycap[1];
}

TEST_F(ChooseFaces, AcceptsDecomposedLettersWhoseComposedFormTheFontHas) {
  EXPECT_THAT(runs("e\u0302\u0323", "Latn", request_for("vi")), ElementsAre("NotoSans-Regular:e\u0302\u0323"));
  EXPECT_THAT(runs("\u1112\u1161\u11AB", "Hang", request_for("ko")), ElementsAre("NotoSansCJKkr-Regular:\u1112\u1161\u11AB"));
}

TEST_F(ChooseFaces, ControlsAreNeverUncoveredAndStayWithTheirNeighbour) {
  EXPECT_THAT(runs("سلام\u200F\u2068\u200D", "Arab", request_for("ar")), ElementsAre("NotoSansArabic-Regular:سلام\u200F\u2068\u200D"));
  EXPECT_THAT(runs("\u2067سلام\u2069 ab", "Arab", request_for("ar")),
              ElementsAre("NotoSansArabic-Regular:\u2067سلام\u2069", "NotoSans-Regular: ab"));
  EXPECT_THAT(runs("\u200E", "Latn", request_for("en")), ElementsAre("NotoSans-Regular:\u200E"));
  EXPECT_THAT(runs("a\tb\nc\u2028d\u00AD", "Latn", request_for("en")), ElementsAre("NotoSans-Regular:a\tb\nc\u2028d\u00AD"));
}

TEST_F(ChooseFaces, NamesWhatNoFontHas) {
  // U+30000 is of Unicode 13; U+E000 is private use.
  const std::string text = "a\U00030000b\uE000";
  const Choice choice = choose(fonts_, text, "Latn", request_for("en"));
  EXPECT_THAT(choice.runs, ElementsAre("NotoSans-Regular:" + text));
  ASSERT_EQ(choice.uncovered.size(), 2U);
  EXPECT_EQ(choice.uncovered[0].offset, 1U);
  EXPECT_EQ(choice.uncovered[0].character, char32_t{0x30000});
  EXPECT_EQ(choice.uncovered[1].offset, 6U);
  EXPECT_EQ(choice.uncovered[1].character, char32_t{0xE000});
}

TEST_F(ChooseFaces, OfAClusterThatNoFontHasWholeOnlyTheMissingPartIsNamed) {
  // A Devanagari vowel sign on a Thai letter.
  const Choice choice = choose(fonts_, "\u0E01\u093F", "Thai", request_for("th"));
  EXPECT_THAT(choice.runs, ElementsAre("NotoSansThai-Regular:\u0E01\u093F"));
  ASSERT_EQ(choice.uncovered.size(), 1U);
  EXPECT_EQ(choice.uncovered[0].character, char32_t{0x093F});
  EXPECT_EQ(choice.uncovered[0].offset, 3U);
}

TEST_F(ChooseFaces, TriesEveryFamilyInTheEnd) {
  // Neither the run's script nor the language leads to these.
  EXPECT_THAT(runs("१", "Zyyy", request_for("en")), ElementsAre("NotoSansDevanagari-Regular:१"));
  EXPECT_THAT(runs("ꓐ", "Zyyy", request_for("en")), ElementsAre("NotoSansLisu-Regular:ꓐ"));
}

TEST_F(ChooseFaces, TellsTheFamiliesInTheOrderOfTrying) {
  EXPECT_THAT(fonts_.tried_families("Arab", request_for("ur", "Noto Serif")),
              ElementsAre("Noto Serif", "Noto Nastaliq Urdu", "Noto Sans Arabic", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math",
                          "Noto Music", "Noto Sans Mayan Numerals", "Noto Sans Indic Siyaq Numbers", "Symbola", "Noto Sans"));
  // The language says more than a script's variant: Hans is Hani, in Hong Kong's shapes.
  EXPECT_EQ(fonts_.tried_families("Hans", request_for("zh-HK")).at(1), "Noto Sans CJK HK");
}

TEST_F(ChooseFaces, ListsScriptsOnceInOrder) {
  const std::vector<std::string> scripts = fonts_.scripts();
  EXPECT_TRUE(std::is_sorted(scripts.begin(), scripts.end()));
  EXPECT_EQ(std::count(scripts.begin(), scripts.end(), "Arab"), 1);
  EXPECT_EQ(std::count(scripts.begin(), scripts.end(), "Qaaa"), 0);
}

// The promise to the reader of a handout: what is not reported as uncovered is never drawn as an empty box.
TEST_F(ChooseFaces, NothingReportedMeansNoEmptyBox) {
  for (char32_t c = 0x20; c < 0x1F900; c += 61) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text = "a";
    unicode::append_utf8(text, c);
    const std::string script = unicode::script_runs(text).back().script;
    std::vector<Uncovered> uncovered;
    bool box = false;
    for (const FaceRun& run : fonts_.choose_faces(text, 0, text.size(), script, request_for("en"), uncovered)) {
      for (const ShapedGlyph& glyph : fonts_.shape(run.face, {.text = text, .begin = run.begin, .end = run.end, .script = script, .language = "en", .features = {}})) {
        box = box || glyph.glyph == 0;
      }
    }
    EXPECT_EQ(box, !uncovered.empty()) << unicode::describe(c);
  }
}

}  // namespace
}  // namespace handout::fonts
