// Job tickets, control totals and reports.
#include "batch/control_totals.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "batch/job_tickets.h"
#include "batch/plots.h"
#include "batch/report.h"
#include "batch/told_alike.h"
#include "batch/write_beside.h"
#include "inspect/inspect.h"
#include "reported_job.h"

namespace handout::batch {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Json = nlohmann::json;

constexpr std::string_view kSplit = R"(<filter><condition field="country" value="US"/></filter><duplicates key="keep-first"/><suppression file="gone.csv"/><output pieces-per-file="10" split-by="layout locale"/>)";

std::string people(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("K{},Quentin{},Zebedee,{},{} Hidden Lane,,,Boston,MA,02118,US,{},{}\n", i, i, i % 3 == 0 ? "es" : "en", i, i % 50 == 7 ? "yes" : "no", i % 2 == 0 ? "left" : "");
  return text;
}

class Reports : public ReportedJob {
 protected:
  // 300 who get a piece, one filtered, one suppressed, two duplicates, one with a value that is none of the field's.
  void write_list() const {
    write("gone.csv", "GONE\n");
    write("people.csv", std::string(kHeader) + people(300) + "GONE,A,B,en,1 Road,,,Boston,MA,02118,US,no,\nFAR,A,B,en,1 Road,,,Bonn,,53113,DE,no,\nK1,A,B,en,1 Road,,,Boston,MA,02118,US,no,\nK2,A,B,en,1 Road,,,Boston,MA,02118,US,no,\nBAD,A,B,en,1 Road,,,Boston,MA,02118,US,no,middle\n");
  }
};

TEST_F(Reports, Every_print_file_has_a_ticket_that_says_what_the_ledger_says) {
  write_list();
  write_mailing(kSplit, "mailing-letter");
  const Outcome outcome = done("out");
  EXPECT_EQ(outcome.tally.pieces, 300u);
  const auto ledger = ledger::Ledger::open_read_only(folder_ / "out", "", diags_);
  ASSERT_TRUE(ledger) << to_text(diags_);
  const auto files = ledger->files(diags_);
  ASSERT_TRUE(files);
  ASSERT_GT(files->size(), 20u);
  for (const ledger::FileEntry& each : *files) {
    const Json ticket = Json::parse(read("out/" + ticket_name(each.file.name)));
    EXPECT_EQ(ticket["file"], each.file.name);
    EXPECT_EQ(ticket["pieces"], each.file.pieces);
    EXPECT_EQ(ticket["pages"], each.file.pages);
    EXPECT_EQ(ticket["sheets"], each.file.sheets);
    EXPECT_EQ(ticket["envelope"], "us-10-double");
    EXPECT_EQ(ticket["fold"], "z");
    EXPECT_EQ(ticket["layout"], "mailing-letter");
    EXPECT_TRUE(ticket["locale"] == "en" || ticket["locale"] == "es");
    EXPECT_TRUE(ticket["marks"].contains("omr"));
    EXPECT_FALSE(ticket.contains("use"));
    const auto pieces = ledger->pieces_of_file(each.file.name, diags_);
    ASSERT_TRUE(pieces);
    EXPECT_EQ(ticket["first-piece"], std::to_string(pieces->front().row));
    EXPECT_EQ(ticket["last-piece"], std::to_string(pieces->back().row));
  }
  const auto findings = ledger->verify({}, diags_);
  ASSERT_TRUE(findings);
  EXPECT_THAT(*findings, IsEmpty());
}

TEST_F(Reports, A_job_that_was_stopped_ends_with_the_same_files) {
  write_list();
  write_mailing(kSplit, "mailing-letter");
  done("whole");
  const auto stopped = make(order("stopped"), Stop::AtFirst);
  ASSERT_TRUE(stopped) << to_text(diags_);
  ASSERT_EQ(stopped->ended, Ended::Stopped);
  ASSERT_LT(stopped->tally.pieces, 300u);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "stopped/report.json"));
  const Outcome outcome = done("stopped");
  EXPECT_EQ(outcome.ended, Ended::Done);
  EXPECT_GT(outcome.tally.kept, 0u);
  const auto one = files("whole"), other = files("stopped");
  ASSERT_TRUE(one.contains("report.pdf") && one.contains("report.json"));
  for (const auto& [name, bytes] : one) {
    ASSERT_TRUE(other.contains(name)) << name;
    EXPECT_TRUE(other.at(name) == bytes) << name;
  }
  EXPECT_EQ(one.size(), other.size());
}

