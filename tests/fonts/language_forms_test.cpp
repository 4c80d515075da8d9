#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "fonts/support.h"

// Letters that look otherwise in another language ('locl'), through choose_faces and shape as a paragraph goes.
namespace handout::fonts {
namespace {

using testing::SizeIs;

class LanguageForms : public testing::Test {
 protected:
  std::vector<GlyphId> glyphs(std::string_view text, std::string_view script, std::string_view language, std::string_view family = "", Slant slant = Slant::Upright) {
    const FaceId face = face_for(fonts_, text, script, request_for(language, family, 400, slant));
    const bool rtl = script == "Arab";
    std::vector<GlyphId> ids;
    for (const ShapedGlyph& glyph : fonts_.shape(face, {.text = text, .begin = 0, .end = text.size(), .script = script, .language = language,
                                                       .direction = rtl ? unicode::Direction::RightToLeft : unicode::Direction::LeftToRight, .features = {}})) {
      ids.push_back(glyph.glyph);
    }
    return ids;
  }
  // In how many places the two languages' glyphs differ.
  std::size_t differences(std::string_view text, std::string_view script, std::string_view one, std::string_view other, std::string_view family = "", Slant slant = Slant::Upright) {
    const auto a = glyphs(text, script, one, family, slant), b = glyphs(text, script, other, family, slant);
    EXPECT_EQ(a.size(), b.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) count += a[i] != b[i] ? 1 : 0;
    return count;
  }
  Fonts fonts_ = open_shipped();
};

TEST_F(LanguageForms, SerbianAndMacedonianItalics) {
  for (const char* const language : {"sr", "sr-Cyrl", "mk"}) {
    for (const char* const family : {"Noto Sans", "Noto Serif"}) {
      EXPECT_EQ(differences("бгдпт", "Cyrl", language, "ru", family, Slant::Italic), 5U) << language << family;
      EXPECT_EQ(differences("бгдпт", "Cyrl", language, "ru", family), 1U) << language << family;  // upright the letter be alone
      EXPECT_EQ(differences("авжз", "Cyrl", language, "ru", family, Slant::Italic), 0U) << language << family;
    }
  }
}

// Text typed with cedillas has the commas that Romanian writes.
TEST_F(LanguageForms, RomanianCommasBelow) {
  for (const char* const family : {"Noto Sans", "Noto Serif"}) {
    EXPECT_EQ(glyphs("şţŞŢ", "Latn", "ro", family), glyphs("șțȘȚ", "Latn", "en", family));
    EXPECT_EQ(differences("şţŞŢ", "Latn", "ro", "tr", family), 4U);
  }
}

// A ligature would hide whether the i has its dot.
TEST_F(LanguageForms, TurkishKeepsTheDotOfItsI) {
  for (const char* const family : {"Noto Sans", "Noto Serif"}) {
    EXPECT_THAT(glyphs("fi", "Latn", "en", family), SizeIs(1));
    for (const char* const language : {"tr", "az", "az-Latn", "crh"}) {
      const auto ids = glyphs("afi", "Latn", language, family);
      ASSERT_THAT(ids, SizeIs(3)) << language << family;
      EXPECT_EQ(ids[2], glyphs("i", "Latn", language, family)[0]);
      EXPECT_NE(ids[2], glyphs("ı", "Latn", language, family)[0]);
      EXPECT_THAT(glyphs("ffi", "Latn", language, family), SizeIs(3));
    }
  }
}

// The raised dot stands between two l without a gap of its own.
TEST_F(LanguageForms, CatalanGeminatedL) {
  EXPECT_THAT(glyphs("l·l", "Latn", "ca"), SizeIs(2));
  EXPECT_THAT(glyphs("l·l", "Latn", "es"), SizeIs(3));
}

TEST_F(LanguageForms, MarathiAndNepaliLetters) {
  EXPECT_EQ(differences("लश", "Deva", "mr", "hi"), 2U);
  EXPECT_EQ(differences("झ५८९", "Deva", "ne", "hi"), 4U);
}

TEST_F(LanguageForms, UrduDigits) {
  EXPECT_EQ(differences("۴۶۷", "Arab", "ur", "fa", "Noto Sans Arabic"), 3U);
  EXPECT_EQ(differences("۴۶۷", "Arab", "ur", "fa", "Noto Nastaliq Urdu"), 3U);
  EXPECT_EQ(differences("۱۲۳", "Arab", "ur", "fa", "Noto Sans Arabic"), 0U);
}

// One code point, a shape for each region: by the family that the language leads to, and by the language within one family.
TEST_F(LanguageForms, IdeographsByRegion) {
  const auto advance_and_face = [&](std::string_view language) { return fonts_.info(face_for(fonts_, "骨", "Hani", request_for(language))).postscript_name; };
  std::set<std::string> faces;
  std::set<std::vector<GlyphId>> shapes;
  for (const char* const language : {"zh-Hans", "zh-Hant", "zh-Hant-HK", "ja", "ko"}) {
    faces.insert(advance_and_face(language));
    shapes.insert(glyphs("骨直返", "Hani", language));
    // Asked of another region's family, the language's own shapes come.
    EXPECT_EQ(glyphs("骨直返", "Hani", language), glyphs("骨直返", "Hani", language, "Noto Sans CJK JP")) << language;
  }
  EXPECT_THAT(faces, SizeIs(5));
  EXPECT_THAT(shapes, SizeIs(5));
}

}  // namespace
}  // namespace handout::fonts
