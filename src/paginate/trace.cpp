#include "paginate/trace.h"

#include <algorithm>

#include "base/expects.h"
#include "base/narrow.h"

namespace handout::paginate {

namespace {

bool is_same(const std::optional<AskedFields>& a, const std::optional<AskedFields>& b) { return a == b; }

bool is_same(const TokenPtr& a, const TokenPtr& b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->index == b->index && a->rooms == b->rooms && std::equal(a->cells.begin(), a->cells.end(), b->cells.begin(), b->cells.end(), [](const CellState& x, const CellState& y) { return x.done == y.done && is_same(x.token, y.token); });
}

bool is_same(const Space& a, const Space& b) {
  return a.width == b.width && a.height == b.height && a.top == b.top && a.columns == b.columns && a.beside.left == b.beside.left && a.beside.right == b.beside.right && a.beside.height == b.beside.height;
}

bool asks_the_same(const AskedLines& a, const AskedLines& b) { return a.paragraph == b.paragraph && a.rooms == b.rooms && is_same(a.fields, b.fields); }
bool asks_the_same(const AskedWidths& a, const AskedWidths& b) { return a.paragraph == b.paragraph && a.node == b.node; }
bool asks_the_same(const AskedPart& a, const AskedPart& b) {
  return a.node == b.node && is_same(a.space, b.space) && is_same(a.token, b.token) && is_same(a.fields, b.fields) && a.artifact == b.artifact && a.page_width == b.page_width && a.page_height == b.page_height && a.floats == b.floats;
}
bool asks_the_same(const AskedRegion& a, const AskedRegion& b) {
  return a.node == b.node && a.fields == b.fields && a.setting.area == b.setting.area && a.setting.align == b.setting.align && a.setting.artifact == b.setting.artifact;
}
bool asks_the_same(const AskedBaseline& a, const AskedBaseline& b) { return a.node == b.node && a.width == b.width; }

// All that pages see of a fragment: its lines, and what links and destinations are in each.
bool looks_alike(const display::Fragment& a, const display::Fragment& b) {
  if (a.elements != b.elements || a.size.height != b.size.height) return false;
  const auto alike = [](const display::FragmentLine& x, const display::FragmentLine& y) { return x.top == y.top && x.height == y.height && x.baseline == y.baseline; };
  if (!std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(), alike)) return false;
  // Notes go by the links of each line.
  const auto has_links = [](const display::Fragment& fragment) { return std::any_of(fragment.elements.begin(), fragment.elements.end(), [](const display::FragmentElement& element) { return element.link.has_value(); }); };
  if (!has_links(a)) return true;
  const auto links = [](const display::Fragment& fragment, const display::FragmentLine& line) {
    std::vector<std::size_t> found;
    for (std::uint32_t i = line.first_command; i < line.first_command + line.command_count; ++i) {
      const display::Command& command = fragment.commands[i];
      if (std::holds_alternative<display::LinkArea>(command.what) && command.element) found.push_back(command.element->value());
    }
    return found;
  };
  for (std::size_t i = 0; i < a.lines.size(); ++i) {
    if (links(a, a.lines[i]) != links(b, b.lines[i])) return false;
  }
  return true;
}

bool looks_alike(const Placed& a, const Placed& b) {
  const display::Placement &x = a.placement, &y = b.placement;
  return a.mark == b.mark && x.first_line == y.first_line && x.line_count == y.line_count && x.occurrence == y.occurrence && x.fragment != nullptr && y.fragment != nullptr &&
         (x.fragment == y.fragment || x.fragment->elements == y.fragment->elements);
}

bool looks_alike(const Part& a, const Part& b) {
  return a.progressed == b.progressed && a.height == b.height && a.appeal == b.appeal && a.forced == b.forced && a.overflows == b.overflows && is_same(a.rest, b.rest) && a.tail.items == b.tail.items && a.tail.height == b.tail.height &&
         a.tail.appeal == b.tail.appeal && is_same(a.tail.rest, b.tail.rest) && std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), [](const Placed& x, const Placed& y) { return looks_alike(x, y); });
}

bool has_room_alike(const Part& a, const Part& b) {
  const auto alike = [](const Placed& x, const Placed& y) { return x.placement.occurrence == y.placement.occurrence && x.placement.fragment->elements == y.placement.fragment->elements; };
  return !a.overflows && !b.overflows && std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), alike);
}

// Bookmarks, floats, what stands out of its page, and numbers of pages that are set later: all that the page makes of an item but its fragment.
bool is_more_than_placed(const Placed& item) { return item.mark != Mark::None || item.node != nullptr || item.placement.fragment == nullptr; }

template <typename T>
std::optional<std::size_t> find(const std::vector<Asked>& asked, const T& question) {
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const T* known = std::get_if<T>(&asked[i]);
    if (known != nullptr && asks_the_same(*known, question)) return i;
  }
  return std::nullopt;
}

}  // namespace

bool operator==(const AskedFields& a, const AskedFields& b) {
  const auto &x = a.values, &y = b.values;
  if (x.page != y.page || x.pages != y.pages || x.section_title != y.section_title || x.least_digits != y.least_digits || (x.pages_of == nullptr) != (y.pages_of == nullptr)) return false;
  return x.pages_of == nullptr || x.pages_of == y.pages_of || *x.pages_of == *y.pages_of;
}

