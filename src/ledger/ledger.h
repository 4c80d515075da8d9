#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostics.h"
#include "base/digest.h"
#include "ledger/row_set.h"

// The ledger of a job: which recipient's piece is where, as one SQLite file in the output folder. What is written between begin_group() and commit_group() is there
// whole or not at all, whatever happens to the machine. Nothing of a recipient is in it but the key, plain or hashed.
//
// Faults: a ledger that is not there, is none, is damaged or was made by a later engine is the input's (exit code 1); a full disk, a missing permission, another
// process that writes, a ledger that vanished while it was open are the machine's (3). No message repeats a key.
namespace handout::ledger {

inline constexpr std::string_view kFileName = "ledger.sqlite";

// The class of files that hold one piece each: their names may say who it is for.
inline constexpr std::string_view kOwnFileClass = "pieces";
// The folder of what was printed again after the job had ended, by which the class of such files begins as well.
inline constexpr std::string_view kReprints = "reprints";
// What events say when recipients' data was purged, when files were shredded.
inline constexpr std::string_view kPurged = "purge";
inline constexpr std::string_view kShredded = "shred-rejects";
// Of a shard that was joined to others: its reason is the way to the folder of the joined ledger.
inline constexpr std::string_view kJoined = "joined";
// Of a joined job: a shard that was begun on another day than the job has, which is the event's; its reason is the shard's folder, from the job's.
inline constexpr std::string_view kShardBegun = "shard begun";
// Of a piece that was printed again, the event's.
inline constexpr std::string_view kReprinted = "reprint";

using Digest = Sha256Digest;
using Day = std::chrono::year_month_day;

// ---- the job ----

enum class Personal : std::uint8_t { No, Yes };

// Something that the pieces depend on.
struct Input {
  std::string kind;                   // "recipients", "article", "layout", "font", ...
  std::string name;                   // unique within its kind
  Digest digest{};
  std::uint64_t size = 0;             // bytes
  std::string copy;                   // its copy in the job's folder, a path from there; "": none is kept
  Personal personal = Personal::No;   // purge() removes the copy
  friend bool operator==(const Input&, const Input&) = default;
};

enum class KeyStyle : std::uint8_t { Plain, Hashed };  // Hashed: HMAC-SHA-256 with the secret that open() and create() get

struct Shard {
  std::uint32_t index = 1, count = 1;  // index from 1
  friend bool operator==(const Shard&, const Shard&) = default;
};

// What a ledger is begun with; never changed after that.
struct Job {
  std::string id;
  std::string mailing;                // its id
  Digest mailing_digest{};
  std::string engine;                 // name and version
  std::optional<Day> day;             // of the job, as it was given; purge() counts from it
  std::optional<std::uint32_t> keep_days;  // how long recipients' data may stay; nothing: the mailing does not say
  KeyStyle keys = KeyStyle::Plain;
  Shard shard;
  std::vector<Input> inputs;
};

// ---- what is recorded ----

struct ArticleVersion {
  std::string article, version;
  friend bool operator==(const ArticleVersion&, const ArticleVersion&) = default;
};

// What many pieces have in common.
struct Kind {
  std::vector<ArticleVersion> articles;
  std::string locale;                 // with several: "es+en"
  std::string layout, profile;
  friend bool operator==(const Kind&, const Kind&) = default;
};
enum class KindId : std::int64_t {};
enum class FileId : std::int64_t {};

enum class FileState : std::uint8_t { Done, Purged };
struct File {
  std::string name;                   // a path from the job's folder, "/" between names; unique
  std::string split_class;            // what its pieces share: "standard/A4/es/1-sheet"
  std::uint64_t pieces = 0, pages = 0, sheets = 0, bytes = 0;
  Digest digest{};                    // of its bytes
};

enum class PieceState : std::uint8_t { Done, Damaged, Reprinted };
struct Piece {
  std::uint64_t number = 0;           // from 1, unique in the job, over all its shards
  Row row = 0;
  std::string_view key;               // as the recipient has it, or "": the ledger hashes it where the job says so
  KindId kind{};
  std::uint32_t pages = 0, sheets = 0;
  FileId file{};
  std::uint32_t first_page = 1;       // in that file
  std::optional<FileId> own_file;     // where the piece is written as a file of its own as well
  Digest digest{};                    // of the canonical form of its pages
};

enum class LeftOutBecause : std::uint8_t { Filtered, Suppressed, Duplicate };
struct LeftOut {
  Row row = 0;
  LeftOutBecause why{};
};

// No recipient's data: `reason` says what was expected.
struct Reject {
  Row row = 0;
  std::string column, reason;
};

// ---- what is read back ----

struct FileEntry {
  FileId id{};
  File file;
  FileState state{};
};

struct PieceEntry {
  std::uint64_t number = 0;
  Row row = 0;
  std::string key;                    // plain; hexadecimal of the hash; "" when purged
  Kind kind;
  std::uint32_t pages = 0, sheets = 0;
  FileId file{};
  std::string file_name;
  std::uint32_t first_page = 1;
  std::string own_file_name;          // "": none
  Digest digest{};
  PieceState state{};
  std::optional<std::uint64_t> reprint_of;
};

struct Count {
  std::string name, detail;           // ("fallback", "ht -> en")
  std::uint64_t value = 0;
};

struct Totals {
  std::optional<std::uint64_t> rows_in;  // nothing before finish()
  std::uint64_t pieces = 0;           // reprints not counted
  std::uint64_t pages = 0, sheets = 0;   // of these
  std::uint64_t reprints = 0, damaged = 0;  // damaged: not yet reprinted
  std::uint64_t filtered = 0, suppressed = 0, duplicates = 0, rejected = 0;  // rows
  std::uint64_t files = 0, bytes = 0;
  std::uint64_t files_again = 0;      // of `files`, those of reprints
  std::uint64_t files_purged = 0, pieces_purged = 0;  // of `files`, those that a purge removed; of `pieces`, those that were in them
  std::vector<Count> counts;          // sorted; "merged", "fallback", ...
  struct Locale { std::string locale; std::uint64_t pieces = 0, pages = 0; };
  std::vector<Locale> locales;        // sorted
  bool finished = false;
};

struct Event {
  std::uint64_t number = 0;           // in their order
  std::string what;                   // "reprint", "damaged", "written again", "purge", "shred-rejects", "merge", "joined", "shard begun"
  std::optional<Day> day;             // as it was given
  std::string reason;
  std::optional<std::uint64_t> piece;
};

struct RowsOfDay {
  std::optional<Day> day;
  RowSet rows;
};

// What verify() finds.
struct Finding {
  enum class What : std::uint8_t { Missing, Altered, Unreadable, Unknown, LedgerAltered, TwiceInLedger, CountsDiffer };
  What what{};
  std::string file;                   // from the job's folder
  std::string detail;                 // for people: "has 1200 bytes, 1204 were written"
};

struct InputDifference {
  enum class What : std::uint8_t { Changed, New, Gone };
  What what{};
  std::string kind, name;
};

// ---- orders ----

struct Reprint {
  Piece piece;                        // a new number; row and key as the first's
  std::uint64_t of = 0;
  std::string reason;
  std::optional<Day> day;
  std::vector<std::uint64_t> also;    // further copies of the same row that were damaged: they count as printed again too
};

struct Damage {
  std::vector<std::uint64_t> numbers;
  std::string reason;
  std::optional<Day> day;
};

enum class Outputs : std::uint8_t { Keep, Remove };
// Where files lie that the ledger does not know.
struct UnknownIn { const std::filesystem::path& folder; const Job& job; bool finished = false; };
// Whether such a file, by its name from the folder, was left by a run of this job.
using IsLeft = std::function<bool(const UnknownIn& in, std::string_view name)>;
struct Purge {
  Day today;
  std::optional<std::uint32_t> keep_days;  // in place of the job's
  Outputs outputs = Outputs::Keep;         // Remove: files of pieces go as well
  IsLeft is_left = nullptr;                // such files go in any case, since no ledger vouches for them; none: they stay
};
struct Purged {
  bool due = false;                   // false: nothing was done, since the time is not over
  std::optional<Day> due_on;          // the first day on which it may be done
  // Counts only: names of files may be those of recipients.
  std::uint64_t keys = 0;             // pieces whose key went
  std::uint64_t files = 0;            // that were removed, those of shards too
  std::uint64_t renamed = 0;          // files of one piece, which might be named by its recipient, that got its number
  std::uint64_t left = 0;             // files that no ledger knew
};

// The one process that may write into a job's folder holds it: an advisory lock on the folder, which the system drops when the process ends, however it does. Another one waits a second for it. Shards share the folder above theirs,
// which no whole job and no merge can have meanwhile.
class FolderLock {
 public:
  enum class Held : std::uint8_t { Alone, Shared };
  enum class Missing : std::uint8_t { Told, Made };  // a folder that is not there; also one that another process removes meanwhile
  // `shown`: where it is told that there is none to be had.
  [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path& folder, const Span& shown, Diagnostics& diags, Held held = Held::Alone, Missing missing = Missing::Told);
  // Whether it is still the folder of that name.
  [[nodiscard]] bool is_of(const std::filesystem::path& folder) const;
  FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};
// Held: by the caller, for longer than the ledger is open.
enum class Lock : std::uint8_t { Take, Held };

struct LedgerState;

class Ledger {
 public:
  // Makes DIR/ledger.sqlite, readable by its owner only. A ledger that is there already is a fault. `secret`: for hashed keys, not empty then. `may_stand` is asked when all is ready, for what must be on the disk
  // before the ledger says that there is a job; when it says no, it has told why, and nothing is left.
  [[nodiscard]] static Result<Ledger> create(const std::filesystem::path& folder, const Job& job, std::string_view secret, Diagnostics& diags, const std::function<bool()>& may_stand = [] { return true; }, Lock lock = Lock::Take);
  // To go on writing; no other process may be. Its structure is checked, which takes a read of the whole file. A wrong secret is a fault.
  [[nodiscard]] static Result<Ledger> open(const std::filesystem::path& folder, std::string_view secret, Diagnostics& diags, Lock lock = Lock::Take);
  // For what writes no key, so that keys need no secret: to purge, to shred, to note an event.
  [[nodiscard]] static Result<Ledger> open_without_secret(const std::filesystem::path& folder, Diagnostics& diags);
  // Also while another process writes: then as of its last group. The secret may be left out; a find by key then fails where keys are hashed.
  [[nodiscard]] static Result<Ledger> open_read_only(const std::filesystem::path& folder, std::string_view secret, Diagnostics& diags);
  [[nodiscard]] static bool exists(const std::filesystem::path& folder);

  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();  // what is not committed is forgotten

