// Rows of a table: where cells stand in them, and how high they are.
#include <algorithm>
#include <numeric>

#include "base/expects.h"
#include "paginate/decimal.h"
#include "paginate/table.h"

namespace handout::paginate {

using styled::CellAlign;
using styled::Table;
using styled::TableCell;

namespace {

bool is_right_to_left(const Table& table) { return table.direction == unicode::Direction::RightToLeft; }

// Half of the widest line at a column's start.
Length half_line_at(const Table& table, std::size_t column) {
  Length widest;
  if (!table.lines) return widest;
  const std::size_t stride = table.columns.size() + 1;
  for (std::size_t i = column; i < table.lines->vertical.size(); i += stride) {
    if (table.lines->vertical[i]) widest = std::max(widest, table.lines->vertical[i]->width);
  }
  return widest / 2;
}

// How far each number moves from where lines start.
std::vector<Length> decimal_shifts(const Node& node, const Table& table, const std::vector<Length>& widths, Context& context) {
  const DecimalColumns& decimals = decimal_columns(node, table, context);
  std::vector<Length> shifts(decimals.cells.size());
  for (std::size_t i = 0; i < shifts.size(); ++i) {
    if (!decimals.cells[i]) continue;
    const auto column = static_cast<std::size_t>(table.cells[i].column);
    const Insets inside = box_insets(node.children[i].block->box);
    const Length room = widths[column] - inside.left - inside.right - decimals.cells[i]->left - decimals.cells[i]->right;
    if (room <= Length{}) continue;
    // The widest part on the side where lines start begins there; a column that is too narrow keeps its numbers inside.
    const DecimalPlace& most = *decimals.columns[column];
    shifts[i] = is_right_to_left(table) ? -std::min(most.right - decimals.cells[i]->right, room) : std::min(most.left - decimals.cells[i]->left, room);
  }
  return shifts;
}

// Built once for each width: measuring the cells costs as much as the whole table.
const TableGrid& grid_of(const Node& node, const Table& table, Length width, Context& context) {
  const auto [entry, is_new] = context.measures.grids.try_emplace({&node, width});
  TableGrid& grid = entry->second;
  if (!is_new) return grid;
  grid.row_cells.resize(static_cast<std::size_t>(table.rows));
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const TableCell& cell = table.cells[i];
    EXPECTS(cell.row >= 0 && cell.row < table.rows && cell.column >= 0 && cell.column_span > 0 && cell.column + cell.column_span <= std::ssize(table.columns));
    grid.row_cells[static_cast<std::size_t>(cell.row)].push_back(i);
  }
  const Length start = half_line_at(table, 0), end = half_line_at(table, table.columns.size());
  const std::vector<Length> widths = divide_widths(table.columns, column_needs(node, table, context), width - start - end, Fill::Yes);
  Length x = start;
  for (std::size_t i = 0; i <= widths.size(); ++i) {
    grid.edges.push_back(is_right_to_left(table) ? width - x : x);
    if (i < widths.size()) x += widths[i];
  }
  grid.shifts = decimal_shifts(node, table, widths, context);
  return grid;
}

std::vector<CellBox> boxes_of(const SizedTable& table, std::size_t row) {
  std::vector<CellBox> boxes;
  for (const std::size_t i : table.grid.row_cells.at(row)) {
    const TableCell& cell = table.table.cells[i];
    const Length a = table.grid.edges[static_cast<std::size_t>(cell.column)], b = table.grid.edges[static_cast<std::size_t>(cell.column + cell.column_span)];
    boxes.push_back({&table.node.children[i], std::min(a, b), std::max(a, b) - std::min(a, b), cell.align});
  }
  return boxes;
}

Length shift_of(const SizedTable& table, std::size_t cell) { return table.grid.shifts.empty() ? Length{} : table.grid.shifts[cell]; }

// How far below the top of its room a cell's content begins.
Length drop(CellAlign align, Length baseline_shift, Length content, Length room) {
  switch (align) {
    case CellAlign::Middle: return (room - content) / 2;
    case CellAlign::Bottom: return room - content;
    case CellAlign::FirstBaseline: return baseline_shift;
    case CellAlign::Top:
    case CellAlign::Stretch: break;
  }
  return {};
}

struct LaidCell {
  Part part;
  CellBox box;
  std::size_t index = 0;             // of the table's cells
  Length baseline_shift;
  std::size_t row = 0, end = 0;      // in the group
};

void add_cell(Part& to, LaidCell& cell, const SizedTable& table, Length top, Length height, CellEnds ends) {
  const Length inside = ends.first && ends.last ? drop(cell.box.align, cell.baseline_shift, cell.part.height, height) : cell.baseline_shift;
  fill_cell(cell.part, *cell.box.node, {cell.box.width, height}, {shift_of(table, cell.index), inside}, ends);
  append(to, std::move(cell.part), {cell.box.x, top});
}

// Each row is as high as its own cells need, the last one also what spanning cells still lack. By where they end: what a shorter span adds is there for the longer ones.
void stretch_for_spans(std::vector<Length>& heights, const std::vector<LaidCell>& cells) {
  std::vector<const LaidCell*> by_end;
  for (const LaidCell& cell : cells) {
    if (cell.end > cell.row + 1) by_end.push_back(&cell);
  }
  std::stable_sort(by_end.begin(), by_end.end(), [](const LaidCell* a, const LaidCell* b) { return a->end < b->end; });
  for (const LaidCell* cell : by_end) {
    const auto at = [&](std::size_t row) { return heights.begin() + static_cast<std::ptrdiff_t>(row); };
    const Length lacks = cell->baseline_shift + cell->part.height - std::accumulate(at(cell->row), at(cell->end), Length{});
    heights[cell->end - 1] += std::max(Length{}, lacks);
  }
}

}  // namespace

