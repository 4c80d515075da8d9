#include "ledger/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace handout::ledger {
namespace {

constexpr std::int64_t kApplication = 0x48'4F'4C'47;  // "HOLG", at byte 68 of the file, where file(1) looks too
constexpr std::int64_t kVersion = 2;

// STRICT: a column holds what it says, whoever wrote it. quick_check tests the conditions too.
constexpr std::array kStatements{
    std::string_view("CREATE TABLE groups(id INTEGER PRIMARY KEY, seal BLOB NOT NULL CHECK(length(seal) = 32)) STRICT"),
    std::string_view("CREATE TABLE job(one INTEGER PRIMARY KEY CHECK(one = 1), id TEXT NOT NULL, mailing TEXT NOT NULL, mailing_digest BLOB NOT NULL CHECK(length(mailing_digest) = 32), engine TEXT NOT NULL, day TEXT, "
                     "keep_days INTEGER CHECK(keep_days BETWEEN 0 AND 4294967295), hashed INTEGER NOT NULL CHECK(hashed IN (0, 1)), secret_check BLOB CHECK(length(secret_check) = 32), shard INTEGER NOT NULL CHECK(shard BETWEEN 1 AND shards), "
                     "shards INTEGER NOT NULL CHECK(shards BETWEEN 1 AND 4294967295), rows_in INTEGER CHECK(rows_in >= 0), grp INTEGER NOT NULL REFERENCES groups(id)) STRICT"),
    std::string_view("CREATE TABLE inputs(kind TEXT NOT NULL, name TEXT NOT NULL, digest BLOB NOT NULL CHECK(length(digest) = 32), size INTEGER NOT NULL CHECK(size >= 0), copy TEXT NOT NULL, personal INTEGER NOT NULL CHECK(personal IN (0, 1)), "
                     "grp INTEGER NOT NULL REFERENCES groups(id), PRIMARY KEY(kind, name)) STRICT, WITHOUT ROWID"),
    std::string_view("CREATE TABLE kinds(id INTEGER PRIMARY KEY, locale TEXT NOT NULL, layout TEXT NOT NULL, profile TEXT NOT NULL, grp INTEGER NOT NULL REFERENCES groups(id)) STRICT"),
    std::string_view("CREATE TABLE kind_articles(kind INTEGER NOT NULL REFERENCES kinds(id), position INTEGER NOT NULL, article TEXT NOT NULL, version TEXT NOT NULL, grp INTEGER NOT NULL REFERENCES groups(id), PRIMARY KEY(kind, position)) STRICT, WITHOUT ROWID"),
    std::string_view("CREATE TABLE files(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, class TEXT NOT NULL, pieces INTEGER NOT NULL CHECK(pieces >= 0), pages INTEGER NOT NULL CHECK(pages >= 0), sheets INTEGER NOT NULL CHECK(sheets >= 0), "
                     "bytes INTEGER NOT NULL CHECK(bytes >= 0), digest BLOB NOT NULL CHECK(length(digest) = 32), state INTEGER NOT NULL DEFAULT 0 CHECK(state IN (0, 1)), grp INTEGER NOT NULL REFERENCES groups(id)) STRICT"),
    std::string_view("CREATE TABLE pieces(number INTEGER PRIMARY KEY CHECK(number >= 1), row INTEGER NOT NULL CHECK(row BETWEEN 1 AND 1000000000), key ANY, kind INTEGER NOT NULL REFERENCES kinds(id), pages INTEGER NOT NULL CHECK(pages BETWEEN 0 AND 4294967295), "
                     "sheets INTEGER NOT NULL CHECK(sheets BETWEEN 0 AND 4294967295), file INTEGER NOT NULL REFERENCES files(id), first_page INTEGER NOT NULL CHECK(first_page BETWEEN 1 AND 4294967295), own_file INTEGER REFERENCES files(id), "
                     "digest BLOB NOT NULL CHECK(length(digest) = 32), state INTEGER NOT NULL DEFAULT 0 CHECK(state BETWEEN 0 AND 2), reprint_of INTEGER REFERENCES pieces(number), grp INTEGER NOT NULL REFERENCES groups(id)) STRICT"),
    std::string_view("CREATE TABLE left_out(row INTEGER PRIMARY KEY CHECK(row BETWEEN 1 AND 1000000000), why INTEGER NOT NULL CHECK(why BETWEEN 0 AND 2), grp INTEGER NOT NULL REFERENCES groups(id)) STRICT"),
    std::string_view("CREATE TABLE rejects(row INTEGER NOT NULL CHECK(row BETWEEN 1 AND 1000000000), position INTEGER NOT NULL, field TEXT NOT NULL, reason TEXT NOT NULL, grp INTEGER NOT NULL REFERENCES groups(id), PRIMARY KEY(row, position)) STRICT, WITHOUT ROWID"),
    std::string_view("CREATE TABLE counts(grp INTEGER NOT NULL REFERENCES groups(id), name TEXT NOT NULL, detail TEXT NOT NULL, value INTEGER NOT NULL CHECK(value >= 0), PRIMARY KEY(grp, name, detail)) STRICT, WITHOUT ROWID"),
    std::string_view("CREATE TABLE other_files(name TEXT NOT NULL, grp INTEGER NOT NULL REFERENCES groups(id), personal INTEGER NOT NULL CHECK(personal IN (0, 1)), bytes INTEGER CHECK(bytes >= 0), digest BLOB CHECK(length(digest) = 32), PRIMARY KEY(name, grp)) STRICT, WITHOUT ROWID"),
    std::string_view("CREATE TABLE events(number INTEGER PRIMARY KEY, what TEXT NOT NULL, day TEXT, reason TEXT NOT NULL, piece INTEGER, grp INTEGER NOT NULL REFERENCES groups(id)) STRICT")};

constexpr std::array kSealed{&table::kJob, &table::kInputs, &table::kKinds, &table::kKindArticles, &table::kFiles, &table::kPieces, &table::kLeftOut, &table::kRejects, &table::kCounts, &table::kOtherFiles, &table::kEvents};

}  // namespace

