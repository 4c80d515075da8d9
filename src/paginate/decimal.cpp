#include "paginate/decimal.h"

#include <algorithm>

#include "paginate/trace.h"

namespace handout::paginate {
namespace {

struct Edges { Length left, right; };

// A glyph's room on the line.
Edges edges_of(const display::GlyphRun& run, const display::PlacedGlyph& glyph, const fonts::Fonts& fonts) {
  const Length advance = fonts::scale(fonts.advance(run.face, glyph.glyph), fonts.info(run.face).metrics, run.size).scaled(run.horizontal_scale, 1000);
  const Length x = run.origin.x + glyph.offset.x;
  return {x, x + advance};
}

const Node* only_paragraph(const Node& cell) {
  const Node* node = &cell;
  while (std::holds_alternative<styled::Flow>(node->block->content) && node->children.size() == 1) node = &node->children.front();
  return std::holds_alternative<styled::ParagraphBlock>(node->block->content) ? node : nullptr;
}

}  // namespace

std::optional<DecimalPlace> decimal_place(const Node& cell, std::size_t bytes, Context& context) {
  const Node* node = only_paragraph(cell);
  if (node == nullptr) return std::nullopt;
  const auto& paragraph = std::get<styled::ParagraphBlock>(node->block->content).paragraph;
  // Where its glyphs stand counts: the table around it should be asked for whole.
  if (context.trace != nullptr && context.trace->watches(*paragraph)) {
    context.trace->note_measured(*paragraph);
    context.trace->give_up();
  }
  const auto fragment = set_paragraph(paragraph, {{}, kEndless}, node->block->at, context).fragment;
  if (fragment->lines.size() != 1) return std::nullopt;
  std::optional<Edges> line;
  std::optional<Length> mark;
  std::size_t before = 0;  // text of the runs so far, which are in logical order
  for (const display::Command& command : fragment->commands) {
    const auto* run = std::get_if<display::GlyphRun>(&command.what);
    if (run == nullptr) continue;
    for (const display::PlacedGlyph& glyph : run->glyphs) {
      const Edges own = edges_of(*run, glyph, context.resources.fonts);
      line = line ? Edges{std::min(line->left, own.left), std::max(line->right, own.right)} : own;
      // Digits run from left to right in every script that has them here: the mark begins where the digit before it ends.
      const std::size_t begin = before + glyph.text_begin, end = before + glyph.text_end;
      if (bytes == 0 && begin == 0 && end > 0) mark = own.left;
      if (bytes > begin && bytes <= end) mark = own.right;
    }
    before += run->text.size();
  }
  if (!line || !mark) return std::nullopt;
  return DecimalPlace{*mark - line->left, line->right - *mark};
}

const DecimalColumns& decimal_columns(const Node& node, const styled::Table& table, Context& context) {
  const auto [entry, is_new] = context.measures.decimals.try_emplace(&node);
  DecimalColumns& decimals = entry->second;
  const auto aligned = [](const styled::TableCell& cell) { return cell.decimal_mark && cell.column_span == 1; };
  if (!is_new || std::none_of(table.cells.begin(), table.cells.end(), aligned)) return decimals;
  decimals.cells.resize(table.cells.size());
  decimals.columns.resize(table.columns.size());
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    if (!aligned(table.cells[i])) continue;
    const auto place = decimals.cells[i] = decimal_place(node.children[i], *table.cells[i].decimal_mark, context);
    if (!place) continue;
    auto& most = decimals.columns[static_cast<std::size_t>(table.cells[i].column)];
    most = most ? DecimalPlace{std::max(most->left, place->left), std::max(most->right, place->right)} : *place;
  }
  return decimals;
}

}  // namespace handout::paginate
