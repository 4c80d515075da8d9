// Blocks side by side: rows, list items.
#include <algorithm>
#include <numeric>

#include "paginate/part.h"

namespace handout::paginate {
namespace {

using styled::CellAlign;

struct CellPart {
  Part part;
  Length shift;
  bool done_before = false;
};

// Moves cells down until their first baselines agree; a cell that no longer fits is laid out again in what is left.
void align_baselines(std::vector<CellPart>& parts, const std::vector<CellBox>& cells, const Space& space, Context& context) {
  Length lowest;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].align == CellAlign::FirstBaseline && parts[i].part.baseline) lowest = std::max(lowest, *parts[i].part.baseline);
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    CellPart& cell = parts[i];
    if (cells[i].align != CellAlign::FirstBaseline || !cell.part.baseline) continue;
    cell.shift = lowest - *cell.part.baseline;
    if (cell.shift + cell.part.height <= space.height || cell.shift == Length{}) continue;
    Part again = layout(*cells[i].node, {cells[i].width, space.height - cell.shift, space.top}, nullptr, context);
    cell.part = std::move(again);
  }
}

}  // namespace

Part layout_cells(const std::vector<CellBox>& cells, const std::vector<std::size_t>& reading, const Space& space, const Token* token, Context& context) {
  std::vector<CellPart> parts(cells.size());
  for (const std::size_t i : reading) {
    const CellState* state = token != nullptr ? &token->cells[i] : nullptr;
    if (state != nullptr && state->done) {
      parts[i].done_before = true;
      continue;
    }
    parts[i].part = layout(*cells[i].node, {cells[i].width, space.height, space.top}, state != nullptr ? state->token.get() : nullptr, context);
    if (!parts[i].part.progressed) return Part::none();
  }
  if (token == nullptr) align_baselines(parts, cells, space, context);

  Part result;
  bool unfinished = false;
  std::vector<CellState> states(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Part& part = parts[i].part;
    if (!part.progressed) return Part::none();
    if (!parts[i].done_before) result.height = std::max(result.height, parts[i].shift + part.height);
    states[i] = {parts[i].done_before || part.rest == nullptr, part.rest};
    if (part.rest == nullptr) continue;
    unfinished = true;
    result.appeal = std::min(result.appeal, part.appeal);
  }
  for (const std::size_t i : reading) {
    CellPart& cell = parts[i];
    if (cell.done_before) continue;
    if (cells[i].align == CellAlign::Stretch && token == nullptr && !unfinished && cell.part.height < result.height) {
      cell.part = layout(*cells[i].node, {cells[i].width, space.height, space.top, result.height}, nullptr, context);
    }
    if (cells[i].align == CellAlign::Middle) cell.shift = (result.height - cell.part.height) / 2;
    if (cells[i].align == CellAlign::Bottom) cell.shift = result.height - cell.part.height;
    if (cell.part.baseline && !result.baseline) result.baseline = cell.shift + *cell.part.baseline;
    append(result.items, std::move(cell.part.items), {cells[i].x, cell.shift});
  }
  if (unfinished) result.rest = std::make_shared<Token>(Token{0, std::move(states)});
  return result;
}

namespace {

std::vector<Length> row_widths(const Node& node, const styled::Row& row, Length available, Context& context) {
  std::vector<Length> widths(row.cells.size());
  Length left = available - row.gap * (static_cast<std::int64_t>(row.cells.size()) - 1);
  double shares = 0;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (const auto* share = std::get_if<styled::ShareWidth>(&row.cells[i].width)) {
      shares += share->share;
      continue;
    }
    const auto* fixed = std::get_if<styled::FixedWidth>(&row.cells[i].width);
    widths[i] = std::min(std::max(left, Length{}), fixed != nullptr ? fixed->width : natural_widths(node.children[i], context).maximum);
    left -= widths[i];
  }
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (const auto* share = std::get_if<styled::ShareWidth>(&row.cells[i].width)) widths[i] = left.scaled(share->share / shares);
  }
  return widths;
}

}  // namespace

Part layout_row(const Node& node, const styled::Row& row, const Space& space, const Token* token, Context& context) {
  const std::vector<Length> widths = row_widths(node, row, space.width, context);
  std::vector<CellBox> cells;
  Length x;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    cells.push_back({&node.children[i], x, widths[i], row.cells[i].align});
    x += widths[i] + row.gap;
  }
  return layout_cells(cells, row.reading, space, token, context);
}

Part layout_list_item(const Node& node, const styled::ListItem& item, const Space& space, const Token* token, Context& context) {
  const Length hang = item.label_width + item.gap;
  const Length body_width = space.width - hang;
  const styled::CellAlign align = styled::CellAlign::FirstBaseline;
  const CellBox label{&node.children[0], item.label_on_right ? body_width + item.gap : Length{}, item.label_width, align};
  const CellBox body{&node.children[1], item.label_on_right ? Length{} : hang, body_width, align};
  return layout_cells({label, body}, {0, 1}, space, token, context);
}

namespace {

Length sides(const styled::BoxStyle& box) {
  const auto width = [](const std::optional<styled::Border>& border) { return border ? border->width : Length{}; };
  return box.margin.left + box.margin.right + box.padding.left + box.padding.right + width(box.border_left) + width(box.border_right);
}

typeset::ContentWidths widest(const Node& node, Context& context) {
  typeset::ContentWidths widths;
  for (const Node& child : node.children) {
    const auto each = natural_widths(child, context);
    widths = {std::max(widths.minimum, each.minimum), std::max(widths.maximum, each.maximum)};
  }
  return widths;
}

}  // namespace

typeset::ContentWidths natural_widths(const Node& node, Context& context) {
  typeset::ContentWidths widths;
  if (const auto* paragraph = std::get_if<styled::ParagraphBlock>(&node.block->content)) {
    widths = typeset::content_widths(*paragraph->paragraph, context.resources);
  } else if (const auto* picture = std::get_if<styled::Picture>(&node.block->content)) {
    widths = {picture->size.width, picture->size.width};
  } else if (std::holds_alternative<styled::Flow>(node.block->content)) {
    widths = widest(node, context);
  } else if (const auto* row = std::get_if<styled::Row>(&node.block->content)) {
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const auto* fixed = std::get_if<styled::FixedWidth>(&row->cells[i].width);
      const auto each = fixed != nullptr ? typeset::ContentWidths{fixed->width, fixed->width} : natural_widths(node.children[i], context);
      widths = {widths.minimum + each.minimum + (i > 0 ? row->gap : Length{}), widths.maximum + each.maximum + (i > 0 ? row->gap : Length{})};
    }
  } else if (const auto* item = std::get_if<styled::ListItem>(&node.block->content)) {
    const auto body = natural_widths(node.children[1], context);
    widths = {item->label_width + item->gap + body.minimum, item->label_width + item->gap + body.maximum};
  } else if (std::holds_alternative<styled::Table>(node.block->content)) {
    widths = widest(node, context);
  }
  const Length around = sides(node.block->box);
  return {widths.minimum + around, widths.maximum + around};
}

}  // namespace handout::paginate
