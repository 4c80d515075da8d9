#include "typeset/justify.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "typeset/cjk_spacing.h"
#include "typeset/kashida.h"

namespace handout::typeset {
namespace {

// Scripts written without spaces between words, whose words the break dictionaries (or their own marks) part.
bool parts_words_unseen(std::string_view script) {
  static constexpr std::array<std::string_view, 12> kScripts = {"Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Lana", "Tale", "Talu", "Java", "Bali", "Cham", "Tavt"};
  return std::find(kScripts.begin(), kScripts.end(), script) != kScripts.end();
}

bool is_word_space(char32_t c) { return c == U' ' || c == 0xA0; }

Length sum(const std::vector<Justifier::Slot>& slots) {
  Length total;
  for (const Justifier::Slot& slot : slots) total += slot.weight;
  return total;
}

// Shares `length` out by weight; no unit is lost.
template <typename Give>
void share_out(Length length, const std::vector<Justifier::Slot>& slots, const Give& give) {
  const Length total = sum(slots);
  if (total <= Length{}) return;
  Length weights, given;
  for (const Justifier::Slot& slot : slots) {
    weights += slot.weight;
    // In double precision exact to far less than a unit; the last slot takes what rounding left.
    const Length until = weights == total ? length : length.scaled(static_cast<double>(weights.units()) / static_cast<double>(total.units()));
    give(slot, until - given);
    given = until;
  }
}

// The part of what is missing that a kind of place takes.
Length take(Length& missing, Length most) {
  const Length taken = missing < Length{} ? -std::min(-missing, most) : std::min(missing, most);
  missing -= taken;
  return taken;
}

void scale_glyphs(SetLine& line, int thousandths) {
  if (thousandths == 1000) return;
  line.horizontal_scale = thousandths;
  for (Piece& piece : line.pieces) {
    if (piece.item->kind != ItemKind::Text) continue;
    for (Glyph& glyph : piece.glyphs) {
      glyph.advance = glyph.advance.scaled(thousandths, 1000);
      glyph.x_offset = glyph.x_offset.scaled(thousandths, 1000);
    }
  }
}

}  // namespace

Justifier::Justifier(const ShapedText& text, std::span<const Opportunity> opportunities, const Resources& resources)
    : text_(text), opportunities_(opportunities), resources_(resources) {
  const styled::TextJustify how = text.itemized.paragraph.lines.justify;
  if (how == styled::TextJustify::Auto || how == styled::TextJustify::Kashida) kashidas_ = find_kashidas(text, resources.fonts);
}

bool Justifier::is_opportunity(std::size_t offset) const {
  const auto at = std::partition_point(opportunities_.begin(), opportunities_.end(), [&](const Opportunity& o) { return o.offset < offset; });
  return at != opportunities_.end() && at->offset == offset && at->kind == BreakClass::Allowed;
}

// `next`: the offset of the cluster that follows.
Gap Justifier::gap_behind(const Item& item, const Glyph& glyph, std::size_t next) const {
  if (item.kind != ItemKind::Text || next == glyph.cluster || glyph.added != Added::No) return Gap::None;
  const std::string_view text = text_.itemized.source.text;
  if (is_word_space(letter_at(text, glyph.cluster))) return Gap::Space;
  if (is_cursive(item.script)) return Gap::None;
  if (next < text.size()) {
    if (unicode::is_mark(letter_at(text, next))) return Gap::None;
  }
  const styled::TextJustify how = text_.itemized.paragraph.lines.justify;
  if (how == styled::TextJustify::InterCharacter) return Gap::Character;
  if (how == styled::TextJustify::InterWord) return Gap::Letter;
  if (is_ideographic(item.script)) return Gap::Character;
  if (parts_words_unseen(item.script)) return is_opportunity(next) ? Gap::Character : Gap::None;
  return Gap::Letter;
}

std::vector<GlueAt> Justifier::glue() const {
  std::vector<Glue> before;  // of the glyphs before each, with what stands behind the last of them
  before.reserve(text_.glyphs.size() + 1);
  Glue glue;
  auto kashida = kashidas_.begin();
  for (const Item& item : text_.itemized.items) {
    const std::size_t last = text_.first_glyph[text_.index_of(item) + 1];
    for (std::size_t g = text_.first_glyph[text_.index_of(item)]; g < last; ++g) {
      const Glyph& glyph = text_.glyphs[g];
      for (; kashida != kashidas_.end() && kashida->offset <= glyph.cluster; ++kashida) glue.kashidas += kashida->most;
      before.push_back(glue);
      if (item.kind == ItemKind::Text) glue.glyphs += glyph.advance;
      const std::size_t next = g + 1 < last ? text_.glyphs[g + 1].cluster : item.end;
      switch (gap_behind(item, glyph, next)) {
        case Gap::Space: glue.spaces += glyph.advance; break;
        case Gap::Letter: glue.letters += item.size; break;
        case Gap::Character: glue.characters += item.size; break;
        case Gap::None: break;
      }
    }
  }
  before.push_back(glue);
  std::vector<GlueAt> at;
  at.reserve(opportunities_.size());
  for (const Opportunity& each : opportunities_) {
    // What stands behind the last glyph of the content doesn't count; a word space is never the last.
    const std::size_t end = text_.glyph_at(each.content_end);
    Glue content = before[end > 0 ? end - 1 : 0];
    content.glyphs = before[end].glyphs;
    at.push_back({content, before[text_.glyph_at(each.offset)]});
  }
  return at;
}

Justifier::Slots Justifier::find_slots(SetLine& line) const {
  Slots slots;
  auto kashida = std::partition_point(kashidas_.begin(), kashidas_.end(), [&](const Kashida& k) { return k.offset < line.begin; });
  for (Piece& piece : line.pieces) {
    for (std::size_t g = 0; g < piece.glyphs.size() && piece.glyphs[g].cluster < line.content_end; ++g) {
      const Glyph& glyph = piece.glyphs[g];
      if (piece.item->kind == ItemKind::Text) slots.glyphs += glyph.advance;
      while (kashida != kashidas_.end() && kashida->offset < glyph.cluster) ++kashida;
      if (kashida != kashidas_.end() && kashida->offset == glyph.cluster && glyph.takes_tatweel) slots.kashidas.push_back({&piece, g, (kashida++)->most});
      const std::size_t next = g + 1 < piece.glyphs.size() ? piece.glyphs[g + 1].cluster : piece.end;
      if (next >= line.content_end) continue;
      switch (gap_behind(*piece.item, glyph, next)) {
        case Gap::Space: slots.spaces.push_back({&piece, g, glyph.advance}); break;
        case Gap::Letter: slots.letters.push_back({&piece, g, piece.item->size}); break;
        case Gap::Character: slots.characters.push_back({&piece, g, piece.item->size}); break;
        case Gap::None: break;
      }
    }
  }
  return slots;
}

Justifier::Amounts Justifier::amounts(const Slots& slots, Length missing) const {
  const styled::LineStyle& lines = text_.itemized.paragraph.lines;
  const styled::JustifyBounds& bounds = lines.bounds;
  const bool opens = missing > Length{};
  const auto room = [&](const styled::Range& range, double natural) { return opens ? range.most - natural : natural - range.least; };
  Amounts amounts;
  amounts.word_room = sum(slots.spaces).scaled(room(bounds.word_space, 1)) + (opens ? sum(slots.characters).scaled(kCharacterStretch) : Length{});
  if (opens && lines.justify == styled::TextJustify::Kashida) amounts.kashidas = take(missing, sum(slots.kashidas));
  static_cast<void>(take(missing, amounts.word_room));
  amounts.letters = take(missing, sum(slots.letters).scaled(room(bounds.letter_space, 0)));
  amounts.glyphs = take(missing, slots.glyphs.scaled(room(bounds.glyph_scale, 1)));
  if (opens) amounts.kashidas += take(missing, sum(slots.kashidas) - amounts.kashidas);
  amounts.left = missing;
  return amounts;
}

void Justifier::open_words(const Slots& slots, Length length, Length room) const {
  const auto give = [](const Slot& slot, Length part) { slot.piece->glyphs[slot.glyph].after += part; };
  if (length <= Length{}) return share_out(length, slots.spaces, give);
  const double space_room = text_.itemized.paragraph.lines.bounds.word_space.most - 1;
  std::vector<Slot> all;
  for (const Slot& slot : slots.spaces) all.push_back({slot.piece, slot.glyph, slot.weight.scaled(space_room)});
  for (const Slot& slot : slots.characters) all.push_back({slot.piece, slot.glyph, slot.weight.scaled(kCharacterStretch)});
  const Length within = std::min(length, room);
  share_out(within, all, give);
  share_out(length - within, sum(all) > Length{} ? all : slots.spaces, give);  // what no bound allows
}

void Justifier::fill(SetLine& line, Length width) const {
  const Length missing = width - line.content_width;
  const bool opens = missing > Length{};
  if (missing == Length{} || (opens && line.ends_at == BreakClass::Forced)) return;
  Slots slots = find_slots(line);
  const Amounts amounts = this->amounts(slots, missing);
  // A line that is too wide stays so by what can't be taken from it.
  const Length wanted = opens ? width : width - amounts.left;

  share_out(amounts.letters, slots.letters, [](const Slot& slot, Length part) { slot.piece->glyphs[slot.glyph].after += part; });
  // Rounded towards none, but for the last digit of 0.03; what rounding leaves goes to the word spaces.
  const double thousandths = 1000 * static_cast<double>(amounts.glyphs.units()) / static_cast<double>(std::max(slots.glyphs.units(), std::int64_t{1}));
  scale_glyphs(line, 1000 + static_cast<int>(thousandths + (opens ? 1e-3 : -1e-3)));
  measure(line);
  open_words(slots, wanted - line.content_width - amounts.kashidas, amounts.word_room);
  // Last, since what is put in moves the glyphs behind it.
  std::vector<std::pair<Slot, Length>> joints;
  share_out(amounts.kashidas, slots.kashidas, [&](const Slot& slot, Length part) { joints.emplace_back(slot, part); });
  for (auto joint = joints.rbegin(); joint != joints.rend(); ++joint) draw_out(*joint->first.piece, joint->first.glyph, joint->second, resources_);
  measure(line);
}

}  // namespace handout::typeset
