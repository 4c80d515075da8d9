// The same content in several languages, block beside aligned block.
#include <algorithm>
#include <unordered_map>

#include "base/expects.h"
#include "paginate/sequence.h"

namespace handout::paginate {

using styled::Parallel;

namespace {

void collect(const Node& node, std::unordered_map<const styled::Block*, const Node*>& nodes) {
  if (node.block != nullptr) nodes.emplace(node.block, &node);
  for (const Node& child : node.children) collect(child, nodes);
}

std::vector<std::vector<const Node*>> rows_of(const Node& node, const Parallel& parallel) {
  std::vector<std::unordered_map<const styled::Block*, const Node*>> nodes(parallel.tracks.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) collect(node.children[i], nodes[i]);
  std::vector<std::vector<const Node*>> rows;
  for (const styled::ParallelRow& row : parallel.rows) {
    EXPECTS(row.blocks.size() == nodes.size());
    auto& found = rows.emplace_back();
    for (std::size_t i = 0; i < nodes.size(); ++i) found.push_back(row.blocks[i] != nullptr ? nodes[i].at(row.blocks[i]) : nullptr);
  }
  return rows;
}

// A table whose words would be broken, or whose cells would be towers of short lines: more than this many times as wide without line breaks.
constexpr std::int64_t kMostCrowded = 3;

bool is_crowded(const Node* node, Length width, Context& context) {
  if (node == nullptr || !std::holds_alternative<styled::Table>(node->block->content)) return false;
  const typeset::ContentWidths widths = natural_widths(*node, context);
  return widths.minimum > width || widths.maximum > width * kMostCrowded;
}

Length column_of(const Parallel& parallel, Length width) {
  const std::int64_t tracks = std::ssize(parallel.tracks);
  return (width - parallel.gap * (tracks - 1)) / tracks;
}

// Found once, for the width of the first page: a token then means the same on all of them.
const ParallelLines& lines_of(const Node& node, const Parallel& parallel, Length width, Context& context) {
  const auto [entry, is_new] = context.measures.parallels.try_emplace(&node);
  ParallelLines& found = entry->second;
  if (!is_new) return found;
  found.rows = rows_of(node, parallel);
  const Length column = column_of(parallel, width);
  for (std::size_t row = 0; row < found.rows.size(); ++row) {
    const auto& nodes = found.rows[row];
    const bool stacked = column < parallel.least || parallel.rows[row].span == styled::ColumnSpan::All || std::any_of(nodes.begin(), nodes.end(), [&](const Node* each) { return is_crowded(each, column, context); });
    if (!stacked) found.lines.push_back({row, std::nullopt});
    for (std::size_t track = 0; stacked && track < nodes.size(); ++track) {
      if (nodes[track] != nullptr) found.lines.push_back({row, track});
    }
  }
  return found;
}

// Rows of cells side by side; or where that is too narrow, each cell a row of its own.
class Rows {
 public:
  Rows(const Node& node, const Parallel& parallel, Length width, Context& context) : lines_(lines_of(node, parallel, width, context)), parallel_(parallel), context_(context), column_(column_of(parallel, width)), whole_(width) {}

