#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/span.h"

namespace handout::recipients {

// The number of line ends: LF, CR and CRLF each one.
std::uint64_t count_line_ends(std::string_view bytes);

// What is told of bytes that are not UTF-8: "is Latin-1 or Windows-1252, as it seems, not UTF-8". `bytes` is all that is known of the text.
std::string not_utf8(std::string_view bytes);
// How to make it so.
inline constexpr const char* kConvertHint = "convert the file, for example: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW; Excel saves as \"CSV UTF-8\"";

// A name of a column as messages show it: without what a terminal would obey, and not longer than 60 characters.
std::string shown(std::string_view column);

// A place in a file by its line; beyond 2^32 lines the file as a whole.
Span line_of(const Span& file, std::uint64_t line);

}  // namespace handout::recipients
