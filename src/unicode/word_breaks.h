#pragma once

#include <string_view>
#include <vector>

#include "unicode/text.h"

namespace handout::unicode {

// What the locale itself asks for (-u-lw-) when `words` is Auto and it says keepall or breakall; else `words`.
[[nodiscard]] WordBreak word_break_for(const Locale& locale, WordBreak words);

// Takes breaks inside words away (Auto, KeepAll); mandatory ones stay.
void keep_words_whole(std::string_view text, const Locale& locale, WordBreak words, std::vector<LineBreak>& breaks);

// UAX #14's breaks and those between two letters or digits (CSS Text 3, 5.2 break-all: letters are treated as ideographs, so that punctuation keeps its rules).
// `boundaries` are those of grapheme clusters.
[[nodiscard]] std::vector<LineBreak> with_breaks_inside_words(std::string_view text, const std::vector<LineBreak>& breaks, const std::vector<std::size_t>& boundaries);

}  // namespace handout::unicode
