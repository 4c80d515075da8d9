#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "display/display.h"
#include "pdf/embed_picture.h"
#include "pdf/font_table.h"
#include "pdf/structure_tree.h"

namespace handout::pdf {

// The area of a link on a page, for the annotation.
struct LinkOnPage {
  display::StructureId element;
  display::LinkTarget target;
  std::string contents;
  Box area;
};

struct NamedDestination {
  std::string name;
  double x = 0, y = 0;
};

struct PaintedPage {
  std::string content;
  std::set<FontIndex> fonts;
  std::map<std::string, HPDF_Dict> objects;  // XObjects by resource name
  bool transparent = false;
  std::vector<LinkOnPage> links;
  std::vector<NamedDestination> destinations;
};

struct PaintInput {
  const display::DisplayDocument& document;
  const FontTable& fonts;
  const PictureTable& pictures;
};

// Joins placements and local elements into marked content: a stretch of one element's content is one sequence, what belongs to no element is an artifact.
PaintedPage paint_page(const PaintInput& input, display::PageIndex page, StructureTree& structure);

}  // namespace handout::pdf
