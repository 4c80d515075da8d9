#include "batch/envelope_counter.h"

#include "batch/outputs.h"
#include "batch/split_class.h"

namespace handout::batch {

bool EnvelopeCounter::is_merged(const Piece& piece) {
  // Files alone go into no envelope together.
  if (output_.as == mailings::OutputAs::Files) return false;
  const Household household = piece.task.household;
  if (household != household_) pieces_.clear();
  household_ = household;
  if (household == Household{}) return false;
  std::uint64_t& pieces = pieces_[class_name(parts_of(piece, 0, output_), output_, {mailings::SplitBy::Sheets, mailings::SplitBy::Weight})];
  return pieces++ % kMostInEnvelope != 0;
}

}  // namespace handout::batch
