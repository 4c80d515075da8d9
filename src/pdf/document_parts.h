#pragma once

#include <vector>

#include "pdf/haru.h"
#include "pdf/pdf.h"
#include "pdf/saver.h"

namespace handout::pdf {

// The tree of document parts (ISO 16612-2, 6.5; ISO 32000-2, 14.12): one node for the file, under it one leaf for each piece, with the piece's pages and what a print room may ask of it. Each leaf is written when its piece
// is; the file's node names them in lists of 256, written as they are full, so what stays in memory is one list and 4 bytes for each that is full.
class DocumentParts {
 public:
  DocumentParts(Haru& haru, Saver& saver) : haru_(haru), saver_(saver), root_(saver.reserve()), file_(saver.reserve()) {}
  DocumentParts(const DocumentParts&) = delete;
  DocumentParts& operator=(const DocumentParts&) = delete;
  ~DocumentParts() { haru_.release(list_); }

  // The leaf of the pages from `first` on, which name it as their DPart.
  ObjectId add(ObjectId first, std::size_t pages, const PieceEntry& entry);
  // Names the tree in the catalog.
  void finish(HPDF_Dict catalog);

 private:
  void close_list();

  Haru& haru_;
  Saver& saver_;
  ObjectId root_, file_;
  HPDF_Array list_ = nullptr;      // the leaves since the last full list
  std::size_t listed_ = 0;
  std::vector<ObjectId> lists_;
};

}  // namespace handout::pdf
