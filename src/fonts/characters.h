#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fonts/fonts.h"

struct hb_font_t;

namespace handout::fonts {

struct Program;

// An ISO 15924 code as a number; 0 is what is no script of letters (Common, Inherited, unassigned).
using ScriptTag = std::uint32_t;
// The character's own script.
[[nodiscard]] ScriptTag script_of(char32_t c);
[[nodiscard]] ScriptTag tag_of(std::string_view code);
// "Latn"; "Zyyy" for 0.
[[nodiscard]] std::string code_of(ScriptTag script);
// The script that a code stands for in Unicode's Script property: Hani for Hans, Arab for Aran; "Zyyy" for what is no script of letters.
[[nodiscard]] std::string base_script(std::string_view code);

// True for what is never drawn: default ignorable characters, and tabs and ends of lines, which are the layout's matter.
[[nodiscard]] bool is_undrawn(char32_t c);
[[nodiscard]] bool is_line_control(char32_t c);

// 0 when the font's cmap doesn't have the character.
[[nodiscard]] GlyphId nominal_glyph(hb_font_t* font, char32_t c);
[[nodiscard]] FontUnits advance(hb_font_t* font, GlyphId glyph);
[[nodiscard]] InkBox ink_box(hb_font_t* font, GlyphId glyph);
// True when shaping draws the character: it has a glyph, or HarfBuzz puts glyphs that the font has in its place.
[[nodiscard]] bool covers(hb_font_t* font, char32_t c);
// The same, remembered.
[[nodiscard]] bool covers(const Program& program, char32_t c);

// Text of which programs are asked whether they draw all of its characters, composed or apart.
class Drawn {
 public:
  explicit Drawn(std::string_view text) : text_(text) {}
  [[nodiscard]] bool is_covered_by(const Program& program) const;

 private:
  std::string_view text_;
  mutable std::optional<std::string> composed_;  // made when a program lacks a character
};

}  // namespace handout::fonts
