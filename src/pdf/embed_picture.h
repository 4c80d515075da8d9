#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "display/display.h"
#include "images/picture.h"
#include "pdf/pdf.h"
#include "pdf/saver.h"

namespace handout::pdf {

// A picture as an XObject of the file.
struct EmbeddedPicture {
  std::string name;            // in every page's resources, "X1"
  ObjectId object;             // Image or Form
  bool transparent = false;    // has a soft mask
};

// The pictures of a file that become XObjects, each written once, when it is first met: images always, drawings when they recur (else their
// paths go into the page). Pictures that look the same are one.
class PictureTable {
 public:
  PictureTable(Haru& haru, Saver& saver, Sharing sharing) : haru_(haru), saver_(saver), sharing_(sharing) {}

  void add(std::span<const display::Placement> placements);
  // Nothing for a drawing that is painted in place.
  [[nodiscard]] const EmbeddedPicture* find(const images::Picture& picture) const;

 private:
  EmbeddedPicture embed(const images::Raster& raster);
  EmbeddedPicture embed(const images::Jpeg& jpeg);
  EmbeddedPicture embed(const images::Drawing& drawing);

  Haru& haru_;
  Saver& saver_;
  Sharing sharing_;
  std::map<const images::Picture*, EmbeddedPicture> pictures_;        // only looked up, never walked
  std::map<std::string, EmbeddedPicture> by_content_;                  // by a hash of what they show
  std::vector<std::shared_ptr<const images::Picture>> held_;           // so that no other picture gets the address of one
};

}  // namespace handout::pdf
