#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "base/digest.h"
#include "base/files.h"

namespace handout {
namespace {

using testing::HasSubstr;

// FIPS 180-4's examples.
TEST(Digest, Sha256) {
  Sha256 maker;
  EXPECT_EQ(to_hex(maker.of("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(maker.of("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(maker.of("abc")), sha256_hex("abc"));
}

// RFC 4231, test cases 1, 2, 3 and 6 (a key longer than a block).
TEST(Digest, KeyedHash) {
  EXPECT_EQ(to_hex(KeyedHash(std::string(20, '\x0b')).of("Hi There")), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  KeyedHash jefe("Jefe");
  EXPECT_EQ(to_hex(jefe.of("what do ya want for nothing?")), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(jefe.of("what do ya want for nothing?")), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(KeyedHash(std::string(20, '\xaa')).of(std::string(50, '\xdd'))), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_EQ(to_hex(KeyedHash(std::string(131, '\xaa')).of("Test Using Larger Than Block-Size Key - Hash Key First")), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

class FileDigests : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-digest-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string wrong(const std::filesystem::path& path) {
    Diagnostics diags;
    EXPECT_FALSE(digest_of_file(path, Span::of_file("f"), diags));
    return to_text(diags);
  }
  std::filesystem::path folder_;
};

TEST_F(FileDigests, OfAFileLargerThanTheBuffer) {
  const std::string bytes(1'000'003, 'x');
  std::ofstream(folder_ / "large", std::ios::binary) << bytes;
  Diagnostics diags;
  const auto read = digest_of_file(folder_ / "large", {}, diags);
  ASSERT_TRUE(read) << to_text(diags);
  EXPECT_EQ(read->size, bytes.size());
  EXPECT_EQ(to_hex(read->digest), sha256_hex(bytes));
}

TEST_F(FileDigests, WhatIsNoFile) {
  EXPECT_EQ(wrong(folder_ / "none"), "f: error: no such file\n");
  EXPECT_EQ(wrong(folder_), "f: error: is a folder, a file was expected\n");
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(wrong(folder_ / "pipe"), "f: error: is no file\n");
  std::ofstream(folder_ / "file") << "x";
  std::filesystem::create_symlink("file", folder_ / "link");
  EXPECT_THAT(wrong(folder_ / "link"), HasSubstr("is a link"));
}

}  // namespace
}  // namespace handout
