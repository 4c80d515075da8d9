#include <gtest/gtest.h>

#include <random>

#include "make_pictures.h"

namespace handout::images::test {
namespace {

// Any bytes give a whole picture or an error: never both, never neither, never a crash.
void expect_sound(std::string_view bytes, const std::string& what) {
  const Decoded decoded = decode(bytes);
  ASSERT_NE(decoded.picture.has_value(), decoded.diags.has_errors()) << what;
  if (!decoded.picture) return;
  EXPECT_GT(decoded.picture->natural_size.width, Length()) << what;
  EXPECT_GT(decoded.picture->natural_size.height, Length()) << what;
  if (const Raster* const raster = std::get_if<Raster>(&decoded.picture->content)) {
    const std::size_t pixels = std::size_t{raster->width} * raster->height;
    EXPECT_EQ(raster->pixels.size(), pixels * (raster->format == PixelFormat::Rgb8 ? 3 : 1)) << what;
    EXPECT_TRUE(raster->alpha.empty() || raster->alpha.size() == pixels) << what;
  }
}

unsigned noise(std::uint32_t x, std::uint32_t y, unsigned channel) { return (x * 91u + y * 57u + channel * 13u) & 255u; }
unsigned deep_noise(std::uint32_t x, std::uint32_t y, unsigned channel) { return (x * 9173u + y * 331u + channel * 7919u) & 65535u; }

std::vector<std::string> png_files() {
  PngRecipe rgba{9, 7, 8, 6, true};
  rgba.sample = noise;
  PngRecipe palette{9, 7, 4, 3};
  for (int i = 0; i < 16; ++i) palette.palette.push_back({static_cast<std::uint8_t>(i * 16), 0, 9});
  palette.palette_alpha = "12345";
  palette.sample = [](auto x, auto y, auto) { return (x + y) & 15u; };
  palette.exif = exif_little(5);
  PngRecipe woven = palette;
  woven.interlaced = true;
  PngRecipe deep_gray{5, 4, 16, 4};
  deep_gray.sample = deep_noise;
  PngRecipe deep_color{7, 5, 16, 2, true};
  deep_color.sample = deep_noise;
  deep_color.transparent = {{0x1234, 0x5678, 0x9abc}};
  PngRecipe deep_profile{2, 2, 16, 6};  // small: lcms takes milliseconds for every decoding that gets past the profile
  deep_profile.sample = deep_noise;
  deep_profile.profile = linear_rgb_profile();
  PngRecipe bits{17, 3, 1, 0, true};
  bits.sample = [](auto x, auto y, auto) { return (x * y) & 1u; };
  bits.transparent = {{1}};
  return {make_png(rgba), make_png(palette), make_png(deep_gray), make_png(woven), make_png(deep_color), make_png(deep_profile), make_png(bits)};
}

std::vector<std::string> jpeg_files() {
  JpegRecipe baseline{24, 17};
  baseline.sample = noise;
  baseline.exif = exif_little(6);
  JpegRecipe progressive{24, 17, 3, true};
  progressive.sample = noise;
  JpegRecipe gray{19, 9, 1, true};
  gray.sample = noise;
  gray.segments = {{0xFE, "a comment"}, {0xE5, "a note"}};
  JpegRecipe rgb{9, 9};
  rgb.sample = noise;
  rgb.jfif = false;
  rgb.adobe = true;
  rgb.stored_as_rgb = true;
  return {make_jpeg(baseline), make_jpeg(progressive), make_jpeg(gray), make_jpeg(rgb)};
}

std::vector<std::string> pixel_files() {
  std::vector<std::string> all = png_files();
  for (std::string& bytes : jpeg_files()) all.push_back(std::move(bytes));
  return all;
}

std::vector<std::string> drawings() {
  return {R"x(<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><title>t</title><g fill="none" stroke="#123" stroke-dasharray="1 2 3" transform="translate(1 2) scale(2)"><path d="M0 0h1v2c1 2 3 4 5 6s1 2 3 4q1 2 3 4t1 2a5 6 7 0 1 3 4z"/></g></svg>)x",
          R"x(<svg viewBox="0 0 9 9" width="9" height="9"><rect x="1" y="1" width="3" height="4" rx="1"/><circle cx="1" cy="2" r="3"/><polygon points="0,0 1,1 2,0"/><text id="a" x="1" y="2" font-size="3" data-width="5">x</text></svg>)x",
          R"x(<svg viewBox="0 0 9 9"><defs><linearGradient id="a" x2="50%" gradientTransform="rotate(9)"><stop offset="0" stop-color="#fff"/><stop offset=".5" stop-color="red"/></linearGradient><radialGradient id="b" href="#a" fx=".9" gradientUnits="userSpaceOnUse"/></defs><g fill="url(#b) none"><path d="M0 0q9 9 1 2z"/><rect width="4" height="5" fill="url(#a)"/></g></svg>)x"};
}

TEST(Damage, the_samples_themselves_are_sound) {
  for (const std::string& bytes : pixel_files()) EXPECT_TRUE(decode(bytes).picture) << decode(bytes).text();
  for (const std::string& bytes : drawings()) EXPECT_TRUE(decode(bytes).picture) << decode(bytes).text();
}

TEST(Damage, a_pixel_file_cut_anywhere_gives_one_message) {
  int file = 0;
  for (const std::string& bytes : pixel_files()) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const Decoded decoded = decode(std::string(bytes, 0, size));
      ASSERT_FALSE(decoded.picture) << "file " << file << " cut to " << size;
      ASSERT_EQ(decoded.diags.error_count(), 1u) << decoded.text();
    }
    ++file;
  }
}

TEST(Damage, a_drawing_cut_anywhere_is_refused) {
  for (const std::string& bytes : drawings()) {
    for (std::size_t size = 0; size < bytes.size(); ++size) ASSERT_FALSE(decode(std::string(bytes, 0, size)).picture) << size;
  }
}

TEST(Damage, one_flipped_bit_anywhere_does_no_harm) {
  int file = 0;
  for (const std::string& bytes : pixel_files()) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      std::string flipped = bytes;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << (i % 8)));
      expect_sound(flipped, "file " + std::to_string(file) + " byte " + std::to_string(i));
    }
    ++file;
  }
}

