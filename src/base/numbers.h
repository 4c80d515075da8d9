#pragma once

#include <cstdint>
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
// The same number exactly, whatever its size, in one form: "-1.50" is "-1.5", "007" is "7", "-0" is "0".
std::optional<std::string> exact_decimal(std::string_view text);
// Of what exact_decimal() gives: texts whose bytes are ordered as the numbers are.
std::string decimal_order(std::string_view exact);
std::optional<long long> parse_integer(std::string_view text);
// Decimal digits alone: no sign and no space.
std::optional<std::uint64_t> parse_digits(std::string_view text);

// "1 piece", "2 pieces", "0 pieces"; `many`: of a noun whose plural is not made with an s.
std::string counted(std::uint64_t count, std::string_view one, std::string_view many = {});

}  // namespace handout
