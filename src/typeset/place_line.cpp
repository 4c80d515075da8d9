#include "typeset/place_line.h"

#include <algorithm>
#include <optional>

#include "base/narrow.h"
#include "typeset/cluster_text.h"
#include "typeset/emphasis.h"
#include "typeset/opportunities.h"

namespace handout::typeset {
namespace {

constexpr Length kBlankRule = Length::from_units(Length::kUnitsPerPoint / 2);
constexpr int kDotGap = 6;  // of the font size: dots' cells keep so far off words
constexpr Length kThinnestRule = Length::from_units(Length::kUnitsPerPoint / 4);

Length left_edge(const SetLine& line, const LineRoom& room, const styled::Paragraph& paragraph) {
  const Length slack = room.width - line.content_width;
  switch (paragraph.lines.align) {
    case styled::Align::Left: return room.left;
    case styled::Align::Right: return room.left + slack;
    case styled::Align::Center: return room.left + slack / 2;
    case styled::Align::Justify: break;
  }
  return paragraph.direction == unicode::Direction::RightToLeft ? room.left + slack : room.left;
}

// Room for `more` without growing again and again where pieces join one run.
template <typename Sequence>
void make_room(Sequence& sequence, std::size_t more) {
  const std::size_t needed = sequence.size() + more;
  if (needed > sequence.capacity()) sequence.reserve(std::max(needed, 2 * sequence.size()));
}

// Logical order in both directions: right to left the pen starts at the piece's right edge and its offsets fall. `left` is from the run's origin.
void append_glyphs(display::GlyphRun& run, const Piece& piece, const PieceText& texts, Length left) {
  make_room(run.glyphs, texts.parts.size());
  const std::size_t from = run.text.size();
  make_room(run.text, texts.text.size());
  run.text += texts.text;
  Length pen = piece.right_to_left() ? left + piece.width : left;
  auto part = texts.parts.begin();
  for (std::size_t g = 0; g < piece.glyphs.size() && part != texts.parts.end(); ++g) {
    const Glyph& glyph = piece.glyphs[g];
    if (piece.right_to_left()) pen -= glyph.advance;
    if (part->glyph == g) {
      run.glyphs.push_back({glyph.id, {pen + glyph.x_offset, -glyph.y_offset}, narrow<std::uint32_t>(from + part->begin), narrow<std::uint32_t>(from + part->end)});
      ++part;
    }
    pen += piece.right_to_left() ? -glyph.after : glyph.width();
  }
}

// Words before and behind a leader run together for readers where no space is in the text.
bool parts_words(const ItemizedText& itemized, const Item& leader) {
  const auto& items = itemized.items;
  const std::string_view text = itemized.source.text;
  std::size_t before = static_cast<std::size_t>(&leader - items.data()), behind = before + 1;
  while (before > 0 && items[before - 1].kind == ItemKind::Hidden) --before;
  while (behind < items.size() && items[behind].kind == ItemKind::Hidden) ++behind;
  if (before == 0 || behind == items.size() || items[before - 1].kind == ItemKind::Leader) return false;
  return content_end(text, 0, items[before - 1].end) == items[before - 1].end && !unicode::is_white_space(unicode::decode(text, items[behind].begin).value);
}

// The cells of dots that lie between two edges: on all lines their borders are multiples of the pitch from the line's end.
struct DotCells {
  Length first, pitch;  // the left edge of the first
  std::int64_t count = 0;
};

DotCells dot_cells(Length left, Length right, Length end, Length pitch) {
  if (pitch <= Length{}) return {};
  const auto floor = [&](Length distance) { return distance.units() >= 0 ? distance.units() / pitch.units() : -((-distance.units() + pitch.units() - 1) / pitch.units()); };
  const std::int64_t first = -floor(end - left), behind = floor(right - end);
  return {end + pitch * first, pitch, behind - first};
}

// The link that an element is or stands in.
std::optional<display::LocalElement> link_of(const styled::Paragraph& paragraph, display::LocalElement element) {
  for (std::size_t at = element.value(); at < paragraph.elements.size(); at = paragraph.elements[at].parent.value()) {
    if (paragraph.elements[at].info.role == display::Role::Link) return display::LocalElement{at};
    if (at == 0) break;
  }
  return std::nullopt;
}

}  // namespace

struct LinePlacer::PlacedPiece {
  const Piece* piece = nullptr;
  Length left;  // of all its glyphs

