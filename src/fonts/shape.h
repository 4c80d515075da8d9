#pragma once

#include <string_view>
#include <vector>

#include "fonts/fonts.h"

struct hb_face_t;
struct hb_font_t;

namespace handout::fonts {

// Fonts::has_feature.
[[nodiscard]] bool has_feature(hb_face_t* face, std::string_view feature, std::string_view script);

// True when shaping the text alone draws each of its characters, with no dotted circle (U+25CC) but its own.
[[nodiscard]] bool shapes_whole(hb_font_t* font, std::string_view text, std::string_view script, std::string_view language);

// Fonts::passes_over_spaces.
[[nodiscard]] bool passes_over_spaces(hb_font_t* font);

// Fonts::shape.
[[nodiscard]] std::vector<ShapedGlyph> shape(hb_font_t* font, const ShapeInput& input);

}  // namespace handout::fonts
