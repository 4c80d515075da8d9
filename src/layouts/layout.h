#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
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
  FontVariant, TextEmphasis, LineGrid,
  Marker, PageReference,  // so far inherited, but for decoration
  Background, SpaceBefore, SpaceAfter, MarginStart, MarginEnd, PaddingTop, PaddingEnd, PaddingBottom, PaddingStart,
  BorderTop, BorderEnd, BorderBottom, BorderStart, BorderRadius, MinHeight,
  KeepTogether, KeepWithNext, KeepWithPrevious, BreakBefore, BreakAfter, Widows, Orphans, BoxBreak,
  Column, ColumnSpan, Float, Clear, Width, Height, LabelWidth, LabelGap, Icon, LineDistance, RowRule, HeadRule, HeadBackground, Zebra, Display,
  ColumnCount, ColumnGap, ColumnRule, ColumnFill, ColumnWidths, BorderCollapse, VerticalAlign, InitialLetter, Footnote,
  Labels,    // of pictures: inline (at their places), legend (numbers, and a list under the picture), auto (inline where they fit)
  TableForm  // rows, or stacked: each row a block of its own, each cell with its column's heading
};

struct BorderValue { Dimension width; Color color; friend bool operator==(const BorderValue&, const BorderValue&) = default; };
struct RangeValue { double least = 0, most = 0; friend bool operator==(RangeValue, RangeValue) = default; };  // "80% 150%": 0.8 and 1.5
struct LimitsValue { int word = 0, before = 0, after = 0; friend bool operator==(LimitsValue, LimitsValue) = default; };  // hyphenate-limits
struct KeepValue { int strength = 0; friend bool operator==(KeepValue, KeepValue) = default; };  // keep-*: 1 to 9; 10 is always
// A column of a table: a length, a share (fr), or nothing for auto.
using TracksValue = std::vector<std::optional<Dimension>>;
struct NoValue { friend bool operator==(NoValue, NoValue) = default; };  // "none"
// Dimension; number (line-height, widows, font-weight: 400 for regular); colour; border; word (tokens, family names, font features, a marker's
// characters without their quotes, paths from LayoutDefinition::folder); range; limits; keep; tracks; "none".
using Value = std::variant<Dimension, double, Color, BorderValue, std::string, NoValue, RangeValue, LimitsValue, KeepValue, TracksValue>;

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
  std::vector<std::string> scripts;       // for-script="Arab Deva": only for text in these scripts; empty: all
  std::vector<std::string> locales;       // for-locale="es pt-BR": only for text in these languages (a tag takes what it is a prefix of); empty: all
  std::vector<Declaration> declarations;  // shorthands (padding, border, space) already opened
  int layer = 0;                          // 0: of a layout; 1: of a profile. Compared before specificity: a profile's rules win over every rule of a layout
  Span at;
};

// ---- what stands on the page ----

// Which pages: all; the first; all but the first; left-hand and right-hand ones (odd pages are right-hand; a right-to-left document's are left-hand);
// recto and verso (odd and even pages in either direction: what is mirrored about the fold); the last; blank ones that break-before makes; the only one. What is more special wins: all, rest, left and right, recto and verso, first, last, only, blank.
enum class PageOn : std::uint8_t { All, Rest, Left, Right, Recto, Verso, First, Last, Only, Blank };

struct Item;
using Items = std::vector<Item>;

// when="patient.language=es article.level!=short page-count>2": compares a field's plain value; < and > compare numbers and dates.
struct Test { enum class Relation : std::uint8_t { Is, IsNot, Less, More }; std::string field; Relation relation = Relation::Is; std::string value; };
// All empty: always. has: these fields all have a value; lacks: none of these has; when: all hold; locales and scripts: one is the document's
// (as in StyleRule); pages: in headers and footers, the page is one of these.
struct Shown {
  std::vector<std::string> has, lacks;
  std::vector<Test> when;
  std::vector<std::string> locales, scripts;
  std::vector<PageOn> pages;
};

