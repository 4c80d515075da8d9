#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "display/display.h"
#include "pdf/haru.h"

namespace handout::pdf {

// PDF user space of one page: left, bottom, right, top in points.
struct Box {
  double left = 0, bottom = 0, right = 0, top = 0;
};

// What the pages paint for each element, in the order of painting; at the end, the tree of it (ISO 32000-1, 14.7).
class StructureTree {
 public:
  explicit StructureTree(const display::DisplayDocument& document);

  // The element that content of `id` belongs to: itself, or the nearest ancestor that is an element of the file.
  [[nodiscard]] display::StructureId owner(display::StructureId id) const { return owner_[id.value()]; }
  [[nodiscard]] display::Role role(display::StructureId id) const { return document_->structure[id.value()].info.role; }

  // Begins a marked-content sequence on a page; returns its MCID.
  std::uint32_t add_content(display::PageIndex page, display::StructureId owner);
  // An annotation of a Link element; returns its StructParent.
  std::uint32_t add_annotation(display::PageIndex page, display::StructureId owner, HPDF_Dict annotation);
  // Where a figure is painted: its BBox, when it stands on one page.
  void add_area(display::PageIndex page, display::StructureId owner, const Box& box);

  [[nodiscard]] bool has_content(display::PageIndex page) const { return !pages_[page.value()].empty(); }
  // Writes the tree into the catalog. Returns the dictionary of each element, null for those that are not in the file.
  std::vector<HPDF_Dict> write(Haru& haru, std::span<const HPDF_Page> pages);

 private:
  struct Content {
    display::PageIndex page;
    std::uint32_t mcid = 0;
  };
  struct Annotation {
    display::PageIndex page;
    HPDF_Dict dict = nullptr;
  };
  using Kid = std::variant<Content, display::StructureId, Annotation>;
  struct Painted {
    std::uint64_t order = 0;
    Content content;
  };
  struct Area {
    display::PageIndex page;
    Box box;
    bool one_page = true;
  };
  struct Node {
    std::vector<Painted> content;
    std::vector<Annotation> annotations;
    std::vector<display::StructureId> children;  // elements of the file, by id
    std::optional<Area> area;
    std::optional<std::uint64_t> first_painted;  // its own content or a descendant's
    bool local = false;                          // inside a fragment: ordered by painting
    bool written = false;
  };

  void settle();
  [[nodiscard]] std::vector<Kid> kids(const Node& node) const;
  void write_element(Haru& haru, std::size_t index, std::span<const HPDF_Page> pages);
  void write_attributes(Haru& haru, std::size_t index);
  void write_kids(Haru& haru, const std::vector<Kid>& kids, HPDF_Dict dict, std::optional<display::PageIndex> own_page, std::span<const HPDF_Page> pages);
  void write_parent_tree(Haru& haru, HPDF_Dict root);
  void write_identifiers(Haru& haru, HPDF_Dict root);

  const display::DisplayDocument* document_;
  std::vector<display::StructureId> owner_;
  std::vector<Node> nodes_;
  std::vector<std::vector<display::StructureId>> pages_;     // the element of each MCID
  std::vector<display::StructureId> annotation_owners_;      // of StructParent pages_.size() + i
  std::vector<HPDF_Dict> dicts_;
  std::uint64_t painted_ = 0;
};

}  // namespace handout::pdf
