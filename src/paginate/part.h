#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "display/display.h"
#include "paginate/layout_tree.h"
#include "typeset/typeset.h"

// The algorithm: a block gets a node, the space that is left, and a break token; it gives back the part that fits and the token with which the
// next page goes on (after Chromium's LayoutNG block fragmentation). Nothing is remembered in between, so a block may be laid out again with less space.
namespace handout::paginate {

struct Token;
using TokenPtr = std::shared_ptr<const Token>;

// Where a cell of a row stands.
struct CellState {
  bool done = false;
  TokenPtr token;  // null and not done: not started
};

// Where to go on: a flow's child, a paragraph's line, a table's row; and inside it.
struct Token {
  std::size_t index = 0;
  std::vector<CellState> cells;
};

// How good a page break is where a part ends.
enum class Appeal : std::uint8_t { Violating, Perfect };

enum class PageTop : std::uint8_t { No, Yes };

struct Space {
  Length width;
  Length height;                // left on this page
  PageTop top = PageTop::No;    // nothing stands above: some progress must be made, whatever it breaks
  Length min_height = {};       // of a block that is stretched to its neighbours' height
};

// A placement relative to the part, or (without a fragment) the mark of an outline item.
struct Placed {
  display::Placement placement;
  const Node* outline = nullptr;
};

struct Part {
  bool progressed = true;       // false: nothing fits, the break belongs before this block; the rest is then empty
  std::vector<Placed> items;    // in painting order
  Length height;
  std::optional<Length> baseline;  // of the first line
  TokenPtr rest;                // null: finished
  Appeal appeal = Appeal::Perfect;  // of the break, when there is a rest

  [[nodiscard]] static Part none() { Part part; part.progressed = false; return part; }
};

// What all the functions share while one run of pages is made.
struct Context {
  const typeset::Resources& resources;
  typeset::Memo& memo;
  Diagnostics& diags;
  Length page_height;           // of the body on the page being filled
  Length grid;
  std::optional<display::ArtifactKind> artifact;       // headers, footers and repeated table heads
  const typeset::PageFieldValues* fields = nullptr;    // in headers and footers
};

// Lays out a block's box and what is in it. `token` null: from the beginning.
Part layout(const Node& node, const Space& space, const Token* token, Context& context);

// ---- one function per kind of content; `space` is inside the box ----

Part layout_flow(const Node& node, const Space& space, const Token* token, Context& context);
Part layout_paragraph(const Node& node, const Space& space, const Token* token, Context& context);
Part layout_row(const Node& node, const styled::Row& row, const Space& space, const Token* token, Context& context);
Part layout_list_item(const Node& node, const styled::ListItem& item, const Space& space, const Token* token, Context& context);
Part layout_table(const Node& node, const styled::Table& table, const Space& space, const Token* token, Context& context);
Part layout_picture(const Node& node, const styled::Picture& picture, const Space& space, Context& context);
Part layout_rule(const styled::Rule& rule, const Space& space);
Part layout_write_lines(const styled::WriteLines& lines, const Space& space, const Token* token);

// ---- shared pieces ----

struct CellBox {
  const Node* node = nullptr;
  Length x, width;
  styled::CellAlign align = styled::CellAlign::Top;
};
// Blocks side by side, each breaking on its own: rows, list items, table rows. A cell that can make no progress moves the whole row.
Part layout_cells(const std::vector<CellBox>& cells, const std::vector<std::size_t>& reading, const Space& space, const Token* token, Context& context);

// The widths of a block set without line breaks, and with as many as it can take.
typeset::ContentWidths natural_widths(const Node& node, Context& context);

// Adds `from` at `offset` to `to`.
void append(std::vector<Placed>& to, std::vector<Placed>&& from, Point offset);

// A fragment of decoration only, placed as an artifact.
Placed decoration(std::vector<display::Command> commands, Size size, Point at);

display::Occurrence occurrence(const Node& node, const Context& context);

// Up to the next multiple of the grid.
Length snap(Length height, Length grid);

}  // namespace handout::paginate
