#include "layouts/vocabulary_rules.h"

#include <utility>

namespace handout::layouts {

using xml::AttributeRule;
using xml::ChildRule;
using xml::ElementRule;
using xml::Need;
using xml::Order;
using xml::TextContent;
using xml::Times;
using xml::ValueType;

xml::AttributeRule custom_rule(std::string_view name, Need need, std::string_view doc, xml::ValueForm form) { return {.name = name, .type = ValueType::Custom, .need = need, .doc = doc, .form = std::move(form)}; }
xml::AttributeRule length_rule(std::string_view name, std::string_view doc, const LengthRule& rule) { return custom_rule(name, Need::Optional, doc, lengths_form(rule)); }

std::vector<ElementRule> head_rules() {
  return {
      {"layout", "how a handout looks; or, in profiles/, what a profile changes: pages and styles",
       {custom_rule("id", Need::Required, "name of the layout, the file's too: letters, digits, '-' and '_'", name_form("letters, digits, '-' and '_', a letter first")),
        {"title", ValueType::Text, Need::Required, "what it is for, in one line"},
        custom_rule("extends", Need::Optional, "the layout that it changes", name_form("the name of a layout")),
        custom_rule("tried-in", Need::Optional, "ISO 15924 codes: the scripts in which somebody looked at its pages", scripts_form()),
        custom_rule("profiles", Need::Optional, "the profiles that it is for, separated by spaces; all when left out", names_form("names of profiles, with spaces between them")),
        {"level", ValueType::Token, Need::Optional, "what is printed where nothing else is asked for: all sections, full, or those of level short; as the layout that it extends when left out", {"full", "short"}},
        length_rule("minimum", "of a profile: the least size of text in the body; 12pt when left out", kMinimumType)},
       {{"include", Times::Any}, {"define", Times::Any}, {"change", Times::Any}, {"color", Times::Any}, {"page", Times::Any}, {"sheet", Times::Optional}, {"fit", Times::Optional}, {"envelope", Times::Optional}, {"style", Times::Any}, {"body", Times::Optional}}},
      {"part", "what several layouts share, for <include>: items, or what stands directly in a layout",
       {custom_rule("id", Need::Required, "its name", name_form("letters, digits, '-' and '_', a letter first")), {"title", ValueType::Text, Need::Required, "what it is for, in one line"}},
       {{"include", Times::Any}, {"define", Times::Any}, {"color", Times::Any}, {"page", Times::Any}, {"sheet", Times::Optional}, {"fit", Times::Optional}, {"envelope", Times::Optional}, {"style", Times::Any}, {"@items", Times::Any}}},
      {"include", "puts the content of a part in its place", {custom_rule("href", Need::Required, "the part's file, beside the one that includes it", path_form())}},
      {"define", "a value with a name: $name or ${name} stands for it in attributes; the nearest layout's counts",
       {custom_rule("name", Need::Required, "the name", name_form("letters, digits, '-' and '_', a letter first")), custom_rule("value", Need::Required, "the value; it may hold other variables", variables_form())}},
      {"change", "changes what the layout inherits, in the body, in headers, footers and regions",
       {{"id", ValueType::IdRef, Need::Required, "id of what is changed"},
        {"where", ValueType::Token, Need::Optional, "where its items come to stand; replace (when left out): in its place; before: before it; after: behind it; start: at the start of what it holds; end: at the end of what it holds; remove: it is taken away", {"replace", "before", "after", "start", "end", "remove"}}},
       {{"@items", Times::Any}, {"cell", Times::Any}}},
      {"color", "a colour with a name, for styles",
       {custom_rule("name", Need::Required, "the name", name_form("letters, digits, '-' and '_', a letter first")), custom_rule("value", Need::Required, "#rrggbb or #rgb", hex_color_form())}},
      {"page", "paper, margins and what stands on each page",
       {{"on", ValueType::Token, Need::Optional, "the pages that it is for, all when left out; what comes later here counts more: all, rest (all but the first), left, right, recto, verso (odd and even pages, whichever hand they are), first, last, only (the one of a handout of one page), blank", {"all", "rest", "left", "right", "recto", "verso", "first", "last", "only", "blank"}},
        custom_rule("size", Need::Optional, "auto (A4 or Letter by region), A4, Letter, A5, or width and height", paper_size_form("auto|A4|Letter|A5")),
        custom_rule("margin", Need::Optional, "1 to 4 lengths: top, end, bottom, start", lengths_form(kPageLength, 1, 4)),
        length_rule("side", "width of the column beside the text, at the start; 0: none", kPageLength),
        length_rule("side-gap", "room between that column and the text", kPageLength),
        {"duplex", ValueType::Token, Need::Optional, "yes: printed on both sides", {"yes", "no"}},
        custom_rule("tray", Need::Optional, "the printer's tray that these pages' paper lies in, by the print room's name for it: a hint that goes into the job ticket", name_form("letters, digits, '-' and '_', a letter first"))},
       {{"header", Times::Optional}, {"footer", Times::Optional}, {"region", Times::Any}, {"omr-marks", Times::Optional}, {"sheet-code", Times::Optional}, {"sheet-text", Times::Optional}},
       TextContent::None, Order::Any, {"layout", "part"}},
      {"header", "what stands at the top of pages", {length_rule("gap", "room between it and the text", kPageLength)}, {{"@items", Times::Any}}},
      {"footer", "what stands at the foot of pages", {length_rule("gap", "room between it and the text", kPageLength)}, {{"@items", Times::Any}}},
      {"region", "a box at a place of the page, which no text flows round: an address in its window, fold marks",
       {custom_rule("name", Need::Required, "its name; a later layout's region of the same name takes its place", name_form("letters, digits, '-' and '_', a letter first")),
        length_rule("top", "from the paper's upper edge to the box", kPlace),
        length_rule("bottom", "from the paper's lower edge", kPlace),
        length_rule("left", "from the paper's left edge", kPlace),
        length_rule("right", "from the paper's right edge", kPlace),
        length_rule("start", "from the edge where lines start", kPlace),
        length_rule("end", "from the edge where lines end", kPlace),
        length_rule("width", "its width", kSide),
        length_rule("height", "its height", kSide),
        {"align", ValueType::Token, Need::Optional, "where its content stands; top when left out", {"top", "middle", "bottom"}},
        {"content", ValueType::Token, Need::Optional, "yes: screen readers read it, before the body; no: it is decoration", {"yes", "no"}},
        custom_rule("class", Need::Optional, "names for styles to select by, separated by spaces", names_form("names, with spaces between them"))},
       {{"@items", Times::Any}}},
      {"sheet", "paper that is cut or folded: pages are its panels",
       {{"fold", ValueType::Token, Need::Required, "how it is folded", {"booklet", "tri-fold", "z-fold", "half-fold", "two-up"}},
        custom_rule("size", Need::Optional, "auto (A4 or Letter by region), A4, Letter, A3, or width and height", paper_size_form("auto|A4|Letter|A3")),
        {"marks", ValueType::Token, Need::Optional, "yes: with marks where it is folded and cut", {"yes", "no"}}}},
      {"envelope", "the window envelope of a letter: nothing but the addresses may show in its windows, wherever the sheets lie in it, and nothing else may stand in the regions named here",
       {custom_rule("type", Need::Required, "id of the envelope in content/postal/envelopes.xml", name_form("the id of an envelope")),
        custom_rule("folds", Need::Optional, "where the sheets are folded, from their upper edge; left out: they are not", lengths_form(kPaperLength, 1, 2)),
        {"folded", ValueType::Token, Need::Optional, "how they are folded behind the first panel; z (when left out): to and fro; c: the last panel between the others", {"z", "c"}},
        custom_rule("address", Need::Required, "the region with the address", name_form("the name of a region")),
        custom_rule("return", Need::Optional, "the region with the sender's address", name_form("the name of a region")),
        custom_rule("code", Need::Optional, "the region with the post's code, which shows beside the address", name_form("the name of a region"))}},
      {"fit", "so many pages or sheets, and what may give for that",
       {{"pages", ValueType::Integer, Need::Optional, "how many pages", {}, 1, kMostPages},
        {"sheets", ValueType::Integer, Need::Optional, "how many sheets of paper", {}, 1, kMostPages},
        custom_rule("type", Need::Optional, "least share of the type size, 40% to 100%; never below the profile's minimum", share_form()),
        custom_rule("space", Need::Optional, "least share of the room between blocks, 40% to 100%", share_form()),
        custom_rule("margin", Need::Optional, "least share of the page's margins, 40% to 100%", share_form()),
        custom_rule("profiles", Need::Optional, "the profiles in which it counts, separated by spaces; all when left out", names_form("names of profiles, with spaces between them"))}},
      {"body", "what the handout is made of, from top to bottom", {}, {{"@items", Times::AtLeastOne}}},
  };
}

}  // namespace handout::layouts
