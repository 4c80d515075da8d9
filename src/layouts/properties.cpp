#include "layouts/properties.h"

#include <algorithm>

#include "base/expects.h"

namespace handout::layouts {
namespace {

constexpr bool kInherited = true, kOwn = false;
constexpr std::uint8_t kUnit = static_cast<std::uint8_t>(Relative::Unit), kPercent = static_cast<std::uint8_t>(Relative::Percent);
constexpr LengthRule kText{Sign::Positive, kPercent}, kShift{Sign::Any, 0}, kLine{Sign::Positive, kUnit};
// Beyond these a justified line is no longer even to the eye: words run together or fall apart, letters look stretched.
constexpr RangeRule kWordSpace{0.5, 1, 3}, kLetterSpace{-0.05, 0, 0.1}, kGlyphScale{0.9, 1, 1.1};
constexpr LengthRule kBox{Sign::NotNegative, kUnit}, kMargin{Sign::Any, kUnit}, kWriting{Sign::Positive, kUnit}, kExtent{Sign::Positive, kUnit | kPercent}, kTrack{Sign::Positive, kUnit | kPercent | static_cast<std::uint8_t>(Relative::Fraction)}, kBorder{Sign::Positive, 0};

std::vector<PropertyForm> text_properties() {
  return {
      {{Property::FontFamily, "font-family", kInherited, "family", "family of the letters, as fonts.xml names it"}, Form::Family},
      {{Property::FontSize, "font-size", kInherited, "length or %", "size of the letters; em and % count from the element around"}, Form::Length, kText},
      {{Property::FontWeight, "font-weight", kInherited, "regular|bold|100..900", "weight of the letters"}, Form::Weight},
      {{Property::FontStyle, "font-style", kInherited, "normal|italic", "slant of the letters"}, Form::Token},
      {{Property::FontFeatures, "font-features", kInherited, "OpenType features|none", "OpenType features such as tnum, -liga or ss01=1"}, Form::Features},
      {{Property::Color, "color", kInherited, "colour", "colour of the letters"}, Form::Color},
      {{Property::LetterSpacing, "letter-spacing", kInherited, "length", "room added after each letter; may be negative"}, Form::Length, kShift},
      {{Property::TextDecoration, "text-decoration", kOwn, "none|underline", "line under the words"}, Form::Token},
      {{Property::LineHeight, "line-height", kInherited, "number or length", "distance of baselines; a number counts from the font size"}, Form::LineHeight, kLine},
      {{Property::TextAlign, "text-align", kInherited, "start|end|center|justify|decimal", "where lines stand; decimal: in a table, numbers with their decimal marks below one another"}, Form::Token},
      {{Property::TextWrap, "text-wrap", kInherited, "total|balance", "how lines are broken: best over the paragraph, or all of even length"}, Form::Token},
  };
}

std::vector<PropertyForm> line_properties() {
  return {
      {{Property::Hyphenate, "hyphenate", kInherited, "no|auto|yes", "hyphens where lines end; no: only in words wider than their line; auto: also in languages of long compounds; yes: wherever they make better lines"}, Form::Token},
      {{Property::HyphenateLimits, "hyphenate-limits", kInherited, "3 whole numbers of 1 to 99", "least characters of a word with a hyphen, before the hyphen and behind it, such as 5 2 3"}, Form::Limits},
      {{Property::TextJustify, "text-justify", kInherited, "auto|inter-word|inter-character|kashida", "what a justified line opens: spaces between words, between characters too, or the joins of Arabic letters; auto: by script"}, Form::Token},
      {{Property::WordSpace, "word-space", kInherited, "2 percentages: 50% to 100%, then 100% to 300%", "least and most width of a space in a justified line, of its own"}, Form::Range, {}, kWordSpace},
      {{Property::LetterSpace, "letter-space", kInherited, "2 percentages: -5% to 0%, then 0% to 10%", "least and most room that a justified line adds after each letter, of the font size"}, Form::Range, {}, kLetterSpace},
      {{Property::GlyphScale, "glyph-scale", kInherited, "2 percentages: 90% to 100%, then 100% to 110%", "least and most width of the letters in a justified line, of their own"}, Form::Range, {}, kGlyphScale},
      {{Property::HangingPunctuation, "hanging-punctuation", kInherited, "no|yes", "yes: stops and quotation marks stand outside the edges of the text"}, Form::Token},
      {{Property::MarginKerning, "margin-kerning", kInherited, "no|yes", "yes: letters and marks that would make the edge look ragged stand a little outside it"}, Form::Token},
      {{Property::LineBreak, "line-break", kInherited, "auto|loose|normal|strict", "how strictly Chinese and Japanese marks are kept from the start and the end of lines; auto: as the language has it"}, Form::Token},
      {{Property::WordBreak, "word-break", kInherited, "auto|normal|keep-all|break-all", "where lines end in words: auto: Korean words stay whole; keep-all: those of Chinese and Japanese as well; break-all: anywhere"}, Form::Token},
      {{Property::TextAutospace, "text-autospace", kInherited, "normal|none", "normal: a little room between Chinese or Japanese characters and letters or digits"}, Form::Token},
      {{Property::TextSpacingTrim, "text-spacing-trim", kInherited, "normal|none", "normal: full-width marks give up their empty half beside another and at the ends of lines"}, Form::Token},
      {{Property::FontVariant, "font-variant", kInherited, "normal|small-caps", "small capitals, where the face has them"}, Form::Token},
      {{Property::TextEmphasis, "text-emphasis", kInherited, "none|dot|sesame|circle", "mark beside each character, for emphasis in Chinese, Japanese and Korean"}, Form::Token},
      {{Property::LineGrid, "line-grid", kInherited, "none|unit", "unit: a line that needs more room grows by whole steps of u, so that the lines after it stay on the grid"}, Form::Token},
      {{Property::Marker, "marker", kInherited, "disc|dash|square|circle|number|lower-alpha|upper-alpha|lower-roman|upper-roman|native|check|none, or characters in quotes", "mark before the items of a list; number and native count as the language does"}, Form::Marker},
      {{Property::PageReference, "page-reference", kInherited, "no|yes", "yes: a link to a place of the handout is followed by the number of its page"}, Form::Token},
  };
}

std::vector<PropertyForm> box_properties() {
  return {
      {{Property::Background, "background", kOwn, "colour|none", "colour behind the box"}, Form::ColorOrNone},
      {{Property::SpaceBefore, "space-before", kOwn, "length", "room above; between neighbours the larger counts"}, Form::Length, kBox},
      {{Property::SpaceAfter, "space-after", kOwn, "length", "room below"}, Form::Length, kBox},
      {{Property::MarginStart, "margin-start", kOwn, "length", "indent at the side where lines start"}, Form::Length, kMargin},
      {{Property::MarginEnd, "margin-end", kOwn, "length", "indent at the side where lines end"}, Form::Length, kMargin},
      {{Property::PaddingTop, "padding-top", kOwn, "length", "room inside the border, above"}, Form::Length, kBox},
      {{Property::PaddingEnd, "padding-end", kOwn, "length", "room inside the border, where lines end"}, Form::Length, kBox},
      {{Property::PaddingBottom, "padding-bottom", kOwn, "length", "room inside the border, below"}, Form::Length, kBox},
      {{Property::PaddingStart, "padding-start", kOwn, "length", "room inside the border, where lines start"}, Form::Length, kBox},
      {{Property::BorderTop, "border-top", kOwn, "length colour|none", "line above"}, Form::Border, kBorder},
      {{Property::BorderEnd, "border-end", kOwn, "length colour|none", "line at the side where lines end"}, Form::Border, kBorder},
      {{Property::BorderBottom, "border-bottom", kOwn, "length colour|none", "line below"}, Form::Border, kBorder},
      {{Property::BorderStart, "border-start", kOwn, "length colour|none", "line at the side where lines start"}, Form::Border, kBorder},
      {{Property::BorderRadius, "border-radius", kOwn, "length", "radius of the corners"}, Form::Length, kBox},
      {{Property::MinHeight, "min-height", kOwn, "length", "least height of the box"}, Form::Length, kBox},
      {{Property::KeepTogether, "keep-together", kOwn, "auto|1..9|always", "not broken over columns and pages where it fits; what is weaker gives way first"}, Form::Keep},
      {{Property::KeepWithNext, "keep-with-next", kOwn, "auto|1..9|always", "on the page of what follows"}, Form::Keep},
      {{Property::KeepWithPrevious, "keep-with-previous", kOwn, "auto|1..9|always", "on the page of what stands before"}, Form::Keep},
      {{Property::BreakBefore, "break-before", kOwn, "auto|column|page|recto|verso", "starts a column, a page, a right-hand (odd) or a left-hand (even) page"}, Form::Token},
      {{Property::BreakAfter, "break-after", kOwn, "auto|column|page|recto|verso", "what follows starts a column or a page"}, Form::Token},
      {{Property::Widows, "widows", kOwn, "whole number", "least number of lines at the top of a page"}, Form::Count},
      {{Property::Orphans, "orphans", kOwn, "whole number", "least number of lines at the foot of a page"}, Form::Count},
      {{Property::BoxBreak, "box-break", kOwn, "slice|clone", "a box that goes on on another page: slice: open at the break; clone: with border, padding and corners on both parts"}, Form::Token},
  };
}

std::vector<PropertyForm> special_properties() {
  return {
      {{Property::Column, "column", kOwn, "text|side|full", "beside the text, in it, or over both"}, Form::Token},
      {{Property::ColumnSpan, "column-span", kOwn, "none|all", "all: over all the columns that it stands in, unless it is in a box with a border or a background; such a box spans as a whole"}, Form::Token},
      {{Property::Float, "float", kOwn, "none|top|bottom|start|end", "top, bottom: moves to that end of this page or the next; start, end: stands at that side and text runs round it"}, Form::Token},
      {{Property::Clear, "clear", kOwn, "none|both", "both: starts below what floats at the sides"}, Form::Token},
      {{Property::Width, "width", kOwn, "length or %|auto", "width of a picture, or of a box; % of the room there is"}, Form::LengthOrAuto, kExtent},
      {{Property::Height, "height", kOwn, "length|auto", "height of a picture"}, Form::LengthOrAuto, kWriting},
      {{Property::LabelWidth, "label-width", kOwn, "length", "room for the marks of a list"}, Form::Length, kBox},
      {{Property::LabelGap, "label-gap", kOwn, "length", "room between a mark and its item"}, Form::Length, kBox},
      {{Property::Icon, "icon", kOwn, "path|none", "picture at the start of a callout, beside the layout"}, Form::Icon},
      {{Property::LineDistance, "line-distance", kOwn, "length", "distance of ruled lines to write on"}, Form::Length, kWriting},
      {{Property::RowRule, "row-rule", kOwn, "length colour|none", "line between the rows of a table, or to write on"}, Form::Border, kBorder},
      {{Property::HeadRule, "head-rule", kOwn, "length colour|none", "line below the head of a table"}, Form::Border, kBorder},
      {{Property::HeadBackground, "head-background", kOwn, "colour|none", "colour behind the head of a table"}, Form::ColorOrNone},
      {{Property::Zebra, "zebra", kOwn, "colour|none", "colour behind every second row of a table"}, Form::ColorOrNone},
      {{Property::Display, "display", kOwn, "block|none", "none: left out"}, Form::Token},
      {{Property::ColumnCount, "column-count", kOwn, "whole number", "what is inside stands in so many columns of about the same height"}, Form::Count},
      {{Property::ColumnGap, "column-gap", kOwn, "length", "room between these columns"}, Form::Length, kBox},
      {{Property::ColumnRule, "column-rule", kOwn, "length colour|none", "line between columns, of text or of a table"}, Form::Border, kBorder},
      {{Property::ColumnFill, "column-fill", kOwn, "balance|auto", "balance: columns of about the same height; auto: one after the other is filled"}, Form::Token},
      {{Property::ColumnWidths, "column-widths", kOwn, "auto, lengths, % or shares (1fr), one for each column", "widths of the columns of a table; the last one counts for those that have none"}, Form::Tracks, kTrack},
      {{Property::BorderCollapse, "border-collapse", kOwn, "separate|collapse", "collapse: neighbouring cells of a table share a border, the wider one"}, Form::Token},
      {{Property::VerticalAlign, "vertical-align", kOwn, "baseline|super|sub|top|middle|bottom", "raised or lowered letters; where the content of a table's cell stands"}, Form::Token},
      {{Property::InitialLetter, "initial-letter", kOwn, "whole number from 2 to 9|none", "lines over which the first letter of a paragraph is set"}, Form::CountOrNone},
      {{Property::Footnote, "footnote", kOwn, "no|yes", "yes, of cite: the source is printed at the foot of the first page that names it"}, Form::Token},
      {{Property::Labels, "labels", kOwn, "inline|legend|auto", "labels of a picture: at their places, or as a numbered list under it; auto: at their places where they fit"}, Form::Token},
      {{Property::TableForm, "table-form", kOwn, "rows|stacked", "stacked: each row of a table is a block, each cell with the heading of its column"}, Form::Token},
  };
}

std::vector<PropertyForm> make_forms() {
  std::vector<PropertyForm> forms = text_properties();
  for (PropertyForm& form : line_properties()) forms.push_back(form);
  for (PropertyForm& form : box_properties()) forms.push_back(form);
  for (PropertyForm& form : special_properties()) forms.push_back(form);
  for (std::size_t i = 0; i < forms.size(); ++i) ENSURES(static_cast<std::size_t>(forms[i].rule.property) == i);
  return forms;
}

std::vector<PropertyRule> make_rules() {
  std::vector<PropertyRule> rules;
  for (const PropertyForm& form : property_forms()) rules.push_back(form.rule);
  return rules;
}

}  // namespace

const std::vector<PropertyForm>& property_forms() {
  static const std::vector<PropertyForm> forms = make_forms();
  return forms;
}

const PropertyForm& form_of(Property property) { return property_forms()[static_cast<std::size_t>(property)]; }

const std::vector<PropertyRule>& property_rules() {
  static const std::vector<PropertyRule> rules = make_rules();
  return rules;
}

const std::vector<Shorthand>& shorthands() {
  static const std::vector<Shorthand> table = {
      {"space", "1 or 2 lengths", "room above and below", {Property::SpaceBefore, Property::SpaceAfter}},
      {"padding", "1 to 4 lengths", "room inside the border: top, end, bottom, start", {Property::PaddingTop, Property::PaddingEnd, Property::PaddingBottom, Property::PaddingStart}},
      {"border", "length colour|none", "lines on all four sides", {Property::BorderTop, Property::BorderEnd, Property::BorderBottom, Property::BorderStart}},
  };
  return table;
}

std::vector<std::string_view> choices_of(const PropertyRule& rule) {
  std::vector<std::string_view> choices;
  for (std::string_view rest = rule.values; !rest.empty();) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    choices.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return choices;
}

}  // namespace handout::layouts
