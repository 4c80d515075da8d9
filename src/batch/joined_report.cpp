#include "batch/joined_report.h"

#include "batch/leftovers.h"
#include "batch/report.h"
#include "batch/snapshot.h"
#include "batch/write_beside.h"

namespace handout::batch {

namespace {

// In the group of the joined ledger that is open.
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
  if (!overrides) return failed;
  const auto mailing = mailings::read_mailing(snapshot.first("mailing"), *overrides, diags);
  const auto totals = mailing ? totals_of_ledger(ledger, diags) : failed;
  if (!totals) return failed;
  Pipeline pipeline(snapshot.installation(own));
  FileGroup files(folder);
  const auto names = write_report({*mailing, job, folder}, *totals, pipeline, files, diags);
  if (!names || !files.commit(diags)) return failed;
  for (const std::string& name : *names) {
    if (!ledger.add_other_file(name, ledger::Personal::No, diags)) return failed;
  }
  return std::monostate{};
}

}  // namespace

Result<ledger::Ledger> join(const std::filesystem::path& out, std::span<const std::filesystem::path> shards, const std::optional<ledger::Day>& day, const Installation& own, Diagnostics& diags) {
  const auto may_end = [&](ledger::Ledger& joined) {
    // Their folders are held by the merge.
    for (const std::filesystem::path& folder : shards) {
      const auto shard = ledger::Ledger::open_read_only(folder, "", diags);
      if (!shard || !remove_left_reprints(*shard, folder, diags)) return false;
    }
    return report_joined(joined, out, own, diags).has_value();
  };
  auto joined = ledger::Ledger::merge(out, shards, diags, day, may_end);
  if (joined) return joined;
  // Of a report without a job.
  std::error_code ignored;
  if (!ledger::Ledger::exists(out)) {
    std::filesystem::remove_all(out / kJobFolder / "report", ignored);
    std::filesystem::remove(out / kJobFolder, ignored);
  }
  return joined;
}

}  // namespace handout::batch
