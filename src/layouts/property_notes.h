#pragma once

#include <string_view>

namespace handout::layouts {

// What `handout explain` says of a property beside its row in properties.cpp.
struct PropertyNote {
  std::string_view name;
  std::string_view initial;   // the value of an element that no style gives it to; in brackets when it is none that may be written
  std::string_view applies;   // "every block"
  std::string_view selector;  // an example: a selector and a value
  std::string_view value;
};
// Null for a name that no property or shorthand has.
const PropertyNote* find_note(std::string_view property);

}  // namespace handout::layouts
