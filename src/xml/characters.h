#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace handout::xml {

struct Decoded {
  char32_t value = 0;
  std::size_t length = 1;
  bool valid = false;  // false: not UTF-8 (overlong forms and surrogates included); length is then 1
};
Decoded decode_utf8(std::string_view text, std::size_t offset);
void append_utf8(std::string& text, char32_t value);

// XML 1.0 productions [2] Char, [3] S, [4] NameStartChar and [4a] NameChar.
bool is_xml_char(char32_t c);
constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_name_start(char32_t c);
bool is_name_char(char32_t c);

// The offset behind the name that starts at `offset`; `offset` itself when none does.
std::size_t end_of_name(std::string_view text, std::size_t offset);
std::size_t skip_space(std::string_view text, std::size_t offset);

// At most 40 characters of `text` on one line, an ellipsis where it was cut: for messages.
std::string excerpt(std::string_view text);

}  // namespace handout::xml
