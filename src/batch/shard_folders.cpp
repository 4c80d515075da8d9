#include "batch/shard_folders.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

// Folders of shards that hold a ledger.
std::vector<fs::path> begun_shards(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("shard-") && name.find("-of-") != std::string::npos && ledger::Ledger::exists(entry.path())) found.push_back(entry.path());
  }
  return found;
}

std::optional<bool> is_finished(const fs::path& folder, Diagnostics& diags) {
  if (!ledger::Ledger::exists(folder)) return false;
  const auto ledger = ledger::Ledger::open_read_only(folder, "", diags);
  const auto totals = ledger ? ledger->totals(diags) : tl::unexpected<Failure>(Failure{});
  return totals ? std::optional(totals->finished) : std::nullopt;
}

// A job that is finished was printed as a whole, or is that of shards which were joined: those are all done.
bool may_be_whole(const fs::path& folder, Diagnostics& diags) {
  const auto shards = begun_shards(folder);
  if (shards.empty()) return true;
  const auto finished = is_finished(folder, diags);
  if (!finished || *finished) return finished.has_value();
  diags.error(Span::of_file(folder.string()), fmt::format("the folder holds shards of a job ({}); a whole job would print their recipients twice", shards.front().filename().string())).hint("make all shards and join them (handout ledger merge); or make the whole job in another folder");
  return false;
}

bool may_be_shard(const fs::path& folder, const ledger::Shard& shard, Diagnostics& diags) {
  const std::string end = fmt::format("-of-{}", shard.count);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("shard-") && name.find("-of-") != std::string::npos && !name.ends_with(end)) {
      diags.error(Span::of_file(entry.path().string()), fmt::format("the folder holds shards of another number; one of {} was asked for", shard.count)).hint("every shard of a job is made with the same number; begin a new job in another folder");
      return false;
    }
  }
  if (!ledger::Ledger::exists(folder)) return true;
  const auto finished = is_finished(folder / shard_name(shard), diags);
  if (!finished || *finished) return finished.has_value();
  diags.error(Span::of_file(folder.string()), fmt::format("the folder holds a whole job, or one that shards were joined to; shard {}/{} would print its recipients twice", shard.index, shard.count)).hint("begin shards in another folder");
  return false;
}

}  // namespace

std::string shard_name(const ledger::Shard& shard) { return fmt::format("shard-{}-of-{}", shard.index, shard.count); }

Result<std::optional<OtherShard>> shard_of_another_day(const fs::path& shard, const std::optional<ledger::Day>& day, Diagnostics& diags) {
  for (const fs::path& each : begun_shards(fs::absolute(shard).lexically_normal().parent_path())) {
    if (each.filename() == shard.filename()) continue;
    const auto ledger = ledger::Ledger::open_read_only(each, "", diags);
    if (!ledger) return tl::unexpected<Failure>(Failure{});
    if (ledger->job().day == day) return std::nullopt;
    return OtherShard{each.filename().string(), ledger->job().day};
  }
  return std::nullopt;
}

bool may_stand_in(const fs::path& folder, const ledger::Shard& shard, Diagnostics& diags) { return shard.count > 1 ? may_be_shard(folder, shard, diags) : may_be_whole(folder, diags); }

}  // namespace handout::batch
