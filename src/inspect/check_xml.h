#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handout::inspect {

// An element of an XML document with namespaces. Comments and processing instructions are not kept.
struct XmlElement {
  struct Attribute {
    std::string uri, prefix, name, value;
  };
  std::string uri, prefix, name, text;  // text: all character data directly inside
  std::vector<Attribute> attributes;    // without xmlns
  std::vector<XmlElement> kids;

  [[nodiscard]] bool is(std::string_view its_uri, std::string_view its_name) const { return uri == its_uri && name == its_name; }
};

// Well-formed XML 1.0 with namespaces, without a document type, for metadata packets. Errors: a text that says what is wrong and at which byte.
tl::expected<XmlElement, std::string> read_xml(std::string_view source);

}  // namespace handout::inspect
