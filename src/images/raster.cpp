#include "images/raster.h"

#include <cstddef>
#include <string>
#include <utility>

#include "base/expects.h"

namespace handout::images {
namespace {

constexpr double kDefaultDensity = 96;
constexpr std::uint16_t kOrientationTag = 0x0112;
constexpr std::uint16_t kShortType = 3;

enum class ByteOrder : std::uint8_t { Little, Big };

std::optional<std::uint32_t> read_number(std::string_view bytes, std::size_t offset, std::size_t size, ByteOrder order) {
  if (offset > bytes.size() || bytes.size() - offset < size) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t at = order == ByteOrder::Big ? offset + i : offset + size - 1 - i;
    value = value << 8 | static_cast<unsigned char>(bytes[at]);
  }
  return value;
}

// Where the pixel (x, y) of the upright picture stands in the stored one of `width` x `height`.
std::pair<std::uint32_t, std::uint32_t> stored_position(Orientation orientation, std::uint32_t x, std::uint32_t y, std::uint32_t width,
                                                        std::uint32_t height) {
  const std::uint32_t right = width - 1, bottom = height - 1;
  switch (orientation) {
    case 2: return {right - x, y};
    case 3: return {right - x, bottom - y};
    case 4: return {x, bottom - y};
    case 5: return {y, x};
    case 6: return {y, bottom - x};
    case 7: return {right - y, bottom - x};
    case 8: return {right - y, x};
    default: return {x, y};
  }
}

std::string turned(const std::string& samples, std::size_t channels, const Raster& stored, Orientation orientation) {
  const std::uint32_t width = swaps_sides(orientation) ? stored.height : stored.width;
  const std::uint32_t height = swaps_sides(orientation) ? stored.width : stored.height;
  std::string result;
  result.reserve(samples.size());
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      const auto [from_x, from_y] = stored_position(orientation, x, y, stored.width, stored.height);
      result.append(samples, (std::size_t{from_y} * stored.width + from_x) * channels, channels);
    }
  }
  return result;
}

bool is_sensible(const Density& density) {
  if (density.kind == DensityKind::Ratio) return density.x > 0 && density.y > 0 && density.x <= 100 * density.y && density.y <= 100 * density.x;
  return density.x >= 1 && density.y >= 1 && density.x <= 10'000 && density.y <= 10'000;
}

}  // namespace

Size natural_size_of(std::uint32_t width, std::uint32_t height, const std::optional<Density>& density) {
  double x = kDefaultDensity, y = kDefaultDensity;
  if (density && is_sensible(*density)) {
    x = density->kind == DensityKind::Ratio ? kDefaultDensity : density->x;
    y = density->kind == DensityKind::Ratio ? kDefaultDensity * density->y / density->x : density->y;
  }
  return {Length::from_points(width * 72.0 / x), Length::from_points(height * 72.0 / y)};
}

Orientation exif_orientation(std::string_view tiff) {
  // TIFF 6.0 section 2: byte order, 42, offset of the first directory; its count; entries of 12 bytes (tag, type, count, value).
  const ByteOrder order = tiff.starts_with("MM") ? ByteOrder::Big : ByteOrder::Little;
  if (!tiff.starts_with("MM") && !tiff.starts_with("II")) return kUpright;
  if (read_number(tiff, 2, 2, order) != 42u) return kUpright;
  const std::size_t directory = read_number(tiff, 4, 4, order).value_or(0);
  const std::uint32_t entries = read_number(tiff, directory, 2, order).value_or(0);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + std::size_t{i} * 12;
    const std::optional<std::uint32_t> tag = read_number(tiff, entry, 2, order);
    if (!tag) return kUpright;
    if (*tag != kOrientationTag) continue;
    const std::uint32_t value = read_number(tiff, entry + 8, 2, order).value_or(0);
    const bool known = read_number(tiff, entry + 2, 2, order) == kShortType && value >= 1 && value <= 8;
    return known ? static_cast<Orientation>(value) : kUpright;
  }
  return kUpright;
}

bool swaps_sides(Orientation orientation) { return orientation >= 5; }

Raster upright(Raster raster, Orientation orientation) {
  EXPECTS(orientation >= 1 && orientation <= 8);
  if (orientation == kUpright) return raster;
  const std::size_t channels = raster.format == PixelFormat::Rgb8 ? 3 : 1;
  raster.pixels = turned(raster.pixels, channels, raster, orientation);
  if (!raster.alpha.empty()) raster.alpha = turned(raster.alpha, 1, raster, orientation);
  if (swaps_sides(orientation)) std::swap(raster.width, raster.height);
  return raster;
}

}  // namespace handout::images
