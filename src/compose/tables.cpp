// Tables, and their stacked form for large print.
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

// Each row is a list item: its cells one below the other, the first in bold, each after the heading of its column.
BlockPtr Composer::stacked_table(const content::Block& block, const content::Table& source, const Scope& scope) const {
  std::vector<const content::TextBlock*> headings;
  if (!source.head.empty()) {
    for (const content::Cell& cell : source.head.back().cells) headings.insert(headings.end(), static_cast<std::size_t>(cell.column_span), &cell.text);
  }
  std::vector<Placed> rows;
  for (const content::TableRow& row : source.body) {
    std::vector<Placed> parts;
    std::size_t column = 0;
    for (const content::Cell& cell : row.cells) {
      const bool first = column == 0;
      const Element context(first ? "stacked-head" : "stacked-cell", cell.text.id, nullptr);
      const Scope cell_scope = enter(scope, context);
      TextBuilder builder(*this, cell_scope, element_of(Role::P));
      if (column < headings.size() && !headings[column]->content.empty()) {
        const Element heading_context("stacked-heading", "", nullptr);
        const Scope heading_scope = enter(cell_scope, heading_context);
        builder.add_inlines(headings[column]->content, heading_scope);
        builder.add_break(heading_scope);
      }
      builder.add_inlines(cell.text.content, cell_scope);
      if (!cell.text.content.empty()) parts.push_back({anchored(builder.finish(first ? "stacked-head" : "stacked-cell", cell.text.at), cell.text.id), Column::Text});
      column += static_cast<std::size_t>(cell.column_span);
    }
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
