#pragma once

#include <map>
#include <memory>

#include "marks/marks.h"
#include "pipeline.h"

namespace handout::batch {

// One thread's: what draws the marks of handouts that are like one seen lately, or looks whether they have their room.
class Markers {
 public:
  marks::Marker& of(const std::shared_ptr<const Stations>& like, const fonts::Fonts& fonts) {
    if (known_.size() >= kMostKnown && !known_.contains(like.get())) known_.clear();
    Known& known = known_[like.get()];
    if (!known.marker) known = {like, std::make_unique<marks::Marker>(like->styled.marks, fonts)};
    return *known.marker;
  }

 private:
  struct Known {
    std::shared_ptr<const Stations> like;  // held, so that no other takes its place in memory
    std::unique_ptr<marks::Marker> marker;
  };
  static constexpr std::size_t kMostKnown = 256;

  std::map<const Stations*, Known> known_;  // only looked up, never walked
};

}  // namespace handout::batch
