#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace handout::unicode {

// A hyphenation pattern as libhyphen keeps it: UTF-8, with a digit before each byte and one at the end. Odd digits allow a hyphen, even ones forbid it, the greatest at a place decides.
struct HyphenPattern {
  std::string letters, digits;
};

struct HyphenLevel {
  int left = 0, right = 0, compound_left = 0, compound_right = 0;  // least characters beside a hyphen; 0: libhyphen's own
  std::vector<std::string> no_hyphen;                              // no hyphen beside these
  std::vector<HyphenPattern> patterns;                             // by letters, which are unlike in all
};

// The parts of compounds and what is inside the parts.
struct HyphenLevels {
  HyphenLevel compounds, parts;
};

// Reads a dictionary of libhyphen's format, in any of its encodings. Patterns that change letters ("as3szon/sz=sz,2,1") forbid their hyphen instead. Or what is wrong with
// it: "line 7 has what is no text of its encoding".
[[nodiscard]] tl::expected<HyphenLevels, std::string> read_hyphen_patterns(std::string_view bytes);

}  // namespace handout::unicode
