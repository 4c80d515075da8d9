#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "ledger/ledger.h"
#include "pipeline.h"

namespace handout::batch {

// One job of all shards in `out`, see ledger::Ledger::merge(), with report.json and report.pdf from their ledgers' totals, which its ledger knows. Their layout is the first shard's copy; without copies, or with such as
// today's engine refuses, there is a warning and no report. What a reprint that was killed left in a shard goes. Whatever cuts this off, the same command begins anew. Faults: those of merge(); a report in `out` and no ledger, which is somebody's and stays; files and ledger that differ (an internal error), the machine's.
Result<ledger::Ledger> join(const std::filesystem::path& out, std::span<const std::filesystem::path> shards, const std::optional<ledger::Day>& day, const Installation& own, Diagnostics& diags);

}  // namespace handout::batch
