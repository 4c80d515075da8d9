#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/geometry.h"
#include "images/picture.h"

namespace handout::images {

// How a pixel picture says its size: pixels an inch or, for Ratio, only the shape of a pixel.
enum class DensityKind : std::uint8_t { PixelsPerInch, Ratio };
struct Density {
  DensityKind kind = DensityKind::PixelsPerInch;
  double x = 96, y = 96;
};

// 96 pixels an inch (CSS's px) where `density` is missing or absurd (outside 1 to 10,000 an inch, or pixels beyond 1:100), so that no
// picture has a side of zero.
Size natural_size_of(std::uint32_t width, std::uint32_t height, const std::optional<Density>& density);

// What EXIF's tag 0x0112 says (CIPA DC-008, 4.6.5.1.6): where the picture's first row and column stand. 1 is upright.
using Orientation = int;
inline constexpr Orientation kUpright = 1;

// The orientation in a TIFF block (what follows "Exif\0\0" in a JPEG, an eXIf chunk in a PNG). Upright when it says none or is damaged:
// EXIF is a note beside the picture, never a reason to refuse it.
Orientation exif_orientation(std::string_view tiff);

// True for the orientations that exchange width and height.
bool swaps_sides(Orientation orientation);

// The picture as the reader should see it. Needs an orientation of 1 to 8.
Raster upright(Raster raster, Orientation orientation);

}  // namespace handout::images
