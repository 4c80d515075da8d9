#include "batch/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
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
// Recipients kept to choose from, which can be printed.
constexpr std::size_t kMostCandidates = 4096;
// Rows of one kind that are tried where they cannot be printed, before nobody of that kind is tried any more; of such rows, those that are listed.
constexpr std::size_t kMostFailed = 256, kMostTold = 100;

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
  // Says why a row cannot be printed, or nothing; a failure ends it.
  using TryOut = std::function<Result<std::optional<Refused>>(std::uint64_t row, const std::string& key, const Wanted& wanted)>;
  Chooser(Pipeline& pipeline, const Anybody& anybody, std::size_t most, TryOut try_out) : pipeline_(pipeline), anybody_(anybody), hands_(pipeline), most_(most), try_out_(std::move(try_out)) {}

  // Only who can be printed is kept to choose from.
  Result<std::monostate> look_at(const Somebody& somebody, const Wanted& wanted) {
    request::Request request = wanted.request;
    std::set<std::size_t> shown = shown_by(request, wanted.fallback);
    Diagnostics told_when_it_is_tried;
    Kind* const kind = kind_of(request);
    if (kind != nullptr && hands_.addresses.write(request, kind->stations->sources, told_when_it_is_tried)) add_answers(*kind, request, shown);
    const std::string printed = request::display_name(request.recipient->name, request.editions.front().locale);
    const Sizes sizes{static_cast<std::size_t>(std::count_if(printed.begin(), printed.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; })), request.recipient->address.size()};
    const bool is_news = std::any_of(shown.begin(), shown.end(), [&](std::size_t what) { return !seen_.contains(what); });
    const bool has_room = is_news || (candidates_.size() < kMostCandidates && !sets_.contains(shown));
    if (!has_room && sizes[0] <= longest_name_.size && sizes[1] <= most_lines_.size) return std::monostate{};
    std::size_t& failed = failed_[{shown, has_room ? Sizes{} : sizes}];
    if (failed == kMostFailed) return std::monostate{};
    auto refused = try_out_(somebody.row, somebody.person.recipient.key, wanted);
    if (!refused) return tl::unexpected<Failure>(Failure{});
    if (*refused) {
      ++failed;
      tell(std::move(**refused));
      return std::monostate{};
    }
    if (has_room) {
      seen_.insert(shown.begin(), shown.end());
      sets_.insert(shown);
      candidates_.emplace(somebody.row, shown);
    }
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      Extreme& extreme = *std::array{&longest_name_, &most_lines_}[i];
      if (sizes[i] > extreme.size) extreme = {extreme.what, sizes[i], somebody.row, shown};
    }
    return std::monostate{};
  }

  // A row that nothing is asked for; `locales`: the language that it would have had, or "".
  void look_at(Refused refused, const std::string& locales) {
    if (!locales.empty()) number_of(language(locales));
    tell(std::move(refused));
  }

  Proof choose(const std::atomic<bool>& stop) {
    for (const Extreme* extreme : {&longest_name_, &most_lines_}) {
      if (extreme->size > 0) candidates_.try_emplace(extreme->row, extreme->shown).first->second.insert(number_of(extreme->what));
    }
    Proof proof;
    proof.refused = std::move(told_);
    std::set<std::size_t> covered, shown;
    while (proof.chosen.size() < most_ && !stop) {
      const std::set<std::size_t>* best = nullptr;
      std::uint64_t best_row = 0;
      std::size_t most = 0;
      for (const auto& [row, shows] : candidates_) {
        const auto count = static_cast<std::size_t>(std::count_if(shows.begin(), shows.end(), [&](std::size_t what) { return !covered.contains(what); }));
        if (count <= most) continue;
        most = count;
        best = &shows;
        best_row = row;
      }
      if (best == nullptr) break;
      Proof::Chosen chosen{best_row, {}};
      for (const std::size_t what : *best) {
        if (covered.insert(what).second) chosen.covers.push_back(names_[what]);
      }
      proof.chosen.push_back(std::move(chosen));
    }
    for (const auto& [row, shows] : candidates_) shown.insert(shows.begin(), shows.end());
    for (std::size_t what = 0; what < names_.size(); ++what) {
      if (!covered.contains(what)) (shown.contains(what) ? proof.not_covered : proof.not_printable).push_back(names_[what]);
    }
    return proof;
  }

 private:
  using Sizes = std::array<std::size_t, 2>;  // of the name in characters, of the address in lines
  // Who has the most of something.
  struct Extreme {
    std::string what;
    std::size_t size = 0;
    std::uint64_t row = 0;
    std::set<std::size_t> shown{};
  };

  static std::string language(const std::string& locales) { return "language " + locales; }

  // What is seen of the request itself.
  std::set<std::size_t> shown_by(const request::Request& request, const std::string& fallback) {
    std::set<std::size_t> shown;
    std::string locales;
    for (const request::Edition& edition : request.editions) add_locale(locales, edition.locale);
    shown.insert(number_of(language(locales)));
    shown.insert(number_of(fmt::format("layout {}, profile {}", std::filesystem::path(request.layout).stem().string(), request.profile)));
    if (!fallback.empty()) shown.insert(number_of("a language that fell back"));
    return shown;
  }

  void tell(Refused refused) {
    if (told_.size() < kMostTold) told_.push_back(std::move(refused));
  }

  std::size_t number_of(const std::string& what) {
    const auto [found, added] = numbers_.try_emplace(what, names_.size());
    if (added) names_.push_back(what);
    return found->second;
  }

  // Null: no handout of this language and form can be made, whoever it is for.
  Kind* kind_of(const request::Request& request) {
    std::string name;
    for (const request::Edition& edition : request.editions) name += edition.locale.tag() + ' ';
    Kind& kind = kinds_[name + request.profile];
    if (kind.stations || prepare(kind, request) != nullptr) return &kind;
    for (const request::Request& other : anybody_.in_place_of(request)) {
      if (prepare(kind, other) != nullptr) return &kind;
    }
    return nullptr;
  }

  // Lays a handout out and learns what it asks; null: none can be made, or enough were.
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

  void add_answers(Kind& kind, const request::Request& request, std::set<std::size_t>& shown) {
    Diagnostics told_when_it_is_tried;
    std::vector<compose::Fields> fields;
    fields.reserve(kind.same.size());
    for (std::size_t i = 0; i < kind.same.size(); ++i) {
      const content::Article& article = *kind.stations->sources.articles[i];
      fields.emplace_back(*kind.same[i], hands_.dates_of(article.locale), request, article, told_when_it_is_tried);
    }
    const auto signature = [&] {
      std::string text;
      for (const compose::Decision& each : kind.all.decisions) text += compose::answer_to(each, fields[each.edition]) + '\n';
      return text;
    };
    auto known = kind.asked.find(signature());
    if (known == kind.asked.end()) {
      // Other answers may bring other questions. Where that can't be known, all are taken as asked.
      const auto* decisions = prepare(kind, request);
      known = kind.asked.emplace(signature(), decisions != nullptr ? *decisions : kind.all.decisions).first;
    }
    for (const compose::Decision& each : known->second) {
      const std::string answer = compose::answer_to(each, fields[each.edition]);
      const std::string words = std::visit(InWords{answer}, each.what);
      if (!words.empty()) shown.insert(number_of(words));
    }
  }

  Pipeline& pipeline_;
  const Anybody& anybody_;
  merge::Hands hands_;
  std::size_t most_;
  TryOut try_out_;
  std::map<std::string, Kind> kinds_;
  std::vector<compose::Decision> last_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> names_;
  std::map<std::uint64_t, std::set<std::size_t>> candidates_;  // what each row shows
  std::set<std::set<std::size_t>> sets_;                       // that a candidate shows
  std::set<std::size_t> seen_;                                 // of candidates
  std::map<std::pair<std::set<std::size_t>, Sizes>, std::size_t> failed_;
  std::vector<Refused> told_;
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
  Chooser chooser(sources.pipeline, anybody, most, try_out);
  for (;;) {
    if (stop) return Proof{};
    auto next = sources.people.next(diags);
    if (!next) return tl::unexpected<Failure>(Failure{});
    if (std::holds_alternative<NoMore>(*next)) return chooser.choose(stop);
    if (auto* refused = std::get_if<Refused>(&*next)) chooser.look_at(std::move(*refused), "");
    const auto* somebody = std::get_if<Somebody>(&*next);
    if (somebody == nullptr) continue;
    auto wanted = sources.maker.request_for(*somebody);
    if (auto* refused = std::get_if<Refused>(&wanted)) {
      refused->column = sources.people.column_of(refused->column);
      chooser.look_at(std::move(*refused), sources.maker.locales_for(somebody->person.recipient));
    } else if (!chooser.look_at(*somebody, std::get<Wanted>(wanted))) {
      return tl::unexpected<Failure>(Failure{});
    }
  }
}

}  // namespace handout::batch
