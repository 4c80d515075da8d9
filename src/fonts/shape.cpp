#include "fonts/shape.h"

#include <hb.h>

#include <algorithm>

#include "base/expects.h"
#include "base/handle.h"
#include "base/narrow.h"
#include "fonts/characters.h"
#include "unicode/text.h"

namespace handout::fonts {

namespace {

using HbBuffer = Handle<hb_buffer_t, hb_buffer_destroy>;

HbBuffer filled_buffer(const ShapeInput& input) {
  HbBuffer buffer(hb_buffer_create());
  hb_buffer_set_cluster_level(buffer.get(), HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
  unsigned flags = HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES;
  if (input.begin == 0) flags |= HB_BUFFER_FLAG_BOT;
  if (input.end == input.text.size()) flags |= HB_BUFFER_FLAG_EOT;
  hb_buffer_set_flags(buffer.get(), static_cast<hb_buffer_flags_t>(flags));
  hb_buffer_set_direction(buffer.get(), input.direction == unicode::Direction::RightToLeft ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer.get(), hb_script_from_string(input.script.data(), narrow<int>(input.script.size())));
  hb_buffer_set_language(buffer.get(), hb_language_from_string(input.language.data(), narrow<int>(input.language.size())));
  hb_buffer_add_utf8(buffer.get(), input.text.data(), narrow<int>(input.text.size()), narrow<unsigned>(input.begin),
                     narrow<int>(input.end - input.begin));
  return buffer;
}

std::vector<hb_feature_t> parsed_features(std::span<const std::string> names) {
  std::vector<hb_feature_t> features;
  for (const std::string& name : names) {
    hb_feature_t feature{};
    if (hb_feature_from_string(name.data(), narrow<int>(name.size()), &feature)) features.push_back(feature);
  }
  return features;
}

// HarfBuzz 6 itself removes the default ignorable characters that it knows; U+180F and the shorthand controls are not among them.
bool is_left_out(hb_codepoint_t glyph, char32_t c) { return is_line_control(c) || (glyph == 0 && is_undrawn(c)); }

// A number that no glyph has: a font counts 65,535 at most. Fonts::subset refuses it by the name of the font.
constexpr GlyphId kNoGlyph = 0xFFFF;

// Broken tables lead HarfBuzz to numbers beyond a font's glyphs, or from a character that the font has to .notdef.
GlyphId drawn_glyph(hb_font_t* font, hb_codepoint_t glyph, char32_t c) {
  if (glyph > kNoGlyph || (glyph == 0 && covers(font, c))) return kNoGlyph;
  return narrow<GlyphId>(glyph);
}

}  // namespace

std::vector<ShapedGlyph> shape(hb_font_t* font, const ShapeInput& input) {
  EXPECTS(input.begin <= input.end && input.end <= input.text.size());
  const HbBuffer buffer = filled_buffer(input);
  const std::vector<hb_feature_t> features = parsed_features(input.features);
  hb_shape(font, buffer.get(), features.data(), narrow<unsigned>(features.size()));

  unsigned count = 0;
  const hb_glyph_info_t* const infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* const positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
  std::vector<ShapedGlyph> glyphs;
  glyphs.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    const char32_t character = unicode::decode(input.text, infos[i].cluster).value;
    if (is_left_out(infos[i].codepoint, character)) continue;
    glyphs.push_back({.glyph = drawn_glyph(font, infos[i].codepoint, character),
                      .cluster = infos[i].cluster,
                      .advance = positions[i].x_advance,
                      .x_offset = positions[i].x_offset,
                      .y_offset = positions[i].y_offset,
                      .unsafe_to_break = (hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0});
  }
  // HarfBuzz gives right-to-left text in visual order, left to right.
  if (input.direction == unicode::Direction::RightToLeft) std::reverse(glyphs.begin(), glyphs.end());
  // HarfBuzz flags all glyphs of a cluster alike, for the break before the cluster; inside it there is none.
  for (std::size_t i = 1; i < glyphs.size(); ++i) {
    if (glyphs[i].cluster == glyphs[i - 1].cluster) glyphs[i].unsafe_to_break = true;
  }
  return glyphs;
}

}  // namespace handout::fonts
