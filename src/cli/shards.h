#pragma once

#include <optional>

#include "base/diagnostics.h"
#include "cli/cli.h"
#include "ledger/ledger.h"

// Which share of a list a command makes.
namespace handout::cli {

inline constexpr unsigned long kMostShards = 99'999;

// By --shard or by --array and the variables of the system that runs the job array; without either the whole list, which is shard 1 of 1. Faults, all of them wrong usage: an empty value, what is no number, variables of two systems
// or a variable and --shards that contradict each other.
std::optional<ledger::Shard> wanted_shard(const BatchOptions& options, Diagnostics& diags);

}  // namespace handout::cli
