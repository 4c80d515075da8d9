// Pieces once more: exactly those, exactly so, or not at all.
#include "batch/reprint.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "batch/batch_testing.h"
#include "batch/joined_report.h"
#include "batch/people.h"
#include "inspect/pages.h"
#include "ledger/database.h"
#include "ledger/seal.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using Json = nlohmann::json;

class Reprint : public Batch {
 protected:
  void SetUp() override {
    Batch::SetUp();
    write("people.csv", "key,name\nk1,Ann\nk2,Bob\nk3,\nk4,Dan\nk5,Eve\nk6,Fay\n");
    write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output as=\"stream\" purpose=\"screen\" pieces-per-file=\"3\"/>\n<keep days=\"1\"/>");
  }
  Result<Reprinted> again(const std::string& out, std::vector<std::uint64_t> pieces, ReprintOrder::Changes changes = ReprintOrder::Changes::Refuse) {
    ReprintOrder order;
    order.pieces = std::move(pieces);
    order.changes = changes;
    return again(out, std::move(order));
  }
  Result<Reprinted> again(const std::string& out, ReprintOrder order) {
    order.folder = folder_ / out;
    if (order.reason.empty()) order.reason = "torn";
    diags_ = Diagnostics();
    return reprint(order, shipped(), diags_);
  }
  [[nodiscard]] std::vector<std::string> page_texts(const std::string& file) const {
    std::vector<std::string> texts;
    inspect::Document document = inspect::open_document(read(file));
    for (const inspect::PageText& page : inspect::page_texts(document)) texts.push_back(page.text);
    return texts;
  }
  [[nodiscard]] Json ticket(const std::string& file) const { return Json::parse(read(file.substr(0, file.size() - 4) + ".json")); }
  // Into the ledger of a job, past everything that watches over it.
  void alter(const std::string& out, const std::string& sql) {
    const auto database = ledger::Database::open(folder_ / out / ledger::kFileName, "ledger", ledger::Access::Write, diags_);
    ASSERT_TRUE(database && database->run(sql, diags_)) << said();
  }
  static std::vector<std::string> names(const Reprinted& done) {
    std::vector<std::string> names;
    for (const auto& each : done.files) names.push_back(fmt::format("{} {}", each.name, each.pieces));
    return names;
  }
};

TEST_F(Reprint, ThosePiecesFromTheCopies) {
  run_whole(order("job"));
  // What the copies were made from is gone.
  fs::remove(folder_ / "people.csv");
  fs::remove_all(folder_ / "texts");
  fs::remove(folder_ / "layout.xml");
  fs::remove(folder_ / "small.xml");
  // And the folder has moved.
  fs::rename(folder_ / "job", folder_ / "moved");
  const auto done = again("moved", {5, 2, 5});
  ASSERT_TRUE(done) << said();
  ASSERT_THAT(done->files, SizeIs(1));
  EXPECT_EQ(done->files[0].name, "reprints/0001-Letter.pdf");
  EXPECT_EQ(done->pieces, 2u);
  const auto texts = page_texts("moved/reprints/0001-Letter.pdf");
  ASSERT_THAT(texts, SizeIs(testing::Ge(2u)));
  EXPECT_THAT(texts[0], HasSubstr("Bob"));
  EXPECT_THAT(texts[texts.size() / 2], HasSubstr("Eve"));
  EXPECT_THAT(findings("moved"), IsEmpty());
  const auto job = open("moved");
  const auto row = job.find_row(5, diags_);
  ASSERT_THAT(*row, SizeIs(2));
  EXPECT_EQ((*row)[0].state, ledger::PieceState::Reprinted);
  EXPECT_EQ((*row)[1].digest, (*row)[0].digest);
  EXPECT_EQ((*row)[1].reprint_of, 5u);
  EXPECT_GT((*row)[1].number, 6u);
  EXPECT_EQ(job.totals(diags_)->pieces, 5u);
  EXPECT_EQ(job.totals(diags_)->reprints, 2u);
}

// A font that stands beside fonts.xml is no copy of the job's: it is where it was.
TEST_F(Reprint, FontsBesideTheirListAreFoundAgain) {
  Installation own = shipped();
  std::string list = read_text(own.fonts / "fonts.xml");
  const std::string usual = "\"NotoSans-Regular.ttf\"";
  list.replace(list.find(usual), usual.size(), "\"Ours.ttf\"");
  own.fonts = folder_ / "fonts";
  write("fonts/fonts.xml", list);
  write("fonts/Ours.ttf", read_text("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"));
  std::atomic<bool> stop = false;
  StopAfter watcher(kNever, stop);
  const auto made = batch::run(order("job"), own, watcher, stop, diags_);
  ASSERT_TRUE(made) << said();
  EXPECT_EQ(made->tally.pieces, 5u);
  ReprintOrder wanted;
  wanted.folder = folder_ / "job";
  wanted.pieces = {2};
  wanted.reason = "torn";
  const auto done = reprint(wanted, own, diags_);
  ASSERT_TRUE(done) << said();
  EXPECT_EQ(done->pieces, 1u);
  write("fonts/Ours.ttf", read_text("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"));
  EXPECT_FALSE(reprint(wanted, own, diags_));
  EXPECT_THAT(said(), HasSubstr("Ours.ttf"));
}

TEST_F(Reprint, RangeLeavesOutWhatHasNoPiece) {
  run_whole(order("job"));
  ReprintOrder wanted;
  wanted.range = {2, 4};
  const auto done = again("job", wanted);
  ASSERT_TRUE(done) << said();
  EXPECT_EQ(done->pieces, 2u);
  EXPECT_FALSE(again("job", {3}));
  EXPECT_THAT(said(), HasSubstr("has no piece 3"));
  wanted.range = {30, 40};
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("has no piece from 30 to 40"));
  EXPECT_FALSE(fs::exists(folder_ / "job/reprints/0002-Letter.pdf"));
}

