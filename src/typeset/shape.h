#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "typeset/itemize.h"

namespace handout::typeset {

// What a glyph that stands for no character of the text was added for.
enum class Added : std::uint8_t { No, Hyphen, Kashida };

// A shaped glyph at its size. Clusters are byte offsets in the whole text and never fall.
struct Glyph {
  fonts::GlyphId id = 0;
  std::uint32_t cluster = 0;
  Length advance;             // of the glyph
  Length after;               // letter spacing, stretch and the like, on the side where the next glyph follows; none where a line ends
  Length x_offset, y_offset;  // y up
  bool unsafe_to_break = false;
  bool takes_tatweel = false;  // fonts::ShapedGlyph
  Added added = Added::No;
  [[nodiscard]] Length width() const { return advance + after; }
};

// The itemized text with its glyphs in logical order. A blank is one glyph of its width, a leader a space of its least; hidden items have none.
struct ShapedText {
  ItemizedText itemized;
  std::vector<Glyph> glyphs;
  std::vector<Length> positions;         // positions[g]: the widths of the glyphs before g; one more than glyphs
  std::vector<std::size_t> first_glyph;  // by item; one more than items
  std::size_t begin = 0;                 // where the first line begins: behind an initial

  // The first glyph whose cluster is at `offset` or behind it.
  [[nodiscard]] std::size_t glyph_at(std::size_t offset) const;
  // The sum of widths of what stands before `offset` in logical order.
  [[nodiscard]] Length position(std::size_t offset) const { return positions[glyph_at(offset)]; }
  [[nodiscard]] std::size_t index_of(const Item& item) const { return static_cast<std::size_t>(&item - itemized.items.data()); }
};

ShapedText shape(ItemizedText itemized, const Resources& resources);

// The glyphs of text[begin, end) of one item, with the paragraph as context: joining goes on over the ends, kerning and ligatures do not.
std::vector<Glyph> shape_range(const ItemizedText& itemized, const Item& item, std::size_t begin, std::size_t end, const Resources& resources);

// The glyph drawn where a line ends at a hyphen; nothing when the item's face has no hyphen, and in scripts whose words are broken without one.
std::vector<Glyph> hyphen_glyph(const Item& item, std::size_t cluster, const Resources& resources);

// The first character of a cluster that is drawn. Where HarfBuzz leaves out a joiner or a soft hyphen, the letter behind it has its offset in text that runs right to left.
char32_t letter_at(std::string_view text, std::size_t cluster);

// Scripts whose letters join: spacing would tear the words (CSS Text 3, 8.2.1 "cursive scripts").
bool is_cursive(std::string_view script);

}  // namespace handout::typeset