SizedTable size_table(const Node& node, const Table& table, Length width, Context& context) { return {node, table, width, grid_of(node, table, width, context)}; }

std::vector<CellBox> table_row_boxes(const Node& node, const Table& table, std::size_t row, Length width, Context& context) { return boxes_of(size_table(node, table, width, context), row); }

LaidRows lay_out_rows(const SizedTable& table, std::size_t first, std::size_t end, Length limit, Context& context) {
  LaidRows laid;
  laid.heights.resize(end - first);
  Length height;
  std::vector<LaidCell> cells;
  for (std::size_t r = 0; r < laid.heights.size(); ++r) {
    const std::vector<CellBox> boxes = boxes_of(table, first + r);
    const std::vector<Length> shifts = baseline_shifts(boxes, context);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      const std::size_t index = table.grid.row_cells[first + r][i];
      const auto span = static_cast<std::size_t>(std::max(table.table.cells[index].row_span, 1));
      Part part = layout(*boxes[i].node, {boxes[i].width, kEndless, PageTop::Yes}, nullptr, context);
      const std::size_t last = std::min(r + span, laid.heights.size());
      if (last == r + 1) laid.heights[r] = std::max(laid.heights[r], shifts[i] + part.height);
      cells.push_back({std::move(part), boxes[i], index, shifts[i], r, last});
    }
    // The rest of a long group is not laid out on every page on which it doesn't fit.
    height += laid.heights[r];
    if (height > limit) return {Part::none(), {}};
  }
  stretch_for_spans(laid.heights, cells);
  std::vector<Length> tops{Length{}};
  for (const Length each : laid.heights) tops.push_back(tops.back() + each);
  for (LaidCell& cell : cells) add_cell(laid.part, cell, table, tops[cell.row], tops[cell.end] - tops[cell.row], {});
  laid.part.height = tops.back();
  if (laid.part.height > limit) return {Part::none(), {}};
  return laid;
}

LaidRows split_row(const SizedTable& table, std::size_t row, const Space& space, const Token* token, Context& context) {
  const std::vector<CellBox> boxes = boxes_of(table, row);
  const std::vector<Length> shifts = token == nullptr ? baseline_shifts(boxes, context) : std::vector<Length>(boxes.size());
  std::vector<CellState> states(boxes.size());
  std::vector<LaidCell> cells;
  bool finished = true;
  Part result;
  result.appeal = Appeal::Forced;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const CellState before = token != nullptr ? token->cells[i] : CellState{};
    states[i].done = true;
    Part part;
    if (!before.done) {
      part = layout(*boxes[i].node, {boxes[i].width, space.height - shifts[i], space.top}, before.token.get(), context);
      if (!part.progressed) return {Part::none(), {}};
      result.height = std::max(result.height, shifts[i] + part.height);
      if (part.rest != nullptr) {
        states[i] = {false, part.rest};
        finished = false;
        result.appeal = std::max(result.appeal, part.appeal);
        result.forced = std::max(result.forced, part.forced);
      }
    }
    cells.push_back({std::move(part), boxes[i], table.grid.row_cells[row][i], shifts[i], 0, 1});
  }
  for (LaidCell& cell : cells) add_cell(result, cell, table, Length{}, result.height, {token == nullptr, finished});
  if (!finished) result.rest = std::make_shared<Token>(Token{0, std::move(states)});
  const Length height = result.height;
  return {std::move(result), {height}};
}

}  // namespace handout::paginate
