#include "fonts/shape.h"

#include <hb-ot.h>
#include <hb.h>

#include <algorithm>
#include <array>

#include "base/expects.h"
#include "base/handle.h"
#include "base/narrow.h"
#include "fonts/characters.h"
#include "unicode/text.h"

namespace handout::fonts {

namespace {

using HbBuffer = Handle<hb_buffer_t, hb_buffer_destroy>;

// Whether marks that stand on nothing, or in an order that HarfBuzz doesn't know, get U+25CC for a base.
enum class DottedCircle : std::uint8_t { Never, WhereNeeded };

HbBuffer filled_buffer(const ShapeInput& input, DottedCircle circle) {
  HbBuffer buffer(hb_buffer_create());
  hb_buffer_set_cluster_level(buffer.get(), HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
  unsigned flags = HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES | HB_BUFFER_FLAG_PRODUCE_SAFE_TO_INSERT_TATWEEL;
  if (circle == DottedCircle::Never) flags |= HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE;
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

// Languages that write i and ı: a ligature of f and i would leave open which it is. Their fonts should say so by 'locl' or a language system without it; Noto's don't.
bool tells_dotless_i(std::string_view language) {
  static constexpr std::array<std::string_view, 11> kLanguages = {"az", "crh", "diq", "gag", "kaa", "kiu", "kk", "lzz", "tr", "tt", "zza"};
  return std::ranges::find(kLanguages, language.substr(0, language.find('-'))) != kLanguages.end();
}

std::vector<hb_feature_t> features_of(const ShapeInput& input) {
  std::vector<hb_feature_t> features;
  // All of them, not those with i alone: ff and fi stand in one word.
  if (input.script == "Latn" && tells_dotless_i(input.language)) features.push_back({HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END});
  for (const std::string& name : input.features) {
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

bool has_feature(hb_face_t* face, std::string_view feature, std::string_view script) {
  if (feature.empty() || feature.size() > 4) return false;
  const hb_tag_t wanted = hb_tag_from_string(feature.data(), narrow<int>(feature.size()));
  unsigned count = HB_OT_MAX_TAGS_PER_SCRIPT;
  std::array<hb_tag_t, HB_OT_MAX_TAGS_PER_SCRIPT> scripts{};
  hb_ot_tags_from_script_and_language(hb_script_from_string(script.data(), narrow<int>(script.size())), HB_LANGUAGE_INVALID, &count, scripts.data(), nullptr, nullptr);
  for (const hb_tag_t table : {HB_OT_TAG_GSUB, HB_OT_TAG_GPOS}) {
    unsigned chosen = 0, found = 0;
    // What shaping falls back to as well: 'DFLT', 'dflt', 'latn'.
    hb_ot_layout_table_select_script(face, table, count, scripts.data(), &chosen, nullptr);
    if (chosen == HB_OT_LAYOUT_NO_SCRIPT_INDEX) continue;
    if (hb_ot_layout_language_find_feature(face, table, chosen, HB_OT_LAYOUT_DEFAULT_LANGUAGE_INDEX, wanted, &found)) return true;
  }
  return false;
}

namespace {

std::vector<ShapedGlyph> shape_with(hb_font_t* font, const ShapeInput& input, DottedCircle circle) {
  EXPECTS(input.begin <= input.end && input.end <= input.text.size());
  const HbBuffer buffer = filled_buffer(input, circle);
  const std::vector<hb_feature_t> features = features_of(input);
  hb_shape(font, buffer.get(), features.data(), narrow<unsigned>(features.size()));

  unsigned count = 0;
  const hb_glyph_info_t* const infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* const positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
  std::vector<ShapedGlyph> glyphs;
  glyphs.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    const char32_t character = unicode::decode(input.text, infos[i].cluster).value;
    if (is_left_out(infos[i].codepoint, character)) continue;
    const hb_glyph_flags_t flags = hb_glyph_info_get_glyph_flags(&infos[i]);
    glyphs.push_back({.glyph = drawn_glyph(font, infos[i].codepoint, character),
                      .cluster = infos[i].cluster,
                      .advance = positions[i].x_advance,
                      .x_offset = positions[i].x_offset,
                      .y_offset = positions[i].y_offset,
                      .unsafe_to_break = (flags & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0,
                      .takes_tatweel = (flags & HB_GLYPH_FLAG_SAFE_TO_INSERT_TATWEEL) != 0});
  }
  // HarfBuzz gives right-to-left text in visual order, left to right.
  if (input.direction == unicode::Direction::RightToLeft) std::reverse(glyphs.begin(), glyphs.end());
  // HarfBuzz flags all glyphs of a cluster alike, for the break before the cluster; inside it there is none.
  for (std::size_t i = 1; i < glyphs.size(); ++i) {
    if (glyphs[i].cluster == glyphs[i - 1].cluster) glyphs[i].unsafe_to_break = true;
  }
  return glyphs;
}

// HarfBuzz's time grows with the square of the marks on one letter. No language stacks more than 18 (UAX #15, 13.1).
constexpr std::size_t kMostMarks = 256;

// All marks are beyond ASCII and have two bytes at least.
bool may_have_many_marks(std::string_view text) {
  std::size_t stretch = 0;
  for (const char c : text) {
    stretch = static_cast<unsigned char>(c) < 0x80 ? 0 : stretch + 1;
    if (stretch > 2 * kMostMarks) return true;
  }
  return false;
}

// Where what is shaped at once ends, after each kMostMarks marks without a letter.
std::vector<std::size_t> cuts_in_marks(const ShapeInput& input) {
  std::vector<std::size_t> cuts;
  if (!may_have_many_marks(input.text.substr(input.begin, input.end - input.begin))) return cuts;
  std::size_t marks = 0;
  for (std::size_t at = input.begin; at < input.end;) {
    const unicode::CodePoint c = unicode::decode(input.text, at);
    at = c.end;
    marks = unicode::is_mark(c.value) ? marks + 1 : 0;
    if (marks <= kMostMarks) continue;
    cuts.push_back(c.begin);
    marks = 1;
  }
  return cuts;
}

}  // namespace

bool passes_over_spaces(hb_font_t* font) {
  hb_face_t* const face = hb_font_get_face(font);
  const hb_codepoint_t space = nominal_glyph(font, U' ');
  if (space == 0) return false;
  // Tables of other shapers, and pairs for kerning that name their glyphs in a table of their own.
  for (const hb_tag_t table : {HB_TAG('k', 'e', 'r', 'n'), HB_TAG('k', 'e', 'r', 'x'), HB_TAG('m', 'o', 'r', 't'), HB_TAG('m', 'o', 'r', 'x'), HB_TAG('t', 'r', 'a', 'k'), HB_TAG('S', 'i', 'l', 'f')}) {
    const Handle<hb_blob_t, hb_blob_destroy> blob(hb_face_reference_table(face, table));
    if (hb_blob_get_length(blob.get()) > 0) return false;
  }
  const Handle<hb_set_t, hb_set_destroy> glyphs(hb_set_create());
  hb_set_t* const set = glyphs.get();
  for (const hb_tag_t table : {HB_OT_TAG_GSUB, HB_OT_TAG_GPOS}) {
    const unsigned lookups = hb_ot_layout_table_get_lookup_count(face, table);
    for (unsigned lookup = 0; lookup < lookups; ++lookup) {
      hb_set_clear(set);
      hb_ot_layout_lookup_collect_glyphs(face, table, lookup, set, set, set, nullptr);
      if (hb_set_has(set, space) != 0 || hb_set_allocation_successful(set) == 0) return false;
    }
  }
  return true;
}

std::vector<ShapedGlyph> shape(hb_font_t* font, const ShapeInput& input) {
  const std::vector<std::size_t> cuts = cuts_in_marks(input);
  if (cuts.empty()) return shape_with(font, input, DottedCircle::Never);
  std::vector<ShapedGlyph> glyphs;
  ShapeInput part = input;
  for (std::size_t i = 0; i <= cuts.size(); ++i) {
    part.end = i < cuts.size() ? cuts[i] : input.end;
    std::vector<ShapedGlyph> shaped = shape_with(font, part, DottedCircle::Never);
    if (i > 0 && !shaped.empty()) shaped.front().unsafe_to_break = true;
    glyphs.insert(glyphs.end(), shaped.begin(), shaped.end());
    part.begin = part.end;
  }
  return glyphs;
}

bool shapes_whole(hb_font_t* font, std::string_view text, std::string_view script, std::string_view language) {
  const bool rtl = hb_script_get_horizontal_direction(hb_script_from_string(script.data(), narrow<int>(script.size()))) == HB_DIRECTION_RTL;
  ShapeInput input;
  input.text = text;
  input.end = text.size();
  input.script = script;
  input.language = language;
  input.direction = rtl ? unicode::Direction::RightToLeft : unicode::Direction::LeftToRight;
  const GlyphId circle = text.find("\u25CC") == std::string_view::npos ? nominal_glyph(font, 0x25CC) : GlyphId{0};
  const std::vector<ShapedGlyph> glyphs = shape_with(font, input, DottedCircle::WhereNeeded);
  return std::ranges::none_of(glyphs, [circle](const ShapedGlyph& glyph) { return glyph.glyph == 0 || (circle != 0 && glyph.glyph == circle); });
}

}  // namespace handout::fonts
