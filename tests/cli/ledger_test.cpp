// `handout ledger`, over ledgers that the library made.
#include "ledger/ledger.h"

#include <nlohmann/json.hpp>

#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Json = nlohmann::json;
using namespace std::chrono_literals;

class LedgerCommand : public Program {
 protected:
  // A shard of a job of ten rows: pieces of one page for rows `first` to `last`; `settled`: the list's rows are all settled then.
  struct Part {
    std::string folder;
    ledger::Row first = 1, last = 8;
    ledger::Shard shard = {};
    ledger::KeyStyle keys = ledger::KeyStyle::Plain;
    bool ends = true;
  };
  void make(const Part& part) {
    const fs::path folder = folder_ / part.folder;
    fs::create_directories(folder);
    write_text(folder / "list.csv", "recipients");
    write_text(folder / "es.pdf", "a print file");
    ledger::Job job;
    job.id = "j1";
    job.mailing = "knee";
    job.engine = "handout 0.1.0";
    job.day = ledger::Day(2026y / 11 / 22);
    job.keep_days = 90;
    job.keys = part.keys;
    job.shard = part.shard;
    job.inputs = {{"recipients", "list.csv", Sha256().of("recipients"), 10, "list.csv", ledger::Personal::Yes}};
    Diagnostics diags;
    auto made = ledger::Ledger::create(folder, job, part.keys == ledger::KeyStyle::Hashed ? kSecret : "", diags);
    ASSERT_TRUE(made) << to_text(diags);
    const std::uint64_t count = part.last - part.first + 1;
    ASSERT_TRUE(made->begin_group(diags));
    const auto kind = made->add_kind({{{"knee", "1.0"}}, "es", "letter", "standard"}, diags);
    const auto file = made->add_file({"es.pdf", "letter/es", count, count, count, 12, Sha256().of("a print file")}, diags);
    for (ledger::Row row = part.first; row <= part.last; ++row) {
      const std::string key = "MRN-" + std::to_string(row);
      const ledger::Piece piece{row, row, key, *kind, 1, 1, *file, static_cast<std::uint32_t>(row - part.first + 1), {}, {}};
      ASSERT_TRUE(made->add_pieces(std::span(&piece, 1), diags)) << to_text(diags);
    }
    ASSERT_TRUE(made->add_count("fallback", "ht -> es", 3, diags) && (part.ends ? made->finish(10, diags) : made->commit_group(diags))) << to_text(diags);
  }
  static constexpr const char* kSecret = "a secret of many bytes";
};

