// Text in columns: filled one after the other, balanced where the content ends or something spans them (CSS Multi-column Layout 1, sections 6 and 7).
#include <algorithm>
#include <numeric>

#include "paginate/part.h"

namespace handout::paginate {

using styled::Columns;

namespace {

// A height that is found by search is right to this; finer differences are not seen.
constexpr Length kStep = 1_pt;

class ColumnLayout {
 public:
  ColumnLayout(const Node& node, const Columns& columns, Length width, Context& context) : node_(node), columns_(columns), width_(width), context_(context) {}

  Part lay_out(const Space& space, const Token* token) {
    Part result;
    TokenPtr rest = token != nullptr ? std::make_shared<Token>(*token) : nullptr;
    bool spanning = leads_into_spanning(token);
    do {
      Space left = space;
      left.height = space.height - result.height;
      left.top = result.height == Length{} ? space.top : PageTop::No;
      Part part = spanning ? lay_out_spanning(left, rest.get()) : lay_out_set(left, rest.get());
      if (!part.progressed && result.height == Length{}) return part;
      // What would break badly goes to the next page; what stands above it stays, but for what is kept with it.
      const bool breaks_badly = part.rest != nullptr && part.forced == Forced::No && part.appeal > Appeal::Perfect;
      if (!part.progressed || (breaks_badly && result.height > Length{})) return end_early(std::move(result), std::move(rest), space);
      const Length y = result.height;
      // What holds nothing leaves what stands above it and what follows neighbours.
      if (part.height > Length{}) steps_.push_back({result.items.size(), y, rest, part.tail, part.parting});
      result.height += part.height;
      result.appeal = part.appeal;
      result.forced = part.forced;
      rest = std::move(part.rest);
      append(result, std::move(part), {Length{}, y});
      spanning = !spanning;
    } while (rest != nullptr && result.forced == Forced::Span);
    result.rest = std::move(rest);
    if (result.rest == nullptr) {
      result.forced = Forced::No;
      result.height = snap(result.height, space, context_.grid);
    }
    return result;
  }

 private:
  // A set of columns, or what spans, that stands here: what stood above it and where it begins, the last good break in it, and what a break behind it costs.
  struct Step {
    std::size_t items = 0;
    Length height;
    TokenPtr start;
    InnerBreak tail;
    Appeal parting = Appeal::Perfect;
  };

  // What follows goes to the next page, and with it what is kept with it: a heading at the end of the last step.
  Part end_early(Part result, TokenPtr rest, const Space& space) {
    result.appeal = Appeal::Perfect;
    result.forced = Forced::No;
    result.rest = std::move(rest);
    for (auto step = steps_.rbegin(); step != steps_.rend() && step->parting > Appeal::Perfect; ++step) {
      const bool inside = step->tail.rest != nullptr, first = step->height == Length{};
      if (!inside && first && space.top == PageTop::Yes) return result;  // there is nothing that could stay
      result.items.resize(step->items + (inside ? step->tail.items : 0));
      result.height = step->height + (inside ? step->tail.height : Length{});
      result.rest = inside ? step->tail.rest : step->start;
      if (inside) break;
      if (first) return Part::none();
    }
    return result;
  }

  // One set of columns, as far as it was filled.
  struct Fill {
    std::vector<Part> parts;
    std::vector<TokenPtr> starts;  // where each begins; null: at the beginning
    TokenPtr rest;
    Forced forced = Forced::No;
    Appeal worst = Appeal::Forced;  // of the breaks between the columns
    Length tallest;
    bool progressed = false;

    // Whether all that belongs to this set stands in it.
    [[nodiscard]] bool is_complete() const { return rest == nullptr || forced == Forced::Span; }
  };

  [[nodiscard]] Length column_width() const { return (width_ - columns_.gap * (columns_.count - 1)) / columns_.count; }

