#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb.h>

#include <algorithm>
#include <set>

#include "fonts/cff.h"
#include "fonts/support.h"
#include "unicode/text.h"

namespace handout::fonts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<GlyphId> nominal_glyphs(const Fonts& fonts, FaceId face, std::string_view text) {
  std::vector<GlyphId> glyphs;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    glyphs.push_back(fonts.nominal_glyph(face, c.value));
    at = c.end;
  }
  return glyphs;
}

// A font of HarfBuzz's own over bytes or a file.
struct Font {
  Font(hb_blob_t* from, unsigned index) : blob(from), face(hb_face_create(blob, index)), font(hb_font_create(face)) {}
  ~Font() {
    hb_font_destroy(font);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
  }
  Font(const Font&) = delete;
  Font& operator=(const Font&) = delete;
  hb_blob_t* blob;
  hb_face_t* face;
  hb_font_t* font;
};

hb_blob_t* blob_of(const std::string& bytes) {
  return hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr);
}

std::set<std::string> tables(const Font& font) {
  hb_tag_t tags[64];
  unsigned count = 64;
  hb_face_get_table_tags(font.face, 0, &count, tags);
  std::set<std::string> names;
  for (unsigned i = 0; i < count; ++i) {
    std::string name(4, ' ');
    hb_tag_to_string(tags[i], name.data());
    names.insert(name);
  }
  return names;
}

// The outline as text.
std::string outline(const Font& font, hb_codepoint_t glyph) {
  std::string path;
  hb_draw_funcs_t* const funcs = hb_draw_funcs_create();
  const auto add = [](void* data, char op, float x, float y) {
    static_cast<std::string*>(data)->append(1, op).append(std::to_string(x)).append(",").append(std::to_string(y));
  };
  struct Local {
    static void move(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void* user) { (*static_cast<decltype(add)*>(user))(data, 'M', x, y); }
    static void line(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void* user) { (*static_cast<decltype(add)*>(user))(data, 'L', x, y); }
    static void cubic(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float a, float b, float c, float d, float x, float y, void* user) {
      (*static_cast<decltype(add)*>(user))(data, 'a', a, b);
      (*static_cast<decltype(add)*>(user))(data, 'c', c, d);
      (*static_cast<decltype(add)*>(user))(data, 'C', x, y);
    }
  };
  auto user = add;
  hb_draw_funcs_set_move_to_func(funcs, Local::move, &user, nullptr);
  hb_draw_funcs_set_line_to_func(funcs, Local::line, &user, nullptr);
  hb_draw_funcs_set_cubic_to_func(funcs, Local::cubic, &user, nullptr);
  hb_font_get_glyph_shape(font.font, glyph, funcs, &path);
  hb_draw_funcs_destroy(funcs);
  return path;
}

class SubsetFonts : public testing::Test {
 protected:
  Subset subset(FaceId face, const std::vector<GlyphId>& glyphs) {
    Diagnostics diags;
    auto result = fonts_.subset(face, glyphs, diags);
    EXPECT_TRUE(result.has_value()) << to_text(diags);
    return std::move(result.value());
  }
  Fonts fonts_ = open_shipped();
  FaceId latin_ = face_for(fonts_, "a", "Latn", request_for("en"));
  FaceId chinese_ = face_for(fonts_, "药", "Hani", request_for("zh-Hans"));
};

TEST_F(SubsetFonts, RenumbersDenselyInTheOrderOfTheOriginals) {
  const Subset result = subset(latin_, nominal_glyphs(fonts_, latin_, "WA A"));
  ASSERT_EQ(result.glyphs.size(), 4U);
  EXPECT_EQ(result.kind, ProgramKind::TrueType);
  const std::vector<GlyphId> originals = {0, 3, 36, 58};
  const std::vector<FontUnits> advances = {600, 260, 639, 930};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(result.glyphs[i].original, originals[i]);
    EXPECT_EQ(result.glyphs[i].renumbered, i);
    EXPECT_EQ(result.glyphs[i].advance, advances[i]);
  }
}

TEST_F(SubsetFonts, KeepsThePartsOfCompositeGlyphs) {
  const Subset result = subset(latin_, nominal_glyphs(fonts_, latin_, "é"));
  std::vector<GlyphId> originals;
  for (const SubsetGlyph& glyph : result.glyphs) originals.push_back(glyph.original);
  EXPECT_THAT(originals, ElementsAre(0, 72, 118, 171));  // .notdef, e, acute, eacute
}

