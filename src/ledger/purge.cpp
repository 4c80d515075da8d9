#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/expects.h"
#include "ledger/state.h"

// Recipients' data goes when its time is over.
namespace handout::ledger {

namespace fs = std::filesystem;

namespace {

std::optional<std::vector<std::string>> read_names(const LedgerState& state, const std::string& sql, Diagnostics& diags) {
  auto statement = state.database.prepare(sql, diags);
  if (!statement) return std::nullopt;
  std::vector<std::string> names;
  for (;;) {
    const Statement::Step step = statement->step(diags);
    if (step == Statement::Step::Failed) return std::nullopt;
    if (step == Statement::Step::End) return names;
    names.push_back(statement->text(0));
  }
}

// One that is gone already was removed by a purge that did not end.
bool remove_file(const fs::path& folder, const std::string& name, std::vector<std::string>& removed, Diagnostics& diags) {
  if (!is_inside(name)) return diags.error(Span::of_file((folder / kFileName).generic_string()), "names a file outside its folder").hint("the ledger was altered: verify it"), false;
  const fs::path path = folder / name;
  std::error_code failure;
  const fs::path inside = fs::weakly_canonical(path.parent_path(), failure).lexically_relative(fs::canonical(folder, failure));
  if (failure || inside.empty() || *inside.begin() == "..") return diags.error(Span::of_file(path.generic_string()), "a link leads out of the job's folder: it is not removed"), false;
  if (::unlink(path.c_str()) == 0) removed.push_back(name);
  else if (errno != ENOENT) return diags.machine_error(Span::of_file(path.generic_string()), fmt::format("cannot be removed: {}", std::generic_category().message(errno))), false;
  return true;
}

bool remove_files(const LedgerState& state, Outputs outputs, std::vector<std::string>& removed, Diagnostics& diags) {
  std::string sql = "SELECT copy FROM inputs WHERE copy <> '' AND personal = 1 UNION SELECT name FROM other_files WHERE personal = 1";
  if (outputs == Outputs::Remove) sql += " UNION SELECT name FROM files WHERE state = 0";
  const auto names = read_names(state, sql, diags);
  return names && std::all_of(names->begin(), names->end(), [&](const std::string& name) { return remove_file(state.folder, name, removed, diags); });
}

// The seals hold keys as well: a ledger that was altered is not sealed anew.
bool check_unaltered(const LedgerState& state, Diagnostics& diags) {
  const auto broken = find_broken_seals(state.database, diags);
  if (!broken) return false;
  if (!broken->empty()) diags.error(state.shown(), "was altered: some of its entries are not those that were written").hint("verify it; bring back a copy of it");
  return broken->empty();
}

}  // namespace

Result<Purged> Ledger::purge(const Purge& order, Diagnostics& diags) {
  LedgerState& state = *state_;
  EXPECTS(state.writer != nullptr && !state.writer->open);
  Purged purged;
  const auto keep = order.keep_days ? order.keep_days : state.job.keep_days;
  if (!keep) return diags.error(state.shown(), "does not say how long recipients' data may stay").hint("say it: --keep DAYS, or <keep days=\"90\"/> in the mailing");
  if (!state.job.day && *keep > 0) return diags.error(state.shown(), "has no day to count from, since the job was given none").hint("say that nothing may stay: --keep 0");
  purged.due_on = *keep == 0 ? order.today : Day(std::chrono::sys_days(*state.job.day) + std::chrono::days(*keep));
  purged.due = std::chrono::sys_days(order.today) >= std::chrono::sys_days(*purged.due_on);
  if (!purged.due) return purged;
  // Files first: what a purge that is cut off leaves to do, the next one finds.
  if (!check_unaltered(state, diags) || !remove_files(state, order.outputs, purged.files, diags)) return tl::unexpected(Failure{});
  const auto keys = state.database.ask("SELECT count(*) FROM pieces WHERE key IS NOT NULL", diags);
  if (!keys || !begin_group(diags)) return tl::unexpected(Failure{});
  purged.keys = static_cast<std::uint64_t>(*keys);
  std::string sql = "UPDATE pieces SET key = NULL WHERE key IS NOT NULL; UPDATE inputs SET copy = '' WHERE personal = 1; DELETE FROM other_files WHERE personal = 1";
  if (order.outputs == Outputs::Remove) sql += "; UPDATE files SET state = 1";
  const std::string reason = fmt::format("{} keys and {} files removed", purged.keys, purged.files.size());
  Writer& writer = *state.writer;
  const bool changed = state.database.run(sql, diags) && insert_event(state, {0, "purge", order.today, reason, {}}, diags) && seal_anew(state.database, diags);
  // The group's own seal is among those written anew.
  if (!changed || !state.database.run("COMMIT", diags)) {
    drop_group();
    return tl::unexpected(Failure{});
  }
  writer.open = false;
  writer.seal = {};
  for (Input& each : state.job.inputs) {
    if (each.personal == Personal::Yes) each.copy.clear();
  }
  // Written anew from what is left, so that no page keeps what was removed, however SQLite was built; the log is emptied.
  if (!state.database.run("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", diags)) return tl::unexpected(Failure{});
  return purged;
}

}  // namespace handout::ledger
