#include "images/jpeg.h"

#include <csetjmp>
#include <cstdio>  // jpeglib.h needs FILE and std::size_t

#include <jpeglib.h>

#include <jerror.h>

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "images/color_profile.h"
#include "images/jpeg_markers.h"
#include "images/raster.h"

namespace handout::images {
namespace {

constexpr std::string_view kExifMark("Exif\0\0", 6);
// A progressive file has about ten scans; every one more walks through the whole picture again.
constexpr int kMaximumScans = 64;
// libjpeg keeps EXIF and ICC segments in a list whose end it looks for from the start, each time. 32 MB of the longest segments are 512.
constexpr std::size_t kMaximumNotes = 2048;
// The coefficients of a progressive picture of 64 megapixels in four channels, and some room.
constexpr long kMaximumMemory = 640L << 20;

enum class Trouble : std::uint8_t { Damage, OutOfMemory };
enum class ColorOut : std::uint8_t { AsStored, Converted };

// What libjpeg's callbacks work on. One reader per file; libjpeg holds its address.
class JpegReader {
 public:
  explicit JpegReader(std::string_view bytes);
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;
  ~JpegReader() { jpeg_destroy_decompress(&info_); }

  // Each false when libjpeg gave up; trouble() and error() then say why.
  [[nodiscard]] bool read_header();
  [[nodiscard]] bool start_rows(ColorOut colors);
  [[nodiscard]] bool read_row(unsigned char* row);
  [[nodiscard]] bool read_end() { return run([](JpegReader& self) { jpeg_finish_decompress(&self.info_); }); }
  // Empty without a profile.
  [[nodiscard]] bool read_profile(std::string& profile);

  [[nodiscard]] const jpeg_decompress_struct& info() const { return info_; }
  [[nodiscard]] Trouble trouble() const { return trouble_; }
  [[nodiscard]] std::string_view error() const { return error_.data(); }
  [[nodiscard]] Orientation orientation() const;

 private:
  bool run(void (*call)(JpegReader&));
  static void open(JpegReader& self);
  [[noreturn]] static void on_error(j_common_ptr info);
  static void on_message(j_common_ptr info, int level);
  static void on_output(j_common_ptr) {}
  static void on_progress(j_common_ptr info);

