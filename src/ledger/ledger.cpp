#include "ledger/ledger.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>

#include "base/expects.h"
#include "base/digest.h"
#include "base/files.h"
#include "base/numbers.h"
#include "ledger/state.h"

namespace handout::ledger {

namespace fs = std::filesystem;

namespace {

std::string error_text(int code) { return std::generic_category().message(code); }
std::string shown_name(const fs::path& folder) { return (folder / kFileName).generic_string(); }

Result<std::monostate> check_folder(const fs::path& folder, Diagnostics& diags) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) return diags.machine_error(Span::of_file(folder.generic_string()), "is no folder").hint("create it first");
  return std::monostate{};
}

}  // namespace

// ---- days, names ----

Result<std::string> read_secret(const fs::path& file, Diagnostics& diags) {
  constexpr std::uintmax_t kLargest = 1u << 16;
  constexpr std::size_t kLeast = 16;
  const Span shown = Span::of_file(file.generic_string());
  auto secret = read_file(file, shown, kLargest, diags);
  if (!secret) return secret;
  struct stat info {};
  if (::stat(file.c_str(), &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) diags.warning(shown, "others than its owner may read or write the secret").hint("chmod 600 keeps it to its owner");
  if (secret->ends_with('\n')) secret->pop_back();
  if (secret->ends_with('\r')) secret->pop_back();
  if (secret->size() < kLeast) return diags.error(shown, fmt::format("has a secret of {} bytes, fewer than {}", secret->size(), kLeast)).hint("make one: head -c 32 /dev/urandom | base64 > secret.key");
  return secret;
}

std::string to_text(Day day) { return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())); }

std::optional<Day> day_from_text(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || text.find_first_not_of("0123456789-") != std::string_view::npos) return std::nullopt;
  const auto year = parse_integer(text.substr(0, 4)), month = parse_integer(text.substr(5, 2)), day = parse_integer(text.substr(8, 2));
  if (!year || !month || !day || *year < 1) return std::nullopt;
  const Day read{std::chrono::year(static_cast<int>(*year)), std::chrono::month(static_cast<unsigned>(*month)), std::chrono::day(static_cast<unsigned>(*day))};
  return read.ok() ? std::optional(read) : std::nullopt;
}

bool is_inside(std::string_view name) {
  const fs::path path(name);
  return !name.empty() && name.find('\0') == std::string_view::npos && path.is_relative() && std::none_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".." || part == "." || part.empty(); });
}

// ---- the lock ----

