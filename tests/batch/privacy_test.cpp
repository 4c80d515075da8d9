// What of a recipient stays in a job's folder, and for how long.
#include <fmt/format.h>

#include "batch/batch_testing.h"
#include "batch/file_group.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Privacy : public Batch {
 protected:
  // Every name below the folder of a job, but those of the copies, and the bytes of its ledgers.
  [[nodiscard]] std::string names_and_ledgers(const std::string& out) const {
    std::string text;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / out)) {
      const std::string name = entry.path().lexically_relative(folder_ / out).generic_string();
      text += name + "\n";
      if (entry.path().filename().string().starts_with(ledger::kFileName)) text += read_text(entry.path());
    }
    return text;
  }
  // Whose text of row 3 is refused.
  void write_list_with_a_fault() const { write("people.csv", "key,name,birth-date\nk1,Ann,1960-01-02\nk2,Bob,1961-01-02\nk3,SECRETNAME,sixty\nk4,Dan,1962-01-02\n"); }
  [[nodiscard]] bool has_text() const { return fs::exists(folder_ / "job/rejected-rows.csv"); }
  std::vector<std::string> events(const std::string& out) {
    std::vector<std::string> found;
    const auto all = open(out).events(diags_);
    for (const ledger::Event& each : *all) found.push_back(each.what);
    return found;
  }
};

constexpr std::string_view kEnglish = "<locale choose=\"fixed\" fixed=\"en\"/>\n";

// ---- keys ----

TEST_F(Privacy, HashedKeysAreInNoNameAndNotInTheLedger) {
  write("secret.key", "0123456789abcdef\n");
  write_mailing(std::string(kEnglish) + "<output as=\"both\"/>\n<ledger key=\"hashed\" key-file=\"secret.key\"/>");
  fs::permissions(folder_ / "secret.key", fs::perms::owner_read | fs::perms::group_read);
  run_whole(order("job"));
  EXPECT_THAT(said(), HasSubstr("secret.key: warning: others than its owner may read or write the secret\n  hint: chmod 600 keeps it to its owner\n"));
  EXPECT_TRUE(fs::exists(folder_ / "job/pieces/17-en.pdf"));
  EXPECT_THAT(names_and_ledgers("job"), Not(HasSubstr("P00000")));
}

TEST_F(Privacy, APurgeLeavesNoKeyInAnyLedgerOrName) {
  write_mailing(std::string(kEnglish) + "<output as=\"both\" file-name=\"{key}-{locale}.pdf\" keys-in-file-names=\"yes\"/>\n<keep days=\"1\"/>");
  for (const auto outputs : {ledger::Outputs::Keep, ledger::Outputs::Remove}) {
    const std::string job = outputs == ledger::Outputs::Keep ? "kept" : "removed";
    std::vector<fs::path> shards;
    for (std::uint32_t k = 1; k <= 2; ++k) {
      Order shard = order(fmt::format("{}/shard-{}-of-2", job, k));
      shard.shard = {k, 2};
      shard.today = ledger::day_from_text(k == 1 ? "2026-11-30" : "2026-12-01");
      run_whole(shard);
      shards.push_back(shard.folder);
    }
    {
      auto merged = ledger::Ledger::merge(folder_ / job, shards, diags_);
      ASSERT_TRUE(merged) << said();
      EXPECT_THAT(names_and_ledgers(job), HasSubstr("P0000017"));
      const auto purged = merged->purge({*ledger::day_from_text("2026-12-01"), {}, outputs}, diags_);
      ASSERT_TRUE(purged && purged->due) << said();
      EXPECT_EQ(purged->keys, 100u);
      EXPECT_EQ(purged->renamed, 100u);
    }
    EXPECT_THAT(names_and_ledgers(job), Not(HasSubstr("P00000")));
    for (const std::string& out : {job, job + "/shard-1-of-2", job + "/shard-2-of-2"}) EXPECT_THAT(findings(out), IsEmpty()) << out;
  }
}

// A disk that is full is told of many times, and each message goes into a log.
TEST_F(Privacy, MessagesOfFilesThatAreBeingMadeHaveNoNames) {
  fs::create_directories(folder_ / "pieces/.1.part");
  FileGroup group(folder_ / "pieces");
  EXPECT_FALSE(group.add("P0000003-hi.pdf", "x", diags_));
  EXPECT_THAT(said(), AllOf(HasSubstr("pieces/.1.part: error: could not be made"), Not(HasSubstr("P0000003"))));
  ASSERT_TRUE(group.add("P0000003-hi.pdf", "x", diags_) && group.add("P0000004-hi.pdf", "y", diags_) && group.commit(diags_));
  EXPECT_EQ(read("pieces/P0000003-hi.pdf") + read("pieces/P0000004-hi.pdf"), "xy");
}

// ---- refused rows ----

TEST_F(Privacy, RefusedRowsAreNotKeptWhereTheyAreNotWanted) {
  write_list_with_a_fault();
  write_mailing(kEnglish);
  Order shred = order("job");
  shred.refused = OriginalRows::Leave;
  EXPECT_EQ(run_whole(shred).tally.rejected, 1u);
  EXPECT_FALSE(has_text());
  EXPECT_THAT(read("job/rejects.csv"), AllOf(HasSubstr("3,birth-date,"), Not(HasSubstr("SECRETNAME"))));
  EXPECT_THAT(events("job"), Contains("shred-rejects"));
  EXPECT_THAT(findings("job"), IsEmpty());
}

