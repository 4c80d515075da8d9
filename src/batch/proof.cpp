#include "batch/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "batch/anybody.h"
#include "batch/press.h"
#include "compose/fields.h"
#include "merge/merge.h"

namespace handout::batch {

namespace {

// Handouts of one language and form that are laid out to learn what they ask, at most.
constexpr std::size_t kMostPrepared = 64;
// Recipients kept to choose from: the first few with each set of what there is to show, since some cannot be printed.
constexpr std::size_t kMostCandidates = 4096, kMostAlike = 8;
// Of names by their length and addresses by their lines: so many sizes, the greatest.
constexpr std::size_t kMostSizes = 32;

std::string_view words(layouts::Test::Relation relation) {
  switch (relation) {
    case layouts::Test::Relation::Is: return "is";
    case layouts::Test::Relation::IsNot: return "is not";
    case layouts::Test::Relation::Less: return "is less than";
    case layouts::Test::Relation::More: return "is more than";
  }
  return "is";
}

// The question with its answer, in words; "" for what has as many answers as there are recipients.
struct InWords {
  const std::string& answer;
  std::string operator()(const compose::HasValue& asked) const { return fmt::format("{} has a value: {}", asked.field, answer); }
  std::string operator()(const compose::HasLines& asked) const { return fmt::format("lines of {}: {}", asked.field, answer.empty() ? "none" : answer); }
  std::string operator()(const compose::PluralOf& asked) const { return fmt::format("plural of {}: {}", asked.field, answer); }
  std::string operator()(const compose::WholeValue&) const { return ""; }
  std::string operator()(const content::Condition& asked) const {
    return fmt::format("{}{}{}: {}", asked.field, asked.is ? fmt::format(" is '{}'", *asked.is) : asked.is_not ? "" : " has a value", asked.is_not ? fmt::format(" is not '{}'", *asked.is_not) : "", answer);
  }
  std::string operator()(const layouts::Test& asked) const { return fmt::format("{} {} '{}': {}", asked.field, words(asked.relation), asked.value, answer); }
};

// Handouts of one request but for the recipient: what they ask of fields.
struct Kind {
  std::shared_ptr<const Stations> stations;  // of the first
  std::vector<std::unique_ptr<const compose::Fields>> same;
  compose::Dependence all;                   // of every handout that was laid out
  std::map<std::string, std::vector<compose::Decision>> asked;  // by the answers to all of these
  std::size_t prepared = 0;
};

class Chooser {
 public:
  Chooser(Pipeline& pipeline, std::size_t most) : pipeline_(pipeline), hands_(pipeline), most_(most) {}

  void look_at(const Somebody& somebody, const Wanted& wanted) {
    request::Request request = wanted.request;
    std::string name;
    for (const request::Edition& edition : request.editions) name += edition.locale.tag() + ' ';
    Kind& kind = kinds_[name + request.profile];
    if (!kind.stations && !prepare(kind, request)) return;
    Diagnostics refused;
    if (!hands_.addresses.write(request, kind.stations->sources, refused)) return;
    std::set<std::size_t> shown;
    if (!add_answers(kind, request, shown)) return;
    const auto who = std::make_shared<const Who>(Who{somebody.person.recipient.key, wanted});
    std::string locales;
    for (const auto& article : kind.stations->sources.articles) {
      const std::string tag = article->locale.tag();
      if (locales.find(tag) == std::string::npos) locales += (locales.empty() ? "" : "+") + tag;
    }
    shown.insert(number_of("language " + locales));
    shown.insert(number_of(fmt::format("layout {}, profile {}", kind.stations->sources.layout->id, request.profile)));
    if (!wanted.fallback.empty()) shown.insert(number_of("a language that fell back"));
    const std::string printed = request::display_name(request.recipient->name, request.editions.front().locale);
    keep_most(longest_name_, static_cast<std::size_t>(std::count_if(printed.begin(), printed.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; })), {somebody.row, shown, who});
    keep_most(most_lines_, request.recipient->address.size(), {somebody.row, shown, who});
    add_candidate({somebody.row, std::move(shown), who});
  }