  Fill fill(Length height, PageTop top, const TokenPtr& start) {
    Fill filled;
    filled.rest = start;
    for (int i = 0; i < columns_.count; ++i) {
      // Only the first column must make progress: what does not fit below the others finds the next page's.
      const Space space{column_width(), height, i == 0 ? top : PageTop::No, InColumns::Yes};
      Part part = layout_flow(node_, space, filled.rest.get(), context_);
      if (!part.progressed) {
        if (i == 0) return {};
        break;
      }
      // A column that ends worse than the one before it, with a heading alone in it, stays empty.
      if (i > 0 && part.rest != nullptr && part.forced == Forced::No && part.appeal > std::max(filled.parts.back().appeal, Appeal::Perfect)) break;
      filled.starts.push_back(filled.rest);
      filled.progressed = true;
      filled.tallest = std::max(filled.tallest, part.height);
      filled.rest = part.rest;
      filled.forced = part.forced;
      const Appeal appeal = part.appeal;
      filled.parts.push_back(std::move(part));
      if (filled.rest == nullptr || filled.forced >= Forced::Page || filled.forced == Forced::Span) break;
      if (i + 1 < columns_.count) filled.worst = std::max(filled.worst, appeal);
    }
    if (!filled.parts.empty() && filled.forced == Forced::Column) filled.forced = Forced::No;
    return filled;
  }

  // The least height in which all stands that stood in `full`, with breaks no worse than the best that can be had.
  Fill balance(Fill full, const TokenPtr& start) {
    const Length sum = std::accumulate(full.parts.begin(), full.parts.end(), Length{}, [](Length all, const Part& part) { return all + part.height; });
    Fill best = search(full.tallest, sum / columns_.count, Appeal::Perfect, full, start);
    if (!best.progressed) best = search(full.tallest, sum / columns_.count, Appeal::Violating, full, start);
    return best.progressed ? std::move(best) : std::move(full);
  }

  Fill search(Length high, Length low, Appeal allowed, const Fill& full, const TokenPtr& start) {
    const auto is_good = [&](const Fill& filled, Length height) {
      return filled.progressed && filled.is_complete() && filled.forced == full.forced && filled.worst <= allowed && filled.tallest <= height + kStep && has_all_of(full, filled);
    };
    Fill best = fill(high, PageTop::No, start);
    if (!is_good(best, high)) return {};
    low = std::min(low, high) - kStep;
    while (high - low > kStep) {
      const Length middle = low + (high - low) / 2;
      Fill tried = fill(middle, PageTop::No, start);
      if (is_good(tried, middle)) {
        best = std::move(tried);
        high = middle;
      } else {
        low = middle;
      }
    }
    return best;
  }

  // A set that ends before something that spans ends at the same place.
  static bool has_all_of(const Fill& full, const Fill& filled) { return (full.rest == nullptr) == (filled.rest == nullptr); }

  Part lay_out_set(const Space& space, const Token* token) {
    const TokenPtr start = token != nullptr ? std::make_shared<Token>(*token) : nullptr;
    Fill filled = fill(space.height, space.top, start);
    if (!filled.progressed) return Part::none();
    const bool ends_page = filled.forced >= Forced::Page;
    if (columns_.balanced && !ends_page && filled.is_complete()) filled = balance(std::move(filled), start);
    stretch_boxes(filled);
    Part part;
    part.height = filled.tallest;
    part.forced = filled.forced;
    part.appeal = filled.forced != Forced::No || filled.parts.empty() ? Appeal::Forced : filled.parts.back().appeal;
    add_rules(part, filled);
    if (filled.forced == Forced::Span) leave_tail(part, filled);
    for (std::size_t i = 0; i < filled.parts.size(); ++i) append(part, std::move(filled.parts[i]), {x_of(i), Length{}});
    part.rest = std::move(filled.rest);
    return part;
  }

  // Where the set could end before its end: in its last column, or before that. A column that holds nothing, since what spans begins it, parts its neighbours as the break before it does.
  static void leave_tail(Part& part, const Fill& filled) {
    std::size_t last = filled.parts.size() - 1;
    const bool whole = last == 0 || filled.parts[last].height > Length{};
    part.parting = filled.parts[last].parting;
    if (!whole) part.parting = std::max(part.parting, filled.parts[--last].appeal);
    std::size_t above = part.items.size();
    for (std::size_t i = 0; i < last; ++i) above += filled.parts[i].items.size();
    const InnerBreak& tail = filled.parts[last].tail;
    if (whole && tail.rest != nullptr) part.tail = {above + tail.items, part.height, tail.rest, tail.appeal};
    else if (last > 0) part.tail = {above, part.height, filled.starts[last], Appeal::Perfect};
  }

