#include "batch/joined_report.h"

#include "batch/control_totals.h"
#include "batch/pieces_again.h"
#include "batch/report.h"
#include "batch/snapshot.h"

namespace handout::batch {

Result<std::monostate> report_joined(ledger::Ledger& ledger, const std::filesystem::path& folder, const Installation& own, Diagnostics& diags) {
  const tl::unexpected<Failure> failed{Failure{}};
  const ledger::Job& job = ledger.job();
  const Snapshot snapshot(folder, job.inputs);
  std::error_code ignored;
  if (!std::filesystem::exists(snapshot.first("mailing"), ignored)) {
    diags.warning(Span::of_file(folder.string()), "there is no report of the joined job: the first shard has no copy of its mailing").hint("each shard's folder has a report of its own");
    return std::monostate{};
  }
  const auto overrides = read_overrides(folder, job.inputs, diags);
  const auto counted = ledger.totals(diags);
  if (!overrides || !counted) return failed;
  const auto mailing = mailings::read_mailing(snapshot.first("mailing"), *overrides, diags);
  if (!mailing) return failed;
  // Each shard's run has held its counts against its ledger; here ledger and files are held against each other.
  RunCounts counts{counted->rows_in.value_or(0), {}, written_as(job)};
  counts.tally.pieces = counted->pieces;
  counts.tally.pages = counted->pages;
  counts.tally.sheets = counted->sheets;
  counts.tally.rejected = counted->rejected;
  counts.tally.filtered = counted->filtered;
  counts.tally.suppressed = counted->suppressed;
  counts.tally.duplicates = counted->duplicates;
  const auto totals = control_totals(ledger, counts, diags);
  if (!totals) return failed;
  Pipeline pipeline(snapshot.installation(own));
  FileGroup files(folder);
  const auto names = write_report({*mailing, job, folder}, *totals, pipeline, files, diags);
  if (!names || !files.commit(diags) || !ledger.begin_group(diags)) return failed;
  for (const std::string& name : *names) {
    if (!ledger.add_other_file(name, ledger::Personal::No, diags)) return failed;
  }
  return ledger.commit_group(diags);
}

}  // namespace handout::batch
