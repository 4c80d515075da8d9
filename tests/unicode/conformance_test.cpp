#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "unicode/text.h"
#include "unicode_data.h"

namespace handout::unicode {
namespace {

using data::hex;
using data::read_test_file;
using data::split;
using data::words;

constexpr const char* kNotInstalled = "unicode-data is not installed";

struct Tally { std::size_t passed = 0, all = 0; };

constexpr int kRemoved = -1;  // "x": a character that X9 removes

struct BidiExpectation {
  std::vector<int> levels;
  std::vector<std::size_t> order;  // visual, without what is removed
};

std::vector<int> parse_levels(std::string_view text) {
  std::vector<int> out;
  for (const std::string& word : words(text)) out.push_back(word == "x" ? kRemoved : std::stoi(word));
  return out;
}

std::vector<std::size_t> parse_order(std::string_view text) {
  std::vector<std::size_t> out;
  for (const std::string& word : words(text)) out.push_back(std::stoul(word));
  return out;
}

std::vector<std::uint8_t> levels_of_characters(std::string_view text, Direction paragraph) {
  std::vector<std::uint8_t> levels;
  const std::vector<BidiRun> runs = bidi_runs(text, paragraph);
  for (const BidiRun& run : line_bidi_runs(text, runs, 0, text.size(), paragraph)) {
    levels.insert(levels.end(), count_code_points(text.substr(run.begin, run.end - run.begin)), run.level);
  }
  return levels;
}

bool agrees(std::string_view text, Direction paragraph, const BidiExpectation& expected) {
  const std::vector<std::uint8_t> levels = levels_of_characters(text, paragraph);
  if (levels.size() != expected.levels.size()) return false;
  std::vector<std::uint8_t> kept;
  std::vector<std::size_t> kept_index;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (expected.levels[i] == kRemoved) continue;
    if (levels[i] != expected.levels[i]) return false;
    kept.push_back(levels[i]);
    kept_index.push_back(i);
  }
  std::vector<std::size_t> order;
  for (const std::size_t i : visual_order(kept)) order.push_back(kept_index[i]);
  return order == expected.order;
}

TEST(Conformance, BidiCharacterTest) {
  const auto lines = read_test_file("BidiCharacterTest.txt");
  if (!lines) GTEST_SKIP() << kNotInstalled;
  Tally explicit_direction, first_strong;
  for (const std::string& line : *lines) {
    const std::vector<std::string> fields = split(line, ';');
    std::string text;
    for (const std::string& c : words(fields[0])) append_utf8(text, hex(c));
    const BidiExpectation expected{parse_levels(fields[3]), parse_order(fields.at(4))};
    const bool automatic = fields[1] == "2";
    const Direction paragraph = automatic ? first_strong_direction(text).value_or(Direction::LeftToRight)
                                          : fields[1] == "1" ? Direction::RightToLeft : Direction::LeftToRight;
    Tally& tally = automatic ? first_strong : explicit_direction;
    ++tally.all;
    if (agrees(text, paragraph, expected)) ++tally.passed;
    if (automatic) EXPECT_EQ(paragraph == Direction::RightToLeft ? "1" : "0", fields[2]) << line;
  }
  RecordProperty("explicit", std::to_string(explicit_direction.passed) + "/" + std::to_string(explicit_direction.all));
  RecordProperty("first_strong", std::to_string(first_strong.passed) + "/" + std::to_string(first_strong.all));
  EXPECT_GE(explicit_direction.all + first_strong.all, 91707U);
  EXPECT_LE(explicit_direction.all + first_strong.all - explicit_direction.passed - first_strong.passed, 30U);  // ICU 72's own differences
}

const std::string& character_of_class(const std::string& name) {
  static const std::array<std::pair<std::string, std::string>, 23> kCharacters{{
      {"L", "a"}, {"R", "\u05D0"}, {"AL", "\u0627"}, {"EN", "0"}, {"ES", "-"}, {"ET", "#"}, {"AN", "\u0660"}, {"CS", ","},
      {"B", "\u2029"}, {"S", "\t"}, {"WS", " "}, {"ON", "!"}, {"NSM", "\u0300"}, {"BN", "\u00AD"},
      {"LRE", "\u202A"}, {"RLE", "\u202B"}, {"PDF", "\u202C"}, {"LRO", "\u202D"}, {"RLO", "\u202E"},
      {"LRI", "\u2066"}, {"RLI", "\u2067"}, {"FSI", "\u2068"}, {"PDI", "\u2069"}}};
  return std::ranges::find(kCharacters, name, &std::pair<std::string, std::string>::first)->second;
}

TEST(Conformance, BidiTest) {
  const auto lines = read_test_file("BidiTest.txt");
  if (!lines) GTEST_SKIP() << kNotInstalled;
  BidiExpectation expected;
  Tally tally;
  for (const std::string& line : *lines) {
    if (line.starts_with("@Levels:")) expected.levels = parse_levels(line.substr(8));
    else if (line.starts_with("@Reorder:")) expected.order = parse_order(line.substr(9));
    else if (!line.starts_with('@')) {
      const std::vector<std::string> fields = split(line, ';');
      std::string text;
      for (const std::string& name : words(fields[0])) text += character_of_class(name);
      const int directions = std::stoi(fields[1]);  // 1: first strong, 2: left to right, 4: right to left
      for (const auto& [bit, direction] : {std::pair(2, Direction::LeftToRight), std::pair(4, Direction::RightToLeft)}) {
        if ((directions & bit) == 0) continue;
        ++tally.all;
        if (agrees(text, direction, expected)) ++tally.passed;
      }
    }
  }
  RecordProperty("cases", std::to_string(tally.passed) + "/" + std::to_string(tally.all));
  EXPECT_GT(tally.all, 400000U);
  EXPECT_EQ(tally.passed, tally.all);
}

TEST(Conformance, LineBreakTest) {
  const auto lines = read_test_file("auxiliary/LineBreakTest.txt");
  if (!lines) GTEST_SKIP() << kNotInstalled;
  const Locale root = *Locale::parse("und");
  Breaker breaker;
  Tally tally;
  for (const std::string& line : *lines) {
    const auto expected = data::parse_break_case(line);
    ASSERT_TRUE(expected) << line;
    std::vector<std::size_t> found;
    for (const LineBreak& at : breaker.line_breaks(expected->text, root)) found.push_back(at.offset);
    found.push_back(expected->text.size());
    ++tally.all;
    if (found == expected->breaks) ++tally.passed;
  }
  RecordProperty("cases", std::to_string(tally.passed) + "/" + std::to_string(tally.all));
  EXPECT_GE(tally.all, 7654U);
  EXPECT_LE(tally.all - tally.passed, 22U);  // ICU 72's own differences
}

TEST(Conformance, GraphemeBreakTest) {
  const auto lines = read_test_file("auxiliary/GraphemeBreakTest.txt");
  if (!lines) GTEST_SKIP() << kNotInstalled;
  Breaker breaker;
  std::size_t cases = 0;
  for (const std::string& line : *lines) {
    const auto expected = data::parse_break_case(line);
    if (!expected) continue;
    EXPECT_EQ(breaker.grapheme_boundaries(expected->text), expected->breaks) << line;
    ++cases;
  }
  EXPECT_GE(cases, 602U);
}

}  // namespace
}  // namespace handout::unicode
