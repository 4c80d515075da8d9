#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/diagnostics.h"

namespace handout::images {

inline constexpr std::uint64_t kMaximumPixels = 64'000'000;
inline constexpr std::uint64_t kMaximumFileBytes = 32u << 20;
// The bounds of one SVG, so that it is read or refused within about a second: a traced photograph has some ten thousand segments.
inline constexpr std::uint64_t kMaximumSvgBytes = 8u << 20;
inline constexpr std::size_t kMaximumSegments = 500'000;

// A picture being read and the place where its faults are told. Lives only as long as the call that reads it.
struct PictureFile {
  std::string_view bytes;
  std::string_view name;  // as shown in messages
  const Span& reference;
  Diagnostics& diags;

  // "picture 'knee.png' " and `what`.
  Diagnostics::Added fault(std::string_view what) const;
  // The same for a file whose bytes contradict its format; `why` is the library's own reason.
  Diagnostics::Added damaged(std::string_view why) const;
  Diagnostics::Added out_of_memory() const;
  Diagnostics::Added too_many_pixels(std::uint64_t width, std::uint64_t height) const;
};

}  // namespace handout::images
