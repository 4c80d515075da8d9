#include "recipients/bytes.h"

#include <algorithm>
#include <limits>

#include "unicode/text.h"

namespace handout::recipients {

std::uint64_t count_line_ends(std::string_view bytes) {
  std::uint64_t count = 0;
  for (std::size_t i = bytes.find_first_of("\r\n"); i != std::string_view::npos; i = bytes.find_first_of("\r\n", i + 1)) {
    if (bytes[i] == '\n' && i > 0 && bytes[i - 1] == '\r') continue;
    ++count;
  }
  return count;
}

std::string not_utf8(std::string_view bytes) {
  // UTF-8's characters beyond ASCII are a lead byte and one to three of 80..BF; in text of one byte a character such a pair is rare.
  std::size_t alone = 0, pairs = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0x80) continue;
    const bool followed = i + 1 < bytes.size() && (static_cast<unsigned char>(bytes[i + 1]) & 0xC0U) == 0x80U;
    if (byte >= 0xC2 && byte <= 0xF4 && followed) {
      ++pairs;
      while (i + 1 < bytes.size() && (static_cast<unsigned char>(bytes[i + 1]) & 0xC0U) == 0x80U) ++i;
    } else {
      ++alone;
    }
  }
  if (alone > pairs) return "is not UTF-8: Latin-1 or Windows-1252, as it seems";
  return "is not UTF-8";
}

std::string shown(std::string_view column) {
  constexpr std::size_t kMost = 60;
  std::string text;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < column.size();) {
    const unicode::CodePoint c = unicode::decode(column, i);
    i = c.end;
    if (c.value < 0x20 || (c.value >= 0x7F && c.value <= 0x9F) || unicode::is_bidi_control(c.value) || c.value == 0x2028 || c.value == 0x2029) {
      text += ' ';
    } else {
      text.append(column, c.begin, c.end - c.begin);
    }
    if (++characters == kMost && i < column.size()) return text + "…";
  }
  return text;
}

Span line_of(const Span& file, std::uint64_t line) {
  return line <= std::numeric_limits<std::uint32_t>::max() ? file.at(static_cast<std::uint32_t>(line), 1) : file;
}

}  // namespace handout::recipients
