#include "images/png.h"

#include <png.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>

#include "images/color_profile.h"
#include "images/raster.h"

namespace handout::images {
namespace {

// What libpng's callbacks work on. One reader per file; libpng holds its address.
class PngReader {
 public:
  explicit PngReader(std::string_view bytes);
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }

  [[nodiscard]] bool is_ready() const { return png_ != nullptr && info_ != nullptr; }
  // Each false when libpng gave up; error() then says why.
  [[nodiscard]] bool read_header() { return run([](PngReader& self) { png_read_info(self.png_, self.info_); }); }
  [[nodiscard]] bool start_rows();
  [[nodiscard]] bool read_row(unsigned char* row);
  [[nodiscard]] bool read_end() { return run([](PngReader& self) { png_read_end(self.png_, self.info_); }); }

  [[nodiscard]] png_structp png() const { return png_; }
  [[nodiscard]] png_infop info() const { return info_; }
  [[nodiscard]] int passes() const { return passes_; }
  [[nodiscard]] std::string_view error() const { return error_.data(); }
  [[nodiscard]] bool profile_refused() const { return profile_refused_; }
  void keep_sixteen_bits() { keeps_sixteen_bits_ = true; }

 private:
  bool run(void (*call)(PngReader&));
  static void set_transforms(PngReader& self);
  [[noreturn]] static void on_error(png_structp png, png_const_charp message);
  static void on_warning(png_structp png, png_const_charp message);
  static void on_read(png_structp png, png_bytep into, std::size_t size);

  std::string_view bytes_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  unsigned char* row_ = nullptr;
  int passes_ = 1;
  bool keeps_sixteen_bits_ = false;
  bool profile_refused_ = false;
  std::array<char, 160> error_{};
};

PngReader::PngReader(std::string_view bytes) : bytes_(bytes) {
  png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, on_error, on_warning);
  if (png_ == nullptr) return;
  info_ = png_create_info_struct(png_);
  png_set_read_fn(png_, this, on_read);
  // Height and width are bounded together, after the header.
  png_set_user_limits(png_, kMaximumPixels, kMaximumPixels);
  // libpng takes memory for what a profile claims to unpack to; the largest ones in use have two megabytes.
  constexpr std::size_t kLargestProfile = 4u << 20;
  png_set_chunk_malloc_max(png_, kLargestProfile);
  // A wrong checksum is damage wherever it stands.
  png_set_crc_action(png_, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  // Neither comments nor what no page shows are unpacked.
  constexpr std::string_view kSkipped("tEXt\0zTXt\0iTXt\0sPLT\0pCAL\0sCAL\0hIST\0tIME", 40);
  std::array<png_byte, kSkipped.size()> skipped{};
  std::copy(kSkipped.begin(), kSkipped.end(), skipped.begin());
  png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, skipped.data(), static_cast<int>(kSkipped.size() / 5));
}

void PngReader::on_error(png_structp png, png_const_charp message) {
  PngReader& self = *static_cast<PngReader*>(png_get_error_ptr(png));
  std::strncpy(self.error_.data(), message, self.error_.size() - 1);
  png_longjmp(png, 1);
}

void PngReader::on_warning(png_structp png, png_const_charp message) {
  PngReader& self = *static_cast<PngReader*>(png_get_error_ptr(png));
  if (std::strncmp(message, "iCCP", 4) == 0) self.profile_refused_ = true;
}

void PngReader::on_read(png_structp png, png_bytep into, std::size_t size) {
  PngReader& self = *static_cast<PngReader*>(png_get_io_ptr(png));
  if (size > self.bytes_.size()) png_error(png, "the file ends too early");
  std::memcpy(into, self.bytes_.data(), size);
  self.bytes_.remove_prefix(size);
}

// The only place where libpng may jump to. Neither this frame nor those of the calls and callbacks own anything, so the jump skips no destructor.
bool PngReader::run(void (*call)(PngReader&)) {
  if (setjmp(png_jmpbuf(png_)) != 0) return false;
  call(*this);
  return true;
}

