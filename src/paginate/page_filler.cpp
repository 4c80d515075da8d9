#include "paginate/page_filler.h"

#include <algorithm>

#include "base/expects.h"

namespace handout::paginate {

using styled::PagePlace;

namespace {

// Floats leave so much of a page to its text (TeX's \topfraction is 0.7, and one large picture may take more).
constexpr std::int64_t kFloatShare = 3, kFloatWhole = 4;

void move_to(std::vector<Placed>& to, Part&& part, Point offset) {
  for (Placed& each : part.items) {
    each.placement.position = each.placement.position + offset;
    to.push_back(std::move(each));
  }
}

std::vector<const Node*> floats_in(const std::vector<Placed>& items) {
  std::vector<const Node*> floats;
  for (const Placed& each : items) {
    if (each.mark == Mark::Float) floats.push_back(each.node);
  }
  return floats;
}

bool has(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

}  // namespace

PageFiller::PageFiller(const styled::StyledDocument& document, const DocumentTree& tree, const Frames& frames, Context& context) : document_(document), tree_(tree), frames_(frames), context_(context) {}

std::vector<FilledPage> PageFiller::fill() {
  std::vector<FilledPage> pages;
  do add_page(pages);
  while (!state_.is_done());
  return pages;
}

void PageFiller::add_page(std::vector<FilledPage>& pages) {
  const bool rtl = document_.direction == unicode::Direction::RightToLeft;
  const auto place = [&] {
    const bool even = pages.size() % 2 == 1;
    return PagePlace{pages.empty(), false, false, even != rtl};
  };
  // A page that must be right-hand (recto) is an odd one, and a left-hand one an even one, in every direction.
  const bool odd_next = pages.size() % 2 == 0;
  if ((state_.forced == Forced::Recto && !odd_next) || (state_.forced == Forced::Verso && odd_next)) {
    PagePlace blank = place();
    blank.blank = true;
    pages.push_back({&frames_.at(blank), {}});
  }
  PagePlace here = place(), last = here;
  last.last = true;
  const Frame &usual = frames_.at(here), &final = frames_.at(last);
  const State before = state_;
  FilledPage page = fill_page(usual, state_);
  if (state_.is_done() && &usual != &final) {
    State ended = before;
    FilledPage closing = fill_page(final, ended);
    if (ended.is_done()) {
      page = std::move(closing);
      state_ = std::move(ended);
    } else if (final.height < usual.height) {
      // It doesn't fit on a last page: another one follows, and this one gives up some lines to it.
      Frame shorter = usual;
      shorter.height = final.height;
      State again = before;
      FilledPage shortened = fill_page(shorter, again);
      if (!again.is_done()) {
        page = std::move(shortened);
        page.frame = &usual;
        state_ = std::move(again);
      }
    }
  }
  pages.push_back(std::move(page));
}

FilledPage PageFiller::fill_page(const Frame& frame, State& state) {
  context_.page_width = frame.width;
  context_.page_height = frame.height;
  context_.floats = Context::Floats::Float;
  Reserved reserved;
  take_waiting(reserved, state);
  const bool only_floats = state.finished || (height_of(reserved) * kFloatWhole > frame.height * kFloatShare);
  Part body;
  if (!only_floats) body = fill_body(frame, state, reserved);
  FilledPage page = assemble(frame, std::move(body), reserved, state);
  return page;
}

// What did not fit on earlier pages comes first, in its order.
void PageFiller::take_waiting(Reserved& reserved, State& state) const {
  while (!state.waiting.empty()) {
    Reserved more = reserved;
    more.top.push_back(state.waiting.front());
    if (!reserved.top.empty() && height_of(more) * kFloatWhole > context_.page_height * kFloatShare) return;
    reserved = std::move(more);
    state.waiting.pop_front();
  }
}

Part PageFiller::try_body(const Frame& frame, const State& state, const Reserved& reserved) {
  Part body = layout(tree_.body, {frame.width, frame.height - height_of(reserved), PageTop::Yes}, state.token.get(), context_);
  ENSURES(body.progressed);
  return body;
}

// The body as far as it fits beside the floats and notes that it brings. Each round adds a float or a note, or is the last.
Part PageFiller::fill_body(const Frame& frame, State& state, Reserved& reserved) {
  Part body = try_body(frame, state, reserved);
  for (;;) {
    if (add_notes(body, state, reserved)) {
      body = try_body(frame, state, reserved);
      continue;
    }
    const auto marked = floats_in(body.items);
    const auto next = std::find_if(marked.begin(), marked.end(), [&](const Node* node) { return !state.floated.contains(node); });
    if (next == marked.end()) break;
    state.floated.insert(*next);
    Reserved more = reserved;
    ((*next)->block->box.floating == styled::Float::Bottom ? more.bottom : more.top).push_back(*next);
    // The order is kept: after one that waits all wait.
    if (state.waiting.empty() && height_of(more) * kFloatWhole <= frame.height * kFloatShare) {
      Part beside = try_body(frame, state, more);
      const auto still = floats_in(beside.items);
      if (std::find(still.begin(), still.end(), *next) != still.end()) {
        reserved = std::move(more);
        body = std::move(beside);
        continue;
      }
    }
    state.waiting.push_back(*next);
  }
  state.token = body.rest;
  state.finished = body.rest == nullptr;
  state.forced = body.forced;
  return body;
}

void PageFiller::collect_notes(const std::vector<Placed>& items, std::vector<std::string>& found) const {
  for (const Placed& each : items) {
    const auto& fragment = each.placement.fragment;
    if (fragment == nullptr || !std::holds_alternative<display::StructureId>(each.placement.occurrence)) continue;
    for (std::uint32_t i = each.placement.first_line; i < each.placement.first_line + each.placement.line_count; ++i) {
      const display::FragmentLine& line = fragment->lines[i];
      for (std::uint32_t k = line.first_command; k < line.first_command + line.command_count; ++k) {
        const display::Command& command = fragment->commands[k];
        if (!std::holds_alternative<display::LinkArea>(command.what) || !command.element) continue;
        const auto& link = fragment->elements[command.element->value()].link;
        const auto* target = link ? std::get_if<display::DestinationTarget>(&*link) : nullptr;
        if (target != nullptr && tree_.notes.contains(target->name) && !has(found, target->name)) found.push_back(target->name);
      }
    }
  }
}

// Whether the body links to notes that no room is kept for yet.
bool PageFiller::add_notes(const Part& body, const State& state, Reserved& reserved) {
  if (tree_.notes.empty()) return false;
  std::vector<std::string> found;
  for (const Node* node : reserved.top) collect_notes(float_part(*node, context_).items, found);
  collect_notes(body.items, found);
  for (const Node* node : reserved.bottom) collect_notes(float_part(*node, context_).items, found);
  const std::size_t before = reserved.notes.size();
  for (std::string& name : found) {
    if (!state.noted.contains(name) && !has(reserved.notes, name)) reserved.notes.push_back(std::move(name));
  }
  return reserved.notes.size() > before;
}

Length PageFiller::float_height(const Node& node) const {
  const styled::BoxStyle& box = node.block->box;
  return float_part(node, context_).height + std::max(box.space_before, box.space_after);
}

Length PageFiller::notes_height(const std::vector<std::string>& notes) const {
  if (notes.empty()) return {};
  Length height = document_.footnotes.space + (document_.footnotes.rule ? document_.footnotes.rule->width : Length{});
  for (const std::string& name : notes) {
    const Node& note = tree_.notes.at(name);
    height += space_before(note) + float_part(note, context_).height + space_after(note);
  }
  return height;
}

Length PageFiller::height_of(const Reserved& reserved) const {
  Length height = notes_height(reserved.notes);
  for (const Node* node : reserved.top) height += float_height(*node);
  for (const Node* node : reserved.bottom) height += float_height(*node);
  return height;
}

FilledPage PageFiller::assemble(const Frame& frame, Part body, const Reserved& reserved, State& state) {
  FilledPage page{&frame, {}};
  Length y;
  for (const Node* node : reserved.top) {
    Part part = float_part(*node, context_);
    move_to(page.items, std::move(part), {Length{}, y});
    y += float_height(*node);
  }
  std::vector<std::string> notes;
  collect_notes(page.items, notes);
  collect_notes(body.items, notes);
  for (const Node* node : reserved.bottom) collect_notes(float_part(*node, context_).items, notes);
  std::erase_if(notes, [&](const std::string& name) { return state.noted.contains(name); });
  move_to(page.items, std::move(body), {Length{}, y});
  // What no link on a page brought is printed all the same.
  if (state.is_done()) {
    for (const auto& [name, note] : tree_.notes) {
      if (!state.noted.contains(name) && !has(notes, name)) notes.push_back(name);
    }
  }
  Length bottom = frame.height - notes_height(notes);
  place_notes(page, bottom, notes);
  state.noted.insert(notes.begin(), notes.end());
  for (auto node = reserved.bottom.rbegin(); node != reserved.bottom.rend(); ++node) {
    bottom -= float_height(**node);
    const styled::BoxStyle& box = (*node)->block->box;
    move_to(page.items, float_part(**node, context_), {Length{}, bottom + std::max(box.space_before, box.space_after)});
  }
  return page;
}

void PageFiller::place_notes(FilledPage& page, Length bottom, const std::vector<std::string>& notes) const {
  if (notes.empty()) return;
  Length y = bottom + document_.footnotes.space;
  if (const auto& rule = document_.footnotes.rule) {
    const Length width = document_.footnotes.rule_width > Length{} ? document_.footnotes.rule_width : page.frame->width;
    const Length x = document_.direction == unicode::Direction::RightToLeft ? page.frame->width - width : Length{};
    Placed line = decoration({{display::FilledRect{{Length{}, Length{}, width, rule->width}, rule->color, Length{}}, {}}}, {width, rule->width});
    line.placement.position = {x, y};
    page.items.push_back(std::move(line));
    y += rule->width;
  }
  for (const std::string& name : notes) {
    const Node& note = tree_.notes.at(name);
    Part part = float_part(note, context_);
    y += space_before(note);
    const Length height = part.height;
    move_to(page.items, std::move(part), {Length{}, y});
    y += height + space_after(note);
  }
}

}  // namespace handout::paginate
