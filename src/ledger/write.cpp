#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/expects.h"
#include "base/narrow.h"
#include "ledger/state.h"

// Groups, and what is put into them.
namespace handout::ledger {

namespace {

tl::unexpected<Failure> failed(Writer& writer) {
  writer.failed = true;
  return tl::unexpected<Failure>(Failure{});
}

Writer& open_group(LedgerState& state) {
  EXPECTS(state.writer != nullptr && state.writer->open);
  return *state.writer;
}

// SQLite goes on in a file that has no name any more, and everything would be lost at the end.
bool is_in_place(const LedgerState& state, Diagnostics& diags) {
  struct stat info {};
  if (::stat(state.file().c_str(), &info) == 0 && info.st_dev == state.device && info.st_ino == state.inode) return true;
  diags.machine_error(state.shown(), "was removed or replaced while the job was running").hint("bring it back and run the same command again; without it the job must begin anew in another folder");
  return false;
}

void forget_group(LedgerState& state) {
  Writer& writer = *state.writer;
  for (const Row row : writer.done) state.done.erase(row);
  for (const Row row : writer.settled) state.settled.erase(row);
  for (const std::int64_t id : writer.new_kinds) state.kinds.erase(id);
}

void end_group(Writer& writer) {
  writer.open = writer.failed = false;
  writer.seal = {};
  writer.done.clear();
  writer.settled.clear();
  writer.new_kinds.clear();
  writer.counted.clear();
}

// False and told when the row has an outcome already.
bool settle(LedgerState& state, Row row, Diagnostics& diags) {
  EXPECTS(row >= 1 && row <= kMostRows);
  if (!state.settled.insert(row)) {
    diags.machine_error(state.shown(), fmt::format("has row {} already", row)).hint("rows that the ledger has are passed over when a job goes on");
    return false;
  }
  state.writer->settled.push_back(row);
  return true;
}

bool write_counts(Writer& writer, Diagnostics& diags) {
  for (const auto& [name, value] : writer.counted) {
    writer.counts.begin(writer.sealer).add(std::string_view(name.first)).add(std::string_view(name.second)).add(value);
    if (!writer.counts.run(writer.group, writer.seal, diags)) return false;
  }
  return true;
}

bool write_seal(Writer& writer, Diagnostics& diags) {
  writer.seal_group.bind_blob(1, bytes_of(writer.seal));
  writer.seal_group.bind(2, writer.group);
  return writer.seal_group.run(diags);
}

}  // namespace

Result<std::monostate> Ledger::begin_group(Diagnostics& diags) {
  LedgerState& state = *state_;
  EXPECTS(state.writer != nullptr && !state.writer->open);
  Writer& writer = *state.writer;
  if (!is_in_place(state, diags) || !state.database.run("BEGIN IMMEDIATE", diags)) return tl::unexpected(Failure{});
  writer.open = true;
  if (writer.new_group.step(diags) != Statement::Step::Found) {
    drop_group();
    return tl::unexpected(Failure{});
  }
  writer.group = writer.new_group.integer(0);
  writer.new_group.reset();
  return std::monostate{};
}

void Ledger::drop_group() {
  LedgerState& state = *state_;
  if (state.writer == nullptr || !state.writer->open) return;
  // A rollback that fails leaves the transaction to the next opening, which takes it back.
  Diagnostics ignored;
  if (state.database.in_transaction()) static_cast<void>(state.database.run("ROLLBACK", ignored));
  forget_group(state);
  end_group(*state.writer);
}

Result<std::monostate> Ledger::commit_group(Diagnostics& diags) {
  LedgerState& state = *state_;
  Writer& writer = open_group(state);
  if (writer.failed) diags.machine_error(state.shown(), "the group was not written, since one of its steps failed");
  else if (is_in_place(state, diags) && write_counts(writer, diags) && write_seal(writer, diags) && state.database.run("COMMIT", diags)) {
    end_group(writer);
    return std::monostate{};
  }
  drop_group();
  return tl::unexpected(Failure{});
}

Result<KindId> Ledger::add_kind(const Kind& kind, Diagnostics& diags) {
  LedgerState& state = *state_;
  Writer& writer = open_group(state);
  const auto known = std::find_if(state.kinds.begin(), state.kinds.end(), [&](const auto& each) { return each.second == kind; });
  if (known != state.kinds.end()) return KindId{known->first};
  const std::int64_t id = state.kinds.empty() ? 1 : state.kinds.rbegin()->first + 1;
  writer.kinds.begin(writer.sealer).add(id).add(std::string_view(kind.locale)).add(std::string_view(kind.layout)).add(std::string_view(kind.profile));
  if (!writer.kinds.run(writer.group, writer.seal, diags)) return failed(writer);
  std::int64_t position = 0;
  for (const ArticleVersion& each : kind.articles) {
    writer.kind_articles.begin(writer.sealer).add(id).add(++position).add(std::string_view(each.article)).add(std::string_view(each.version));
    if (!writer.kind_articles.run(writer.group, writer.seal, diags)) return failed(writer);
  }
  state.kinds.emplace(id, kind);
  writer.new_kinds.push_back(id);
  return KindId{id};
}

Result<FileId> Ledger::add_file(const File& file, Diagnostics& diags) {
  LedgerState& state = *state_;
  Writer& writer = open_group(state);
  EXPECTS(is_inside(file.name));
  const auto last = state.database.ask("SELECT max(id) FROM files", diags);
  if (!last) return failed(writer);
  const std::int64_t id = *last + 1;
  writer.files.begin(writer.sealer).add(id).add(std::string_view(file.name)).add(std::string_view(file.split_class)).add(file.pieces).add(file.pages).add(file.sheets).add(file.bytes).add_blob(file.digest);
  if (!writer.files.run(writer.group, writer.seal, diags)) return failed(writer);
  return FileId{id};
}

Result<std::monostate> insert_piece(LedgerState& state, const Piece& piece, const StoredKey& key, std::optional<std::uint64_t> reprint_of, Diagnostics& diags) {
  Writer& writer = open_group(state);
  EXPECTS(piece.number >= 1 && piece.first_page >= 1);
  Insertion& row = writer.pieces.begin(writer.sealer).add(piece.number).add(piece.row);
  if (key.as == StoredKey::As::None) row.add_null();
  else if (key.as == StoredKey::As::Text) row.add(key.bytes);
  else row.add_blob(key.bytes);
  row.add(static_cast<std::int64_t>(piece.kind)).add(std::int64_t{piece.pages}).add(std::int64_t{piece.sheets}).add(static_cast<std::int64_t>(piece.file)).add(std::int64_t{piece.first_page});
  if (piece.own_file) row.add(static_cast<std::int64_t>(*piece.own_file));
  else row.add_null();
  row.add_blob(piece.digest).add(reprint_of);
  if (!row.run(writer.group, writer.seal, diags)) return failed(writer);
  return std::monostate{};
}

namespace {

// `digest` keeps a hash for as long as the row needs it.
StoredKey stored_key(LedgerState& state, std::string_view key, Sha256Digest& digest) {
  if (key.empty()) return {};
  if (state.job.keys == KeyStyle::Plain) return {StoredKey::As::Text, key};
  digest = state.hash->of(key);
  return {StoredKey::As::Blob, bytes_of(digest)};
}

}  // namespace

Result<std::monostate> Ledger::add_pieces(std::span<const Piece> pieces, Diagnostics& diags) {
  LedgerState& state = *state_;
  Writer& writer = open_group(state);
  for (const Piece& each : pieces) {
    if (!settle(state, each.row, diags)) return failed(writer);
    state.done.insert(each.row);
    writer.done.push_back(each.row);
    Sha256Digest digest;
    if (!insert_piece(state, each, stored_key(state, each.key, digest), std::nullopt, diags)) return tl::unexpected(Failure{});
  }
  return std::monostate{};
}

Result<std::monostate> Ledger::add_left_out(std::span<const LeftOut> rows, Diagnostics& diags) {
  LedgerState& state = *state_;
  Writer& writer = open_group(state);
  for (const LeftOut& each : rows) {
    if (!settle(state, each.row, diags)) return failed(writer);
    writer.left_out.begin(writer.sealer).add(each.row).add(static_cast<std::int64_t>(each.why));
    if (!writer.left_out.run(writer.group, writer.seal, diags)) return failed(writer);
  }
  return std::monostate{};
}

Result<std::monostate> Ledger::add_rejects(std::span<const Reject> rejects, Diagnostics& diags) {
  LedgerState& state = *state_;
  Writer& writer = open_group(state);
  std::int64_t position = 0;
  for (std::size_t i = 0; i < rejects.size(); ++i) {
    const Reject& each = rejects[i];
    position = i > 0 && rejects[i - 1].row == each.row ? position + 1 : 1;
    if (position == 1 && !settle(state, each.row, diags)) return failed(writer);
    writer.rejects.begin(writer.sealer).add(each.row).add(position).add(std::string_view(each.column)).add(std::string_view(each.reason));
    if (!writer.rejects.run(writer.group, writer.seal, diags)) return failed(writer);
  }
  return std::monostate{};
}

Result<std::monostate> Ledger::add_count(std::string_view name, std::string_view detail, std::uint64_t by, Diagnostics&) {
  open_group(*state_).counted[{std::string(name), std::string(detail)}] += by;
  return std::monostate{};
}

Result<std::monostate> insert_other_file(LedgerState& state, std::string_view name, Personal personal, const std::optional<FileDigest>& sealed, Diagnostics& diags) {
  Writer& writer = open_group(state);
  EXPECTS(is_inside(name));
  auto known = state.database.prepare("SELECT bytes, digest FROM other_files WHERE name = ? ORDER BY grp DESC", diags);
  if (!known) return failed(writer);
  known->bind(1, name);
  const Statement::Step step = known->step(diags);
  if (step == Statement::Step::Failed) return failed(writer);
  const bool is_same = step == Statement::Step::Found && known->is_null(0) == !sealed && (!sealed || (known->count(0) == sealed->size && digest_of(known->bytes(1)) == sealed->digest));
  if (is_same) return std::monostate{};
  Insertion& row = writer.other_files.begin(writer.sealer).add(name).add(std::int64_t{personal == Personal::Yes ? 1 : 0});
  if (sealed) row.add(sealed->size).add_blob(sealed->digest);
  else row.add_null().add_null();
  if (!row.run(writer.group, writer.seal, diags)) return failed(writer);
  return std::monostate{};
}

Result<std::monostate> Ledger::add_other_file(std::string_view name, Personal personal, Diagnostics& diags) {
  Writer& writer = open_group(*state_);
  const std::filesystem::path file = state_->folder / name;
  const auto digest = digest_of_file(file, Span::of_file(file.generic_string()), diags);
  if (!digest) return failed(writer);
  return insert_other_file(*state_, name, personal, *digest, diags);
}

Result<std::monostate> insert_event(LedgerState& state, const Event& event, Diagnostics& diags) {
  Writer& writer = open_group(state);
  const auto last = state.database.ask("SELECT max(number) FROM events", diags);
  if (!last) return failed(writer);
  const std::string day = event.day ? to_text(*event.day) : "";
  writer.events.begin(writer.sealer).add(*last + 1).add(std::string_view(event.what));
  if (event.day) writer.events.add(std::string_view(day));
  else writer.events.add_null();
  writer.events.add(std::string_view(event.reason)).add(event.piece);
  if (!writer.events.run(writer.group, writer.seal, diags)) return failed(writer);
  return std::monostate{};
}

namespace {

// The row of a piece; told when there is no such piece.
Result<Row> row_of(LedgerState& state, std::uint64_t number, Diagnostics& diags) {
  Statement& find = state.writer->find_row_of;
  find.bind(1, narrow<std::int64_t>(number));
  const Statement::Step step = find.step(diags);
  if (step == Statement::Step::Failed) return tl::unexpected(Failure{});
  if (step == Statement::Step::End) return diags.error(state.shown(), fmt::format("has no piece {}", number));
  const Row row = find.count(0);
  find.reset();
  return row;
}

bool set_state(Writer& writer, std::uint64_t number, PieceState piece, Diagnostics& diags) {
  writer.set_state.bind(1, static_cast<std::int64_t>(piece));
  writer.set_state.bind(2, narrow<std::int64_t>(number));
  return writer.set_state.run(diags);
}

}  // namespace

Result<std::monostate> Ledger::add_reprint(const Reprint& reprint, Diagnostics& diags) {
  LedgerState& state = *state_;
  Writer& writer = open_group(state);
  std::vector<std::uint64_t> copies = reprint.also;
  copies.insert(copies.begin(), reprint.of);
  for (const std::uint64_t copy : copies) {
    const auto row = row_of(state, copy, diags);
    if (!row) return failed(writer);
    EXPECTS(*row == reprint.piece.row);
  }
  Sha256Digest digest;
  if (!insert_piece(state, reprint.piece, stored_key(state, reprint.piece.key, digest), reprint.of, diags)) return tl::unexpected(Failure{});
  for (const std::uint64_t copy : copies) {
    if (!set_state(writer, copy, PieceState::Reprinted, diags)) return failed(writer);
    if (!insert_event(state, {0, std::string(kReprinted), reprint.day, reprint.reason, copy}, diags)) return tl::unexpected(Failure{});
  }
  return std::monostate{};
}

Result<std::monostate> Ledger::add_event(const Event& event, Diagnostics& diags) { return insert_event(*state_, event, diags); }

Result<std::monostate> Ledger::mark_damaged(const Damage& damage, Diagnostics& diags) {
  LedgerState& state = *state_;
  Writer& writer = open_group(state);
  for (const std::uint64_t number : damage.numbers) {
    if (!row_of(state, number, diags) || !set_state(writer, number, PieceState::Damaged, diags)) return failed(writer);
    if (!insert_event(state, {0, "damaged", damage.day, damage.reason, number}, diags)) return tl::unexpected(Failure{});
  }
  return std::monostate{};
}

Result<std::monostate> Ledger::finish(std::uint64_t rows_in, Diagnostics& diags) {
  EXPECTS(rows_in <= kMostRows);
  EXPECTS(state_->writer != nullptr);
  Writer& writer = *state_->writer;
  if (!writer.open && !begin_group(diags)) return tl::unexpected(Failure{});
  writer.counted[{std::string(kRowsOfList), ""}] = rows_in;
  if (!state_->database.run(fmt::format("UPDATE job SET rows_in = {}", rows_in), diags)) writer.failed = true;
  return commit_group(diags);
}

}  // namespace handout::ledger
