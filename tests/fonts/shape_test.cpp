#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <harfbuzz/hb.h>

#include <algorithm>

#include "fonts/support.h"
#include "unicode/text.h"

namespace handout::fonts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using unicode::Direction;

struct Sample {
  std::string text;
  std::string script;
  std::string language;
  Direction direction = Direction::LeftToRight;
};

std::vector<Sample> samples() {
  return {{"office AVATAR fi", "Latn", "en"},
          {"السلام عليكم ورحمة الله", "Arab", "ar", Direction::RightToLeft},
          {"بِسْمِ اللَّهِ", "Arab", "ar", Direction::RightToLeft},
          {"بیمار کو دوائی", "Arab", "ur", Direction::RightToLeft},
          {"שָׁלוֹם", "Hebr", "he", Direction::RightToLeft},
          {"क्षि र्क स्त्री", "Deva", "hi"},
          {"ကြောင့် မြန်မာ", "Mymr", "my"},
          {"ស្រ្តី", "Khmr", "km"},
          {"น้ำมัน", "Thai", "th"},
          {"请随餐服用", "Hani", "zh-Hans"}};
}

class Shape : public testing::Test {
 protected:
  std::vector<ShapedGlyph> shape(const Sample& sample, std::size_t begin = 0, std::size_t end = std::string::npos,
                                 const std::vector<std::string>& features = {}) {
    if (end == std::string::npos) end = sample.text.size();
    const FaceId face = face_for(fonts_, sample.text, sample.script, request_for(sample.language));
    return fonts_.shape(face, {.text = sample.text,
                               .begin = begin,
                               .end = end,
                               .script = sample.script,
                               .language = sample.language,
                               .direction = sample.direction,
                               .features = features});
  }
  Fonts fonts_ = open_shipped();
};

std::vector<GlyphId> ids(const std::vector<ShapedGlyph>& glyphs) {
  std::vector<GlyphId> result;
  for (const ShapedGlyph& glyph : glyphs) result.push_back(glyph.glyph);
  return result;
}

// By hb-shape --cluster-level=1.
TEST_F(Shape, ShapesLatinWithLigaturesAndKerning) {
  const auto glyphs = shape({"office AV", "Latn", "en"});
  EXPECT_THAT(ids(glyphs), ElementsAre(82, 1969, 70, 72, 3, 36, 57));
  EXPECT_EQ(glyphs[1].advance, 946);
  EXPECT_EQ(glyphs[2].cluster, 4U);
  EXPECT_EQ(glyphs[5].advance, 599);  // 639 less the kerning with V
  EXPECT_TRUE(glyphs[6].unsafe_to_break);
  EXPECT_FALSE(glyphs[4].unsafe_to_break);
}

TEST_F(Shape, GivesRightToLeftTextInLogicalOrder) {
  const auto glyphs = shape({"بِسْمِ", "Arab", "ar", Direction::RightToLeft});
  ASSERT_THAT(ids(glyphs), ElementsAre(102, 608, 1079, 1217, 770, 608));
  EXPECT_EQ(glyphs[0].cluster, 0U);
  EXPECT_EQ(glyphs[5].cluster, 10U);
  EXPECT_EQ(glyphs[0].advance, 269);
  // The mark after its base: the pen has moved by the base's advance, and the offset counts from there.
  EXPECT_EQ(glyphs[1].advance, 0);
  EXPECT_EQ(glyphs[1].x_offset, -35);
  EXPECT_EQ(glyphs[1].y_offset, -191);
  EXPECT_EQ(glyphs[5].x_offset, 139);
}

