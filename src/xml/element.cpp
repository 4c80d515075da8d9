#include "xml/element.h"

#include <algorithm>

namespace handout::xml {

const Attribute* Element::find(std::string_view attribute) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [attribute](const Attribute& each) { return each.name == attribute; });
  return found == attributes.end() ? nullptr : &*found;
}

std::string_view Element::value(std::string_view attribute) const {
  const Attribute* found = find(attribute);
  return found ? std::string_view(found->value) : std::string_view();
}

}  // namespace handout::xml
