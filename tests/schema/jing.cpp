#include "schema/jing.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace handout::test {

namespace fs = std::filesystem;

void Jing::SetUp() {
  if (std::system("command -v jing >/dev/null 2>&1") != 0) GTEST_SKIP() << "jing is not installed (Debian's package jing): nothing is compared";
  std::string pattern = (fs::temp_directory_path() / "handout-schema-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  folder_ = pattern;
}

void Jing::TearDown() {
  if (!folder_.empty()) fs::remove_all(folder_);
}

std::vector<std::map<std::size_t, std::string>> Jing::judge(const std::string& schema, const std::vector<std::string>& documents) const {
  std::ofstream(folder_ / "schema.rng", std::ios::binary) << schema;
  std::string command = "cd '" + folder_.string() + "' && jing schema.rng";
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::string name = "d" + std::to_string(i) + ".xml";
    std::ofstream(folder_ / name, std::ios::binary) << documents[i];
    command += " " + name;
  }
  const int status = std::system((command + " > said.txt 2>/dev/null").c_str());
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) <= 1) << status;
  std::vector<std::map<std::size_t, std::string>> said(documents.size());
  std::ifstream lines(folder_ / "said.txt");
  for (std::string line; std::getline(lines, line);) {
    EXPECT_EQ(line.find("schema.rng:"), std::string::npos) << line;
    const std::size_t end = line.find(".xml:"), begin = line.rfind("/d", end);
    if (end == std::string::npos || begin == std::string::npos) continue;
    said[std::stoul(line.substr(begin + 2))].emplace(std::stoul(line.substr(end + 5)), line);
  }
  return said;
}

}  // namespace handout::test