  // `try_out` says why a row cannot be printed, or nothing; a failure ends it.
  using TryOut = std::function<Result<std::optional<Refused>>(std::uint64_t row, const std::string& key, const Wanted& wanted)>;
  Result<Proof> choose(const TryOut& try_out, const std::atomic<bool>& stop) {
    Proof proof;
    for (Extreme* extreme : {&longest_name_, &most_lines_}) give_on(*extreme, proof);
    while (proof.chosen.size() < most_ && !stop) {
      const Candidate* best = nullptr;
      std::size_t most = 0;
      for (const auto& [row, each] : candidates_) {
        const auto count = static_cast<std::size_t>(std::count_if(each.shown.begin(), each.shown.end(), [&](std::size_t what) { return !covered_.contains(what); }));
        if (count > most) {
          most = count;
          best = &each;
        }
      }
      if (best == nullptr) break;
      const auto refused = try_out(best->row, best->who->key, best->who->wanted);
      if (!refused) return tl::unexpected<Failure>(Failure{});
      if (*refused) {
        proof.refused.push_back(**refused);
        pass_over(best->row, proof);
        continue;
      }
      Proof::Chosen chosen{best->row, {}};
      for (const std::size_t what : best->shown) {
        if (covered_.insert(what).second) chosen.covers.push_back(names_[what]);
      }
      proof.chosen.push_back(std::move(chosen));
    }
    std::set<std::size_t> shown;
    for (const auto& [row, each] : candidates_) shown.insert(each.shown.begin(), each.shown.end());
    for (std::size_t what = 0; what < names_.size(); ++what) {
      if (!covered_.contains(what)) (shown.contains(what) ? proof.not_covered : proof.not_printable).push_back(names_[what]);
    }
    return proof;
  }

 private:
  // Whose handout is tried.
  struct Who { std::string key; Wanted wanted; };
  struct Candidate { std::uint64_t row = 0; std::set<std::size_t> shown; std::shared_ptr<const Who> who; };
  // Who has the most of something, by how much, the most first.
  struct Extreme {
    std::string what;
    std::map<std::size_t, std::vector<Candidate>, std::greater<>> by_size = {};
    std::uint64_t holder = 0;  // row of the one that shows it
  };

  std::size_t number_of(const std::string& what) {
    const auto [found, added] = numbers_.try_emplace(what, names_.size());
    if (added) names_.push_back(what);
    return found->second;
  }

  static void keep_most(Extreme& extreme, std::size_t size, const Candidate& candidate) {
    if (size == 0 || (extreme.by_size.size() == kMostSizes && size < extreme.by_size.rbegin()->first)) return;
    std::vector<Candidate>& same = extreme.by_size[size];
    if (same.size() < kMostAlike) same.push_back(candidate);
    if (extreme.by_size.size() > kMostSizes) extreme.by_size.erase(std::prev(extreme.by_size.end()));
  }

  // To the first with the most that is not passed over. It may be chosen already.
  void give_on(Extreme& extreme, Proof& proof) {
    extreme.holder = 0;
    if (extreme.by_size.empty()) return;
    const std::size_t what = number_of(extreme.what);
    for (const auto& [size, all] : extreme.by_size) {
      const auto found = std::find_if(all.begin(), all.end(), [&](const Candidate& each) { return !passed_over_.contains(each.row); });
      if (found == all.end()) continue;
      extreme.holder = found->row;
      candidates_.try_emplace(found->row, *found).first->second.shown.insert(what);
      const auto chosen = std::find_if(proof.chosen.begin(), proof.chosen.end(), [&](const Proof::Chosen& each) { return each.row == found->row; });
      if (chosen != proof.chosen.end() && covered_.insert(what).second) chosen->covers.push_back(names_[what]);
      return;
    }
  }

  void pass_over(std::uint64_t row, Proof& proof) {
    passed_over_.insert(row);
    candidates_.erase(row);
    for (Extreme* extreme : {&longest_name_, &most_lines_}) {
      if (extreme->holder == row) give_on(*extreme, proof);
    }
  }

  void add_candidate(Candidate candidate) {
    const std::size_t before = seen_.size();
    seen_.insert(candidate.shown.begin(), candidate.shown.end());
    const bool has_news = seen_.size() > before;
    if (!has_news && candidates_.size() >= kMostCandidates) return;
    std::size_t& alike = sets_[candidate.shown];
    if (!has_news && alike >= kMostAlike) return;
    ++alike;
    const std::uint64_t row = candidate.row;
    candidates_.emplace(row, std::move(candidate));
  }

  // Lays a handout out and learns what it asks; false: none can be made.
  const std::vector<compose::Decision>* prepare(Kind& kind, const request::Request& request) {
    if (kind.prepared == kMostPrepared) return nullptr;
    ++kind.prepared;
    Diagnostics refused;
    Traced traced;
    auto stations = pipeline_.prepare(request, refused, {nullptr, paginate::Overlay::None, &traced});
    if (!stations) return nullptr;
    last_.clear();
    for (const Traced::Layout& layout : traced.layouts) {
      for (const compose::Decision& decision : layout.dependence.decisions) {
        if (std::holds_alternative<compose::WholeValue>(decision.what)) continue;
        kind.all.note(decision);
        last_.push_back(decision);
      }
    }
    if (!kind.stations) {
      kind.stations = std::make_shared<const Stations>(std::move(*stations));
      const auto& articles = kind.stations->sources.articles;
      for (std::size_t i = 0; i < articles.size(); ++i) kind.same.push_back(std::make_unique<const compose::Fields>(kind.stations->sources, *articles[i], compose::Printed{kind.stations->display.metadata.edition, kind.stations->request.editions[i].level.value_or(request::ArticleLevel::Full), i}));
    }
    return &last_;
  }

