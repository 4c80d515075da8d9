#include "inspect/printable.h"

#include <fmt/format.h>

namespace handout::inspect {

namespace {

// The length of the character of well-formed UTF-8 (Unicode 15, table 3-7) that begins there, 0 when there is none.
std::size_t length_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool beyond = (first == 0xED && byte(1) > 0x9F) || (first == 0xF4 && byte(1) > 0x8F);
  return overlong || beyond ? 0 : length;
}

std::string shown(std::string_view text, std::string_view kept) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = length_at(text, at);
    const unsigned first = static_cast<unsigned char>(text[at]);
    if (length == 0) out += fmt::format("\\x{{{:02X}}}", first);
    else if (length == 1 && (first < 0x20 || first == 0x7F) && kept.find(text[at]) == std::string_view::npos) out += fmt::format("\\u{{{:X}}}", first);
    else if (length == 2 && first == 0xC2 && static_cast<unsigned char>(text[at + 1]) < 0xA0) out += fmt::format("\\u{{{:X}}}", static_cast<unsigned char>(text[at + 1]));
    else out += text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return out;
}

}  // namespace

std::string printable(std::string_view text) { return shown(text, {}); }

std::string printable_lines(std::string_view text) { return shown(text, "\n"); }

}  // namespace handout::inspect
