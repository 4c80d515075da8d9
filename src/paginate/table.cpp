// Tables on pages: rows kept whole, broken where the fewest wishes are hurt, the head repeated on every page (content once, an artifact afterwards).
#include "paginate/table.h"

#include <algorithm>
#include <utility>

namespace handout::paginate {

using display::Command;
using display::FilledRect;
using styled::Keep;
using styled::Table;

namespace {

// A place between rows where the page may end.
struct RowBoundary {
  std::size_t row = 0;       // the break is before it
  std::size_t items = 0, standing = 0;
  Length height;
  Keep keep = Keep::Auto;    // the strongest wish that is hurt
};

class TableLayout {
 public:
  TableLayout(const SizedTable& table, Context& context) : table_(table), context_(context) {}

  Part lay_out(const Space& space, const Token* token) {
    std::size_t row = token != nullptr ? token->index : 0;
    if (token != nullptr && row >= table_.head()) repeat_head(space);
    if (standing_.empty()) part_.height = half_line(table_, row);
    std::size_t parted = 0;  // rows before this one are laid out each by itself: their group is taller than the page
    while (row < table_.rows()) {
      const bool must = space.top == PageTop::Yes && !placed_body_;
      const Token* split = token != nullptr && row == token->index && !token->cells.empty() ? token : nullptr;
      std::size_t end = split != nullptr || row < parted ? row + 1 : group_end(row);
      const Length left = space.height - part_.height;
      LaidRows laid = split != nullptr ? LaidRows{Part::none(), {}} : lay_out_rows(table_, row, end, left - half_line(table_, end), context_);
      const bool too_tall = split == nullptr && !laid.part.progressed && end > row + 1 && !lay_out_rows(table_, row, end, context_.page_height, context_).part.progressed;
      if (split != nullptr || too_tall || (!laid.part.progressed && must)) {
        // Spanning cells of a group taller than the page end in their first row, so that it can break after each of its rows.
        parted = end;
        end = row + 1;
        laid = split_row(table_, row, {table_.width, left - half_line(table_, end), must ? PageTop::Yes : PageTop::No}, split, context_);
      }
      if (!laid.part.progressed) return stop(row);
      if (placed_body_) boundaries_.push_back(boundary(row));
      const TokenPtr rest = laid.part.rest;
      const Appeal appeal = laid.part.appeal == Appeal::Forced ? Appeal::Forced : Appeal::Violating;
      take(std::move(laid), row, end);
      if (rest != nullptr) {
        close(row + 1);
        part_.rest = std::make_shared<Token>(Token{row, rest->cells});
        part_.appeal = appeal;
        return std::move(part_);
      }
      if (row >= table_.head()) placed_body_ = true;
      row = end;
    }
    close(table_.rows());
    part_.height = snap(part_.height, space, context_.grid);
    return std::move(part_);
  }

 private:
  // Rows linked by spanning cells are one group: [row, end).
  [[nodiscard]] std::size_t group_end(std::size_t row) const {
    std::size_t end = row + 1;
    for (std::size_t r = row; r < end && r < table_.rows(); ++r) {
      for (const std::size_t i : table_.grid.row_cells[r]) end = std::max(end, r + static_cast<std::size_t>(std::max(table_.table.cells[i].row_span, 1)));
    }
    return std::min(end, row < table_.head() ? table_.head() : table_.rows());
  }

  // ---- where to break ----

  // The strongest wish that rows on both sides of a break have to stay together.
  [[nodiscard]] Keep keep_before(std::size_t row) const {
    Keep keep = Keep::Auto;
    if (row < table_.table.row_wishes.size()) keep = std::max(table_.table.row_wishes[row - 1].keep_with_next, table_.table.row_wishes[row].keep_with_previous);
    const auto& groups = table_.table.groups;
    const auto next = std::upper_bound(groups.begin(), groups.end(), static_cast<int>(row), [](int value, const styled::RowGroup& group) { return value < group.first_row; });
    if (next == groups.begin()) return keep;
    const styled::RowGroup& group = *std::prev(next);
    return group.first_row == static_cast<int>(row) ? keep : std::max(keep, group.keep_together);
  }

