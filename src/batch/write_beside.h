#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostics.h"
#include "batch/control_totals.h"
#include "batch/pieces_again.h"
#include "ledger/ledger.h"
#include "pipeline.h"

// What stands beside a job's print files, once more.
namespace handout::batch {

// The folder in that of the copies where such a file is made before it gets its place.
inline constexpr std::string_view kAgain = "again";

// Reports and lists of refused rows, by name from the job's folder.
[[nodiscard]] bool is_beside(std::string_view name);
// Of these, what can't be made without the list of recipients.
[[nodiscard]] bool needs_list(std::string_view name);

// What the report of a job that has ended is made of, from its ledger alone.
Result<ControlTotals> totals_of_ledger(const ledger::Ledger& ledger, Diagnostics& diags);

// Makes such files of a job and puts them in their places, byte for byte as they were. Faults: one that comes out otherwise, of which nothing is written; the machine's.
Result<std::monostate> write_beside_again(const JobAgain& job, const ledger::Ledger& ledger, std::span<const std::string> names, const Installation& own, Diagnostics& diags);

}  // namespace handout::batch
