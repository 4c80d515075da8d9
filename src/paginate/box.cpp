// The box around a block: margin, border, padding and background, for the part of it that stands on this page.
#include <algorithm>
#include <array>
#include <utility>

#include "base/numbers.h"
#include "paginate/trace.h"

namespace handout::paginate {

using display::Command;
using display::FilledRect;
using styled::BoxStyle;

namespace {

// What rounding of a picture's scale may come to.
constexpr Length kHair = Length::from_units(Length::kUnitsPerPoint / 100);

}  // namespace

bool is_decorated(const BoxStyle& box) {
  return box.background || box.border_top || box.border_right || box.border_bottom || box.border_left;
}

void append(Part& to, Part&& from, Point offset) {
  to.overflows = to.overflows || from.overflows;
  for (Placed& each : from.items) {
    each.placement.position = each.placement.position + offset;
    to.items.push_back(std::move(each));
  }
}

Placed decoration(std::vector<Command> commands, Size size) {
  for (Command& command : commands) command.element.reset();
  auto fragment = std::make_shared<display::Fragment>();
  fragment->lines.push_back({Length{}, size.height, size.height, 0, narrow<std::uint32_t>(commands.size())});
  fragment->commands = std::move(commands);
  fragment->size = size;
  return {{std::move(fragment), 0, 1, {}, display::ArtifactKind::Background}, nullptr, {}};
}

display::Occurrence occurrence(const Node& node, const Context& context) {
  if (context.artifact) return *context.artifact;
  return node.element;
}

Length snap(Length height, const Space& space, Length grid) {
  if (grid <= Length{}) return height;
  // A hair over a multiple doesn't cost a whole step.
  const std::int64_t steps = ((height - kHair).units() + grid.units() - 1) / grid.units();
  return std::max(height, std::min(grid * steps, space.height));
}

namespace {

Length width_of(const std::optional<styled::Border>& border) { return border ? border->width : Length{}; }

// A box that is cloned at breaks begins and ends in each of its parts.
bool begins(const BoxStyle& box, bool first_part) { return first_part || box.box_break == styled::BoxBreak::Clone; }
bool ends(const BoxStyle& box, bool last_part) { return last_part || box.box_break == styled::BoxBreak::Clone; }

// At a break there is neither border nor padding (CSS Fragmentation 3, 5.4.1), but where there is something to see the padding stays: text never touches the edge of a colour.
Insets insets(const BoxStyle& box, bool first_part, bool last_part) {
  const bool top = begins(box, first_part), bottom = ends(box, last_part), padded = is_decorated(box);
  return {(top || padded ? box.padding.top : Length{}) + (top ? width_of(box.border_top) : Length{}), box.margin.right + width_of(box.border_right) + box.padding.right,
          (bottom || padded ? box.padding.bottom : Length{}) + (bottom ? width_of(box.border_bottom) : Length{}), box.margin.left + width_of(box.border_left) + box.padding.left};
}

// Borders round corners: one frame for each colour.
void add_frames(std::vector<Command>& commands, const Rect& area, Length radius, std::uint8_t corners, std::array<const styled::Border*, 4> sides) {
  const auto width = [&](std::size_t side) { return sides[side] != nullptr ? sides[side]->width : Length{}; };
  const Insets widths{width(0), width(1), width(2), width(3)};
  std::uint8_t present = 0, drawn = 0;
  for (std::size_t i = 0; i < sides.size(); ++i) present = static_cast<std::uint8_t>(present | (sides[i] != nullptr ? 1u << i : 0u));
  for (const styled::Border* each : sides) {
    std::uint8_t alike = 0;
    for (std::size_t i = 0; each != nullptr && i < sides.size(); ++i) alike = static_cast<std::uint8_t>(alike | (sides[i] != nullptr && sides[i]->color == each->color ? 1u << i : 0u));
    if ((alike & ~drawn) == 0) continue;
    drawn = static_cast<std::uint8_t>(drawn | alike);
    commands.push_back({display::Frame{area, widths, radius, each->color, corners, alike == present ? display::kAllSides : alike}, {}});
  }
}

// Background and borders as filled shapes: corners are exact and print sharp.
Placed box_decoration(const BoxStyle& box, Size size, bool first_part, bool last_part) {
  std::vector<Command> commands;
  first_part = begins(box, first_part);
  last_part = ends(box, last_part);
  const Rect area{box.margin.left, Length{}, size.width - box.margin.left - box.margin.right, size.height};
  const Length radius = std::min({box.radius, area.width / 2, area.height / 2});
  const auto corners = static_cast<std::uint8_t>((first_part ? display::kTopCorners : 0) | (last_part ? display::kBottomCorners : 0));
  if (box.background) commands.push_back({FilledRect{area, *box.background, radius, corners}, {}});
  if (radius > Length{} && corners != 0) {
    const auto at = [](const std::optional<styled::Border>& border) { return border && border->width > Length{} ? &*border : nullptr; };
    add_frames(commands, area, radius, corners, {first_part ? at(box.border_top) : nullptr, at(box.border_right), last_part ? at(box.border_bottom) : nullptr, at(box.border_left)});
    return decoration(std::move(commands), size);
  }
  const auto side = [&](const std::optional<styled::Border>& border, Rect rect) {
    if (border) commands.push_back({FilledRect{rect, border->color, Length{}}, {}});
  };
  if (first_part) side(box.border_top, {area.x, area.y, area.width, width_of(box.border_top)});
  if (last_part) side(box.border_bottom, {area.x, area.bottom() - width_of(box.border_bottom), area.width, width_of(box.border_bottom)});
  side(box.border_left, {area.x, area.y, width_of(box.border_left), area.height});
  side(box.border_right, {area.right() - width_of(box.border_right), area.y, width_of(box.border_right), area.height});
  return decoration(std::move(commands), size);
}

Part layout_content(const Node& node, const Space& space, const Token* token, Context& context) {
  struct Visitor {
    const Node& node;
    const Space& space;
    const Token* token;
    Context& context;
    Part operator()(const styled::Flow&) const { return layout_flow(node, space, token, context); }
    Part operator()(const styled::Columns& columns) const { return layout_columns(node, columns, space, token, context); }
    Part operator()(const styled::Parallel& parallel) const { return layout_parallel(node, parallel, space, token, context); }
    Part operator()(const styled::ParagraphBlock&) const { return layout_paragraph(node, space, token, context); }
    Part operator()(const styled::Row& row) const { return layout_row(node, row, space, token, context); }
    Part operator()(const styled::ListItem& item) const { return layout_list_item(node, item, space, token, context); }
    Part operator()(const styled::Table& table) const { return layout_table(node, table, space, token, context); }
    Part operator()(const styled::Picture& picture) const { return layout_picture(node, picture, space, context); }
    Part operator()(const styled::Rule& rule) const { return layout_rule(rule, space); }
    Part operator()(const styled::WriteLines& lines) const { return layout_write_lines(lines, space, token); }
  };
  return std::visit(Visitor{node, space, token, context}, node.block->content);
}

}  // namespace

Insets box_insets(const BoxStyle& box) { return insets(box, true, true); }

void fill_cell(Part& part, const Node& node, Size size, Point inside, CellEnds ends) {
  const bool decorated = is_decorated(node.block->box);
  const bool drawn = decorated && !part.items.empty();
  for (std::size_t i = drawn ? 1 : 0; i < part.items.size(); ++i) part.items[i].placement.position = part.items[i].placement.position + inside;
  part.height = size.height;
  if (!decorated) return;
  Placed box = box_decoration(node.block->box, size, ends.first, ends.last);
  if (drawn) part.items.front() = std::move(box);
  else part.items.push_back(std::move(box));
}

void stretch(Part& part, const Node& node, Length width, Length height) {
  part.height = height;
  // A box's decoration is painted first.
  if (is_decorated(node.block->box)) part.items.front() = box_decoration(node.block->box, {width, height}, true, true);
}

namespace {

// Told when the page is finished: a part may be laid out several times before it is taken.
void mark_overflow(const Node& node, Length excess, Part& part) {
  if (part.overflows || excess <= kHair) return;
  part.overflows = true;
  part.items.push_back({{}, &node, excess, Mark::Overflow});
}

}  // namespace

namespace {

Part layout_box(const Node& node, const Space& space, const Token* token, Context& context) {
  const BoxStyle& box = node.block->box;
  const bool first_part = token == nullptr;
  // What stands below the last part is reserved on every page: which part is the last shows only when it is laid out.
  const Insets inside = insets(box, first_part, true);
  Space room = space;
  room.width -= inside.left + inside.right;
  room.height -= inside.top + inside.bottom;
  room.beside = {std::max(space.beside.left - inside.left, Length{}), std::max(space.beside.right - inside.right, Length{}), space.beside.height - inside.top};
  if (room.columns == InColumns::Yes && is_decorated(box)) room.columns = InColumns::Boxed;
  Part content = layout_content(node, room, token, context);
  if (!content.progressed) return content;

  Part part;
  part.rest = std::move(content.rest);
  part.appeal = content.appeal;
  part.forced = content.forced;
  part.parting = content.parting;
  const bool last_part = part.rest == nullptr;
  part.height = content.height + inside.top + insets(box, first_part, last_part).bottom;
  if (last_part && first_part) part.height = std::max(part.height, box.min_height);
  if (part.height > space.height && space.top == PageTop::No) return Part::none();
  if (is_decorated(box)) part.items.push_back(box_decoration(box, {space.width, part.height}, first_part, last_part));
  if (first_part && !node.block->anchor.empty() && !context.artifact) {
    part.items.push_back(decoration({{display::DestinationMark{node.block->anchor, {}}, {}}}, {space.width, Length{}}));
  }
  if (first_part && !node.block->outline_title.empty() && !context.artifact) part.items.push_back({{}, &node, {}, Mark::Outline});
  // A box that is seen would have to be drawn anew.
  if (content.tail.rest != nullptr && !is_decorated(box)) part.tail = {part.items.size() + content.tail.items, inside.top + content.tail.height, content.tail.rest, std::max(content.tail.appeal, static_cast<Appeal>(box.keep_together))};
  append(part, std::move(content), {inside.left, inside.top});
  if (!context.artifact) mark_overflow(node, part.height - space.height, part);
  if (part.rest && part.appeal != Appeal::Forced) part.appeal = std::max(part.appeal, static_cast<Appeal>(box.keep_together));
  draw_box(part, node, space.width, context);
  return part;
}

Part layout_in_width(const Node& node, const Space& space, const Token* token, Context& context) {
  const BoxStyle& box = node.block->box;
  // What floats at a side was given its width already.
  const bool own_width = box.width && box.floating != styled::Float::Left && box.floating != styled::Float::Right;
  const Length width = own_width ? std::min(box.width->of(space.width), space.width) : space.width;
  if (width >= space.width) return layout_box(node, space, token, context);
  Space narrow = space;
  narrow.width = width;
  Part part = layout_box(node, narrow, token, context);
  if (context.direction == unicode::Direction::RightToLeft) {
    for (Placed& each : part.items) each.placement.position.x += space.width - width;
  }
  return part;
}

// Noted as a whole, with what it hangs on.
Part layout_watched(const Node& node, const Space& space, const Token* token, Context& context) {
  Part part;
  {
    const Trace::Inside inside(*context.trace);
    part = layout(node, space, token, context);
  }
  AskedPart asked{context.trace->keep(node), space, token != nullptr ? std::make_shared<const Token>(*token) : nullptr, context.trace->keep(context.fields), context.artifact, context.page_width, context.page_height, context.floats, part};
  context.trace->note(std::move(asked), part.items);
  return part;
}

}  // namespace

Part layout(const Node& node, const Space& space, const Token* token, Context& context) {
  if (context.trace != nullptr && context.trace->watches(*node.block)) return layout_watched(node, space, token, context);
  Part part = layout_in_width(node, space, token, context);
  if (context.origins == styled::StyledDocument::KeepOrigins::No) return part;
  for (Placed& each : part.items) {
    if (each.origin == nullptr) each.origin = &node;
  }
  return part;
}

}  // namespace handout::paginate
