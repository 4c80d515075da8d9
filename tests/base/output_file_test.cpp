// Files that are there whole or not at all, written piece by piece.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/files.h"

namespace handout {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class OutputFiles : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "handout-output-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void make(const std::string& name, std::string_view bytes) const { std::ofstream(folder_ / name, std::ios::binary) << bytes; }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

  fs::path folder_;
  Diagnostics diags_;
};

// Files may have `bytes` bytes for as long as this lives.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const struct rlimit limit { bytes, before_.rlim_max };
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;
  ~FileLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  struct rlimit before_ {};
  void (*handler_)(int);
};

TEST_F(OutputFiles, NothingOfTheNameIsThereBeforeTheCommit) {
  const std::string part(300'000, 'a');
  {
    OutputFile file(folder_ / "x", diags_);
    EXPECT_TRUE(file.write(part));
    EXPECT_TRUE(file.write("end"));
    EXPECT_FALSE(fs::exists(folder_ / "x"));
    ASSERT_TRUE(file.commit(diags_)) << to_text(diags_);
    EXPECT_EQ(read("x"), part + "end");
  }
  EXPECT_EQ(read("x"), part + "end");
  EXPECT_THAT(names(), ElementsAre("x"));
}

TEST_F(OutputFiles, WithoutACommitTheOldFileStaysAndNothingElse) {
  make("x", "old");
  {
    OutputFile file(folder_ / "x", diags_);
    EXPECT_TRUE(file.write(std::string(1'000'000, 'n')));
  }
  EXPECT_EQ(read("x"), "old");
  EXPECT_THAT(names(), ElementsAre("x"));
  EXPECT_THAT(diags_.all(), IsEmpty());
}

TEST_F(OutputFiles, EmptyFileIsAFile) {
  OutputFile file(folder_ / "x", diags_);
  ASSERT_TRUE(file.commit(diags_));
  EXPECT_THAT(names(), ElementsAre("x"));
  EXPECT_EQ(read("x"), "");
}

TEST_F(OutputFiles, AnExceptionLeavesNothing) {
  try {
    OutputFile file(folder_ / "x", diags_);
    EXPECT_TRUE(file.write(std::string(1'000'000, 'n')));
    throw std::bad_alloc();
  } catch (const std::bad_alloc&) {
    EXPECT_THAT(names(), IsEmpty());
  }
}

// Wherever the disk fills: while pieces are written, or at the commit, when the last of them are.
TEST_F(OutputFiles, EveryFullDiskIsToldOnceByName) {
  make("x", "old");
  for (const std::size_t limit : {0u, 1u, 1000u, 262'143u, 262'144u, 300'000u, 599'999u}) {
    Diagnostics diags;
    const FileLimit full(limit);
    OutputFile file(folder_ / "x", diags);
    for (int i = 0; i < 6; ++i) static_cast<void>(file.write(std::string(100'000, 'n')));
    EXPECT_FALSE(file.commit(diags)) << limit;
    EXPECT_EQ(diags.error_count(), 1u) << limit;
    EXPECT_EQ(diags.exit_code(), 3);
    EXPECT_THAT(to_text(diags), HasSubstr((folder_ / "x").string() + ": error: cannot be written: File too large"));
  }
  EXPECT_EQ(read("x"), "old");
  EXPECT_THAT(names(), ElementsAre("x"));
  const FileLimit enough(600'000);
  EXPECT_TRUE(write_file(folder_ / "x", std::string(600'000, 'n'), diags_));
}

TEST_F(OutputFiles, NothingIsWrittenAfterAFailure) {
  const FileLimit full(1000);
  OutputFile file(folder_ / "x", diags_);
  EXPECT_FALSE(file.write(std::string(1'000'000, 'n')));
  EXPECT_FALSE(file.write("more"));
  EXPECT_FALSE(file.commit(diags_));
  EXPECT_EQ(diags_.error_count(), 1u);
}

TEST_F(OutputFiles, WhatCannotBeMadeIsToldOnceAndTakesNothing) {
  OutputFile file(folder_ / "none" / "x", diags_);
  EXPECT_FALSE(file.write("bytes"));
  EXPECT_FALSE(file.commit(diags_));
  EXPECT_EQ(diags_.error_count(), 1u);
  EXPECT_THAT(to_text(diags_), HasSubstr("does not exist; create it first"));
  EXPECT_THAT(names(), IsEmpty());
}

TEST_F(OutputFiles, KilledInTheMiddleLeavesTheOldFileBesideAPart) {
  make("x", "old");
  const pid_t child = ::fork();
  if (child == 0) {
    OutputFile file(folder_ / "x", diags_);
    static_cast<void>(file.write(std::string(1'000'000, 'n')));
    std::raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(read("x"), "old");
  EXPECT_THAT(names(), ElementsAre("x", "x." + std::to_string(child) + "-0.part"));
}

// ---- names and links ----

TEST_F(OutputFiles, NamesMayBeAsLongAsTheSystemAllows) {
  for (const std::size_t length : {200u, 201u, 250u, 255u}) {
    Diagnostics diags;
    const std::string name(length, 'n');
    EXPECT_TRUE(write_file(folder_ / name, "bytes", diags)) << to_text(diags);
    EXPECT_THAT(names(), ElementsAre(name));
    fs::remove(folder_ / name);
  }
  EXPECT_FALSE(write_file(folder_ / std::string(256, 'n'), "bytes", diags_));
  EXPECT_EQ(diags_.exit_code(), 3);
  EXPECT_THAT(to_text(diags_), HasSubstr("File name too long"));
  EXPECT_THAT(names(), IsEmpty());
}

TEST_F(OutputFiles, LinkStaysAndItsFileIsReplaced) {
  fs::create_directory(folder_ / "far");
  make("far/real", "old");
  fs::create_symlink("far/real", folder_ / "link");
  fs::create_symlink("link", folder_ / "second");
  ASSERT_TRUE(write_file(folder_ / "second", "new", diags_)) << to_text(diags_);
  EXPECT_TRUE(fs::is_symlink(folder_ / "second") && fs::is_symlink(folder_ / "link"));
  EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(folder_ / "far/real")));
  EXPECT_EQ(read("far/real"), "new");
  EXPECT_THAT(names(), ElementsAre("far", "link", "second"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "far"), {}), 1);
}

TEST_F(OutputFiles, LinkToNothingOrToItselfIsRefused) {
  fs::create_symlink("none", folder_ / "link");
  EXPECT_FALSE(write_file(folder_ / "link", "new", diags_));
  EXPECT_THAT(to_text(diags_), HasSubstr("link: error: cannot be written: No such file or directory\n  hint: it is a link to a file that does not exist"));
  fs::create_symlink("loop", folder_ / "loop");
  Diagnostics loop;
  EXPECT_FALSE(write_file(folder_ / "loop", "new", loop));
  EXPECT_THAT(to_text(loop), HasSubstr("loop: error: cannot be written: Too many levels of symbolic links"));
  EXPECT_THAT(names(), ElementsAre("link", "loop"));
}

// ---- sinks and hashes ----

TEST(StringSink, GivesWhatItTook) {
  StringSink sink;
  EXPECT_TRUE(sink.write(std::string_view("a\0b", 3)));
  EXPECT_TRUE(sink.write(""));
  EXPECT_TRUE(sink.write("c"));
  EXPECT_EQ(sink.take(), std::string("a\0bc", 4));
  Diagnostics diags;
  sink.report(diags);
  EXPECT_EQ(diags.exit_code(), 3);
}

TEST(Sha256, OfPiecesIsThatOfTheWhole) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>(i);
  // Around the blocks of 64 bytes and the 56 after which the length needs a block more.
  for (const std::size_t cut : {0u, 1u, 55u, 56u, 63u, 64u, 65u, 128u, 299u, 300u}) {
    Sha256 hash;
    hash.add(std::string_view(text).substr(0, cut));
    hash.add("");
    hash.add(std::string_view(text).substr(cut));
    EXPECT_EQ(to_hex(hash.digest()), sha256_hex(text)) << cut;
  }
  EXPECT_EQ(to_hex(Sha256().digest()), sha256_hex(""));
}

}  // namespace
}  // namespace handout
