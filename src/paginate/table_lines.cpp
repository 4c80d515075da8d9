// Lines between the cells of a table: each is drawn once, and where lines cross, the widest goes on (CSS 2.1, 17.6.2).
#include <algorithm>
#include <optional>

#include "paginate/table.h"

namespace handout::paginate {

using display::Command;
using display::FilledRect;
using styled::Border;

namespace {

using Line = std::optional<Border>;

Length width_of(const Line& line) { return line ? line->width : Length{}; }

const Line& wider(const Line& first, const Line& second) { return width_of(second) > width_of(first) ? second : first; }

// What a line of a width takes on both sides of the place it stands on.
Length low(Length at, Length width) { return at - width / 2; }
Length high(Length at, Length width) { return at - width / 2 + width; }

// Filled rectangles; one that goes on where the last one ended makes it longer.
class Strokes {
 public:
  explicit Strokes(std::vector<Command>& commands) : commands_(commands) {}

  struct Run { std::optional<std::size_t> last; };

  void add_across(Run& run, const Rect& rect, Color color) {
    if (rect.width <= Length{} || rect.height <= Length{}) return;
    FilledRect* last = last_of(run, color);
    if (last != nullptr && last->rect.right() == rect.x && last->rect.y == rect.y && last->rect.height == rect.height) last->rect.width += rect.width;
    else start(run, rect, color);
  }
  void add_down(Run& run, const Rect& rect, Color color) {
    if (rect.width <= Length{} || rect.height <= Length{}) return;
    FilledRect* last = last_of(run, color);
    if (last != nullptr && last->rect.bottom() == rect.y && last->rect.x == rect.x && last->rect.width == rect.width) last->rect.height += rect.height;
    else start(run, rect, color);
  }

 private:
  FilledRect* last_of(const Run& run, Color color) {
    auto* rect = run.last ? &std::get<FilledRect>(commands_[*run.last].what) : nullptr;
    return rect != nullptr && rect->color == color ? rect : nullptr;
  }
  void start(Run& run, const Rect& rect, Color color) {
    run.last = commands_.size();
    commands_.push_back({FilledRect{rect, color, Length{}}, {}});
  }

  std::vector<Command>& commands_;
};

// Columns are counted on paper here, from the left; boundary i is above the i-th row that stands on the page.
class SharedBorders {
 public:
  SharedBorders(const SizedTable& table, const std::vector<StandingRow>& rows) : table_(table), rows_(rows), columns_(table.table.columns.size()) {}

  std::vector<Command> draw() {
    std::vector<Command> commands;
    Strokes strokes(commands);
    for (std::size_t boundary = 0; boundary <= rows_.size(); ++boundary) draw_across(strokes, boundary);
    for (std::size_t column = 0; column <= columns_; ++column) draw_down(strokes, column);
    return commands;
  }

 private:
  [[nodiscard]] bool mirrored() const { return table_.table.direction == unicode::Direction::RightToLeft; }
  [[nodiscard]] Length x(std::size_t place) const { return table_.grid.edges[mirrored() ? columns_ - place : place]; }
  [[nodiscard]] Length y(std::size_t boundary) const { return boundary < rows_.size() ? rows_[boundary].top : rows_.back().top + rows_.back().height; }

  [[nodiscard]] Line across(std::size_t boundary, std::size_t column) const {
    const std::size_t logical = mirrored() ? columns_ - 1 - column : column;
    const auto above = [&](std::size_t row) -> const Line& { return table_.table.lines->horizontal[row * columns_ + logical]; };
    if (boundary == 0) return above(rows_.front().row);
    const std::size_t after = rows_[boundary - 1].row + 1;
    // A repeated head stands above another row than in the whole table.
    return boundary == rows_.size() || rows_[boundary].row == after ? above(after) : wider(above(after), above(rows_[boundary].row));
  }
  [[nodiscard]] const Line& down(std::size_t standing, std::size_t place) const {
    return table_.table.lines->vertical[rows_[standing].row * (columns_ + 1) + (mirrored() ? columns_ - place : place)];
  }

