#pragma once

#include <vector>

#include "fonts/fonts.h"

struct hb_font_t;

namespace handout::fonts {

// Fonts::shape.
[[nodiscard]] std::vector<ShapedGlyph> shape(hb_font_t* font, const ShapeInput& input);

}  // namespace handout::fonts
