// Boxes, rows and columns: where start and end become left and right.
#include <algorithm>

#include "compose/composer.h"

namespace handout::compose {

using styled::Block;
using styled::BlockPtr;
using unicode::Direction;

styled::Align Composer::physical(TextAlign align, Direction direction) const {
  const bool rtl = direction == Direction::RightToLeft;
  switch (align) {
    case TextAlign::Start: return rtl ? styled::Align::Right : styled::Align::Left;
    case TextAlign::End: return rtl ? styled::Align::Left : styled::Align::Right;
    case TextAlign::Center: return styled::Align::Center;
    case TextAlign::Justify: return styled::Align::Justify;
    case TextAlign::Decimal: return rtl ? styled::Align::Right : styled::Align::Left;  // the table moves it
  }
  return styled::Align::Left;
}

namespace {

styled::Float floating(Float side, bool rtl) {
  switch (side) {
    case Float::None: return styled::Float::None;
    case Float::Top: return styled::Float::Top;
    case Float::Bottom: return styled::Float::Bottom;
    case Float::Start: return rtl ? styled::Float::Right : styled::Float::Left;
    case Float::End: return rtl ? styled::Float::Left : styled::Float::Right;
  }
  return styled::Float::None;
}

}  // namespace

styled::BoxStyle Composer::box(const ComputedStyle& style) const {
  const bool rtl = right_to_left();
  styled::BoxStyle box;
  box.space_before = style.space_before;
  box.space_after = style.space_after;
  box.margin = {Length{}, rtl ? style.margin_start : style.margin_end, Length{}, rtl ? style.margin_end : style.margin_start};
  box.padding = {style.padding_top, rtl ? style.padding_start : style.padding_end, style.padding_bottom, rtl ? style.padding_end : style.padding_start};
  box.background = style.background;
  if (style.background) box.background_at = place(style.background_at);
  box.border_top = style.border_top;
  box.border_bottom = style.border_bottom;
  box.border_left = rtl ? style.border_end : style.border_start;
  box.border_right = rtl ? style.border_start : style.border_end;
  box.radius = style.radius;
  box.keep_together = style.keep_together;
  box.keep_with_next = style.keep_with_next;
  box.keep_with_previous = style.keep_with_previous;
  box.break_before = style.break_before;
  box.break_after = style.break_after;
  box.box_break = style.box_break;
  box.column_span = style.column_span;
  box.clear = style.clear;
  box.floating = floating(style.floating, rtl);
  if (style.width) box.width = cascade.extent(*style.width, style.size);
  // Text beside it needs the greater part of the measure.
  const bool at_side = box.floating == styled::Float::Left || box.floating == styled::Float::Right;
  if (at_side && !box.width) box.width = styled::Extent{Length{}, 0.4};
  box.widows = style.widows;
  box.orphans = style.orphans;
  box.min_height = style.min_height;
  return box;
}

styled::WriteLines write_lines(int count, const ComputedStyle& style) {
  return {count, style.line_distance, style.row_rule.value_or(styled::Border{0.75_pt, style.color}), place(style.row_rule ? style.row_rule_at : style.color_at)};
}

BlockPtr Composer::row(std::string_view name, const Span& at, std::vector<styled::RowCell> logical, Length gap, const styled::BoxStyle& box) const {
  styled::Row row;
  row.gap = gap;
  const std::size_t count = logical.size();
  for (std::size_t i = 0; i < count; ++i) row.reading.push_back(right_to_left() ? count - 1 - i : i);
  if (right_to_left()) std::reverse(logical.begin(), logical.end());
  row.cells = std::move(logical);
  auto block = std::make_shared<Block>();
  block->name = name;
  block->at = at;
  block->box = box;
  block->content = std::move(row);
  return block;
}

// Ids are an article's own; editions of one article have the same.
std::string Composer::destination(const std::string& id) const { return edition == 0 ? id : fmt::format("{}@{}", id, article.locale.tag()); }

BlockPtr Composer::anchored(BlockPtr block, const std::string& id) const {
  if (!block || !link_targets.contains(id)) return block;
  auto copy = std::make_shared<Block>(*block);
  copy->anchor = destination(id);
  return copy;
}

namespace {

BlockPtr plain_flow(std::string_view name, const Span& at, std::vector<BlockPtr> children) {
  auto block = std::make_shared<Block>();
  block->name = name;
  block->at = at;
  block->content = styled::Flow{std::move(children)};
  return block;
}

// A stretch of the side column with the text beside it.
struct Stretch {
  std::vector<BlockPtr> side, text;
};

}  // namespace

// Blocks for the side column stand beside the text that follows them, first baselines level; what spans goes over both.
std::vector<BlockPtr> Composer::arrange(std::vector<Placed> children, const ComputedStyle& around, Room room) const {
  std::vector<BlockPtr> result;
  if (room == Room::Narrow || side.width <= Length{}) {
    for (Placed& child : children) result.push_back(std::move(child.block));
    return result;
  }
  Stretch stretch;
  const Length taken = around.padding_start + around.margin_start + (around.border_start ? around.border_start->width : Length{});
  const auto finish = [&] {
    if (stretch.text.empty()) {
      for (BlockPtr& block : stretch.side) result.push_back(std::move(block));
    } else {
      styled::BoxStyle box;
      box.space_before = std::max(stretch.text.front()->box.space_before, stretch.side.empty() ? Length{} : stretch.side.front()->box.space_before);
      box.space_after = stretch.text.back()->box.space_after;
      box.keep_with_next = stretch.text.back()->box.keep_with_next;
      box.break_before = std::max(stretch.text.front()->box.break_before, stretch.side.empty() ? styled::Break::Auto : stretch.side.front()->box.break_before);
      const Span at = stretch.side.empty() ? stretch.text.front()->at : stretch.side.front()->at;
      std::vector<styled::RowCell> cells;
      cells.push_back({plain_flow("side", at, std::move(stretch.side)), styled::FixedWidth{std::max(side.width - taken, Length{})}, styled::CellAlign::FirstBaseline});
      cells.push_back({plain_flow("text", at, std::move(stretch.text)), styled::ShareWidth{1}, styled::CellAlign::FirstBaseline});
      result.push_back(row("columns", at, std::move(cells), side.gap, box));
    }
    stretch = {};
  };
  for (Placed& child : children) {
    if (child.column == Column::Full) {
      finish();
      result.push_back(std::move(child.block));
    } else if (child.column == Column::Side) {
      if (!stretch.text.empty()) finish();
      stretch.side.push_back(std::move(child.block));
    } else {
      stretch.text.push_back(std::move(child.block));
    }
  }
  finish();
  return result;
}

namespace {

// A lone item or a block that is kept together is not divided: it stands over the whole width.
bool divides(const std::vector<BlockPtr>& children) {
  if (children.size() != 1) return !children.empty();
  const Block& only = *children.front();
  return only.box.keep_together != styled::Keep::Always && !std::holds_alternative<styled::ListItem>(only.content) && !std::holds_alternative<styled::Picture>(only.content);
}

}  // namespace

namespace {

// A heading stands over all the columns with what it opens.
void span_with_next(std::vector<BlockPtr>& children) {
  for (std::size_t i = children.size(); i-- > 1;) {
    if (!children[i - 1] || !children[i] || children[i]->box.column_span == styled::ColumnSpan::One) continue;
    if (children[i - 1]->box.keep_with_next != styled::Keep::Always) continue;
    auto copy = std::make_shared<Block>(*children[i - 1]);
    copy->box.column_span = styled::ColumnSpan::All;
    children[i - 1] = std::move(copy);
  }
}

}  // namespace

BlockPtr Composer::flow(std::string_view name, const Span& at, const ComputedStyle& style, display::ElementInfo info, std::vector<Placed> children, Room room) const {
  auto block = std::make_shared<Block>();
  block->name = name;
  block->at = at;
  block->box = box(style);
  block->element = std::move(info);
  const bool in_columns = style.column_count > 1;
  std::vector<BlockPtr> arranged = arrange(std::move(children), style, in_columns ? Room::Narrow : room);
  // Beside another language each heading stands over its own words.
  if (origins == nullptr || origins->spanning == nullptr) span_with_next(arranged);
  if (in_columns && divides(arranged)) block->content = styled::Columns{std::move(arranged), style.column_count, style.column_gap, style.column_rule, style.columns_balanced, article.locale.direction()};
  else block->content = styled::Flow{std::move(arranged)};
  return block;
}

}  // namespace handout::compose
