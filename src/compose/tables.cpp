// Tables, and their stacked form for large print.
#include <algorithm>

#include "compose/composer.h"
#include "compose/table_borders.h"
#include "unicode/formats.h"

namespace handout::compose {

using display::ElementInfo;
using display::Role;
using styled::BlockPtr;

namespace {

styled::CellAlign cell_align(CellPlace place) {
  switch (place) {
    case CellPlace::Baseline: return styled::CellAlign::FirstBaseline;
    case CellPlace::Top: return styled::CellAlign::Top;
    case CellPlace::Middle: return styled::CellAlign::Middle;
    case CellPlace::Bottom: return styled::CellAlign::Bottom;
  }
  return styled::CellAlign::FirstBaseline;
}

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
  [[nodiscard]] std::size_t count() const { return busy_.size(); }

 private:
  std::vector<int> busy_;  // rows from this one on that are covered, by column
  std::size_t column_ = 0;
};

// A table's rows and columns, filled row by row.
class TableMaker {
 public:
  TableMaker(const Composer& composer, const content::Table& source, const Scope& scope) : composer_(composer), scope_(scope) {
    const ComputedStyle& style = scope.style;
    table_.direction = composer.article.locale.direction();
    table_.row_rule = style.row_rule;
    table_.head_rule = style.head_rule;
    table_.head_background = style.head_background;
    table_.zebra = style.zebra;
    table_.head_background_at = place(style.head_background_at);
    table_.zebra_at = place(style.zebra_at);
    table_.head_rows = static_cast<int>(source.head.size());
    add_group("thead", nullptr, source.head);
    for (const content::RowGroup& body : source.bodies) add_group("tbody", &body.classes, body.rows);
    for (std::size_t i = 0; i < columns_.count(); ++i) table_.columns.push_back(column_width(i));
    if (style.collapse) share_borders();
    else table_.column_rule = style.column_rule;
  }

  styled::Table finish() { return std::move(table_); }

 private:
  void add_group(std::string_view name, const std::vector<std::string>* classes, const std::vector<content::TableRow>& rows) {
    if (rows.empty()) return;
    const Element context(name, "", classes);
    const Scope scope = composer_.enter(scope_, context);
    const int first = table_.rows;
    if (name == "tbody") table_.groups.push_back({first, scope.style.keep_together});
    for (const content::TableRow& row : rows) add_row(row, scope);
    wishes_.groups.push_back({first, table_.rows, borders_of(scope.style)});
  }

  void add_row(const content::TableRow& row, const Scope& group) {
    const Element context("tr", "", nullptr);
    const Scope scope = composer_.enter(group, context);
    table_.row_wishes.push_back({scope.style.keep_with_next, scope.style.keep_with_previous});
    wishes_.rows.push_back(borders_of(scope.style));
    for (const content::Cell& cell : row.cells) add_cell(cell, columns_.take(cell), scope);
    columns_.end_row();
    ++table_.rows;
  }

  void add_cell(const content::Cell& cell, int column, const Scope& row) {
    const std::string_view name = cell.header ? "th" : "td";
    std::vector<std::pair<std::string_view, std::string_view>> attributes;
    const std::string number = std::to_string(column + 1);
    attributes.emplace_back("column", number);
    if (cell.row_scope) attributes.emplace_back("scope", "row");
    const Element context(name, cell.text.id, &cell.text.classes, std::move(attributes));
    Scope scope = composer_.enter(row, context);
    ElementInfo info = element_of(cell.header ? Role::TableHeader : Role::TableData);
    if (cell.header) info.scope = cell.row_scope ? display::Scope::Row : display::Scope::Column;
    info.row_span = cell.row_span;
    info.column_span = cell.column_span;
    const Element text_context("cell-text", "", nullptr);
    const Scope text_scope = composer_.enter(scope, text_context);
    TextBuilder builder(composer_, text_scope, element_of(Role::None));
    builder.add_inlines(cell.text.content, text_scope);
    const BlockPtr text = builder.finish("cell-text", cell.text.at);
    std::vector<Placed> children;
    children.push_back({text, Column::Text});
    wishes_.cells.push_back(borders_of(scope.style));
    if (scope_.style.collapse) {
      scope.style.border_top = scope.style.border_end = scope.style.border_bottom = scope.style.border_start = std::nullopt;
      scope.style.radius = {};
    }
    styled::TableCell made{composer_.anchored(composer_.flow(name, cell.text.at, scope.style, info, std::move(children), Room::Narrow), cell.text.id), table_.rows, column, cell.row_span, cell.column_span};
    made.align = cell_align(scope.style.cell_place);
    if (text_scope.style.align == TextAlign::Decimal && cell.column_span == 1) made.decimal_mark = decimal_mark(*text);
    table_.cells.push_back(std::move(made));
  }