  bool add_answers(Kind& kind, const request::Request& request, std::set<std::size_t>& shown) {
    Diagnostics refused;
    std::vector<compose::Fields> fields;
    fields.reserve(kind.same.size());
    for (std::size_t i = 0; i < kind.same.size(); ++i) {
      const content::Article& article = *kind.stations->sources.articles[i];
      fields.emplace_back(*kind.same[i], hands_.dates_of(article.locale), request, article, refused);
    }
    if (refused.has_errors()) return false;
    const auto signature = [&] {
      std::string text;
      for (const compose::Decision& each : kind.all.decisions) text += compose::answer_to(each, fields[each.edition]) + '\n';
      return text;
    };
    auto known = kind.asked.find(signature());
    if (known == kind.asked.end()) {
      // Other answers may bring other questions.
      const auto* decisions = prepare(kind, request);
      if (decisions == nullptr) return false;
      known = kind.asked.emplace(signature(), *decisions).first;
    }
    for (const compose::Decision& each : known->second) {
      const std::string answer = compose::answer_to(each, fields[each.edition]);
      shown.insert(number_of(std::visit(InWords{answer}, each.what)));
    }
    return true;
  }

  Pipeline& pipeline_;
  merge::Hands hands_;
  std::size_t most_;
  std::map<std::string, Kind> kinds_;
  std::vector<compose::Decision> last_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> names_;
  std::map<std::uint64_t, Candidate> candidates_;  // by row
  std::map<std::set<std::size_t>, std::size_t> sets_;  // how many candidates show just that
  std::set<std::size_t> seen_, covered_;
  std::set<std::uint64_t> passed_over_;            // rows
  Extreme longest_name_{"the longest name"}, most_lines_{"the most lines of an address"};
};

}  // namespace

bool Proof::has(std::uint64_t row) const {
  return std::any_of(chosen.begin(), chosen.end(), [&](const Chosen& each) { return each.row == row; });
}

std::string Proof::to_json() const {
  using Json = nlohmann::ordered_json;
  Json json = {{"version", 1}, {"pieces", Json::array()}, {"refused", Json::array()}, {"not-covered", not_covered}, {"not-printable", not_printable}};
  for (const Chosen& each : chosen) json["pieces"].push_back({{"row", each.row}, {"covers", each.covers}});
  for (const Refused& each : refused) json["refused"].push_back({{"row", each.row}, {"column", each.column}, {"reason", each.reason}});
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Proof> choose_proof(const ProofSources& sources, std::size_t most, const std::atomic<bool>& stop, Diagnostics& diags) {
  Chooser chooser(sources.pipeline, most);
  for (;;) {
    if (stop) return Proof{};
    auto next = sources.people.next(diags);
    if (!next) return tl::unexpected<Failure>(Failure{});
    if (std::holds_alternative<NoMore>(*next)) break;
    const auto* somebody = std::get_if<Somebody>(&*next);
    if (somebody == nullptr) continue;
    const auto wanted = sources.maker.request_for(*somebody);
    if (const auto* good = std::get_if<Wanted>(&wanted)) chooser.look_at(*somebody, *good);
  }
  merge::Merger merger(sources.pipeline);
  Anybody anybody(sources.maker.declared(), sources.mailing);
  Press press(merger, sources.pipeline, anybody, {}, {});
  const auto try_out = [&](std::uint64_t row, const std::string& key, const Wanted& wanted) -> Result<std::optional<Refused>> {
    std::vector<Task> tasks;
    tasks.push_back({row, key, wanted, {}});
    press.put(std::move(tasks));
    std::vector<Made> made = press.take();
    if (const auto* none = std::get_if<Failed>(&made.front())) {
      diags.append(none->why);
      return tl::unexpected<Failure>(Failure{});
    }
    auto* refused = std::get_if<Refused>(&made.front());
    if (refused == nullptr) return std::nullopt;
    refused->column = sources.people.column_of(refused->column);
    return std::move(*refused);
  };
  return chooser.choose(try_out, stop);
}

}  // namespace handout::batch
