#include "xml/characters.h"

#include <algorithm>
#include <array>

namespace handout::xml {
namespace {

struct Range {
  char32_t first, last;
};

// XML 1.0 (fifth edition) production [4] beyond ASCII.
constexpr std::array<Range, 12> kNameStart{{{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D},
                                            {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD},
                                            {0x10000, 0xEFFFF}}};
// What production [4a] adds beyond ASCII.
constexpr std::array<Range, 3> kNameMore{{{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}};

template <std::size_t N>
bool lies_in(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](const Range& range) { return c >= range.first && c <= range.last; });
}

bool is_continuation(std::string_view text, std::size_t offset) {
  return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80;
}

}  // namespace

Decoded decode_utf8(std::string_view text, std::size_t offset) {
  const auto lead = static_cast<unsigned char>(text[offset]);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return {};
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text, offset + i)) return {};
    value = (value << 6) | (static_cast<unsigned char>(text[offset + i]) & 0x3FU);
  }
  const char32_t least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length, true};
}

void append_utf8(std::string& text, char32_t value) {
  const auto push = [&text](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (value < 0x80) {
    push(value);
    return;
  }
  if (value < 0x800) {
    push(0xC0 | (value >> 6));
  } else if (value < 0x10000) {
    push(0xE0 | (value >> 12));
    push(0x80 | ((value >> 6) & 0x3F));
  } else {
    push(0xF0 | (value >> 18));
    push(0x80 | ((value >> 12) & 0x3F));
    push(0x80 | ((value >> 6) & 0x3F));
  }
  push(0x80 | (value & 0x3F));
}

bool is_xml_char(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

bool is_name_start(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  return lies_in(kNameStart, c);
}

bool is_name_char(char32_t c) {
  if (c < 0x80) return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
  return lies_in(kNameStart, c) || lies_in(kNameMore, c);
}

std::size_t end_of_name(std::string_view text, std::size_t offset) {
  for (std::size_t i = offset; i < text.size();) {
    const Decoded next = decode_utf8(text, i);
    if (!next.valid || !(i == offset ? is_name_start(next.value) : is_name_char(next.value))) return i;
    i += next.length;
  }
  return text.size();
}

std::size_t skip_space(std::string_view text, std::size_t offset) {
  while (offset < text.size() && is_space(text[offset])) ++offset;
  return offset;
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::string shown;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (characters++ == kMost) return shown + "…";
    const Decoded next = decode_utf8(text, i);
    if (next.valid && next.value >= 0x20 && next.value != 0x7F) shown.append(text, i, next.length);
    else shown += ' ';
    i += next.length;
  }
  return shown;
}

}  // namespace handout::xml
