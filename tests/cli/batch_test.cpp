// `handout batch` and `handout reprint` as a mail room meets them: killed, out of room, with lists of every kind.
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <future>
#include <map>
#include <random>
#include <regex>
#include <set>

#include <nlohmann/json.hpp>

#include "ledger/ledger.h"
#include "program.h"
#include "rounds.h"

namespace handout::test {
namespace {

using Json = nlohmann::json;
using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class BatchCommand : public Program {
 protected:
  void SetUp() override {
    // In memory where that is: jobs wait for the disk often.
    std::string pattern = ((fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path()) / "handout-cli-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    const std::string body = "<title id=\"t\">Knee</title>\n<p id=\"p\">For <field name=\"patient.name\"/>: rest.</p>\n<p id=\"q\">Your dose is <field name=\"dose\"/>.</p>\n</article>\n";
    for (const std::string locale : {"en", "ar"}) write("texts/knee/" + locale + ".xml", "<article id=\"knee\" xml:lang=\"" + locale + "\" version=\"1\" status=\"draft\">\n<field-def name=\"dose\" type=\"text\"/>\n" + body);
    write("layout.xml", "<layout id=\"layout\" title=\"Small\">\n<body><slot select=\"*\"/></body>\n</layout>\n");
    write_mailing("<output as=\"both\" pieces-per-file=\"20\" split-by=\"locale\"/>");
    ASSERT_EQ(run({"recipients", "--sample", "100", "-o", "people.csv"}).code, 0);
  }
  void write_mailing(const std::string& more, const std::string& locale = "<locale choose=\"recipient\" fallback=\"en\"/>\n<field name=\"dose\"/>") const {
    write("small.xml", "<mailing id=\"small\" title=\"Small\">\n<article ref=\"texts/knee\"/>\n<layout name=\"layout.xml\" large-print=\"ignore\"/>\n" + locale + "\n" + more + "\n</mailing>\n");
  }
  [[nodiscard]] static std::vector<std::string> words(const std::string& out, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"batch", "small.xml", "--recipients", "people.csv", "--out", out};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  Outcome batch(const std::string& out, const std::vector<std::string>& more = {}) { return run(words(out, more)); }
  // The program by way of another, which ends with its words: timeout, env.
  Outcome by_way_of(const std::string& program, std::vector<std::string> arguments, const std::vector<std::string>& own) const {
    arguments.insert(arguments.end(), {kProgram.string(), "--data", kSource.string()});
    arguments.insert(arguments.end(), own.begin(), own.end());
    return run_program(program, arguments, {folder_, {}, {}});
  }
  // What a job wrote, but for its ledger and copies.
  [[nodiscard]] std::map<std::string, std::string> outputs(const std::string& out) const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / out)) {
      const std::string name = fs::relative(entry.path(), folder_ / out).generic_string();
      // How fast it went is never the same.
      if (entry.is_regular_file() && !name.starts_with("job/") && !name.starts_with("ledger.sqlite") && !name.starts_with("speed.")) files[name] = read_text(entry.path());
    }
    return files;
  }
  [[nodiscard]] std::size_t print_files(const std::string& out) const {
    const auto all = outputs(out);
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const auto& each) { return each.first.ends_with(".pdf") && each.first != "report.pdf"; }));
  }
  [[nodiscard]] std::size_t reprints() const {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder_ / "job/reprints")) count += entry.path().extension() == ".pdf" ? 1 : 0;
    return count;
  }
  // All is there, as in `whole`, and nothing else.
  void expect_whole(const std::string& out, const std::string& whole, const std::string& when) {
    ASSERT_TRUE(outputs(out) == outputs(whole)) << when;
    ASSERT_THAT(run({"ledger", out, "--verify"}).out, HasSubstr("all is as it was written")) << when;
    ASSERT_EQ(run({"ledger", out, "--unprinted"}).code, 0) << when;
  }
  [[nodiscard]] static double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
};

// ---- killed, stopped, out of room ----