  std::string_view bytes_;
  jpeg_decompress_struct info_{};
  jpeg_error_mgr errors_{};
  jpeg_progress_mgr progress_{};
  std::jmp_buf jump_{};
  unsigned char* row_ = nullptr;
  unsigned char* profile_ = nullptr;
  unsigned int profile_size_ = 0;
  Trouble trouble_ = Trouble::Damage;
  std::array<char, JMSG_LENGTH_MAX> error_{};
};

JpegReader::JpegReader(std::string_view bytes) : bytes_(bytes) {
  info_.err = jpeg_std_error(&errors_);
  info_.client_data = this;
  errors_.error_exit = on_error;
  errors_.emit_message = on_message;
  errors_.output_message = on_output;
  progress_.progress_monitor = on_progress;
}

void JpegReader::on_error(j_common_ptr info) {
  JpegReader& self = *static_cast<JpegReader*>(info->client_data);
  info->err->format_message(info, self.error_.data());
  const int code = info->err->msg_code;
  self.trouble_ = code == JERR_OUT_OF_MEMORY || code == JERR_NO_BACKING_STORE ? Trouble::OutOfMemory : Trouble::Damage;
  std::longjmp(self.jump_, 1);
}

// libjpeg only warns of lost data and paints grey. Its other warnings (extra bytes between markers, odd version numbers) lose nothing.
void JpegReader::on_message(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC: on_error(info);
    default: return;
  }
}

void JpegReader::on_progress(j_common_ptr info) {
  JpegReader& self = *static_cast<JpegReader*>(info->client_data);
  if (self.info_.input_scan_number <= kMaximumScans) return;
  std::strncpy(self.error_.data(), "it has more than 64 scans", self.error_.size() - 1);
  std::longjmp(self.jump_, 1);
}

// The only place where our callbacks jump to. Neither this frame nor those of the calls and callbacks own anything, so the jump skips no
// destructor.
bool JpegReader::run(void (*call)(JpegReader&)) {
  if (setjmp(jump_) != 0) return false;
  call(*this);
  return true;
}

void JpegReader::open(JpegReader& self) {
  jpeg_CreateDecompress(&self.info_, JPEG_LIB_VERSION, sizeof self.info_);
  self.info_.mem->max_memory_to_use = kMaximumMemory;
  jpeg_mem_src(&self.info_, static_cast<const unsigned char*>(static_cast<const void*>(self.bytes_.data())), self.bytes_.size());
  jpeg_save_markers(&self.info_, JPEG_APP0 + 1, 0xFFFF);  // EXIF
  jpeg_save_markers(&self.info_, JPEG_APP0 + 2, 0xFFFF);  // ICC
  jpeg_read_header(&self.info_, TRUE);
}

bool JpegReader::read_header() { return run(open); }

bool JpegReader::start_rows(ColorOut colors) {
  info_.progress = &progress_;
  info_.do_block_smoothing = FALSE;
  if (colors == ColorOut::AsStored) {  // the samples are thrown away
    info_.out_color_space = info_.jpeg_color_space;
    info_.do_fancy_upsampling = FALSE;
    info_.dct_method = JDCT_IFAST;
  } else {
    info_.out_color_space = info_.num_components == 1 ? JCS_GRAYSCALE : info_.num_components == 3 ? JCS_RGB : JCS_CMYK;
  }
  return run([](JpegReader& self) { jpeg_start_decompress(&self.info_); });
}

bool JpegReader::read_row(unsigned char* row) {
  row_ = row;
  return run([](JpegReader& self) { jpeg_read_scanlines(&self.info_, &self.row_, 1); });
}

bool JpegReader::read_profile(std::string& profile) {
  const bool done = run([](JpegReader& self) { jpeg_read_icc_profile(&self.info_, &self.profile_, &self.profile_size_); });
  if (profile_ != nullptr) profile.assign(profile_, profile_ + profile_size_);
  std::free(std::exchange(profile_, nullptr));
  return done;
}

Orientation JpegReader::orientation() const {
  for (const jpeg_marker_struct* marker = info_.marker_list; marker != nullptr; marker = marker->next) {
    const std::string data(marker->data, marker->data + marker->data_length);
    if (marker->marker == JPEG_APP0 + 1 && data.starts_with(kExifMark)) return exif_orientation(std::string_view(data).substr(kExifMark.size()));
  }
  return kUpright;
}

Diagnostics::Added failed(const JpegReader& reader, const PictureFile& file) {
  return reader.trouble() == Trouble::OutOfMemory ? file.out_of_memory() : file.damaged(reader.error());
}

// JFIF 1.02: units 1 are dots an inch, 2 dots a centimetre, 0 only a pixel's shape.
std::optional<Density> density_of(const jpeg_decompress_struct& info) {
  if (info.saw_JFIF_marker == FALSE) return std::nullopt;
  const double unit = info.density_unit == 2 ? 2.54 : 1;
  return Density{info.density_unit == 0 ? DensityKind::Ratio : DensityKind::PixelsPerInch, info.X_density * unit, info.Y_density * unit};
}

// Every block takes at least one bit of Huffman code (ITU-T T.81 F.1.2, G.1.2: one DC code a block), so a short file with a large promise
// is refused before memory is taken for it.
bool promises_too_much(const jpeg_decompress_struct& info, std::string_view bytes) {
  const std::uint64_t blocks = (std::uint64_t{info.image_width} + 7) / 8 * ((std::uint64_t{info.image_height} + 7) / 8);
  return blocks / 8 > bytes.size();
}

// What can be told from the header alone.
Result<std::monostate> check_header(const JpegReader& reader, const PictureFile& file) {
  const jpeg_decompress_struct& info = reader.info();
  if (std::uint64_t{info.image_width} * info.image_height > kMaximumPixels) return file.too_many_pixels(info.image_width, info.image_height);
  if (info.num_components != 1 && info.num_components != 3 && info.num_components != 4) {
    return file.fault("has " + std::to_string(info.num_components) + " colour channels; 1, 3 or 4 were expected").hint("save it as RGB");
  }
  // ISO 32000-1 7.4.8: DCTDecode knows baseline and progressive Huffman coding.
  if (info.arith_code != FALSE) return file.fault("is an arithmetic-coded JPEG, which PDF readers cannot show").hint("save it as baseline JPEG");
  if (promises_too_much(info, file.bytes)) return file.damaged("the file ends too early");
  return std::monostate{};
}

// A PDF reader takes three channels without an Adobe marker as YCbCr (ISO 32000-1 table 13, ColorTransform); libjpeg, and with it every
// viewer, also looks at JFIF and at channels named R, G and B.
bool pdf_reads_other_colors(const jpeg_decompress_struct& info) {
  if (info.num_components != 3) return false;
  const bool pdf_sees_ycc = info.saw_Adobe_marker == FALSE || info.Adobe_transform != 0;
  return pdf_sees_ycc != (info.jpeg_color_space == JCS_YCbCr);
}

Samples samples_of(const jpeg_decompress_struct& info) {
  if (info.num_components == 1) return Samples::Gray8;
  if (info.num_components == 3) return Samples::Rgb8;
  return info.saw_Adobe_marker != FALSE ? Samples::InvertedCmyk8 : Samples::Cmyk8;
}

Result<std::optional<ColorTransform>> transform_of(JpegReader& reader, const PictureFile& file) {
  std::string profile;
  if (!reader.read_profile(profile)) return failed(reader, file);
  if (profile.empty()) return std::optional<ColorTransform>();
  std::optional<ColorTransform> transform = ColorTransform::to_srgb(profile, samples_of(reader.info()));
  if (!transform) {
    file.diags.warning(file.reference, "picture '" + std::string(file.name) + "' has a damaged colour profile, which is ignored; colours may be off")
        .hint("save the picture as sRGB");
  }
  if (transform && transform->is_srgb()) transform.reset();
  return transform;
}

// Decodes just the bytes that will be shown, so that it matters little how carefully they were cut.
Result<Jpeg> verified(std::string bytes, const PictureFile& file) {
  JpegReader reader(bytes);
  if (!reader.read_header() || !reader.start_rows(ColorOut::AsStored)) return failed(reader, file);
  const jpeg_decompress_struct& info = reader.info();
  std::vector<unsigned char> row(std::size_t{info.output_width} * static_cast<std::size_t>(info.output_components));
  while (info.output_scanline < info.output_height) {
    if (!reader.read_row(row.data())) return failed(reader, file);
  }
  if (!reader.read_end()) return failed(reader, file);
  return Jpeg{info.image_width, info.image_height, info.num_components, std::move(bytes)};
}

Result<Raster> decode(JpegReader& reader, const std::optional<ColorTransform>& transform, const PictureFile& file) {
  if (!reader.start_rows(ColorOut::Converted)) return failed(reader, file);
  const jpeg_decompress_struct& info = reader.info();
  const bool gray = info.num_components == 1;
  Raster raster{info.image_width, info.image_height, gray ? PixelFormat::Gray8 : PixelFormat::Rgb8, {}, {}};
  std::vector<unsigned char> row(std::size_t{info.output_width} * static_cast<std::size_t>(info.output_components));
  const std::size_t stride = std::size_t{raster.width} * (gray ? 1u : 3u);
  raster.pixels.reserve(stride * raster.height);
  while (info.output_scanline < info.output_height) {
    if (!reader.read_row(row.data())) return failed(reader, file);
    const std::size_t start = raster.pixels.size();
    raster.pixels.append(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(stride));
    if (transform) transform->convert(row.data(), raster.pixels.data() + start, raster.width);
  }
  if (!reader.read_end()) return failed(reader, file);
  return raster;
}

}  // namespace

