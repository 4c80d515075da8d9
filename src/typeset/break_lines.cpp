#include "typeset/break_lines.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>

#include "base/expects.h"

namespace handout::typeset {
namespace {

// In squares of relative slack: 0.04 is what a line costs that is a fifth too short. A line more than needed costs more than any rag: an even edge is
// not worth a page.
constexpr double kLine = 10;
constexpr double kHyphen = 0.02;
constexpr double kShortLastLine = 0.04;
// So great that only a lack of other lines brings them about.
constexpr double kEmergency = 1'000'000;
constexpr double kOverfull = 1'000'000'000;

constexpr std::size_t kMostBalancedLines = 64;

using LineCost = std::function<double(std::size_t from, std::size_t to, std::size_t line)>;

// Dynamic programming over (opportunity, number of lines before it). Line numbers from `line_states` on are one state: their lines are alike.
class Fit {
 public:
  Fit(const BreakProblem& problem, std::size_t line_states, LineCost cost)
      : problem_(problem), line_states_(line_states), cost_(std::move(cost)), narrowest_end_(problem.opportunities.size()) {
    Length least = Length::from_units(std::numeric_limits<std::int64_t>::max());
    for (std::size_t i = problem.opportunities.size(); i-- > 0;) narrowest_end_[i] = least = std::min(least, problem.opportunities[i].content);
  }

  // The ends of the lines; with `lines`, of exactly so many, or nothing when no such fit exists.
  std::optional<std::vector<std::size_t>> run(std::optional<std::size_t> lines) {
    nodes_ = {Node{0, 0, 0, 0}};
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
  };

  [[nodiscard]] Length available(const Node& from) const { return problem_.widths.of(from.line); }

  // No opportunity from `to` on can end a line that begins at `from`.
  [[nodiscard]] bool is_spent(const Node& from, std::size_t to) const {
    return narrowest_end_[to] - problem_.opportunities[from.at].start > available(from);
  }

  void offer(std::vector<Node>& best, const Node& node) const {
    const auto same = std::find_if(best.begin(), best.end(), [&](const Node& b) { return b.line == node.line; });
    if (same == best.end()) best.push_back(node);
    else if (node.cost < same->cost) *same = node;
  }

  // Extends the lines to the opportunity `to`; the next opportunity to look at.
  std::size_t step(std::size_t to) {
    std::vector<Node>& best = best_;
    best.clear();
    for (const std::size_t index : active_) {
      const Node& from = nodes_[index];
      if (line_width(problem_, from.at, to) > available(from)) continue;
      offer(best, {to, std::min(from.line + 1, line_states_), from.cost + cost_(from.at, to, from.line), index});
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
    nodes_.push_back({to, std::min(from.line + 1, line_states_), from.cost + kOverfull, last});
    return to + 1;
  }

  const BreakProblem& problem_;
  std::size_t line_states_;
  LineCost cost_;
  std::vector<Length> narrowest_end_;  // of the opportunities from here on, the leftmost content end
  std::vector<Node> nodes_;
  std::vector<std::size_t> active_;    // nodes from which a line may still go on, in the order of their opportunities
  std::vector<Node> best_;
};

double break_cost(BreakClass kind) {
  switch (kind) {
    case BreakClass::Hyphen: return kHyphen;
    case BreakClass::Emergency: return kEmergency;
    case BreakClass::Allowed:
    case BreakClass::Forced: break;
  }
  return 0;
}

double ratio(Length part, Length whole) { return static_cast<double>(part.units()) / static_cast<double>(whole.units()); }

// First fit: every line takes what it can, words broken only where they must be.
std::size_t count_lines_of_first_fit(const BreakProblem& problem) {
  const auto& opportunities = problem.opportunities;
  std::size_t lines = 0;
  for (std::size_t from = 0; from + 1 < opportunities.size(); ++lines) {
    std::size_t whole = from, broken = from;
    for (std::size_t to = from + 1; to < opportunities.size(); ++to) {
      if (line_width(problem, from, to) <= problem.widths.of(lines)) (opportunities[to].kind == BreakClass::Emergency ? broken : whole) = to;
      else if (opportunities[to].kind != BreakClass::Hyphen) break;
      if (opportunities[to].kind == BreakClass::Forced) break;
    }
    from = whole > from ? whole : std::max(broken, from + 1);
  }
  return lines;
}

}  // namespace

Length line_width(const BreakProblem& problem, std::size_t from, std::size_t to) {
  if (!problem.exact.empty()) {
    const auto found = problem.exact.find({from, to});
    if (found != problem.exact.end()) return found->second;
  }
  return std::max(Length{}, problem.opportunities[to].content - problem.opportunities[from].start);
}

double total_fit_cost(const BreakProblem& problem, std::size_t from, std::size_t to, Length width) {
  const Length content = line_width(problem, from, to);
  const BreakClass kind = problem.opportunities[to].kind;
  if (kind == BreakClass::Forced) return kLine + (to == from + 1 || content * 5 < width ? kShortLastLine : 0);
  const double slack = ratio(width - content, width);
  return kLine + slack * slack + break_cost(kind);
}

std::vector<std::size_t> break_total_fit(const BreakProblem& problem) {
  EXPECTS(!problem.opportunities.empty());
  Fit fit(problem, problem.widths.first.size(),
          [&](std::size_t from, std::size_t to, std::size_t line) { return total_fit_cost(problem, from, to, problem.widths.of(line)); });
  auto ends = fit.run(std::nullopt);
  EXPECTS(ends.has_value());
  return *std::move(ends);
}

std::vector<std::size_t> break_balanced(const BreakProblem& problem) {
  const std::size_t lines = count_lines_of_first_fit(problem);
  if (lines < 2 || lines > kMostBalancedLines) return break_total_fit(problem);
  // The lengths of a given number of lines have nearly the same sum however they are broken, so their variance is least where the sum of their
  // squares is.
  Fit fit(problem, lines + 1, [&](std::size_t from, std::size_t to, std::size_t) {
    const double length = ratio(line_width(problem, from, to), problem.widths.rest);
    return length * length + break_cost(problem.opportunities[to].kind);
  });
  auto ends = fit.run(lines);
  return ends ? *std::move(ends) : break_total_fit(problem);
}

}  // namespace handout::typeset
