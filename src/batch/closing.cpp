#include "batch/closing.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>

#include "batch/control_totals.h"
#include "batch/open_job.h"
#include "batch/rejects.h"
#include "batch/report.h"

namespace handout::batch {

namespace {

// What is made of reports while the print files are ended.
struct ReportsAhead { Diagnostics told; std::optional<std::vector<std::string>> speed; std::optional<PrintedReport> report; };
// With more pieces to count the report is no matter.
constexpr std::uint64_t kFewPieces = 20000;

class Closing {
 public:
  Closing(const ToClose& all, Outcome& outcome, Diagnostics& diags) : all_(all), outcome_(outcome), diags_(diags), beside_(all.order.folder) {}

  Result<std::monostate> close(Ended ended) {
    // While this thread ends the print files, which takes no pipeline, another lets the press go and uses it.
    if (ended == Ended::Done && !all_.outputs.put_collected(diags_)) return failed();
    const std::optional<ControlTotals> expected = ended == Ended::Done ? expected_totals() : std::nullopt;
    const auto go_on = [&] {
      all_.works.press.reset();
      return reports_ahead(expected);
    };
    auto ahead = ended == Ended::Done ? std::async(go_on) : std::future<ReportsAhead>();
    const auto closed = ended == Ended::Done ? all_.outputs.finish(diags_) : all_.outputs.stop(diags_);
    if (!closed) return failed();
    if (ended != Ended::Done && !count_what_stays()) return failed();
    if (ended == Ended::Stopped) return std::monostate{};
    auto files = write_refused();
    if (!files) return failed();
    if (ended != Ended::Done) return note_files(*files);
    ReportsAhead made = ahead.get();
    const auto templates_go = std::async([&] {
      all_.outputs.let_go();
      all_.works.merger.reset();
      all_.works.originals.reset();
    });
    diags_.append(made.told);
    if (!made.speed) return failed();
    for (std::string& name : *made.speed) files->push_back({std::move(name), ledger::Personal::No});
    return end(std::move(*files), std::move(made.report));
  }

  Result<std::monostate> close_at_break() {
    if (!all_.outputs.finish(diags_) || !count_what_stays()) return failed();
    const auto files = write_refused();
    if (!files || !note_files(*files)) return failed();
    const Tally& tally = outcome_.tally;
    const std::uint64_t rows = all_.people.rows();
    return diags_.error(Span::of_file(all_.order.folder.string()), fmt::format("the list can be read to row {} only; all rows to there are done: {} pieces, {} refused. The job cannot end", rows, tally.pieces, tally.rejected))
        .hint(fmt::format("get the whole list, and make its rows from {} on a list of their own (with the header) and a job of their own, in another folder", rows + 1));
  }

 private:
  static tl::unexpected<Failure> failed() { return tl::unexpected<Failure>(Failure{}); }

  std::optional<ControlTotals> expected_totals() {
    if (outcome_.tally.pieces > kFewPieces) return std::nullopt;
    Diagnostics told_later;
    auto totals = batch::expected_totals(all_.ledger, all_.outputs.pending(), all_.people.own_rows(), told_later);
    return totals ? std::optional(std::move(*totals)) : std::nullopt;
  }

  ReportsAhead reports_ahead(const std::optional<ControlTotals>& expected) {
    ReportsAhead made;
    const SpeedFacts facts{all_.speed.samples(), all_.speed.ended(), all_.speed.first_pass(), outcome_.tally.rows, outcome_.tally.kept, all_.threads};
    if (auto names = write_speed(report_facts(), facts, *all_.works.pipeline, beside_, made.told)) made.speed = std::move(*names);
    if (made.speed && expected) made.report = print_ahead(report_facts(), *expected, *all_.works.pipeline);
    return made;
  }

  [[nodiscard]] ReportFacts report_facts() const { return {all_.mailing, all_.ledger.job(), all_.order.folder}; }

