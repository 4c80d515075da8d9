#pragma once

#include <algorithm>
#include <utility>

#include "paginate/part.h"

// Inside paginate/ only: blocks one below the other, and where to break between or inside them.
namespace handout::paginate {

// A place between two children where the page may end.
struct Boundary {
  std::size_t child = 0;  // the break is before it
  std::size_t items = 0;
  Length height;
  Appeal appeal = Appeal::Perfect;
  TokenPtr inside = nullptr;  // the break is in the child, which goes on with it
  [[nodiscard]] TokenPtr rest() const { return std::make_shared<Token>(inside != nullptr ? Token{child, {{false, inside}}} : Token{child, {}}); }
};

// The best boundary, the later of equals: it fills the page more. None when there is no better one than inside the child that `part` is of.
[[nodiscard]] inline const Boundary* best_boundary(const std::vector<Boundary>& boundaries, const Part& part) {
  const bool inside = part.progressed && part.rest != nullptr;
  const Boundary* best = nullptr;
  for (auto each = boundaries.rbegin(); each != boundaries.rend(); ++each) {
    const bool better = best != nullptr ? each->appeal < best->appeal : !inside || each->appeal < part.appeal;
    if (better) best = &*each;
    if (best != nullptr && best->appeal <= Appeal::Perfect) break;
  }
  return best;
}

// The last place before its end at which a sequence breaks well.
inline void leave_good_break(Part& result, const std::vector<Boundary>& boundaries) {
  const auto last = std::find_if(boundaries.rbegin(), boundaries.rend(), [](const Boundary& each) { return each.appeal <= Appeal::Perfect; });
  if (last != boundaries.rend()) result.tail = {last->items, last->height, last->rest(), last->appeal};
}

// The sequence ends in `part`, before what spans the columns. When that goes to the next page, it may be better to end earlier, in the part or before it; `result` holds what stands above it.
inline void leave_tail(Part& result, const Part& part, std::size_t child, Length y, const std::vector<Boundary>& boundaries) {
  // Nothing of the child stands here: its wish to stay with what is above counts.
  const bool nothing = part.height == Length{} && !boundaries.empty() && boundaries.back().child == child;
  result.parting = nothing ? std::max(part.parting, boundaries.back().appeal) : part.parting;
  if (part.tail.rest != nullptr) result.tail = {result.items.size() + part.tail.items, y + part.tail.height, std::make_shared<Token>(Token{child, {{false, part.tail.rest}}}), part.tail.appeal};
  else leave_good_break(result, boundaries);
}

// The sequence ends in `part` of `child`, or at the best boundary before it.
[[nodiscard]] inline Part break_sequence(Part result, Part part, std::size_t child, Length y, const std::vector<Boundary>& boundaries) {
  if (const Boundary* best = best_boundary(boundaries, part)) {
    result.items.resize(best->items);
    result.height = best->height;
    result.appeal = best->appeal;
    result.rest = best->rest();
    return result;
  }
  if (!part.progressed) return part;
  result.height = y + part.height;
  result.appeal = part.appeal;
  result.forced = part.forced;
  if (part.forced == Forced::Span) leave_tail(result, part, child, y, boundaries);
  result.rest = std::make_shared<Token>(Token{child, {{false, part.rest}}});
  append(result, std::move(part), {Length{}, y});
  return result;
}

// What floats at the sides of a sequence.
class Sides {
 public:
  explicit Sides(const Space& space) : left_(space.beside.left), right_(space.beside.right), bottom_(space.beside.height) {}

  // Of what begins at y.
  [[nodiscard]] Beside beside(Length y) const { return bottom_ > y ? Beside{left_, right_, bottom_ - y} : Beside{}; }
  // What has been placed here reaches down to it.
  [[nodiscard]] Length bottom() const { return own_ ? bottom_ : Length{}; }