TEST_F(Reprint, DamagedSheetsAndReprintsOfReprints) {
  run_whole(order("job"));
  const std::string second = "small-Letter-0002.pdf";
  const auto job_files = open("job").files(diags_);
  const std::uint64_t pages = job_files->back().file.pages;
  ReprintOrder wanted;
  wanted.damaged = {{second, pages}};
  wanted.day = ledger::day_from_text("2026-11-30");
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_THAT(page_texts("job/reprints/0001-Letter.pdf")[0], HasSubstr("Fay"));
  wanted.damaged = {{"reprints/0001-Letter.pdf", 1}};
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_THAT(page_texts("job/reprints/0002-Letter.pdf")[0], HasSubstr("Fay"));
  const auto job = open("job");
  std::vector<std::string> events;
  const auto noted = job.events(diags_);
  for (const auto& event : *noted) events.push_back(fmt::format("{} {} {}", event.what, *event.piece, ledger::to_text(*event.day)));
  EXPECT_THAT(events, ElementsAre("damaged 6 2026-11-30", "reprint 6 2026-11-30", "damaged 7 2026-11-30", "reprint 7 2026-11-30"));
  EXPECT_EQ(job.totals(diags_)->damaged, 0u);
  wanted.damaged = {{second, pages + 1}};
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr(fmt::format("has no page {}", pages + 1)));
  wanted.damaged = {{"other.pdf", 1}};
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("no file of the job has that name"));
}

// A piece and its copy are for the same person.
TEST_F(Reprint, APieceThatIsNamedByItsCopyTooIsPrintedOnce) {
  run_whole(order("job"));
  const std::string first = "small-Letter-0001.pdf", copy = "reprints/0001-Letter.pdf";
  ASSERT_TRUE(again("job", {2})) << said();
  ReprintOrder wanted;
  wanted.pieces = {2};
  wanted.files = {first, copy};
  ReprintOrder::Beginning told;
  wanted.beginning = [&](const ReprintOrder::Beginning& beginning) { told = beginning; };
  EXPECT_THAT(names(*again("job", wanted)), ElementsAre("reprints/0002-Letter.pdf 3")) << said();
  EXPECT_EQ(told.pieces, 3u);
  EXPECT_EQ(told.before, 1u);
  EXPECT_EQ(ledger::to_text(told.events), "1");
  // By the copy alone it is known as well.
  wanted.pieces.clear();
  wanted.files = {copy};
  EXPECT_THAT(names(*again("job", wanted)), ElementsAre("reprints/0003-Letter.pdf 1")) << said();
  EXPECT_EQ(ledger::to_text(told.events), "1, 3");
  // Both sheets are noted, and nothing of them is to be printed any more.
  std::uint32_t page = 0;
  {
    const auto job = open("job");
    page = (*job.find_number(2, diags_))->first_page;
  }
  wanted.files.clear();
  wanted.damaged = {{copy, 1}, {first, page}};
  EXPECT_THAT(names(*again("job", wanted)), ElementsAre("reprints/0004-Letter.pdf 1")) << said();
  const auto job = open("job");
  EXPECT_EQ(job.totals(diags_)->damaged, 0u);
  EXPECT_EQ(job.totals(diags_)->reprints, 6u);
  std::vector<std::string> events;
  const auto noted = job.events(diags_);
  for (const auto& event : *noted) events.push_back(fmt::format("{} {}", event.what, *event.piece));
  EXPECT_THAT(std::vector(events.end() - 4, events.end()), ElementsAre("damaged 2", "damaged 7", "reprint 7", "reprint 2"));
  EXPECT_THAT(findings("job"), IsEmpty());
}

TEST_F(Reprint, OfFilesOfTheirOwn) {
  Order files = order("job");
  files.as = mailings::OutputAs::Files;
  run_whole(files);
  ReprintOrder wanted;
  wanted.damaged = {{"pieces/4-en.pdf", 1}};
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_EQ(page_texts("job/reprints/0001-Letter.pdf"), page_texts("job/pieces/4-en.pdf"));
}

TEST_F(Reprint, ChangesAreRefusedUnlessToldOtherwise) {
  run_whole(order("job"));
  ReprintOrder wanted;
  wanted.pieces = {2};
  wanted.engine = "handout 9";
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("the job was made by handout 0.5.0; this is handout 9"));
  // A copy that was altered.
  std::string copy;
  const auto inputs = open("job").job().inputs;
  for (const auto& input : inputs) {
    if (input.name.ends_with("texts/knee/en.xml")) copy = "job/" + input.copy;
  }
  const std::string text = read(copy);
  write(copy, std::string(text).replace(text.find("rest"), 4, "walk"));
  EXPECT_FALSE(again("job", {2}));
  EXPECT_THAT(said(), AllOf(HasSubstr("en.xml: error: has changed since the job was made (article)"), HasSubstr("--despite-changes")));
  EXPECT_FALSE(fs::exists(folder_ / "job/reprints"));
  const auto done = again("job", {2}, ReprintOrder::Changes::Accept);
  ASSERT_TRUE(done) << said();
  EXPECT_EQ(done->differing, 1u);
  const auto events = open("job").events(diags_);
  EXPECT_EQ(events->front().reason, "torn (despite changes: 1 of the job's inputs changed; 1 of the pieces differ from what was printed)");
}

