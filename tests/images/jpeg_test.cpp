#include <gtest/gtest.h>
#include <gmock/gmock.h>

#include "images/raster.h"
#include "make_pictures.h"

namespace handout::images::test {
namespace {

using testing::HasSubstr;

TEST(Jpeg, sound_files_without_notes_pass_through_unchanged) {
  for (const int components : {1, 3}) {
    for (const bool progressive : {false, true}) {
      const std::string bytes = make_jpeg({37, 21, components, progressive});
      const Decoded decoded = decode(bytes);
      ASSERT_TRUE(decoded.picture) << decoded.text();
      EXPECT_EQ(decoded.text(), "");
      EXPECT_EQ(decoded.jpeg().bytes, bytes);
      EXPECT_EQ(decoded.jpeg().width, 37u);
      EXPECT_EQ(decoded.jpeg().height, 21u);
      EXPECT_EQ(decoded.jpeg().components, components);
    }
  }
}

TEST(Jpeg, natural_size_is_what_jfif_says_else_96_an_inch) {
  const auto size = [](int unit, int x, int y) {
    JpegRecipe recipe{96, 48};
    recipe.density_unit = unit;
    recipe.density_x = x;
    recipe.density_y = y;
    return decode(make_jpeg(recipe)).picture->natural_size;
  };
  EXPECT_EQ(size(1, 288, 144), (Size{24_pt, 24_pt}));
  EXPECT_NEAR(size(2, 100, 100).width.points(), 96 * 72 / 254.0, 0.001);
  EXPECT_EQ(size(0, 1, 1), (Size{72_pt, 36_pt}));
  EXPECT_EQ(size(0, 1, 2), (Size{72_pt, 18_pt}));
  EXPECT_EQ(size(1, 60000, 60000), (Size{72_pt, 36_pt})) << "absurd";
  JpegRecipe plain{96, 48};
  plain.jfif = false;
  plain.adobe = true;
  EXPECT_EQ(decode(make_jpeg(plain)).picture->natural_size, (Size{72_pt, 36_pt}));
}

// A red left half and a blue right one.
JpegRecipe halves() {
  JpegRecipe recipe{32, 16};
  recipe.sample = [](auto x, auto, auto channel) { return (x < 16 && channel == 0) || (x >= 16 && channel == 2) ? 255u : 0u; };
  recipe.density_unit = 1;
  recipe.density_x = recipe.density_y = 72;
  return recipe;
}

TEST(Jpeg, exif_orientation_gives_an_upright_raster) {
  JpegRecipe recipe = halves();
  recipe.exif = exif_little(6);
  const Decoded decoded = decode(make_jpeg(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  const Raster& raster = decoded.raster();
  ASSERT_EQ(raster.width, 16u);
  ASSERT_EQ(raster.height, 32u);
  ASSERT_EQ(raster.pixels.size(), 3u * 16 * 32);
  EXPECT_EQ(decoded.picture->natural_size, (Size{16_pt, 32_pt}));
  const auto red = [&](std::size_t x, std::size_t y) { return static_cast<unsigned char>(raster.pixels[(y * 16 + x) * 3]); };
  EXPECT_GT(red(8, 4), 240);
  EXPECT_LT(red(8, 28), 15);
}

TEST(Jpeg, an_orientation_of_one_or_a_wrong_one_passes_through) {
  for (const int orientation : {0, 1, 9, 255}) {
    JpegRecipe recipe = halves();
    recipe.exif = exif_big(orientation);
    EXPECT_TRUE(std::holds_alternative<Jpeg>(decode(make_jpeg(recipe)).picture->content)) << orientation;
  }
}

TEST(Jpeg, a_grey_picture_turns_as_grey) {
  JpegRecipe recipe{16, 8, 1};
  recipe.exif = exif_big(3);
  const Decoded decoded = decode(make_jpeg(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.raster().format, PixelFormat::Gray8);
  EXPECT_EQ(decoded.raster().pixels, std::string(16 * 8, '\x80'));
}

TEST(Jpeg, cmyk_without_a_usable_profile_is_refused) {
  JpegRecipe recipe;
  recipe.components = 4;
  recipe.jfif = false;
  const std::string refusal =
      "a.xml:3:7: error: picture 'inks.jpg' is a CMYK JPEG without a colour profile that could be used\n  hint: save it as RGB, or as CMYK with its profile in the file\n";
  for (const bool adobe : {false, true}) {
    recipe.adobe = adobe;
    const Decoded decoded = decode(make_jpeg(recipe), "inks.jpg");
    EXPECT_FALSE(decoded.picture);
    EXPECT_EQ(decoded.text(), refusal);
  }
  recipe.exif = exif_big(8);
  EXPECT_EQ(decode(make_jpeg(recipe), "inks.jpg").text(), refusal);
  recipe.profile = linear_rgb_profile();
  const Decoded other = decode(make_jpeg(recipe), "inks.jpg");
  EXPECT_FALSE(other.picture) << "a profile for other channels is none";
  EXPECT_THAT(other.text(), HasSubstr(refusal));
}

TEST(Jpeg, cmyk_with_a_profile_can_be_turned_by_exif) {
  JpegRecipe recipe{16, 8, 4};
  recipe.jfif = false;
  recipe.profile = cmyk_profile();
  recipe.exif = exif_big(6);
  const Decoded decoded = decode(make_jpeg(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.raster().width, 8u);
  EXPECT_EQ(decoded.raster().height, 16u);
}

TEST(Jpeg, a_foreign_profile_gives_an_srgb_raster_and_srgb_passes_through) {
  JpegRecipe recipe;
  recipe.sample = [](auto, auto, auto) { return 55u; };
  recipe.profile = srgb_profile();
  EXPECT_TRUE(std::holds_alternative<Jpeg>(decode(make_jpeg(recipe)).picture->content));
  recipe.profile = linear_rgb_profile();
  const Decoded decoded = decode(make_jpeg(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  ASSERT_EQ(decoded.raster().pixels.size(), 3u * 16 * 16);
  for (const char c : decoded.raster().pixels) EXPECT_NEAR(static_cast<unsigned char>(c), 128, 2);  // png_test.cpp says why 128
}

TEST(Jpeg, cmyk_with_a_profile_becomes_rgb_inverted_or_not) {
  for (const bool adobe : {false, true}) {
    JpegRecipe recipe;
    recipe.components = 4;
    recipe.jfif = false;
    recipe.adobe = adobe;
    recipe.profile = cmyk_profile();
    // No ink in the left half, all black in the right one.
    recipe.sample = [adobe](auto x, auto, auto channel) { return (channel == 3 && x >= 8) != adobe ? 255u : 0u; };
    const Decoded decoded = decode(make_jpeg(recipe));
    ASSERT_TRUE(decoded.picture) << decoded.text();
    ASSERT_TRUE(std::holds_alternative<Raster>(decoded.picture->content)) << decoded.text();
    ASSERT_EQ(decoded.raster().format, PixelFormat::Rgb8);
    ASSERT_EQ(decoded.raster().pixels.size(), 3u * 16 * 16);
    EXPECT_GT(static_cast<unsigned char>(decoded.raster().pixels[3 * 2]), 250) << adobe;
    EXPECT_LT(static_cast<unsigned char>(decoded.raster().pixels[3 * 13]), 5) << adobe;
  }
}

TEST(Jpeg, a_profile_for_other_channels_is_told_and_ignored) {
  JpegRecipe recipe;
  recipe.profile = linear_gray_profile();
  const Decoded decoded = decode(make_jpeg(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_TRUE(std::holds_alternative<Jpeg>(decoded.picture->content));
  EXPECT_THAT(decoded.text(), HasSubstr("has a damaged colour profile"));
}

TEST(Jpeg, rgb_that_a_pdf_reader_would_take_for_ycc_is_decoded) {
  JpegRecipe recipe = halves();
  recipe.stored_as_rgb = true;
  recipe.jfif = false;
  const Decoded decoded = decode(make_jpeg(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_GT(static_cast<unsigned char>(decoded.raster().pixels[3 * 4]), 240);
  EXPECT_LT(static_cast<unsigned char>(decoded.raster().pixels[3 * 28]), 15);
  recipe.adobe = true;
  EXPECT_TRUE(std::holds_alternative<Jpeg>(decode(make_jpeg(recipe)).picture->content)) << "the Adobe marker says RGB to both";
}

TEST(Jpeg, arithmetic_coding_is_refused) {
  JpegRecipe recipe;
  recipe.arithmetic = true;
  const Decoded decoded = decode(make_jpeg(recipe));
  EXPECT_FALSE(decoded.picture);
  EXPECT_THAT(decoded.text(), HasSubstr("is an arithmetic-coded JPEG, which PDF readers cannot show\n  hint: save it as baseline JPEG"));
}

TEST(Jpeg, a_large_promise_in_a_small_file_is_refused) {
  std::string bytes = make_jpeg({});
  const std::size_t frame = bytes.find("\xff\xc0");
  ASSERT_NE(frame, std::string::npos);
  bytes.replace(frame + 5, 4, "\x1f\x40\x1f\x40");  // 8000 x 8000
  EXPECT_THAT(decode(bytes).text(), HasSubstr("is damaged: the file ends too early"));
  bytes.replace(frame + 5, 4, "\x40\x01\x40\x01");
  EXPECT_THAT(decode(bytes).text(), HasSubstr("has 16385 x 16385 pixels"));
}

TEST(Jpeg, more_than_64_scans_are_refused) {
  JpegRecipe recipe{8, 8, 1, true};
  std::string bytes = make_jpeg(recipe);
  // The last scan once more and again: each refines the same coefficients.
  const std::size_t scan = bytes.rfind("\xff\xda");
  const std::string last = bytes.substr(scan, bytes.size() - 2 - scan);
  for (int i = 0; i < 80; ++i) bytes.insert(bytes.size() - 2, last);
  const Decoded decoded = decode(bytes);
  EXPECT_FALSE(decoded.picture);
  EXPECT_THAT(decoded.text(), HasSubstr("it has more than 64 scans"));
}

TEST(Jpeg, data_that_stops_early_is_damage_although_libjpeg_only_warns) {
  const std::string bytes = make_jpeg(halves());
  const Decoded decoded = decode(std::string_view(bytes).substr(0, bytes.size() - 20));
  EXPECT_FALSE(decoded.picture);
  EXPECT_THAT(decoded.text(), HasSubstr("is damaged: Premature end of JPEG file\n  hint: export it again"));
}

TEST(Orientation, turns_a_raster_as_exif_says) {
  // ABC over DEF, and its eight faces by CIPA DC-008's table.
  const std::vector<std::pair<std::uint32_t, std::string>> faces{{3, "ABCDEF"}, {3, "CBAFED"}, {3, "FEDCBA"}, {3, "DEFABC"},
                                                                 {2, "ADBECF"}, {2, "DAEBFC"}, {2, "FCEBDA"}, {2, "CFBEAD"}};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const auto& [width, pixels] = faces[static_cast<std::size_t>(orientation - 1)];
    const Raster turned = upright({3, 2, PixelFormat::Gray8, "ABCDEF", "abcdef"}, orientation);
    EXPECT_EQ(turned.width, width) << orientation;
    EXPECT_EQ(turned.height, 6 / width) << orientation;
    EXPECT_EQ(turned.pixels, pixels) << orientation;
    std::string lower = pixels;
    for (char& c : lower) c = static_cast<char>(c - 'A' + 'a');
    EXPECT_EQ(turned.alpha, lower) << orientation;
    EXPECT_EQ(swaps_sides(orientation), width == 2) << orientation;
  }
  EXPECT_EQ(upright({2, 1, PixelFormat::Rgb8, "RGBrgb", ""}, 2).pixels, "rgbRGB");
}

TEST(Orientation, is_read_in_both_byte_orders_and_never_beyond_the_block) {
  EXPECT_EQ(exif_orientation(exif_little(6)), 6);
  EXPECT_EQ(exif_orientation(exif_big(8)), 8);
  const std::string whole = exif_big(8);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Orientation found = exif_orientation(std::string(whole, 0, size));
    EXPECT_EQ(found, size < 20 ? kUpright : 8) << size;
  }
  std::string wrong_type = exif_big(6);
  wrong_type[13] = 4;
  EXPECT_EQ(exif_orientation(wrong_type), kUpright);
  std::string far_directory = exif_big(6);
  far_directory.replace(4, 4, "\xff\xff\xff\xff");
  EXPECT_EQ(exif_orientation(far_directory), kUpright);
}

}  // namespace
}  // namespace handout::images::test