TEST_F(BatchCommand, KilledAtAnyMoment) {
  const double whole = seconds_of([&] { EXPECT_EQ(batch("whole", {"--threads", "2"}).code, 0); });
  std::mt19937 random(20261130);
  std::uint64_t killed = 0, begun = 0;
  const std::uint64_t kills = rounds("HANDOUT_BATCH_KILLS", 200, 10);
  for (std::uint64_t i = 0; i < kills; ++i) {
    fs::remove_all(folder_ / "job");
    // Every other one twice.
    for (std::uint64_t times = 0; times <= i % 2; ++times) {
      const std::string moment = std::to_string(0.005 + whole * (random() % 1000) / 1000.0);
      killed += by_way_of("/usr/bin/timeout", {"-s", "KILL", moment}, words("job", {"--threads", std::to_string(1 + i % 3)})).code != 0 ? 1 : 0;
    }
    begun += ledger::Ledger::exists(folder_ / "job") ? 1 : 0;
    const Outcome again = batch("job");
    ASSERT_EQ(again.code, 0) << again.err << i;
    expect_whole("job", "whole", "kill " + std::to_string(i));
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(killed, kills / 2);
  EXPECT_GT(begun, 0);
}

// A job that was asked for twice, perhaps by two machines: one makes it, and the others wait for that or say who has it.
TEST_F(BatchCommand, BegunByManyAtOnce) {
  ASSERT_EQ(batch("whole").code, 0);
  for (std::uint64_t i = 0; i < rounds("HANDOUT_BATCH_KILLS", 20, 5); ++i) {
    fs::remove_all(folder_ / "job");
    std::vector<std::future<Outcome>> all;
    for (int k = 0; k < 3; ++k) all.push_back(std::async(std::launch::async, [&] { return run(words("job", {"--threads", "1"})); }));
    int made = 0;
    for (auto& each : all) {
      const Outcome outcome = each.get();
      made += outcome.code == 0 ? 1 : 0;
      if (outcome.code != 0) EXPECT_THAT(outcome.err, HasSubstr("is being written by another process"));
    }
    ASSERT_GE(made, 1);
    expect_whole("job", "whole", "round " + std::to_string(i));
    if (HasFatalFailure()) return;
  }
}

// A command whose list has a fault, at the same time: it ends as if it had never been, and the other makes the job.
TEST_F(BatchCommand, BegunTogetherWithAFaultyOne) {
  ASSERT_EQ(batch("whole").code, 0);
  write("cut.csv", "key,name\n1,\"cut");
  const std::vector<std::string> faulty{"batch", "small.xml", "--recipients", "cut.csv", "--out", "job"};
  for (std::uint64_t i = 0; i < rounds("HANDOUT_BATCH_KILLS", 20, 5); ++i) {
    fs::remove_all(folder_ / "job");
    auto wrong = std::async(std::launch::async, [&] { return run(faulty); });
    const Outcome good = batch("job", {"--threads", "1"});
    EXPECT_EQ(wrong.get().code, 1);
    ASSERT_EQ(good.code, 0) << good.err;
    expect_whole("job", "whole", "round " + std::to_string(i));
    if (HasFatalFailure()) return;
  }
}

// Somebody would be printed twice: of a whole job and a shard, or of shards of two numbers, one is made at most.
TEST_F(BatchCommand, WholeAndShardsBegunTogether) {
  for (const auto& [one, other] : {std::pair("", "1/2"), std::pair("1/2", "1/3")}) {
    for (std::uint64_t i = 0; i < rounds("HANDOUT_BATCH_KILLS", 20, 5) / 2; ++i) {
      fs::remove_all(folder_ / "job");
      const auto with = [&](const std::string& shard) { return words("job", shard.empty() ? std::vector<std::string>{} : std::vector<std::string>{"--shard", shard}); };
      auto there = std::async(std::launch::async, [&] { return run(with(one)); });
      const Outcome here = run(with(other));
      const Outcome first = there.get();
      EXPECT_FALSE(here.code == 0 && first.code == 0) << one << ' ' << other;
      for (const Outcome& each : {here, first}) EXPECT_THAT(each.code, AnyOf(0, 1, 3)) << each.err;
    }
  }
}

// --foreground: else the group gets the signal as well, and the second one ends the program at once.
TEST_F(BatchCommand, StoppedByCtrlC) {
  ASSERT_EQ(run({"recipients", "--sample", "100000", "-o", "people.csv", "--force"}).code, 0);
  write_mailing("<output as=\"stream\" pieces-per-file=\"100\"/>");
  const Outcome outcome = by_way_of("/usr/bin/timeout", {"--foreground", "--preserve-status", "-s", "INT", "1"}, words("job"));
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("stopped: the same command goes on"));
  EXPECT_THAT(run({"ledger", "job", "--verify"}).out, HasSubstr("all is as it was written")) << "nothing half is left";
}

// So does what is printed again, which leaves nothing; killed, it leaves what the next one removes.
TEST_F(BatchCommand, ReprintsThatAreStoppedOrKilled) {
  ASSERT_EQ(batch("whole").code, 0);
  const std::vector<std::string> reprint{"reprint", "job", "--range", "1-100", "--reason", "jam"};
  fs::copy(folder_ / "whole", folder_ / "job", fs::copy_options::recursive);
  const double seconds = seconds_of([&] { EXPECT_EQ(run(reprint).code, 0); });
  std::mt19937 random(20261130);
  int stopped = 0;
  for (std::uint64_t i = 0; i < rounds("HANDOUT_BATCH_KILLS", 60, 8); ++i) {
    const char* const signals[] = {"INT", "TERM", "HUP", "KILL"};
    const std::string signal = signals[i % 4];
    fs::remove_all(folder_ / "job");
    fs::copy(folder_ / "whole", folder_ / "job", fs::copy_options::recursive);
    const Outcome outcome = by_way_of("/usr/bin/timeout", {"--foreground", "--preserve-status", "-s", signal, std::to_string(0.01 + seconds * (random() % 1000) / 1000.0)}, reprint);
    const std::string told = run({"ledger", "job", "--verify"}).out;
    if (signal != "KILL") EXPECT_THAT(told, HasSubstr("all is as it was written")) << signal;
    if (outcome.code == 3) {
      ++stopped;
      EXPECT_THAT(outcome.err, HasSubstr("stopped: nothing was printed again, and nothing of it is left; the same command begins anew\n"));
      EXPECT_FALSE(fs::exists(folder_ / "job/reprints"));
    }
    ASSERT_EQ(run({"reprint", "job", "--piece", "3", "--reason", "torn"}).code, 0);
    ASSERT_THAT(run({"ledger", "job", "--verify"}).out, HasSubstr("all is as it was written")) << signal;
  }
  EXPECT_GT(stopped, 0);
}

