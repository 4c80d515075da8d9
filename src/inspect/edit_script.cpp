#include "inspect/edit_script.h"

#include <algorithm>

namespace handout::inspect {

namespace {

using Sequence = std::span<const std::uint32_t>;

// Items removed and added together; the trace takes 4 bytes times its square.
constexpr std::ptrdiff_t kMostSteps = 4000;

class Myers {
 public:
  Myers(Sequence a, Sequence b) : a_(a), b_(b), furthest_(static_cast<std::size_t>(2 * kMostSteps + 3), 0) {}

  // False when it would take too many steps.
  bool run() {
    for (std::ptrdiff_t d = 0; d <= kMostSteps; ++d) {
      for (std::ptrdiff_t k = -d; k <= d; k += 2) {
        if (extend(d, k)) {
          collect(d, k);
          return true;
        }
      }
      trace_.emplace_back(furthest_.begin() + kMostSteps + 1 - d, furthest_.begin() + kMostSteps + 2 + d);
    }
    return false;
  }

  [[nodiscard]] std::vector<Hunk> take() { return std::move(hunks_); }

 private:
  std::int32_t& furthest(std::ptrdiff_t k) { return furthest_[static_cast<std::size_t>(k + kMostSteps + 1)]; }

  // The furthest point on diagonal k with d steps; true at the end of both.
  bool extend(std::ptrdiff_t d, std::ptrdiff_t k) {
    const bool down = k == -d || (k != d && furthest(k - 1) < furthest(k + 1));
    std::ptrdiff_t x = d == 0 ? 0 : down ? furthest(k + 1) : furthest(k - 1) + 1;
    const auto a_size = static_cast<std::ptrdiff_t>(a_.size()), b_size = static_cast<std::ptrdiff_t>(b_.size());
    while (x < a_size && x - k >= 0 && x - k < b_size && a_[static_cast<std::size_t>(x)] == b_[static_cast<std::size_t>(x - k)]) ++x;
    furthest(k) = static_cast<std::int32_t>(x);
    return x >= a_size && x - k >= b_size;
  }

  void collect(std::ptrdiff_t d, std::ptrdiff_t k) {
    for (; d > 0; --d) {
      const std::vector<std::int32_t>& before = trace_[static_cast<std::size_t>(d - 1)];  // of diagonals -(d-1) to d-1
      const auto at = [&](std::ptrdiff_t diagonal) { return before[static_cast<std::size_t>(diagonal + d - 1)]; };
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      const std::ptrdiff_t from = down ? k + 1 : k - 1;
      const auto x = static_cast<std::size_t>(at(from)), y = static_cast<std::size_t>(at(from) - from);
      add(down ? Hunk{x, x, y, y + 1} : Hunk{x, x + 1, y, y});
      k = from;
    }
    std::ranges::reverse(hunks_);
  }

  // Steps come from the last to the first.
  void add(const Hunk& step) {
    if (!hunks_.empty() && hunks_.back().a_begin == step.a_end && hunks_.back().b_begin == step.b_end) {
      hunks_.back().a_begin = step.a_begin;
      hunks_.back().b_begin = step.b_begin;
    } else {
      hunks_.push_back(step);
    }
  }

  Sequence a_, b_;
  std::vector<std::int32_t> furthest_;
  std::vector<std::vector<std::int32_t>> trace_;
  std::vector<Hunk> hunks_;
};

}  // namespace

std::vector<Hunk> edit_script(Sequence a, Sequence b) {
  const auto first = std::ranges::mismatch(a, b);
  const auto equal = static_cast<std::size_t>(first.in1 - a.begin());
  a = a.subspan(equal);
  b = b.subspan(equal);
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a = a.first(a.size() - 1);
    b = b.first(b.size() - 1);
  }
  if (a.empty() && b.empty()) return {};
  Myers myers(a, b);
  std::vector<Hunk> hunks{{0, a.size(), 0, b.size()}};
  if (!a.empty() && !b.empty() && myers.run()) hunks = myers.take();
  for (Hunk& hunk : hunks) hunk = {hunk.a_begin + equal, hunk.a_end + equal, hunk.b_begin + equal, hunk.b_end + equal};
  return hunks;
}

}  // namespace handout::inspect
