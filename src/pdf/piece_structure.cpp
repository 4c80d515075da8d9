#include "pdf/piece_structure.h"

#include <algorithm>
#include <string>

#include "base/expects.h"
#include "base/narrow.h"

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

}  // namespace

PieceStructure::PieceStructure(const display::DisplayDocument& piece, std::int64_t first_key)
    : piece_(&piece), nodes_(piece.structure.size()), pages_(piece.pages.size()), first_key_(first_key) {
  const auto& structure = piece.structure;
  EXPECTS(!structure.empty() && structure.front().info.role == Role::Document);
  for (std::size_t i = 0; i < structure.size(); ++i) {
    const auto& parent = structure[i].parent;
    EXPECTS(i == 0 ? !parent : parent && parent->value() < i);
    owner_.push_back(structure[i].info.role != Role::None ? StructureId(i) : owner_[parent->value()]);
  }
  for (const display::Page& page : piece.pages) {
    for (const display::Placement& placement : page.placements) {
      const auto* base = std::get_if<StructureId>(&placement.occurrence);
      if (base == nullptr) continue;
      for (std::size_t i = 1; i < placement.fragment->elements.size(); ++i) nodes_.at(base->value() + i).local = true;
    }
  }
}

void PieceStructure::add_content(PageIndex page, const Owner& owner, std::uint32_t mcid) {
  std::vector<StructureId>& owners = pages_[page.value()];
  if (owners.size() <= mcid) owners.resize(std::size_t{mcid} + 1);
  owners[mcid] = owner.element;
  nodes_[owner.element.value()].content.push_back({{owner.folio, painted_++}, {page, mcid}});
}

void PieceStructure::add_annotation(PageIndex page, StructureId owner, ObjectId annotation) {
  annotation_owners_.push_back(owner);
  nodes_[owner.value()].annotations.push_back({page, annotation});
}

void PieceStructure::add_area(PageIndex page, StructureId owner, const Box& box) {
  std::optional<Area>& area = nodes_[owner.value()].area;
  if (!area) {
    area = Area{page, box};
    return;
  }
  area->one_page = area->one_page && area->page == page;
  area->box = {std::min(area->box.left, box.left), std::min(area->box.bottom, box.bottom), std::max(area->box.right, box.right),
               std::max(area->box.top, box.top)};
}

void PieceStructure::note_first(std::optional<Order>& first, const Order& order) { first = first ? std::min(*first, order) : order; }

// Which elements are in the file, what their children are and when each is first read: from the leaves up, as parents come first.
void PieceStructure::settle() {
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    Node& node = nodes_[i];
    const Role role = piece_->structure[i].info.role;
    if (role == Role::None) continue;
    // On sheets a later page may be painted first.
    std::ranges::sort(node.content, {}, &Sequence::order);
    if (!node.content.empty()) note_first(node.first_read, node.content.front().order);
    const bool empty = node.content.empty() && node.annotations.empty() && node.children.empty();
    node.written = !(empty && is_inline(role));
    std::ranges::reverse(node.children);
    if (!node.written || i == 0) continue;
    Node& parent = nodes_[owner_[piece_->structure[i].parent->value()].value()];
    parent.children.push_back(StructureId(i));
    if (node.first_read) note_first(parent.first_read, *node.first_read);
  }
}

// Block-level children in the order of their ids, which is the reading order; content and the elements inside the fragment in the order of
// folios and painting, before the first block that is read later; annotations at the end.
std::vector<PieceStructure::Kid> PieceStructure::kids(const Node& node) const {
  std::vector<std::pair<Order, Kid>> painted;
  for (const Sequence& item : node.content) painted.emplace_back(item.order, item.content);
  std::vector<StructureId> blocks;
  for (const StructureId child : node.children) {
    const Node& child_node = nodes_[child.value()];
    if (child_node.local && child_node.first_read) painted.emplace_back(*child_node.first_read, child);
    else blocks.push_back(child);
  }
  std::ranges::stable_sort(painted, {}, [](const auto& item) { return item.first; });

  std::vector<Kid> result;
  auto next = painted.begin();
  for (const StructureId block : blocks) {
    const auto first = nodes_[block.value()].first_read;
    for (; first && next != painted.end() && next->first < *first; ++next) result.push_back(next->second);
    result.emplace_back(block);
  }
  for (; next != painted.end(); ++next) result.push_back(next->second);
  for (const Annotation& annotation : node.annotations) result.emplace_back(annotation);
  return result;
}

