#include "typeset/shape.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/narrow.h"
#include "typeset/cjk_spacing.h"

namespace handout::typeset {
namespace {

bool is_spaced(const ItemizedText& itemized, const Item& item) {
  return itemized.style(item).letter_spacing != Length{} && !is_cursive(item.script);
}

// Spacing follows whole grapheme clusters, or a mark would stand away from its base. `boundaries` are relative to `begin`.
void add_letter_spacing(std::vector<Glyph>& glyphs, std::string_view text, std::size_t begin, const std::vector<std::size_t>& boundaries, Length spacing) {
  const std::size_t end = begin + boundaries.back();
  for (std::size_t g = 0; g < glyphs.size(); ++g) {
    const std::size_t next = g + 1 < glyphs.size() ? glyphs[g + 1].cluster : end;
    if (next == glyphs[g].cluster || !std::binary_search(boundaries.begin(), boundaries.end(), next - begin)) continue;
    if (unicode::is_default_ignorable(letter_at(text, glyphs[g].cluster))) continue;
    glyphs[g].after = spacing;
  }
}

// Words of these are broken without a mark (Indic Layout Requirements, W3C, on Tamil and Malayalam; Thai and its neighbours have no hyphen).
bool breaks_unmarked(std::string_view script) {
  static constexpr std::array<std::string_view, 8> kScripts = {"Taml", "Mlym", "Telu", "Knda", "Thai", "Laoo", "Khmr", "Mymr"};
  return std::find(kScripts.begin(), kScripts.end(), script) != kScripts.end();
}

// The hyphens of a script, the first that a face has. Armenian has its own; others use the Latin one.
std::array<char32_t, 2> hyphens_of(std::string_view script) {
  if (script == "Armn") return {U'\u058A', U'\u2010'};
  if (script == "Cans") return {U'\u1400', U'\u2010'};
  return {U'\u2010', U'-'};
}

}  // namespace

bool is_cursive(std::string_view script) {
  static constexpr std::array<std::string_view, 14> kCursive = {"Adlm", "Arab", "Chrs", "Mand", "Mani", "Mong", "Nkoo",
                                                                "Ougr", "Phag", "Phlp", "Rohg", "Sogd", "Sogo", "Syrc"};
  return std::find(kCursive.begin(), kCursive.end(), script) != kCursive.end();
}

char32_t letter_at(std::string_view text, std::size_t cluster) {
  unicode::CodePoint c = unicode::decode(text, cluster);
  while (c.value >= 0xAD && c.end < text.size() && unicode::is_default_ignorable(c.value)) c = unicode::decode(text, c.end);
  return c.value;
}

std::size_t ShapedText::glyph_at(std::size_t offset) const {
  const auto found = std::partition_point(glyphs.begin(), glyphs.end(), [&](const Glyph& glyph) { return glyph.cluster < offset; });
  return static_cast<std::size_t>(found - glyphs.begin());
}

std::vector<Glyph> shape_range(const ItemizedText& itemized, const Item& item, std::size_t begin, std::size_t end, const Resources& resources) {
  if (item.kind == ItemKind::Hidden) return {};
  if (item.kind == ItemKind::Leader) return {{resources.fonts.nominal_glyph(item.face, U' '), narrow<std::uint32_t>(begin), item.blank_width, {}, {}, {}, false, false, Added::No}};
  if (item.kind == ItemKind::Blank) return {{0, narrow<std::uint32_t>(begin), item.blank_width, {}, {}, {}, false, false, Added::No}};
  const styled::TextStyle& style = itemized.style(item);
  const fonts::FaceMetrics& metrics = resources.fonts.info(item.face).metrics;
  const bool spaced = is_spaced(itemized, item);
  std::vector<std::string> features = style.features;
  // A ligature cannot be spaced (CSS Text 3, 8.2): optional ones go.
  if (spaced) features.insert(features.begin(), {"-liga", "-clig"});
  const std::string& text = itemized.source.text;
  const fonts::ShapeInput input{text, begin, end, item.script, itemized.run(item).language.tag(), item.direction(), features};
  const std::vector<fonts::ShapedGlyph> shaped = resources.words != nullptr ? resources.words->shape(resources.fonts, item.face, input) : resources.fonts.shape(item.face, input);
  std::vector<Glyph> glyphs;
  glyphs.reserve(shaped.size());
  for (const fonts::ShapedGlyph& glyph : shaped) {
    glyphs.push_back({glyph.glyph, glyph.cluster, fonts::scale(glyph.advance, metrics, item.size), {}, fonts::scale(glyph.x_offset, metrics, item.size),
                      fonts::scale(glyph.y_offset, metrics, item.size), glyph.unsafe_to_break, glyph.takes_tatweel, Added::No});
  }
  if (spaced) {
    const auto boundaries = resources.breaker.grapheme_boundaries(std::string_view(text).substr(begin, end - begin));
    add_letter_spacing(glyphs, text, begin, boundaries, style.letter_spacing);
  }
  if (itemized.has_ideographs) space_ideographs(glyphs, itemized, item, end, resources);
  return glyphs;
}

std::vector<Glyph> hyphen_glyph(const Item& item, std::size_t cluster, const Resources& resources) {
  if (breaks_unmarked(item.script)) return {};
  for (const char32_t hyphen : hyphens_of(item.script)) {
    if (!resources.fonts.covers(item.face, hyphen)) continue;
    const fonts::GlyphId id = resources.fonts.nominal_glyph(item.face, hyphen);
    const Length advance = fonts::scale(resources.fonts.advance(item.face, id), resources.fonts.info(item.face).metrics, item.size);
    return {{id, narrow<std::uint32_t>(cluster), advance, {}, {}, {}, false, false, Added::Hyphen}};
  }
  return {};
}

ShapedText shape(ItemizedText itemized, const Resources& resources) {
  ShapedText shaped{std::move(itemized), {}, {}, {}, 0};
  shaped.glyphs.reserve(shaped.itemized.source.text.size());
  for (const Item& item : shaped.itemized.items) {
    shaped.first_glyph.push_back(shaped.glyphs.size());
    const std::vector<Glyph> glyphs = shape_range(shaped.itemized, item, item.begin, item.end, resources);
    shaped.glyphs.insert(shaped.glyphs.end(), glyphs.begin(), glyphs.end());
  }
  shaped.first_glyph.push_back(shaped.glyphs.size());
  shaped.positions.reserve(shaped.glyphs.size() + 1);
  Length position;
  for (const Glyph& glyph : shaped.glyphs) {
    shaped.positions.push_back(position);
    position += glyph.width();
  }
  shaped.positions.push_back(position);
  return shaped;
}

}  // namespace handout::typeset
