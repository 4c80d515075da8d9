// `handout batch`: which share of a list is made, how it stops, and what it says on a terminal and in a pipe.
#include <sys/stat.h>

#include <algorithm>
#include <regex>

#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class BatchUsage : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    write("texts/knee/en.xml", "<article id=\"knee\" xml:lang=\"en\" version=\"1\" status=\"draft\">\n<field-def name=\"dose\" type=\"text\"/>\n<title id=\"t\">Knee</title>\n<p id=\"p\">For <field name=\"patient.name\"/>: rest, <field name=\"dose\"/>.</p>\n</article>\n");
    write_mailing("");
    write_list(60);
  }
  void write_mailing(const std::string& more, const std::string& before = "") const {
    write("small.xml", "<mailing id=\"small\" title=\"Small\">\n<article ref=\"texts/knee\"/>\n<layout name=\"layout.xml\" large-print=\"ignore\"/>\n<locale choose=\"recipient\" fallback=\"en\"/>\n<field name=\"dose\"/>\n" + before + "<output as=\"stream\"/>\n" + more + "</mailing>\n");
  }
  void write_list(int rows) const {
    std::string list = "key,name,dose\n";
    for (int i = 1; i <= rows; ++i) list += "K" + std::to_string(i) + ",Ann," + std::to_string(i) + " mg\n";
    write("people.csv", list);
  }
  [[nodiscard]] static std::vector<std::string> words(const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"batch", "small.xml", "--recipients", "people.csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  Outcome batch(const std::vector<std::string>& more) { return run(words(more)); }
  // By way of another program, which ends with the words of this one.
  Outcome by_way_of(const std::string& program, std::vector<std::string> arguments, const std::vector<std::string>& more) const {
    arguments.insert(arguments.end(), {kProgram.string(), "--data", kSource.string()});
    for (const std::string& each : words(more)) arguments.push_back(each);
    return run_program(program, arguments, {folder_, {}, {}});
  }
  // A line of the shell, in which $HANDOUT stands for the program.
  Outcome shell(const std::string& line) const { return run_program("/bin/sh", {"-c", "HANDOUT='" + kProgram.string() + " --data " + kSource.string() + "'; " + line}, {folder_, {}, {}}); }
};

// ---- shards ----

TEST_F(BatchUsage, ShardsThatAreNone) {
  for (const char* shard : {"", "2", "2/", "/2", "2/-5", "-1/2", "+2/4", " 2/ 3", "2/4 ", "2/4/4", "0/2", "3/2", "1/100000", "1/4294967297", "1.0/2"}) {
    const Outcome outcome = batch({"--out", "job", "--shard", shard});
    EXPECT_EQ(outcome.code, 2) << shard;
    EXPECT_THAT(outcome.err, HasSubstr(std::string("error: '") + shard + "' is "));
  }
  EXPECT_EQ(batch({"--out", "job", "--day", ""}).code, 2);
  EXPECT_EQ(batch({"--shard", "1/2"}).code, 2) << "no folder";
  EXPECT_FALSE(fs::exists(folder_ / "job") || fs::exists(folder_ / "shard-1-of-2"));
}

