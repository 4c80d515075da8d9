#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fonts/support.h"

// Expected values were read from the tables with fontTools.
namespace handout::fonts {
namespace {

TEST(FaceInfo, HasTheMetricsOfTheProgram) {
  const Fonts fonts = open_shipped();
  const FaceInfo& info = fonts.info(face_for(fonts, "x", "Latn", request_for("en")));
  EXPECT_EQ(info.postscript_name, "NotoSans-Regular");
  EXPECT_EQ(info.license, "OFL-1.1");
  EXPECT_EQ(info.program, ProgramKind::TrueType);
  EXPECT_EQ(info.metrics.units_per_em, 1000);
  EXPECT_EQ(info.metrics.ascender, 1069);
  EXPECT_EQ(info.metrics.descender, -293);
  EXPECT_EQ(info.metrics.line_gap, 0);
  EXPECT_EQ(info.metrics.cap_height, 714);
  EXPECT_EQ(info.metrics.x_height, 536);
  EXPECT_EQ(info.metrics.underline_position, -100);
  EXPECT_EQ(info.metrics.underline_thickness, 50);
  EXPECT_EQ(info.metrics.x_min, -621);
  EXPECT_EQ(info.metrics.y_min, -389);
  EXPECT_EQ(info.metrics.x_max, 2800);
  EXPECT_EQ(info.metrics.y_max, 1067);
  EXPECT_DOUBLE_EQ(info.metrics.italic_angle, 0);
}

TEST(FaceInfo, ReadsTheItalicAngleAsSigned) {
  const Fonts fonts = open_shipped();
  const FaceInfo& info = fonts.info(face_for(fonts, "x", "Latn", request_for("en", "", 700, Slant::Italic)));
  EXPECT_EQ(info.postscript_name, "NotoSans-BoldItalic");
  EXPECT_DOUBLE_EQ(info.metrics.italic_angle, -12);
}

TEST(FaceInfo, KnowsFacesOfACollection) {
  const Fonts fonts = open_shipped();
  const FaceInfo& info = fonts.info(face_for(fonts, "药", "Hani", request_for("zh-Hans")));
  EXPECT_EQ(info.postscript_name, "NotoSansCJKsc-Regular");
  EXPECT_EQ(info.program, ProgramKind::CffCidKeyed);
  EXPECT_EQ(info.metrics.ascender, 1160);
  EXPECT_EQ(info.metrics.cap_height, 733);
}

TEST(FaceInfo, MeasuresGlyphs) {
  const Fonts fonts = open_shipped();
  const FaceId face = face_for(fonts, "x", "Latn", request_for("en"));
  EXPECT_EQ(fonts.nominal_glyph(face, U' '), 3);
  EXPECT_EQ(fonts.nominal_glyph(face, U'é'), 171);
  EXPECT_EQ(fonts.nominal_glyph(face, U'药'), 0);
  EXPECT_EQ(fonts.advance(face, 3), 260);
  EXPECT_EQ(fonts.advance(face, 171), 564);
}

TEST(FaceInfo, CoversWhatHarfBuzzComposesOrReplaces) {
  const Fonts fonts = open_shipped();
  const FaceId thai = face_for(fonts, "ยา", "Thai", request_for("th"));
  EXPECT_TRUE(fonts.covers(thai, U'\u0E33'));
  EXPECT_FALSE(fonts.covers(thai, U'é'));
  EXPECT_EQ(fonts.nominal_glyph(thai, U'\u2009'), 0);
  EXPECT_TRUE(fonts.covers(thai, U'\u2009'));  // a thin space is made from the space
  const FaceId korean = face_for(fonts, "가", "Hang", request_for("ko"));
  EXPECT_TRUE(fonts.covers(korean, U'가'));
  const FaceId latin = face_for(fonts, "x", "Latn", request_for("en"));
  EXPECT_TRUE(fonts.covers(latin, U'\u212B'));  // ANGSTROM SIGN is canonically U+00C5
  EXPECT_FALSE(fonts.covers(latin, U'가'));
}

TEST(FaceInfo, ScalesRoundedToTheNearestUnit) {
  FaceMetrics metrics;
  metrics.units_per_em = 1000;
  EXPECT_EQ(scale(500, metrics, 12_pt), 6_pt);
  EXPECT_EQ(scale(-500, metrics, 12_pt), -6_pt);
  EXPECT_EQ(scale(1, metrics, Length::from_units(500)), Length::from_units(1));
  EXPECT_EQ(scale(1, metrics, Length::from_units(499)), Length::from_units(0));
  EXPECT_EQ(scale(-1, metrics, Length::from_units(500)), Length::from_units(-1));
}

}  // namespace
}  // namespace handout::fonts
