#include "typeset/initial.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "typeset/cjk_spacing.h"
#include "typeset/line_height.h"
#include "typeset/opportunities.h"

namespace handout::typeset {
namespace {

// Each round sets the lines beside the letter of the round before. One is enough where no line grows.
constexpr int kMostRounds = 4;
// Lines beside a letter must have room for this many times the size of the text.
constexpr int kLeastRoom = 4;

struct Range { std::size_t begin = 0, end = 0; };

// Letters of these hang from a line that joins them (CSS Inline 3, initial-letter-align: hanging baselines); those of cursive scripts are joined.
bool stays_ordinary(std::string_view script) {
  static constexpr std::array<std::string_view, 11> kHanging = {"Deva", "Beng", "Guru", "Tibt", "Sylo", "Modi", "Mtei", "Newa", "Tirh", "Shrd", "Takr"};
  return is_cursive(script) || std::find(kHanging.begin(), kHanging.end(), script) != kHanging.end();
}

bool is_no_break_space(char32_t c) { return c == 0xA0 || c == 0x202F; }

// The two letters of Dutch that are one (CSS Pseudo-Elements 4, 3.2 names them).
bool is_dutch_ij(std::string_view text, const unicode::Locale& language) { return language.language() == "nl" && (text.starts_with("IJ") || text.starts_with("ij")); }

// The first letter with its marks and the opening punctuation before it: whole grapheme clusters, and no ligature or syllable is parted.
std::optional<Range> find_initial(const ShapedText& text, const Resources& resources) {
  const ItemizedText& itemized = text.itemized;
  const std::string_view bytes = itemized.source.text;
  std::size_t at = 0;
  bool opened = false;
  for (; at < bytes.size(); at = unicode::decode(bytes, at).end) {
    const char32_t c = unicode::decode(bytes, at).value;
    if (unicode::is_opening_punctuation(c)) opened = true;
    else if (!unicode::is_bidi_control(c) && !(opened && is_no_break_space(c))) break;
  }
  if (at >= bytes.size() || !unicode::is_letter(unicode::decode(bytes, at).value)) return std::nullopt;
  const Item& item = itemized.item_at(at);
  const bool to_left = itemized.paragraph.direction == unicode::Direction::RightToLeft;
  if (item.kind != ItemKind::Text || stays_ordinary(item.script) || (item.level % 2 == 1) != to_left) return std::nullopt;
  const std::string_view rest = bytes.substr(at, item.end - at);
  const std::size_t least = is_dutch_ij(rest, itemized.run(item).language) ? at + 2 : at + 1;
  const auto boundaries = resources.breaker.grapheme_boundaries(rest);
  const auto end = std::find_if(boundaries.begin(), boundaries.end(), [&](std::size_t boundary) {
    const std::size_t offset = at + boundary, g = text.glyph_at(offset);
    return offset >= least && (offset == item.end || (g < text.glyphs.size() && text.glyphs[g].cluster == offset));
  });
  return end == boundaries.end() ? std::nullopt : std::optional(Range{at, at + *end});
}

// The text goes on behind spaces. Nothing where no more text is on the line.
std::optional<std::size_t> text_behind(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    const unicode::CodePoint c = unicode::decode(text, offset);
    if (unicode::is_line_separator(c.value)) return std::nullopt;
    if (!is_hanging_space(c.value)) return offset;
    offset = c.end;
  }
  return std::nullopt;
}

// Heights over the baseline, as a part of the font size.
struct Heights {
  double top = 0, bottom = 0;
  [[nodiscard]] double sum() const { return top - bottom; }
};

// A letter without parts above or below the others: what a script without capitals is aligned by (CSS Inline 3, initial-letter-align: ideographic and Hebrew letters have alignment points of
// their own).
char32_t common_letter(std::string_view script) {
  struct Letter { std::string_view script; char32_t letter; };
  static constexpr std::array kLetters = {Letter{"Hani", U'\u56FD'}, Letter{"Hira", U'\u56FD'}, Letter{"Kana", U'\u56FD'}, Letter{"Bopo", U'\u56FD'},
                                         Letter{"Hang", U'\uB9C8'}, Letter{"Hebr", U'\u05D4'}, Letter{"Thai", U'\u0E01'}, Letter{"Laoo", U'\u0E81'},
                                         Letter{"Khmr", U'\u1780'}, Letter{"Mymr", U'\u1000'}, Letter{"Taml", U'\u0B95'}, Letter{"Telu", U'\u0C15'},
                                         Letter{"Knda", U'\u0C95'}, Letter{"Mlym", U'\u0D15'}, Letter{"Sinh", U'\u0D9A'}, Letter{"Orya", U'\u0B15'},
                                         Letter{"Gujr", U'\u0A95'}, Letter{"Geor", U'\u10D0'}, Letter{"Ethi", U'\u1200'}};
  const auto found = std::find_if(kLetters.begin(), kLetters.end(), [&](const Letter& each) { return each.script == script; });
  return found == kLetters.end() ? U'\0' : found->letter;
}

bool has_capitals(std::string_view script) { return script == "Latn" || script == "Grek" || script == "Cyrl" || script == "Armn" || script == "Cher"; }

// What of the initial is aligned, and what of the text's letters it is aligned to.
struct Alignment { Heights letter, text; };

class Setter {
 public:
  Setter(ShapedText& text, const Resources& resources, Range letter, std::size_t rest)
      : text_(text), itemized_(text.itemized), resources_(resources), letter_(letter), rest_(rest), heights_(itemized_, resources), item_(itemized_.item_at(letter.begin)) {}

