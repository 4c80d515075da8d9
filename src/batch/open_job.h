#pragma once

#include <chrono>
#include <filesystem>
#include <future>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/background.h"
#include "batch/batch.h"
#include "batch/snapshot.h"

// How a job begins, and how it goes on: its folder, the copies of its inputs, its ledger.
namespace handout::batch {

// The folder of a job, which may have to be as if it had never been. Nobody else writes into it as long as this lives.
class JobFolder {
 public:
  // Folders that are not there yet are its making. Faults: another process writes into it, or a whole job where a shard is to be; somebody would be printed twice (may_stand_in()); the machine's.
  static Result<JobFolder> take(const std::filesystem::path& folder, const ledger::Shard& shard, Diagnostics& diags);

  [[nodiscard]] bool has_job() const { return ledger::Ledger::exists(folder_); }
  // False: somebody removed it, or put another in its place.
  [[nodiscard]] bool is_there() const { return lock_ && lock_->is_of(folder_); }
  // In such an order that, where this is killed, the next run goes on with the job or begins it anew.
  void remove_job() const;
  // Copies of a job that has no ledger, and what else is half of it; a folder that no job made stays.
  void remove_copies() const;

 private:
  explicit JobFolder(const std::filesystem::path& folder);
  void remove_folders() const;

  std::filesystem::path folder_;
  std::vector<std::filesystem::path> made_;  // the innermost first
  std::optional<ledger::FolderLock> above_;  // a shard's
  std::optional<ledger::FolderLock> lock_;
};

// By who has the folder.
struct JobToOpen {
  const Order& order;
  const mailings::Mailing& mailing;
  const std::vector<InputFile>& inputs;
  std::string_view secret;  // of hashed keys
};

// A job that is begun, whose inputs are copied: its ledger is made in the background. What was copied may be read before all of that is on the disk; the ledger stands when it is.
class NewJob {
 public:
  NewJob(const JobToOpen& opened, Background& background);
  ~NewJob();
  NewJob(const NewJob&) = delete;
  NewJob& operator=(const NewJob&) = delete;

  [[nodiscard]] const ledger::Job& job() const { return job_; }
  // Whether ledger() would not wait.
  [[nodiscard]] bool is_ready() const { return ledger_.wait_for(std::chrono::seconds(0)) != std::future_status::timeout; }
  // Waits until the ledger stands; once. Faults: the machine's.
  Result<ledger::Ledger> ledger(Diagnostics& diags);

 private:
  std::filesystem::path folder_;
  ledger::Job job_;
  Diagnostics told_;
  std::future<Result<ledger::Ledger>> ledger_;
};
// False, and told: the folder holds something that is no job.
[[nodiscard]] bool may_begin(const std::filesystem::path& folder, Diagnostics& diags);
// Opens the ledger and removes what a killed run or reprint left. Faults: a job of another program, shard or day; inputs that are not what they were; finished files that are not there or have another size.
Result<ledger::Ledger> go_on_with_job(const JobToOpen& job, Diagnostics& diags);
// What is finished must still be there, job tickets, reports and lists of refused rows too: the job would end without it. False: what is missing, or of another size, was told.
[[nodiscard]] bool check_files(const ledger::Ledger& ledger, const std::filesystem::path& folder, Diagnostics& diags);

}  // namespace handout::batch
