#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace handout {

// A to Z as a to z; everything else, bytes of other letters too, as it is.
constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string ascii_lowered(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), ascii_lower);
  return lower;
}

}  // namespace handout
