#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "batch/control_totals.h"
#include "batch/file_group.h"
#include "batch/plots.h"
#include "ledger/ledger.h"
#include "mailings/mailing.h"
#include "pipeline.h"

// The report of a job that is done: what a mail room files, and checks machines' counts against. No person's data is in it.
namespace handout::batch {

struct ReportFacts {
  const mailings::Mailing& mailing;
  const ledger::Job& job;
  std::filesystem::path folder;   // the job's
};

// The article of a report and its drawings, in a folder of job/; the PDF.
struct ReportSheets {
  std::string folder, file;
  std::string article;
  std::vector<std::pair<std::string, std::string>> drawings;

  friend bool operator==(const ReportSheets&, const ReportSheets&) = default;
};
// Files that they stand in, in those folders.
inline constexpr std::string_view kReportArticle = "en.xml", kLocalesPlot = "locales.svg", kPagesPlot = "pages.svg", kRejectsPlot = "rejects.svg", kSpeedPlot = "speed.svg";
inline constexpr std::array kSourcesOfReports{kReportArticle, kLocalesPlot, kPagesPlot, kRejectsPlot, kSpeedPlot};
// Printed: what of it was written, from the job's folder, and the PDF, which was not.
struct PrintedReport {
  ReportSheets sheets;
  std::vector<std::string> names;
  std::string pdf;
};
// report.pdf by the totals that are expected, while others are busy. Nothing: it can't be made, which is told when the report is.
std::optional<PrintedReport> print_ahead(const ReportFacts& facts, const ControlTotals& expected, Pipeline& pipeline);

// report.json and report.pdf, the same for the same job however often it was interrupted. The PDF is a handout of our own: an article made of the totals, with its plots in job/report/, in layout job-report. They go into `files`, a group of the job's folder. Names of all
// files written, from the job's folder.
// `ahead` serves where it says the same.
Result<std::vector<std::string>> write_report(const ReportFacts& facts, const ControlTotals& totals, Pipeline& pipeline, FileGroup& files, Diagnostics& diags, std::optional<PrintedReport> ahead = std::nullopt);

// speed.json: how fast the last run was, and therefore never the same twice; speed.pdf as a curve, of a run that was long enough for one. `kept`: pieces of earlier runs.
struct SpeedFacts { std::vector<Speed> samples; double seconds = 0, first_pass_seconds = 0; std::uint64_t rows = 0, kept = 0; std::size_t threads = 1; };
Result<std::vector<std::string>> write_speed(const ReportFacts& facts, const SpeedFacts& speed, Pipeline& pipeline, FileGroup& files, Diagnostics& diags);

// Report's JSON alone.
std::string report_json(const ReportFacts& facts, const ControlTotals& totals);

}  // namespace handout::batch
