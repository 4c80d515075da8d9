#include "layouts/vocabulary_rules.h"

namespace handout::layouts {

using xml::AttributeRule;
using xml::ChildRule;
using xml::ElementRule;
using xml::Need;
using xml::Order;
using xml::TextContent;
using xml::Times;
using xml::ValueType;

xml::AttributeRule length_rule(std::string_view name, std::string_view doc) { return {name, ValueType::Custom, Need::Optional, doc}; }

std::vector<ElementRule> head_rules() {
  return {
      {"layout", "how a handout looks; or, in profiles/, what a profile changes: pages and styles",
       {{"id", ValueType::Custom, Need::Required, "name of the layout, the file's too: letters, digits, '-' and '_'"},
        {"title", ValueType::Text, Need::Required, "what it is for, in one line"},
        {"extends", ValueType::Custom, Need::Optional, "the layout that it changes"},
        {"tried-in", ValueType::Custom, Need::Optional, "ISO 15924 codes: the scripts in which somebody looked at its pages"},
        length_rule("minimum", "of a profile: the least size of text in the body; 12pt when left out")},
       {{"include", Times::Any}, {"define", Times::Any}, {"change", Times::Any}, {"color", Times::Any}, {"page", Times::Any}, {"sheet", Times::Optional}, {"fit", Times::Optional}, {"style", Times::Any}, {"body", Times::Optional}}},
      {"part", "what several layouts share, for <include>: items, or what stands directly in a layout",
       {{"id", ValueType::Custom, Need::Required, "its name"}, {"title", ValueType::Text, Need::Required, "what it is for, in one line"}},
       {{"include", Times::Any}, {"define", Times::Any}, {"color", Times::Any}, {"page", Times::Any}, {"sheet", Times::Optional}, {"fit", Times::Optional}, {"style", Times::Any}, {"@items", Times::Any}}},
      {"include", "puts the content of a part in its place",
       {{"href", ValueType::Custom, Need::Required, "the part's file, beside the one that includes it"}}},
      {"define", "a value with a name: $name or ${name} stands for it in attributes; the nearest layout's counts",
       {{"name", ValueType::Custom, Need::Required, "the name"}, {"value", ValueType::AnyText, Need::Required, "the value; it may hold other variables"}}},
      {"change", "changes what the layout inherits, in the body, in headers, footers and regions",
       {{"id", ValueType::Custom, Need::Required, "id of what is changed"},
        {"where", ValueType::Token, Need::Optional, "where its items come to stand: in its place (when left out), before or after it, at the start or the end of what it holds; remove: it is taken away", {"replace", "before", "after", "start", "end", "remove"}}},
       {{"@items", Times::Any}, {"cell", Times::Any}}},
      {"color", "a colour with a name, for styles",
       {{"name", ValueType::Custom, Need::Required, "the name"}, {"value", ValueType::Custom, Need::Required, "#rrggbb or #rgb"}}},
      {"page", "paper, margins and what stands on each page",
       {{"on", ValueType::Token, Need::Optional, "the pages that it is for, all when left out; what comes later here counts more: all, rest (all but the first), left, right, first, last, only (the one of a handout of one page), blank", {"all", "rest", "left", "right", "first", "last", "only", "blank"}},
        {"size", ValueType::Custom, Need::Optional, "auto (A4 or Letter by region), A4, Letter, A5, or width and height"},
        {"margin", ValueType::Custom, Need::Optional, "1 to 4 lengths: top, end, bottom, start"},
        length_rule("side", "width of the column beside the text, at the start; 0: none"),
        length_rule("side-gap", "room between that column and the text"),
        {"duplex", ValueType::Token, Need::Optional, "yes: printed on both sides", {"yes", "no"}}},
       {{"header", Times::Optional}, {"footer", Times::Optional}, {"region", Times::Any}},
       TextContent::None, Order::Any, {"layout", "part"}},
      {"header", "what stands at the top of pages", {length_rule("gap", "room between it and the text")}, {{"@items", Times::Any}}},
      {"footer", "what stands at the foot of pages", {length_rule("gap", "room between it and the text")}, {{"@items", Times::Any}}},
      {"region", "a box at a place of the page, which no text flows round: an address in its window, fold marks",
       {{"name", ValueType::Custom, Need::Required, "its name; a later layout's region of the same name takes its place"},
        length_rule("top", "from the paper's upper edge to the box"),
        length_rule("bottom", "from the paper's lower edge"),
        length_rule("left", "from the paper's left edge"),
        length_rule("right", "from the paper's right edge"),
        length_rule("start", "from the edge where lines start"),
        length_rule("end", "from the edge where lines end"),
        length_rule("width", "its width"),
        length_rule("height", "its height"),
        {"align", ValueType::Token, Need::Optional, "where its content stands; top when left out", {"top", "middle", "bottom"}},
        {"content", ValueType::Token, Need::Optional, "yes: screen readers read it, before the body; no: it is decoration", {"yes", "no"}},
        {"class", ValueType::Custom, Need::Optional, "names for styles to select by, separated by spaces"}},
       {{"@items", Times::Any}}},
      {"sheet", "paper that is cut or folded: pages are its panels",
       {{"fold", ValueType::Token, Need::Required, "how it is folded", {"booklet", "tri-fold", "z-fold", "half-fold", "two-up"}},
        {"size", ValueType::Custom, Need::Optional, "auto (A4 or Letter by region), A4, Letter, A3, or width and height"},
        {"marks", ValueType::Token, Need::Optional, "yes: with marks where it is folded and cut", {"yes", "no"}}}},
      {"fit", "so many pages or sheets, and what may give for that",
       {{"pages", ValueType::Integer, Need::Optional, "how many pages", {}, 1},
        {"sheets", ValueType::Integer, Need::Optional, "how many sheets of paper", {}, 1},
        {"type", ValueType::Custom, Need::Optional, "least share of the type size, 40% to 100%; never below the profile's minimum"},
        {"space", ValueType::Custom, Need::Optional, "least share of the room between blocks, 40% to 100%"},
        {"margin", ValueType::Custom, Need::Optional, "least share of the page's margins, 40% to 100%"}}},
      {"body", "what the handout is made of, from top to bottom", {}, {{"@items", Times::AtLeastOne}}},
  };
}

}  // namespace handout::layouts
