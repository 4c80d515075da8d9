#include <utility>

#include "layouts/vocabulary_rules.h"

namespace handout::layouts {
namespace {

using xml::AttributeRule;
using xml::joined;
using xml::Need;
using xml::ValueType;

// Where a mark stands.
std::vector<AttributeRule> placed(std::string_view clear, std::vector<AttributeRule> more) {
  return joined({length_rule("left", "from the paper's left edge", kMarkPlace),
                 length_rule("right", "from the paper's right edge", kMarkPlace),
                 length_rule("start", "from the edge where lines start: on the other side in languages that run from right to left, which few machines can read", kMarkPlace),
                 length_rule("end", "from the edge where lines end", kMarkPlace),
                 length_rule("top", "from the paper's upper edge", kMarkPlace),
                 length_rule("bottom", "from the paper's lower edge", kMarkPlace),
                 length_rule("clear", clear, kMarkPlace)},
                std::move(more));
}

}  // namespace

std::vector<xml::ElementRule> mark_rules() {
  return {
      {"omr-marks", "bars in a column at the sheet's edge that a folding and inserting machine reads: on the front side of every sheet of a mailing",
       placed("room beside the bars in which nothing else may stand; 3mm when left out",
              {custom_rule("marks", Need::Required,
                           "what the bars say, from top to bottom; benchmark, safety, retiming: always there; begin, end: on the first, on the last sheet of a piece; not-begin, not-end: on all others; parity: makes the number of bars even, odd-parity: odd; sequence:N: sheets "
                           "counted, the number's last N bits, highest first; piece-sequence:N: pieces counted",
                           omr_form()),
               length_rule("pitch", "from one bar to the next; 3.175mm (1/8 in) when left out", kMarkLength),
               length_rule("length", "of a bar; 10.5mm when left out", kMarkLength),
               length_rule("width", "of a bar's line; 0.5mm when left out", kMarkLength),
               length_rule("clear-ends", "room before the first bar and behind the last; 20mm when left out", kMarkPlace)})},
      {"sheet-code", "a code on the front side of every sheet of a mailing that tells it from all others: job, piece, which sheet of how many, and a check character",
       placed("room round the code beside its own quiet zone; 1mm when left out",
              {{"kind", ValueType::Token, Need::Required, "which code", {"data-matrix", "qr", "aztec", "pdf417", "code-128"}}, length_rule("module", "width of the narrowest bar or of a square; 0.4mm when left out", kMarkLength)})},
      {"sheet-text", "small print on the front side of every sheet of a mailing: which sheet it is, for people",
       placed("room round the text; 0.5mm when left out",
              {custom_rule("text", Need::Required, "the text; {job}: the job's id; {piece}: the piece's id; {number}: which piece of the job it is; {sheet}, {sheets}: which sheet of how many", sheet_text_form()),
               length_rule("size", "type size; 6pt when left out", kMarkLength)})},
  };
}

}  // namespace handout::layouts