// A PNG has a checksum over each chunk, so that no flipped bit behind the signature can stay unseen.
TEST(Damage, every_flipped_bit_of_a_png_is_found) {
  for (const std::string& bytes : png_files()) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      std::string flipped = bytes;
      flipped[i] = static_cast<char>(flipped[i] ^ 1);
      EXPECT_FALSE(decode(flipped).picture) << i;
    }
  }
}

std::string mutated(std::string bytes, std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % limit; };
  for (std::size_t change = below(6) + 1; change > 0 && !bytes.empty(); --change) {
    const std::size_t at = below(bytes.size());
    switch (below(5)) {
      case 0: bytes[at] = static_cast<char>(random() & 255u); break;
      case 1: bytes[at] = "\0\xff\x7f\x80<>\"'09-.eMmZ &;"[below(19)]; break;
      case 2: bytes.erase(at, below(9)); break;
      case 3: bytes.insert(at, bytes.substr(below(bytes.size()), below(30))); break;
      default: bytes.insert(at, below(9), bytes[at]); break;
    }
  }
  return bytes;
}

TEST(Damage, mutated_files_are_refused_or_whole) {
  std::mt19937 random(20240229);
  std::vector<std::string> seeds = pixel_files();
  for (std::string& drawing : drawings()) seeds.insert(seeds.end(), 3, drawing);
  for (int round = 0; round < 400; ++round) {
    for (std::size_t i = 0; i < seeds.size(); ++i) expect_sound(mutated(seeds[i], random), "round " + std::to_string(round) + " seed " + std::to_string(i));
  }
}

// Mutations that keep PNG's checksums right reach the inner parts of libpng: chunk data is changed, then its sum computed anew.
TEST(Damage, mutated_chunks_with_right_checksums_are_refused_or_whole) {
  std::mt19937 random(7);
  const std::vector<std::string> files = png_files();
  for (std::size_t round = 0; round < 3500; ++round) {
    std::string bytes = files[round % files.size()];
    std::size_t at = 8;
    while (at + 12 <= bytes.size()) {
      std::uint32_t size = 0;
      for (std::size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(bytes[at + i]);
      if (size > 0 && random() % 3 == 0) bytes[at + 8 + random() % size] = static_cast<char>(random() & 255u);
      std::uint32_t crc = 0xFFFFFFFFu;
      for (std::size_t i = at + 4; i < at + 8 + size; ++i) {
        crc ^= static_cast<unsigned char>(bytes[i]);
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1u) != 0 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
      }
      crc = ~crc;
      for (std::size_t i = 0; i < 4; ++i) bytes[at + 8 + size + i] = static_cast<char>(crc >> (24 - 8 * i) & 255u);
      at += size + 12;
    }
    expect_sound(bytes, "round " + std::to_string(round));
  }
}

// Few rounds: lcms takes some tens of milliseconds to prepare a CMYK profile.
TEST(Damage, a_mutated_cmyk_profile_does_no_harm) {
  JpegRecipe inks{9, 9, 4};
  inks.jfif = false;
  inks.profile = cmyk_profile();
  const std::string bytes = make_jpeg(inks);
  const std::size_t profile = bytes.find("ICC_PROFILE");
  ASSERT_NE(profile, std::string::npos);
  std::mt19937 random(11);
  for (int round = 0; round < 40; ++round) {
    std::string changed = bytes;
    for (int i = 0; i < 3; ++i) changed[profile + 14 + random() % inks.profile.size()] = static_cast<char>(random() & 255u);
    expect_sound(changed, "round " + std::to_string(round));
  }
}

TEST(Damage, the_same_bytes_give_the_same_picture) {
  for (const std::string& bytes : pixel_files()) {
    const Decoded first = decode(bytes), second = decode(bytes);
    ASSERT_EQ(first.picture->content.index(), second.picture->content.index());
    if (const Raster* const raster = std::get_if<Raster>(&first.picture->content)) EXPECT_EQ(raster->pixels, second.raster().pixels);
  }
}

}  // namespace
}  // namespace handout::images::test
