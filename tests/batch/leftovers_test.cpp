// What a run that was killed left, and what a person put beside it.
#include "batch/leftovers.h"

#include <fmt/format.h>

#include <algorithm>

#include "batch/batch_testing.h"
#include "batch/joined_report.h"

namespace handout::batch {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Leftovers : public Batch {
 protected:
  ledger::Purge purge() const {
    ledger::Purge order{*ledger::day_from_text("2026-11-30"), 0, ledger::Outputs::Keep};
    order.is_left = is_left;
    return order;
  }
  // Two that are done; their folders.
  std::vector<fs::path> shards(const std::string& out) {
    std::vector<fs::path> folders;
    for (std::uint32_t k = 1; k <= 2; ++k) {
      Order shard = order(fmt::format("{}/shard-{}-of-2", out, k));
      shard.shard = {k, 2};
      run_whole(shard);
      folders.push_back(shard.folder);
    }
    return folders;
  }
};

TEST_F(Leftovers, AreToldFromWhatAPersonPutThere) {
  ledger::Job job;
  job.id = "J1";
  write("small-0003.json", "{\"job\": \"J1\", \"file\": \"small-0003.pdf\"}");
  write("small-0004.json", "{\"job\": \"J2\", \"file\": \"small-0004.pdf\"}");
  write("copy.json", "{\"job\": \"J1\", \"file\": \"small-0003.pdf\"}");
  write("odd.json", "[1");
  write("reprints/0001-Letter.json", "{\"job\": \"J1\", \"file\": \"0001-Letter.pdf\"}");
  const ledger::UnknownIn in{folder_, job};
  for (const char* name : {"small-0003.json", "small-0003.pdf", "reprints/0001-Letter.pdf", "reprints/0001-Letter.json", "pieces/k1.pdf", ".3.part", "small-0005.pdf.17-0.part", "reprints/0002-Letter.pdf.17-0.part", "pieces/.17.part", "ledger.sqlite.part", "report.pdf", "rejected-rows.jsonl", "job/report/en.xml", "job/report/locales.svg", "job/speed/speed.svg", "job/again/rejected-rows.csv", "job/again/job/report/en.xml"}) EXPECT_TRUE(is_left(in, name)) << name;
  for (const char* name : {"small-0004.json", "small-0004.pdf", "copy.json", "copy.pdf", "odd.json", "notes.txt", "notes.part", "my.notes.part", ".x.part", "mine/report.pdf", "mine/half.part", "pieces/notes.txt", "pieces/old/k1.pdf", "reprints/mine.pdf", "shard-1-of-2/pieces/k1.pdf", "job/inputs/list.csv", "job/report/readme.txt", "job/mine/x.part"}) EXPECT_FALSE(is_left(in, name)) << name;
  EXPECT_FALSE(is_left({folder_, job, true}, "pieces/k1.pdf")) << "a job that has ended knows all of its pieces";
}

// What it is made of has names by which a purge knows it.
TEST_F(Leftovers, SourcesOfReportsAreKnownByTheirNames) {
  run_whole(order("job"));
  std::size_t found = 0;
  for (const char* folder : {"job/job/report", "job/job/speed"}) {
    std::error_code ignored;  // a short run has no curve of its speed
    for (const auto& entry : fs::directory_iterator(folder_ / folder, ignored)) {
      ++found;
      EXPECT_TRUE(is_left({folder_ / "job", open("job").job(), true}, entry.path().lexically_relative(folder_ / "job").generic_string())) << entry.path();
    }
  }
  EXPECT_GE(found, 3u);
}

TEST_F(Leftovers, APurgeLeavesWhatAPersonPutThere) {
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output as=\"both\"/>");
  run_whole(order("job"));
  for (const char* name : {"job/pieces/all-in-one-for-the-archive.pdf", "job/notes.part", "job/job/report/readme.txt", "job/job/mine/x.part"}) write(name, "mine");
  const auto purged = ledger::Ledger::open_without_secret(folder_ / "job", diags_)->purge(purge(), diags_);
  ASSERT_TRUE(purged) << said();
  EXPECT_EQ(purged->left, 0u);
  for (const char* name : {"job/pieces/all-in-one-for-the-archive.pdf", "job/notes.part", "job/job/report/readme.txt", "job/job/mine/x.part"}) EXPECT_TRUE(fs::exists(folder_ / name)) << name;
}

