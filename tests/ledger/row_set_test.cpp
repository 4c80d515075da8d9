#include "ledger/row_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace handout::ledger {
namespace {

using testing::ElementsAre;

TEST(RowSets, RangesAndText) {
  RowSet rows;
  for (const Row row : {1u, 2u, 3u, 7u, 64u, 65u, 128u}) EXPECT_TRUE(rows.insert(row));
  EXPECT_FALSE(rows.insert(7));
  EXPECT_EQ(rows.size(), 7u);
  EXPECT_THAT(rows.ranges(), ElementsAre(RowRange{1, 3}, RowRange{7, 7}, RowRange{64, 65}, RowRange{128, 128}));
  EXPECT_EQ(to_text(rows), "1-3, 7, 64, 65, 128");
  EXPECT_EQ(to_text(rows, 2), "1-3, 7 and 3 more");
  EXPECT_EQ(to_text(RowSet()), "");
  EXPECT_FALSE(rows.contains(0));
  EXPECT_FALSE(rows.contains(kMostRows));
}

TEST(RowSets, UpTo) {
  for (const Row last : {0u, 1u, 63u, 64u, 65u, 1000u}) {
    const RowSet rows = RowSet::up_to(last);
    EXPECT_EQ(rows.size(), last);
    EXPECT_FALSE(rows.contains(last + 1));
  }
}

// Against std::set.
TEST(RowSets, RandomOperations) {
  std::mt19937_64 random(6);
  RowSet a, b;
  std::set<Row> x, y;
  for (int i = 0; i < 20'000; ++i) {
    const Row row = random() % 3000 + 1;
    switch (random() % 3) {
      case 0: EXPECT_EQ(a.insert(row), x.insert(row).second); break;
      case 1: EXPECT_EQ(b.insert(row), y.insert(row).second); break;
      default: a.erase(row), x.erase(row);
    }
    EXPECT_EQ(a.contains(row), x.contains(row));
  }
  std::size_t common = 0;
  for (const Row row : x) common += y.count(row);
  EXPECT_EQ(a.common_with(b).size(), common);
  RowSet only_a = a, both = a;
  only_a.erase(b);
  both.insert(b);
  EXPECT_EQ(only_a.size(), x.size() - common);
  EXPECT_EQ(both.size(), x.size() + y.size() - common);
}

}  // namespace
}  // namespace handout::ledger
