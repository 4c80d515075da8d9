#include "batch/control_totals.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/numbers.h"
#include "batch/reprint.h"
#include "batch/told_alike.h"

namespace handout::batch {

namespace {

void add_files(ControlTotals& totals, const std::vector<ledger::FileEntry>& files) {
  std::map<std::string, ControlTotals::Class> classes;
  for (const ledger::FileEntry& each : files) {
    // What shards printed again before they were joined is no part of the job.
    if (is_reprint(each.file)) {
      --totals.ledger.files;
      continue;
    }
    totals.files.push_back(each.file);
    ControlTotals::Class& of = classes[each.file.split_class];
    of.name = each.file.split_class;
    ++of.files;
    of.pieces += each.file.pieces;
    of.pages += each.file.pages;
    of.sheets += each.file.sheets;
    of.bytes += each.file.bytes;
  }
  for (auto& [name, of] : classes) totals.classes.push_back(std::move(of));
}

void add_rejects(ControlTotals& totals, const std::vector<ledger::Reject>& rejects) {
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
  for (const ledger::Reject& each : rejects) ++counts[{each.column, told_alike(each.reason)}];
  for (const auto& [what, rows] : counts) totals.rejects.push_back({what.first, what.second, rows});
  std::stable_sort(totals.rejects.begin(), totals.rejects.end(), [](const auto& a, const auto& b) { return a.rows > b.rows; });
}

void add_bars(ControlTotals& totals) {
  for (const ledger::Totals::Locale& each : totals.ledger.locales) totals.locales.push_back({each.locale, each.pieces});
  std::stable_sort(totals.locales.begin(), totals.locales.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  for (const ledger::Count& each : totals.ledger.counts) {
    if (each.name == kPagesOfPiece) totals.pages.push_back({each.detail, each.value});
    if (each.name == kMerged) totals.merged += each.value;
  }
  std::sort(totals.pages.begin(), totals.pages.end(), [](const auto& a, const auto& b) { return parse_integer(a.name).value_or(0) < parse_integer(b.name).value_or(0); });
}

class Comparison {
 public:
  void expect(std::string_view what, std::uint64_t here, std::string_view here_is, std::uint64_t there, std::string_view there_is) {
    if (here != there) differences_.push_back(fmt::format("{}: {} {}, {} {}", what, here, here_is, there, there_is));
  }
  [[nodiscard]] std::vector<std::string> take() { return std::move(differences_); }

 private:
  std::vector<std::string> differences_;
};

}  // namespace

std::vector<std::string> differences(const ControlTotals& totals, const RunCounts& run) {
  Comparison compare;
  const ledger::Totals& ledger = totals.ledger;
  constexpr std::string_view kLedger = "by the ledger", kRun = "by the run", kFiles = "in its files";
  compare.expect("rows", totals.own_rows, "in the list", ledger.pieces + ledger.rejected + ledger.filtered + ledger.suppressed + ledger.duplicates, "printed, rejected and left out");
  compare.expect("pieces", ledger.pieces, kLedger, run.tally.pieces, kRun);
  compare.expect("pages", ledger.pages, kLedger, run.tally.pages, kRun);
  compare.expect("sheets", ledger.sheets, kLedger, run.tally.sheets, kRun);
  compare.expect("rejected rows", ledger.rejected, kLedger, run.tally.rejected, kRun);
  compare.expect("filtered rows", ledger.filtered, kLedger, run.tally.filtered, kRun);
  compare.expect("suppressed rows", ledger.suppressed, kLedger, run.tally.suppressed, kRun);
  compare.expect("duplicates", ledger.duplicates, kLedger, run.tally.duplicates, kRun);
  ControlTotals::Class streams, own;
  for (const ControlTotals::Class& each : totals.classes) {
    ControlTotals::Class& sum = each.name == ledger::kOwnFileClass ? own : streams;
    sum.pieces += each.pieces;
    sum.pages += each.pages;
    sum.sheets += each.sheets;
  }
  const auto compare_files = [&](const ControlTotals::Class& sum, std::string_view name) {
    compare.expect("pieces", ledger.pieces, kLedger, sum.pieces, name);
    compare.expect("pages", ledger.pages, kLedger, sum.pages, name);
    compare.expect("sheets", ledger.sheets, kLedger, sum.sheets, name);
  };
  if (run.as != mailings::OutputAs::Files) compare_files(streams, "in print files");
  if (run.as != mailings::OutputAs::Stream) compare_files(own, "in files of their own");
  std::uint64_t by_locale = 0, by_pages = 0, pages = 0;
  for (const auto& each : totals.locales) by_locale += each.count;
  for (const auto& each : totals.pages) {
    by_pages += each.count;
    pages += each.count * static_cast<std::uint64_t>(parse_integer(each.name).value_or(0));
  }
  compare.expect("pieces", ledger.pieces, kLedger, by_locale, "in all locales");
  compare.expect("pieces", ledger.pieces, kLedger, by_pages, "by their pages");
  compare.expect("pages", ledger.pages, kLedger, pages, "of pieces by their pages");
  compare.expect("files", ledger.files, kLedger, totals.files.size(), kFiles);
  return compare.take();
}

Result<ControlTotals> control_totals(const ledger::Ledger& ledger, const RunCounts& run, Diagnostics& diags) {
  ControlTotals totals;
  totals.own_rows = run.own_rows;
  auto counted = ledger.totals(diags);
  if (!counted) return tl::unexpected<Failure>(Failure{});
  totals.ledger = std::move(*counted);
  const auto files = ledger.files(diags);
  if (!files) return tl::unexpected<Failure>(Failure{});
  add_files(totals, *files);
  const auto rejects = ledger.rejects(diags);
  if (!rejects) return tl::unexpected<Failure>(Failure{});
  add_rejects(totals, *rejects);
  add_bars(totals);
  const auto found = differences(totals, run);
  for (const std::string& each : found) diags.machine_error({}, fmt::format("internal error: control totals differ: {}", each)).hint("nothing of this job should be sent before its cause is known");
  if (!found.empty()) return tl::unexpected<Failure>(Failure{});
  return totals;
}

}  // namespace handout::batch
