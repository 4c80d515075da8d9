#include <algorithm>
#include <cmath>

#include "typeset/break_lines.h"

namespace handout::typeset {
namespace {

// Ragged lines, in squares of relative slack: 0.04 is what a line costs that is a fifth too short. A line more than needed costs more than any rag: an
// even edge is not worth a page.
constexpr double kLine = 10;
constexpr double kShortLastLine = 0.04;  // twice for a word that is both alone and short
constexpr double kRaggedHyphen = 0.05;  // worth a line that is 22 % too short
constexpr double kRaggedAddress = 0.03;
// So great that only a lack of other lines brings them about, and so small that the rag of the lines beside them still counts in a double.
constexpr double kRaggedLeader = 1e5, kRaggedWideHyphen = 1e6, kRaggedEmergency = 1e9;

// Justified lines, in TeX's demerits (The TeXbook, p. 98; values of plain TeX, but for hyphens in a row, which cost more: three make a ladder).
constexpr double kLinePenalty = 10, kHyphenPenalty = 50, kAddressPenalty = 40;
constexpr double kConsecutiveHyphens = 60'000, kUnevenNeighbours = 10'000;
constexpr double kLooseLine = 40'000;      // beyond the bounds of word spaces: rather two hyphens in a row
constexpr double kJustifiedShortLastLine = 30'000;

// As the ragged ones, on the scale of demerits.
constexpr double kLeader = 1e11, kWideHyphen = 1e12, kEmergency = 1e15;

double ratio_of(Length part, Length whole) { return static_cast<double>(part.units()) / static_cast<double>(whole.units()); }

// 1 for a single word, 1 for content that fills less than a fifth.
int shortness(const BreakProblem& problem, std::size_t from, std::size_t to, Length width) {
  if (has_leader(problem, from, to)) return 0;
  return (to == from + 1 ? 1 : 0) + (line_width(problem, from, to) * 5 < width ? 1 : 0);
}

double ragged_cost(const BreakProblem& problem, std::size_t from, std::size_t to, Length width) {
  const BreakClass kind = problem.opportunities[to].kind;
  if (kind == BreakClass::Forced) return kLine + shortness(problem, from, to, width) * kShortLastLine;
  const double slack = has_leader(problem, from, to) ? 0 : ratio_of(width - line_width(problem, from, to), width);
  return kLine + slack * slack + place_cost(kind);
}

// Beyond 2, where nothing is left but to open the word spaces, it grows as its tangent does. It has no greatest value as TeX's has: where no line is good, one terrible line would be
// cheaper than two bad ones.
double badness(double ratio) { return ratio <= 2 ? 100 * ratio * ratio * ratio : 800 + 1200 * (ratio - 2); }

double justified_cost(const BreakProblem& problem, std::size_t from, std::size_t to, Length width, double ratio) {
  const BreakClass kind = problem.opportunities[to].kind;
  const double bad = badness(std::abs(ratio));
  const double penalty = kind == BreakClass::Hyphen ? kHyphenPenalty : kind == BreakClass::Address ? kAddressPenalty : 0;
  double cost = (kLinePenalty + bad) * (kLinePenalty + bad) + penalty * penalty;
  if (ratio > 1) cost += kLooseLine;
  if (kind == BreakClass::Leader) cost += kLeader;
  if (kind == BreakClass::WideHyphen) cost += kWideHyphen;
  if (kind == BreakClass::Emergency) cost += kEmergency;
  if (kind == BreakClass::Forced) cost += shortness(problem, from, to, width) * kJustifiedShortLastLine;
  return cost;
}

}  // namespace

double place_cost(BreakClass kind) {
  switch (kind) {
    case BreakClass::Address: return kRaggedAddress;
    case BreakClass::Hyphen: return kRaggedHyphen;
    case BreakClass::Leader: return kRaggedLeader;
    case BreakClass::WideHyphen: return kRaggedWideHyphen;
    case BreakClass::Emergency: return kRaggedEmergency;
    case BreakClass::Allowed: case BreakClass::Forced: break;
  }
  return 0;
}

Length line_width(const BreakProblem& problem, std::size_t from, std::size_t to) {
  if (!problem.exact.empty()) {
    const auto found = problem.exact.find({from, to});
    if (found != problem.exact.end()) return found->second;
  }
  return std::max(Length{}, problem.opportunities[to].content - problem.opportunities[from].start);
}

std::optional<double> stretch_ratio(const BreakProblem& problem, std::size_t from, std::size_t to, Length width) {
  const styled::JustifyBounds& bounds = *problem.bounds;
  const Length natural = line_width(problem, from, to);
  const Glue glue = problem.glue[to].content - problem.glue[from].start;
  const Length missing = width - natural;
  if (missing < Length{}) {
    const Length least = glue.spaces.scaled(1 - bounds.word_space.least) + glue.letters.scaled(-bounds.letter_space.least) + glue.glyphs.scaled(1 - bounds.glyph_scale.least);
    if (-missing > least) return std::nullopt;
    return -ratio_of(-missing, least);
  }
  if (missing == Length{} || problem.opportunities[to].kind == BreakClass::Forced || has_leader(problem, from, to)) return 0;
  const Length words = glue.spaces.scaled(bounds.word_space.most - 1) + glue.characters.scaled(kCharacterStretch);
  if (missing <= words) return ratio_of(missing, words);
  const Length others = glue.letters.scaled(bounds.letter_space.most) + glue.glyphs.scaled(bounds.glyph_scale.most - 1) + glue.kashidas;
  if (missing <= words + others) return 1 + ratio_of(missing - words, others);
  const Length beyond = missing - words - others;
  // A line without a space can't be filled at all: it counts by what is missing.
  return (others > Length{} ? 2 : 1) + (words > Length{} ? ratio_of(beyond, words) : 40 * ratio_of(beyond, width));
}

Fitness fitness(const BreakProblem& problem, std::size_t from, std::size_t to, Length width) {
  if (!problem.justified()) return Fitness::Decent;
  const double ratio = stretch_ratio(problem, from, to, width).value_or(-1);
  if (ratio < -0.5) return Fitness::Tight;
  if (ratio <= 0.5) return Fitness::Decent;
  return ratio <= 1 ? Fitness::Loose : Fitness::VeryLoose;
}

std::optional<double> line_cost(const BreakProblem& problem, std::size_t from, std::size_t to, Length width) {
  if (!problem.justified()) {
    if (line_width(problem, from, to) > width) return std::nullopt;
    return ragged_cost(problem, from, to, width);
  }
  const auto ratio = stretch_ratio(problem, from, to, width);
  if (!ratio) return std::nullopt;
  return justified_cost(problem, from, to, width, *ratio);
}

double pair_cost(const BreakProblem& problem, std::size_t first_end, Fitness first, std::size_t second_end, Fitness second) {
  if (!problem.justified()) return 0;
  const auto is_hyphen = [&](std::size_t i) { return draws_hyphen(problem.opportunities[i].kind); };
  double cost = is_hyphen(first_end) && (is_hyphen(second_end) || second_end + 1 == problem.opportunities.size()) ? kConsecutiveHyphens : 0;
  if (std::abs(static_cast<int>(first) - static_cast<int>(second)) > 1) cost += kUnevenNeighbours;
  return cost;
}

}  // namespace handout::typeset
