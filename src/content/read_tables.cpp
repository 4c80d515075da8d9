#include "content/reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "content/limits.h"

namespace handout::content {
namespace {

// Places the cells of one group of rows as HTML does (section 4.9.12.1, "forming a table"): each takes the first column that no cell from above
// still covers. A span never leaves its group.
class Grid {
 public:
  Grid(std::size_t rows, Diagnostics& diags) : rows_left_(rows), diags_(diags) {}

  // Columns that the row fills; nothing when its cells do not fit together, which has been told.
  std::optional<int> row(const TableRow& row) {
    std::size_t column = 0;
    bool fits = true;
    for (const Cell& cell : row.cells) {
      while (column < below_.size() && below_[column] > 0) ++column;
      fits = place(cell, column) && fits;
      column += static_cast<std::size_t>(cell.column_span);
    }
    const auto filled = static_cast<int>(below_.size() - static_cast<std::size_t>(std::count(below_.begin(), below_.end(), 0)));
    for (int& each : below_) each = std::max(each - 1, 0);
    --rows_left_;
    if (!fits) return std::nullopt;
    return filled;
  }

 private:
  bool place(const Cell& cell, std::size_t column) {
    const std::size_t end = column + static_cast<std::size_t>(cell.column_span);
    if (below_.size() < end) below_.resize(end, 0);
    bool fits = true;
    if (static_cast<std::size_t>(cell.row_span) > rows_left_) {
      diags_.error(cell.text.at, fmt::format("cell '{}' covers {} rows, but {} left in this part of the table", cell.text.id, cell.row_span,
                                             rows_left_ == 1 ? "1 is" : fmt::format("{} are", rows_left_))).meaning();
      fits = false;
    }
    const int rows = static_cast<int>(std::min(static_cast<std::size_t>(cell.row_span), rows_left_));
    for (std::size_t i = column; i < end; ++i) {
      if (below_[i] > 0 && fits) {
        diags_.error(cell.text.at, fmt::format("cell '{}' runs into a cell from a row above in column {}", cell.text.id, i + 1)).meaning();
        fits = false;
      }
      below_[i] = std::max(below_[i], rows);
    }
    return fits;
  }

  std::size_t rows_left_;
  std::vector<int> below_;  // per column: rows from this one on that are covered
  Diagnostics& diags_;
};

enum class Part : std::uint8_t { Head, Body };

Cell read_cell(const xml::Element& element, Part part, Scope& scope) {
  Cell cell;
  cell.header = element.name == "th";
  // HTML guesses the scope of a heading cell; here it is of the column in the head and of the row in the body, unless it says.
  cell.row_scope = cell.header && (element.find("scope") ? element.value("scope") == "row" : part == Part::Body);
  cell.column_span = std::max(1, read_integer(element, "colspan", {1, kMostColumns}));
  cell.row_span = std::max(1, read_integer(element, "rowspan", {1, kMostRows}));
  cell.text = read_text_block(element, scope, Empty::Allowed);
  return cell;
}

std::vector<TableRow> read_rows(const xml::Element& part_element, Part part, Scope& scope) {
  std::vector<TableRow> rows;
  for (const xml::Element* element : children(part_element, "tr")) {
    TableRow row{{}, element->at};
    for (const xml::Node& node : element->children) {
      const xml::Element* cell = node.element();
      if (cell && (cell->name == "th" || cell->name == "td")) row.cells.push_back(read_cell(*cell, part, scope));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string columns(int number) { return fmt::format("{} column{}", number, number == 1 ? "" : "s"); }

void check_geometry(const Table& table, Diagnostics& diags) {
  const auto empty = [](const TableRow& row) { return row.cells.empty(); };
  std::vector<const std::vector<TableRow>*> parts = {&table.head};
  for (const RowGroup& body : table.bodies) parts.push_back(&body.rows);
  for (const auto* part : parts) {
    if (std::any_of(part->begin(), part->end(), empty)) return;
  }
  std::optional<int> expected;
  for (const std::vector<TableRow>* part : parts) {
    Grid grid(part->size(), diags);
    for (const TableRow& row : *part) {
      const std::optional<int> filled = grid.row(row);
      if (!filled) return;  // what the other rows fill depends on this one
      if (!expected) expected = filled;
      if (*filled > kMostColumns) {
        diags.error(row.at, fmt::format("row fills {}, more than {}", columns(*filled), kMostColumns)).meaning();
        return;
      }
      if (*filled != *expected) {
        diags.error(row.at, fmt::format("row fills {}, the first row of the table {}", columns(*filled), *expected)).hint("count colspan, and cells from above with rowspan").meaning();
      }
    }
  }
}

}  // namespace

Table read_table(const xml::Element& element, Scope& scope) {
  Table table;
  if (const xml::Element* caption = child(element, "caption")) table.caption = read_text_block(*caption, scope);
  if (const xml::Element* head = child(element, "thead")) table.head = read_rows(*head, Part::Head, scope);
  for (const xml::Element* body : children(element, "tbody")) table.bodies.push_back({read_rows(*body, Part::Body, scope), read_classes(*body), body->at});
  check_geometry(table, scope.diags);
  return table;
}

}  // namespace handout::content