TEST_F(Privacy, RefusedRowsOfAJobThatIsDoneAreShredded) {
  write_list_with_a_fault();
  write_mailing(kEnglish);
  run_whole(order("job"));
  EXPECT_TRUE(has_text());
  fs::create_hard_link(folder_ / "job/rejected-rows.csv", folder_ / "same.csv");
  Order shred = order("job");
  shred.refused = OriginalRows::Leave;
  EXPECT_EQ(run_whole(shred).ended, Ended::DoneBefore);
  EXPECT_FALSE(has_text());
  EXPECT_THAT(read("same.csv"), AllOf(Not(IsEmpty()), Not(HasSubstr("SECRETNAME"))));
  EXPECT_THAT(events("job"), Contains("shred-rejects"));
  EXPECT_THAT(findings("job"), IsEmpty());
}

// What was purged is not read again from the list.
TEST_F(Privacy, APurgedJobDoesNotGoOn) {
  ASSERT_EQ(run(order("job"), 10)->ended, Ended::Stopped);
  {
    auto ledger = ledger::Ledger::open_without_secret(folder_ / "job", diags_);
    ASSERT_TRUE(ledger) << said();
    ASSERT_TRUE(ledger->purge({*ledger::day_from_text("2031-01-01"), 0, ledger::Outputs::Keep}, diags_)) << said();
  }
  EXPECT_FALSE(run(order("job")));
  EXPECT_THAT(said(), HasSubstr("the job's data was purged: it cannot go on\n  hint: begin a new job in another folder, with the rows that handout ledger " + (folder_ / "job").string() + " --unprinted --rows N lists"));
}

// With too many refused rows a job ends as well, and who gives the command again without the option gets no text back.
TEST_F(Privacy, RefusedRowsDoNotComeBack) {
  write_list_with_a_fault();
  write_mailing(std::string(kEnglish) + "<limits rejects=\"0\"/>");
  Order shred = order("job");
  shred.refused = OriginalRows::Leave;
  for (const Order& each : {order("job"), shred, order("job")}) {
    const auto outcome = run(each);
    ASSERT_TRUE(outcome) << said();
    EXPECT_EQ(outcome->ended, Ended::TooManyRejects);
    EXPECT_THAT(findings("job"), IsEmpty());
    EXPECT_EQ(has_text(), !fs::exists(folder_ / "shredded"));
    write("shredded", "");
  }
}

// The text of a run that was killed before its ledger knew of it.
TEST_F(Privacy, RefusedRowsOfAKilledRunAreShredded) {
  write("people.csv", sample(100) + "K,,SECRETNAME,Able,,,,31/12/1980,en,Lane 1,Town,,,12345,US,no\n");
  write_mailing(std::string(kEnglish) + "<output as=\"stream\" pieces-per-file=\"7\"/>");
  ASSERT_EQ(run(order("job"), 40)->ended, Ended::Stopped);
  write("job/rejected-rows.csv", "key,name\nk3,SECRETNAME\n");
  write("job/rejected-rows.csv.123-0.part", "key,name\nk3,SECRETNAME\n");
  fs::create_hard_link(folder_ / "job/rejected-rows.csv.123-0.part", folder_ / "same.csv");
  Order shred = order("job");
  shred.refused = OriginalRows::Leave;
  EXPECT_EQ(run_whole(shred).tally.rejected, 1u);
  EXPECT_FALSE(has_text());
  EXPECT_THAT(read("same.csv"), AllOf(Not(IsEmpty()), Not(HasSubstr("SECRETNAME"))));
  EXPECT_THAT(findings("job"), IsEmpty());
}

// ---- the day ----

TEST_F(Privacy, AJobHasTheDayOnWhichItWasBegun) {
  write_mailing(std::string(kEnglish) + "<output as=\"stream\" pieces-per-file=\"7\"/>\n<keep days=\"90\"/>");
  Order whole = order("whole");
  whole.day = ledger::day_from_text("2026-11-30");
  run_whole(whole);
  Order first = order("job");
  first.today = ledger::day_from_text("2026-11-30");
  ASSERT_EQ(run(first, 40)->ended, Ended::Stopped);
  // It goes on on another day, and nothing tells.
  Order again = order("job");
  again.today = ledger::day_from_text("2026-12-02");
  run_whole(again);
  EXPECT_EQ(open("job").job().day, ledger::day_from_text("2026-11-30"));
  EXPECT_TRUE(outputs("job") == outputs("whole"));
  EXPECT_TRUE(read("job/report.json") == read("whole/report.json"));
  EXPECT_TRUE(read("job/report.pdf") == read("whole/report.pdf"));
  // The same day may be said, another one not.
  Order said_day = order("job");
  said_day.day = ledger::day_from_text("2026-11-30");
  EXPECT_EQ(run_whole(said_day).ended, Ended::DoneBefore);
  said_day.day = ledger::day_from_text("2026-12-02");
  EXPECT_FALSE(run(said_day));
  EXPECT_THAT(said(), HasSubstr("ledger.sqlite: error: the job's day is 2026-11-30; 2026-12-02 was given\n  hint: leave --day out: a job keeps its day"));
  auto ledger = ledger::Ledger::open_without_secret(folder_ / "job", diags_);
  EXPECT_EQ(ledger->purge({*ledger::day_from_text("2026-12-02"), {}, ledger::Outputs::Keep}, diags_)->due_on, ledger::day_from_text("2027-02-28"));
}

}  // namespace
}  // namespace handout::batch
