#include "batch/joined_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <vector>

#include "batch/leftovers.h"
#include "batch/people.h"
#include "batch/report.h"
#include "batch/snapshot.h"
#include "batch/write_beside.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

constexpr int kInputsFault = 1;  // Diagnostics::exit_code()
constexpr std::array<std::string_view, 2> kReports{"report.json", "report.pdf"};

fs::path sheets_in(const fs::path& out) { return out / kJobFolder / "report"; }

// A merge that was killed has left half a ledger beside its report: without one these are somebody's.
bool may_write_report(const fs::path& out, Diagnostics& diags) {
  std::error_code ignored;
  const auto refuse = [&](const fs::path& file) { return diags.error(Span::of_file(file.string()), "is there already, and no ledger beside it: the joined job is to have a report of that name").hint("move it away, or remove it where it is of a joined job that you removed"), false; };
  for (const std::string_view name : kReports) {
    if (fs::exists(out / name, ignored)) return refuse(out / name);
  }
  const fs::path sheets = sheets_in(out);
  return !fs::exists(sheets, ignored) || fs::is_empty(sheets, ignored) || refuse(sheets);
}

// False where nobody can tell any more: its mailing or list was removed.
bool is_of_fhir(const fs::path& folder, const ledger::Job& job) {
  Diagnostics not_told;
  const Snapshot snapshot(folder, job.inputs);
  const auto overrides = read_overrides(folder, job.inputs, not_told);
  const auto mailing = overrides ? mailings::read_mailing(snapshot.first("mailing"), *overrides, not_told) : tl::unexpected(Failure{});
  if (!mailing) return false;
  const auto reader = recipients::Reader::open(snapshot.first("recipients").string(), reader_options(mailing->list, job.day), not_told);
  return reader && reader->format() == recipients::Format::Fhir;
}

// Of a report without a job.
void remove_report(const fs::path& out) {
  std::error_code ignored;
  for (const std::string_view name : kReports) fs::remove(out / name, ignored);
  fs::remove_all(sheets_in(out), ignored);
  fs::remove(out / kJobFolder, ignored);
}

// Shards of an older engine: today's may refuse what they were made of, which is no reason not to join them.
bool go_without_report(const fs::path& folder, const Diagnostics& told, Diagnostics& diags) {
  if (told.exit_code() != kInputsFault) return diags.append(told), false;
  const auto first = std::find_if(told.all().begin(), told.all().end(), [](const Diagnostic& each) { return each.severity == Severity::Error; });
  diags.warning(first->at, fmt::format("there is no report of the joined job: {}", first->message)).hint("it is said of the first shard's copies; each shard's folder has a report of its own");
  remove_report(folder);
  return true;
}

// Of FHIR patients keys and addresses go by the day, and the proof that nobody is in two shards goes by rows. What the list is, its copy says; without one nothing is printed again.
bool check_days(const ledger::Ledger& ledger, const fs::path& folder, Diagnostics& diags) {
  const auto events = ledger.events(diags);
  if (!events) return false;
  std::vector<ledger::Event> shards;
  std::copy_if(events->begin(), events->end(), std::back_inserter(shards), [](const ledger::Event& each) { return each.what == ledger::kShardBegun; });
  if (shards.empty() || !is_of_fhir(folder, ledger.job())) return true;
  const auto day_text = [](const std::optional<ledger::Day>& day) { return day ? ledger::to_text(*day) : "no day"; };
  for (const ledger::Event& each : shards) {
    diags.error(Span::of_file((folder / each.reason).string()), fmt::format("is a shard of {}, and others are of {}: keys and addresses of FHIR patients go by the day, so some may be printed twice and others never", day_text(each.day), day_text(ledger.job().day))).hint("give every shard the same --day, in a new folder; send nothing of these");
  }
  return false;
}

// In the group of the joined ledger that is open.
bool report_joined(ledger::Ledger& ledger, const fs::path& folder, const Installation& own, Diagnostics& diags) {
  const ledger::Job& job = ledger.job();
  const Snapshot snapshot(folder, job.inputs);
  std::error_code ignored;
  if (!fs::exists(snapshot.first("mailing"), ignored)) {
    diags.warning(Span::of_file(folder.string()), "there is no report of the joined job: the first shard has no copy of its mailing").hint("each shard's folder has a report of its own");
    return true;
  }
  Diagnostics told;
  const auto overrides = read_overrides(folder, job.inputs, told);
  const auto mailing = overrides ? mailings::read_mailing(snapshot.first("mailing"), *overrides, told) : tl::unexpected(Failure{});
  if (!mailing) return go_without_report(folder, told, diags);
  const auto totals = totals_of_ledger(ledger, diags);
  if (!totals) return false;
  Pipeline pipeline(snapshot.installation(own));
  FileGroup files(folder);
  const auto names = write_report({*mailing, job, folder}, *totals, pipeline, files, told);
  if (!names) return go_without_report(folder, told, diags);
  diags.append(told);
  return files.commit(diags) && std::all_of(names->begin(), names->end(), [&](const std::string& name) { return ledger.add_other_file(name, ledger::Personal::No, diags).has_value(); });
}

}  // namespace

Result<ledger::Ledger> join(const fs::path& out, std::span<const fs::path> shards, const std::optional<ledger::Day>& day, const Installation& own, Diagnostics& diags) {
  const bool had_ledger = ledger::Ledger::exists(out);
  if (!had_ledger && !may_write_report(out, diags)) return tl::unexpected<Failure>(Failure{});
  bool writes = false;
  const auto may_end = [&](ledger::Ledger& joined) {
    if (!check_days(joined, out, diags)) return false;
    // Their folders are held by the merge.
    for (const fs::path& folder : shards) {
      const auto shard = ledger::Ledger::open_read_only(folder, "", diags);
      if (!shard || !remove_left_reprints(*shard, folder, diags)) return false;
    }
    writes = true;
    return report_joined(joined, out, own, diags);
  };
  auto joined = ledger::Ledger::merge(out, shards, diags, day, may_end);
  // Also what a merge that was killed had left, where half its ledger went.
  if (!joined && (writes || had_ledger) && !ledger::Ledger::exists(out)) remove_report(out);
  return joined;
}

}  // namespace handout::batch
