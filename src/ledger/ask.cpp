#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/narrow.h"
#include "ledger/state.h"

// What a ledger answers.
namespace handout::ledger {

namespace {

// Calls `take` for each row; false when something failed, which is told.
template <typename Take>
bool each_row(Statement& statement, Take take, Diagnostics& diags) {
  for (;;) {
    const Statement::Step step = statement.step(diags);
    if (step != Statement::Step::Found) return step == Statement::Step::End;
    if (!take(statement)) {
      statement.reset();
      return true;
    }
  }
}

constexpr std::string_view kPieceColumns = "SELECT p.number, p.row, p.key, p.kind, p.pages, p.sheets, p.file, f.name, p.first_page, o.name, p.digest, p.state, p.reprint_of FROM pieces p LEFT JOIN files f ON f.id = p.file LEFT JOIN files o ON o.id = p.own_file";

std::string key_text(const Statement& row) {
  if (row.type(2) != Statement::Type::Blob) return row.text(2);
  return to_hex(digest_of(row.bytes(2)).value_or(Digest{}));
}

PieceEntry read_piece(const LedgerState& state, const Statement& row) {
  PieceEntry piece;
  piece.number = row.count(0);
  piece.row = row.count(1);
  piece.key = key_text(row);
  if (const auto kind = state.kinds.find(row.integer(3)); kind != state.kinds.end()) piece.kind = kind->second;
  piece.pages = static_cast<std::uint32_t>(row.integer(4));
  piece.sheets = static_cast<std::uint32_t>(row.integer(5));
  piece.file = FileId{row.integer(6)};
  piece.file_name = row.text(7);
  piece.first_page = static_cast<std::uint32_t>(row.integer(8));
  piece.own_file_name = row.text(9);
  piece.digest = digest_of(row.bytes(10)).value_or(Digest{});
  piece.state = static_cast<PieceState>(row.integer(11));
  if (!row.is_null(12)) piece.reprint_of = row.count(12);
  return piece;
}

Result<std::vector<PieceEntry>> read_pieces(const LedgerState& state, Statement& statement, Diagnostics& diags) {
  std::vector<PieceEntry> pieces;
  const auto take = [&](const Statement& row) {
    pieces.push_back(read_piece(state, row));
    return true;
  };
  if (!each_row(statement, take, diags)) return tl::unexpected(Failure{});
  return pieces;
}

Result<Statement> ask_pieces(const LedgerState& state, std::string_view rest, Diagnostics& diags) { return state.database.prepare(fmt::format("{} {}", kPieceColumns, rest), diags); }

}  // namespace

Result<std::vector<PieceEntry>> Ledger::find_key(std::string_view key, Diagnostics& diags) const {
  LedgerState& state = *state_;
  const bool hashed = state.job.keys == KeyStyle::Hashed;
  if (hashed && !state.hash) return diags.error(state.shown(), "has hashed keys; the secret that hashed them is missing").hint("name the key file that the mailing names");
  auto statement = ask_pieces(state, "WHERE p.key = ? ORDER BY p.number", diags);
  if (!statement) return tl::unexpected(Failure{});
  const Sha256Digest digest = hashed ? state.hash->of(key) : Sha256Digest{};
  if (hashed) statement->bind_blob(1, bytes_of(digest));
  else statement->bind(1, key);
  return read_pieces(state, *statement, diags);
}

Result<std::vector<PieceEntry>> Ledger::find_row(Row row, Diagnostics& diags) const {
  auto statement = ask_pieces(*state_, "WHERE p.row = ? ORDER BY p.number", diags);
  if (!statement) return tl::unexpected(Failure{});
  statement->bind(1, narrow<std::int64_t>(row));
  return read_pieces(*state_, *statement, diags);
}

Result<std::optional<PieceEntry>> Ledger::find_number(std::uint64_t number, Diagnostics& diags) const {
  auto statement = ask_pieces(*state_, "WHERE p.number = ?", diags);
  if (!statement) return tl::unexpected(Failure{});
  if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
  statement->bind(1, static_cast<std::int64_t>(number));
  auto pieces = read_pieces(*state_, *statement, diags);
  if (!pieces) return tl::unexpected(Failure{});
  return pieces->empty() ? std::nullopt : std::optional(std::move(pieces->front()));
}

Result<std::vector<PieceEntry>> Ledger::pieces_of_file(std::string_view file_name, Diagnostics& diags) const {
  // A piece's own file has it from page 1; the other column says where it stands in the print stream.
  auto statement = ask_pieces(*state_, "WHERE f.name = ?1 OR o.name = ?1 ORDER BY p.first_page, p.number", diags);
  if (!statement) return tl::unexpected(Failure{});
  statement->bind(1, file_name);
  return read_pieces(*state_, *statement, diags);
}

Result<std::monostate> Ledger::each_piece(const std::function<bool(const PieceEntry&)>& take, Diagnostics& diags) const {
  auto statement = ask_pieces(*state_, "ORDER BY p.number", diags);
  if (!statement || !each_row(*statement, [&](const Statement& row) { return take(read_piece(*state_, row)); }, diags)) return tl::unexpected(Failure{});
  return std::monostate{};
}

Result<std::vector<FileEntry>> Ledger::files(Diagnostics& diags) const {
  auto statement = state_->database.prepare("SELECT id, name, class, pieces, pages, sheets, bytes, digest, state FROM files ORDER BY id", diags);
  if (!statement) return tl::unexpected(Failure{});
  std::vector<FileEntry> files;
  const auto take = [&](const Statement& row) {
    files.push_back({FileId{row.integer(0)}, {row.text(1), row.text(2), row.count(3), row.count(4), row.count(5), row.count(6), digest_of(row.bytes(7)).value_or(Digest{})}, static_cast<FileState>(row.integer(8))});
    return true;
  };
  if (!each_row(*statement, take, diags)) return tl::unexpected(Failure{});
  return files;
}

Result<std::vector<Reject>> Ledger::rejects(Diagnostics& diags) const {
  auto statement = state_->database.prepare("SELECT row, field, reason FROM rejects ORDER BY row, position", diags);
  if (!statement) return tl::unexpected(Failure{});
  std::vector<Reject> rejects;
  const auto take = [&](const Statement& row) {
    rejects.push_back({row.count(0), row.text(1), row.text(2)});
    return true;
  };
  if (!each_row(*statement, take, diags)) return tl::unexpected(Failure{});
  return rejects;
}

Result<std::optional<LeftOutBecause>> Ledger::why_left_out(Row row, Diagnostics& diags) const {
  auto statement = state_->database.prepare("SELECT why FROM left_out WHERE row = ?", diags);
  if (!statement) return tl::unexpected(Failure{});
  statement->bind(1, narrow<std::int64_t>(row));
  std::optional<LeftOutBecause> why;
  const auto take = [&](const Statement& found) {
    why = static_cast<LeftOutBecause>(found.integer(0));
    return false;
  };
  if (!each_row(*statement, take, diags)) return tl::unexpected(Failure{});
  return why;
}

Result<std::vector<Event>> Ledger::events(Diagnostics& diags) const {
  auto statement = state_->database.prepare("SELECT number, what, day, reason, piece FROM events ORDER BY number", diags);
  if (!statement) return tl::unexpected(Failure{});
  std::vector<Event> events;
  const auto take = [&](const Statement& row) {
    events.push_back({row.count(0), row.text(1), row.is_null(2) ? std::nullopt : day_from_text(row.bytes(2)), row.text(3), row.is_null(4) ? std::nullopt : std::optional(row.count(4))});
    return true;
  };
  if (!each_row(*statement, take, diags)) return tl::unexpected(Failure{});
  return events;
}

Result<std::vector<RowsOfDay>> Ledger::rows_of_other_days(Diagnostics& diags) const {
  const Database& database = state_->database;
  std::vector<RowsOfDay> days;
  std::map<std::string, std::size_t> day_of;  // by the shard's folder, with "/" behind it
  const auto take_shard = [&](const Statement& row) {
    const auto day = row.is_null(0) ? std::nullopt : day_from_text(row.bytes(0));
    const auto known = std::find_if(days.begin(), days.end(), [&](const RowsOfDay& each) { return each.day == day; });
    day_of[row.text(1) + "/"] = static_cast<std::size_t>(known - days.begin());
    if (known == days.end()) days.push_back({day, {}});
  };
  if (!database.each(fmt::format("SELECT day, reason FROM events WHERE what = '{}' ORDER BY number", kShardBegun), take_shard, diags)) return tl::unexpected(Failure{});
  if (days.empty()) return days;
  std::map<std::int64_t, std::size_t> by_file;
  const auto take_file = [&](const Statement& row) {
    const std::string_view name = row.bytes(1);
    const auto shard = std::find_if(day_of.begin(), day_of.end(), [&](const auto& each) { return name.starts_with(each.first); });
    if (shard != day_of.end()) by_file[row.integer(0)] = shard->second;
  };
  const auto take_piece = [&](const Statement& row) {
    if (const auto file = by_file.find(row.integer(1)); file != by_file.end()) days[file->second].rows.insert(row.count(0));
  };
  if (!database.each("SELECT id, name FROM files", take_file, diags) || !database.each("SELECT row, file FROM pieces WHERE reprint_of IS NULL", take_piece, diags)) return tl::unexpected(Failure{});
  return days;
}

Result<std::uint64_t> Ledger::last_number(Diagnostics& diags) const {
  const auto last = state_->database.ask("SELECT max(number) FROM pieces", diags);
  if (!last) return tl::unexpected(Failure{});
  return static_cast<std::uint64_t>(*last);
}

Result<std::uint64_t> Ledger::last_event(Diagnostics& diags) const {
  const auto last = state_->database.ask("SELECT max(number) FROM events", diags);
  if (!last) return tl::unexpected(Failure{});
  return static_cast<std::uint64_t>(*last);
}

// ---- totals ----

namespace {

// By what they are, and whether they are reprints: one walk over the pieces for all sums.
bool add_pieces_up(const LedgerState& state, Totals& totals, Diagnostics& diags) {
  std::map<std::string, Totals::Locale> locales;
  const auto take = [&](const Statement& row) {
    if (row.integer(1) == static_cast<std::int64_t>(PieceState::Damaged)) totals.damaged += row.count(3);
    if (row.integer(2) != 0) {
      totals.reprints += row.count(3);
      return;
    }
    totals.pieces += row.count(3);
    totals.pages += row.count(4);
    totals.sheets += row.count(5);
    const auto kind = state.kinds.find(row.integer(0));
    Totals::Locale& locale = locales[kind != state.kinds.end() ? kind->second.locale : ""];
    locale.pieces += row.count(3);
    locale.pages += row.count(4);
  };
  if (!state.database.each("SELECT kind, state, reprint_of IS NOT NULL AS again, count(*), sum(pages), sum(sheets) FROM pieces GROUP BY kind, state, again", take, diags)) return false;
  for (auto& [name, locale] : locales) totals.locales.push_back({name, locale.pieces, locale.pages});
  return true;
}

bool add_rows_up(const LedgerState& state, Totals& totals, Diagnostics& diags) {
  const auto left_out = [&](const Statement& row) {
    switch (static_cast<LeftOutBecause>(row.integer(0))) {
      case LeftOutBecause::Filtered: totals.filtered = row.count(1); break;
      case LeftOutBecause::Suppressed: totals.suppressed = row.count(1); break;
      case LeftOutBecause::Duplicate: totals.duplicates = row.count(1); break;
    }
  };
  return state.database.each("SELECT why, count(*) FROM left_out GROUP BY why", left_out, diags) && state.database.each("SELECT count(DISTINCT row) FROM rejects", [&](const Statement& row) { totals.rejected = row.count(0); }, diags) &&
         state.database.each("SELECT rows_in FROM job", [&](const Statement& row) { if (!row.is_null(0)) totals.rows_in = row.count(0); }, diags);
}

// Those of the group that is open are written when it ends.
void add_counts_of_group(const LedgerState& state, Totals& totals) {
  if (state.writer == nullptr) return;
  for (const auto& [name, value] : state.writer->counted) {
    const auto known = std::find_if(totals.counts.begin(), totals.counts.end(), [&name = name](const Count& each) { return each.name == name.first && each.detail == name.second; });
    if (known != totals.counts.end()) known->value += value;
    else totals.counts.push_back({name.first, name.second, value});
  }
  std::sort(totals.counts.begin(), totals.counts.end(), [](const Count& a, const Count& b) { return std::tie(a.name, a.detail) < std::tie(b.name, b.detail); });
}

}  // namespace

Result<Totals> Ledger::totals(Diagnostics& diags) const {
  const LedgerState& state = *state_;
  Totals totals;
  const auto files = [&](const Statement& row) {
    totals.files = row.count(0);
    totals.bytes = row.count(1);
    totals.files_again = row.count(2);
    totals.files_purged = row.count(3);
  };
  const auto counts = [&](const Statement& row) {
    if (row.bytes(0) != kRowsOfList) totals.counts.push_back({row.text(0), row.text(1), row.count(2)});
  };
  if (!add_pieces_up(state, totals, diags) || !add_rows_up(state, totals, diags) || !state.database.each(fmt::format("SELECT count(*), sum(bytes), sum(class = '{0}' OR class GLOB '{0}/*'), sum(state <> 0) FROM files", kReprints), files, diags) ||
      (totals.files_purged > 0 && !state.database.each("SELECT count(*) FROM pieces p JOIN files f ON f.id = p.file WHERE f.state <> 0 AND p.reprint_of IS NULL", [&](const Statement& row) { totals.pieces_purged = row.count(0); }, diags)) ||
      !state.database.each("SELECT name, detail, sum(value) FROM counts GROUP BY name, detail ORDER BY name, detail", counts, diags)) {
    return tl::unexpected(Failure{});
  }
  add_counts_of_group(state, totals);
  totals.finished = totals.rows_in.has_value();
  const auto rows = rows_of_list(state.database, diags);
  if (!rows) return tl::unexpected(Failure{});
  if (*rows) totals.rows_in = *rows;
  return totals;
}

}  // namespace handout::ledger
