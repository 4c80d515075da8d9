#pragma once

#include <sys/types.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/database.h"
#include "ledger/ledger.h"
#include "ledger/seal.h"

namespace handout::ledger {

// The group that is open, and what writes into it.
struct Writer {
  Insertion kinds, kind_articles, files, pieces, left_out, rejects, counts, other_files, events;
  Statement new_group, seal_group, set_state, find_row_of;
  Sealer sealer;
  bool open = false, failed = false;
  std::int64_t group = 0;
  Sha256Digest seal{};
  // What a rollback takes back.
  std::vector<Row> done, settled;
  std::vector<std::int64_t> new_kinds;
  std::map<std::pair<std::string, std::string>, std::uint64_t> counted;
};

struct LedgerState {
  std::filesystem::path folder;
  std::optional<FolderLock> lock;
  Database database;
  dev_t device = 0;  // of the file, to see when another stands in its place
  ino_t inode = 0;
  Job job;
  std::optional<KeyedHash> hash;
  RowSet done, settled;
  std::map<std::int64_t, Kind> kinds;
  std::unique_ptr<Writer> writer = nullptr;  // null: read only

  [[nodiscard]] std::filesystem::path file() const { return folder / kFileName; }
  [[nodiscard]] const Span& shown() const { return database.shown(); }
};

// A key as it is stored: with `size` 32 and Blob where keys are hashed.
struct StoredKey {
  enum class As : std::uint8_t { None, Text, Blob } as = As::None;
  std::string_view bytes;
};
// A piece whose key is stored already.
Result<std::monostate> insert_piece(LedgerState& state, const Piece& piece, const StoredKey& key, std::optional<std::uint64_t> reprint_of, Diagnostics& diags);
// `sealed`: nothing for a file that may change.
Result<std::monostate> insert_other_file(LedgerState& state, std::string_view name, Personal personal, const std::optional<FileDigest>& sealed, Diagnostics& diags);
Result<std::monostate> insert_event(LedgerState& state, const Event& event, Diagnostics& diags);

// Of a job that has ended: how many rows its list had, as a count, which its group's seal holds. The job's own column says only that it has ended, and was so written before.
inline constexpr std::string_view kRowsOfList = "rows of the list";
Result<std::optional<std::uint64_t>> rows_of_list(const Database& database, Diagnostics& diags);

// What changes after it was written, against what tells of the change: the number of rows, states of pieces and of files. No seal holds these values themselves.
Result<std::vector<std::string>> find_contradictions(const LedgerState& state, Diagnostics& diags);
// Tickets, reports and lists, by their sizes or as a whole.
enum class Reads : std::uint8_t { Sizes, Bytes };
Result<std::vector<Finding>> check_files(const LedgerState& state, Diagnostics& diags);
Result<std::vector<Finding>> check_other_files(const LedgerState& state, Reads reads, Diagnostics& diags);

// The ledgers of shards that are there, and the names of those that are not, from the joined job's folder.
struct Ledger::Joined {
  std::vector<Ledger> there;
  std::vector<std::string> missing;
};

struct Ledger::JoinedTo {
  std::filesystem::path folder;
  bool has_ended = false;
};

// A ledger's file with what SQLite has beside it, which goes first: no log is left for another file of that name.
void remove_database(const std::filesystem::path& file);

// What says whether a secret is the one of the ledger.
inline constexpr std::string_view kSecretText = "handout ledger, form 1";

// Makes the file whole under another name, then gives it its own. `secret_check`: nothing where keys are plain.
Result<std::monostate> make_ledger(const std::filesystem::path& folder, const Job& job, const std::optional<Sha256Digest>& secret_check, const std::function<bool()>& may_stand, Diagnostics& diags);
enum class Secret : std::uint8_t { Needed, MayLack };
Result<std::unique_ptr<LedgerState>> open_to_write(const std::filesystem::path& folder, std::string_view secret, Secret need, Diagnostics& diags, Lock lock = Lock::Take);
Result<std::optional<Sha256Digest>> read_secret_check(const Database& database, Diagnostics& diags);

// "a/b.pdf": neither absolute nor out of its folder.
[[nodiscard]] bool is_inside(std::string_view name);

}  // namespace handout::ledger
