// What can go wrong below and around a ledger.
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "ledger/failing_disk.h"
#include "ledger/ledger_testing.h"
#include "rounds.h"

namespace handout::ledger {
namespace {

using test::Failing;
using test::FailingDisk;
using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

constexpr Row kGroup = 200;

// A file of kGroup pieces; the n-th has rows (n - 1) * kGroup + 1 and on.
GroupOfPieces nth_group(std::uint64_t n) { return {"g" + std::to_string(n) + ".pdf", (n - 1) * kGroup + 1, n * kGroup, n % 2 == 0 ? "es" : "en"}; }

class Faults : public Ledgers {
 protected:
  // How many groups there are, each whole, none after one that is missing; the rest of the ledger is as it should be.
  std::uint64_t whole_groups(const Ledger& ledger) {
    const auto totals = ledger.totals(diags_);
    EXPECT_TRUE(totals) << said();
    if (!totals) return 0;
    EXPECT_EQ(totals->pieces % kGroup, 0u);
    EXPECT_EQ(totals->pieces, totals->files * kGroup);
    EXPECT_EQ(ledger.done().size(), totals->pieces);
    EXPECT_TRUE(totals->pieces == 0 || ledger.done().ranges().size() == 1);
    const auto findings = ledger.verify({}, diags_);
    EXPECT_TRUE(findings) << said();
    for (const Finding& each : findings.value_or(std::vector<Finding>())) EXPECT_EQ(each.what, Finding::What::Unknown) << each.file << ": " << each.detail;
    return totals->files;
  }

  // Runs `work` in a process of its own and returns its status.
  template <typename Work>
  int in_child(Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
      work();
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
  }

