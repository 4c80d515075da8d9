#pragma once

#include <cstddef>

#include "marks/marks.h"

namespace handout::batch {

// Pieces of one household in one envelope at most: no machine fills more sheets in than that, and a home with 300 people has one address.
inline constexpr std::size_t kMostInEnvelope = 8;

// How full an envelope is, whose pieces come one after another.
class EnvelopeFill {
 public:
  // An empty one takes any piece. Marks count its sheets.
  [[nodiscard]] bool takes(std::size_t sheets) const { return is_empty() || (!is_full() && sheets_ + sheets <= marks::kMostSheets); }
  [[nodiscard]] bool is_empty() const { return pieces_ == 0; }
  [[nodiscard]] bool is_full() const { return pieces_ == kMostInEnvelope; }
  void add(std::size_t sheets) {
    ++pieces_;
    sheets_ += sheets;
  }

 private:
  std::size_t pieces_ = 0, sheets_ = 0;
};

}  // namespace handout::batch