  [[nodiscard]] Length right() const { return left + piece->width; }
  // The edges without hanging space.
  [[nodiscard]] Length content_left() const { return piece->right_to_left() ? left + piece->hanging : left; }
  [[nodiscard]] Length content_right() const { return piece->right_to_left() ? right() : right() - piece->hanging; }
  [[nodiscard]] bool is_followed_by(const PlacedPiece& next) const {
    if (piece->right_to_left() != next.piece->right_to_left()) return false;
    return piece->right_to_left() ? next.right() == left : right() == next.left;
  }
};

LinePlacer::LinePlacer(const ShapedText& text, const Resources& resources, display::Fragment& fragment)
    : text_(text), fonts_(resources.fonts), heights_(text.itemized, resources), fragment_(fragment) {}

std::vector<LinePlacer::PlacedPiece> LinePlacer::order_visually(const SetLine& line, const LineRoom& room) const {
  const styled::Paragraph& paragraph = text_.itemized.paragraph;
  Length x = left_edge(line, room, paragraph);
  // The spaces at a right-to-left line's end hang over its left edge.
  const bool to_left = paragraph.direction == unicode::Direction::RightToLeft;
  if (to_left) {
    for (const Piece& piece : line.pieces) x -= piece.hanging;
  }
  return order_from(line, x - (to_left ? line.outside_at_end : line.outside_at_start));
}

std::vector<LinePlacer::PlacedPiece> LinePlacer::order_from(const SetLine& line, Length left) {
  std::vector<std::uint8_t> levels;
  std::vector<PlacedPiece> placed;
  levels.reserve(line.pieces.size());
  placed.reserve(line.pieces.size());
  for (const Piece& piece : line.pieces) {
    levels.push_back(piece.level);
    placed.push_back({&piece, {}});
  }
  Length x = left;
  const auto place_next = [&x](PlacedPiece& piece) {
    piece.left = x;
    x += piece.piece->width;
  };
  if (std::none_of(levels.begin(), levels.end(), [](std::uint8_t level) { return level % 2 == 1; })) {
    for (PlacedPiece& piece : placed) place_next(piece);
  } else {
    // Hidden pieces take part: without them two isolates side by side would be reversed together (UAX #9 L2).
    for (const std::size_t index : unicode::visual_order(levels)) place_next(placed[index]);
  }
  std::erase_if(placed, [](const PlacedPiece& p) { return p.piece->item->kind == ItemKind::Hidden; });
  return placed;
}

void LinePlacer::place_text(const SetLine& line, const std::vector<PlacedPiece>& pieces, Length baseline) {
  const ItemizedText& itemized = text_.itemized;
  display::GlyphRun* run = nullptr;  // the last command's, while pieces may join it
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = *pieces[i].piece;
    const styled::TextStyle& style = itemized.style(*piece.item);
    const styled::TextRun& source = itemized.run(*piece.item);
    const Length y = baseline - style.baseline_shift;
    if (piece.item->kind == ItemKind::Blank) {
      fragment_.commands.push_back({display::StrokedLine{{pieces[i].left, y}, {pieces[i].right(), y}, kBlankRule, style.color, {}}, source.element});
      run = nullptr;
      continue;
    }
    auto texts = distribute_text(itemized.source.text, piece);
    if (piece.item->kind == ItemKind::Leader) {
      if (!parts_words(itemized, *piece.item)) continue;
      texts = {" ", {{texts.parts.front().glyph, 0, 1}}};
    }
    if (texts.parts.empty()) continue;
    const bool joins = run != nullptr && pieces[i - 1].is_followed_by(pieces[i]) && run->face == piece.item->face && run->size == piece.item->size &&
                       run->color == style.color && run->origin.y == y && run->source == source.source &&
                       fragment_.commands.back().element == source.element;
    if (!joins) {
      const Length x = piece.right_to_left() ? pieces[i].right() : pieces[i].left;
      fragment_.commands.push_back({display::GlyphRun{piece.item->face, piece.item->size, style.color, {x, y}, {}, {}, source.source, line.horizontal_scale}, source.element});
      run = &std::get<display::GlyphRun>(fragment_.commands.back().what);
    }
    append_glyphs(*run, piece, texts, pieces[i].left - run->origin.x);
  }
}

