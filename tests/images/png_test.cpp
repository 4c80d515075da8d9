#include <gtest/gtest.h>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include "make_pictures.h"

namespace handout::images::test {
namespace {

using testing::HasSubstr;

// A value that differs for neighbours and channels.
unsigned pattern(std::uint32_t x, std::uint32_t y, unsigned channel, unsigned maximum) { return (x * 37 + y * 101 + channel * 59 + x * y * 7919) % (maximum + 1); }

// v of `maximum` as eight bits, nearest.
char eight(unsigned v, unsigned maximum) { return static_cast<char>((2u * v * 255u + maximum) / (2u * maximum)); }

struct Layout { int color_type; int bit_depth; };

class PngLayout : public testing::TestWithParam<std::tuple<Layout, bool>> {};

TEST_P(PngLayout, gives_every_pixel) {
  const auto [layout, interlaced] = GetParam();
  const unsigned maximum = (1u << layout.bit_depth) - 1;
  PngRecipe recipe{13, 9, layout.bit_depth, layout.color_type, interlaced};
  recipe.sample = [maximum](auto x, auto y, auto channel) { return pattern(x, y, channel, maximum); };
  if (layout.color_type == 3) {
    for (unsigned i = 0; i <= maximum; ++i) recipe.palette.push_back({static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(255 - i), static_cast<std::uint8_t>(i * 7)});
  }
  std::string pixels, alpha;
  for (std::uint32_t y = 0; y < 9; ++y) {
    for (std::uint32_t x = 0; x < 13; ++x) {
      const auto at = [&](unsigned channel) { return eight(recipe.sample(x, y, channel), maximum); };
      if (layout.color_type == 3) {
        const unsigned i = recipe.sample(x, y, 0);
        pixels += {static_cast<char>(i), static_cast<char>(255 - i), static_cast<char>(i * 7)};
        continue;
      }
      const bool rgb = (layout.color_type & 2) != 0;
      for (unsigned c = 0; c < (rgb ? 3u : 1u); ++c) pixels += at(c);
      if ((layout.color_type & 4) != 0) alpha += at(rgb ? 3 : 1);
    }
  }
  const Decoded decoded = decode(make_png(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.text(), "");
  EXPECT_EQ(decoded.raster().width, 13u);
  EXPECT_EQ(decoded.raster().height, 9u);
  EXPECT_EQ(decoded.raster().format, (layout.color_type & 2) != 0 ? PixelFormat::Rgb8 : PixelFormat::Gray8);
  EXPECT_EQ(decoded.raster().pixels, pixels);
  EXPECT_EQ(decoded.raster().alpha, alpha);
}

INSTANTIATE_TEST_SUITE_P(Png, PngLayout,
                         testing::Combine(testing::Values(Layout{0, 1}, Layout{0, 2}, Layout{0, 4}, Layout{0, 8}, Layout{0, 16}, Layout{2, 8}, Layout{2, 16}, Layout{3, 1},
                                                          Layout{3, 2}, Layout{3, 4}, Layout{3, 8}, Layout{4, 8}, Layout{4, 16}, Layout{6, 8}, Layout{6, 16}),
                                          testing::Bool()));

TEST(Png, a_palette_keeps_its_own_alpha) {
  PngRecipe recipe{3, 1, 2, 3};
  recipe.palette = {{10, 20, 30}, {40, 50, 60}, {70, 80, 90}};
  recipe.palette_alpha = std::string("\x00\x80", 2);
  recipe.sample = [](auto x, auto, auto) { return x; };
  const Decoded decoded = decode(make_png(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.raster().pixels, "\x0a\x14\x1e\x28\x32\x3c\x46\x50\x5a");
  EXPECT_EQ(decoded.raster().alpha, std::string("\x00\x80\xff", 3));
}

TEST(Png, a_transparent_grey_is_matched_at_its_own_depth) {
  PngRecipe recipe{3, 1, 16, 0};
  recipe.transparent = {{0x1234}};
  recipe.sample = [](auto x, auto, auto) { return 0x1233u + x; };  // all three are 0x12 in eight bits
  const Decoded decoded = decode(make_png(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.raster().alpha, std::string("\xff\x00\xff", 3));
  EXPECT_EQ(decoded.raster().pixels, "\x12\x12\x12");
}

TEST(Png, a_transparent_colour_becomes_alpha) {
  PngRecipe recipe{2, 1, 8, 2};
  recipe.transparent = {{1, 2, 3}};
  recipe.sample = [](auto x, auto, auto channel) { return channel + 1 + x; };
  const Decoded decoded = decode(make_png(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.raster().alpha, std::string("\x00\xff", 2));
}

TEST(Png, alpha_that_is_opaque_everywhere_is_dropped) {
  PngRecipe recipe{2, 2, 8, 6};
  recipe.sample = [](auto, auto, auto channel) { return channel == 3 ? 255u : 9u; };
  const Decoded decoded = decode(make_png(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.raster().alpha, "");
}

Size size_with(const std::vector<std::uint32_t>& density) {
  PngRecipe recipe{300, 150, 1, 0};
  recipe.density = density;
  const Decoded decoded = decode(make_png(recipe));
  EXPECT_TRUE(decoded.picture) << decoded.text();
  return decoded.picture ? decoded.picture->natural_size : Size{};
}

TEST(Png, natural_size_is_what_pHYs_says_else_96_an_inch) {
  EXPECT_EQ(decode(make_png({96, 48, 1, 0})).picture->natural_size, (Size{72_pt, 36_pt}));
  const Size metric = size_with({11811, 11811, 1});  // 300 an inch
  EXPECT_NEAR(metric.width.points(), 72, 0.01);
  EXPECT_NEAR(metric.height.points(), 36, 0.01);
  EXPECT_EQ(size_with({2, 1, 0}), (Size{225_pt, 225_pt})) << "pixels twice as high as wide keep 96 an inch across";
}

TEST(Png, absurd_densities_are_ignored) {
  const Size usual{225_pt, 112.5_pt};
  EXPECT_EQ(size_with({0, 0, 1}), usual);
  EXPECT_EQ(size_with({1, 1, 1}), usual);
  EXPECT_EQ(size_with({2'000'000'000, 2'000'000'000, 1}), usual);
  EXPECT_EQ(size_with({1, 0, 0}), usual);
  EXPECT_EQ(size_with({1, 1000, 0}), usual);
}

TEST(Png, a_profile_is_converted_to_srgb_at_both_depths) {
  for (const int depth : {8, 16}) {
    PngRecipe recipe{2, 1, depth, 6};
    recipe.profile = linear_rgb_profile();
    recipe.sample = [depth](auto x, auto, auto channel) { return (channel == 3 ? 102u : x == 0 ? 55u : 255u) * (depth == 16 ? 257u : 1u); };
    const Decoded decoded = decode(make_png(recipe));
    ASSERT_TRUE(decoded.picture) << decoded.text();
    EXPECT_EQ(decoded.text(), "");
    // Linear 55/255 = 0.2157; IEC 61966-2-1: 1.055 * 0.2157^(1/2.4) - 0.055 = 0.5018 = 128/255.
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(static_cast<unsigned char>(decoded.raster().pixels[i]), 128, 1) << depth;
    for (std::size_t i = 3; i < 6; ++i) EXPECT_NEAR(static_cast<unsigned char>(decoded.raster().pixels[i]), 255, 1) << depth;
    EXPECT_EQ(decoded.raster().alpha, "ff") << depth;
  }
}

TEST(Png, a_grey_profile_leaves_grey) {
  PngRecipe recipe{1, 1, 8, 0};
  recipe.profile = linear_gray_profile();
  recipe.sample = [](auto, auto, auto) { return 55u; };
  const Decoded decoded = decode(make_png(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.raster().format, PixelFormat::Gray8);
  ASSERT_EQ(decoded.raster().pixels.size(), 1u);
  EXPECT_NEAR(static_cast<unsigned char>(decoded.raster().pixels[0]), 128, 1);
}

TEST(Png, a_palette_goes_through_its_profile) {
  PngRecipe recipe{1, 1, 1, 3};
  recipe.palette = {{55, 255, 0}};
  recipe.profile = linear_rgb_profile();
  const Decoded decoded = decode(make_png(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_NEAR(static_cast<unsigned char>(decoded.raster().pixels[0]), 128, 1);
  EXPECT_NEAR(static_cast<unsigned char>(decoded.raster().pixels[1]), 255, 1);
  EXPECT_NEAR(static_cast<unsigned char>(decoded.raster().pixels[2]), 0, 1);
}

TEST(Png, an_srgb_profile_changes_no_byte) {
  PngRecipe recipe{16, 16, 8, 2};
  recipe.profile = srgb_profile();
  recipe.sample = [](auto x, auto y, auto channel) { return pattern(x, y, channel, 255); };
  std::string expected;
  for (std::uint32_t y = 0; y < 16; ++y)
    for (std::uint32_t x = 0; x < 16; ++x)
      for (unsigned c = 0; c < 3; ++c) expected += static_cast<char>(pattern(x, y, c, 255));
  const Decoded decoded = decode(make_png(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.raster().pixels, expected);
}

TEST(Png, exif_turns_the_picture_and_its_size) {
  PngRecipe recipe{2, 1, 8, 0};
  recipe.exif = exif_big(6);
  recipe.density = {{3780, 1890, 1}};  // about 96 across, 48 down
  recipe.sample = [](auto x, auto, auto) { return x == 0 ? 'L' : 'R'; };
  const Decoded decoded = decode(make_png(recipe));
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.raster().width, 1u);
  EXPECT_EQ(decoded.raster().height, 2u);
  EXPECT_EQ(decoded.raster().pixels, "LR");
  EXPECT_NEAR(decoded.picture->natural_size.width.points(), 1.5, 0.01);
  EXPECT_NEAR(decoded.picture->natural_size.height.points(), 1.5, 0.01);
}

// PNG (third edition), 5.3: length, name, data, checksum (annex D).
std::string chunk(std::string_view name, std::string_view data) {
  const std::string checked = std::string(name) + std::string(data);
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char c : checked) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1u) != 0 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
  }
  std::string length, sum;
  for (int i = 0; i < 4; ++i) length += static_cast<char>(data.size() >> (24 - 8 * i) & 255u), sum += static_cast<char>(~crc >> (24 - 8 * i) & 255u);
  return length + checked + sum;
}

// The header of a PNG of that size, with a right checksum, and nothing behind it.
std::string header_only(std::uint32_t width, std::uint32_t height, int bit_depth = 8, int color_type = 0) {
  const PngRecipe recipe{1, 1, bit_depth, color_type};
  std::string bytes = make_png(recipe).substr(0, 33);
  std::string ihdr = bytes.substr(12, 17);
  for (int i = 0; i < 4; ++i) {
    ihdr[static_cast<std::size_t>(4 + i)] = static_cast<char>(width >> (24 - 8 * i) & 255u);
    ihdr[static_cast<std::size_t>(8 + i)] = static_cast<char>(height >> (24 - 8 * i) & 255u);
  }
  // An IDAT that is there but empty of pixels.
  return bytes.substr(0, 8) + chunk("IHDR", ihdr.substr(4)) + chunk("IDAT", "");
}

TEST(Png, more_than_64_megapixels_are_refused_before_memory_is_taken) {
  const Decoded wide = decode(header_only(64'000'001, 1));
  EXPECT_FALSE(wide.picture);
  EXPECT_EQ(wide.diags.error_count(), 1u);
  const Decoded square = decode(header_only(8001, 8000), "big.png");
  EXPECT_FALSE(square.picture);
  EXPECT_THAT(square.text(), HasSubstr("a.xml:3:7: error: picture 'big.png' has 8001 x 8000 pixels, more than the 64 megapixels that are read"));
  EXPECT_THAT(square.text(), HasSubstr("hint: scale it down"));
  const Decoded promise = decode(header_only(8000, 8000));
  EXPECT_FALSE(promise.picture);
  EXPECT_THAT(promise.text(), HasSubstr("is damaged: the file ends too early"));
}

TEST(Png, more_than_256_mb_of_pixels_are_refused) {
  std::string bytes = header_only(8000, 4001, 16, 6);
  bytes.insert(33, chunk("abCd", std::string(260'000, '\0')));  // long enough for what it claims
  EXPECT_THAT(decode(bytes).text(), HasSubstr("picture 'p.bin' has more than 256 MB of pixels, the most that is unpacked\n  hint: save it with 8 bits a channel"));
}

// Peak of the process, in kilobytes.
long peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(Png, a_chunk_that_claims_more_than_the_file_takes_no_memory) {
  for (const std::string_view name : {"sPLT", "pCAL", "sCAL", "eXIf", "iCCP", "zTXt", "abCd", "PLTE"}) {
    const std::string bytes = header_only(1, 1).substr(0, 33) + "\x7f\xff\xff\xff" + std::string(name) + "MM";
    const long before = peak_memory();
    EXPECT_THAT(decode(bytes).text(), HasSubstr("is damaged: the file ends too early")) << name;
    EXPECT_LT(peak_memory() - before, 500'000) << name << " claims two gigabytes";
  }
}

TEST(Png, a_profile_that_unpacks_to_more_than_4_mb_is_ignored) {
  std::string profile = linear_rgb_profile();
  profile.resize((4u << 20) + 4);
  for (int i = 0; i < 4; ++i) profile[static_cast<std::size_t>(i)] = static_cast<char>(profile.size() >> (24 - 8 * i) & 255u);
  PngRecipe recipe;
  recipe.profile = profile;
  const std::string bytes = make_png(recipe);
  ASSERT_LT(bytes.size(), 100'000u);
  const Decoded decoded = decode(bytes);
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_THAT(decoded.text(), HasSubstr("has a damaged colour profile, which is ignored"));
}

TEST(Png, comments_are_never_unpacked) {
  std::string bytes = make_png({});
  for (const std::string_view name : {"tEXt", "zTXt", "iTXt", "sPLT", "pCAL", "sCAL"}) bytes.insert(33, chunk(name, "not what it should be"));
  const Decoded decoded = decode(bytes);
  EXPECT_TRUE(decoded.picture);
  EXPECT_EQ(decoded.text(), "");
}

TEST(Png, a_wrong_checksum_is_damage_even_in_a_note) {
  PngRecipe recipe{4, 4, 8, 2};
  recipe.density = {{1000, 1000, 1}};
  std::string bytes = make_png(recipe);
  const std::size_t note = bytes.find("pHYs");
  ASSERT_NE(note, std::string::npos);
  bytes[note + 5] = static_cast<char>(bytes[note + 5] ^ 1);
  const Decoded decoded = decode(bytes, "knee.png");
  EXPECT_FALSE(decoded.picture);
  EXPECT_THAT(decoded.text(), HasSubstr("picture 'knee.png' is damaged: pHYs: CRC error"));
  EXPECT_EQ(decoded.diags.exit_code(), 1);
}

TEST(Png, a_damaged_profile_is_told_and_ignored) {
  PngRecipe recipe{1, 1, 8, 2};
  recipe.sample = [](auto, auto, auto) { return 55u; };
  std::string bytes = make_png(recipe);
  // iCCP "p", deflated: no profile at all.
  bytes.insert(33, chunk("iCCP", std::string("p\0\0", 3) + std::string("\x78\x9c\x03\x00\x00\x00\x00\x01", 8)));
  const Decoded decoded = decode(bytes);
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.raster().pixels, "777");
  EXPECT_THAT(decoded.text(), HasSubstr("warning: picture 'p.bin' has a damaged colour profile"));
}

}  // namespace
}  // namespace handout::images::test
