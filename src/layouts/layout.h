#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/color.h"
#include "base/diagnostics.h"
#include "base/geometry.h"
#include "xml/values.h"

// How a handout looks: a layout definition with what it extends merged in, valid, every node with its Span. Sides are logical (start, end).
namespace handout::layouts {

using xml::Dimension;

// ---- styles ----

// Names are XSL-FO's and CSS's where they have the thing (properties.cpp is the table, with inheritance and documentation).
enum class Property : std::uint8_t {
  FontFamily, FontSize, FontWeight, FontStyle, FontFeatures, Color, LetterSpacing, TextDecoration, LineHeight, TextAlign, TextWrap,
  Hyphenate, HyphenateLimits, TextJustify, WordSpace, LetterSpace, GlyphScale, HangingPunctuation, MarginKerning, LineBreak, WordBreak, TextAutospace, TextSpacingTrim,
  FontVariant, TextEmphasis, LineGrid,  // so far inherited, but for decoration
  Background, SpaceBefore, SpaceAfter, MarginStart, MarginEnd, PaddingTop, PaddingEnd, PaddingBottom, PaddingStart,
  BorderTop, BorderEnd, BorderBottom, BorderStart, BorderRadius, MinHeight,
  KeepTogether, KeepWithNext, BreakBefore, Widows, Orphans,
  Column, Width, Height, Marker, LabelWidth, LabelGap, Icon, LineDistance, RowRule, HeadRule, HeadBackground, Zebra, Display,
  ColumnCount, ColumnGap, VerticalAlign,
  Labels,    // of pictures: inline (at their places), legend (numbers, and a list under the picture), auto (inline where they fit)
  TableForm  // rows, or stacked: each row a block of its own, each cell with its column's heading
};

struct BorderValue { Dimension width; Color color; friend bool operator==(const BorderValue&, const BorderValue&) = default; };
struct RangeValue { double least = 0, most = 0; friend bool operator==(RangeValue, RangeValue) = default; };  // "80% 150%": 0.8 and 1.5
struct LimitsValue { int word = 0, before = 0, after = 0; friend bool operator==(LimitsValue, LimitsValue) = default; };  // hyphenate-limits
struct NoValue { friend bool operator==(NoValue, NoValue) = default; };  // "none"
// Dimension; number (line-height, widows, font-weight: 400 for regular); colour; border; word (tokens, family names, font features, a marker's
// characters without their quotes, paths from LayoutDefinition::folder); range; limits; "none".
using Value = std::variant<Dimension, double, Color, BorderValue, std::string, NoValue, RangeValue, LimitsValue>;

struct PropertyRule { Property property; std::string_view name; bool inherited; std::string_view values; std::string_view doc; };
const std::vector<PropertyRule>& property_rules();

// One compound of a selector: "callout[kind=urgent].wide#id"; element "" or "*" is any.
struct Compound {
  std::string element, id;
  std::vector<std::string> classes;
  std::vector<std::pair<std::string, std::string>> attributes;  // name, value
};
// Compounds from ancestor to subject ("section title": a title anywhere in a section; "section > title": a child).
struct Selector {
  std::vector<Compound> compounds;
  std::vector<bool> child;  // child[i]: compounds[i + 1] must be a child of compounds[i]
  // (ids, classes and attributes, elements), compared from the left; equal: the later rule wins.
  [[nodiscard]] std::array<int, 3> specificity() const;
};
struct Declaration { Property property; Value value; Span at; };
struct StyleRule {
  std::vector<Selector> selectors;
  std::vector<std::string> scripts;       // for-script="Arab Deva": only for documents in these scripts; empty: all
  std::vector<Declaration> declarations;  // shorthands (padding, border, space) already opened
  int layer = 0;                          // 0: of a layout; 1: of a profile. Compared before specificity: a profile's rules win over every rule of a layout
  Span at;
};

// ---- what stands on the page ----

struct Item;
using Items = std::vector<Item>;

// Both empty: always. has: these fields all have a value; lacks: none of these has.
struct Shown { std::vector<std::string> has, lacks; };

// Takes article content not taken yet: by element name ("section"), "#id", ".class", or "*" (all that is left).
struct Slot { std::vector<std::string> select, except; };
struct Box { Items items; };
struct RowCell { std::optional<Dimension> width; std::string align; Items items; std::vector<std::string> classes; Span at; std::string id; Shown shown; };  // width: nothing for "auto"; align: baseline (when left out), top, middle, bottom
struct Row { std::vector<RowCell> cells; Dimension gap; };
struct LiteralText { std::string text; };
struct FieldPart { std::string name, format; };
struct PhrasePart { std::string id; std::map<std::string, std::string> arguments; };  // argument -> field
enum class PagePart : std::uint8_t { Page, Pages, SectionTitle };
struct BreakPart {};
struct TextPart { std::variant<LiteralText, FieldPart, PhrasePart, PagePart, BreakPart> what; std::vector<std::string> classes; Shown shown; Span at; std::string id; };
struct TextItem { std::vector<TextPart> parts; int heading = 0; };  // heading 1..6: a heading of that level
struct PictureItem { std::string source, field, alt_phrase; std::optional<Dimension> width, height; };  // source beside the layout, or a picture field
struct RuleItem {};
struct LinesItem { int count = 1; };
struct NoticeItem { std::string id; };

struct Item {
  std::string name;                 // element name, for selectors
  std::string id;
  std::vector<std::string> classes;
  Shown shown;
  Span at;
  std::variant<Slot, Box, Row, TextItem, PictureItem, RuleItem, LinesItem, NoticeItem> what;
};

// ---- pages ----

enum class PageOn : std::uint8_t { All, First, Rest };
struct PageSize { bool automatic = true; Size size; };  // automatic: A4 or Letter by region
struct PageRule {
  PageOn on = PageOn::All;
  std::optional<PageSize> size;
  std::optional<Dimension> margin_top, margin_end, margin_bottom, margin_start;
  std::optional<Dimension> side_width, side_gap;  // the side column; width 0: none
  std::optional<bool> duplex;
  std::optional<Items> header, footer;
  Dimension header_gap, footer_gap;
  Span at;
};

struct LayoutDefinition {
  std::string id;
  std::string title;                    // one line for `handout list`
  std::vector<PageRule> pages;          // base first: later ones override what they set
  std::vector<StyleRule> styles;        // base first
  Items body;                           // the nearest layout's that has one
  std::map<std::string, Color, std::less<>> colors;
  std::filesystem::path folder;         // where src and icon paths start
  std::string digest;                   // SHA-256 over the files that it was read from
  Span at;
};

// Reads layouts/<name>.xml, or a path (a name with '/' or ".xml"), with what it extends (beside the file, else in `layouts`; at most 8 deep, no circle), then lays `profiles/<profile>.xml` over it (a <layout> with page and style
// elements only; profile "": none). Every fault is told.
Result<LayoutDefinition> read_layout(const std::filesystem::path& layouts, std::string_view name, std::string_view profile, Diagnostics& diags);

// The same from a text in memory and without a profile; what it extends is looked for in `folder`. Without a folder nobody looks whether pictures
// and icons are there, and `extends` is a fault.
Result<LayoutDefinition> parse_layout(std::string_view xml, std::string_view shown, const std::filesystem::path& folder, Diagnostics& diags);

// The layouts in the folder (those that have a body, through what they extend), sorted by id, with their titles.
struct LayoutEntry { std::string id, title; std::filesystem::path path; };
std::vector<LayoutEntry> list_layouts(const std::filesystem::path& layouts, Diagnostics& diags);
std::vector<std::string> list_profiles(const std::filesystem::path& layouts);

// Where an element of a document stands, for matching: from the root to the element itself.
struct ElementContext {
  std::string_view element, id;
  const std::vector<std::string>* classes = nullptr;
  std::vector<std::pair<std::string_view, std::string_view>> attributes;
};
bool matches(const Selector& selector, const std::vector<const ElementContext*>& path);

std::string dump(const LayoutDefinition& layout);

}  // namespace handout::layouts
