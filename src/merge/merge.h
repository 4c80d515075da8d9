#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compose/fields.h"
#include "pipeline.h"

// One handout after another from the same article and layout, for recipient after recipient.
namespace handout::merge {

// A finished handout with places for the values of fields: what was composed and typeset once serves every recipient for whom the same questions have the same answers.
class Template {
 public:
  // `stations` and `traced` as Pipeline::prepare made them.
  Template(Stations stations, Traced traced);

  // Nothing: it doesn't serve for this recipient. A failure: the recipient's values have faults, told in `diags`; the row is to be refused.
  // The pages are those that Pipeline::prepare makes for the request.
  Result<std::optional<display::DisplayDocument>> fill(const request::Request& request, const typeset::Resources& resources, typeset::Memo& memo, Diagnostics& diags) const;
  [[nodiscard]] const display::DisplayDocument& display() const { return stations_.display; }
  [[nodiscard]] const std::shared_ptr<const request::Clinic>& clinic() const { return stations_.sources.clinic; }

 private:
  // A placement that shows an answer.
  struct Slot { std::size_t page = 0, placement = 0; std::uint32_t mark = 0; };

  Stations stations_;
  Traced traced_;
  std::vector<std::unique_ptr<const compose::Fields>> same_;  // by edition: the fields that are no recipient's
  std::vector<Slot> slots_;
};

struct Counts { std::size_t filled = 0, made = 0; };  // from a template; from the beginning

// Handouts by the way of templates. Not shared between threads.
class Merger {
 public:
  explicit Merger(Pipeline& pipeline) : pipeline_(pipeline) {}

  // The handout that Pipeline::prepare makes for the request. Faults: those of prepare, which say nothing of the recipient's values.
  Result<display::DisplayDocument> merge(const request::Request& request, Diagnostics& diags);
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  using Templates = std::list<Template>;  // that served last comes first
  Result<display::DisplayDocument> make(const request::Request& request, Templates& templates, Diagnostics& diags);

  Pipeline& pipeline_;
  std::unordered_map<std::string, Templates> templates_;  // by all of a request but the values of its fields; only looked up, never walked
  typeset::Memo memo_{typeset::Memo::Bounds{kMostKept}};
  Counts counts_;

  static constexpr std::size_t kMostKept = 8192;     // typeset results
  static constexpr std::size_t kMostTemplates = 64;  // of one kind of request
};

}  // namespace handout::merge
