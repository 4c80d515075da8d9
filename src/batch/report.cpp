#include "batch/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/files.h"
#include "base/numbers.h"
#include "batch/pieces_again.h"
#include "batch/report_article.h"
#include "batch/snapshot.h"

namespace handout::batch {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Column = ArticleText::Column;

// Rows of a table in the PDF; all of them are in the JSON.
constexpr std::size_t kMostRows = 60;
constexpr std::string_view kArrow = " -> ";
constexpr int kInputsFault = 1;  // Diagnostics::exit_code()

std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }
std::string digits(std::uint64_t count) { return std::to_string(count); }

// Of a speed of fewer notes a curve says nothing, and without one the PDF nothing that isn't in the JSON.
constexpr std::size_t kLeastSamples = 10;

std::string about(const ReportFacts& facts) {
  std::string text = fmt::format("{}Mailing {}{}", is_proof(facts.job) ? "A proof, not to be sent: a few recipients by whom the mailing is looked over. " : "", facts.mailing.id, facts.mailing.title.empty() ? "" : ": " + facts.mailing.title);
  if (facts.job.shard.count > 1) text += fmt::format(", shard {} of {}", facts.job.shard.index, facts.job.shard.count);
  if (facts.job.day) text += ", " + ledger::to_text(*facts.job.day);
  return text + fmt::format(", made by {}", facts.job.engine);
}

std::string title(const ReportFacts& facts) { return is_proof(facts.job) ? std::string("Proof, not to be sent") : fmt::format("Job {}", facts.job.id); }

void add_totals(ArticleText& article, const ReportFacts& facts, const ControlTotals& totals) {
  const ledger::Totals& ledger = totals.ledger;
  article.begin_section("Control totals");
  article.add_paragraph(fmt::format("{} in: {}, {} rejected, {} filtered, {} suppressed and {}. The ledger, the files and the run itself counted the same.{}", counted(totals.own_rows, "row"), counted(ledger.pieces, "piece"), ledger.rejected, ledger.filtered, ledger.suppressed,
                                    counted(ledger.duplicates, "duplicate"), is_proof(facts.job) ? " Rows that are not in the proof count as filtered." : ""));
  article.add_table("", {{"What", Column::Words}, {"Count", Column::Number}},
                    {{"Rows in", digits(totals.own_rows)},
                     {"Rejected", digits(ledger.rejected)},
                     {"Filtered", digits(ledger.filtered)},
                     {"Suppressed", digits(ledger.suppressed)},
                     {"Duplicates", digits(ledger.duplicates)},
                     {"Pieces", digits(ledger.pieces)},
                     {"Merged into another's envelope", digits(totals.merged)},
                     {"Envelopes", digits(ledger.pieces - totals.merged)},
                     {"Sheets", digits(ledger.sheets)},
                     {"Pages", digits(ledger.pages)},
                     {"Files", digits(ledger.files)}});
  article.end_section();
}

void add_classes(ArticleText& article, const ControlTotals& totals) {
  if (totals.classes.empty()) return;
  article.begin_section("Classes and files");
  const std::vector<ArticleText::Heading> counts = {{"Pieces", Column::Number}, {"Sheets", Column::Number}, {"Pages", Column::Number}};
  std::vector<ArticleText::Heading> headings = {{"Class", Column::Words}, {"Files", Column::Number}};
  headings.insert(headings.end(), counts.begin(), counts.end());
  std::vector<std::vector<std::string>> rows;
  for (const auto& each : totals.classes) {
    if (rows.size() < kMostRows) rows.push_back({each.name, digits(each.files), digits(each.pieces), digits(each.sheets), digits(each.pages)});
  }
  article.add_table("By class", headings, rows);
  if (totals.classes.size() > kMostRows) article.add_paragraph(fmt::format("{} in report.json.", counted(totals.classes.size() - kMostRows, "more class is", "more classes are")));
  rows.clear();
  headings = {{"File", Column::Words}};
  headings.insert(headings.end(), counts.begin(), counts.end());
  std::size_t streams = 0;
  // Of a joined job each shard has a table of its own: with its folder in front, names are too long for a line.
  std::string folder;
  const auto end_table = [&] {
    if (!rows.empty()) article.add_table(folder.empty() ? "By file" : fmt::format("By file, in {}", folder), headings, std::exchange(rows, {}));
  };
  for (const ledger::File& each : totals.files) {
    // Files of one piece each are named for it: they say nothing here.
    if (each.split_class == "pieces" || ++streams > kMostRows) continue;
    const std::size_t slash = each.name.rfind('/');
    std::string own = slash == std::string::npos ? "" : each.name.substr(0, slash);
    if (own != folder) end_table();
    folder = std::move(own);
    rows.push_back({each.name.substr(slash == std::string::npos ? 0 : slash + 1), digits(each.pieces), digits(each.sheets), digits(each.pages)});
  }
  end_table();
  if (streams > kMostRows) article.add_paragraph(fmt::format("{} in report.json.", counted(streams - kMostRows, "more file is", "more files are")));
  article.end_section();
}

