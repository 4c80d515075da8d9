#include "pdf/structure_tree.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/narrow.h"
#include "pdf/trees.h"

namespace handout::pdf {

using display::PageIndex;
using display::Role;
using display::StructureId;

namespace {

// Elements that say nothing when they are empty; a table or a list without one of its parts would be broken.
bool is_inline(Role role) { return role == Role::Span || role == Role::Quote || role == Role::Reference || role == Role::Link; }

const char* scope_name(display::Scope scope) {
  switch (scope) {
    case display::Scope::Row: return "Row";
    case display::Scope::Column: return "Column";
    case display::Scope::Both: return "Both";
    case display::Scope::None: break;
  }
  return nullptr;
}

const char* numbering_name(display::ListNumbering numbering) {
  switch (numbering) {
    case display::ListNumbering::None: return "None";
    case display::ListNumbering::Disc: return "Disc";
    case display::ListNumbering::Decimal: return "Decimal";
    case display::ListNumbering::UpperAlpha: return "UpperAlpha";
    case display::ListNumbering::LowerAlpha: return "LowerAlpha";
    case display::ListNumbering::UpperRoman: return "UpperRoman";
    case display::ListNumbering::LowerRoman: return "LowerRoman";
  }
  return nullptr;
}

std::string note_identifier(std::size_t index) {
  // Fixed width: the order of the bytes is the order of the ids.
  std::string digits = std::to_string(index);
  return "note-" + std::string(10 - digits.size(), '0') + digits;
}

}  // namespace

StructureTree::StructureTree(const display::DisplayDocument& document)
    : document_(&document), nodes_(document.structure.size()), pages_(document.pages.size()) {
  const auto& structure = document.structure;
  EXPECTS(!structure.empty() && structure.front().info.role == Role::Document);
  for (std::size_t i = 0; i < structure.size(); ++i) {
    const auto& parent = structure[i].parent;
    EXPECTS(i == 0 ? !parent : parent && parent->value() < i);
    owner_.push_back(structure[i].info.role != Role::None ? StructureId(i) : owner_[parent->value()]);
  }
  for (const display::Page& page : document.pages) {
    for (const display::Placement& placement : page.placements) {
      const auto* base = std::get_if<StructureId>(&placement.occurrence);
      if (base == nullptr) continue;
      for (std::size_t i = 1; i < placement.fragment->elements.size(); ++i) nodes_.at(base->value() + i).local = true;
    }
  }
}

std::uint32_t StructureTree::add_content(PageIndex page, StructureId owner) {
  std::vector<StructureId>& owners = pages_[page.value()];
  const auto mcid = narrow<std::uint32_t>(owners.size());
  owners.push_back(owner);
  nodes_[owner.value()].content.push_back({painted_++, {page, mcid}});
  return mcid;
}

std::uint32_t StructureTree::add_annotation(PageIndex page, StructureId owner, HPDF_Dict annotation) {
  annotation_owners_.push_back(owner);
  nodes_[owner.value()].annotations.push_back({page, annotation});
  return narrow<std::uint32_t>(pages_.size() + annotation_owners_.size() - 1);
}

void StructureTree::add_area(PageIndex page, StructureId owner, const Box& box) {
  std::optional<Area>& area = nodes_[owner.value()].area;
  if (!area) {
    area = Area{page, box};
    return;
  }
  area->one_page = area->one_page && area->page == page;
  area->box = {std::min(area->box.left, box.left), std::min(area->box.bottom, box.bottom), std::max(area->box.right, box.right),
               std::max(area->box.top, box.top)};
}

// Which elements are in the file, what their children are and when each was first painted: from the leaves up, as parents come first.
void StructureTree::settle() {
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    Node& node = nodes_[i];
    const Role role = document_->structure[i].info.role;
    if (role == Role::None) continue;
    if (!node.content.empty()) node.first_painted = std::min(node.content.front().order, node.first_painted.value_or(UINT64_MAX));
    const bool empty = node.content.empty() && node.annotations.empty() && node.children.empty();
    node.written = !(empty && is_inline(role));
    std::ranges::reverse(node.children);
    if (!node.written || i == 0) continue;
    Node& parent = nodes_[owner_[document_->structure[i].parent->value()].value()];
    parent.children.push_back(StructureId(i));
    if (node.first_painted) parent.first_painted = std::min(*node.first_painted, parent.first_painted.value_or(UINT64_MAX));
  }
}