TEST_F(Reprint, NotOfAJobThatRunsOrWasPurged) {
  write("people.csv", sample(100));
  ASSERT_EQ(run(order("job"), 40)->ended, Ended::Stopped);
  EXPECT_FALSE(again("job", {1}));
  EXPECT_THAT(said(), HasSubstr("the job has not ended"));
  // Of a row that is not made yet nobody knows whether it will have a piece.
  EXPECT_FALSE(again("job", {99}));
  EXPECT_THAT(said(), AllOf(HasSubstr("the job has not ended"), testing::Not(HasSubstr("has no piece"))));
  Order day = order("purged");
  day.day = ledger::day_from_text("2026-01-01");
  run_whole(day);
  ASSERT_TRUE(ledger::Ledger::open_without_secret(folder_ / "purged", diags_)->purge({*ledger::day_from_text("2026-11-30"), {}, {}}, diags_)) << said();
  EXPECT_FALSE(again("purged", {1}));
  EXPECT_THAT(said(), HasSubstr("no longer has the list of recipients"));
}

// ---- what a print room keeps apart ----

TEST_F(Reprint, OneFileAndTicketForEachClass) {
  const auto long_name = [](std::string_view word) {
    std::string name;
    for (int i = 0; i < 45; ++i) name += fmt::format("{} ", word);
    return name;
  };
  write("layout.xml", "<layout id=\"layout\" title=\"Small\">\n<page size=\"auto\" duplex=\"yes\"/>\n<style for=\"p\" font-size=\"72pt\"/>\n<body><slot select=\"*\"/></body>\n</layout>\n");
  write("people.csv", "key,name,language\nk1,Ann,en\nk2,Bob,en-GB\nk3," + long_name("Cat") + ",en\nk4,Dan,en-GB\nk5,Eve,en\n");
  write_mailing("<locale choose=\"recipient\" fallback=\"en\"/>\n<output as=\"stream\" split-by=\"layout paper locale sheets\"/>");
  run_whole(order("job"));
  ReprintOrder wanted;
  wanted.range = {1, 5};
  wanted.damaged = {{"small-layout-A4-en-1-sheet-0001.pdf", 1}};
  const auto done = again("job", wanted);
  ASSERT_TRUE(done) << said();
  EXPECT_EQ(done->pieces, 5u);
  EXPECT_THAT(names(*done), UnorderedElementsAre("reprints/0001-layout-A4-en-1-sheet.pdf 2", "reprints/0001-layout-Letter-en-1-sheet.pdf 2", testing::MatchesRegex("reprints/0001-layout-Letter-en-[2-9]-sheets.pdf 1")));
  // The damage is noted first: its event has the reason, and so have the others.
  for (const auto& each : done->files) {
    const Json json = ticket("job/" + each.name);
    EXPECT_EQ(json["use"], "reprint") << each.name;
    EXPECT_EQ(json["reason"], 1) << each.name;
    EXPECT_EQ("reprints/" + json["file"].get<std::string>(), each.name);
    EXPECT_EQ(json["pieces"], each.pieces);
    EXPECT_EQ(json["sheets"], each.sheets);
    EXPECT_EQ(json["paper"]["width"], each.name.find("A4") != std::string::npos ? 210.0 : 215.9);
    EXPECT_EQ(json["sheets-of-a-piece"][0], json["sheets-of-a-piece"][1]);
    EXPECT_TRUE(json.contains("layout") && json.contains("locale"));
  }
  EXPECT_EQ(open("job").events(diags_)->front().reason, "torn");
  EXPECT_THAT(findings("job"), IsEmpty());
  // Numbers go on, whatever the classes are.
  EXPECT_THAT(names(*again("job", {2})), ElementsAre("reprints/0002-layout-A4-en-1-sheet.pdf 1"));
  EXPECT_EQ(ticket("job/reprints/0002-layout-A4-en-1-sheet.pdf")["reason"], 7);
  EXPECT_THAT(findings("job"), IsEmpty());
}

TEST_F(Reprint, OfAProofSaysSo) {
  Order proof = order("job");
  proof.proof = 3;
  const auto outcome = run_whole(proof);
  const auto done = again("job", {outcome.proof->chosen.front().row});
  ASSERT_TRUE(done) << said();
  EXPECT_THAT(names(*done), ElementsAre("reprints/proof-0001-Letter.pdf 1"));
  EXPECT_EQ(ticket("job/" + done->files[0].name)["use"], "proof: not to be sent");
  // Who was chosen is not written again, and nothing misses it.
  fs::remove(folder_ / "job/proof.json");
  EXPECT_EQ(run_whole(proof).ended, Ended::DoneBefore);
  ReprintOrder lost;
  lost.restored = {"proof.json"};
  EXPECT_FALSE(again("job", lost));
  EXPECT_THAT(said(), HasSubstr("'proof.json' tells who was chosen for the proof, and is not written again\n  hint: bring back a copy of it, or make the same proof in another folder"));
  EXPECT_THAT(names(*again("job", {outcome.proof->chosen.front().row})), ElementsAre("reprints/proof-0002-Letter.pdf 1"));
}

// ---- ranges ----

TEST_F(Reprint, ARangeTellsRowsWithoutAPieceAndCountsThoseThatWereNamedBefore) {
  run_whole(order("job"));
  ReprintOrder wanted;
  wanted.pieces = {2};
  wanted.range = {2, 3};
  const auto done = again("job", wanted);
  ASSERT_TRUE(done) << said();
  EXPECT_EQ(done->pieces, 1u);
  EXPECT_THAT(said(), HasSubstr("note: of rows 2 to 3 these have no piece, since they were rejected or left out: 3\n"));
  wanted.range = {1, 100};
  std::pair<std::uint64_t, std::uint64_t> told;
  std::uint64_t before = 0;
  ledger::RowSet events;
  wanted.beginning = [&](const ReprintOrder::Beginning& beginning) { std::tie(told.first, told.second, before, events) = std::tie(beginning.pieces, beginning.of_job, beginning.before, beginning.events); };
  const auto all = again("job", wanted);
  ASSERT_TRUE(all) << said();
  EXPECT_EQ(told, std::pair(all->pieces, all->pieces));
  EXPECT_EQ(before, 1u);
  EXPECT_EQ(ledger::to_text(events), "1");
  EXPECT_THAT(said(), HasSubstr("note: the job has no rows from "));
  EXPECT_THAT(said(), HasSubstr("left out: 3\n"));
  wanted.range = {5, 6};
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_EQ(said(), "");
  wanted.range = {3, 3};
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("has no piece from 3 to 3"));
}

