#include "images/color_profile.h"

#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "base/narrow.h"

namespace handout::images {
namespace {

using Profile = Handle<void, cmsCloseProfile>;
using ToneCurve = Handle<cmsToneCurve, cmsFreeToneCurve>;

constexpr int kSameColor = 2;

bool is_gray(Samples samples) { return samples == Samples::Gray8 || samples == Samples::Gray16; }

cmsColorSpaceSignature color_space_of(Samples samples) {
  switch (samples) {
    case Samples::Gray8:
    case Samples::Gray16: return cmsSigGrayData;
    case Samples::Rgb8:
    case Samples::Rgb16: return cmsSigRgbData;
    case Samples::Cmyk8:
    case Samples::InvertedCmyk8: break;
  }
  return cmsSigCmykData;
}

cmsUInt32Number lcms_format(Samples samples) {
  switch (samples) {
    case Samples::Gray8: return TYPE_GRAY_8;
    case Samples::Gray16: return TYPE_GRAY_16;
    case Samples::Rgb8: return TYPE_RGB_8;
    case Samples::Rgb16: return TYPE_RGB_16;
    case Samples::Cmyk8: return TYPE_CMYK_8;
    case Samples::InvertedCmyk8: break;
  }
  return TYPE_CMYK_8_REV;
}

Profile gray_profile() {
  // IEC 61966-2-1: the tone curve of sRGB as ICC's parametric curve type 3 (lcms counts it as 4).
  constexpr std::array<cmsFloat64Number, 5> kSrgbCurve{2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
  const ToneCurve curve(cmsBuildParametricToneCurve(nullptr, 4, kSrgbCurve.data()));
  return Profile(curve ? cmsCreateGrayProfile(cmsD50_xyY(), curve.get()) : nullptr);
}

void* new_transform(void* from, void* to, Samples samples) {
  return cmsCreateTransform(from, lcms_format(samples), to, is_gray(samples) ? TYPE_GRAY_8 : TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC,
                            cmsFLAGS_BLACKPOINTCOMPENSATION);
}

// Every grey, or a grid of 9 x 9 x 9 colours.
std::string probe_colors(Samples samples) {
  std::string colors;
  if (is_gray(samples)) {
    for (int value = 0; value < 256; ++value) colors.push_back(static_cast<char>(value));
    return colors;
  }
  for (int i = 0; i < 9 * 9 * 9; ++i) {
    for (const int step : {i / 81, i / 9 % 9, i % 9}) colors.push_back(static_cast<char>(std::min(step * 32, 255)));
  }
  return colors;
}

bool changes_nothing(void* from, void* to, Samples samples) {
  if (color_space_of(samples) == cmsSigCmykData) return false;
  const Samples eight_bit = is_gray(samples) ? Samples::Gray8 : Samples::Rgb8;
  const Handle<void, delete_color_transform> transform(new_transform(from, to, eight_bit));
  if (!transform) return false;
  const std::string before = probe_colors(samples);
  std::string after(before.size(), '\0');
  cmsDoTransform(transform.get(), before.data(), after.data(), narrow<cmsUInt32Number>(before.size() / (is_gray(samples) ? 1u : 3u)));
  return std::equal(before.begin(), before.end(), after.begin(), [](char a, char b) {
    return std::abs(static_cast<unsigned char>(a) - static_cast<unsigned char>(b)) <= kSameColor;
  });
}

}  // namespace

void delete_color_transform(void* transform) { cmsDeleteTransform(transform); }

std::optional<ColorTransform> ColorTransform::to_srgb(std::string_view profile, Samples samples) {
  const Profile from(cmsOpenProfileFromMem(profile.data(), narrow<cmsUInt32Number>(profile.size())));
  if (!from || cmsGetColorSpace(from.get()) != color_space_of(samples)) return std::nullopt;
  const Profile to = is_gray(samples) ? gray_profile() : Profile(cmsCreate_sRGBProfile());
  if (!to) return std::nullopt;
  Transform transform(new_transform(from.get(), to.get(), samples));
  if (!transform) return std::nullopt;
  ColorTransform result(std::move(transform));
  result.is_srgb_ = changes_nothing(from.get(), to.get(), samples);
  return result;
}

void ColorTransform::convert(const void* from, void* to, std::uint32_t pixels) const { cmsDoTransform(transform_.get(), from, to, pixels); }

}  // namespace handout::images
