#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "batch/press.h"
#include "batch/request_maker.h"
#include "batch/snapshot.h"
#include "ledger/ledger.h"
#include "mailings/mailing.h"
#include "merge/merge.h"
#include "pipeline.h"

namespace handout::batch {

// A job that has been read from its folder.
struct JobAgain {
  std::filesystem::path folder, list;  // list: the copy of the recipients'
  ledger::Job job;
  std::vector<ledger::RowsOfDay> other_days;   // of shards that were begun on another day than the job has
  mailings::Mailing mailing;
  std::optional<Snapshot> snapshot;
  const std::atomic<bool>* stop = nullptr;  // looked at between pieces; nothing is told then
};

// How a job was written: files alone have no blank backs and no marks, since no machine feeds them with others.
[[nodiscard]] mailings::OutputAs written_as(const ledger::Job& job);
[[nodiscard]] bool is_proof(const ledger::Job& job);

// Makes pieces of a job again from the copies in its folder. What is made refers to it.
class PiecesAgain {
 public:
  static Result<std::unique_ptr<PiecesAgain>> make(const JobAgain& job, const Installation& own, Diagnostics& diags);
  PiecesAgain(const PiecesAgain&) = delete;
  PiecesAgain& operator=(const PiecesAgain&) = delete;

  enum class OwnFiles : std::uint8_t { No, Yes };  // Yes: each as the bytes of a file of its own as well
  // Calls `take` for each piece, in this order, until it returns false, having told why. Faults: a row that is no recipient any more, or whose handout cannot be made; the machine's.
  using Take = std::function<bool(Piece piece, const ledger::PieceEntry& first)>;
  Result<std::monostate> each(std::span<const ledger::PieceEntry> entries, OwnFiles own_files, const Take& take, Diagnostics& diags);
  [[nodiscard]] const std::string& profile() const { return profile_; }

 private:
  PiecesAgain(const JobAgain& job, const Installation& installation) : job_(job), pipeline_(installation), merger_(pipeline_) {}
  // Of the days of their shards.
  Result<std::map<std::uint64_t, Somebody>> people_of(std::span<const ledger::PieceEntry> entries, Diagnostics& diags) const;
  Result<std::monostate> put(Press& press, std::span<const ledger::PieceEntry> entries, const std::map<std::uint64_t, Somebody>& people, Diagnostics& diags);

  const JobAgain& job_;
  Pipeline pipeline_;
  merge::Merger merger_;
  std::optional<RequestMaker> maker_;
  std::string profile_;
};

}  // namespace handout::batch
