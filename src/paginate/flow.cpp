// Blocks one below the other, and where to break between or inside them.
#include <algorithm>

#include "paginate/part.h"

namespace handout::paginate {
namespace {

const styled::Flow* flow_of(const Node& node) { return std::get_if<styled::Flow>(&node.block->content); }

// Space around a flow without a box of its own is the larger of its own and its outermost child's: it collapses through, as in CSS.
Length space_before(const Node& node) {
  const styled::BoxStyle& box = node.block->box;
  const bool open = !box.border_top && box.padding.top == Length{} && !box.background;
  if (!open || flow_of(node) == nullptr || node.children.empty()) return box.space_before;
  return std::max(box.space_before, space_before(node.children.front()));
}

Length space_after(const Node& node) {
  const styled::BoxStyle& box = node.block->box;
  const bool open = !box.border_bottom && box.padding.bottom == Length{} && !box.background;
  if (!open || flow_of(node) == nullptr || node.children.empty()) return box.space_after;
  return std::max(box.space_after, space_after(node.children.back()));
}

// A flow's last child's wish to stay with what follows is the flow's.
bool keeps_with_next(const Node& node) {
  if (node.block->box.keep_with_next == styled::Keep::Always) return true;
  return flow_of(node) != nullptr && !node.children.empty() && keeps_with_next(node.children.back());
}

bool breaks_before(const Node& node) {
  if (node.block->box.break_before == styled::Break::Page) return true;
  return flow_of(node) != nullptr && !node.children.empty() && breaks_before(node.children.front());
}

// A place between two children where the page may end.
struct Boundary {
  std::size_t child = 0;  // the break is before it
  std::size_t items = 0;
  Length height;
  Appeal appeal = Appeal::Perfect;
};

// The best boundary, the later of equals: it fills the page more. None when there is no better one than inside the child that `part` is of.
const Boundary* best_boundary(const std::vector<Boundary>& boundaries, const Part& part) {
  const bool inside = part.progressed && part.rest != nullptr;
  if (inside && part.appeal != Appeal::Violating) return nullptr;
  const auto perfect = std::find_if(boundaries.rbegin(), boundaries.rend(), [](const Boundary& each) { return each.appeal == Appeal::Perfect; });
  if (perfect != boundaries.rend()) return &*perfect;
  return inside || boundaries.empty() ? nullptr : &boundaries.back();
}

// The flow ends in `part` of `child`, or at the best boundary before it.
Part break_flow(Part result, Part part, std::size_t child, Length y, const std::vector<Boundary>& boundaries) {
  if (const Boundary* best = best_boundary(boundaries, part)) {
    result.items.resize(best->items);
    result.height = best->height;
    result.appeal = best->appeal;
    result.rest = std::make_shared<Token>(Token{best->child, {}});
    return result;
  }
  if (!part.progressed) return part;
  result.height = y + part.height;
  result.appeal = part.appeal;
  result.rest = std::make_shared<Token>(Token{child, {{false, part.rest}}});
  append(result, std::move(part), {Length{}, y});
  return result;
}

}  // namespace

bool is_void(const Node& node) {
  const styled::BoxStyle& box = node.block->box;
  const bool bare = !box.background && !box.border_top && !box.border_right && !box.border_bottom && !box.border_left && box.padding.top + box.padding.bottom + box.min_height == Length{};
  return bare && flow_of(node) != nullptr && std::all_of(node.children.begin(), node.children.end(), is_void);
}

Part layout_flow(const Node& node, const Space& space, const Token* token, Context& context) {
  Part result;
  std::vector<Boundary> boundaries;
  const std::size_t start = token != nullptr ? token->index : 0;
  const Node* previous = nullptr;
  for (std::size_t i = start; i < node.children.size(); ++i) {
    const Node& child = node.children[i];
    if (previous != nullptr && breaks_before(child) && !space.is_endless()) {
      result.rest = std::make_shared<Token>(Token{i, {}});
      result.appeal = Appeal::Forced;
      return result;
    }
    if (is_void(child)) {
      append(result, layout(child, {space.width, Length{}, PageTop::Yes}, nullptr, context), {Length{}, result.height});
      continue;
    }
    Length gap;
    if (previous != nullptr) {
      gap = std::max(space_after(*previous), space_before(child));
      boundaries.push_back({i, result.items.size(), result.height, keeps_with_next(*previous) ? Appeal::Violating : Appeal::Perfect});
    }
    const Length y = result.height + gap;
    const PageTop top = previous == nullptr ? space.top : PageTop::No;
    const Token* child_token = i == start && token != nullptr && !token->cells.empty() ? token->cells.front().token.get() : nullptr;
    Part part = layout(child, {space.width, space.height - y, top}, child_token, context);
    if (!part.progressed || part.rest != nullptr) return break_flow(std::move(result), std::move(part), i, y, boundaries);
    result.height = y + part.height;
    append(result, std::move(part), {Length{}, y});
    previous = &child;
  }
  return result;
}

}  // namespace handout::paginate
