#pragma once

#include <filesystem>

#include "ledger/ledger.h"
#include "pipeline.h"

namespace handout::batch {

// report.json and report.pdf of a job that was joined from shards, from their ledgers' totals; `ledger` knows of them then. Its layout is the first shard's copy; without copies there is a warning and no
// report. Faults: copies that cannot be read, files and ledger that differ (an internal error), the machine's.
Result<std::monostate> report_joined(ledger::Ledger& ledger, const std::filesystem::path& folder, const Installation& own, Diagnostics& diags);

}  // namespace handout::batch
