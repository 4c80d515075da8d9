#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "addresses.h"
#include "compose/fields.h"
#include "pipeline.h"

// One handout after another from the same article and layout, for recipient after recipient.
namespace handout::merge {

// What one thread sets text with.
struct Hands {
  explicit Hands(const Pipeline& pipeline) : addresses(pipeline.addresses()) {}

  unicode::Breaker breaker;
  fonts::ShapedWords words;
  Addresses addresses;
  typeset::Memo memo{typeset::Memo::Bounds{kMostKept}};
  std::map<std::string, std::shared_ptr<unicode::DateFormatter>> dates;  // by locale

  static constexpr std::size_t kMostKept = 256;  // typeset results; few people are called alike
  [[nodiscard]] std::shared_ptr<unicode::DateFormatter> dates_of(const unicode::Locale& locale);
};

// A finished handout with places for the values of fields: what was composed and typeset once serves every recipient for whom the same questions have the same answers. Any number of threads may fill it.
class Template {
 public:
  // What every filling is typeset with, on any thread; outlives the template.
  struct Shared { const fonts::Fonts& fonts; const unicode::Hyphenation& hyphenation; };
  // `stations` and `traced` as Pipeline::prepare made them.
  Template(Stations stations, Traced traced, Shared shared);

  // Nothing: it doesn't serve for this recipient. A failure: the recipient's values have faults, told in `diags`; the row is to be refused.
  // The pages are those that Pipeline::prepare makes for the request, whose address is written already.
  Result<std::optional<display::DisplayDocument>> fill(const request::Request& request, Hands& hands, Diagnostics& diags) const;
  [[nodiscard]] const Stations& stations() const { return stations_; }
  [[nodiscard]] const fonts::Fonts& fonts() const { return shared_.fonts; }
  // What is told of each handout that it fills, whoever gets it; null: nothing. Before any thread fills it.
  using Told = std::shared_ptr<const std::vector<Diagnostic>>;
  void tell(std::vector<Diagnostic> told) { told_ = told.empty() ? nullptr : std::make_shared<const std::vector<Diagnostic>>(std::move(told)); }
  [[nodiscard]] const Told& told() const { return told_; }

 private:
  // A placement that shows an answer.
  struct Slot { std::size_t page = 0, placement = 0; std::uint32_t mark = 0; };

  [[nodiscard]] display::DisplayDocument with_answers(const paginate::Answers& answers) const;

  Stations stations_;
  Traced traced_;
  Shared shared_;
  std::vector<std::unique_ptr<const compose::Fields>> same_;  // by edition: the fields that are no recipient's
  std::vector<Slot> slots_;
  Told told_;
};

struct Counts { std::size_t filled = 0, made = 0; };  // from a template; from the beginning

// A finished handout, and what is the same for all that are like it.
struct Merged {
  display::DisplayDocument display;
  std::shared_ptr<const Stations> like;
  const fonts::Fonts* faces = nullptr;  // the pipeline's
  Template::Told told{};                // beside `diags`, where it was filled: what is told of all of the template's; null: nothing
  [[nodiscard]] const fonts::Fonts& fonts() const { return *faces; }
};

// Handouts by the way of templates, which all threads share; what no template serves for is made by one thread at a time.
class Merger {
 public:
  explicit Merger(Pipeline& pipeline) : pipeline_(pipeline) {}

  // The handout that Pipeline::prepare makes for the request. Faults: those of prepare, which say nothing of the recipient's values.
  Result<Merged> merge(const request::Request& request, Hands& hands, Diagnostics& diags);
  // Whether there is nothing wrong with such a handout, which is not kept, nor for `test` where there is one; what is wrong is told.
  using Test = std::function<bool(const Stations& stations, const fonts::Fonts& fonts, Diagnostics& diags)>;
  bool can_make(const request::Request& request, Diagnostics& diags, const Test& test = {});
  [[nodiscard]] Counts counts() const { return {filled_, made_}; }

 private:
  using Templates = std::vector<std::shared_ptr<const Template>>;
  [[nodiscard]] Templates templates_for(const std::string& kind) const;
  Result<Merged> make(const request::Request& request, const std::string& kind, Hands& hands, Diagnostics& diags);
  // What was told when the template was made, without what is told of the recipient that it was made for.
  std::vector<Diagnostic> told_of_all(const Template& made, const request::Request& request, const Diagnostics& told, Hands& hands);

  Pipeline& pipeline_;
  std::mutex making_;
  mutable std::shared_mutex reading_;
  std::unordered_map<std::string, Templates> templates_;  // by all of a request but the values of its fields; only looked up, never walked
  std::atomic<std::size_t> filled_ = 0, made_ = 0;

  static constexpr std::size_t kMostTemplates = 64;  // of one kind of request
};

}  // namespace handout::merge
