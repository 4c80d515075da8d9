#include "typeset/opportunities.h"

#include <algorithm>
#include <string_view>

#include "typeset/edges.h"
#include "typeset/hyphens.h"

namespace handout::typeset {
namespace {

constexpr char32_t kSoftHyphen = 0x00AD;
// How far a break's influence on shapes is looked for, in glyphs. Fonts in which it goes further (long calligraphic contexts) are measured again, line
// by line, when the lines are known.
constexpr std::size_t kReach = 48;

struct Place {
  std::size_t offset = 0;
  BreakClass kind = BreakClass::Allowed;
};

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

// Measures places one after the other.
class Measurer {
 public:
  Measurer(const ShapedText& text, const Resources& resources) : text_(text), resources_(resources), bytes_(text.itemized.source.text) {}

  [[nodiscard]] Opportunity first() const {
    Opportunity at{0, 0, BreakClass::Forced, {}, {}, 0};
    start_with(at, text_.glyphs, 0, {});
    return at;
  }

  [[nodiscard]] Opportunity measure(Place place, const Opportunity& previous) const {
    Opportunity at{place.offset, content_end(bytes_, previous.offset, place.offset), place.kind, {}, {}, leaders_before(place.offset)};
    // Nothing but space and hidden characters since the previous break: the content ends where it ended there.
    if (at.content_end == previous.offset && previous.kind != BreakClass::Forced) at.content_end = previous.content_end;
    const Item& item = text_.itemized.item_at(place.offset - 1);
    const bool cuts = item.kind == ItemKind::Text && place.offset < item.end && !is_safe(text_.glyphs, text_.glyph_at(place.offset), place.offset);
    if (cuts && place.kind != BreakClass::Emergency) {
      reshape(at, item);
    } else {
      const std::size_t end = text_.glyph_at(at.content_end);
      end_with(at, text_.glyphs, end, text_.positions[end]);
      const std::size_t start = text_.glyph_at(at.offset);
      start_with(at, text_.glyphs, start, text_.positions[start]);
    }
    return at;
  }

 private:
  // Where a break in the middle of an item changes the shapes, its two sides are shaped anew as far as the next safe places: HarfBuzz promises
  // that what lies beyond them stays (HB_GLYPH_FLAG_UNSAFE_TO_BREAK).
  void reshape(Opportunity& at, const Item& item) const {
    const std::vector<Glyph>& glyphs = text_.glyphs;
    const std::size_t first = text_.first_glyph[text_.index_of(item)], last = text_.first_glyph[text_.index_of(item) + 1];
    const std::size_t here = text_.glyph_at(at.offset);
    std::size_t left = here > first ? here - 1 : first;
    const std::size_t leftmost = left > first + kReach ? left - kReach : first;
    while (left > leftmost && (!is_safe(glyphs, left, glyphs[left].cluster) || glyphs[left - 1].cluster == glyphs[left].cluster)) --left;
    const std::size_t left_offset = left == first ? item.begin : glyphs[left].cluster;
    const auto before = shape_range(text_.itemized, item, left_offset, at.offset, resources_);
    if (at.content_end > left_offset) {
      const auto end = std::partition_point(before.begin(), before.end(), [&](const Glyph& glyph) { return glyph.cluster < at.content_end; });
      end_with(at, before, static_cast<std::size_t>(end - before.begin()), text_.position(left_offset) + width_until(before, at.content_end));
    } else {
      const std::size_t end = text_.glyph_at(at.content_end);
      end_with(at, glyphs, end, text_.positions[end]);
    }
    std::size_t right = here;
    const std::size_t rightmost = std::min(last, here + kReach);
    while (right < rightmost && (glyphs[right].unsafe_to_break || glyphs[right].cluster <= at.offset)) ++right;
    const std::size_t right_offset = right == last ? item.end : glyphs[right].cluster;
    const auto after = shape_range(text_.itemized, item, at.offset, right_offset, resources_);
    start_with(at, after, 0, text_.position(right_offset) - width_until(after, right_offset));
  }

  // The content ends with the glyph before `end`; `position` is where that glyph's width ends.
  void end_with(Opportunity& at, const std::vector<Glyph>& glyphs, std::size_t end, Length position) const {
    at.content = position;
    if (end == 0) return;
    const Glyph& last = glyphs[end - 1];
    at.content -= last.after;
    const Item& item = text_.itemized.item_at(last.cluster);
    if (!draws_hyphen(at.kind)) {
      at.content -= outside_at_end(last, text_.itemized, item, resources_).sum();
      return;
    }
    for (const Glyph& hyphen : hyphen_glyph(item, last.cluster, resources_)) {
      at.content += last.after + hyphen.advance - outside_at_end(hyphen, text_.itemized, item, resources_).sum();
    }
  }