// Pages of people that no ledger vouches for, and their keys in names of files.
TEST_F(Leftovers, APurgeRemovesThem) {
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output as=\"both\" pieces-per-file=\"10\" file-name=\"{key}.pdf\" keys-in-file-names=\"yes\"/>");
  run_whole(order("whole"));
  ASSERT_EQ(run(order("job"), 40)->ended, Ended::Stopped);
  const auto before = findings("job");
  EXPECT_THAT(before, IsEmpty());
  // As if it had been killed later.
  fs::copy(folder_ / "whole/pieces", folder_ / "job/pieces", fs::copy_options::recursive | fs::copy_options::skip_existing);
  for (const char* name : {"small-Letter-0010.pdf", "small-Letter-0010.json", "rejects.csv"}) {
    if (fs::exists(folder_ / "whole" / name)) fs::copy_file(folder_ / "whole" / name, folder_ / "job" / name);
  }
  ASSERT_TRUE(fs::exists(folder_ / "job/small-Letter-0010.pdf"));
  // Its ticket names the job, which is the same as that of the whole one.
  write("job/notes.txt", "mine");
  const std::size_t left = findings("job").size() - 1;
  EXPECT_GT(left, 30u);
  const auto purged = ledger::Ledger::open_without_secret(folder_ / "job", diags_)->purge(purge(), diags_);
  ASSERT_TRUE(purged) << said();
  EXPECT_EQ(purged->left, left);
  EXPECT_THAT(findings("job"), testing::ElementsAre("notes.txt: the ledger does not know it"));
  for (const auto& entry : fs::directory_iterator(folder_ / "job/pieces")) EXPECT_TRUE(entry.path().filename().string().starts_with("purged-")) << entry.path();
}

TEST_F(Leftovers, OfShardsGoWithTheJoinedJob) {
  const std::vector<fs::path> folders = shards("job");
  auto joined = join(folder_ / "job", folders, {}, shipped(), diags_);
  ASSERT_TRUE(joined) << said();
  write("job/shard-2-of-2/.9.part", "%PDF");
  const auto purged = joined->purge(purge(), diags_);
  ASSERT_TRUE(purged) << said();
  EXPECT_EQ(purged->left, 1u);
  EXPECT_FALSE(fs::exists(folder_ / "job/shard-2-of-2/.9.part"));
}

// A joined job has its report when its ledger says that it has ended; until then the same command begins anew.
TEST_F(Leftovers, AMergeThatWasCutOffBeginsAnew) {
  const std::vector<fs::path> folders = shards("job");
  // What one that was killed leaves.
  const auto leave_half = [&] {
    ledger::Job half = open("job/shard-1-of-2").job();
    half.shard = {1, 1};
    for (ledger::Input& each : half.inputs) each.copy = each.copy.empty() ? "" : "shard-1-of-2/" + each.copy;
    ASSERT_TRUE(ledger::Ledger::create(folder_ / "job", half, "", diags_)) << said();
    write("job/.1.part", "half");
    write("job/job/report/en.xml", "half");
    write("job/report.pdf", "half");
  };
  leave_half();
  // No report can be written.
  fs::create_directories(folder_ / "job/report.json/in-the-way");
  EXPECT_FALSE(join(folder_ / "job", folders, {}, shipped(), diags_));
  EXPECT_FALSE(ledger::Ledger::exists(folder_ / "job"));
  EXPECT_FALSE(fs::exists(folder_ / "job/job"));
  EXPECT_FALSE(fs::exists(folder_ / "job/report.pdf"));
  fs::remove_all(folder_ / "job/report.json");
  leave_half();
  diags_ = Diagnostics();
  ASSERT_TRUE(join(folder_ / "job", folders, {}, shipped(), diags_)) << said();
  EXPECT_THAT(findings("job"), IsEmpty());
  EXPECT_THAT(read("job/report.json"), HasSubstr("\"rows\": {\n    \"in\": 100,"));
}

