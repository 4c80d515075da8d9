// Article content -> styled blocks.
#include <algorithm>
#include <utility>

#include "compose/composer.h"
#include "unicode/formats.h"

namespace handout::compose {

using content::CalloutKind;
using content::ListKind;
using display::ElementInfo;
using display::Role;
using styled::BlockPtr;

namespace {

std::string_view name_of(CalloutKind kind) {
  static constexpr std::string_view kNames[] = {"urgent", "warning", "tip", "note"};
  return kNames[static_cast<std::size_t>(kind)];
}

using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;

// Room between items suits a list of which one holds more than a paragraph.
bool is_loose(const content::List& list) {
  return std::any_of(list.items.begin(), list.items.end(), [](const content::Item& item) { return item.blocks.size() > 1; });
}

// How deep a list in this place stands in lists: 1 is outermost.
std::size_t list_depth(const Scope& parent) {
  return 1 + static_cast<std::size_t>(std::count_if(parent.path.begin(), parent.path.end(), [](const auto* each) { return each->element == "ul" || each->element == "ol"; }));
}

// Every row of a table fills the same number of columns.
std::size_t column_count(const content::Table& table) {
  const content::TableRow& row = table.head.empty() ? table.bodies.front().rows.front() : table.head.front();
  std::size_t count = 0;
  for (const content::Cell& cell : row.cells) count += static_cast<std::size_t>(cell.column_span);
  return count;
}

// What of a block's attributes is a number: how deep a list is, how many columns a table has.
std::string number_of(const content::Block& block, const Scope& parent) {
  if (const auto* table = std::get_if<content::Table>(&block.what)) return std::to_string(column_count(*table));
  return std::holds_alternative<content::List>(block.what) ? std::to_string(list_depth(parent)) : std::string();
}

Attributes attributes_of(const content::Block& block, std::string_view number) {
  if (const auto* callout = std::get_if<content::Callout>(&block.what)) return {{"kind", name_of(callout->kind)}};
  if (std::holds_alternative<content::Table>(block.what)) return {{"columns", number}};
  const auto* list = std::get_if<content::List>(&block.what);
  if (list == nullptr) return {};
  Attributes attributes{{"spacing", is_loose(*list) ? "loose" : "tight"}, {"depth", number}};
  if (list->kind == ListKind::Steps) attributes.emplace_back("kind", "steps");
  if (list->kind == ListKind::Check) attributes.emplace_back("kind", "check");
  return attributes;
}

Role heading_role(int level) { return static_cast<Role>(static_cast<int>(Role::H1) + std::clamp(level, 1, 6) - 1); }

}  // namespace

std::string_view name_of(const content::Block& block) {
  struct Visitor {
    std::string_view operator()(const content::Paragraph&) const { return "p"; }
    std::string_view operator()(const content::List& list) const { return list.kind == ListKind::Number || list.kind == ListKind::Steps ? "ol" : "ul"; }
    std::string_view operator()(const content::Table&) const { return "table"; }
    std::string_view operator()(const content::Figure&) const { return "figure"; }
    std::string_view operator()(const content::Callout&) const { return "callout"; }
    std::string_view operator()(const content::Question&) const { return "question"; }
    std::string_view operator()(const content::DefinitionList&) const { return "dl"; }
    std::string_view operator()(const content::Section&) const { return "section"; }
  };
  return std::visit(Visitor{}, block.what);
}

BlockPtr with_keep(const styled::Block& block, styled::Keep with_next) {
  auto copy = std::make_shared<styled::Block>(block);
  copy->box.keep_with_next = with_next;
  return copy;
}

ElementInfo element_of(Role role) {
  ElementInfo info;
  info.role = role;
  return info;
}

Scope Composer::enter(const Scope& parent, const Element& element) const { return enter(parent, element, parent.language); }

Scope Composer::enter(const Scope& parent, const Element& element, const unicode::Locale& language) const {
  Scope scope{parent.path, {}, language};
  scope.path.push_back(&element.context());
  scope.style = cascade.style(scope.path, parent.style, language);
  return scope;
}

Placed Composer::text_block(std::string_view element, const content::TextBlock& text, const Scope& parent, Role role, const std::vector<std::string>* classes) const {
  const Element context(element, text.id, classes);
  const Scope scope = enter(parent, context);
  TextBuilder builder(*this, scope, element_of(role));
  builder.add_inlines(text.content, scope);
  if (link_targets.contains(text.id)) builder.set_anchor(destination(text.id));
  return {builder.finish(element, text.at), scope.style.column};
}

std::vector<Placed> Composer::blocks(const content::Blocks& list, const Scope& parent, Room room, int heading) const {
  std::vector<Placed> placed, questions;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (const auto* picture = std::get_if<content::Figure>(&list[i].what)) {
      for (Placed& part : figure(list[i], *picture, parent, room)) {
        note_origin(part.block, fmt::format("{} {}", list[i].id, part.block->name));
        placed.push_back(std::move(part));
      }
      continue;
    }
    const bool is_question = std::holds_alternative<content::Question>(list[i].what);
    Placed one = block(list[i], parent, room, heading);
    // Words that open a list stay with its first item.
    const bool opens_list = i + 1 < list.size() && std::holds_alternative<content::Paragraph>(list[i].what) && std::holds_alternative<content::List>(list[i + 1].what);
    if (one.block && opens_list) one.block = with_keep(*one.block, styled::Keep::Always);
    note_origin(one.block, list[i].id);
    if (one.block) (is_question ? questions : placed).push_back(std::move(one));
    const bool last = i + 1 == list.size() || !std::holds_alternative<content::Question>(list[i + 1].what);
    if (!last || questions.empty()) continue;
    placed.push_back(question_group(std::exchange(questions, {}), list[i].at, parent));
    note_origin(placed.back().block, "questions to " + list[i].id);
  }
  return placed;
}