// Reasons are too long for a plot: it shows their numbers, and the table below it, on the same page where that can be, the words.
void add_rejects(ArticleText& article, const ControlTotals& totals, std::vector<std::pair<std::string, std::string>>& drawings) {
  if (totals.rejects.empty()) return;
  article.begin_section("Rejected rows");
  std::vector<ControlTotals::Bar> bars;
  std::vector<std::vector<std::string>> rows;
  for (const auto& each : totals.rejects) {
    const std::string number = digits(bars.size() + 1);
    bars.push_back({number, each.rows});
    if (rows.size() < kMostRows) rows.push_back({number, each.column.empty() ? "-" : each.column, each.reason, digits(each.rows)});
  }
  // One bar compares nothing.
  if (bars.size() > 1) {
    const Plot plot = plot_bars("Rejected rows by the number of their reason", bars);
    article.add_plot(plot, std::string(kRejectsPlot), "Rejected rows by the number of their reason, see the table", "explained");
    drawings.emplace_back(kRejectsPlot, plot.svg);
  }
  article.add_table("Reasons", {{"Number", Column::Words}, {"Column", Column::Words}, {"Reason", Column::Words}, {"Rows", Column::Number}}, rows);
  if (totals.rejects.size() > kMostRows) article.add_paragraph(fmt::format("{} in report.json.", counted(totals.rejects.size() - kMostRows, "more reason is", "more reasons are")));
  article.end_section();
}

// With "U+E000" for what is no ASCII.
std::string in_ascii(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first < 0x80) {
      result += text[i++];
      continue;
    }
    const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    std::uint32_t code = first & (0x3FU >> more);
    for (++i; i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U; ++i) code = code << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
    result += fmt::format("U+{:04X}", code);
  }
  return result;
}

// The article and its drawings, of which the PDF is made, are written, and wait for no disk.
Result<PrintedReport> print(const ReportFacts& facts, ReportSheets sheets, Pipeline& pipeline, Diagnostics& diags) {
  const fs::path folder = facts.folder / kJobFolder / sheets.folder;
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) return diags.machine_error(Span::of_file(folder.string()), fmt::format("could not be made: {}", failure.message()));
  std::vector<std::string> names = {sheets.file, fmt::format("{}/{}/{}", kJobFolder, sheets.folder, kReportArticle)};
  std::set<fs::path> written;  // others may have been read under these names
  for (const auto& [name, svg] : sheets.drawings) {
    if (!write_file(folder / name, svg, diags, Synced::Nothing)) return tl::unexpected<Failure>(Failure{});
    written.insert(folder / name);
    names.push_back(fmt::format("{}/{}/{}", kJobFolder, sheets.folder, name));
  }
  const fs::path file = folder / kReportArticle;
  written.insert(file);
  pipeline.forget(written);
  if (!write_file(file, sheets.article, diags, Synced::Nothing)) return tl::unexpected<Failure>(Failure{});
  request::Request request;
  request.editions.push_back({file.string(), *unicode::Locale::parse("en"), std::nullopt});
  request.layout = "job-report";
  request.region = facts.mailing.region;
  Diagnostics told;
  auto rendered = pipeline.render(request, told);
  if (!rendered && told.exit_code() == kInputsFault) {
    // Names of columns are the list's, and may have a character that no font has. No job stays without an end for that.
    pipeline.forget({file});
    if (!write_file(file, in_ascii(sheets.article), diags, Synced::Nothing)) return tl::unexpected<Failure>(Failure{});
    told = Diagnostics();
    rendered = pipeline.render(request, told);
  }
  diags.append(told);
  if (!rendered) return tl::unexpected<Failure>(Failure{});
  return PrintedReport{std::move(sheets), std::move(names), std::move(rendered->bytes)};
}

