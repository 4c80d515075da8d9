#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/handle.h"

namespace handout::images {

// How samples lie in a row: channels interleaved, 16-bit ones in the machine's byte order. InvertedCmyk8 is Adobe's (0 = full ink).
enum class Samples : std::uint8_t { Gray8, Gray16, Rgb8, Rgb16, Cmyk8, InvertedCmyk8 };

void delete_color_transform(void* transform);

// Turns samples of an ICC profile into sRGB of eight bits: grey stays grey (with sRGB's tone curve), RGB and CMYK become RGB.
class ColorTransform {
 public:
  // Nothing when the profile is damaged or is for another colour space than `samples`.
  static std::optional<ColorTransform> to_srgb(std::string_view profile, Samples samples);

  // True when no colour moves by more than 2 of 255: the profile is sRGB under one of its many names.
  [[nodiscard]] bool is_srgb() const { return is_srgb_; }
  // 16-bit input must be aligned to 2.
  void convert(const void* from, void* to, std::uint32_t pixels) const;

 private:
  using Transform = Handle<void, delete_color_transform>;
  explicit ColorTransform(Transform transform) : transform_(std::move(transform)) {}

  Transform transform_;
  bool is_srgb_ = false;
};

}  // namespace handout::images
