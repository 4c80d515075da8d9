#pragma once

#include "typeset/shape.h"

namespace handout::typeset {

// What stands outside a line's edge (CSS Text 4, hanging-punctuation; Hàn Thế Thành, "Micro-typographic extensions to the TeX typesetting system", 2000, on margin kerning).
// `half`: the empty half that a full-width glyph gives up; `hang`: what is drawn beyond the edge.
struct Outside {
  Length half, hang;
  [[nodiscard]] Length sum() const { return half + hang; }
};

// Of the last and the first glyph of a line's content. Nothing for text nested in the other direction: its end is not at the edge.
Outside outside_at_end(const Glyph& last, const ItemizedText& itemized, const Item& item, const Resources& resources);
Outside outside_at_start(const Glyph& first, const ItemizedText& itemized, const Item& item, const Resources& resources);

}  // namespace handout::typeset
