#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "styled/styled.h"
#include "typeset/typeset.h"

namespace handout::typeset {

// Address: at a joint of a web or mail address. Hyphen: inside a word, with a hyphen drawn. Leader: before a leader, only where it and the words that
// it joins are wider than their line. WideHyphen: a hyphen, only where a word is wider than its line. Emergency: inside such a
// word between any two grapheme clusters. Forced: a line ends here, as at the text's end.
enum class BreakClass : std::uint8_t { Allowed, Address, Hyphen, Leader, WideHyphen, Emergency, Forced };
[[nodiscard]] constexpr bool draws_hyphen(BreakClass kind) { return kind == BreakClass::Hyphen || kind == BreakClass::WideHyphen; }

// A place where a line may end and the next begin. Positions run along the text as if it stood on one line; `content` is where the content of a
// line ending here ends (without hanging space and what else stands outside the edge, with its hyphen), `start` where that of the next line begins.
struct Opportunity {
  std::size_t offset = 0;       // the next line's first byte
  std::size_t content_end = 0;  // behind the line's last byte that is not hanging space
  BreakClass kind = BreakClass::Allowed;
  Length content, start;
  std::size_t leaders = 0;      // in the text before it
};

// What a stretch of text offers to justification (Knuth and Plass's glue).
struct Glue {
  Length spaces;      // widths of its word spaces
  Length letters;     // font sizes of its gaps between letters of scripts that are not joined
  Length characters;  // font sizes of its gaps between characters of scripts without word spaces
  Length kashidas;    // what its joints can be drawn out
  Length glyphs;      // widths of its glyphs: what can be scaled
  friend Glue operator-(const Glue& a, const Glue& b) {
    return {a.spaces - b.spaces, a.letters - b.letters, a.characters - b.characters, a.kashidas - b.kashidas, a.glyphs - b.glyphs};
  }
  friend bool operator==(const Glue&, const Glue&) = default;
};

// What gaps between characters may open, of the font size, before a line counts as loose: a quarter of a word space. Text of full-width characters has no other place
// (JIS X 4051 opens it last).
inline constexpr double kCharacterStretch = 0.06;

// The glue before an opportunity's content end and before its start.
struct GlueAt { Glue content, start; };

// Measured widths of single lines, by the opportunities they begin and end at, where the sum of positions is too small.
using ExactWidths = std::map<std::pair<std::size_t, std::size_t>, Length>;

// The first opportunity is the text's begin, the last its end (Forced). All widths are above 0.
struct BreakProblem {
  std::span<const Opportunity> opportunities;
  const LineWidths& widths;
  const ExactWidths& exact;
  std::span<const GlueAt> glue{};                   // one for each opportunity when lines are justified, else none
  const styled::JustifyBounds* bounds = nullptr;    // when lines are justified
  [[nodiscard]] bool justified() const { return bounds != nullptr; }
};

// A line with a leader has nothing left: it is full at any width.
[[nodiscard]] inline bool has_leader(const BreakProblem& problem, std::size_t from, std::size_t to) { return problem.opportunities[to].leaders > problem.opportunities[from].leaders; }

// The natural width of the line between two opportunities.
Length line_width(const BreakProblem& problem, std::size_t from, std::size_t to);

// How far a justified line is stretched: -1 shrunk as far as the bounds allow, 0 natural, 1 its word spaces (and what is like them) at their most, up to 2 letter spaces, glyphs
// and kashidas at theirs, above that word spaces beyond their bounds. Nothing when it doesn't fit.
std::optional<double> stretch_ratio(const BreakProblem& problem, std::size_t from, std::size_t to, Length width);

// TeX's fitness classes (Knuth and Plass 1981, p. 1157): neighbours that differ by more than one look uneven. Ragged lines are all Decent.
enum class Fitness : std::uint8_t { Tight, Decent, Loose, VeryLoose };
Fitness fitness(const BreakProblem& problem, std::size_t from, std::size_t to, Length width);

// What a line costs for itself; nothing when it doesn't fit.
// Ragged: a line, the square of its slack relative to its width; a last line only when it is a single or a short word.
// Justified: TeX's demerits (10 + badness)^2 and penalties, badness being 100 |ratio|^3 up to 2 (The TeXbook, p. 97 and 98).
std::optional<double> line_cost(const BreakProblem& problem, std::size_t from, std::size_t to, Length width);
// What a place costs where lines are not justified, beside their lengths.
double place_cost(BreakClass kind);
// What two lines cost together: of classes that differ much, or both ending in a hyphen.
double pair_cost(const BreakProblem& problem, std::size_t first_end, Fitness first, std::size_t second_end, Fitness second);

// The opportunities at which lines end, the last one included: those of least total cost (Knuth and Plass, "Breaking paragraphs into lines", 1981, with
// lines of given widths). A line is wider than its width only where nothing narrower exists.
std::vector<std::size_t> break_total_fit(const BreakProblem& problem);

// As many lines as first fit needs, as even as they can be: for headings. Long texts (more than 64 lines) are broken by total fit.
std::vector<std::size_t> break_balanced(const BreakProblem& problem);

}  // namespace handout::typeset
