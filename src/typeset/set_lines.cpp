#include "typeset/set_lines.h"

#include <algorithm>
#include <string>

#include "base/numbers.h"
#include "typeset/justify.h"

namespace handout::typeset {
namespace {

// What rounding and reshaping may add to a line before it counts as too wide.
constexpr Length kTolerance = Length::from_units(Length::kUnitsPerPoint / 2);
// Each round measures the lines of the round before, so texts whose shapes do not hang on their breaks need one.
constexpr int kMostRounds = 20;

std::string millimetres(Length length) { return decimal_text(length.points() * 25.4 / 72.0, 1) + " mm"; }

void report_broken_words(const BreakProblem& problem, const std::vector<std::size_t>& ends, const Span& at, Diagnostics& diags) {
  const auto is_inside = [&](std::size_t i) { return problem.opportunities[i].kind == BreakClass::Emergency || problem.opportunities[i].kind == BreakClass::WideHyphen; };
  std::size_t told = 0;
  for (std::size_t line = 0; line < ends.size(); ++line) {
    if (problem.opportunities[ends[line]].kind != BreakClass::Emergency || ends[line] < told) continue;
    std::size_t begin = ends[line], end = ends[line];
    while (is_inside(begin)) --begin;
    while (is_inside(end)) ++end;
    const Length word = problem.opportunities[end].content - problem.opportunities[begin].start;
    diags.warning(at, "word is wider than its line (" + millimetres(word) + " in " + millimetres(problem.widths.of(line)) + ") and was broken")
        .hint("widen the region or allow hyphens");
    told = end;
  }
}

std::vector<std::size_t> break_once(const BreakProblem& problem, styled::Wrap wrap) {
  return wrap == styled::Wrap::Balance ? break_balanced(problem) : break_total_fit(problem);
}

// Whether each line that the text is written in fits its room as it is: none needs a break then, and any would cost more than none. (A short last line of a justified paragraph has a cost, for which
// breaks are looked at.) `lines` are all breaks that must be.
bool fits_as_written(const std::vector<Opportunity>& lines, const LineWidths& widths, const styled::LineStyle& style) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const Length width = lines[i].content - lines[i - 1].start, room = widths.of(i - 1);
    if (width > room || (style.align == styled::Align::Justify && width * 5 < room)) return false;
  }
  return true;
}

std::vector<SetLine> set_as_written(const ShapedText& text, const std::vector<Opportunity>& written, const LineWidths& widths, const Resources& resources) {
  std::vector<SetLine> lines;
  lines.reserve(written.size() - 1);
  for (std::size_t i = 1; i < written.size(); ++i) {
    lines.push_back(set_line(text, written[i - 1], written[i], resources));
    fill_leaders(lines.back(), widths.of(i - 1));
  }
  return lines;
}

}  // namespace

std::vector<SetLine> set_lines(const ShapedText& text, const LineWidths& widths, const Span& at, const Resources& resources, Diagnostics& diags) {
  const styled::LineStyle& style = text.itemized.paragraph.lines;
  if (text.begin == 0) {
    const auto written = find_forced_opportunities(text, resources);
    if (fits_as_written(written, widths, style)) return set_as_written(text, written, widths, resources);
  }
  const auto opportunities = find_opportunities(text, widths.narrowest(), resources);
  std::optional<Justifier> justifier;
  std::vector<GlueAt> glue;
  if (style.align == styled::Align::Justify) {
    justifier.emplace(text, opportunities, resources);
    glue = justifier->glue();
  }
  ExactWidths exact;
  const BreakProblem problem{opportunities, widths, exact, glue, justifier ? &style.bounds : nullptr};
  for (int round = 1;; ++round) {
    const std::vector<std::size_t> ends = break_once(problem, style.wrap);
    std::vector<SetLine> lines;
    lines.reserve(ends.size());
    std::size_t from = 0, corrected = 0;
    for (const std::size_t to : ends) {
      const Length width = widths.of(lines.size());
      lines.push_back(set_line(text, opportunities[from], opportunities[to], resources));
      const Length measured = lines.back().content_width;
      if (measured > width + kTolerance && measured > line_width(problem, from, to) && line_cost(problem, from, to, width)) {
        exact[{from, to}] = measured;
        ++corrected;
      }
      fill_leaders(lines.back(), width);
      if (justifier) justifier->fill(lines.back(), width);
      from = to;
    }
    if (corrected > 0 && round < kMostRounds) continue;
    report_broken_words(problem, ends, at, diags);
    return lines;
  }
}

}  // namespace handout::typeset
