#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "display/display.h"
#include "styled/styled.h"

namespace handout::paginate {

// A block at its place in the document: the same block may stand at several, each with elements of its own. Children are a flow's blocks, a row's
// cells (as they stand, left to right), a list item's label and body, a table's cells, a picture's labels (nodes without a block).
struct Node {
  const styled::Block* block = nullptr;
  display::StructureId element;   // of the block, or the nearest element around it when it has none
  std::vector<Node> children;
};

// A document's nodes with structure elements in reading order, siblings with ascending ids: the content of regions on the first page, the body, the notes.
struct DocumentTree {
  Node body;                              // its element is the root, Document
  std::map<std::string, Node> regions;    // those of the first page's master with content, by name
  std::map<std::string, Node> notes;      // by the destination that links to them name
};
DocumentTree build_document(const styled::StyledDocument& document, std::vector<display::StructureElement>& structure);

// The same for headers and footers, which are artifacts and have no elements.
Node build_artifact_tree(const styled::Block& block);

}  // namespace handout::paginate
