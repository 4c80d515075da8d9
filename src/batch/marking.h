#pragma once

#include <span>
#include <string>

#include "batch/markers.h"
#include "batch/press.h"
#include "batch/print_file.h"
#include "marks/marks.h"

namespace handout::batch {

// Puts pieces into print files, with the marks that their layouts ask for.
class Marking {
 public:
  using Room = marks::Marker::Room;
  explicit Marking(std::string job, Room room = Room::Check) : job_(std::move(job)), room_(room) {}
  // Faults: marks that are in the way of something; the machine's.
  Result<std::monostate> add(const Piece& piece, PrintFile& file, Diagnostics& diags);
  // The same of pieces that share an envelope, the `number`-th of the file, from 0. At least one.
  Result<std::monostate> add(std::span<const Piece* const> envelope, std::uint64_t number, PrintFile& file, Diagnostics& diags);

 private:
  Result<std::monostate> add(const Piece& piece, const marks::PieceIdentity& identity, PrintFile& file, Diagnostics& diags);

  std::string job_;
  Room room_;
  Markers markers_;
};

}  // namespace handout::batch
