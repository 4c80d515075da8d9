#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "display/display.h"
#include "pdf/paint_page.h"
#include "pdf/structure_tree.h"

namespace handout::pdf {

// The elements of one piece: what the pages paint for each, in the order of folios and painting; at the end they are written (ISO 32000-1, 14.7).
class PieceStructure {
 public:
  // Keys of the ParentTree count from `first_key`.
  PieceStructure(const display::DisplayDocument& piece, std::int64_t first_key);

  // The element that content of `id` belongs to: itself, or the nearest ancestor that is an element of the file.
  [[nodiscard]] display::StructureId owner(display::StructureId id) const { return owner_[id.value()]; }
  [[nodiscard]] display::Role role(display::StructureId id) const { return piece_->structure[id.value()].info.role; }

  // A marked-content sequence of a page. They come page by page in the order of painting; an element's are read by folio first.
  void add_content(display::PageIndex page, const Owner& owner, std::uint32_t mcid);
  // An annotation of a Link element.
  void add_annotation(display::PageIndex page, display::StructureId owner, ObjectId annotation);
  // Where a figure is painted: its BBox, when it stands on one page.
  void add_area(display::PageIndex page, display::StructureId owner, const Box& box);

  [[nodiscard]] bool has_content(display::PageIndex page) const { return !pages_[page.value()].empty(); }
  // The page's /StructParents, and the /StructParent of the n-th annotation that was added.
  [[nodiscard]] std::int64_t page_key(display::PageIndex page) const { return first_key_ + narrow<std::int64_t>(page.value()); }
  [[nodiscard]] std::int64_t annotation_key(std::size_t n) const { return first_key_ + narrow<std::int64_t>(pages_.size() + n); }

  // Writes the elements and their entries in the tree. `first_page` is the number of the first page, the others follow.
  void write(Haru& haru, Saver& saver, StructureTree& tree, ObjectId first_page);
  // After write(): nothing for an element that is not in the file.
  [[nodiscard]] std::optional<ObjectId> object(display::StructureId element) const;

 private:
  struct Content {
    display::PageIndex page;
    std::uint32_t mcid = 0;
  };
  struct Annotation {
    display::PageIndex page;
    ObjectId object;
  };
  using Kid = std::variant<Content, display::StructureId, Annotation>;
  // When it is read.
  struct Order {
    std::uint32_t folio = 0;
    std::uint64_t painted = 0;
    friend constexpr auto operator<=>(const Order&, const Order&) = default;
  };
  struct Sequence {
    Order order;
    Content content;
  };
  struct Area {
    display::PageIndex page;
    Box box;
    bool one_page = true;
  };
  struct Node {
    std::vector<Sequence> content;
    std::vector<Annotation> annotations;
    std::vector<display::StructureId> children;  // elements of the file, by id
    std::optional<Area> area;
    std::optional<Order> first_read;             // its own content or a descendant's
    bool local = false;                          // inside a fragment: ordered by painting
    bool written = false;
  };

  static void note_first(std::optional<Order>& first, const Order& order);
  void settle();
  [[nodiscard]] std::vector<Kid> kids(const Node& node) const;
  HPDF_Dict element(Haru& haru, std::size_t index, const StructureTree& tree, ObjectId first_page) const;
  void put_attributes(Haru& haru, HPDF_Dict dict, std::size_t index) const;
  void put_kids(Haru& haru, HPDF_Dict dict, const Node& node, std::optional<display::PageIndex> own_page, ObjectId first_page) const;
  void add_keys(Haru& haru, StructureTree& tree) const;

  const display::DisplayDocument* piece_;
  std::vector<display::StructureId> owner_;
  std::vector<Node> nodes_;
  std::vector<std::vector<display::StructureId>> pages_;     // the element of each MCID
  std::vector<display::StructureId> annotation_owners_;
  std::vector<std::uint32_t> rank_;                          // of the elements that are written
  ObjectId first_element_;
  std::int64_t first_key_;
  std::uint64_t painted_ = 0;
};

}  // namespace handout::pdf
