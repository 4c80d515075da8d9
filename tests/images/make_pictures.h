#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "images/picture.h"

namespace handout::images::test {

struct PngColor { std::uint8_t red = 0, green = 0, blue = 0; };

// One picture for libpng to write. `sample(x, y, channel)` gives each value at the bit depth.
struct PngRecipe {
  std::uint32_t width = 1, height = 1;
  int bit_depth = 8;
  int color_type = 2;  // as in IHDR
  bool interlaced = false;
  std::function<unsigned(std::uint32_t, std::uint32_t, unsigned)> sample = [](auto, auto, auto) { return 0u; };
  std::vector<PngColor> palette = {};
  std::string palette_alpha = {};                          // tRNS of a palette
  std::optional<std::vector<std::uint16_t>> transparent;   // tRNS: one grey or three colours
  std::optional<std::vector<std::uint32_t>> density;       // x, y, unit
  std::string profile = {};
  std::string exif = {};
};
std::string make_png(const PngRecipe& recipe);

struct JpegRecipe {
  std::uint32_t width = 16, height = 16;
  int components = 3;
  bool progressive = false;
  bool arithmetic = false;
  bool stored_as_rgb = false;
  bool adobe = false;
  bool jfif = true;
  int density_unit = 0, density_x = 1, density_y = 1;
  std::string exif = {};  // the TIFF block
  std::string profile = {};
  std::vector<std::pair<int, std::string>> segments = {};  // marker codes (0xE0 and up, 0xFE) and what stands in them
  std::function<unsigned(std::uint32_t, std::uint32_t, unsigned)> sample = [](auto, auto, auto) { return 128u; };
};
std::string make_jpeg(const JpegRecipe& recipe);

// A TIFF block with only an orientation.
std::string exif_little(int orientation);
std::string exif_big(int orientation);

// ICC profiles: sRGB; sRGB's primaries and grey, both with a straight tone curve; a CMYK one.
std::string srgb_profile();
std::string linear_rgb_profile();
std::string linear_gray_profile();
std::string cmyk_profile();

// The picture and what was said.
struct Decoded {
  std::optional<Picture> picture;
  Diagnostics diags;
  [[nodiscard]] std::string text() const { return to_text(diags); }
  [[nodiscard]] const Raster& raster() const { return std::get<Raster>(picture->content); }
  [[nodiscard]] const Jpeg& jpeg() const { return std::get<Jpeg>(picture->content); }
  [[nodiscard]] const Drawing& drawing() const { return std::get<Drawing>(picture->content); }
};
Decoded decode(std::string_view bytes, std::string_view name = "p.bin");

}  // namespace handout::images::test
