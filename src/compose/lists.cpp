// Lists, points, definitions and references: items with a label.
#include <algorithm>

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

bool is_ordered(ListKind kind) { return kind == ListKind::Number || kind == ListKind::Steps; }

}  // namespace

// One item: its label hangs in a column of its own.
BlockPtr Composer::labelled(std::string_view name, const Span& at, const Scope& scope, const Label& label, BlockPtr body) const {
  const Element marker_context("marker", "", nullptr);
  const Scope marker_scope = enter(scope, marker_context);
  TextBuilder builder(*this, marker_scope, element_of(Role::Label));
  // Who reads the page and not its structure needs the space between label and text.
  builder.add_text(label.text + " ", marker_scope, display::TextSource::Fixed);
  auto block = std::make_shared<styled::Block>();
  block->name = name;
  block->at = at;
  block->box = box(scope.style);
  block->element = element_of(Role::ListItem);
  Length width = scope.style.label_width.value_or(scope.style.size.scaled(1.25));
  // Long labels (xviii., 1000.) get the room that they need, with a quarter of an em between them and the text; an eighth is enough where the layout's own width leaves it.
  if (scope.style.size.scaled(label.ems + 0.125) > width) width = scope.style.size.scaled(label.ems + 0.25);
  block->content = styled::ListItem{builder.finish("marker", at), width, scope.style.label_gap, right_to_left(), std::move(body)};
  return block;
}

BlockPtr Composer::list_item(const content::Item& item, const Element& context, const Scope& list_scope, const Label& label, int heading) const {
  const Scope scope = enter(list_scope, context);
  std::vector<Placed> children;
  if (item.text) {
    const Element text_context("item-text", "", nullptr);
    const Scope text_scope = enter(scope, text_context);
    TextBuilder builder(*this, text_scope, element_of(Role::None));
    builder.add_inlines(item.text->content, text_scope);
    if (link_targets.contains(item.text->id)) builder.set_anchor(destination(item.text->id));
    children.push_back({builder.finish("item-text", item.text->at), Column::Text});
  } else {
    children = blocks(item.blocks, scope, Room::Narrow, heading);
  }
  BlockPtr whole = labelled("li", item.at, scope, label, flow("item", item.at, ComputedStyle{}, element_of(Role::ListBody), std::move(children), Room::Narrow));
  return item.text ? whole : anchored(whole, item.id);
}

BlockPtr Composer::list(const content::Block& block, const content::List& list, const Scope& scope, int heading) const {
  const Markers markers(marker_for(scope.style, list.kind), article.locale);
  const std::vector<Label> labels = markers.labels(list.start, list.items.size());
  std::vector<Placed> children;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    std::vector<std::pair<std::string_view, std::string_view>> attributes;
    if (i == 0) attributes.emplace_back("first", "yes");
    if (i + 1 == list.items.size()) attributes.emplace_back("last", "yes");
    const Element context("li", list.items[i].id, nullptr, std::move(attributes));
    children.push_back({list_item(list.items[i], context, scope, labels[i], heading), Column::Text});
    note_origin(children.back().block, list.items[i].text ? list.items[i].text->id : list.items[i].id);
  }
  return flow(is_ordered(list.kind) ? "ol" : "ul", block.at, scope.style, list_element(markers.numbering()), std::move(children), Room::Narrow);
}

