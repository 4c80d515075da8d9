#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "xml/characters.h"
#include "xml/faults.h"
#include "xml/grammar.h"
#include "xml/value_types.h"
#include "xml/vocabulary.h"

namespace handout::xml {
namespace {

// "<a>, <b> and 3 others": at most `most` are named.
std::string list_elements(const std::vector<std::string_view>& names, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) text += fmt::format("{}<{}>", i > 0 ? ", " : "", names[i]);
  if (names.size() > most) text += fmt::format(" and {} other{}", names.size() - most, names.size() - most == 1 ? "" : "s");
  return text;
}

// What stood at each place of one element's content model.
struct Progress {
  std::vector<const Element*> first;  // by particle
  std::size_t reached = 0;            // Order::Sequence: the last particle that was met
};

class Validator {
 public:
  Validator(const Grammar& grammar, Diagnostics& diags) : grammar_(grammar), diags_(diags) {}
  bool check_document(const Element& root);

 private:
  void check_element(const Element& element, const Model& model);
  void check_attributes(const Element& element, const ElementRule& rule);
  void check_attribute(const Element& element, const ElementRule& rule, const Attribute& attribute, std::vector<std::string>& meant);
  void check_required(const Element& element, const AttributeRule& rule, const std::vector<std::string>& meant);
  void check_id(const Attribute& attribute);
  void check_text(const Element& element, const Text& text, const Model& model);
  void check_children(const Element& element, const Model& model);
  const Model* check_child(const Element& parent, const Element& child, const Model& model, Progress& progress);
  const Model* tell_misplaced(const Element& parent, const Element& child, const Model& model);
  void count_child(const Element& parent, const Element& child, std::string_view name, const Model& model, Progress& progress);
  void count_in_sequence(const Element& parent, const Element& child, std::string_view name, const Model& model, Progress& progress);
  void tell_second(const Element& parent, const Element& child, const Element& first, std::string_view name);
  void tell_missing(const Element& element, const Model& model, const Progress& progress);
  [[nodiscard]] std::string nearest(std::string_view name, const std::vector<std::string_view>& candidates) const;
  void fault(const Span& at, std::string message, std::string hint = {});
  void count_fault(const Span& at);
  [[nodiscard]] bool full() const { return count_ >= kMostFaults; }