TEST_F(BatchCommand, FilesThatMayNotGrow) {
  ASSERT_EQ(batch("whole").code, 0);
  const std::uint64_t points = rounds("HANDOUT_DISK_POINTS", 50, 10);
  std::uint64_t failed = 0;
  for (std::uint64_t i = 0; i < points; ++i) {
    fs::remove_all(folder_ / "job");
    const std::size_t limit = 2000 + i * 400'000 / points;
    const Outcome full = run(words("job"), {folder_, {}, limit});
    ASSERT_THAT(full.code, AnyOf(0, 3)) << full.err;
    if (full.code == 3) EXPECT_THAT(full.err, HasSubstr("error: "));
    failed += full.code == 3 ? 1 : 0;
    const Outcome again = batch("job");
    ASSERT_EQ(again.code, 0) << again.err << limit;
    expect_whole("job", "whole", std::to_string(limit));
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(failed, points / 4);
}

TEST_F(BatchCommand, DiskIsFull) {
  fs::create_directories(folder_ / "disk");
  if (::mount("tmpfs", (folder_ / "disk").c_str(), "tmpfs", 0, "size=64m,mode=700") != 0) GTEST_SKIP() << "only root may make a small disk";
  struct Unmount {
    std::string path;
    ~Unmount() { ::umount2(path.c_str(), MNT_DETACH); }
  } const unmount{(folder_ / "disk").string()};
  ASSERT_EQ(batch("whole").code, 0);
  const std::uint64_t points = rounds("HANDOUT_DISK_POINTS", 50, 10);
  std::uint64_t failed = 0;
  for (std::uint64_t i = 0; i < points; ++i) {
    fs::remove_all(folder_ / "disk/job");
    const std::string size = "size=" + std::to_string(100 + i * 6000 / points) + "k";
    ASSERT_EQ(::mount("tmpfs", unmount.path.c_str(), "tmpfs", MS_REMOUNT, size.c_str()), 0);
    const Outcome full = batch("disk/job");
    ASSERT_THAT(full.code, AnyOf(0, 3)) << full.err;
    failed += full.code == 3 ? 1 : 0;
    ASSERT_EQ(::mount("tmpfs", unmount.path.c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0);
    const Outcome again = batch("disk/job");
    ASSERT_EQ(again.code, 0) << again.err << size;
    expect_whole("disk/job", "whole", size);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(failed, points / 4);
}

// Of a list that is copied, not kept in memory.
TEST_F(BatchCommand, NoRoomForTheCopiesOfInputs) {
  ASSERT_EQ(run({"recipients", "--sample", "20000", "-o", "people.csv", "--force"}).code, 0);
  ASSERT_GT(fs::file_size(folder_ / "people.csv"), 2'000'000u);
  const Outcome limited = run(words("limited"), {folder_, {}, 1'500'000});
  EXPECT_EQ(limited.code, 3);
  EXPECT_THAT(limited.err, AllOf(HasSubstr("people.csv: error: could not be copied into the job's folder: File too large\n"), Not(HasSubstr("Input/output"))));
  fs::create_directories(folder_ / "disk");
  if (::mount("tmpfs", (folder_ / "disk").c_str(), "tmpfs", 0, "size=1500k,mode=700") != 0) GTEST_SKIP() << "only root may make a small disk";
  const Outcome full = batch("disk/job");
  ::umount2((folder_ / "disk").c_str(), MNT_DETACH);
  EXPECT_EQ(full.code, 3);
  EXPECT_THAT(full.err, AllOf(HasSubstr("could not be copied into the job's folder: No space left on device\n"), Not(HasSubstr("Input/output"))));
}

// ---- the ledger ----

TEST_F(BatchCommand, LedgerLockedDamagedDeleted) {
  ASSERT_EQ(batch("job").code, 0);
  const auto before = outputs("job");
  {
    Diagnostics diags;
    const auto held = ledger::Ledger::open(folder_ / "job", "", diags);
    ASSERT_TRUE(held) << to_text(diags);
    const Outcome outcome = batch("job");
    EXPECT_EQ(outcome.code, 3);
    EXPECT_THAT(outcome.err, HasSubstr("is being written by another process"));
  }
  const std::string ledger = read("job/ledger.sqlite");
  write("job/ledger.sqlite", std::string(ledger).replace(ledger.size() / 2, 5000, std::string(5000, 'x')));
  EXPECT_EQ(batch("job").code, 1);
  write("job/ledger.sqlite", "no ledger");
  EXPECT_EQ(batch("job").code, 1);
  fs::remove(folder_ / "job/ledger.sqlite");
  const Outcome deleted = batch("job");
  EXPECT_EQ(deleted.code, 1);
  EXPECT_THAT(deleted.err, HasSubstr("job: error: is not empty and holds no job"));
  EXPECT_TRUE(outputs("job") == before);
}

TEST_F(BatchCommand, AlteredOutputIsFound) {
  ASSERT_EQ(batch("job").code, 0);
  std::string bytes = read("job/small-en-Letter-0001.pdf");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write("job/small-en-Letter-0001.pdf", bytes);
  const Outcome outcome = run({"ledger", "job", "--verify"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("altered  small-en-Letter-0001.pdf"));
}

// ---- lists ----

TEST_F(BatchCommand, ListsOfEveryKind) {
  struct Case { const char* what; std::string list; int code; const char* reason; };
  const std::string head = "key,name,dose\n", ann = "k1,Ann,1 mg\n";
  const std::vector<Case> cases = {
      {"cut within quotes", head + ann + "k2,\"Bo", 1, "quote"},
      {"a NUL", head + ann + std::string("k2,B\0b,1\n", 9), 4, "U+0000"},
      {"10 MB in a field", head + ann + "k2," + std::string(10'000'000, 'x') + ",1\n", 4, "bytes"},
      {"no UTF-8", head + ann + "k2,B\xFF" "b,1\n", 4, "UTF-8"},
      {"too few fields", head + ann + "k2\n", 4, "field"},
      {"a key twice", head + ann + "k1,Bob,1\n", 4, "earlier row"},
      {"formulas", head + "=1+1,=HYPERLINK(\"x\"),@SUM(A1)\n", 4, ""},
      {"no header", "", 1, ""},
      {"UTF-16", std::string("\xFF\xFEk\0e\0y\0", 8), 1, "UTF-16"},
  };
  write_mailing("<output as=\"stream\"/>");
  int number = 0;
  for (const Case& each : cases) {
    const std::string out = "job" + std::to_string(++number);
    write("people.csv", each.list);
    const Outcome outcome = batch(out);
    EXPECT_EQ(outcome.code, each.code) << each.what << outcome.err << outcome.out;
    const std::string told = each.code == 1 ? outcome.err : read(out + "/rejects.csv");
    EXPECT_THAT(told, HasSubstr(each.reason)) << each.what;
    EXPECT_THAT(told, AllOf(Not(HasSubstr("Bo")), Not(HasSubstr("HYPERLINK")), Not(HasSubstr("xxxx")))) << each.what;
    if (each.code == 4) EXPECT_EQ(run({"ledger", out, "--verify"}).code, 0) << each.what;
  }
}

// What a list brings is text and nothing else, in either direction of the letter.
TEST_F(BatchCommand, ValuesArePrintedAsText) {
  write("people.csv", "key,name,dose,language\nk1,<b>Ann</b> & Co,=1+1 \x1B[31m&amp;,en\nk2,\u0623\u0645\u0644 \u062D\u062F\u0627\u062F,\u202Eevil\u202C,en\nk3,Ann Miller,{patient.name},ar\n");
  write_mailing("<output as=\"files\" purpose=\"screen\"/>");
  const Outcome outcome = batch("job");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(run({"inspect", "job/pieces/1-en.pdf", "--text"}).out, AllOf(HasSubstr("For <b>Ann</b> & Co: rest."), HasSubstr("Your dose is =1+1 [31m&amp;.")));
  EXPECT_THAT(run({"inspect", "job/pieces/2-en.pdf", "--text"}).out, AllOf(HasSubstr("For \u0623\u0645\u0644 \u062D\u062F\u0627\u062F: rest."), HasSubstr("Your dose is evil.")));
  EXPECT_THAT(run({"inspect", "job/pieces/3-ar.pdf", "--text"}).out, AllOf(HasSubstr("For Ann Miller: rest."), HasSubstr("Your dose is {patient.name}.")));
}

// ---- who may see what ----

TEST_F(BatchCommand, NothingOfAPersonOutsideThePrintFiles) {
  write_mailing("<output as=\"stream\" split-by=\"locale\"/>\n<limits rejects=\"50%\"/>");
  std::string list = read("people.csv");
  list += "SECRETKEY1,,Zebulon,Quackenbush,,,,31/12/1980,en,Hidden Lane 1,Townsville,,,12345,US,no\nSECRETKEY2,,Zebulon,Quackenbush,,,,1980-12-31,xx-bad-tag-SECRETTAG,Hidden Lane 1,Townsville,,,12345,US,no\nP0000001,,Zebulon,Quackenbush,,,,,en,Hidden Lane,Townsville,,,12345,US,no\n";
  write("people.csv", list);
  const Outcome outcome = batch("job");
  EXPECT_EQ(outcome.code, 4) << outcome.err;
  std::string names;
  for (const auto& [name, bytes] : outputs("job")) names += name + '\n';
  const std::string told = outcome.out + outcome.err + read("job/rejects.csv") + names;
  std::set<std::string> values;
  const std::regex word("[^,\"\r\n ]{5,}");
  for (std::sregex_iterator each(list.begin() + static_cast<std::ptrdiff_t>(list.find('\n')), list.end(), word), end; each != end; ++each) values.insert(each->str());
  // Languages are counted.
  std::erase_if(values, [tag = std::regex("[a-z]{2,3}(-[A-Za-z]+)+")](const std::string& value) { return std::regex_match(value, tag); });
  ASSERT_GT(values.size(), 300u);
  for (const std::string& value : values) EXPECT_THAT(told, Not(HasSubstr(value)));
  EXPECT_THAT(read("job/rejected-rows.csv"), HasSubstr("SECRETKEY1"));
}

// A job that is begun without a day has the machine's: its data can be purged when the time is over.
TEST_F(BatchCommand, PurgedAfterTheMailingsTime) {
  write_mailing("<output as=\"both\"/>\n<keep days=\"1\"/>");
  ASSERT_EQ(batch("job").code, 0);
  const Outcome early = run({"ledger", "job", "--purge"});
  EXPECT_EQ(early.code, 0) << early.err;
  EXPECT_THAT(early.out, HasSubstr("nothing is removed before 2"));
  const Outcome purged = run({"ledger", "job", "--purge", "--with-files", "--today", "2999-01-01"});
  EXPECT_EQ(purged.code, 0) << purged.err;
  EXPECT_THAT(purged.out, testing::MatchesRegex("removed: the keys of 100 pieces, [0-9]+ files\n"));
  EXPECT_THAT(read("job/ledger.sqlite"), Not(HasSubstr("P00000")));
}

TEST_F(BatchCommand, ShredRejects) {
  std::string list = read("people.csv");
  write("people.csv", list + "SECRETKEY1,,Zebulon,Quackenbush,,,,31/12/1980,en,Hidden Lane 1,Townsville,,,12345,US,no\n");
  ASSERT_EQ(batch("job", {"--shred-rejects"}).code, 4);
  EXPECT_TRUE(fs::exists(folder_ / "job/rejects.csv"));
  EXPECT_FALSE(fs::exists(folder_ / "job/rejected-rows.csv"));
  EXPECT_THAT(run({"ledger", "job"}).out, HasSubstr("shred-rejects on "));
  EXPECT_EQ(run({"ledger", "job", "--verify"}).code, 0);
  ASSERT_EQ(batch("kept").code, 4);
  EXPECT_TRUE(fs::exists(folder_ / "kept/rejected-rows.csv"));
  EXPECT_THAT(run({"ledger", "kept", "--shred-rejects"}).out, HasSubstr("overwritten and removed: 1 file "));
  EXPECT_FALSE(fs::exists(folder_ / "kept/rejected-rows.csv"));
}

TEST_F(BatchCommand, OnlyTheOwnerReads) {
  const mode_t before = ::umask(022);
  ASSERT_EQ(batch("job").code, 0);
  ASSERT_EQ(run({"reprint", "job", "--piece", "1", "--reason", "torn"}).code, 0);
  ::umask(before);
  std::size_t seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "job")) {
    struct stat info {};
    ASSERT_EQ(::stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777U, entry.is_directory() ? 0700U : 0600U) << entry.path();
    ++seen;
  }
  EXPECT_GT(seen, 100u);
}

// ---- the command ----

TEST_F(BatchCommand, OptionsInPlaceOfTheMailing) {
  write("here/other.xml", "<layout id=\"other\" title=\"Other\"><color name=\"line\" value=\"#777777\"/><color name=\"accent\" value=\"#000000\"/>\n<body><slot select=\"title\"/><slot select=\"*\"/></body>\n</layout>\n");
  const Outcome made = batch("job", {"--as", "stream", "--layout", "here/other.xml", "--locale", "en", "--field", "dose=5 mg", "--pieces-per-file", "60", "--rejects", "9", "--date", "2026-11-30", "--purpose", "screen", "--profile", "large", "--clinic", "content/clinics/example.xml", "--fallback", "ar"});
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("100 pieces"));
  EXPECT_EQ(print_files("job"), 2u);
  EXPECT_THAT(run({"ledger", "job", "--find", "#7"}).out, HasSubstr("other"));
  EXPECT_EQ(run({"reprint", "job", "--piece", "7", "--reason", "torn"}).code, 0);
  const Outcome other = batch("job", {"--as", "stream", "--locale", "ar"});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, AllOf(HasSubstr("--locale: error: had another value when the job was begun"), HasSubstr("--layout: error: was given when the job was begun")));
  for (const auto& [option, value] : std::vector<std::pair<std::string, std::string>>{{"--date", "tomorrow"}, {"--rejects", "some"}, {"--pieces-per-file", "0"}, {"--purpose", "paper"}, {"--locale", "xq"}, {"--field", "dose"}}) {
    const Outcome wrong = batch("wrong", {option, value});
    EXPECT_EQ(wrong.code, 1) << option;
    EXPECT_THAT(wrong.err, testing::StartsWith(option + ": error: "));
    EXPECT_FALSE(fs::exists(folder_ / "wrong"));
  }
}

