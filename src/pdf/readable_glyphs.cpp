#include "pdf/readable_glyphs.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/narrow.h"

namespace handout::pdf {

namespace {

using display::GlyphRun;
using display::PlacedGlyph;

// Shares of the font size in poppler's TextOutputDev: a character that begins this far before the last one's end, or after it, begins a word of its own (minDupBreakOverlap,
// minWordBreakSpace); words this far apart in height, or this far before the last one's end, are in different lines (maxIntraLineDelta, minCharSpacing). With room to spare.
constexpr double kWordOverlap = 0.2, kSameWord = 0.12, kSameLine = 0.45;
// Between blanks that stand for the characters of one letter from right to left.
constexpr double kStep = 0.06;
constexpr double kLift = 0.2, kHidden = 0.3;
// Poppler's own 0.5 pt for one baseline and 0.1 of the size for a gap, with room to spare.
constexpr Length kSameBaseline = Length::from_points(0.4);
constexpr double kJoin = 0.08;
// In bytes of UTF-8. Poppler reads no entry of ToUnicode with more than 253 digits, four for each unit of UTF-16.
constexpr std::size_t kLongestText = 56;

struct TextRange {
  std::uint32_t begin = 0, end = 0;
};

bool has_text(const PlacedGlyph& glyph) { return glyph.text_begin != glyph.text_end; }

// U+200B to U+200F: no reader minds where they stand.
bool is_invisible(std::string_view character) { return character.size() == 3 && character[0] == '\xE2' && character[1] == '\x80' && character[2] >= '\x8B' && character[2] <= '\x8F'; }

std::uint32_t end_of_character(std::string_view text, std::uint32_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

// The characters of a stretch of the text, invisible ones with the one before.
std::vector<TextRange> characters_of(std::string_view text, TextRange range) {
  std::vector<TextRange> characters;
  for (std::uint32_t at = range.begin; at < range.end;) {
    const std::uint32_t next = end_of_character(text, at);
    if (!characters.empty() && next - characters.back().begin <= kLongestText && is_invisible(text.substr(at, next - at))) characters.back().end = next;
    else characters.push_back({at, next});
    at = next;
  }
  return characters;
}

class Reader {
 public:
  Reader(const GlyphRun& run, const fonts::Fonts& fonts, ReadableGlyphs& out) : run_(run), fonts_(fonts), out_(out.changed), unread_(out.unread), space_(fonts.nominal_glyph(run.face, U' ')) {
    right_to_left_ = falls();
  }

  [[nodiscard]] bool is_plain() const {
    std::optional<Length> last;
    for (const PlacedGlyph& glyph : run_.glyphs) {
      if (!has_text(glyph)) continue;
      const Length at = place(glyph);
      if (glyph.offset.y != Length{} || (last && at <= *last) || has_rest(glyph) || is_long(glyph)) return false;
      last = at;
    }
    return true;
  }

  // Nastaliq: letters of a word stand at many heights, which poppler takes for lines whatever the places of its characters.
  [[nodiscard]] bool cascades() const {
    return right_to_left_ && std::ranges::any_of(run_.glyphs, [&](const PlacedGlyph& glyph) { return has_text(glyph) && units(glyph) > 0 && glyph.offset.y != Length{}; });
  }

  void read() {
    const std::vector<std::size_t> letters = find_letters();
    for (std::size_t i = 0; i < (letters.empty() ? run_.glyphs.size() : letters.front()); ++i) out_.push_back(run_.glyphs[i]);
    for (std::size_t i = 0; i < letters.size(); ++i) {
      read_group(letters[i], i + 1 < letters.size() ? letters[i + 1] : run_.glyphs.size());
    }
  }

 private:
  // Offsets fall from right to left; one letter alone then stands before the run's origin.
  [[nodiscard]] bool falls() const {
    const PlacedGlyph *first = nullptr, *last = nullptr;
    for (const PlacedGlyph& glyph : run_.glyphs) {
      if (!has_text(glyph) || units(glyph) <= 0) continue;
      if (first == nullptr) first = &glyph;
      last = &glyph;
    }
    if (first == nullptr) return false;
    return first == last ? first->offset.x + advance(*first) / 2 < Length{} : last->offset.x < first->offset.x;
  }

  [[nodiscard]] fonts::FontUnits units(const PlacedGlyph& glyph) const { return fonts_.advance(run_.face, glyph.glyph); }
  [[nodiscard]] Length scaled(fonts::FontUnits units) const { return fonts::scale(units, fonts_.info(run_.face).metrics, run_.size) * run_.horizontal_scale / 1000; }
  [[nodiscard]] Length advance(const PlacedGlyph& glyph) const { return scaled(units(glyph)); }
  [[nodiscard]] Length em(double share) const { return run_.size.scaled(share); }
  // Grows with the text in both directions.
  [[nodiscard]] Length place(const PlacedGlyph& glyph) const { return right_to_left_ ? Length{} - glyph.offset.x : glyph.offset.x; }
  [[nodiscard]] bool has_rest(const PlacedGlyph& glyph) const { return right_to_left_ && characters_of(run_.text, {glyph.text_begin, glyph.text_end}).size() > 1; }

  [[nodiscard]] static bool is_long(const PlacedGlyph& glyph) { return glyph.text_end - glyph.text_begin > kLongestText; }

  // Glyphs on the baseline that follow one another; what stands between two of them is a group with the first.
  [[nodiscard]] std::vector<std::size_t> find_letters() const {
    std::vector<std::size_t> letters;
    for (std::size_t i = 0; i < run_.glyphs.size(); ++i) {
      const PlacedGlyph& glyph = run_.glyphs[i];
      if (!has_text(glyph) || units(glyph) <= 0 || glyph.offset.y != Length{}) continue;
      if (letters.empty() || place(glyph) > place(run_.glyphs[letters.back()])) letters.push_back(i);
    }
    return letters;
  }

  [[nodiscard]] bool holds_one_mark(std::size_t letter, std::size_t next) const { return next == letter + 2 && has_text(run_.glyphs[letter + 1]) && units(run_.glyphs[letter + 1]) == 0; }
  // The mark joins the letter's word; then the next letter, which stands where the mark does, begins a word of one character, which no mark can join.
  [[nodiscard]] bool stands_at_end(std::size_t letter) const {
    const PlacedGlyph &own = run_.glyphs[letter], &mark = run_.glyphs[letter + 1];
    const Length distance = mark.offset.x - own.offset.x - advance(own);
    return std::max(mark.offset.y, -mark.offset.y) < kSameBaseline && std::max(distance, -distance) < em(kJoin);
  }

  // Glyph `next` is the next letter, or there is none.
  [[nodiscard]] bool is_in_order(std::size_t letter, std::size_t next) const {
    const auto& glyphs = run_.glyphs;
    if (has_rest(glyphs[letter]) || is_long(glyphs[letter])) return false;
    if (!right_to_left_ && after_plain_letter_ && holds_one_mark(letter, next) && stands_at_end(letter)) return true;
    std::size_t last = letter;
    for (std::size_t i = letter + 1; i < next; ++i) {
      const PlacedGlyph& glyph = glyphs[i];
      if (!has_text(glyph)) continue;
      if (has_rest(glyph) || place(glyph) <= place(glyphs[last]) || text_of(glyph) == text_of(glyphs[last])) return false;
      if (next < glyphs.size() && place(glyph) >= place(glyphs[next])) return false;
      if (std::max(glyph.offset.y, Length{} - glyph.offset.y) > em(kSameLine)) return false;
      // Poppler goes from left to right: the one before on the page is the letter, or the next one.
      const std::size_t left = right_to_left_ ? next : letter;
      if (left < glyphs.size() && glyph.offset.x < glyphs[left].offset.x + advance(glyphs[left]) - em(kSameLine)) return false;
      last = i;
    }
    return true;
  }

  // A glyph without text is a word to poppler all the same. Where it would end the line too early it must be hidden.
  [[nodiscard]] bool parts_line(const PlacedGlyph& glyph, std::size_t letter, std::size_t next) const {
    if (std::max(glyph.offset.y, -glyph.offset.y) > em(kLift)) return true;
    const auto is_before_end = [&](const PlacedGlyph& of, Length from) { return glyph.offset.x >= from && glyph.offset.x < of.offset.x + advance(of) - em(kHidden); };
    const PlacedGlyph& own = run_.glyphs[letter];
    const bool lifted = glyph.offset.y != Length{};
    if (!right_to_left_) return is_before_end(own, -em(1000)) || (lifted && next < run_.glyphs.size() && glyph.offset.x >= run_.glyphs[next].offset.x);
    return is_before_end(own, own.offset.x) || (next < run_.glyphs.size() && is_before_end(run_.glyphs[next], -em(1000)));
  }

  [[nodiscard]] std::string_view text_of(const PlacedGlyph& glyph) const { return std::string_view(run_.text).substr(glyph.text_begin, glyph.text_end - glyph.text_begin); }

  void read_group(std::size_t letter, std::size_t next) {
    const std::span<const PlacedGlyph> group = std::span(run_.glyphs).subspan(letter, next - letter);
    const bool in_order = is_in_order(letter, next);
    after_plain_letter_ = group.size() == 1;
    if (in_order || (right_to_left_ && space_ == 0)) {
      out_.insert(out_.end(), group.begin(), group.end());
      return;
    }
    PlacedGlyph first = group.front();
    TextRange text{first.text_begin, first.text_end};
    for (const PlacedGlyph& glyph : group) {
      if (has_text(glyph)) text.end = glyph.text_end;
    }
    const std::optional<Length> room = next < run_.glyphs.size() ? std::optional(place(run_.glyphs[next]) - place(first)) : std::nullopt;
    if (right_to_left_) add_letter_and_blanks(first, text, room);
    else add_letter_and_blank(first, text, room);
    for (PlacedGlyph glyph : group.subspan(1)) {
      glyph.text_begin = glyph.text_end = text.end;
      if (parts_line(glyph, letter, next)) unread_.push_back(out_.size());
      out_.push_back(glyph);
    }
  }

  // Within the word, after the letter.
  void add_letter_and_blank(PlacedGlyph letter, TextRange text, std::optional<Length> room) {
    if (space_ == 0) {
      letter.text_end = text.end;
      out_.push_back(letter);
      return;
    }
    if (is_long(letter)) letter.text_end = end_of_character(run_.text, letter.text_begin);
    out_.push_back(letter);
    Length after = std::max(advance(letter) - em(kSameWord), advance(letter) / 2);
    if (room) after = std::min(after, *room * 7 / 8);
    for (std::uint32_t begin = letter.text_end, end = begin; begin < text.end; begin = end) {
      while (end < text.end && end - begin < kLongestText) end = end_of_character(run_.text, end);
      out_.push_back({space_, {letter.offset.x + after, letter.offset.y}, begin, end});
    }
  }

  // To the left of the letter, each character a word of its own.
  void add_letter_and_blanks(PlacedGlyph letter, TextRange text, std::optional<Length> room) {
    const std::vector<TextRange> characters = characters_of(run_.text, text);
    letter.text_end = characters.front().end;
    out_.push_back(letter);
    const auto count = narrow<std::int64_t>(characters.size()) - 1;
    Length before = std::max(em(kStep), em(kWordOverlap + 0.01) - advance(letter)), step = em(kStep);
    if (room && before + step * (count - 1) >= *room) before = step = *room / (count + 1);
    for (const TextRange& character : std::span(characters).subspan(1)) {
      out_.push_back({space_, {letter.offset.x - before, letter.offset.y}, character.begin, character.end});
      before += step;
    }
  }

  const GlyphRun& run_;
  const fonts::Fonts& fonts_;
  std::vector<PlacedGlyph>& out_;
  std::vector<std::size_t>& unread_;
  fonts::GlyphId space_;
  bool right_to_left_ = false;
  bool after_plain_letter_ = true;  // the group before is a letter alone
};

// Most text: from left to right, every letter on the baseline and behind the one before.
bool is_simple(const GlyphRun& run) {
  Length last = Length{} - Length::from_units(1);
  for (const PlacedGlyph& glyph : run.glyphs) {
    if (!has_text(glyph) || glyph.text_end - glyph.text_begin > kLongestText || glyph.offset.y != Length{} || glyph.offset.x <= last) return false;
    last = glyph.offset.x;
  }
  return true;
}

}  // namespace

void find_readable_glyphs(const GlyphRun& run, const fonts::Fonts& fonts, ReadableGlyphs& readable) {
  readable.changed.clear();
  readable.unread.clear();
  readable.glyphs = run.glyphs;
  if (is_simple(run)) return;
  Reader reader(run, fonts, readable);
  if (reader.is_plain() || reader.cascades()) return;
  reader.read();
  readable.glyphs = readable.changed;
}

}  // namespace handout::pdf
