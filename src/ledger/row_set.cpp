#include "ledger/row_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/expects.h"

namespace handout::ledger {
namespace {

constexpr std::size_t kBits = 64;

std::size_t word_of(Row row) { return (row - 1) / kBits; }
std::uint64_t bit_of(Row row) { return std::uint64_t{1} << ((row - 1) % kBits); }

}  // namespace

RowSet RowSet::up_to(Row last) {
  EXPECTS(last <= kMostRows);
  RowSet set;
  set.words_.assign(last / kBits, ~std::uint64_t{0});
  if (last % kBits != 0) set.words_.push_back((std::uint64_t{1} << (last % kBits)) - 1);
  return set;
}

bool RowSet::insert(Row row) {
  EXPECTS(row >= 1 && row <= kMostRows);
  const std::size_t word = word_of(row);
  if (word >= words_.size()) words_.resize(std::max(word + 1, words_.size() + words_.size() / 2));
  const bool fresh = (words_[word] & bit_of(row)) == 0;
  words_[word] |= bit_of(row);
  return fresh;
}

void RowSet::erase(Row row) {
  if (contains(row)) words_[word_of(row)] &= ~bit_of(row);
}

bool RowSet::contains(Row row) const { return row >= 1 && word_of(row) < words_.size() && (words_[word_of(row)] & bit_of(row)) != 0; }

void RowSet::insert(const RowSet& others) {
  if (others.words_.size() > words_.size()) words_.resize(others.words_.size());
  for (std::size_t i = 0; i < others.words_.size(); ++i) words_[i] |= others.words_[i];
}

void RowSet::erase(const RowSet& others) {
  for (std::size_t i = 0; i < std::min(words_.size(), others.words_.size()); ++i) words_[i] &= ~others.words_[i];
}

RowSet RowSet::common_with(const RowSet& others) const {
  RowSet common;
  common.words_.resize(std::min(words_.size(), others.words_.size()));
  for (std::size_t i = 0; i < common.words_.size(); ++i) common.words_[i] = words_[i] & others.words_[i];
  return common;
}

std::uint64_t RowSet::size() const {
  std::uint64_t count = 0;
  for (const std::uint64_t word : words_) count += static_cast<std::uint64_t>(std::popcount(word));
  return count;
}

std::vector<RowRange> RowSet::ranges() const {
  std::vector<RowRange> ranges;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    for (std::uint64_t rest = words_[i]; rest != 0; rest &= rest - 1) {
      const Row row = i * kBits + static_cast<Row>(std::countr_zero(rest)) + 1;
      if (!ranges.empty() && ranges.back().last + 1 == row) ranges.back().last = row;
      else ranges.push_back({row, row});
    }
  }
  return ranges;
}

std::string to_text(const RowSet& rows, std::size_t most_ranges) {
  const std::vector<RowRange> ranges = rows.ranges();
  std::string text;
  std::uint64_t told = 0;
  for (std::size_t i = 0; i < std::min(ranges.size(), most_ranges); ++i) {
    const auto& [first, last] = ranges[i];
    text += fmt::format("{}{}", i == 0 ? "" : ", ", first);
    if (last > first) text += fmt::format("{}{}", last == first + 1 ? ", " : "-", last);
    told += last - first + 1;
  }
  if (ranges.size() > most_ranges) text += fmt::format(" and {} more", rows.size() - told);
  return text;
}

}  // namespace handout::ledger
