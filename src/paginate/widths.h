#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "paginate/decimal.h"
#include "paginate/layout_tree.h"
#include "typeset/typeset.h"

// How wide blocks want to be, and how rows and tables divide their width.
namespace handout::paginate {

struct Context;

// A table's columns at one width, and its cells by row.
struct TableGrid {
  std::vector<Length> edges;   // where each column starts, in logical order, and where the last one ends: from the left, in right-to-left tables falling
  std::vector<Length> shifts;  // by cell: how far its content moves to the right for decimal marks to stand below one another; empty: none does
  std::vector<std::vector<std::size_t>> row_cells;
};

// What stands beside or above one another of blocks in several languages: rows with one node per track (null: nothing), and lines that are a row or one track's node of it.
struct ParallelLines {
  struct Line { std::size_t row = 0; std::optional<std::size_t> track; };
  std::vector<std::vector<const Node*>> rows;
  std::vector<Line> lines;
};

// What is measured once for all pages: a table's columns depend on every cell, so that measuring them on each page would cost the square of its length.
struct Measures {
  std::unordered_map<const Node*, typeset::ContentWidths> natural;
  std::map<std::pair<const Node*, Length>, TableGrid> grids;
  std::unordered_map<const Node*, DecimalColumns> decimals;
  std::map<std::pair<const Node*, Length>, bool> floatable;  // whether a block that asks to float leaves room for text on its page
  std::unordered_map<const Node*, ParallelLines> parallels;
  std::set<const Node*> told;                                // whose fault has been told
};

// The widths of a block set with as many line breaks as it can take, and without any.
typeset::ContentWidths natural_widths(const Node& node, Context& context);

// What the cells of each column of a table want; a fixed column's is its width.
std::vector<typeset::ContentWidths> column_needs(const Node& node, const styled::Table& table, Context& context);

enum class Fill : std::uint8_t { No, Yes };  // Yes: columns by content take all the room when there is no column to share it

// Widths of columns or cells side by side: fixed ones and parts of the whole first, then by content, then shares. Together never more than `available`.
std::vector<Length> divide_widths(std::span<const styled::ColumnWidth> columns, std::span<const typeset::ContentWidths> needs, Length available, Fill fill);

}  // namespace handout::paginate
