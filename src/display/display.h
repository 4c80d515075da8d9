#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/color.h"
#include "base/geometry.h"
#include "base/index.h"
#include "base/span.h"
#include "fonts/fonts.h"
#include "images/picture.h"

// The station before bytes: pages of placements, the structure tree, outline, destinations, links and metadata. No decision is left.
namespace handout::display {

using StructureId = Index<struct StructureTag>;   // in DisplayDocument::structure
using LocalElement = Index<struct LocalElementTag>;  // in Fragment::elements; 0 is the fragment's own block element
using PageIndex = Index<struct PageTag>;

// Standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4). None: no element; children and content belong to the parent.
enum class Role : std::uint8_t {
  None, Document, Part, Sect, Div, BlockQuote, Caption, Toc, Toci,
  H1, H2, H3, H4, H5, H6, P, List, ListItem, Label, ListBody,
  Table, TableHead, TableBody, TableRow, TableHeader, TableData,
  Span, Quote, Note, Reference, Link, Figure, Form
};
enum class Scope : std::uint8_t { None, Row, Column, Both };
enum class ListNumbering : std::uint8_t { None, Disc, Decimal, UpperAlpha, LowerAlpha, UpperRoman, LowerRoman, Circle, Square };

// What an element says of itself, wherever it stands.
struct ElementInfo {
  Role role = Role::None;
  std::string language;       // BCP 47; empty: the parent's
  std::string alt;            // figures
  std::string title;          // /T, optional
  Scope scope = Scope::None;  // table headers
  int row_span = 1, column_span = 1;
  ListNumbering numbering = ListNumbering::None;
  friend bool operator==(const ElementInfo&, const ElementInfo&) = default;
};

struct StructureElement {
  ElementInfo info;
  std::optional<StructureId> parent;  // nothing for the root (Document), which is element 0
};

// A link's target: an address, or a named destination of the document.
struct UriTarget { std::string uri; friend bool operator==(const UriTarget&, const UriTarget&) = default; };
struct DestinationTarget { std::string name; friend bool operator==(const DestinationTarget&, const DestinationTarget&) = default; };
using LinkTarget = std::variant<UriTarget, DestinationTarget>;

// An element inside a fragment: element i of an occurrence is structure element base + i.
struct FragmentElement {
  ElementInfo info;
  LocalElement parent;               // of an earlier element; element 0 has none
  std::optional<LinkTarget> link;    // role Link
  std::string link_contents;         // what the annotation's /Contents says
  friend bool operator==(const FragmentElement&, const FragmentElement&) = default;
};

// ---- commands, relative to the fragment's origin (top left) ----

struct PlacedGlyph {
  fonts::GlyphId glyph = 0;
  Point offset;               // of the glyph's origin from the run's origin; y down
  std::uint32_t text_begin = 0, text_end = 0;  // the characters it stands for, in GlyphRun::text; may be empty
};

// Text a file's own (from the article, layout, locale, clinic) or a recipient's: they go to different font subsets.
enum class TextSource : std::uint8_t { Fixed, Field };

// Glyphs of one face, size and colour in logical order (right to left text too: its offsets then fall).
struct GlyphRun {
  fonts::FaceId face;
  Length size;
  Color color;
  Point origin;               // on the baseline
  std::string text;           // UTF-8
  std::vector<PlacedGlyph> glyphs;
  TextSource source = TextSource::Fixed;
  int horizontal_scale = 1000;  // thousandths of the glyphs' own widths (justified lines); offsets already count it
};

struct Border { Length width; Color color; };
// Bits from the top left corner clockwise, and from the top side clockwise.
inline constexpr std::uint8_t kTopCorners = 0b0011, kBottomCorners = 0b1100, kAllCorners = 0b1111;
inline constexpr std::uint8_t kAllSides = 0b1111;
// `corners`: those that are round, where there is a radius.
struct FilledRect { Rect rect; Color color; Length radius; std::uint8_t corners = kAllCorners; };
// The border of a box with round corners: what is between `rect` and what `widths` leave of it. Only `sides` are drawn; each ends in the middle of the corners that it shares with another.
struct Frame { Rect rect; Insets widths; Length radius; Color color; std::uint8_t corners = kAllCorners; std::uint8_t sides = kAllSides; };
struct StrokedLine { Point from, to; Length width; Color color; std::vector<Length> dashes; };
// A picture's paths, or an image, scaled into a rectangle. Field: it shows what only this recipient has (a code), so it goes where text of fields goes.
struct PlacedPicture { std::shared_ptr<const images::Picture> picture; Rect rect; TextSource source = TextSource::Fixed; };
// The area of a link's text on its line; becomes a link annotation of the element.
struct LinkArea { Rect rect; };
// A named destination at a point.
struct DestinationMark { std::string name; Point at; };

struct Command {
  std::variant<GlyphRun, FilledRect, Frame, StrokedLine, PlacedPicture, LinkArea, DestinationMark> what;
  std::optional<LocalElement> element = LocalElement{};  // nothing: decoration, an artifact wherever it is placed
};

// Commands of one line (of a paragraph), or of a whole picture, rule or table decoration.
struct FragmentLine {
  Length top, height, baseline;        // from the fragment's top
  std::uint32_t first_command = 0, command_count = 0;
};

// An immutable typeset block. It is placed whole, or some of its lines are.
struct Fragment {
  std::vector<FragmentElement> elements;
  std::vector<Command> commands;
  std::vector<FragmentLine> lines;
  Size size;
};

enum class ArtifactKind : std::uint8_t { Layout, Header, Footer, Background };
// What a placement's content is in the structure: elements from `base` on, or an artifact (links in it are dropped).
using Occurrence = std::variant<StructureId, ArtifactKind>;

struct Placement {
  std::shared_ptr<const Fragment> fragment;
  std::uint32_t first_line = 0, line_count = 0;
  Point position;  // where the top of the first placed line stands on the page
  Occurrence occurrence = ArtifactKind::Layout;
  // The page that it was laid out on, where several of them stand on one sheet: an element's content is read by folio, then in painting order. 0 while nothing is imposed.
  std::uint32_t folio = 0;
  // Which answer about a recipient's values stands here (paginate/trace.h); 0: none does. No part of what is printed.
  std::uint32_t answer = 0;
};

// Where a placement comes from: the region that it stands in, or "", and where its block is written.
struct Origin { std::string region; Span at; };

struct Page {
  Size size;
  std::vector<Placement> placements;  // in painting order; content in reading order
  std::string label;
  std::vector<Origin> origins = {};   // one for each placement, on pages whose origins were asked for (StyledDocument::keep_origins); for checks, nothing is made of them
};

struct OutlineItem {
  int level = 1;                 // 1 is outermost; never skips
  std::string title;             // UTF-8
  PageIndex page;
  Point at;
  StructureId element;
};

struct Metadata {
  std::string title, author, subject, creator;
  std::vector<std::string> keywords;
  std::string language;          // BCP 47 of the document
  std::string edition;           // edition id
  std::string date;              // "2026-11-22T00:00:00Z" or empty
};

// Printed on both sides, and about which edge the paper is turned.
enum class Duplex : std::uint8_t { No, LongEdge, ShortEdge };

struct DisplayDocument {
  std::vector<StructureElement> structure;  // pre-order creation: siblings are in the order of their ids
  std::vector<Page> pages;
  std::vector<OutlineItem> outline;
  Metadata metadata;
  bool right_to_left = false;   // viewer preference Direction
  Duplex duplex = Duplex::No;
};

// ---- sheets ----

// How pages stand on sheets. Booklet: two side by side, folded once in the middle and stitched through the spine. TriFold: six panels, the flap folded in first (letter fold, roll fold).
// ZFold: six panels, folded to and fro (accordion). HalfFold: four panels of one sheet. TwoUp: two side by side, cut or left whole.
enum class Fold : std::uint8_t { Booklet, TriFold, ZFold, HalfFold, TwoUp };
struct Sheet {
  Fold fold = Fold::Booklet;
  Size size;           // as its panels lie side by side: usually landscape
  bool marks = false;  // short lines where it is folded or cut
};
// The pages that are put on it are of this size. The flap of a TriFold is 1.5 mm narrower than the other panels, so that it lies flat: all pages are as narrow as it, and stand in the middle of their panels.
Size panel_size(const Sheet& sheet);
// Pages that one sheet takes, both sides; 0: there may be any number of sheets.
std::size_t panel_count(Fold fold);
std::string_view name(Fold fold);  // "booklet", "tri-fold", "z-fold", "half-fold", "two-up"

// The text form: one line per decision, points to 3 decimals.
std::string dump(const DisplayDocument& document, const fonts::Fonts& fonts);
std::string_view name(Role role);  // "H1", "LI", as written to PDF

}  // namespace handout::display
