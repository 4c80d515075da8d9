#include <fmt/format.h>

#include "layouts/length_rules.h"
#include "layouts/reader.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

// Both ends and the extent between them would be one too many.
void check_ends(const xml::Element& element, const char* first, const char* last, const char* extent, Diagnostics& diags) {
  const xml::Attribute* between = element.find(extent);
  if (between != nullptr && element.find(first) != nullptr && element.find(last) != nullptr) {
    diags.error(between->at, fmt::format("<region> has {}, {} and {}; expected two of them", first, last, extent)).hint("the third follows from the others").meaning();
  }
}

void check_sides(const xml::Element& element, Diagnostics& diags) {
  for (const char* physical : {"left", "right"}) {
    for (const char* logical : {"start", "end"}) {
      const xml::Attribute* found = element.find(logical);
      if (found == nullptr || element.find(physical) == nullptr) continue;
      diags.error(found->at, fmt::format("<region> has {} and {}; expected sides of one kind", physical, logical)).hint("left and right are the paper's; start and end change places in languages that run from right to left").meaning();
      return;
    }
  }
}

}  // namespace

Region read_region(const xml::Element& element, const Context& context) {
  Diagnostics& diags = context.diags;
  Region region;
  region.at = element.at;
  region.name = text_of(element, "name");
  if (const xml::Attribute* name = element.find("name"); name != nullptr && !is_name(name->value)) {
    diags.error(name->value_at, fmt::format("'{}' cannot be the name of a region", xml::excerpt(name->value))).hint("use letters, digits, '-' and '_', with a letter first");
  }
  region.top = read_length(element, "top", kPlace, diags);
  region.bottom = read_length(element, "bottom", kPlace, diags);
  region.left = read_length(element, "left", kPlace, diags);
  region.right = read_length(element, "right", kPlace, diags);
  region.start = read_length(element, "start", kPlace, diags);
  region.end = read_length(element, "end", kPlace, diags);
  region.width = read_length(element, "width", kSide, diags);
  region.height = read_length(element, "height", kSide, diags);
  check_sides(element, diags);
  check_ends(element, "left", "right", "width", diags);
  check_ends(element, "start", "end", "width", diags);
  check_ends(element, "top", "bottom", "height", diags);
  region.align = element.find("align") != nullptr ? text_of(element, "align") : "top";
  region.content = element.value("content") == "yes";
  region.classes = read_classes(element, diags);
  region.items = read_items(element, Place::Region, context);
  return region;
}

}  // namespace handout::layouts
