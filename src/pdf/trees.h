#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "pdf/haru.h"

namespace handout::pdf {

// A number tree (ISO 32000-1, 7.9.7) of ascending keys, in leaves under one root when large. The values are direct or indirect objects.
HPDF_Dict number_tree(Haru& haru, const std::vector<std::pair<std::int64_t, void*>>& entries);
// A name tree (7.9.6); the keys are ascending bytes.
HPDF_Dict name_tree(Haru& haru, const std::vector<std::pair<std::string, void*>>& entries);

}  // namespace handout::pdf
