#include "typeset/opportunities.h"

#include <algorithm>
#include <string_view>

#include "base/narrow.h"

namespace handout::typeset {
namespace {

constexpr char32_t kSoftHyphen = 0x00AD;
// How far a break's influence on shapes is looked for, in glyphs. Fonts in which it goes further (long calligraphic contexts) are measured again, line
// by line, when the lines are known.
constexpr std::size_t kReach = 48;

// The code point that ends before `offset`, which is above 0.
unicode::CodePoint decode_before(std::string_view text, std::size_t offset) {
  std::size_t begin = offset - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) --begin;
  return unicode::decode(text, begin);
}

bool is_safe(const std::vector<Glyph>& glyphs, std::size_t g, std::size_t offset) {
  return g < glyphs.size() && glyphs[g].cluster == offset && !glyphs[g].unsafe_to_break;
}

Length width_until(const std::vector<Glyph>& glyphs, std::size_t offset) {
  Length width;
  for (const Glyph& glyph : glyphs) {
    if (glyph.cluster < offset) width += glyph.width();
  }
  return width;
}

// Where a break at `offset` in the middle of an item changes the shapes, its two sides are shaped anew as far as the next safe places: HarfBuzz promises
// that what lies beyond them stays (HB_GLYPH_FLAG_UNSAFE_TO_BREAK).
void correct_positions(Opportunity& at, const ShapedText& text, const Item& item, const Resources& resources) {
  const std::size_t item_index = static_cast<std::size_t>(&item - text.itemized.items.data());
  const std::size_t first = text.first_glyph[item_index], last = text.first_glyph[item_index + 1];
  const std::size_t here = text.glyph_at(at.offset);
  if (here < last && is_safe(text.glyphs, here, at.offset)) return;

  std::size_t left = here > first ? here - 1 : first;
  const std::size_t leftmost = left > first + kReach ? left - kReach : first;
  while (left > leftmost && (!is_safe(text.glyphs, left, text.glyphs[left].cluster) || text.glyphs[left - 1].cluster == text.glyphs[left].cluster)) --left;
  const std::size_t left_offset = left == first ? item.begin : text.glyphs[left].cluster;
  const auto before = shape_range(text.itemized, item, left_offset, at.offset, resources);
  if (at.content_end > left_offset) at.content = text.position(left_offset) + width_until(before, at.content_end);

  std::size_t right = here;
  const std::size_t rightmost = std::min(last, here + kReach);
  while (right < rightmost && (text.glyphs[right].unsafe_to_break || text.glyphs[right].cluster <= at.offset)) ++right;
  const std::size_t right_offset = right == last ? item.end : text.glyphs[right].cluster;
  const auto after = shape_range(text.itemized, item, at.offset, right_offset, resources);
  at.start = text.position(right_offset) - width_until(after, right_offset);
}

Opportunity measure(std::size_t offset, BreakClass kind, const Opportunity& previous, const ShapedText& text, const Resources& resources) {
  const std::string& bytes = text.itemized.source.text;
  Opportunity at{offset, content_end(bytes, previous.offset, offset), kind, {}, text.position(offset)};
  // Nothing but space and hidden characters since the previous break: the content ends where it ended there.
  if (at.content_end == previous.offset && previous.kind != BreakClass::Forced) at.content_end = previous.content_end;
  at.content = text.position(at.content_end);
  const Item& item = text.itemized.item_at(offset - 1);
  if (item.kind == ItemKind::Text && offset < item.end) correct_positions(at, text, item, resources);
  if (kind == BreakClass::Allowed && decode_before(bytes, offset).value == kSoftHyphen && item.kind == ItemKind::Text) {
    at.kind = BreakClass::Hyphen;
    for (const Glyph& glyph : hyphen_glyph(text.itemized, item, offset, resources)) at.content += glyph.width();
  }
  return at;
}

// Breaks that UAX #14 allows and a good typesetter doesn't take: before a bracket that hangs on a word (a source's number), and after the hyphen of
// a single letter (X-ray).
bool is_refused(std::string_view text, std::size_t offset) {
  const unicode::CodePoint before = decode_before(text, offset);
  if (text[offset] == '[' && !unicode::is_white_space(before.value)) return true;
  if (before.value != '-' && before.value != 0x2010) return false;
  if (before.begin == 0) return true;
  const unicode::CodePoint letter = decode_before(text, before.begin);
  return letter.begin == 0 || unicode::is_white_space(decode_before(text, letter.begin).value);
}

}  // namespace

bool is_hanging_space(char32_t c) {
  return (unicode::is_white_space(c) && c != 0xA0 && c != 0x2007 && c != 0x202F) || c == 0x200B;
}

std::size_t content_end(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin) {
    const unicode::CodePoint last = decode_before(text, end);
    if (!is_hanging_space(last.value) && !unicode::is_bidi_control(last.value) && !is_line_separator(last.value)) break;
    end = last.begin;
  }
  return end;
}

std::vector<Opportunity> find_opportunities(const ShapedText& text, const Resources& resources) {
  const std::string& bytes = text.itemized.source.text;
  std::vector<Opportunity> opportunities{{0, 0, BreakClass::Forced, {}, {}}};
  if (bytes.empty()) return {{0, 0, BreakClass::Forced, {}, {}}, {0, 0, BreakClass::Forced, {}, {}}};
  for (const unicode::LineBreak& at : resources.breaker.line_breaks(bytes, text.itemized.paragraph.language)) {
    const BreakClass kind = at.kind == unicode::BreakKind::Mandatory ? BreakClass::Forced : BreakClass::Allowed;
    if (kind == BreakClass::Allowed && is_refused(bytes, at.offset)) continue;
    opportunities.push_back(measure(at.offset, kind, opportunities.back(), text, resources));
  }
  opportunities.push_back(measure(bytes.size(), BreakClass::Forced, opportunities.back(), text, resources));
  return opportunities;
}

std::vector<Opportunity> break_wide_words(const std::vector<Opportunity>& opportunities, const ShapedText& text, Length narrowest, const Resources& resources) {
  const std::string_view bytes = text.itemized.source.text;
  std::vector<Opportunity> broken{opportunities.front()};
  for (std::size_t i = 1; i < opportunities.size(); ++i) {
    const Opportunity& from = opportunities[i - 1];
    const Opportunity& to = opportunities[i];
    if (to.content - from.start > narrowest) {
      for (const std::size_t boundary : resources.breaker.grapheme_boundaries(bytes.substr(from.offset, to.content_end - from.offset))) {
        const std::size_t offset = from.offset + boundary;
        if (offset <= from.offset || offset >= to.content_end) continue;
        // Measured as it was shaped: what the break changes is found when the line is set.
        const std::size_t end = content_end(bytes, from.offset, offset);
        broken.push_back({offset, end, BreakClass::Emergency, text.position(end), text.position(offset)});
      }
    }
    broken.push_back(to);
  }
  return broken;
}

}  // namespace handout::typeset
