#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/narrow.h"
#include "base/numbers.h"
#include "ledger/state.h"

// A ledger against the files of its folder, and against itself.
namespace handout::ledger {

namespace fs = std::filesystem;

namespace {

using What = Finding::What;

// ---- against itself ----

bool check_structure(const LedgerState& state, std::vector<Finding>& findings, Diagnostics& diags) {
  for (const char* const sql : {"PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"}) {
    auto statement = state.database.prepare(sql, diags);
    if (!statement) return false;
    const Statement::Step step = statement->step(diags);
    if (step == Statement::Step::Failed) return false;
    if (step == Statement::Step::Found && statement->bytes(0) != "ok") findings.push_back({What::LedgerAltered, std::string(kFileName), "its tables contradict one another"});
  }
  return true;
}

bool check_seals(const LedgerState& state, std::vector<Finding>& findings, Diagnostics& diags) {
  const auto broken = find_broken_seals(state.database, {}, diags);
  if (!broken) return false;
  for (const std::int64_t group : *broken) findings.push_back({What::LedgerAltered, std::string(kFileName), fmt::format("entries of group {} are not those that were written", group)});
  return true;
}

bool check_contradictions(const LedgerState& state, std::vector<Finding>& findings, Diagnostics& diags) {
  const auto found = find_contradictions(state, diags);
  if (!found) return false;
  for (const std::string& each : *found) findings.push_back({What::LedgerAltered, std::string(kFileName), each});
  return true;
}

// Each row has one outcome.
bool check_rows(const LedgerState& state, std::vector<Finding>& findings, Diagnostics& diags) {
  RowSet seen, twice;
  for (const char* const sql : {"SELECT row FROM pieces WHERE reprint_of IS NULL", "SELECT row FROM left_out", "SELECT DISTINCT row FROM rejects"}) {
    auto statement = state.database.prepare(sql, diags);
    if (!statement) return false;
    for (;;) {
      const Statement::Step step = statement->step(diags);
      if (step == Statement::Step::Failed) return false;
      if (step == Statement::Step::End) break;
      const Row row = statement->count(0);
      if (row >= 1 && row <= kMostRows && !seen.insert(row)) twice.insert(row);
    }
  }
  if (!twice.empty()) findings.push_back({What::TwiceInLedger, std::string(kFileName), fmt::format("rows {} are settled twice", to_text(twice))});
  return true;
}

// That each file has as many pieces as it says, that they fit into its pages, and none begins before the one before it ends.
bool check_places(const LedgerState& state, std::vector<Finding>& findings, Diagnostics& diags) {
  auto statement = state.database.prepare(
      "SELECT f.name, f.pieces, f.pages, count(p.number), coalesce(max(p.first_page + p.pages - 1), 0), coalesce(sum(p.pages), 0) FROM files f "
      "LEFT JOIN (SELECT file, number, first_page, pages FROM pieces UNION ALL SELECT own_file, number, 1, pages FROM pieces WHERE own_file IS NOT NULL) p ON p.file = f.id GROUP BY f.id ORDER BY f.id",
      diags);
  if (!statement) return false;
  for (;;) {
    const Statement::Step step = statement->step(diags);
    if (step != Statement::Step::Found) return step == Statement::Step::End;
    const std::uint64_t pieces = statement->count(1), pages = statement->count(2), found = statement->count(3), last = statement->count(4), sum = statement->count(5);
    if (pieces != found) findings.push_back({What::CountsDiffer, statement->text(0), fmt::format("the ledger has {} of its {} pieces", found, pieces)});
    else if (last > pages || sum > pages) findings.push_back({What::CountsDiffer, statement->text(0), fmt::format("its pieces need {} pages, it has {}", std::max(last, sum), pages)});
  }
}

// ---- against the folder ----

struct Expected {
  std::uint64_t bytes = 0;
  Digest digest{};
  bool sealed = true;  // false: only its name is known
};
using ExpectedFiles = std::map<std::string, Expected>;

std::optional<ExpectedFiles> expected_files(const LedgerState& state, Diagnostics& diags) {
  ExpectedFiles expected;
  auto files = state.database.prepare("SELECT name, bytes, digest FROM files WHERE state = 0 UNION ALL SELECT copy, size, digest FROM inputs WHERE copy <> '' UNION ALL SELECT name, bytes, digest FROM other_files o WHERE grp = (SELECT max(grp) FROM other_files WHERE name = o.name)", diags);
  if (!files) return std::nullopt;
  for (;;) {
    const Statement::Step step = files->step(diags);
    if (step == Statement::Step::Failed) return std::nullopt;
    if (step == Statement::Step::End) return expected;
    if (files->is_null(1)) expected[files->text(0)] = {0, {}, false};
    else expected[files->text(0)] = {files->count(1), digest_of(files->bytes(2)).value_or(Digest{}), true};
  }
}

void check_file(const fs::path& folder, const std::string& name, const Expected& expected, std::vector<Finding>& findings) {
  if (!is_inside(name)) {
    findings.push_back({What::LedgerAltered, std::string(kFileName), "a file's name leads out of the folder"});
    return;
  }
  std::error_code failure;
  const fs::file_status status = fs::symlink_status(folder / name, failure);
  if (!fs::exists(status)) {
    findings.push_back({What::Missing, name, expected.sealed ? fmt::format("{} bytes were written", expected.bytes) : "it was written"});
    return;
  }
  if (!expected.sealed) return;
  Diagnostics own;
  const auto found = digest_of_file(folder / name, {}, own);
  if (!found) findings.push_back({What::Unreadable, name, own.all().empty() ? "" : own.all().front().message});
  else if (found->size != expected.bytes) findings.push_back({What::Altered, name, fmt::format("has {} bytes, {} were written", found->size, expected.bytes)});
  else if (found->digest != expected.digest) findings.push_back({What::Altered, name, "its bytes are not those that were written"});
}

void check_size(const LedgerState& state, const std::string& name, std::uint64_t bytes, std::vector<Finding>& findings) {
  std::error_code failure;
  const auto size = is_inside(name) && fs::is_regular_file(fs::symlink_status(state.folder / name, failure)) ? fs::file_size(state.folder / name, failure) : static_cast<std::uintmax_t>(-1);
  if (size == static_cast<std::uintmax_t>(-1)) findings.push_back({What::Missing, name, fmt::format("{} bytes were written", bytes)});
  else if (size != bytes) findings.push_back({What::Altered, name, fmt::format("has {} bytes, {} were written", size, bytes)});
}

bool is_own(std::string_view name) {
  return name == kFileName || name == fmt::format("{}-wal", kFileName) || name == fmt::format("{}-shm", kFileName);
}

// Whether `name` is one of `known` or lies in a folder that is.
bool is_known(std::string_view name, const std::set<std::string, std::less<>>& known) {
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = name.find('/', end + 1);
    if (known.contains(name.substr(0, end))) return true;
  }
  return false;
}

// The names of files below a folder of the job, from the job's folder, that `is_unknown` says yes to; sorted.
std::optional<std::vector<std::string>> files_below(const LedgerState& state, std::string_view under, const std::function<bool(const std::string&)>& is_unknown, Diagnostics& diags) {
  std::vector<std::string> unknown;
  std::error_code failure;
  fs::recursive_directory_iterator each(state.folder / under, failure), end;
  for (; !failure && each != end; each.increment(failure)) {
    const std::string name = each->path().lexically_relative(state.folder).generic_string();
    std::error_code ignored;
    if (each->is_directory(ignored) && !each->is_symlink(ignored)) continue;
    if (!is_own(name) && is_unknown(name)) unknown.push_back(name);
  }
  if (failure && failure != std::errc::no_such_file_or_directory) return diags.machine_error(Span::of_file((state.folder / under).generic_string()), fmt::format("cannot be listed: {}", failure.message())), std::nullopt;
  std::sort(unknown.begin(), unknown.end());
  return unknown;
}

bool find_unknown(const LedgerState& state, const ExpectedFiles& expected, std::span<const std::string> known_names, std::vector<Finding>& findings, Diagnostics& diags) {
  const std::set<std::string, std::less<>> known(known_names.begin(), known_names.end());
  auto unknown = files_below(state, "", [&](const std::string& name) { return !expected.contains(name) && !is_known(name, known); }, diags);
  if (!unknown) return false;
  for (std::string& name : *unknown) {
    std::string detail = name.ends_with(".part") ? "left by a run that did not end" : "the ledger does not know it";
    findings.push_back({What::Unknown, std::move(name), std::move(detail)});
  }
  return true;
}

}  // namespace

