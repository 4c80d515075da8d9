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
  return joined({custom_rule("class", Need::Optional, "names for styles to select by, separated by spaces", names_form("names, with spaces between them")),
                 custom_rule("has", Need::Optional, "fields, separated by spaces: only when all of them have a value", field_names_form()),
                 custom_rule("lacks", Need::Optional, "fields, separated by spaces: only when none of them has a value", field_names_form()),
                 custom_rule("when", Need::Optional, "tests of fields, separated by spaces, such as patient.language=es article.level!=short: only when all hold; < and > compare numbers and dates", tests_form()),
                 custom_rule("for-locale", Need::Optional, "language tags such as es pt-BR: only in handouts in one of these languages", locales_form()),
                 custom_rule("for-script", Need::Optional, "ISO 15924 codes such as Arab Deva: only in handouts in one of these scripts", scripts_form()),
                 custom_rule("for-page", Need::Optional, "in headers, footers and regions: only on these pages (all, rest, left, right, recto, verso, first, last, only, blank)", pages_form())},
                std::move(more));
}

std::vector<ElementRule> item_rules() {
  return {
      {"slot", "takes content of the article that no slot before it took",
       item({custom_rule("select", Need::Required, "elements by name, #id or .class, separated by spaces; * for all that is left", slot_words_form()),
             custom_rule("except", Need::Optional, "what of it to leave", slot_words_form()),
             {"from", ValueType::Token, Need::Optional, "where it looks; sections: inside sections too, out of which it takes what it selects", {"article", "sections"}},
             {"most", ValueType::Integer, Need::Optional, "how many it takes at most; as many as there are when left out", {}, 1}})},
      {"leave", "content of the article that no slot before it took and that this layout leaves out on purpose: nobody is warned of it",
       item({custom_rule("select", Need::Required, "elements by name, #id or .class, separated by spaces; * for all that is left", slot_words_form()),
             custom_rule("except", Need::Optional, "what of it to keep", slot_words_form())})},
      {"box", "items one below the other", item(), {{"@items", Times::Any}}},
      {"row", "cells side by side", item({length_rule("gap", "room between the cells", kGap)}), {{"cell", Times::AtLeastOne}}},
      {"cell", "a cell of a row",
       item({custom_rule("width", Need::Optional, "a length, a share of what is left (1fr), or auto: as wide as it needs", length_or_form(kCellWidth, "auto")),
             {"align", ValueType::Token, Need::Optional, "how it stands in the row; baseline when left out", {"baseline", "top", "middle", "bottom"}}}),
       {{"@items", Times::Any}}},
      {"text", "a paragraph of words, phrases and fields",
       item({{"heading", ValueType::Token, Need::Optional, "level of the heading that it is", {"1", "2", "3", "4", "5", "6"}}}),
       {{"@parts", Times::Any}}, TextContent::Mixed},
      {"picture", "a picture, or the clinic's logo",
       item({custom_rule("src", Need::Optional, "its file, beside the layout", path_form()),
             custom_rule("field", Need::Optional, "the field that names it, such as clinic.logo", field_name_form()),
             length_rule("width", "its width", kPictureLength),
             length_rule("height", "its height; with width: it fits in both", kPictureLength),
             custom_rule("alt", Need::Optional, "id of the phrase that says what it shows; left out: decoration", name_form("the id of a phrase"))})},
      {"rule", "a line across", item()},
      {"lines", "ruled lines to write on", item({{"count", ValueType::Integer, Need::Optional, "how many; 1 when left out", {}, 1, kMostWritingLines}})},
      {"contents", "the titles of the sections, each with the number of its page",
       item({{"levels", ValueType::Token, Need::Optional, "how many levels of sections; 1 when left out", {"1", "2", "3"}}})},
      {"code", "a barcode, with its target printed beside it",
       item({{"kind", ValueType::Token, Need::Required, "which barcode; intelligent-mail: of the USPS, for letters; royal-mail: its older code for letters; mailmark: its newer one; kix: of PostNL, for letters; australia-post: its code for letters; japan-post: its code for letters", {"qr", "data-matrix", "code-128", "aztec", "pdf417", "gs1-128", "ean-13", "intelligent-mail", "royal-mail", "mailmark", "kix", "australia-post", "japan-post"}},
             custom_rule("field", Need::Optional, "the field that it encodes", field_name_form()),
             custom_rule("text", Need::Optional, "what it encodes, when that is the same for all", {"text", "[\\s\\S]+"}),
             {"target", ValueType::Token, Need::Optional, "auto: what it encodes is printed beside it, so that nobody needs a camera; none: it is not", {"auto", "none"}},
             {"level", ValueType::Token, Need::Optional, "of a QR code: how much of it may be damaged (7, 15, 25 or 30 %)", {"L", "M", "Q", "H"}},
             length_rule("module", "width of the narrowest bar or of a square", kModule),
             length_rule("gap", "room between the code and its target", kGap)})},
      {"parallel", "its items once for each language of the handout, block beside aligned block",
       item({length_rule("gap", "room between the columns", kGap),
             length_rule("least", "least width of a column; where there is less, the languages stand one above the other", kLeast)}),
       {{"@items", Times::Any}}},
      {"notice", "a notice of content/notices/ in all of its languages", shown_rules({custom_rule("id", Need::Required, "name of the notice", name_form("letters, digits, '-' and '_', a letter first"))})},
  };
}

std::vector<ElementRule> part_rules() {
  return {
      {"phrase", "words of the handout's language, from content/phrases/",
       shown_rules({custom_rule("id", Need::Required, "name of the phrase", name_form("letters, digits, '-' and '_', a letter first"))}), {{"arg", Times::Any}}},
      {"arg", "the field that stands at a place of the phrase",
       {custom_rule("name", Need::Required, "the place's name in the phrase", name_form("letters, digits, '-' and '_', a letter first")), custom_rule("field", Need::Required, "the field", field_name_form())}},
      {"field", "the value of a field, or a blank to write it on",
       item({custom_rule("name", Need::Required, "the field", field_name_form()),
             {"format", ValueType::Token, Need::Optional, "how the value is written; lines: each line of an address on a line of its own", {"plain", "long-date", "short-date", "number", "lines"}}})},
      {"page", "the number of the page", item(), {}, TextContent::None, Order::Any, {"text"}},
      {"pages", "the number of pages", item()},
      {"section-title", "the title of the section that the page begins in", item()},
      {"page-of", "the number of the page on which a block begins", item({{"ref", ValueType::IdRef, Need::Required, "id of the block, in the article or the layout"}})},
      {"leader", "fills what is left of the line; what follows stands at its end",
       item({{"pattern", ValueType::Token, Need::Optional, "what it is filled with; dots when left out", {"dots", "rule", "space"}}, length_rule("minimum", "least width that is filled", kMinimum)})},
      {"br", "a line break", item()},
  };
}

}  // namespace handout::layouts
