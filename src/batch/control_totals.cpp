#include "batch/control_totals.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

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

namespace {

// What the ledger has.
struct Counted {
  ledger::Totals totals;
  std::vector<ledger::FileEntry> files;
  std::vector<ledger::Reject> rejects;
};

Result<Counted> count(const ledger::Ledger& ledger, Diagnostics& diags) {
  auto totals = ledger.totals(diags);
  auto files = totals ? ledger.files(diags) : tl::unexpected<Failure>(Failure{});
  auto rejects = files ? ledger.rejects(diags) : tl::unexpected<Failure>(Failure{});
  if (!rejects) return tl::unexpected<Failure>(Failure{});
  return Counted{std::move(*totals), std::move(*files), std::move(*rejects)};
}

ControlTotals totals_of(Counted counted, std::uint64_t own_rows) {
  ControlTotals totals;
  totals.own_rows = own_rows;
  totals.ledger = std::move(counted.totals);
  add_files(totals, counted.files);
  add_rejects(totals, counted.rejects);
  add_bars(totals);
  return totals;
}

// Those of a name and what it says more, in the order of both.
void add_to(std::vector<ledger::Count>& counts, std::string_view name, std::string_view detail, std::uint64_t by) {
  const auto at = std::ranges::lower_bound(counts, std::pair(name, detail), {}, [](const ledger::Count& each) { return std::pair<std::string_view, std::string_view>(each.name, each.detail); });
  if (at != counts.end() && at->name == name && at->detail == detail) at->value += by;
  else counts.insert(at, {std::string(name), std::string(detail), by});
}

void add_to(std::vector<ledger::Totals::Locale>& locales, const std::string& locale, std::uint64_t pages) {
  auto at = std::ranges::lower_bound(locales, locale, {}, &ledger::Totals::Locale::locale);
  if (at == locales.end() || at->locale != locale) at = locales.insert(at, {locale, 0, 0});
  ++at->pieces;
  at->pages += pages;
}

void add(Counted& counted, const Outputs::Pending& pending) {
  ledger::Totals& totals = counted.totals;
  for (const ledger::File& each : pending.files) counted.files.push_back({{}, each, {}});
  totals.files += pending.files.size();
  for (const WrittenPiece& each : pending.pieces) {
    ++totals.pieces;
    totals.pages += each.pages;
    totals.sheets += each.sheets;
    add_to(totals.locales, each.kind->locale, each.pages);
    add_to(totals.counts, kPagesOfPiece, std::to_string(each.pages), 1);
    if (!each.fallback.empty()) add_to(totals.counts, kFallback, each.fallback, 1);
  }
  if (pending.merged > 0) add_to(totals.counts, kMerged, "", pending.merged);
  std::set<ledger::Row> refused;
  for (const ledger::Reject& each : pending.rejects) {
    if (refused.insert(each.row).second) ++totals.rejected;
    counted.rejects.push_back(each);
  }
  using Because = ledger::LeftOutBecause;
  for (const ledger::LeftOut& each : pending.left_out) ++(each.why == Because::Filtered ? totals.filtered : each.why == Because::Suppressed ? totals.suppressed : totals.duplicates);
}

}  // namespace

Result<ControlTotals> control_totals(const ledger::Ledger& ledger, const RunCounts& run, Diagnostics& diags) {
  auto counted = count(ledger, diags);
  if (!counted) return tl::unexpected<Failure>(Failure{});
  ControlTotals totals = totals_of(std::move(*counted), run.own_rows);
  const auto found = differences(totals, run);
  for (const std::string& each : found) diags.machine_error({}, fmt::format("internal error: control totals differ: {}", each)).hint("nothing of this job should be sent before its cause is known");
  if (!found.empty()) return tl::unexpected<Failure>(Failure{});
  return totals;
}

Result<ControlTotals> expected_totals(const ledger::Ledger& ledger, const Outputs::Pending& pending, std::uint64_t own_rows, Diagnostics& diags) {
  auto counted = count(ledger, diags);
  if (!counted) return tl::unexpected<Failure>(Failure{});
  add(*counted, pending);
  return totals_of(std::move(*counted), own_rows);
}

}  // namespace handout::batch
