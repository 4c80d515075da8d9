#include "typeset/break_lines.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>

#include "base/expects.h"

namespace handout::typeset {
namespace {

constexpr double kOverfull = 1e18;
constexpr std::size_t kMostBalancedLines = 64;

using LineCost = std::function<std::optional<double>(std::size_t from, std::size_t to, std::size_t line)>;

// Dynamic programming over (opportunity, number of lines before it, fitness of the last line). Line numbers from `line_states` on are one state: their lines are alike.
class Fit {
 public:
  Fit(const BreakProblem& problem, std::size_t line_states, LineCost cost)
      : problem_(problem), line_states_(line_states), cost_(std::move(cost)), narrowest_end_(problem.opportunities.size()), narrowest_start_(problem.opportunities.size()) {
    Length least = Length::from_units(std::numeric_limits<std::int64_t>::max());
    for (std::size_t i = problem.opportunities.size(); i-- > 0;) {
      const Opportunity& at = problem.opportunities[i];
      narrowest_end_[i] = least = std::min(least, at.content - (problem.justified() ? give(problem.glue[i].content) : Length{}));
      narrowest_start_[i] = at.start - (problem.justified() ? give(problem.glue[i].start) : Length{});
    }
  }

  // The ends of the lines; with `lines`, of exactly so many, or nothing when no such fit exists.
  std::optional<std::vector<std::size_t>> run(std::optional<std::size_t> lines) {
    nodes_ = {Node{0, 0, 0, 0, Fitness::Decent}};
    active_ = {0};
    for (std::size_t to = 1; to < problem_.opportunities.size();) to = step(to);
    std::optional<std::size_t> best;
    for (const std::size_t node : active_) {
      if ((!lines || nodes_[node].line == *lines) && (!best || nodes_[node].cost < nodes_[*best].cost)) best = node;
    }
    if (!best) return std::nullopt;
    std::vector<std::size_t> ends;
    for (std::size_t node = *best; node != 0; node = nodes_[node].before) ends.push_back(nodes_[node].at);
    std::reverse(ends.begin(), ends.end());
    return ends;
  }

 private:
  struct Node {
    std::size_t at = 0;      // opportunity
    std::size_t line = 0;    // lines before it, at most line_states_
    double cost = 0;         // of all lines before it
    std::size_t before = 0;  // node
    Fitness fitness = Fitness::Decent;  // of the line that ends here
  };

  // What the text before a position can be shrunk by. Differences of it bound what a line can.
  [[nodiscard]] Length give(const Glue& glue) const {
    const styled::JustifyBounds& bounds = *problem_.bounds;
    return glue.spaces.scaled(1 - bounds.word_space.least) + glue.letters.scaled(-bounds.letter_space.least) + glue.glyphs.scaled(1 - bounds.glyph_scale.least);
  }

  [[nodiscard]] Length available(const Node& from) const { return problem_.widths.of(from.line); }

  // No opportunity from `to` on can end a line that begins at `from`. A unit is left for each rounding.
  [[nodiscard]] bool is_spent(const Node& from, std::size_t to) const {
    return narrowest_end_[to] - narrowest_start_[from.at] > available(from) + Length::from_units(problem_.justified() ? 8 : 0);
  }

  void offer(std::vector<Node>& best, const Node& node) const {
    const auto same = std::find_if(best.begin(), best.end(), [&](const Node& b) { return b.line == node.line && b.fitness == node.fitness; });
    if (same == best.end()) best.push_back(node);
    else if (node.cost < same->cost) *same = node;
  }

