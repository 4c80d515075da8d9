// Tables: column widths, rows kept whole, the head repeated on every page (content once, an artifact afterwards).
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "paginate/part.h"

namespace handout::paginate {

using display::Command;
using display::FilledRect;
using styled::Table;
using styled::TableCell;

namespace {

// ---- column widths: CSS 2.1, 17.5.2.2 for columns by content; fixed first, shares divide what is left ----

struct ColumnNeed { Length minimum, maximum; };

std::vector<ColumnNeed> column_needs(const Node& node, const Table& table, Context& context) {
  std::vector<ColumnNeed> needs(table.columns.size());
  // Cells of one column first, so that a spanning cell only adds what they lack.
  for (const bool spanning : {false, true}) {
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      const TableCell& cell = table.cells[i];
      if ((cell.column_span > 1) != spanning) continue;
      const auto widths = natural_widths(node.children[i], context);
      const auto first = needs.begin() + cell.column;
      const auto last = first + cell.column_span;
      const auto sum = [&](Length ColumnNeed::* member) { return std::accumulate(first, last, Length{}, [member](Length total, const ColumnNeed& need) { return total + need.*member; }); };
      const Length lacks_minimum = std::max(Length{}, widths.minimum - sum(&ColumnNeed::minimum)) / cell.column_span;
      const Length lacks_maximum = std::max(Length{}, widths.maximum - sum(&ColumnNeed::maximum)) / cell.column_span;
      for (auto need = first; need != last; ++need) {
        need->minimum += lacks_minimum;
        need->maximum = std::max(need->minimum, need->maximum + lacks_maximum);
      }
    }
  }
  return needs;
}

// Columns by content share `available` between their minimum and maximum; text-heavy columns get more, by the square root of what they
// want, so that a column of short words is not starved beside one of sentences.
void share_by_content(std::vector<Length>& widths, const std::vector<std::size_t>& columns, const std::vector<ColumnNeed>& needs, Length available) {
  Length minimum, maximum;
  for (const std::size_t column : columns) {
    minimum += needs[column].minimum;
    maximum += needs[column].maximum;
  }
  if (maximum <= available || minimum >= available) {
    const Length base = maximum <= available ? maximum : minimum;
    for (const std::size_t column : columns) {
      const Length own = maximum <= available ? needs[column].maximum : needs[column].minimum;
      widths[column] = base > Length{} ? own.scaled(available.units(), base.units()) : available / static_cast<std::int64_t>(columns.size());
    }
    return;
  }
  // Fix at its minimum or maximum what falls outside, and share again.
  std::vector<std::size_t> open = columns;
  Length left = available;
  while (!open.empty()) {
    double weight = 0;
    for (const std::size_t column : open) weight += std::sqrt(needs[column].maximum.points() + 1);
    const auto wish = [&](std::size_t column) { return left.scaled(std::sqrt(needs[column].maximum.points() + 1) / weight); };
    const auto outside = std::find_if(open.begin(), open.end(), [&](std::size_t column) { return wish(column) < needs[column].minimum; });
    const auto beyond = outside != open.end() ? outside : std::find_if(open.begin(), open.end(), [&](std::size_t column) { return wish(column) > needs[column].maximum; });
    if (beyond == open.end()) {
      for (const std::size_t column : open) widths[column] = wish(column);
      return;
    }
    widths[*beyond] = outside != open.end() ? needs[*beyond].minimum : needs[*beyond].maximum;
    left -= widths[*beyond];
    open.erase(beyond);
  }
}

std::vector<Length> column_widths(const Node& node, const Table& table, Length available, Context& context) {
  std::vector<Length> widths(table.columns.size());
  std::vector<std::size_t> by_content;
  double shares = 0;
  Length left = available;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (const auto* fixed = std::get_if<styled::FixedWidth>(&table.columns[i])) left -= widths[i] = fixed->width;
    else if (const auto* share = std::get_if<styled::ShareWidth>(&table.columns[i])) shares += share->share;
    else by_content.push_back(i);
  }
  if (!by_content.empty()) {
    const auto needs = column_needs(node, table, context);
    share_by_content(widths, by_content, needs, std::max(left, Length{}));
    for (const std::size_t column : by_content) left -= widths[column];
  }
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (const auto* share = std::get_if<styled::ShareWidth>(&table.columns[i])) widths[i] = std::max(left, Length{}).scaled(share->share / shares);
  }
  return widths;
}

// ---- rows ----

class TableLayout {
 public:
  TableLayout(const Node& node, const Table& table, Length width, Context& context) : node_(node), table_(table), width_(width), context_(context), widths_(column_widths(node, table, width, context)) {
    row_cells_.resize(static_cast<std::size_t>(table.rows));
    for (std::size_t i = 0; i < table.cells.size(); ++i) row_cells_[static_cast<std::size_t>(table.cells[i].row)].push_back(i);
  }

  Part lay_out(const Space& space, const Token* token) {
    Part result;
    std::size_t row = token != nullptr ? token->index : 0;
    const std::size_t head = static_cast<std::size_t>(table_.head_rows), rows = row_cells_.size();
    bool placed_body = false;
    if (token != nullptr && head > 0) repeat_head(result);
    while (row < rows) {
      const std::size_t end = group_end(row);
      const Length left = space.height - result.height;
      const Token* split = token != nullptr && row == token->index && !token->cells.empty() ? token : nullptr;
      const bool must = space.top == PageTop::Yes && !placed_body;
      Part group = end == row + 1 ? lay_out_row(row, {width_, left, must ? PageTop::Yes : PageTop::No}, split) : lay_out_group(row, end);
      const bool fits = group.progressed && group.height <= left;
      if ((!fits || group.rest != nullptr) && !must) return stop(std::move(result), row, placed_body);
      const TokenPtr rest = group.rest;
      take(result, std::move(group), row, end);
      if (rest != nullptr) {
        result.rest = std::make_shared<Token>(Token{row, rest->cells});
        result.appeal = Appeal::Violating;
        return result;
      }
      if (row >= head) placed_body = true;
      row = end;
    }
    result.height = snap(result.height, context_.grid);
    return result;
  }