Result<std::optional<std::uint64_t>> rows_of_list(const Database& database, Diagnostics& diags) {
  // Shards' own are not copied when they are joined.
  auto statement = database.prepare(fmt::format("SELECT value FROM counts WHERE name = '{}' ORDER BY grp DESC", kRowsOfList), diags);
  const Statement::Step step = statement ? statement->step(diags) : Statement::Step::Failed;
  if (step == Statement::Step::Failed) return tl::unexpected(Failure{});
  return step == Statement::Step::Found ? std::optional(statement->count(0)) : std::nullopt;
}

Result<std::vector<std::string>> find_contradictions(const LedgerState& state, Diagnostics& diags) {
  std::vector<std::string> found;
  const Database& database = state.database;
  const auto ended = database.ask("SELECT count(rows_in) FROM job", diags);
  const auto rows = ended ? database.ask("SELECT rows_in FROM job", diags) : ended;
  const auto sealed = rows ? rows_of_list(database, diags) : tl::unexpected(Failure{});
  if (!sealed) return tl::unexpected(Failure{});
  if (*sealed && (*ended == 0 || static_cast<std::uint64_t>(*rows) != **sealed)) found.emplace_back("the number of the list's rows is not that with which the job ended");
  const auto ranges = state.settled.ranges();
  if (!*sealed && !ranges.empty() && *ended != 0 && ranges.back().last > static_cast<std::uint64_t>(*rows)) found.emplace_back("it has rows beyond the end of the list");
  // What happened to a piece last says how it stands. With max() SQLite takes the other columns from the same row.
  const auto states = database.ask(
      "SELECT count(*) FROM pieces p LEFT JOIN (SELECT piece, what, max(number) FROM events WHERE what IN ('damaged', 'reprint') AND piece IS NOT NULL GROUP BY piece) e ON e.piece = p.number "
      "WHERE p.state <> CASE e.what WHEN 'damaged' THEN 1 WHEN 'reprint' THEN 2 ELSE 0 END",
      diags);
  const auto purged = states ? database.ask(fmt::format("SELECT count(*) FROM files WHERE state <> 0 AND NOT EXISTS (SELECT 1 FROM events WHERE what = '{}')", kPurged), diags) : states;
  if (!purged) return tl::unexpected(Failure{});
  if (*states > 0) found.push_back(fmt::format("the states of {} are not what its events say", counted(static_cast<std::uint64_t>(*states), "piece")));
  if (*purged > 0) found.push_back(fmt::format("{} called purged, and no event says so", counted(static_cast<std::uint64_t>(*purged), "file is", "files are")));
  return found;
}

