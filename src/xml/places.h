#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace handout::xml {

struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;  // in code points
};

// Line and column of any byte of a source, in any order of asking, in constant time. CRLF, CR and LF are each one line end (XML 1.0
// section 2.11); a byte order mark takes no column.
class Places {
 public:
  explicit Places(std::string_view source);
  [[nodiscard]] Place at(std::size_t offset) const;

 private:
  std::string_view source_;
  std::vector<Place> marks_;  // of every kStride-th byte
};

}  // namespace handout::xml