std::span<const SealedTable* const> sealed_tables() { return kSealed; }

Result<std::monostate> make_schema(const Database& database, Diagnostics& diags) {
  std::string sql = fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; ", kApplication, kVersion);
  for (const std::string_view each : kStatements) sql += fmt::format("{}; ", each);
  return database.run(sql, diags);
}

namespace {

// The statements that made its tables are kept word by word: a file with others, with triggers or views is none of ours.
Result<std::monostate> compare_tables(const Database& database, Diagnostics& diags) {
  auto statement = database.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL", diags);
  if (!statement) return tl::unexpected(Failure{});
  std::vector<std::string> found;
  for (;;) {
    const Statement::Step step = statement->step(diags);
    if (step == Statement::Step::Failed) return tl::unexpected(Failure{});
    if (step == Statement::Step::End) break;
    found.push_back(statement->text(0));
  }
  std::vector<std::string> expected(kStatements.begin(), kStatements.end());
  std::sort(found.begin(), found.end());
  std::sort(expected.begin(), expected.end());
  if (found != expected) return report_damage(database.shown(), "its tables are not those of a ledger", diags);
  return std::monostate{};
}

}  // namespace

Result<std::monostate> check_schema(const Database& database, Diagnostics& diags) {
  const auto application = database.ask("PRAGMA application_id", diags);
  const auto version = application ? database.ask("PRAGMA user_version", diags) : application;
  if (!version) return tl::unexpected(Failure{});
  if (*application != kApplication) return diags.error(database.shown(), "is no ledger: an SQLite database of another program").hint("name the folder that a job wrote to");
  if (*version > kVersion) return diags.error(database.shown(), fmt::format("was written by a later version of this program: its form is {}, the latest known is {}", *version, kVersion)).hint("use the version that wrote it");
  if (*version < 1) return report_damage(database.shown(), fmt::format("there is no form {}", *version), diags);
  if (*version < kVersion) return diags.error(database.shown(), fmt::format("was written by an earlier version of this program: its form is {}, this one writes {}", *version, kVersion)).hint("use the version that wrote it");
  if (!compare_tables(database, diags)) return tl::unexpected(Failure{});
  auto check = database.prepare("PRAGMA quick_check(1)", diags);
  if (!check || check->step(diags) == Statement::Step::Failed) return tl::unexpected(Failure{});
  if (check->bytes(0) != "ok") return report_damage(database.shown(), "its pages contradict one another", diags);
  const auto jobs = database.ask("SELECT count(*) FROM job", diags);
  if (!jobs) return tl::unexpected(Failure{});
  if (*jobs != 1) return report_damage(database.shown(), "it has no job", diags);
  return std::monostate{};
}

}  // namespace handout::ledger