TEST_F(BatchUsage, VariablesOfArraysThatContradictOneAnother) {
  const auto refused = [&](std::vector<std::string> environment, const std::vector<std::string>& more, const std::vector<std::string>& told) {
    std::vector<std::string> all{"--out", "job", "--array"};
    all.insert(all.end(), more.begin(), more.end());
    const Outcome outcome = by_way_of("/usr/bin/env", std::move(environment), all);
    EXPECT_EQ(outcome.code, 2) << outcome.err;
    for (const std::string& each : told) EXPECT_THAT(outcome.err, HasSubstr(each));
  };
  refused({"SLURM_ARRAY_TASK_ID=3", "JOB_COMPLETION_INDEX=1"}, {"--shards", "4"}, {"SLURM_ARRAY_TASK_ID is '3'", "JOB_COMPLETION_INDEX is '1'"});
  refused({"SLURM_ARRAY_TASK_ID=abc", "JOB_COMPLETION_INDEX=1"}, {"--shards", "4"}, {"SLURM_ARRAY_TASK_ID is 'abc'"});
  refused({"SLURM_ARRAY_TASK_ID=abc"}, {"--shards", "4"}, {"SLURM_ARRAY_TASK_ID is 'abc', which is no number"});
  refused({"JOB_COMPLETION_INDEX=-1"}, {"--shards", "4"}, {"JOB_COMPLETION_INDEX is '-1', which is no number"});
  refused({"AWS_BATCH_JOB_ARRAY_INDEX=1", "AWS_BATCH_JOB_ARRAY_SIZE=4"}, {"--shards", "8"}, {"AWS_BATCH_JOB_ARRAY_SIZE is 4, and --shards is 8"});
  refused({"AWS_BATCH_JOB_ARRAY_INDEX=1", "AWS_BATCH_JOB_ARRAY_SIZE=four"}, {}, {"AWS_BATCH_JOB_ARRAY_SIZE is 'four', which is no number"});
  refused({"JOB_COMPLETION_INDEX=1"}, {"--shards", "0"}, {"--shards"});
  EXPECT_FALSE(fs::exists(folder_ / "job"));
  // An empty variable is none.
  EXPECT_EQ(by_way_of("/usr/bin/env", {"SLURM_ARRAY_TASK_ID=", "AWS_BATCH_JOB_ARRAY_INDEX=1", "AWS_BATCH_JOB_ARRAY_SIZE=4"}, {"--out", "job", "--array", "--shards", "4"}).code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "job/shard-2-of-4/ledger.sqlite"));
}

TEST_F(BatchUsage, AWholeJobAndShardsNeverShareAFolder) {
  ASSERT_EQ(batch({"--out", "whole"}).code, 0);
  const Outcome shard = batch({"--out", "whole", "--shard", "1/2"});
  EXPECT_EQ(shard.code, 1);
  EXPECT_THAT(shard.err, HasSubstr("whole: error: the folder holds a whole job, or one that shards were joined to; shard 1/2 would print its recipients twice"));
  EXPECT_FALSE(fs::exists(folder_ / "whole/shard-1-of-2"));
  EXPECT_EQ(batch({"--dry-run", "--out", "whole", "--shard", "1/2"}).code, 0) << "nothing is written";

  ASSERT_EQ(batch({"--out", "parts", "--shard", "1/2"}).code, 0);
  const Outcome all = batch({"--out", "parts"});
  EXPECT_EQ(all.code, 1);
  EXPECT_THAT(all.err, HasSubstr("parts: error: the folder holds shards of a job (shard-1-of-2); a whole job would print their recipients twice"));
  EXPECT_EQ(batch({"--out", "parts", "--proof", "2"}).code, 1);
  ASSERT_EQ(batch({"--out", "parts", "--shard", "2/2"}).code, 0);
  ASSERT_EQ(run({"ledger", "merge", "parts", "parts/shard-1-of-2", "parts/shard-2-of-2"}).code, 0);
  // What is joined is done, and so are its shards; one that is gone is not made again.
  EXPECT_THAT(batch({"--out", "parts", "--shard", "2/2"}).out, HasSubstr("the job is done already"));
  fs::remove_all(folder_ / "parts/shard-2-of-2");
  EXPECT_EQ(batch({"--out", "parts", "--shard", "2/2"}).code, 1);
}

