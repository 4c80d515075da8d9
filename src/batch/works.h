#pragma once

#include <optional>

#include "batch/press.h"
#include "merge/merge.h"
#include "pipeline.h"

namespace handout::batch {

// What handouts are made with. Each part is let go as soon as nothing needs it, by whatever thread has time for it.
struct Works {
  Pipeline::Hyphenation hyphenation = Pipeline::usual_hyphenation();
  std::optional<Pipeline> originals;  // of what was given
  std::optional<Pipeline> pipeline;   // of what handouts are made from
  std::optional<merge::Merger> merger;
  std::optional<Press> press;
};

// At the end of a scope, what nothing needs behind it.
class LetGo {
 public:
  explicit LetGo(Works& works) : works_(works) {}
  LetGo(const LetGo&) = delete;
  LetGo& operator=(const LetGo&) = delete;
  ~LetGo() {
    works_.press.reset();
    works_.merger.reset();
    works_.pipeline.reset();
  }

 private:
  Works& works_;
};

}  // namespace handout::batch