  [[nodiscard]] const Job& job() const;

  // ---- writing: all of it in a group ----
  Result<std::monostate> begin_group(Diagnostics& diags);
  // The same kind has one id.
  Result<KindId> add_kind(const Kind& kind, Diagnostics& diags);
  Result<FileId> add_file(const File& file, Diagnostics& diags);
  // In any order of numbers. A row or number that is there already is a fault, and the group cannot be committed.
  Result<std::monostate> add_pieces(std::span<const Piece> pieces, Diagnostics& diags);
  Result<std::monostate> add_left_out(std::span<const LeftOut> rows, Diagnostics& diags);
  // One row may have several, added together.
  Result<std::monostate> add_rejects(std::span<const Reject> rejects, Diagnostics& diags);
  Result<std::monostate> add_count(std::string_view name, std::string_view detail, std::uint64_t by, Diagnostics& diags);
  // A file of the job's folder that is no output, as it stands there now: a job ticket, rejected rows. verify() knows it then; purge() removes it when it is personal. One that was written anew is known as it is now.
  Result<std::monostate> add_other_file(std::string_view name, Personal personal, Diagnostics& diags);
  Result<std::monostate> add_reprint(const Reprint& reprint, Diagnostics& diags);
  Result<std::monostate> mark_damaged(const Damage& damage, Diagnostics& diags);
  // Its number is the next one, whatever it says.
  Result<std::monostate> add_event(const Event& event, Diagnostics& diags);
  // Synced when it returns. After a fault nothing of the group is there.
  Result<std::monostate> commit_group(Diagnostics& diags);
  void drop_group();
  // The list had so many rows, and all of this ledger's shard are settled. In the group that is open, which it commits; else in one of its own.
  Result<std::monostate> finish(std::uint64_t rows_in, Diagnostics& diags);

