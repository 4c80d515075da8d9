#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pdf/paint_page.h"
#include "pdf/piece_structure.h"

namespace handout::pdf {

// A stretch of a page's content as it stands on that page.
struct Stretch {
  std::shared_ptr<const Painted> painted;
  std::vector<Owner> owners;       // on this page
  std::uint32_t first_mcid = 0;
};

struct PageContent {
  std::vector<ObjectId> streams;   // in painting order
  ObjectId resources;
  bool transparent = false;
  std::vector<Stretch> stretches;  // in painting order
};

// Writes the content streams of pages. With sharing, the placements of a page without text of a field and those with it alternate in streams of their own; a stretch without
// it that was painted before, with the same structure and the same first MCID, is not painted again but named. The MCIDs of what may be shared come first on each page, so that
// they don't depend on the page.
class PageContentWriter {
 public:
  PageContentWriter(Haru& haru, Saver& saver, const Resources& resources, const Options& options);

  // Must precede the pages of a piece.
  void begin_piece(const display::DisplayDocument& piece);
  // `structure` is null for print.
  PageContent write(const display::Page& page, const PieceStructure* structure);
  [[nodiscard]] const FontTable& fonts() const { return fonts_; }

 private:
  struct Known {
    std::shared_ptr<const Painted> painted;
    ObjectId stream;
    std::vector<std::shared_ptr<const display::Fragment>> held;  // whose addresses are in the key
  };
  // Holds until the next call.
  const Known& find_or_paint(std::span<const display::Placement> placements, std::span<const Owner> owners, Length height, std::uint32_t first_mcid);
  Painted paint_stretch(std::span<const display::Placement> placements, std::span<const Owner> owners, Length height, std::uint32_t first_mcid);
  ObjectId write_stream(const std::string& content);
  ObjectId resources_of(const PageContent& content);

  Haru& haru_;
  Saver& saver_;
  Sharing sharing_;
  FontTable fonts_;
  PictureTable pictures_;
  Purpose purpose_;
  std::unordered_map<std::string, Known> known_;               // only looked up, never walked
  std::unordered_map<std::string, ObjectId> by_content_;       // streams by the SHA-256 of what they hold
  std::map<std::pair<std::set<FontIndex>, std::set<std::pair<std::string, ObjectId>>>, ObjectId> resources_;
};

}  // namespace handout::pdf
