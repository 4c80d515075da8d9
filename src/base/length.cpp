#include "base/length.h"

#include "base/numbers.h"

namespace handout {

std::string to_text(Length length) { return decimal_text(length.points(), 3); }

}  // namespace handout
