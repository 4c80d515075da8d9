#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "display/display.h"
#include "paginate/layout_tree.h"
#include "paginate/paginate.h"
#include "paginate/widths.h"
#include "typeset/typeset.h"

// The algorithm: a block gets a node, the space that is left, and a break token; it gives back the part that fits and the token with which the
// next page goes on (after Chromium's LayoutNG block fragmentation). Nothing is remembered in between, so a block may be laid out again with less space.
namespace handout::paginate {

class Trace;
using Substitution = std::unordered_map<const styled::Paragraph*, std::shared_ptr<const styled::Paragraph>>;

struct Token;
using TokenPtr = std::shared_ptr<const Token>;

// Where a cell of a row stands.
struct CellState {
  bool done = false;
  TokenPtr token;
};

// Where to go on: a flow's child, a paragraph's line, a table's row; and inside it.
struct Token {
  std::size_t index = 0;
  std::vector<CellState> cells;
  typeset::LineWidths rooms = {};  // a paragraph's: its lines stay as they were broken, also where the next page is wider or narrower
};

// What a break where a part ends costs, less is better: Forced was asked for, so that no keep is broken by it; 1 to 9 break a keep of that strength; Violating one that is always meant, or widows and orphans.
enum class Appeal : std::int8_t { Forced = -1, Perfect = 0, Violating = 10 };

// Why a part ends where it does, when that was asked for: how much of the page the break takes. Span: what follows stands over all columns.
enum class Forced : std::uint8_t { No, Span, Column, Page, Verso, Recto };

enum class PageTop : std::uint8_t { No, Yes };

// Whether a flow stands in columns; Spanning: only what spans them is laid out, over their whole width; Boxed: in columns, in a box that is seen, out of which nothing spans.
enum class InColumns : std::uint8_t { No, Yes, Spanning, Boxed };

// A height in which nothing breaks, whatever it asks for: headers, footers, repeated table heads, rows with spanning cells.
inline constexpr Length kEndless = 1000000_pt;

// What stands at the sides of a space from its top down to a height, and takes that much of its width.
struct Beside {
  Length left, right, height;
  [[nodiscard]] bool is_active() const { return height > Length{} && left + right > Length{}; }
};

struct Space {
  Length width;
  Length height;                // left on this page
  PageTop top = PageTop::No;    // nothing stands above: some progress must be made, whatever it breaks
  InColumns columns = InColumns::No;
  Beside beside = {};

  [[nodiscard]] bool is_endless() const { return height > kEndless / 2; }
};

// What a place without a fragment says of its node: its outline item begins here; it floats and belongs to this page or a later one; it stands `width` out of its page.
enum class Mark : std::uint8_t { None, Outline, Float, Overflow };

// A placement relative to the part, or a mark. With a node: a paragraph with page fields, set to `width` with numbers that are not yet the page's.
struct Placed {
  display::Placement placement;
  const Node* node = nullptr;
  Length width;
  Mark mark = Mark::None;
  const Node* origin = nullptr;  // the innermost block that it belongs to, where origins are kept
};

// A break inside a finished part, for when its end turns out to be no good one: what stands before it, and how it goes on.
struct InnerBreak {
  std::size_t items = 0;
  Length height;
  TokenPtr rest;                // null: there is none
  Appeal appeal = Appeal::Perfect;
};

struct Part {
  bool progressed = true;       // false: nothing fits, the break belongs before this block; the rest is then empty
  std::vector<Placed> items;    // in painting order
  Length height;
  TokenPtr rest;                // null: finished
  Appeal appeal = Appeal::Perfect;  // of the break, when there is a rest
  Forced forced = Forced::No;
  InnerBreak tail;              // of a finished part, and of one that ends before what spans: the last good break in it
  Appeal parting = Appeal::Perfect;  // of one that ends before what spans: what it costs when that goes to the next page
  bool overflows = false;       // taller than its page, and marked as such

  [[nodiscard]] static Part none() { Part part; part.progressed = false; return part; }
};

// What all the functions share while one run of pages is made.
struct Context {
  const typeset::Resources& resources;
  typeset::Memo& memo;
  Diagnostics& diags;
  Measures& measures;
  Length grid;
  Length page_width, page_height;  // of the body on the page being filled
  enum class Floats : std::uint8_t { Stay, Float } floats = Floats::Stay;  // whether what floats to the top or foot of pages leaves its place
  std::optional<display::ArtifactKind> artifact;       // headers, footers and repeated table heads
  const typeset::PageFieldValues* fields = nullptr;    // in headers and footers
  Overlay overlay = Overlay::None;
  styled::StyledDocument::KeepOrigins origins = styled::StyledDocument::KeepOrigins::No;
  unicode::Direction direction = unicode::Direction::LeftToRight;  // of the document: boxes narrower than their room stand where its lines start
  Trace* trace = nullptr;                              // notes what is asked of paragraphs with a recipient's values
  const Substitution* substitution = nullptr;          // what stands in the place of paragraphs

