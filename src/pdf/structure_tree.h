#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "display/display.h"
#include "pdf/pdf.h"
#include "pdf/trees.h"

namespace handout::pdf {

// The root of a file's structure and the trees that lead from content to elements (ISO 32000-1, 14.7.2, 14.7.4.4). Pieces come one by one. With many, the file
// has a Document of its own above them, and they stand in groups without meaning (NonStruct), so that no array grows with their number.
class StructureTree {
 public:
  StructureTree(Haru& haru, Saver& saver, Pieces pieces, std::string language);
  StructureTree(const StructureTree&) = delete;
  StructureTree& operator=(const StructureTree&) = delete;
  ~StructureTree();

  // The next piece's root element; what the functions below tell is of that piece.
  void add_piece(ObjectId root);
  [[nodiscard]] ObjectId parent() const { return pieces_ == Pieces::One ? root_ : group_; }
  [[nodiscard]] std::string_view piece_role() const;
  // Where it is not the file's; else "".
  [[nodiscard]] std::string language_of(const display::Metadata& metadata) const;

  [[nodiscard]] std::int64_t next_key() const { return next_key_; }
  void add_page(std::int64_t key, HPDF_Array owners) { parents_.add(key, owners); }
  void add_annotation(std::int64_t key, ObjectId owner) { parents_.add(key, owner); }
  void end_keys(std::int64_t next) { next_key_ = next; }

  // Identifiers of Note elements; they rise with the pieces and their elements.
  [[nodiscard]] std::string note_identifier(std::size_t element) const;
  void add_note(std::size_t element, ObjectId object) { notes_.add(note_identifier(element), object); }

  // Writes the StructTreeRoot.
  ObjectId finish();

 private:
  void close_group();
  // An element above the pieces, with its kids, which it takes over.
  void write_above(ObjectId element, std::string_view role, ObjectId parent, HPDF_Array& kids);

  Haru& haru_;
  Saver& saver_;
  Pieces pieces_;
  std::string language_;
  ObjectId root_, document_, group_;  // the last two with many pieces
  HPDF_Array kids_ = nullptr;         // of the root or of the group
  HPDF_Array groups_ = nullptr;
  std::size_t piece_count_ = 0;
  NumberTree parents_;
  NameTree notes_;
  std::int64_t next_key_ = 0;
};

}  // namespace handout::pdf