Placed Composer::points(const Scope& parent) const {
  const Element context("points", "points", nullptr);
  const Scope scope = enter(parent, context);
  if (scope.style.hidden) return {};
  const Markers markers(marker_for(scope.style, ListKind::Bullet), article.locale);
  const std::vector<Label> labels = markers.labels(1, article.points.size());
  const std::vector<std::string> marked = request::choice_of(request, request.editions[edition]).marked;
  std::vector<Placed> children;
  for (const content::TextBlock& point : article.points) {
    std::vector<std::string> classes;
    if (std::find(marked.begin(), marked.end(), point.id) != marked.end()) classes.push_back("marked");
    const Element point_context("point", point.id, &classes);
    const Scope point_scope = enter(scope, point_context);
    TextBuilder builder(*this, point_scope, element_of(Role::None));
    builder.add_inlines(point.content, point_scope);
    if (link_targets.contains(point.id)) builder.set_anchor(destination(point.id));
    std::vector<Placed> body;
    auto text = std::make_shared<styled::Block>(*builder.finish("point-text", point.at));
    text->box = {};
    body.push_back({text, Column::Text});
    children.push_back({labelled("point", point.at, point_scope, labels[children.size()], flow("item", point.at, ComputedStyle{}, element_of(Role::ListBody), std::move(body), Room::Narrow)), Column::Text});
    note_origin(children.back().block, point.id);
  }
  return {flow("points", article.title.at, scope.style, list_element(markers.numbering()), std::move(children), Room::Narrow), scope.style.column};
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
    if (!entry.terms.empty()) note_origin(items.back().block, entry.terms.front().id);
  }
  return flow("dl", block.at, scope.style, list_element(ListNumbering::None), std::move(items), Room::Narrow);
}

// Its words, a link where it has an address.
BlockPtr Composer::reference_text(const content::Reference& reference, const Scope& scope, display::ElementInfo info) const {
  const Element context("reference-text", "", nullptr);
  const Scope text_scope = enter(scope, context);
  TextBuilder builder(*this, text_scope, std::move(info));
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
  return builder.finish("reference-text", reference.text.at);
}

// Those that are printed as footnotes are left to them.
Placed Composer::references(const Scope& parent) const {
  const Element context("references", "references", nullptr);
  const Scope scope = enter(parent, context);
  const double widest = label_ems(unicode::list_label(std::ssize(article.references), article.locale));
  std::vector<Placed> children;
  for (const content::Reference& reference : article.references) {
    const std::string& id = reference.text.id;
    if (notes->cited.contains(id)) continue;
    notes->listed.insert(id);
    const Element item_context("reference", id, nullptr);
    const Scope item_scope = enter(scope, item_context);
    std::vector<Placed> body;
    body.push_back({anchored(reference_text(reference, item_scope, element_of(Role::None)), id), Column::Text});
    const Label label{unicode::list_label(reference_numbers.at(id), article.locale), widest};
    children.push_back({labelled("reference", reference.text.at, item_scope, label, flow("item", reference.text.at, ComputedStyle{}, element_of(Role::ListBody), std::move(body), Room::Narrow)), Column::Text});
    note_origin(children.back().block, id);
  }
  if (children.empty()) return {};
  return {flow("references", article.title.at, scope.style, list_element(ListNumbering::Decimal), std::move(children), Room::Narrow), scope.style.column};
}

void Composer::add_footnotes(styled::Footnotes& footnotes, const Scope& root) const {
  const Element context("footnotes", "", nullptr);
  const Scope scope = enter(root, context);
  footnotes.space = std::max(footnotes.space, scope.style.space_before);
  if (scope.style.border_top) footnotes.rule = scope.style.border_top;
  if (scope.style.width) footnotes.rule_width = cascade.extent(*scope.style.width, scope.style.size).of(text_width);
  for (const content::Reference& reference : article.references) {
    const std::string& id = reference.text.id;
    if (!notes->cited.contains(id)) continue;
    const Element note_context("footnote", id, nullptr);
    const Scope note_scope = enter(scope, note_context);
    auto note = std::make_shared<styled::Block>(*labelled("footnote", reference.text.at, note_scope, Label{unicode::list_label(reference_numbers.at(id), article.locale)}, reference_text(reference, note_scope, element_of(Role::P))));
    note->element.role = Role::Note;
    // Notes stand behind the body, not in the part of the document that is in their language.
    if (edition > 0) note->element.language = article.locale.tag();
    note->anchor = destination(id);
    footnotes.notes.emplace(destination(id), std::move(note));
  }
}

}  // namespace handout::compose