void PieceStructure::write(Haru& haru, Saver& saver, StructureTree& tree, ObjectId first_page) {
  settle();
  std::uint32_t count = 0;
  for (const Node& node : nodes_) {
    rank_.push_back(count);
    if (node.written) ++count;
  }
  first_element_ = saver.reserve(count);
  tree.add_piece(first_element_);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].written) saver.write(*object(StructureId(i)), element(haru, i, tree, first_page));
  }
  add_keys(haru, tree);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].written && role(StructureId(i)) == Role::Note) tree.add_note(i, *object(StructureId(i)));
  }
}

std::optional<ObjectId> PieceStructure::object(StructureId element) const {
  if (!nodes_[element.value()].written) return std::nullopt;
  return first_element_ + rank_[element.value()];
}

HPDF_Dict PieceStructure::element(Haru& haru, std::size_t index, const StructureTree& tree, ObjectId first_page) const {
  const Node& node = nodes_[index];
  const display::ElementInfo& info = piece_->structure[index].info;
  HPDF_Dict dict = haru.dict();
  haru.put_name(dict, "S", index == 0 ? tree.piece_role() : display::name(info.role));
  if (index == 0) haru.put(dict, "P", tree.parent());
  else haru.put(dict, "P", *object(owner_[piece_->structure[index].parent->value()]));
  const std::string language = index == 0 && info.language.empty() ? tree.language_of(piece_->metadata) : info.language;
  if (!language.empty()) haru.put_text(dict, "Lang", language);
  if (!info.alt.empty()) haru.put_text(dict, "Alt", info.alt);
  if (!info.title.empty()) haru.put_text(dict, "T", info.title);
  // ISO 14289-1, 7.9: notes have identifiers.
  if (info.role == Role::Note) haru.put_bytes(dict, "ID", tree.note_identifier(index));
  put_attributes(haru, dict, index);

  std::optional<PageIndex> own_page;
  if (!node.content.empty()) own_page = node.content.front().content.page;
  else if (!node.annotations.empty()) own_page = node.annotations.front().page;
  if (own_page) haru.put(dict, "Pg", first_page + own_page->value());
  put_kids(haru, dict, node, own_page, first_page);
  return dict;
}

void PieceStructure::put_attributes(Haru& haru, HPDF_Dict dict, std::size_t index) const {
  const display::ElementInfo& info = piece_->structure[index].info;
  const auto attributes = [&](const char* owner) {
    HPDF_Dict attribute = haru.dict();
    haru.put_name(attribute, "O", owner);
    haru.put(dict, "A", attribute);
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
    haru.put(layout, "BBox", haru.numbers({area->box.left, area->box.bottom, area->box.right, area->box.top}));
    haru.put_name(layout, "Placement", "Block");
  }
}

void PieceStructure::put_kids(Haru& haru, HPDF_Dict dict, const Node& node, std::optional<PageIndex> own_page, ObjectId first_page) const {
  const std::vector<Kid> kids = this->kids(node);
  if (kids.empty()) return;
  if (kids.size() == 1) {
    if (const auto* child = std::get_if<StructureId>(&kids.front())) return haru.put(dict, "K", *object(*child));
    if (const auto* content = std::get_if<Content>(&kids.front())) return haru.put_number(dict, "K", content->mcid);
  }
  HPDF_Array array = haru.array();
  const auto reference = [&](const char* type, PageIndex page) {
    HPDF_Dict kid = haru.dict();
    haru.put_name(kid, "Type", type);
    if (page != own_page) haru.put(kid, "Pg", first_page + page.value());
    return kid;
  };
  for (const Kid& kid : kids) {
    if (const auto* child = std::get_if<StructureId>(&kid)) {
      haru.push(array, *object(*child));
    } else if (const auto* annotation = std::get_if<Annotation>(&kid)) {
      HPDF_Dict object_reference = reference("OBJR", annotation->page);
      haru.put(object_reference, "Obj", annotation->object);
      haru.push(array, object_reference);
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
void PieceStructure::add_keys(Haru& haru, StructureTree& tree) const {
  for (std::size_t page = 0; page < pages_.size(); ++page) {
    if (pages_[page].empty()) continue;
    HPDF_Array owners = haru.array();
    for (const StructureId owner : pages_[page]) haru.push(owners, *object(owner));
    tree.add_page(page_key(PageIndex(page)), owners);
  }
  for (std::size_t i = 0; i < annotation_owners_.size(); ++i) tree.add_annotation(annotation_key(i), *object(annotation_owners_[i]));
  tree.end_keys(annotation_key(annotation_owners_.size()));
}

}  // namespace handout::pdf
