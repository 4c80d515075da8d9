#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/diagnostics.h"
#include "display/display.h"
#include "images/picture.h"
#include "pdf/haru.h"

namespace handout::pdf {

// A picture as an XObject of the file.
struct EmbeddedPicture {
  std::string name;            // in every page's resources, "X1"
  HPDF_Dict object = nullptr;  // Image or Form
  bool transparent = false;    // has a soft mask
};

// The pictures of a document that become XObjects, each once: images always, drawings when they stand more than once (else their paths go into
// the page).
class PictureTable {
 public:
  static Result<PictureTable> build(Haru& haru, const display::DisplayDocument& document, Diagnostics& diags);
  // Nothing for a drawing that is painted in place.
  [[nodiscard]] const EmbeddedPicture* find(const images::Picture& picture) const;

 private:
  std::map<const images::Picture*, EmbeddedPicture> pictures_;  // only looked up, never walked
};

}  // namespace handout::pdf
