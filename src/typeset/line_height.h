#pragma once

#include "typeset/set_lines.h"

namespace handout::typeset {

// A distance above and one below the baseline.
struct Extent {
  Length above, below;
  [[nodiscard]] Length sum() const { return above + below; }
};

// The rule of line heights.
// A line is as high as the paragraph asks (line_height), its baseline placed by half-leading round the ascent and descent of the main face: the
// requested family's own face in the style of the first run that is neither raised nor lowered. So paragraphs of one style stand on one grid,
// whatever their scripts and whatever bold, italic or raised words they hold.
// A line grows only where ink could meet the next line's. The scripts whose letters keep within about the em (Latin, Greek, Cyrillic, CJK, ...) are
// trusted at sizes up to the main one. Others (Arabic, the Indic scripts, Thai, ...) and larger type need nine tenths of their face's ascent plus
// descent (faces leave some air at both ends), never more than their tallest glyphs take; if that is more than line_height, the line grows by the difference,
// above the baseline first, as far as their ascent needs it there. The face that most of the text is in is counted in every line, so that a line of
// another script (a drug's name, numbers) does not break the rhythm.
class LineHeight {
 public:
  LineHeight(const ItemizedText& text, const Resources& resources);

  // Around the baseline of this line.
  [[nodiscard]] Extent of(const SetLine& line) const;
  // A line whose ink reaches so far above its baseline: higher where it needs to be, on a grid by whole steps.
  [[nodiscard]] Extent raised(Extent line, Length above) const;
  // The ascent and descent of a piece's face at its size, baseline shift included: what a link's area covers.
  [[nodiscard]] Extent face_extent(const Item& item) const;
  // How far letters reach round their own baseline: where marks of emphasis may stand.
  [[nodiscard]] Extent letter_extent(const Item& item) const;

 private:
  [[nodiscard]] Length in_steps(Length growth) const;
  [[nodiscard]] Extent needed_by(const Item& item) const;
  [[nodiscard]] const Item* prevailing_item() const;

  const ItemizedText& text_;
  const fonts::Fonts& fonts_;
  Length size_;   // of the main style
  Extent strut_;  // of a line that does not grow
  Extent least_;  // needed in every line
};

}  // namespace handout::typeset
