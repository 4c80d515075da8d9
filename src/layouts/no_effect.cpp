#include "layouts/no_effect.h"

#include <algorithm>
#include <initializer_list>

#include "layouts/properties.h"

namespace handout::layouts {
namespace {

bool is_one_of(std::string_view element, std::initializer_list<std::string_view> names) { return std::find(names.begin(), names.end(), element) != names.end(); }
bool is_one_of(Property property, std::initializer_list<Property> properties) { return std::find(properties.begin(), properties.end(), property) != properties.end(); }

// Parts of a line.
bool is_inline(std::string_view element) { return is_one_of(element, {"strong", "em", "sup", "sub", "term", "q", "a", "cite", "field", "measure", "span", "phrase", "page", "pages", "section-title", "page-of", "page-reference", "leader"}); }

// What letters have, rather than lines or boxes.
bool is_of_letters(Property property) {
  return is_one_of(property, {Property::FontFamily, Property::FontSize, Property::FontWeight, Property::FontStyle, Property::FontFeatures, Property::Color, Property::LetterSpacing, Property::TextDecoration, Property::FontVariant,
                              Property::TextEmphasis, Property::VerticalAlign, Property::Display});
}

// Properties of one kind of element, and where they count.
struct Only { Property property; std::initializer_list<std::string_view> elements; std::string_view hint; };
const Only kOnly[] = {
    {Property::HeadRule, {"table"}, "set it on table"},
    {Property::HeadBackground, {"table"}, "set it on table"},
    {Property::Zebra, {"table"}, "set it on table"},
    {Property::ColumnWidths, {"table"}, "set it on table"},
    {Property::BorderCollapse, {"table"}, "set it on table"},
    {Property::TableForm, {"table"}, "set it on table"},
    {Property::RowRule, {"table", "lines", "question"}, "set it on table, or on lines to write on"},
    {Property::LineDistance, {"lines", "question"}, "set it on lines"},
    {Property::Labels, {"figure"}, "set it on figure"},
    {Property::Footnote, {"cite"}, "set it on cite"},
    {Property::Height, {"picture"}, "it is for picture; figures take width, boxes min-height"},
    {Property::Icon, {"callout", "box"}, "set it on callout, or on box"},
};

constexpr std::string_view kInlineHint = "it is for blocks: set it on what holds the words, such as p, li or text", kRowHint = "set it on th and td, or on table", kRootHint = "it is not inherited: set it on the elements that should have it",
                           kCellHint = "padding gives a cell room; what stands around tables is set on table", kLabelHint = "a label stands at its place in the picture; font and colour are its own", kDisplayHint = "leave it out of the body, or take it with <leave>";

std::string_view of_rows(Property property, std::string_view element) {
  if (element == "tr" && is_one_of(property, {Property::KeepWithNext, Property::KeepWithPrevious})) return {};
  if (element == "tbody" && property == Property::KeepTogether) return {};
  // Collapsed borders.
  if (is_one_of(property, {Property::BorderTop, Property::BorderEnd, Property::BorderBottom, Property::BorderStart})) return {};
  if (is_one_of(property, {Property::BreakBefore, Property::BreakAfter})) return "where rows break is said by keep-with-next on tr and keep-together on tbody";
  return property == Property::KeepTogether ? "rows stay whole where they fit; set it on tbody for a group of rows" : kRowHint;
}

}  // namespace

std::string why_no_effect(Property property, std::string_view element) {
  for (const Only& only : kOnly) {
    if (only.property == property) return std::string(is_one_of(element, only.elements) ? std::string_view() : only.hint);
  }
  const bool inherited = form_of(property).rule.inherited;
  if (is_inline(element)) {
    const bool counts = is_of_letters(property) || (element == "a" && property == Property::PageReference);
    return std::string(counts ? std::string_view() : kInlineHint);
  }
  if (property == Property::Display) return std::string(is_one_of(element, {"handout", "header", "footer", "body", "region", "cell", "li", "thead", "tbody", "tr", "th", "td", "references", "reference"}) ? kDisplayHint : std::string_view());
  if (inherited || property == Property::VerticalAlign || property == Property::TextDecoration) return {};
  if (element == "handout") return std::string(kRootHint);
  if (is_one_of(element, {"thead", "tbody", "tr"})) return std::string(of_rows(property, element));
  if (element == "label") return std::string(kLabelHint);
  const bool around = is_one_of(property, {Property::SpaceBefore, Property::SpaceAfter, Property::BreakBefore, Property::BreakAfter, Property::Float, Property::Clear});
  if (around && is_one_of(element, {"th", "td", "cell"})) return std::string(kCellHint);
  return {};
}

}  // namespace handout::layouts
