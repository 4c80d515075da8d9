#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb.h>

#include <algorithm>
#include <map>
#include <set>

#include "fonts/catalogue.h"
#include "fonts/support.h"

// Rules for the font list that is shipped.
namespace handout::fonts {
namespace {

Catalogue shipped() {
  Diagnostics diags;
  auto catalogue = read_catalogue(bytes_of(kShipped), "fonts.xml", diags);
  EXPECT_TRUE(catalogue.has_value()) << to_text(diags);
  return std::move(catalogue.value());
}

std::string name_in_file(const FaceInfo& info, unsigned index, hb_ot_name_id_t id) {
  hb_blob_t* const blob = hb_blob_create_from_file(info.file.c_str());
  hb_face_t* const face = hb_face_create(blob, index);
  char text[256] = {};
  unsigned size = sizeof text;
  hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &size, text);
  hb_face_destroy(face);
  hb_blob_destroy(blob);
  return text;
}

TEST(ShippedFonts, EveryDeclaredFaceIsInstalledAndSoundAndWhatItIsCalled) {
  const Fonts fonts = open_shipped();
  const Catalogue catalogue = shipped();
  ASSERT_EQ(fonts.face_count(), catalogue.faces.size());
  for (std::size_t i = 0; i < fonts.face_count(); ++i) {
    const FaceId face{i};
    EXPECT_EQ(fonts.problem(face), "");
    ASSERT_TRUE(fonts.available(face));
    const FaceInfo& info = fonts.info(face);
    std::string family = name_in_file(info, catalogue.faces[i].index, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY);
    if (family.empty()) family = name_in_file(info, catalogue.faces[i].index, HB_OT_NAME_ID_FONT_FAMILY);
    EXPECT_EQ(family, info.family) << info.file;
    EXPECT_EQ(info.weight >= 600, info.postscript_name.find("Bold") != std::string::npos) << info.postscript_name;
    EXPECT_EQ(info.slant == Slant::Italic, info.postscript_name.ends_with("Italic")) << info.postscript_name;
  }
}

TEST(ShippedFonts, EveryFamilyHasALicence) {
  for (const Family& family : shipped().families) {
    EXPECT_TRUE(family.license == "OFL-1.1" || family.license == "LicenseRef-Symbola") << family.name << ": " << family.license;
  }
}

TEST(ShippedFonts, TheReadMeNamesEveryLicence) {
  const std::string readme = bytes_of(HANDOUT_SOURCE_DIR "/fonts/README.md");
  for (const Family& family : shipped().families) EXPECT_NE(readme.find(family.license), std::string::npos) << family.license;
}

TEST(ShippedFonts, EveryFamilyOfAScriptIsReachableAndNoFaceIsDeclaredTwice) {
  const Catalogue catalogue = shipped();
  std::set<std::pair<std::string, unsigned>> files;
  for (const DeclaredFace& face : catalogue.faces) EXPECT_TRUE(files.emplace(face.file, face.index).second) << face.file;
  for (const Family& family : catalogue.families) {
    for (const std::string& script : family.scripts) {
      EXPECT_TRUE(std::any_of(catalogue.fallbacks.begin(), catalogue.fallbacks.end(), [&](const Fallback& each) { return each.script == script; }))
          << script;
    }
  }
}

// What a fallback promises is that the family draws the script's letters: at least one of its characters, by HarfBuzz's own data.
TEST(ShippedFonts, EveryFallbackHasLettersOfItsScript) {
  const Fonts fonts = open_shipped();
  const Catalogue catalogue = shipped();
  std::map<std::string, std::vector<char32_t>> letters;
  for (char32_t c = 0; c < 0x20000; ++c) {
    const hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), c);
    std::string code(4, ' ');
    hb_tag_to_string(hb_script_to_iso15924_tag(script), code.data());
    letters[code].push_back(c);
  }
  for (const Fallback& fallback : catalogue.fallbacks) {
    if (fallback.script == "Zyyy") continue;
    const auto& all = letters[fallback.script];
    ASSERT_FALSE(all.empty()) << fallback.script;
    const auto covered = std::count_if(all.begin(), all.end(), [&](char32_t c) {
      return std::any_of(fallback.families.begin(), fallback.families.end(),
                         [&](FamilyId family) { return fonts.covers(catalogue.families[family.value()].faces[0], c); });
    });
    EXPECT_GT(static_cast<double>(covered), 0.2 * static_cast<double>(all.size())) << fallback.script;
  }
}

TEST(ShippedFonts, CoverTheAlphabetsOfTheWorld) {
  const Fonts fonts = open_shipped();
  for (const std::string tag : {"en", "es", "vi", "pl", "tr", "ru", "uk", "el", "ar", "fa", "ur", "ps", "he", "hi", "bn", "pa", "gu", "ta", "te", "kn",
                                "ml", "si", "ne", "mr", "th", "lo", "km", "my", "bo", "ka", "hy", "am", "ti", "zh-Hans", "zh-Hant", "yue", "ja", "ko", "so",
                                "ht", "tl", "sw", "ha", "yo", "ig", "mn", "dv", "chr", "ff-Adlm", "zgh", "nqo", "haw", "hmn"}) {
    const auto locale = unicode::Locale::parse(tag);
    ASSERT_TRUE(locale) << tag;
    const LocaleCoverage coverage = fonts.coverage(*locale);
    EXPECT_TRUE(coverage.covered) << tag;
    EXPECT_TRUE(coverage.missing.empty()) << tag;
    EXPECT_EQ(coverage.locale, locale->tag());
  }
}

}  // namespace
}  // namespace handout::fonts
