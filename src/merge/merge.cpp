#include "merge/merge.h"

#include <algorithm>
#include <array>

#include "base/expects.h"

namespace handout::merge {

namespace {

// All that a request decides but the values of the recipient's fields.
std::string kind_of(const request::Request& request) {
  std::string key;
  const auto add = [&](std::string_view text) { key.append(text).push_back('\0'); };
  for (const request::Edition& edition : request.editions) {
    add(edition.article);
    add(edition.locale.tag());
    add(edition.level == request::ArticleLevel::Short ? "short" : "full");
  }
  add(request.layout);
  add(request.profile);
  add(request.clinic);
  add(request.region);
  add(name(request.impose));
  add(request.fit ? to_text(*request.fit) : "");
  add(request.date ? unicode::to_text(*request.date) : "");
  for (const auto* ids : {&request.include, &request.exclude, &request.marked}) {
    for (const std::string& id : *ids) add(id);
    add("");
  }
  // A value may be given for a field that is otherwise the clinic's or the article's.
  for (const auto& [name, value] : request.fields) add(name);
  return key;
}

}  // namespace

Template::Template(Stations stations, Traced traced) : stations_(std::move(stations)), traced_(std::move(traced)) {
  EXPECTS(traced_.trace != nullptr && traced_.trace->is_complete());
  const auto& articles = stations_.sources.articles;
  for (std::size_t i = 0; i < articles.size(); ++i) same_.push_back(std::make_unique<const compose::Fields>(stations_.sources, *articles[i], compose::Printed{stations_.display.metadata.edition, stations_.request.editions[i].level, i}));
  for (std::size_t page = 0; page < stations_.display.pages.size(); ++page) {
    const auto& placements = stations_.display.pages[page].placements;
    for (std::size_t i = 0; i < placements.size(); ++i) {
      if (placements[i].answer != 0) slots_.push_back({page, i, placements[i].answer});
    }
  }
}

Result<std::optional<display::DisplayDocument>> Template::fill(const request::Request& request, const typeset::Resources& resources, typeset::Memo& memo, Diagnostics& diags) const {
  const std::size_t errors = diags.error_count();
  std::vector<compose::Fields> fields;
  fields.reserve(same_.size());
  for (std::size_t i = 0; i < same_.size(); ++i) fields.emplace_back(*same_[i], request, *stations_.sources.articles[i], diags);
  if (diags.error_count() > errors) return tl::unexpected<Failure>(Failure{});
  std::vector<const compose::Fields*> editions;
  for (const compose::Fields& each : fields) editions.push_back(&each);
  if (!compose::decides_alike(traced_.dependence, editions)) return std::nullopt;

  paginate::Substitution substitution;
  for (const compose::ValueParagraph& each : traced_.dependence.paragraphs) substitution.emplace(each.paragraph.get(), compose::with_values(each, editions));
  const auto answers = paginate::ask_again(*traced_.trace, substitution, {stations_.styled.grid, stations_.styled.direction}, resources, memo);
  if (!answers) return std::nullopt;

  display::DisplayDocument document = stations_.display;
  for (const Slot& slot : slots_) {
    display::Placement& placement = document.pages[slot.page].placements[slot.placement];
    const auto [question, item] = traced_.trace->place(slot.mark);
    const paginate::Asked& asked = traced_.trace->asked()[question];
    if (std::holds_alternative<paginate::AskedLines>(asked)) {
      placement.fragment = answers->lines[question];
      continue;
    }
    // Where it stands in its row may be another place.
    const display::Placement& before = std::get<paginate::AskedPart>(asked).answer.items[item].placement;
    const display::Placement& now = answers->parts[question].items[item].placement;
    placement.fragment = now.fragment;
    placement.position = placement.position + Point{now.position.x - before.position.x, now.position.y - before.position.y};
  }
  return document;
}

Result<display::DisplayDocument> Merger::make(const request::Request& request, Templates& templates, Diagnostics& diags) {
  ++counts_.made;
  Traced traced;
  auto stations = pipeline_.prepare(request, diags, {nullptr, paginate::Overlay::None, &traced});
  if (!stations) return tl::unexpected<Failure>(Failure{});
  if (traced.trace == nullptr || !traced.trace->is_complete()) return std::move(stations->display);
  display::DisplayDocument document = stations->display;
  templates.emplace_front(std::move(*stations), std::move(traced));
  if (templates.size() > kMostTemplates) templates.pop_back();
  return document;
}

Result<display::DisplayDocument> Merger::merge(const request::Request& request, Diagnostics& diags) {
  Templates& templates = templates_[kind_of(request)];
  for (auto each = templates.begin(); each != templates.end(); ++each) {
    const auto fonts = pipeline_.fonts(each->clinic().get(), diags);
    if (!fonts) return tl::unexpected<Failure>(Failure{});
    auto filled = each->fill(request, pipeline_.typesetting(**fonts), memo_, diags);
    if (!filled) return tl::unexpected<Failure>(Failure{});
    if (!*filled) continue;
    templates.splice(templates.begin(), templates, each);
    ++counts_.filled;
    return std::move(**filled);
  }
  return make(request, templates, diags);
}

}  // namespace handout::merge