// ---- whole files ----

TEST_F(Reprint, AFileThatIsLostOrAlteredIsWrittenAgainInItsPlace) {
  Order both = order("job");
  both.as = mailings::OutputAs::Both;
  run_whole(both);
  ReprintOrder piece;
  piece.pieces = {1, 6};
  ASSERT_TRUE(again("job", piece)) << said();
  const auto before = outputs("job");
  ReprintOrder wanted;
  wanted.restored = {"small-Letter-0002.json", "small-Letter-0002.pdf", "pieces/4-en.pdf", "small-Letter-0001.pdf", "reprints/0001-Letter.pdf"};
  fs::remove(folder_ / "job/small-Letter-0002.pdf");
  fs::remove(folder_ / "job/small-Letter-0002.json");
  fs::remove_all(folder_ / "job/pieces");
  write("job/small-Letter-0001.pdf", before.at("small-Letter-0001.pdf").substr(1) + "x");
  write("job/reprints/0001-Letter.pdf", "x");
  const auto done = again("job", wanted);
  ASSERT_TRUE(done) << said();
  EXPECT_THAT(done->files, IsEmpty());
  EXPECT_THAT(done->in_place, SizeIs(4));
  for (const std::string& each : wanted.restored) EXPECT_TRUE(each.ends_with(".json") || read("job/" + each) == before.at(each)) << each;
  EXPECT_EQ(ticket("job/small-Letter-0002.pdf")["file"], "small-Letter-0002.pdf");
  const auto events = open("job").events(diags_);
  EXPECT_EQ(events->back().what + " " + events->back().reason, "written again reprints/0001-Letter.pdf: torn");
  wanted.restored = {"pieces/1-en.pdf", "pieces/2-en.pdf", "pieces/5-en.pdf", "pieces/6-en.pdf"};
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_THAT(findings("job"), IsEmpty());
  EXPECT_TRUE(outputs("job") == before);
  // Its ticket alone.
  write("job/small-Letter-0002.json", "{}");
  EXPECT_THAT(findings("job"), SizeIs(1));
  wanted.restored = {"small-Letter-0002.json"};
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_THAT(findings("job"), IsEmpty());
  // Of one that is whole nothing is printed again, unless that is what is asked for.
  wanted.restored = {"small-Letter-0002.pdf"};
  const auto whole = again("job", wanted);
  ASSERT_TRUE(whole) << said();
  EXPECT_EQ(whole->pieces, 0u);
  EXPECT_TRUE(outputs("job") == before);
  wanted.restored.clear();
  wanted.files = {"small-Letter-0002.pdf"};
  const auto pieces = again("job", wanted);
  ASSERT_TRUE(pieces) << said();
  EXPECT_THAT(names(*pieces), ElementsAre("reprints/0002-Letter.pdf 2"));
  wanted.files.clear();
  wanted.restored = {"no.pdf"};
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("no file of the job has that name"));
}

// ---- what stands beside print files ----

TEST_F(Reprint, TicketsReportsAndRefusedRowsComeBack) {
  run_whole(order("job"));
  ReprintOrder torn;
  torn.damaged = {{"small-Letter-0001.pdf", 1}};
  ASSERT_TRUE(again("job", torn)) << said();
  ASSERT_TRUE(again("job", {2, 6})) << said();
  const std::vector<std::string> names{"reprints/0001-Letter.json", "reprints/0002-Letter.json", "small-Letter-0002.json", "rejects.csv", "rejected-rows.csv", "report.json", "report.pdf"};
  std::map<std::string, std::string> before;
  for (const std::string& name : names) {
    before[name] = read("job/" + name);
    ASSERT_FALSE(before[name].empty()) << name;
    fs::remove(folder_ / "job" / name);
  }
  EXPECT_THAT(findings("job"), SizeIs(names.size()));
  // The command that made the job tells what is gone, and how it comes back.
  EXPECT_FALSE(run(order("job")));
  // Refused rows are there to be mended, and nobody misses them.
  EXPECT_THAT(said(), testing::Not(HasSubstr("rejected-rows.csv")));
  for (const std::string& name : names) if (name != "rejected-rows.csv") EXPECT_THAT(said(), HasSubstr(fmt::format("{}: error: a finished file of the job is not there any more\n  hint: bring it back; or have it written again: handout reprint {} --restore {} --reason", (folder_ / "job" / name).string(), (folder_ / "job").string(), name)));
  ReprintOrder wanted;
  wanted.restored = names;
  wanted.reason = "lost";
  const auto done = again("job", wanted);
  ASSERT_TRUE(done) << said();
  EXPECT_THAT(done->in_place, SizeIs(names.size()));
  for (const auto& [name, bytes] : before) EXPECT_TRUE(read("job/" + name) == bytes) << name;
  EXPECT_THAT(findings("job"), IsEmpty());
  EXPECT_EQ(run_whole(order("job")).ended, Ended::DoneBefore);
  const auto events = open("job").events(diags_);
  EXPECT_EQ(std::count_if(events->begin(), events->end(), [](const ledger::Event& each) { return each.what == "written again"; }), static_cast<std::ptrdiff_t>(names.size()));
  // How fast it was nobody knows any more.
  fs::remove(folder_ / "job/speed.json");
  wanted.restored = {"speed.json"};
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("'speed.json' tells how fast a run was, which no later one knows"));
  EXPECT_EQ(run_whole(order("job")).ended, Ended::DoneBefore);
  // What a purge removed or shredding overwrote stays away; what is no person's doesn't need the list.
  ASSERT_TRUE(ledger::Ledger::open_without_secret(folder_ / "job", diags_)->purge({*ledger::day_from_text("2027-11-30"), 0, {}}, diags_)) << said();
  wanted.restored = {"rejected-rows.csv"};
  EXPECT_FALSE(again("job", wanted));
  fs::remove(folder_ / "job/rejects.csv");
  fs::remove(folder_ / "job/report.pdf");
  wanted.restored = {"rejects.csv", "report.pdf"};
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_TRUE(read("job/rejects.csv") == before["rejects.csv"] && read("job/report.pdf") == before["report.pdf"]);
}

