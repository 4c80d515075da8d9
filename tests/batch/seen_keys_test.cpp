// Keys that recur are found wherever the first one waits.
#include "batch/seen_keys.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>

namespace handout::batch {

namespace {

// Splitmix64, so that keys are as hashes are.
std::uint64_t mixed(std::uint64_t value) {
  value = (value + 0x9E3779B97F4A7C15U) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

TEST(SeenKeys, WaitInTheFolderForTemporaryFiles) {
  const char* const before = std::getenv("TMPDIR");
  const std::string folder = before != nullptr ? before : "";
  ::setenv("TMPDIR", "/nowhere/at/all", 1);
  Diagnostics diags;
  SeenKeys seen(2);
  EXPECT_TRUE(seen.add({1, 1}, diags));
  EXPECT_FALSE(seen.add({2, 2}, diags));
  before != nullptr ? ::setenv("TMPDIR", folder.c_str(), 1) : ::unsetenv("TMPDIR");
  EXPECT_NE(to_text(diags).find("No such file or directory\n  hint: see that there is room in the folder for temporary files (TMPDIR)"), std::string::npos) << to_text(diags);
}

TEST(SeenKeys, AnswersAsASetDoes) {
  Diagnostics diags;
  SeenKeys seen(64);
  std::set<KeyHash> expected;
  std::size_t recurring = 0;
  for (std::uint64_t i = 0; i < 20000; ++i) {
    // Each third recurs: from long ago, or one that was there just now.
    const std::uint64_t key = i % 3 != 2 ? i : i % 2 == 0 ? mixed(i) % i : i - 1;
    const KeyHash hash{mixed(key), mixed(key + (std::uint64_t{1} << 40U))};
    const bool is_new = expected.insert(hash).second;
    recurring += is_new ? 0 : 1;
    const auto added = seen.add(hash, diags);
    ASSERT_TRUE(added);
    ASSERT_EQ(*added, is_new) << i;
  }
  EXPECT_GT(recurring, 5000U);
}

// Hashes whose halves begin alike stand in neighbouring slots, and differ in the second half only.
TEST(SeenKeys, TellsNeighboursApart) {
  Diagnostics diags;
  SeenKeys seen(16);
  for (const bool is_new : {true, false}) {
    for (std::uint64_t i = 1; i <= 200; ++i) {
      const auto added = seen.add({7, i}, diags);
      ASSERT_TRUE(added);
      EXPECT_EQ(*added, is_new) << i;
    }
  }
}

}  // namespace

}  // namespace handout::batch