  void write_groups_forever() {
    Diagnostics diags;
    auto ledger = Ledger::exists(folder_) ? Ledger::open(folder_, "", diags) : Ledger::create(folder_, sample_job(), "", diags);
    if (!ledger) {
      std::fputs(to_text(diags).c_str(), stderr);
      ::_exit(3);
    }
    for (std::uint64_t n = ledger->done().size() / kGroup + 1; write_group(*ledger, folder_, nth_group(n), diags); ++n) continue;
    ::_exit(4);
  }
};

TEST_F(Faults, AKilledWriterLeavesWholeGroups) {
  const std::uint64_t kills = test::rounds("HANDOUT_KILLS", 200, 50);
  write_bytes(folder_ / "inputs/list.csv", "recipients");
  std::mt19937 random(20261122);
  std::uint64_t before = 0, grew = 0;
  for (std::uint64_t i = 0; i < kills; ++i) {
    const pid_t child = ::fork();
    if (child == 0) write_groups_forever();
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 40'000));
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << WEXITSTATUS(status);
    if (!Ledger::exists(folder_)) continue;
    const auto ledger = i % 2 == 0 ? Ledger::open(folder_, "", diags_) : Ledger::open_read_only(folder_, "", diags_);
    ASSERT_TRUE(ledger) << said();
    const std::uint64_t now = whole_groups(*ledger);
    ASSERT_GE(now, before);
    grew += now > before ? 1 : 0;
    before = now;
  }
  std::printf("%d kills, %llu groups, %llu runs wrote some\n", kills, static_cast<unsigned long long>(before), static_cast<unsigned long long>(grew));
  EXPECT_GT(before, 0u);
}

// Three groups through a disk that fails at one of its operations, each in turn. Then a disk that works: all of the job is there, nothing twice.
class FailingDisks : public Faults, public testing::WithParamInterface<Failing> {
 protected:
  // The exit code, or -1 when all was written.
  int write_three(FailingDisk&) {
    Diagnostics diags;
    int code = -1;
    {
      auto ledger = Ledger::exists(folder_) ? Ledger::open(folder_, "", diags) : Ledger::create(folder_, sample_job(), "", diags);
      for (std::uint64_t n = ledger ? ledger->done().size() / kGroup + 1 : 9; n <= 3; ++n) {
        if (!write_group(*ledger, folder_, nth_group(n), diags)) break;
      }
      if (ledger && !diags.has_errors() && !ledger->finish(3 * kGroup, diags)) EXPECT_TRUE(diags.has_errors());
    }
    if (diags.has_errors()) code = diags.exit_code();
    last_said_ = to_text(diags);
    return code;
  }
  void clear() {
    fs::remove_all(folder_);
    fs::create_directory(folder_);
    write_bytes(folder_ / "inputs/list.csv", "recipients");
  }
  std::string last_said_;
};

TEST_P(FailingDisks, LoseNothingThatWasWritten) {
  FailingDisk disk;
  clear();
  disk.fail(Failing::Nothing, 0);
  ASSERT_EQ(write_three(disk), -1) << last_said_;
  const std::uint64_t operations = disk.operations();
  ASSERT_GT(operations, 50u);
  std::uint64_t told = 0;
  for (std::uint64_t at = 1; at <= operations; ++at) {
    clear();
    if (GetParam() == Failing::Crash) {
      const int status = in_child([&] {
        disk.fail(Failing::Crash, at);
        write_three(disk);
      });
      ASSERT_TRUE(WIFEXITED(status) && (WEXITSTATUS(status) == 9 || WEXITSTATUS(status) == 0)) << at << " " << status;
    } else {
      disk.fail(GetParam(), at);
      const int code = write_three(disk);
      EXPECT_TRUE(code == -1 || code == 3) << at << ": " << last_said_;
      if (code == 3) {
        ++told;
        EXPECT_THAT(last_said_, AnyOf(HasSubstr("error: cannot be written: "), HasSubstr("the group was not written"))) << at;
        if (GetParam() == Failing::Full) EXPECT_THAT(last_said_, HasSubstr("cannot be written: the disk is full\n  hint: make room and run the same command again")) << at;
      }
    }
    disk.fail(Failing::Nothing, 0);
    if (Ledger::exists(folder_)) {
      const auto ledger = Ledger::open(folder_, "", diags_);
      ASSERT_TRUE(ledger) << at << ": " << said();
      whole_groups(*ledger);
    }
    ASSERT_EQ(write_three(disk), -1) << at << ": " << last_said_;
    const auto ledger = Ledger::open_read_only(folder_, "", diags_);
    ASSERT_TRUE(ledger) << said();
    EXPECT_EQ(whole_groups(*ledger), 3u) << at;
    EXPECT_TRUE(ledger->never_printed(3 * kGroup).empty());
    if (HasFailure()) return;
  }
  std::printf("%llu operations, %llu of their failures told\n", static_cast<unsigned long long>(operations), static_cast<unsigned long long>(told));
  EXPECT_TRUE(GetParam() == Failing::Crash || told > 0);
}

INSTANTIATE_TEST_SUITE_P(Ways, FailingDisks, testing::Values(Failing::Full, Failing::Write, Failing::Sync, Failing::Crash), [](const auto& info) {
  return std::string(info.param == Failing::Full ? "Full" : info.param == Failing::Write ? "Write" : info.param == Failing::Sync ? "Sync" : "Crash");
});

TEST_F(Faults, AProcessThatMayNotWriteLargeFiles) {
  { const Ledger ledger = made(); }
  const int status = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{150'000, 150'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    Diagnostics diags;
    auto ledger = Ledger::open(folder_, "", diags);
    if (!ledger) ::_exit(1);
    for (std::uint64_t n = 1; n < 50; ++n) {
      if (write_group(*ledger, folder_, {"f" + std::to_string(n) + ".pdf", 1000 * n, 1000 * n + 900, "en"}, diags)) continue;
      const std::string text = to_text(diags);
      ::_exit(diags.exit_code() == 3 && text.find("cannot be written: File too large\n  hint: the process may not write files of that size (ulimit -f)") != std::string::npos ? 7 : 2);
    }
  });
  EXPECT_EQ(WEXITSTATUS(status), 7);
  const auto ledger = Ledger::open(folder_, "", diags_);
  ASSERT_TRUE(ledger) << said();
  EXPECT_THAT(findings(*ledger), AnyOf("", HasSubstr("the ledger does not know it")));
}

// ---- bytes that changed ----

std::string contents(const Ledger& ledger, Diagnostics& diags) {
  std::string text;
  static_cast<void>(ledger.each_piece([&](const PieceEntry& each) {
    text += std::to_string(each.number) + each.key + each.kind.locale + each.file_name + to_hex(each.digest) + std::to_string(each.first_page) + std::to_string(each.row) + "\n";
    return true;
  }, diags));
  const auto totals = ledger.totals(diags);
  if (totals) text += std::to_string(totals->pieces) + " " + std::to_string(totals->rejected) + " " + std::to_string(totals->pages);
  return text;
}

// Every byte of a ledger is either found to have changed, or says the same.
TEST_F(Faults, ChangedBytesAreFoundOrHarmless) {
  {
    Ledger ledger = made();
    ASSERT_TRUE(write_group(ledger, folder_, {"c.pdf", 11, 900, "en"}, diags_));
  }
  const std::string good = read_bytes(file());
  std::string expected;
  {
    const auto ledger = Ledger::open_read_only(folder_, "", diags_);
    ASSERT_TRUE(ledger) << said();
    expected = contents(*ledger, diags_);
  }
  std::mt19937 random(7);
  int refused = 0, found = 0, harmless = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string bad = good;
    const std::size_t at = random() % bad.size();
    const int bytes = i % 3 == 0 ? 1 : i % 3 == 1 ? 8 : 200;
    for (std::size_t k = at; k < std::min(bad.size(), at + static_cast<std::size_t>(bytes)); ++k) bad[k] = static_cast<char>(bytes == 1 ? bad[k] ^ (1 << random() % 8) : static_cast<char>(random()));
    write_bytes(file(), bad);
    ::chmod(file().c_str(), 0600);
    Diagnostics diags;
    const auto ledger = Ledger::open_read_only(folder_, "", diags);
    if (!ledger) {
      ++refused;
      EXPECT_TRUE(diags.has_errors() && (diags.exit_code() == 1 || diags.exit_code() == 3)) << at;
      continue;
    }
    const auto findings = ledger->verify({}, diags);
    if (!findings || !findings->empty()) {
      ++found;
      continue;
    }
    ++harmless;
    EXPECT_EQ(contents(*ledger, diags), expected) << "at " << at;
  }
  std::printf("%d refused, %d found, %d say the same\n", refused, found, harmless);
  EXPECT_GT(refused, 100);
  EXPECT_GT(found, 100);
}

