#include <fmt/format.h>

#include <string>
#include <utility>

#include "layouts/properties.h"
#include "layouts/vocabulary_rules.h"

namespace handout::layouts {

using xml::AttributeRule;
using xml::ElementRule;
using xml::Need;
using xml::ValueType;

namespace {

// "what it is for; values: ..." of each property, kept as long as the vocabulary.
std::vector<std::string> make_property_docs() {
  std::vector<std::string> docs;
  for (const PropertyForm& form : property_forms()) docs.push_back(fmt::format("{} ({})", form.rule.doc, form.rule.values));
  for (const Shorthand& shorthand : shorthands()) docs.push_back(fmt::format("{} ({})", shorthand.doc, shorthand.values));
  return docs;
}

}  // namespace

std::vector<ElementRule> style_rules() {
  static const std::vector<std::string> docs = make_property_docs();
  ElementRule rule{"style", "how elements look",
                   {{"for", ValueType::Custom, Need::Optional, "selectors as in CSS: element, .class, #id, [attribute=value]; 'a b' inside, 'a > b' child, ',' or"},
                    {"for-script", ValueType::Custom, Need::Optional, "ISO 15924 codes: only for text in these scripts"},
                    {"for-locale", ValueType::Custom, Need::Optional, "language tags such as es pt-BR: only for text in these languages"},
                    {"name", ValueType::Custom, Need::Optional, "name by which other styles use it; instead of for"},
                    {"use", ValueType::Custom, Need::Optional, "names of styles, separated by spaces: what they set counts before what this one sets itself"}}};
  auto doc = docs.begin();
  for (const PropertyForm& form : property_forms()) {
    AttributeRule attribute{form.rule.name, ValueType::Custom, Need::Optional, *doc++};
    if (form.form == Form::Token) {
      attribute.type = ValueType::Token;
      attribute.choices = choices_of(form.rule);
    }
    if (form.form == Form::Count) {
      attribute.type = ValueType::Integer;
      attribute.minimum = 1;
    }
    rule.attributes.push_back(std::move(attribute));
  }
  for (const Shorthand& shorthand : shorthands()) rule.attributes.push_back({shorthand.name, ValueType::Custom, Need::Optional, *doc++});
  return {rule};
}

}  // namespace handout::layouts
