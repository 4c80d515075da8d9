#include "fonts/characters.h"

#include <hb.h>

#include "base/narrow.h"
#include "fonts/program.h"
#include "unicode/text.h"

namespace handout::fonts {

namespace {

ScriptTag tag_of_script(hb_script_t script) {
  if (script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN || script == HB_SCRIPT_INVALID) return 0;
  return hb_script_to_iso15924_tag(script);
}

// HarfBuzz makes these spaces from U+0020 and an advance of their own (hb_unicode_funcs_t::space_fallback_type).
bool is_made_from_space(char32_t c) {
  return c == 0x00A0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool all_covered(const Program& program, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    if (!covers(program, c.value) && !is_undrawn(c.value)) return false;
    at = c.end;
  }
  return true;
}

}  // namespace

ScriptTag script_of(char32_t c) { return tag_of_script(hb_unicode_script(hb_unicode_funcs_get_default(), c)); }

ScriptTag tag_of(std::string_view code) { return tag_of_script(hb_script_from_string(code.data(), narrow<int>(code.size()))); }

std::string code_of(ScriptTag script) {
  if (script == 0) return "Zyyy";
  std::string code(4, ' ');
  hb_tag_to_string(script, code.data());
  return code;
}

std::string base_script(std::string_view code) {
  // Codes for mixtures of scripts stand for the one that decides on the font.
  if (code == "Jpan" || code == "Hanb") return "Hani";
  if (code == "Kore" || code == "Jamo") return "Hang";
  if (code == "Hrkt") return "Kana";
  return code_of(tag_of(code));
}

bool is_line_control(char32_t c) { return c == 0x0009 || unicode::is_line_separator(c); }

bool is_undrawn(char32_t c) {
  // Hangul fillers and the like are default ignorable, but HarfBuzz draws them, for they have an advance.
  const bool drawn = c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
  return is_line_control(c) || (unicode::is_default_ignorable(c) && !drawn);
}

GlyphId nominal_glyph(hb_font_t* font, char32_t c) {
  hb_codepoint_t glyph = 0;
  // A broken cmap may name a glyph that the font doesn't have: then it doesn't have the character.
  if (!hb_font_get_nominal_glyph(font, c, &glyph) || glyph >= hb_face_get_glyph_count(hb_font_get_face(font))) return 0;
  return narrow<GlyphId>(glyph);
}

FontUnits advance(hb_font_t* font, GlyphId glyph) { return hb_font_get_glyph_h_advance(font, glyph); }

InkBox ink_box(hb_font_t* font, GlyphId glyph) {
  hb_glyph_extents_t extents{};
  if (!hb_font_get_glyph_extents(font, glyph, &extents)) return {};
  // HarfBuzz measures from the top left corner; its height is negative.
  return {.left = extents.x_bearing, .right = extents.x_bearing + extents.width, .bottom = extents.y_bearing + extents.height, .top = extents.y_bearing};
}

bool covers(hb_font_t* font, char32_t c) {
  if (nominal_glyph(font, c) != 0) return true;
  if (is_made_from_space(c)) return nominal_glyph(font, U' ') != 0;
  if (c == 0x2011) return nominal_glyph(font, 0x2010) != 0;
  hb_codepoint_t first = 0, second = 0;
  if (!hb_unicode_decompose(hb_unicode_funcs_get_default(), c, &first, &second)) return false;
  return (second == 0 || nominal_glyph(font, second) != 0) && covers(font, first);
}

bool covers(const Program& program, char32_t c) { return program.coverage->covers(program.font.get(), c); }

bool Drawn::is_covered_by(const Program& program) const {
  if (all_covered(program, text_)) return true;
  // A font may have the letter with its accent and not the accent alone.
  if (!composed_) composed_ = unicode::to_nfc(text_);
  return *composed_ != text_ && all_covered(program, *composed_);
}

}  // namespace handout::fonts
