#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "unicode/text.h"

namespace handout::unicode {
namespace {

constexpr Direction kLtr = Direction::LeftToRight, kRtl = Direction::RightToLeft;

// "0:abc 1:אבג": each run with its level.
std::string shown(std::string_view text, const std::vector<BidiRun>& runs, std::size_t begin, std::size_t end) {
  std::string out;
  std::size_t at = begin;
  for (const BidiRun& run : runs) {
    EXPECT_EQ(run.begin, at);
    EXPECT_LT(run.begin, run.end);
    at = run.end;
    out += "[" + std::to_string(run.level) + ":" + std::string(text.substr(run.begin, run.end - run.begin)) + "]";
  }
  EXPECT_EQ(at, end);
  return out;
}

std::string paragraph(std::string_view text, Direction direction) { return shown(text, bidi_runs(text, direction), 0, text.size()); }

std::string line(std::string_view text, std::size_t begin, std::size_t end, Direction direction) {
  return shown(text, line_bidi_runs(text, bidi_runs(text, direction), begin, end, direction), begin, end);
}

TEST(BidiRuns, CoverTheText) {
  EXPECT_EQ(paragraph("", kLtr), "");
  EXPECT_EQ(paragraph("", kRtl), "");
  EXPECT_EQ(paragraph("take 5 mg é — 漢", kLtr), "[0:take 5 mg é — 漢]");
  EXPECT_EQ(paragraph("take אבג 5 now", kLtr), "[0:take ][1:אבג ][2:5][0: now]");
  EXPECT_EQ(paragraph("אבג 5 mg", kRtl), "[1:אבג ][2:5][1: ][2:mg]");
  EXPECT_EQ(paragraph("😀א😀b", kRtl), "[1:😀א😀][2:b]");
}

TEST(BidiRuns, GiveEmbeddingsTheirOwnLevelsInATextOfOneDirection) {
  EXPECT_EQ(paragraph("\u0661\u0662", kLtr), "[2:\u0661\u0662]");   // W-rules leave AN, I1 raises it by two
  EXPECT_EQ(paragraph("a\u2066b\u2069c", kLtr), "[0:a\u2066][2:b][0:\u2069c]");
  EXPECT_EQ(paragraph("א\u2067ב\u2069ג", kRtl), "[1:א\u2067][3:ב][1:\u2069ג]");
}

TEST(BidiRuns, IsolatesKeepAFieldFromItsSurroundings) {
  EXPECT_EQ(paragraph("אבג \u2068John (2)\u2069 ד", kRtl), "[1:אבג \u2068][2:John (2)][1:\u2069 ד]");
}

TEST(LineBidiRuns, TrailingWhiteSpaceTakesTheParagraphLevel) {
  const std::string text = "abc אבג דהו";
  EXPECT_EQ(line(text, 0, 11, kLtr), "[0:abc ][1:אבג][0: ]");
  EXPECT_EQ(line(text, 11, 17, kLtr), "[1:דהו]");
  EXPECT_EQ(line(text, 0, text.size(), kLtr), "[0:abc ][1:אבג דהו]");
  EXPECT_EQ(line("אבג ab cd", 0, 10, kRtl), "[1:אבג ][2:ab][1: ]");
  EXPECT_EQ(line(text, 4, 4, kLtr), "");
}

TEST(LineBidiRuns, SeparatorsAndWhiteSpaceBeforeThemAreReset) {
  EXPECT_EQ(line("אב \tגד", 0, 10, kLtr), "[1:אב][0: \t][1:גד]");
  // Also when the caller's runs don't know it yet, as after an embedding has been put round the text.
  const std::string text = "אב \tגד \u2069\u202C";
  const std::vector<BidiRun> one{{0, text.size(), 1}};
  EXPECT_EQ(shown(text, line_bidi_runs(text, one, 0, text.size(), kLtr), 0, text.size()), "[1:אב][0: \t][1:גד][0: \u2069\u202C]");
}

TEST(LineBidiRuns, NoBreakSpaceIsNotWhiteSpaceOfL1) {
  EXPECT_EQ(line("א\u00A0", 0, 4, kLtr), "[1:א][0:\u00A0]");            // CS, resolved by N1 and N2
  EXPECT_EQ(line("א\u00A0ב", 0, 4, kLtr), "[1:א\u00A0]");               // no trailing white space: stays
  EXPECT_EQ(line("א\u3000ב", 0, 5, kLtr), "[1:א][0:\u3000]");           // WS
}

TEST(VisualOrder, ReversesFromTheHighestLevelDown) {
  const auto order = [](std::vector<std::uint8_t> levels) { return visual_order(levels); };
  using Indices = std::vector<std::size_t>;
  EXPECT_EQ(order({}), Indices{});
  EXPECT_EQ(order({0, 0, 0}), (Indices{0, 1, 2}));
  EXPECT_EQ(order({1, 1, 1}), (Indices{2, 1, 0}));
  EXPECT_EQ(order({0, 1, 1, 0}), (Indices{0, 2, 1, 3}));
  EXPECT_EQ(order({1, 2, 2, 1, 3}), (Indices{4, 3, 1, 2, 0}));
  EXPECT_DEATH((void)order({127}), "precondition");
}

TEST(FirstStrong, SkipsIsolatesAndNeutrals) {
  EXPECT_EQ(first_strong_direction(""), std::nullopt);
  EXPECT_EQ(first_strong_direction("12 (…) \u0661"), std::nullopt);
  EXPECT_EQ(first_strong_direction("1. abc א"), kLtr);
  EXPECT_EQ(first_strong_direction("«אבג» abc"), kRtl);
  EXPECT_EQ(first_strong_direction("ألم"), kRtl);
  EXPECT_EQ(first_strong_direction("\u2068אב\u2069 abc"), kLtr);
  EXPECT_EQ(first_strong_direction("\u2067\u2066אב\u2069ג\u2069\u2069ד"), kRtl);
  EXPECT_EQ(first_strong_direction("\u2067אב"), std::nullopt);       // never closed: to the end of the paragraph
  EXPECT_EQ(first_strong_direction("\u2067אב\nabc"), kLtr);
  EXPECT_EQ(first_strong_direction("\u202Bא"), kRtl);                 // embeddings are not skipped
}

}  // namespace
}  // namespace handout::unicode
