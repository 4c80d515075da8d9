#include "batch/envelope_counter.h"

#include "batch/split_class.h"

namespace handout::batch {

bool EnvelopeCounter::is_merged(const Piece& piece) {
  // Files alone go into no envelope together.
  if (output_.as == mailings::OutputAs::Files) return false;
  const Household household = piece.task.household;
  if (household != household_) envelopes_.clear();
  household_ = household;
  if (household == Household{}) return false;
  EnvelopeFill& envelope = envelopes_[class_name(parts_of(piece, 0, output_), output_, {mailings::SplitBy::Sheets, mailings::SplitBy::Weight})];
  const std::size_t sheets = marks::sheet_count(piece.merged.display);
  const bool begins = envelope.is_empty() || !envelope.takes(sheets);
  if (begins) envelope = {};
  envelope.add(sheets);
  return !begins;
}

}  // namespace handout::batch