// Questions that follow one another are one block to the layout, so that they may stand in columns.
Placed Composer::question_group(std::vector<Placed> questions, const Span& at, const Scope& parent) const {
  const Element context("questions", "", nullptr);
  const Scope scope = enter(parent, context);
  return {flow("questions", at, scope.style, element_of(Role::None), std::move(questions), Room::Narrow), scope.style.column};
}

Placed Composer::block(const content::Block& block, const Scope& parent, Room room, int heading) const {
  const std::string_view name = name_of(block);
  const std::string number = number_of(block, parent);
  const Element context(name, block.id, &block.classes, attributes_of(block, number));
  const Scope scope = enter(parent, context);
  if (scope.style.hidden) return {};
  const Room inside = scope.style.column == Column::Full && scope.style.column_count == 1 ? room : Room::Narrow;
  struct Visitor {
    const Composer& composer;
    const content::Block& block;
    const Scope& parent;
    const Scope& scope;
    Room room;
    int heading;
    BlockPtr operator()(const content::Paragraph& paragraph) const { return composer.text_block("p", paragraph.text, parent, Role::P, &block.classes).block; }
    BlockPtr operator()(const content::List& list) const { return composer.list(block, list, scope, heading); }
    BlockPtr operator()(const content::Table& table) const { return composer.table(block, table, scope); }
    BlockPtr operator()(const content::Figure&) const { return nullptr; }  // blocks() asks for its parts
    BlockPtr operator()(const content::Callout& callout) const { return composer.callout(block, callout, scope, room, heading); }
    BlockPtr operator()(const content::Question& question) const { return composer.question(block, question, scope); }
    BlockPtr operator()(const content::DefinitionList& list) const { return composer.definitions(block, list, scope); }
    BlockPtr operator()(const content::Section& section) const { return composer.section(block, section, scope, room, heading); }
  };
  BlockPtr made = std::visit(Visitor{*this, block, parent, scope, inside, heading}, block.what);
  return {std::holds_alternative<content::Paragraph>(block.what) ? made : anchored(made, block.id), scope.style.column};
}

namespace {

// The heading's own paragraph, with its outline item.
BlockPtr with_outline(const BlockPtr& heading, std::string title, int level) {
  auto copy = std::make_shared<styled::Block>(*heading);
  copy->outline_title = std::move(title);
  copy->outline_level = level;
  return copy;
}

}  // namespace

BlockPtr Composer::section(const content::Block& block, const content::Section& section, const Scope& scope, Room room, int heading) const {
  std::vector<Placed> children;
  Placed title = text_block("title", section.title, scope, heading_role(heading));
  children.push_back({has_outline() ? with_outline(title.block, read(*words(section.title.content, scope)), heading - 1) : title.block, title.column});
  for (Placed& child : blocks(section.blocks, scope, room, heading + 1)) children.push_back(std::move(child));
  return flow("section", block.at, scope.style, element_of(Role::Sect), std::move(children), room);
}

