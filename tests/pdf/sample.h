#pragma once

#include "pdf/maker.h"

namespace handout::test {

// One document with all that a handout has: headings, five scripts, a split paragraph, a list, a table, a link, a figure, header and footer.
display::DisplayDocument sample();

}  // namespace handout::test
