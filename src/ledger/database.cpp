#include "ledger/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <system_error>
#include <utility>

#include "base/expects.h"
#include "base/handle.h"
#include "base/narrow.h"

namespace handout::ledger {
namespace {

using Connection = Handle<sqlite3, sqlite3_close>;
using Prepared = Handle<sqlite3_stmt, sqlite3_finalize>;

constexpr int kWaitMilliseconds = 2000;  // for another process to end its step

std::string error_text(int code) { return std::generic_category().message(code); }

// SQLite keeps the system's error number for files that it cannot open; else errno has it still, which was 0 before the call.
int system_error(sqlite3* connection) {
  const int last = errno, kept = connection != nullptr ? sqlite3_system_errno(connection) : 0;
  return kept != 0 ? kept : last;
}

Diagnostics::Added report_input_output(sqlite3* connection, int extended, const Span& shown, Diagnostics& diags) {
  const int code = system_error(connection);
  const bool reading = extended == SQLITE_IOERR_READ || extended == SQLITE_IOERR_SHORT_READ;
  auto fault = diags.machine_error(shown, fmt::format("cannot be {}: {}", reading ? "read" : "written", code != 0 ? error_text(code) : "input/output error"));
  if (code == EFBIG) fault.hint("the process may not write files of that size (ulimit -f)");
  return fault;
}

// What a result code means for who runs a job (https://www.sqlite.org/rescode.html).
Diagnostics::Added report(sqlite3* connection, int code, const Span& shown, Diagnostics& diags) {
  const int extended = connection != nullptr ? sqlite3_extended_errcode(connection) : code;
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return diags.machine_error(shown, "is in use by another process").hint("wait until that has ended, or end it; then run this again");
    case SQLITE_CORRUPT: return report_damage(shown, "its pages contradict one another", diags);
    case SQLITE_NOTADB: return diags.error(shown, "is no ledger: it is no SQLite database").hint("if it was a ledger, it is damaged: bring back a copy of it");
    case SQLITE_FULL: return diags.machine_error(shown, "cannot be written: the disk is full").hint("make room and run the same command again: what the ledger has stays");
    case SQLITE_IOERR: return report_input_output(connection, extended, shown, diags);
    case SQLITE_READONLY:
      if (extended == SQLITE_READONLY_DBMOVED) return diags.machine_error(shown, "was removed or replaced while it was open");
      return diags.machine_error(shown, "cannot be written: permission denied").hint("its folder must be writable as well");
    case SQLITE_CANTOPEN: {
      const int reason = system_error(connection);
      return diags.machine_error(shown, fmt::format("cannot be opened: {}", reason != 0 ? error_text(reason) : "no permission, or its folder may not be written")).hint("where its folder is read-only, copy the folder to where it may be written");
    }
    case SQLITE_PERM:
    case SQLITE_AUTH: return diags.machine_error(shown, "cannot be opened: permission denied");
    case SQLITE_NOMEM: return diags.machine_error(shown, "out of memory");
    case SQLITE_CONSTRAINT: return diags.machine_error(shown, "has this entry already, written by another process").hint("only one process may write a job; run the same command again");
    default: return diags.machine_error(shown, fmt::format("cannot be used: {}", sqlite3_errstr(code)));
  }
}

}  // namespace

Diagnostics::Added report_damage(const Span& ledger, std::string_view what, Diagnostics& diags) {
  return diags.error(ledger, fmt::format("is damaged: {}", what)).hint("bring back a copy of it, or run the job anew in another folder");
}

// ---- statements ----

struct Statement::State {
  Prepared prepared;
  sqlite3* connection = nullptr;
  Span shown;
};

Statement::Statement() = default;
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

// Binding fails only for a parameter that isn't there, which is our fault, or without memory.
namespace {
void check_bound(int code) {
  if (code == SQLITE_NOMEM || code == SQLITE_TOOBIG) throw std::bad_alloc();
  EXPECTS(code == SQLITE_OK);
}
}  // namespace

void Statement::bind(int parameter, std::int64_t value) { check_bound(sqlite3_bind_int64(state_->prepared.get(), parameter, value)); }

void Statement::bind(int parameter, std::string_view text) {
  check_bound(sqlite3_bind_text64(state_->prepared.get(), parameter, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));  // NOLINT: SQLite's macro casts
}

void Statement::bind_blob(int parameter, std::string_view bytes) {
  check_bound(sqlite3_bind_blob64(state_->prepared.get(), parameter, bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_STATIC));  // NOLINT: SQLite's macro casts
}

