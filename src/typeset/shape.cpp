#include "typeset/shape.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/narrow.h"

namespace handout::typeset {
namespace {

// Scripts whose letters join: spacing would tear the words (CSS Text 3, 8.2.1 "cursive scripts").
bool is_cursive(std::string_view script) {
  static constexpr std::array<std::string_view, 14> kCursive = {"Adlm", "Arab", "Chrs", "Mand", "Mani", "Mong", "Nkoo",
                                                                "Ougr", "Phag", "Phlp", "Rohg", "Sogd", "Sogo", "Syrc"};
  return std::find(kCursive.begin(), kCursive.end(), script) != kCursive.end();
}

bool is_spaced(const ItemizedText& itemized, const Item& item) {
  return itemized.style(item).letter_spacing != Length{} && !is_cursive(item.script);
}

// Spacing follows whole grapheme clusters, or a mark would stand away from its base. `boundaries` are relative to `begin`.
void add_letter_spacing(std::vector<Glyph>& glyphs, std::string_view text, std::size_t begin, const std::vector<std::size_t>& boundaries, Length spacing) {
  const std::size_t end = begin + boundaries.back();
  for (std::size_t g = 0; g < glyphs.size(); ++g) {
    const std::size_t next = g + 1 < glyphs.size() ? glyphs[g + 1].cluster : end;
    if (next == glyphs[g].cluster || !std::binary_search(boundaries.begin(), boundaries.end(), next - begin)) continue;
    if (unicode::is_default_ignorable(unicode::decode(text, glyphs[g].cluster).value)) continue;
    glyphs[g].after = spacing;
  }
}

}  // namespace

std::size_t ShapedText::glyph_at(std::size_t offset) const {
  const auto found = std::partition_point(glyphs.begin(), glyphs.end(), [&](const Glyph& glyph) { return glyph.cluster < offset; });
  return static_cast<std::size_t>(found - glyphs.begin());
}

std::vector<Glyph> shape_range(const ItemizedText& itemized, const Item& item, std::size_t begin, std::size_t end, const Resources& resources) {
  if (item.kind == ItemKind::Hidden) return {};
  if (item.kind == ItemKind::Blank) return {{0, narrow<std::uint32_t>(begin), item.blank_width, {}, {}, {}, false}};
  const styled::TextStyle& style = itemized.style(item);
  const fonts::FaceMetrics& metrics = resources.fonts.info(item.face).metrics;
  const bool spaced = is_spaced(itemized, item);
  std::vector<std::string> features = style.features;
  // A ligature cannot be spaced (CSS Text 3, 8.2): optional ones go.
  if (spaced) features.insert(features.begin(), {"-liga", "-clig"});
  const std::string& text = itemized.source.text;
  const fonts::ShapeInput input{text, begin, end, item.script, itemized.run(item).language.tag(), item.direction(), features};
  std::vector<Glyph> glyphs;
  for (const fonts::ShapedGlyph& shaped : resources.fonts.shape(item.face, input)) {
    glyphs.push_back({shaped.glyph, shaped.cluster, fonts::scale(shaped.advance, metrics, style.size), {}, fonts::scale(shaped.x_offset, metrics, style.size),
                      fonts::scale(shaped.y_offset, metrics, style.size), shaped.unsafe_to_break});
  }
  if (spaced) {
    const auto boundaries = resources.breaker.grapheme_boundaries(std::string_view(text).substr(begin, end - begin));
    add_letter_spacing(glyphs, text, begin, boundaries, style.letter_spacing);
  }
  return glyphs;
}

std::vector<Glyph> hyphen_glyph(const ItemizedText& itemized, const Item& item, std::size_t cluster, const Resources& resources) {
  for (const char32_t hyphen : {U'\u2010', U'-'}) {
    if (!resources.fonts.covers(item.face, hyphen)) continue;
    const fonts::GlyphId id = resources.fonts.nominal_glyph(item.face, hyphen);
    const Length advance = fonts::scale(resources.fonts.advance(item.face, id), resources.fonts.info(item.face).metrics, itemized.style(item).size);
    return {{id, narrow<std::uint32_t>(cluster), advance, {}, {}, {}, false}};
  }
  return {};
}

ShapedText shape(ItemizedText itemized, const Resources& resources) {
  ShapedText shaped{std::move(itemized), {}, {}, {}};
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
