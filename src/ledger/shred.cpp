#include <fmt/format.h>

#include <algorithm>

#include "base/expects.h"
#include "ledger/removal.h"

// Files with recipients' data that are not to be kept.
namespace handout::ledger {

namespace fs = std::filesystem;

namespace {

// Those that the ledger knows, and those of a run that was killed before it did, half written ones too.
bool find_names(const LedgerState& state, std::span<const std::string_view> file_names, std::vector<std::string>& found, Diagnostics& diags) {
  std::error_code failure;
  for (fs::directory_iterator each(state.folder, failure), end; !failure && each != end; each.increment(failure)) {
    const std::string there = each->path().filename().string();
    const bool named = std::any_of(file_names.begin(), file_names.end(), [&](std::string_view name) { return there == name || (there.starts_with(fmt::format("{}.", name)) && there.ends_with(".part")); });
    if (named) found.push_back(there);
  }
  if (failure) return diags.machine_error(Span::of_file(state.folder.generic_string()), fmt::format("cannot be listed: {}", failure.message())), false;
  auto statement = state.database.prepare("SELECT name FROM other_files WHERE personal = 1 ORDER BY name", diags);
  if (!statement) return false;
  for (;;) {
    const Statement::Step step = statement->step(diags);
    if (step != Statement::Step::Found) return step == Statement::Step::End;
    const std::string name = statement->text(0);
    if (std::find(file_names.begin(), file_names.end(), fs::path(name).filename().generic_string()) == file_names.end()) continue;
    if (std::find(found.begin(), found.end(), name) == found.end()) found.push_back(name);
  }
}

// The files first: what a command that is cut off leaves to do, the next one finds.
bool shred_in(Ledger& ledger, LedgerState& state, std::span<const std::string_view> file_names, const std::optional<Day>& day, std::uint64_t& shredded, Diagnostics& diags) {
  std::vector<std::string> names;
  if (!find_names(state, file_names, names, diags)) return false;
  for (const std::string& name : names) {
    const Removed done = shred_file(state, name, diags);
    if (done == Removed::Failed) return false;
    if (done == Removed::Yes) ++shredded;
  }
  const auto before = state.database.ask(fmt::format("SELECT count(*) FROM events WHERE what = '{}'", kShredded), diags);
  if (!before) return false;
  if (names.empty() && *before > 0) return true;
  if (!ledger.begin_group(diags)) return false;
  auto forget = state.database.prepare("DELETE FROM other_files WHERE name = ?", diags);
  bool good = forget.has_value();
  for (const std::string& name : names) {
    if (!good) break;
    forget->bind(1, name);
    good = forget->run(diags);
  }
  good = good && insert_event(state, {0, std::string(kShredded), day, fmt::format("{} files overwritten and removed", names.size()), {}}, diags).has_value();
  if (!good) return ledger.drop_group(), false;
  return commit_removal(ledger, state, diags);
}

}  // namespace

Result<std::uint64_t> Ledger::shred(std::span<const std::string_view> file_names, const std::optional<Day>& day, Diagnostics& diags) {
  LedgerState& state = *state_;
  EXPECTS(state.writer != nullptr && !state.writer->open);
  auto shards = open_joined(diags);
  if (!shards || !check_unaltered(state, diags)) return tl::unexpected(Failure{});
  for (const Ledger& each : shards->there) {
    if (!check_unaltered(*each.state_, diags)) return tl::unexpected(Failure{});
  }
  std::uint64_t shredded = 0;
  for (Ledger& each : shards->there) {
    if (!shred_in(each, *each.state_, file_names, day, shredded, diags)) return tl::unexpected(Failure{});
  }
  if (!shred_in(*this, state, file_names, day, shredded, diags)) return tl::unexpected(Failure{});
  tell_missing(state, shards->missing, "refused rows that it keeps were not shredded", diags);
  return shredded;
}

Result<bool> Ledger::is_shredded(Diagnostics& diags) const {
  const auto events = state_->database.ask(fmt::format("SELECT count(*) FROM events WHERE what = '{}'", kShredded), diags);
  if (!events) return tl::unexpected(Failure{});
  return *events > 0;
}

// ---- the ledgers of shards ----

void tell_missing(const LedgerState& state, const std::vector<std::string>& missing, std::string_view what, Diagnostics& diags) {
  for (const std::string& each : missing) diags.error(Span::of_file((state.folder / each).generic_string()), fmt::format("the ledger of a joined shard is not there: {}; all others were", what)).hint("bring the shard's folder back to where it was joined, and give the command again; or give it the shard's folder where that is now");
}

Result<Ledger::Joined> Ledger::open_joined(Diagnostics& diags) const {
  const LedgerState& state = *state_;
  auto statement = state.database.prepare("SELECT name FROM other_files ORDER BY name", diags);
  if (!statement) return tl::unexpected(Failure{});
  Joined shards;
  for (;;) {
    const Statement::Step step = statement->step(diags);
    if (step == Statement::Step::Failed) return tl::unexpected(Failure{});
    if (step == Statement::Step::End) return shards;
    const fs::path name = statement->text(0);
    if (name.filename() != kFileName) continue;
    if (!is_within(state, name.generic_string(), diags)) return tl::unexpected(Failure{});
    const fs::path folder = state.folder / name.parent_path();
    if (!exists(folder)) {
      shards.missing.push_back(name.generic_string());
      continue;
    }
    auto shard = open_to_write(folder, "", Secret::MayLack, diags);
    if (!shard) return tl::unexpected(Failure{});
    const Job& job = (*shard)->job;
    if (job.id != state.job.id || job.mailing_digest != state.job.mailing_digest || job.shard.count < 2) return diags.error((*shard)->shown(), "is of another job than the ledger that it was joined to").hint("bring back the ledger of the shard, or remove it");
    shards.there.push_back(Ledger(*std::move(shard)));
  }
}

}  // namespace handout::ledger
