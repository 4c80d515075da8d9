#include "fonts/variations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb.h>

#include <cmath>
#include <map>
#include <set>

#include "fonts/support.h"

// Variable fonts, by Debian's fonts-inter-variable: axes wght 100 to 900 and slnt -10 to 0.
namespace handout::fonts {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr const char* kInter = "/usr/share/fonts/truetype/inter-vf/Inter.var.ttf";

class VariableFonts : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kInter)) GTEST_SKIP() << "fonts-inter-variable is not installed";
  }

  Fonts open_clinic() {
    std::filesystem::create_directories(folder_.path() / "clinic");
    std::filesystem::copy_file(kInter, folder_.path() / "clinic/Inter.var.ttf");
    const std::vector<std::filesystem::path> clinics = {folder_.path() / "clinic"};
    Diagnostics diags;
    auto fonts = Fonts::open(kShipped, clinics, diags);
    EXPECT_TRUE(fonts.has_value()) << to_text(diags);
    return std::move(fonts.value());
  }

  Fonts open_declared(const std::string& variations) {
    Diagnostics diags;
    auto fonts = Fonts::open(folder_.write("fonts.xml", "<fonts default=\"I\"><search path=\"truetype/inter-vf\"/><family name=\"I\" license=\"OFL-1.1\"><face file=\"Inter.var.ttf\" weight=\"700\" "
                                                        "slant=\"upright\" variations=\"" + variations + "\"/></family></fonts>"),
                             {}, diags);
    EXPECT_TRUE(fonts.has_value()) << to_text(diags);
    return std::move(fonts.value());
  }

  Folder folder_;
};

FaceId inter(const Fonts& fonts, int weight, Slant slant = Slant::Upright) { return face_for(fonts, "x", "Latn", request_for("en", "Inter", weight, slant)); }

std::vector<ShapedGlyph> shape(const Fonts& fonts, FaceId face, std::string_view text) {
  return fonts.shape(face, {.text = text, .begin = 0, .end = text.size(), .script = "Latn", .language = "en", .features = {}});
}

TEST_F(VariableFonts, EachNamedInstanceIsAFace) {
  const Fonts fonts = open_clinic();
  EXPECT_EQ(fonts.face_count(), open_shipped().face_count() + 18);
  std::set<std::string> names;
  for (const int weight : {100, 200, 300, 400, 500, 600, 700, 800, 900}) {
    for (const Slant slant : {Slant::Upright, Slant::Italic}) {
      const FaceInfo& info = fonts.info(inter(fonts, weight, slant));
      EXPECT_EQ(info.weight, weight);
      EXPECT_EQ(info.slant, slant);
      EXPECT_EQ(info.family, "Inter");
      EXPECT_EQ(info.license, "OFL-1.1");
      EXPECT_DOUBLE_EQ(info.metrics.italic_angle, slant == Slant::Italic ? -10 : 0);
      names.insert(info.postscript_name);
    }
  }
  EXPECT_THAT(names, SizeIs(18));
  EXPECT_THAT(names, testing::IsSupersetOf({"Inter", "Inter-Italic", "Inter-Bold", "Inter-BoldItalic", "Inter-ExtraLight"}));
}

TEST_F(VariableFonts, AdvancesAndBoxesAreTheInstances) {
  const Fonts fonts = open_clinic();
  const FaceId regular = inter(fonts, 400), bold = inter(fonts, 700), italic = inter(fonts, 400, Slant::Italic);
  const GlyphId n = fonts.nominal_glyph(bold, U'n');
  EXPECT_GT(fonts.advance(bold, n), fonts.advance(regular, n));
  EXPECT_GT(fonts.ink_box(bold, n).right - fonts.ink_box(bold, n).left, fonts.ink_box(regular, n).right - fonts.ink_box(regular, n).left);
  const GlyphId l = fonts.nominal_glyph(regular, U'l');
  EXPECT_GT(fonts.ink_box(italic, l).right - fonts.ink_box(italic, l).left, fonts.ink_box(regular, l).right - fonts.ink_box(regular, l).left + 100);
  // FontBBox must hold every glyph, and the regular face's box doesn't hold the bold ones.
  EXPECT_NE(fonts.info(bold).metrics.x_min, fonts.info(regular).metrics.x_min);
  for (GlyphId glyph = 1; glyph < 2548; glyph = static_cast<GlyphId>(glyph + 7)) {
    EXPECT_GE(fonts.ink_box(bold, glyph).left, fonts.info(bold).metrics.x_min);
    EXPECT_LE(fonts.ink_box(bold, glyph).top, fonts.info(bold).metrics.y_max);
  }
}