// The names of all its files.
Result<std::vector<std::string>> add_to(FileGroup& files, PrintedReport printed, std::string_view json, Diagnostics& diags) {
  if (!files.add(printed.sheets.file, printed.pdf, diags)) return tl::unexpected<Failure>(Failure{});
  printed.names.emplace_back(json);
  return std::move(printed.names);
}

Json json_of(const ControlTotals::Class& each) { return {{"class", each.name}, {"files", each.files}, {"pieces", each.pieces}, {"sheets", each.sheets}, {"pages", each.pages}, {"bytes", each.bytes}}; }

}  // namespace

std::string report_json(const ReportFacts& facts, const ControlTotals& totals) {
  const ledger::Totals& ledger = totals.ledger;
  Json json = {{"version", 1}, {"job", facts.job.id}, {"mailing", facts.mailing.id}, {"engine", facts.job.engine}};
  if (is_proof(facts.job)) json["use"] = "proof: not to be sent";
  if (facts.job.day) json["day"] = ledger::to_text(*facts.job.day);
  if (facts.job.shard.count > 1) json["shard"] = {{"index", facts.job.shard.index}, {"count", facts.job.shard.count}};
  json["rows"] = {{"in", totals.own_rows}, {"pieces", ledger.pieces}, {"rejected", ledger.rejected}, {"filtered", ledger.filtered}, {"suppressed", ledger.suppressed}, {"duplicates", ledger.duplicates}};
  json["pieces"] = ledger.pieces;
  json["merged"] = totals.merged;
  json["envelopes"] = ledger.pieces - totals.merged;
  json["sheets"] = ledger.sheets;
  json["pages"] = ledger.pages;
  json["files"] = Json::array();
  for (const ledger::File& each : totals.files) {
    if (each.split_class != "pieces") json["files"].push_back({{"file", each.name}, {"class", each.split_class}, {"pieces", each.pieces}, {"sheets", each.sheets}, {"pages", each.pages}, {"bytes", each.bytes}, {"sha256", to_hex(each.digest)}});
  }
  json["classes"] = Json::array();
  for (const auto& each : totals.classes) json["classes"].push_back(json_of(each));
  json["pieces-per-locale"] = Json::array();
  for (const auto& each : totals.locales) json["pieces-per-locale"].push_back({{"locale", each.name}, {"pieces", each.count}});
  json["pages-per-piece"] = Json::array();
  for (const auto& each : totals.pages) json["pages-per-piece"].push_back({{"pages", parse_integer(each.name).value_or(0)}, {"pieces", each.count}});
  json["fallbacks"] = Json::array();
  for (const ledger::Count& each : ledger.counts) {
    if (each.name == kFallback) json["fallbacks"].push_back({{"what", each.detail}, {"pieces", each.value}});
  }
  json["rejects"] = Json::array();
  for (const auto& each : totals.rejects) json["rejects"].push_back({{"column", each.column}, {"reason", each.reason}, {"rows", each.rows}});
  return text_of(json);
}

namespace {

ReportSheets sheets_of(const ReportFacts& facts, const ControlTotals& totals) {
  ArticleText article("job-report", facts.job.id, title(facts), about(facts));
  std::vector<std::pair<std::string, std::string>> drawings;
  add_totals(article, facts, totals);
  if (!totals.locales.empty()) {
    article.begin_section("Pieces");
    const Plot locales = plot_bars("Pieces per locale", totals.locales), pages = plot_bars("Pieces by their number of pages", totals.pages);
    article.add_plot(locales, std::string(kLocalesPlot), "Pieces per locale");
    article.add_plot(pages, std::string(kPagesPlot), "Pieces by their number of pages");
    drawings.emplace_back(kLocalesPlot, locales.svg);
    drawings.emplace_back(kPagesPlot, pages.svg);
    std::vector<std::vector<std::string>> fallbacks;
    for (const ledger::Count& each : totals.ledger.counts) {
      if (each.name != kFallback || fallbacks.size() == kMostRows) continue;
      // "ht -> en"
      const std::size_t arrow = each.detail.find(kArrow);
      fallbacks.push_back({each.detail.substr(0, arrow), arrow == std::string::npos ? "" : each.detail.substr(arrow + kArrow.size()), digits(each.value)});
    }
    if (!fallbacks.empty()) article.add_table("Another language than the recipient's", {{"Asked for", Column::Words}, {"Printed in", Column::Words}, {"Pieces", Column::Number}}, fallbacks);
    article.end_section();
  }
  add_classes(article, totals);
  add_rejects(article, totals, drawings);
  return {"report", "report.pdf", article.take(), std::move(drawings)};
}

}  // namespace

