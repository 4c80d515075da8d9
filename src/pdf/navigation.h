#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "display/display.h"
#include "pdf/page_content.h"
#include "pdf/piece_structure.h"
#include "pdf/trees.h"

namespace handout::pdf {

// The pages of one piece with what was painted on them.
struct PiecePages {
  const display::DisplayDocument& piece;
  const PieceEntry& entry;
  std::span<const PageContent> content;
  ObjectId first;                    // the others follow
  std::size_t before = 0;            // pages of the file before them
};

// The ways through a file: bookmarks (ISO 32000-1, 12.3.3), named destinations (12.3.2.3), page labels (12.4.2).
class Navigation {
 public:
  Navigation(Haru& haru, Saver& saver, const Options& options) : haru_(haru), saver_(saver), pieces_(options.pieces), bookmarks_(options.bookmarks), labels_(haru, saver) {}

  // Annotations of the links (12.5.6.5; ISO 14289-1, 7.18), by page; each is told to the structure. A link to a destination that no page has is a fault.
  Result<std::vector<std::vector<ObjectId>>> add_links(const PiecePages& pages, PieceStructure& structure, Diagnostics& diags);
  // `structure` is null for print.
  void add_outline(const PiecePages& pages, const PieceStructure* structure);
  // With the piece's id before them, where it has one.
  void add_page_labels(const PiecePages& pages);
  // Writes what is left and names it in the catalog; `names` is its dictionary of names.
  void finish(HPDF_Dict catalog, HPDF_Dict names);

 private:
  struct Destination {
    ObjectId page;
    double x = 0, y = 0;
  };
  struct Bookmark {
    std::string title;
    Destination to;
    std::optional<ObjectId> element;
    ObjectId object, parent;
    std::optional<ObjectId> previous, next, first, last;
    std::int64_t descendants = 0;
  };
  HPDF_Array destination_array(const Destination& destination);
  void put_target(HPDF_Dict annotation, const display::LinkTarget& target, const std::map<std::string, Destination>& places);
  ObjectId add_link(const PaintedLink& link, ObjectId page, std::int64_t key, const std::map<std::string, Destination>& places);
  void write(const Bookmark& bookmark);
  // The piece's own under one that bears its name.
  [[nodiscard]] std::vector<display::OutlineItem> outline_of(const PiecePages& pages) const;

  Haru& haru_;
  Saver& saver_;
  Pieces pieces_;
  Bookmarks bookmarks_;
  std::map<std::string, Destination> names_;  // of a file of one piece; of a name marked twice the first place holds
  NumberTree labels_;
  std::optional<long long> previous_label_;
  std::string label_prefix_;                  // of the piece before
  bool labelled_ = false;
  std::optional<ObjectId> outline_, first_bookmark_;
  std::optional<Bookmark> held_;              // the last outermost one, whose successor is not known
  std::int64_t visible_bookmarks_ = 0;
};

}  // namespace handout::pdf
