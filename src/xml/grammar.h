#pragma once

#include <functional>
#include <map>
#include <string_view>
#include <vector>

#include "xml/vocabulary.h"

namespace handout::xml {

// One ChildRule with its groups written out.
struct Particle {
  Times times = Times::Any;
  std::vector<std::string_view> names;
  [[nodiscard]] bool lists(std::string_view name) const;
  // A second one may not stand.
  [[nodiscard]] bool single() const { return times == Times::One || times == Times::Optional; }
  [[nodiscard]] bool required() const { return times == Times::One || times == Times::AtLeastOne; }
};

struct Model {
  const ElementRule* rule = nullptr;
  std::vector<Particle> particles;           // as many as rule->children
  std::vector<std::string_view> allowed;     // every child's name once, in the order of the rule
  [[nodiscard]] bool allows(std::string_view name) const;
};

// A vocabulary prepared for use: groups written out, rules by name. It must be whole: every group that is named is defined, and every child
// that a rule lists has a rule that stands in that parent.
class Grammar {
 public:
  explicit Grammar(const Vocabulary& vocabulary);

  [[nodiscard]] const Vocabulary& vocabulary() const { return *vocabulary_; }
  [[nodiscard]] const std::vector<Model>& models() const { return models_; }  // in the order of the vocabulary's elements
  // As Vocabulary::find, by name.
  [[nodiscard]] const Model* find(std::string_view element, std::string_view parent) const;
  // The first rule of that name, for whatever parent.
  [[nodiscard]] const Model* find_any(std::string_view element) const;
  [[nodiscard]] bool is_root(std::string_view element) const;
  // The elements that may hold it, each once, in the vocabulary's order.
  [[nodiscard]] std::vector<std::string_view> holders(std::string_view element) const;
  // Every element's name once, in the vocabulary's order.
  [[nodiscard]] std::vector<std::string_view> names() const;

 private:
  const Vocabulary* vocabulary_;
  std::vector<Model> models_;
  std::map<std::string_view, std::vector<std::size_t>, std::less<>> by_name_;
};

}  // namespace handout::xml