Result<Picture> decode_jpeg(const PictureFile& file) {
  if (metadata_segments(file.bytes) > kMaximumNotes) return file.damaged(fmt::format("it has more than {} segments of metadata", kMaximumNotes));
  JpegReader reader(file.bytes);
  if (!reader.read_header()) return failed(reader, file);
  if (!check_header(reader, file)) return tl::unexpected(Failure{});
  const jpeg_decompress_struct& info = reader.info();
  Picture picture{std::string(file.name), Jpeg{}, natural_size_of(info.image_width, info.image_height, density_of(info))};
  const Orientation orientation = reader.orientation();
  const auto transform = transform_of(reader, file);
  if (!transform) return tl::unexpected(Failure{});
  // ISO 19005-2, 6.2.4.3 forbids device CMYK beside our sRGB output intent, and without a profile nobody knows what the inks look like:
  // a profile guessed from what this machine has installed would make the colours the machine's.
  if (info.num_components == 4 && !transform->has_value()) {
    return file.fault("is a CMYK JPEG without a colour profile that could be used").hint("save it as RGB, or as CMYK with its profile in the file");
  }

  if (orientation == kUpright && !transform->has_value() && !pdf_reads_other_colors(info)) {
    Result<Jpeg> jpeg = verified(without_metadata(file.bytes), file);
    if (!jpeg) return tl::unexpected(Failure{});
    picture.content = std::move(*jpeg);
    return picture;
  }
  Result<Raster> raster = decode(reader, *transform, file);
  if (!raster) return tl::unexpected(Failure{});
  if (swaps_sides(orientation)) std::swap(picture.natural_size.width, picture.natural_size.height);
  picture.content = upright(std::move(*raster), orientation);
  return picture;
}

}  // namespace handout::images
