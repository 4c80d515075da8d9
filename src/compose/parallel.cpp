// The same items in several languages, block beside aligned block.
#include <algorithm>

#include "compose/edition.h"

namespace handout::compose {

using styled::Block;
using styled::BlockPtr;
using styled::ParallelRow;

namespace {

// A flow that is only its children: its rows are theirs.
const styled::Flow* open_flow(const BlockPtr& block) {
  if (!block) return nullptr;
  const styled::BoxStyle& box = block->box;
  const bool plain = !box.background && !box.border_top && !box.border_right && !box.border_bottom && !box.border_left && box.padding == Insets{} && box.margin == Insets{} && box.min_height == Length{} &&
                     !box.width && box.floating == styled::Float::None && box.column_span == styled::ColumnSpan::One && box.keep_together == styled::Keep::Auto;
  return plain ? std::get_if<styled::Flow>(&block->content) : nullptr;
}

// Pairs blocks by what they were made from. Translations have the blocks of their source in its order; what only one language has gets a row of its own.
class Aligner {
 public:
  Aligner(const std::vector<Origins>& origins, std::vector<ParallelRow>& rows) : origins_(origins), rows_(rows) {}

  void align(const std::vector<const styled::Flow*>& flows) {
    const std::size_t tracks = flows.size();
    std::vector<std::unordered_map<std::string_view, std::size_t>> places(tracks);
    for (std::size_t t = 0; t < tracks; ++t) {
      for (std::size_t i = 0; flows[t] != nullptr && i < flows[t]->children.size(); ++i) places[t].emplace(origin(t, flows[t]->children[i], i), i);
    }
    std::vector<std::size_t> next(tracks);
    for (std::size_t t = 0; t < tracks; ++t) {
      while (flows[t] != nullptr && next[t] < flows[t]->children.size()) add_row(flows, places, next, t);
    }
  }

 private:
  // The row of track t's next block, after the rows of what other tracks have before the same block.
  void add_row(const std::vector<const styled::Flow*>& flows, const std::vector<std::unordered_map<std::string_view, std::size_t>>& places, std::vector<std::size_t>& next, std::size_t t) {
    const std::string_view key = origin(t, flows[t]->children[next[t]], next[t]);
    std::vector<BlockPtr> blocks(flows.size());
    for (std::size_t other = 0; other < flows.size(); ++other) {
      const auto found = places[other].find(key);
      if (other == t) blocks[t] = flows[t]->children[next[t]++];
      if (other == t || found == places[other].end() || found->second < next[other]) continue;
      for (; next[other] < found->second; ++next[other]) {
        std::vector<BlockPtr> alone(flows.size());
        alone[other] = flows[other]->children[next[other]];
        emit(alone);
      }
      blocks[other] = flows[other]->children[next[other]++];
    }
    emit(blocks);
  }

  // Where all languages have an open flow, its children's rows; else one row.
  void emit(const std::vector<BlockPtr>& blocks) {
    std::vector<const styled::Flow*> flows;
    bool open = true;
    auto span = styled::ColumnSpan::One;
    ParallelRow outside;
    std::vector<const Block*> row;
    for (const BlockPtr& block : blocks) {
      row.push_back(block.get());
      flows.push_back(open_flow(block));
      open = open && (!block || (flows.back() != nullptr && !flows.back()->children.empty()));
      if (!block) continue;
      if (block->box.column_span == styled::ColumnSpan::All) span = styled::ColumnSpan::All;
      outside.space_before = std::max(outside.space_before, block->box.space_before);
      outside.space_after = std::max(outside.space_after, block->box.space_after);
      outside.break_before = std::max(outside.break_before, block->box.break_before);
      if (!block->anchor.empty()) outside.anchors.push_back(block->anchor);
    }
    if (!open) {
      rows_.push_back({std::move(row), {}, {}, styled::Break::Auto, {}, span});
      return;
    }
    const std::size_t first = rows_.size();
    align(flows);
    ParallelRow &top = rows_[first], &bottom = rows_.back();
    top.space_before = std::max(top.space_before, outside.space_before);
    top.break_before = std::max(top.break_before, outside.break_before);
    top.anchors.insert(top.anchors.begin(), outside.anchors.begin(), outside.anchors.end());
    bottom.space_after = std::max(bottom.space_after, outside.space_after);
  }

  // What nobody noted is known by its kind and place.
  [[nodiscard]] std::string_view origin(std::size_t track, const BlockPtr& block, std::size_t place) {
    const auto found = origins_[track].made_from.find(block);
    if (found != origins_[track].made_from.end()) return found->second;
    return *names_.insert(fmt::format("{} {}", block->name, place)).first;
  }

  const std::vector<Origins>& origins_;
  std::vector<ParallelRow>& rows_;
  std::set<std::string> names_;
};

// Tracks are columns already.
ComputedStyle one_column(ComputedStyle style) {
  style.column_count = 1;
  return style;
}

}  // namespace

BlockPtr Composer::parallel(const layouts::Item& item, const layouts::ParallelItem& parallel, const Scope& scope) const {
  styled::Parallel made;
  std::map<std::string, bool> spanning;
  std::vector<Origins> noted(editions->size(), Origins{{}, editions->size() > 1 ? &spanning : nullptr});
  std::vector<const styled::Flow*> flows;
  for (std::size_t i = 0; i < editions->size(); ++i) {
    Edition& each = *(*editions)[i];
    each.composer.origins = &noted[i];
    const std::string language = each.article.locale.tag();
    const Element body("body", "", nullptr), context(item.name, item.id, &item.classes), track("track", "", nullptr, {{"language", language}});
    const Scope around = each.composer.enter(each.composer.enter(each.root, body), context);
    const Scope inside = each.composer.enter(around, track);
    display::ElementInfo info = element_of(display::Role::Part);
    info.language = language;
    auto children = each.composer.items(parallel.items, inside, Room::Narrow, &each.slots, nullptr);
    each.composer.origins = nullptr;
    if (children.empty()) return nullptr;
    made.tracks.push_back(each.composer.flow("track", item.at, one_column(inside.style), std::move(info), std::move(children), Room::Narrow));
    flows.push_back(&std::get<styled::Flow>(made.tracks.back()->content));
  }
  if (made.tracks.size() == 1) {
    // One language stands over the whole measure.
    auto alone = std::make_shared<Block>(*made.tracks.front());
    alone->element = {};
    return alone;
  }
  Aligner(noted, made.rows).align(flows);
  made.gap = cascade.resolve_space(parallel.gap, scope.style.size);
  if (parallel.least) made.least = cascade.resolve(*parallel.least, scope.style.size);
  made.direction = article.locale.direction();
  auto block = std::make_shared<Block>();
  block->name = item.name;
  block->at = item.at;
  block->box = box(scope.style);
  block->content = std::move(made);
  return block;
}

}  // namespace handout::compose
