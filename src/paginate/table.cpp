// Tables: column widths, rows kept whole, the head repeated on every page (content once, an artifact afterwards).
#include <algorithm>
#include <numeric>
#include <utility>

#include "base/expects.h"
#include "paginate/part.h"

namespace handout::paginate {

using display::Command;
using display::FilledRect;
using styled::Table;
using styled::TableCell;

namespace {

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
  grid.widths = divide_widths(table.columns, column_needs(node, table, context), width, Fill::Yes);
  return grid;
}

}  // namespace

std::vector<CellBox> table_row_boxes(const Node& node, const Table& table, std::size_t row, Length width, Context& context) {
  const TableGrid& grid = grid_of(node, table, width, context);
  const auto sum = [&](int from, int count) { return std::accumulate(grid.widths.begin() + from, grid.widths.begin() + from + count, Length{}); };
  std::vector<CellBox> boxes;
  for (const std::size_t i : grid.row_cells.at(row)) {
    const TableCell& cell = table.cells[i];
    const Length before = sum(0, cell.column), own = sum(cell.column, cell.column_span);
    const Length x = table.direction == unicode::Direction::RightToLeft ? width - before - own : before;
    boxes.push_back({&node.children[i], x, own, styled::CellAlign::FirstBaseline});
  }
  return boxes;
}

namespace {

class TableLayout {
 public:
  TableLayout(const Node& node, const Table& table, Length width, Context& context) : node_(node), table_(table), width_(width), context_(context), grid_(grid_of(node, table, width, context)) {}

  Part lay_out(const Space& space, const Token* token) {
    Part result;
    std::size_t row = token != nullptr ? token->index : 0;
    bool placed_body = false;
    std::size_t parted = 0;  // rows before this one are laid out each by itself: their group is taller than the page
    if (token != nullptr && row >= head()) repeat_head(result, space);
    while (row < rows()) {
      const bool must = space.top == PageTop::Yes && !placed_body;
      const Space left{width_, space.height - result.height, must ? PageTop::Yes : PageTop::No};
      const Token* split = token != nullptr && row == token->index && !token->cells.empty() ? token : nullptr;
      std::size_t end = split != nullptr || row < parted ? row + 1 : group_end(row);
      Part group = end == row + 1 ? lay_out_row(row, left, split) : lay_out_group(row, end, left.height);
      const bool fits = group.progressed && group.rest == nullptr && group.height <= left.height;
      if (!fits && !must) return stop(std::move(result), row, placed_body);
      if (!fits && end > row + 1) {
        // Spanning cells of a group taller than the page end in their first row, so that it can break after each of its rows.
        parted = end;
        end = row + 1;
        group = lay_out_row(row, left, nullptr);
      }
      const TokenPtr rest = group.rest;
      const Appeal appeal = group.appeal == Appeal::Forced ? Appeal::Forced : Appeal::Violating;
      take(result, std::move(group), row, end);
      if (rest != nullptr) {
        result.rest = std::make_shared<Token>(Token{row, rest->cells});
        result.appeal = appeal;
        return result;
      }
      if (row >= head()) placed_body = true;
      row = end;
    }
    result.height = snap(result.height, space, context_.grid);
    return result;
  }

 private:
  [[nodiscard]] std::size_t head() const { return static_cast<std::size_t>(table_.head_rows); }
  [[nodiscard]] std::size_t rows() const { return grid_.row_cells.size(); }

  // Rows linked by spanning cells are one group: [row, end).
  [[nodiscard]] std::size_t group_end(std::size_t row) const {
    std::size_t end = row + 1;
    for (std::size_t r = row; r < end && r < rows(); ++r) {
      for (const std::size_t i : grid_.row_cells[r]) end = std::max(end, r + static_cast<std::size_t>(std::max(table_.cells[i].row_span, 1)));
    }
    return std::min(end, row < head() ? head() : rows());
  }

  [[nodiscard]] std::vector<CellBox> boxes_of(std::size_t row) const { return table_row_boxes(node_, table_, row, width_, context_); }

  Part lay_out_row(std::size_t row, const Space& space, const Token* split) {
    const std::vector<CellBox> boxes = boxes_of(row);
    std::vector<std::size_t> reading(boxes.size());
    std::iota(reading.begin(), reading.end(), std::size_t{0});
    return layout_cells(boxes, reading, space, split, context_);
  }

  struct GroupCell {
    Part part;
    Point at;           // y from its row's top
    std::size_t row = 0, end = 0;  // in the group
  };