TEST_F(LedgerCommand, Totals) {
  make({"job"});
  const Outcome outcome = run({"ledger", "job"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "job       j1 (mailing knee, handout 0.1.0, 2026-11-22)\nstate     finished\nrows      10: 8 printed, 0 filtered out, 0 suppressed, 0 duplicates, 0 rejected\npieces    8, 8 pages, 8 sheets\nfiles     1, 12 bytes\nlocale    es: 8 pieces, 8 pages\n"
            "fallback  ht -> es: 3\n");
  const Json json = Json::parse(run({"ledger", "job", "--json"}).out);
  EXPECT_EQ(json["rows"]["in"], 10);
  EXPECT_EQ(json["pieces"], 8);
  EXPECT_EQ(json["counts"][0]["value"], 3);
  EXPECT_EQ(run({"ledger", "job", "--files"}).out, "es.pdf  8 pieces, 8 pages, 8 sheets, 12 bytes  letter/es\n");
}

TEST_F(LedgerCommand, Find) {
  make({"job"});
  const Outcome found = run({"ledger", "job", "--find", "MRN-3"});
  EXPECT_EQ(found.code, 0) << found.err;
  EXPECT_EQ(found.out, "#3  row 3  es.pdf page 3  knee 1.0; es, layout letter, profile standard  done\n");
  EXPECT_EQ(run({"ledger", "job", "--find", "#3"}).out, found.out);
  EXPECT_EQ(Json::parse(run({"ledger", "job", "--find", "#3", "--json"}).out)[0]["first-page"], 3);
  const Outcome none = run({"ledger", "job", "--find", "MRN-30"});
  EXPECT_EQ(none.code, 1);
  EXPECT_EQ(none.out, "no such piece\n");
  EXPECT_THAT(none.err, HasSubstr("keys are compared exactly as they stand in the list, those of FHIR patients as 'system|value'"));
  EXPECT_EQ(run({"ledger", "job", "--find", ""}).code, 2) << "a variable that was not set";
  EXPECT_EQ(run({"ledger", "job", "--find", "#-3"}).code, 2);
  EXPECT_THAT(run({"ledger", "job", "--find", "#11"}).err, HasSubstr("note: the list has 10 rows\n"));
  EXPECT_EQ(run({"ledger", "job", "--find", "#x"}).code, 2);
}

TEST_F(LedgerCommand, FindByAHashedKey) {
  make({"job", 1, 8, {}, ledger::KeyStyle::Hashed});
  write("secret.key", std::string(kSecret) + "\n");
  write("short.key", "abc\n");
  write("other.key", "another secret of many bytes");
  EXPECT_THAT(run({"ledger", "job", "--find", "MRN-3", "--key-file", "secret.key"}).out, StartsWith("#3 "));
  const Outcome missing = run({"ledger", "job", "--find", "MRN-3"});
  EXPECT_EQ(missing.code, 1);
  EXPECT_THAT(missing.err, HasSubstr("the secret that hashed them is missing"));
  EXPECT_THAT(run({"ledger", "job", "--find", "MRN-3", "--key-file", "short.key"}).err, HasSubstr("short.key: error: has a secret of 3 bytes, fewer than 16"));
  EXPECT_THAT(run({"ledger", "job", "--find", "MRN-3", "--key-file", "other.key"}).err, HasSubstr("hashed with another secret"));
  EXPECT_EQ(run({"ledger", "job"}).code, 0);
}

TEST_F(LedgerCommand, Verify) {
  make({"job"});
  EXPECT_EQ(run({"ledger", "job", "--verify"}).out, "all is as it was written: 1 file, 8 pieces\n");
  write("job/es.pdf", "A print file");
  write("job/report.json", "{}");
  const Outcome outcome = run({"ledger", "job", "--verify"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "altered  es.pdf: its bytes are not those that were written\nunknown  report.json: the ledger does not know it\n2 things are wrong\n");
  EXPECT_EQ(Json::parse(run({"ledger", "job", "--verify", "--known", "report.json", "--json"}).out)["findings"].size(), 1u);
}

// What a run has begun is not what one has left.
TEST_F(LedgerCommand, VerifyWhileAnotherProcessWrites) {
  make({"job"});
  write("job/en.pdf.7-0.part", "half");
  {
    Diagnostics diags;
    const auto held = ledger::FolderLock::take(folder_ / "job", {}, diags);
    ASSERT_TRUE(held) << to_text(diags);
    const Outcome outcome = run({"ledger", "job", "--verify"});
    EXPECT_EQ(outcome.code, 3);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "job: error: is being written by another process\n  hint: only one process may write a job: wait until that has ended, or end it\n");
    EXPECT_EQ(run({"ledger", "job"}).code, 0) << "what it has so far can be asked for";
  }
  EXPECT_EQ(run({"ledger", "job", "--verify"}).out, "unknown  en.pdf.7-0.part: left by a run that did not end\n1 thing is wrong\n");
}

TEST_F(LedgerCommand, Unprinted) {
  make({"job"});
  const Outcome outcome = run({"ledger", "job", "--unprinted"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "2 rows were not printed: 9, 10\n");
  EXPECT_EQ(Json::parse(run({"ledger", "job", "--unprinted", "--json"}).out)["ranges"], Json::parse("[[9,10]]"));
}

// A number that the ledger contradicts would say that all is well.
TEST_F(LedgerCommand, UnprintedOfAnotherNumberOfRows) {
  make({"job"});
  for (const char* rows : {"5", "9", "11"}) {
    const Outcome wrong = run({"ledger", "job", "--unprinted", "--rows", rows});
    EXPECT_EQ(wrong.code, 1);
    EXPECT_EQ(wrong.out, "");
    EXPECT_EQ(wrong.err, std::string("job: error: the list has 10 rows; --rows says ") + rows + "\n  hint: leave --rows out: the job has ended, and its ledger has the number\n");
  }
  EXPECT_EQ(run({"ledger", "job", "--unprinted", "--rows", "10"}).out, "2 rows were not printed: 9, 10\n");
  make({"job/a", 1, 5, {1, 2}});
  EXPECT_THAT(run({"ledger", "job/a", "--unprinted", "--rows", "9"}).err, HasSubstr("job/a: error: the list has 10 rows; --rows says 9\n"));
  // One that has not ended.
  make({.folder = "running", .ends = false});
  const Outcome few = run({"ledger", "running", "--unprinted", "--rows", "7"});
  EXPECT_EQ(few.code, 1);
  EXPECT_EQ(few.err, "running: error: row 8 of the list is settled already; --rows says that it has 7\n  hint: give the number of rows of the whole list, without its header\n");
  EXPECT_EQ(run({"ledger", "running", "--unprinted", "--rows", "8"}).code, 0);
  EXPECT_EQ(run({"ledger", "running", "--unprinted", "--rows", "9"}).out, "1 row was not printed: 9\n");
}

// Whose the other rows are a shard can't say: they are no rows to be printed.
TEST_F(LedgerCommand, UnprintedOfAShard) {
  make({"job/a", 1, 5, {1, 2}});
  const Outcome outcome = run({"ledger", "job/a", "--unprinted"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "every row of this shard is printed, left out or rejected: 5 of the list's 10\n");
  EXPECT_THAT(run({"ledger", "job/a"}).out, HasSubstr("\nrows      5 of the list's 10: 5 printed, "));
  const Json rows = Json::parse(run({"ledger", "job/a", "--json"}).out)["rows"];
  EXPECT_EQ(rows["in"], 5);
  EXPECT_EQ(rows["list"], 10);
  {
    fs::create_directories(folder_ / "job/b");
    ledger::Job job;
    job.id = job.mailing = "j1";
    job.shard = {2, 2};
    Diagnostics diags;
    ASSERT_TRUE(ledger::Ledger::create(folder_ / "job/b", job, "", diags)) << to_text(diags);
  }
  const Outcome running = run({"ledger", "job/b", "--unprinted", "--rows", "10"});
  EXPECT_EQ(running.code, 1);
  EXPECT_THAT(running.err, HasSubstr("job/b: error: the shard has not ended: which rows of the list are its own is not known yet"));
}

TEST_F(LedgerCommand, FindAKeyThatLooksLikeANumber) {
  make({"job"});
  {
    Diagnostics diags;
    auto job = ledger::Ledger::open(folder_ / "job", "", diags);
    ASSERT_TRUE(job && job->begin_group(diags)) << to_text(diags);
    const ledger::Piece odd{9, 9, "#5", ledger::KindId{1}, 1, 1, ledger::FileId{1}, 1, {}, {}};
    ASSERT_TRUE(job->add_pieces(std::span(&odd, 1), diags) && job->commit_group(diags)) << to_text(diags);
  }
  for (const char* key : {"#5", " #5 ", "#5\t"}) {
    const Outcome found = run({"ledger", "job", "--find", key});
    EXPECT_THAT(found.out, StartsWith("#9  row 9  ")) << key;
    EXPECT_EQ(found.err, "note: that is the key of a recipient, whose pieces these are; piece 5 is another's\n  hint: --find '##5' finds the piece\n");
  }
  EXPECT_THAT(run({"ledger", "job", "--find", "##5"}).out, StartsWith("#5  row 5  "));
  EXPECT_THAT(run({"ledger", "job", "--find", "#3"}).out, StartsWith("#3  row 3  "));
  // As keys of a list are read.
  EXPECT_THAT(run({"ledger", "job", "--find", " MRN-3\t"}).out, StartsWith("#3  row 3  "));
}

TEST_F(LedgerCommand, Purge) {
  make({"job"});
  EXPECT_EQ(run({"ledger", "job", "--purge", "--today", "2027-02-19"}).out, "nothing is removed before 2027-02-20\n");
  const Outcome outcome = run({"ledger", "job", "--purge", "--today", "2027-02-20"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "removed: the keys of 8 pieces, 1 file\n");
  EXPECT_FALSE(fs::exists(folder_ / "job/list.csv"));
  EXPECT_EQ(run({"ledger", "job", "--find", "MRN-3"}).code, 1);
  EXPECT_THAT(run({"ledger", "job"}).out, HasSubstr("event 1   purge on 2027-02-20: 8 keys and 1 files removed\n"));
  EXPECT_EQ(run({"ledger", "job", "--verify"}).code, 0);
  EXPECT_EQ(run({"ledger", "job", "--purge", "--today", "soon"}).code, 2);
  EXPECT_EQ(run({"ledger", "job", "--purge", "--today", ""}).code, 2);
  EXPECT_EQ(run({"ledger", "job", "--today", "2027-02-20"}).code, 2);
}

TEST_F(LedgerCommand, FilesThatAPurgeRemovedAreNotLookedAt) {
  make({"job"});
  ASSERT_EQ(run({"ledger", "job", "--purge", "--with-files", "--today", "2027-02-20"}).code, 0);
  EXPECT_FALSE(fs::exists(folder_ / "job/es.pdf"));
  const Outcome outcome = run({"ledger", "job", "--verify"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "removed by a purge, and not looked at: 1 file, 8 pieces\nall is as it was written: 0 files, 0 pieces\n");
  const Json json = Json::parse(run({"ledger", "job", "--verify", "--json"}).out);
  EXPECT_EQ(json["files"], 0);
  EXPECT_EQ(json["pieces"], 0);
  EXPECT_EQ(json["purged"], Json::parse(R"({"files": 1, "pieces": 8})"));
  EXPECT_THAT(run({"ledger", "job"}).out, HasSubstr("\nfiles     1, 12 bytes; a purge removed all of them\n"));
  EXPECT_EQ(Json::parse(run({"ledger", "job", "--json"}).out)["files-purged"], 1);
}

TEST_F(LedgerCommand, FindByNumberShowsReprints) {
  make({"job"});
  {
    Diagnostics diags;
    auto job = ledger::Ledger::open(folder_ / "job", "", diags);
    write("job/again.pdf", "a print file");
    ASSERT_TRUE(job && job->begin_group(diags)) << to_text(diags);
    const auto file = job->add_file({"again.pdf", "reprints/Letter", 1, 1, 1, 12, Sha256().of("a print file")}, diags);
    const ledger::Piece piece{11, 3, "MRN-3", ledger::KindId{1}, 1, 1, *file, 1, {}, {}};
    ASSERT_TRUE(job->add_reprint({piece, 3, "torn", {}}, diags) && job->commit_group(diags)) << to_text(diags);
  }
  const std::string by_key = run({"ledger", "job", "--find", "MRN-3"}).out;
  EXPECT_THAT(by_key, AllOf(HasSubstr("#3  row 3  es.pdf page 3"), HasSubstr("#11  row 3  again.pdf page 1"), HasSubstr("done, prints #3 again\n")));
  EXPECT_EQ(run({"ledger", "job", "--find", "#3"}).out, by_key);
  EXPECT_EQ(run({"ledger", "job", "--find", "#11"}).out, by_key);
  EXPECT_EQ(run({"ledger", "job", "--find", "#12"}).code, 1);
}

TEST_F(LedgerCommand, FindSaysWhyARowHasNoPiece) {
  make({"job", 1, 5});
  {
    Diagnostics diags;
    auto job = ledger::Ledger::open(folder_ / "job", "", diags);
    ASSERT_TRUE(job && job->begin_group(diags)) << to_text(diags);
    const ledger::Reject reject{6, "dose", "is no number"};
    const ledger::LeftOut out[] = {{7, ledger::LeftOutBecause::Filtered}, {8, ledger::LeftOutBecause::Suppressed}, {9, ledger::LeftOutBecause::Duplicate}};
    ASSERT_TRUE(job->add_rejects(std::span(&reject, 1), diags) && job->add_left_out(out, diags) && job->commit_group(diags)) << to_text(diags);
  }
  const std::pair<const char*, const char*> fates[] = {{"#6", "note: row 6 was rejected: column 'dose': is no number\n"}, {"#7", "note: row 7 was filtered out\n"}, {"#8", "note: row 8 was suppressed\n"}, {"#9", "note: row 9 has the key of an earlier row"}, {"#10", "note: row 10 is not settled\n"}};
  for (const auto& [number, fate] : fates) {
    const Outcome outcome = run({"ledger", "job", "--find", number});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.out, "no such piece\n");
    EXPECT_THAT(outcome.err, HasSubstr(fate));
  }
  EXPECT_EQ(run({"ledger", "job", "--find", "#6", "--json"}).out, "[]\n");
}

TEST_F(LedgerCommand, EventsOfOneCommandAreOneLine) {
  make({"job"});
  {
    Diagnostics diags;
    auto job = ledger::Ledger::open(folder_ / "job", "", diags);
    write("job/again.pdf", "a print file");
    ASSERT_TRUE(job && job->begin_group(diags)) << to_text(diags);
    const auto file = job->add_file({"again.pdf", "reprints/Letter", 5, 5, 5, 12, Sha256().of("a print file")}, diags);
    std::uint64_t number = 11;
    for (const std::uint64_t row : {2, 3, 4, 8, 3}) {
      const std::string key = "MRN-" + std::to_string(row);
      const ledger::Piece piece{number, row, key, ledger::KindId{1}, 1, 1, *file, static_cast<std::uint32_t>(number - 10), {}, {}};
      ASSERT_TRUE(job->add_reprint({piece, row, "torn", ledger::Day(2026y / 11 / 30)}, diags)) << to_text(diags);
      ++number;
    }
    ASSERT_TRUE(job->commit_group(diags)) << to_text(diags);
  }
  // Piece 3 again is another command's.
  EXPECT_THAT(run({"ledger", "job"}).out, HasSubstr("event 1-4 reprint of 4 pieces, 2-4, 8 on 2026-11-30: torn\nevent 5   reprint of piece 3 on 2026-11-30: torn\n"));
  EXPECT_EQ(Json::parse(run({"ledger", "job", "--json"}).out)["events"].size(), 5u);
}

TEST_F(LedgerCommand, CountsAreInTheOrderOfNumbers) {
  make({"job"});
  {
    Diagnostics diags;
    auto job = ledger::Ledger::open(folder_ / "job", "", diags);
    ASSERT_TRUE(job && job->begin_group(diags)) << to_text(diags);
    for (const char* pages : {"12", "8", "6"}) ASSERT_TRUE(job->add_count("pages-of-a-piece", pages, 1, diags));
    ASSERT_TRUE(job->commit_group(diags)) << to_text(diags);
  }
  EXPECT_THAT(run({"ledger", "job"}).out, HasSubstr("pages-of-a-piece 6: 1\npages-of-a-piece 8: 1\npages-of-a-piece 12: 1\n"));
}

TEST_F(LedgerCommand, ShredRejects) {
  make({"job"});
  EXPECT_EQ(run({"ledger", "job", "--shred-rejects", "--today", "2026-12-01"}).out, "there is no original text of refused rows\n");
  {
    Diagnostics diags;
    auto job = ledger::Ledger::open(folder_ / "job", "", diags);
    write("job/rejected-rows.csv", "a row");
    ASSERT_TRUE(job && job->begin_group(diags) && job->add_other_file("rejected-rows.csv", ledger::Personal::Yes, diags) && job->commit_group(diags)) << to_text(diags);
  }
  const Outcome outcome = run({"ledger", "job", "--shred-rejects"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "overwritten and removed: 1 file with the original text of refused rows\n");
  EXPECT_FALSE(fs::exists(folder_ / "job/rejected-rows.csv"));
  EXPECT_THAT(run({"ledger", "job"}).out, HasSubstr("event 1   shred-rejects on 2026-12-01: 0 files overwritten and removed\nevent 2   shred-rejects on "));
  EXPECT_EQ(run({"ledger", "job", "--verify"}).code, 0);
  EXPECT_EQ(run({"ledger", "job", "--shred-rejects", "--purge"}).code, 2);
}

TEST_F(LedgerCommand, MergeOfOneShardTwice) {
  make({"job/a", 1, 5, {1, 2}});
  make({"job/b", 6, 10, {2, 2}});
  const Outcome outcome = run({"ledger", "merge", "job", "job/a", "job/b", "job/a/"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("error: shard 1 is named twice"), Not(HasSubstr("another process"))));
}

TEST_F(LedgerCommand, Merge) {
  make({"job/a", 1, 5, {1, 2}});
  make({"job/b", 6, 10, {2, 2}});
  const Outcome outcome = run({"ledger", "merge", "job", "job/a", "job/b"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("rows      10: 10 printed"), testing::ContainsRegex("event 1   merge on 20[0-9-]+: 2 shards\n"), Not(HasSubstr("shard "))));
  EXPECT_EQ(run({"ledger", "job", "--verify"}).out, "all is as it was written: 2 files, 10 pieces\n");
  const Outcome again = run({"ledger", "merge", "job", "job/a", "job/b"});
  EXPECT_EQ(again.code, 0);
  EXPECT_EQ(again.out, outcome.out);
  EXPECT_EQ(again.err, "job/ledger.sqlite: note: these shards are joined there already: nothing was written\n");
}

TEST_F(LedgerCommand, PurgeWithoutOneOfTheShards) {
  make({"job/a", 1, 5, {1, 2}});
  make({"job/b", 6, 10, {2, 2}});
  ASSERT_EQ(run({"ledger", "merge", "job", "job/a", "job/b"}).code, 0);
  fs::rename(folder_ / "job/b", folder_ / "b");
  const Outcome outcome = run({"ledger", "job", "--purge", "--today", "2027-02-20"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "removed: the keys of 10 pieces, 1 file\n");
  EXPECT_THAT(outcome.err, HasSubstr("job/b/ledger.sqlite: error: the ledger of a joined shard is not there"));
}

TEST_F(LedgerCommand, MergeThatDoesNotAddUp) {
  make({"job/a", 1, 5, {1, 2}});
  make({"job/b", 5, 9, {2, 2}});
  const Outcome outcome = run({"ledger", "merge", "job", "job/a", "job/b"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("job/b/ledger.sqlite: error: has rows that another shard has as well: 5"), HasSubstr("no shard has these of the 10 rows: 10")));
  EXPECT_FALSE(fs::exists(folder_ / "job/ledger.sqlite"));
}

TEST_F(LedgerCommand, WhatIsNoLedger) {
  EXPECT_EQ(run({"ledger"}).code, 2);
  const Outcome none = run({"ledger", "."});
  EXPECT_EQ(none.code, 1);
  EXPECT_THAT(none.err, HasSubstr("has no ledger: no file 'ledger.sqlite'"));
  const Outcome nowhere = run({"ledger", "nowhere"});
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_EQ(nowhere.err, "nowhere: error: no such folder\n  hint: name the folder that handout batch was given by --out\n");
  const Outcome merged = run({"ledger", "merge", ".", "nowhere"});
  EXPECT_EQ(merged.code, 1);
  EXPECT_THAT(merged.err, HasSubstr("nowhere: error: no such folder"));
  EXPECT_EQ(run({"ledger", ".", "--key-file", ""}).code, 2);
  write("ledger.sqlite", "not one");
  EXPECT_EQ(run({"ledger", "."}).code, 1);
}

}  // namespace
}  // namespace handout::test
