#include "xml/vocabulary.h"

#include <algorithm>
#include <iterator>

namespace handout::xml {

std::vector<AttributeRule> joined(std::vector<AttributeRule> first, std::vector<AttributeRule> more) {
  first.insert(first.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
  return first;
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
