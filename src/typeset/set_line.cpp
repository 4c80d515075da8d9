#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "typeset/edges.h"
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

constexpr std::string_view kSoftHyphen = "\u00AD";

// The last glyph of the line's content, and the piece that holds it.
struct LastGlyph {
  Piece* piece = nullptr;
  std::size_t index = 0;
};

std::optional<LastGlyph> last_of_content(SetLine& line) {
  for (auto piece = line.pieces.rbegin(); piece != line.pieces.rend(); ++piece) {
    for (std::size_t g = piece->glyphs.size(); g-- > 0;) {
      if (piece->glyphs[g].cluster < line.content_end) return LastGlyph{&*piece, g};
    }
  }
  return std::nullopt;
}

void draw_hyphen(SetLine& line, const Resources& resources) {
  const auto last = last_of_content(line);
  if (!last || last->piece->item->kind != ItemKind::Text) return;
  const auto hyphen = hyphen_glyph(*last->piece->item, last->piece->glyphs[last->index].cluster, resources);
  last->piece->glyphs.insert(last->piece->glyphs.begin() + static_cast<std::ptrdiff_t>(last->index) + 1, hyphen.begin(), hyphen.end());
}

// The room behind the last glyph goes; what stands outside the edges does not count.
void trim_edges(SetLine& line, const ShapedText& text, const Resources& resources) {
  const auto last = last_of_content(line);
  if (!last) return;
  Glyph& end = last->piece->glyphs[last->index];
  end.after = {};
  const Outside behind = outside_at_end(end, text.itemized, *last->piece->item, resources);
  end.advance -= behind.half;
  line.outside_at_end = behind.hang;
  const auto first = std::find_if(line.pieces.begin(), line.pieces.end(), [](const Piece& piece) { return !piece.glyphs.empty(); });
  Glyph& start = first->glyphs.front();
  if (&start == &end) return;  // a mark alone would hang away at both sides
  const Outside before = outside_at_start(start, text.itemized, *first->item, resources);
  start.advance -= before.half;
  start.x_offset -= before.half;
  line.outside_at_start = before.hang;
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
  const std::string_view words = std::string_view(itemized.source.text).substr(line.begin, line.end - line.begin);
  const bool hyphenated = draws_hyphen(line.ends_at) && words.size() > kSoftHyphen.size() && words.ends_with(kSoftHyphen);
  const std::size_t end = hyphenated ? line.end - kSoftHyphen.size() : line.end;
  auto levels = unicode::line_bidi_runs(itemized.source.text, runs_in(itemized.levels, line.begin, end), line.begin, end, itemized.paragraph.direction);
  levels.back().end = line.end;
  return levels;
}

}  // namespace

void measure(SetLine& line) {
  line.content_width = -(line.outside_at_start + line.outside_at_end);
  for (Piece& piece : line.pieces) {
    piece.width = piece.hanging = {};
    for (const Glyph& glyph : piece.glyphs) {
      piece.width += glyph.width();
      if (glyph.cluster >= line.content_end) piece.hanging += glyph.width();
    }
    line.content_width += piece.width - piece.hanging;
  }
}

void fill_leaders(SetLine& line, Length width) {
  const Length left = width - line.content_width;
  if (left <= Length{}) return;
  const auto is_leader = [](const Piece& piece) { return piece.item->kind == ItemKind::Leader; };
  const std::int64_t count = std::count_if(line.pieces.begin(), line.pieces.end(), is_leader);
  std::int64_t filled = 0;
  for (Piece& piece : line.pieces) {
    if (!is_leader(piece)) continue;
    ++filled;
    piece.glyphs.front().advance += left * filled / count - left * (filled - 1) / count;
  }
  if (count > 0) measure(line);
}

SetLine set_line(const ShapedText& text, const Opportunity& from, const Opportunity& to, const Resources& resources) {
  const ItemizedText& itemized = text.itemized;
  SetLine line;
  line.begin = from.offset;
  line.end = to.offset;
  line.content_end = std::max(to.content_end, from.offset);
  line.ends_at = to.kind;
  if (line.begin == line.end) return line;
  const auto levels = levels_of(line, itemized);
  const Item* item = &itemized.item_at(line.begin);
  line.pieces.reserve(static_cast<std::size_t>(&itemized.item_at(line.end - 1) - item) + levels.size());
  std::size_t level = 0;
  for (std::size_t begin = line.begin; begin < line.end;) {
    while (item->end <= begin) ++item;
    while (levels[level].end <= begin) ++level;
    const std::size_t end = std::min({item->end, levels[level].end, line.end});
    line.pieces.push_back({item, begin, end, levels[level].level, glyphs_of(text, *item, begin, end, resources), {}, {}});
    begin = end;
  }
  if (draws_hyphen(to.kind)) draw_hyphen(line, resources);
  trim_edges(line, text, resources);
  measure(line);
  return line;
}

}  // namespace handout::typeset
