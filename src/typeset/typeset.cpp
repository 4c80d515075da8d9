#include "typeset/typeset.h"

#include <algorithm>
#include <limits>

#include "base/expects.h"
#include "base/numbers.h"
#include "typeset/collect.h"
#include "typeset/initial.h"
#include "typeset/itemize.h"
#include "typeset/notes.h"
#include "typeset/place_line.h"
#include "typeset/set_lines.h"
#include "typeset/shape.h"

namespace handout::typeset {
namespace {

ContentWidths measure(const ShapedText& text, const Resources& resources) {
  ContentWidths widths;
  const auto opportunities = find_opportunities(text, Length::from_units(std::numeric_limits<std::int64_t>::max() / 4), resources);
  std::size_t line = 0;
  for (std::size_t i = 1; i < opportunities.size(); ++i) {
    widths.minimum = std::max(widths.minimum, opportunities[i].content - opportunities[i - 1].start);
    widths.maximum = std::max(widths.maximum, opportunities[i].content - opportunities[line].start);
    if (opportunities[i].kind == BreakClass::Forced) line = i;
  }
  return widths;
}

// Lines of no width hold nothing: a fault, and the text is set on lines as long as it needs, so that setting ends.
LineWidths usable_widths(const LineWidths& widths, const ShapedText& text, const Span& at, const Resources& resources, Diagnostics& diags) {
  const Length narrowest = widths.narrowest();
  if (narrowest > Length{}) return widths;
  if (!text.itemized.items.empty()) {
    diags.error(at, "line is " + decimal_text(narrowest.points() * 25.4 / 72.0, 1) + " mm wide, too narrow for any text").hint("widen the region");
  }
  return {{}, std::max(measure(text, resources).maximum, Length::from_units(Length::kUnitsPerPoint))};
}

}  // namespace

std::shared_ptr<const display::Fragment> typeset(const std::shared_ptr<const styled::Paragraph>& paragraph, const LineWidths& widths, const Span& at,
                                                 const PageFieldValues* fields, const Resources& resources, Memo& memo, Diagnostics& diags) {
  EXPECTS(paragraph != nullptr && (fields != nullptr) == !paragraph->page_fields.empty());
  if (fields == nullptr) {
    if (auto known = memo.find(*paragraph, widths)) return known;
  }
  const std::size_t told_before = diags.all().size();
  std::shared_ptr<ShapedText> measured = fields == nullptr ? memo.take_shaped(*paragraph) : nullptr;
  if (measured == nullptr) measured = std::make_shared<ShapedText>(shape(itemize(*paragraph, collect(*paragraph, fields), at, resources, diags), resources));
  ShapedText& shaped = *measured;
  tell_what_is_missing(shaped.itemized, at, resources, memo, diags);
  LineWidths usable = usable_widths(widths, shaped, at, resources, diags);
  const std::optional<DropInitial> initial = set_initial(shaped, usable, resources);
  if (initial) usable = initial->beside;
  const std::vector<SetLine> lines = set_lines(shaped, usable, at, resources, diags);

  auto fragment = std::make_shared<display::Fragment>();
  fragment->elements = paragraph->elements;
  LinePlacer placer(shaped, resources, *fragment);
  if (initial) placer.begin_with(*initial);
  for (std::size_t line = 0; line < lines.size(); ++line) placer.place(lines[line], usable.room(line));
  if (initial) placer.fill_up(initial->lines);
  if (fields == nullptr) memo.keep(paragraph, widths, fragment, diags.all().size() == told_before ? Memo::For::EqualParagraphs : Memo::For::ThisParagraph);
  return fragment;
}

namespace {

// Page numbers are not known before there are pages: room for three digits. What is wrong with the text is told when it is set.
ShapedText shape_to_measure(const styled::Paragraph& paragraph, const Resources& resources, Diagnostics& told) {
  const PageFieldValues fields{888, 888, {}};
  return shape(itemize(paragraph, collect(paragraph, &fields), {}, resources, told), resources);
}

bool hangs(const styled::Paragraph& paragraph) { return paragraph.lines.hanging_punctuation || paragraph.lines.margin_kerning; }

}  // namespace

ContentWidths content_widths(const styled::Paragraph& paragraph, const Resources& resources) {
  Diagnostics ignored;
  if (hangs(paragraph)) {
    // A column must hold what hangs as well: it may be all there is.
    styled::Paragraph within = paragraph;
    within.lines.hanging_punctuation = within.lines.margin_kerning = false;
    return content_widths(within, resources);
  }
  return measure(shape_to_measure(paragraph, resources, ignored), resources);
}

ContentWidths content_widths(const std::shared_ptr<const styled::Paragraph>& paragraph, const Resources& resources, Memo& memo) {
  if (const auto known = memo.find_widths(*paragraph)) return *known;
  ContentWidths widths;
  if (hangs(*paragraph) || !paragraph->page_fields.empty()) {
    widths = content_widths(*paragraph, resources);
  } else {
    // It is set as it is, unless there is something to tell, which needs the place.
    Diagnostics told;
    auto shaped = std::make_shared<ShapedText>(shape_to_measure(*paragraph, resources, told));
    widths = measure(*shaped, resources);
    if (told.all().empty()) memo.keep_shaped(paragraph, std::move(shaped));
  }
  memo.keep_widths(paragraph, widths);
  return widths;
}

}  // namespace handout::typeset