  // A group with row spans, whole or not at all: each row as high as its own cells need, the last one also what spanning cells still lack.
  Part lay_out_group(std::size_t first, std::size_t end, Length limit) {
    std::vector<Length> heights(end - first);
    Length height;
    std::vector<GroupCell> cells;
    for (std::size_t r = 0; r < heights.size(); ++r) {
      const std::vector<CellBox> boxes = boxes_of(first + r);
      const std::vector<Length> shifts = baseline_shifts(boxes, context_);
      for (std::size_t i = 0; i < boxes.size(); ++i) {
        const int span = table_.cells[grid_.row_cells[first + r][i]].row_span;
        Part part = layout(*boxes[i].node, {boxes[i].width, kEndless, PageTop::Yes}, nullptr, context_);
        cells.push_back({std::move(part), {boxes[i].x, shifts[i]}, r, std::min(r + static_cast<std::size_t>(std::max(span, 1)), heights.size())});
        if (span <= 1) heights[r] = std::max(heights[r], shifts[i] + cells.back().part.height);
      }
      // The rest of a long group is not laid out on every page on which it doesn't fit.
      height += heights[r];
      if (height > limit) return Part::none();
    }
    const auto top_of = [&](std::size_t row) { return std::accumulate(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(row), Length{}); };
    // By where they end: what a shorter span adds is there for the longer ones.
    std::vector<const GroupCell*> by_end;
    for (const GroupCell& cell : cells) by_end.push_back(&cell);
    std::stable_sort(by_end.begin(), by_end.end(), [](const GroupCell* a, const GroupCell* b) { return a->end < b->end; });
    for (const GroupCell* cell : by_end) {
      const Length lacks = cell->at.y + cell->part.height - (top_of(cell->end) - top_of(cell->row));
      heights[cell->end - 1] += std::max(Length{}, lacks);
    }
    Part group;
    for (GroupCell& cell : cells) append(group, std::move(cell.part), cell.at + Point{Length{}, top_of(cell.row)});
    group.height = top_of(heights.size());
    return group;
  }

  // A head that leaves the rows less than half of the page is not repeated.
  void repeat_head(Part& result, const Space& space) {
    const auto before = std::exchange(context_.artifact, context_.artifact.value_or(display::ArtifactKind::Layout));
    Part repeated;
    for (std::size_t row = 0; row < head();) {
      const std::size_t end = group_end(row);
      Part group = end == row + 1 ? lay_out_row(row, {width_, kEndless, PageTop::Yes}, nullptr) : lay_out_group(row, end, kEndless);
      take(repeated, std::move(group), row, end);
      row = end;
    }
    context_.artifact = before;
    if (repeated.height <= space.height / 2) result = std::move(repeated);
  }

  // Backgrounds and rules of the group first, then its cells.
  void take(Part& result, Part&& group, std::size_t row, std::size_t end) {
    std::vector<Command> commands;
    const bool in_head = row < head();
    const Rect area{Length{}, Length{}, width_, group.height};
    if (in_head && table_.head_background) commands.push_back({FilledRect{area, *table_.head_background, Length{}}, {}});
    if (!in_head && table_.zebra && (row - head()) % 2 == 1) commands.push_back({FilledRect{area, *table_.zebra, Length{}}, {}});
    const bool last_of_head = in_head && end >= head();
    const auto& rule = last_of_head ? table_.head_rule : table_.row_rule;
    if (rule && end < rows() && group.rest == nullptr) commands.push_back({FilledRect{{Length{}, group.height - rule->width, width_, rule->width}, rule->color, Length{}}, {}});
    const Length y = result.height;
    result.height += group.height;
    if (!commands.empty()) {
      Part painted;
      painted.items.push_back(decoration(std::move(commands), {width_, group.height}));
      append(result, std::move(painted), {Length{}, y});
    }
    append(result, std::move(group), {Length{}, y});
  }

  // The table ends before `row`. A head alone is no part of a table: it goes on with its first row.
  [[nodiscard]] static Part stop(Part result, std::size_t row, bool has_body) {
    if (!has_body) return Part::none();
    result.rest = std::make_shared<Token>(Token{row, {}});
    return result;
  }

  const Node& node_;
  const Table& table_;
  Length width_;
  Context& context_;
  const TableGrid& grid_;
};

}  // namespace

Part layout_table(const Node& node, const Table& table, const Space& space, const Token* token, Context& context) {
  return TableLayout(node, table, space.width, context).lay_out(space, token);
}

}  // namespace handout::paginate
