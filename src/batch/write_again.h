#pragma once

#include <string>

#include "batch/pieces_again.h"
#include "ledger/ledger.h"

namespace handout::batch {

enum class WrittenAgain : std::uint8_t {
  Yes,      // it is in its place, byte for byte as it was
  Differs,  // it would come out otherwise: nothing was written
};

// A file of a job that is lost or altered, made from its pieces once more: a print file with the marks that it had, its job ticket where that is gone too, or a file of one piece.
struct FileAgain {
  const ledger::File& file;
  std::span<const ledger::PieceEntry> pieces;  // those of the file, by first page
};
Result<WrittenAgain> write_again(const JobAgain& job, const ledger::Ledger& ledger, const FileAgain& lost, PiecesAgain& again, Diagnostics& diags);

}  // namespace handout::batch
