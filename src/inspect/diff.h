#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/align_pages.h"
#include "inspect/summary.h"

namespace handout::inspect {

// What is different on a page, or that it was added or removed.
struct PageChange {
  PagePair pages;
  std::vector<std::string> lines;       // "take [-two-] {+three+} tablets"
  bool drawn_differently = false;       // content or pictures differ where the words are the same
  bool may_look_different = false;      // nothing proves that both pages give the same picture
  std::optional<std::size_t> pixels;    // that differ, when pictures were made
  std::string picture;                  // the file that shows them
  friend bool operator==(const PageChange&, const PageChange&) = default;
};

struct Comparison {
  std::vector<Section> sections;   // of the document: "- as it was", "+ as it is"; only those with a difference
  std::vector<PageChange> pages;   // every pair, in order
};

// What one reads as a difference.
bool differs(const PageChange& change);
bool differs(const Comparison& comparison);

struct ComparedFile {
  std::string_view name, bytes;
};
// An error names the file.
struct NotCompared {
  std::string_view name;
  Unreadable why;
};
tl::expected<Comparison, NotCompared> compare(const ComparedFile& a, const ComparedFile& b, const std::string& password);

// "" when nothing differs.
std::string describe(const Comparison& comparison);

}  // namespace handout::inspect
