#pragma once

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/diagnostics.h"
#include "display/display.h"
#include "fonts/fonts.h"
#include "fonts/shaped_words.h"
#include "styled/styled.h"
#include "unicode/text.h"

// styled::Paragraph + LineWidths -> lines: collect, itemize, shape, opportunities, break_lines, set_line, justify, place_line.
namespace handout::typeset {

// Where a line stands: its left edge, physical, from the fragment's left, and its width. A length alone is a line from the fragment's left on.
struct LineRoom {
  Length left, width;
  constexpr LineRoom() = default;
  constexpr LineRoom(Length width_of) : width(width_of) {}
  constexpr LineRoom(Length left_of, Length width_of) : left(left_of), width(width_of) {}
  [[nodiscard]] constexpr Length right() const { return left + width; }
  friend bool operator==(const LineRoom&, const LineRoom&) = default;
};

// The room of each line: the first ones by name (beside a picture or an initial), all others `rest`.
struct LineWidths {
  std::vector<LineRoom> first;
  LineRoom rest;
  [[nodiscard]] const LineRoom& room(std::size_t line) const { return line < first.size() ? first[line] : rest; }
  [[nodiscard]] Length of(std::size_t line) const { return room(line).width; }
  [[nodiscard]] Length narrowest() const {
    return std::accumulate(first.begin(), first.end(), rest.width, [](Length least, const LineRoom& room) { return std::min(least, room.width); });
  }
  friend bool operator==(const LineWidths&, const LineWidths&) = default;
};

// What page fields say on this page, for paragraphs that hold some.
struct PageFieldValues {
  std::int64_t page = 1, pages = 1;
  std::string section_title;
  const std::map<std::string, std::int64_t>* pages_of = nullptr;  // where destinations are; null: not known yet
  std::size_t least_digits = 0;  // numbers are filled up to so many with figure spaces before them
};

struct Resources {
  const fonts::Fonts& fonts;
  unicode::Breaker& breaker;  // ICU break iterators, kept by locale (unicode/text.h)
  const unicode::Hyphenation& hyphenation;
  fonts::ShapedWords* words = nullptr;  // null: all text is shaped anew
};

// Results kept by what is set (a paragraph's content, whatever object holds it) and the widths; those that had something to tell only for their own paragraph, so that each place is
// told. A hit never changes a result. Paragraphs are immutable and kept alive by the memo.
struct ContentWidths { Length minimum, maximum; };
struct ShapedText;

class Memo {
 public:
  // How many results are kept; with more everything is forgotten at once.
  struct Bounds { std::size_t most = std::numeric_limits<std::size_t>::max(); };
  Memo() = default;
  explicit Memo(Bounds bounds) : bounds_(bounds) {}

  [[nodiscard]] std::shared_ptr<const display::Fragment> find(const styled::Paragraph& paragraph, const LineWidths& widths) const;
  // What find() doesn't know.
  enum class For : std::uint8_t { EqualParagraphs, ThisParagraph };
  void keep(std::shared_ptr<const styled::Paragraph> paragraph, const LineWidths& widths, std::shared_ptr<const display::Fragment> fragment, For whom);
  // How wide a paragraph wants to be.
  [[nodiscard]] std::optional<ContentWidths> find_widths(const styled::Paragraph& paragraph) const;
  void keep_widths(std::shared_ptr<const styled::Paragraph> paragraph, const ContentWidths& widths);
  // What was shaped to be measured, for when this very paragraph is set: a few, the oldest goes first. Null when it is not there; what is taken is gone.
  void keep_shaped(std::shared_ptr<const styled::Paragraph> paragraph, std::shared_ptr<ShapedText> text);
  [[nodiscard]] std::shared_ptr<ShapedText> take_shaped(const styled::Paragraph& paragraph);
  // True once for each text: what is to be told a single time, wherever it recurs.
  bool is_new(std::string what) { return told_.insert(std::move(what)).second; }
  // For a document that is made again in another way: what is told of it is told anew.
  void forget_told();

 private:
  struct Entry { std::shared_ptr<const styled::Paragraph> paragraph; LineWidths widths; std::shared_ptr<const display::Fragment> fragment; For whom; };
  struct Measured { std::shared_ptr<const styled::Paragraph> paragraph; ContentWidths widths; };
  struct Shaped { std::shared_ptr<const styled::Paragraph> paragraph; std::shared_ptr<ShapedText> text; };
  static constexpr std::size_t kMostShaped = 8;  // a row's cells are measured before the first is set
  void make_room();

  std::unordered_map<std::size_t, std::vector<Entry>> entries_;  // by a hash of text and widths
  std::unordered_map<std::size_t, std::vector<Measured>> measured_;
  std::vector<Shaped> shaped_;
  std::size_t count_ = 0;
  Bounds bounds_;
  std::set<std::string> told_;
  std::vector<std::size_t> told_of_;  // hashes of paragraphs that something was told of
};

// Sets the paragraph. Fragment::lines holds one entry per line, stacked from 0; each line's commands stand in its own room. Fragment::size.width is the widest line's content. A paragraph without text has one empty line.
// Faults: a character that no font has (named, with its place and the fonts tried; of a field's value only the field). A word wider than the line is hyphenated; where that does not help it is broken at grapheme clusters, with a warning.
// `fields` must be given exactly when the paragraph has page fields (such results are not kept in the memo).
std::shared_ptr<const display::Fragment> typeset(const std::shared_ptr<const styled::Paragraph>& paragraph, const LineWidths& widths, const Span& at,
                                                 const PageFieldValues* fields, const Resources& resources, Memo& memo, Diagnostics& diags);

// The narrowest width without a broken word, and the width on one line (forced breaks apart): for columns sized by content.
ContentWidths content_widths(const styled::Paragraph& paragraph, const Resources& resources);
ContentWidths content_widths(const std::shared_ptr<const styled::Paragraph>& paragraph, const Resources& resources, Memo& memo);

// A line's text as it is read aloud: that of its glyph runs but decoration, in logical order. Soft hyphens stand where hyphens are drawn; a leader is a space; blanks have no text.
std::string line_text(const display::Fragment& fragment, std::size_t line);

// Where a byte of line_text() stands: the x, from the fragment's left, of the edge before its character in the character's own direction (left to right its left edge, right to left its
// right one); for the text's length the edge behind the last character. Inside a ligature it is the ligature's edge. Nothing for a greater offset and for a line without text.
// Digits and their decimal mark run left to right in all directions: cells shifted by the position of their marks stand one under another.
std::optional<Length> position_of(const display::Fragment& fragment, std::size_t line, std::size_t offset, const fonts::Fonts& fonts);

// The lines station's text form: one line of text per line, with its width, baseline, runs and faces.
std::string dump(const display::Fragment& fragment, const fonts::Fonts& fonts);

}  // namespace handout::typeset
