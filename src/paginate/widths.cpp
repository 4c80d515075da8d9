#include "paginate/widths.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "paginate/trace.h"

namespace handout::paginate {
namespace {

using typeset::ContentWidths;

// A picture can shrink: it asks for an inch at most.
constexpr Length kPictureMinimum = 72_pt;

ContentWidths widest(const Node& node, Context& context) {
  ContentWidths widths;
  for (const Node& child : node.children) {
    const auto each = natural_widths(child, context);
    widths = {std::max(widths.minimum, each.minimum), std::max(widths.maximum, each.maximum)};
  }
  return widths;
}

struct Natural {
  const Node& node;
  Context& context;

  ContentWidths operator()(const styled::Flow&) const { return widest(node, context); }
  ContentWidths operator()(const styled::Columns& columns) const {
    const ContentWidths one = widest(node, context);
    const Length gaps = columns.gap * (columns.count - 1);
    return {one.minimum * columns.count + gaps, one.maximum * columns.count + gaps};
  }
  ContentWidths operator()(const styled::Parallel& parallel) const {
    ContentWidths widths = widest(node, context);
    widths.maximum = widths.maximum * std::ssize(parallel.tracks) + parallel.gap * (std::ssize(parallel.tracks) - 1);
    return widths;
  }
  ContentWidths operator()(const styled::ParagraphBlock& block) const {
    const ContentWidths widths = typeset::content_widths(context.actual(block.paragraph), context.resources, context.memo);
    if (context.trace != nullptr && context.trace->watches(*block.paragraph)) context.trace->note(AskedWidths{block.paragraph, nullptr, widths});
    return widths;
  }
  ContentWidths operator()(const styled::Row& row) const {
    ContentWidths widths;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const auto* fixed = std::get_if<styled::FixedWidth>(&row.cells[i].width);
      const auto each = fixed != nullptr ? ContentWidths{fixed->width, fixed->width} : natural_widths(node.children[i], context);
      const Length gap = i > 0 ? row.gap : Length{};
      widths = {widths.minimum + each.minimum + gap, widths.maximum + each.maximum + gap};
    }
    return widths;
  }
  ContentWidths operator()(const styled::ListItem& item) const {
    const auto body = natural_widths(node.children[1], context);
    const Length hang = item.label_width + item.gap;
    return {hang + body.minimum, hang + body.maximum};
  }
  ContentWidths operator()(const styled::Table& table) const {
    ContentWidths widths;
    for (const ContentWidths& column : column_needs(node, table, context)) widths = {widths.minimum + column.minimum, widths.maximum + column.maximum};
    return widths;
  }
  ContentWidths operator()(const styled::Picture& picture) const { return {std::min(picture.size.width, kPictureMinimum), picture.size.width}; }
  ContentWidths operator()(const styled::Rule&) const { return {}; }
  ContentWidths operator()(const styled::WriteLines&) const { return {}; }
};

bool is_fixed(const styled::ColumnWidth& width) { return std::holds_alternative<styled::FixedWidth>(width); }
bool is_percent(const styled::ColumnWidth& width) { return std::holds_alternative<styled::PercentWidth>(width); }

// Of what doesn't depend on the other columns.
Length fixed_width(const styled::ColumnWidth& width, Length whole) {
  const auto* percent = std::get_if<styled::PercentWidth>(&width);
  return percent != nullptr ? whole.scaled(percent->share) : std::get<styled::FixedWidth>(width).width;
}

}  // namespace

ContentWidths natural_widths(const Node& node, Context& context) {
  if (const auto known = context.measures.natural.find(&node); known != context.measures.natural.end()) return known->second;
  const bool watched = context.trace != nullptr && context.trace->watches(*node.block);
  std::optional<Trace::Inside> whole;
  if (watched) whole.emplace(*context.trace);
  const ContentWidths inside = std::visit(Natural{node, context}, node.block->content);
  whole.reset();
  const Insets box = box_insets(node.block->box);
  // A word broken at its hyphen can be wider than the word.
  const ContentWidths widths{inside.minimum + box.left + box.right, std::max(inside.minimum, inside.maximum) + box.left + box.right};
  context.measures.natural.emplace(&node, widths);
  if (watched) context.trace->note(AskedWidths{nullptr, context.trace->keep(node), widths});
  return widths;
}

namespace {

// Numbers that stand below their decimal marks reach further together than each alone.
void add_decimal_needs(std::vector<ContentWidths>& needs, const Node& node, const styled::Table& table, Context& context) {
  const DecimalColumns& decimals = decimal_columns(node, table, context);
  for (std::size_t i = 0; i < decimals.cells.size(); ++i) {
    const auto column = static_cast<std::size_t>(table.cells[i].column);
    if (!decimals.cells[i] || is_fixed(table.columns[column])) continue;
    const Insets inside = box_insets(node.children[i].block->box);
    const Length width = decimals.columns[column]->left + decimals.columns[column]->right + inside.left + inside.right;
    needs[column] = {std::max(needs[column].minimum, width), std::max(needs[column].maximum, width)};
  }
}

}  // namespace

