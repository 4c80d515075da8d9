#pragma once

#include <filesystem>
#include <string_view>

#include "base/diagnostics.h"
#include "inspect/diff.h"

namespace handout::inspect {

struct ComparedPictures {
  const ComparedFile& a;
  const ComparedFile& b;
  const std::string& password;
  std::filesystem::path folder;
};

// For each page that may look different a picture in the folder, "page-2.png": as it was, as it is, and what differs in red over grey. Poppler's pdftoppm draws
// them. The changes learn how many pixels differ; where none do, there is no picture.
Result<std::monostate> draw_differences(Comparison& comparison, const ComparedPictures& files, Diagnostics& diags);

}  // namespace handout::inspect
