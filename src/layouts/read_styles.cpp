#include <algorithm>

#include "layouts/reader.h"

namespace handout::layouts {
namespace {

void read_border(const xml::Attribute& attribute, const Shorthand& shorthand, const Context& context, StyleRule& rule) {
  const auto value = read_value(attribute, form_of(shorthand.opens.front()), context);
  if (!value) return;
  for (const Property property : shorthand.opens) rule.declarations.push_back({property, *value, attribute.value_at});
}

void read_shorthand(const xml::Attribute& attribute, const Shorthand& shorthand, const Context& context, StyleRule& rule) {
  const PropertyForm& form = form_of(shorthand.opens.front());
  if (form.form == Form::Border) return read_border(attribute, shorthand, context, rule);
  const std::vector<Dimension> lengths = read_lengths(attribute, shorthand.opens.size(), form.length, context.diags);
  for (std::size_t i = 0; i < lengths.size(); ++i) rule.declarations.push_back({shorthand.opens[i], lengths[i], attribute.value_at});
}

}  // namespace

std::optional<StyleRule> read_style(const xml::Element& element, const Context& context) {
  StyleRule rule;
  rule.at = element.at;
  if (const xml::Attribute* selectors = element.find("for")) rule.selectors = read_selectors(*selectors, context.diags);
  if (const xml::Attribute* scripts = element.find("for-script")) rule.scripts = read_scripts(*scripts, context.diags);
  if (const xml::Attribute* locales = element.find("for-locale")) rule.locales = read_locales(*locales, context.diags);
  // Attributes have no order in XML, so a property of its own always wins over a shorthand beside it.
  for (const Shorthand& shorthand : shorthands()) {
    if (const xml::Attribute* attribute = element.find(shorthand.name)) read_shorthand(*attribute, shorthand, context, rule);
  }
  bool any = !rule.declarations.empty();
  for (const PropertyForm& form : property_forms()) {
    const xml::Attribute* attribute = element.find(form.rule.name);
    if (attribute == nullptr) continue;
    any = true;
    if (auto value = read_value(*attribute, form, context)) rule.declarations.push_back({form.rule.property, *std::move(value), attribute->value_at});
  }
  const auto says_where = [](const xml::Attribute& each) { return each.name == "for" || each.name == "for-script" || each.name == "for-locale"; };
  if (!any && std::all_of(element.attributes.begin(), element.attributes.end(), says_where)) context.diags.warning(element.at, "<style> sets no property");
  if (rule.selectors.empty()) return std::nullopt;
  return rule;
}

}  // namespace handout::layouts