TEST_F(BatchUsage, RowsOfAShardAddUp) {
  const Outcome outcome = batch({"--out", "job", "--shard", "1/3"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  std::smatch found;
  ASSERT_TRUE(std::regex_search(outcome.out, found, std::regex("^job/shard-1-of-3: ([0-9]+) of the list's 60 rows, 0 refused, 0 filtered, 0 suppressed, 0 duplicates\n([0-9]+) pieces "))) << outcome.out;
  EXPECT_EQ(found[1], found[2]);
  EXPECT_LT(std::stoi(found[1]), 60);
  EXPECT_THAT(batch({"--out", "job", "--shard", "1/3"}).out, HasSubstr("job/shard-1-of-3: " + found[1].str() + " of the list's 60 rows"));
}

// ---- signals ----

TEST_F(BatchUsage, StopsWhenTheTerminalIsLost) {
  write_list(500'000);
  // The kernel tells of it, and the shell again.
  const Outcome outcome = shell("$HANDOUT batch small.xml --recipients people.csv --out job & pid=$!; sleep 0.6; kill -HUP $pid; kill -HUP $pid; sleep 0.01; kill -HUP $pid; wait $pid");
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("stopped: the same command goes on"));
  for (const std::string& file : files()) EXPECT_THAT(file, Not(HasSubstr(".part")));
  const Outcome outlives = shell("trap '' HUP; $HANDOUT batch small.xml --recipients people.csv --dry-run & pid=$!; sleep 0.5; kill -HUP $pid; sleep 0.2; kill -TERM $pid; wait $pid");
  EXPECT_EQ(outlives.code, 3);
  EXPECT_THAT(outlives.err, HasSubstr("stopped: nothing was written; the same command begins anew\n"));
}

TEST_F(BatchUsage, ASecondSignalEndsAtOnce) {
  write_list(500'000);
  const Outcome outcome = shell("$HANDOUT batch small.xml --recipients people.csv --out job & pid=$!; sleep 0.6; kill -INT $pid; kill -TERM $pid; wait $pid");
  EXPECT_THAT(outcome.code, testing::AnyOf(130, 143)) << outcome.err;
}

TEST_F(BatchUsage, AStoppedStreamTellsWhatIsMadeAgain) {
  write_list(500'000);
  const Outcome outcome = by_way_of("/usr/bin/timeout", {"--foreground", "--preserve-status", "-s", "TERM", "1"}, {"--out", "job"});
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_TRUE(std::regex_search(outcome.err, std::regex("stopped: the same command goes on; [0-9]+ pieces? of unfinished files (is|are) made again\n"))) << outcome.err;
  EXPECT_TRUE(std::regex_search(outcome.out, std::regex("job: [0-9]+ rows of the list read"))) << outcome.out;
}

// ---- what is said ----

TEST_F(BatchUsage, OutputThatCannotBeWrittenIsToldWithItsCode) {
  const Outcome full = run(words({"--out", "job"}), {folder_, "/dev/full", {}});
  EXPECT_EQ(full.code, 3);
  EXPECT_THAT(full.err, HasSubstr("standard output cannot be written: No space left on device"));
  const Outcome closed = shell("$HANDOUT batch small.xml --recipients people.csv --dry-run >&-");
  EXPECT_EQ(closed.code, 3);
  EXPECT_THAT(closed.err, HasSubstr("standard output cannot be written: Bad file descriptor"));
  // No file of the job gets the number of a standard output that was closed, and messages into it.
  const Outcome mute = shell("$HANDOUT batch small.xml --recipients people.csv --out mute <&- >&- 2>&-; $HANDOUT ledger mute --verify");
  EXPECT_THAT(mute.out, HasSubstr("all is as it was written: "));
}

TEST_F(BatchUsage, ProgressFitsTheTerminal) {
  if (!fs::exists("/usr/bin/script")) GTEST_SKIP() << "no terminal without script(1)";
  write_list(60'000);
  const std::string command = kProgram.string() + " --data " + kSource.string() + " batch small.xml --recipients people.csv --dry-run";
  const auto on_terminal = [&](const std::string& surroundings) { return run_program("/usr/bin/script", {"-qec", "stty cols 30; " + surroundings + " " + command, "/dev/null"}, {folder_, {}, {}}); };
  const Outcome narrow = on_terminal("TERM=xterm");
  std::size_t lines = 0, cut = 0;
  for (std::size_t at = narrow.out.find("\r\x1b[K"); at != std::string::npos;) {
    const std::size_t begin = at + 4;
    at = narrow.out.find("\r\x1b[K", begin);
    if (at == std::string::npos) break;  // behind the last one totals stand
    ++lines;
    EXPECT_LT(at - begin, 30u) << narrow.out.substr(begin, at - begin);
    cut += at - begin == 29 ? 1 : 0;
  }
  EXPECT_GT(lines, 0u) << narrow.out;
  EXPECT_GT(cut, 0u);
  EXPECT_THAT(on_terminal("TERM=dumb").out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(on_terminal("env -u TERM").out, AllOf(Not(HasSubstr("\x1b")), HasSubstr("60000 pieces")));
}

TEST_F(BatchUsage, AJobWithoutAPieceIsToldOf) {
  write("people.csv", "key,name,dose\n");
  const Outcome empty = batch({"--out", "empty"});
  EXPECT_EQ(empty.code, 0);
  EXPECT_THAT(empty.err, HasSubstr("people.csv: warning: no piece was made: the list has no rows\n"));
  write_list(3);
  write_mailing("", "<filter><condition field=\"dose\" value=\"none\"/></filter>\n");
  EXPECT_THAT(batch({"--out", "filtered"}).err, HasSubstr("people.csv: warning: no piece was made: of 3 rows 0 refused, 3 filtered, 0 suppressed, 0 left out as duplicates\n"));
  write_mailing("");
  write_list(1);
  const std::string of_shards = batch({"--out", "shards", "--shard", "1/2"}).err + batch({"--out", "shards", "--shard", "2/2"}).err;
  EXPECT_THAT(of_shards, AllOf(HasSubstr("people.csv: note: no piece was made: none of the list's 1 row is this shard's\n"), Not(HasSubstr("warning: no piece"))));
  write_list(2);
  EXPECT_THAT(batch({"--out", "made"}).err, IsEmpty());
}

TEST_F(BatchUsage, ADryRunTellsRefusedRowsInTheOrderOfTheList) {
  write_mailing("", "<sort by=\"key\" order=\"descending\"/>\n");
  std::string list = "key,name,dose\n";
  for (int i = 1; i <= 40; ++i) list += "K" + std::to_string(100 + i) + (i % 10 == 0 ? ",,\n" : ",,1 mg\n");
  write("people.csv", list);
  const Outcome outcome = batch({"--dry-run", "--rejects", "100%"});
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("\nrow 1 refused: "), HasSubstr("\nrow 20 refused: "), Not(HasSubstr("row 21 refused")), HasSubstr("and 20 more\n"))) << outcome.err;
  EXPECT_LT(outcome.out.find("row 1 refused"), outcome.out.find("row 2 refused"));
}

// A shell passes any bytes.
TEST_F(BatchUsage, WordsThatAreNotUtf8) {
  for (const char* where : {"--out", "--dry-run"}) {
    std::vector<std::string> more{"--field", "dose=M\xFCller", where};
    if (std::string_view(where) == "--out") more.emplace_back("job");
    const Outcome outcome = batch(more);
    EXPECT_EQ(outcome.code, 1) << outcome.err;
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("--field: error: is not UTF-8 at its byte 7\n  hint: set the terminal to UTF-8"), Not(HasSubstr("ller"))));
    EXPECT_FALSE(fs::exists(folder_ / "job"));
  }
  ASSERT_EQ(batch({"--out", "job"}).code, 0);
  for (const char* reason : {"besch\xE4"
                             "digt",
                             "  "}) EXPECT_EQ(run({"reprint", "job", "--piece", "1", "--reason", reason}).code, 2);
  EXPECT_FALSE(fs::exists(folder_ / "job/reprints"));
  // Names of files may be anything.
  write("job/\xFC"
        "ber.txt",
        "mine");
  const Outcome found = run({"ledger", "job", "--verify", "--json"});
  EXPECT_EQ(found.code, 1) << found.err;
  EXPECT_THAT(found.out, HasSubstr("\xEF\xBF\xBD"
                                   "ber.txt"));
}

TEST_F(BatchUsage, ADryRunGoesOnWithAJobThatIsThere) {
  EXPECT_THAT(batch({"--dry-run", "--resume", "--out", "job"}).err, HasSubstr("job: error: holds no job to go on with"));
  EXPECT_THAT(batch({"--dry-run", "--resume"}).err, HasSubstr("no folder was named to go on in"));
  ASSERT_EQ(batch({"--out", "job"}).code, 0);
  EXPECT_EQ(batch({"--dry-run", "--resume", "--out", "job"}).code, 0);
}

TEST_F(BatchUsage, TheDayOfTheHandoutIsSaidOnce) {
  write_mailing("", "<field name=\"date\" value=\"2026-12-01\"/>\n");
  EXPECT_EQ(batch({"--dry-run"}).code, 0);
  EXPECT_THAT(batch({"--dry-run", "--date", "2026-12-05"}).err, HasSubstr("small.xml:6:1: error: field 'date' is given twice: as a field and by <date> or --date"));
  write_mailing("<date value=\"2026-12-05\"/>\n");
  EXPECT_THAT(batch({"--dry-run", "--field", "date=2020-01-01"}).err, HasSubstr("field 'date' is given twice"));
}

}  // namespace
}  // namespace handout::test