// What is shaped is what is embedded: a program without axes, with the instance's advances and outlines.
TEST_F(VariableFonts, TheSubsetIsTheInstance) {
  const Fonts fonts = open_clinic();
  const std::string text = "Hamburgefonstiv ÅÉ é 123";
  std::map<std::pair<int, Slant>, std::string> programs;
  for (const auto& [weight, slant] : std::vector<std::pair<int, Slant>>{{400, Slant::Upright}, {700, Slant::Upright}, {900, Slant::Italic}}) {
    const FaceId face = inter(fonts, weight, slant);
    std::vector<GlyphId> glyphs;
    for (const ShapedGlyph& glyph : shape(fonts, face, text)) glyphs.push_back(glyph.glyph);
    Diagnostics diags;
    const auto subset = fonts.subset(face, glyphs, diags);
    ASSERT_TRUE(subset) << to_text(diags);
    programs[{weight, slant}] = subset->program;
    hb_blob_t* const blob = hb_blob_create(subset->program.data(), static_cast<unsigned>(subset->program.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    hb_face_t* const reduced = hb_face_create(blob, 0);
    hb_font_t* const font = hb_font_create(reduced);
    EXPECT_FALSE(hb_ot_var_has_data(reduced));
    for (const SubsetGlyph& glyph : subset->glyphs) {
      EXPECT_EQ(hb_font_get_glyph_h_advance(font, glyph.renumbered), fonts.advance(face, glyph.original));
      EXPECT_EQ(glyph.advance, fonts.advance(face, glyph.original));
      const InkBox box = fonts.ink_box(face, glyph.original);
      hb_glyph_extents_t extents{};
      ASSERT_TRUE(hb_font_get_glyph_extents(font, glyph.renumbered, &extents));
      // A stored point is a whole unit; the drawn one is rounded outwards.
      EXPECT_NEAR(extents.x_bearing, box.left, 1) << glyph.original;
      EXPECT_NEAR(extents.x_bearing + extents.width, box.right, 2) << glyph.original;
      EXPECT_NEAR(extents.y_bearing, box.top, 1) << glyph.original;
      EXPECT_NEAR(extents.y_bearing + extents.height, box.bottom, 2) << glyph.original;
    }
    hb_font_destroy(font);
    hb_face_destroy(reduced);
    hb_blob_destroy(blob);
  }
  EXPECT_NE((programs[{400, Slant::Upright}]), (programs[{700, Slant::Upright}]));
  // No more tables than of a font without axes.
  for (const auto& [key, program] : programs) EXPECT_EQ(program.find("fvar"), std::string::npos);
}

TEST_F(VariableFonts, TheListMayNameAPlaceOnTheAxes) {
  const Fonts fonts = open_declared("wght=650, slnt=-5");
  const FaceId face{0};
  ASSERT_TRUE(fonts.available(face)) << fonts.problem(face);
  EXPECT_EQ(fonts.info(face).postscript_name, "Inter_650wght_-5slnt");
  EXPECT_EQ(fonts.info(face).weight, 700);  // as declared
  Diagnostics diags;
  EXPECT_TRUE(fonts.subset(face, std::vector<GlyphId>{5, 6}, diags)) << to_text(diags);
  EXPECT_EQ(open_declared("wght=700").info(face).postscript_name, "Inter-Bold");
}

TEST_F(VariableFonts, PlacesThatTheFontDoesNotHaveAreTold) {
  EXPECT_THAT(open_declared("wdth=75").problem(FaceId{0}), HasSubstr("Inter.var.ttf' can't be used: it has no axis 'wdth'"));
  EXPECT_THAT(open_declared("wght=950").problem(FaceId{0}), HasSubstr("its axis 'wght' goes from 100 to 900, not to 950"));
  const Folder folder;
  Diagnostics diags;
  const auto fonts = Fonts::open(folder.write("fonts.xml", "<fonts default=\"A\"><search path=\"truetype/noto\"/><family name=\"A\" license=\"OFL-1.1\"><face file=\"NotoSans-Regular.ttf\" "
                                                           "weight=\"700\" slant=\"upright\" variations=\"wght=700\"/></family></fonts>"),
                                 {}, diags);
  ASSERT_TRUE(fonts);
  EXPECT_THAT(fonts->problem(FaceId{0}), HasSubstr("it is no variable font"));
}

TEST(Variations, ReadAListOfAxesAndValues) {
  const auto read = parse_variations("wght=700, slnt=-7.5");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].axis, "wght");
  EXPECT_EQ((*read)[0].value, 700);
  EXPECT_EQ((*read)[1].value, -7.5F);
  for (const std::string_view wrong : {"", "wght", "wght=", "wght=bold", "wght=1e3", "wght=700,", "wght=700,wght=400", "weight=700", "wght=700 slnt=1", "wght=inf"}) {
    EXPECT_FALSE(parse_variations(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace handout::fonts
