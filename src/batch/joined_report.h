#pragma once

#include <filesystem>

#include "ledger/ledger.h"
#include "pipeline.h"

namespace handout::batch {

// report.json and report.pdf of a job that was joined from shards, from their ledgers' totals; `ledger` knows of them then. The articles, layouts and fonts of the report are the first shard's copies. Faults: those copies are not
// there or not what they were, files and ledger differ (an internal error), the machine's.
Result<std::monostate> report_joined(ledger::Ledger& ledger, const std::filesystem::path& folder, const Installation& own, Diagnostics& diags);

}  // namespace handout::batch
