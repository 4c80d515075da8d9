#pragma once

#include <optional>

namespace handout::unicode {

// The value of a decimal digit of any script (general category Nd; U+FF11 and U+0661 are 1), or nothing.
std::optional<int> digit_value(char32_t c);

}  // namespace handout::unicode
