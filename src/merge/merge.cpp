#include "merge/merge.h"

#include <algorithm>

#include "base/expects.h"
#include "base/narrow.h"

namespace handout::merge {

namespace {

// All that a request decides but the values of the recipient's fields.
std::string kind_of(const request::Request& request) {
  std::string key;
  const auto add = [&](std::string_view text) { key.append(text).push_back('\0'); };
  const auto add_ids = [&](const auto& of) {
    for (const auto* ids : {&of.include, &of.exclude, &of.marked}) {
      for (const std::string& id : *ids) add(id);
      add("");
    }
  };
  for (const request::Edition& edition : request.editions) {
    add(edition.article);
    add(edition.locale.tag());
    add(!edition.level ? "" : *edition.level == request::ArticleLevel::Short ? "short" : "full");
    add_ids(edition);
  }
  add(request.layout);
  add(request.profile);
  add(request.clinic);
  add(request.region);
  add(name(request.impose));
  add(name(request.duplex));
  add(request.fit ? to_text(*request.fit) : "");
  add(request.date ? unicode::to_text(*request.date) : "");
  add_ids(request);
  // A value may be given for a field that is otherwise the clinic's or the article's.
  for (const auto& [name, value] : request.fields) add(name);
  return key;
}

}  // namespace

std::shared_ptr<unicode::DateFormatter> Hands::dates_of(const unicode::Locale& locale) {
  auto& kept = dates[locale.tag()];
  if (!kept) kept = std::make_shared<unicode::DateFormatter>(locale);
  return kept;
}

Template::Template(Stations stations, Traced traced, Shared shared) : stations_(std::move(stations)), traced_(std::move(traced)), shared_(shared) {
  EXPECTS(traced_.is_complete());
  const auto& articles = stations_.sources.articles;
  for (std::size_t i = 0; i < articles.size(); ++i) same_.push_back(std::make_unique<const compose::Fields>(stations_.sources, *articles[i], compose::Printed{stations_.display.metadata.edition, stations_.request.editions[i].level.value_or(request::ArticleLevel::Full), i}));
  for (std::size_t page = 0; page < stations_.display.pages.size(); ++page) {
    const auto& placements = stations_.display.pages[page].placements;
    for (std::size_t i = 0; i < placements.size(); ++i) {
      if (placements[i].answer != 0) slots_.push_back({page, i, placements[i].answer});
    }
  }
}

Result<std::optional<display::DisplayDocument>> Template::fill(const request::Request& request, Hands& hands, Diagnostics& diags) const {
  const std::size_t errors = diags.error_count();
  std::vector<compose::Fields> fields;
  fields.reserve(same_.size());
  for (std::size_t i = 0; i < same_.size(); ++i) {
    const content::Article& article = *stations_.sources.articles[i];
    fields.emplace_back(*same_[i], hands.dates_of(article.locale), request, article, diags);
  }
  if (diags.error_count() > errors) return tl::unexpected<Failure>(Failure{});
  std::vector<const compose::Fields*> editions;
  for (const compose::Fields& each : fields) editions.push_back(&each);
  std::optional<display::DisplayDocument> taken;
  for (std::size_t i = 0; i < traced_.layouts.size(); ++i) {
    const Traced::Layout& layout = traced_.layouts[i];
    if (!compose::decides_alike(layout.dependence, editions)) return std::nullopt;
    paginate::Substitution substitution;
    for (const compose::ValueParagraph& each : layout.dependence.paragraphs) substitution.emplace(each.paragraph.get(), compose::with_values(each, editions));
    auto answers = paginate::ask_again(*layout.trace, substitution, layout.settings, {shared_.fonts, hands.breaker, shared_.hyphenation, &hands.words}, hands.memo);
    if (!answers) return std::nullopt;
    if (i != traced_.taken) continue;
    taken = with_answers(*answers);
    const auto set_words = [&](std::string& words, const std::shared_ptr<const styled::Paragraph>& from) {
      if (const auto found = substitution.find(from.get()); found != substitution.end()) words = compose::words_of(*found->second);
    };
    set_words(taken->metadata.title, layout.dependence.title);
    set_words(taken->metadata.subject, layout.dependence.subject);
  }
  return taken;
}

display::DisplayDocument Template::with_answers(const paginate::Answers& answers) const {
  const paginate::Trace& trace = *traced_.layouts[traced_.taken].trace;
  display::DisplayDocument document = stations_.display;
  for (const Slot& slot : slots_) {
    display::Placement& placement = document.pages[slot.page].placements[slot.placement];
    const auto [question, item] = trace.place(slot.mark);
    const paginate::Asked& asked = trace.asked()[question];
    if (std::holds_alternative<paginate::AskedLines>(asked)) {
      placement.fragment = answers.lines[question];
      continue;
    }
    // Where it stands in its row may be another place.
    const display::Placement& before = paginate::Trace::items_of(asked)[item].placement;
    const display::Placement& now = answers.parts[question].items[item].placement;
    placement.fragment = now.fragment;
    placement.first_line = now.first_line;
    placement.line_count = now.line_count;
    placement.position = placement.position + Point{now.position.x - before.position.x, now.position.y - before.position.y};
  }
  return document;
}

Merger::Templates Merger::templates_for(const std::string& kind) const {
  const std::shared_lock lock(reading_);
  const auto found = templates_.find(kind);
  return found != templates_.end() ? found->second : Templates{};
}

std::vector<Diagnostic> Merger::told_of_all(const Template& made, const request::Request& request, const Diagnostics& told, Hands& hands) {
  if (told.all().empty() || told.has_errors()) return {};
  Diagnostics own;
  request::Request again = request;
  if (!hands.addresses.write(again, made.stations().sources, own)) return {};
  const auto filled = made.fill(again, hands, own);
  // What its pages tell of this recipient's own values no filling says.
  if (!filled || !*filled || !pipeline_.test_envelope(made.stations(), **filled, made.fonts(), own)) return {};
  std::vector<Diagnostic> all;
  const auto is_same = [](const Diagnostic& a, const Diagnostic& b) { return a.message == b.message && to_text(a.at) == to_text(b.at); };
  for (const Diagnostic& each : told.all()) {
    if (std::none_of(own.all().begin(), own.all().end(), [&](const Diagnostic& other) { return is_same(each, other); })) all.push_back(each);
  }
  return all;
}

Result<Merged> Merger::make(const request::Request& request, const std::string& kind, Hands& hands, Diagnostics& diags) {
  ++made_;
  Traced traced;
  Diagnostics told;
  auto stations = pipeline_.prepare(request, told, {nullptr, paginate::Overlay::None, &traced});
  diags.append(told);
  if (!stations) return tl::unexpected<Failure>(Failure{});
  display::DisplayDocument document = stations->display;
  const auto fonts = pipeline_.fonts(stations->sources.clinic.get(), diags);
  if (!fonts) return tl::unexpected<Failure>(Failure{});
  if (!traced.is_complete()) return Merged{std::move(document), std::make_shared<const Stations>(std::move(*stations)), *fonts};
  auto filling = std::make_shared<Template>(std::move(*stations), std::move(traced), Template::Shared{**fonts, pipeline_.typesetting(**fonts).hyphenation});
  filling->tell(told_of_all(*filling, request, told, hands));
  const std::shared_ptr<const Template> made = std::move(filling);
  const std::unique_lock lock(reading_);
  Templates& templates = templates_[kind];
  if (templates.size() == kMostTemplates) templates.erase(templates.begin());
  templates.push_back(made);
  return Merged{std::move(document), std::shared_ptr<const Stations>(made, &made->stations()), *fonts};
}

bool Merger::can_make(const request::Request& request, Diagnostics& diags, const Test& test) {
  const std::lock_guard making(making_);
  const auto stations = pipeline_.prepare(request, diags);
  if (!stations || diags.has_errors()) return false;
  if (!test) return true;
  const auto fonts = pipeline_.fonts(stations->sources.clinic.get(), diags);
  return fonts && test(*stations, **fonts, diags);
}

Result<Merged> Merger::merge(const request::Request& request, Hands& hands, Diagnostics& diags) {
  const std::string kind = kind_of(request);
  std::optional<request::Request> addressed;  // with the address as it is printed
  const auto fill = [&](const Templates& templates, std::size_t tried) -> Result<std::optional<Merged>> {
    if (templates.size() <= tried) return std::nullopt;
    if (!addressed && !hands.addresses.write(addressed.emplace(request), templates.front()->stations().sources, diags)) return tl::unexpected<Failure>(Failure{});
    for (auto each = templates.begin() + narrow<std::ptrdiff_t>(tried); each != templates.end(); ++each) {
      auto filled = (*each)->fill(*addressed, hands, diags);
      if (!filled) return tl::unexpected<Failure>(Failure{});
      if (!*filled) continue;
      // What stands in an envelope's window is another person's.
      if (!pipeline_.test_envelope((*each)->stations(), **filled, (*each)->fonts(), diags)) return tl::unexpected<Failure>(Failure{});
      ++filled_;
      return Merged{std::move(**filled), std::shared_ptr<const Stations>(*each, &(*each)->stations()), &(*each)->fonts(), (*each)->told()};
    }
    return std::nullopt;
  };
  const Templates known = templates_for(kind);
  auto filled = fill(known, 0);
  if (!filled) return tl::unexpected<Failure>(Failure{});
  if (*filled) return std::move(**filled);
  const std::lock_guard making(making_);
  // Another thread may have made one meanwhile.
  filled = fill(templates_for(kind), known.size() < kMostTemplates ? known.size() : 0);
  if (!filled) return tl::unexpected<Failure>(Failure{});
  if (*filled) return std::move(**filled);
  return make(request, kind, hands, diags);
}

}  // namespace handout::merge