// Decoration in the leaders' room.
void LinePlacer::place_leaders(const std::vector<PlacedPiece>& pieces, const LineRoom& room, Length baseline) {
  const bool to_left = text_.itemized.paragraph.direction == unicode::Direction::RightToLeft;
  for (const PlacedPiece& placed : pieces) {
    const Item& item = *placed.piece->item;
    if (item.kind != ItemKind::Leader) continue;
    const styled::TextStyle& style = text_.itemized.style(item);
    const Length y = baseline - style.baseline_shift;
    const fonts::FaceMetrics& metrics = fonts_.info(item.face).metrics;
    if (item.pattern == styled::Leader::Pattern::Rule && placed.right() > placed.left) {
      const Length thickness = std::max(fonts::scale(metrics.underline_thickness, metrics, item.size), kThinnestRule);
      fragment_.commands.push_back({display::StrokedLine{{placed.left, y}, {placed.right(), y}, thickness, style.color, {}}, std::nullopt});
    }
    if (item.pattern != styled::Leader::Pattern::Dots) continue;
    const fonts::GlyphId dot = fonts_.nominal_glyph(item.face, U'.');
    const Length advance = fonts::scale(fonts_.advance(item.face, dot), metrics, item.size);
    const DotCells cells = dot_cells(placed.left + item.size / kDotGap, placed.right() - item.size / kDotGap, to_left ? room.left : room.right(), std::max(item.size / 2, advance));
    display::GlyphRun run{item.face, item.size, style.color, {cells.first, y}, {}, {}, text_.itemized.run(item).source, 1000};
    for (std::int64_t i = 0; i < cells.count; ++i) run.glyphs.push_back({dot, {cells.pitch * i + (cells.pitch - advance) / 2, {}}, 0, 0});
    if (!run.glyphs.empty()) fragment_.commands.push_back({std::move(run), std::nullopt});
  }
}

// One mark over or under the middle of each letter. They stand for no text: readers hear the letters alone.
void LinePlacer::place_emphasis(const std::vector<PlacedPiece>& pieces, Length baseline) {
  const std::string_view text = text_.itemized.source.text;
  for (const PlacedPiece& placed : pieces) {
    const Item& item = *placed.piece->item;
    const styled::TextStyle& style = text_.itemized.style(item);
    if (style.emphasis == styled::EmphasisMark::None || item.kind != ItemKind::Text) continue;
    const EmphasisGlyph mark = emphasis_glyph(style, text_.itemized.run(item).language, heights_.letter_extent(item), fonts_);
    display::GlyphRun run{mark.face, mark.size, style.color, {placed.left, baseline - style.baseline_shift - mark.rise}, {}, {}, text_.itemized.run(item).source, 1000};
    const bool to_left = placed.piece->right_to_left();
    const std::vector<Glyph>& glyphs = placed.piece->glyphs;
    Length pen = to_left ? placed.piece->width : Length{};
    for (std::size_t first = 0, last = 0; first < glyphs.size(); first = last) {
      Length width;
      for (; last < glyphs.size() && glyphs[last].cluster == glyphs[first].cluster; ++last) width += glyphs[last].added == Added::No ? glyphs[last].advance : Length{};
      const Length middle = to_left ? pen - width / 2 : pen + width / 2;
      if (width > Length{} && unicode::is_letter(letter_at(text, glyphs[first].cluster))) run.glyphs.push_back({mark.glyph, {middle - mark.advance / 2, {}}, 0, 0});
      for (std::size_t g = first; g < last; ++g) pen += to_left ? -glyphs[g].width() : glyphs[g].width();
    }
    if (!run.glyphs.empty()) fragment_.commands.push_back({std::move(run), std::nullopt});
  }
}