void Statement::bind_null(int parameter) { check_bound(sqlite3_bind_null(state_->prepared.get(), parameter)); }

Statement::Step Statement::step(Diagnostics& diags) {
  errno = 0;
  const int code = sqlite3_step(state_->prepared.get());
  if (code == SQLITE_ROW) return Step::Found;
  if (code != SQLITE_DONE) report(state_->connection, code, state_->shown, diags);
  reset();
  return code == SQLITE_DONE ? Step::End : Step::Failed;
}

bool Statement::run(Diagnostics& diags) {
  const Step step_taken = step(diags);
  if (step_taken == Step::Found) reset();
  return step_taken != Step::Failed;
}

void Statement::reset() { sqlite3_reset(state_->prepared.get()); }

Statement::Type Statement::type(int column) const {
  switch (sqlite3_column_type(state_->prepared.get(), column)) {
    case SQLITE_INTEGER: return Type::Integer;
    case SQLITE_NULL: return Type::Null;
    case SQLITE_BLOB: return Type::Blob;
    default: return Type::Text;
  }
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(state_->prepared.get(), column); }

std::string_view Statement::bytes(int column) const {
  const void* const data = sqlite3_column_blob(state_->prepared.get(), column);
  const int size = sqlite3_column_bytes(state_->prepared.get(), column);
  return data == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

// ---- databases ----

struct Database::State {
  Connection connection;
  Span shown;
};

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

namespace {

// "file:/folder/ledger.sqlite?immutable=1", what has a meaning in a URI written as %XX.
std::string uri_of(const std::filesystem::path& file) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || c == '/' || c == '-' || c == '_' || c == '.';
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return uri + "?immutable=1";
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& file, std::string_view shown, Access access, Diagnostics& diags) {
  auto state = std::make_unique<State>();
  state->shown = Span::of_file(shown);
  // One thread at a time uses it. Links are not followed: a ledger stands in its folder.
  // Who only reads opens it to write as well, where that is allowed: the last one to close it then takes its log into it, and leaves none behind.
  const int flags = (access == Access::Immutable ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | (access == Access::Immutable ? SQLITE_OPEN_URI : 0) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  sqlite3* opened = nullptr;
  errno = 0;
  const int code = sqlite3_open_v2((access == Access::Immutable ? uri_of(file) : file.string()).c_str(), &opened, flags, nullptr);
  state->connection.reset(opened);
  if (opened == nullptr) return diags.machine_error(state->shown, "out of memory");
  if (code != SQLITE_OK) return report(opened, code, state->shown, diags);
  // SQLite opens for reading what it may not write.
  if (access == Access::Write && sqlite3_db_readonly(opened, "main") == 1) return diags.machine_error(state->shown, "cannot be written: permission denied");
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, kWaitMilliseconds);
  if (access == Access::Read) sqlite3_exec(opened, "PRAGMA query_only = ON", nullptr, nullptr, nullptr);
  // The file may come from anywhere: nothing in its schema may run functions, and nothing may write into the schema.
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  return Database(std::move(state));
}

Result<std::monostate> Database::run(const std::string& sql, Diagnostics& diags) const {
  errno = 0;
  const int code = sqlite3_exec(state_->connection.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return report(state_->connection.get(), code, state_->shown, diags);
  return std::monostate{};
}

Result<Statement> Database::prepare(const std::string& sql, Diagnostics& diags) const {
  sqlite3_stmt* prepared = nullptr;
  errno = 0;
  const int code = sqlite3_prepare_v3(state_->connection.get(), sql.c_str(), narrow<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
  if (code != SQLITE_OK) return report(state_->connection.get(), code, state_->shown, diags);
  Statement statement;
  statement.state_ = std::make_unique<Statement::State>(Statement::State{Prepared(prepared), state_->connection.get(), state_->shown});
  return statement;
}

Result<std::int64_t> Database::ask(const std::string& sql, Diagnostics& diags) const {
  auto statement = prepare(sql, diags);
  if (!statement) return tl::unexpected(Failure{});
  const Statement::Step step = statement->step(diags);
  if (step == Statement::Step::Failed) return tl::unexpected(Failure{});
  return step == Statement::Step::Found ? statement->integer(0) : 0;
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(state_->connection.get()) == 0; }
const Span& Database::shown() const { return state_->shown; }

Result<std::monostate> create_private(const std::filesystem::path& file, std::string_view shown, Diagnostics& diags) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return diags.machine_error(Span::of_file(shown), fmt::format("cannot be made: {}", error_text(errno)));
  ::close(descriptor);
  return std::monostate{};
}

}  // namespace handout::ledger
