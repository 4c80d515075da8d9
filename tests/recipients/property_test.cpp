// Random tables, written as CSV by a little writer of its own and read back in chunks of any size.
#include "recipients/list.h"

namespace handout::recipients::test {
namespace {

// Numerical Recipes' linear congruence: not the generator of the program.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : state_(seed) {}
  std::uint32_t below(std::uint32_t count) {
    state_ = state_ * 1664525U + 1013904223U;
    return (state_ >> 8U) % count;
  }

 private:
  std::uint32_t state_;
};

struct Dialect {
  char separator;
  std::string line_end;
};

std::string written(const std::string& value, const Dialect& dialect, Dice& dice) {
  bool quote = dice.below(4) == 0;
  std::string quoted;
  for (const char c : value) {
    quote |= c == dialect.separator || c == '"' || c == '\n' || c == '\r';
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quote ? "\"" + quoted + "\"" : value;
}

std::string random_value(Dice& dice) {
  static const std::vector<std::string> kPieces{"a", "bc", " ", ",", ";", "\t", "\"", "\"\"", "\r", "\n", "\r\n", "=", "é", "李", "أ", "😀", "", "sep=;", "'", "\\"};
  std::string value;
  for (std::uint32_t i = dice.below(6); i > 0; --i) value += kPieces[dice.below(static_cast<std::uint32_t>(kPieces.size()))];
  if (dice.below(50) == 0) value += std::string(dice.below(3000), 'x');
  return value;
}

TEST(CsvProperty, WhatIsWrittenIsReadBack) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    Dice dice(seed);
    const Dialect dialect{",;\t"[dice.below(3)], std::vector<std::string>{"\n", "\r\n", "\r"}[dice.below(3)]};
    const std::uint32_t columns = 2 + dice.below(6), rows = dice.below(30);
    std::string text = dice.below(3) == 0 ? "\xEF\xBB\xBF" : "";
    for (std::uint32_t c = 0; c < columns; ++c) text += (c == 0 ? "" : std::string(1, dialect.separator)) + "column " + std::to_string(c);
    std::vector<std::vector<std::string>> table(rows);
    for (auto& row : table) {
      text += dialect.line_end;
      for (std::uint32_t c = 0; c < columns; ++c) {
        row.push_back(random_value(dice));
        text += (c == 0 ? "" : std::string(1, dialect.separator)) + written(row.back(), dialect, dice);
      }
    }
    if (dice.below(2) == 0) text += dialect.line_end;
    ReaderOptions options;
    options.chunk = 1 + dice.below(dice.below(2) == 0 ? 20 : 5000);
    const Read read = read_list(text, options);
    ASSERT_EQ(read.told, "") << seed;
    ASSERT_EQ(read.rows, table) << seed;
    ASSERT_TRUE(read.rejects.empty()) << seed << read.rejects.front();
    ASSERT_EQ(read.ended, Next::End) << seed;
  }
}

// Any bytes: every chunk size says the same, and no record is told twice or lost.
TEST(CsvProperty, ChunksDoNotMatter) {
  static const std::vector<std::string> kPieces{"a", ",", "\"", "\n", "\r\n", "\r", "\xFF", "b,c\n", "\"x\"", "é"};
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    Dice dice(seed);
    std::string text = "a,b\n";
    for (std::uint32_t i = dice.below(60); i > 0; --i) text += kPieces[dice.below(static_cast<std::uint32_t>(kPieces.size()))];
    const Read whole = read_list(text);
    ReaderOptions options;
    options.chunk = 1 + dice.below(9);
    const Read parts = read_list(text, options);
    ASSERT_EQ(parts.rows, whole.rows) << seed;
    ASSERT_EQ(parts.rejects, whole.rejects) << seed;
    ASSERT_EQ(parts.raws, whole.raws) << seed;
    ASSERT_EQ(parts.told, whole.told) << seed;
    std::uint64_t number = 0;
    for (const std::string& each : whole.order) ASSERT_THAT(each, testing::HasSubstr(" " + std::to_string(++number) + " line ")) << seed;
  }
}

}  // namespace
}  // namespace handout::recipients::test
