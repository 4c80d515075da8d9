#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "batch/outputs.h"
#include "ledger/ledger.h"

// What a finished job comes to, counted in several ways that have to agree.
namespace handout::batch {

struct ControlTotals {
  ledger::Totals ledger;
  std::uint64_t own_rows = 0;   // rows of the list that are this job's, or its shard's
  std::uint64_t merged = 0;     // pieces in the envelope of another
  std::vector<ledger::File> files;  // in the order in which they were ended
  struct Class { std::string name; std::uint64_t files = 0, pieces = 0, pages = 0, sheets = 0, bytes = 0; };
  std::vector<Class> classes;   // by name
  struct Bar { std::string name; std::uint64_t count = 0; };
  std::vector<Bar> locales;     // pieces, most first
  std::vector<Bar> pages;       // pieces by their pages, fewest pages first
  struct Reason { std::string column, reason; std::uint64_t rows = 0; };
  std::vector<Reason> rejects;  // as told_alike() has them, most first
};

// What the run counted itself, apart from the ledger.
struct RunCounts { std::uint64_t own_rows = 0; Tally tally; mailings::OutputAs as = mailings::OutputAs::Stream; };

// From the ledger, whose rows are all settled. Rows in must be pieces + rejected + left out; the files of each kind must hold the pieces, pages and sheets that the ledger has, and the run must have counted the same. A difference
// is told as an internal error, of the machine (exit code 3).
Result<ControlTotals> control_totals(const ledger::Ledger& ledger, const RunCounts& run, Diagnostics& diags);

// What they will be when all files are ended: classes without their bytes, files without theirs and their digests.
Result<ControlTotals> expected_totals(const ledger::Ledger& ledger, const Outputs::Pending& pending, std::uint64_t own_rows, Diagnostics& diags);

// The differences alone, each as a sentence; empty when all agrees.
std::vector<std::string> differences(const ControlTotals& totals, const RunCounts& run);

}  // namespace handout::batch
