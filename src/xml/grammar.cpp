#include "xml/grammar.h"

#include <algorithm>

#include "base/expects.h"

namespace handout::xml {
namespace {

template <typename T>
bool contains(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

void add_once(std::vector<std::string_view>& names, std::string_view name) {
  if (!contains(names, name)) names.push_back(name);
}

// `depth` ends the recursion of a group that names itself.
void expand(const Vocabulary& vocabulary, std::string_view name, std::size_t depth, std::vector<std::string_view>& names) {
  EXPECTS(depth <= vocabulary.groups.size());
  if (!name.starts_with('@')) return add_once(names, name);
  const auto group = std::find_if(vocabulary.groups.begin(), vocabulary.groups.end(), [name](const Group& each) { return each.name == name; });
  EXPECTS(group != vocabulary.groups.end());
  for (const std::string_view member : group->members) expand(vocabulary, member, depth + 1, names);
}

Model make_model(const Vocabulary& vocabulary, const ElementRule& rule) {
  Model model;
  model.rule = &rule;
  for (const ChildRule& child : rule.children) {
    Particle& particle = model.particles.emplace_back(Particle{child.times, {}});
    expand(vocabulary, child.name, 0, particle.names);
    for (const std::string_view name : particle.names) add_once(model.allowed, name);
  }
  return model;
}

}  // namespace

bool Particle::lists(std::string_view name) const { return contains(names, name); }
bool Model::allows(std::string_view name) const { return contains(allowed, name); }

Grammar::Grammar(const Vocabulary& vocabulary) : vocabulary_(&vocabulary) {
  for (const ElementRule& rule : vocabulary.elements) {
    by_name_[rule.name].push_back(models_.size());
    models_.push_back(make_model(vocabulary, rule));
  }
  for (const std::string_view root : vocabulary.roots) EXPECTS(find(root, "") != nullptr);
  for (const Model& model : models_) {
    for (const std::string_view child : model.allowed) EXPECTS(find(child, model.rule->name) != nullptr);
  }
}

const Model* Grammar::find(std::string_view element, std::string_view parent) const {
  const auto rules = by_name_.find(element);
  if (rules == by_name_.end()) return nullptr;
  const Model* general = nullptr;
  for (const std::size_t index : rules->second) {
    const Model& model = models_[index];
    if (contains(model.rule->parents, parent)) return &model;
    if (model.rule->parents.empty() && general == nullptr) general = &model;
  }
  return general;
}

const Model* Grammar::find_any(std::string_view element) const {
  const auto rules = by_name_.find(element);
  return rules == by_name_.end() ? nullptr : &models_[rules->second.front()];
}

bool Grammar::is_root(std::string_view element) const { return contains(vocabulary_->roots, element); }

std::vector<std::string_view> Grammar::holders(std::string_view element) const {
  std::vector<std::string_view> holders;
  for (const Model& model : models_) {
    if (model.allows(element)) add_once(holders, model.rule->name);
  }
  return holders;
}

std::vector<std::string_view> Grammar::names() const {
  std::vector<std::string_view> names;
  for (const Model& model : models_) add_once(names, model.rule->name);
  return names;
}

}  // namespace handout::xml
