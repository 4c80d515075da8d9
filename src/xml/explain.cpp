#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "xml/characters.h"
#include "xml/grammar.h"
#include "xml/value_types.h"
#include "xml/vocabulary.h"

namespace handout::xml {
namespace {

std::string in_brackets(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) text += fmt::format("{}<{}>", text.empty() ? "" : ", ", name);
  return text;
}

std::string_view describe_times(Times times) {
  switch (times) {
    case Times::Optional: return "at most one";
    case Times::One: return "exactly one";
    case Times::AtLeastOne: return "one or more";
    case Times::Any: break;
  }
  return "any number";
}

std::string explain_attributes(const std::vector<AttributeRule>& rules) {
  std::string text;
  for (const AttributeRule& rule : rules) {
    text += fmt::format("    {}{}: {}", rule.name, rule.need == Need::Required ? " (required)" : "", describe_type(rule));
    text += rule.doc.empty() ? "\n" : fmt::format(" - {}\n", rule.doc);
  }
  return text;
}

std::string explain_content(const Model& model) {
  const bool mixed = model.rule->text != TextContent::None;
  if (model.particles.empty()) return mixed ? "  holds: text\n" : "  holds: nothing\n";
  std::string text = fmt::format("  holds{}:{}\n", model.rule->order == Order::Sequence ? ", in this order" : "", mixed ? " text and" : "");
  for (const Particle& particle : model.particles) text += fmt::format("    {} of {}\n", describe_times(particle.times), in_brackets(particle.names));
  return text;
}

std::string explain_rule(const Grammar& grammar, const Model& model) {
  const ElementRule& rule = *model.rule;
  std::vector<std::string_view> holders;
  for (const std::string_view holder : grammar.holders(rule.name)) {
    if (grammar.find(rule.name, holder) == &model) holders.push_back(holder);
  }
  std::string text = fmt::format("<{}>{}{}\n", rule.name, rule.doc.empty() ? "" : " - ", rule.doc);
  if (grammar.is_root(rule.name) && grammar.find(rule.name, "") == &model) text += fmt::format("  is the root of: {}\n", grammar.vocabulary().kind);
  if (!holders.empty()) text += fmt::format("  stands in: {}\n", in_brackets(holders));
  text += explain_content(model);
  if (!rule.attributes.empty()) text += "  attributes:\n" + explain_attributes(rule.attributes);
  std::vector<AttributeRule> common;
  for (const AttributeRule& each : grammar.vocabulary().common) {
    const auto same = [&each](const AttributeRule& own) { return own.name == each.name; };
    if (std::none_of(rule.attributes.begin(), rule.attributes.end(), same)) common.push_back(each);
  }
  if (!common.empty()) text += "  attributes of every element:\n" + explain_attributes(common);
  return text;
}

std::string explain_attribute(const Grammar& grammar, std::string_view name) {
  std::string text;
  const auto add = [&](const std::string& where, const std::vector<AttributeRule>& rules) {
    for (const AttributeRule& rule : rules) {
      if (rule.name == name) text += fmt::format("attribute of {}\n{}", where, explain_attributes({rule}));
    }
  };
  for (const Model& model : grammar.models()) add(fmt::format("<{}>", model.rule->name), model.rule->attributes);
  add("every element", grammar.vocabulary().common);
  return text;
}

}  // namespace

std::string explain(const Vocabulary& vocabulary, std::string_view name) {
  const Grammar grammar(vocabulary);
  if (name.starts_with('<')) name.remove_prefix(1);
  if (name.ends_with('>')) name.remove_suffix(1);
  std::string text;
  for (const Model& model : grammar.models()) {
    if (model.rule->name == name) text += explain_rule(grammar, model);
  }
  text += explain_attribute(grammar, name);
  if (!text.empty()) return text;
  const std::string suggestion = name.size() < 2 ? "" : nearest_word(name, grammar.names());
  return fmt::format("no element or attribute '{}' in {}{}\n", excerpt(name), vocabulary.kind,
                     suggestion.empty() ? "" : fmt::format("; did you mean <{}>?", suggestion));
}

std::vector<std::string_view> explained_names(const Vocabulary& vocabulary) {
  std::vector<std::string_view> names;
  for (const ElementRule& rule : vocabulary.elements) {
    names.push_back(rule.name);
    for (const AttributeRule& attribute : rule.attributes) names.push_back(attribute.name);
  }
  for (const AttributeRule& attribute : vocabulary.common) names.push_back(attribute.name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace handout::xml
