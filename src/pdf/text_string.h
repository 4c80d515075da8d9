#pragma once

#include <string>
#include <string_view>

namespace handout::pdf {

// UTF-16BE without a mark; `utf8` is valid.
std::string utf16be(std::string_view utf8);
// A text string of ISO 32000-1, 7.9.2.2: printable ASCII as it is, everything else UTF-16BE after its mark.
std::string text_string(std::string_view utf8);
// Upper-case hexadecimal.
std::string hex(std::string_view bytes);
std::string hex16(unsigned value);
// The same at the end of `text`.
void append_hex16(std::string& text, unsigned value);

}  // namespace handout::pdf
