#pragma once

#include <optional>
#include <vector>

#include "compose/cascade.h"
#include "styled/styled.h"

// Borders that the cells of a table share (border-collapse="collapse"; CSS 2.1, 17.6.2 without its styles of lines).
namespace handout::compose {

// In logical order, as they are written.
struct SideBorders { std::optional<styled::Border> top, end, bottom, start; };
[[nodiscard]] SideBorders borders_of(const ComputedStyle& style);

struct BorderWishes {
  std::vector<SideBorders> cells;   // as styled::Table::cells
  std::vector<SideBorders> rows;
  struct Group { int begin = 0, end = 0; SideBorders borders; };
  std::vector<Group> groups;        // head and bodies
  SideBorders table;
  std::optional<styled::Border> column_rule;
};

// Of the borders that meet, the widest wins; of equal ones the cell's, then the row's, the group's, the table's; then the one above or nearer to the start.
[[nodiscard]] styled::TableLines shared_borders(const styled::Table& table, const BorderWishes& wishes);

// What the lines round a cell take of it: half of the widest on each side, left and right as they are on paper.
[[nodiscard]] Insets half_lines(const styled::Table& table, const styled::TableCell& cell);

}  // namespace handout::compose
