#pragma once

#include <cstddef>
#include <vector>

#include "paginate/part.h"

// Inside paginate/ only: what a table's files share.
namespace handout::paginate {

// A table at one width.
struct SizedTable {
  const Node& node;
  const styled::Table& table;
  Length width;
  const TableGrid& grid;

  [[nodiscard]] std::size_t head() const { return static_cast<std::size_t>(table.head_rows); }
  [[nodiscard]] std::size_t rows() const { return grid.row_cells.size(); }
};

SizedTable size_table(const Node& node, const styled::Table& table, Length width, Context& context);

// Rows of a table that are laid out together, since cells span them; heights of each.
struct LaidRows {
  Part part;
  std::vector<Length> heights;
};

// Whole, however high; nothing (not progressed) when they come to more than `limit`.
LaidRows lay_out_rows(const SizedTable& table, std::size_t first, std::size_t end, Length limit, Context& context);
// One row, as far as it fits; its cells break each on their own. Spanning cells end in it.
LaidRows split_row(const SizedTable& table, std::size_t row, const Space& space, const Token* token, Context& context);

// A row as it stands on a page.
struct StandingRow {
  std::size_t row = 0;
  Length top, height;
  Length rule;        // below it, inside its height
};

// Half of the widest line between the row above and this one (rows(): below the last), by which the table's part begins and ends.
Length half_line(const SizedTable& table, std::size_t row);
// Lines between cells, as filled rectangles that meet without overlap: shared borders, or the rule between columns.
std::vector<display::Command> table_lines(const SizedTable& table, const std::vector<StandingRow>& rows);

}  // namespace handout::paginate
