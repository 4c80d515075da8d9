#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "typeset/itemize.h"

namespace handout::typeset {

// Where the words of text[begin, end) may be broken with a hyphen, by the dictionary of each word's language. Words with soft hyphens are left to them; nothing inside `whole`.
std::vector<std::size_t> find_hyphens(const ItemizedText& itemized, std::size_t begin, std::size_t end, std::span<const unicode::Sequence> whole, const Resources& resources);

// True when the paragraph asks for hyphens wherever they make better lines, rather than only in words that are wider than their line.
bool hyphenates_freely(const styled::Paragraph& paragraph);

}  // namespace handout::typeset
