#include "compose/table_borders.h"

#include <algorithm>

namespace handout::compose {
namespace {

using Line = std::optional<styled::Border>;

class Lines {
 public:
  explicit Lines(const styled::Table& table) : columns_(static_cast<int>(table.columns.size())) {
    lines.horizontal.resize(static_cast<std::size_t>((table.rows + 1) * columns_));
    lines.vertical.resize(static_cast<std::size_t>(table.rows * (columns_ + 1)));
  }

  struct Area { int row, column, row_end, column_end; };
  static Area area_of(const styled::TableCell& cell) { return {cell.row, cell.column, cell.row + cell.row_span, cell.column + cell.column_span}; }

  void offer(const Area& area, const SideBorders& borders) {
    for (int column = area.column; column < area.column_end; ++column) {
      offer(above(area.row, column), borders.top);
      offer(above(area.row_end, column), borders.bottom);
    }
    for (int row = area.row; row < area.row_end; ++row) {
      offer(before(row, area.column), borders.start);
      offer(before(row, area.column_end), borders.end);
    }
  }
  static void offer(Line& line, const Line& border) {
    if (border && border->width > Length{} && (!line || border->width > line->width)) line = border;
  }
  void clear_inside(const Area& area) {
    for (int row = area.row; row < area.row_end; ++row) {
      for (int column = area.column; column < area.column_end; ++column) {
        if (row > area.row) above(row, column).reset();
        if (column > area.column) before(row, column).reset();
      }
    }
  }
  Line& above(int row, int column) { return lines.horizontal[static_cast<std::size_t>(row * columns_ + column)]; }
  Line& before(int row, int column) { return lines.vertical[static_cast<std::size_t>(row * (columns_ + 1) + column)]; }

  styled::TableLines lines;

 private:
  int columns_;
};

}  // namespace

SideBorders borders_of(const ComputedStyle& style) { return {style.border_top, style.border_end, style.border_bottom, style.border_start}; }

styled::TableLines shared_borders(const styled::Table& table, const BorderWishes& wishes) {
  const int columns = static_cast<int>(table.columns.size());
  Lines lines(table);
  for (std::size_t i = 0; i < table.cells.size(); ++i) lines.offer(Lines::area_of(table.cells[i]), wishes.cells[i]);
  for (std::size_t i = 0; i < wishes.rows.size(); ++i) lines.offer({static_cast<int>(i), 0, static_cast<int>(i) + 1, columns}, wishes.rows[i]);
  for (const BorderWishes::Group& group : wishes.groups) lines.offer({group.begin, 0, group.end, columns}, group.borders);
  lines.offer({0, 0, table.rows, columns}, wishes.table);
  for (int row = 0; row < table.rows; ++row) {
    for (int column = 1; column < columns; ++column) Lines::offer(lines.before(row, column), wishes.column_rule);
  }
  for (const styled::TableCell& cell : table.cells) lines.clear_inside(Lines::area_of(cell));
  return std::move(lines.lines);
}

Insets half_lines(const styled::Table& table, const styled::TableCell& cell) {
  const auto columns = table.columns.size();
  const auto first_row = static_cast<std::size_t>(cell.row), rows = static_cast<std::size_t>(cell.row_span), first = static_cast<std::size_t>(cell.column), span = static_cast<std::size_t>(cell.column_span);
  Length top, end, bottom, start;
  const auto widen = [](Length& widest, const Line& line) { widest = std::max(widest, line ? line->width : Length{}); };
  for (std::size_t column = first; column < first + span; ++column) {
    widen(top, table.lines->horizontal[first_row * columns + column]);
    widen(bottom, table.lines->horizontal[(first_row + rows) * columns + column]);
  }
  for (std::size_t row = first_row; row < first_row + rows; ++row) {
    widen(start, table.lines->vertical[row * (columns + 1) + first]);
    widen(end, table.lines->vertical[row * (columns + 1) + first + span]);
  }
  const bool rtl = table.direction == unicode::Direction::RightToLeft;
  return {top / 2, (rtl ? start : end) / 2, bottom / 2, (rtl ? end : start) / 2};
}

}  // namespace handout::compose
