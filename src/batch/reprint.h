#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
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

using ledger::kReprints;
[[nodiscard]] bool is_reprint(const ledger::File& file);

struct ReprintOrder {
  struct Sheet { std::string file; std::uint64_t page = 0; };  // a page of a file of the job, from 1
  enum class Changes : std::uint8_t { Refuse, Accept };

  std::filesystem::path folder;
  std::vector<std::uint64_t> pieces;                               // by number, which is the row
  std::optional<std::pair<std::uint64_t, std::uint64_t>> range;    // all pieces of these rows
  std::vector<Sheet> damaged;                                      // the pieces on these; they are noted as damaged
  std::vector<std::string> files;                                  // all pieces of these files of the job
  std::vector<std::string> restored;                               // files of the job, job tickets, reports and lists of refused rows that are to be in their places as they were written; nothing is printed again for it
  std::string reason;                                              // for the ledger
  std::optional<ledger::Day> day;
  std::optional<std::filesystem::path> key_file;                   // in place of the mailing's
  Changes changes = Changes::Refuse;                               // Accept: pages may come out otherwise, and the reason says so
  std::string engine = std::string(kEngine);                       // that makes them now
  const std::atomic<bool>* stop = nullptr;                         // looked at between pieces
  // Told before the first is made: `before` of them were printed again already, by these events of the ledger.
  struct Beginning { std::uint64_t pieces = 0, of_job = 0, before = 0; ledger::RowSet events; };
  std::function<void(const Beginning&)> beginning;
};

struct Reprinted {
  struct File { std::string name; std::uint64_t pieces = 0, pages = 0, sheets = 0; };
  std::vector<File> files;             // with pieces printed again, from the job's folder: "reprints/0001-Letter.pdf"; a job ticket stands beside each
  std::vector<File> in_place;          // files of the job that were written again, byte for byte
  std::uint64_t pieces = 0;            // printed again
  bool stopped = false;                // asked to: nothing is printed again, and nothing is left of what was begun; what is in_place stays
  std::uint64_t differing = 0;         // of them, that are no longer what was printed; only with Changes::Accept
};

// Each piece once, however often and by whichever of its copies it is named. Writes them into one file for each class that the mailing's `split-by` keeps apart, in the order of the first print, with the same purpose and the marks of their layouts, counted along each file; and its job ticket. Notes
// them in the ledger, all or nothing; what a reprint that was killed left goes first. A row of a range that has no piece is told as a note.
// Faults: pieces of a job that has not ended (its files can be written again); a piece that there is not; the list was purged; the engine, a font or a copy in the job's folder is not what it was, the ledger's entries
// of the pieces were altered, or a piece's pages come out otherwise; a folder in use; the machine's.
Result<Reprinted> reprint(const ReprintOrder& order, const Installation& own, Diagnostics& diags);

}  // namespace handout::batch
