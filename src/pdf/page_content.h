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
#include "pdf/recurring.h"

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
  // `recurring`: what files that are like this one have in common, or null.
  PageContentWriter(Haru& haru, Saver& saver, const Resources& resources, const Options& options, Recurring* recurring);

  // Must precede the pages of a piece.
  void begin_piece(const display::DisplayDocument& piece);
  // `structure` is null for print.
  PageContent write(const display::Page& page, const PieceStructure* structure);
  [[nodiscard]] const FontTable& fonts() const { return fonts_; }
  // Which of them other files have as well.
  [[nodiscard]] KnownFonts known_fonts() const { return fixed_ != nullptr ? KnownFonts{&fixed_->fonts, &fixed_->font_files} : KnownFonts{}; }

 private:
  struct Known {
    std::shared_ptr<const Painted> painted;
    ObjectId stream;
    std::vector<std::shared_ptr<const display::Fragment>> held;  // whose addresses are in the key
  };
  // Holds until the next call.
  const Known& find_or_paint(std::span<const display::Placement> placements, std::span<const Owner> owners, Length height, std::uint32_t first_mcid);
  Painted paint_stretch(std::span<const display::Placement> placements, std::span<const Owner> owners, Length height, std::uint32_t first_mcid);
  // The content without its bytes, which are written, but when these were in the file already.
  Known write_once(Painted painted, const std::string& key);
  Known write_once(const Recurring::Content& content);
  void begin_fixed(std::span<const display::Placement> placements, std::string key);
  ObjectId write_stream(const std::string& content);
  ObjectId resources_of(const PageContent& content);

  Haru& haru_;
  Saver& saver_;
  Sharing sharing_;
  FontTable fonts_;
  PictureTable pictures_;
  Purpose purpose_;
  Pieces pieces_;
  Recurring* recurring_;
  Recurring::Fixed* fixed_ = nullptr;                          // of this piece, among `recurring_`
  std::unordered_map<std::string, Known> known_;               // only looked up, never walked
  std::unordered_map<std::string, ObjectId> by_content_;       // streams by the SHA-256 of what they hold
  std::map<std::pair<std::set<FontIndex>, std::set<std::pair<std::string, ObjectId>>>, ObjectId> resources_;
};

}  // namespace handout::pdf