  const Grammar& grammar_;
  Diagnostics& diags_;
  std::map<std::string_view, Span> ids_;
  std::size_t count_ = 0;
};

void Validator::fault(const Span& at, std::string message, std::string hint) {
  if (full()) return;
  diags_.error(at, std::move(message)).hint(std::move(hint));
  count_fault(at);
}

void Validator::count_fault(const Span& at) {
  if (++count_ == kMostFaults) diags_.error({at.file, 0, 0}, fmt::format("has more than {} faults; the rest are not told", kMostFaults - 1));
}

// A single letter is as near to every other: no suggestion.
std::string Validator::nearest(std::string_view name, const std::vector<std::string_view>& candidates) const {
  return name.size() < 2 ? "" : nearest_word(name, candidates);
}

bool Validator::check_document(const Element& root) {
  const std::vector<std::string_view>& roots = grammar_.vocabulary().roots;
  const Model* model = grammar_.is_root(root.name) ? grammar_.find(root.name, "") : nullptr;
  if (model == nullptr) {
    const std::string suggestion = nearest(root.name, roots);
    fault(root.at, fmt::format("root element <{}>; expected {}", root.name, list_elements(roots, roots.size())));
    model = suggestion.empty() ? nullptr : grammar_.find(suggestion, "");
  }
  if (model != nullptr) check_element(root, *model);
  return count_ == 0;
}

void Validator::check_element(const Element& element, const Model& model) {
  if (full()) return;
  check_attributes(element, *model.rule);
  check_children(element, model);
}

const AttributeRule* find_rule(const std::vector<AttributeRule>& rules, std::string_view name) {
  const auto found = std::find_if(rules.begin(), rules.end(), [name](const AttributeRule& each) { return each.name == name; });
  return found == rules.end() ? nullptr : &*found;
}

void Validator::check_attributes(const Element& element, const ElementRule& rule) {
  std::vector<std::string> meant;  // what misspelt names stand for: not missing as well
  for (const Attribute& attribute : element.attributes) {
    if (full()) return;
    check_attribute(element, rule, attribute, meant);
  }
  for (const AttributeRule& each : rule.attributes) check_required(element, each, meant);
  for (const AttributeRule& each : grammar_.vocabulary().common) {
    if (find_rule(rule.attributes, each.name) == nullptr) check_required(element, each, meant);
  }
}

void Validator::check_required(const Element& element, const AttributeRule& rule, const std::vector<std::string>& meant) {
  if (rule.need != Need::Required || element.find(rule.name) != nullptr) return;
  if (std::find(meant.begin(), meant.end(), rule.name) == meant.end()) fault(element.at, fmt::format("attribute '{}' is missing on <{}>", rule.name, element.name));
}

void Validator::check_attribute(const Element& element, const ElementRule& rule, const Attribute& attribute, std::vector<std::string>& meant) {
  const std::vector<AttributeRule>& common = grammar_.vocabulary().common;
  const AttributeRule* own = find_rule(rule.attributes, attribute.name);
  if (own == nullptr) own = find_rule(common, attribute.name);
  if (own == nullptr) {
    std::vector<std::string_view> names;
    for (const AttributeRule& each : rule.attributes) names.push_back(each.name);
    const std::string hint = names.empty() ? "" : fmt::format("<{}> takes {}", element.name, list_words(names, "and"));
    for (const AttributeRule& each : common) names.push_back(each.name);
    const std::string suggestion = nearest(attribute.name, names);
    const std::string message = fmt::format("unknown attribute '{}' on <{}>", excerpt(attribute.name), element.name);
    if (suggestion.empty()) return fault(attribute.at, message, hint);
    meant.push_back(suggestion);
    return fault(attribute.at, fmt::format("{}; did you mean '{}'?", message, suggestion));
  }
  if (!check_value(*own, attribute, element.name, diags_)) count_fault(attribute.at);
  else if (own->type == ValueType::Id) check_id(attribute);
}

void Validator::check_id(const Attribute& attribute) {
  const auto [first, added] = ids_.try_emplace(attribute.value, attribute.value_at);
  if (!added) fault(attribute.value_at, fmt::format("id '{}' is used twice", excerpt(attribute.value)), fmt::format("first used at {}", to_text(first->second)));
}

void Validator::check_text(const Element& element, const Text& text, const Model& model) {
  if (model.rule->text != TextContent::None) return;
  const std::size_t begin = skip_space(text.text, 0);
  if (begin == text.text.size()) return;
  Span at = text.at;
  for (std::size_t i = 0; i < begin; ++i) at = text.text[i] == '\n' ? at.at(at.line + 1, 1) : at.at(at.line, at.column + 1);
  const std::string_view words = std::string_view(text.text).substr(begin);
  const std::size_t end = words.find_last_not_of(" \t\r\n") + 1;
  const std::string hint = model.allowed.empty() ? fmt::format("<{}> holds nothing", element.name)
                                                 : fmt::format("<{}> holds only {}", element.name, list_elements(model.allowed, 8));
  fault(at, fmt::format("text '{}' may not stand in <{}>", excerpt(words.substr(0, end)), element.name), hint);
}

void Validator::check_children(const Element& element, const Model& model) {
  Progress progress{std::vector<const Element*>(model.particles.size(), nullptr), 0};
  for (const Node& node : element.children) {
    if (full()) return;
    if (const Text* text = node.text()) {
      check_text(element, *text, model);
    } else if (const Element* child = node.element()) {
      if (const Model* own = check_child(element, *child, model, progress)) check_element(*child, *own);
    }
  }
  tell_missing(element, model, progress);
}

// Returns the rule that the child is checked by; nothing when none is near.
const Model* Validator::check_child(const Element& parent, const Element& child, const Model& model, Progress& progress) {
  if (model.allows(child.name)) {
    count_child(parent, child, child.name, model, progress);
    return grammar_.find(child.name, model.rule->name);
  }
  if (grammar_.find_any(child.name) != nullptr) return tell_misplaced(parent, child, model);
  const std::string here = nearest(child.name, model.allowed);
  const std::string suggestion = here.empty() ? nearest(child.name, grammar_.names()) : here;
  const std::string message = fmt::format("unknown element <{}>", excerpt(child.name));
  if (suggestion.empty()) {
    fault(child.at, message, model.allowed.empty() ? "" : fmt::format("<{}> holds {}", parent.name, list_elements(model.allowed, 8)));
    return nullptr;
  }
  fault(child.at, fmt::format("{}; did you mean <{}>?", message, suggestion));
  if (here.empty()) return grammar_.find_any(suggestion);
  const auto meant = std::find(model.allowed.begin(), model.allowed.end(), here);
  count_child(parent, child, *meant, model, progress);
  return grammar_.find(here, model.rule->name);
}

const Model* Validator::tell_misplaced(const Element& parent, const Element& child, const Model& model) {
  const std::vector<std::string_view> holders = grammar_.holders(child.name);
  const std::string belongs = !holders.empty()                ? fmt::format("; it belongs in {}", list_elements(holders, 8))
                              : grammar_.is_root(child.name) ? "; it is a root element"
                                                             : "";
  fault(child.at, fmt::format("<{}> may not stand in <{}>{}", child.name, parent.name, belongs),
        model.allowed.empty() ? "" : fmt::format("<{}> holds {}", parent.name, list_elements(model.allowed, 8)));
  return grammar_.find_any(child.name);
}

void Validator::tell_second(const Element& parent, const Element& child, const Element& first, std::string_view name) {
  fault(child.at, fmt::format("second <{}> in <{}>; expected at most one", name, parent.name),
        fmt::format("<{}> stands at {}", first.name, to_text(first.at)));
}

void Validator::count_child(const Element& parent, const Element& child, std::string_view name, const Model& model, Progress& progress) {
  if (model.rule->order == Order::Sequence) return count_in_sequence(parent, child, name, model, progress);
  const auto particle = std::find_if(model.particles.begin(), model.particles.end(), [name](const Particle& each) { return each.lists(name); });
  const Element*& first = progress.first[static_cast<std::size_t>(particle - model.particles.begin())];
  if (first != nullptr && particle->single()) tell_second(parent, child, *first, name);
  if (first == nullptr) first = &child;
}

void Validator::count_in_sequence(const Element& parent, const Element& child, std::string_view name, const Model& model, Progress& progress) {
  std::optional<std::size_t> passed;  // the last place of that name, behind us or taken
  for (std::size_t i = 0; i < model.particles.size(); ++i) {
    const Particle& particle = model.particles[i];
    if (!particle.lists(name)) continue;
    if (i < progress.reached || (particle.single() && progress.first[i] != nullptr)) {
      passed = i;
      continue;
    }
    progress.reached = i;
    if (progress.first[i] == nullptr) progress.first[i] = &child;
    return;
  }
  const Element*& first = progress.first[*passed];
  if (first != nullptr && model.particles[*passed].single()) return tell_second(parent, child, *first, name);
  if (first == nullptr) first = &child;
  const auto behind = progress.first.begin() + static_cast<std::ptrdiff_t>(*passed) + 1;
  const auto later = std::find_if(behind, progress.first.end(), [](const Element* each) { return each != nullptr; });
  fault(child.at, fmt::format("<{}> after <{}> in <{}>; expected before it", name, (*later)->name, parent.name),
        fmt::format("<{}> stands at {}", (*later)->name, to_text((*later)->at)));
}

void Validator::tell_missing(const Element& element, const Model& model, const Progress& progress) {
  for (std::size_t i = 0; i < model.particles.size(); ++i) {
    const Particle& particle = model.particles[i];
    if (!particle.required() || progress.first[i] != nullptr) continue;
    if (particle.names.size() == 1) fault(element.at, fmt::format("<{}> is missing in <{}>", particle.names[0], element.name));
    else fault(element.at, fmt::format("<{}> holds none of {}; expected one", element.name, list_elements(particle.names, 8)));
  }
}

}  // namespace

bool validate(const Element& root, const Vocabulary& vocabulary, Diagnostics& diags) {
  const Grammar grammar(vocabulary);
  return Validator(grammar, diags).check_document(root);
}

}  // namespace handout::xml
