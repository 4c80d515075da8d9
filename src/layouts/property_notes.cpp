#include "layouts/property_notes.h"

#include <algorithm>
#include <iterator>

namespace handout::layouts {
namespace {

constexpr std::string_view kText = "every text", kParagraphs = "every paragraph", kBlocks = "every block", kJustified = "justified paragraphs", kLists = "lists", kTables = "tables";
constexpr std::string_view kDecorated = "blocks with a border or a background", kColumns = "blocks in columns";

// In the order of properties.cpp, then the shorthands. Initial values are those of compose/cascade.h.
constexpr PropertyNote kNotes[] = {
    {"font-family", "(the default of fonts.xml)", kText, "title", "Noto Serif"},
    {"font-size", "12pt", kText, "handout", "11pt"},
    {"font-weight", "regular", kText, "title", "bold"},
    {"font-style", "normal", kText, "em", "italic"},
    {"font-features", "none", kText, "td", "tnum"},
    {"color", "#000000", kText, "title", "#0b6078"},
    {"letter-spacing", "0", kText, "th", "0.02em"},
    {"text-decoration", "none", "inline elements", "a", "underline"},
    {"line-height", "(4/3 of the font size)", kParagraphs, "handout", "1.4"},
    {"text-align", "start", kParagraphs, "text.imprint", "center"},
    {"text-wrap", "total", kParagraphs, "title", "balance"},
    {"hyphenate", "auto", kParagraphs, "title", "no"},
    {"hyphenate-limits", "5 2 3", kParagraphs, "handout", "6 3 3"},
    {"text-justify", "auto", kJustified, "handout", "inter-word"},
    {"word-space", "70% 150%", kJustified, "p", "80% 140%"},
    {"letter-space", "0% 2%", kJustified, "p", "0% 1%"},
    {"glyph-scale", "98% 102%", kJustified, "p", "99% 101%"},
    {"hanging-punctuation", "no", kParagraphs, "handout", "yes"},
    {"margin-kerning", "no", kParagraphs, "handout", "yes"},
    {"line-break", "auto", kParagraphs, "handout", "strict"},
    {"word-break", "auto", kParagraphs, "handout", "keep-all"},
    {"text-autospace", "normal", kParagraphs, "handout", "none"},
    {"text-spacing-trim", "normal", kParagraphs, "handout", "none"},
    {"font-variant", "normal", kText, "th", "small-caps"},
    {"text-emphasis", "none", kText, "em", "dot"},
    {"line-grid", "none", kParagraphs, "handout", "unit"},
    {"marker", "(the list's own: disc, number or check)", kLists, "ul", "dash"},
    {"page-reference", "no", "links to places of the handout", "a", "yes"},
    {"background", "none", kBlocks, "callout", "#eaf4f6"},
    {"space-before", "0", kBlocks, "section", "4u"},
    {"space-after", "0", kBlocks, "p", "2u"},
    {"margin-start", "0", kBlocks, "dd", "6u"},
    {"margin-end", "0", kBlocks, "callout", "4mm"},
    {"padding-top", "0", kBlocks, "callout", "3u"},
    {"padding-end", "0", kBlocks, "callout", "3u"},
    {"padding-bottom", "0", kBlocks, "callout", "3u"},
    {"padding-start", "0", kBlocks, "callout", "3u"},
    {"border-top", "none", kBlocks, "footer", "0.5pt #9db4bd"},
    {"border-end", "none", kBlocks, "callout", "1pt #9db4bd"},
    {"border-bottom", "none", kBlocks, "header", "0.5pt #9db4bd"},
    {"border-start", "none", kBlocks, "callout[kind=urgent]", "3pt #a3231c"},
    {"border-radius", "0", kDecorated, "callout", "1u"},
    {"min-height", "0", kBlocks, "box.stamp", "30mm"},
    {"keep-together", "auto", kBlocks, "callout", "always"},
    {"keep-with-next", "auto", kBlocks, "section > title", "always"},
    {"keep-with-previous", "auto", kBlocks, "figcaption", "always"},
    {"break-before", "auto", kBlocks, "references", "page"},
    {"break-after", "auto", kBlocks, "summary", "page"},
    {"widows", "2", kParagraphs, "p", "3"},
    {"orphans", "2", kParagraphs, "p", "3"},
    {"box-break", "slice", kDecorated, "callout", "clone"},
    {"column", "text", kBlocks, "section > title", "side"},
    {"column-span", "none", kColumns, "title", "all"},
    {"float", "none", kBlocks, "figure", "top"},
    {"clear", "none", kBlocks, "section", "both"},
    {"width", "auto", "pictures and boxes", "figure", "60%"},
    {"height", "auto", "pictures", "picture", "15mm"},
    {"label-width", "(what the widest mark needs)", kLists, "ol", "6u"},
    {"label-gap", "0", kLists, "ol", "2u"},
    {"icon", "none", "callouts", "callout[kind=tip]", "none"},
    {"line-distance", "24pt", "ruled lines to write on", "lines", "8mm"},
    {"row-rule", "none", "tables, and ruled lines to write on", "table", "0.5pt #9db4bd"},
    {"head-rule", "none", kTables, "table", "1pt #0b6078"},
    {"head-background", "none", kTables, "table", "#eaf4f6"},
    {"zebra", "none", kTables, "table", "#f4f7f8"},
    {"display", "block", kBlocks, "figcaption", "none"},
    {"column-count", "1", "blocks that hold blocks", "notice", "2"},
    {"column-gap", "0", "blocks that hold blocks", "notice", "4u"},
    {"column-rule", "none", "blocks in columns, and tables", "body", "0.5pt #9db4bd"},
    {"column-fill", "balance", kColumns, "body", "auto"},
    {"column-widths", "auto", kTables, "table", "auto 2fr 1fr"},
    {"border-collapse", "separate", kTables, "table", "collapse"},
    {"vertical-align", "baseline", "inline elements and cells of tables", "sup", "super"},
    {"initial-letter", "none", kParagraphs, "summary", "3"},
    {"footnote", "no", "cite", "cite", "yes"},
    {"labels", "inline", "figures", "figure", "auto"},
    {"table-form", "rows", kTables, "table", "stacked"},
    {"space", "0", kBlocks, "section", "4u 2u"},
    {"padding", "0", kBlocks, "callout", "3u 4u"},
    {"border", "none", kBlocks, "box.note", "1pt #0b6078"},
};

}  // namespace

const PropertyNote* find_note(std::string_view property) {
  const auto* found = std::find_if(std::begin(kNotes), std::end(kNotes), [property](const PropertyNote& each) { return each.name == property; });
  return found == std::end(kNotes) ? nullptr : found;
}

}  // namespace handout::layouts
