#include <utility>

#include "layouts/properties.h"
#include "layouts/vocabulary_rules.h"

namespace handout::layouts {

using xml::AttributeRule;
using xml::ElementRule;
using xml::Need;
using xml::ValueType;

std::vector<ElementRule> style_rules() {
  ElementRule rule{"style", "how elements look",
                   {custom_rule("for", Need::Optional, "selectors as in CSS: element, .class, #id, [attribute=value]; 'a b' inside, 'a > b' child, ',' or", selectors_form()),
                    custom_rule("for-script", Need::Optional, "ISO 15924 codes: only for text in these scripts", scripts_form()),
                    custom_rule("for-locale", Need::Optional, "language tags such as es pt-BR: only for text in these languages", locales_form()),
                    custom_rule("name", Need::Optional, "name by which other styles use it; instead of for", name_form("letters, digits, '-' and '_', a letter first")),
                    custom_rule("use", Need::Optional, "names of styles, separated by spaces: what they set counts before what this one sets itself", used_styles_form())}};
  for (const PropertyForm& form : property_forms()) {
    AttributeRule attribute = custom_rule(form.rule.name, Need::Optional, form.rule.doc, value_form(form));
    if (form.form == Form::Token) {
      attribute.type = ValueType::Token;
      attribute.choices = choices_of(form.rule);
    }
    if (form.form == Form::Count) {
      attribute.type = ValueType::Integer;
      attribute.minimum = 1;
      attribute.maximum = kMostLines;
    }
    rule.attributes.push_back(std::move(attribute));
  }
  for (const Shorthand& shorthand : shorthands()) rule.attributes.push_back(custom_rule(shorthand.name, Need::Optional, shorthand.doc, value_form(shorthand)));
  return {rule};
}

}  // namespace handout::layouts
