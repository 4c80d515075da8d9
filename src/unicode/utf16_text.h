#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// UTF-16 never leaves this folder: ICU's bidi and breaks want it, and everybody else counts bytes.
namespace handout::unicode {

std::u16string to_utf16(std::string_view text);
std::string to_utf8(std::u16string_view text);
std::int32_t icu_length(std::u16string_view text);

// Turns ascending UTF-16 indices of a text into byte offsets, in one walk over it.
class ByteCursor {
 public:
  explicit ByteCursor(std::string_view text) : text_(text) {}
  // `index` is not before the one asked for last.
  std::size_t advance_to(std::size_t index);

 private:
  std::string_view text_;
  std::size_t index_ = 0, byte_ = 0;
};

}  // namespace handout::unicode
