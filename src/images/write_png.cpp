#include "images/write_png.h"

#include <png.h>

#include "base/expects.h"

namespace handout::images {

std::string write_png(const Raster& raster) {
  const std::size_t samples = raster.format == PixelFormat::Rgb8 ? 3 : 1;
  EXPECTS(raster.width > 0 && raster.height > 0 && raster.pixels.size() == samples * raster.width * raster.height);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = raster.width;
  image.height = raster.height;
  image.format = raster.format == PixelFormat::Rgb8 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  image.flags = PNG_IMAGE_FLAG_FAST;
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
  png_alloc_size_t size = bytes.size();
  const bool good = png_image_write_to_memory(&image, bytes.data(), &size, 0, raster.pixels.data(), 0, nullptr) != 0;
  png_image_free(&image);
  bytes.resize(good ? size : 0);
  return bytes;
}

}  // namespace handout::images