TEST_F(Reprint, AReportThatIsNamedTwiceComesBackOnce) {
  run_whole(order("job"));
  const std::string before = read("job/report.json");
  fs::remove(folder_ / "job/report.json");
  ReprintOrder wanted;
  wanted.restored = {"report.json", "report.json"};
  const auto done = again("job", wanted);
  ASSERT_TRUE(done) << said();
  EXPECT_THAT(done->in_place, SizeIs(1));
  EXPECT_TRUE(read("job/report.json") == before);
  EXPECT_THAT(*open("job").events(diags_), SizeIs(1));
}

// Who mends the refused rows where they are has them as they were mended.
TEST_F(Reprint, RefusedRowsThatWereMendedStay) {
  run_whole(order("job"));
  write("job/rejected-rows.csv", "key,name\nk3,Cat\n");
  EXPECT_EQ(run_whole(order("job")).ended, Ended::DoneBefore);
  EXPECT_THAT(findings("job"), ElementsAre(HasSubstr("rejected-rows.csv: ")));
}

// What a report is made of comes back with it; where the report does not come out as it was, nothing of the job's folder changes.
TEST_F(Reprint, AReportIsPutInItsPlaceWithWhatItWasMadeOfOrNotAtAll) {
  run_whole(order("job"));
  fs::remove_all(folder_ / "job/job/report");
  fs::remove(folder_ / "job/report.pdf");
  ReprintOrder wanted;
  wanted.restored = {"report.pdf"};
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_THAT(findings("job"), IsEmpty());
  write("job/job/report/en.xml", "mine");
  {
    const auto database = ledger::Database::open(folder_ / "job" / ledger::kFileName, "ledger", ledger::Access::Write, diags_);
    ASSERT_TRUE(database && database->run("UPDATE other_files SET digest = zeroblob(32) WHERE name = 'report.pdf'", diags_) && ledger::seal_anew(*database, diags_)) << said();
  }
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("report.pdf: error: does not come out as it was written"));
  EXPECT_EQ(read("job/job/report/en.xml"), "mine");
  EXPECT_FALSE(fs::exists(folder_ / "job/job/again"));
}

TEST_F(Reprint, RefusedRowsThatWereShreddedStayAway) {
  run_whole(order("job"));
  ASSERT_TRUE(ledger::Ledger::open_without_secret(folder_ / "job", diags_)->shred(kRejectedRows, {}, diags_)) << said();
  ReprintOrder wanted;
  wanted.restored = {"rejected-rows.csv"};
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("error: the job has no 'rejected-rows.csv'\n  hint: no row was refused, or their original text was shredded"));
  EXPECT_FALSE(fs::exists(folder_ / "job/rejected-rows.csv") || fs::exists(folder_ / "job/job/again"));
}

// With the envelopes, marks and sheets that it had.
TEST_F(Reprint, AFileOfHouseholdsIsWrittenAgainAsItWas) {
  std::string list = "key,name,line1,city,country\n";
  for (int i = 0; i < 45; ++i) list += fmt::format("k{},Ann,{} Road,Boston,US\n", i, i % 7 == 0 ? "1" : i % 5 == 0 ? "2" : std::to_string(i));
  write("people.csv", list);
  write("layout.xml", "<layout id=\"layout\" title=\"Small\">\n<page margin=\"30mm\"><omr-marks left=\"5mm\" top=\"60mm\" marks=\"benchmark end sequence:3 piece-sequence:2\"/></page>\n<body><slot select=\"*\"/></body>\n</layout>\n");
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<sort by=\"key\"/>\n<household by=\"address\"/>\n<output as=\"stream\" split-by=\"sheets\" pieces-per-file=\"9\"/>");
  const Outcome outcome = run_whole(order("job"));
  const auto before = outputs("job");
  ReprintOrder wanted;
  for (const auto& [name, bytes] : before) {
    if (name.ends_with(".pdf") && name.find('/') == std::string::npos) wanted.restored.push_back(name);
  }
  ASSERT_GE(wanted.restored.size(), 5u);
  ASSERT_GT(outcome.tally.merged, 5u);
  std::map<std::string, std::string> tickets;
  for (const std::string& each : wanted.restored) {
    const std::string beside = each.substr(0, each.size() - 4) + ".json";
    tickets[beside] = read("job/" + beside);
    fs::remove(folder_ / "job" / each);
    fs::remove(folder_ / "job" / beside);
  }
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_TRUE(outputs("job") == before);
  for (const auto& [name, bytes] : tickets) EXPECT_EQ(read("job/" + name), bytes) << name;
}

