#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "base/diagnostics.h"
#include "batch/outputs.h"
#include "batch/proof.h"
#include "batch/rejects.h"
#include "ledger/ledger.h"
#include "mailings/mailing.h"
#include "pipeline.h"

// A mailing and a list of people -> finished print files and a ledger that says what is in them.
namespace handout::batch {

inline constexpr std::string_view kEngine = "handout 0.5.0";  // whose pages may differ from another's

enum class Goes : std::uint8_t { BeginOrGoOn, GoOn };  // GoOn: a folder without a job is a fault
enum class Writes : std::uint8_t { Files, Nothing };  // Nothing: everything is made and counted, and none of it written

// What the command says.
struct Order {
  std::filesystem::path mailing, recipients, folder;
  std::optional<mailings::OutputAs> as;   // in place of the mailing's
  mailings::Overrides overrides;          // other things in place of the mailing's; inputs of the job, but for --rejects
  Writes writes = Writes::Files;
  Goes goes = Goes::BeginOrGoOn;
  std::size_t threads = 0;                // 0: one for each processor
  ledger::Shard shard;
  std::optional<std::size_t> proof;       // so many pieces at most, to look over: a job of its own, whose other rows count as filtered
  std::optional<ledger::Day> day;         // on which the job is made; ledger --purge counts from it. That of a job that is there must be the same
  std::optional<ledger::Day> today;       // the day of a job that is begun, where none is given
  OriginalRows refused = OriginalRows::Copy;  // Leave: the original text of refused rows is not kept, and what is there of it is shredded
};

// "column 'dob': is no day of the calendar", or the reason alone.
[[nodiscard]] std::string describe(const Refused& refused);

// Told from time to time, and at the end.
class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void see(const Tally& tally) = 0;
};

enum class Ended : std::uint8_t {
  Done,          // every row is settled
  DoneBefore,    // there was nothing to do
  Stopped,       // asked to stop: the same order goes on
  TooManyRejects
};
// Rows that were refused, without a value of them.
struct Refusals {
  static constexpr std::size_t kMostFirst = 20;
  std::vector<Refused> first;                  // of this run, those of the lowest rows
  std::map<std::string, std::uint64_t> often;  // by column and reason, as people read them; of earlier runs too
  std::uint64_t met = 0;                       // what the limit looks at: of the rows so far, whenever they were refused
  mailings::RejectLimit limit;
};
// What is told of pieces that were made.
struct Warned {
  static constexpr std::size_t kMostRows = 5;
  std::uint64_t pieces = 0;
  std::vector<std::uint64_t> rows;  // the first of this run, in the order in which they were made
};
struct Outcome {
  Ended ended = Ended::Done;
  Tally tally;
  Refusals refusals;
  std::map<std::string, Warned> warnings;  // by what they say; of earlier runs too
  std::optional<Proof> proof;
  double first_pass_seconds = 0;  // that the list took to be read and sorted; 0: it was not
};

// Runs a job, or goes on with one that was stopped or killed: the folder's ledger says what is done. Files come out the same, byte for byte, however often it is interrupted and whatever the number of threads.
// Faults: those of mailing, list, articles and layout; a folder with a job that is another one or of another day, whose inputs have changed since (with the differences), or whose finished files are not there or have another
// size; a ledger that is damaged or in use; the machine's.
// A row that has a fault is refused and doesn't stop the others. `stop` is looked at between pieces.
Result<Outcome> run(const Order& order, const Installation& own, Watcher& watcher, const std::atomic<bool>& stop, Diagnostics& diags);

}  // namespace handout::batch
