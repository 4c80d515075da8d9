#include "layouts/vocabulary.h"

#include <string>
#include <utility>

#include "layouts/length_rules.h"
#include "layouts/properties.h"
#include "layouts/value_forms.h"

namespace handout::layouts {
namespace {

using xml::AttributeRule;
using xml::ChildRule;
using xml::ElementRule;
using xml::joined;
using xml::Need;
using xml::Order;
using xml::TextContent;
using xml::Times;
using xml::ValueType;
using Attributes = std::vector<AttributeRule>;
using Children = std::vector<ChildRule>;

AttributeRule custom(std::string_view name, Need need, std::string_view doc, xml::ValueForm form) { return {.name = name, .type = ValueType::Custom, .need = need, .doc = doc, .form = std::move(form)}; }
AttributeRule length(std::string_view name, std::string_view doc, const LengthRule& rule) { return custom(name, Need::Optional, doc, lengths_form(rule)); }

// What every item, cell and part of a text takes.
Attributes shown(Attributes more = {}) {
  return joined({custom("class", Need::Optional, "names for styles to select by, separated by spaces", names_form("names, with spaces between them")),
                 custom("has", Need::Optional, "fields, separated by spaces: only when all of them have a value", field_names_form()),
                 custom("lacks", Need::Optional, "fields, separated by spaces: only when none of them has a value", field_names_form())},
                std::move(more));
}

Attributes item(Attributes more = {}) {
  return joined({{"id", ValueType::Id, Need::Optional, "name for styles to select by"}}, shown(std::move(more)));
}

std::vector<ElementRule> head_rules() {
  return {
      {"layout", "how a handout looks; or, in profiles/, what a profile changes: pages and styles",
       {custom("id", Need::Required, "name of the layout, the file's too: letters, digits, '-' and '_'", name_form("letters, digits, '-' and '_', a letter first")),
        {"title", ValueType::Text, Need::Required, "what it is for, in one line"},
        custom("extends", Need::Optional, "the layout that it changes", name_form("the name of a layout"))},
       {{"color", Times::Any}, {"page", Times::Any}, {"style", Times::Any}, {"body", Times::Optional}}},
      {"color", "a colour with a name, for styles",
       {custom("name", Need::Required, "the name", name_form("letters, digits, '-' and '_', a letter first")), custom("value", Need::Required, "the colour", hex_color_form())}},
      {"page", "paper, margins and what stands on each page",
       {{"on", ValueType::Token, Need::Optional, "the pages that it is for; all when left out", {"all", "first", "rest"}},
        custom("size", Need::Optional, "auto (A4 or Letter by region), A4, Letter, A5, or width and height", paper_size_form()),
        custom("margin", Need::Optional, "1 to 4 lengths: top, end, bottom, start", lengths_form(kPageLength, 1, 4)),
        length("side", "width of the column beside the text, at the start; 0: none", kPageLength),
        length("side-gap", "room between that column and the text", kPageLength),
        {"duplex", ValueType::Token, Need::Optional, "yes: printed on both sides", {"yes", "no"}}},
       {{"header", Times::Optional}, {"footer", Times::Optional}},
       TextContent::None, Order::Any, {"layout"}},
      {"header", "what stands at the top of pages", {length("gap", "room between it and the text", kPageLength)}, {{"@items", Times::Any}}},
      {"footer", "what stands at the foot of pages", {length("gap", "room between it and the text", kPageLength)}, {{"@items", Times::Any}}},
      {"body", "what the handout is made of, from top to bottom", {}, {{"@items", Times::AtLeastOne}}},
  };
}

std::vector<ElementRule> item_rules() {
  return {
      {"slot", "takes content of the article that no slot before it took",
       item({custom("select", Need::Required, "elements by name, #id or .class, separated by spaces; * for all that is left", slot_words_form()),
             custom("except", Need::Optional, "what of it to leave", slot_words_form())})},
      {"box", "items one below the other", item(), {{"@items", Times::Any}}},
      {"row", "cells side by side", item({length("gap", "room between the cells", kGap)}), {{"cell", Times::AtLeastOne}}},
      {"cell", "a cell of a row",
       item({custom("width", Need::Optional, "a length, a share of what is left (1fr), or auto: as wide as it needs", length_or_form(kCellWidth, "auto")),
             {"align", ValueType::Token, Need::Optional, "how it stands in the row; baseline when left out", {"baseline", "top", "middle", "bottom"}}}),
       {{"@items", Times::Any}}},
      {"text", "a paragraph of words, phrases and fields",
       item({{"heading", ValueType::Token, Need::Optional, "level of the heading that it is", {"1", "2", "3", "4", "5", "6"}}}),
       {{"@parts", Times::Any}}, TextContent::Mixed},
      {"picture", "a picture, or the clinic's logo",
       item({custom("src", Need::Optional, "its file, beside the layout", path_form()),
             custom("field", Need::Optional, "the field that names it, such as clinic.logo", field_name_form()),
             length("width", "its width", kPictureLength),
             length("height", "its height; with width: it fits in both", kPictureLength),
             custom("alt", Need::Optional, "id of the phrase that says what it shows; left out: decoration", name_form("the id of a phrase"))})},
      {"rule", "a line across", item()},
      {"lines", "ruled lines to write on", item({{"count", ValueType::Integer, Need::Optional, "how many; 1 when left out", {}, 1, kMostWritingLines}})},
      {"notice", "a notice of content/notices/ in all of its languages", shown({custom("id", Need::Required, "name of the notice", name_form("the name of a notice"))})},
  };
}

std::vector<ElementRule> part_rules() {
  return {
      {"phrase", "words of the handout's language, from content/phrases/",
       shown({custom("id", Need::Required, "name of the phrase", name_form("the id of a phrase"))}), {{"arg", Times::Any}}},
      {"arg", "the field that stands at a place of the phrase",
       {custom("name", Need::Required, "the place's name in the phrase", name_form("letters, digits, '-' and '_', a letter first")), custom("field", Need::Required, "the field", field_name_form())}},
      {"field", "the value of a field, or a blank to write it on",
       item({custom("name", Need::Required, "the field", field_name_form()),
             {"format", ValueType::Token, Need::Optional, "how the value is written", {"plain", "long-date", "short-date", "number"}}})},
      {"page", "the number of the page", item(), {}, TextContent::None, Order::Any, {"text"}},
      {"pages", "the number of pages", item()},
      {"section-title", "the title of the section that the page begins in", item()},
      {"br", "a line break", item()},
  };
}

ElementRule style_rule() {
  ElementRule rule{"style", "how elements look",
                   {custom("for", Need::Required, "selectors as in CSS: element, .class, #id, [attribute=value]; 'a b' inside, 'a > b' child, ',' or", selectors_form()),
                    custom("for-script", Need::Optional, "ISO 15924 codes: only for handouts in these scripts", scripts_form())}};
  for (const PropertyForm& form : property_forms()) {
    AttributeRule attribute = custom(form.rule.name, Need::Optional, form.rule.doc, value_form(form));
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
  for (const Shorthand& shorthand : shorthands()) rule.attributes.push_back(custom(shorthand.name, Need::Optional, shorthand.doc, value_form(shorthand)));
  return rule;
}

void append(std::vector<ElementRule>& rules, std::vector<ElementRule> more) {
  for (ElementRule& rule : more) rules.push_back(std::move(rule));
}

xml::Vocabulary make_vocabulary() {
  xml::Vocabulary vocabulary;
  vocabulary.kind = "layout";
  vocabulary.roots = {"layout"};
  vocabulary.groups = {
      {"@items", {"slot", "box", "row", "text", "picture", "rule", "lines", "notice"}},
      {"@parts", {"phrase", "field", "page", "pages", "section-title", "br"}},
  };
  append(vocabulary.elements, head_rules());
  vocabulary.elements.push_back(style_rule());
  append(vocabulary.elements, item_rules());
  append(vocabulary.elements, part_rules());
  return vocabulary;
}

}  // namespace

const xml::Vocabulary& layout_vocabulary() {
  static const xml::Vocabulary vocabulary = make_vocabulary();
  return vocabulary;
}

const std::vector<std::string_view>& slot_words() {
  static const std::vector<std::string_view> words = {"title", "summary", "points", "section", "p", "ul", "ol", "table", "figure", "callout", "question", "dl", "references"};
  return words;
}

const std::vector<std::string_view>& styled_words() {
  static const std::vector<std::string_view> words = {
      "handout", "header", "footer", "body", "title", "summary", "points", "point", "section", "p", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure",
      "figcaption", "label", "callout", "question", "dl", "dt", "dd", "references", "reference", "strong", "em", "sup", "sub", "term", "q", "a", "cite", "field", "measure", "span", "slot", "box",
      "row", "cell", "text", "picture", "rule", "lines", "notice", "phrase", "page", "pages", "section-title", "marker", "legend", "legend-item", "item-text", "cell-text", "question-text", "questions", "stacked-row", "stacked-head", "stacked-cell", "stacked-heading",
      "notice-text", "reference-text", "entry", "unverified", "words"};
  return words;
}

}  // namespace handout::layouts
