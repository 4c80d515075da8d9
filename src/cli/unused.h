#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "layouts/layout.h"
#include "pipeline.h"

namespace handout::cli {

// What of a layout came to nothing. What it inherits is for other layouts too and never counts.
struct Unused {
  std::vector<Span> styles;  // rules that no element took
  std::vector<Span> slots;   // of the body, that took nothing
};

// Places are the same in every profile's reading of a layout, addresses are not.
void add_used(const compose::Usage& usage, const layouts::LayoutDefinition& layout, std::set<std::string>& places);
[[nodiscard]] Unused find_unused(const layouts::LayoutDefinition& layout, const std::set<std::string>& used_places);

}  // namespace handout::cli
