// `handout watch` as a process: what is saved is rendered again, faults end nothing, Ctrl-C does.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "program.h"

namespace handout::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto kPatience = std::chrono::seconds(20);  // of a loaded machine

class Watch : public Program {
 protected:
  void TearDown() override {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
    Program::TearDown();
  }

  void start(std::vector<std::string> words) {
    words.insert(words.begin(), {kProgram.string(), "--data", kSource.string(), "watch"});
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    child_ = ::fork();
    ASSERT_GE(child_, 0);
    if (child_ != 0) return;
    const int out = ::open((folder_ / "said.txt").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (::chdir(folder_.c_str()) != 0 || ::dup2(out, STDOUT_FILENO) < 0 || ::dup2(out, STDERR_FILENO) < 0) ::_exit(125);
    ::execv(pointers[0], pointers.data());
    ::_exit(126);
  }

  // Waits until it has said `words` so many times.
  bool says(const std::string& words, int times = 1) {
    for (const auto end = std::chrono::steady_clock::now() + kPatience; std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(std::chrono::milliseconds(5))) {
      const std::string said = read("said.txt");
      int found = 0;
      for (std::size_t at = 0; (at = said.find(words, at)) != std::string::npos; at += words.size()) ++found;
      if (found >= times) return true;
    }
    ADD_FAILURE() << "not said " << times << " times: " << words << "\n" << read("said.txt");
    return false;
  }

  // The exit code after a signal.
  int end_by(int signal) {
    ::kill(child_, signal);
    int status = 0;
    EXPECT_EQ(::waitpid(child_, &status, 0), child_);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  pid_t child_ = -1;
};

TEST_F(Watch, RendersWhatIsSavedAndEndsCleanly) {
  start({"article.xml", "--layout", "./layout.xml", "-o", "out.pdf"});
  ASSERT_TRUE(says("watching; Ctrl-C ends it"));
  const std::string before = read("out.pdf");
  ASSERT_THAT(before, testing::StartsWith("%PDF"));
  write("article.xml", article("<p id=\"p\">Other words.</p>"));
  ASSERT_TRUE(says("article.xml saved: done"));
  const std::string after = read("out.pdf");
  EXPECT_NE(after, before);
  // An editor that writes a new file and renames it over the old one.
  write("article.xml~", article("<p id=\"p\">Words.</p>"));
  fs::rename(folder_ / "article.xml~", folder_ / "article.xml");
  ASSERT_TRUE(says("article.xml saved: done", 2));
  EXPECT_EQ(read("out.pdf"), before);
  write("layout.xml", layout("<style for=\"p\" font-size=\"20pt\"/>\n"));
  ASSERT_TRUE(says("layout.xml saved: done"));
  EXPECT_NE(read("out.pdf"), before);
  EXPECT_EQ(end_by(SIGINT), 0);
}

TEST_F(Watch, FaultsAreToldAndEndNothing) {
  write("article.xml", "<article id=\"a\"");
  start({"article.xml", "--layout", "./layout.xml", "-o", "out.pdf"});
  ASSERT_TRUE(says("watching; Ctrl-C ends it"));
  EXPECT_THAT(read("said.txt"), HasSubstr("article.xml:1:"));
  // Half of a file, at every fifth byte.
  const std::string whole = article("<p id=\"p\">Words <strong>and</strong> more.</p>");
  for (std::size_t length = 0; length < whole.size(); length += 5) {
    write("article.xml", whole.substr(0, length));
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  EXPECT_FALSE(fs::exists(folder_ / "out.pdf"));
  write("article.xml", whole);
  ASSERT_TRUE(says("out.pdf: 1 page"));
  EXPECT_EQ(end_by(SIGTERM), 0);
}

TEST_F(Watch, PicturesAndPhrasesCountToo) {
  fs::create_directory(folder_ / "data");
  write("picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><rect width=\"10\" height=\"10\" fill=\"#000000\"/></svg>");
  write("article.xml", article("<figure id=\"f\" src=\"picture.svg\" alt=\"A square.\"/>"));
  start({"article.xml", "--layout", "./layout.xml", "-o", "out.pdf"});
  ASSERT_TRUE(says("watching; Ctrl-C ends it"));
  const std::string before = read("out.pdf");
  ASSERT_NE(before, "");
  write("picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><rect width=\"5\" height=\"10\" fill=\"#000000\"/></svg>");
  ASSERT_TRUE(says("picture.svg saved: done"));
  EXPECT_NE(read("out.pdf"), before);
  write("notes.txt", "nothing of the handout's");
  EXPECT_EQ(end_by(SIGINT), 0);
  EXPECT_THAT(read("said.txt"), Not(HasSubstr("notes.txt")));
}

// Who writes a layout hears what nothing takes, in a line; a render says nothing of it.
TEST_F(Watch, TellsWhatOfTheLayoutNothingTakes) {
  write("layout.xml", layout("<style for=\"dl\" color=\"#000000\"/>\n<style for=\"table\" zebra=\"#eeeeee\"/>\n"));
  EXPECT_THAT(run({"render", "article.xml", "--layout", "./layout.xml", "-o", "out.pdf"}).err, Not(HasSubstr("nothing")));
  start({"article.xml", "--layout", "./layout.xml", "-o", "out.pdf"});
  ASSERT_TRUE(says("watching; Ctrl-C ends it"));
  EXPECT_THAT(read("said.txt"), testing::AllOf(HasSubstr("layout.xml: note: styles that nothing in this handout takes (line:column "), HasSubstr("hint: handout check ")));
  EXPECT_EQ(end_by(SIGINT), 0);
}

TEST_F(Watch, WrongUsageEndsAtOnce) {
  const Outcome outcome = run({"watch", "article.xml", "--level", "medium"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(run({"watch"}).code, 2);
}

}  // namespace
}  // namespace handout::test
