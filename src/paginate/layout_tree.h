#pragma once

#include <optional>
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

// Walks the tree in reading order, giving out structure elements: siblings get ascending ids. `parent` is nothing for the document's body.
Node build_tree(const styled::Block& block, std::optional<display::StructureId> parent, std::vector<display::StructureElement>& structure);

// The same for headers and footers, which are artifacts and have no elements.
Node build_artifact_tree(const styled::Block& block);

}  // namespace handout::paginate