  [[nodiscard]] std::size_t leaders_before(std::size_t offset) const {
    const std::vector<styled::Leader>& leaders = text_.itemized.source.leaders;
    const auto next = std::partition_point(leaders.begin(), leaders.end(), [&](const styled::Leader& leader) { return leader.offset < offset; });
    return static_cast<std::size_t>(next - leaders.begin());
  }

  void start_with(Opportunity& at, const std::vector<Glyph>& glyphs, std::size_t first, Length position) const {
    at.start = position;
    if (first >= glyphs.size()) return;
    at.start += outside_at_start(glyphs[first], text_.itemized, text_.itemized.item_at(glyphs[first].cluster), resources_).sum();
  }

  const ShapedText& text_;
  const Resources& resources_;
  std::string_view bytes_;
};

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

class Finder {
 public:
  Finder(const ShapedText& text, const Resources& resources)
      : text_(text), itemized_(text.itemized), resources_(resources), bytes_(itemized_.source.text), whole_(unicode::find_sequences(bytes_, itemized_.paragraph.language)), measurer_(text, resources) {}

  std::vector<Opportunity> run(Length narrowest) {
    if (bytes_.empty()) return {measurer_.first(), measurer_.first()};
    opportunities_ = {measurer_.first()};
    if (text_.begin > 0) opportunities_ = {measurer_.measure({text_.begin, BreakClass::Forced}, opportunities_.back())};
    for (const Place place : places()) {
      const Opportunity next = measurer_.measure(place, opportunities_.back());
      if (next.content - opportunities_.back().start > narrowest) break_wide(next, narrowest);
      opportunities_.push_back(next);
    }
    return std::move(opportunities_);
  }

 private:
  // Without those inside words that are too wide.
  std::vector<Place> places() const {
    std::vector<Place> places;
    const bool free = hyphenates_freely(itemized_.paragraph);
    auto sequence = whole_.begin();
    std::size_t from = 0;
    const auto add_hyphens = [&](std::size_t to) {
      if (!free) return;
      for (const std::size_t at : find_hyphens(itemized_, from, to, whole_, resources_)) {
        if (at > from && at < to) places.push_back({at, BreakClass::Hyphen});
      }
    };
    for (const unicode::LineBreak& at : resources_.breaker.line_breaks(bytes_, itemized_.paragraph.language, itemized_.paragraph.lines.breaks)) {
      while (sequence != whole_.end() && sequence->end <= at.offset) add_joints(*sequence++, places);
      Place place{at.offset, at.kind == unicode::BreakKind::Mandatory ? BreakClass::Forced : BreakClass::Allowed};
      if (place.kind == BreakClass::Allowed && (is_refused(bytes_, at.offset) || touches_leader(at.offset) || (sequence != whole_.end() && sequence->begin < at.offset))) continue;
      if (place.kind == BreakClass::Allowed && decode_before(bytes_, at.offset).value == kSoftHyphen) place.kind = BreakClass::Hyphen;
      add_hyphens(at.offset);
      places.push_back(place);
      from = at.offset;
    }
    while (sequence != whole_.end()) add_joints(*sequence++, places);
    add_hyphens(bytes_.size());
    const auto is_before = [](const Place& a, const Place& b) { return a.offset < b.offset; };
    if (!whole_.empty()) std::stable_sort(places.begin(), places.end(), is_before);
    places.erase(std::unique(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.offset == b.offset; }), places.end());
    std::erase_if(places, [&](const Place& place) { return place.offset <= text_.begin || place.offset >= bytes_.size(); });
    places.push_back({bytes_.size(), BreakClass::Forced});
    return places;
  }

  [[nodiscard]] bool is_leader(std::size_t offset) const {
    const auto& leaders = itemized_.source.leaders;
    return std::binary_search(leaders.begin(), leaders.end(), styled::Leader{offset, {}, {}}, [](const auto& a, const auto& b) { return a.offset < b.offset; });
  }

