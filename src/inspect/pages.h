#pragma once

#include <string>
#include <vector>

#include "inspect/document.h"

namespace handout::inspect {

// What a page says.
struct PageText {
  std::string text;     // in structure order, a line for each block; of an untagged file everything in drawing order
  std::string outside;  // of a tagged file, in drawing order: what is in no element, such as header and footer
};
std::vector<PageText> page_texts(Document& document);

// The document's text in structure order (of an untagged file page after page), in pieces that stand on one page each. Columns go from page to page on their own, so
// this is not the pages' texts one after another.
struct TextPiece {
  std::size_t page = 0;
  std::string text;
};
std::vector<TextPiece> text_pieces(Document& document);

enum class Fonts { Included, LeftOut };
// Digests of what a page draws, independent of object numbers: content, pictures, annotations, and the fonts or not. With the fonts, equal digests mean equal
// pictures.
std::vector<std::string> page_digests(Document& document, Fonts fonts);

}  // namespace handout::inspect
