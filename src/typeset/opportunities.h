#pragma once

#include <vector>

#include "typeset/break_lines.h"
#include "typeset/shape.h"

namespace handout::typeset {

// White space that hangs beyond a line's end (UAX #14 SP, BA spaces and ZW; no-break spaces do not).
bool is_hanging_space(char32_t c);

// Where the content of text[begin, end) ends: before hanging spaces and the hidden characters among them.
std::size_t content_end(std::string_view text, std::size_t begin, std::size_t end);

// The breaks of UAX #14 in the paragraph's language and by its rules, but none inside what belongs together (unicode::find_sequences); soft hyphens, the dictionary's hyphens where the
// paragraph asks for them; measured. What a break changes in the shapes round it is in its positions. In words that are wider than `narrowest`: hyphens where they may be, and where no
// other break helps one at every grapheme boundary.
std::vector<Opportunity> find_opportunities(const ShapedText& text, Length narrowest, const Resources& resources);

// Only those that must be taken: the text's begin, behind each line separator (UAX #14, LB4 and LB5), its end.
std::vector<Opportunity> find_forced_opportunities(const ShapedText& text, const Resources& resources);

}  // namespace handout::typeset