bool may_lack(std::string_view name) {
  constexpr std::string_view kCopies = "job/", kSpeed = "speed.", kProof = "proof.json";
  const std::size_t slash = name.rfind('/');
  const bool in_copies = name.starts_with(kCopies) || name.find(fmt::format("/{}", kCopies)) != std::string_view::npos;
  const std::string_view last = name.substr(slash == std::string_view::npos ? 0 : slash + 1);
  return in_copies || last.starts_with(kSpeed) || last == kProof;
}

Result<std::vector<Finding>> check_other_files(const LedgerState& state, Reads reads, Diagnostics& diags) {
  std::vector<Finding> findings;
  const auto check = [&](const Statement& row) {
    const std::string name = row.text(0);
    if (may_lack(name)) return;
    if (reads == Reads::Bytes) {
      check_file(state.folder, name, {row.count(1), digest_of(row.bytes(2)).value_or(Digest{}), true}, findings);
    } else {
      check_size(state, name, row.count(1), findings);
    }
  };
  if (!state.database.each("SELECT name, bytes, digest FROM other_files o WHERE bytes IS NOT NULL AND personal = 0 AND grp = (SELECT max(grp) FROM other_files WHERE name = o.name) ORDER BY name", check, diags)) return tl::unexpected(Failure{});
  return findings;
}

Result<std::vector<Finding>> Ledger::check_other_files(Diagnostics& diags) const { return ledger::check_other_files(*state_, Reads::Sizes, diags); }

