// Lists, points, definitions and references: items with a label.
#include "compose/composer.h"
#include "unicode/formats.h"

namespace handout::compose {

using content::ListKind;
using display::ElementInfo;
using display::ListNumbering;
using display::Role;
using styled::BlockPtr;

namespace {

ElementInfo list_element(ListNumbering numbering) {
  ElementInfo info = element_of(Role::List);
  info.numbering = numbering;
  return info;
}

std::string marker_text(const std::string& marker, int number, const unicode::Locale& locale) {
  if (marker == "none") return "";
  if (marker == "number") return unicode::list_label(number, locale);
  if (marker == "check") return "\u2610";
  if (marker == "dash") return "\u2013";
  if (marker == "disc" || marker.empty()) return "\u2022";
  return marker;
}

bool is_number(ListKind kind) { return kind == ListKind::Number || kind == ListKind::Steps; }

std::string default_marker(ListKind kind) { return is_number(kind) ? "number" : kind == ListKind::Check ? "check" : "disc"; }

}  // namespace

// One item: its label hangs in a column of its own.
BlockPtr Composer::labelled(std::string_view name, const Span& at, const Scope& scope, const std::string& label, BlockPtr body) const {
  const Element marker_context("marker", "", nullptr);
  const Scope marker_scope = enter(scope, marker_context);
  TextBuilder builder(*this, marker_scope, element_of(Role::Label));
  // Who reads the page and not its structure needs the space between label and text.
  builder.add_text(label + " ", marker_scope, display::TextSource::Fixed);
  auto block = std::make_shared<styled::Block>();
  block->name = name;
  block->at = at;
  block->box = box(scope.style);
  block->element = element_of(Role::ListItem);
  const Length width = scope.style.label_width.value_or(scope.style.size.scaled(1.25));
  block->content = styled::ListItem{builder.finish("marker", at), width, scope.style.label_gap, right_to_left(), std::move(body)};
  return block;
}

BlockPtr Composer::list_item(const content::Item& item, const Scope& list_scope, const std::string& label, int heading) const {
  const Element context("li", item.id, nullptr);
  const Scope scope = enter(list_scope, context);
  std::vector<Placed> children;
  if (item.text) {
    const Element text_context("item-text", "", nullptr);
    const Scope text_scope = enter(scope, text_context);
    TextBuilder builder(*this, text_scope, element_of(Role::None));
    builder.add_inlines(item.text->content, text_scope);
    if (link_targets.contains(item.text->id)) builder.set_anchor(item.text->id);
    children.push_back({builder.finish("item-text", item.text->at), Column::Text});
  } else {
    children = blocks(item.blocks, scope, Room::Narrow, heading);
  }
  BlockPtr whole = labelled("li", item.at, scope, label, flow("item", item.at, ComputedStyle{}, element_of(Role::ListBody), std::move(children), Room::Narrow));
  return item.text ? whole : anchored(whole, item.id);
}

BlockPtr Composer::list(const content::Block& block, const content::List& list, const Scope& scope, int heading) const {
  const std::string marker = scope.style.marker.empty() ? default_marker(list.kind) : scope.style.marker;
  std::vector<Placed> children;
  int number = list.start;
  for (const content::Item& item : list.items) children.push_back({list_item(item, scope, marker_text(marker, number++, article.locale), heading), Column::Text});
  const ElementInfo info = list_element(is_number(list.kind) ? ListNumbering::Decimal : ListNumbering::Disc);
  return flow(is_number(list.kind) ? "ol" : "ul", block.at, scope.style, info, std::move(children), Room::Narrow);
}

Placed Composer::points(const Scope& parent) const {
  const Element context("points", "points", nullptr);
  const Scope scope = enter(parent, context);
  const std::string marker = scope.style.marker.empty() ? "disc" : scope.style.marker;
  std::vector<Placed> children;
  int number = 1;
  for (const content::TextBlock& point : article.points) {
    std::vector<std::string> classes;
    for (const std::string& marked : request.marked) {
      if (marked == point.id) classes.push_back("marked");
    }
    const Element point_context("point", point.id, &classes);
    const Scope point_scope = enter(scope, point_context);
    TextBuilder builder(*this, point_scope, element_of(Role::None));
    builder.add_inlines(point.content, point_scope);
    if (link_targets.contains(point.id)) builder.set_anchor(point.id);
    std::vector<Placed> body;
    auto text = std::make_shared<styled::Block>(*builder.finish("point-text", point.at));
    text->box = {};
    body.push_back({text, Column::Text});
    children.push_back({labelled("point", point.at, point_scope, marker_text(marker, number++, article.locale), flow("item", point.at, ComputedStyle{}, element_of(Role::ListBody), std::move(body), Room::Narrow)), Column::Text});
  }
  const ElementInfo info = list_element(marker == "number" ? ListNumbering::Decimal : ListNumbering::Disc);
  return {flow("points", article.title.at, scope.style, info, std::move(children), Room::Narrow), scope.style.column};
}

BlockPtr Composer::definitions(const content::Block& block, const content::DefinitionList& list, const Scope& scope) const {
  std::vector<Placed> items;
  for (const content::Definition& entry : list.entries) {
    std::vector<Placed> parts, bodies;
    for (const content::TextBlock& term : entry.terms) parts.push_back(text_block("dt", term, scope, Role::Label));
    for (const content::TextBlock& description : entry.descriptions) bodies.push_back(text_block("dd", description, scope, Role::P));
    parts.push_back({flow("item", block.at, ComputedStyle{}, element_of(Role::ListBody), std::move(bodies), Room::Narrow), Column::Text});
    const Element entry_context("entry", "", nullptr);
    items.push_back({flow("entry", block.at, enter(scope, entry_context).style, element_of(Role::ListItem), std::move(parts), Room::Narrow), Column::Text});
  }
  return flow("dl", block.at, scope.style, list_element(ListNumbering::None), std::move(items), Room::Narrow);
}

Placed Composer::references(const Scope& parent) const {
  const Element context("references", "references", nullptr);
  const Scope scope = enter(parent, context);
  std::vector<Placed> children;
  for (const content::Reference& reference : article.references) {
    const Element item_context("reference", reference.text.id, nullptr);
    const Scope item_scope = enter(scope, item_context);
    const Element text_context("reference-text", "", nullptr);
    const Scope text_scope = enter(item_scope, text_context);
    TextBuilder builder(*this, text_scope, element_of(Role::None));
    if (reference.href.empty()) {
      builder.add_inlines(reference.text.content, text_scope);
    } else {
      content::Inlines link;
      link.push_back({reference.text.at, content::Link{reference.href, reference.text.content}});
      builder.add_inlines(link, text_scope);
    }
    if (reference.status == content::ReferenceStatus::Unverified) {
      const Element note_context("unverified", "", nullptr);
      const Scope note_scope = enter(text_scope, note_context);
      builder.add_text(" (", note_scope, display::TextSource::Fixed);
      builder.add_phrase({"unverified", {}}, note_scope, reference.text.at);
      builder.add_text(")", note_scope, display::TextSource::Fixed);
    }
    if (link_targets.contains(reference.text.id)) builder.set_anchor(reference.text.id);
    std::vector<Placed> body;
    body.push_back({builder.finish("reference-text", reference.text.at), Column::Text});
    const int number = reference_numbers.at(reference.text.id);
    children.push_back({labelled("reference", reference.text.at, item_scope, unicode::list_label(number, article.locale), flow("item", reference.text.at, ComputedStyle{}, element_of(Role::ListBody), std::move(body), Room::Narrow)), Column::Text});
  }
  return {flow("references", article.title.at, scope.style, list_element(ListNumbering::Decimal), std::move(children), Room::Narrow), scope.style.column};
}

}  // namespace handout::compose
