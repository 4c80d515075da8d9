#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "ledger/database.h"
#include "ledger/schema.h"

namespace handout::ledger {

// What is hashed of rows: each column with its type, integers as 8 bytes, texts and blobs with their length. The order of rows in a group does not count.
class Sealer {
 public:
  void begin(char tag);
  void add(std::int64_t value);
  void add(std::string_view text);
  void add_blob(std::string_view bytes);
  void add_null();
  // Takes the row into the seal, or out of it again.
  void end(Sha256Digest& seal);

 private:
  void add_sized(char type, std::string_view bytes);
  Sha256 sha_;
  std::string row_;
};

// Puts rows into one table, and into a seal.
class Insertion {
 public:
  [[nodiscard]] static Result<Insertion> prepare(const Database& database, const SealedTable& table, Diagnostics& diags);

  // The columns in their order; texts must live until run().
  Insertion& begin(Sealer& sealer);
  Insertion& add(std::int64_t value);
  Insertion& add(std::uint64_t value);
  Insertion& add(std::string_view text);
  Insertion& add_blob(std::string_view bytes);
  Insertion& add_blob(const Sha256Digest& digest);
  Insertion& add_null();
  template <typename T>
  Insertion& add(const std::optional<T>& value) { return value ? add(*value) : add_null(); }
  [[nodiscard]] bool run(std::int64_t group, Sha256Digest& seal, Diagnostics& diags);

 private:
  Insertion(Statement statement, const SealedTable& table) : statement_(std::move(statement)), table_(&table) {}
  Statement statement_;
  const SealedTable* table_;
  Sealer* sealer_ = nullptr;
  int next_ = 1;
};

[[nodiscard]] std::string_view bytes_of(const Sha256Digest& digest);
// Nothing when it has another size.
[[nodiscard]] std::optional<Sha256Digest> digest_of(std::string_view bytes);

// Which of these groups, of all where none are named, have rows that are not those that were written; sorted.
Result<std::vector<std::int64_t>> find_broken_seals(const Database& database, const std::set<std::int64_t>& groups, Diagnostics& diags);
// Writes every group's seal anew, for rows that were changed on purpose.
Result<std::monostate> seal_anew(const Database& database, Diagnostics& diags);

}  // namespace handout::ledger