TEST_F(BatchCommand, ResumeAndDryRun) {
  EXPECT_EQ(batch("job", {"--resume"}).code, 1);
  const Outcome dry = run({"batch", "small.xml", "--recipients", "people.csv", "--dry-run"});
  EXPECT_EQ(dry.code, 0) << dry.err;
  EXPECT_THAT(dry.out, HasSubstr("dry run: 100 rows, 0 refused"));
  EXPECT_FALSE(fs::exists(folder_ / "job"));
  ASSERT_EQ(batch("job").code, 0);
  const Outcome again = batch("job", {"--resume"});
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.out, HasSubstr("the job is done already"));
}

TEST_F(BatchCommand, WhyRowsAreRefused) {
  std::string list = "key,name,dob\n";
  for (int i = 1; i <= 40; ++i) list += std::to_string(i) + (i <= 30 ? ",SECRET,04/03/1961\n" : i <= 35 ? ",,1961-03-04\n" : ",Ann,1961-03-04\n");
  write("people.csv", list);
  const std::vector<std::string> dry_run{"batch", "small.xml", "--recipients", "people.csv", "--dry-run"};
  const Outcome dry = run(dry_run);
  EXPECT_EQ(dry.code, 4) << dry.err;
  EXPECT_THAT(dry.out, AllOf(HasSubstr("\nrow 1 refused: column 'dob': is no date of the form YYYY-MM-DD; it looks like"), HasSubstr("\nrow 20 refused: "), Not(HasSubstr("row 21 refused")), HasSubstr("\nand 15 more\n"), Not(HasSubstr("SECRET")), Not(HasSubstr("1961"))));
  std::vector<std::string> limited = dry_run;
  limited.insert(limited.end(), {"--rejects", "34"});
  const Outcome too_many = run(limited);
  EXPECT_EQ(too_many.code, 1);
  EXPECT_THAT(too_many.out, HasSubstr("row 1 refused"));
  EXPECT_THAT(too_many.err, AllOf(HasSubstr("error: 35 rows of 40 were refused; --rejects allows at most 34 rows\n  30 rows: column 'dob': is no date"), HasSubstr("\n  5 rows: "), Not(HasSubstr("rejects.csv"))));
  write_mailing("<limits rejects=\"50%\"/>");
  const Outcome whole = batch("job");
  EXPECT_EQ(whole.code, 1);
  EXPECT_THAT(whole.err, AllOf(HasSubstr("error: 35 rows of 40 were refused; the mailing's <limits> allow at most 50% of the rows\n  30 rows: column 'dob'"), HasSubstr("hint: rejects.csv in the folder has every row")));
  EXPECT_THAT(whole.out, Not(HasSubstr("0 a second"))) << "nothing was made";
  EXPECT_THAT(read("job/rejects.csv"), HasSubstr("\r\n30,dob,"));
  EXPECT_THAT(batch("job").err, HasSubstr("\n  30 rows: column 'dob'")) << "those of the earlier run";
}

