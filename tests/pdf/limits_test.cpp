// The writer where memory ends, and many writers at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <new>
#include <thread>

#include "pdf/content_stream.h"
#include "pdf/pdf.h"
#include "pdf/sample.h"

namespace handout::test {

namespace {

// ---- memory ----

// Private memory that can be written, in KB: what RLIMIT_DATA limits.
rlim_t data_size() {
  std::ifstream status("/proc/self/status");
  std::string word;
  rlim_t size = 0;
  while (status >> word) {
    if (word == "VmData:") status >> size;
  }
  return size;
}

enum class Ended { Written = 0, OtherBytes = 10, Untold = 11, Told = 3 };

// Writes with so many KB more than the process has already. In a process of its own: for a limit and what it leads to.
Ended write_within(rlim_t more, const display::DisplayDocument& document, const std::string& profile, const std::string& whole) {
  ::malloc_trim(0);
  const rlim_t limit = (data_size() + more) * 1024;
  const struct rlimit limits { limit, limit };
  if (::setrlimit(RLIMIT_DATA, &limits) != 0) return Ended::Untold;
  try {
    Diagnostics diags;
    const auto bytes = pdf::write_pdf(document, {noto(), profile}, diags);
    if (!bytes) return diags.exit_code() == 3 ? Ended::Told : Ended::Untold;
    return *bytes == whole ? Ended::Written : Ended::OtherBytes;
  } catch (const std::bad_alloc&) {
    return Ended::Told;
  }
}

TEST(WriterLimits, WhereMemoryEndsItIsToldAndNothingElseIsWritten) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  // The sanitizers' own memory counts as well; the release build's run has this.
  GTEST_SKIP() << "memory can't be limited under a sanitizer";
#endif
  const std::string profile = srgb_profile();
  const display::DisplayDocument document = sample();
  const std::string whole = write(document);
  int told = 0, written = 0;
  for (rlim_t more = 0; written < 3; more += 4) {
    ASSERT_LT(more, 20'000u);
    const pid_t child = ::fork();
    if (child == 0) ::_exit(static_cast<int>(write_within(more, document, profile, whole)));
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status) << " with " << more << " KB";
    const auto ended = static_cast<Ended>(WEXITSTATUS(status));
    EXPECT_TRUE(ended == Ended::Written || ended == Ended::Told) << "code " << WEXITSTATUS(status) << " with " << more << " KB";
    ++(ended == Ended::Written ? written : told);
  }
  EXPECT_GT(told, 3);
}

// The end of a marked-content sequence is written by a destructor, which may not throw. Tags of many lengths, so that memory ends at each of the operators.
TEST(WriterLimits, WhereMemoryEndsInsideMarkedContentItIsTold) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "memory can't be limited under a sanitizer";
#endif
  for (std::size_t length = 1; length <= 40; ++length) {
    const pid_t child = ::fork();
    if (child == 0) {
      const rlim_t limit = (data_size() + 4096) * 1024;
      const struct rlimit limits { limit, limit };
      if (::setrlimit(RLIMIT_DATA, &limits) != 0) ::_exit(static_cast<int>(Ended::Untold));
      try {
        const std::string tag(length, 'P');
        pdf::ContentStream stream;
        for (std::uint32_t mcid = 0; mcid < 1'000'000; ++mcid) pdf::MarkedContent{stream, tag, mcid};
        static_cast<void>(stream.finish());
      } catch (const std::bad_alloc&) {
        ::_exit(static_cast<int>(Ended::Told));
      }
      ::_exit(static_cast<int>(Ended::Untold));
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status) << " with a tag of " << length;
    EXPECT_EQ(static_cast<Ended>(WEXITSTATUS(status)), Ended::Told) << length;
  }
}

// ---- threads ----

// Eight writers share a document and fonts of which no face is loaded yet.
TEST(Writers, AtOnceWriteTheSameBytes) {
  const std::string profile = srgb_profile();
  const display::DisplayDocument document = sample();
  const std::string alone = write(document);
  Diagnostics opening;
  const auto fonts = fonts::Fonts::open(std::filesystem::path(HANDOUT_SOURCE_DIR) / "fonts/fonts.xml", {}, opening);
  ASSERT_TRUE(fonts) << to_text(opening);
  std::vector<std::string> files(8);
  std::vector<std::thread> threads;
  for (std::string& file : files) {
    threads.emplace_back([&] {
      Diagnostics diags;
      file = pdf::write_pdf(document, {*fonts, profile}, diags).value_or("");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(alone.empty());
  for (const std::string& file : files) EXPECT_TRUE(file == alone);
}

}  // namespace

}  // namespace handout::test