  [[nodiscard]] std::size_t size() const { return lines_.lines.size(); }
  [[nodiscard]] bool is_void(std::size_t i) const {
    return each(i, true, [](bool all, const Node& node) { return all && paginate::is_void(node); });
  }
  [[nodiscard]] static bool floats(std::size_t) { return false; }
  [[nodiscard]] static bool spans(std::size_t) { return false; }
  [[nodiscard]] static styled::Float side(std::size_t) { return styled::Float::None; }
  [[nodiscard]] static SideFloat side_float(std::size_t, Length) { return {}; }
  [[nodiscard]] Length space_before(std::size_t i) const {
    const Length own = each(i, Length{}, [](Length most, const Node& node) { return std::max(most, paginate::space_before(node)); });
    return is_first(i) ? std::max(own, row_of(i).space_before) : own;
  }
  [[nodiscard]] Length space_after(std::size_t i) const {
    const Length own = each(i, Length{}, [](Length most, const Node& node) { return std::max(most, paginate::space_after(node)); });
    return is_last(i) ? std::max(own, row_of(i).space_after) : own;
  }
  [[nodiscard]] styled::Keep keep_with_next(std::size_t i) const {
    const styled::Keep own = each(i, styled::Keep::Auto, [](styled::Keep most, const Node& node) { return std::max(most, paginate::keep_with_next(node)); });
    // One above the other: what says the same stays together rather than apart.
    return !is_last(i) ? std::max(own, static_cast<styled::Keep>(1)) : own;
  }
  [[nodiscard]] styled::Keep keep_with_previous(std::size_t i) const {
    return each(i, styled::Keep::Auto, [](styled::Keep most, const Node& node) { return std::max(most, paginate::keep_with_previous(node)); });
  }
  [[nodiscard]] styled::Break break_before(std::size_t i) const {
    const styled::Break own = each(i, styled::Break::Auto, [](styled::Break most, const Node& node) { return std::max(most, paginate::break_before(node)); });
    return is_first(i) ? std::max(own, row_of(i).break_before) : own;
  }
  [[nodiscard]] styled::Break break_after(std::size_t i) const {
    return each(i, styled::Break::Auto, [](styled::Break most, const Node& node) { return std::max(most, paginate::break_after(node)); });
  }
  [[nodiscard]] Part lay_out(std::size_t i, const Space& space, const Token* token) const {
    std::vector<CellBox> cells;
    std::vector<std::size_t> reading;
    const auto& [row, alone] = lines_.lines[i];
    const bool rtl = parallel_.direction == unicode::Direction::RightToLeft;
    for (std::size_t track = 0; track < parallel_.tracks.size(); ++track) {
      const Node* node = lines_.rows[row][track];
      if (node == nullptr || (alone && *alone != track)) continue;
      const auto place = static_cast<std::int64_t>(rtl ? parallel_.tracks.size() - 1 - track : track);
      reading.push_back(cells.size());
      // Boxes that show are of one height; all else is level.
      const styled::CellAlign align = node->block->box.background ? styled::CellAlign::Stretch : styled::CellAlign::FirstBaseline;
      cells.push_back({node, alone ? Length{} : (column_ + parallel_.gap) * place, alone ? whole_ : column_, align});
    }
    Part part = layout_cells(cells, reading, space, token, context_);
    if (!part.progressed) return part;
    if (part.rest == nullptr) part.height = snap(part.height, space, context_.grid);
    if (token == nullptr && is_first(i)) add_destinations(part, space.width, row_of(i).anchors);
    return part;
  }

 private:
  [[nodiscard]] const styled::ParallelRow& row_of(std::size_t i) const { return parallel_.rows[lines_.lines[i].row]; }
  [[nodiscard]] bool is_first(std::size_t i) const { return i == 0 || lines_.lines[i - 1].row != lines_.lines[i].row; }
  [[nodiscard]] bool is_last(std::size_t i) const { return i + 1 == size() || lines_.lines[i + 1].row != lines_.lines[i].row; }

  void add_destinations(Part& part, Length width, const std::vector<std::string>& anchors) const {
    if (context_.artifact) return;
    for (const std::string& anchor : anchors) part.items.push_back(decoration({{display::DestinationMark{anchor, {}}, {}}}, {width, Length{}}));
  }

  template <typename Value, typename Combine>
  [[nodiscard]] Value each(std::size_t i, Value value, Combine combine) const {
    const auto& [row, alone] = lines_.lines[i];
    for (std::size_t track = 0; track < parallel_.tracks.size(); ++track) {
      const Node* node = lines_.rows[row][track];
      if (node != nullptr && (!alone || *alone == track)) value = combine(value, *node);
    }
    return value;
  }

  const ParallelLines& lines_;
  const Parallel& parallel_;
  Context& context_;
  Length column_, whole_;
};

}  // namespace

Part layout_parallel(const Node& node, const Parallel& parallel, const Space& space, const Token* token, Context& context) {
  return layout_sequence(Rows(node, parallel, space.width, context), space, token);
}

}  // namespace handout::paginate