  // ---- asking; of what is committed, and of the group that is open ----
  [[nodiscard]] bool is_done(Row row) const { return done().contains(row); }
  [[nodiscard]] const RowSet& done() const;     // rows with a piece
  [[nodiscard]] const RowSet& settled() const;  // these, rejected ones and those left out
  Result<Totals> totals(Diagnostics& diags) const;
  Result<std::uint64_t> last_number(Diagnostics& diags) const;  // of a piece; 0: none
  // In their order: the first and its reprints.
  Result<std::vector<PieceEntry>> find_key(std::string_view key, Diagnostics& diags) const;
  Result<std::vector<PieceEntry>> find_row(Row row, Diagnostics& diags) const;
  Result<std::optional<PieceEntry>> find_number(std::uint64_t number, Diagnostics& diags) const;
  Result<std::vector<FileEntry>> files(Diagnostics& diags) const;
  // By first page.
  Result<std::vector<PieceEntry>> pieces_of_file(std::string_view file_name, Diagnostics& diags) const;
  // By number; `take` returns whether to go on. Memory does not grow with their number.
  Result<std::monostate> each_piece(const std::function<bool(const PieceEntry&)>& take, Diagnostics& diags) const;
  Result<std::vector<Reject>> rejects(Diagnostics& diags) const;  // by row
  Result<std::optional<LeftOutBecause>> why_left_out(Row row, Diagnostics& diags) const;
  Result<std::vector<Event>> events(Diagnostics& diags) const;
  // Of a joined job: the rows with a piece of the shards that were begun on another day than the job has. What a list says of people by a day, it said to them by that of their shard.
  Result<std::vector<RowsOfDay>> rows_of_other_days(Diagnostics& diags) const;
  // Rows 1 to `rows` that are neither printed nor left out nor rejected: what a run that ended early still owes. Not of a shard, whose ledger doesn't know which of them are other shards'.
  [[nodiscard]] RowSet never_printed(std::uint64_t rows) const;
  Result<std::uint64_t> last_event(Diagnostics& diags) const;  // its number; 0: none
  // Whether the entries of these pieces, of their files and of the job are not those that were written, by the seals of their groups.
  Result<bool> is_altered(std::span<const std::uint64_t> numbers, Diagnostics& diags) const;
  // Finished files that are not there any more or have another size: a look at each, without reading it. Sorted by id.
  Result<std::vector<Finding>> check_files(Diagnostics& diags) const;
  // The same of job tickets, reports and rejects.csv; by name. What nobody needs again is passed over (may_lack()), and so are personal files: refused rows are there to be mended.
  Result<std::vector<Finding>> check_other_files(Diagnostics& diags) const;
  // What a ticket, a report or a list of refused rows was when it was written; nothing: no such file is known.
  Result<std::optional<FileDigest>> other_file(std::string_view name, Diagnostics& diags) const;
  // Files of the job's folder that the ledger doesn't know, sorted. `under`: a folder there; "": all.
  Result<std::vector<std::string>> unknown_files(std::string_view under, Diagnostics& diags) const;
  // By kind and name; empty when the inputs are the same.
  [[nodiscard]] std::vector<InputDifference> compare_inputs(std::span<const Input> now) const;
  // Reads every file of the job's folder: each must be as it was written, and none may be there that the ledger does not know. `known`: further names that belong
  // there, files or folders. The ledger's own rows are held against the seals of their groups, and what changes in them against what tells of the change. Empty when all is well.
  Result<std::vector<Finding>> verify(std::span<const std::string> known, Diagnostics& diags) const;