  std::optional<std::size_t> decimal_mark(const styled::Block& text) {
    const auto* holder = std::get_if<styled::ParagraphBlock>(&text.content);
    if (holder == nullptr) return std::nullopt;
    if (!marks_) marks_ = unicode::number_marks(composer_.article.locale);
    return unicode::find_decimal_mark(composer_.text_of(*holder->paragraph), *marks_);
  }

  // The last width counts for the columns that have none.
  [[nodiscard]] styled::ColumnWidth column_width(std::size_t column) const {
    const auto& tracks = scope_.style.column_widths;
    if (tracks.empty()) return styled::ContentWidth{};
    const std::optional<layouts::Dimension>& track = tracks[std::min(column, tracks.size() - 1)];
    if (!track) return styled::ContentWidth{};
    if (track->percent > 0) return styled::PercentWidth{track->percent};
    if (track->fraction > 0) return styled::ShareWidth{track->fraction};
    return styled::FixedWidth{composer_.cascade.resolve(*track, scope_.style.size)};
  }

  void share_borders() {
    wishes_.table = borders_of(scope_.style);
    wishes_.column_rule = scope_.style.column_rule;
    table_.lines = shared_borders(table_, wishes_);
    for (styled::TableCell& cell : table_.cells) {
      const Insets lines = half_lines(table_, cell);
      auto block = std::make_shared<styled::Block>(*cell.block);
      Insets& padding = block->box.padding;
      padding = {padding.top + lines.top, padding.right + lines.right, padding.bottom + lines.bottom, padding.left + lines.left};
      cell.block = std::move(block);
    }
  }

  const Composer& composer_;
  const Scope& scope_;
  styled::Table table_;
  BorderWishes wishes_;
  Columns columns_;
  std::optional<unicode::NumberMarks> marks_;
};

}  // namespace

BlockPtr Composer::table(const content::Block& block, const content::Table& source, const Scope& scope) const {
  if (scope.style.stacked) return stacked_table(block, source, scope);
  auto grid = std::make_shared<styled::Block>();
  grid->name = "rows";
  grid->at = block.at;
  grid->content = TableMaker(*this, source, scope).finish();
  // Caption and rows are kids of one Table element.
  std::vector<Placed> children;
  if (source.caption) children.push_back({text_block("caption", *source.caption, scope, Role::Caption).block, Column::Text});
  children.push_back({grid, Column::Text});
  ComputedStyle style = scope.style;
  // Collapsed, the table's border is one with its outer cells'; the caption stands outside.
  if (style.collapse) style.border_top = style.border_end = style.border_bottom = style.border_start = std::nullopt;
  return flow("table", block.at, style, element_of(Role::Table), std::move(children), Room::Narrow);
}

namespace {

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
  std::vector<const content::TableRow*> source_rows;
  for (const content::RowGroup& body : source.bodies) {
    for (const content::TableRow& row : body.rows) source_rows.push_back(&row);
  }
  for (const content::TableRow* source_row : source_rows) {
    const content::TableRow& row = *source_row;
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
