// What a layout's author sees of the boxes: thin lines over the page, artifacts.
#include <fmt/format.h>

#include "base/numbers.h"
#include "paginate/part.h"

namespace handout::paginate {

using display::Command;
using display::StrokedLine;

namespace {

constexpr Length kHairline = Length::from_units(Length::kUnitsPerPoint / 4);
constexpr Length kLabel = 4_pt;
constexpr Color kRegion{0x00, 0x6a, 0xd8}, kBox{0x2e, 0x8b, 0x57}, kKeep{0xc2, 0x18, 0x5b}, kBaseline{0xe0, 0x80, 0x00};

void add_outline(std::vector<Command>& commands, Rect area, Color color) {
  const Point corners[] = {{area.x, area.y}, {area.right(), area.y}, {area.right(), area.bottom()}, {area.x, area.bottom()}};
  for (std::size_t i = 0; i < 4; ++i) commands.push_back({StrokedLine{corners[i], corners[(i + 1) % 4], kHairline, color, {}}, {}});
}

Placed label(const std::string& words, Color color, const Span& at, Context& context) {
  auto paragraph = std::make_shared<styled::Paragraph>();
  paragraph->text = words;
  paragraph->language = *unicode::Locale::parse("en");
  paragraph->styles.push_back({});
  paragraph->styles.back().size = kLabel;
  paragraph->styles.back().color = color;
  paragraph->elements.push_back({});
  styled::TextRun run;
  run.end = words.size();
  run.language = paragraph->language;
  paragraph->runs.push_back(run);
  paragraph->lines.line_height = kLabel;
  auto fragment = typeset::typeset(paragraph, {{}, 1000_pt}, at, nullptr, context.resources, context.memo, context.diags);
  return {{fragment, 0, narrow<std::uint32_t>(fragment->lines.size()), {}, display::ArtifactKind::Layout}, nullptr, {}};
}

std::string strength(std::string_view name, styled::Keep keep) {
  if (keep == styled::Keep::Auto) return "";
  return fmt::format(" {}{}", name, keep == styled::Keep::Always ? std::string() : ":" + std::to_string(static_cast<int>(keep)));
}

}  // namespace

void draw_box(Part& part, const Node& node, Length width, Context& context) {
  if (context.overlay == Overlay::None || context.artifact) return;
  const styled::Block& block = *node.block;
  const std::string keeps = strength("together", block.box.keep_together) + strength("next", block.box.keep_with_next) + strength("previous", block.box.keep_with_previous);
  const bool is_named = !block.name.empty();
  if (!is_named && keeps.empty()) return;
  const Color color = keeps.empty() ? kBox : kKeep;
  std::vector<Command> commands;
  add_outline(commands, {Length{}, Length{}, width, part.height}, color);
  part.items.push_back(decoration(std::move(commands), {width, part.height}));
  Placed name = label(block.name + keeps, color, block.at, context);
  name.placement.position = {1_pt, -(kLabel / 2)};
  part.items.push_back(std::move(name));
}

void draw_baselines(Part& part, const display::Fragment& fragment, std::size_t first, std::size_t count, Length width, Context& context) {
  if (context.overlay == Overlay::None || context.artifact) return;
  std::vector<Command> commands;
  for (std::size_t i = first; i < first + count; ++i) {
    const Length y = fragment.lines[i].baseline - fragment.lines[first].top;
    commands.push_back({StrokedLine{{Length{}, y}, {width, y}, kHairline, kBaseline, {1_pt, 1_pt}}, {}});
  }
  part.items.push_back(decoration(std::move(commands), {width, part.height}));
}

void draw_region(std::vector<Placed>& items, const std::string& name, Rect area, const Span& at, Context& context) {
  if (context.overlay == Overlay::None) return;
  std::vector<Command> commands;
  add_outline(commands, {Length{}, Length{}, area.width, area.height}, kRegion);
  Placed frame = decoration(std::move(commands), {area.width, area.height});
  frame.placement.position = {area.x, area.y};
  items.push_back(std::move(frame));
  Placed words = label(fmt::format("{} {} x {} mm", name, decimal_text(area.width.points() * 25.4 / 72, 1), decimal_text(area.height.points() * 25.4 / 72, 1)), kRegion, at, context);
  words.placement.position = {area.x + 1_pt, area.y - kLabel};
  items.push_back(std::move(words));
}

}  // namespace handout::paginate