  // Removes keys, copies of personal inputs and personal files when their time is over; files of one piece get its number as their name, and keys in reasons go. What was removed is overwritten in the ledger. The ledgers of
  // the shards that this one was joined from are purged too, before it; one that is not there is told as a fault when all others are purged. Recorded as an event. Faults: an altered ledger; a shard's that is of another job or in use; another process that reads; the machine's.
  Result<Purged> purge(const Purge& order, Diagnostics& diags);
  // Personal files with these names, in the job's folder and those of its shards, half written ones (NAME.….part) too, are overwritten, synced and removed, and the ledger knows them no more; an event says so, also where there were none. How many there were. A shard that is not there is told as a fault.
  Result<std::uint64_t> shred(std::span<const std::string_view> file_names, const std::optional<Day>& day, Diagnostics& diags);
  // The folder of the ledger that this shard's was joined to, where that is there and says that it has ended: of a merge that was cut off nothing stands, and the next one copies the shard anew.
  Result<std::optional<std::filesystem::path>> joined_in(Diagnostics& diags) const;
  Result<bool> is_shredded(Diagnostics& diags) const;  // once, by that event

  // One ledger of all shards in `out`, a folder without one that holds theirs: file names get their shard's folder in front. Told as faults: shards of different
  // jobs or not finished, a shard that is named twice, rows in two of them, rows in none, numbers given twice, files of a shard that are not there or not as they were written. Shards may be of several days: the job's is the earliest, and an event tells of each shard that has another. `day`: on which they are joined, for the event.
  // Where `out` holds the joined ledger of exactly these shards already, that is told as a note, and nothing is written: it is given back to be read only.
  // `may_end` is asked when all is copied, in the group that is open, for what the joined job is to have beside its ledger; when it says no, it has told why. A merge that is cut off leaves a ledger without an end, and the same one begins anew.
  [[nodiscard]] static Result<Ledger> merge(const std::filesystem::path& out, std::span<const std::filesystem::path> shards, Diagnostics& diags, const std::optional<Day>& day = {}, const std::function<bool(Ledger&)>& may_end = [](Ledger&) { return true; });

 private:
  explicit Ledger(std::unique_ptr<LedgerState> state);
  // The ledgers of the shards that this one was joined from, as far as they are there; where the others should be.
  struct Joined;
  Result<Joined> open_joined(Diagnostics& diags) const;
  // Where a shard was told last that it is joined to, if a ledger of its job stands there.
  struct JoinedTo;
  static Result<std::optional<JoinedTo>> joined_to(const LedgerState& shard, Diagnostics& diags);
  static std::optional<Ledger> joined_before(const std::filesystem::path& out, std::span<const std::filesystem::path> shards);
  std::unique_ptr<LedgerState> state_;
};

// What is in a job's folder for somebody to look at once and can't be made again, or is part of something else: how fast a run was, who was chosen for a proof, what a report was made of.
[[nodiscard]] bool may_lack(std::string_view name);

// The secret of hashed keys: a file's bytes without a line end behind them, at least 16 of them. Fewer are the input's fault.
Result<std::string> read_secret(const std::filesystem::path& file, Diagnostics& diags);
[[nodiscard]] std::string to_text(Day day);               // "2026-11-22"
[[nodiscard]] std::optional<Day> day_from_text(std::string_view text);

}  // namespace handout::ledger
