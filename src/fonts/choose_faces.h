#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "fonts/fonts.h"
#include "fonts/library.h"

namespace handout::fonts {

struct ChooseInput {
  std::string_view text;
  std::size_t begin = 0, end = 0;
  std::string_view script;
  FaceRequest request;
};

// Fonts::choose_faces.
[[nodiscard]] std::vector<FaceRun> choose_faces(const Library& library, const ChooseInput& input, std::vector<Uncovered>& uncovered);

}  // namespace handout::fonts