void PngReader::set_transforms(PngReader& self) {
  png_structp png = self.png_;
  const png_byte color = png_get_color_type(png, self.info_);
  if (color == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (color == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(png);
  if (png_get_valid(png, self.info_, PNG_INFO_tRNS) != 0) png_set_tRNS_to_alpha(png);
  if (!self.keeps_sixteen_bits_) png_set_scale_16(png);
  else if constexpr (std::endian::native == std::endian::little) png_set_swap(png);
  self.passes_ = png_set_interlace_handling(png);
  png_read_update_info(png, self.info_);
}

bool PngReader::start_rows() { return run(set_transforms); }

bool PngReader::read_row(unsigned char* row) {
  row_ = row;
  return run([](PngReader& self) { png_read_row(self.png_, self.row_, nullptr); });
}

// Four bytes for each of kMaximumPixels: 16-bit pictures may have half as many pixels. Unpacking more takes more than a second.
constexpr std::uint64_t kMaximumUnpacked = 4 * kMaximumPixels;

std::uint64_t unpacked_size(const PngReader& reader) {
  return std::uint64_t{png_get_rowbytes(reader.png(), reader.info())} * png_get_image_height(reader.png(), reader.info());
}

// Deflate never shrinks below 1:1032, so a short file with a large promise is refused before memory is taken for it.
bool promises_too_much(const PngReader& reader, std::string_view bytes) {
  constexpr std::uint64_t kDeflateLimit = 1032;
  return unpacked_size(reader) / kDeflateLimit > bytes.size();
}

std::optional<Density> density_of(const PngReader& reader) {
  png_uint_32 x = 0, y = 0;
  int unit = PNG_RESOLUTION_UNKNOWN;
  if (png_get_pHYs(reader.png(), reader.info(), &x, &y, &unit) == 0) return std::nullopt;
  if (unit != PNG_RESOLUTION_METER) return Density{DensityKind::Ratio, static_cast<double>(x), static_cast<double>(y)};
  return Density{DensityKind::PixelsPerInch, x * 0.0254, y * 0.0254};
}

Orientation orientation_of(const PngReader& reader) {
  png_uint_32 size = 0;
  png_bytep exif = nullptr;
  if (png_get_eXIf_1(reader.png(), reader.info(), &size, &exif) == 0) return kUpright;
  const std::string tiff(exif, exif + size);
  return exif_orientation(tiff);
}

// The transform that the file's profile asks for, if any and if it does anything.
std::optional<ColorTransform> transform_of(const PngReader& reader, const PictureFile& file) {
  png_charp name = nullptr;
  int compression = 0;
  png_bytep profile = nullptr;
  png_uint_32 size = 0;
  const bool has_profile = png_get_iCCP(reader.png(), reader.info(), &name, &compression, &profile, &size) != 0;
  // libpng itself knows the usual sRGB profiles, the slightly wrong ones among them.
  if (png_get_valid(reader.png(), reader.info(), PNG_INFO_sRGB) != 0) return std::nullopt;
  std::optional<ColorTransform> transform;
  if (has_profile) {
    const bool gray = (png_get_color_type(reader.png(), reader.info()) & PNG_COLOR_MASK_COLOR) == 0;
    const bool deep = png_get_bit_depth(reader.png(), reader.info()) == 16;
    const Samples samples = gray ? (deep ? Samples::Gray16 : Samples::Gray8) : (deep ? Samples::Rgb16 : Samples::Rgb8);
    transform = ColorTransform::to_srgb(std::string(profile, profile + size), samples);
  }
  if (has_profile ? !transform.has_value() : reader.profile_refused()) {
    file.diags.warning(file.reference, "picture '" + std::string(file.name) + "' has a damaged colour profile, which is ignored; colours may be off")
        .hint("save the picture as sRGB");
  }
  if (transform && transform->is_srgb()) transform.reset();
  return transform;
}

// Takes libpng's rows apart into colour and alpha.
class RowSplitter {
 public:
  RowSplitter(const PngReader& reader, std::optional<ColorTransform> transform)
      : transform_(std::move(transform)), sample_(png_get_bit_depth(reader.png(), reader.info()) / 8u) {
    raster_.width = png_get_image_width(reader.png(), reader.info());
    raster_.height = png_get_image_height(reader.png(), reader.info());
    const png_byte color = png_get_color_type(reader.png(), reader.info());
    raster_.format = (color & PNG_COLOR_MASK_COLOR) != 0 ? PixelFormat::Rgb8 : PixelFormat::Gray8;
    colors_ = raster_.format == PixelFormat::Rgb8 ? 3 : 1;
    has_alpha_ = (color & PNG_COLOR_MASK_ALPHA) != 0;
    raster_.pixels.reserve(std::size_t{raster_.width} * raster_.height * colors_);
    if (has_alpha_) raster_.alpha.reserve(std::size_t{raster_.width} * raster_.height);
  }

  void add(const unsigned char* row) {
    const unsigned char* const colors = has_alpha_ ? without_alpha(row) : row;
    const std::size_t start = raster_.pixels.size();
    raster_.pixels.append(colors, colors + std::size_t{raster_.width} * colors_);
    if (transform_) transform_->convert(colors, raster_.pixels.data() + start, raster_.width);
  }

  Raster take() {
    if (std::all_of(raster_.alpha.begin(), raster_.alpha.end(), [](char a) { return a == '\xff'; })) raster_.alpha.clear();
    return std::move(raster_);
  }

 private:
  // The row's colours; its alpha goes where it belongs.
  const unsigned char* without_alpha(const unsigned char* row) {
    const std::size_t color = colors_ * sample_;
    color_row_.resize(raster_.width * color);
    unsigned char* into = color_row_.data();
    for (std::uint32_t x = 0; x < raster_.width; ++x, row += sample_) {
      for (std::size_t i = 0; i < color; ++i) *into++ = *row++;
      raster_.alpha.push_back(eight_bits(row));
    }
    return color_row_.data();
  }

  [[nodiscard]] char eight_bits(const unsigned char* sample) const {
    if (sample_ == 1) return static_cast<char>(*sample);
    std::uint16_t value = 0;
    std::memcpy(&value, sample, sizeof value);
    return static_cast<char>((value * 255u + 32895u) >> 16);  // as libpng's png_set_scale_16 rounds
  }

  std::optional<ColorTransform> transform_;
  std::size_t sample_;
  std::size_t colors_ = 3;
  bool has_alpha_ = false;
  std::vector<unsigned char> color_row_;
  Raster raster_;
};

// False when libpng gave up. Only an interlaced picture is held a second time, since each of its passes needs the rows of the last.
bool read_rows(PngReader& reader, RowSplitter& splitter) {
  const std::size_t stride = png_get_rowbytes(reader.png(), reader.info());
  const std::uint32_t height = png_get_image_height(reader.png(), reader.info());
  const bool interlaced = reader.passes() > 1;
  std::vector<unsigned char> rows(interlaced ? stride * height : stride);
  for (int pass = 0; pass < reader.passes(); ++pass) {
    for (std::uint32_t y = 0; y < height; ++y) {
      unsigned char* const row = rows.data() + (interlaced ? stride * y : 0);
      if (!reader.read_row(row)) return false;
      if (pass + 1 == reader.passes()) splitter.add(row);
    }
  }
  return reader.read_end();
}

}  // namespace

Result<Picture> decode_png(const PictureFile& file) {
  PngReader reader(file.bytes);
  if (!reader.is_ready()) return file.out_of_memory();
  if (!reader.read_header()) return file.damaged(reader.error());
  const std::uint32_t width = png_get_image_width(reader.png(), reader.info());
  const std::uint32_t height = png_get_image_height(reader.png(), reader.info());
  if (std::uint64_t{width} * height > kMaximumPixels) return file.too_many_pixels(width, height);
  if (promises_too_much(reader, file.bytes)) return file.damaged("the file ends too early");
  if (unpacked_size(reader) > kMaximumUnpacked) {
    return file.fault(fmt::format("has more than {} MB of pixels, the most that is unpacked", kMaximumUnpacked / 1'000'000))
        .hint("save it with 8 bits a channel, or scale it down");
  }
  std::optional<ColorTransform> transform = transform_of(reader, file);
  if (transform) reader.keep_sixteen_bits();
  if (!reader.start_rows()) return file.damaged(reader.error());
  RowSplitter splitter(reader, std::move(transform));
  if (!read_rows(reader, splitter)) return file.damaged(reader.error());

  const Orientation orientation = orientation_of(reader);
  Size natural = natural_size_of(width, height, density_of(reader));
  if (swaps_sides(orientation)) std::swap(natural.width, natural.height);
  return Picture{std::string(file.name), upright(splitter.take(), orientation), natural};
}

}  // namespace handout::images
