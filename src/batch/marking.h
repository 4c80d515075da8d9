#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "batch/press.h"
#include "batch/print_file.h"
#include "marks/marks.h"

namespace handout::batch {

// Puts pieces into print files, with the marks that their layouts ask for.
class Marking {
 public:
  explicit Marking(std::string job) : job_(std::move(job)) {}
  // Faults: marks that are in the way of something; the machine's.
  Result<std::monostate> add(const Piece& piece, PrintFile& file, Diagnostics& diags);
  // The same of pieces that share an envelope, the `number`-th of the file, from 0. At least one.
  Result<std::monostate> add(std::span<const Piece* const> envelope, std::uint64_t number, PrintFile& file, Diagnostics& diags);

 private:
  Result<std::monostate> add(const Piece& piece, const marks::PieceIdentity& identity, PrintFile& file, Diagnostics& diags);
  struct Known {
    std::shared_ptr<const Stations> like;  // held, so that no other takes its place in memory
    std::unique_ptr<marks::Marker> marker;
  };
  static constexpr std::size_t kMostKnown = 256;

  std::string job_;
  std::map<const Stations*, Known> known_;  // only looked up, never walked
};

}  // namespace handout::batch
