// Paragraphs, pictures, rules and lines to write on.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expects.h"
#include "base/numbers.h"
#include "paginate/trace.h"

namespace handout::paginate {

using display::Command;
using display::Fragment;

namespace {

// Too tall for what is left: it moves on, or at the top of a page it stands there all the same.
bool moves_on(Length height, const Space& space) { return height > space.height && space.top == PageTop::No; }

std::size_t lines_that_fit(const Fragment& fragment, std::size_t first, Length height) {
  std::size_t count = 0;
  const Length top = fragment.lines[first].top;
  while (first + count < fragment.lines.size()) {
    const auto& line = fragment.lines[first + count];
    if (line.top + line.height - top > height) break;
    ++count;
  }
  return count;
}

// How many of the lines from `first` on stand on this page, keeping orphans and widows together; 0: none.
std::size_t lines_here(const Fragment& fragment, std::size_t first, const styled::BoxStyle& box, Length height) {
  const std::size_t left = fragment.lines.size() - first;
  const std::size_t count = lines_that_fit(fragment, first, height);
  if (count == left) return count;
  const auto orphans = first == 0 ? static_cast<std::size_t>(std::max(box.orphans, 1)) : 1;
  const auto widows = static_cast<std::size_t>(std::max(box.widows, 1));
  if (left < orphans + widows) return 0;
  const std::size_t kept = std::min(count, left - widows);
  return kept < orphans ? 0 : kept;
}

// Where lines that were set to another page's width stand.
Length shift_to(Length space, Length width, const styled::Paragraph& paragraph) {
  const bool right = paragraph.lines.align == styled::Align::Right || (paragraph.lines.align == styled::Align::Justify && paragraph.direction == unicode::Direction::RightToLeft);
  if (right) return space - width;
  return paragraph.lines.align == styled::Align::Center ? (space - width) / 2 : Length{};
}

// Lines that begin beside what stands at the sides are as much narrower.
typeset::LineWidths rooms_in(const Space& space, const styled::Paragraph& paragraph) {
  typeset::LineWidths rooms{{}, space.width};
  if (!space.beside.is_active()) return rooms;
  const std::int64_t line = std::max(paragraph.lines.line_height, 1_pt).units();
  const std::int64_t count = (space.beside.height.units() + line - 1) / line;
  rooms.first.assign(static_cast<std::size_t>(count), {space.beside.left, space.width - space.beside.left - space.beside.right});
  return rooms;
}

}  // namespace

SetLines set_paragraph(const std::shared_ptr<const styled::Paragraph>& paragraph, const typeset::LineWidths& rooms, const Span& at, Context& context) {
  // In the body the numbers are not known yet: as wide as any handout has.
  const typeset::PageFieldValues widest{888, 888, {}};
  const typeset::PageFieldValues* fields = paragraph->page_fields.empty() ? nullptr : context.fields != nullptr ? context.fields : &widest;
  return set_paragraph(paragraph, rooms, at, fields, context);
}

SetLines set_paragraph(const std::shared_ptr<const styled::Paragraph>& paragraph, const typeset::LineWidths& rooms, const Span& at, const typeset::PageFieldValues* fields, Context& context) {
  SetLines set{typeset::typeset(context.actual(paragraph), rooms, at, fields, context.resources, context.memo, context.diags)};
  if (context.trace != nullptr && context.trace->watches(*paragraph)) set.answer = context.trace->note(AskedLines{paragraph, rooms, at, context.trace->keep(fields), set.fragment});
  return set;
}

Part layout_paragraph(const Node& node, const Space& space, const Token* token, Context& context) {
  const auto& paragraph = std::get<styled::ParagraphBlock>(node.block->content).paragraph;
  const typeset::LineWidths rooms = token != nullptr ? token->rooms : rooms_in(space, *paragraph);
  const Length width = rooms.rest.width;
  const auto [fragment, answer] = set_paragraph(paragraph, rooms, node.block->at, context);
  const std::size_t first = token != nullptr ? token->index : 0;
  const auto& lines = fragment->lines;
  EXPECTS(first < lines.size());

  Part part;
  // The lines beside an initial stay with it.
  styled::BoxStyle box = node.block->box;
  if (paragraph->initial) box.orphans = std::max(box.orphans, paragraph->initial->lines + 1);
  std::size_t count = lines_here(*fragment, first, box, space.height);
  if (count == 0) {
    if (space.top == PageTop::No) return Part::none();
    count = std::max<std::size_t>(lines_that_fit(*fragment, first, space.height), 1);
    part.appeal = Appeal::Violating;
  }
  const auto& last = lines[first + count - 1];
  part.height = last.top + last.height - lines[first].top;
  const bool waits = !paragraph->page_fields.empty() && context.fields == nullptr;
  const Point at{shift_to(space.width, width, *paragraph), Length{}};
  part.items.push_back({{fragment, narrow<std::uint32_t>(first), narrow<std::uint32_t>(count), at, occurrence(node, context), 0, answer}, waits ? &node : nullptr, width});
  draw_baselines(part, *fragment, first, count, space.width, context);
  if (first + count < lines.size()) part.rest = std::make_shared<Token>(Token{first + count, {}, rooms});
  return part;
}

namespace {

// The label's one line at its place, as commands in the picture's fragment; its elements follow the figure's own.
void add_label(Fragment& fragment, const styled::PictureLabel& label, const images::TextPlace& place, double scale, const Node& node, Context& context) {
  const Length room = place.width ? Length::from_points(*place.width * scale) : 10000_pt;
  // The label's glyphs become the picture's.
  if (context.trace != nullptr && context.trace->watches(*label.paragraph)) context.trace->give_up();
  const auto text = set_paragraph(label.paragraph, {{}, 10000_pt}, node.block->at, context).fragment;
  const Length width = text->size.width;
  if (text->lines.size() != 1 || width > room) {
    if (!context.measures.told.insert(&node).second) return;
    context.diags.error(node.block->at, fmt::format("label '{}' is {} mm wide, its place in the picture has {} mm", place.id, decimal_text(width.points() * 25.4 / 72, 1), decimal_text(room.points() * 25.4 / 72, 1)))
        .hint("shorten the label, widen data-width in the SVG, or let the layout set labels=\"legend\"");
    return;
  }
  const Length share = place.anchor == images::Anchor::Start ? Length{} : place.anchor == images::Anchor::Middle ? width / 2 : width;
  // A line set to the right ends at the line's width: take the ink's own left edge.
  Length left = 10000_pt;
  for (const Command& command : text->commands) {
    if (const auto* run = std::get_if<display::GlyphRun>(&command.what)) {
      for (const auto& glyph : run->glyphs) left = std::min(left, run->origin.x + glyph.offset.x);
    }
  }
  const Point shift{Length::from_points(place.x * scale) - share - left, Length::from_points(place.y * scale) - text->lines.front().baseline};
  for (Command command : text->commands) {
    if (auto* run = std::get_if<display::GlyphRun>(&command.what)) {
      run->origin = run->origin + shift;
      command.element = display::LocalElement{};
      fragment.commands.push_back(std::move(command));
    }
  }
}

}  // namespace

Part layout_picture(const Node& node, const styled::Picture& picture, const Space& space, Context& context) {
  // At a page's top it shrinks to what the box around it leaves.
  const bool only_here = space.top == PageTop::Yes && space.height > Length{};
  const Length limit = only_here ? std::min(space.height, context.page_height) : context.page_height;
  const Length wished = picture.width ? picture.width->of(space.width) : picture.size.width;
  double scale = picture.width ? wished.points() / picture.size.width.points() : 1;
  if (wished > space.width) scale = std::max(space.width, Length{}).points() / picture.size.width.points();
  if (picture.size.height.scaled(scale) > limit) scale = limit.points() / picture.size.height.points();
  const Size size{picture.size.width.scaled(scale), picture.size.height.scaled(scale)};
  if (moves_on(size.height, space)) return Part::none();

  auto fragment = std::make_shared<Fragment>();
  const Length x = picture.align == styled::Align::Left ? Length{} : picture.align == styled::Align::Right ? space.width - size.width : (space.width - size.width) / 2;
  display::FragmentElement element;
  element.info = node.block->element;
  fragment->elements.push_back(std::move(element));
  fragment->commands.push_back({display::PlacedPicture{picture.picture, {Length{}, Length{}, size.width, size.height}, picture.source}});
  if (const auto* drawing = std::get_if<images::Drawing>(&picture.picture->content); drawing != nullptr && drawing->width > 0) {
    const double to_paper = size.width.points() / drawing->width;
    for (const styled::PictureLabel& label : picture.labels) add_label(*fragment, label, drawing->places.at(label.place), to_paper, node, context);
  }
  if (node.block->element.role == display::Role::None) {
    for (Command& command : fragment->commands) command.element.reset();
  }
  fragment->size = size;
  fragment->lines.push_back({Length{}, size.height, size.height, 0, narrow<std::uint32_t>(fragment->commands.size())});

  Part part;
  part.height = node.block->element.role == display::Role::Figure ? snap(size.height, space, context.grid) : size.height;
  // A decoration without an element of its own (an icon, a logo) must not become content of what is around it.
  const display::Occurrence placed_as = node.block->element.role == display::Role::None && !context.artifact ? display::Occurrence(display::ArtifactKind::Layout) : occurrence(node, context);
  part.items.push_back({{std::move(fragment), 0, 1, {x, Length{}}, placed_as}, nullptr, {}});
  return part;
}

Part layout_rule(const styled::Rule& rule, const Space& space) {
  Part part;
  part.height = rule.border.width;
  if (moves_on(part.height, space)) return Part::none();
  part.items.push_back(decoration({{display::FilledRect{{Length{}, Length{}, space.width, rule.border.width}, rule.border.color, Length{}}, {}}}, {space.width, rule.border.width}));
  return part;
}

Part layout_write_lines(const styled::WriteLines& lines, const Space& space, const Token* token) {
  const std::size_t first = token != nullptr ? token->index : 0;
  const std::size_t left = static_cast<std::size_t>(std::max(lines.count, 0)) - first;
  if (left == 0) return {};
  std::size_t count = 0;
  while (count < left && lines.distance * static_cast<std::int64_t>(count + 1) <= space.height) ++count;
  if (count == 0 && space.top == PageTop::No) return Part::none();
  count = std::max<std::size_t>(count, 1);
  std::vector<Command> commands;
  for (std::size_t i = 1; i <= count; ++i) {
    const Length y = lines.distance * static_cast<std::int64_t>(i) - lines.border.width;
    commands.push_back({display::FilledRect{{Length{}, y, space.width, lines.border.width}, lines.border.color, Length{}}, {}});
  }
  Part part;
  part.height = lines.distance * static_cast<std::int64_t>(count);
  part.items.push_back(decoration(std::move(commands), {space.width, part.height}));
  if (count < left) part.rest = std::make_shared<Token>(Token{first + count, {}});
  return part;
}

}  // namespace handout::paginate
