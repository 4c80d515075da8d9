#include "make_pictures.h"

#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>
#include <lcms2.h>
#include <png.h>

#include <stdexcept>

namespace handout::images::test {
namespace {

void append(png_structp png, png_bytep data, std::size_t size) { static_cast<std::string*>(png_get_io_ptr(png))->append(data, data + size); }
[[noreturn]] void fail(png_structp, png_const_charp message) { throw std::runtime_error(message); }
void ignore(png_structp, png_const_charp) {}

unsigned channels_of(int color_type) { return color_type == 2 ? 3 : color_type == 4 ? 2 : color_type == 6 ? 4 : 1; }

std::vector<unsigned char> packed_row(const PngRecipe& recipe, std::uint32_t y) {
  std::vector<unsigned char> row;
  unsigned bits = 0, filled = 0;
  for (std::uint32_t x = 0; x < recipe.width; ++x) {
    for (unsigned channel = 0; channel < channels_of(recipe.color_type); ++channel) {
      const unsigned value = recipe.sample(x, y, channel);
      if (recipe.bit_depth == 16) row.push_back(static_cast<unsigned char>(value >> 8));
      if (recipe.bit_depth >= 8) {
        row.push_back(static_cast<unsigned char>(value & 255u));
        continue;
      }
      bits = bits << recipe.bit_depth | value;
      filled += static_cast<unsigned>(recipe.bit_depth);
      if (filled == 8) row.push_back(static_cast<unsigned char>(bits & 255u)), filled = 0;
    }
  }
  if (filled > 0) row.push_back(static_cast<unsigned char>(bits << (8 - filled) & 255u));
  return row;
}

void set_chunks(png_structp png, png_infop info, const PngRecipe& recipe) {
  if (!recipe.palette.empty()) {
    std::vector<png_color> colors;
    for (const PngColor& each : recipe.palette) colors.push_back({each.red, each.green, each.blue});
    png_set_PLTE(png, info, colors.data(), static_cast<int>(colors.size()));
  }
  if (!recipe.palette_alpha.empty()) {
    std::vector<png_byte> alpha(recipe.palette_alpha.begin(), recipe.palette_alpha.end());
    png_set_tRNS(png, info, alpha.data(), static_cast<int>(alpha.size()), nullptr);
  }
  if (recipe.transparent) {
    const auto& t = *recipe.transparent;
    png_color_16 color{0, t[0], t.size() > 1 ? t[1] : t[0], t.size() > 1 ? t[2] : t[0], t[0]};
    png_set_tRNS(png, info, nullptr, 0, &color);
  }
  if (recipe.density) png_set_pHYs(png, info, (*recipe.density)[0], (*recipe.density)[1], static_cast<int>((*recipe.density)[2]));
  if (!recipe.profile.empty()) {
    const std::vector<png_byte> profile(recipe.profile.begin(), recipe.profile.end());
    png_set_iCCP(png, info, "profile", 0, profile.data(), static_cast<png_uint_32>(profile.size()));
  }
  if (!recipe.exif.empty()) {
    std::vector<png_byte> exif(recipe.exif.begin(), recipe.exif.end());
    png_set_eXIf_1(png, info, static_cast<png_uint_32>(exif.size()), exif.data());
  }
}

std::string saved(cmsHPROFILE profile) {
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  std::string bytes(size, '\0');
  cmsSaveProfileToMem(profile, bytes.data(), &size);
  cmsCloseProfile(profile);
  return bytes;
}

std::string little(unsigned value, int size) {
  std::string text;
  for (int i = 0; i < size; ++i) text.push_back(static_cast<char>(value >> (8 * i) & 255u));
  return text;
}

}  // namespace

std::string make_png(const PngRecipe& recipe) {
  std::string bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, fail, ignore);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &bytes, append, [](png_structp) {});
  png_set_IHDR(png, info, recipe.width, recipe.height, recipe.bit_depth, recipe.color_type, recipe.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  set_chunks(png, info, recipe);
  png_write_info(png, info);
  std::vector<std::vector<unsigned char>> rows;
  std::vector<png_bytep> pointers;
  for (std::uint32_t y = 0; y < recipe.height; ++y) rows.push_back(packed_row(recipe, y));
  for (auto& row : rows) pointers.push_back(row.data());
  png_write_image(png, pointers.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return bytes;
}

std::string make_jpeg(const JpegRecipe& recipe) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* memory = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &memory, &size);
  info.image_width = recipe.width;
  info.image_height = recipe.height;
  info.input_components = recipe.components;
  info.in_color_space = recipe.components == 1 ? JCS_GRAYSCALE : recipe.components == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults(&info);
  if (recipe.stored_as_rgb) jpeg_set_colorspace(&info, JCS_RGB);
  jpeg_set_quality(&info, 95, TRUE);
  if (recipe.progressive) jpeg_simple_progression(&info);
  info.arith_code = recipe.arithmetic ? TRUE : FALSE;
  info.write_Adobe_marker = recipe.adobe ? TRUE : FALSE;
  info.write_JFIF_header = recipe.jfif ? TRUE : FALSE;
  info.density_unit = static_cast<UINT8>(recipe.density_unit);
  info.X_density = static_cast<UINT16>(recipe.density_x);
  info.Y_density = static_cast<UINT16>(recipe.density_y);
  jpeg_start_compress(&info, TRUE);
  if (!recipe.exif.empty()) {
    const std::string marker = std::string("Exif\0\0", 6) + recipe.exif;
    const std::vector<JOCTET> data(marker.begin(), marker.end());
    jpeg_write_marker(&info, JPEG_APP0 + 1, data.data(), static_cast<unsigned>(data.size()));
  }
  if (!recipe.profile.empty()) {
    const std::vector<JOCTET> data(recipe.profile.begin(), recipe.profile.end());
    jpeg_write_icc_profile(&info, data.data(), static_cast<unsigned>(data.size()));
  }
  for (const auto& [marker, text] : recipe.segments) {
    const std::vector<JOCTET> data(text.begin(), text.end());
    jpeg_write_marker(&info, marker, data.data(), static_cast<unsigned>(data.size()));
  }
  for (std::uint32_t y = 0; y < recipe.height; ++y) {
    std::vector<unsigned char> row;
    for (std::uint32_t x = 0; x < recipe.width; ++x) {
      for (unsigned channel = 0; channel < static_cast<unsigned>(recipe.components); ++channel) row.push_back(static_cast<unsigned char>(recipe.sample(x, y, channel)));
    }
    JSAMPROW pointer = row.data();
    jpeg_write_scanlines(&info, &pointer, 1);
  }
  jpeg_finish_compress(&info);
  std::string bytes(memory, memory + size);
  jpeg_destroy_compress(&info);
  std::free(memory);
  return bytes;
}

