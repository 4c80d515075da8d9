// Blocks one below the other, and where to break between or inside them.
#include <algorithm>

#include "paginate/part.h"

namespace handout::paginate {
namespace {

// Space around a flow without a box of its own is the larger of its own and its outermost child's: it collapses through, as in CSS.
Length space_before(const Node& node) {
  const styled::BoxStyle& box = node.block->box;
  Length space = box.space_before;
  const bool open = !box.border_top && box.padding.top == Length{} && !box.background;
  if (open && std::holds_alternative<styled::Flow>(node.block->content) && !node.children.empty()) space = std::max(space, space_before(node.children.front()));
  return space;
}

Length space_after(const Node& node) {
  const styled::BoxStyle& box = node.block->box;
  Length space = box.space_after;
  const bool open = !box.border_bottom && box.padding.bottom == Length{} && !box.background;
  if (open && std::holds_alternative<styled::Flow>(node.block->content) && !node.children.empty()) space = std::max(space, space_after(node.children.back()));
  return space;
}

// A flow's last child's wish to stay with what follows is the flow's.
bool keeps_with_next(const Node& node) {
  if (node.block->box.keep_with_next == styled::Keep::Always) return true;
  return std::holds_alternative<styled::Flow>(node.block->content) && !node.children.empty() && keeps_with_next(node.children.back());
}

bool breaks_before(const Node& node) {
  if (node.block->box.break_before == styled::Break::Page) return true;
  return std::holds_alternative<styled::Flow>(node.block->content) && !node.children.empty() && breaks_before(node.children.front());
}

// A place between two children where the page may end.
struct Boundary {
  std::size_t child = 0;  // the break is before it
  std::size_t items = 0;
  Length height;
  Appeal appeal = Appeal::Perfect;
};

// The flow ends in `part` of `child`, or at the best boundary before it. Ties go to what fills the page more.
Part break_flow(Part result, Part part, std::size_t child, Length y, const std::vector<Boundary>& boundaries) {
  const Boundary* best = nullptr;
  const bool inside = part.progressed && part.rest != nullptr;
  if (!inside || part.appeal == Appeal::Violating) {
    for (auto each = boundaries.rbegin(); each != boundaries.rend(); ++each) {
      const Appeal reached = best != nullptr ? best->appeal : Appeal::Violating;
      if (each->appeal > reached || (best == nullptr && !inside)) best = &*each;
      if (best != nullptr && best->appeal == Appeal::Perfect) break;
    }
  }
  if (best != nullptr) {
    result.items.resize(best->items);
    result.height = best->height;
    result.appeal = best->appeal;
    result.rest = std::make_shared<Token>(Token{best->child, {}});
    return result;
  }
  if (!inside) return Part::none();
  result.height = y + part.height;
  result.appeal = part.appeal;
  if (y == Length{} && part.baseline) result.baseline = part.baseline;
  append(result.items, std::move(part.items), {Length{}, y});
  result.rest = std::make_shared<Token>(Token{child, {{false, part.rest}}});
  return result;
}

}  // namespace

Part layout_flow(const Node& node, const Space& space, const Token* token, Context& context) {
  Part result;
  std::vector<Boundary> boundaries;
  const std::size_t start = token != nullptr ? token->index : 0;
  const Node* previous = nullptr;
  for (std::size_t i = start; i < node.children.size(); ++i) {
    const Node& child = node.children[i];
    const Token* child_token = i == start && token != nullptr && !token->cells.empty() ? token->cells.front().token.get() : nullptr;
    Length gap;
    if (previous != nullptr) {
      if (breaks_before(child)) {
        result.rest = std::make_shared<Token>(Token{i, {}});
        return result;
      }
      gap = std::max(space_after(*previous), space_before(child));
      boundaries.push_back({i, result.items.size(), result.height, keeps_with_next(*previous) ? Appeal::Violating : Appeal::Perfect});
    }
    const Length y = result.height + gap;
    const PageTop top = previous == nullptr ? space.top : PageTop::No;
    Part part = layout(child, {space.width, space.height - y, top}, child_token, context);
    if (!part.progressed || part.rest != nullptr) return break_flow(std::move(result), std::move(part), i, y, boundaries);
    // Only what stands first gives a baseline: a picture at the top has none.
    if (previous == nullptr && part.baseline) result.baseline = y + *part.baseline;
    append(result.items, std::move(part.items), {Length{}, y});
    result.height = y + part.height;
    previous = &child;
  }
  return result;
}

}  // namespace handout::paginate