  // A leader stands on the last line of what is before it, and what is behind it begins on that line: UAX #14's breaks round U+FFFC (CB), and those at spaces beside it, are none.
  [[nodiscard]] bool touches_leader(std::size_t offset) const {
    if (itemized_.source.leaders.empty()) return false;
    const std::size_t end = content_end(bytes_, 0, offset);
    if (end > 0 && is_leader(decode_before(bytes_, end).begin)) return true;
    std::size_t next = offset;
    while (next < bytes_.size() && unicode::is_bidi_control(unicode::decode(bytes_, next).value)) next = unicode::decode(bytes_, next).end;
    return is_leader(next);
  }

  void add_joints(const unicode::Sequence& sequence, std::vector<Place>& places) const {
    if (sequence.kind != unicode::SequenceKind::Url && sequence.kind != unicode::SequenceKind::Email) return;
    for (const std::size_t at : unicode::address_joints(bytes_, sequence)) places.push_back({at, BreakClass::Address});
  }

  // The word from the last opportunity to `to` is too wide for some line: first it is parted before leaders.
  void break_wide(const Opportunity& to, Length narrowest) {
    const auto& leaders = itemized_.source.leaders;
    auto leader = std::partition_point(leaders.begin(), leaders.end(), [&](const styled::Leader& each) { return each.offset <= opportunities_.back().offset; });
    for (; leader != leaders.end() && leader->offset < to.offset; ++leader) {
      const Opportunity before = measurer_.measure({leader->offset, BreakClass::Leader}, opportunities_.back());
      if (before.content - opportunities_.back().start > narrowest) break_word(before, narrowest);
      opportunities_.push_back(before);
    }
    if (to.content - opportunities_.back().start > narrowest) break_word(to, narrowest);
  }

  // Then by hyphens, where they are allowed, then breaks between grapheme clusters in what is still too wide.
  void break_word(const Opportunity& to, Length narrowest) {
    if (!hyphenates_freely(itemized_.paragraph)) {
      for (const std::size_t at : find_hyphens(itemized_, opportunities_.back().offset, to.content_end, whole_, resources_)) {
        const Opportunity hyphen = measurer_.measure({at, BreakClass::WideHyphen}, opportunities_.back());
        if (hyphen.content - opportunities_.back().start > narrowest) break_at_clusters(hyphen);
        opportunities_.push_back(hyphen);
      }
    }
    if (to.content - opportunities_.back().start > narrowest) break_at_clusters(to);
  }

  void break_at_clusters(const Opportunity& to) {
    const std::size_t begin = opportunities_.back().offset;
    for (const std::size_t boundary : resources_.breaker.grapheme_boundaries(bytes_.substr(begin, to.content_end - begin))) {
      const std::size_t offset = begin + boundary;
      if (offset <= begin || offset >= to.content_end) continue;
      // Measured as it was shaped: what the break changes is found when the line is set.
      opportunities_.push_back(measurer_.measure({offset, BreakClass::Emergency}, opportunities_.back()));
    }
  }

  const ShapedText& text_;
  const ItemizedText& itemized_;
  const Resources& resources_;
  std::string_view bytes_;
  std::vector<unicode::Sequence> whole_;
  Measurer measurer_;
  std::vector<Opportunity> opportunities_;
};

}  // namespace

bool is_hanging_space(char32_t c) {
  return (unicode::is_white_space(c) && c != 0xA0 && c != 0x2007 && c != 0x202F) || c == 0x200B;
}

std::size_t content_end(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin) {
    const unicode::CodePoint last = decode_before(text, end);
    if (!is_hanging_space(last.value) && !unicode::is_bidi_control(last.value) && !unicode::is_line_separator(last.value)) break;
    end = last.begin;
  }
  return end;
}

std::vector<Opportunity> find_forced_opportunities(const ShapedText& text, const Resources& resources) {
  const std::string_view bytes = text.itemized.source.text;
  const Measurer measurer(text, resources);
  std::vector<Opportunity> found{measurer.first()};
  const auto add = [&](std::size_t offset) { found.push_back(measurer.measure({offset, BreakClass::Forced}, found.back())); };
  for (std::size_t at = 0; at < bytes.size();) {
    const unicode::CodePoint c = unicode::decode(bytes, at);
    at = c.end;
    const bool is_pair = c.value == '\r' && at < bytes.size() && bytes[at] == '\n';
    if (at < bytes.size() && unicode::is_line_separator(c.value) && !is_pair) add(at);
  }
  if (bytes.empty()) found.push_back(measurer.first());
  else add(bytes.size());
  return found;
}

std::vector<Opportunity> find_opportunities(const ShapedText& text, Length narrowest, const Resources& resources) {
  return Finder(text, resources).run(narrowest);
}

}  // namespace handout::typeset
