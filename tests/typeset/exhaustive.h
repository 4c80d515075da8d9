#pragma once

#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "typeset/break_lines.h"

// The search for line breaks without any cleverness: what total fit must equal.
namespace handout::typeset {

inline constexpr double kUnreachable = std::numeric_limits<double>::infinity();

struct Solution {
  double cost = kUnreachable;
  std::size_t lines = 0;
};

// What the lines cost, each and with its neighbour; unreachable when one doesn't fit.
template <typename LineCost>
Solution cost_of(const BreakProblem& problem, const std::vector<std::size_t>& ends, const LineCost& cost_of_line) {
  Solution solution{0, 0};
  std::size_t from = 0;
  Fitness before = Fitness::Decent;
  for (const std::size_t to : ends) {
    const Length width = problem.widths.of(solution.lines);
    const std::optional<double> cost = cost_of_line(from, to, width);
    if (!cost) return {};
    const Fitness own = fitness(problem, from, to, width);
    solution.cost += *cost + (from > 0 ? pair_cost(problem, from, before, to, own) : 0);
    ++solution.lines;
    from = to;
    before = own;
  }
  return solution;
}

// Every way to break, tried one by one.
template <typename Visit>
void each_way(const BreakProblem& problem, const Visit& visit) {
  const std::size_t inner = problem.opportunities.size() - 2;
  for (std::size_t mask = 0; mask < (std::size_t{1} << inner); ++mask) {
    std::vector<std::size_t> ends;
    bool skips_forced = false;
    for (std::size_t i = 1; i <= inner; ++i) {
      const bool taken = (mask >> (i - 1)) % 2 == 1;
      if (taken) ends.push_back(i);
      else skips_forced = skips_forced || problem.opportunities[i].kind == BreakClass::Forced;
    }
    if (skips_forced) continue;
    ends.push_back(inner + 1);
    visit(ends);
  }
}

// The least cost of all ways, and that of the way found. Nothing when no way fits.
inline std::optional<std::pair<double, Solution>> least_and_found(const BreakProblem& problem) {
  const auto cost = [&](std::size_t from, std::size_t to, Length width) { return line_cost(problem, from, to, width); };
  double least = kUnreachable;
  each_way(problem, [&](const auto& ends) { least = std::min(least, cost_of(problem, ends, cost).cost); });
  if (least == kUnreachable) return std::nullopt;
  return std::pair(least, cost_of(problem, break_total_fit(problem), cost));
}

}  // namespace handout::typeset
