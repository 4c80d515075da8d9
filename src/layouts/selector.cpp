#include <algorithm>

#include "layouts/layout.h"

namespace handout::layouts {
namespace {

bool fits(const Compound& compound, const ElementContext& element) {
  if (!compound.element.empty() && compound.element != "*" && compound.element != element.element) return false;
  if (!compound.id.empty() && compound.id != element.id) return false;
  for (const std::string& name : compound.classes) {
    if (element.classes == nullptr || std::find(element.classes->begin(), element.classes->end(), name) == element.classes->end()) return false;
  }
  return std::all_of(compound.attributes.begin(), compound.attributes.end(), [&](const auto& wanted) {
    return std::any_of(element.attributes.begin(), element.attributes.end(), [&](const auto& have) { return have.first == wanted.first && have.second == wanted.second; });
  });
}

}  // namespace

std::array<int, 3> Selector::specificity() const {
  std::array<int, 3> sum{};
  for (const Compound& each : compounds) {
    sum[0] += each.id.empty() ? 0 : 1;
    sum[1] += static_cast<int>(each.classes.size() + each.attributes.size());
    sum[2] += each.element.empty() || each.element == "*" ? 0 : 1;
  }
  return sum;
}

bool matches(const Selector& selector, const std::vector<const ElementContext*>& path) {
  const std::size_t count = selector.compounds.size();
  // Most selectors end here.
  if (count == 0 || path.empty() || !fits(selector.compounds.back(), *path.back())) return false;
  if (count == 1) return true;
  // ends[j]: the compounds so far match with the last of them on path[j]. Not backtracking keeps "a b c d" on deep paths linear in both.
  std::vector<char> ends(path.size(), 0);
  for (std::size_t i = 0; i < count; ++i) {
    bool above = false;  // whether the compounds before this one end anywhere above
    char parent = 0;
    for (std::size_t j = 0; j < path.size(); ++j) {
      const bool follows = i == 0 || (selector.child[i - 1] ? parent != 0 : above);
      parent = ends[j];
      above = above || parent != 0;
      ends[j] = follows && fits(selector.compounds[i], *path[j]) ? 1 : 0;
    }
  }
  return ends.back() != 0;
}

}  // namespace handout::layouts