TEST_F(Reports, Rows_in_are_what_became_of_them) {
  write_list();
  write_mailing(kSplit);
  done("out");
  const Json report = Json::parse(read("out/report.json"));
  EXPECT_EQ(report["rows"], Json({{"in", 305}, {"pieces", 300}, {"rejected", 1}, {"filtered", 1}, {"suppressed", 1}, {"duplicates", 2}}));
  std::uint64_t pieces = 0, pages = 0, by_locale = 0;
  for (const Json& each : report["classes"]) {
    pieces += each["pieces"].get<std::uint64_t>();
    pages += each["pages"].get<std::uint64_t>();
  }
  for (const Json& each : report["pieces-per-locale"]) by_locale += each["pieces"].get<std::uint64_t>();
  EXPECT_EQ(pieces, 300u);
  EXPECT_EQ(by_locale, 300u);
  EXPECT_EQ(report["pages"], pages);
  // A curve of a few moments says nothing.
  const bool has_curve = Json::parse(read("out/speed.json"))["samples"].size() >= 10;
  for (const char* name : {"out/speed.pdf", "out/job/speed/speed.svg", "out/job/speed/en.xml"}) EXPECT_EQ(std::filesystem::exists(folder_ / name), has_curve) << name;
  EXPECT_EQ(report["rejects"], Json::parse(R"([{"column": "side", "reason": "is none of the field's choices: expected left, right, both", "rows": 1}])"));
}

// The report is printed by them while the files are ended.
TEST_F(Reports, Totals_are_known_before_the_files_are_ended) {
  write_list();
  write_mailing(kSplit);
  done("out");
  const auto ledger = ledger::Ledger::open_read_only(folder_ / "out", "", diags_);
  ASSERT_TRUE(ledger) << to_text(diags_);
  const auto totals = totals_of_ledger(*ledger, diags_);
  const auto files = ledger->files(diags_);
  const auto rejects = ledger->rejects(diags_);
  ASSERT_TRUE(totals && files && rejects);
  // As if nothing of it were in the ledger yet.
  Outputs::Pending pending;
  pending.rejects = *rejects;
  pending.left_out = {{301, ledger::LeftOutBecause::Suppressed}, {302, ledger::LeftOutBecause::Filtered}, {303, ledger::LeftOutBecause::Duplicate}, {304, ledger::LeftOutBecause::Duplicate}};
  for (const ledger::FileEntry& file : *files) {
    pending.files.push_back(file.file);
    const auto pieces = ledger->pieces_of_file(file.file.name, diags_);
    ASSERT_TRUE(pieces);
    for (const ledger::PieceEntry& each : *pieces) {
      WrittenPiece& piece = pending.pieces.emplace_back();
      piece.row = each.row;
      piece.kind = std::make_shared<const ledger::Kind>(each.kind);
      piece.pages = each.pages;
      piece.sheets = each.sheets;
    }
  }
  ledger::Job job;
  job.id = job.mailing = "another";
  job.engine = kEngine;
  std::filesystem::create_directory(folder_ / "empty");
  const auto empty = ledger::Ledger::create(folder_ / "empty", job, "", diags_);
  ASSERT_TRUE(empty) << to_text(diags_);
  const auto expected = expected_totals(*empty, pending, totals->own_rows, diags_);
  ASSERT_TRUE(expected) << to_text(diags_);
  // All that the report says of them.
  const mailings::Mailing mailing;
  const ReportFacts facts{mailing, job, folder_};
  EXPECT_EQ(report_json(facts, *expected), report_json(facts, *totals));
  EXPECT_EQ(expected->ledger.files, totals->ledger.files);
  pending.pieces.pop_back();
  const auto fewer = expected_totals(*empty, pending, totals->own_rows, diags_);
  ASSERT_TRUE(fewer);
  EXPECT_NE(report_json(facts, *fewer), report_json(facts, *totals));
}

TEST_F(Reports, Nothing_of_a_person_is_in_a_report_or_ticket) {
  write_list();
  write_mailing(kSplit);
  done("out");
  std::size_t looked_at = 0;
  for (const auto& [name, bytes] : files("out")) {
    const bool told = name == "report.json" || name.starts_with("job/report/") || (name.ends_with(".json") && !name.starts_with("job/"));
    if (!told && name != "report.pdf") continue;
    ++looked_at;
    const auto pdf = name == "report.pdf" ? inspect::read_pdf(bytes) : tl::expected<inspect::Report, std::string>();
    const std::string text = name == "report.pdf" ? inspect::structure_text(pdf.value().tree) + inspect::dump(pdf.value().tree) : bytes;
    ASSERT_FALSE(text.empty()) << name;
    for (const char* word : {"Quentin", "Zebedee", "Hidden", "K17", "02118", "middle", "GONE"}) EXPECT_THAT(text, Not(HasSubstr(word))) << name;
  }
  EXPECT_GT(looked_at, 20u);
}

// A private use character, as some programs put icons into headers.
TEST_F(Reports, A_column_that_no_font_can_print_stops_no_job) {
  write("people.csv", "key,name.given,name.family,born\uE000\nA,Ann,Able,soon\nB,Bob,Able,1961-03-04\n");
  write_mailing("<recipients><column name=\"born\uE000\" to=\"birth-date\"/></recipients><limits rejects=\"1\"/>");
  EXPECT_EQ(done("out").ended, Ended::Done);
  EXPECT_EQ(Json::parse(read("out/report.json"))["rejects"][0]["column"], "born\uE000");
  EXPECT_THAT(read("out/job/report/en.xml"), HasSubstr(">bornU+E000<"));
}

TEST_F(Reports, Too_many_rejected_rows_are_written_before_the_job_stops) {
  write("people.csv", std::string(kHeader) + "A,A,B,en,1 Road,,,Boston,MA,02118,US,no,middle\nB,A,B,en,1 Road,,,Boston,MA,02118,US,no,\nC,A,B,en,1 Road,,,Boston,MA,02118,US,no,centre\n");
  write_mailing("<limits rejects=\"1\"/>");
  const Outcome outcome = done("out");
  EXPECT_EQ(outcome.ended, Ended::TooManyRejects);
  EXPECT_THAT(read("out/rejects.csv"), HasSubstr("1,side,"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out/report.json"));
}

TEST_F(Reports, Asked_to_stop_before_the_list_is_sorted_it_stops) {
  write_list();
  write_mailing("<sort by=\"key\"/>");
  const auto stopped = make(order("out"), Stop::Before);
  ASSERT_TRUE(stopped) << to_text(diags_);
  EXPECT_EQ(stopped->ended, Ended::Stopped);
  EXPECT_EQ(stopped->tally.pieces, 0u);
  EXPECT_EQ(done("out").ended, Ended::Done);
}

ControlTotals agreeing() {
  ControlTotals totals;
  totals.ledger.pieces = 3;
  totals.ledger.pages = 8;
  totals.ledger.sheets = 4;
  totals.ledger.rejected = 1;
  totals.ledger.files = 2;
  totals.own_rows = 4;
  totals.files.resize(2);
  totals.classes = {{"a", 1, 1, 4, 2, 10}, {"b", 1, 2, 4, 2, 10}};
  totals.locales = {{"en", 2}, {"es", 1}};
  totals.pages = {{"2", 2}, {"4", 1}};
  return totals;
}

RunCounts run_of(const ControlTotals& totals) {
  RunCounts run;
  run.own_rows = totals.own_rows;
  run.tally.pieces = totals.ledger.pieces;
  run.tally.pages = totals.ledger.pages;
  run.tally.sheets = totals.ledger.sheets;
  run.tally.rejected = totals.ledger.rejected;
  return run;
}

TEST(ControlTotals, A_difference_is_told) {
  const ControlTotals good = agreeing();
  const RunCounts run = run_of(good);
  EXPECT_THAT(differences(good, run), IsEmpty());
  const auto changed = [&](const std::function<void(ControlTotals&)>& change) {
    ControlTotals totals = good;
    change(totals);
    return differences(totals, run);
  };
  EXPECT_THAT(changed([](ControlTotals& totals) { ++totals.own_rows; }), ElementsAre("rows: 5 in the list, 4 printed, rejected and left out"));
  EXPECT_THAT(changed([](ControlTotals& totals) { --totals.classes[0].sheets; }), ElementsAre("sheets: 4 by the ledger, 3 in print files"));
  EXPECT_THAT(changed([](ControlTotals& totals) { ++totals.locales[1].count; }), ElementsAre("pieces: 3 by the ledger, 4 in all locales"));
  EXPECT_THAT(changed([](ControlTotals& totals) { totals.pages[0].name = "3"; }), ElementsAre("pages: 8 by the ledger, 10 of pieces by their pages"));
  RunCounts other = run;
  ++other.tally.pieces;
  EXPECT_THAT(differences(good, other), ElementsAre("pieces: 3 by the ledger, 4 by the run"));
}

TEST(ToldAlike, Measures_and_characters_are_left_out) {
  EXPECT_EQ(told_alike("region 'address' is 22.2 mm high, its content needs 25 mm"), "region 'address' is … mm high, its content needs … mm");
  EXPECT_EQ(told_alike("no font has U+1F4A9 (field 'patient.name')"), "no font has U+… (field 'patient.name')");
  EXPECT_EQ(told_alike("more than 4 combining marks"), "more than 4 combining marks");
}

TEST(Plots, Long_names_have_room) {
  const Plot plot = plot_bars("Pieces per locale", {{"zh-Hans-CN+zh-Hant-TW", 2}, {"zh-Hans-CN+zh-Hant-TW+en", 1}, {"zh-Hans-CN+zh-Hant-TW+pt-BR", 1}});
  EXPECT_EQ(plot.labels[0].words, "zh-Hans-CN+zh-Hant-TW");
  EXPECT_EQ(plot.labels[2].words, "zh-Hans-CN+zh-Hant-TW+en");
  EXPECT_EQ(plot.labels[4].words, "zh-Hans-CN+zh-Hant-TW...");
  EXPECT_THAT(plot.svg, HasSubstr("text-anchor=\"end\" data-width=\"216\""));
}

TEST(Plots, Many_bars_end_with_the_others) {
  std::vector<ControlTotals::Bar> bars;
  for (std::uint64_t i = 0; i < 40; ++i) bars.push_back({fmt::format("l{}", i), 40 - i});
  const Plot plot = plot_bars("Pieces", bars);
  ASSERT_EQ(plot.labels.size(), 48u);
  EXPECT_EQ(plot.labels[46].words, "others");
  EXPECT_EQ(plot.labels[47].words, "153");  // 17 + 16 + ... + 1
}

}  // namespace
}  // namespace handout::batch