// Placing from the right edge, as fonts.h says, must give HarfBuzz's own picture.
TEST_F(Shape, PlacesGlyphsAsHarfBuzzDoes) {
  for (const Sample& sample : samples()) {
    const FaceId face = face_for(fonts_, sample.text, sample.script, request_for(sample.language));
    hb_blob_t* const blob = hb_blob_create_from_file(fonts_.info(face).file.c_str());
    unsigned index = 0;
    if (fonts_.info(face).postscript_name == "NotoSansCJKsc-Regular") index = 2;
    hb_face_t* const hb_face = hb_face_create(blob, index);
    hb_font_t* const font = hb_font_create(hb_face);
    hb_buffer_t* const buffer = hb_buffer_create();
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_add_utf8(buffer, sample.text.c_str(), -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_language(buffer, hb_language_from_string(sample.language.c_str(), -1));
    hb_shape(font, buffer, nullptr, 0);
    unsigned count = 0;
    const hb_glyph_info_t* const infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* const positions = hb_buffer_get_glyph_positions(buffer, &count);
    std::vector<std::tuple<unsigned, int, int>> expected;
    int pen = 0;
    for (unsigned i = 0; i < count; ++i) {
      expected.emplace_back(infos[i].codepoint, pen + positions[i].x_offset, positions[i].y_offset);
      pen += positions[i].x_advance;
    }

    const auto glyphs = shape(sample);
    std::vector<std::tuple<unsigned, int, int>> placed;
    const bool left = sample.direction == Direction::RightToLeft;
    int at = left ? pen : 0;
    for (const ShapedGlyph& glyph : glyphs) {
      if (left) at -= glyph.advance;
      placed.emplace_back(glyph.glyph, at + glyph.x_offset, glyph.y_offset);
      if (!left) at += glyph.advance;
    }
    EXPECT_EQ(at, left ? 0 : pen);
    if (left) std::reverse(placed.begin(), placed.end());
    EXPECT_EQ(placed, expected) << sample.text;

    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
    hb_face_destroy(hb_face);
    hb_blob_destroy(blob);
  }
}

TEST_F(Shape, ClustersRiseFromTheBeginningOfTheRange) {
  for (const Sample& sample : samples()) {
    const auto glyphs = shape(sample);
    ASSERT_FALSE(glyphs.empty());
    EXPECT_EQ(glyphs.front().cluster, 0U) << sample.text;
    EXPECT_TRUE(std::is_sorted(glyphs.begin(), glyphs.end(), [](const auto& a, const auto& b) { return a.cluster < b.cluster; })) << sample.text;
  }
}

// The meaning of "safe": both sides shaped on their own are what the whole was.
TEST_F(Shape, PiecesShapedApartAtSafeBreaksEqualTheWhole) {
  std::size_t safe = 0, unsafe = 0;
  for (const Sample& sample : samples()) {
    const auto whole = shape(sample);
    for (std::size_t i = 1; i < whole.size(); ++i) {
      if (whole[i].unsafe_to_break) {
        ++unsafe;
        continue;
      }
      ++safe;
      auto pieces = shape(sample, 0, whole[i].cluster);
      const auto second = shape(sample, whole[i].cluster);
      pieces.insert(pieces.end(), second.begin(), second.end());
      ASSERT_EQ(ids(pieces), ids(whole)) << sample.text << " at " << whole[i].cluster;
      for (std::size_t k = 0; k < whole.size(); ++k) {
        EXPECT_EQ(pieces[k].cluster, whole[k].cluster);
        EXPECT_EQ(pieces[k].advance, whole[k].advance);
        EXPECT_EQ(pieces[k].x_offset, whole[k].x_offset);
        EXPECT_EQ(pieces[k].y_offset, whole[k].y_offset);
      }
    }
  }
  EXPECT_GT(safe, 20U);
  EXPECT_GT(unsafe, 20U);
}

TEST_F(Shape, BreakingInsideAClusterIsNeverSafe) {
  const auto glyphs = shape({"น้ำ", "Thai", "th"});
  ASSERT_GT(glyphs.size(), 1U);
  for (std::size_t i = 1; i < glyphs.size(); ++i) {
    if (glyphs[i].cluster == glyphs[i - 1].cluster) {
      EXPECT_TRUE(glyphs[i].unsafe_to_break);
    }
  }
}

TEST_F(Shape, TheParagraphIsContextForJoining) {
  const Sample word{"سلام", "Arab", "ar", Direction::RightToLeft};
  const Sample letter{"س", "Arab", "ar", Direction::RightToLeft};
  const auto whole = shape(word);
  const auto first = shape(word, 0, 2);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].glyph, whole[0].glyph);            // initial form, though alone in its run
  EXPECT_NE(first[0].glyph, shape(letter)[0].glyph);    // isolated form
}

