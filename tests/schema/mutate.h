#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "xml/element.h"

// Damages documents as people do: a thing left out, given twice, in another place, misspelt, of another kind.
namespace handout::test {

class Mutator {
 public:
  // `names`: elements' and attributes' names that the kind of document has.
  Mutator(std::uint64_t seed, std::vector<std::string> elements, std::vector<std::string> attributes) : random_(seed), elements_(std::move(elements)), attributes_(std::move(attributes)) {}

  struct Mutation {
    std::string what;  // "letter in width of cell", for messages
    xml::Element root;
  };
  Mutation mutate(const xml::Element& root);

 private:
  // Portable: std::uniform_int_distribution differs between libraries.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
  template <typename T>
  const T& pick(const std::vector<T>& values) { return values[below(values.size())]; }

  bool change_element(xml::Element& root, std::string& what);
  bool change_attribute(xml::Element& root, std::string& what);
  bool damage_value(xml::Attribute& attribute, std::string& what);
  std::string misspelt(std::string name);

  std::mt19937_64 random_;
  std::vector<std::string> elements_, attributes_;
};

// As XML that reads back as the same.
std::string to_xml(const xml::Element& element);

}  // namespace handout::test