// Block-level children in the order of their ids, which is the reading order; content and the elements inside the fragment in the order of
// painting, before the first block that was painted later; annotations at the end.
std::vector<StructureTree::Kid> StructureTree::kids(const Node& node) const {
  std::vector<std::pair<std::uint64_t, Kid>> painted;
  for (const Painted& item : node.content) painted.emplace_back(item.order, item.content);
  std::vector<StructureId> blocks;
  for (const StructureId child : node.children) {
    const Node& child_node = nodes_[child.value()];
    if (child_node.local && child_node.first_painted) painted.emplace_back(*child_node.first_painted, child);
    else blocks.push_back(child);
  }
  std::ranges::stable_sort(painted, {}, [](const auto& item) { return item.first; });

  std::vector<Kid> result;
  auto next = painted.begin();
  for (const StructureId block : blocks) {
    const auto first = nodes_[block.value()].first_painted;
    for (; first && next != painted.end() && next->first < *first; ++next) result.push_back(next->second);
    result.emplace_back(block);
  }
  for (; next != painted.end(); ++next) result.push_back(next->second);
  for (const Annotation& annotation : node.annotations) result.emplace_back(annotation);
  return result;
}

std::vector<HPDF_Dict> StructureTree::write(Haru& haru, std::span<const HPDF_Page> pages) {
  settle();
  HPDF_Dict root = haru.indirect_dict();
  dicts_.assign(nodes_.size(), nullptr);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].written) dicts_[i] = haru.indirect_dict();
  }
  haru.put_name(root, "Type", "StructTreeRoot");
  haru.put(root, "K", dicts_[0]);
  haru.put(dicts_[0], "P", root);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].written) write_element(haru, i, pages);
  }
  write_parent_tree(haru, root);
  write_identifiers(haru, root);
  haru.put(haru.catalog(), "StructTreeRoot", root);
  return dicts_;
}

void StructureTree::write_element(Haru& haru, std::size_t index, std::span<const HPDF_Page> pages) {
  const Node& node = nodes_[index];
  const display::ElementInfo& info = document_->structure[index].info;
  HPDF_Dict dict = dicts_[index];
  haru.put_name(dict, "S", display::name(info.role));
  if (index != 0) haru.put(dict, "P", dicts_[owner_[document_->structure[index].parent->value()].value()]);
  if (!info.language.empty()) haru.put_text(dict, "Lang", info.language);
  if (!info.alt.empty()) haru.put_text(dict, "Alt", info.alt);
  if (!info.title.empty()) haru.put_text(dict, "T", info.title);
  // ISO 14289-1, 7.9: notes have identifiers.
  if (info.role == Role::Note) haru.put_bytes(dict, "ID", note_identifier(index));
  write_attributes(haru, index);

  std::optional<PageIndex> own_page;
  if (!node.content.empty()) own_page = node.content.front().content.page;
  else if (!node.annotations.empty()) own_page = node.annotations.front().page;
  if (own_page) haru.put(dict, "Pg", pages[own_page->value()]);
  write_kids(haru, kids(node), dict, own_page, pages);
}