// What is printed all the same can be found by its row.
TEST_F(BatchCommand, WarningsTellTheirRows) {
  std::string list = "key,name,address,city,state,zip\n";
  for (int i = 1; i <= 9; ++i) list += std::to_string(i) + ",SECRET,1 SECRET St,SECRET," + (i == 4 ? "" : "DE") + (i < 3 ? ",19901\n" : ",9901\n");
  write("people.csv", list);
  const Outcome printed = batch("printed");
  EXPECT_EQ(printed.code, 0) << printed.err;
  EXPECT_THAT(printed.err, AllOf(HasSubstr("the postcode is not of the form of US: #####|#####-#### (7 pieces: rows 3, 4, 5, 6, 7 and 2 more)\n"), HasSubstr("state is missing, which addresses of US have (1 piece: row 4)\n"), Not(HasSubstr("SECRET")), Not(HasSubstr("9901"))));
  const Outcome refused = batch("refused", {"--addresses", "refuse"});
  EXPECT_EQ(refused.code, 4) << refused.err;
  EXPECT_THAT(read("refused/rejects.csv"), AllOf(HasSubstr("\r\n3,zip,the recipient's postal address: the postcode"), HasSubstr("\r\n4,state,"), Not(HasSubstr("SECRET"))));
  EXPECT_EQ(batch("wrong", {"--addresses", "warn"}).code, 1);
}

