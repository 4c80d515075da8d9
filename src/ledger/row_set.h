#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace handout::ledger {

// A recipient's place in the list, from 1: the n-th record, a header not counted.
using Row = std::uint64_t;

// More are refused: a set of them has 125 MB.
inline constexpr Row kMostRows = 1'000'000'000;

struct RowRange {
  Row first = 0, last = 0;  // both in it
  friend bool operator==(const RowRange&, const RowRange&) = default;
};

// Rows 1 to kMostRows, one bit each.
class RowSet {
 public:
  RowSet() = default;
  // Rows 1 to `last`.
  [[nodiscard]] static RowSet up_to(Row last);

  // False when it was in the set already.
  bool insert(Row row);
  void erase(Row row);
  [[nodiscard]] bool contains(Row row) const;
  void insert(const RowSet& others);
  void erase(const RowSet& others);
  [[nodiscard]] RowSet common_with(const RowSet& others) const;
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  // In order; neighbours are one range.
  [[nodiscard]] std::vector<RowRange> ranges() const;

 private:
  std::vector<std::uint64_t> words_;
};

// "1-4, 7, 9-12", at most so many ranges, then "and 120 more".
[[nodiscard]] std::string to_text(const RowSet& rows, std::size_t most_ranges = 20);

}  // namespace handout::ledger
