#pragma once

#include <filesystem>
#include <optional>
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

// A shard that was begun beside this one's folder on another day than that; nothing: there is none. One of them is looked at, since each has been compared with another.
struct OtherShard { std::string folder; std::optional<ledger::Day> day; };
Result<std::optional<OtherShard>> shard_of_another_day(const std::filesystem::path& shard, const std::optional<ledger::Day>& day, Diagnostics& diags);

}  // namespace handout::batch
