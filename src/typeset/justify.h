#pragma once

#include <span>
#include <vector>

#include "typeset/set_lines.h"

namespace handout::typeset {

// A joint of Arabic letters that may be drawn out.
struct Kashida {
  std::size_t offset = 0;  // of the letter behind the joint
  Length most;
};

enum class Gap : std::uint8_t { None, Space, Letter, Character };

// Fills a paragraph's justified lines.
class Justifier {
 public:
  // The places between words in scripts that have no spaces (Khmer, Burmese, Thai, ...) are taken from the opportunities, which must outlive it.
  Justifier(const ShapedText& text, std::span<const Opportunity> opportunities, const Resources& resources);

  // The glue at each opportunity, for the search.
  [[nodiscard]] std::vector<GlueAt> glue() const;
  // Makes the line's content as wide as `width`, in the order and within the bounds of JustifyBounds; a line without a place to open stays as it is. A line with a forced end is only shrunk.
  void fill(SetLine& line, Length width) const;

  // A place that can be opened, and its part in what is shared out.
  struct Slot {
    Piece* piece = nullptr;
    std::size_t glyph = 0;
    Length weight;
  };

 private:
  struct Slots {
    std::vector<Slot> spaces, letters, characters, kashidas;
    Length glyphs;  // widths of the content's glyphs
  };
  // What each kind of place takes of what is missing, and what none takes. `word_room`: what word spaces and gaps between characters take within their bounds.
  struct Amounts { Length word_room, letters, glyphs, kashidas, left; };
  [[nodiscard]] Amounts amounts(const Slots& slots, Length missing) const;
  void open_words(const Slots& slots, Length length, Length room) const;
  [[nodiscard]] Gap gap_behind(const Item& item, const Glyph& glyph, std::size_t next) const;
  [[nodiscard]] bool is_opportunity(std::size_t offset) const;
  [[nodiscard]] Slots find_slots(SetLine& line) const;

  const ShapedText& text_;
  std::span<const Opportunity> opportunities_;
  const Resources& resources_;
  std::vector<Kashida> kashidas_;  // by offset, at most one in a word
};

}  // namespace handout::typeset