TEST_F(Faults, ADigestThatWasChangedIsFound) {
  { const Ledger ledger = made(); }
  std::string bytes = read_bytes(file());
  const Digest digest = digest_from("piece 3");
  const std::size_t at = bytes.find(std::string(digest.begin(), digest.end()));
  ASSERT_NE(at, std::string::npos);
  bytes[at + 9] = static_cast<char>(bytes[at + 9] ^ 4);
  write_bytes(file(), bytes);
  const auto ledger = Ledger::open_read_only(folder_, "", diags_);
  ASSERT_TRUE(ledger) << said();
  EXPECT_EQ(findings(*ledger), "4 ledger.sqlite: entries of group 1 are not those that were written\n");
  EXPECT_FALSE(Ledger::open(folder_, "", diags_)->purge({Day(2027y / 2 / 20), 0, Outputs::Keep}, diags_));
  EXPECT_THAT(said(), HasSubstr("was altered"));
}

TEST_F(Faults, CutFilesAreRefused) {
  std::string expected;
  {
    const Ledger ledger = made();
    expected = contents(ledger, diags_);
  }
  const std::string good = read_bytes(file());
  for (std::size_t size = 0; size < good.size(); size += size < 200 ? 7 : 1777) {
    write_bytes(file(), good.substr(0, size));
    diags_ = {};
    // The last page may hold nothing where it is cut.
    const auto ledger = Ledger::open(folder_, "", diags_);
    if (ledger && good.size() - size < 4096) {
      EXPECT_EQ(contents(*ledger, diags_), expected);
      EXPECT_EQ(findings(*ledger), "");
      continue;
    }
    EXPECT_FALSE(ledger) << size;
    EXPECT_EQ(diags_.exit_code(), 1) << size << said();
    EXPECT_THAT(said(), AnyOf(HasSubstr("DIR/ledger.sqlite: error: is damaged: "), HasSubstr("DIR/ledger.sqlite: error: is no ledger: "))) << size;
  }
}

