#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "styled/styled.h"
#include "typeset/typeset.h"

namespace handout::typeset {

// Hyphen: at a soft hyphen. Emergency: inside a word that is wider than its line. Forced: a line ends here, as at the text's end.
enum class BreakClass : std::uint8_t { Allowed, Hyphen, Emergency, Forced };

// A place where a line may end and the next begin. Positions run along the text as if it stood on one line; `content` is where the content of a
// line ending here ends (without hanging space, with its hyphen), `start` where that of the next line begins.
struct Opportunity {
  std::size_t offset = 0;       // the next line's first byte
  std::size_t content_end = 0;  // behind the line's last byte that is not hanging space
  BreakClass kind = BreakClass::Allowed;
  Length content, start;
};

// Measured widths of single lines, by the opportunities they begin and end at, where the sum of positions is too small.
using ExactWidths = std::map<std::pair<std::size_t, std::size_t>, Length>;

// The first opportunity is the text's begin, the last its end (Forced). All widths are above 0.
struct BreakProblem {
  std::span<const Opportunity> opportunities;
  const LineWidths& widths;
  const ExactWidths& exact;
};

// The width of the line between two opportunities.
Length line_width(const BreakProblem& problem, std::size_t from, std::size_t to);

// What a ragged line costs: the square of its slack relative to its width; a last line only when it is a single or a short word.
double total_fit_cost(const BreakProblem& problem, std::size_t from, std::size_t to, Length width);

// The opportunities at which lines end, the last one included: those of least total cost (Knuth and Plass, "Breaking paragraphs into lines", 1981, with
// lines of given widths). A line is wider than its width only where nothing narrower exists.
std::vector<std::size_t> break_total_fit(const BreakProblem& problem);

// As many lines as first fit needs, as even as they can be: for headings. Long texts (more than 64 lines) are broken by total fit.
std::vector<std::size_t> break_balanced(const BreakProblem& problem);

}  // namespace handout::typeset
