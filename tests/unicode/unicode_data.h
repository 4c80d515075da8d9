#pragma once

#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "unicode/text.h"

// Reading Unicode's own test files (Debian package unicode-data, Unicode 15.0).
namespace handout::unicode::data {

inline std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in{std::string(text)};
  for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
  return parts;
}

inline std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  std::istringstream in{std::string(text)};
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

// Lines without comments; nothing when the package is not installed.
inline std::optional<std::vector<std::string>> read_test_file(const std::string& name) {
  std::ifstream in("/usr/share/unicode/" + name);
  if (!in) return std::nullopt;
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    line = line.substr(0, line.find('#'));
    if (!words(line).empty()) lines.push_back(line);
  }
  return lines;
}

inline char32_t hex(const std::string& digits) { return static_cast<char32_t>(std::stoul(digits, nullptr, 16)); }

inline bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

// "÷ 0061 × 0308 ÷": the text and the byte offsets of its ÷.
struct BreakCase {
  std::string text;
  std::vector<std::size_t> breaks;
};
inline std::optional<BreakCase> parse_break_case(const std::string& line) {
  BreakCase out;
  for (const std::string& word : words(line)) {
    if (word == "÷") out.breaks.push_back(out.text.size());
    else if (word != "×") {
      if (is_surrogate(hex(word))) return std::nullopt;  // no UTF-8 for it
      append_utf8(out.text, hex(word));
    }
  }
  return out;
}

}  // namespace handout::unicode::data
