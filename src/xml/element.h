#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostics.h"

namespace handout::xml {

// A stretch of a value, in bytes, that stands for something else in the source, and how many characters that has there.
struct Splice {
  std::size_t begin = 0, end = 0, written = 0;
};

struct Attribute {
  std::string name;
  std::string value;  // entities resolved, white space normalized as XML 1.0 section 3.3.3 says for CDATA
  Span at;            // of the name
  Span value_at;      // of the first character inside the quotes
  std::vector<Splice> splices = {};  // what a reader put in place of names, from left to right

  // Where the character at a byte offset of the value stands, for a value on one line without references; inside a splice: where that begins.
  [[nodiscard]] Span place(std::size_t offset) const;
};

struct Node;

// Text as it stands, white space kept, entities resolved; adjacent text and CDATA are one node; comments vanish without joining words.
struct Text {
  std::string text;
  Span at;
};

struct Element {
  std::string name;
  std::vector<Attribute> attributes;  // in source order
  std::vector<Node> children;
  Span at;  // of the '<'

  [[nodiscard]] const Attribute* find(std::string_view attribute) const;
  // The attribute's value or "" when absent.
  [[nodiscard]] std::string_view value(std::string_view attribute) const;
};

struct Node {
  std::variant<Text, Element> value;
  [[nodiscard]] const Text* text() const { return std::get_if<Text>(&value); }
  [[nodiscard]] const Element* element() const { return std::get_if<Element>(&value); }
};

struct ParseLimits {
  std::size_t bytes = 16u << 20;
  std::size_t depth = 100;  // of elements; tinyxml2 9's own limit is 98, and the lesser holds
  std::size_t attributes = 64;  // of one element; tinyxml2's time grows with their square
};

// Parses a whole document strictly: what XML 1.0 (fifth edition) calls not well-formed is refused although tinyxml2 lets it pass, and so
// are DOCTYPE, any encoding but UTF-8, namespaces (a colon in a name, except xml:lang, xml:space and xml:id). White space between inline
// elements is kept. BOM and CRLF are read as XML says. `file` is the name that messages use.
Result<Element> parse(std::string_view source, std::string_view file, Diagnostics& diags, const ParseLimits& limits = {});

}  // namespace handout::xml
