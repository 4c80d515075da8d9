// src/pdf/conformance.md, the damages of tests/pdf/spoil_*.cpp and the checks of src/inspect name each other.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "rules/sources.h"

namespace fs = std::filesystem;

namespace {

using handout::test::kSource;
using handout::test::read;

std::vector<std::vector<std::string>> matches(const std::string& text, const std::string& pattern) {
  std::vector<std::vector<std::string>> found;
  const std::regex expression(pattern);
  for (std::sregex_iterator each(text.begin(), text.end(), expression), end; each != end; ++each) found.emplace_back(each->begin(), each->end());
  return found;
}

std::set<std::string> split(const std::string& numbers) {
  std::set<std::string> result;
  for (const auto& match : matches(numbers, "[^,]+")) result.insert(match[0].substr(match[0].find_first_not_of(' ')));
  return result;
}

struct Row {
  std::string number, mark;
  std::set<std::string> cases;
};

std::vector<Row> rows() {
  std::vector<Row> result;
  std::stringstream lines(read(kSource / "src/pdf/conformance.md"));
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    static const std::regex row(R"(\| (\d\d-\d{3}|(?:A3?|UA|PDF) [\d.]+(?:-\d+)?|H-\d\d) \| .+ \| (.+) \|)");
    if (!std::regex_match(line, match, row)) continue;
    Row& added = result.emplace_back(Row{match[1], match[2], {}});
    if (!added.mark.starts_with("**enforced**")) continue;
    for (const auto& name : matches(added.mark, "`(\\w+)`")) added.cases.insert(name[1]);
  }
  return result;
}

// Damage -> the numbers that it must be told by.
std::map<std::string, std::set<std::string>> damages() {
  std::map<std::string, std::set<std::string>> result;
  for (const auto& entry : fs::directory_iterator(kSource / "tests/pdf")) {
    const std::string file = entry.path().filename().string();
    if (!file.starts_with("spoil_") || file.ends_with("_test.cpp")) continue;
    for (const auto& match : matches(read(entry.path()), R"re(\{"(\w+)",\s*"([^"]+)",)re")) {
      EXPECT_TRUE(result.emplace(match[1], split(match[2])).second) << match[1] << " is there twice";
    }
  }
  return result;
}

TEST(Conformance, every_row_has_a_mark_and_stands_once) {
  std::set<std::string> seen;
  for (const Row& row : rows()) {
    EXPECT_TRUE(seen.insert(row.number).second) << row.number << " is there twice";
    const bool known = row.mark.starts_with("**enforced**: ") || row.mark.starts_with("**by construction**: ") || row.mark.starts_with("**author**: ") || row.mark.starts_with("n/a: ");
    EXPECT_TRUE(known) << row.number << " is marked " << row.mark;
    EXPECT_EQ(row.mark.starts_with("**enforced**"), !row.cases.empty()) << row.number;
  }
}

// The Matterhorn Protocol 1.1 has so many failure conditions under each of its 31 checkpoints.
TEST(Conformance, all_conditions_of_matterhorn_are_there) {
  constexpr int kConditions[] = {7, 4, 3, 1, 3, 4, 2, 2, 8, 1, 7, 1, 8, 7, 5, 3, 3, 2, 4, 3, 1, 1, 1, 1, 1, 2, 1, 18, 1, 2, 30};
  std::vector<std::string> expected, found;
  for (int checkpoint = 1; checkpoint <= 31; ++checkpoint) {
    for (int condition = 1; condition <= kConditions[checkpoint - 1]; ++condition) {
      char number[8];
      std::snprintf(number, sizeof number, "%02d-%03d", checkpoint % 100, condition % 1000);
      expected.emplace_back(number);
    }
  }
  for (const Row& row : rows()) {
    if (row.number[2] == '-' && row.number.size() == 6) found.push_back(row.number);
  }
  EXPECT_EQ(found, expected);
}

TEST(Conformance, enforced_rows_and_damages_name_each_other) {
  const auto all = damages();
  ASSERT_GT(all.size(), 200u);
  std::map<std::string, std::set<std::string>> named;  // damage -> rows
  for (const Row& row : rows()) {
    for (const std::string& name : row.cases) {
      named[name].insert(row.number);
      EXPECT_TRUE(all.contains(name)) << row.number << " names " << name << ", which is no damage";
    }
  }
  for (const auto& [name, numbers] : all) EXPECT_EQ(named[name], numbers) << name;
}

// A number that a check gives is that of an enforced row, and there is no other.
TEST(Conformance, checks_give_the_numbers_of_enforced_rows) {
  std::set<std::string> given, enforced;
  for (const auto& entry : fs::directory_iterator(kSource / "src/inspect")) {
    if (entry.path().extension() != ".cpp") continue;
    for (const auto& match : matches(read(entry.path()), R"re("((?:(?:\d\d-\d{3}|(?:A3?|UA|PDF) \d[\d.]*(?:-\d+)?|H-\d\d)(?:, )?)+)")re")) given.merge(split(match[1]));
  }
  for (const Row& row : rows()) {
    if (!row.cases.empty()) enforced.insert(row.number);
  }
  EXPECT_EQ(given, enforced);
}

}  // namespace