// A job that goes on sees what is gone, and goes on when it is back.
TEST_F(Reprint, AFileThatIsGoneStopsAJobThatGoesOn) {
  write("people.csv", sample(100));
  run_whole(order("whole"));
  ASSERT_EQ(run(order("job"), 40)->ended, Ended::Stopped);
  fs::remove(folder_ / "job/small-Letter-0003.pdf");
  EXPECT_FALSE(run(order("job")));
  const std::string gone = (folder_ / "job/small-Letter-0003.pdf").string() + ": error: a finished file of the job is not there any more\n  hint: bring it back; or have it written again: handout reprint " + (folder_ / "job").string() + " --restore small-Letter-0003.pdf --reason \"lost\"\n";
  EXPECT_EQ(said(), gone);
  ReprintOrder wanted;
  wanted.restored = {"small-Letter-0003.pdf"};
  ASSERT_TRUE(again("job", wanted)) << said();
  run_whole(order("job"));
  EXPECT_TRUE(outputs("job") == outputs("whole"));
  // The same of one that is done.
  fs::remove(folder_ / "job/small-Letter-0003.pdf");
  EXPECT_FALSE(run(order("job")));
  EXPECT_EQ(said(), gone);
  write("job/small-Letter-0003.pdf", "x");
  EXPECT_FALSE(run(order("job")));
  EXPECT_THAT(said(), HasSubstr("small-Letter-0003.pdf: error: a finished file of the job was altered: it has 1 bytes, "));
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_EQ(run_whole(order("job")).ended, Ended::DoneBefore);
}

// One that goes while the job runs is told at its end, before there is a report.
TEST_F(Reprint, AFileThatGoesWhileTheJobRunsIsTold) {
  class Remover final : public Watcher {
   public:
    explicit Remover(fs::path file) : file_(std::move(file)) {}
    void see(const Tally&) override { fs::remove(file_); }

   private:
    fs::path file_;
  };
  write("people.csv", sample(300));
  run_whole(order("whole"));
  Remover remover(folder_ / "job/small-Letter-0001.pdf");
  const std::atomic<bool> stop = false;
  diags_ = Diagnostics();
  EXPECT_FALSE(batch::run(order("job"), shipped(), remover, stop, diags_));
  EXPECT_THAT(said(), HasSubstr("small-Letter-0001.pdf: error: a finished file of the job is not there any more"));
  EXPECT_FALSE(fs::exists(folder_ / "job/report.json"));
  ReprintOrder wanted;
  wanted.restored = {"small-Letter-0001.pdf"};
  ASSERT_TRUE(again("job", wanted)) << said();
  run_whole(order("job"));
  EXPECT_TRUE(outputs("job") == outputs("whole"));
}

// ---- what is no longer what it was ----

TEST_F(Reprint, OtherFontsAreRefused) {
  run_whole(order("fonts"));
  fs::path font;
  const auto inputs = open("fonts").job().inputs;
  for (const auto& input : inputs) {
    if (input.kind == "font" && input.name.ends_with("NotoSans-Regular.ttf")) font = input.name;
  }
  const std::string bytes = read_text(font);
  ASSERT_GT(bytes.size(), 100'000u);
  write("clinic/fonts/own.ttf", bytes);
  write("clinic/clinic.xml", "<clinic id=\"c\" name=\"C\" fonts=\"fonts\"/>");
  write_mailing("<clinic ref=\"clinic/clinic.xml\"/>\n<locale choose=\"fixed\" fixed=\"en\"/>");
  run_whole(order("job"));
  ASSERT_TRUE(again("job", {2})) << said();
  const auto refused = [&](std::string_view how) {
    EXPECT_FALSE(again("job", {2}));
    EXPECT_THAT(said(), AllOf(HasSubstr(fmt::format("own.ttf: error: {} since the job was made (font)", how)), HasSubstr("pieces might not come out as they were printed\n  hint: bring back what has changed; or give --despite-changes")));
    EXPECT_FALSE(fs::exists(folder_ / "job/reprints/0002-Letter.pdf"));
  };
  // Another size.
  write("clinic/fonts/own.ttf", bytes + '\0');
  refused("has changed");
  // Another table, whose checksum stands in the directory (OpenType: tag 4, checksum 4, offset 4, length 4, behind 12 bytes).
  std::string table = bytes;
  table[12 + 4] = static_cast<char>(table[12 + 4] ^ 1);
  write("clinic/fonts/own.ttf", table);
  refused("has changed");
  fs::remove(folder_ / "clinic/fonts/own.ttf");
  refused("is gone");
  const auto done = again("job", {2}, ReprintOrder::Changes::Accept);
  ASSERT_TRUE(done) << said();
  EXPECT_EQ(open("job").events(diags_)->back().reason, fmt::format("torn (despite changes: 1 of the job's inputs changed; {} of the pieces differ from what was printed)", done->differing));
}

TEST_F(Reprint, AnotherEngineIsRefused) {
  run_whole(order("job"));
  ReprintOrder wanted;
  wanted.pieces = {2};
  wanted.engine = "handout 9";
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), AllOf(HasSubstr("error: the job was made by handout 0.5.0; this is handout 9"), HasSubstr("--despite-changes")));
  EXPECT_FALSE(fs::exists(folder_ / "job/reprints"));
  wanted.changes = ReprintOrder::Changes::Accept;
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_EQ(open("job").events(diags_)->back().reason, "torn (despite changes: engine handout 9 in place of handout 0.5.0; 0 of the pieces differ from what was printed)");
}

// The digest alone decides: all else is what it was, the ledger's seals too.
TEST_F(Reprint, APieceOfAnotherDigestIsRefused) {
  run_whole(order("job"));
  {
    const auto database = ledger::Database::open(folder_ / "job" / ledger::kFileName, "ledger", ledger::Access::Write, diags_);
    ASSERT_TRUE(database && database->run("UPDATE pieces SET digest = zeroblob(32) WHERE row = 4", diags_) && ledger::seal_anew(*database, diags_)) << said();
  }
  EXPECT_THAT(findings("job"), IsEmpty());
  EXPECT_FALSE(again("job", {2, 4}));
  EXPECT_THAT(said(), HasSubstr("piece 4 does not come out as it was printed\n  hint: --despite-changes prints it as it is now"));
  EXPECT_THAT(findings("job"), IsEmpty());
  ASSERT_TRUE(again("job", {2})) << said();
  const auto done = again("job", {4, 5}, ReprintOrder::Changes::Accept);
  ASSERT_TRUE(done) << said();
  EXPECT_EQ(done->differing, 1u);
}

