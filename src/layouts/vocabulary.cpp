#include "layouts/vocabulary.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "layouts/properties.h"

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

// What every item, cell and part of a text takes.
Attributes shown(Attributes more = {}) {
  return joined({{"class", ValueType::Custom, Need::Optional, "names for styles to select by, separated by spaces"},
                 {"has", ValueType::Custom, Need::Optional, "fields, separated by spaces: only when all of them have a value"},
                 {"lacks", ValueType::Custom, Need::Optional, "fields, separated by spaces: only when none of them has a value"}},
                std::move(more));
}

Attributes item(Attributes more = {}) {
  return joined({{"id", ValueType::Id, Need::Optional, "name for styles to select by"}}, shown(std::move(more)));
}

AttributeRule length(std::string_view name, std::string_view doc) { return {name, ValueType::Custom, Need::Optional, doc}; }

std::vector<ElementRule> head_rules() {
  return {
      {"layout", "how a handout looks; or, in profiles/, what a profile changes: pages and styles",
       {{"id", ValueType::Custom, Need::Required, "name of the layout, the file's too: letters, digits, '-' and '_'"},
        {"title", ValueType::Text, Need::Required, "what it is for, in one line"},
        {"extends", ValueType::Custom, Need::Optional, "the layout that it changes"}},
       {{"color", Times::Any}, {"page", Times::Any}, {"style", Times::Any}, {"body", Times::Optional}}},
      {"color", "a colour with a name, for styles",
       {{"name", ValueType::Custom, Need::Required, "the name"}, {"value", ValueType::Custom, Need::Required, "#rrggbb or #rgb"}}},
      {"page", "paper, margins and what stands on each page",
       {{"on", ValueType::Token, Need::Optional, "the pages that it is for; all when left out", {"all", "first", "rest"}},
        {"size", ValueType::Custom, Need::Optional, "auto (A4 or Letter by region), A4, Letter, A5, or width and height"},
        {"margin", ValueType::Custom, Need::Optional, "1 to 4 lengths: top, end, bottom, start"},
        length("side", "width of the column beside the text, at the start; 0: none"),
        length("side-gap", "room between that column and the text"),
        {"duplex", ValueType::Token, Need::Optional, "yes: printed on both sides", {"yes", "no"}}},
       {{"header", Times::Optional}, {"footer", Times::Optional}},
       TextContent::None, Order::Any, {"layout"}},
      {"header", "what stands at the top of pages", {length("gap", "room between it and the text")}, {{"@items", Times::Any}}},
      {"footer", "what stands at the foot of pages", {length("gap", "room between it and the text")}, {{"@items", Times::Any}}},
      {"body", "what the handout is made of, from top to bottom", {}, {{"@items", Times::AtLeastOne}}},
  };
}

std::vector<ElementRule> item_rules() {
  return {
      {"slot", "takes content of the article that no slot before it took",
       item({{"select", ValueType::Custom, Need::Required, "elements by name, #id or .class, separated by spaces; * for all that is left"},
             {"except", ValueType::Custom, Need::Optional, "what of it to leave"}})},
      {"box", "items one below the other", item(), {{"@items", Times::Any}}},
      {"row", "cells side by side", item({length("gap", "room between the cells")}), {{"cell", Times::AtLeastOne}}},
      {"cell", "a cell of a row",
       item({length("width", "a length, a share of what is left (1fr), or auto: as wide as it needs"),
             {"align", ValueType::Token, Need::Optional, "how it stands in the row; baseline when left out", {"baseline", "top", "middle", "bottom"}}}),
       {{"@items", Times::Any}}},
      {"text", "a paragraph of words, phrases and fields",
       item({{"heading", ValueType::Token, Need::Optional, "level of the heading that it is", {"1", "2", "3", "4", "5", "6"}}}),
       {{"@parts", Times::Any}}, TextContent::Mixed},
      {"picture", "a picture, or the clinic's logo",
       item({{"src", ValueType::Custom, Need::Optional, "its file, beside the layout"},
             {"field", ValueType::Custom, Need::Optional, "the field that names it, such as clinic.logo"},
             length("width", "its width"),
             length("height", "its height; with width: it fits in both"),
             {"alt", ValueType::Custom, Need::Optional, "id of the phrase that says what it shows; left out: decoration"}})},
      {"rule", "a line across", item()},
      {"lines", "ruled lines to write on", item({{"count", ValueType::Integer, Need::Optional, "how many; 1 when left out", {}, 1}})},
      {"notice", "a notice of content/notices/ in all of its languages", shown({{"id", ValueType::Custom, Need::Required, "name of the notice"}})},
  };
}

std::vector<ElementRule> part_rules() {
  return {
      {"phrase", "words of the handout's language, from content/phrases/",
       shown({{"id", ValueType::Custom, Need::Required, "name of the phrase"}}), {{"arg", Times::Any}}},
      {"arg", "the field that stands at a place of the phrase",
       {{"name", ValueType::Custom, Need::Required, "the place's name in the phrase"}, {"field", ValueType::Custom, Need::Required, "the field"}}},
      {"field", "the value of a field, or a blank to write it on",
       item({{"name", ValueType::Custom, Need::Required, "the field"},
             {"format", ValueType::Token, Need::Optional, "how the value is written", {"plain", "long-date", "short-date", "number"}}})},
      {"page", "the number of the page", item(), {}, TextContent::None, Order::Any, {"text"}},
      {"pages", "the number of pages", item()},
      {"section-title", "the title of the section that the page begins in", item()},
      {"br", "a line break", item()},
  };
}

// "what it is for; values: ..." of each property, kept as long as the vocabulary.
std::vector<std::string> make_property_docs() {
  std::vector<std::string> docs;
  for (const PropertyForm& form : property_forms()) docs.push_back(fmt::format("{} ({})", form.rule.doc, form.rule.values));
  for (const Shorthand& shorthand : shorthands()) docs.push_back(fmt::format("{} ({})", shorthand.doc, shorthand.values));
  return docs;
}

ElementRule style_rule() {
  static const std::vector<std::string> docs = make_property_docs();
  ElementRule rule{"style", "how elements look",
                   {{"for", ValueType::Custom, Need::Required, "selectors as in CSS: element, .class, #id, [attribute=value]; 'a b' inside, 'a > b' child, ',' or"},
                    {"for-script", ValueType::Custom, Need::Optional, "ISO 15924 codes: only for handouts in these scripts"}}};
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