std::optional<PrintedReport> print_ahead(const ReportFacts& facts, const ControlTotals& expected, Pipeline& pipeline) {
  Diagnostics told_later;
  auto printed = print(facts, sheets_of(facts, expected), pipeline, told_later);
  return printed && told_later.all().empty() ? std::optional(std::move(*printed)) : std::nullopt;
}

Result<std::vector<std::string>> write_report(const ReportFacts& facts, const ControlTotals& totals, Pipeline& pipeline, FileGroup& files, Diagnostics& diags, std::optional<PrintedReport> ahead) {
  if (!files.add("report.json", report_json(facts, totals), diags)) return tl::unexpected<Failure>(Failure{});
  ReportSheets sheets = sheets_of(facts, totals);
  auto printed = ahead && ahead->sheets == sheets ? Result<PrintedReport>(std::move(*ahead)) : print(facts, std::move(sheets), pipeline, diags);
  if (!printed) return tl::unexpected<Failure>(Failure{});
  return add_to(files, std::move(*printed), "report.json", diags);
}

Result<std::vector<std::string>> write_speed(const ReportFacts& facts, const SpeedFacts& speed, Pipeline& pipeline, FileGroup& files, Diagnostics& diags) {
  const std::uint64_t pieces = speed.samples.empty() ? 0 : speed.samples.back().pieces;
  const double rate = static_cast<double>(pieces) / std::max(speed.seconds, 1e-3);
  const auto rounded = [](double value) { return decimal_text(value, 3); };
  Json json = {{"version", 1}, {"job", facts.job.id}, {"threads", speed.threads}, {"rows", speed.rows}, {"pieces", pieces}, {"pieces-of-earlier-runs", speed.kept}, {"seconds", *parse_decimal(rounded(speed.seconds))}, {"pieces-a-second", *parse_decimal(rounded(rate))}};
  if (speed.first_pass_seconds > 0) json["first-pass-seconds"] = *parse_decimal(rounded(speed.first_pass_seconds));
  json["samples"] = Json::array();
  for (const Speed& each : speed.samples) json["samples"].push_back({{"seconds", *parse_decimal(rounded(each.seconds))}, {"pieces", each.pieces}});
  if (!files.add("speed.json", text_of(json), diags)) return tl::unexpected<Failure>(Failure{});
  if (speed.samples.size() < kLeastSamples) return std::vector<std::string>{"speed.json"};
  ArticleText article("job-speed", facts.job.id, fmt::format("Speed of job {}", facts.job.id), about(facts));
  article.begin_section("The last run");
  std::string words = fmt::format("{} in {} seconds with {}: {} a second.", counted(pieces, "piece"), decimal_text(speed.seconds, 1), counted(speed.threads, "thread"), decimal_text(rate, 0));
  if (speed.kept > 0) words += fmt::format(" {} there already, from earlier runs.", counted(speed.kept, "piece was", "pieces were"));
  if (speed.first_pass_seconds > 0) words += fmt::format(" Before that the list was read and sorted: {} in {} seconds.", counted(speed.rows, "row"), decimal_text(speed.first_pass_seconds, 2));
  article.add_paragraph(words);
  const Plot plot = plot_speed(speed.samples);
  article.add_plot(plot, std::string(kSpeedPlot), "Pieces a second over time");
  article.end_section();
  auto printed = print(facts, {"speed", "speed.pdf", article.take(), {{std::string(kSpeedPlot), plot.svg}}}, pipeline, diags);
  if (!printed) return tl::unexpected<Failure>(Failure{});
  return add_to(files, std::move(*printed), "speed.json", diags);
}

}  // namespace handout::batch
