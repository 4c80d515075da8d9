#include "ledger/seal.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/expects.h"
#include "base/narrow.h"

namespace handout::ledger {

void Sealer::begin(char tag) { row_.assign(1, tag); }

void Sealer::add(std::int64_t value) {
  row_ += 'i';
  auto rest = static_cast<std::uint64_t>(value);
  for (int i = 0; i < 8; ++i, rest >>= 8) row_ += static_cast<char>(rest & 0xff);
}

void Sealer::add_sized(char type, std::string_view bytes) {
  add(narrow<std::int64_t>(bytes.size()));
  row_ += type;
  row_ += bytes;
}

void Sealer::add(std::string_view text) { add_sized('t', text); }
void Sealer::add_blob(std::string_view bytes) { add_sized('b', bytes); }
void Sealer::add_null() { row_ += 'n'; }

void Sealer::end(Sha256Digest& seal) {
  const Sha256Digest digest = sha_.of(row_);
  for (std::size_t i = 0; i < seal.size(); ++i) seal[i] = static_cast<std::uint8_t>(seal[i] ^ digest[i]);
}

Result<Insertion> Insertion::prepare(const Database& database, const SealedTable& table, Diagnostics& diags) {
  std::string places;
  for (int i = 0; i < table.count; ++i) places += "?, ";
  auto statement = database.prepare(fmt::format("INSERT INTO {}({}, grp) VALUES({}?)", table.name, table.columns, places), diags);
  if (!statement) return tl::unexpected(Failure{});
  return Insertion(*std::move(statement), table);
}

Insertion& Insertion::begin(Sealer& sealer) {
  sealer_ = &sealer;
  sealer.begin(table_->tag);
  next_ = 1;
  return *this;
}

Insertion& Insertion::add(std::int64_t value) {
  statement_.bind(next_++, value);
  sealer_->add(value);
  return *this;
}

Insertion& Insertion::add(std::uint64_t value) { return add(narrow<std::int64_t>(value)); }

Insertion& Insertion::add(std::string_view text) {
  statement_.bind(next_++, text);
  sealer_->add(text);
  return *this;
}

Insertion& Insertion::add_blob(std::string_view bytes) {
  statement_.bind_blob(next_++, bytes);
  sealer_->add_blob(bytes);
  return *this;
}

Insertion& Insertion::add_blob(const Sha256Digest& digest) { return add_blob(bytes_of(digest)); }

Insertion& Insertion::add_null() {
  statement_.bind_null(next_++);
  sealer_->add_null();
  return *this;
}

bool Insertion::run(std::int64_t group, Sha256Digest& seal, Diagnostics& diags) {
  EXPECTS(next_ == table_->count + 1);
  statement_.bind(next_, group);
  if (!statement_.run(diags)) return false;
  sealer_->end(seal);
  return true;
}

std::string_view bytes_of(const Sha256Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }  // NOLINT: bytes as bytes

std::optional<Sha256Digest> digest_of(std::string_view bytes) {
  Sha256Digest digest{};
  if (bytes.size() != digest.size()) return std::nullopt;
  std::transform(bytes.begin(), bytes.end(), digest.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
  return digest;
}

namespace {

using Seals = std::map<std::int64_t, Sha256Digest>;

// Of these groups; of all where there are none.
std::string only(std::string_view column, const std::set<std::int64_t>& groups) { return groups.empty() ? "" : fmt::format(" WHERE {} IN ({})", column, fmt::join(groups, ", ")); }

bool add_rows(const Database& database, const SealedTable& table, const std::set<std::int64_t>& groups, Seals& seals, Diagnostics& diags) {
  auto statement = database.prepare(fmt::format("SELECT grp, {} FROM {}{}", table.columns, table.name, only("grp", groups)), diags);
  if (!statement) return false;
  Sealer sealer;
  for (;;) {
    const Statement::Step step = statement->step(diags);
    if (step != Statement::Step::Found) return step == Statement::Step::End;
    sealer.begin(table.tag);
    for (int column = 1; column <= table.count; ++column) {
      switch (statement->type(column)) {
        case Statement::Type::Null: sealer.add_null(); break;
        case Statement::Type::Integer: sealer.add(statement->integer(column)); break;
        case Statement::Type::Text: sealer.add(statement->bytes(column)); break;
        case Statement::Type::Blob: sealer.add_blob(statement->bytes(column)); break;
      }
    }
    sealer.end(seals[statement->integer(0)]);
  }
}

Result<Seals> read_seals(const Database& database, const std::set<std::int64_t>& groups, Diagnostics& diags) {
  Seals seals;
  for (const SealedTable* each : sealed_tables()) {
    if (!add_rows(database, *each, groups, seals, diags)) return tl::unexpected(Failure{});
  }
  return seals;
}

}  // namespace

Result<std::vector<std::int64_t>> find_broken_seals(const Database& database, const std::set<std::int64_t>& groups, Diagnostics& diags) {
  auto seals = read_seals(database, groups, diags);
  auto written = seals ? database.prepare("SELECT id, seal FROM groups" + only("id", groups), diags) : tl::unexpected(Failure{});
  if (!written) return tl::unexpected(Failure{});
  std::vector<std::int64_t> broken;
  for (;;) {
    const Statement::Step step = written->step(diags);
    if (step == Statement::Step::Failed) return tl::unexpected(Failure{});
    if (step == Statement::Step::End) break;
    const std::int64_t id = written->integer(0);
    if (digest_of(written->bytes(1)) != (*seals)[id]) broken.push_back(id);
    seals->erase(id);
  }
  for (const auto& [id, seal] : *seals) broken.push_back(id);  // rows of a group that is not there
  std::sort(broken.begin(), broken.end());
  return broken;
}

Result<std::monostate> seal_anew(const Database& database, Diagnostics& diags) {
  auto seals = read_seals(database, {}, diags);
  // A group may have no rows left.
  auto update = seals && database.run("UPDATE groups SET seal = zeroblob(32)", diags) ? database.prepare("UPDATE groups SET seal = ? WHERE id = ?", diags) : tl::unexpected(Failure{});
  if (!update) return tl::unexpected(Failure{});
  for (const auto& [id, seal] : *seals) {
    update->bind_blob(1, bytes_of(seal));
    update->bind(2, id);
    if (!update->run(diags)) return tl::unexpected(Failure{});
  }
  return std::monostate{};
}

}  // namespace handout::ledger
