#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "unicode/breaking.h"

// The grammars of find_sequences, each at one place of a text. All look at a bounded stretch, so that a walk over the text is linear, and give the offset behind what they found.
namespace handout::unicode {

// The character at `at`, or U+0000 at the text's end, and the one before `at`.
[[nodiscard]] char32_t character_at(std::string_view text, std::size_t at);
[[nodiscard]] char32_t character_before(std::string_view text, std::size_t at);
[[nodiscard]] std::size_t next_character(std::string_view text, std::size_t at);
[[nodiscard]] bool is_decimal_digit(char32_t c);  // of any script
[[nodiscard]] bool is_word_character(char32_t c);
// A space that may stand inside a sequence: U+0020, no-break, narrow no-break, thin.
[[nodiscard]] bool is_inner_space(char32_t c);
[[nodiscard]] bool is_dash(char32_t c);  // hyphens and the en dash

// Behind a telephone number that begins at `at` with a digit, "+" or "(".
[[nodiscard]] std::optional<std::size_t> phone_end(std::string_view text, std::size_t at);
// Behind a number with its unit or currency sign that begins at `at` with a digit, a fraction, a sign of number or a currency sign.
[[nodiscard]] std::optional<std::size_t> quantity_end(std::string_view text, std::size_t at);
// Behind the name that follows a title; the title begins at `at`, which begins a word.
[[nodiscard]] std::optional<std::size_t> titled_name_end(std::string_view text, std::size_t at, const Locale& locale);
// A name and what is put behind it ("Ruiz Jr."), in the languages that do so; the name begins at `at`.
[[nodiscard]] std::optional<std::size_t> name_with_suffix_end(std::string_view text, std::size_t at, const Locale& locale);

}  // namespace handout::unicode