// What a mailing names and is not there is told where it is named, all at once and before anything is made.
TEST_F(BatchCommand, NamesOfThingsThatAreNotThere) {
  write("suppressed.csv", "1\n");
  write("small.xml", "<mailing id=\"small\">\n<article ref=\"knee-stem-cell-treatmnt\"/>\n<article ref=\"texts/kne\"/>\n<layout name=\"layuot.xml\"/>\n<clinic ref=\"content/clinics/exampel.xml\"/>\n<suppression file=\"suppresed.csv\"/>\n<ledger key=\"hashed\" key-file=\"none.key\"/>\n</mailing>\n");
  const Outcome outcome = batch("job");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("small.xml:2:15: error: no article 'knee-stem-cell-treatmnt'; did you mean 'knee-stem-cell-treatment'?\n"), HasSubstr("small.xml:3:15: error: no article 'texts/kne'; did you mean 'texts/knee'?\n  hint: looked for texts/kne\n"),
                                 HasSubstr("small.xml:4:15: error: no layout 'layuot.xml'; did you mean 'layout.xml'?"), HasSubstr("small.xml:5:14: error: no file 'content/clinics/exampel.xml'; did you mean 'content/clinics/example.xml'?"),
                                 HasSubstr("small.xml:6:20: error: no file 'suppresed.csv'; did you mean 'suppressed.csv'?"), HasSubstr("small.xml:7:32: error: no file 'none.key'\n  hint: looked for none.key and for " + (kSource / "none.key").string())));
  EXPECT_FALSE(fs::exists(folder_ / "job"));
  write_mailing("");
  const Outcome options = batch("job", {"--layout", "standrd", "--clinic", "none.xml"});
  EXPECT_THAT(options.err, AllOf(HasSubstr("--layout: error: unknown layout 'standrd'; did you mean 'standard'?"), HasSubstr("--clinic: error: no file 'none.xml'")));
  EXPECT_THAT(batch("job", {"--locale", "fr"}).err, testing::StartsWith("--locale: error: no article of the mailing is there in 'fr'"));
  EXPECT_EQ(run({"batch", "small.xml", "--recipients", "none.csv", "--out", "job"}).err, "none.csv: error: no such file\n");
  EXPECT_THAT(batch("job", {"--profile", "larg"}).err, testing::StartsWith("--profile: error: unknown profile 'larg'; did you mean 'large'?"));
  EXPECT_FALSE(fs::exists(folder_ / "job"));
}

// Where nothing was made, a list with a fault leaves no copy of it, and the mended one works with the same command.
TEST_F(BatchCommand, AFaultOfTheListLeavesNothing) {
  const std::string whole = read("people.csv");
  fs::create_directories(folder_ / "there");
  write_mailing("<output as=\"stream\"/>");
  for (const std::string& faulty : {whole + "\"SECRET", std::string("\xFF\xFEk\0e\0", 6), std::string("SECRET,x,x\n1,2,3\n"), std::string("key,x\n1,2\n"), std::string("")}) {
    for (const char* const out : {"there", "new/below"}) {
      write("people.csv", faulty);
      const Outcome outcome = batch(out);
      EXPECT_EQ(outcome.code, 1) << faulty;
      EXPECT_THAT(outcome.err, AllOf(testing::StartsWith("people.csv"), HasSubstr(std::string(out) + ": note: nothing was made"), Not(HasSubstr("SECRET")), Not(HasSubstr("job/inputs"))));
      EXPECT_TRUE(fs::is_empty(folder_ / "there"));
      EXPECT_FALSE(fs::exists(folder_ / "new"));
    }
  }
  write("people.csv", whole);
  EXPECT_EQ(batch("there").code, 0);
  EXPECT_EQ(batch("new/below").code, 0);
  // What is no job's stays.
  write("mine/job/notes.txt", "mine");
  EXPECT_EQ(batch("mine").code, 1);
  EXPECT_EQ(read("mine/job/notes.txt"), "mine");
}

