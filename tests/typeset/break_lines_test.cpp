#include "typeset/break_lines.h"

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <random>

#include "typeset/exhaustive.h"

namespace handout::typeset {
namespace {

// Words of given widths with spaces of 3 pt between them.
std::vector<Opportunity> words(const std::vector<int>& widths) {
  std::vector<Opportunity> opportunities{{0, 0, BreakClass::Forced, {}, {}}};
  Length position;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const Length end = position + widths[i] * 1_pt;
    const bool last = i + 1 == widths.size();
    opportunities.push_back({i + 1, i + 1, last ? BreakClass::Forced : BreakClass::Allowed, end, last ? end : end + 3_pt});
    position = end + 3_pt;
  }
  return opportunities;
}

struct RandomProblem {
  std::vector<Opportunity> opportunities;
  LineWidths widths;
};

RandomProblem random_problem(std::mt19937& random) {
  const auto pick = [&](unsigned below) { return static_cast<int>(random() % below); };
  std::vector<int> widths;
  for (int i = 0, count = 1 + pick(11); i < count; ++i) widths.push_back(3 + pick(28));
  RandomProblem problem{words(widths), {{}, (30 + pick(60)) * 1_pt}};
  for (int i = 0, count = pick(3); i < count; ++i) problem.widths.first.push_back((30 + pick(60)) * 1_pt);
  for (std::size_t i = 1; i + 1 < problem.opportunities.size(); ++i) {
    Opportunity& at = problem.opportunities[i];
    const int kind = pick(10);
    if (kind == 0) at.kind = BreakClass::Forced;
    if (kind == 1) at = {i, i, BreakClass::Hyphen, at.content + 2_pt, at.content};
  }
  return problem;
}

TEST(TotalFit, EqualsExhaustiveSearch) {
  std::mt19937 random(20240607);
  std::size_t with_several_lines = 0;
  for (int round = 0; round < 500; ++round) {
    const RandomProblem made = random_problem(random);
    const auto result = least_and_found({made.opportunities, made.widths, {}});
    if (!result) continue;
    ASSERT_NEAR(result->second.cost, result->first, 1e-9) << "round " << round;
    with_several_lines += result->second.lines > 2 ? 1 : 0;
  }
  EXPECT_GT(with_several_lines, 200U);
}

// Glue between the words, which are 3 pt apart; letters and kashidas by chance.
std::vector<GlueAt> random_glue(const std::vector<Opportunity>& opportunities, std::mt19937& random) {
  std::vector<GlueAt> glue;
  Glue before;
  for (const Opportunity& at : opportunities) {
    GlueAt here{before, before};
    if (at.start > at.content) here.start.spaces += at.start - at.content;
    here.start.letters += static_cast<int>(random() % 60) * 1_pt;
    here.start.kashidas += static_cast<int>(random() % 3) * 1_pt;
    before = here.start;
    glue.push_back(here);
  }
  return glue;
}

TEST(TotalFit, EqualsExhaustiveSearchWhenJustified) {
  std::mt19937 random(97);
  std::size_t with_several_lines = 0, shrunk = 0;
  for (int round = 0; round < 500; ++round) {
    RandomProblem made = random_problem(random);
    for (Opportunity& at : made.opportunities) at.kind = at.kind == BreakClass::Allowed && random() % 8 == 0 ? BreakClass::Address : at.kind;
    const auto glue = random_glue(made.opportunities, random);
    const styled::JustifyBounds bounds{{0.4 + 0.1 * static_cast<double>(random() % 6), 1.5}, {-0.02, 0.03}, {0.97, 1.03}};
    const BreakProblem problem{made.opportunities, made.widths, {}, glue, &bounds};
    const auto result = least_and_found(problem);
    if (!result) continue;
    ASSERT_NEAR(result->second.cost, result->first, 1e-6 * result->first) << "round " << round;
    with_several_lines += result->second.lines > 2 ? 1 : 0;
    std::size_t from = 0;
    for (const std::size_t to : break_total_fit(problem)) {
      shrunk += line_width(problem, from, to) > made.widths.rest.width ? 1 : 0;
      from = to;
    }
  }
  EXPECT_GT(with_several_lines, 200U);
  EXPECT_GT(shrunk, 20U);
}

// The cost of a word broken for want of room must not drown what the other lines cost.
TEST(TotalFit, LinesBehindABrokenWordAreAsEvenAsWithoutIt) {
  std::mt19937 random(5);
  for (int round = 0; round < 100; ++round) {
    std::vector<int> widths;
    for (int i = 0; i < 14; ++i) widths.push_back(4 + static_cast<int>(random() % 20));
    const auto alone = words(widths);
    // A word of 90 pt on lines of 60, in two halves, and a forced end.
    std::vector<Opportunity> broken{{0, 0, BreakClass::Forced, {}, {}}, {1, 1, BreakClass::Emergency, 45_pt, 45_pt}, {2, 2, BreakClass::Forced, 90_pt, 90_pt}};
    for (std::size_t i = 1; i < alone.size(); ++i) {
      Opportunity at = alone[i];
      at.content += 90_pt;
      at.start += 90_pt;
      broken.push_back(at);
    }
    const LineWidths lines{{}, 60_pt};
    const BreakProblem problem{alone, lines, {}};
    const auto cost = [&](std::size_t from, std::size_t to, Length width) { return line_cost(problem, from, to, width); };
    const auto ends = break_total_fit({broken, lines, {}});
    ASSERT_GT(ends.size(), 2U);
    std::vector<std::size_t> behind;  // as ends of the words alone; of ways that cost the same any may be taken
    for (std::size_t i = 2; i < ends.size(); ++i) behind.push_back(ends[i] - 2);
    ASSERT_NEAR(cost_of(problem, behind, cost).cost, cost_of(problem, break_total_fit(problem), cost).cost, 1e-5) << "round " << round;
  }
}

// Where no line is good, looseness is shared: a single line torn apart is worse than two that are loose.
TEST(TotalFit, SharesLoosenessAmongLines) {
  const styled::JustifyBounds bounds{{1, 1.5}, {0, 0}, {1, 1}};
  const auto cost_at = [&](double ratio) {
    const Length missing = (3_pt).scaled(0.5 * ratio);
    const std::vector<Opportunity> line{{0, 0, BreakClass::Forced, {}, {}}, {1, 1, BreakClass::Allowed, 100_pt, 103_pt}, {2, 2, BreakClass::Forced, 150_pt, 150_pt}};
    const std::vector<GlueAt> glue{{}, {{3_pt, {}, {}, {}}, {6_pt, {}, {}, {}}}, {{6_pt, {}, {}, {}}, {6_pt, {}, {}, {}}}};
    const LineWidths widths{{}, 100_pt + missing};
    const BreakProblem problem{line, widths, {}, glue, &bounds};
    EXPECT_NEAR(*stretch_ratio(problem, 0, 1, widths.rest.width), ratio, 0.001);
    return *line_cost(problem, 0, 1, widths.rest.width);
  };
  for (const double mean : {1.0, 3.0, 8.0, 20.0}) {
    EXPECT_LT(2 * cost_at(mean), cost_at(mean * 0.5) + cost_at(mean * 1.5)) << mean;
    EXPECT_LT(cost_at(mean), cost_at(mean + 1)) << mean;
  }
}

TEST(Balance, EqualsExhaustiveSearchOfTheFewestLines) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    RandomProblem made = random_problem(random);
    made.widths.first.clear();
    for (Opportunity& at : made.opportunities) {
      if (at.kind == BreakClass::Hyphen) at.kind = BreakClass::Allowed;
    }
    const BreakProblem problem{made.opportunities, made.widths, {}};
    const auto square = [&](std::size_t from, std::size_t to, Length width) -> std::optional<double> {
      const Length length = line_width(problem, from, to);
      return length <= width ? std::optional(length.points() * length.points()) : std::nullopt;
    };
    Solution least{kUnreachable, 1000};
    each_way(problem, [&](const auto& ends) {
      const Solution way = cost_of(problem, ends, square);
      if (way.cost < kUnreachable && (way.lines < least.lines || (way.lines == least.lines && way.cost < least.cost))) least = way;
    });
    if (least.lines < 2 || least.cost == kUnreachable) continue;
    const Solution found = cost_of(problem, break_balanced(problem), square);
    ASSERT_EQ(found.lines, least.lines) << "round " << round;
    ASSERT_NEAR(found.cost, least.cost, 1e-6) << "round " << round;
  }
}

