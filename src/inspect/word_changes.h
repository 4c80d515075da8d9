#pragma once

#include <vector>

#include "inspect/diff.h"
#include "inspect/pages.h"

namespace handout::inspect {

// A document's words: by page, which decides the pairs of pages, and in reading order.
struct ComparedText {
  std::vector<PageText> pages;
  std::vector<TextPiece> pieces;
};

// The pairs of pages and what is different in their words. Words are compared through the whole document, so that a paragraph which flows to the next page is no
// difference of its words; the page says then that it ends elsewhere.
std::vector<PageChange> word_changes(const ComparedText& a, const ComparedText& b);

}  // namespace handout::inspect