TEST_F(Shape, ClustersCountFromTheTextNotTheRange) {
  const auto glyphs = shape({"office AV", "Latn", "en"}, 7, 9);
  ASSERT_EQ(glyphs.size(), 2U);
  EXPECT_EQ(glyphs[0].cluster, 7U);
  EXPECT_THAT(shape({"office", "Latn", "en"}, 3, 3), IsEmpty());
}

TEST_F(Shape, ObeysFeaturesAndIgnoresUnknownOnes) {
  const Sample sample{"office", "Latn", "en"};
  EXPECT_THAT(shape(sample, 0, 6, {"-liga"}), testing::SizeIs(6));
  EXPECT_THAT(shape(sample, 0, 6, {"liga=0"}), testing::SizeIs(6));
  EXPECT_EQ(ids(shape(sample, 0, 6, {"not a feature", ""})), ids(shape(sample)));
}

TEST_F(Shape, ObeysTheLanguage) {
  // Noto Sans has Serbian forms of some letters.
  const std::string text = "б";
  const FaceId face = face_for(fonts_, text, "Cyrl", request_for("sr"));
  const auto glyph = [&](std::string_view language) {
    return fonts_.shape(face, {.text = text, .begin = 0, .end = 2, .script = "Cyrl", .language = language, .features = {}}).at(0).glyph;
  };
  EXPECT_NE(glyph("sr"), glyph("ru"));
}

TEST_F(Shape, ControlsVanish) {
  for (const std::string control : {"\u00AD", "\u200B", "\u200D", "\u200E", "\u2066", "\u2069", "\uFE0F", "\uFEFF", "\t", "\n", "\u2028"}) {
    const auto glyphs = shape({"a" + control + "b", "Latn", "en"});
    ASSERT_EQ(glyphs.size(), 2U) << unicode::describe(unicode::decode(control, 0).value);
    EXPECT_EQ(glyphs[1].cluster, 1 + control.size());
  }
  EXPECT_THAT(shape({"\u2067", "Latn", "en"}), IsEmpty());
}

TEST_F(Shape, JoinersDoTheirWorkBeforeTheyVanish) {
  const auto apart = shape({"می\u200Cخواهم", "Arab", "fa", Direction::RightToLeft});
  const auto joined = shape({"میخواهم", "Arab", "fa", Direction::RightToLeft});
  EXPECT_NE(ids(apart), ids(joined));
}

// The text doesn't have it, and Chakma is written with sequences of vowel signs that HarfBuzz 6 takes for faulty.
TEST_F(Shape, InsertsNoDottedCircle) {
  for (const Sample& sample : {Sample{"\u0915\u0902\u093F", "Deva", "hi"}, Sample{"\u093F", "Deva", "hi"}, Sample{"\U00011131\U0001112A", "Cakm", "ccp"}}) {
    const FaceId face = face_for(fonts_, sample.text, sample.script, request_for(sample.language));
    EXPECT_THAT(ids(shape(sample)), testing::Not(testing::Contains(fonts_.nominal_glyph(face, char32_t{0x25CC}))));
    EXPECT_FALSE(shape(sample).empty());
  }
  const Sample written{"\u25CC\u093F", "Deva", "hi"};
  const FaceId face = face_for(fonts_, written.text, "Deva", request_for("hi"));
  EXPECT_THAT(ids(shape(written)), testing::Contains(fonts_.nominal_glyph(face, char32_t{0x25CC})));
}

TEST_F(Shape, MirrorsBracketsInRightToLeftRuns) {
  const FaceId face = face_for(fonts_, "(", "Latn", request_for("en"));
  const auto glyphs = fonts_.shape(face, {.text = "()", .begin = 0, .end = 2, .script = "Arab", .language = "ar", .direction = Direction::RightToLeft, .features = {}});
  ASSERT_EQ(glyphs.size(), 2U);
  EXPECT_EQ(glyphs[0].glyph, fonts_.nominal_glyph(face, U')'));
  EXPECT_EQ(glyphs[1].glyph, fonts_.nominal_glyph(face, U'('));
}

}  // namespace
}  // namespace handout::fonts