std::string exif_little(int orientation) {
  return "II" + little(42, 2) + little(8, 4) + little(1, 2) + little(0x0112, 2) + little(3, 2) + little(1, 4) + little(static_cast<unsigned>(orientation), 4) + little(0, 4);
}

std::string exif_big(int orientation) {
  std::string text("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0", 26);
  text[19] = static_cast<char>(orientation);
  return text;
}

std::string srgb_profile() { return saved(cmsCreate_sRGBProfile()); }

std::string linear_rgb_profile() {
  const cmsCIExyY d65{0.3127, 0.3290, 1};
  const cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
  cmsToneCurve* const straight = cmsBuildGamma(nullptr, 1);
  cmsToneCurve* curves[3] = {straight, straight, straight};
  const cmsHPROFILE profile = cmsCreateRGBProfile(&d65, &primaries, curves);
  cmsFreeToneCurve(straight);
  return saved(profile);
}

std::string linear_gray_profile() {
  cmsToneCurve* const straight = cmsBuildGamma(nullptr, 1);
  const cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), straight);
  cmsFreeToneCurve(straight);
  return saved(profile);
}

// Only black ink is looked at: Lab lightness falls from 100 to 0 as K rises, whatever C, M and Y are.
std::string cmyk_profile() {
  const cmsHPROFILE profile = cmsCreateProfilePlaceholder(nullptr);
  cmsSetProfileVersion(profile, 2.1);
  cmsSetDeviceClass(profile, cmsSigOutputClass);
  cmsSetColorSpace(profile, cmsSigCmykData);
  cmsSetPCS(profile, cmsSigLabData);
  cmsPipeline* const pipeline = cmsPipelineAlloc(nullptr, 4, 3);
  cmsStage* const table = cmsStageAllocCLut16bit(nullptr, 2, 4, 3, nullptr);
  cmsStageSampleCLut16bit(
      table,
      [](const cmsUInt16Number in[], cmsUInt16Number out[], void*) -> cmsInt32Number {
        out[0] = static_cast<cmsUInt16Number>((0xFFFFu - in[3]) / 0x101u * 0x100u);  // Lab of ICC version 2: 0xFF00 is 100
        out[1] = out[2] = 0x8000;
        return TRUE;
      },
      nullptr, 0);
  cmsPipelineInsertStage(pipeline, cmsAT_END, table);
  for (const cmsTagSignature tag : {cmsSigAToB0Tag, cmsSigAToB1Tag}) cmsWriteTag(profile, tag, pipeline);
  cmsPipelineFree(pipeline);
  return saved(profile);
}

Decoded decode(std::string_view bytes, std::string_view name) {
  Decoded result;
  Result<Picture> picture = decode_picture(bytes, name, Span::of_file("a.xml").at(3, 7), result.diags);
  if (picture) result.picture = std::move(*picture);
  return result;
}

}  // namespace handout::images::test
