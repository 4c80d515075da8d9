#include "pdf/text_string.h"

#include <algorithm>
#include <array>

#include "base/expects.h"

namespace handout::pdf {

namespace {

void append_unit(std::string& bytes, char32_t unit) {
  bytes += static_cast<char>((unit >> 8) & 0xFF);
  bytes += static_cast<char>(unit & 0xFF);
}

struct Decoded {
  char32_t value;
  std::size_t size;
};

Decoded decode(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const unsigned lead = byte(0);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  EXPECTS(offset + size <= text.size());
  if (size == 1) return {lead, 1};
  char32_t value = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) value = (value << 6) | (byte(i) & 0x3Fu);
  return {value, size};
}

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

}  // namespace

std::string utf16be(std::string_view utf8) {
  std::string bytes;
  for (std::size_t i = 0; i < utf8.size();) {
    const Decoded c = decode(utf8, i);
    if (c.value >= 0x10000) {
      append_unit(bytes, 0xD800 + ((c.value - 0x10000) >> 10));
      append_unit(bytes, 0xDC00 + ((c.value - 0x10000) & 0x3FF));
    } else {
      append_unit(bytes, c.value);
    }
    i += c.size;
  }
  return bytes;
}

std::string text_string(std::string_view utf8) {
  const bool ascii = std::ranges::all_of(utf8, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
  return ascii ? std::string(utf8) : "\xFE\xFF" + utf16be(utf8);
}

std::string hex(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kHexDigits[byte >> 4];
    text += kHexDigits[byte & 15];
  }
  return text;
}

std::string hex16(unsigned value) {
  std::string text;
  append_hex16(text, value);
  return text;
}

void append_hex16(std::string& text, unsigned value) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) text += kDigits[(value >> shift) & 0xFU];
}

}  // namespace handout::pdf
