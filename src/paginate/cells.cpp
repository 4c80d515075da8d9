// Blocks side by side: rows, list items.
#include <algorithm>

#include "paginate/trace.h"

namespace handout::paginate {

using styled::CellAlign;

std::vector<Length> baseline_shifts(const std::vector<CellBox>& cells, Context& context) {
  std::vector<std::optional<Length>> baselines(cells.size());
  Length lowest;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].align != CellAlign::FirstBaseline) continue;
    baselines[i] = first_baseline(*cells[i].node, cells[i].width, context);
    lowest = std::max(lowest, baselines[i].value_or(Length{}));
  }
  std::vector<Length> shifts;
  for (const auto& baseline : baselines) shifts.push_back(baseline ? lowest - *baseline : Length{});
  return shifts;
}

Part layout_cells(const std::vector<CellBox>& cells, const std::vector<std::size_t>& reading, const Space& space, const Token* token, Context& context) {
  const std::vector<Length> shifts = token == nullptr ? baseline_shifts(cells, context) : std::vector<Length>(cells.size());
  std::vector<Part> parts(cells.size());
  std::vector<CellState> states(cells.size());
  Part result;
  Appeal appeal = Appeal::Forced;
  Forced forced = Forced::No;
  bool finished = true;
  for (const std::size_t i : reading) {
    const CellState before = token != nullptr ? token->cells[i] : CellState{};
    states[i].done = true;
    if (before.done) continue;
    parts[i] = layout(*cells[i].node, {cells[i].width, space.height - shifts[i], space.top}, before.token.get(), context);
    if (!parts[i].progressed) return Part::none();
    result.height = std::max(result.height, shifts[i] + parts[i].height);
    if (parts[i].rest == nullptr) continue;
    states[i] = {false, parts[i].rest};
    appeal = std::max(appeal, parts[i].appeal);
    forced = std::max(forced, parts[i].forced);
    finished = false;
  }
  for (const std::size_t i : reading) {
    Part& part = parts[i];
    Length y = shifts[i];
    if (cells[i].align == CellAlign::Stretch && token == nullptr && finished) stretch(part, *cells[i].node, cells[i].width, result.height);
    if (cells[i].align == CellAlign::Middle) y = (result.height - part.height) / 2;
    if (cells[i].align == CellAlign::Bottom) y = result.height - part.height;
    append(result, std::move(part), {cells[i].x, y});
  }
  if (!finished) {
    result.rest = std::make_shared<Token>(Token{0, std::move(states)});
    result.appeal = appeal;
    result.forced = forced;
  }
  return result;
}

std::vector<CellBox> row_boxes(const Node& node, const styled::Row& row, Length width, Context& context) {
  std::vector<styled::ColumnWidth> columns;
  std::vector<typeset::ContentWidths> needs;
  // Without a cell that goes by its content nobody needs to know what the words want.
  const bool by_content = std::any_of(row.cells.begin(), row.cells.end(), [](const styled::RowCell& cell) { return std::holds_alternative<styled::ContentWidth>(cell.width); });
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const bool fixed = std::holds_alternative<styled::FixedWidth>(row.cells[i].width);
    columns.push_back(row.cells[i].width);
    needs.push_back(by_content && !fixed ? natural_widths(node.children[i], context) : typeset::ContentWidths{});
  }
  const std::vector<Length> widths = divide_widths(columns, needs, width - row.gap * (std::ssize(row.cells) - 1), Fill::No);
  std::vector<CellBox> cells;
  Length x;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    cells.push_back({&node.children[i], x, widths[i], row.cells[i].align});
    x += widths[i] + row.gap;
  }
  return cells;
}

Part layout_row(const Node& node, const styled::Row& row, const Space& space, const Token* token, Context& context) {
  Part part = layout_cells(row_boxes(node, row, space.width, context), row.reading, space, token, context);
  if (part.progressed && part.rest == nullptr) part.height = snap(part.height, space, context.grid);
  return part;
}

std::vector<CellBox> list_item_boxes(const Node& node, const styled::ListItem& item, Length width) {
  const Length hang = item.label_width + item.gap;
  const Length body_width = width - hang;
  return {{&node.children[0], item.label_on_right ? body_width + item.gap : Length{}, item.label_width, CellAlign::FirstBaseline},
          {&node.children[1], item.label_on_right ? Length{} : hang, body_width, CellAlign::FirstBaseline}};
}

Part layout_list_item(const Node& node, const styled::ListItem& item, const Space& space, const Token* token, Context& context) {
  return layout_cells(list_item_boxes(node, item, space.width), {0, 1}, space, token, context);
}

namespace {

// The line on which cells that are level stand; else that of the first cell with one, unless its height depends on the row's.
std::optional<Length> level(const std::vector<CellBox>& cells, Context& context) {
  std::optional<Length> lowest, first;
  for (const CellBox& cell : cells) {
    if (cell.align == CellAlign::Middle || cell.align == CellAlign::Bottom) continue;
    const auto baseline = first_baseline(*cell.node, cell.width, context);
    if (!baseline) continue;
    if (cell.align == CellAlign::FirstBaseline) lowest = std::max(lowest.value_or(*baseline), *baseline);
    else if (!first) first = baseline;
  }
  return lowest ? lowest : first;
}

struct FirstBaseline {
  const Node& node;
  Length width;
  Context& context;

  std::optional<Length> operator()(const styled::Flow&) const {
    const auto first = std::find_if_not(node.children.begin(), node.children.end(), is_void);
    return first == node.children.end() ? std::nullopt : first_baseline(*first, width, context);
  }
  std::optional<Length> operator()(const styled::Columns& columns) const {
    const auto first = std::find_if_not(node.children.begin(), node.children.end(), is_void);
    return first == node.children.end() ? std::nullopt : first_baseline(*first, column_width(*first, columns, width), context);
  }
  std::optional<Length> operator()(const styled::Parallel&) const { return std::nullopt; }
  std::optional<Length> operator()(const styled::ParagraphBlock& block) const { return set_paragraph(block.paragraph, {{}, width}, node.block->at, context).fragment->lines.front().baseline; }
  std::optional<Length> operator()(const styled::Row& row) const { return level(row_boxes(node, row, width, context), context); }
  std::optional<Length> operator()(const styled::ListItem& item) const { return level(list_item_boxes(node, item, width), context); }
  std::optional<Length> operator()(const styled::Table& table) const { return table.rows == 0 ? std::nullopt : level(table_row_boxes(node, table, 0, width, context), context); }
  std::optional<Length> operator()(const styled::Picture&) const { return std::nullopt; }
  std::optional<Length> operator()(const styled::Rule&) const { return std::nullopt; }
  std::optional<Length> operator()(const styled::WriteLines&) const { return std::nullopt; }
};

}  // namespace

std::optional<Length> first_baseline(const Node& node, Length width, Context& context) {
  if (context.trace != nullptr && context.trace->watches(*node.block)) {
    const Trace::Inside inside(*context.trace);
    const auto baseline = first_baseline(node, width, context);
    context.trace->note(AskedBaseline{context.trace->keep(node), width, baseline});
    return baseline;
  }
  const Insets inside = box_insets(node.block->box);
  auto baseline = std::visit(FirstBaseline{node, width - inside.left - inside.right, context}, node.block->content);
  if (baseline) *baseline += inside.top;
  return baseline;
}

}  // namespace handout::paginate
