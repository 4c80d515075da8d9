#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "display/display.h"
#include "pdf/box_path.h"
#include "pdf/embed_picture.h"
#include "pdf/font_table.h"
#include "pdf/pdf.h"

namespace handout::pdf {

// The element of the file that an element of a placement's fragment stands for: itself, or the nearest ancestor that is an element.
struct Owner {
  display::StructureId element;
  display::Role role = display::Role::None;
  std::uint32_t folio = 0;  // the placement's
  friend bool operator==(const Owner&, const Owner&) = default;
};
// A place in the list of owners of a stretch of placements: those of the first placement, then those of the second, ...
using OwnerIndex = std::size_t;
// How many owners a placement has: one for each element of its fragment, none for an artifact.
std::size_t owner_count(const display::Placement& placement);

// The area of a link, for its annotation.
struct PaintedLink {
  OwnerIndex owner = 0;
  display::LinkTarget target;
  std::string contents;
  Box area;
};

struct NamedDestination {
  std::string name;
  double x = 0, y = 0;
};

// Where a part of a figure is painted.
struct PaintedArea {
  OwnerIndex owner = 0;
  Box box;
};

// A stretch of a page's placements as a content stream, and what else the page must know of it. Nothing in it names an element, so that it can stand on many pages.
struct Painted {
  std::string content;
  std::set<FontIndex> fonts;
  std::set<std::pair<std::string, ObjectId>> objects;  // XObjects by resource name
  bool transparent = false;
  bool lacks_codes = false;       // some glyph has no code: the content is not whole
  std::vector<OwnerIndex> marks;  // whose content the marked-content sequences are, from the first MCID on
  std::vector<PaintedLink> links;
  std::vector<PaintedArea> areas;
  std::vector<NamedDestination> destinations;
};

struct PaintInput {
  const FontTable& fonts;
  const PictureTable& pictures;
  Purpose purpose = Purpose::Screen;
};

// Joins placements and local elements into marked content: a stretch of one element's content is one sequence, what belongs to no element is an artifact. MCIDs count from
// `first_mcid`. For print nothing is marked. The stream begins and ends in the graphics state that a page begins with.
Painted paint(const PaintInput& input, std::span<const display::Placement> placements, std::span<const Owner> owners, Length page_height, std::uint32_t first_mcid);

}  // namespace handout::pdf