TEST(TotalFit, GivesUpAFullFirstLineForAnEvenParagraph) {
  // First fit: 40+3+20+3+10 = 76 | 70 | ...; the second line would then be 10 short of what it can be with "10" moved down.
  const auto opportunities = words({40, 20, 10, 60, 70, 30});
  const LineWidths widths{{}, 80_pt};
  const auto ends = break_total_fit({opportunities, widths, {}});
  EXPECT_EQ(ends, (std::vector<std::size_t>{2, 4, 5, 6}));
}

TEST(TotalFit, AvoidsASingleWordOnTheLastLine) {
  const auto opportunities = words({22, 22, 22, 20});
  const LineWidths widths{{}, 75_pt};
  EXPECT_EQ(break_total_fit({opportunities, widths, {}}), (std::vector<std::size_t>{3, 4}));  // 72 | 20: moving a word costs a third of a line
  const auto longer = words({22, 22, 22, 22, 22, 22, 4, 22, 22, 18, 4});
  const LineWidths wide{{}, 100_pt};
  const auto ends = break_total_fit({longer, wide, {}});
  EXPECT_LT(ends.at(ends.size() - 2), 10U);
}

TEST(TotalFit, UsesTheWidthOfEachLine) {
  const auto opportunities = words({30, 30, 30, 30, 30, 30});
  const LineWidths widths{{30_pt, 63_pt}, 96_pt};
  EXPECT_EQ(break_total_fit({opportunities, widths, {}}), (std::vector<std::size_t>{1, 3, 6}));
}