  Result<std::vector<OtherFile>> write_refused() {
    // What was shredded once doesn't come back with a run that goes on.
    const auto shredded = all_.ledger.is_shredded(diags_);
    if (!shredded) return failed();
    const Order& order = all_.order;
    const bool leave = order.refused == OriginalRows::Leave || *shredded;
    if (leave && !all_.ledger.shred(kRejectedRows, order.today, diags_)) return failed();
    return write_rejects(all_.ledger, order.folder, all_.snapshot.locate(order.recipients), all_.mailing, leave ? OriginalRows::Leave : OriginalRows::Copy, diags_);
  }

  Result<std::monostate> note_files(const std::vector<OtherFile>& files) {
    if (files.empty()) return std::monostate{};
    if (!begin_group_with(files)) return failed();
    return all_.ledger.commit_group(diags_);
  }

  bool begin_group_with(const std::vector<OtherFile>& files) {
    return all_.ledger.begin_group(diags_) && std::all_of(files.begin(), files.end(), [&](const OtherFile& file) { return all_.ledger.add_other_file(file.name, file.personal, diags_).has_value(); });
  }

  // What was made and is in no whole file is made again by who goes on.
  bool count_what_stays() {
    const auto totals = all_.ledger.totals(diags_);
    if (!totals) return false;
    Tally& tally = outcome_.tally;
    tally.unfinished = tally.pieces - totals->pieces;
    tally.pieces = totals->pieces;
    tally.pages = totals->pages;
    tally.sheets = totals->sheets;
    tally.files = totals->files - totals->files_again;
    tally.merged = 0;
    // Which of the rows are of pieces that stay nobody knows.
    for (auto& [what, warned] : outcome_.warnings) warned = {};
    for (const ledger::Count& count : totals->counts) {
      if (count.name == kWarned) outcome_.warnings[count.detail].pieces = count.value;
    }
    std::erase_if(outcome_.warnings, [](const auto& each) { return each.second.pieces == 0; });
    return true;
  }

  // Everything is made. What the folder gets beside it is known to the ledger in the group that says so.
  Result<std::monostate> end(std::vector<OtherFile> files, std::optional<PrintedReport> ahead) {
    ledger::Ledger& ledger = all_.ledger;
    if (!check_files(ledger, all_.order.folder, diags_)) return failed();
    const auto totals = control_totals(ledger, {all_.people.own_rows(), outcome_.tally, all_.mailing.output.as}, diags_);
    if (!totals) return failed();
    auto report = write_report(report_facts(), *totals, *all_.works.pipeline, beside_, diags_, std::move(ahead));
    if (!report) return failed();
    // While the disk is waited for.
    const auto pipeline_goes = std::async([&] {
      all_.works.pipeline.reset();
      all_.works.hyphenation.reset();
    });
    for (std::string& name : *report) files.push_back({std::move(name), ledger::Personal::No});
    if (outcome_.proof) {
      if (!beside_.add(std::string(kProofFile), outcome_.proof->to_json(), diags_)) return failed();
      files.push_back({std::string(kProofFile), ledger::Personal::No});
    }
    if (!beside_.commit(diags_) || !begin_group_with(files) || !ledger.finish(outcome_.tally.rows, diags_)) return failed();
    outcome_.tally.files = totals->ledger.files;
    outcome_.tally.merged = totals->merged;
    return std::monostate{};
  }

  const ToClose& all_;
  Outcome& outcome_;
  Diagnostics& diags_;
  FileGroup beside_;
};

}  // namespace

Result<std::monostate> close_job(const ToClose& all, Ended ended, Outcome& outcome, Diagnostics& diags) { return Closing(all, outcome, diags).close(ended); }

Result<std::monostate> close_at_break(const ToClose& all, Outcome& outcome, Diagnostics& diags) { return Closing(all, outcome, diags).close_at_break(); }

}  // namespace handout::batch
