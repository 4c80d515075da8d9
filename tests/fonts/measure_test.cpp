#include <gtest/gtest.h>

#include "fonts/support.h"

namespace handout::fonts {
namespace {

// By hb-shape --show-extents.
TEST(InkBox, IsTheBoxRoundTheOutlineFromTheOrigin) {
  const Fonts fonts = open_shipped();
  const FaceId latin = face_for(fonts, "x", "Latn", request_for("en"));
  const InkBox p = fonts.ink_box(latin, fonts.nominal_glyph(latin, U'p'));
  EXPECT_EQ(p.left, 85);
  EXPECT_EQ(p.right, 560);
  EXPECT_EQ(p.bottom, -240);
  EXPECT_EQ(p.top, 546);
  const InkBox comma = fonts.ink_box(latin, fonts.nominal_glyph(latin, U','));
  EXPECT_LT(comma.bottom, 0);
  EXPECT_LT(comma.top, 200);
  const InkBox space = fonts.ink_box(latin, fonts.nominal_glyph(latin, U' '));
  EXPECT_EQ(space.right - space.left, 0);
  EXPECT_EQ(space.top - space.bottom, 0);
}

TEST(InkBox, MeasuresCffOutlinesAndKnowsNoGlyphBeyondTheFont) {
  const Fonts fonts = open_shipped();
  const FaceId chinese = face_for(fonts, "药", "Hani", request_for("zh-Hans"));
  // A full-width comma hangs by more than half of its square.
  const GlyphId comma = fonts.nominal_glyph(chinese, U'，');
  const InkBox box = fonts.ink_box(chinese, comma);
  EXPECT_GT(box.right, box.left);
  EXPECT_GT(fonts.advance(chinese, comma) - box.right, 500);
  const FaceId thai = face_for(fonts, "ยา", "Thai", request_for("th"));
  const InkBox none = fonts.ink_box(thai, 60000);
  EXPECT_EQ(none.right, none.left);
}

TEST(HasFeature, LooksInTheTablesForTheScript) {
  const Fonts fonts = open_shipped();
  const FaceId latin = face_for(fonts, "x", "Latn", request_for("en"));
  const FaceId chinese = face_for(fonts, "药", "Hani", request_for("zh-Hans"));
  const FaceId arabic = face_for(fonts, "س", "Arab", request_for("ar"));
  EXPECT_TRUE(fonts.has_feature(latin, "smcp", "Latn"));
  EXPECT_TRUE(fonts.has_feature(latin, "smcp", "Cyrl"));
  EXPECT_TRUE(fonts.has_feature(latin, "tnum", "Latn"));
  EXPECT_FALSE(fonts.has_feature(latin, "palt", "Latn"));
  EXPECT_FALSE(fonts.has_feature(chinese, "smcp", "Latn"));
  EXPECT_TRUE(fonts.has_feature(chinese, "palt", "Hani"));  // in GPOS
  EXPECT_TRUE(fonts.has_feature(chinese, "halt", "Hani"));
  EXPECT_FALSE(fonts.has_feature(arabic, "smcp", "Arab"));
  EXPECT_TRUE(fonts.has_feature(arabic, "init", "Arab"));
}

TEST(HasFeature, NeedsATagAndAScript) {
  const Fonts fonts = open_shipped();
  const FaceId latin = face_for(fonts, "x", "Latn", request_for("en"));
  EXPECT_FALSE(fonts.has_feature(latin, "", "Latn"));
  EXPECT_FALSE(fonts.has_feature(latin, "smcpx", "Latn"));
  EXPECT_FALSE(fonts.has_feature(latin, "none", "Latn"));
  // Text of no script is shaped with the default one's features.
  EXPECT_TRUE(fonts.has_feature(latin, "smcp", "Zyyy"));
}

// What has_feature promises is what shaping does.
TEST(HasFeature, SmallCapitalsAreOtherGlyphs) {
  const Fonts fonts = open_shipped();
  const std::vector<std::string> features = {"smcp"};
  for (const auto& [text, script, changes] : std::vector<std::tuple<std::string, std::string, bool>>{{"a", "Latn", true}, {"ñ", "Latn", true}, {"س", "Arab", false}}) {
    const FaceId face = face_for(fonts, text, script, request_for("en"));
    const auto shaped = fonts.shape(face, {.text = text, .begin = 0, .end = text.size(), .script = script, .language = "en", .features = features});
    ASSERT_EQ(shaped.size(), 1U);
    const auto plain = fonts.shape(face, {.text = text, .begin = 0, .end = text.size(), .script = script, .language = "en", .features = {}});
    EXPECT_EQ(shaped[0].glyph != plain[0].glyph, changes) << text;
    EXPECT_EQ(fonts.has_feature(face, "smcp", script), changes) << text;
  }
}

}  // namespace
}  // namespace handout::fonts