  struct Crossing {
    Length across, down;  // the widest lines that meet, horizontal and vertical
    Line widest;
  };
  [[nodiscard]] Crossing crossing(std::size_t boundary, std::size_t place) const {
    Line horizontal, vertical;
    if (place > 0) horizontal = wider(horizontal, across(boundary, place - 1));
    if (place < columns_) horizontal = wider(horizontal, across(boundary, place));
    if (boundary > 0) vertical = wider(vertical, down(boundary - 1, place));
    if (boundary < rows_.size()) vertical = wider(vertical, down(boundary, place));
    return {width_of(horizontal), width_of(vertical), wider(horizontal, vertical)};
  }

  void draw_across(Strokes& strokes, std::size_t boundary) const {
    Strokes::Run run;
    Crossing left = crossing(boundary, 0);
    for (std::size_t column = 0; column <= columns_; ++column) {
      if (left.across > Length{} && left.down > Length{}) strokes.add_across(run, {low(x(column), left.down), low(y(boundary), left.across), left.down, left.across}, left.widest->color);
      if (column == columns_) break;
      const Crossing right = crossing(boundary, column + 1);
      if (const Line line = across(boundary, column)) {
        const Length from = high(x(column), left.down), to = low(x(column + 1), right.down);
        strokes.add_across(run, {from, low(y(boundary), line->width), to - from, line->width}, line->color);
      }
      left = right;
    }
  }

  void draw_down(Strokes& strokes, std::size_t place) const {
    Strokes::Run run;
    Length above = crossing(0, place).across;
    for (std::size_t standing = 0; standing < rows_.size(); ++standing) {
      const Length below = crossing(standing + 1, place).across;
      if (const Line& line = down(standing, place)) {
        const Length from = high(y(standing), above), to = low(y(standing + 1), below);
        strokes.add_down(run, {low(x(place), line->width), from, line->width, to - from}, line->color);
      }
      above = below;
    }
  }

  const SizedTable& table_;
  const std::vector<StandingRow>& rows_;
  std::size_t columns_;
};

std::vector<Command> column_rules(const SizedTable& table, const std::vector<StandingRow>& rows, const Border& rule) {
  const std::size_t columns = table.table.columns.size();
  std::vector<Command> commands;
  Strokes strokes(commands);
  std::vector<Strokes::Run> runs(columns);
  std::vector<std::size_t> covered_until(columns);  // the row before which no rule goes on
  for (const StandingRow& standing : rows) {
    for (const std::size_t i : table.grid.row_cells[standing.row]) {
      const styled::TableCell& cell = table.table.cells[i];
      const std::size_t end = standing.row + static_cast<std::size_t>(std::max(cell.row_span, 1));
      for (int k = 1; k < cell.column_span; ++k) covered_until[static_cast<std::size_t>(cell.column + k)] = end;
    }
    for (std::size_t column = 1; column < columns; ++column) {
      if (covered_until[column] > standing.row) continue;
      strokes.add_down(runs[column], {low(table.grid.edges[column], rule.width), standing.top, rule.width, standing.height - standing.rule}, rule.color);
    }
  }
  return commands;
}

}  // namespace

Length half_line(const SizedTable& table, std::size_t row) {
  Length widest;
  if (!table.table.lines) return widest;
  const std::size_t columns = table.table.columns.size();
  for (std::size_t i = row * columns; i < (row + 1) * columns; ++i) widest = std::max(widest, width_of(table.table.lines->horizontal[i]));
  return widest / 2;
}

std::vector<Command> table_lines(const SizedTable& table, const std::vector<StandingRow>& rows) {
  if (rows.empty()) return {};
  if (table.table.lines) return SharedBorders(table, rows).draw();
  return table.table.column_rule ? column_rules(table, rows, *table.table.column_rule) : std::vector<Command>{};
}

}  // namespace handout::paginate
