// What the machine refuses: exit code 3, a message that names the file, and never half a file.
#include <sys/stat.h>

#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::ElementsAre;
using testing::Eq;
using testing::HasSubstr;
using testing::Not;

class WriteFaults : public Program {
 protected:
  // The program as a shell starts it: `shell` ends where the program's words follow.
  Outcome start(const std::string& shell, std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"-c", shell + " \"$@\"", "sh", kProgram.string(), "--data", kSource.string()});
    return run_program("/bin/sh", arguments, {folder_, {}, {}});
  }
  [[nodiscard]] std::vector<std::string> rendering(const std::string& output) const {
    return {"render", (folder_ / "article.xml").string(), "--layout", (folder_ / "layout.xml").string(), "-o", output};
  }
  Outcome render_to(const std::string& output) const { return start("exec", rendering(output)); }
};

// ---- standard streams ----

// A pipe of whose two ends only the one to write into is open.
constexpr const char* kNoReader = "mkfifo pipe && exec 3<>pipe 1>pipe 3<&- && rm pipe && exec";

TEST_F(WriteFaults, ReaderOfThePipeIsGone) {
  const Outcome outcome = start(kNoReader, rendering("-"));
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("standard output cannot be written: Broken pipe"));
  for (const std::vector<std::string>& command : {std::vector<std::string>{"list"}, {"fonts", "--locale", "en"}}) EXPECT_EQ(start(kNoReader, command).code, 3) << command.front();
}

TEST_F(WriteFaults, StandardOutputIsClosed) {
  const Outcome outcome = start("exec >&-; exec", rendering("-"));
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("standard output cannot be written"));
}

// The file gets the number of a stream that is closed: what is meant for the stream must not go into it.
TEST_F(WriteFaults, ClosedStreamsDoNotWriteIntoTheFile) {
  ASSERT_EQ(render_to("whole.pdf").code, 0);
  for (const char* closed : {"exec >&-; exec", "exec 2>&-; exec", "exec <&- >&- 2>&-; exec"}) {
    EXPECT_EQ(start(closed, rendering("out.pdf")).code, 0) << closed;
    EXPECT_EQ(read("out.pdf"), read("whole.pdf")) << closed;
    fs::remove(folder_ / "out.pdf");
  }
}

// ---- names and folders ----

TEST_F(WriteFaults, NameIsTooLong) {
  const Outcome refused = render_to(std::string(252, 'n') + ".pdf");
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, HasSubstr("n.pdf: error: cannot be written: File name too long"));
  const std::string longest = std::string(251, 'n') + ".pdf";
  EXPECT_EQ(render_to(longest).code, 0);
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml", longest));
}

TEST_F(WriteFaults, FileInPlaceOfAFolder) {
  const Outcome outcome = render_to("article.xml/out.pdf");
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("article.xml/out.pdf: error: cannot be written: Not a directory"));
  EXPECT_EQ(run({"render", "article.xml", "--layout", "layout.xml", "-d", "article.xml"}).code, 3);
}

TEST_F(WriteFaults, WorkingFolderIsGone) {
  const Outcome outcome = start("mkdir gone && cd gone && rmdir ../gone && exec", rendering("out.pdf"));
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("out.pdf: error: cannot be written: No such file or directory"));
}

// A link is no file of its own: what it leads to is written, and a link to nothing is refused.
TEST_F(WriteFaults, LinkIsWrittenThrough) {
  write("far/real.pdf", "old");
  fs::create_symlink("far/real.pdf", folder_ / "link.pdf");
  ASSERT_EQ(render_to("link.pdf").code, 0);
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.pdf"));
  EXPECT_TRUE(read("far/real.pdf").starts_with("%PDF"));
  fs::remove(folder_ / "far/real.pdf");
  const Outcome outcome = render_to("link.pdf");
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("link.pdf: error: cannot be written"), HasSubstr("hint: it is a link to a file that does not exist")));
  EXPECT_FALSE(fs::exists(folder_ / "far/real.pdf"));
}

