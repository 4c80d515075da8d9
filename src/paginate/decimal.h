#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "paginate/layout_tree.h"

// Numbers of a table's column that stand with their decimal marks below one another.
namespace handout::paginate {

struct Context;

// How far a line reaches to the left and to the right of where its number's decimal mark begins, as it stands on paper.
struct DecimalPlace { Length left, right; };

// Of a cell whose only line begins with a number that has its mark after `bytes` of text (styled::TableCell::decimal_mark). Nothing for a cell of several lines.
std::optional<DecimalPlace> decimal_place(const Node& cell, std::size_t bytes, Context& context);

// Those of a table's cells that have one, and how far each column's reach in all. No cells: none has.
struct DecimalColumns { std::vector<std::optional<DecimalPlace>> cells, columns; };
const DecimalColumns& decimal_columns(const Node& node, const styled::Table& table, Context& context);

}  // namespace handout::paginate
