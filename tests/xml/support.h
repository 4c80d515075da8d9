#pragma once

#include <string>
#include <string_view>

#include "xml/element.h"
#include "xml/vocabulary.h"

namespace handout::xml {

// The element tree on one line: <a x="1">t<b/>u</a> is "a(x=1){[t]b{}[u]}".
std::string dump(const Element& element);

// What parse says of `source` in file "f", "" when it is well-formed; and the tree, "" when it is not.
std::string faults_of(std::string_view source);
std::string tree_of(std::string_view source);

// A small vocabulary that uses every kind of rule.
Vocabulary sample_vocabulary();
// What parse and validate say of `source` in file "f".
std::string validated(std::string_view source, const Vocabulary& vocabulary);

}  // namespace handout::xml