TEST_F(SubsetFonts, TrueTypeHoldsWhatAPdfNeedsAndNoMore) {
  const Subset result = subset(latin_, nominal_glyphs(fonts_, latin_, "Take é"));
  const Font font(blob_of(result.program), 0);
  EXPECT_EQ(tables(font), (std::set<std::string>{"glyf", "head", "hhea", "hmtx", "loca", "maxp"}));
  EXPECT_EQ(hb_face_get_glyph_count(font.face), result.glyphs.size());
  EXPECT_EQ(hb_face_get_upem(font.face), 1000U);
}

TEST_F(SubsetFonts, OutlinesAndAdvancesAreTheOriginals) {
  const Subset result = subset(latin_, nominal_glyphs(fonts_, latin_, "Take é 2 g"));
  const Font reduced(blob_of(result.program), 0);
  const Font original(hb_blob_create_from_file(fonts_.info(latin_).file.c_str()), 0);
  std::size_t drawn = 0;
  for (const SubsetGlyph& glyph : result.glyphs) {
    const std::string path = outline(original, glyph.original);
    EXPECT_EQ(outline(reduced, glyph.renumbered), path) << glyph.original;
    if (!path.empty()) ++drawn;
    EXPECT_EQ(hb_font_get_glyph_h_advance(original.font, glyph.original), glyph.advance);
    EXPECT_EQ(hb_font_get_glyph_h_advance(reduced.font, glyph.renumbered), glyph.advance);
  }
  EXPECT_EQ(drawn, result.glyphs.size() - 1);  // all but the space; .notdef has its box
}

TEST_F(SubsetFonts, CffIsTheBareTableWithTheOriginalCids) {
  const Subset result = subset(chinese_, nominal_glyphs(fonts_, chinese_, "请药A"));
  EXPECT_EQ(result.kind, ProgramKind::CffCidKeyed);
  ASSERT_EQ(result.glyphs.size(), 4U);
  EXPECT_EQ(result.glyphs[1].original, 34);
  EXPECT_EQ(result.glyphs[1].advance, 608);
  EXPECT_EQ(result.glyphs[2].original, 34119);
  EXPECT_EQ(result.glyphs[2].advance, 1000);
  EXPECT_EQ(result.program.substr(0, 2), std::string("\1\0", 2));
  EXPECT_LT(result.program.size(), 5000U);
  const auto summary = summarize_cff(result.program, 4);
  ASSERT_TRUE(summary);
  EXPECT_TRUE(summary->cid_keyed);
  // The charset still names the original CIDs, which are no longer the glyph numbers.
  EXPECT_EQ(summary->charset, Charset::Other);
}