void StructureTree::write_attributes(Haru& haru, std::size_t index) {
  const display::ElementInfo& info = document_->structure[index].info;
  const auto attributes = [&](const char* owner) {
    HPDF_Dict attribute = haru.dict();
    haru.put_name(attribute, "O", owner);
    haru.put(dicts_[index], "A", attribute);
    return attribute;
  };
  if (info.role == Role::List) haru.put_name(attributes("List"), "ListNumbering", numbering_name(info.numbering));
  const bool header = info.role == Role::TableHeader;
  if (header || info.role == Role::TableData) {
    const char* scope = header ? scope_name(info.scope) : nullptr;
    if (scope == nullptr && info.row_span == 1 && info.column_span == 1) return;
    HPDF_Dict table = attributes("Table");
    if (scope != nullptr) haru.put_name(table, "Scope", scope);
    if (info.row_span != 1) haru.put_number(table, "RowSpan", info.row_span);
    if (info.column_span != 1) haru.put_number(table, "ColSpan", info.column_span);
  }
  // Table 345: a figure that stands whole on one page says where.
  const std::optional<Area>& area = nodes_[index].area;
  if (info.role == Role::Figure && area && area->one_page) {
    HPDF_Dict layout = attributes("Layout");
    HPDF_Array box = haru.array();
    for (const double side : {area->box.left, area->box.bottom, area->box.right, area->box.top}) haru.push_real(box, side);
    haru.put(layout, "BBox", box);
    haru.put_name(layout, "Placement", "Block");
  }
}

void StructureTree::write_kids(Haru& haru, const std::vector<Kid>& kids, HPDF_Dict dict, std::optional<PageIndex> own_page, std::span<const HPDF_Page> pages) {
  if (kids.empty()) return;
  if (kids.size() == 1) {
    if (const auto* child = std::get_if<StructureId>(&kids.front())) return haru.put(dict, "K", dicts_[child->value()]);
    if (const auto* content = std::get_if<Content>(&kids.front())) return haru.put_number(dict, "K", content->mcid);
  }
  HPDF_Array array = haru.array();
  const auto reference = [&](const char* type, PageIndex page) {
    HPDF_Dict kid = haru.dict();
    haru.put_name(kid, "Type", type);
    if (page != own_page) haru.put(kid, "Pg", pages[page.value()]);
    return kid;
  };
  for (const Kid& kid : kids) {
    if (const auto* child = std::get_if<StructureId>(&kid)) {
      haru.push(array, dicts_[child->value()]);
    } else if (const auto* annotation = std::get_if<Annotation>(&kid)) {
      HPDF_Dict object = reference("OBJR", annotation->page);
      haru.put(object, "Obj", annotation->dict);
      haru.push(array, object);
    } else if (const auto& content = std::get<Content>(kid); content.page == own_page) {
      haru.push_number(array, content.mcid);
    } else {
      HPDF_Dict marked = reference("MCR", content.page);
      haru.put_number(marked, "MCID", content.mcid);
      haru.push(array, marked);
    }
  }
  haru.put(dict, "K", array);
}

// 14.7.4.4: from a page's MCIDs and from an annotation back to the elements.
void StructureTree::write_parent_tree(Haru& haru, HPDF_Dict root) {
  std::vector<std::pair<std::int64_t, void*>> entries;
  for (std::size_t page = 0; page < pages_.size(); ++page) {
    if (pages_[page].empty()) continue;
    HPDF_Array owners = haru.array();
    for (const StructureId owner : pages_[page]) haru.push(owners, dicts_[owner.value()]);
    entries.emplace_back(page, owners);
  }
  for (std::size_t i = 0; i < annotation_owners_.size(); ++i) {
    entries.emplace_back(pages_.size() + i, dicts_[annotation_owners_[i].value()]);
  }
  haru.put(root, "ParentTree", number_tree(haru, entries));
  haru.put_number(root, "ParentTreeNextKey", narrow<std::int64_t>(pages_.size() + annotation_owners_.size()));
}

// Table 322: required when elements have identifiers.
void StructureTree::write_identifiers(Haru& haru, HPDF_Dict root) {
  std::vector<std::pair<std::string, void*>> entries;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].written && document_->structure[i].info.role == Role::Note) entries.emplace_back(note_identifier(i), dicts_[i]);
  }
  if (!entries.empty()) haru.put(root, "IDTree", name_tree(haru, entries));
}

}  // namespace handout::pdf