TEST_F(Reprint, EntriesThatWereAlteredAreRefused) {
  run_whole(order("job"));
  alter("job", "UPDATE pieces SET key = 'k9' WHERE row = 2");
  EXPECT_FALSE(again("job", {2}));
  EXPECT_THAT(said(), AllOf(HasSubstr("ledger.sqlite: error: was altered: entries of these pieces are not those that were written"), HasSubstr("--despite-changes")));
  EXPECT_FALSE(fs::exists(folder_ / "job/reprints"));
  // Those of another group are what they were.
  ASSERT_TRUE(again("job", {6})) << said();
  ASSERT_TRUE(again("job", {2}, ReprintOrder::Changes::Accept)) << said();
  EXPECT_EQ(open("job").events(diags_)->back().reason, "torn (despite changes: entries of the ledger were altered; 0 of the pieces differ from what was printed)");
}

// ---- nothing is left lying about ----

TEST_F(Reprint, LeavesNoLogOfTheLedger) {
  run_whole(order("job"));
  const auto logs = [&] { return fs::exists(folder_ / "job/ledger.sqlite-wal") || fs::exists(folder_ / "job/ledger.sqlite-shm"); };
  EXPECT_FALSE(logs());
  EXPECT_FALSE(again("job", {3}));
  EXPECT_FALSE(logs());
  ASSERT_TRUE(again("job", {2})) << said();
  EXPECT_FALSE(logs());
  EXPECT_THAT(findings("job"), IsEmpty());
  EXPECT_FALSE(logs());
}

// The secret's file ends with a line break, as editors leave it; it is not among the copies.
TEST_F(Reprint, HashedKeys) {
  write("secret.key", "0123456789abcdef\n");
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<ledger key=\"hashed\" key-file=\"secret.key\"/>");
  run_whole(order("job"));
  const auto secret = ledger::read_secret(folder_ / "secret.key", diags_);
  const auto job = ledger::Ledger::open_read_only(folder_ / "job", *secret, diags_);
  ASSERT_TRUE(job) << said();
  EXPECT_THAT(*job->find_key("k2", diags_), SizeIs(1));
  ASSERT_TRUE(again("job", {2})) << said();
  fs::rename(folder_ / "secret.key", folder_ / "far.key");
  EXPECT_FALSE(again("job", {2}));
  EXPECT_THAT(said(), AllOf(HasSubstr((folder_ / "secret.key").string() + ": error: no such file"), HasSubstr("hint: say where it is: --key-file FILE\n")));
  // What comes back has its keys in the ledger.
  ReprintOrder lost;
  for (const char* name : {"report.pdf", "small-Letter-0001.pdf"}) {
    fs::remove(folder_ / "job" / name);
    lost.restored.emplace_back(name);
  }
  ASSERT_TRUE(again("job", lost)) << said();
  EXPECT_THAT(findings("job"), IsEmpty());
  ReprintOrder wanted;
  wanted.pieces = {2};
  wanted.key_file = folder_ / "far.key";
  EXPECT_TRUE(again("job", wanted)) << said();
}

// Reprints of shards keep their numbers apart, so that the ledgers can still be joined; and the joined job's pieces can be printed again.
TEST_F(Reprint, OfShards) {
  write("people.csv", sample(40));
  std::vector<fs::path> folders;
  for (std::uint32_t k = 1; k <= 2; ++k) {
    Order shard = order(fmt::format("job/shard-{}-of-2", k));
    shard.shard = {k, 2};
    run_whole(shard);
    folders.push_back(shard.folder);
    ReprintOrder wanted;
    wanted.range = {1, 40};
    ASSERT_TRUE(again(fmt::format("job/shard-{}-of-2", k), wanted)) << said();
  }
  // In one folder of a machine they are apart, as the print files are; and the second goes behind the first.
  EXPECT_THAT(names(*again("job/shard-2-of-2", {open("job/shard-2-of-2").done().ranges().front().first})), ElementsAre("reprints/shard-2-of-2-0002-Letter.pdf 1"));
  // What a killed reprint left in a shard goes when they are joined.
  write("job/shard-1-of-2/reprints/0002-Letter.pdf.7-0.part", "half");
  const std::string left = read("job/shard-1-of-2/reprints/shard-1-of-2-0001-Letter.json");
  write("job/shard-1-of-2/reprints/shard-1-of-2-0002-Letter.json", std::string(left).replace(left.find("-0001-"), 6, "-0002-"));
  ASSERT_TRUE(join(folder_ / "job", folders, {}, shipped(), diags_)) << said();
  EXPECT_THAT(findings("job"), IsEmpty());
  ReprintOrder wanted;
  wanted.range = {1, 10};
  const auto done = again("job", wanted);
  ASSERT_TRUE(done) << said();
  EXPECT_GT(done->pieces, 5u);
  EXPECT_THAT(findings("job"), IsEmpty());
  // Of what a shard printed again the ticket has the shard's number.
  const std::string second = "job/shard-2-of-2/reprints/shard-2-of-2-0002-Letter.json", report = "job/shard-1-of-2/report.pdf", joined = "job/report.json";
  std::map<std::string, std::string> before;
  ReprintOrder lost;
  for (const std::string& name : {second, report, joined}) {
    before[name] = read(name);
    ASSERT_FALSE(before[name].empty()) << name;
    fs::remove(folder_ / name);
    lost.restored.push_back(name.substr(4));
  }
  ASSERT_TRUE(again("job", lost)) << said();
  for (const auto& [name, bytes] : before) EXPECT_TRUE(read(name) == bytes) << name;
  EXPECT_THAT(findings("job"), IsEmpty());
  EXPECT_THAT(findings("job/shard-1-of-2"), IsEmpty());
}

