#pragma once

#include <filesystem>
#include <optional>

#include "base/diagnostics.h"
#include "cli/cli.h"
#include "ledger/ledger.h"

// Which share of a list a command makes, and what may stand in its folder.
namespace handout::cli {

inline constexpr unsigned long kMostShards = 99'999;

// By --shard or by --array and the variables of the system that runs the job array; without either the whole list, which is shard 1 of 1. Faults, all of them wrong usage: an empty value, what is no number, variables of two systems
// or a variable and --shards that contradict each other.
std::optional<ledger::Shard> wanted_shard(const BatchOptions& options, Diagnostics& diags);

// The folder of a shard below that of its job: "shard-2-of-8".
std::filesystem::path shard_folder(const std::filesystem::path& folder, const ledger::Shard& shard);

// Whether the folder holds nothing by which somebody would be printed twice: shards of another number, a whole job beside shards that are to be made, shards beside a whole job. What is done already stays a shard or job that may
// be asked for; shards that were joined are done.
bool may_stand_in(const std::filesystem::path& folder, const ledger::Shard& shard, Diagnostics& diags);

}  // namespace handout::cli
