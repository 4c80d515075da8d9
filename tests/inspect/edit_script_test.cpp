#include "inspect/edit_script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "inspect/align_pages.h"
#include "inspect/words.h"

namespace handout::inspect {
namespace {

using Sequence = std::vector<std::uint32_t>;
using testing::ElementsAre;
using testing::IsEmpty;

Sequence letters(std::string_view text) { return {text.begin(), text.end()}; }

std::size_t steps(const std::vector<Hunk>& hunks) {
  std::size_t count = 0;
  for (const Hunk& hunk : hunks) count += hunk.a_end - hunk.a_begin + hunk.b_end - hunk.b_begin;
  return count;
}

// What a longest common subsequence leaves over.
std::size_t fewest_steps(const Sequence& a, const Sequence& b) {
  std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) common[i][j] = a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
  }
  return a.size() + b.size() - 2 * common[0][0];
}

TEST(EditScript, EqualSequencesHaveNone) {
  EXPECT_THAT(edit_script(letters(""), letters("")), IsEmpty());
  EXPECT_THAT(edit_script(letters("abc"), letters("abc")), IsEmpty());
}

TEST(EditScript, HunksStandWhereTheDifferenceIs) {
  EXPECT_THAT(edit_script(letters("abcdef"), letters("abXef")), ElementsAre(Hunk{2, 4, 2, 3}));
  EXPECT_THAT(edit_script(letters("ab"), letters("aXbY")), ElementsAre(Hunk{1, 1, 1, 2}, Hunk{2, 2, 3, 4}));
  EXPECT_THAT(edit_script(letters("abc"), letters("")), ElementsAre(Hunk{0, 3, 0, 0}));
}

// Every random pair: the hunks turn one into the other, with the fewest steps.
TEST(EditScript, IsTheShortest) {
  std::uint32_t state = 7;
  const auto next = [&](std::uint32_t most) { return (state = state * 1664525u + 1013904223u) >> 16, (state >> 16) % most; };
  for (int round = 0; round < 2000; ++round) {
    Sequence a(next(12)), b(next(12));
    for (auto* sequence : {&a, &b}) std::ranges::generate(*sequence, [&] { return next(4); });
    const std::vector<Hunk> hunks = edit_script(a, b);
    Sequence made;
    std::size_t at = 0;
    for (const Hunk& hunk : hunks) {
      made.insert(made.end(), a.begin() + static_cast<std::ptrdiff_t>(at), a.begin() + static_cast<std::ptrdiff_t>(hunk.a_begin));
      made.insert(made.end(), b.begin() + static_cast<std::ptrdiff_t>(hunk.b_begin), b.begin() + static_cast<std::ptrdiff_t>(hunk.b_end));
      at = hunk.a_end;
    }
    made.insert(made.end(), a.begin() + static_cast<std::ptrdiff_t>(at), a.end());
    ASSERT_EQ(made, b);
    ASSERT_EQ(steps(hunks), fewest_steps(a, b));
  }
}

// Nothing in common and far too long for a script of single steps: one hunk between what is equal at both ends.
TEST(EditScript, GivesUpOnWhatHasNothingInCommon) {
  Sequence a(20000), b(20000);
  std::iota(a.begin(), a.end(), 0u);
  std::iota(b.begin(), b.end(), 50000u);
  a.front() = b.front() = 1;
  a.back() = b.back() = 2;
  EXPECT_THAT(edit_script(a, b), ElementsAre(Hunk{1, 19999, 1, 19999}));
}

// ---- pages ----

std::vector<PagePair> aligned(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  WordTable table;
  const auto words = [&](const std::vector<std::string>& pages) {
    std::vector<Sequence> result;
    for (const std::string& page : pages) result.push_back(words_of(page, table));
    return result;
  };
  const auto first = words(a), second = words(b);
  return align_pages(first, second);
}

constexpr std::nullopt_t kNone = std::nullopt;

TEST(AlignPages, InsertedPageLeavesTheOthersTogether) {
  EXPECT_THAT(aligned({"a b c", "d e f", "g h i"}, {"a b c", "x y z", "d e f", "g h i"}), ElementsAre(PagePair{0, 0}, PagePair{kNone, 1}, PagePair{1, 2}, PagePair{2, 3}));
  EXPECT_THAT(aligned({"a b c", "d e f"}, {"d e f"}), ElementsAre(PagePair{0, kNone}, PagePair{1, 0}));
}

TEST(AlignPages, ChangedPagesGoToTheMostAlike) {
  EXPECT_THAT(aligned({"a b c d", "e f g h"}, {"new words alone", "a b c X", "e f g Y"}), ElementsAre(PagePair{kNone, 0}, PagePair{0, 1}, PagePair{1, 2}));
}

TEST(AlignPages, OnePageIsTheOtherWhateverItSays) { EXPECT_THAT(aligned({"a"}, {"b"}), ElementsAre(PagePair{0, 0})); }

// ---- words ----

std::vector<std::string> cut(std::string_view text) {
  WordTable table;
  std::vector<std::string> result;
  for (const std::uint32_t word : words_of(text, table)) result.push_back(table.word(word));
  return result;
}

TEST(Words, CutAtWhiteSpaceAndInScriptsWithoutItAtEachCharacter) {
  EXPECT_THAT(cut(" take  5\xC2\xA0mg\n"), ElementsAre("take", "5", "mg"));
  EXPECT_THAT(cut("ab膝关 c"), ElementsAre("ab", "膝", "关", "c"));
  EXPECT_THAT(cut("\xFF\xE0"), ElementsAre("\xFF\xE0"));
}

TEST(Words, JoinedAsTheyWereWritten) {
  WordTable table;
  EXPECT_EQ(joined(words_of("take 膝关 daily", table), table), "take 膝关 daily");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "w" + std::to_string(i) + ' ';
  EXPECT_THAT(joined(words_of(many, table), table), testing::AllOf(testing::HasSubstr("w23 ... (68 words) w92 "), testing::EndsWith("w99")));
}

}  // namespace
}  // namespace handout::inspect
