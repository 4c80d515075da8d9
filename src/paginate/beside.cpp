// Text that runs round what floats at the sides (CSS 2.1, 9.5).
#include <algorithm>

#include "paginate/part.h"

namespace handout::paginate {

namespace {

// What keeps the text off a float that has no margin of its own; and how narrow what stands beside it may be: shorter lines than 12 em are no text.
constexpr Length kGap = 8_pt;
constexpr Length kLeastText = 144_pt;

Part shifted(Part part, Point offset) {
  Part moved;
  moved.progressed = part.progressed;
  moved.height = part.height + offset.y;
  moved.rest = part.rest;
  moved.appeal = part.appeal;
  moved.forced = part.forced;
  append(moved, std::move(part), offset);
  return moved;
}

bool has_lines_of_its_own(const Node& node) {
  const auto* block = std::get_if<styled::ParagraphBlock>(&node.block->content);
  const styled::BoxStyle& box = node.block->box;
  const bool bare = !box.background && !box.border_top && !box.border_right && !box.border_bottom && !box.border_left && box.padding == Insets{};
  // Their widths are set once more when the page is known.
  const bool fixed = block == nullptr || block->paragraph->page_fields.empty();
  return bare && fixed && (block != nullptr || std::holds_alternative<styled::Flow>(node.block->content));
}

}  // namespace

SideFloat side_float(const Node& node, Length width, Context& context) {
  const styled::BoxStyle& box = node.block->box;
  const Length own = box.width ? box.width->of(width) : std::min(natural_widths(node, context).maximum, width / 2);
  const Length margin = box.floating == styled::Float::Left ? box.margin.right : box.margin.left;
  const Length whole = std::min(own, width);
  return {whole, whole + (margin > Length{} ? Length{} : kGap)};
}

Part layout_beside(const Node& node, const Space& space, const Token* token, Context& context) {
  const Beside beside = space.beside;
  const Length narrow = space.width - beside.left - beside.right;
  const bool wide_enough = narrow >= kLeastText && narrow >= natural_widths(node, context).minimum;
  if (wide_enough && token == nullptr && node.block->box.clear == styled::Clear::No) {
    if (has_lines_of_its_own(node)) return layout(node, space, token, context);
    Space room = space;
    room.beside = {};
    room.width = narrow;
    return shifted(layout(node, room, token, context), {beside.left, Length{}});
  }
  Space below = space;
  below.beside = {};
  below.height -= beside.height;
  Part part = layout(node, below, token, context);
  return part.progressed ? shifted(std::move(part), {Length{}, beside.height}) : std::move(part);
}

}  // namespace handout::paginate
