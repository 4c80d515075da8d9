#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/geometry.h"
#include "base/process.h"

namespace handout::test {

// Codes read by another library (ZXing) from the picture of a finished page.
class CodeReader : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-codes-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static std::string output_of(const std::vector<std::string>& arguments) {
    Diagnostics diags;
    const auto output = run_program({arguments, {}, "tools/install-packages test", {}}, diags);
    EXPECT_TRUE(output) << to_text(diags);
    return output ? output->out : std::string();
  }

  // What the reader says of this place on a page, and a little around it, as under a camera.
  std::string read_area(std::string_view document, std::size_t page, Rect area) {
    Diagnostics diags;
    const auto pdf = folder_ / "page.pdf", png = folder_ / "page";
    EXPECT_TRUE(write_file(pdf, document, diags)) << to_text(diags);
    const std::string number = std::to_string(page + 1);
    const auto pixels = [](Length length) { return std::to_string(static_cast<int>(length.points() * 600 / 72)); };
    constexpr Length kAround = 9_pt;
    output_of({"pdftoppm", "-r", "600", "-f", number, "-l", number, "-x", pixels(area.x - kAround), "-y", pixels(area.y - kAround), "-W", pixels(area.width + 2 * kAround), "-H", pixels(area.height + 2 * kAround), "-png", "-singlefile",
               pdf.string(), png.string()});
    // Without -noscale ZXing 1.4 compares what it finds at several scales and stops at an assertion of its own.
    return output_of({"ZXingReader", "-noscale", png.string() + ".png"});
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace handout::test
