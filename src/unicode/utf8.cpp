#include "unicode/text.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <unicode/utf8.h>

#include "base/expects.h"

namespace handout::unicode {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Length of the ASCII text at the start, by eight bytes at a time.
std::size_t ascii_prefix(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if ((word & 0x8080808080808080U) != 0) break;
  }
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

// The code point at `i`, which moves behind it; negative for an ill-formed sequence.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
#pragma GCC diagnostic ignored "-Wsign-conversion"
UChar32 next_code_point(std::string_view text, std::size_t& i) {
  UChar32 c = 0;
  U8_NEXT(text.data(), i, text.size(), c);
  return c;
}
#pragma GCC diagnostic pop

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t i = 0;
  while ((i += ascii_prefix(text.substr(i))) < text.size()) {
    const std::size_t begin = i;
    if (next_code_point(text, i) < 0) return begin;
  }
  return std::nullopt;
}

CodePoint decode_beyond_ascii(std::string_view text, std::size_t offset) {
  std::size_t end = offset;
  const UChar32 c = next_code_point(text, end);
  return {c < 0 ? kReplacement : static_cast<char32_t>(c), offset, end};
}

void append_utf8(std::string& text, char32_t value) {
  EXPECTS(value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF));
  std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
  std::size_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, value);
  for (std::size_t i = 0; i < length; ++i) text += static_cast<char>(bytes[i]);
}

std::size_t count_code_points(std::string_view text) {
  const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::ranges::count_if(text, starts_character));
}

}  // namespace handout::unicode
