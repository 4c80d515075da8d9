#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostics.h"
#include "batch/batch.h"
#include "ledger/ledger.h"
#include "pipeline.h"

// Pieces of a job once more, from what the job's folder keeps of its inputs.
namespace handout::batch {

struct ReprintOrder {
  struct Sheet { std::string file; std::uint64_t page = 0; };  // a page of a file of the job, from 1
  enum class Changes : std::uint8_t { Refuse, Accept };

  std::filesystem::path folder;
  std::vector<std::uint64_t> pieces;                               // by number, which is the row
  std::optional<std::pair<std::uint64_t, std::uint64_t>> range;    // all pieces of these rows
  std::vector<Sheet> damaged;                                      // the pieces on these; they are noted as damaged
  std::string reason;                                              // for the ledger
  std::optional<ledger::Day> day;
  std::optional<std::filesystem::path> key_file;                   // in place of the mailing's
  Changes changes = Changes::Refuse;                               // Accept: pages may come out otherwise, and the reason says so
  std::string engine = std::string(kEngine);                       // that makes them now
};

struct Reprinted {
  std::string file;                    // from the job's folder: "reprints/0001.pdf"
  std::uint64_t pieces = 0, pages = 0, sheets = 0;
  std::uint64_t differing = 0;         // pieces that are no longer what was printed; only with Changes::Accept
};

// Writes them into one file, in the order of the first print, with the same purpose and the marks of their layouts, counted along this file; notes it in the ledger, all of it or nothing.
// Faults: a job that has not ended; a piece that there is not; the list was purged; the engine, a font or a copy in the job's folder is not what it was, or a piece's pages come out otherwise; a folder in use; the machine's.
Result<Reprinted> reprint(const ReprintOrder& order, const Installation& own, Diagnostics& diags);

}  // namespace handout::batch
