#include "batch/split_class.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/numbers.h"
#include "batch/print_file.h"

namespace handout::batch {

using mailings::SplitBy;

namespace {

std::string paper_name(Size size) {
  struct Paper { Size size; std::string_view name; };
  static constexpr Paper kPapers[] = {{{612_pt, 792_pt}, "Letter"}, {{612_pt, 1008_pt}, "Legal"}, {{210_mm, 297_mm}, "A4"}, {{148_mm, 210_mm}, "A5"}};
  for (const Paper& paper : kPapers) {
    const auto near = [](Length a, Length b) { return a - b < 1_pt && b - a < 1_pt; };
    if (near(size.width, paper.size.width) && near(size.height, paper.size.height)) return std::string(paper.name);
    if (near(size.width, paper.size.height) && near(size.height, paper.size.width)) return std::string(paper.name) + "-landscape";
  }
  const auto millimetres = [](Length length) { return decimal_text(length.points() * 25.4 / 72, 0); };
  return millimetres(size.width) + "x" + millimetres(size.height);
}

// Grams: the paper's area by its weight.
double weight_of(const Piece& piece, std::size_t sheets, int grams_a_square_metre) {
  const Size size = piece.merged.display.pages.front().size;
  const double metres = size.width.points() * size.height.points() * (0.0254 / 72) * (0.0254 / 72);
  return metres * grams_a_square_metre * static_cast<double>(sheets);
}

// Marks at the start or end of lines stand at the other edge in languages that run from right to left: no machine takes both as one file. Of several rules with a mark the last counts, as in compose/marks.cpp.
bool has_mirrored_marks(const Stations& stations) {
  if (stations.styled.direction != unicode::Direction::RightToLeft) return false;
  bool omr = false, code = false, text = false;
  const auto is_logical = [](const layouts::MarkPlace& place) { return place.start || place.end; };
  for (const layouts::PageRule& rule : stations.sources.layout->pages) {
    if (rule.omr_marks) omr = is_logical(rule.omr_marks->place);
    if (rule.sheet_code) code = is_logical(rule.sheet_code->place);
    if (rule.sheet_text) text = is_logical(rule.sheet_text->place);
  }
  return omr || code || text;
}

std::string paper_class(const Piece& piece, const mailings::Output& output) {
  const std::string paper = paper_name(piece.merged.display.pages.front().size);
  const bool by_locale = std::find(output.split_by.begin(), output.split_by.end(), SplitBy::Locale) != output.split_by.end();
  return !by_locale && has_mirrored_marks(*piece.merged.like) ? paper + "-rtl" : paper;
}

std::string weight_class(const Piece& piece, std::size_t sheets, const mailings::Output& output) {
  if (!output.sheet_weight || output.weight_steps.empty()) return "any";
  const double grams = weight_of(piece, sheets, *output.sheet_weight);
  for (const int step : output.weight_steps) {
    if (grams <= step) return fmt::format("{}g", step);
  }
  return fmt::format("over-{}g", output.weight_steps.back());
}

}  // namespace

std::string class_name(const std::map<SplitBy, std::string>& parts, const mailings::Output& output, std::initializer_list<SplitBy> not_by) {
  std::string name;
  const auto add = [&](SplitBy by) {
    if (std::find(not_by.begin(), not_by.end(), by) == not_by.end()) name += (name.empty() ? "" : "-") + parts.at(by);
  };
  for (const SplitBy each : output.split_by) add(each);
  if (std::find(output.split_by.begin(), output.split_by.end(), SplitBy::Paper) == output.split_by.end()) add(SplitBy::Paper);
  return name;
}

std::map<SplitBy, std::string> parts_of(const Piece& piece, std::size_t sheets, const mailings::Output& output) {
  const ledger::Kind kind = kind_of(piece);
  return {{SplitBy::Layout, kind.profile == "standard" ? kind.layout : kind.layout + "-" + kind.profile},
          {SplitBy::Paper, paper_class(piece, output)},
          {SplitBy::Locale, kind.locale},
          {SplitBy::Sheets, fmt::format("{}-sheet{}", sheets, sheets == 1 ? "" : "s")},
          {SplitBy::Weight, weight_class(piece, sheets, output)}};
}

}  // namespace handout::batch
