#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/digest.h"
#include "base/files.h"
#include "batch/envelope_fill.h"
#include "batch/file_group.h"
#include "batch/job_tickets.h"
#include "batch/marking.h"
#include "batch/own_names.h"
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
  std::uint64_t merged = 0;    // pieces that go into the envelope of another
  std::uint64_t kept = 0;      // of an earlier run
  std::uint64_t unfinished = 0;  // pieces that were made and are in no whole file: who goes on makes them again
  double share = 0;            // of the list, how much is behind us, 0 to 1; 0: not known
  std::map<std::string, std::uint64_t> fallbacks;
};

// Counts of the ledger by which the report is made: pieces by their pages, those in the envelope of another, and those in another language than the recipient's.
inline constexpr std::string_view kPagesOfPiece = "pages-of-a-piece", kMerged = "merged", kFallback = "fallback";
// Pieces by what is told of them at the end, whichever run made them.
inline constexpr std::string_view kWarned = "warning";

// Pieces of a print file at most; one envelope may have more.
std::uint64_t most_pieces(const mailings::Output& output);

// Where pieces go: print files by class, files of their own; and into the ledger once they are on the disk.
class Outputs {
 public:
  struct Job {
    const mailings::Mailing& mailing;
    std::filesystem::path folder;
    std::string id;             // of marks
    std::string srgb_profile;
    marks::JobTicket::For use = marks::JobTicket::For::Mailing;
    ledger::Shard shard{};
    std::optional<ledger::Day> day{};
  };
  explicit Outputs(Job job);
  ~Outputs();

  // Takes up what the ledger has of earlier runs; before any piece comes.
  Result<std::monostate> begin(ledger::Ledger& ledger, Diagnostics& diags);

  // Pieces come in the order in which they are printed, with room for their marks (PressOptions::marks). A failure is the machine's.
  Result<std::optional<Refused>> add(Piece piece, Diagnostics& diags);
  void add(const Refused& refused) { rejects_.push_back({refused.row, refused.column, refused.reason}); }
  void add(const LeftOut& left_out) { left_out_.push_back({left_out.row, left_out.why}); }
  // Pieces in the envelopes of others, so far.
  [[nodiscard]] std::uint64_t merged() const { return merged_; }
  // The last envelope: no more pieces come.
  Result<std::monostate> put_collected(Diagnostics& diags);
  // What the ledger gets when all files are ended, as far as it is known before: without the files' sizes and digests. After put_collected().
  struct Pending {
    std::vector<ledger::File> files;
    std::vector<WrittenPiece> pieces;
    std::uint64_t merged = 0;
    std::vector<ledger::Reject> rejects;
    std::vector<ledger::LeftOut> left_out;
  };
  [[nodiscard]] Pending pending() const;
  // Ends all files.
  Result<std::monostate> finish(Diagnostics& diags);
  // What was kept of handouts: nothing comes any more.
  void let_go() { alike_.clear(); }
  // What is whole stays and rows without a piece are noted; print files that are not whole are given up.
  Result<std::monostate> stop(Diagnostics& diags);

 private:
  Result<std::monostate> end_file(const std::string& split_class, Diagnostics& diags);
  Result<std::monostate> commit_own_files(Diagnostics& diags);
  // Rows without a piece, in the group that is open.
  Result<std::monostate> add_rows_without_piece(Diagnostics& diags);
  // What goes into one envelope: pieces of one household that the mailing doesn't want apart.
  struct Enclosed { Piece piece; std::string own_name; };
  using Envelope = std::vector<Enclosed>;
  struct Collected { EnvelopeFill fill; Envelope envelope; };
  [[nodiscard]] const std::string& class_of(const Envelope& envelope);
  [[nodiscard]] static std::size_t sheets_of(const Envelope& envelope);
  Result<std::monostate> collect(Enclosed enclosed, Diagnostics& diags);
  Result<std::monostate> put(Envelope envelope, Diagnostics& diags);
  Result<PrintFile*> file_for(const std::string& split_class, const Envelope& envelope, Diagnostics& diags);
  Result<std::monostate> write_ticket(const std::string& split_class, PrintFile& file, Diagnostics& diags);
  Result<std::monostate> add_counts(PrintFile& file, const std::string& split_class, Diagnostics& diags);

  Job job_;
  ledger::Ledger* ledger_ = nullptr;                 // since begin()
  std::map<std::string, std::uint64_t> ended_;       // files of each class
  std::map<std::string, std::unique_ptr<PrintFile>> open_;
  std::vector<ledger::Reject> rejects_;
  std::vector<ledger::LeftOut> left_out_;
  struct Own;
  std::unique_ptr<Own> own_;                         // files of pieces that wait for their group
  OwnNames own_names_;
  std::map<std::string, std::string> stream_names_;  // of print files that are done: as they collide -> their class
  Marking marking_;
  // What handouts have in common that are like one seen lately, which it keeps alive: its address is not another's then.
  struct Alike { std::string setup; std::map<std::size_t, std::string> classes; };  // machine_setup(); by the sheets of an envelope
  std::map<std::shared_ptr<const Stations>, Alike> alike_;
  Alike& alike(const std::shared_ptr<const Stations>& like);
  std::map<std::string, TicketFacts> facts_;         // of the files that are open, by class
  Household household_{};                            // whose pieces are collected,
  std::map<std::string, Collected> collected_;       // by what keeps them apart
  std::uint64_t merged_ = 0;
};

}  // namespace handout::batch
