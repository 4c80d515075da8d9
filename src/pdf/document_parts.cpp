#include "pdf/document_parts.h"

#include "base/expects.h"
#include "base/narrow.h"

namespace handout::pdf {

namespace {

constexpr std::size_t kLeavesInList = 256;

}  // namespace

ObjectId DocumentParts::add(ObjectId first, std::size_t pages, const PieceEntry& entry) {
  EXPECTS(pages > 0);
  HPDF_Dict leaf = haru_.dict();
  haru_.put_name(leaf, "Type", "DPart");
  haru_.put(leaf, "Parent", file_);
  haru_.put(leaf, "Start", first);
  haru_.put(leaf, "End", first + (pages - 1));
  HPDF_Dict metadata = haru_.dict();
  if (!entry.id.empty()) haru_.put_text(metadata, "PieceID", entry.id);
  haru_.put_number(metadata, "Pages", narrow<std::int64_t>(pages));
  if (entry.sheets > 0) haru_.put_number(metadata, "Sheets", narrow<std::int64_t>(entry.sheets));
  haru_.put(leaf, "DPM", metadata);
  const ObjectId id = saver_.add(leaf);
  if (list_ == nullptr) list_ = haru_.array();
  haru_.push(list_, id);
  if (++listed_ == kLeavesInList) close_list();
  return id;
}

void DocumentParts::close_list() {
  lists_.push_back(saver_.add(list_));
  list_ = nullptr;
  listed_ = 0;
}

void DocumentParts::finish(HPDF_Dict catalog) {
  if (listed_ > 0) close_list();
  if (lists_.empty()) return;
  HPDF_Dict file = haru_.dict();
  haru_.put_name(file, "Type", "DPart");
  haru_.put(file, "Parent", root_);
  HPDF_Array lists = haru_.array();
  for (const ObjectId list : lists_) haru_.push(lists, list);
  haru_.put(file, "DParts", lists);
  saver_.write(file_, file);
  HPDF_Dict root = haru_.dict();
  haru_.put_name(root, "Type", "DPartRoot");
  haru_.put(root, "DPartRootNode", file_);
  haru_.put_number(root, "RecordLevel", 1);
  HPDF_Array names = haru_.array();
  haru_.push_name(names, "File");
  haru_.push_name(names, "Piece");
  haru_.put(root, "NodeNameList", names);
  saver_.write(root_, root);
  haru_.put(catalog, "DPartRoot", root_);
}

}  // namespace handout::pdf
