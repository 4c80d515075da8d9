#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace handout::xml {

// A character or entity reference: "&#233;", "&amp;".
struct Reference {
  char32_t value = 0;
  std::size_t length = 0;  // with the '&' and the ';'
};

struct ReferenceFault {
  std::string message;
  std::string hint;
};

// What stands at the '&' at `offset`.
std::variant<Reference, ReferenceFault> read_reference(std::string_view source, std::size_t offset);

// Appends raw character data with line ends normalized (XML 1.0 section 2.11) and references resolved. They must be right.
void append_text(std::string& to, std::string_view raw);
// The same for a CDATA section, where '&' means itself.
void append_cdata(std::string& to, std::string_view raw);
// An attribute's value, normalized as section 3.3.3 says for CDATA. References must be right.
std::string normalize_attribute(std::string_view raw);

}  // namespace handout::xml
