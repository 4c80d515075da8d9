// Boxes, rows and columns: where start and end become left and right.
#include <algorithm>

#include "compose/composer.h"
#include "unicode/text.h"

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

BlockPtr Composer::anchored(BlockPtr block, const std::string& id) const {
  if (!block || !link_targets.contains(id)) return block;
  auto copy = std::make_shared<Block>(*block);
  copy->anchor = id;
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

// How long a block is, roughly: its characters, and a line's worth for each paragraph.
std::size_t weight(const Block& block) {
  struct Visitor {
    std::size_t operator()(const styled::Flow& flow) const {
      std::size_t sum = 0;
      for (const BlockPtr& child : flow.children) sum += weight(*child);
      return sum;
    }
    std::size_t operator()(const styled::Columns& columns) const {
      std::size_t sum = 0;
      for (const BlockPtr& child : columns.children) sum += weight(*child);
      return sum / static_cast<std::size_t>(columns.count);
    }
    std::size_t operator()(const styled::Parallel& parallel) const { return weight(*parallel.tracks.front()); }
    std::size_t operator()(const styled::ParagraphBlock& paragraph) const { return 40 + unicode::count_code_points(paragraph.paragraph->text); }
    std::size_t operator()(const styled::Row& row) const {
      std::size_t most = 0;
      for (const styled::RowCell& cell : row.cells) most = std::max(most, weight(*cell.block));
      return most;
    }
    std::size_t operator()(const styled::ListItem& item) const { return weight(*item.body); }
    std::size_t operator()(const styled::Table& table) const { return static_cast<std::size_t>(table.rows) * 80; }
    std::size_t operator()(const styled::Picture&) const { return 400; }
    std::size_t operator()(const styled::Rule&) const { return 1; }
    std::size_t operator()(const styled::WriteLines& lines) const { return static_cast<std::size_t>(lines.count) * 60; }
  };
  return std::visit(Visitor{}, block.content);
}

// Children dealt out to columns in reading order: each column ends where its share of the whole is reached.
std::vector<std::vector<BlockPtr>> deal(std::vector<BlockPtr> children, std::size_t columns) {
  std::size_t total = 0;
  for (const BlockPtr& child : children) total += weight(*child);
  std::vector<std::vector<BlockPtr>> dealt(columns);
  std::size_t sum = 0;
  for (BlockPtr& child : children) {
    const std::size_t own = weight(*child);
    const std::size_t column = std::min(columns - 1, (sum + own / 2) * columns / std::max<std::size_t>(total, 1));
    sum += own;
    dealt[column].push_back(std::move(child));
  }
  return dealt;
}

}  // namespace

BlockPtr Composer::flow(std::string_view name, const Span& at, const ComputedStyle& style, display::ElementInfo info, std::vector<Placed> children, Room room) const {
  auto block = std::make_shared<Block>();
  block->name = name;
  block->at = at;
  block->box = box(style);
  block->element = std::move(info);
  std::vector<BlockPtr> arranged = arrange(std::move(children), style, room);
  if (style.column_count > 1 && arranged.size() > 1) {
    std::vector<styled::RowCell> cells;
    for (auto& column : deal(std::move(arranged), static_cast<std::size_t>(style.column_count))) {
      // A box alone in its column is as high as its neighbours.
      const bool alone = column.size() == 1;
      cells.push_back({alone ? column.front() : plain_flow("column", at, std::move(column)), styled::ShareWidth{1}, alone ? styled::CellAlign::Stretch : styled::CellAlign::FirstBaseline});
    }
    arranged = {row("columns", at, std::move(cells), style.column_gap, {})};
  }
  block->content = styled::Flow{std::move(arranged)};
  return block;
}

}  // namespace handout::compose
