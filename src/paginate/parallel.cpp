// The same content in several languages, block beside aligned block.
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

// The nodes that stand in each row, null where a track has nothing. Found once for all pages.
const std::vector<std::vector<const Node*>>& rows_of(const Node& node, const Parallel& parallel, Context& context) {
  const auto [entry, is_new] = context.measures.rows.try_emplace(&node);
  if (!is_new) return entry->second;
  std::vector<std::unordered_map<const styled::Block*, const Node*>> nodes(parallel.tracks.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) collect(node.children[i], nodes[i]);
  for (const auto& row : parallel.rows) {
    EXPECTS(row.size() == nodes.size());
    auto& found = entry->second.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) found.push_back(row[i] != nullptr ? nodes[i].at(row[i]) : nullptr);
  }
  return entry->second;
}

// Rows of cells side by side; or where that is too narrow, each cell a row of its own.
class Rows {
 public:
  Rows(const Node& node, const Parallel& parallel, Length width, Context& context) : rows_(rows_of(node, parallel, context)), parallel_(parallel), context_(context) {
    const std::int64_t tracks = std::ssize(parallel.tracks);
    column_ = (width - parallel.gap * (tracks - 1)) / tracks;
    stacked_ = column_ < parallel.least;
    if (stacked_) column_ = width;
  }

  [[nodiscard]] std::size_t size() const { return stacked_ ? rows_.size() * parallel_.tracks.size() : rows_.size(); }
  [[nodiscard]] bool is_void(std::size_t i) const {
    return each(i, true, [](bool all, const Node& node) { return all && paginate::is_void(node); });
  }
  [[nodiscard]] static bool floats(std::size_t) { return false; }
  [[nodiscard]] static bool spans(std::size_t) { return false; }
  [[nodiscard]] Length space_before(std::size_t i) const {
    return each(i, Length{}, [](Length most, const Node& node) { return std::max(most, paginate::space_before(node)); });
  }
  [[nodiscard]] Length space_after(std::size_t i) const {
    return each(i, Length{}, [](Length most, const Node& node) { return std::max(most, paginate::space_after(node)); });
  }
  [[nodiscard]] styled::Keep keep_with_next(std::size_t i) const {
    const styled::Keep own = each(i, styled::Keep::Auto, [](styled::Keep most, const Node& node) { return std::max(most, paginate::keep_with_next(node)); });
    // One above the other: what says the same stays together rather than apart.
    return stacked_ && i % parallel_.tracks.size() + 1 < parallel_.tracks.size() ? std::max(own, static_cast<styled::Keep>(1)) : own;
  }
  [[nodiscard]] styled::Keep keep_with_previous(std::size_t i) const {
    return each(i, styled::Keep::Auto, [](styled::Keep most, const Node& node) { return std::max(most, paginate::keep_with_previous(node)); });
  }
  [[nodiscard]] styled::Break break_before(std::size_t i) const {
    return each(i, styled::Break::Auto, [](styled::Break most, const Node& node) { return std::max(most, paginate::break_before(node)); });
  }
  [[nodiscard]] styled::Break break_after(std::size_t i) const {
    return each(i, styled::Break::Auto, [](styled::Break most, const Node& node) { return std::max(most, paginate::break_after(node)); });
  }
  [[nodiscard]] Part lay_out(std::size_t i, const Space& space, const Token* token) const {
    std::vector<CellBox> cells;
    std::vector<std::size_t> reading;
    const bool rtl = parallel_.direction == unicode::Direction::RightToLeft;
    for (std::size_t track = 0; track < parallel_.tracks.size(); ++track) {
      const Node* node = stacked_ ? nullptr : rows_[i][track];
      if (stacked_ && track == i % parallel_.tracks.size()) node = rows_[i / parallel_.tracks.size()][track];
      if (node == nullptr) continue;
      const auto place = static_cast<std::int64_t>(rtl ? parallel_.tracks.size() - 1 - track : track);
      reading.push_back(cells.size());
      cells.push_back({node, stacked_ ? Length{} : (column_ + parallel_.gap) * place, column_, styled::CellAlign::FirstBaseline});
    }
    Part part = layout_cells(cells, reading, space, token, context_);
    if (part.progressed && part.rest == nullptr) part.height = snap(part.height, space, context_.grid);
    return part;
  }

 private:
  template <typename Value, typename Combine>
  [[nodiscard]] Value each(std::size_t i, Value value, Combine combine) const {
    const std::size_t tracks = parallel_.tracks.size();
    const auto& row = rows_[stacked_ ? i / tracks : i];
    for (std::size_t track = 0; track < tracks; ++track) {
      if (row[track] != nullptr && (!stacked_ || track == i % tracks)) value = combine(value, *row[track]);
    }
    return value;
  }

  const std::vector<std::vector<const Node*>>& rows_;
  const Parallel& parallel_;
  Context& context_;
  Length column_;
  bool stacked_ = false;
};

}  // namespace

Part layout_parallel(const Node& node, const Parallel& parallel, const Space& space, const Token* token, Context& context) {
  return layout_sequence(Rows(node, parallel, space.width, context), space, token);
}

}  // namespace handout::paginate
