#pragma once

#include <set>

#include "layouts/layout.h"

namespace handout::compose {

// What of a layout came to bear on a document; noted only where somebody asks for it. Addresses are those in the layout that was composed with.
struct Usage {
  std::set<const layouts::StyleRule*> rules;  // that matched an element
  std::set<const layouts::Slot*> slots;       // that took something
};

}  // namespace handout::compose