std::vector<ContentWidths> column_needs(const Node& node, const styled::Table& table, Context& context) {
  std::vector<ContentWidths> needs(table.columns.size());
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (const auto* fixed = std::get_if<styled::FixedWidth>(&table.columns[i])) needs[i] = {fixed->width, fixed->width};
  }
  add_decimal_needs(needs, node, table, context);
  // Cells of one column first, so that a spanning cell only adds what they lack.
  for (const bool spanning : {false, true}) {
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      const styled::TableCell& cell = table.cells[i];
      if ((cell.column_span > 1) != spanning) continue;
      std::vector<std::size_t> open;
      ContentWidths lacks = natural_widths(node.children[i], context);
      for (int k = 0; k < cell.column_span; ++k) {
        const auto column = static_cast<std::size_t>(cell.column + k);
        lacks = {lacks.minimum - needs[column].minimum, lacks.maximum - needs[column].maximum};
        if (!is_fixed(table.columns[column])) open.push_back(column);
      }
      const auto count = static_cast<std::int64_t>(open.size());
      for (const std::size_t column : open) {
        needs[column].minimum += std::max(Length{}, lacks.minimum) / count;
        needs[column].maximum = std::max(needs[column].minimum, needs[column].maximum + std::max(Length{}, lacks.maximum) / count);
      }
    }
  }
  return needs;
}

namespace {

using Columns = std::vector<std::size_t>;

Length total(const Columns& columns, std::span<const ContentWidths> needs, Length ContentWidths::* member) {
  return std::accumulate(columns.begin(), columns.end(), Length{}, [&](Length sum, std::size_t column) { return sum + needs[column].*member; });
}

// Between minimum and maximum; text-heavy columns get more, by the square root of what they want, so that a column of short words is not
// starved beside one of sentences. What is clamped is settled as in CSS Flexible Box Layout 9.7, so that the widths add up.
void flex(std::vector<Length>& widths, Columns open, std::span<const ContentWidths> needs, Length left) {
  const auto weight = [&](std::size_t column) { return std::sqrt(needs[column].maximum.points() + 1); };
  while (!open.empty()) {
    const double weights = std::accumulate(open.begin(), open.end(), 0.0, [&](double sum, std::size_t column) { return sum + weight(column); });
    std::vector<Length> wishes(widths.size());
    Length excess;
    for (const std::size_t column : open) {
      wishes[column] = left.scaled(weight(column) / weights);
      widths[column] = std::clamp(wishes[column], needs[column].minimum, needs[column].maximum);
      excess += widths[column] - wishes[column];
    }
    const auto is_settled = [&](std::size_t column) {
      return excess == Length{} || (excess > Length{} ? widths[column] > wishes[column] : widths[column] < wishes[column]);
    };
    for (const std::size_t column : open) {
      if (is_settled(column)) left -= widths[column];
    }
    std::erase_if(open, is_settled);
  }
}

// CSS 2.1, 17.5.2.2.
void share_by_content(std::vector<Length>& widths, const Columns& columns, std::span<const ContentWidths> needs, Length available, Fill fill) {
  const Length minimum = total(columns, needs, &ContentWidths::minimum), maximum = total(columns, needs, &ContentWidths::maximum);
  if (maximum > available && minimum < available) return flex(widths, columns, needs, available);
  for (const std::size_t column : columns) {
    if (maximum > available) widths[column] = needs[column].minimum.scaled(available.units(), minimum.units());
    else if (fill == Fill::No) widths[column] = needs[column].maximum;
    else if (maximum == Length{}) widths[column] = available / std::ssize(columns);
    else widths[column] = needs[column].maximum.scaled(available.units(), maximum.units());
  }
}

void share_out(std::vector<Length>& widths, std::span<const styled::ColumnWidth> columns, Length available) {
  double all = 0, before = 0;
  for (const auto& column : columns) {
    if (const auto* share = std::get_if<styled::ShareWidth>(&column)) all += share->share;
  }
  if (all <= 0) return;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto* share = std::get_if<styled::ShareWidth>(&columns[i]);
    if (share == nullptr) continue;
    // Differences of running sums: what rounding takes from one goes to the next.
    const Length from = available.scaled(before / all);
    before += share->share;
    widths[i] = available.scaled(before / all) - from;
  }
}

}  // namespace

std::vector<Length> divide_widths(std::span<const styled::ColumnWidth> columns, std::span<const ContentWidths> needs, Length available, Fill fill) {
  std::vector<Length> widths(columns.size());
  Columns fixed, by_content, shared;
  for (std::size_t i = 0; i < columns.size(); ++i) (is_fixed(columns[i]) || is_percent(columns[i]) ? fixed : std::holds_alternative<styled::ContentWidth>(columns[i]) ? by_content : shared).push_back(i);

  Length left = std::max(available, Length{}), wished;
  for (const std::size_t column : fixed) wished += widths[column] = fixed_width(columns[column], left);
  if (wished > left) {
    for (const std::size_t column : fixed) widths[column] = widths[column].scaled(left.units(), wished.units());
  }
  left -= std::min(wished, left);
  if (!by_content.empty()) {
    // Shares keep what their longest words need; where that is too much for the room, all give way alike.
    const Length own = total(by_content, needs, &ContentWidths::minimum), others = total(shared, needs, &ContentWidths::minimum);
    const Length room = own + others > left ? left.scaled(own.units(), (own + others).units()) : left - others;
    share_by_content(widths, by_content, needs, room, shared.empty() ? fill : Fill::No);
    for (const std::size_t column : by_content) left -= widths[column];
  }
  share_out(widths, columns, std::max(left, Length{}));
  return widths;
}

}  // namespace handout::paginate
