#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// Runs the built program and looks at what a user sees: exit code, output, messages, files.
namespace handout::test {

namespace fs = std::filesystem;

struct Outcome {
  int code = -1;          // the exit code, or minus the signal that ended it
  std::string out, err;
};

struct Surroundings {
  fs::path folder;                        // the working directory
  std::optional<fs::path> output;         // standard output goes there
  std::optional<std::size_t> file_limit;  // bytes that a file may have (RLIMIT_FSIZE)
};
Outcome run_program(const fs::path& program, const std::vector<std::string>& arguments, const Surroundings& surroundings);

std::string read_text(const fs::path& path);
void write_text(const fs::path& path, std::string_view text);

// A folder of its own as working directory; the program gets --data with the checkout.
class Program : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override { fs::remove_all(folder_); }

  Outcome run(std::vector<std::string> arguments) { return run(std::move(arguments), {folder_, {}, {}}); }
  Outcome run(std::vector<std::string> arguments, const Surroundings& surroundings);
  // `handout render article.xml -o out.pdf` and more arguments.
  Outcome render(const std::vector<std::string>& more = {});
  void write(const fs::path& name, std::string_view text) const { write_text(folder_ / name, text); }
  [[nodiscard]] std::string read(const fs::path& name) const { return read_text(folder_ / name); }
  // Every file below the folder, sorted.
  [[nodiscard]] std::vector<std::string> files() const;

  fs::path folder_;
};

// An article around `body`, which begins on line 3; `head` stands before the title on line 2.
std::string article(std::string_view body, std::string_view head = "");
// A layout that prints everything in one column with few styles.
std::string layout(std::string_view head = "");

inline const fs::path kSource = HANDOUT_SOURCE_DIR;
inline const fs::path kProgram = HANDOUT_PROGRAM;

}  // namespace handout::test
