#include "xml/vocabulary.h"

#include <algorithm>
#include <iterator>

namespace handout::xml {

std::string_view doc_of_choice(const AttributeRule& rule, std::string_view choice) {
  for (std::string_view rest = rule.doc; !rest.empty();) {
    const std::string_view part = rest.substr(0, rest.find("; "));
    rest.remove_prefix(std::min(part.size() + 2, rest.size()));
    if (part.size() > choice.size() + 2 && part.starts_with(choice) && part.substr(choice.size(), 2) == ": ") return part.substr(choice.size() + 2);
  }
  return rule.doc;
}

std::vector<AttributeRule> joined(std::vector<AttributeRule> first, std::vector<AttributeRule> more) {
  first.insert(first.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
  return first;
}

bool StandIn::counts_in(std::string_view element, std::string_view attribute) const {
  const auto holds = [](const std::vector<std::string_view>& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  return !pattern.empty() && !holds(not_in_elements, element) && !holds(not_in_attributes, attribute);
}

const ElementRule* Vocabulary::find(std::string_view element, std::string_view parent) const {
  const ElementRule* general = nullptr;
  for (const ElementRule& rule : elements) {
    if (rule.name != element) continue;
    if (std::find(rule.parents.begin(), rule.parents.end(), parent) != rule.parents.end()) return &rule;
    if (rule.parents.empty() && general == nullptr) general = &rule;
  }
  return general;
}

}  // namespace handout::xml
