#include "paginate/layout_tree.h"

#include "base/expects.h"

namespace handout::paginate {
namespace {

using display::ElementInfo;
using display::Role;
using display::StructureElement;
using display::StructureId;

class Builder {
 public:
  explicit Builder(std::vector<StructureElement>* structure) : structure_(structure) {}

  Node build(const styled::Block& block, std::optional<StructureId> parent) {
    Node node{&block, parent.value_or(StructureId{}), {}};
    if (const auto* paragraph = std::get_if<styled::ParagraphBlock>(&block.content)) {
      node.element = add_paragraph(*paragraph->paragraph, parent);
      return node;
    }
    std::optional<StructureId> element = parent;
    if (structure_ != nullptr && block.element.role != Role::None) element = add(block.element, parent);
    build_inside(node, element);
    return node;
  }

  // The children of a node whose element is there already.
  void build_inside(Node& node, std::optional<StructureId> element) {
    if (element) node.element = *element;
    std::visit([&](const auto& content) { add_children(node, content, element); }, node.block->content);
  }

 private:
  StructureId add(const ElementInfo& info, std::optional<StructureId> parent) {
    if (structure_ == nullptr) return {};
    structure_->push_back({info, parent});
    return StructureId(structure_->size() - 1);
  }

  // Element 0 and the inline elements get a run of ids, so that local index i of the fragment is element base + i.
  StructureId add_paragraph(const styled::Paragraph& paragraph, std::optional<StructureId> parent) {
    EXPECTS(!paragraph.elements.empty());
    if (structure_ == nullptr) return {};
    const StructureId base(structure_->size());
    for (std::size_t i = 0; i < paragraph.elements.size(); ++i) {
      const auto& element = paragraph.elements[i];
      add(element.info, i == 0 ? parent : StructureId(base.value() + element.parent.value()));
    }
    return base;
  }

  void add_children(Node& node, const styled::Flow& flow, std::optional<StructureId> element) {
    for (const auto& child : flow.children) node.children.push_back(build(*child, element));
  }
  void add_children(Node& node, const styled::Columns& columns, std::optional<StructureId> element) {
    for (const auto& child : columns.children) node.children.push_back(build(*child, element));
  }
  void add_children(Node& node, const styled::Parallel& parallel, std::optional<StructureId> element) {
    for (const auto& track : parallel.tracks) node.children.push_back(build(*track, element));
  }
  void add_children(Node& node, const styled::Row& row, std::optional<StructureId> element) {
    EXPECTS(row.reading.size() == row.cells.size());
    node.children.resize(row.cells.size());
    for (const std::size_t cell : row.reading) node.children[cell] = build(*row.cells[cell].block, element);
  }
  void add_children(Node& node, const styled::ListItem& item, std::optional<StructureId> element) {
    node.children.push_back(build(*item.label, element));
    node.children.push_back(build(*item.body, element));
  }
  void add_children(Node& node, const styled::Table& table, std::optional<StructureId> element) {
    std::optional<StructureId> group;
    std::optional<StructureId> row_element;
    int row = -1;
    for (const styled::TableCell& cell : table.cells) {
      if (row < 0 || (row < table.head_rows) != (cell.row < table.head_rows)) {
        ElementInfo info;
        info.role = cell.row < table.head_rows ? Role::TableHead : Role::TableBody;
        group = add(info, element);
      }
      if (cell.row != row) {
        ElementInfo info;
        info.role = Role::TableRow;
        row_element = add(info, group);
        row = cell.row;
      }
      node.children.push_back(build(*cell.block, structure_ == nullptr ? std::nullopt : row_element));
    }
  }
  void add_children(Node& node, const styled::Picture& picture, std::optional<StructureId> element) {
    for (const styled::PictureLabel& label : picture.labels) node.children.push_back({nullptr, add_paragraph(*label.paragraph, element), {}});
  }
  void add_children(Node&, const styled::ParagraphBlock&, std::optional<StructureId>) {}
  void add_children(Node&, const styled::Rule&, std::optional<StructureId>) {}
  void add_children(Node&, const styled::WriteLines&, std::optional<StructureId>) {}

  std::vector<StructureElement>* structure_;
};

}  // namespace

DocumentTree build_document(const styled::StyledDocument& document, std::vector<StructureElement>& structure) {
  EXPECTS(document.body->element.role == Role::Document && !std::holds_alternative<styled::ParagraphBlock>(document.body->content));
  Builder builder(&structure);
  const StructureId root(structure.size());
  structure.push_back({document.body->element, std::nullopt});
  DocumentTree tree;
  for (const styled::PlacedRegion& region : document.pages.at({true, false, false, false}).regions) {
    if (region.content) tree.regions.emplace(region.name, builder.build(*region.block, root));
  }
  tree.body.block = document.body.get();
  builder.build_inside(tree.body, root);
  for (const auto& [anchor, note] : document.footnotes.notes) tree.notes.emplace(anchor, builder.build(*note, root));
  return tree;
}

Node build_artifact_tree(const styled::Block& block) { return Builder(nullptr).build(block, std::nullopt); }

}  // namespace handout::paginate
