#include "images/jpeg_markers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include <jpeglib.h>

#include "make_pictures.h"

namespace handout::images::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// Every sample that libjpeg gives, without any help of ours.
std::string samples_of(const std::string& bytes) {
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&info);
  const std::vector<unsigned char> data(bytes.begin(), bytes.end());
  jpeg_mem_src(&info, data.data(), data.size());
  jpeg_read_header(&info, TRUE);
  jpeg_start_decompress(&info);
  std::string samples;
  std::vector<unsigned char> row(std::size_t{info.output_width} * static_cast<std::size_t>(info.output_components));
  while (info.output_scanline < info.output_height) {
    unsigned char* pointer = row.data();
    jpeg_read_scanlines(&info, &pointer, 1);
    samples.append(row.begin(), row.end());
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return samples;
}

JpegRecipe noisy() {
  JpegRecipe recipe{37, 21};
  recipe.sample = [](auto x, auto y, auto channel) { return (x * 91u + y * 57u + channel * 113u) & 255u; };
  return recipe;
}

// A TIFF block with an orientation of 1 and a GPS directory that ends in `place`.
std::string exif_with_gps(const std::string& place) {
  std::string tiff("MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x01\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0", 38);
  tiff += std::string("\0\x01\0\x1d\0\x02\0\0\0\x0b\0\0\0\x38\0\0\0\0", 18);
  return tiff + place;
}

TEST(JpegMarkers, what_a_camera_wrote_is_gone_and_every_sample_stays) {
  for (const bool progressive : {false, true}) {
    JpegRecipe recipe = noisy();
    recipe.progressive = progressive;
    const std::string bare = make_jpeg(recipe);
    recipe.exif = exif_with_gps("2024:02:29 GPS 47.37N 8.54E");
    recipe.profile = srgb_profile();
    for (int marker = 0xE1; marker <= 0xEF; ++marker) recipe.segments.emplace_back(marker, "private" + std::to_string(marker));
    recipe.segments.emplace_back(0xE0, std::string("JFXX\0\x10", 6) + "private preview");
    recipe.segments.emplace_back(0xFE, "private comment");
    const std::string bytes = make_jpeg(recipe) + "private end" + bare;
    ASSERT_THAT(bytes, HasSubstr("47.37N"));
    const Decoded decoded = decode(bytes);
    ASSERT_TRUE(decoded.picture) << decoded.text();
    EXPECT_EQ(decoded.text(), "");
    EXPECT_EQ(decoded.jpeg().bytes, bare) << "as if the camera had written nothing but the picture";
    EXPECT_THAT(decoded.jpeg().bytes, Not(HasSubstr("47.37N")));
    EXPECT_THAT(decoded.jpeg().bytes, Not(HasSubstr("private")));
    EXPECT_EQ(samples_of(decoded.jpeg().bytes), samples_of(bytes));
  }
}

TEST(JpegMarkers, jfifs_density_stays_and_its_preview_goes) {
  JpegRecipe recipe = noisy();
  recipe.density_unit = 1;
  recipe.density_x = recipe.density_y = 300;
  const std::string bare = make_jpeg(recipe);
  std::string bytes = bare;
  ASSERT_EQ(bytes.substr(2, 4), std::string("\xff\xe0\0\x10", 4));
  bytes.replace(2, 18, std::string("\xff\xe0\0\x16", 4) + bytes.substr(6, 12) + "\x02\x01" "rgbRGB");  // two pixels
  const Decoded decoded = decode(bytes);
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.jpeg().bytes, bare);
  EXPECT_NEAR(decoded.picture->natural_size.width.points(), 37 * 72 / 300.0, 0.01);
}

TEST(JpegMarkers, adobes_mark_stays_because_it_decides_the_colours) {
  JpegRecipe recipe = noisy();
  recipe.jfif = false;
  recipe.adobe = true;
  recipe.stored_as_rgb = true;
  const std::string bare = make_jpeg(recipe);
  std::string bytes = bare;
  const std::size_t adobe = bytes.find("Adobe");
  ASSERT_NE(adobe, std::string::npos);
  bytes[adobe - 1] = static_cast<char>(bytes[adobe - 1] + 7);
  bytes.insert(adobe + 12, "private");
  const Decoded decoded = decode(bytes);
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.jpeg().bytes, bare);
  EXPECT_EQ(samples_of(decoded.jpeg().bytes), samples_of(bytes));
}

TEST(JpegMarkers, notes_between_the_scans_go_too) {
  JpegRecipe recipe = noisy();
  recipe.progressive = true;
  const std::string bare = make_jpeg(recipe);
  std::string bytes = bare;
  std::size_t notes = 0;
  for (std::size_t at = bytes.size(); (at = bytes.rfind("\xff\xda", at)) != std::string::npos; --at) {
    bytes.insert(at, std::string("\xff\xfe\0\x09private", 11));
    ++notes;
  }
  ASSERT_GT(notes, 3u);
  const Decoded decoded = decode(bytes);
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.jpeg().bytes, bare);
}

TEST(JpegMarkers, restarts_fill_bytes_and_stray_bytes_do_not_mislead) {
  const std::string scan("\xff\xda\0\x03s" "ab\xff\0c\xff\xd0" "de\xff\xd7\xff\0f", 18);
  const std::string whole = "\xff\xd8" + scan + "\xff\xd9";
  EXPECT_EQ(without_metadata(whole), whole);
  EXPECT_EQ(without_metadata("\xff\xd8" "stray\xff\xff\xff" + scan.substr(1) + "\xff\xd9"), whole);
  EXPECT_EQ(without_metadata("\xff\xd8" + scan + std::string("\xff\xe1\0\x04xx", 6) + "\xff\xd9 behind"), whole);
  EXPECT_EQ(without_metadata("\xff\xd8" + scan), "\xff\xd8" + scan) << "no end is made up";
}

// libjpeg's time would grow with their square.
TEST(JpegMarkers, more_than_2048_segments_of_metadata_are_refused) {
  std::string bytes = make_jpeg(noisy());
  for (int i = 0; i < 2047; ++i) bytes.insert(2, std::string("\xff\xe1\0\x02", 4));
  EXPECT_EQ(metadata_segments(bytes), 2048u);
  EXPECT_TRUE(decode(bytes).picture) << decode(bytes).text();
  bytes.insert(2, std::string("\xff\xe1\0\0", 4));
  const Decoded decoded = decode(bytes, "knee.jpg");
  EXPECT_FALSE(decoded.picture);
  EXPECT_THAT(decoded.text(), HasSubstr("picture 'knee.jpg' is damaged: it has more than 2048 segments of metadata\n  hint: export it again"));
}

TEST(JpegMarkers, any_bytes_end) {
  const std::string bytes = make_jpeg(noisy());
  for (std::size_t size = 0; size <= bytes.size(); ++size) EXPECT_LE(without_metadata(std::string(bytes, 0, size)).size(), size);
  EXPECT_EQ(without_metadata(std::string("\xff\xd8\xff\xfe\0\x01\xff\xd9", 8)), "\xff\xd8\xff\xd9") << "a length below its own size is none";
  EXPECT_EQ(without_metadata("\xff\xd8\xff\xfe\xff\xff"), "\xff\xd8") << "a length beyond the file";
  EXPECT_EQ(without_metadata(std::string(9, '\xff')), "");
}

}  // namespace
}  // namespace handout::images::test
