#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace handout {

// Decimal text of a finite number, at most `decimals` places, no exponent, no trailing zeros, never "-0". Independent of the C locale.
std::string decimal_text(double value, int decimals);
// The same at the end of `text`.
void append_decimal(std::string& text, double value, int decimals);

// A plain decimal number ("-1.5", "12", ".5"), the whole of `text`; nothing else (no exponent, no spaces, no sign alone).
std::optional<double> parse_decimal(std::string_view text);
std::optional<long long> parse_integer(std::string_view text);

}  // namespace handout