BlockPtr Composer::icon(const std::string& file, Length height, const Span& at) const {
  const auto picture = resources.pictures.load(sources.layout->folder / file, at, diags);
  if (!picture) return nullptr;
  auto block = std::make_shared<styled::Block>();
  block->name = "icon";
  block->at = at;
  block->content = styled::Picture{picture, {height.scaled(picture->natural_size.width.units(), picture->natural_size.height.units()), height}, {}, styled::Align::Left};
  return block;
}

// As high as a line of what it stands beside, so that it stands on the grid.
BlockPtr Composer::with_icon(BlockPtr block, const ComputedStyle& style) const {
  if (style.icon.empty()) return block;
  const auto* text = std::get_if<styled::ParagraphBlock>(&block->content);
  const BlockPtr picture = icon(style.icon, text != nullptr ? text->paragraph->lines.line_height : style.leading(), block->at);
  if (!picture) return block;
  styled::BoxStyle outside;
  outside.space_before = block->box.space_before;
  outside.space_after = block->box.space_after;
  outside.margin = block->box.margin;
  outside.keep_with_next = block->box.keep_with_next;
  outside.keep_with_previous = block->box.keep_with_previous;
  outside.break_before = block->box.break_before;
  outside.widows = block->box.widows;
  outside.orphans = block->box.orphans;
  outside.column_span = block->box.column_span;
  if (text != nullptr) outside.keep_together = styled::Keep::Always;
  auto plain = std::make_shared<styled::Block>(*block);
  plain->box.space_before = plain->box.space_after = Length{};
  plain->box.margin = {};
  plain->box.break_before = styled::Break::Auto;
  std::vector<styled::RowCell> cells;
  cells.push_back({picture, styled::FixedWidth{std::get<styled::Picture>(picture->content).size.width}, styled::CellAlign::Top});
  cells.push_back({std::move(plain), styled::ShareWidth{1}, styled::CellAlign::Top});
  const Length size = text != nullptr ? text->paragraph->styles.front().size : style.size;
  return row(text != nullptr ? "title-row" : "icon-row", block->at, std::move(cells), size / 2, outside);
}

BlockPtr Composer::callout(const content::Block& block, const content::Callout& callout, const Scope& scope, Room room, int heading) const {
  const Element context("title", callout.title ? callout.title->id : "", nullptr);
  const Scope title_scope = enter(scope, context);
  TextBuilder builder(*this, title_scope, element_of(Role::P));
  if (callout.title) builder.add_inlines(callout.title->content, title_scope);
  else builder.add_phrase({std::string(name_of(callout.kind)), {}}, title_scope, block.at);
  BlockPtr title = anchored(builder.finish("title", callout.title ? callout.title->at : block.at), callout.title ? callout.title->id : "");
  title = with_icon(std::move(title), scope.style);
  std::vector<Placed> children;
  children.push_back({title, title_scope.style.column});
  for (Placed& child : blocks(callout.blocks, scope, room, heading)) children.push_back(std::move(child));
  return flow("callout", block.at, scope.style, element_of(Role::Div), std::move(children), room);
}

BlockPtr Composer::question(const content::Block& block, const content::Question& question, const Scope& scope) const {
  const Element context("question-text", question.text.id, nullptr);
  const Scope text_scope = enter(scope, context);
  TextBuilder builder(*this, text_scope, element_of(Role::P));
  builder.add_inlines(question.text.content, text_scope);
  std::vector<Placed> children;
  BlockPtr text = builder.finish("question-text", question.text.at);
  // Its keep is for the lines to write on: without them it would tie the question to whatever follows.
  if (question.lines == 0) text = with_keep(*text, styled::Keep::Auto);
  children.push_back({text, Column::Text});
  if (question.lines > 0) {
    const Element lines_context("lines", "", nullptr);
    const Scope lines_scope = enter(scope, lines_context);
    auto lines = std::make_shared<styled::Block>();
    lines->name = "lines";
    lines->at = block.at;
    lines->box = box(lines_scope.style);
    lines->content = write_lines(question.lines, lines_scope.style);
    children.push_back({lines, Column::Text});
  }
  return flow("question", block.at, scope.style, element_of(Role::None), std::move(children), Room::Narrow);
}

}  // namespace handout::compose
