#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace handout::unicode {

// One level of a dictionary. A pattern is its letters, in UTF-8, and as libhyphen keeps them a digit before each byte and one at the end: odd digits allow a hyphen, even ones forbid it, the greatest at a place
// decides.
struct HyphenLevel {
  struct Pattern { std::uint32_t begin = 0, length = 0; };  // in `text`: the letters, then the digits

  int left = 0, right = 0, compound_left = 0, compound_right = 0;  // least characters beside a hyphen; 0: libhyphen's own
  std::vector<std::string> no_hyphen;                              // no hyphen beside these
  std::string text;
  std::vector<Pattern> patterns;                                   // by letters, which are unlike in all

  void add(std::string_view letters, std::string_view digits);
  [[nodiscard]] std::string_view letters(const Pattern& pattern) const { return std::string_view(text).substr(pattern.begin, pattern.length); }
  [[nodiscard]] std::string_view digits(const Pattern& pattern) const { return std::string_view(text).substr(pattern.begin + pattern.length, pattern.length + 1); }
};

// The parts of compounds and what is inside the parts.
struct HyphenLevels {
  HyphenLevel compounds, parts;
};

// Reads a dictionary of libhyphen's format, in any of its encodings. Patterns that change letters ("as3szon/sz=sz,2,1") forbid their hyphen instead. Or what is wrong with
// it: "line 7 has what is no text of its encoding".
[[nodiscard]] tl::expected<HyphenLevels, std::string> read_hyphen_patterns(std::string_view bytes);

}  // namespace handout::unicode