  // At the side, from y down or below what stands there already. False: it doesn't fit on this page.
  template <typename Children>
  bool place(Part& result, const Children& children, std::size_t i, styled::Float side, const Space& space, Length y) {
    const SideFloat wanted = children.side_float(i, space.width);
    const bool taken = bottom_ > y && (side == styled::Float::Left ? left_ : right_) > Length{};
    const Length top = taken ? bottom_ : y;
    Space room{wanted.width, space.height - (top - y), space.top};
    Part part = children.lay_out(i, room, nullptr);
    if (!part.progressed || part.rest != nullptr) {
      if (space.top == PageTop::No) return false;
      // It would not fit on a page of its own either.
      room.height = kEndless;
      part = children.lay_out(i, room, nullptr);
    }
    if (bottom_ <= y || taken) left_ = right_ = Length{};
    (side == styled::Float::Left ? left_ : right_) = wanted.room;
    bottom_ = std::max(top, bottom_ > y ? bottom_ : top);
    bottom_ = std::max(bottom_, top + part.height + children.space_after(i));
    own_ = true;
    append(result, std::move(part), {side == styled::Float::Left ? Length{} : space.width - wanted.width, top});
    return true;
  }

 private:
  Length left_, right_, bottom_;
  bool own_ = false;
};

// Children is what stands below one another, by its index: size(), is_void(i), space_before(i), space_after(i), keep_with_next(i), keep_with_previous(i), break_before(i), break_after(i), spans(i),
// side(i), side_float(i, width), lay_out(i, space, token).
template <typename Children>
[[nodiscard]] Part layout_sequence(const Children& children, const Space& space, const Token* token) {
  Part result;
  std::vector<Boundary> boundaries;
  const std::size_t start = token != nullptr ? token->index : 0;
  std::optional<std::size_t> previous;
  Sides sides(space);
  const auto end_before = [&](std::size_t child, Forced forced) {
    result.rest = std::make_shared<Token>(Token{child, {}});
    result.appeal = Appeal::Forced;
    result.forced = forced;
    return std::move(result);
  };
  for (std::size_t i = start; i < children.size(); ++i) {
    const Token* child_token = i == start && token != nullptr && !token->cells.empty() ? token->cells.front().token.get() : nullptr;
    if (previous && !space.is_endless()) {
      const Forced forced = forced_by(std::max(children.break_before(i), children.break_after(*previous)), space.columns);
      if (forced != Forced::No) return end_before(i, forced);
    }
    // What spans the columns stands between two sets of them.
    const bool spans = child_token == nullptr && space.columns != InColumns::No && children.spans(i);
    if (spans ? space.columns == InColumns::Yes : space.columns == InColumns::Spanning && previous) {
      if (previous) result.parting = static_cast<Appeal>(std::max(children.keep_with_next(*previous), children.keep_with_previous(i)));
      leave_good_break(result, boundaries);
      return end_before(i, Forced::Span);
    }
    if (children.is_void(i) || children.floats(i)) {
      append(result, children.lay_out(i, {space.width, Length{}, PageTop::Yes}, nullptr), {Length{}, result.height});
      continue;
    }
    Length gap;
    if (previous) {
      gap = std::max(children.space_after(*previous), children.space_before(i));
      const styled::Keep keep = std::max(children.keep_with_next(*previous), children.keep_with_previous(i));
      boundaries.push_back({i, result.items.size(), result.height, static_cast<Appeal>(keep)});
    }
    const Length y = result.height + gap;
    Space left = space;
    left.height = space.height - y;
    left.top = previous ? PageTop::No : space.top;
    left.beside = sides.beside(y);
    // All of it spans, not its first child alone.
    if (space.columns == InColumns::Spanning && children.spans(i)) left.columns = InColumns::No;
    if (const styled::Float side = children.side(i); side != styled::Float::None) {
      if (!sides.place(result, children, i, side, left, y)) return break_sequence(std::move(result), Part::none(), i, y, boundaries);
      previous = i;
      continue;
    }
    Part part = children.lay_out(i, left, child_token);
    // A child that begins with what spans the columns leaves nothing here, so no space either.
    const bool leaves_nothing = part.forced == Forced::Span && part.height == Length{};
    const Length from = leaves_nothing ? result.height : y;
    if (!part.progressed || part.rest != nullptr) return break_sequence(std::move(result), std::move(part), i, from, boundaries);
    result.height = y + part.height;
    // Its end may be no place to break, and what comes before that in it the best one there is.
    if (part.tail.rest != nullptr) boundaries.push_back({i, result.items.size() + part.tail.items, y + part.tail.height, part.tail.appeal, part.tail.rest});
    append(result, std::move(part), {Length{}, y});
    previous = i;
  }
  result.height = std::max(result.height, sides.bottom());
  // What floats at a side reaches over breaks.
  if (sides.bottom() == Length{}) leave_good_break(result, boundaries);
  return result;
}

}  // namespace handout::paginate
