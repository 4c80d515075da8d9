#include "layouts/vocabulary_rules.h"

#include <utility>

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

Attributes item(Attributes more = {}) {
  return joined({{"id", ValueType::Id, Need::Optional, "name for styles to select by"}}, shown_rules(std::move(more)));
}

}  // namespace

// What every item, cell and part of a text takes.
Attributes shown_rules(Attributes more) {
  return joined({{"class", ValueType::Custom, Need::Optional, "names for styles to select by, separated by spaces"},
                 {"has", ValueType::Custom, Need::Optional, "fields, separated by spaces: only when all of them have a value"},
                 {"lacks", ValueType::Custom, Need::Optional, "fields, separated by spaces: only when none of them has a value"},
                 {"when", ValueType::Custom, Need::Optional, "tests of fields, separated by spaces, such as patient.language=es article.level!=short: only when all hold; < and > compare numbers and dates"},
                 {"for-locale", ValueType::Custom, Need::Optional, "language tags such as es pt-BR: only in handouts in one of these languages"},
                 {"for-script", ValueType::Custom, Need::Optional, "ISO 15924 codes such as Arab Deva: only in handouts in one of these scripts"},
                 {"for-page", ValueType::Custom, Need::Optional, "in headers, footers and regions: only on these pages (all, rest, left, right, first, last, only, blank)"}},
                std::move(more));
}

std::vector<ElementRule> item_rules() {
  return {
      {"slot", "takes content of the article that no slot before it took",
       item({{"select", ValueType::Custom, Need::Required, "elements by name, #id or .class, separated by spaces; * for all that is left"},
             {"except", ValueType::Custom, Need::Optional, "what of it to leave"}})},
      {"box", "items one below the other", item(), {{"@items", Times::Any}}},
      {"row", "cells side by side", item({length_rule("gap", "room between the cells")}), {{"cell", Times::AtLeastOne}}},
      {"cell", "a cell of a row",
       item({length_rule("width", "a length, a share of what is left (1fr), or auto: as wide as it needs"),
             {"align", ValueType::Token, Need::Optional, "how it stands in the row; baseline when left out", {"baseline", "top", "middle", "bottom"}}}),
       {{"@items", Times::Any}}},
      {"text", "a paragraph of words, phrases and fields",
       item({{"heading", ValueType::Token, Need::Optional, "level of the heading that it is", {"1", "2", "3", "4", "5", "6"}}}),
       {{"@parts", Times::Any}}, TextContent::Mixed},
      {"picture", "a picture, or the clinic's logo",
       item({{"src", ValueType::Custom, Need::Optional, "its file, beside the layout"},
             {"field", ValueType::Custom, Need::Optional, "the field that names it, such as clinic.logo"},
             length_rule("width", "its width"),
             length_rule("height", "its height; with width: it fits in both"),
             {"alt", ValueType::Custom, Need::Optional, "id of the phrase that says what it shows; left out: decoration"}})},
      {"rule", "a line across", item()},
      {"lines", "ruled lines to write on", item({{"count", ValueType::Integer, Need::Optional, "how many; 1 when left out", {}, 1}})},
      {"contents", "the titles of the sections, each with the number of its page",
       item({{"levels", ValueType::Token, Need::Optional, "how many levels of sections; 1 when left out", {"1", "2", "3"}}})},
      {"code", "a barcode, with its target printed beside it",
       item({{"kind", ValueType::Token, Need::Required, "which barcode", {"qr", "data-matrix", "code-128", "aztec", "pdf417"}},
             {"field", ValueType::Custom, Need::Optional, "the field that it encodes"},
             {"text", ValueType::Custom, Need::Optional, "what it encodes, when that is the same for all"},
             {"target", ValueType::Token, Need::Optional, "auto: what it encodes is printed beside it, so that nobody needs a camera; none: it is not", {"auto", "none"}},
             {"level", ValueType::Token, Need::Optional, "of a QR code: how much of it may be damaged (7, 15, 25 or 30 %)", {"L", "M", "Q", "H"}},
             length_rule("module", "width of the narrowest bar or of a square"),
             length_rule("gap", "room between the code and its target")})},
      {"parallel", "its items once for each language of the handout, block beside aligned block",
       item({length_rule("gap", "room between the columns"),
             length_rule("least", "least width of a column; where there is less, the languages stand one above the other")}),
       {{"@items", Times::Any}}},
      {"notice", "a notice of content/notices/ in all of its languages", shown_rules({{"id", ValueType::Custom, Need::Required, "name of the notice"}})},
  };
}

std::vector<ElementRule> part_rules() {
  return {
      {"phrase", "words of the handout's language, from content/phrases/",
       shown_rules({{"id", ValueType::Custom, Need::Required, "name of the phrase"}}), {{"arg", Times::Any}}},
      {"arg", "the field that stands at a place of the phrase",
       {{"name", ValueType::Custom, Need::Required, "the place's name in the phrase"}, {"field", ValueType::Custom, Need::Required, "the field"}}},
      {"field", "the value of a field, or a blank to write it on",
       item({{"name", ValueType::Custom, Need::Required, "the field"},
             {"format", ValueType::Token, Need::Optional, "how the value is written; lines: each line of an address on a line of its own", {"plain", "long-date", "short-date", "number", "lines"}}})},
      {"page", "the number of the page", item(), {}, TextContent::None, Order::Any, {"text"}},
      {"pages", "the number of pages", item()},
      {"section-title", "the title of the section that the page begins in", item()},
      {"page-of", "the number of the page on which a block begins", item({{"ref", ValueType::IdRef, Need::Required, "id of the block, in the article or the layout"}})},
      {"leader", "fills what is left of the line; what follows stands at its end",
       item({{"pattern", ValueType::Token, Need::Optional, "what it is filled with; dots when left out", {"dots", "rule", "space"}}, length_rule("minimum", "least width that is filled")})},
      {"br", "a line break", item()},
  };
}

}  // namespace handout::layouts
