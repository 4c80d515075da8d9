#pragma once

#include <optional>
#include <string>

namespace handout::unicode {

// The value of a decimal digit of any script (general category Nd; U+FF11 and U+0661 are 1), or nothing.
std::optional<int> digit_value(char32_t c);

// Whether text in that script (ISO 15924, "Arab") is written with the digit or letter (Unicode, Script_Extensions; of full-width ones Japanese, Chinese, Korean). False for a script that is not known.
bool is_written_in(char32_t c, const std::string& script);

}  // namespace handout::unicode