// ---- other files in its place ----

class OtherFiles : public Faults {
 protected:
  std::string refused() {
    diags_ = {};
    EXPECT_FALSE(Ledger::open(folder_, "", diags_));
    EXPECT_FALSE(Ledger::open_read_only(folder_, "", diags_));
    return said();
  }
  void sql(const char* text) const {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, text, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
  }
};

TEST_F(OtherFiles, AreRefused) {
  EXPECT_THAT(refused(), HasSubstr("DIR: error: has no ledger: no file 'ledger.sqlite'\n  hint: name the folder that a job wrote to"));
  EXPECT_EQ(diags_.exit_code(), 1);
  write_bytes(file(), "");
  EXPECT_THAT(refused(), HasSubstr("is damaged: it is empty"));
  write_bytes(file(), std::string(5000, 'x'));
  EXPECT_THAT(refused(), HasSubstr("is no ledger: it is no SQLite database"));
  fs::remove(file());
  sql("CREATE TABLE pieces(number INTEGER)");
  EXPECT_THAT(refused(), HasSubstr("is no ledger: an SQLite database of another program"));
  fs::remove(file());
  fs::create_directory(file());
  EXPECT_THAT(refused(), HasSubstr("is no file"));
  fs::remove(file());
  write_bytes(folder_ / "real", "x");
  fs::create_symlink("real", file());
  EXPECT_THAT(refused(), HasSubstr("is no file"));
  EXPECT_FALSE(Ledger::create(folder_ / "none", sample_job(), "", diags_));
  EXPECT_EQ(diags_.exit_code(), 3);
}

TEST_F(OtherFiles, OfOtherVersionsAndForms) {
  { const Ledger ledger = made(); }
  sql("PRAGMA user_version = 3");
  EXPECT_THAT(refused(), HasSubstr("was written by a later version of this program: its form is 3, the latest known is 2\n  hint: use the version that wrote it"));
  sql("PRAGMA user_version = 1");
  EXPECT_THAT(refused(), HasSubstr("was written by an earlier version of this program: its form is 1, this one writes 2\n  hint: use the version that wrote it"));
  sql("PRAGMA user_version = 0");
  EXPECT_THAT(refused(), HasSubstr("is damaged: there is no form 0"));
  sql("PRAGMA user_version = 2; CREATE TRIGGER t AFTER INSERT ON pieces BEGIN DELETE FROM pieces; END");
  EXPECT_THAT(refused(), HasSubstr("is damaged: its tables are not those of a ledger"));
  sql("DROP TRIGGER t");
  EXPECT_TRUE(Ledger::open(folder_, "", diags_));
  sql("PRAGMA foreign_keys = OFF; DELETE FROM job");
  EXPECT_THAT(refused(), HasSubstr("is damaged: it has no job"));
}

TEST_F(OtherFiles, EntriesThatWereChangedAreFound) {
  { const Ledger ledger = made(); }
  const auto found_after = [&](const char* text) {
    sql(text);
    const auto ledger = Ledger::open_read_only(folder_, "", diags_);
    EXPECT_TRUE(ledger) << said();
    return ledger ? findings(*ledger) : "";
  };
  EXPECT_THAT(found_after("UPDATE pieces SET first_page = 5 WHERE number = 1"), HasSubstr("entries of group 1"));
  EXPECT_THAT(found_after("UPDATE pieces SET first_page = 1 WHERE number = 1"), "");
  EXPECT_THAT(found_after("UPDATE counts SET value = 3"), HasSubstr("entries of group 3"));
  EXPECT_THAT(found_after("UPDATE counts SET value = 2; UPDATE pieces SET row = 5 WHERE number = 6"), AllOf(HasSubstr("entries of group 2"), HasSubstr("5 ledger.sqlite: rows 5 are settled twice")));
  EXPECT_THAT(found_after("UPDATE pieces SET row = 6 WHERE number = 6; DELETE FROM rejects"), HasSubstr("entries of group 3"));
  EXPECT_THAT(found_after("UPDATE files SET name = '../a.pdf' WHERE name = 'a.pdf'"), HasSubstr("a file's name leads out of the folder"));
  EXPECT_THAT(found_after("DELETE FROM files WHERE id = 2"), HasSubstr("its tables contradict one another"));
}

