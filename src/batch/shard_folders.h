#pragma once

#include <filesystem>
#include <string>

#include "base/diagnostics.h"
#include "ledger/ledger.h"

// A job's folder and those of its shards below it.
namespace handout::batch {

// "shard-2-of-8"
[[nodiscard]] std::string shard_name(const ledger::Shard& shard);

// Whether the folder of a whole job, or the one above a shard's, holds nothing by which somebody would be printed twice: shards of another number, a whole job beside shards that are to be made, shards beside a whole job. What is done
// already stays a shard or job that may be asked for; shards that were joined are done. Asked by who has the folder's lock, and of a shard when its own folder is there.
bool may_stand_in(const std::filesystem::path& folder, const ledger::Shard& shard, Diagnostics& diags);

}  // namespace handout::batch
