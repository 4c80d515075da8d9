#pragma once

#include <string>
#include <string_view>

#include "fonts/fonts.h"

struct hb_font_t;

namespace handout::fonts {

// ISO 15924 code of the character's own script; "Zyyy" for Common, Inherited and unassigned ones.
[[nodiscard]] std::string script_of(char32_t c);
// The script that a code stands for in Unicode's Script property: Hani for Hans, Arab for Aran; "Zyyy" for what is no script of letters.
[[nodiscard]] std::string base_script(std::string_view code);

// True for what is never drawn: default ignorable characters, and tabs and ends of lines, which are the layout's matter.
[[nodiscard]] bool is_undrawn(char32_t c);
[[nodiscard]] bool is_line_control(char32_t c);

// 0 when the font's cmap doesn't have the character.
[[nodiscard]] GlyphId nominal_glyph(hb_font_t* font, char32_t c);
[[nodiscard]] FontUnits advance(hb_font_t* font, GlyphId glyph);
// True when shaping draws the character: it has a glyph, or HarfBuzz puts glyphs that the font has in its place.
[[nodiscard]] bool covers(hb_font_t* font, char32_t c);
// True when the font draws all of the cluster's characters, composed or apart.
[[nodiscard]] bool covers_cluster(hb_font_t* font, std::string_view cluster);

}  // namespace handout::fonts
