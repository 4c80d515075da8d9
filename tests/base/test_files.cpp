#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "base/digest.h"
#include "base/files.h"

namespace handout {
namespace {

using testing::HasSubstr;

// A folder of its own, removed at the end.
class Files : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-files-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_), std::filesystem::directory_iterator()));
  }
  [[nodiscard]] Result<std::string> read(const std::filesystem::path& path, std::uintmax_t limit = 1 << 20) {
    return read_file(path, Span::of_file("shown.xml"), limit, diags_);
  }

  std::filesystem::path folder_;
  Diagnostics diags_;
};

TEST_F(Files, ReadWhatWasWritten) {
  const std::string bytes("a\0b\r\n\xFF", 6);
  ASSERT_TRUE(write_file(folder_ / "x", bytes, diags_));
  EXPECT_EQ(read(folder_ / "x").value(), bytes);
  EXPECT_EQ(entries(), 1u);
  EXPECT_TRUE(diags_.all().empty());
}

TEST_F(Files, ReadBeyondOneBuffer) {
  const std::string bytes(200'001, 'x');
  ASSERT_TRUE(write_file(folder_ / "x", bytes, diags_));
  EXPECT_EQ(read(folder_ / "x").value(), bytes);
}

TEST_F(Files, WriteReplacesAndHonoursTheMask) {
  const mode_t before = ::umask(027);
  ASSERT_TRUE(write_file(folder_ / "x", "old and long", diags_));
  ASSERT_TRUE(write_file(folder_ / "x", "new", diags_));
  ::umask(before);
  EXPECT_EQ(read(folder_ / "x").value(), "new");
  struct stat info {};
  ASSERT_EQ(::stat((folder_ / "x").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777u, 0640u);
}

TEST_F(Files, MissingFileIsTheInputsFault) {
  EXPECT_FALSE(read(folder_ / "none"));
  EXPECT_EQ(to_text(diags_), "shown.xml: error: no such file\n");
  EXPECT_EQ(diags_.exit_code(), 1);
}

TEST_F(Files, FolderIsTheInputsFault) {
  EXPECT_FALSE(read(folder_));
  EXPECT_THAT(to_text(diags_), HasSubstr("is a folder"));
  EXPECT_EQ(diags_.exit_code(), 1);
}

TEST_F(Files, LimitIsTheLastSizeThatIsRead) {
  ASSERT_TRUE(write_file(folder_ / "x", std::string(2 << 20, 'x'), diags_));
  EXPECT_TRUE(read(folder_ / "x", 2 << 20));
  EXPECT_FALSE(read(folder_ / "x", (2 << 20) - 1));
  EXPECT_EQ(diags_.exit_code(), 1);
}

// A link to itself, which even root cannot open.
TEST_F(Files, UnreadableFileIsTheMachinesFault) {
  std::filesystem::create_symlink(folder_ / "loop", folder_ / "loop");
  EXPECT_FALSE(read(folder_ / "loop"));
  EXPECT_THAT(to_text(diags_), HasSubstr("cannot be read"));
  EXPECT_EQ(diags_.exit_code(), 3);
}

// As in --request <(program): what is written a little later is waited for.
TEST_F(Files, PipeIsReadToItsEnd) {
  const std::filesystem::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const int writer = ::open(pipe.c_str(), O_RDWR);
  ASSERT_GE(writer, 0);
  std::thread later([writer] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_EQ(::write(writer, "bytes", 5), 5);
    ::close(writer);
  });
  const auto bytes = read(pipe);
  later.join();
  ASSERT_TRUE(bytes) << to_text(diags_);
  EXPECT_EQ(*bytes, "bytes");
}

TEST_F(Files, WriteIntoNoFolderSaysSo) {
  EXPECT_FALSE(write_file(folder_ / "none" / "x", "x", diags_));
  EXPECT_THAT(to_text(diags_), HasSubstr("does not exist; create it first"));
  EXPECT_EQ(diags_.exit_code(), 3);
  EXPECT_EQ(entries(), 0u);
}

TEST_F(Files, WriteOverAFolderIsRefused) {
  std::filesystem::create_directory(folder_ / "x");
  EXPECT_FALSE(write_file(folder_ / "x", "x", diags_));
  EXPECT_EQ(diags_.exit_code(), 3);
  EXPECT_EQ(entries(), 1u);
}

// A file size limit stands for a full disk: write(2) takes part of the bytes, then fails.
TEST_F(Files, FailureMidwayLeavesTheOldFileAndNothingElse) {
  ASSERT_TRUE(write_file(folder_ / "x", "old", diags_));
  struct rlimit before {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small { 1000, before.rlim_max };
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const bool written = write_file(folder_ / "x", std::string(100'000, 'n'), diags_).has_value();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_FALSE(written);
  EXPECT_EQ(diags_.exit_code(), 3);
  EXPECT_THAT(to_text(diags_), HasSubstr("cannot be written"));
  EXPECT_EQ(read(folder_ / "x").value(), "old");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Files, DeviceIsWrittenIntoAndStays) {
  if (!std::filesystem::is_character_file("/dev/null")) GTEST_SKIP() << "no /dev/null";
  std::filesystem::create_symlink("/dev/null", folder_ / "device");
  EXPECT_TRUE(write_file(folder_ / "device", "bytes", diags_)) << to_text(diags_);
  EXPECT_TRUE(std::filesystem::is_character_file(folder_ / "device"));
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Files, FullDeviceIsTheMachinesFault) {
  if (!std::filesystem::is_character_file("/dev/full")) GTEST_SKIP() << "no /dev/full";
  EXPECT_FALSE(write_file("/dev/full", "bytes", diags_));
  EXPECT_EQ(diags_.exit_code(), 3);
  EXPECT_THAT(to_text(diags_), HasSubstr("/dev/full: error: cannot be written"));
}

TEST_F(Files, PipeTakesTheBytesItself) {
  const std::filesystem::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  // Open for both, so that neither end waits for the other.
  const int reader = ::open(pipe.c_str(), O_RDWR | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  EXPECT_TRUE(write_file(pipe, "bytes", diags_)) << to_text(diags_);
  char got[8] = {};
  EXPECT_EQ(::read(reader, got, sizeof got), 5);
  EXPECT_STREQ(got, "bytes");
  ::close(reader);
  EXPECT_TRUE(std::filesystem::is_fifo(pipe));
  EXPECT_EQ(entries(), 1u);
}

// What a killed process left under the first temporary name is neither used nor removed.
TEST_F(Files, LeftoverOfAKilledProcessIsPassedOver) {
  const std::filesystem::path leftover = folder_ / ("x." + std::to_string(::getpid()) + "-0.part");
  ASSERT_TRUE(write_file(leftover, "half", diags_));
  ASSERT_TRUE(write_file(folder_ / "x", "whole", diags_)) << to_text(diags_);
  EXPECT_EQ(read(folder_ / "x").value(), "whole");
  EXPECT_EQ(read(leftover).value(), "half");
  EXPECT_EQ(entries(), 2u);
}

// Standard output led elsewhere for as long as this lives.
class RedirectedOutput {
 public:
  explicit RedirectedOutput(const std::filesystem::path& path) : saved_(::dup(STDOUT_FILENO)), opened_(::open(path.c_str(), O_WRONLY | O_CREAT, 0600)) {
    if (opened_ >= 0) ::dup2(opened_, STDOUT_FILENO);
  }
  RedirectedOutput(const RedirectedOutput&) = delete;
  RedirectedOutput& operator=(const RedirectedOutput&) = delete;
  ~RedirectedOutput() {
    ::dup2(saved_, STDOUT_FILENO);
    ::close(saved_);
    if (opened_ >= 0) ::close(opened_);
  }
  [[nodiscard]] bool works() const { return opened_ >= 0; }

 private:
  int saved_, opened_;
};

TEST_F(Files, StandardOutputTakesEveryByte) {
  const std::string bytes(300'000, 'y');
  std::fflush(stdout);
  bool written = false;
  {
    const RedirectedOutput redirected(folder_ / "out");
    written = redirected.works() && write_standard_output(bytes, diags_).has_value();
  }
  EXPECT_TRUE(written);
  EXPECT_EQ(read(folder_ / "out").value(), bytes);
}

TEST_F(Files, FullStandardOutputIsTheMachinesFault) {
  if (!std::filesystem::is_character_file("/dev/full")) GTEST_SKIP() << "no /dev/full";
  std::fflush(stdout);
  bool written = true;
  {
    const RedirectedOutput redirected("/dev/full");
    written = write_standard_output("bytes", diags_).has_value();
  }
  EXPECT_FALSE(written);
  EXPECT_EQ(diags_.exit_code(), 3);
  EXPECT_THAT(to_text(diags_), HasSubstr("standard output cannot be written"));
}

TEST(Sha256, AgreesWithFips180) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

}  // namespace
}  // namespace handout
