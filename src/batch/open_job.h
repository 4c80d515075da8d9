#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "batch/batch.h"
#include "batch/snapshot.h"

// How a job begins, and how it goes on: its folder, the copies of its inputs, its ledger.
namespace handout::batch {

// The folder of a job that may have to be as if it had never been.
class JobFolder {
 public:
  // Before the job is begun: folders that are not there yet are its making.
  explicit JobFolder(const std::filesystem::path& folder);

  // In such an order that, where this is killed, the next run goes on with the job or begins it anew.
  void remove_job() const;
  // Copies of a job that has no ledger; a folder that no job made stays.
  void remove_copies() const;

 private:
  void remove_folders() const;

  const std::filesystem::path& folder_;
  std::vector<std::filesystem::path> made_;  // the innermost first
};

struct JobToOpen {
  const Order& order;
  const mailings::Mailing& mailing;
  const std::vector<InputFile>& inputs;
  std::string_view secret;  // of hashed keys
};
// Makes the folder, copies the inputs, makes the ledger. Faults: a folder that holds anything else, inputs that change meanwhile, the machine's.
Result<ledger::Ledger> begin_job(const JobToOpen& job, Diagnostics& diags);
// Opens the ledger and removes what a killed run left. Faults: a job of another program, shard or day; inputs that are not what they were; finished files that are not there or have another size.
Result<ledger::Ledger> go_on_with_job(const JobToOpen& job, Diagnostics& diags);
// What is finished must still be there: the job would end without it. False: what is missing, or of another size, was told.
[[nodiscard]] bool check_files(const ledger::Ledger& ledger, const std::filesystem::path& folder, Diagnostics& diags);

}  // namespace handout::batch