std::uint32_t Trace::note(AskedLines asked) {
  const auto known = find(asked_, asked);
  const std::size_t question = known.value_or(asked_.size());
  if (!known) {
    asked_.push_back(std::move(asked));
    first_mark_.push_back(narrow<std::uint32_t>(places_.size() + 1));
    places_.push_back({question, 0});
  }
  return first_mark_[question];
}

void Trace::note(AskedWidths asked) {
  if (asked.paragraph != nullptr) measured_.insert(asked.paragraph.get());
  else measured_blocks_.insert(asked.node->block);
  if (find(asked_, asked)) return;
  asked_.push_back(std::move(asked));
  first_mark_.push_back(0);
}

template <typename T>
void Trace::note_part(T asked, std::vector<Placed>& marked) {
  const auto known = find(asked_, asked);
  const std::size_t question = known.value_or(asked_.size());
  if (!known) {
    first_mark_.push_back(narrow<std::uint32_t>(places_.size() + 1));
    for (std::size_t i = 0; i < asked.answer.items.size(); ++i) places_.push_back({question, i});
    asked_.push_back(std::move(asked));
  }
  for (std::size_t i = 0; i < marked.size(); ++i) marked[i].placement.answer = first_mark_[question] + narrow<std::uint32_t>(i);
}

void Trace::note(AskedPart asked, std::vector<Placed>& marked) {
  if (std::any_of(marked.begin(), marked.end(), is_more_than_placed)) return give_up();
  note_part(std::move(asked), marked);
}

void Trace::note(AskedRegion asked, std::vector<Placed>& marked) { note_part(std::move(asked), marked); }

void Trace::note(AskedBaseline asked) {
  if (find(asked_, asked)) return;
  asked_.push_back(asked);
  first_mark_.push_back(0);
}

const Node* Trace::keep(const Node& node) {
  auto& kept = nodes_[node.block];
  for (const auto& [element, copy] : kept) {
    if (element == node.element) return copy.get();
  }
  kept.emplace_back(node.element, std::make_unique<const Node>(node));
  return kept.back().second.get();
}

std::optional<AskedFields> Trace::keep(const typeset::PageFieldValues* fields) {
  if (fields == nullptr) return std::nullopt;
  AskedFields kept{*fields};
  if (fields->pages_of == nullptr) return kept;
  if (destinations_.empty() || destinations_.back() != *fields->pages_of) destinations_.push_back(*fields->pages_of);
  kept.values.pages_of = &destinations_.back();
  return kept;
}

namespace {

class Asker {
 public:
  Asker(const Substitution& substitution, const PageSettings& settings, const typeset::Resources& resources, typeset::Memo& memo)
      : substitution_(substitution), context_{resources, memo, diags_, measures_, settings.grid, {}, {}, Context::Floats::Stay, {}, nullptr, Overlay::None, styled::StyledDocument::KeepOrigins::No, settings.direction, nullptr, &substitution} {}

  // Whether the answers are alike; each kind is put where its question stands.
  bool ask(const Asked& asked, std::size_t question, Answers& answers) {
    return std::visit([&](const auto& each) { return answer(each, question, answers); }, asked) && diags_.all().empty();
  }

 private:
  bool answer(const AskedLines& asked, std::size_t question, Answers& answers) {
    const auto found = substitution_.find(asked.paragraph.get());
    EXPECTS(found != substitution_.end());
    answers.lines[question] = typeset::typeset(found->second, asked.rooms, asked.at, asked.fields ? &asked.fields->values : nullptr, context_.resources, context_.memo, diags_);
    return looks_alike(*asked.answer, *answers.lines[question]);
  }
  bool answer(const AskedWidths& asked, std::size_t, Answers&) {
    const typeset::ContentWidths widths = asked.node != nullptr ? natural_widths(*asked.node, context_) : typeset::content_widths(substitution_.at(asked.paragraph.get()), context_.resources, context_.memo);
    return widths.minimum == asked.answer.minimum && widths.maximum == asked.answer.maximum;
  }
  bool answer(const AskedPart& asked, std::size_t question, Answers& answers) {
    Context inside = context_;
    inside.fields = asked.fields ? &asked.fields->values : nullptr;
    inside.artifact = asked.artifact;
    inside.page_width = asked.page_width;
    inside.page_height = asked.page_height;
    inside.floats = asked.floats;
    answers.parts[question] = layout(*asked.node, asked.space, asked.token.get(), inside);
    return looks_alike(asked.answer, answers.parts[question]);
  }
  bool answer(const AskedRegion& asked, std::size_t question, Answers& answers) {
    answers.parts[question] = set_region(*asked.node, asked.setting, asked.fields.values, context_);
    return has_room_alike(asked.answer, answers.parts[question]);
  }
  bool answer(const AskedBaseline& asked, std::size_t, Answers&) { return first_baseline(*asked.node, asked.width, context_) == asked.answer; }

  const Substitution& substitution_;
  Measures measures_;
  Diagnostics diags_;
  Context context_;
};

}  // namespace

std::optional<Answers> ask_again(const Trace& trace, const Substitution& substitution, const PageSettings& settings, const typeset::Resources& resources, typeset::Memo& memo) {
  EXPECTS(trace.is_complete());
  const std::vector<Asked>& asked = trace.asked();
  Answers answers{std::vector<std::shared_ptr<const display::Fragment>>(asked.size()), std::vector<Part>(asked.size())};
  Asker asker(substitution, settings, resources, memo);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!asker.ask(asked[i], i, answers)) return std::nullopt;
  }
  return answers;
}

}  // namespace handout::paginate