// Rows before the cut are done as soon as some of them are on the disk, and what is to be done with the others is said.
TEST_F(BatchCommand, AListThatIsCutInTheMiddle) {
  write_mailing("<output as=\"stream\" pieces-per-file=\"20\"/>");
  ASSERT_EQ(run({"recipients", "--sample", "999", "-o", "people.csv", "--force"}).code, 0);
  const std::string whole = read("people.csv");
  write("people.csv", whole + "SECRET,x\n1001,\"SECRET");
  for (int times = 0; times < 2; ++times) {
    const Outcome cut = batch("job", {"--locale", "en"});
    EXPECT_EQ(cut.code, 1);
    EXPECT_THAT(cut.err, AllOf(HasSubstr("error: row 1001: a quote is opened and never closed"), HasSubstr("job: error: the list can be read to row 1000 only; all rows to there are done: 999 pieces, 1 refused. The job cannot end\n  hint: get the whole list, and make its rows from 1001 on a list of their own"), Not(HasSubstr("SECRET"))));
  }
  EXPECT_THAT(run({"ledger", "job", "--verify"}).out, HasSubstr("all is as it was written: 50 files, 999 pieces"));
  EXPECT_THAT(run({"ledger", "job", "--unprinted", "--rows", "1001"}).out, HasSubstr("1001"));
  EXPECT_EQ(read("job/rejects.csv"), "row,column,reason\r\n1000,,has 2 fields; the header has 16\r\n");
}

TEST_F(BatchCommand, ListsWithoutKeys) {
  write("people.csv", "name,dose\nAnn,1\nBob,2\n");
  const Outcome made = batch("job", {"--as", "stream"});
  EXPECT_EQ(made.code, 0);
  EXPECT_EQ(made.err, "people.csv: warning: the list has no key column: duplicates cannot be found, and pieces only by number\n  hint: say which column it is: <column name=\"...\" to=\"key\"/> in the mailing's <recipients>\n");
  EXPECT_THAT(batch("shards", {"--as", "stream", "--shard", "1/2"}).err, HasSubstr("people.csv: error: has no key column, and shards are made by keys"));
  constexpr const char* kKeysInNames = "<output as=\"files\" file-name=\"{key}.pdf\" keys-in-file-names=\"yes\"/>";
  write_mailing(kKeysInNames);
  EXPECT_THAT(batch("files").err, HasSubstr("people.csv: error: has no key column, and names of files have {key} in them"));
  write("secret.key", "0123456789abcdef0123456789abcdef");
  write("gone.csv", "7\n");
  write_mailing("<suppression file=\"gone.csv\"/>");
  EXPECT_THAT(batch("suppressed").err, HasSubstr("people.csv: error: has no key column, and people are suppressed by their keys"));
  write_mailing("<ledger key=\"hashed\" key-file=\"secret.key\"/>");
  EXPECT_THAT(batch("hashed").err, HasSubstr("people.csv: error: has no key column, and the ledger is to keep hashed keys"));
  EXPECT_FALSE(fs::exists(folder_ / "hashed"));
  // Of JSON Lines all columns are known at the end.
  write_mailing("<output as=\"stream\"/>");
  write("people.jsonl", "{\"name\":\"Ann\"}\n{\"name\":\"Bob\"}\n");
  EXPECT_THAT(run({"batch", "small.xml", "--recipients", "people.jsonl", "--out", "lines"}).err, HasSubstr("people.jsonl: warning: the list has no key column"));
  EXPECT_EQ(run({"batch", "small.xml", "--recipients", "people.jsonl", "--out", "shards", "--shard", "1/1"}).code, 0);
  write_mailing(kKeysInNames);
  EXPECT_THAT(run({"batch", "small.xml", "--recipients", "people.jsonl", "--dry-run", "--as", "files"}).out, HasSubstr("row 1 refused: column 'key': is not there, and names of files have {key} in them"));
}

TEST_F(BatchCommand, ArraysOfTasks) {
  const auto task = [&](std::vector<std::string> environment, const std::vector<std::string>& more) {
    return by_way_of("/usr/bin/env", std::move(environment), words("job", more));
  };
  ASSERT_EQ(task({"SLURM_ARRAY_TASK_ID=1", "SLURM_ARRAY_TASK_MIN=1", "SLURM_ARRAY_TASK_MAX=3", "SLURM_ARRAY_TASK_COUNT=3"}, {"--array"}).code, 0);
  ASSERT_EQ(task({"JOB_COMPLETION_INDEX=1"}, {"--array", "--shards", "3"}).code, 0);
  // One task again is an array of one: it says nothing of the whole.
  const std::vector<std::string> alone{"SLURM_ARRAY_TASK_ID=3", "SLURM_ARRAY_TASK_MIN=3", "SLURM_ARRAY_TASK_MAX=3", "SLURM_ARRAY_TASK_COUNT=1"};
  const Outcome refused = task(alone, {"--array"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("give --shards N"));
  ASSERT_EQ(task(alone, {"--array", "--shards", "3"}).code, 0);
  EXPECT_EQ(task({"AWS_BATCH_JOB_ARRAY_INDEX=3", "AWS_BATCH_JOB_ARRAY_SIZE=3"}, {"--array"}).code, 2);
  EXPECT_EQ(task({"JOB_COMPLETION_INDEX=0"}, {"--array"}).code, 2);
  EXPECT_EQ(batch("job", {"--array"}).code, 2);
  const Outcome other = batch("job", {"--shard", "1/2"});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("the folder holds shards of another number"));
  const Outcome merged = run({"ledger", "merge", "job", "job/shard-1-of-3", "job/shard-2-of-3", "job/shard-3-of-3"});
  EXPECT_EQ(merged.code, 0) << merged.err;
  EXPECT_THAT(merged.out, HasSubstr("rows      100: 100 printed"));
  EXPECT_EQ(run({"ledger", "job", "--verify"}).code, 0);
  // One report for all of it.
  const Json report = Json::parse(read("job/report.json"));
  EXPECT_EQ(report["rows"]["in"], 100);
  EXPECT_EQ(report["pieces"], 100);
  std::uint64_t pieces = 0;
  for (const auto& file : report["files"]) pieces += file["pieces"].get<std::uint64_t>();
  EXPECT_EQ(pieces, 100u);
  EXPECT_EQ(read("job/report.pdf").substr(0, 5), "%PDF-");
  EXPECT_THAT(read("job/shard-1-of-3/job/report/en.xml") + read("job/job/report/en.xml"), AllOf(HasSubstr(">By file, in shard-1-of-3<"), HasSubstr(">shard-1-of-3-small-en-Letter-0001.pdf<"), Not(HasSubstr(">shard-1-of-3/shard"))));
}