  std::optional<DropInitial> run(const LineWidths& widths) {
    const int lines = itemized_.paragraph.initial->lines;
    const Extent strut = heights_.of({});
    Length distance = strut.sum() * (lines - 1);  // of the first and the last baseline beside it
    for (int round = 1;; ++round) {
      DropInitial initial = set(distance, widths);
      if (!has_room(initial)) return std::nullopt;
      text_.begin = rest_;
      Diagnostics told_when_set;
      const auto set_text = set_lines(text_, initial.beside, {}, resources_, told_when_set);
      text_.begin = 0;
      if (set_text.size() < 2) return std::nullopt;
      const Length measured = distance_of_baselines(set_text, static_cast<std::size_t>(lines), strut);
      if (measured != distance && round < kMostRounds) {
        distance = measured;
        continue;
      }
      text_.begin = rest_;
      return initial;
    }
  }

 private:
  [[nodiscard]] const fonts::FaceMetrics& metrics() const { return resources_.fonts.info(item_.face).metrics; }
  [[nodiscard]] double ems(fonts::FontUnits units) const { return static_cast<double>(units) / metrics().units_per_em; }

  [[nodiscard]] Length distance_of_baselines(const std::vector<SetLine>& lines, std::size_t count, const Extent& strut) const {
    Length distance;
    for (std::size_t line = 0; line + 1 < count; ++line) {
      distance += line < lines.size() ? heights_.of(lines[line]).below : strut.below;
      distance += line + 1 < lines.size() ? heights_.of(lines[line + 1]).above : strut.above;
    }
    return distance;
  }

  // The pieces at a size for the letter. Other items of it (quotation marks of another face) grow alike.
  [[nodiscard]] DropInitial pieces(Length size) const {
    DropInitial initial;
    SetLine& line = initial.line;
    line.end = rest_;
    line.content_end = letter_.end;
    for (const Item* item = &itemized_.items.front(); item != itemized_.items.data() + itemized_.items.size() && item->begin < rest_; ++item) {
      initial.items.push_back(*item);
      if (item->begin >= letter_.end) continue;  // the spaces behind stay as they are
      initial.items.back().size = item->size.scaled(size.units(), item_.size.units());
      if (item->end > letter_.end && rest_ > letter_.end) initial.items.push_back(*item);
    }
    std::size_t begin = 0;
    for (const Item& item : initial.items) {
      const std::size_t end = std::min(item.end, begin < letter_.end ? letter_.end : rest_);
      line.pieces.push_back({&item, begin, end, item.level, shape_range(itemized_, item, begin, end, resources_), {}, {}});
      begin = end;
    }
    for (Piece& piece : line.pieces) {
      for (Glyph& glyph : piece.glyphs) glyph.after = {};
    }
    measure(line);
    return initial;
  }

  // The box round the letter's ink from where its pieces begin, y up.
  struct Ink { Length left, right, bottom, top; };
  [[nodiscard]] Ink ink_of(const DropInitial& initial) const {
    constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();
    Ink ink{Length::from_units(kFar), Length::from_units(-kFar), Length::from_units(kFar), Length::from_units(-kFar)};
    const bool to_left = item_.level % 2 == 1;
    Length pen = to_left ? initial.line.content_width : Length{};
    for (const Piece& piece : initial.line.pieces) {
      if (piece.item->kind != ItemKind::Text || piece.begin >= letter_.end) continue;
      const fonts::FaceMetrics& face = resources_.fonts.info(piece.item->face).metrics;
      for (const Glyph& glyph : piece.glyphs) {
        if (to_left) pen -= glyph.advance;
        const fonts::InkBox box = resources_.fonts.ink_box(piece.item->face, glyph.id);
        const auto scaled = [&](fonts::FontUnits units) { return fonts::scale(units, face, piece.item->size); };
        if (box.right > box.left) {
          ink.left = std::min(ink.left, pen + glyph.x_offset + scaled(box.left));
          ink.right = std::max(ink.right, pen + glyph.x_offset + scaled(box.right));
          ink.bottom = std::min(ink.bottom, glyph.y_offset + scaled(box.bottom));
          ink.top = std::max(ink.top, glyph.y_offset + scaled(box.top));
        }
        if (!to_left) pen += glyph.advance;
      }
    }
    return ink.right > ink.left ? ink : Ink{{}, initial.line.content_width, {}, {}};
  }

