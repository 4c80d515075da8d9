#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace handout::test {

// Runs jing over many documents at once, since its start costs most. Skips where it is not installed.
class Jing : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;
  // For each document the lines that it finds fault with, each with its first message.
  [[nodiscard]] std::vector<std::map<std::size_t, std::string>> judge(const std::string& schema, const std::vector<std::string>& documents) const;

  std::filesystem::path folder_;
};

}  // namespace handout::test