TEST_F(SubsetFonts, CffOutlinesAreTheOriginals) {
  const Subset result = subset(chinese_, nominal_glyphs(fonts_, chinese_, "请药A"));
  const Font original(hb_blob_create_from_file(kCjk), 2);
  // HarfBuzz reads CFF from a font file only: the original's other tables, with the reduced one in place of its own.
  hb_face_t* const built = hb_face_builder_create();
  hb_blob_t* const cff = blob_of(result.program);
  hb_face_builder_add_table(built, HB_TAG('C', 'F', 'F', ' '), cff);
  hb_blob_destroy(cff);
  for (const hb_tag_t tag : {HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x')}) {
    hb_blob_t* const table = hb_face_reference_table(original.face, tag);
    hb_face_builder_add_table(built, tag, table);
    hb_blob_destroy(table);
  }
  const std::string maxp("\0\0\x50\0\0\4", 6);
  hb_blob_t* const count = blob_of(maxp);
  hb_face_builder_add_table(built, HB_TAG('m', 'a', 'x', 'p'), count);
  hb_blob_destroy(count);
  const Font reduced(hb_face_reference_blob(built), 0);
  hb_face_destroy(built);
  for (const SubsetGlyph& glyph : result.glyphs) {
    const std::string path = outline(original, glyph.original);
    EXPECT_FALSE(path.empty());
    EXPECT_EQ(outline(reduced, glyph.renumbered), path) << glyph.original;
  }
}

TEST_F(SubsetFonts, TheSameGlyphsInAnotherOrderGiveTheSameBytes) {
  for (const FaceId face : {latin_, chinese_}) {
    std::vector<GlyphId> glyphs = nominal_glyphs(fonts_, face, "Take 3 ABBA");
    const Subset first = subset(face, glyphs);
    std::reverse(glyphs.begin(), glyphs.end());
    glyphs.push_back(glyphs.front());
    const Subset second = subset(face, glyphs);
    EXPECT_EQ(first.program, second.program);
    EXPECT_EQ(open_shipped().subset(face, glyphs, *std::make_unique<Diagnostics>())->program, first.program);
  }
}

TEST_F(SubsetFonts, NoGlyphsStillGiveNotdef) {
  const Subset result = subset(latin_, {});
  ASSERT_EQ(result.glyphs.size(), 1U);
  EXPECT_EQ(result.glyphs[0].original, 0);
  EXPECT_FALSE(result.program.empty());
}

TEST_F(SubsetFonts, DoesNotDrawInGlyphsThatShapingMightWant) {
  // "f" and "i" without the ligatures that GSUB makes of them.
  EXPECT_EQ(subset(latin_, nominal_glyphs(fonts_, latin_, "fi")).glyphs.size(), 3U);
}

TEST_F(SubsetFonts, EveryFaceCanBeReduced) {
  for (std::size_t i = 0; i < fonts_.face_count(); ++i) {
    const Subset result = subset(FaceId{i}, {1, 2, 5});
    EXPECT_GE(result.glyphs.size(), 4U) << fonts_.info(FaceId{i}).file;
  }
}

TEST(SummarizeCff, RefusesMalformedTables) {
  hb_blob_t* const blob = hb_blob_create_from_file(kCjk);
  hb_face_t* const face = hb_face_create(blob, 0);
  hb_blob_t* const table = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
  unsigned length = 0;
  const char* const data = hb_blob_get_data(table, &length);
  const std::string_view whole(data, length);
  const auto summary = summarize_cff(whole, 65535);
  ASSERT_TRUE(summary);
  EXPECT_TRUE(summary->cid_keyed);
  EXPECT_EQ(summary->charset, Charset::Identity);
  for (std::size_t size = 0; size < 200; ++size) EXPECT_FALSE(summarize_cff(whole.substr(0, size), 65535)) << size;
  hb_blob_destroy(table);
  hb_face_destroy(face);
  hb_blob_destroy(blob);
}

// Header, Name INDEX ("A"), Top DICT INDEX with the bytes given.
std::string cff_with(const std::string& dict) {
  return std::string("\1\0\4\1", 4) + std::string("\0\1\1\1\2A", 6) + std::string("\0\1\1\1", 4) + static_cast<char>(dict.size() + 1) + dict;
}

TEST(SummarizeCff, ReadsTheTopDict) {
  const auto keyed = summarize_cff(cff_with("\x8B\x0F"), 3);  // 0 charset
  ASSERT_TRUE(keyed);
  EXPECT_FALSE(keyed->cid_keyed);
  const std::string ros = std::string("\x8C\x8D\x8B\x0C\x1E", 5);  // 1 2 0 ROS
  const auto predefined = summarize_cff(cff_with(ros), 3);
  ASSERT_TRUE(predefined);
  EXPECT_TRUE(predefined->cid_keyed);
  EXPECT_EQ(predefined->charset, Charset::Other);
  // The charset stands behind the dict, at 14 + 1 + 5 + 2 = 22: operand 22 is byte 161.
  const std::string dict = ros + "\xA1\x0F";
  EXPECT_EQ(summarize_cff(cff_with(dict) + std::string("\0\0\1\0\2", 5), 3)->charset, Charset::Identity);
  EXPECT_EQ(summarize_cff(cff_with(dict) + std::string("\0\0\1\0\3", 5), 3)->charset, Charset::Other);
  EXPECT_EQ(summarize_cff(cff_with(dict) + std::string("\2\0\1\0\1", 5), 3)->charset, Charset::Identity);
  EXPECT_FALSE(summarize_cff(cff_with(dict) + std::string("\0\0\1", 3), 3));
  EXPECT_FALSE(summarize_cff(cff_with(dict) + std::string("\3\0\1\0\1", 5), 3));
}

TEST(SummarizeCff, RefusesWrongOperands) {
  EXPECT_FALSE(summarize_cff(cff_with("\x1F\x0F"), 3));               // 31 is reserved
  EXPECT_FALSE(summarize_cff(cff_with(std::string("\x1D\0\0", 3)), 3));  // a cut integer
  EXPECT_FALSE(summarize_cff(cff_with("\x1E\x12\x34"), 3));           // a real without end
  EXPECT_TRUE(summarize_cff(cff_with(std::string("\x1E\x12\x3F\x0F", 4)), 3));
}

}  // namespace
}  // namespace handout::fonts