void LinePlacer::place_underlines(const std::vector<PlacedPiece>& pieces, Length baseline) {
  for (std::size_t i = 0; i < pieces.size();) {
    const Item& item = *pieces[i].piece->item;
    const styled::TextStyle& style = text_.itemized.style(item);
    Length left = pieces[i].content_left(), right = pieces[i].content_right();
    std::size_t next = i + 1;
    if (style.decoration != styled::Decoration::Underline || item.kind != ItemKind::Text) {
      i = next;
      continue;
    }
    // One rule under neighbours of one style, with the first one's metrics, also where their faces differ.
    for (; next < pieces.size() && pieces[next - 1].is_followed_by(pieces[next]); ++next) {
      if (pieces[next].piece->item->kind != ItemKind::Text || !(text_.itemized.style(*pieces[next].piece->item) == style)) break;
      left = std::min(left, pieces[next].content_left());
      right = std::max(right, pieces[next].content_right());
    }
    i = next;
    if (right <= left) continue;
    const fonts::FaceMetrics& metrics = fonts_.info(item.face).metrics;
    const Length thickness = fonts::scale(metrics.underline_thickness, metrics, style.size);
    // underlinePosition is the top edge of the stroke (OpenType, post table).
    const Length y = baseline - style.baseline_shift - fonts::scale(metrics.underline_position, metrics, style.size) + thickness / 2;
    fragment_.commands.push_back({display::StrokedLine{{left, y}, {right, y}, thickness, style.color, {}}, std::nullopt});
  }
}

void LinePlacer::place_links(const std::vector<PlacedPiece>& pieces, Length baseline) {
  const auto link_at = [&](std::size_t i) { return link_of(text_.itemized.paragraph, text_.itemized.run(*pieces[i].piece->item).element); };
  for (std::size_t i = 0; i < pieces.size();) {
    const auto link = link_at(i);
    Length left = pieces[i].content_left(), right = pieces[i].content_right();
    Extent extent;
    std::size_t next = i;
    for (; next < pieces.size() && link_at(next) == link; ++next) {
      const bool adjacent = next == i || pieces[next].left == pieces[next - 1].right() || pieces[next].right() == pieces[next - 1].left;
      if (!adjacent) break;
      left = std::min(left, pieces[next].content_left());
      right = std::max(right, pieces[next].content_right());
      if (pieces[next].piece->item->kind != ItemKind::Text) continue;
      const Extent face = heights_.face_extent(*pieces[next].piece->item);
      extent = {std::max(extent.above, face.above), std::max(extent.below, face.below)};
    }
    i = next;
    if (!link || right <= left) continue;
    fragment_.commands.push_back({display::LinkArea{{left, baseline - extent.above, right - left, extent.sum()}}, link});
  }
}

void LinePlacer::place_initial(Length baseline) {
  // The spaces behind a right-to-left letter stand to its left.
  Length left = initial_->left;
  if (text_.itemized.paragraph.direction == unicode::Direction::RightToLeft) {
    for (const Piece& piece : initial_->line.pieces) left -= piece.hanging;
  }
  const std::vector<PlacedPiece> pieces = order_from(initial_->line, left);
  place_text(initial_->line, pieces, baseline);
  place_links(pieces, baseline);
}

void LinePlacer::fill_up(int lines) {
  const Extent strut = heights_.of({});
  const Length missing = strut.sum() * (lines - narrow<int>(fragment_.lines.size()));
  if (missing <= Length{}) return;
  fragment_.lines.back().height += missing;
  fragment_.size.height += missing;
}

void LinePlacer::place(const SetLine& line, const LineRoom& room) {
  Extent extent = heights_.of(line);
  if (initial_ != nullptr) extent = heights_.raised(extent, initial_->rise);
  const Length top = fragment_.size.height, baseline = top + extent.above;
  const std::size_t first = fragment_.commands.size();
  if (initial_ != nullptr) {
    place_initial(baseline + initial_->drop);
    initial_ = nullptr;
  }
  const std::vector<PlacedPiece> pieces = order_visually(line, room);
  place_text(line, pieces, baseline);
  place_leaders(pieces, room, baseline);
  place_emphasis(pieces, baseline);
  place_underlines(pieces, baseline);
  place_links(pieces, baseline);
  fragment_.lines.push_back({top, extent.sum(), baseline, narrow<std::uint32_t>(first), narrow<std::uint32_t>(fragment_.commands.size() - first)});
  fragment_.size.height += extent.sum();
  fragment_.size.width = std::max(fragment_.size.width, line.content_width);
}

}  // namespace handout::typeset
