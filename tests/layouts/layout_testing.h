#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "layouts/layout.h"

namespace handout::layouts {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

inline constexpr std::string_view kBody = "<body><slot select='*'/></body>";

inline std::string layout_with(std::string_view inside) { return "<layout id='x' title='X'>" + std::string(inside) + "</layout>"; }
inline std::string style_with(std::string_view attributes) { return layout_with("<color name='accent' value='#0b6e8a'/><style for='*' " + std::string(attributes) + "/>" + std::string(kBody)); }
inline std::string body_with(std::string_view items) { return layout_with("<body>" + std::string(items) + "</body>"); }

// Layouts without files.
class Layouts : public testing::Test {
 protected:
  Result<LayoutDefinition> parse(const std::string& xml) { return parse_layout(xml, "x.xml", {}, diags_); }
  // The layout, which must be right.
  LayoutDefinition right(const std::string& xml) {
    auto layout = parse(xml);
    EXPECT_EQ(told(), "");
    return layout ? *std::move(layout) : LayoutDefinition{};
  }
  // What is told of a layout, which must be wrong.
  std::string wrong(const std::string& xml) {
    diags_ = {};
    EXPECT_FALSE(parse(xml)) << xml;
    return told();
  }
  [[nodiscard]] std::string told() const { return to_text(diags_); }

  Diagnostics diags_;
};

// Layouts in a folder of their own, removed at the end.
class LayoutFiles : public Layouts {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-layouts-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    std::filesystem::create_directory(folder_ / "profiles");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::filesystem::path& name, std::string_view text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  Result<LayoutDefinition> read(std::string_view name, std::string_view profile = "") { return read_layout(folder_, name, profile, diags_); }

  std::filesystem::path folder_;
};

}  // namespace handout::layouts
