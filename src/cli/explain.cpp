#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/files.h"
#include "cli/kinds.h"
#include "cli/requests.h"
#include "layouts/properties.h"
#include "layouts/property_notes.h"

namespace handout::cli {
namespace {

using layouts::Declaration;
using layouts::Property;
using layouts::PropertyForm;
using layouts::Selector;
using layouts::Shorthand;
using layouts::StyleRule;
using Rank = std::tuple<int, std::array<int, 3>, std::size_t>;  // layer, specificity, order: the greatest wins

const PropertyForm* find_property(std::string_view name) {
  const auto& forms = layouts::property_forms();
  const auto found = std::find_if(forms.begin(), forms.end(), [name](const PropertyForm& each) { return each.rule.name == name; });
  return found == forms.end() ? nullptr : &*found;
}

const Shorthand* find_shorthand(std::string_view name) {
  const auto& all = layouts::shorthands();
  const auto found = std::find_if(all.begin(), all.end(), [name](const Shorthand& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

// The properties that a name sets; none for another name.
std::vector<Property> properties_of(std::string_view name) {
  if (const PropertyForm* form = find_property(name)) return {form->rule.property};
  const Shorthand* shorthand = find_shorthand(name);
  return shorthand != nullptr ? shorthand->opens : std::vector<Property>{};
}

std::string row(std::string_view what, std::string_view text) { return text.empty() ? "" : fmt::format("  {:<12}{}\n", fmt::format("{}:", what), text); }

std::string note_rows(std::string_view name) {
  const layouts::PropertyNote* note = layouts::find_note(name);
  if (note == nullptr) return "";
  return row("initial", note->initial) + row("applies to", note->applies) + row("example", fmt::format("<style for=\"{}\" {}=\"{}\"/>", note->selector, name, note->value));
}

std::string explain_property(const PropertyForm& form) {
  const layouts::PropertyRule& rule = form.rule;
  return fmt::format("{}, a property of styles - {}\n", rule.name, rule.doc) + row("values", rule.values) + row("inherited", rule.inherited ? "yes" : "no") + note_rows(rule.name);
}

std::string explain_shorthand(const Shorthand& shorthand) {
  std::string opens;
  for (const Property property : shorthand.opens) opens += fmt::format("{}{}", opens.empty() ? "" : ", ", layouts::form_of(property).rule.name);
  return fmt::format("{}, a shorthand of styles - {}\n", shorthand.name, shorthand.doc) + row("values", shorthand.values) + row("sets", opens) + note_rows(shorthand.name);
}

// Properties are explained by their own table, not once more as attributes of <style>.
xml::Vocabulary without_property(xml::Vocabulary vocabulary, std::string_view name) {
  for (xml::ElementRule& rule : vocabulary.elements) {
    if (rule.name == "style") std::erase_if(rule.attributes, [name](const xml::AttributeRule& each) { return each.name == name; });
  }
  return vocabulary;
}

std::string explain_name(std::string_view name) {
  std::string text;
  if (const PropertyForm* form = find_property(name)) text += explain_property(*form);
  else if (const Shorthand* shorthand = find_shorthand(name)) text += explain_shorthand(*shorthand);
  for (const Kind& kind : kinds()) {
    const xml::Vocabulary vocabulary = text.empty() || kind.name != "layout" ? kind.vocabulary() : without_property(kind.vocabulary(), name);
    const auto known = xml::explained_names(vocabulary);
    if (std::binary_search(known.begin(), known.end(), name)) text += fmt::format("{}in files of kind {}:\n{}", text.empty() ? "" : "\n", kind.name, xml::explain(vocabulary, name));
  }
  return text;
}

void tell_unknown(std::string_view name, Diagnostics& diags) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) {
    const xml::Vocabulary vocabulary = kind.vocabulary();
    for (const std::string_view each : xml::explained_names(vocabulary)) names.emplace_back(each);
  }
  diags.usage_error(fmt::format("no element, attribute or property is called '{}'{}", name, did_you_mean(name, {names.begin(), names.end()}))).hint("handout explain layout and handout explain article show what stands in them");
}

// ---- where a layout sets it ----

struct Setting {
  Rank rank;
  std::string selector;  // with its scripts
  std::string value;
  Span at;
};

std::string words_of(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::string selector_text(const Selector& selector, const StyleRule& rule) {
  std::string text = layouts::to_text(selector);
  if (!rule.scripts.empty()) text += fmt::format(" (scripts {})", words_of(rule.scripts));
  if (!rule.locales.empty()) text += fmt::format(" (locales {})", words_of(rule.locales));
  return text;
}

// Each selector of a rule is a setting of its own, as in the cascade.
std::vector<Setting> settings_of(const layouts::LayoutDefinition& layout, Property property) {
  std::vector<Setting> settings;
  for (std::size_t i = 0; i < layout.styles.size(); ++i) {
    const StyleRule& rule = layout.styles[i];
    for (const Declaration& declaration : rule.declarations) {
      if (declaration.property != property) continue;
      for (const Selector& selector : rule.selectors) settings.push_back({{rule.layer, selector.specificity(), i}, selector_text(selector, rule), layouts::to_text(declaration.value), declaration.at});
    }
  }
  std::stable_sort(settings.begin(), settings.end(), [](const Setting& a, const Setting& b) { return a.rank < b.rank; });
  return settings;
}

// The later setting for the very same elements, or null.
const Setting* winner_over(const std::vector<Setting>& settings, std::size_t index) {
  for (std::size_t i = settings.size(); --i > index;) {
    if (settings[i].selector == settings[index].selector) return &settings[i];
  }
  return nullptr;
}

std::string explain_settings(const layouts::LayoutDefinition& layout, Property property) {
  const std::string_view name = layouts::form_of(property).rule.name;
  const std::vector<Setting> settings = settings_of(layout, property);
  if (settings.empty()) return fmt::format("\nlayout {} does not set {}\n", layout.id, name);
  std::string text = fmt::format("\nlayout {} sets {}; of those that match an element the last one counts:\n", layout.id, name);
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const Setting& each = settings[i];
    const auto& [layer, specificity, order] = each.rank;
    const Setting* winner = winner_over(settings, i);
    text += fmt::format("  {}: {} = {}  [{}{},{},{}]{}\n", to_text(each.at), each.selector, each.value, layer > 0 ? "profile " : "", specificity[0], specificity[1], specificity[2],
                        winner != nullptr ? fmt::format(", overridden at {}", to_text(winner->at)) : "");
  }
  return text;
}

// The rules whose subject is this element.
std::string explain_element_rules(const layouts::LayoutDefinition& layout, std::string_view name) {
  std::string text;
  for (const StyleRule& rule : layout.styles) {
    for (const Selector& selector : rule.selectors) {
      if (selector.compounds.back().element != name) continue;
      std::string values;
      for (const Declaration& each : rule.declarations) values += fmt::format(" {}={}", layouts::form_of(each.property).rule.name, layouts::to_text(each.value));
      text += fmt::format("  {}: {}{}:{}\n", to_text(rule.at), rule.layer > 0 ? "profile, " : "", selector_text(selector, rule), values);
    }
  }
  return text.empty() ? fmt::format("\nno style of layout {} is for {}\n", layout.id, name) : fmt::format("\nstyles of layout {} for {}:\n{}", layout.id, name, text);
}

}  // namespace

int run_explain(const Options& options, Pipeline& pipeline) {
  const AuthorOptions& author = options.author;
  Diagnostics diags;
  std::string_view name = author.name;
  if (name.starts_with('<')) name.remove_prefix(1);
  if (name.ends_with('>')) name.remove_suffix(1);
  std::string text = explain_name(name);
  const std::vector<Property> properties = properties_of(name);
  if (text.empty()) tell_unknown(name, diags);
  if (!text.empty() && !author.layout.empty()) {
    if (const auto layout = layouts::read_layout(pipeline.installation().layouts, author.layout, author.profile, diags)) {
      for (const Property property : properties) text += explain_settings(*layout, property);
      if (properties.empty()) text += explain_element_rules(*layout, name);
    }
  }
  if (!diags.has_errors()) static_cast<void>(write_standard_output(text, diags));
  print(diags);
  return diags.exit_code();
}

}  // namespace handout::cli
