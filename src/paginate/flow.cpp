// Blocks one below the other.
#include "paginate/sequence.h"

namespace handout::paginate {
namespace {

// Blocks whose children stand one below the other as in a flow.
bool flows(const Node& node) { return std::holds_alternative<styled::Flow>(node.block->content) || std::holds_alternative<styled::Columns>(node.block->content); }

// A value of a block, or of what stands first or last in it, whichever is greater.
template <typename Get>
auto outermost(const Node& node, Get get, const Node& (std::vector<Node>::*child)() const) {
  auto value = get(node.block->box);
  for (const Node* inside = &node; flows(*inside) && !inside->children.empty();) {
    inside = &(inside->children.*child)();
    value = std::max(value, get(inside->block->box));
  }
  return value;
}

template <typename Get>
auto first_of(const Node& node, Get get) {
  return outermost(node, get, static_cast<const Node& (std::vector<Node>::*)() const>(&std::vector<Node>::front));
}
template <typename Get>
auto last_of(const Node& node, Get get) {
  return outermost(node, get, static_cast<const Node& (std::vector<Node>::*)() const>(&std::vector<Node>::back));
}

class FlowChildren {
 public:
  FlowChildren(const std::vector<Node>& nodes, Context& context) : nodes_(nodes), context_(context) {}

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] bool is_void(std::size_t i) const { return paginate::is_void(nodes_[i]); }
  [[nodiscard]] Length space_before(std::size_t i) const { return paginate::space_before(nodes_[i]); }
  [[nodiscard]] Length space_after(std::size_t i) const { return paginate::space_after(nodes_[i]); }
  [[nodiscard]] styled::Keep keep_with_next(std::size_t i) const { return paginate::keep_with_next(nodes_[i]); }
  [[nodiscard]] styled::Keep keep_with_previous(std::size_t i) const { return paginate::keep_with_previous(nodes_[i]); }
  [[nodiscard]] styled::Break break_before(std::size_t i) const { return paginate::break_before(nodes_[i]); }
  [[nodiscard]] styled::Break break_after(std::size_t i) const { return paginate::break_after(nodes_[i]); }
  // Also when it is what something without a box of its own begins with.
  [[nodiscard]] bool spans(std::size_t i) const { return nodes_[i].block->box.column_span == styled::ColumnSpan::All; }
  [[nodiscard]] bool floats(std::size_t i) const { return is_floating(nodes_[i], context_); }
  [[nodiscard]] Part lay_out(std::size_t i, const Space& space, const Token* token) const {
    if (!floats(i)) return layout(nodes_[i], space, token, context_);
    Part mark;
    mark.items.push_back({{}, &nodes_[i], {}, Mark::Float});
    return mark;
  }

 private:
  const std::vector<Node>& nodes_;
  Context& context_;
};

}  // namespace

// Space around a flow without a box of its own is the larger of its own and its outermost child's: it collapses through, as in CSS.
Length space_before(const Node& node) {
  const styled::BoxStyle& box = node.block->box;
  const bool open = !box.border_top && box.padding.top == Length{} && !box.background;
  if (!open || !flows(node) || node.children.empty()) return box.space_before;
  return std::max(box.space_before, space_before(node.children.front()));
}

Length space_after(const Node& node) {
  const styled::BoxStyle& box = node.block->box;
  const bool open = !box.border_bottom && box.padding.bottom == Length{} && !box.background;
  if (!open || !flows(node) || node.children.empty()) return box.space_after;
  return std::max(box.space_after, space_after(node.children.back()));
}

// The wishes of what stands last or first in a flow are the flow's.
styled::Keep keep_with_next(const Node& node) {
  return last_of(node, [](const styled::BoxStyle& box) { return box.keep_with_next; });
}
styled::Keep keep_with_previous(const Node& node) {
  return first_of(node, [](const styled::BoxStyle& box) { return box.keep_with_previous; });
}
styled::Break break_before(const Node& node) {
  return first_of(node, [](const styled::BoxStyle& box) { return box.break_before; });
}
styled::Break break_after(const Node& node) {
  return last_of(node, [](const styled::BoxStyle& box) { return box.break_after; });
}

Forced forced_by(styled::Break wish, InColumns columns) {
  switch (wish) {
    case styled::Break::Auto: return Forced::No;
    case styled::Break::Column: return columns == InColumns::No ? Forced::No : Forced::Column;
    case styled::Break::Page: return Forced::Page;
    case styled::Break::Verso: return Forced::Verso;
    case styled::Break::Recto: return Forced::Recto;
  }
  return Forced::No;
}

bool is_void(const Node& node) {
  const styled::BoxStyle& box = node.block->box;
  const bool bare = !box.background && !box.border_top && !box.border_right && !box.border_bottom && !box.border_left && box.padding.top + box.padding.bottom + box.min_height == Length{};
  return bare && flows(node) && std::all_of(node.children.begin(), node.children.end(), is_void);
}

bool is_floating(const Node& node, Context& context) {
  const styled::Float floating = node.block->box.floating;
  if (context.floats == Context::Floats::Stay || (floating != styled::Float::Top && floating != styled::Float::Bottom)) return false;
  const auto [entry, is_new] = context.measures.floatable.try_emplace({&node, context.page_width}, false);
  if (!is_new) return entry->second;
  const Part part = float_part(node, context);
  // A page without room for some lines is no page of text: what is larger stays in the flow, where it can break.
  return context.measures.floatable[{&node, context.page_width}] = part.rest == nullptr && part.height <= context.page_height - context.page_height / 8;
}

Part float_part(const Node& node, Context& context) {
  Context whole = context;
  whole.floats = Context::Floats::Stay;
  return layout(node, {context.page_width, context.page_height, PageTop::Yes}, nullptr, whole);
}

Part layout_flow(const Node& node, const Space& space, const Token* token, Context& context) { return layout_sequence(FlowChildren(node.children, context), space, token); }

}  // namespace handout::paginate
