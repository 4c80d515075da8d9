#pragma once

#include <cstddef>
#include <string>

// Articles of one kind of content many times over, no two blocks of the same words: what does not grow with its length shows in them.
namespace handout::stress {

enum class LongContent { Mixed, Paragraphs, Sections, List, Table, SpannedTable, ChainedTable, Figures };

// Mixed: `count` blocks of generated_article; else `count` paragraphs, sections, items, rows or figures. SpannedTable: every third row begins cells over one to three
// rows; ChainedTable: cells over two rows overlap from the first row to the last.
std::string long_article(LongContent content, std::size_t count);

}  // namespace handout::stress