Result<std::optional<FileDigest>> Ledger::other_file(std::string_view name, Diagnostics& diags) const {
  auto statement = state_->database.prepare("SELECT bytes, digest FROM other_files WHERE name = ? AND bytes IS NOT NULL ORDER BY grp DESC", diags);
  if (!statement) return tl::unexpected(Failure{});
  statement->bind(1, name);
  const Statement::Step step = statement->step(diags);
  if (step == Statement::Step::Failed) return tl::unexpected(Failure{});
  if (step == Statement::Step::End) return std::nullopt;
  return FileDigest{digest_of(statement->bytes(1)).value_or(Digest{}), statement->count(0)};
}

Result<std::vector<std::string>> Ledger::unknown_files(std::string_view under, Diagnostics& diags) const {
  const LedgerState& state = *state_;
  std::set<std::string, std::less<>> copies;
  for (const Input& each : state.job.inputs) copies.insert(each.copy);
  auto known = state.database.prepare("SELECT 1 FROM files WHERE name = ?1 AND state = 0 UNION ALL SELECT 1 FROM other_files WHERE name = ?1", diags);
  if (!known) return tl::unexpected(Failure{});
  bool good = true;
  const auto is_unknown = [&](const std::string& name) {
    if (!good || copies.contains(name)) return false;
    known->bind(1, name);
    const Statement::Step step = known->step(diags);
    known->reset();
    good = step != Statement::Step::Failed;
    return step == Statement::Step::End;
  };
  auto found = files_below(state, under, is_unknown, diags);
  if (!found || !good) return tl::unexpected(Failure{});
  return *std::move(found);
}

Result<std::vector<Finding>> Ledger::check_files(Diagnostics& diags) const { return ledger::check_files(*state_, diags); }

Result<std::vector<Finding>> check_files(const LedgerState& state, Diagnostics& diags) {
  std::vector<Finding> findings;
  const auto check = [&](const Statement& row) { check_size(state, row.text(0), row.count(1), findings); };
  if (!state.database.each("SELECT name, bytes FROM files WHERE state = 0 ORDER BY id", check, diags)) return tl::unexpected(Failure{});
  return findings;
}

Result<bool> Ledger::is_altered(std::span<const std::uint64_t> numbers, Diagnostics& diags) const {
  const Database& database = state_->database;
  auto statement = database.prepare("SELECT p.grp, f.grp, o.grp FROM pieces p LEFT JOIN files f ON f.id = p.file LEFT JOIN files o ON o.id = p.own_file WHERE p.number = ?", diags);
  if (!statement) return tl::unexpected(Failure{});
  std::set<std::int64_t> groups{0};  // the job and its inputs
  for (const std::uint64_t number : numbers) {
    statement->bind(1, narrow<std::int64_t>(number));
    const Statement::Step step = statement->step(diags);
    if (step == Statement::Step::Failed) return tl::unexpected(Failure{});
    if (step == Statement::Step::End) continue;
    for (int column = 0; column < 3; ++column) {
      if (!statement->is_null(column)) groups.insert(statement->integer(column));
    }
    statement->reset();
  }
  // More are looked for among all.
  constexpr std::size_t kMostNamed = 1000;
  const auto broken = find_broken_seals(database, groups.size() <= kMostNamed ? groups : std::set<std::int64_t>{}, diags);
  if (!broken) return tl::unexpected(Failure{});
  return std::any_of(broken->begin(), broken->end(), [&](std::int64_t group) { return groups.contains(group); });
}

Result<std::vector<Finding>> Ledger::verify(std::span<const std::string> known, Diagnostics& diags) const {
  const LedgerState& state = *state_;
  std::vector<Finding> findings;
  if (!check_structure(state, findings, diags) || !check_seals(state, findings, diags) || !check_contradictions(state, findings, diags) || !check_rows(state, findings, diags) || !check_places(state, findings, diags)) return tl::unexpected(Failure{});
  const auto expected = expected_files(state, diags);
  if (!expected) return tl::unexpected(Failure{});
  for (const auto& [name, file] : *expected) check_file(state.folder, name, file, findings);
  if (!find_unknown(state, *expected, known, findings, diags)) return tl::unexpected(Failure{});
  return findings;
}

}  // namespace handout::ledger