 private:
  // Rows linked by spanning cells are one group: [row, end).
  [[nodiscard]] std::size_t group_end(std::size_t row) const {
    std::size_t end = row + 1;
    for (std::size_t r = row; r < end && r < row_cells_.size(); ++r) {
      for (const std::size_t i : row_cells_[r]) end = std::max(end, r + static_cast<std::size_t>(table_.cells[i].row_span));
    }
    return std::min(end, row_cells_.size());
  }

  [[nodiscard]] CellBox box_of(std::size_t cell) const {
    const TableCell& info = table_.cells[cell];
    const auto begin = widths_.begin() + info.column;
    const Length before = std::accumulate(widths_.begin(), begin, Length{});
    const Length width = std::accumulate(begin, begin + info.column_span, Length{});
    const Length x = table_.direction == unicode::Direction::RightToLeft ? width_ - before - width : before;
    return {&node_.children[cell], x, width, styled::CellAlign::FirstBaseline};
  }

  Part lay_out_row(std::size_t row, const Space& space, const Token* split) {
    std::vector<CellBox> boxes;
    for (const std::size_t cell : row_cells_[row]) boxes.push_back(box_of(cell));
    std::vector<std::size_t> reading(boxes.size());
    std::iota(reading.begin(), reading.end(), std::size_t{0});
    return layout_cells(boxes, reading, space, split, context_);
  }

  // A group with row spans, whole: each row as high as its own cells need, the last one also what spanning cells still lack.
  Part lay_out_group(std::size_t row, std::size_t end) {
    std::vector<Length> heights(end - row);
    std::vector<std::pair<std::size_t, Part>> parts;
    for (std::size_t r = row; r < end; ++r) {
      for (const std::size_t cell : row_cells_[r]) {
        const CellBox box = box_of(cell);
        parts.emplace_back(cell, layout(*box.node, {box.width, 1000000_pt, PageTop::Yes}, nullptr, context_));
        if (table_.cells[cell].row_span == 1) heights[r - row] = std::max(heights[r - row], parts.back().second.height);
      }
    }
    for (const auto& [cell, part] : parts) {
      const TableCell& info = table_.cells[cell];
      if (info.row_span == 1) continue;
      const auto first = heights.begin() + (info.row - static_cast<int>(row));
      const auto last = heights.begin() + std::min<std::ptrdiff_t>(info.row - static_cast<int>(row) + info.row_span, std::ssize(heights));
      const Length has = std::accumulate(first, last, Length{});
      if (part.height > has) *(last - 1) += part.height - has;
    }
    Part group;
    for (auto& [cell, part] : parts) {
      const CellBox box = box_of(cell);
      const Length y = std::accumulate(heights.begin(), heights.begin() + (table_.cells[cell].row - static_cast<int>(row)), Length{});
      append(group.items, std::move(part.items), {box.x, y});
    }
    group.height = std::accumulate(heights.begin(), heights.end(), Length{});
    return group;
  }

  void repeat_head(Part& result) {
    const auto before = std::exchange(context_.artifact, context_.artifact.value_or(display::ArtifactKind::Layout));
    for (std::size_t row = 0; row < static_cast<std::size_t>(table_.head_rows);) {
      const std::size_t end = group_end(row);
      Part group = end == row + 1 ? lay_out_row(row, {width_, 1000000_pt, PageTop::Yes}, nullptr) : lay_out_group(row, end);
      take(result, std::move(group), row, end);
      row = end;
    }
    context_.artifact = before;
  }

  // Backgrounds and rules of the group first, then its cells.
  void take(Part& result, Part&& group, std::size_t row, std::size_t end) {
    std::vector<Command> commands;
    const std::size_t head = static_cast<std::size_t>(table_.head_rows);
    const bool in_head = row < head;
    const Rect area{Length{}, Length{}, width_, group.height};
    if (in_head && table_.head_background) commands.push_back({FilledRect{area, *table_.head_background, Length{}}, {}});
    if (!in_head && table_.zebra && (row - head) % 2 == 1) commands.push_back({FilledRect{area, *table_.zebra, Length{}}, {}});
    const bool last_of_head = in_head && end >= head;
    const auto& rule = last_of_head ? table_.head_rule : table_.row_rule;
    if (rule && end < row_cells_.size()) commands.push_back({FilledRect{{Length{}, group.height - rule->width, width_, rule->width}, rule->color, Length{}}, {}});
    if (!commands.empty()) {
      Placed placed = decoration(std::move(commands), {width_, group.height}, {Length{}, result.height});
      result.items.push_back(std::move(placed));
    }
    if (!result.baseline && group.baseline) result.baseline = result.height + *group.baseline;
    append(result.items, std::move(group.items), {Length{}, result.height});
    result.height += group.height;
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
  std::vector<Length> widths_;
  std::vector<std::vector<std::size_t>> row_cells_;
};

}  // namespace

Part layout_table(const Node& node, const Table& table, const Space& space, const Token* token, Context& context) {
  return TableLayout(node, table, space.width, context).lay_out(space, token);
}

}  // namespace handout::paginate