// Takes article content not taken yet: by element name ("section"), "#id", ".class", or "*" (all that is left).
// Sections: also what stands inside sections, out of which it is taken. Leave: what it takes is not printed, on purpose.
enum class SlotUse : std::uint8_t { Print, Leave };
enum class SlotReach : std::uint8_t { Article, Sections };
struct Slot { std::vector<std::string> select, except; SlotUse use = SlotUse::Print; SlotReach reach = SlotReach::Article; std::size_t most = std::numeric_limits<std::size_t>::max(); };
struct Box { Items items; };
struct RowCell { std::optional<Dimension> width; std::string align; Items items; std::vector<std::string> classes; Span at; std::string id; Shown shown; };  // width: nothing for "auto"; align: baseline (when left out), top, middle, bottom
struct Row { std::vector<RowCell> cells; Dimension gap; };
struct LiteralText { std::string text; };
struct FieldPart { std::string name, format; };
struct PhrasePart { std::string id; std::map<std::string, std::string> arguments; };  // argument -> field
enum class PagePart : std::uint8_t { Page, Pages, SectionTitle };
struct PageOfPart { std::string reference; };  // the number of the page on which the block with this id begins
// Fills what is left of the line; what follows stands at its end (XSL-FO 6.10.2).
struct LeaderPart { std::string pattern; std::optional<Dimension> minimum; };  // dots, rule, space
struct BreakPart {};
struct TextPart { std::variant<LiteralText, FieldPart, PhrasePart, PagePart, PageOfPart, LeaderPart, BreakPart> what; std::vector<std::string> classes; Shown shown; Span at; std::string id; };
struct TextItem { std::vector<TextPart> parts; int heading = 0; };  // heading 1..6: a heading of that level
struct PictureItem { std::string source, field, alt_phrase; std::optional<Dimension> width, height; };  // source beside the layout, or a picture field
struct RuleItem {};
struct LinesItem { int count = 1; };
struct NoticeItem { std::string id; };
// The titles of the sections, down to a depth, each with a leader and its page number, each a link.
struct ContentsItem { int levels = 1; };
// A barcode: of a field's value, or of a text that is the same for all. Its target is printed beside it, unless target is "none".
struct CodeItem { std::string kind, field, text, target, level; std::optional<Dimension> module, gap; };
// Its items once for each edition of the request, block beside aligned block; on a measure that leaves a column less than `least`, one above the other.
struct ParallelItem { Items items; Dimension gap; std::optional<Dimension> least; };

struct Item {
  std::string name;                 // element name, for selectors
  std::string id;
  std::vector<std::string> classes;
  Shown shown;
  Span at;
  std::variant<Slot, Box, Row, TextItem, PictureItem, RuleItem, LinesItem, NoticeItem, ContentsItem, CodeItem, ParallelItem> what;
};

// ---- pages ----

struct PageSize { bool automatic = true; Size size; };  // automatic: A4 or Letter by region
// A box at a place of the page that no text flows round: an address in its window, fold marks. Sides are the paper's or the language's; what is not given
// follows from the others. Content is tagged and read first; without it the region is an artifact.
struct Region {
  std::string name;
  std::optional<Dimension> top, bottom, left, right, start, end, width, height;
  std::string align;              // top (when left out), middle, bottom
  bool content = false;
  Items items;
  std::vector<std::string> classes;
  Span at;
};
// ---- marks for machines ----