  [[nodiscard]] const std::shared_ptr<const styled::Paragraph>& actual(const std::shared_ptr<const styled::Paragraph>& paragraph) const {
    if (substitution == nullptr) return paragraph;
    const auto found = substitution->find(paragraph.get());
    return found != substitution->end() ? found->second : paragraph;
  }
};

// Lays out a block's box and what is in it. `token` null: from the beginning. At no page's top the part is never higher than the space.
Part layout(const Node& node, const Space& space, const Token* token, Context& context);

// ---- one function per kind of content; `space` is inside the box ----

Part layout_flow(const Node& node, const Space& space, const Token* token, Context& context);
Part layout_columns(const Node& node, const styled::Columns& columns, const Space& space, const Token* token, Context& context);
Part layout_parallel(const Node& node, const styled::Parallel& parallel, const Space& space, const Token* token, Context& context);
Part layout_paragraph(const Node& node, const Space& space, const Token* token, Context& context);
Part layout_row(const Node& node, const styled::Row& row, const Space& space, const Token* token, Context& context);
Part layout_list_item(const Node& node, const styled::ListItem& item, const Space& space, const Token* token, Context& context);
Part layout_table(const Node& node, const styled::Table& table, const Space& space, const Token* token, Context& context);
Part layout_picture(const Node& node, const styled::Picture& picture, const Space& space, Context& context);
Part layout_rule(const styled::Rule& rule, const Space& space);
Part layout_write_lines(const styled::WriteLines& lines, const Space& space, const Token* token);

// ---- shared pieces ----

// Of a block and what stands first or last in it.
[[nodiscard]] Length space_before(const Node& node);
[[nodiscard]] Length space_after(const Node& node);
[[nodiscard]] styled::Keep keep_with_next(const Node& node);
[[nodiscard]] styled::Keep keep_with_previous(const Node& node);
[[nodiscard]] styled::Break break_before(const Node& node);
[[nodiscard]] styled::Break break_after(const Node& node);
[[nodiscard]] Forced forced_by(styled::Break wish, InColumns columns);

struct CellBox {
  const Node* node = nullptr;
  Length x, width;
  styled::CellAlign align = styled::CellAlign::Top;
};
std::vector<CellBox> row_boxes(const Node& node, const styled::Row& row, Length width, Context& context);
std::vector<CellBox> list_item_boxes(const Node& node, const styled::ListItem& item, Length width);
std::vector<CellBox> table_row_boxes(const Node& node, const styled::Table& table, std::size_t row, Length width, Context& context);

// The width that a child of columns has.
Length column_width(const Node& child, const styled::Columns& columns, Length width);

// Blocks side by side, each breaking on its own: rows, list items, table rows. A cell that can make no progress moves the whole row.
Part layout_cells(const std::vector<CellBox>& cells, const std::vector<std::size_t>& reading, const Space& space, const Token* token, Context& context);

// How far each cell moves down for the first baselines to agree.
std::vector<Length> baseline_shifts(const std::vector<CellBox>& cells, Context& context);

// Of the line with which the block begins, from its top; nothing when it begins with something else (a picture). Known without laying the block
// out, so that cells are laid out once however deep rows are nested.
std::optional<Length> first_baseline(const Node& node, Length width, Context& context);

// A flow of nothing to see: it takes no space, has none around it, and no page ends or begins because of it.
bool is_void(const Node& node);

// The lines of a block's paragraph.
struct SetLines {
  std::shared_ptr<const display::Fragment> fragment;
  std::uint32_t answer = 0;  // display::Placement::answer
};
SetLines set_paragraph(const std::shared_ptr<const styled::Paragraph>& paragraph, const typeset::LineWidths& rooms, const Span& at, Context& context);
// With page fields, or without (null).
SetLines set_paragraph(const std::shared_ptr<const styled::Paragraph>& paragraph, const typeset::LineWidths& rooms, const Span& at, const typeset::PageFieldValues* fields, Context& context);

// What stands at a side while the text runs round it: how wide it is and how much room it takes with what keeps the text off it.
struct SideFloat { Length width, room; };
SideFloat side_float(const Node& node, Length width, Context& context);
// Lays the block out where `beside` leaves room: its lines run round it, or it stands beside it, or below it where that is too narrow.
Part layout_beside(const Node& node, const Space& space, const Token* token, Context& context);

// Whether there is a background or a border to see.
bool is_decorated(const styled::BoxStyle& box);

// What border and padding take at the first part's top and at both sides.
Insets box_insets(const styled::BoxStyle& box);

// Whether the block leaves the flow for the top or the foot of this page or a later one; what it is there.
bool is_floating(const Node& node, Context& context);
Part float_part(const Node& node, Context& context);

// What a layout's author sees, when he asks for it (overlay.cpp).
void draw_box(Part& part, const Node& node, Length width, Context& context);
void draw_baselines(Part& part, const display::Fragment& fragment, std::size_t first, std::size_t count, Length width, Context& context);
void draw_region(std::vector<Placed>& items, const std::string& name, Rect area, const Span& at, Context& context);

// Makes a whole block's box as high as its neighbours'.
void stretch(Part& part, const Node& node, Length width, Length height);

// Makes a cell's box as large as its place in the row, with what is in it moved by `inside`. A cell that ended on an earlier page has an empty part and goes on as a box.
struct CellEnds { bool first = true, last = true; };  // whether the row begins and ends on this page
void fill_cell(Part& part, const Node& node, Size size, Point inside, CellEnds ends);

// Adds the items of `from` at `offset` to `to`.
void append(Part& to, Part&& from, Point offset);

// A fragment of decoration only, placed as an artifact.
Placed decoration(std::vector<display::Command> commands, Size size);

display::Occurrence occurrence(const Node& node, const Context& context);

// Up to the next multiple of the grid, as far as there is space: rounding up never costs a page.
Length snap(Length height, const Space& space, Length grid);

}  // namespace handout::paginate
