#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/narrow.h"
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

bool find_unknown(const LedgerState& state, const ExpectedFiles& expected, std::span<const std::string> known_names, std::vector<Finding>& findings, Diagnostics& diags) {
  const std::set<std::string, std::less<>> known(known_names.begin(), known_names.end());
  std::vector<std::string> unknown;
  std::error_code failure;
  fs::recursive_directory_iterator each(state.folder, failure), end;
  for (; !failure && each != end; each.increment(failure)) {
    const std::string name = each->path().lexically_relative(state.folder).generic_string();
    std::error_code ignored;
    if (each->is_directory(ignored) && !each->is_symlink(ignored)) continue;
    if (!is_own(name) && !expected.contains(name) && !is_known(name, known)) unknown.push_back(name);
  }
  if (failure) return diags.machine_error(Span::of_file(state.folder.generic_string()), fmt::format("cannot be listed: {}", failure.message())), false;
  std::sort(unknown.begin(), unknown.end());
  for (std::string& name : unknown) {
    std::string detail = name.ends_with(".part") ? "left by a run that did not end" : "the ledger does not know it";
    findings.push_back({What::Unknown, std::move(name), std::move(detail)});
  }
  return true;
}

}  // namespace

Result<std::vector<Finding>> Ledger::check_files(Diagnostics& diags) const {
  const LedgerState& state = *state_;
  auto statement = state.database.prepare("SELECT name, bytes FROM files WHERE state = 0 ORDER BY id", diags);
  if (!statement) return tl::unexpected(Failure{});
  std::vector<Finding> findings;
  for (;;) {
    const Statement::Step step = statement->step(diags);
    if (step == Statement::Step::Failed) return tl::unexpected(Failure{});
    if (step == Statement::Step::End) return findings;
    const std::string name = statement->text(0);
    std::error_code failure;
    const auto size = is_inside(name) && fs::is_regular_file(fs::symlink_status(state.folder / name, failure)) ? fs::file_size(state.folder / name, failure) : static_cast<std::uintmax_t>(-1);
    if (size == static_cast<std::uintmax_t>(-1)) findings.push_back({What::Missing, name, fmt::format("{} bytes were written", statement->count(1))});
    else if (size != statement->count(1)) findings.push_back({What::Altered, name, fmt::format("has {} bytes, {} were written", size, statement->count(1))});
  }
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
  if (!check_structure(state, findings, diags) || !check_seals(state, findings, diags) || !check_rows(state, findings, diags) || !check_places(state, findings, diags)) return tl::unexpected(Failure{});
  const auto expected = expected_files(state, diags);
  if (!expected) return tl::unexpected(Failure{});
  for (const auto& [name, file] : *expected) check_file(state.folder, name, file, findings);
  if (!find_unknown(state, *expected, known, findings, diags)) return tl::unexpected(Failure{});
  return findings;
}

}  // namespace handout::ledger
