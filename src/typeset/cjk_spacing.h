#pragma once

#include "typeset/shape.h"

// The room that full-width text takes from, and gives to, what stands beside it (JLREQ 3.1; CSS Text 4, text-spacing-trim and text-autospace).
namespace handout::typeset {

// Ideographs, kana and bopomofo, and the punctuation that is set with them.
bool is_ideographic(std::string_view script);

// Takes the empty half from full-width punctuation that meets other punctuation, and puts about a tenth of an em between ideographs and letters or digits. `glyphs` are those of
// text[begin, end) of the item. What stands before and behind is read from the text, so that parts of an item come out as the whole does.
void space_ideographs(std::vector<Glyph>& glyphs, const ItemizedText& itemized, const Item& item, std::size_t end, const Resources& resources);

// The empty half of a full-width glyph that stands at a line's end or start: 0 for others, and for those that gave it up already.
Length empty_half_at_end(const Glyph& glyph, const ItemizedText& itemized, const Item& item, const Resources& resources);
Length empty_half_at_start(const Glyph& glyph, const ItemizedText& itemized, const Item& item, const Resources& resources);

}  // namespace handout::typeset
