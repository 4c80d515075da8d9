#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "fonts/fonts.h"

namespace handout::fonts {

inline constexpr const char* kShipped = HANDOUT_SOURCE_DIR "/fonts/fonts.xml";
inline constexpr const char* kNoto = "/usr/share/fonts/truetype/noto/";
inline constexpr const char* kCjk = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

inline Fonts open_shipped() {
  Diagnostics diags;
  auto fonts = Fonts::open(kShipped, {}, diags);
  EXPECT_TRUE(fonts.has_value()) << to_text(diags);
  return std::move(fonts.value());
}

// A folder of the test's own, removed with all that is in it.
class Folder {
 public:
  Folder() {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() /
            ("handout_" + std::string(test->test_suite_name()) + "_" + test->name() + "_" + std::to_string(getpid()));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(std::string_view name, std::string_view bytes) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline FaceRequest request_for(std::string_view language, std::string_view family = "", int weight = 400, Slant slant = Slant::Upright) {
  FaceRequest request;
  request.family = family;
  request.weight = weight;
  request.slant = slant;
  request.language = language;
  return request;
}

struct Choice {
  std::vector<std::string> runs;  // "NotoSans-Regular:text"
  std::vector<Uncovered> uncovered;
};

inline Choice choose(const Fonts& fonts, std::string_view text, std::string_view script, const FaceRequest& request, std::size_t begin = 0,
                     std::size_t end = std::string_view::npos) {
  Choice choice;
  if (end == std::string_view::npos) end = text.size();
  for (const FaceRun& run : fonts.choose_faces(text, begin, end, script, request, choice.uncovered)) {
    choice.runs.push_back(fonts.info(run.face).postscript_name + ":" + std::string(text.substr(run.begin, run.end - run.begin)));
  }
  return choice;
}

// The face that the first character of `sample` gets.
inline FaceId face_for(const Fonts& fonts, std::string_view sample, std::string_view script, const FaceRequest& request) {
  std::vector<Uncovered> uncovered;
  const auto runs = fonts.choose_faces(sample, 0, sample.size(), script, request, uncovered);
  EXPECT_TRUE(uncovered.empty());
  return runs.at(0).face;
}

}  // namespace handout::fonts