  // Extends the lines to the opportunity `to`; the next opportunity to look at.
  std::size_t step(std::size_t to) {
    std::vector<Node>& best = best_;
    best.clear();
    for (const std::size_t index : active_) {
      const Node& from = nodes_[index];
      const auto cost = cost_(from.at, to, from.line);
      if (!cost) continue;
      const Fitness fit = fitness(problem_, from.at, to, available(from));
      const double together = from.at > 0 ? pair_cost(problem_, from.at, from.fitness, to, fit) : 0;
      offer(best, {to, std::min(from.line + 1, line_states_), from.cost + *cost + together, index, fit});
    }
    const std::size_t last = active_.back();
    const bool forced = problem_.opportunities[to].kind == BreakClass::Forced;
    std::erase_if(active_, [&](std::size_t index) { return forced || is_spent(nodes_[index], to); });
    if (best.empty() && active_.empty()) return overfull(last);
    for (const Node& node : best) {
      active_.push_back(nodes_.size());
      nodes_.push_back(node);
    }
    return to + 1;
  }

  // Nothing fits behind the last break reached: its line takes the least there is, and the search goes on from there.
  std::size_t overfull(std::size_t last) {
    const Node from = nodes_[last];
    const std::size_t to = from.at + 1;
    active_ = {nodes_.size()};
    nodes_.push_back({to, std::min(from.line + 1, line_states_), from.cost + kOverfull, last, Fitness::Decent});
    return to + 1;
  }

  const BreakProblem& problem_;
  std::size_t line_states_;
  LineCost cost_;
  std::vector<Length> narrowest_end_;    // of the opportunities from here on, the leftmost content end
  std::vector<Length> narrowest_start_;
  std::vector<Node> nodes_;
  std::vector<std::size_t> active_;      // nodes from which a line may still go on, in the order of their opportunities
  std::vector<Node> best_;
};

bool is_in_wide_word(BreakClass kind) { return kind == BreakClass::Leader || kind == BreakClass::WideHyphen || kind == BreakClass::Emergency; }

// First fit: every line takes what it can, words broken only where they must be.
std::size_t count_lines_of_first_fit(const BreakProblem& problem) {
  const auto& opportunities = problem.opportunities;
  std::size_t lines = 0;
  for (std::size_t from = 0; from + 1 < opportunities.size(); ++lines) {
    std::size_t whole = from, broken = from;
    for (std::size_t to = from + 1; to < opportunities.size(); ++to) {
      if (line_width(problem, from, to) <= problem.widths.of(lines)) (is_in_wide_word(opportunities[to].kind) ? broken : whole) = to;
      else if (!draws_hyphen(opportunities[to].kind)) break;
      if (opportunities[to].kind == BreakClass::Forced) break;
    }
    from = whole > from ? whole : std::max(broken, from + 1);
  }
  return lines;
}

double square(Length part, Length whole) {
  const double ratio = static_cast<double>(part.units()) / static_cast<double>(whole.units());
  return ratio * ratio;
}

}  // namespace

std::vector<std::size_t> break_total_fit(const BreakProblem& problem) {
  EXPECTS(!problem.opportunities.empty() && problem.justified() == !problem.glue.empty());
  Fit fit(problem, problem.widths.first.size(),
          [&](std::size_t from, std::size_t to, std::size_t line) { return line_cost(problem, from, to, problem.widths.of(line)); });
  auto ends = fit.run(std::nullopt);
  EXPECTS(ends.has_value());
  return *std::move(ends);
}

std::vector<std::size_t> break_balanced(const BreakProblem& problem) {
  const BreakProblem ragged{problem.opportunities, problem.widths, problem.exact};
  const std::size_t lines = count_lines_of_first_fit(ragged);
  if (lines < 2 || lines > kMostBalancedLines) return break_total_fit(ragged);
  // The lengths of a given number of lines have nearly the same sum however they are broken, so their variance is least where the sum of their
  // squares is.
  Fit fit(ragged, lines + 1, [&](std::size_t from, std::size_t to, std::size_t line) -> std::optional<double> {
    const Length length = line_width(ragged, from, to);
    if (length > ragged.widths.of(line)) return std::nullopt;
    return square(length, ragged.widths.rest.width) + place_cost(ragged.opportunities[to].kind);
  });
  auto ends = fit.run(lines);
  return ends ? *std::move(ends) : break_total_fit(ragged);
}

}  // namespace handout::typeset
