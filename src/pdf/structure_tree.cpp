#include "pdf/structure_tree.h"

#include <algorithm>
#include <utility>

#include "base/expects.h"
#include "base/narrow.h"

namespace handout::pdf {

namespace {

constexpr std::size_t kPiecesInGroup = 1024;

std::string digits(std::size_t value) {
  // Fixed width: the order of the bytes is the order of the numbers.
  const std::string text = std::to_string(value);
  return std::string(10 - std::min<std::size_t>(10, text.size()), '0') + text;
}

}  // namespace

StructureTree::StructureTree(Haru& haru, Saver& saver, Pieces pieces, std::string language)
    : haru_(haru), saver_(saver), pieces_(pieces), language_(std::move(language)), root_(saver.reserve()), parents_(haru, saver), notes_(haru, saver) {
  if (pieces_ == Pieces::One) return;
  document_ = saver_.reserve();
  groups_ = haru_.array();
}

StructureTree::~StructureTree() {
  haru_.release(kids_);
  haru_.release(groups_);
}

void StructureTree::add_piece(ObjectId root) {
  if (pieces_ == Pieces::One) {
    EXPECTS(piece_count_ == 0);
    kids_ = haru_.array();
  } else if (piece_count_ % kPiecesInGroup == 0) {
    close_group();
    group_ = saver_.reserve();
    haru_.push(groups_, group_);
    kids_ = haru_.array();
  }
  haru_.push(kids_, root);
  ++piece_count_;
}

void StructureTree::close_group() {
  if (kids_ == nullptr) return;
  write_above(group_, "NonStruct", document_, kids_);
}

void StructureTree::write_above(ObjectId element, std::string_view role, ObjectId parent, HPDF_Array& kids) {
  HPDF_Dict dict = haru_.dict();
  haru_.put_name(dict, "S", role);
  haru_.put(dict, "P", parent);
  haru_.put(dict, "K", std::exchange(kids, nullptr));
  saver_.write(element, dict);
}

std::string_view StructureTree::piece_role() const { return pieces_ == Pieces::One ? "Document" : "Part"; }

std::string StructureTree::language_of(const display::Metadata& metadata) const { return metadata.language == language_ ? std::string() : metadata.language; }

std::string StructureTree::note_identifier(std::size_t element) const {
  return (pieces_ == Pieces::One ? std::string("note-") : "piece-" + digits(piece_count_) + "-note-") + digits(element);
}

ObjectId StructureTree::finish() {
  HPDF_Dict root = haru_.dict();
  haru_.put_name(root, "Type", "StructTreeRoot");
  if (pieces_ == Pieces::One) {
    haru_.put(root, "K", std::exchange(kids_, nullptr));
  } else {
    close_group();
    write_above(document_, "Document", root_, groups_);
    haru_.put(root, "K", document_);
  }
  if (const auto parents = parents_.finish()) haru_.put(root, "ParentTree", *parents);
  haru_.put_number(root, "ParentTreeNextKey", next_key_);
  // Table 322: required when elements have identifiers.
  if (const auto notes = notes_.finish()) haru_.put(root, "IDTree", *notes);
  saver_.write(root_, root);
  return root_;
}

}  // namespace handout::pdf