  Part lay_out_spanning(const Space& space, const Token* token) {
    Space whole = space;
    whole.width = width_;
    whole.columns = InColumns::Spanning;
    // What stands above was set apart from it by the break.
    const Length around = spanning_gap(token), gap = space.top == PageTop::Yes ? Length{} : around;
    whole.height -= gap;
    Part part = layout_flow(node_, whole, token, context_);
    if (!part.progressed) return part;
    Part shifted;
    shifted.height = gap + part.height;
    // Room below it, where more follows on this page.
    if (part.forced == Forced::Span) shifted.height = std::min(shifted.height + around, space.height);
    shifted.rest = part.rest;
    shifted.appeal = part.appeal;
    shifted.forced = part.forced;
    shifted.parting = part.parting;
    shifted.tail = part.tail;
    shifted.tail.height += gap;
    append(shifted, std::move(part), {Length{}, gap});
    return shifted;
  }

  // Whether the page before ended inside something that spans.
  [[nodiscard]] bool leads_into_spanning(const Token* token) const {
    const Node* node = &node_;
    while (token != nullptr && !token->cells.empty() && token->index < node->children.size()) {
      node = &node->children[token->index];
      if (node->block->box.column_span == styled::ColumnSpan::All) return true;
      if (!std::holds_alternative<styled::Flow>(node->block->content) || is_decorated(node->block->box)) return false;
      token = token->cells.front().token.get();
    }
    return false;
  }

  // Space around what a token leads to, and above what begins with it.
  Length spanning_gap(const Token* token) const {
    const Node* node = &node_;
    Length gap;
    for (; token != nullptr; token = token->cells.empty() ? nullptr : token->cells.front().token.get()) {
      if (token->index >= node->children.size()) break;
      if (token->index > 0) gap = Length{};
      node = &node->children[token->index];
      gap = std::max({gap, space_before(*node), space_after(*node)});
    }
    return gap;
  }

  [[nodiscard]] Length x_of(std::size_t column) const {
    const auto place = static_cast<std::int64_t>(columns_.direction == unicode::Direction::RightToLeft ? static_cast<std::size_t>(columns_.count) - 1 - column : column);
    return (column_width() + columns_.gap) * place;
  }

  // Boxes that stand alone in their columns are as high as one another.
  void stretch_boxes(Fill& filled) {
    if (filled.rest != nullptr || filled.parts.size() < 2) return;
    std::vector<const Node*> alone;
    for (std::size_t i = 0; i < filled.parts.size(); ++i) {
      const Token* begin = filled.starts[i].get();
      const Token* end = i + 1 < filled.parts.size() ? filled.starts[i + 1].get() : nullptr;
      const std::size_t first = begin != nullptr ? begin->index : 0, last = end != nullptr ? end->index : node_.children.size();
      const bool split = (begin != nullptr && !begin->cells.empty()) || (end != nullptr && !end->cells.empty());
      if (split || last != first + 1) return;
      alone.push_back(&node_.children[first]);
    }
    for (std::size_t i = 0; i < alone.size(); ++i) stretch(filled.parts[i], *alone[i], column_width(), filled.tallest);
  }

  void add_rules(Part& part, const Fill& filled) {
    if (!columns_.rule) return;
    std::vector<display::Command> commands;
    for (std::size_t i = 1; i < filled.parts.size(); ++i) {
      const Length x = std::max(x_of(i), x_of(i - 1)) - columns_.gap / 2 - columns_.rule->width / 2;
      commands.push_back({display::FilledRect{{x, Length{}, columns_.rule->width, filled.tallest}, columns_.rule->color, Length{}}, {}});
    }
    if (!commands.empty()) part.items.push_back(decoration(std::move(commands), {width_, filled.tallest}));
  }

  const Node& node_;
  const Columns& columns_;
  Length width_;
  Context& context_;
  std::vector<Step> steps_;
};

}  // namespace

Length column_width(const Node& child, const Columns& columns, Length width) {
  if (child.block->box.column_span == styled::ColumnSpan::All) return width;
  return (width - columns.gap * (columns.count - 1)) / columns.count;
}

Part layout_columns(const Node& node, const Columns& columns, const Space& space, const Token* token, Context& context) {
  return ColumnLayout(node, columns, space.width, context).lay_out(space, token);
}

}  // namespace handout::paginate