TEST_F(WriteFaults, ModeFollowsTheMask) {
  const std::pair<const char*, mode_t> masks[] = {{"022", 0644}, {"077", 0600}, {"000", 0666}, {"027", 0640}};
  for (const auto& [mask, mode] : masks) {
    ASSERT_EQ(start(std::string("umask ") + mask + " && exec", rendering("out.pdf")).code, 0);
    struct stat info {};
    ASSERT_EQ(::stat((folder_ / "out.pdf").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777u, mode) << mask;
  }
}

// ---- limits ----

// A shell counts 512 bytes as one. Beside the last step all are smaller than the file. The shell lets SIGXFSZ be: that it doesn't end the program is the program's doing.
TEST_F(WriteFaults, FileThatMayNotGrow) {
  ASSERT_EQ(render_to("whole.pdf").code, 0);
  const std::uintmax_t blocks = fs::file_size(folder_ / "whole.pdf") / 512;
  ASSERT_GT(blocks, 4u);
  write("out.pdf", "old");
  for (std::uintmax_t limit = 1; limit <= blocks; limit += limit < 4 ? 1 : 3) {
    const Outcome outcome = start("ulimit -f " + std::to_string(limit) + " && exec", rendering("out.pdf"));
    EXPECT_EQ(outcome.code, 3) << limit;
    EXPECT_THAT(outcome.err, HasSubstr("out.pdf: error: cannot be written: File too large")) << limit;
    EXPECT_EQ(read("out.pdf"), "old") << limit;
    ASSERT_THAT(files(), ElementsAre("article.xml", "layout.xml", "out.pdf", "whole.pdf")) << limit;
  }
  EXPECT_EQ(start("ulimit -f " + std::to_string(blocks + 1) + " && exec", rendering("out.pdf")).code, 0);
  EXPECT_EQ(read("out.pdf"), read("whole.pdf"));
}

TEST_F(WriteFaults, FewOpenFiles) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  // The sanitizer's check of vptrs opens a pipe to see whether memory can be read; the release build's run has this.
  GTEST_SKIP() << "open files can't be limited under a sanitizer";
#endif
  ASSERT_EQ(render_to("whole.pdf").code, 0);
  int done = 0;
  for (int limit = 3; limit <= 12; ++limit) {
    const std::string shell = "ulimit -n " + std::to_string(limit) + " && exec";
    if (start(shell, {"--version"}).code != 0) continue;  // the loader itself needs one
    const Outcome outcome = start(shell, rendering("out.pdf"));
    EXPECT_THAT(outcome.code, AnyOf(Eq(0), Eq(3))) << limit << outcome.err;
    EXPECT_EQ(fs::exists(folder_ / "out.pdf"), outcome.code == 0);
    if (outcome.code == 3) EXPECT_THAT(outcome.err, HasSubstr("Too many open files"));
    if (outcome.code == 0) EXPECT_EQ(read("out.pdf"), read("whole.pdf"));
    done += outcome.code == 0 ? 1 : 0;
    fs::remove(folder_ / "out.pdf");
    EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml", "whole.pdf"));
  }
  EXPECT_GT(done, 0);
}

// ---- memory ----

class Memory : public WriteFaults {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    // The sanitizers reserve terabytes of addresses at the start, so that no limit is both kept and of use; the release build's run has this.
    GTEST_SKIP() << "memory can't be limited under a sanitizer";
#endif
    WriteFaults::SetUp();
  }
  void TearDown() override {
    if (!folder_.empty()) WriteFaults::TearDown();
  }

  // So much text that it takes more than what the program has in hand from its start (mimalloc begins with 32 MB).
  void make_long() const {
    std::string text = read("article.xml");
    const std::size_t end = text.rfind("\n</article>");
    ASSERT_NE(end, std::string::npos);
    std::string more = "\n";
    for (int i = 0; i < 4000; ++i) more += "<p id=\"more-" + std::to_string(i) + "\">Bend and stretch your knee ten times, " + std::to_string(i) + ", and rest for as long as it takes until it no longer hurts; then do it again, and write down how often.</p>\n";
    write("article.xml", text.insert(end, more));
  }

  // `limit` is one of the shell's ulimit options that count KB. From where the program starts at all upwards, until three runs succeed.
  void shrink(const std::string& limit, int step) {
    ASSERT_EQ(render_to("whole.pdf").code, 0);
    const auto shell = [&](int size) { return "ulimit " + limit + " " + std::to_string(size) + " && exec"; };
    int refused_start = 0, starts = 1 << 22;
    while (starts - refused_start > step / 2) {
      const int middle = (refused_start + starts) / 2;
      (start(shell(middle), {"--version"}).code == 0 ? starts : refused_start) = middle;
    }
    int told = 0, done = 0;
    for (int size = starts; done < 3; size += step) {
      ASSERT_LT(size, starts + 400 * step);
      const Outcome outcome = start(shell(size), rendering("out.pdf"));
      ASSERT_THAT(outcome.code, AnyOf(Eq(0), Eq(3))) << limit << ' ' << size << ": " << outcome.err;
      if (outcome.code == 0) {
        EXPECT_EQ(read("out.pdf"), read("whole.pdf")) << limit << ' ' << size;
        ++done;
      } else {
        EXPECT_THAT(outcome.err, HasSubstr("out of memory")) << limit << ' ' << size;
        EXPECT_FALSE(fs::exists(folder_ / "out.pdf")) << limit << ' ' << size;
        ++told;
      }
      fs::remove(folder_ / "out.pdf");
      EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml", "whole.pdf")) << limit << ' ' << size;
    }
    EXPECT_GT(told, 5);
  }
};

TEST_F(Memory, FewAddresses) { shrink("-v", 60); }

TEST_F(Memory, LittleData) {
  make_long();
  shrink("-d", 4000);
}

}  // namespace
}  // namespace handout::test
