#pragma once

#include <string>
#include <string_view>

namespace handout::inspect {

// A file's words for a terminal: control characters, which could move its cursor, and what is no UTF-8 are shown as \u{1B} and \x{FF}.
std::string printable(std::string_view text);
// The same, but line ends stay.
std::string printable_lines(std::string_view text);

}  // namespace handout::inspect
