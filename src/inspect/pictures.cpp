#include "inspect/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/files.h"
#include "base/process.h"
#include "images/write_png.h"
#include "inspect/parts.h"
#include "inspect/protect.h"

namespace handout::inspect {

namespace {

using images::Raster;

// A page of 200 inches has 20,000 pixels at this resolution: such pages are drawn smaller.
constexpr int kPixelsPerInch = 100, kMostPixels = 3000;

// The number that a PPM header has next, after white space; 0 when there is none.
std::uint32_t take_number(std::string_view& ppm) {
  while (!ppm.empty() && (ppm.front() == ' ' || ppm.front() == '\n')) ppm.remove_prefix(1);
  std::uint32_t value = 0;
  ppm.remove_prefix(static_cast<std::size_t>(std::from_chars(ppm.data(), ppm.data() + ppm.size(), value).ptr - ppm.data()));
  return value;
}

// A binary PPM of eight bits.
std::optional<Raster> read_ppm(std::string_view ppm) {
  if (!ppm.starts_with("P6")) return std::nullopt;
  ppm.remove_prefix(2);
  Raster raster;
  raster.width = take_number(ppm);
  raster.height = take_number(ppm);
  const bool eight_bits = take_number(ppm) == 255;
  const std::size_t size = std::size_t{3} * raster.width * raster.height;
  if (!eight_bits || size == 0 || ppm.size() < size + 1) return std::nullopt;
  raster.pixels = ppm.substr(1, size);
  return raster;
}

struct Pixel {
  unsigned char red = 255, green = 255, blue = 255;
  friend bool operator==(const Pixel&, const Pixel&) = default;
};

// White beyond the edge.
Pixel pixel_at(const Raster& raster, std::uint32_t x, std::uint32_t y) {
  if (x >= raster.width || y >= raster.height) return {};
  const char* at = raster.pixels.data() + 3 * (std::size_t{y} * raster.width + x);
  return {static_cast<unsigned char>(at[0]), static_cast<unsigned char>(at[1]), static_cast<unsigned char>(at[2])};
}

// Red where they differ, else a pale grey of the page as it is.
Pixel difference(Pixel a, Pixel b) {
  if (a != b) return {208, 0, 0};
  const auto grey = static_cast<unsigned char>(192 + (b.red * 2 + b.green * 5 + b.blue) / 8 / 4);
  return {grey, grey, grey};
}

struct SideBySide {
  Raster raster;
  std::size_t pixels = 0;  // that differ
};

SideBySide side_by_side(const Raster& a, const Raster& b) {
  constexpr std::uint32_t kGap = 10;
  const std::uint32_t width = std::max(a.width, b.width), height = std::max(a.height, b.height);
  SideBySide result;
  result.raster.width = 3 * width + 2 * kGap;
  result.raster.height = height;
  result.raster.pixels.reserve(std::size_t{3} * result.raster.width * height);
  const auto add = [&](Pixel pixel) {
    for (const unsigned char sample : {pixel.red, pixel.green, pixel.blue}) result.raster.pixels += static_cast<char>(sample);
  };
  const auto add_gap = [&] {
    for (std::uint32_t i = 0; i < kGap; ++i) add({96, 96, 96});
  };
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) add(pixel_at(a, x, y));
    add_gap();
    for (std::uint32_t x = 0; x < width; ++x) add(pixel_at(b, x, y));
    add_gap();
    for (std::uint32_t x = 0; x < width; ++x) {
      const Pixel first = pixel_at(a, x, y), second = pixel_at(b, x, y);
      if (first != second) ++result.pixels;
      add(difference(first, second));
    }
  }
  return result;
}

// One file's pages as pdftoppm draws them. It gets the file without its protection, since a password would be seen in its arguments.
class Renderer {
 public:
  Renderer(const ComparedFile& file, const std::string& password) : file_(file) {
    auto copy = unprotected(file.bytes, password);
    if (copy) bytes_ = std::move(*copy);
  }

  Result<Raster> draw(std::size_t page, Diagnostics& diags) const {
    const std::string number = fmt::format("{}", page + 1);
    const auto output = run_program({{"pdftoppm", "-r", fmt::format("{}", kPixelsPerInch), "-f", number, "-l", number, "-"}, bytes_, "install Debian's poppler-utils", kMostTime}, diags);
    if (!output) return tl::unexpected<Failure>(Failure{});
    auto raster = read_ppm(output->out);
    if (raster && std::max(raster->width, raster->height) <= kMostPixels) return std::move(*raster);
    return draw_small(page, diags);
  }

 private:
  static constexpr std::chrono::seconds kMostTime{60};

  Result<Raster> draw_small(std::size_t page, Diagnostics& diags) const {
    const std::string number = fmt::format("{}", page + 1);
    const auto output = run_program({{"pdftoppm", "-scale-to", fmt::format("{}", kMostPixels), "-f", number, "-l", number, "-"}, bytes_, {}, kMostTime}, diags);
    if (!output) return tl::unexpected<Failure>(Failure{});
    if (auto raster = read_ppm(output->out)) return std::move(*raster);
    return diags.error(Span::of_file(file_.name), fmt::format("page {} cannot be drawn by pdftoppm", page + 1));
  }

  const ComparedFile& file_;
  std::string bytes_;
};

std::string picture_name(const PagePair& pages) { return pages.b ? fmt::format("page-{}.png", *pages.b + 1) : fmt::format("removed-{}.png", *pages.a + 1); }

}  // namespace

Result<std::monostate> draw_differences(Comparison& comparison, const ComparedPictures& files, Diagnostics& diags) {
  const Renderer first(files.a, files.password), second(files.b, files.password);
  const Raster nothing{1, 1, images::PixelFormat::Rgb8, "\xFF\xFF\xFF", {}};
  for (PageChange& change : comparison.pages) {
    if (!change.may_look_different) continue;
    const auto a = change.pages.a ? first.draw(*change.pages.a, diags) : Result<Raster>(nothing);
    const auto b = change.pages.b ? second.draw(*change.pages.b, diags) : Result<Raster>(nothing);
    if (!a || !b) return tl::unexpected<Failure>(Failure{});
    const SideBySide both = side_by_side(*a, *b);
    change.pixels = both.pixels;
    if (both.pixels == 0) continue;
    const std::filesystem::path path = files.folder / picture_name(change.pages);
    const std::string png = images::write_png(both.raster);
    if (png.empty()) return diags.machine_error(Span::of_file(path.string()), "there is no memory for the picture");
    if (!write_file(path, png, diags)) return tl::unexpected<Failure>(Failure{});
    change.picture = path.string();
  }
  return std::monostate{};
}

}  // namespace handout::inspect