  [[nodiscard]] RowBoundary boundary(std::size_t row) const { return {row, part_.items.size(), standing_.size(), part_.height, keep_before(row)}; }

  // The table ends before `row`, or before an earlier one where that hurts less. A head alone is no part of a table: it goes on with its first row.
  Part stop(std::size_t row) {
    if (!placed_body_) return Part::none();
    boundaries_.push_back(boundary(row));
    const auto best = std::min_element(boundaries_.rbegin(), boundaries_.rend(), [](const RowBoundary& a, const RowBoundary& b) { return a.keep < b.keep; });
    part_.items.resize(best->items);
    standing_.resize(best->standing);
    part_.height = best->height;
    close(best->row);
    part_.rest = std::make_shared<Token>(Token{best->row, {}});
    part_.appeal = static_cast<Appeal>(best->keep);
    return std::move(part_);
  }

  // ---- what stands on the page ----

  // A head that leaves the rows less than half of the page is not repeated.
  void repeat_head(const Space& space) {
    const auto before = std::exchange(context_.artifact, context_.artifact.value_or(display::ArtifactKind::Layout));
    part_.height = half_line(table_, 0);
    for (std::size_t row = 0; row < table_.head();) {
      const std::size_t end = group_end(row);
      take(lay_out_rows(table_, row, end, kEndless, context_), row, end);
      row = end;
    }
    context_.artifact = before;
    if (part_.height <= space.height / 2) return;
    part_ = {};
    standing_.clear();
  }

  // Backgrounds and rules of the group first, then its cells.
  void take(LaidRows&& laid, std::size_t row, std::size_t end) {
    const Table& table = table_.table;
    std::vector<Command> commands;
    const bool in_head = row < table_.head();
    const Length height = laid.part.height, width = table_.width;
    const Rect area{Length{}, Length{}, width, height};
    if (in_head && table.head_background) commands.push_back({FilledRect{area, *table.head_background, Length{}}, {}});
    if (!in_head && table.zebra && (row - table_.head()) % 2 == 1) commands.push_back({FilledRect{area, *table.zebra, Length{}}, {}});
    const bool last_of_head = in_head && end >= table_.head();
    const auto& rule = last_of_head ? table.head_rule : table.row_rule;
    const bool ruled = rule && end < table_.rows() && laid.part.rest == nullptr;
    if (ruled) commands.push_back({FilledRect{{Length{}, height - rule->width, width, rule->width}, rule->color, Length{}}, {}});
    const Length y = part_.height;
    part_.height += height;
    if (!commands.empty()) {
      Part painted;
      painted.items.push_back(decoration(std::move(commands), {width, height}));
      append(part_, std::move(painted), {Length{}, y});
    }
    append(part_, std::move(laid.part), {Length{}, y});
    Length top = y;
    for (std::size_t i = 0; i < laid.heights.size(); ++i) {
      standing_.push_back({row + i, top, laid.heights[i], ruled && i + 1 == laid.heights.size() ? rule->width : Length{}});
      top += laid.heights[i];
    }
  }

  // The table's part ends above `row`.
  void close(std::size_t row) {
    std::vector<Command> lines = table_lines(table_, standing_);
    part_.height += half_line(table_, row);
    if (!lines.empty()) part_.items.push_back(decoration(std::move(lines), {table_.width, part_.height}));
  }

  SizedTable table_;
  Context& context_;
  Part part_;
  std::vector<StandingRow> standing_;
  std::vector<RowBoundary> boundaries_;
  bool placed_body_ = false;
};

}  // namespace

Part layout_table(const Node& node, const Table& table, const Space& space, const Token* token, Context& context) {
  return TableLayout(size_table(node, table, space.width, context), context).lay_out(space, token);
}

}  // namespace handout::paginate
