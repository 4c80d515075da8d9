#pragma once

#include "compose/composer.h"

// Inside compose/ only: paper, margins, bands and regions of each kind of page.
namespace handout::compose {

// What rules for all pages say of the paper and of the columns on it. It is known before anything is composed.
struct Paper {
  Size size;                    // of a page
  SideColumn side;
  Length text_width;            // of the text column
  bool duplex = false;
  std::optional<display::Sheet> sheet;  // what the pages are put on
};
[[nodiscard]] Paper paper_of(const request::Request& request, const layouts::LayoutDefinition& layout, const Cascade& cascade, const ComputedStyle& root, std::string_view region);

// One master for each kind of page that the layout tells apart.
[[nodiscard]] styled::PageMasters page_masters(const Composer& composer, const Scope& root, const Paper& paper);

// As layouts write it: "all", "first".
[[nodiscard]] std::string_view page_name(layouts::PageOn on);

// What machines read on each sheet, and the trays that its pages' paper lies in (marks.cpp).
[[nodiscard]] styled::Marks marks_of(const layouts::LayoutDefinition& layout, unicode::Direction direction);
[[nodiscard]] std::vector<styled::TrayHint> trays_of(const layouts::LayoutDefinition& layout);

}  // namespace handout::compose