TEST(TotalFit, LetsALineBeTooWideOnlyWhereNothingFits) {
  const auto opportunities = words({10, 10, 200, 10, 10});
  const LineWidths widths{{}, 50_pt};
  EXPECT_EQ(break_total_fit({opportunities, widths, {}}), (std::vector<std::size_t>{2, 3, 5}));
}

TEST(TotalFit, BreaksWordsAsRarelyAsItCan) {
  auto opportunities = words({10, 10, 10, 10, 10, 10});
  for (std::size_t i : {1U, 3U, 4U}) opportunities[i].kind = BreakClass::Emergency;
  const LineWidths widths{{}, 60_pt};
  EXPECT_EQ(break_total_fit({opportunities, widths, {}}), (std::vector<std::size_t>{2, 6}));
}

TEST(TotalFit, BelievesAMeasuredWidth) {
  const auto opportunities = words({20, 20, 20, 20});
  const LineWidths widths{{}, 45_pt};
  ASSERT_EQ(break_total_fit({opportunities, widths, {}}), (std::vector<std::size_t>{2, 4}));
  const ExactWidths exact{{{0, 2}, 46_pt}};
  EXPECT_EQ(break_total_fit({opportunities, widths, exact}), (std::vector<std::size_t>{1, 3, 4}));
}

TEST(TotalFit, EndsALineAtEveryForcedBreak) {
  auto opportunities = words({10, 10, 10});
  opportunities[1].kind = BreakClass::Forced;
  const LineWidths widths{{}, 100_pt};
  EXPECT_EQ(break_total_fit({opportunities, widths, {}}), (std::vector<std::size_t>{1, 3}));
  opportunities[1].content = 500_pt;
  opportunities[1].start = 500_pt;
  opportunities[2].content = opportunities[2].start = 510_pt;
  opportunities[3].content = 520_pt;
  EXPECT_EQ(break_total_fit({opportunities, widths, {}}), (std::vector<std::size_t>{1, 3}));
}

TEST(Balance, MakesHeadingsEven) {
  const auto opportunities = words({30, 30, 30, 10});
  const LineWidths widths{{}, 100_pt};
  EXPECT_EQ(break_balanced({opportunities, widths, {}}), (std::vector<std::size_t>{2, 4}));
}

TEST(Balance, KeepsASingleLine) {
  const auto opportunities = words({30, 30});
  const LineWidths widths{{}, 100_pt};
  EXPECT_EQ(break_balanced({opportunities, widths, {}}), (std::vector<std::size_t>{2}));
}

TEST(Balance, BreaksALongTextAsTotalFitDoes) {
  const auto opportunities = words(std::vector<int>(300, 30));
  const LineWidths widths{{}, 70_pt};
  EXPECT_EQ(break_balanced({opportunities, widths, {}}), break_total_fit({opportunities, widths, {}}));
}

}  // namespace
}  // namespace handout::typeset
