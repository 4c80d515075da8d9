#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "check/packet.h"
#include "display/display.h"
#include "fonts/fonts.h"
#include "postal/envelopes.h"

// Reads a station and tells what readers may stumble over; changes nothing.
namespace handout::check {

// What a layout says of its envelope.
struct Mailing {
  const postal::Envelope* envelope = nullptr;
  std::vector<Length> folds;            // from the paper's upper edge
  FoldedAs folded = FoldedAs::Z;
  std::string address, return_address;  // regions of the first page; return_address may be ""
  std::string code;                     // the region of the post's code, which shows where the address does; may be ""
  Span at;
};

// The post's tap test (USPS DMM 601.6.3): the folded sheets lie in the envelope's lower left corner and move to the right and up as far as they can. Faults: anything else than what belongs in a window that shows in it,
// wherever the sheets lie, by how much and where they lie when it shows most; an address that stands outside its window somewhere; sheets that don't fit. A warning: an address nearer to its window's edge than the post wants.
// Ink is text (glyph by glyph), pictures, lines, borders, and backgrounds other than white.
// It covers the first panel of the first page, and of all pages what other panels show beyond it (the back of the second where sheets are printed on both sides, the front of the third). What turning the
// sheet adds is counted: a sheet that is turned as far as there is room moves no point beyond these limits by more than (1 - cos) of its side. Not covered: sheets of one packet that slip against each other, and print that shines through
// paper.
// The first page has its origins (display::Page::origins). Told once for each block and window, at the block's place, without a word of it.
void tap_test(const display::DisplayDocument& document, const Mailing& mailing, const fonts::Fonts& fonts, Diagnostics& diags);

}  // namespace handout::check
