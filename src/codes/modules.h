#pragma once

#include <vector>

#include "codes/symbology.h"
#include "images/picture.h"

namespace handout::codes {

// The cells of a code, row by row; a row of bars has one height, in modules.
struct Modules {
  std::vector<std::vector<bool>> rows;  // black cells; all rows are as wide as the first
  std::vector<double> heights;          // of each row
};

// One path of the fewest rectangles that runs of black cells give, those of equal runs under one another joined. One path, so that no renderer shows seams between them.
images::Drawing draw(const Modules& modules, const QuietZone& quiet);

}  // namespace handout::codes
