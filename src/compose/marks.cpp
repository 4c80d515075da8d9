// What machines read on each sheet: start and end become left and right, words become bars.
#include <algorithm>

#include "base/expects.h"
#include "compose/pages.h"

namespace handout::compose {

using styled::OmrMeaning;
using styled::PaperEdge;

namespace {

// Of what layouts leave out. Bars as machines of Pitney Bowes (D1500 and D1600 user guide, SV40221, 5-8: lines of 0.35 to 0.7 mm, 10 mm and longer, 2.54 mm and more apart; white for 3 mm beside them and for 20 mm before the
// first and behind the last) and those that PlanetPress Connect knows (10.16 to 20 mm, 0.254 to 0.63 mm, 2.91 to 4.2 mm apart) take them.
constexpr Length kPitch = 3.175_mm, kBarLength = 10.5_mm, kBarWidth = 0.5_mm, kBarClear = 3_mm, kBarClearEnds = 20_mm;
constexpr Length kCodeModule = 0.4_mm, kCodeClear = 1_mm;
constexpr Length kTextSize = 6_pt, kTextClear = 0.5_mm;

Length length_or(const std::optional<layouts::Dimension>& given, Length usual) { return given ? given->length : usual; }

styled::MarkPlace place_of(const layouts::MarkPlace& given, Length usual_clear, unicode::Direction direction) {
  const bool right_to_left = direction == unicode::Direction::RightToLeft;
  const auto& left = given.left ? given.left : right_to_left ? given.end : given.start;
  const auto& right = given.right ? given.right : right_to_left ? given.start : given.end;
  styled::MarkPlace place;
  place.across = left ? PaperEdge::Left : PaperEdge::Right;
  place.x = length_or(left ? left : right, {});
  place.down = given.top ? PaperEdge::Top : PaperEdge::Bottom;
  place.y = length_or(given.top ? given.top : given.bottom, {});
  place.clear_beside = place.clear_above = length_or(given.clear, usual_clear);
  return place;
}

OmrMeaning meaning_of(std::string_view name) {
  constexpr std::pair<std::string_view, OmrMeaning> kNames[] = {{"benchmark", OmrMeaning::Benchmark}, {"safety", OmrMeaning::Safety}, {"retiming", OmrMeaning::Retiming}, {"begin", OmrMeaning::Begin}, {"not-begin", OmrMeaning::NotBegin},
                                                                {"end", OmrMeaning::End}, {"not-end", OmrMeaning::NotEnd}, {"parity", OmrMeaning::EvenParity}, {"odd-parity", OmrMeaning::OddParity},
                                                                {"sequence", OmrMeaning::Sequence}, {"piece-sequence", OmrMeaning::PieceSequence}};
  const auto found = std::find_if(std::begin(kNames), std::end(kNames), [&](const auto& each) { return each.first == name; });
  EXPECTS(found != std::end(kNames));  // layouts/read_marks.cpp takes no others
  return found->second;
}

styled::OmrMarks omr_of(const layouts::OmrMarksRule& rule, unicode::Direction direction) {
  styled::OmrMarks omr;
  omr.at = rule.at;
  omr.place = place_of(rule.place, kBarClear, direction);
  omr.place.clear_above = length_or(rule.clear_ends, kBarClearEnds);
  omr.pitch = length_or(rule.pitch, kPitch);
  omr.length = length_or(rule.length, kBarLength);
  omr.width = length_or(rule.width, kBarWidth);
  for (const layouts::OmrWord& word : rule.marks) {
    const OmrMeaning meaning = meaning_of(word.name);
    if (word.bits == 0) omr.marks.push_back({meaning, 0});
    for (int bit = word.bits; bit-- > 0;) omr.marks.push_back({meaning, bit});
  }
  return omr;
}

}  // namespace

styled::Marks marks_of(const layouts::LayoutDefinition& layout, unicode::Direction direction) {
  styled::Marks marks;
  for (const layouts::PageRule& rule : layout.pages) {
    if (rule.omr_marks) marks.omr = omr_of(*rule.omr_marks, direction);
    if (const auto& code = rule.sheet_code) marks.code = styled::SheetCode{place_of(code->place, kCodeClear, direction), code->kind, length_or(code->module, kCodeModule), code->at};
    if (const auto& text = rule.sheet_text) marks.text = styled::SheetText{place_of(text->place, kTextClear, direction), text->text, length_or(text->size, kTextSize), text->at};
  }
  return marks;
}

std::vector<styled::TrayHint> trays_of(const layouts::LayoutDefinition& layout) {
  std::vector<const layouts::PageRule*> rules;
  for (const layouts::PageRule& rule : layout.pages) {
    if (!rule.tray.empty()) rules.push_back(&rule);
  }
  std::stable_sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) { return a->on < b->on; });
  std::vector<styled::TrayHint> trays;
  for (const layouts::PageRule* rule : rules) {
    const std::string_view pages = page_name(rule->on);
    if (!trays.empty() && trays.back().pages == pages) trays.back().tray = rule->tray;
    else trays.push_back({std::string(pages), rule->tray});
  }
  return trays;
}

}  // namespace handout::compose
