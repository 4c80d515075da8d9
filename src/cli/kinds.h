#pragma once

#include <string_view>
#include <vector>

#include "xml/vocabulary.h"

namespace handout::cli {

// A kind of XML file that people write.
struct Kind {
  std::string_view name;    // "layout"
  std::string_view schema;  // where its schema stands in the installation: "layouts/layout.rng"
  xml::Vocabulary (*vocabulary)();
};
const std::vector<Kind>& kinds();

}  // namespace handout::cli