Result<FolderLock> FolderLock::take(const fs::path& folder, const Span& shown, Diagnostics& diags, Held held, Missing missing) {
  // Some network file systems lock no folders: there SQLite's own lock, taken for each group, is the only one. A process that was killed holds it until the system has cleared it away.
  constexpr int kTries = 40;
  constexpr std::chrono::milliseconds kBetween(25);
  for (int i = 0; i < kTries; ++i) {
    if (i > 0) std::this_thread::sleep_for(kBetween);
    std::error_code not_made;
    if (missing == Missing::Made) fs::create_directories(folder, not_made);
    if (not_made) return diags.machine_error(Span::of_file(folder.generic_string()), fmt::format("could not be made: {}", not_made.message()));
    FolderLock lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (lock.descriptor_ < 0 && missing == Missing::Made && errno == ENOENT) continue;
    if (lock.descriptor_ < 0) return diags.machine_error(shown, fmt::format("its folder cannot be opened: {}", error_text(errno)));
    const bool taken = ::flock(lock.descriptor_, (held == Held::Alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    // It may have been removed, and another made, while its lock was waited for.
    if (taken && lock.is_of(folder)) return lock;
  }
  return diags.machine_error(shown, "is being written by another process").hint("only one process may write a job: wait until that has ended, or end it");
}

bool FolderLock::is_of(const fs::path& folder) const {
  struct stat mine {}, there {};
  return ::fstat(descriptor_, &mine) == 0 && ::stat(folder.c_str(), &there) == 0 && mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

// ---- making one ----

namespace {

bool write_inputs(const Database& database, const Job& job, Sealer& sealer, Sha256Digest& seal, Diagnostics& diags) {
  auto insertion = Insertion::prepare(database, table::kInputs, diags);
  if (!insertion) return false;
  for (const Input& each : job.inputs) {
    EXPECTS(each.copy.empty() || is_inside(each.copy));
    insertion->begin(sealer).add(each.kind).add(each.name).add_blob(each.digest).add(each.size).add(each.copy).add(std::int64_t{each.personal == Personal::Yes ? 1 : 0});
    if (!insertion->run(0, seal, diags)) return false;
  }
  return true;
}

bool write_job(const Database& database, const Job& job, const std::optional<Sha256Digest>& secret_check, Diagnostics& diags) {
  Sealer sealer;
  Sha256Digest seal{};
  auto group = database.prepare("INSERT INTO groups(id, seal) VALUES(0, ?)", diags);
  if (!group) return false;
  group->bind_blob(1, bytes_of(seal));
  auto insertion = group->run(diags) ? Insertion::prepare(database, table::kJob, diags) : tl::unexpected(Failure{});
  if (!insertion) return false;
  const std::string day = job.day ? to_text(*job.day) : "";
  insertion->begin(sealer).add(job.id).add(job.mailing).add_blob(job.mailing_digest).add(job.engine);
  if (job.day) insertion->add(std::string_view(day));
  else insertion->add_null();
  if (job.keep_days) insertion->add(std::int64_t{*job.keep_days});
  else insertion->add_null();
  insertion->add(std::int64_t{job.keys == KeyStyle::Hashed ? 1 : 0});
  if (secret_check) insertion->add_blob(*secret_check);
  else insertion->add_null();
  insertion->add(std::int64_t{job.shard.index}).add(std::int64_t{job.shard.count});
  if (!insertion->run(0, seal, diags) || !write_inputs(database, job, sealer, seal, diags)) return false;
  return seal_anew(database, diags).has_value();
}

bool sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool synced = ::fsync(descriptor) == 0 || errno == EINVAL;
  ::close(descriptor);
  return synced;
}

// Closed when it returns, so that all of it is in the one file. Nothing is synced yet: until it has its name nobody misses it.
Result<std::monostate> fill_new_file(const fs::path& file, std::string_view shown, const Job& job, const std::optional<Sha256Digest>& secret_check, Diagnostics& diags) {
  if (!create_private(file, shown, diags)) return tl::unexpected(Failure{});
  const auto database = Database::open(file, shown, Access::Write, diags);
  if (!database || !database->run("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE", diags) || !make_schema(*database, diags)) return tl::unexpected(Failure{});
  if (!write_job(*database, job, secret_check, diags) || !database->run("COMMIT; PRAGMA journal_mode = WAL", diags)) return tl::unexpected(Failure{});
  return std::monostate{};
}

}  // namespace

void remove_database(const fs::path& file) {
  for (const char* const end : {"-wal", "-shm", "-journal", ""}) ::unlink((file.string() + end).c_str());
}

Result<std::monostate> make_ledger(const fs::path& folder, const Job& job, const std::optional<Sha256Digest>& secret_check, const std::function<bool()>& may_stand, Diagnostics& diags) {
  const std::string shown = shown_name(folder);
  const fs::path file = folder / kFileName, unfinished = folder / fmt::format("{}.part", kFileName);
  if (Ledger::exists(folder)) return diags.error(Span::of_file(shown), "is there already").hint("go on with that job, or write to another folder");
  remove_database(unfinished);
  const auto filled = fill_new_file(unfinished, shown, job, secret_check, diags);
  const bool may = filled && may_stand();
  // The first group syncs the folder with its log; before it there is nothing to lose.
  if (may && sync(unfinished) && ::rename(unfinished.c_str(), file.c_str()) == 0) return std::monostate{};
  if (may) diags.machine_error(Span::of_file(shown), fmt::format("cannot be put in its place: {}", error_text(errno)));
  remove_database(unfinished);
  return tl::unexpected(Failure{});
}

// ---- opening ----

namespace {

Result<std::vector<Input>> read_inputs(const Database& database, Diagnostics& diags) {
  std::vector<Input> inputs;
  const auto take = [&](const Statement& row) { inputs.push_back({row.text(0), row.text(1), digest_of(row.bytes(2)).value_or(Digest{}), row.count(3), row.text(4), row.integer(5) != 0 ? Personal::Yes : Personal::No}); };
  if (!database.each("SELECT kind, name, digest, size, copy, personal FROM inputs ORDER BY kind, name", take, diags)) return tl::unexpected(Failure{});
  return inputs;
}

Result<Job> read_job(const Database& database, Diagnostics& diags) {
  auto statement = database.prepare("SELECT id, mailing, mailing_digest, engine, day, keep_days, hashed, shard, shards FROM job", diags);
  if (!statement || statement->step(diags) != Statement::Step::Found) return tl::unexpected(Failure{});
  Job job;
  job.id = statement->text(0);
  job.mailing = statement->text(1);
  job.mailing_digest = digest_of(statement->bytes(2)).value_or(Digest{});
  job.engine = statement->text(3);
  if (!statement->is_null(4)) job.day = day_from_text(statement->bytes(4));
  if (!statement->is_null(5)) job.keep_days = static_cast<std::uint32_t>(statement->integer(5));
  job.keys = statement->integer(6) != 0 ? KeyStyle::Hashed : KeyStyle::Plain;
  job.shard = {static_cast<std::uint32_t>(statement->integer(7)), static_cast<std::uint32_t>(statement->integer(8))};
  auto inputs = read_inputs(database, diags);
  if (!inputs) return tl::unexpected(Failure{});
  job.inputs = *std::move(inputs);
  return job;
}

bool read_rows(const Database& database, const std::string& sql, RowSet& rows, Diagnostics& diags) {
  auto statement = database.prepare(sql, diags);
  if (!statement) return false;
  for (;;) {
    const Statement::Step step = statement->step(diags);
    if (step != Statement::Step::Found) return step == Statement::Step::End;
    const std::int64_t row = statement->integer(0);
    if (row < 1 || static_cast<std::uint64_t>(row) > kMostRows) return report_damage(database.shown(), "a row's number is out of bounds", diags), false;
    rows.insert(static_cast<Row>(row));
  }
}

bool read_kinds(const Database& database, std::map<std::int64_t, Kind>& kinds, Diagnostics& diags) {
  auto statement = database.prepare("SELECT k.id, k.locale, k.layout, k.profile, a.article, a.version FROM kinds k LEFT JOIN kind_articles a ON a.kind = k.id ORDER BY k.id, a.position", diags);
  if (!statement) return false;
  for (;;) {
    const Statement::Step step = statement->step(diags);
    if (step != Statement::Step::Found) return step == Statement::Step::End;
    Kind& kind = kinds.try_emplace(statement->integer(0), Kind{{}, statement->text(1), statement->text(2), statement->text(3)}).first->second;
    if (!statement->is_null(4)) kind.articles.push_back({statement->text(4), statement->text(5)});
  }
}

Result<std::monostate> check_secret(LedgerState& state, std::string_view secret, Secret need, Diagnostics& diags) {
  if (state.job.keys == KeyStyle::Plain) return std::monostate{};
  const auto check = read_secret_check(state.database, diags);
  if (!check) return tl::unexpected(Failure{});
  if (secret.empty() && need == Secret::MayLack) return std::monostate{};
  if (secret.empty()) return diags.error(state.shown(), "has hashed keys; the secret that hashed them is missing").hint("name the key file that the mailing names");
  KeyedHash hash(secret);
  if (hash.of(kSecretText) != *check) return diags.error(state.shown(), "has keys that were hashed with another secret").hint("use the key file that the job was begun with");
  state.hash = std::move(hash);
  return std::monostate{};
}

// What both ways of opening need; the structure has been checked.
Result<std::monostate> load(LedgerState& state, std::string_view secret, Secret need, Diagnostics& diags) {
  auto job = read_job(state.database, diags);
  if (!job) return tl::unexpected(Failure{});
  state.job = *std::move(job);
  if (!check_secret(state, secret, need, diags) || !read_kinds(state.database, state.kinds, diags)) return tl::unexpected(Failure{});
  if (!read_rows(state.database, "SELECT row FROM pieces", state.done, diags)) return tl::unexpected(Failure{});
  state.settled = state.done;
  if (!read_rows(state.database, "SELECT row FROM left_out", state.settled, diags) || !read_rows(state.database, "SELECT row FROM rejects", state.settled, diags)) return tl::unexpected(Failure{});
  return std::monostate{};
}

Result<std::monostate> check_there(const fs::path& folder, Diagnostics& diags) {
  if (!check_folder(folder, diags)) return tl::unexpected(Failure{});
  struct stat info {};
  const Span shown = Span::of_file(shown_name(folder));
  if (::lstat((folder / kFileName).c_str(), &info) != 0) {
    if (errno == ENOENT) return diags.error(Span::of_file(folder.generic_string()), fmt::format("has no ledger: no file '{}'", kFileName)).hint("name the folder that a job wrote to");
    return diags.machine_error(shown, fmt::format("cannot be read: {}", error_text(errno)));
  }
  if (!S_ISREG(info.st_mode)) return diags.error(shown, "is no file").hint("a ledger is a file of its folder, not a link");
  if (info.st_size == 0) return report_damage(shown, "it is empty", diags);
  return std::monostate{};
}

bool prepare_writer(LedgerState& state, Diagnostics& diags) {
  const Database& database = state.database;
  const auto into = [&](const SealedTable& each) { return Insertion::prepare(database, each, diags); };
  auto kinds = into(table::kKinds), kind_articles = into(table::kKindArticles), files = into(table::kFiles), pieces = into(table::kPieces), left_out = into(table::kLeftOut), rejects = into(table::kRejects), counts = into(table::kCounts),
       other_files = into(table::kOtherFiles), events = into(table::kEvents);
  auto new_group = database.prepare("INSERT INTO groups(id, seal) VALUES((SELECT max(id) + 1 FROM groups), zeroblob(32)) RETURNING id", diags);
  auto seal_group = database.prepare("UPDATE groups SET seal = ? WHERE id = ?", diags);
  auto set_state = database.prepare("UPDATE pieces SET state = ? WHERE number = ?", diags);
  auto find_row_of = database.prepare("SELECT row FROM pieces WHERE number = ?", diags);
  if (!kinds || !kind_articles || !files || !pieces || !left_out || !rejects || !counts || !other_files || !events || !new_group || !seal_group || !set_state || !find_row_of) return false;
  state.writer = std::make_unique<Writer>(Writer{*std::move(kinds), *std::move(kind_articles), *std::move(files), *std::move(pieces), *std::move(left_out), *std::move(rejects), *std::move(counts), *std::move(other_files), *std::move(events),
                                                 *std::move(new_group), *std::move(seal_group), *std::move(set_state), *std::move(find_row_of), {}, false, false, 0, {}, {}, {}, {}, {}});
  return true;
}

Result<std::optional<FolderLock>> lock_of(const fs::path& folder, Lock lock, Diagnostics& diags) {
  if (lock == Lock::Held) return std::nullopt;
  auto taken = FolderLock::take(folder, Span::of_file(shown_name(folder)), diags);
  if (!taken) return tl::unexpected(Failure{});
  return *std::move(taken);
}

// On a medium that cannot be written SQLite cannot make the index of a write-ahead log; without a log none is needed.
bool is_immutable(const fs::path& folder) {
  std::error_code failure;
  const auto log = fs::file_size(folder / fmt::format("{}-wal", kFileName), failure);
  return ::access(folder.c_str(), W_OK) != 0 && (failure || log == 0);
}

}  // namespace

Result<std::optional<Sha256Digest>> read_secret_check(const Database& database, Diagnostics& diags) {
  auto statement = database.prepare("SELECT secret_check FROM job", diags);
  if (!statement || statement->step(diags) != Statement::Step::Found) return tl::unexpected(Failure{});
  return statement->is_null(0) ? std::nullopt : digest_of(statement->bytes(0));
}

Result<std::unique_ptr<LedgerState>> open_to_write(const fs::path& folder, std::string_view secret, Secret need, Diagnostics& diags, Lock lock) {
  if (!check_there(folder, diags)) return tl::unexpected(Failure{});
  const std::string shown = shown_name(folder);
  auto taken = lock_of(folder, lock, diags);
  auto database = taken ? Database::open(folder / kFileName, shown, Access::Write, diags) : tl::unexpected(Failure{});
  if (!database || !check_schema(*database, diags)) return tl::unexpected(Failure{});
  // A commit returns when it is on the disk. Pages in memory: 1 MB.
  if (!database->run("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -1000", diags)) return tl::unexpected(Failure{});
  struct stat info {};
  if (::stat((folder / kFileName).c_str(), &info) != 0) return diags.machine_error(Span::of_file(shown), fmt::format("cannot be read: {}", error_text(errno)));
  auto state = std::make_unique<LedgerState>(LedgerState{folder, *std::move(taken), *std::move(database), info.st_dev, info.st_ino, {}, {}, {}, {}, {}});
  if (!load(*state, secret, need, diags) || !prepare_writer(*state, diags)) return tl::unexpected(Failure{});
  return state;
}

Ledger::Ledger(std::unique_ptr<LedgerState> state) : state_(std::move(state)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

bool Ledger::exists(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(folder / kFileName, ignored));
}

Result<Ledger> Ledger::create(const fs::path& folder, const Job& job, std::string_view secret, Diagnostics& diags, const std::function<bool()>& may_stand, Lock lock) {
  EXPECTS((job.keys == KeyStyle::Hashed) == !secret.empty());
  EXPECTS(job.shard.index >= 1 && job.shard.index <= job.shard.count);
  if (!check_folder(folder, diags)) return tl::unexpected(Failure{});
  auto taken = lock_of(folder, lock, diags);
  const auto check = secret.empty() ? std::nullopt : std::optional(KeyedHash(secret).of(kSecretText));
  if (!taken || !make_ledger(folder, job, check, may_stand, diags)) return tl::unexpected(Failure{});
  auto ledger = open(folder, secret, diags, Lock::Held);
  if (ledger) ledger->state_->lock = *std::move(taken);
  return ledger;
}

Result<Ledger> Ledger::open(const fs::path& folder, std::string_view secret, Diagnostics& diags, Lock lock) {
  auto state = open_to_write(folder, secret, Secret::Needed, diags, lock);
  if (!state) return tl::unexpected(Failure{});
  return Ledger(*std::move(state));
}

Result<Ledger> Ledger::open_without_secret(const fs::path& folder, Diagnostics& diags) {
  auto state = open_to_write(folder, "", Secret::MayLack, diags);
  if (!state) return tl::unexpected(Failure{});
  return Ledger(*std::move(state));
}

Result<Ledger> Ledger::open_read_only(const fs::path& folder, std::string_view secret, Diagnostics& diags) {
  if (!check_there(folder, diags)) return tl::unexpected(Failure{});
  const std::string shown = shown_name(folder);
  auto database = Database::open(folder / kFileName, shown, is_immutable(folder) ? Access::Immutable : Access::Read, diags);
  // One transaction to the end: all answers are of one moment.
  if (!database || !database->run("BEGIN", diags) || !check_schema(*database, diags)) return tl::unexpected(Failure{});
  auto state = std::make_unique<LedgerState>(LedgerState{folder, std::nullopt, *std::move(database), 0, 0, {}, {}, {}, {}, {}});
  if (!load(*state, secret, Secret::MayLack, diags)) return tl::unexpected(Failure{});
  return Ledger(std::move(state));
}

const Job& Ledger::job() const { return state_->job; }
const RowSet& Ledger::done() const { return state_->done; }
const RowSet& Ledger::settled() const { return state_->settled; }

RowSet Ledger::never_printed(std::uint64_t rows) const {
  RowSet owed = RowSet::up_to(rows);
  owed.erase(state_->settled);
  return owed;
}

std::vector<InputDifference> Ledger::compare_inputs(std::span<const Input> now) const {
  std::map<std::pair<std::string_view, std::string_view>, const Input*> then;
  for (const Input& each : state_->job.inputs) then[{each.kind, each.name}] = &each;
  std::vector<InputDifference> differences;
  for (const Input& each : now) {
    const auto found = then.find({each.kind, each.name});
    if (found == then.end()) {
      differences.push_back({InputDifference::What::New, each.kind, each.name});
      continue;
    }
    if (found->second->digest != each.digest || found->second->size != each.size) differences.push_back({InputDifference::What::Changed, each.kind, each.name});
    then.erase(found);
  }
  for (const auto& [name, input] : then) differences.push_back({InputDifference::What::Gone, input->kind, input->name});
  std::sort(differences.begin(), differences.end(), [](const InputDifference& a, const InputDifference& b) { return std::tie(a.kind, a.name) < std::tie(b.kind, b.name); });
  return differences;
}

}  // namespace handout::ledger