// Where a mark stands on the sheet of paper: from one edge across and one edge down. Left and right are the paper's, since machines don't mirror with the language; start and end are the
// language's. `clear`: the room round it in which nothing else may stand.
struct MarkPlace { std::optional<Dimension> left, right, start, end, top, bottom, clear; };
// A word of marks="…": "benchmark", "sequence" with its number of bits; 0 where there are none.
struct OmrWord { std::string name; int bits = 0; };
// Bars that an inserting machine reads on each sheet. clear_ends: before the first and behind the last bar.
struct OmrMarksRule { MarkPlace place; std::vector<OmrWord> marks; std::optional<Dimension> pitch, length, width, clear_ends; Span at; };
// A code that tells one sheet from all others.
struct SheetCodeRule { MarkPlace place; std::string kind; std::optional<Dimension> module; Span at; };
// The same for eyes: a text with {job}, {piece}, {number}, {sheet} and {sheets} in it.
struct SheetTextRule { MarkPlace place; std::string text; std::optional<Dimension> size; Span at; };

struct PageRule {
  PageOn on = PageOn::All;
  std::optional<PageSize> size;
  std::optional<Dimension> margin_top, margin_end, margin_bottom, margin_start;
  std::optional<Dimension> side_width, side_gap;  // the side column; width 0: none
  std::optional<bool> duplex;
  std::optional<Items> header, footer;
  Dimension header_gap, footer_gap;
  std::vector<Region> regions;          // a later rule's region of the same name takes the earlier one's place
  std::string tray;                     // of the printer, a hint for who prints; "": nothing said
  // Only on rules for all pages; a later rule's takes the earlier one's place.
  std::optional<OmrMarksRule> omr_marks;
  std::optional<SheetCodeRule> sheet_code;
  std::optional<SheetTextRule> sheet_text;
  Span at;
};

// The paper when it is more than a page: panels that are cut or folded (display::Sheet says how they stand on it).
struct SheetRule { std::string fold; std::optional<PageSize> size; bool marks = false; Span at; };

// fit: what may give so that the handout has so many pages or sheets; each from its least share to 1.
struct FitRule {
  int pages = 0, sheets = 0;            // one of them; the other is 0
  double least_type = 1, least_space = 1, least_margin = 1;
  std::vector<std::string> profiles;    // the profiles that it is for; empty: all
  Span at;
};

// The window envelope (content/postal/envelopes.xml) that the first page is for, and how the sheets are folded: back behind the first panel, which shows; z: to and fro; c: the last panel between the others. What may show in its windows
// are the regions of these names.
enum class FoldedAs : std::uint8_t { Z, C };
struct EnvelopeRule {
  std::string name;
  std::vector<Length> folds;            // from the paper's upper edge; none to two
  FoldedAs folded = FoldedAs::Z;
  std::string address, return_address, code;  // regions; all but the first may be ""
  Span at;
};

// Which sections a layout prints where the request says nothing: all, or those of level short.
enum class ContentLevel : std::uint8_t { Full, Short };

struct LayoutDefinition {
  std::string id;
  std::string title;                    // one line for `handout list`
  std::vector<std::string> tried_in;    // tried-in="Latn Arab": scripts in which somebody looked at it
  std::vector<std::string> profiles;    // the profiles that it is for; empty: all
  ContentLevel level = ContentLevel::Full;  // the nearest layout's that says it
  std::vector<PageRule> pages;          // base first: later ones override what they set
  std::vector<StyleRule> styles;        // base first
  Items body;                           // the nearest layout's that has one
  std::map<std::string, Color, std::less<>> colors;
  std::optional<SheetRule> sheet;
  std::optional<FitRule> fit;
  std::optional<EnvelopeRule> envelope;
  Length minimum_type = 12_pt;          // least size of the body's text, as the profile has it
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
// Every item, those inside boxes, cells and parallels after the one that holds them.
void visit_items(const Items& items, const std::function<void(const Item&)>& visit);
// Where items stand: the body, headers, footers and regions.
std::vector<const Items*> all_items(const LayoutDefinition& layout);

bool matches(const Selector& selector, const std::vector<const ElementContext*>& path);

std::string dump(const LayoutDefinition& layout);
// As they may be written: "section > title", "3pt #a3231c"; lengths in the units that they were read in.
std::string to_text(const Selector& selector);
std::string to_text(const Value& value);

}  // namespace handout::layouts
