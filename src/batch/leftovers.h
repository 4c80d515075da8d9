#pragma once

#include <filesystem>
#include <string_view>

#include "base/diagnostics.h"
#include "ledger/ledger.h"

// What a run, a reprint or a merge that was killed left in a job's folder, and no ledger tells of.
namespace handout::batch {

// Whether a file of this name, from the job's folder, that its ledger doesn't know can only be such a run's: what is half written, by the names that it has until it is whole; a piece in the folder of pieces of a job that has not ended; a print file with its job
// ticket, which names job and file; reports and refused rows by their names. What a person put there is none of these.
[[nodiscard]] bool is_left(const ledger::UnknownIn& in, std::string_view name);

// Print files and tickets of a reprint that did not end: whoever printed them would send its pieces twice, since the next one takes its number. The caller holds the folder.
[[nodiscard]] bool remove_left_reprints(const ledger::Ledger& ledger, const std::filesystem::path& folder, Diagnostics& diags);

}  // namespace handout::batch
