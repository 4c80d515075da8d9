#include "ledger/removal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

namespace handout::ledger {

namespace fs = std::filesystem;

namespace {

Diagnostics::Added report(const fs::path& path, std::string_view what, Diagnostics& diags) { return diags.machine_error(Span::of_file(path.generic_string()), fmt::format("cannot be {}: {}", what, std::generic_category().message(errno))); }

bool overwrite(int descriptor, off_t size) {
  constexpr std::size_t kBlock = 1u << 16;
  const std::vector<char> zeros(kBlock);
  for (off_t at = 0; at < size;) {
    const ssize_t written = ::pwrite(descriptor, zeros.data(), static_cast<std::size_t>(std::min<off_t>(size - at, kBlock)), at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += written;
  }
  return ::fsync(descriptor) == 0;
}

}  // namespace

bool is_within(const LedgerState& state, const std::string& name, Diagnostics& diags) {
  if (!is_inside(name)) return diags.error(state.shown(), "names a file outside its folder").hint("the ledger was altered: verify it"), false;
  const fs::path path = state.folder / name;
  std::error_code failure;
  const fs::path inside = fs::weakly_canonical(path.parent_path(), failure).lexically_relative(fs::canonical(state.folder, failure));
  if (failure || inside.empty() || *inside.begin() == "..") return diags.error(Span::of_file(path.parent_path().generic_string()), "a link leads out of the job's folder: nothing is removed there"), false;
  return true;
}

Removed remove_file(const LedgerState& state, const std::string& name, Diagnostics& diags) {
  if (!is_within(state, name, diags)) return Removed::Failed;
  const fs::path path = state.folder / name;
  if (::unlink(path.c_str()) == 0) return Removed::Yes;
  if (errno == ENOENT) return Removed::WasGone;
  report(path, "removed", diags);
  return Removed::Failed;
}

Removed shred_file(const LedgerState& state, const std::string& name, Diagnostics& diags) {
  if (!is_within(state, name, diags)) return Removed::Failed;
  const fs::path path = state.folder / name;
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT) return Removed::WasGone;
  struct stat info {};
  const bool good = descriptor >= 0 && ::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) && overwrite(descriptor, info.st_size);
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  errno = error;
  if (!good) return report(path, "overwritten", diags), Removed::Failed;
  return remove_file(state, name, diags);
}

bool check_unaltered(const LedgerState& state, Diagnostics& diags) {
  const auto broken = find_broken_seals(state.database, {}, diags);
  if (!broken) return false;
  const auto contradictions = find_contradictions(state, diags);
  if (!contradictions) return false;
  const bool good = broken->empty() && contradictions->empty();
  if (!good) diags.error(state.shown(), "was altered: some of its entries are not those that were written").hint("verify it; bring back a copy of it");
  return good;
}

bool commit_removal(Ledger& ledger, LedgerState& state, Diagnostics& diags) {
  Writer& writer = *state.writer;
  // The group's own seal is among those written anew.
  if (!seal_anew(state.database, diags) || !state.database.run("COMMIT", diags)) return ledger.drop_group(), false;
  writer.open = false;
  writer.seal = {};
  if (!state.database.run("VACUUM", diags)) return false;
  // A reader keeps the log from being emptied, which SQLite answers and doesn't call a fault.
  const auto busy = state.database.ask("PRAGMA wal_checkpoint(TRUNCATE)", diags);
  if (!busy) return false;
  if (*busy != 0) return diags.machine_error(state.shown(), "is read by another process: what was removed is not overwritten yet").hint("wait until that has ended, and give the command again"), false;
  return true;
}

}  // namespace handout::ledger