// ---- other processes ----

TEST_F(Faults, TwoWritersAreOneTooMany) {
  const Ledger first = made();
  EXPECT_FALSE(Ledger::open(folder_, "", diags_));
  EXPECT_EQ(said(), "DIR/ledger.sqlite: error: is being written by another process\n  hint: only one process may write a job: wait until that has ended, or end it\n");
  EXPECT_EQ(diags_.exit_code(), 3);
  EXPECT_FALSE(Ledger::create(folder_, sample_job(), "", diags_));
}

TEST_F(Faults, ALockOfAnotherProgramIsTold) {
  Ledger ledger = made();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_FALSE(ledger.begin_group(diags_));
  EXPECT_EQ(said(), "DIR/ledger.sqlite: error: is in use by another process\n  hint: wait until that has ended, or end it; then run this again\n");
  EXPECT_EQ(diags_.exit_code(), 3);
  sqlite3_close(other);
  diags_ = {};
  EXPECT_TRUE(write_group(ledger, folder_, {"c.pdf", 11, 12, "en"}, diags_)) << said();
}

TEST_F(Faults, ALedgerThatVanishesIsTold) {
  Ledger ledger = made();
  ASSERT_TRUE(ledger.begin_group(diags_));
  fs::rename(file(), folder_ / "gone");
  EXPECT_FALSE(ledger.commit_group(diags_));
  EXPECT_THAT(said(), HasSubstr("DIR/ledger.sqlite: error: was removed or replaced while the job was running"));
  EXPECT_EQ(diags_.exit_code(), 3);
  diags_ = {};
  EXPECT_FALSE(ledger.begin_group(diags_));
  write_bytes(file(), "something else");
  EXPECT_FALSE(ledger.begin_group(diags_));
  fs::remove(file());
  fs::rename(folder_ / "gone", file());
  diags_ = {};
  EXPECT_TRUE(write_group(ledger, folder_, {"c.pdf", 11, 12, "en"}, diags_)) << said();
}

// As somebody who is not root, whom no permission holds.
TEST_F(Faults, AReadOnlyFolder) {
  { const Ledger ledger = made(); }
  ::chmod(file().c_str(), 0444);
  ::chmod(folder_.c_str(), 0555);
  const int status = in_child([&] {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(77);
    Diagnostics diags;
    const auto reader = Ledger::open_read_only(folder_, "", diags);
    if (!reader || reader->totals(diags)->pieces != 8) ::_exit(1);
    if (Ledger::open(folder_, "", diags)) ::_exit(2);
    ::_exit(diags.exit_code() == 3 && to_text(diags).find("ledger.sqlite: error: cannot be ") != std::string::npos ? 7 : 4);
  });
  ::chmod(folder_.c_str(), 0755);
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "the user cannot be changed";
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST_F(Faults, AFolderThatNothingMayBeWrittenTo) {
  ::chmod(folder_.c_str(), 0555);
  const int status = in_child([&] {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(77);
    Diagnostics diags;
    if (Ledger::create(folder_, sample_job(), "", diags)) ::_exit(1);
    ::_exit(diags.exit_code() == 3 && to_text(diags).find("ledger.sqlite: error: cannot be made: Permission denied") != std::string::npos ? 7 : 4);
  });
  ::chmod(folder_.c_str(), 0755);
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "the user cannot be changed";
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

}  // namespace
}  // namespace handout::ledger
