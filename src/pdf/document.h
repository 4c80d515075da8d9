#pragma once

#include <optional>
#include <span>
#include <vector>

#include "pdf/document_parts.h"
#include "pdf/embed_font.h"
#include "pdf/metadata.h"
#include "pdf/navigation.h"
#include "pdf/page_content.h"
#include "pdf/pdf.h"
#include "pdf/piece_structure.h"
#include "pdf/saver.h"
#include "pdf/structure_tree.h"
#include "pdf/trees.h"

namespace handout::pdf {

// A file that is being written. add() is the order of a piece in the file: content streams, annotations, pages, elements, bookmarks; finish() the rest.
struct Writer::State {
  State(Sink& sink, const FileInfo& info, const Resources& resources, Options options, Saver::Keep keep, Recurring* recurring = nullptr);

  Result<std::monostate> add(const display::DisplayDocument& piece, const PieceEntry& entry, Diagnostics& diags);
  Result<std::monostate> finish(Diagnostics& diags);
  // What the pieces so far have in common.
  void join_info(const display::DisplayDocument& piece);
  void write_pages(const PiecePages& written, const PieceStructure* elements, std::span<const std::vector<ObjectId>> annotations);

  FileInfo info;
  std::optional<FileInfo> of_all;  // pieces: what they have in common of it, and `info` where they differ
  Resources resources;
  Options options;
  Recurring* recurring;
  Haru haru;
  Saver saver;
  ObjectId catalog;
  PageContentWriter content;
  PageTree pages;
  Navigation navigation;
  std::optional<StructureTree> structure;  // not for print
  std::optional<DocumentParts> parts;
};

}  // namespace handout::pdf
