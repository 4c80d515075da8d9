// Tables, and their stacked form for large print.
#include <algorithm>

#include "compose/composer.h"

namespace handout::compose {

using display::ElementInfo;
using display::Role;
using styled::BlockPtr;

BlockPtr Composer::table(const content::Block& block, const content::Table& source, const Scope& scope) const {
  if (scope.style.stacked) return stacked_table(block, source, scope);
  styled::Table table;
  table.direction = article.locale.direction();
  table.row_rule = scope.style.row_rule;
  table.head_rule = scope.style.head_rule;
  table.head_background = scope.style.head_background;
  table.zebra = scope.style.zebra;
  table.head_background_at = place(scope.style.head_background_at);
  table.zebra_at = place(scope.style.zebra_at);
  table.head_rows = static_cast<int>(source.head.size());
  table.rows = static_cast<int>(source.head.size() + source.body.size());
  const Element head_context("thead", "", nullptr), body_context("tbody", "", nullptr);
  const Scope head_scope = enter(scope, head_context), body_scope = enter(scope, body_context);
  // Columns that a cell of an earlier row still spans, by row.
  std::vector<int> busy_until;
  int row = 0;
  const auto add_row = [&](const content::TableRow& cells, const Scope& group) {
    const Element row_context("tr", "", nullptr);
    const Scope row_scope = enter(group, row_context);
    std::size_t column = 0;
    for (const content::Cell& cell : cells.cells) {
      while (column < busy_until.size() && busy_until[column] > row) ++column;
      const std::string_view name = cell.header ? "th" : "td";
      const Element cell_context(name, cell.text.id, nullptr, cell.row_scope ? std::vector<std::pair<std::string_view, std::string_view>>{{"scope", "row"}} : std::vector<std::pair<std::string_view, std::string_view>>{});
      const Scope cell_scope = enter(row_scope, cell_context);
      ElementInfo info = element_of(cell.header ? Role::TableHeader : Role::TableData);
      if (cell.header) info.scope = cell.row_scope ? display::Scope::Row : display::Scope::Column;
      info.row_span = cell.row_span;
      info.column_span = cell.column_span;
      const Element text_context("cell-text", "", nullptr);
      const Scope text_scope = enter(cell_scope, text_context);
      TextBuilder builder(*this, text_scope, element_of(Role::None));
      builder.add_inlines(cell.text.content, text_scope);
      std::vector<Placed> children;
      children.push_back({builder.finish("cell-text", cell.text.at), Column::Text});
      table.cells.push_back({anchored(flow(name, cell.text.at, cell_scope.style, info, std::move(children), Room::Narrow), cell.text.id), row, static_cast<int>(column), cell.row_span, cell.column_span});
      const std::size_t end = column + static_cast<std::size_t>(cell.column_span);
      if (busy_until.size() < end) busy_until.resize(end);
      for (; column < end; ++column) busy_until[column] = row + cell.row_span;
    }
    ++row;
  };
  for (const content::TableRow& each : source.head) add_row(each, head_scope);
  for (const content::TableRow& each : source.body) add_row(each, body_scope);
  table.columns.assign(busy_until.size(), styled::ContentWidth{});

  auto grid = std::make_shared<styled::Block>();
  grid->name = "rows";
  grid->at = block.at;
  grid->content = std::move(table);
  // Caption and rows are kids of one Table element.
  std::vector<Placed> children;
  if (source.caption) children.push_back({text_block("caption", *source.caption, scope, Role::Caption).block, Column::Text});
  children.push_back({grid, Column::Text});
  return flow("table", block.at, scope.style, element_of(Role::Table), std::move(children), Room::Narrow);
}

namespace {

// Where the cells of a group of rows begin, as in HTML: each takes the first column that no cell from above still covers.
class Columns {
 public:
  int take(const content::Cell& cell) {
    while (column_ < busy_.size() && busy_[column_] > 0) ++column_;
    const std::size_t first = column_;
    column_ += static_cast<std::size_t>(cell.column_span);
    if (busy_.size() < column_) busy_.resize(column_);
    std::fill(busy_.begin() + static_cast<std::ptrdiff_t>(first), busy_.begin() + static_cast<std::ptrdiff_t>(column_), cell.row_span);
    return static_cast<int>(first);
  }
  void end_row() {
    for (int& rows : busy_) rows = std::max(rows - 1, 0);
    column_ = 0;
  }