TEST_F(BatchCommand, Reprint) {
  ASSERT_EQ(batch("job").code, 0);
  const Outcome done = run({"reprint", "job", "--piece", "3", "--range", "7-8", "--sheet-damaged", "job/small-en-Letter-0001.pdf:1", "--reason", "torn", "--day", "2026-11-30"});
  EXPECT_EQ(done.code, 0) << done.err;
  // By language, as the mailing has it.
  EXPECT_THAT(done.out, AllOf(HasSubstr("job/reprints/0001-en-Letter.pdf: "), HasSubstr(" pieces, ")));
  std::uint64_t pieces = 0;
  for (const auto& entry : fs::directory_iterator(folder_ / "job/reprints")) {
    if (entry.path().extension() == ".json") pieces += Json::parse(read_text(entry.path()))["pieces"].get<std::uint64_t>();
  }
  EXPECT_EQ(pieces, 4u);
  EXPECT_THAT(run({"ledger", "job"}).out, HasSubstr(" reprint of 4 pieces, 1, 3, 7, 8 on 2026-11-30: torn\n"));
  EXPECT_EQ(run({"ledger", "job", "--verify"}).code, 0);
  EXPECT_EQ(run({"reprint", "job", "--piece", "999", "--reason", "x"}).code, 1);
  const Outcome nowhere = run({"reprint", "nowhere", "--piece", "3", "--reason", "x"});
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_THAT(nowhere.err, HasSubstr("nowhere: error: no such folder"));
  // Without --day it is today; how much is printed again is told first.
  const Outcome many = run({"reprint", "job", "--range", "9-10", "--reason", "jam"});
  EXPECT_EQ(many.code, 0);
  EXPECT_THAT(many.err, HasSubstr("note: 2 of the job's 100 pieces are printed again\n"));
  EXPECT_THAT(run({"ledger", "job"}).out, testing::ContainsRegex("reprint of 2 pieces, 9, 10 on 20[0-9-]+: jam\n"));
  EXPECT_THAT(run({"reprint", "job", "--range", "1-1000000", "--reason", "all"}).err, AllOf(testing::StartsWith("note: all of the job's 100 pieces are printed again; who has had theirs gets it twice\n"), HasSubstr("note: the job has no rows from 101 to 1000000: its last is 100\n")));
  // A file that is lost is told, and comes back.
  const std::string lost = read("job/small-en-Letter-0001.pdf");
  fs::remove(folder_ / "job/small-en-Letter-0001.pdf");
  const Outcome told = batch("job");
  EXPECT_EQ(told.code, 1);
  EXPECT_THAT(told.err, AllOf(HasSubstr("job/small-en-Letter-0001.pdf: error: a finished file of the job is not there any more"), HasSubstr("handout reprint job --restore small-en-Letter-0001.pdf --reason")));
  const Outcome back = run({"reprint", "job", "--restore", "job/small-en-Letter-0001.pdf", "--reason", "lost"});
  EXPECT_EQ(back.code, 0) << back.err;
  EXPECT_THAT(back.out, AllOf(HasSubstr("job/small-en-Letter-0001.pdf: 20 pieces"), HasSubstr("written again, as it was")));
  EXPECT_TRUE(read("job/small-en-Letter-0001.pdf") == lost);
  EXPECT_EQ(run({"ledger", "job", "--verify"}).code, 0);
  EXPECT_THAT(batch("job").out, HasSubstr("the job is done already"));
  // Files of reprints are none of the job's; a name that it has not is said.
  EXPECT_THAT(batch("job").out, HasSubstr("in " + std::to_string(print_files("job") - reprints()) + " files\n"));
  for (const char* option : {"--file", "--restore"}) EXPECT_THAT(run({"reprint", "job", option, "none.pdf", "--reason", "x"}).err, HasSubstr("error: no file of the job has that name: 'none.pdf'"));
  EXPECT_THAT(batch("job", {"--as", "stream"}).err, HasSubstr("--as: error: had another value when the job was begun\n"));
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--piece", "3"}, {"--reason", "x"}, {"--piece", "3", "--reason", ""}, {"--range", "9-3", "--reason", "x"}, {"--range", "", "--piece", "3", "--reason", "x"}, {"--range", "+1-2", "--reason", "x"}, {"--piece", "3", "--reason", "x", "--day", ""}, {"--piece", "3", "--reason", "x", "--key-file", ""}, {"--sheet-damaged", "a.pdf", "--reason", "x"}, {"--piece", "3", "--reason", "x", "--day", "soon"}}) {
    std::vector<std::string> arguments{"reprint", "job"};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    EXPECT_EQ(run(arguments).code, 2) << testing::PrintToString(wrong);
  }
}

}  // namespace
}  // namespace handout::test