  // Capitals stand from the baseline to their height, whatever tail or accent this one has. Other scripts are aligned by a common letter, and the initial keeps within its lines with all its
  // parts.
  [[nodiscard]] Alignment alignment() const {
    const Heights capitals{ems(metrics().cap_height), 0};
    if (has_capitals(item_.script)) return {capitals, capitals};
    const Ink ink = ink_of(pieces(item_.size));
    Heights own{ink.top.points() / item_.size.points(), ink.bottom.points() / item_.size.points()};
    if (own.sum() <= 0) return {capitals, capitals};
    const char32_t letter = common_letter(item_.script);
    if (letter == 0 || !resources_.fonts.covers(item_.face, letter)) return {own, own};
    const fonts::InkBox box = resources_.fonts.ink_box(item_.face, resources_.fonts.nominal_glyph(item_.face, letter));
    const Heights common{ems(box.top), ems(box.bottom)};
    // Full-width characters are of one size, however flat.
    if (is_ideographic(item_.script) || item_.script == "Hang") return {common, common};
    return {{std::max(own.top, common.top), std::min(own.bottom, common.bottom)}, common};
  }

  [[nodiscard]] DropInitial set(Length distance, const LineWidths& widths) const {
    const Alignment align = alignment();
    const Length text_top = item_.size.scaled(align.text.top), span = distance + item_.size.scaled(align.text.sum());
    const Length size = span.scaled(1 / align.letter.sum());
    DropInitial initial = pieces(size);
    initial.lines = itemized_.paragraph.initial->lines;
    initial.drop = size.scaled(align.letter.top) - text_top;
    const Ink ink = ink_of(initial);
    initial.rise = ink.top - initial.drop;
    // A tail that reaches as far as the next line's letters pushes that line aside as well.
    const Length depth = initial.drop - ink.bottom - distance;
    const bool has_tail = depth > heights_.of({}).sum() - text_top;
    place_beside(initial, ink, widths, static_cast<std::size_t>(initial.lines) + (has_tail ? 1 : 0));
    return initial;
  }

  // The letter stands where all its lines have room, they behind its ink and the gap.
  void place_beside(DropInitial& initial, const Ink& ink, const LineWidths& widths, std::size_t lines) const {
    Length left = widths.room(0).left, right = widths.room(0).right();
    for (std::size_t line = 1; line < lines; ++line) {
      left = std::max(left, widths.room(line).left);
      right = std::min(right, widths.room(line).right());
    }
    const Length taken = ink.right - ink.left + itemized_.paragraph.initial->gap;
    const bool to_left = item_.level % 2 == 1;
    initial.left = to_left ? right - ink.right : left - ink.left;
    initial.beside = widths;
    while (initial.beside.first.size() < lines) initial.beside.first.push_back(widths.rest);
    for (std::size_t line = 0; line < lines; ++line) {
      LineRoom& room = initial.beside.first[line];
      if (to_left) room.width = right - taken - room.left;
      else room = {left + taken, room.right() - left - taken};
    }
  }

  [[nodiscard]] bool has_room(const DropInitial& initial) const {
    const auto& rooms = initial.beside.first;
    return std::all_of(rooms.begin(), rooms.begin() + initial.lines, [&](const LineRoom& room) { return room.width >= item_.size * kLeastRoom; });
  }

  ShapedText& text_;
  const ItemizedText& itemized_;
  const Resources& resources_;
  Range letter_;
  std::size_t rest_;
  LineHeight heights_;
  const Item& item_;
};

}  // namespace

std::optional<DropInitial> set_initial(ShapedText& text, const LineWidths& widths, const Resources& resources) {
  const auto& wished = text.itemized.paragraph.initial;
  if (!wished || wished->lines < 2) return std::nullopt;
  const auto letter = find_initial(text, resources);
  if (!letter) return std::nullopt;
  const auto rest = text_behind(text.itemized.source.text, letter->end);
  if (!rest) return std::nullopt;
  return Setter(text, resources, *letter, *rest).run(widths);
}

}  // namespace handout::typeset
