#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/digest.h"
#include "base/files.h"
#include "batch/file_group.h"
#include "batch/marking.h"
#include "batch/press.h"
#include "ledger/ledger.h"
#include "mailings/mailing.h"
#include "marks/job_ticket.h"
#include "pdf/pdf.h"

namespace handout::batch {

// What is told of a job while it runs and when it is done. Rows count once.
struct Tally {
  std::uint64_t rows = 0;      // read so far
  std::uint64_t pieces = 0, pages = 0, sheets = 0, files = 0;
  std::uint64_t rejected = 0, filtered = 0, suppressed = 0, duplicates = 0;
  std::uint64_t kept = 0;      // of an earlier run
  std::map<std::string, std::uint64_t> fallbacks;
};

// A file being written, with what the ledger will say of it.
class PrintFile;

// Where pieces go: print files by class, files of their own; and into the ledger once they are on the disk.
class Outputs {
 public:
  struct Job {
    const mailings::Mailing& mailing;
    std::filesystem::path folder;
    std::string id;             // of marks
    std::string srgb_profile;
  };
  Outputs(Job job, ledger::Ledger& ledger);
  ~Outputs();

  // Takes up what the ledger has of earlier runs; before anything else.
  Result<std::monostate> begin(Diagnostics& diags);

  // Pieces come in the order in which they are printed. A failure is the machine's, or the layout's (marks that are in the way).
  Result<std::optional<Refused>> add(Piece piece, Diagnostics& diags);
  void add(const Refused& refused) { rejects_.push_back({refused.row, refused.column, refused.reason}); }
  void add(const LeftOut& left_out) { left_out_.push_back({left_out.row, left_out.why}); }
  // Ends all files.
  Result<std::monostate> finish(Diagnostics& diags);
  // What is whole stays and rows without a piece are noted; print files that are not whole are given up.
  Result<std::monostate> stop(Diagnostics& diags);

 private:
  Result<std::monostate> end_file(const std::string& split_class, Diagnostics& diags);
  Result<std::monostate> commit_own_files(Diagnostics& diags);
  // Rows without a piece, in the group that is open.
  Result<std::monostate> add_rows_without_piece(Diagnostics& diags);
  Result<std::string> own_name(const Piece& piece);
  [[nodiscard]] std::string class_of(const Piece& piece) const;
  Result<PrintFile*> file_for(const std::string& split_class, const Piece& piece, Diagnostics& diags);

  Job job_;
  ledger::Ledger& ledger_;
  std::map<std::string, std::uint64_t> ended_;       // files of each class
  std::map<std::string, std::unique_ptr<PrintFile>> open_;
  std::vector<ledger::Reject> rejects_;
  std::vector<ledger::LeftOut> left_out_;
  struct Own;
  std::unique_ptr<Own> own_;                         // files of pieces that wait for their group
  std::unordered_set<std::string> own_names_;        // as they collide
  std::map<std::string, std::string> stream_names_;  // of print files that are done: as they collide -> their class
  Marking marking_;
};

}  // namespace handout::batch
