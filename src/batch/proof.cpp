#include "batch/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "compose/fields.h"
#include "merge/merge.h"

namespace handout::batch {

namespace {

// Handouts of one language and form that are laid out to learn what they ask, at most.
constexpr std::size_t kMostPrepared = 64;
// Recipients kept to choose from: the first with each set of what there is to show.
constexpr std::size_t kMostCandidates = 4096;

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
    if (!hands_.addresses.write(request, kind.stations->sources.clinic.get(), refused)) return;
    std::set<std::size_t> shown;
    if (!add_answers(kind, request, shown)) return;
    std::string locales;
    for (const auto& article : kind.stations->sources.articles) {
      const std::string tag = article->locale.tag();
      if (locales.find(tag) == std::string::npos) locales += (locales.empty() ? "" : "+") + tag;
    }
    shown.insert(number_of("language " + locales));
    shown.insert(number_of(fmt::format("layout {}, profile {}", kind.stations->sources.layout->id, request.profile)));
    if (!wanted.fallback.empty()) shown.insert(number_of("a language that fell back"));
    const std::string printed = request::display_name(request.recipient->name, request.editions.front().locale);
    keep_most(longest_name_, static_cast<std::size_t>(std::count_if(printed.begin(), printed.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; })), somebody.row, shown);
    keep_most(most_lines_, request.recipient->address.size(), somebody.row, shown);
    add_candidate(somebody.row, std::move(shown));
  }

  Proof choose() {
    add_extreme(longest_name_, "the longest name");
    add_extreme(most_lines_, "the most lines of an address");
    Proof proof;
    std::set<std::size_t> covered;
    while (proof.chosen.size() < most_) {
      const auto news = [&](const Candidate& each) { return static_cast<std::size_t>(std::count_if(each.shown.begin(), each.shown.end(), [&](std::size_t what) { return !covered.contains(what); })); };
      const Candidate* best = nullptr;
      std::size_t most = 0;
      for (const auto& [row, each] : candidates_) {
        const std::size_t count = news(each);
        if (count > most) {
          most = count;
          best = &each;
        }
      }
      if (best == nullptr) break;
      Proof::Chosen chosen{best->row, {}};
      for (const std::size_t what : best->shown) {
        if (covered.insert(what).second) chosen.covers.push_back(names_[what]);
      }
      proof.chosen.push_back(std::move(chosen));
    }
    for (std::size_t what = 0; what < names_.size(); ++what) {
      if (!covered.contains(what)) proof.not_covered.push_back(names_[what]);
    }
    return proof;
  }

 private:
  struct Candidate { std::uint64_t row = 0; std::set<std::size_t> shown; };
  struct Extreme { std::size_t size = 0; Candidate who; };

  std::size_t number_of(const std::string& what) {
    const auto [found, added] = numbers_.try_emplace(what, names_.size());
    if (added) names_.push_back(what);
    return found->second;
  }

  static void keep_most(Extreme& extreme, std::size_t size, std::uint64_t row, const std::set<std::size_t>& shown) {
    if (size > extreme.size) extreme = {size, {row, shown}};
  }

  void add_extreme(const Extreme& extreme, const std::string& what) {
    if (extreme.size == 0) return;
    Candidate& candidate = candidates_.try_emplace(extreme.who.row, extreme.who).first->second;
    candidate.shown.insert(number_of(what));
  }

  void add_candidate(std::uint64_t row, std::set<std::size_t> shown) {
    const std::size_t before = seen_.size();
    seen_.insert(shown.begin(), shown.end());
    const bool has_news = seen_.size() > before;
    if (has_news || (candidates_.size() < kMostCandidates && !sets_.contains(shown))) {
      sets_.insert(shown);
      candidates_.emplace(row, Candidate{row, std::move(shown)});
    }
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
  std::set<std::set<std::size_t>> sets_;
  std::set<std::size_t> seen_;
  Extreme longest_name_, most_lines_;
};

}  // namespace

bool Proof::has(std::uint64_t row) const {
  return std::any_of(chosen.begin(), chosen.end(), [&](const Chosen& each) { return each.row == row; });
}

std::string Proof::to_json() const {
  using Json = nlohmann::ordered_json;
  Json json = {{"version", 1}, {"pieces", Json::array()}, {"not-covered", not_covered}};
  for (const Chosen& each : chosen) json["pieces"].push_back({{"row", each.row}, {"covers", each.covers}});
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Proof> choose_proof(People& people, RequestMaker& maker, Pipeline& pipeline, std::size_t most, const std::atomic<bool>& stop, Diagnostics& diags) {
  Chooser chooser(pipeline, most);
  for (;;) {
    if (stop) return Proof{};
    auto next = people.next(diags);
    if (!next) return tl::unexpected<Failure>(Failure{});
    if (std::holds_alternative<NoMore>(*next)) return stop ? Proof{} : chooser.choose();
    const auto* somebody = std::get_if<Somebody>(&*next);
    if (somebody == nullptr) continue;
    const auto wanted = maker.request_for(*somebody);
    if (const auto* good = std::get_if<Wanted>(&wanted)) chooser.look_at(*somebody, *good);
  }
}

}  // namespace handout::batch