 private:
  std::vector<int> busy_;  // rows from this one on that are covered, by column
  std::size_t column_ = 0;
};

// What stands above each column, from the top: the words of every heading over it.
using Headings = std::vector<std::vector<const content::TextBlock*>>;

Headings headings_of(const content::Table& table) {
  Headings headings;
  Columns columns;
  for (const content::TableRow& row : table.head) {
    for (const content::Cell& cell : row.cells) {
      const auto first = static_cast<std::size_t>(columns.take(cell)), end = first + static_cast<std::size_t>(cell.column_span);
      if (headings.size() < end) headings.resize(end);
      for (std::size_t i = first; i < end && !cell.text.content.empty(); ++i) headings[i].push_back(&cell.text);
    }
    columns.end_row();
  }
  return headings;
}

// Those over the columns that a cell covers, each once.
std::vector<const content::TextBlock*> headings_over(const Headings& headings, std::size_t first, std::size_t count) {
  std::vector<const content::TextBlock*> over;
  for (std::size_t i = first; i < std::min(first + count, headings.size()); ++i) {
    for (const content::TextBlock* heading : headings[i]) {
      if (std::find(over.begin(), over.end(), heading) == over.end()) over.push_back(heading);
    }
  }
  return over;
}

}  // namespace

// A cell after the headings of its columns, each on a line of its own. An empty one is a place to write in: its headings stand there all the same.
BlockPtr Composer::stacked_cell(const content::Cell& cell, const std::vector<const content::TextBlock*>& headings, std::string_view name, const Scope& scope) const {
  const Element context(name, cell.text.id, nullptr);
  const Scope cell_scope = enter(scope, context);
  TextBuilder builder(*this, cell_scope, element_of(Role::P));
  for (const content::TextBlock* heading : headings) {
    const Element heading_context("stacked-heading", "", nullptr);
    const Scope heading_scope = enter(cell_scope, heading_context);
    builder.add_inlines(heading->content, heading_scope);
    if (heading != headings.back() || !cell.text.content.empty()) builder.add_break(heading_scope);
  }
  builder.add_inlines(cell.text.content, cell_scope);
  return anchored(builder.finish(name, cell.text.at), cell.text.id);
}

// Each row is a list item: its cells one below the other, the first in bold, each after the headings of its columns.
BlockPtr Composer::stacked_table(const content::Block& block, const content::Table& source, const Scope& scope) const {
  const Headings headings = headings_of(source);
  Columns columns;
  std::vector<Placed> rows;
  for (const content::TableRow& row : source.body) {
    std::vector<Placed> parts;
    for (const content::Cell& cell : row.cells) {
      const int column = columns.take(cell);
      const auto over = headings_over(headings, static_cast<std::size_t>(column), static_cast<std::size_t>(cell.column_span));
      if (!over.empty() || !cell.text.content.empty()) parts.push_back({stacked_cell(cell, over, column == 0 ? "stacked-head" : "stacked-cell", scope), Column::Text});
    }
    columns.end_row();
    if (parts.empty()) continue;  // nothing but empty cells that nothing heads
    // The first cell's keep is for the others of its row.
    parts.back().block = with_keep(*parts.back().block, styled::Keep::Auto);
    const Element row_context("stacked-row", "", nullptr);
    const Scope row_scope = enter(scope, row_context);
    auto item = std::make_shared<styled::Block>(*flow("stacked-row", row.at, row_scope.style, element_of(Role::ListBody), std::move(parts), Room::Narrow));
    std::vector<Placed> body;
    body.push_back({item, Column::Text});
    rows.push_back({flow("row", row.at, ComputedStyle{}, element_of(Role::ListItem), std::move(body), Room::Narrow), Column::Text});
  }
  std::vector<Placed> children;
  if (source.caption) children.push_back({text_block("caption", *source.caption, scope, Role::P).block, Column::Text});
  ElementInfo list = element_of(Role::List);
  children.push_back({flow("rows", block.at, ComputedStyle{}, list, std::move(rows), Room::Narrow), Column::Text});
  return flow("table", block.at, scope.style, element_of(Role::None), std::move(children), Room::Narrow);
}

}  // namespace handout::compose
