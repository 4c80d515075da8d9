#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/color.h"
#include "base/geometry.h"
#include "base/span.h"
#include "display/display.h"
#include "fonts/fonts.h"
#include "images/picture.h"
#include "unicode/breaking.h"
#include "unicode/locale.h"

// The document with every style resolved: text in logical order with its language, no content slot left, start and end made left and right.
namespace handout::styled {

// ---- text ----

enum class Decoration : std::uint8_t { None, Underline };

// Marks beside each character: emphasis where a script has no italic (CSS Text Decoration 3, section 3). Over the characters, in Chinese under them.
enum class EmphasisMark : std::uint8_t { None, Dot, Sesame, Circle };

struct TextStyle {
  std::string family;             // "" is the catalogue's default
  Length size;
  int weight = 400;
  fonts::Slant slant = fonts::Slant::Upright;
  Color color;
  Length baseline_shift;          // up is positive: superscripts
  Length letter_spacing;
  Decoration decoration = Decoration::None;
  std::vector<std::string> features;  // HarfBuzz syntax
  EmphasisMark emphasis = EmphasisMark::None;
  friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

using StyleIndex = Index<struct StyleTag>;  // in Paragraph::styles

// Text of one style, element, language and source. Runs are in order and cover the text.
struct TextRun {
  std::size_t begin = 0, end = 0;
  StyleIndex style;
  display::LocalElement element;   // in Paragraph::elements
  unicode::Locale language;
  display::TextSource source = display::TextSource::Fixed;
  std::string field{};             // whose value this is, for messages; empty for other text
  friend bool operator==(const TextRun&, const TextRun&) = default;
};

// Known only when pages are made. The paragraph's text holds U+FFFC at `offset`; paginate puts the words there in the run's style.
enum class PageFieldKind : std::uint8_t { Page, Pages, SectionTitle, PageOf };
struct PageField {
  std::size_t offset = 0;
  PageFieldKind kind = PageFieldKind::Page;
  std::string target{};  // of PageOf: the name of a destination (Block::anchor)
  friend bool operator==(const PageField&, const PageField&) = default;
};

// A ruled blank to write on, where a field has no value: U+FFFC in the text, never broken over lines.
struct Blank {
  std::size_t offset = 0;
  Length width;
  friend bool operator==(const Blank&, const Blank&) = default;
};

// Takes what its line has left, so that what follows it stands at the line's end: U+FFFC in the text (XSL-FO 6.10.2, CSS Generated Content for Paged Media 3, leader()). Several on one line
// share. Readers hear a space in its place.
struct Leader {
  enum class Pattern : std::uint8_t { Dots, Rule, Space };
  std::size_t offset = 0;
  Pattern pattern = Pattern::Dots;
  std::optional<Length> minimum{};  // nothing: the font size
  friend bool operator==(const Leader&, const Leader&) = default;
};

// A paragraph's first letter, as high as its first `lines` lines, which stand beside it (CSS Inline 3, initial-letter).
struct Initial {
  int lines = 3;
  Length gap;  // between the letter's ink and the lines
  friend bool operator==(const Initial&, const Initial&) = default;
};

enum class Align : std::uint8_t { Left, Right, Center, Justify };
enum class Wrap : std::uint8_t { Total, Balance };  // Balance: lines of even length (headings)

// Words that are wider than their line are always broken with hyphens where the dictionary knows how. No: only those. Auto: also wherever it makes better lines in languages of long
// compounds. Yes: in all languages.
enum class Hyphenate : std::uint8_t { No, Auto, Yes };
// What a justified line opens when its bounds for word spaces allow (CSS Text 3, 7.4). Auto: by script.
enum class TextJustify : std::uint8_t { Auto, InterWord, InterCharacter, Kashida };

struct Range {
  double least = 0, most = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

// Within these bounds a justified line is filled: word spaces (and gaps between full-width characters) first, then letter spaces, the width of the glyphs, kashidas. What is still
// missing goes to the word spaces and gaps again.
struct JustifyBounds {
  Range word_space{0.7, 1.5};     // of the space's own width
  Range letter_space{0, 0.02};    // of the font size, added to letter_spacing
  Range glyph_scale{0.98, 1.02};  // what readers don't see (Hàn Thế Thành 2000, chapter 3)
  friend bool operator==(const JustifyBounds&, const JustifyBounds&) = default;
};

// How a paragraph's lines are made, beside their widths.
struct LineStyle {
  Align align = Align::Left;
  Wrap wrap = Wrap::Total;
  Hyphenate hyphenate = Hyphenate::No;
  unicode::HyphenLimits hyphen_limits;
  unicode::LineBreakRules breaks;
  TextJustify justify = TextJustify::Auto;
  JustifyBounds bounds;
  bool hanging_punctuation = false;  // stops and quotation marks stand outside the line's edges
  bool margin_kerning = false;       // so do parts of letters and marks that leave the edge looking ragged
  bool autospace = true;             // about a tenth of an em between ideographs and letters or digits (CSS Text 4, text-autospace)
  bool trim_punctuation = true;      // full-width punctuation gives up its empty half beside another and at a line's ends (CSS Text 4, text-spacing-trim)
  Length line_height;                // least distance of baselines; a line grows where a face's ascent or descent needs it
  Length grid;                       // a line grows by whole steps of it, so that the lines after it keep the page's grid; 0: by as much as is needed
  friend bool operator==(const LineStyle&, const LineStyle&) = default;
};

struct Paragraph {
  std::string text;                       // UTF-8, logical order; U+2028 is a forced break; isolates (U+2066..2069) stand where compose put them
  unicode::Locale language;
  unicode::Direction direction = unicode::Direction::LeftToRight;
  std::vector<TextStyle> styles;
  std::vector<Span> colors_at;            // where each style's colour was written, no file for the default; no part of a style, so that equal ones stay one. Empty: not known
  std::vector<TextRun> runs;
  std::vector<display::FragmentElement> elements;  // element 0: the block itself (its role may be None: content of the parent)
  std::vector<PageField> page_fields;
  std::vector<Blank> blanks;
  std::vector<Leader> leaders;
  std::optional<Initial> initial;
  LineStyle lines;
};

// ---- blocks ----

struct Border { Length width; Color color; friend bool operator==(const Border&, const Border&) = default; };

// How strong a wish to stay together is: 1 to 9 are of the layout's own ranking, Always is stronger than all of them.
enum class Keep : std::uint8_t { Auto = 0, Always = 10 };
// Verso and Recto: the next left-hand and right-hand page (even and odd ones), with a blank page where it is needed. The stronger of two is the greater.
enum class Break : std::uint8_t { Auto, Column, Page, Verso, Recto };
// Top and Bottom leave the flow for that end of this page or a later one; Left and Right stand there while the text runs round them.
enum class Float : std::uint8_t { None, Top, Bottom, Left, Right };
enum class BoxBreak : std::uint8_t { Slice, Clone };
enum class ColumnSpan : std::uint8_t { One, All };
enum class Clear : std::uint8_t { No, Both };

// A length and a share of the room there is, known when pages are made.
struct Extent {
  Length length;
  double share = 0;
  [[nodiscard]] Length of(Length room) const { return length + room.scaled(share); }
  friend bool operator==(const Extent&, const Extent&) = default;
};

struct BoxStyle {
  Length space_before, space_after;  // between siblings the larger counts; dropped at page tops
  Insets margin;                     // top and bottom unused
  Insets padding;
  std::optional<Color> background;
  Span background_at{};              // where it was written
  std::optional<Border> border_top, border_right, border_bottom, border_left;
  Length radius;
  Keep keep_together = Keep::Auto, keep_with_next = Keep::Auto, keep_with_previous = Keep::Auto;
  Break break_before = Break::Auto, break_after = Break::Auto;
  BoxBreak box_break = BoxBreak::Slice;
  Float floating = Float::None;
  Clear clear = Clear::No;
  ColumnSpan column_span = ColumnSpan::One;
  std::optional<Extent> width;       // of the border box; nothing: all the room there is
  int widows = 2, orphans = 2;
  Length min_height;
};

struct Block;
using BlockPtr = std::shared_ptr<const Block>;

struct Flow { std::vector<BlockPtr> children; };
struct ParagraphBlock { std::shared_ptr<const Paragraph> paragraph; };

// Columns of equal width, filled one after the other; balanced, they are of about the same height where the content ends. Children with column_span All stand over all of them,
// and what follows starts anew below. The first stands where lines start.
struct Columns {
  std::vector<BlockPtr> children;
  int count = 2;
  Length gap;
  std::optional<Border> rule;
  bool balanced = true;
  unicode::Direction direction = unicode::Direction::LeftToRight;
};

// The same content in several languages, block beside aligned block. Each track is a whole document of its own to readers, one after the other (element Part, in its language); `rows` says
// what stands side by side: blocks of the tracks (null: nothing there), in reading order, which together hold all that is in them. Where a column would be narrower than `least`, a row's blocks stand one above the other; so do tables that are too wide for their columns.
struct ParallelRow {
  std::vector<const Block*> blocks;                   // one per track
  // Of the flows that begin and end with the row, which are not laid out themselves.
  Length space_before, space_after;
  Break break_before = Break::Auto;
  std::vector<std::string> anchors;
  ColumnSpan span = ColumnSpan::One;                  // All: each of the blocks stands over the whole measure
};
struct Parallel {
  std::vector<BlockPtr> tracks;                       // in the order of the request's editions
  std::vector<ParallelRow> rows;
  Length gap, least;
  unicode::Direction direction = unicode::Direction::LeftToRight;  // of the first track: it stands where its lines start
};

// Widths of a row's cells and a table's columns: fixed, a part of the whole width, a share of what is left, or by content.
struct FixedWidth { Length width; };
struct ShareWidth { double share = 1; };
struct ContentWidth {};
struct PercentWidth { double share = 1; };
using ColumnWidth = std::variant<FixedWidth, ShareWidth, ContentWidth, PercentWidth>;

enum class CellAlign : std::uint8_t { Top, FirstBaseline, Middle, Bottom, Stretch };  // Stretch: Top, and the block's box as high as the row

// Cells side by side, left to right as they stand on paper; `reading` gives their logical order. Each breaks over pages on its own.
struct RowCell { BlockPtr block; ColumnWidth width; CellAlign align = CellAlign::FirstBaseline; };
struct Row {
  std::vector<RowCell> cells;
  std::vector<std::size_t> reading;  // indices of cells in logical order
  Length gap;
};

// A label hanging beside its body (lists, steps, questions). The item's element is the block's; label and body have their own.
struct ListItem {
  BlockPtr label;             // a paragraph, or a picture (a check box); element Label
  Length label_width, gap;
  bool label_on_right = false;
  BlockPtr body;              // element ListBody
};

struct TableCell {
  BlockPtr block;             // its element is TH or TD
  int row = 0, column = 0;    // column counts in logical order
  int row_span = 1, column_span = 1;
  CellAlign align = CellAlign::FirstBaseline;
  // A number that stands with its decimal mark below those of its column: bytes of the cell's text before the mark (or the number's end), isolates not counted.
  std::optional<std::size_t> decimal_mark{};
};
struct RowWishes { Keep keep_with_next = Keep::Auto, keep_with_previous = Keep::Auto; };
struct RowGroup { int first_row = 0; Keep keep_together = Keep::Auto; };
// Borders that neighbouring cells share (border-collapse), settled. In logical order: horizontal[row * columns + column] is above a cell (below the last row: row = rows),
// vertical[row * (columns + 1) + column] at its start. Nothing inside cells that span.
struct TableLines {
  std::vector<std::optional<Border>> horizontal, vertical;
};
struct Table {
  std::vector<ColumnWidth> columns;  // logical order
  int head_rows = 0, rows = 0;       // rows counts the head's too
  std::vector<TableCell> cells;      // by row, then column
  unicode::Direction direction = unicode::Direction::LeftToRight;
  std::optional<Border> row_rule;    // under every row but the last
  std::optional<Border> head_rule;
  std::optional<Color> head_background, zebra;
  Span head_background_at{}, zebra_at{};
  std::vector<RowWishes> row_wishes;       // by row; empty: none has any
  std::vector<RowGroup> groups;            // of the body's rows, in order; empty: one
  std::optional<Border> column_rule;       // between columns, not through cells that span them
  std::optional<TableLines> lines;
};

// Text over a drawing, at its text places; one that does not fit its room is a fault.
struct PictureLabel {
  std::shared_ptr<const Paragraph> paragraph;
  std::size_t place = 0;      // index in Drawing::places
};
struct Picture {
  std::shared_ptr<const images::Picture> picture;
  Size size;                  // wished; scaled down to the width there is
  std::vector<PictureLabel> labels;
  Align align = Align::Left;
  display::TextSource source = display::TextSource::Fixed;  // Field: it shows a recipient's value (a code)
  std::optional<Extent> width{};  // where it depends on the room there is: instead of that of `size`, the height in proportion
};

struct Rule { Border border; };
// Ruled lines to write on.
struct WriteLines { int count = 1; Length distance; Border border; Span border_at{}; };

struct Block {
  std::string name;                 // for dumps: "p", "callout", ...
  Span at;                          // where it was written
  BoxStyle box;
  display::ElementInfo element;     // role None: children belong to the parent's element. A ParagraphBlock's element is its paragraph's element 0.
  std::string anchor;               // named destination at the block's top, or ""
  std::string outline_title;        // not empty: an outline item
  int outline_level = 0;
  std::variant<Flow, Columns, Parallel, ParagraphBlock, Row, ListItem, Table, Picture, Rule, WriteLines> content;
};

// ---- pages ----

// A box at a place of the page. Content is part of the document and read before its body on the first page, an artifact on others.
struct PlacedRegion {
  std::string name;
  BlockPtr block;
  Rect area;                        // from the page's top left corner
  CellAlign align = CellAlign::Top;
  bool content = false;
};

struct PageMaster {
  Size size;
  Insets margin;                    // left and right physical
  BlockPtr header, footer;          // may be null; artifacts
  Length header_gap, footer_gap;
  std::vector<PlacedRegion> regions;
};

// Where a page is, as masters are chosen by it. A single page is first and last.
struct PagePlace {
  bool first = false, last = false, blank = false, left = false;
  friend bool operator==(const PagePlace&, const PagePlace&) = default;
};

// The masters of a document; `at` chooses one. Most documents have one or two.
struct PageMasters {
  std::vector<PageMaster> masters;
  std::array<std::uint8_t, 16> by_place{};  // index in masters by the bits of PagePlace: first 1, last 2, blank 4, left 8
  [[nodiscard]] const PageMaster& at(const PagePlace& place) const;
  // The same for all pages.
  [[nodiscard]] static PageMasters one(PageMaster master) { return {{std::move(master)}, {}}; }
};

// Notes for the foot of pages, by the destination that links to them name. Each is printed once, on the page of the first link; their elements follow the body's.
struct Footnotes {
  std::map<std::string, BlockPtr> notes;
  Length space;                     // above the rule
  std::optional<Border> rule;
  Length rule_width;                // 0: the whole measure
};

// ---- marks for machines ----

// Where a mark stands on a sheet of paper: its own edges' distances from two edges of the sheet, physical. `clear`: the room beside and above and below it in which nothing else stands.
enum class PaperEdge : std::uint8_t { Left, Right, Top, Bottom };
struct MarkPlace {
  PaperEdge across = PaperEdge::Left, down = PaperEdge::Top;
  Length x, y;
  Length clear_beside, clear_above;
};

// What a bar says by being there. Sequence: a bit of the number of sheets up to this one, in the job; PieceSequence: of pieces.
enum class OmrMeaning : std::uint8_t { Benchmark, Safety, Retiming, Begin, NotBegin, End, NotEnd, EvenParity, OddParity, Sequence, PieceSequence };
struct OmrMark {
  OmrMeaning meaning = OmrMeaning::Benchmark;
  int bit = 0;                      // of a number, 0 the lowest
  friend bool operator==(const OmrMark&, const OmrMark&) = default;
};
struct OmrMarks {
  MarkPlace place;                  // of all places for bars, whether there are bars or not
  std::vector<OmrMark> marks;       // from top to bottom
  Length pitch, length, width;
  Span at;
};
struct SheetCode {
  MarkPlace place;
  std::string kind;                 // a name of codes/
  Length module;
  Span at;
};
struct SheetText {
  MarkPlace place;
  std::string text;                 // ASCII, with {job}, {piece}, {number}, {sheet}, {sheets}
  Length size;
  Span at;
};
// What goes on the front side of each sheet when the piece's place in its job is known.
struct Marks {
  std::optional<OmrMarks> omr;
  std::optional<SheetCode> code;
  std::optional<SheetText> text;
  [[nodiscard]] bool empty() const { return !omr && !code && !text; }
};

// Which tray the paper of these pages ("all", "first", ...) lies in, by the print room's name.
struct TrayHint {
  std::string pages, tray;
  friend bool operator==(const TrayHint&, const TrayHint&) = default;
};

struct StyledDocument {
  PageMasters pages;
  BlockPtr body;                    // element Document
  display::Metadata metadata;
  unicode::Locale language;
  unicode::Direction direction = unicode::Direction::LeftToRight;
  bool duplex = false;
  Footnotes footnotes;
  std::optional<display::Sheet> sheet;  // the pages, which are of panel_size(*sheet), are put on such sheets
  Marks marks;                      // of the sheets; no stage before marks/ draws them
  std::vector<TrayHint> trays;      // from the general to the special; what comes later counts more
  enum class KeepOrigins : std::uint8_t { No, OfFirstPage };
  KeepOrigins keep_origins = KeepOrigins::No;  // display::Page::origins
  Length grid;                      // heights of pictures, tables and rows are rounded up to it, so that baselines line up; 0: not
};

std::string dump(const StyledDocument& document);

}  // namespace handout::styled