// What lies in the folder of the shards is somebody's, whether they are joined or not.
TEST_F(Leftovers, AMergeLeavesWhatIsNotItsOwn) {
  const std::vector<fs::path> folders = shards("job");
  const std::string lost = read("job/shard-2-of-2/report.json");
  for (const char* name : {"job/job/report/notes.txt", "job/report.pdf", "job/report.json"}) {
    write(name, "mine");
    // Refused for this and for that.
    fs::remove(folder_ / "job/shard-2-of-2/report.json");
    EXPECT_FALSE(join(folder_ / "job", folders, {}, shipped(), diags_));
    write("job/shard-2-of-2/report.json", lost);
    diags_ = Diagnostics();
    EXPECT_FALSE(join(folder_ / "job", folders, {}, shipped(), diags_));
    EXPECT_THAT(said(), testing::AllOf(HasSubstr("/job/"), HasSubstr(": error: is there already, and no ledger beside it: the joined job is to have a report of that name\n  hint: move it away")));
    EXPECT_FALSE(ledger::Ledger::exists(folder_ / "job"));
    EXPECT_EQ(read(name), "mine");
    fs::remove(folder_ / name);
  }
  // A file beside the report's stays when there is none in the end.
  write("job/job/notes.txt", "mine");
  fs::remove(folder_ / "job/shard-2-of-2/report.json");
  EXPECT_FALSE(join(folder_ / "job", folders, {}, shipped(), diags_));
  EXPECT_EQ(read("job/job/notes.txt"), "mine");
}

// A job that isn't made leaves no report.
TEST_F(Leftovers, AMergeOfShardsThatWereJoinedElsewhereLeavesNothing) {
  const std::vector<fs::path> folders = shards("job/in");
  ASSERT_TRUE(join(folder_ / "job/in", folders, {}, shipped(), diags_)) << said();
  EXPECT_FALSE(join(folder_ / "job", folders, {}, shipped(), diags_));
  EXPECT_THAT(said(), HasSubstr("was joined into that of '"));
  std::vector<std::string> there;
  for (const auto& entry : fs::directory_iterator(folder_ / "job")) there.push_back(entry.path().filename().string());
  EXPECT_THAT(there, testing::ElementsAre("in"));
}

// Of an older engine, which took what today's refuses: the shards are joined all the same.
TEST_F(Leftovers, AMergeOfShardsWhoseMailingIsRefusedNow) {
  const std::vector<fs::path> folders = shards("job");
  const auto inputs = open("job/shard-1-of-2").job().inputs;
  const auto mailing = std::find_if(inputs.begin(), inputs.end(), [](const ledger::Input& each) { return each.kind == "mailing"; });
  ASSERT_NE(mailing, inputs.end());
  const std::string copy = "job/shard-1-of-2/" + mailing->copy, text = read(copy);
  write(copy, std::string(text).replace(text.find("</mailing>"), 0, "<output as=\"stream\" stream-name=\"{mailing}-{number}.pdf\"/>\n"));
  ASSERT_TRUE(join(folder_ / "job", folders, {}, shipped(), diags_)) << said();
  EXPECT_THAT(said(), testing::AllOf(HasSubstr("warning: there is no report of the joined job: "), testing::Not(HasSubstr("error:"))));
  EXPECT_FALSE(fs::exists(folder_ / "job/report.json") || fs::exists(folder_ / "job/report.pdf") || fs::exists(folder_ / "job/job"));
  EXPECT_EQ(open("job").totals(diags_)->rows_in, 100u);
}

}  // namespace
}  // namespace handout::batch
