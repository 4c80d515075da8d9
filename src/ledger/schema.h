#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ledger/database.h"

namespace handout::ledger {

// A table whose rows are held by the seal of their group: the exclusive or of a SHA-256 over each row (seal.h). `columns` are those that never change.
struct SealedTable {
  char tag;  // begins what is hashed of a row
  std::string_view name, columns;
  int count;  // of columns
};

namespace table {
inline constexpr SealedTable kJob{'J', "job", "id, mailing, mailing_digest, engine, day, keep_days, hashed, secret_check, shard, shards", 10};
inline constexpr SealedTable kInputs{'I', "inputs", "kind, name, digest, size, copy, personal", 6};
inline constexpr SealedTable kKinds{'K', "kinds", "id, locale, layout, profile", 4};
inline constexpr SealedTable kKindArticles{'A', "kind_articles", "kind, position, article, version", 4};
inline constexpr SealedTable kFiles{'F', "files", "id, name, class, pieces, pages, sheets, bytes, digest", 8};
inline constexpr SealedTable kPieces{'P', "pieces", "number, row, key, kind, pages, sheets, file, first_page, own_file, digest, reprint_of", 11};
inline constexpr SealedTable kLeftOut{'L', "left_out", "row, why", 2};
inline constexpr SealedTable kRejects{'R', "rejects", "row, position, field, reason", 4};
inline constexpr SealedTable kCounts{'C', "counts", "name, detail, value", 3};
inline constexpr SealedTable kOtherFiles{'O', "other_files", "name, personal, bytes, digest", 4};
inline constexpr SealedTable kEvents{'E', "events", "number, what, day, reason, piece", 5};
}  // namespace table

// All of them.
std::span<const SealedTable* const> sealed_tables();

// In an empty database, inside a transaction.
Result<std::monostate> make_schema(const Database& database, Diagnostics& diags);
// That it is a ledger of this engine and whole in its structure.
Result<std::monostate> check_schema(const Database& database, Diagnostics& diags);

}  // namespace handout::ledger