// Whom a list has by a day, it had by that of the shard.
TEST_F(Reprint, OfShardsOfTwoDays) {
  std::string list = "key,name,birth-date\n";
  std::vector<std::uint64_t> born;  // rows that are people on the second day only
  for (std::uint64_t row = 1; row <= 12; ++row) {
    const std::string key = fmt::format("k{}", row);
    if (shard_of(key, 2) == 2) born.push_back(row);
    list += fmt::format("{},Ann,{}\n", key, shard_of(key, 2) == 2 ? "2026-11-02" : "1950-01-01");
  }
  ASSERT_THAT(born, testing::Not(IsEmpty()));
  ASSERT_LT(born.size(), 12u);
  write("people.csv", list);
  std::vector<fs::path> folders;
  for (std::uint32_t k = 1; k <= 2; ++k) {
    Order shard = order(fmt::format("job/shard-{}-of-2", k));
    shard.shard = {k, 2};
    shard.day = ledger::day_from_text(fmt::format("2026-11-0{}", k));
    EXPECT_EQ(run_whole(shard).tally.rejected, 0u);
    folders.push_back(shard.folder);
  }
  ASSERT_TRUE(join(folder_ / "job", folders, {}, shipped(), diags_)) << said();
  ReprintOrder wanted;
  wanted.range = {1, 12};
  ASSERT_THAT(names(*again("job", wanted)), ElementsAre("reprints/0001-Letter.pdf 12")) << said();
  // Files of the shard, of the joined job, and its copies once more.
  ReprintOrder lost;
  lost.restored = {"reprints/0001-Letter.pdf", "shard-2-of-2/shard-2-of-2-small-Letter-0001.pdf"};
  for (const std::string& name : lost.restored) ASSERT_TRUE(fs::remove(folder_ / "job" / name)) << name;
  ASSERT_TRUE(again("job", lost)) << said();
  ReprintOrder copies;
  copies.files = {"reprints/0001-Letter.pdf"};
  ASSERT_THAT(names(*again("job", copies)), ElementsAre("reprints/0002-Letter.pdf 12")) << said();
  EXPECT_THAT(findings("job"), IsEmpty());
}

// ---- what does not end ----

// As one that was killed leaves it: files that are whole, with their tickets, and half ones.
TEST_F(Reprint, WhatAKilledOneLeftGoes) {
  run_whole(order("job"));
  ASSERT_TRUE(again("job", {6})) << said();
  fs::copy(folder_ / "job", folder_ / "copy", fs::copy_options::recursive);
  const auto leave = [&] {
    fs::copy(folder_ / "copy/reprints", folder_ / "job/reprints", fs::copy_options::recursive | fs::copy_options::skip_existing);
    write("job/reprints/0003-Letter.pdf.17-0.part", "half");
    EXPECT_THAT(findings("job"), SizeIs(3));
  };
  ASSERT_TRUE(again("copy", {1, 2, 4})) << said();
  leave();
  write("job/reprints/notes.txt", "mine");
  const std::string first = read("job/reprints/0001-Letter.pdf");
  // A job that is done, asked for once more.
  EXPECT_EQ(run_whole(order("job")).ended, Ended::DoneBefore);
  EXPECT_THAT(findings("job"), ElementsAre("reprints/notes.txt: the ledger does not know it"));
  fs::remove(folder_ / "job/reprints/notes.txt");
  leave();
  write("job/reprints/mine.pdf", "%PDF");
  write("job/reprints/0003-Letter.json", "{\"job\": \"other\", \"file\": \"0003-Letter.pdf\"}");
  ASSERT_TRUE(again("job", {2})) << said();
  EXPECT_THAT(page_texts("job/reprints/0002-Letter.pdf"), SizeIs(open("job").find_row(2, diags_)->front().pages));
  EXPECT_TRUE(read("job/reprints/0001-Letter.pdf") == first);
  EXPECT_THAT(findings("job"), UnorderedElementsAre("reprints/0003-Letter.json: the ledger does not know it", "reprints/mine.pdf: the ledger does not know it"));
}

TEST_F(Reprint, StopsAtTheNextPiece) {
  run_whole(order("job"));
  std::atomic<bool> stop = false;
  ReprintOrder wanted;
  wanted.range = {1, 6};
  wanted.stop = &stop;
  wanted.beginning = [&](const ReprintOrder::Beginning&) { stop = true; };
  const auto stopped = again("job", wanted);
  ASSERT_TRUE(stopped) << said();
  EXPECT_TRUE(stopped->stopped);
  EXPECT_THAT(stopped->files, IsEmpty());
  EXPECT_FALSE(fs::exists(folder_ / "job/reprints"));
  EXPECT_THAT(*open("job").events(diags_), IsEmpty());
  EXPECT_THAT(findings("job"), IsEmpty());
  // A file that is to be restored stays lost.
  ReprintOrder lost;
  lost.stop = &stop;
  lost.restored = {"small-Letter-0001.pdf"};
  fs::remove(folder_ / "job/small-Letter-0001.pdf");
  EXPECT_TRUE(again("job", lost)->stopped);
  EXPECT_THAT(findings("job"), SizeIs(1));
  stop = false;
  EXPECT_FALSE(again("job", lost)->stopped);
  wanted.beginning = nullptr;
  EXPECT_EQ(again("job", wanted)->pieces, 5u);
  EXPECT_THAT(findings("job"), IsEmpty());
}

// The number of a reprint is none of a row, of which whoever gives it may think.
TEST_F(Reprint, TheNumberOfAReprintIsNoRow) {
  run_whole(order("job"));
  ASSERT_TRUE(again("job", {2})) << said();
  EXPECT_FALSE(again("job", {7}));
  EXPECT_THAT(said(), HasSubstr("error: 7 is no row of the list: piece 2 was printed again under that number\n  hint: to print it once more: --piece 2"));
  // And its files are none of the job's.
  EXPECT_EQ(run_whole(order("job")).tally.files, 2u);
}

}  // namespace
}  // namespace handout::batch
