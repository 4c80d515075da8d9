#include <algorithm>
#include <set>

#include "inspect/check_tree.h"

namespace handout::inspect {

namespace {

// A cell's span is damage beyond this.
constexpr std::size_t kWidestSpan = 1000;

struct Cell {
  std::size_t element = 0, row = 0, column = 0, wide = 1, high = 1;
};

class TableCheck {
 public:
  TableCheck(const TreeView& tree, std::size_t table, Faults& faults) : tree_(tree), table_(table), faults_(faults) {}

  void run() {
    check_parts();
    if (rows_.empty()) return fault("09-004", table_, "has no row");
    place_cells();
    check_headers();
  }

 private:
  void fault(std::string_view numbers, std::size_t element, const std::string& text) { add_fault(faults_, numbers, tree_.where(element) + " " + text); }

  // ISO 32000-1, table 337: caption first or last, one head, bodies, one foot; or rows alone.
  void check_parts() {
    const std::vector<std::size_t> parts = tree_.children(table_);
    const auto count = [&](std::string_view role) { return std::ranges::count_if(parts, [&](std::size_t i) { return tree_.role(i) == role; }); };
    if (count("Caption") > 1) fault("09-004, UA 7.2-39", table_, "has two captions");
    for (std::size_t k = 1; k + 1 < parts.size(); ++k) {
      if (tree_.role(parts[k]) == "Caption") fault("09-004, UA 7.2-16", table_, "has its caption between rows");
    }
    if (count("THead") > 1) fault("09-004, UA 7.2-11", table_, "has two heads");
    if (count("TFoot") > 1) fault("09-004, UA 7.2-12", table_, "has two feet");
    if (count("TFoot") > 0 && count("TBody") == 0) fault("09-004, UA 7.2-13", table_, "has a foot but no body");
    if (count("THead") > 0 && count("TBody") == 0) fault("09-004, UA 7.2-14", table_, "has a head but no body");
    for (const std::size_t part : parts) {
      if (tree_.role(part) == "TR") rows_.push_back(part);
      else if (tree_.role(part) != "Caption") std::ranges::copy_if(tree_.children(part), std::back_inserter(rows_), [&](std::size_t row) { return tree_.role(row) == "TR"; });
    }
  }

  std::size_t span(std::size_t i, const char* key) const {
    QPDFObjectHandle value = tree_.attribute(i, "/Table", key);
    return value.isInteger() && value.getIntValue() >= 1 ? std::min(static_cast<std::size_t>(value.getIntValue()), kWidestSpan) : 1;
  }

  // Cells take the first free column of their row; grid_ says which cell covers a place.
  void place_cells() {
    grid_.resize(rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      std::size_t column = 0;
      for (const std::size_t element : tree_.children(rows_[row])) {
        while (column < grid_[row].size() && grid_[row][column]) ++column;
        const Cell cell{element, row, column, span(element, "/ColSpan"), span(element, "/RowSpan")};
        if (row + cell.high > rows_.size()) fault("09-004, UA 7.2-41, UA 7.2-43", element, "reaches below the last row");
        cover(cell);
        cells_.push_back(cell);
      }
    }
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const std::size_t columns = grid_.front().size();
      const bool filled = grid_[row].size() >= columns && std::ranges::all_of(grid_[row], [](const auto& place) { return place.has_value(); });
      if (grid_[row].size() > columns) fault("09-004, UA 7.2-42", rows_[row], "has more than the " + std::to_string(columns) + " columns of the first row");
      else if (!filled) fault("09-004, UA 7.2-43", rows_[row], "has not the " + std::to_string(columns) + " columns of the first row");
    }
  }

  void cover(const Cell& cell) {
    for (std::size_t row = cell.row; row < std::min(cell.row + cell.high, rows_.size()); ++row) {
      if (grid_[row].size() < cell.column + cell.wide) grid_[row].resize(cell.column + cell.wide);
      for (std::size_t column = cell.column; column < cell.column + cell.wide; ++column) {
        if (grid_[row][column]) fault("09-004, UA 7.2-15", cell.element, "lies over another cell");
        grid_[row][column] = cells_.size();
      }
    }
  }

  // ---- 7.5: headers ----

  std::string scope(const Cell& cell) const { return tree_.role(cell.element) == "TH" ? name_of(tree_.attribute(cell.element, "/Table", "/Scope")) : std::string(); }

  void check_headers() {
    for (const Cell& cell : cells_) {
      if (tree_.role(cell.element) != "TH") continue;
      if (const std::string id = tree_.id(cell.element); !id.empty()) ids_.insert(id);
      const std::string own = scope(cell);
      if (!own.empty() && own != "Row" && own != "Column" && own != "Both") fault("PDF 14.8.5.7", cell.element, "has the Scope " + own);
    }
    // Scope may be left out only where every data cell names its headers.
    const bool named = std::ranges::all_of(cells_, [&](const Cell& cell) { return tree_.role(cell.element) != "TD" || !headers(cell).empty(); });
    for (const Cell& cell : cells_) {
      if (tree_.role(cell.element) == "TH" && scope(cell).empty() && !named) fault("15-003, UA 7.5-1", cell.element, "has no Scope");
      if (tree_.role(cell.element) == "TD") check_data_cell(cell);
    }
  }

  std::vector<std::string> headers(const Cell& cell) const {
    std::vector<std::string> result;
    QPDFObjectHandle list = tree_.attribute(cell.element, "/Table", "/Headers");
    if (!list.isArray()) return result;
    for (QPDFObjectHandle& id : list.getArrayAsVector()) result.push_back(id.isString() ? id.getStringValue() : std::string());
    return result;
  }

  void check_data_cell(const Cell& cell) {
    const std::vector<std::string> named = headers(cell);
    for (const std::string& id : named) {
      if (!ids_.contains(id)) fault("15-005, UA 7.5-2", cell.element, "names a header that is none of the table's");
    }
    if (named.empty() && !reached(cell, "Column") && !reached(cell, "Row")) fault("15-005", cell.element, "is reached by no header cell");
  }

  // ISO 32000-1, 14.8.5.7: a header's scope is the rest of its column, or of its row, or both.
  bool reached(const Cell& cell, std::string_view way) const {
    const bool column = way == "Column";
    const std::size_t first = column ? cell.column : cell.row, last = first + (column ? cell.wide : cell.high);
    for (std::size_t line = first; line < last; ++line) {
      for (std::size_t before = 0; before < (column ? cell.row : cell.column); ++before) {
        const std::size_t row = column ? before : line, place = column ? line : before;
        if (row >= grid_.size() || place >= grid_[row].size() || !grid_[row][place]) continue;
        const std::string other = scope(cells_[*grid_[row][place]]);
        if (other == way || other == "Both") return true;
      }
    }
    return false;
  }

  const TreeView& tree_;
  std::size_t table_;
  Faults& faults_;
  std::vector<std::size_t> rows_;
  std::vector<Cell> cells_;
  std::vector<std::vector<std::optional<std::size_t>>> grid_;
  std::set<std::string> ids_;
};

}  // namespace

void check_table(const TreeView& tree, std::size_t table, Faults& faults) { TableCheck(tree, table, faults).run(); }

}  // namespace handout::inspect
