#include "inspect/align_pages.h"

#include <algorithm>
#include <map>

#include "inspect/edit_script.h"

namespace handout::inspect {

namespace {

using Words = std::vector<std::uint32_t>;

// Below it two pages are not the same one changed: texts of one language share their commonest words.
constexpr double kLeastShared = 0.3;
// Comparing every page with every other is for stretches that are short.
constexpr std::size_t kMostComparisons = 20000;

// Twice what both have over what each has, repeated words counted.
double shared(const Words& a, const Words& b) {
  if (a.empty() && b.empty()) return 1;
  std::size_t both = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y) {
      ++both;
      ++x;
      ++y;
    } else {
      ++(*x < *y ? x : y);
    }
  }
  return 2.0 * static_cast<double>(both) / static_cast<double>(a.size() + b.size());
}

class Aligner {
 public:
  Aligner(const std::vector<Words>& a, const std::vector<Words>& b) : a_(sorted(a)), b_(sorted(b)) {}

  // Pairs of a stretch that has no equal pages.
  void align(const Hunk& hunk, std::vector<PagePair>& pairs) const {
    const std::size_t rows = hunk.a_end - hunk.a_begin, columns = hunk.b_end - hunk.b_begin;
    if (rows * columns > kMostComparisons || (rows == 1 && columns == 1)) return pair_in_order(hunk, pairs);
    // best[i][j]: the most that the pages from i and j on share.
    std::vector<std::vector<double>> best(rows + 1, std::vector<double>(columns + 1, 0)), gain(rows, std::vector<double>(columns, 0));
    for (std::size_t i = rows; i-- > 0;) {
      for (std::size_t j = columns; j-- > 0;) {
        const double s = shared(a_[hunk.a_begin + i], b_[hunk.b_begin + j]);
        gain[i][j] = s < kLeastShared ? -1 : s;
        best[i][j] = std::max({best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + gain[i][j]});
      }
    }
    std::size_t i = 0, j = 0;
    while (i < rows && j < columns) {
      if (gain[i][j] >= 0 && best[i][j] <= best[i + 1][j + 1] + gain[i][j]) pairs.push_back({hunk.a_begin + i++, hunk.b_begin + j++});
      else if (best[i][j] <= best[i + 1][j]) pairs.push_back({hunk.a_begin + i++, std::nullopt});
      else pairs.push_back({std::nullopt, hunk.b_begin + j++});
    }
    add_rest({hunk.a_begin + i, hunk.a_end, hunk.b_begin + j, hunk.b_end}, pairs);
  }

 private:
  static std::vector<Words> sorted(std::vector<Words> pages) {
    for (Words& words : pages) std::ranges::sort(words);
    return pages;
  }

  static void pair_in_order(Hunk hunk, std::vector<PagePair>& pairs) {
    while (hunk.a_begin < hunk.a_end && hunk.b_begin < hunk.b_end) pairs.push_back({hunk.a_begin++, hunk.b_begin++});
    add_rest(hunk, pairs);
  }

  static void add_rest(Hunk hunk, std::vector<PagePair>& pairs) {
    while (hunk.a_begin < hunk.a_end) pairs.push_back({hunk.a_begin++, std::nullopt});
    while (hunk.b_begin < hunk.b_end) pairs.push_back({std::nullopt, hunk.b_begin++});
  }

  std::vector<Words> a_, b_;
};

}  // namespace

std::vector<PagePair> align_pages(const std::vector<Words>& a, const std::vector<Words>& b) {
  std::map<Words, std::uint32_t> numbers;
  const auto number = [&](const std::vector<Words>& pages) {
    Words result;
    for (const Words& page : pages) result.push_back(numbers.try_emplace(page, static_cast<std::uint32_t>(numbers.size())).first->second);
    return result;
  };
  const Words first = number(a), second = number(b);
  const Aligner aligner(a, b);
  std::vector<PagePair> pairs;
  std::size_t i = 0, j = 0;
  const auto add_equal = [&](std::size_t end) {
    while (i < end) pairs.push_back({i++, j++});
  };
  for (const Hunk& hunk : edit_script(first, second)) {
    add_equal(hunk.a_begin);
    aligner.align(hunk, pairs);
    i = hunk.a_end;
    j = hunk.b_end;
  }
  add_equal(a.size());
  return pairs;
}

}  // namespace handout::inspect
