#pragma once

#include <map>
#include <string>

#include "batch/envelope_fill.h"
#include "batch/press.h"
#include "mailings/mailing.h"

namespace handout::batch {

// Which pieces of a household would go into the envelope of another, where none is written: as Outputs collects them, in their order.
class EnvelopeCounter {
 public:
  explicit EnvelopeCounter(const mailings::Output& output) : output_(output) {}
  [[nodiscard]] bool is_merged(const Piece& piece);

 private:
  const mailings::Output& output_;
  Household household_{};
  std::map<std::string, EnvelopeFill> envelopes_;  // of the household, by what keeps them apart
};

}  // namespace handout::batch
