#include <algorithm>
#include <span>

#include "typeset/set_lines.h"

namespace handout::typeset {
namespace {

// The shaped glyphs of a piece where both its ends are safe; else it is shaped for itself.
std::vector<Glyph> glyphs_of(const ShapedText& text, const Item& item, std::size_t begin, std::size_t end, const Resources& resources) {
  const std::size_t index = static_cast<std::size_t>(&item - text.itemized.items.data());
  const std::size_t item_last = text.first_glyph[index + 1];
  const auto is_safe = [&](std::size_t offset) {
    if (offset == item.begin || offset == item.end) return true;
    const std::size_t g = text.glyph_at(offset);
    return g < item_last && text.glyphs[g].cluster == offset && !text.glyphs[g].unsafe_to_break;
  };
  if (!is_safe(begin) || !is_safe(end)) return shape_range(text.itemized, item, begin, end, resources);
  const std::size_t first = begin == item.begin ? text.first_glyph[index] : text.glyph_at(begin);
  const std::size_t last = end == item.end ? item_last : text.glyph_at(end);
  return {text.glyphs.begin() + static_cast<std::ptrdiff_t>(first), text.glyphs.begin() + static_cast<std::ptrdiff_t>(last)};
}

constexpr std::size_t kSoftHyphenBytes = 2;

void draw_hyphen(SetLine& line, const ShapedText& text, const Resources& resources) {
  const auto last = std::find_if(line.pieces.rbegin(), line.pieces.rend(), [](const Piece& piece) { return piece.item->kind != ItemKind::Hidden; });
  if (last == line.pieces.rend() || last->item->kind != ItemKind::Text) return;
  line.hyphen = last->end - kSoftHyphenBytes;
  std::erase_if(last->glyphs, [&](const Glyph& glyph) { return glyph.cluster == *line.hyphen; });
  const auto hyphen = hyphen_glyph(text.itemized, *last->item, *line.hyphen, resources);
  last->glyphs.insert(last->glyphs.end(), hyphen.begin(), hyphen.end());
}

void measure(SetLine& line) {
  for (Piece& piece : line.pieces) {
    for (const Glyph& glyph : piece.glyphs) {
      piece.width += glyph.width();
      if (glyph.cluster >= line.content_end) piece.hanging += glyph.width();
    }
    line.content_width += piece.width - piece.hanging;
  }
}

// The bidi runs that touch [begin, end): looking at all of them for every line would be quadratic.
std::span<const unicode::BidiRun> runs_in(const std::vector<unicode::BidiRun>& runs, std::size_t begin, std::size_t end) {
  const auto first = std::partition_point(runs.begin(), runs.end(), [&](const unicode::BidiRun& run) { return run.end <= begin; });
  const auto last = std::partition_point(first, runs.end(), [&](const unicode::BidiRun& run) { return run.begin < end; });
  return {first, last};
}

// UAX #9 L1: trailing spaces take the paragraph level, so an Arabic line ends flush left. A soft hyphen that is drawn is no longer a boundary neutral
// that L1 resets: it stays with its word, whose other part is on the next line.
std::vector<unicode::BidiRun> levels_of(const SetLine& line, const ItemizedText& itemized) {
  const bool hyphenated = line.ends_at == BreakClass::Hyphen && line.end > line.begin + kSoftHyphenBytes;
  const std::size_t end = hyphenated ? line.end - kSoftHyphenBytes : line.end;
  auto levels = unicode::line_bidi_runs(itemized.source.text, runs_in(itemized.levels, line.begin, end), line.begin, end, itemized.paragraph.direction);
  levels.back().end = line.end;
  return levels;
}

}  // namespace

SetLine set_line(const ShapedText& text, const Opportunity& from, const Opportunity& to, const Resources& resources) {
  const ItemizedText& itemized = text.itemized;
  SetLine line{from.offset, to.offset, std::max(to.content_end, from.offset), to.kind, std::nullopt, {}, {}};
  if (line.begin == line.end) return line;
  const auto levels = levels_of(line, itemized);
  const Item* item = &itemized.item_at(line.begin);
  std::size_t level = 0;
  for (std::size_t begin = line.begin; begin < line.end;) {
    while (item->end <= begin) ++item;
    while (levels[level].end <= begin) ++level;
    const std::size_t end = std::min({item->end, levels[level].end, line.end});
    line.pieces.push_back({item, begin, end, levels[level].level, glyphs_of(text, *item, begin, end, resources), {}, {}});
    begin = end;
  }
  if (to.kind == BreakClass::Hyphen) draw_hyphen(line, text, resources);
  measure(line);
  return line;
}

}  // namespace handout::typeset
