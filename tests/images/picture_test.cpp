#include "images/picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "images/svg.h"
#include "make_pictures.h"

namespace handout::images::test {
namespace {

using testing::HasSubstr;

TEST(Picture, the_kind_is_told_by_content) {
  EXPECT_TRUE(std::holds_alternative<Raster>(decode(make_png({}), "x.jpg").picture->content));
  EXPECT_TRUE(std::holds_alternative<Jpeg>(decode(make_jpeg({}), "x.svg").picture->content));
  EXPECT_TRUE(std::holds_alternative<Drawing>(decode("<svg viewBox='0 0 1 1'/>", "x.png").picture->content));
}

TEST(Picture, the_first_element_is_found_behind_any_prolog) {
  EXPECT_EQ(root_element_name("<svg>"), "svg");
  EXPECT_EQ(root_element_name("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <html> -->\n<svg>"), "svg");
  EXPECT_EQ(root_element_name("<!DOCTYPE svg PUBLIC 'a' 'b'><svg:svg>"), "svg");
  EXPECT_EQ(root_element_name("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"), "svg");
  EXPECT_EQ(root_element_name("<!DOCTYPE html><html>"), "html");
  EXPECT_EQ(root_element_name("<!-- never closed <svg>"), std::nullopt);
  EXPECT_EQ(root_element_name("< svg>"), std::nullopt);
  EXPECT_EQ(root_element_name("svg"), std::nullopt);
  EXPECT_EQ(root_element_name(""), std::nullopt);
}

TEST(Picture, what_is_no_picture_is_named) {
  const auto said = [](std::string_view bytes) { return decode(bytes, "x").text(); };
  EXPECT_THAT(said(""), HasSubstr("a.xml:3:7: error: picture 'x' is empty"));
  EXPECT_THAT(said("hello"), HasSubstr("picture 'x' is no picture that is known; PNG, JPEG or SVG was expected"));
  EXPECT_THAT(said("GIF89a"), HasSubstr("picture 'x' is a GIF; PNG, JPEG or SVG was expected\n  hint: export it as"));
  EXPECT_THAT(said("RIFF1234WEBPVP8 "), HasSubstr("is a WebP"));
  EXPECT_THAT(said(std::string_view("\0\0\0\x18" "ftypheic", 12)), HasSubstr("is a HEIC"));
  EXPECT_THAT(said("%PDF-1.7"), HasSubstr("is a PDF"));
  EXPECT_THAT(said("\x1f\x8b\x08"), HasSubstr("compressed SVG"));
  EXPECT_THAT(said(std::string_view("II*\0", 4)), HasSubstr("is a TIFF"));
  EXPECT_THAT(said("<?xml version='1.0'?><article/>"), HasSubstr("is an XML file whose first element is <article>; <svg> was expected"));
}

TEST(Picture, files_beyond_32_mb_are_refused) {
  std::string bytes = make_png({});
  bytes.resize((32u << 20) + 1);
  EXPECT_THAT(decode(bytes).text(), HasSubstr("has more than 32 MB, the most that is read"));
}

class PictureFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "pictures.XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(PictureFileTest, a_file_is_loaded_and_keeps_its_name) {
  const std::string bytes = make_jpeg({});
  std::ofstream(folder_ / "p.png", std::ios::binary) << bytes;
  Diagnostics diags;
  const Result<Picture> picture = load_picture(folder_ / "p.png", {}, diags);
  ASSERT_TRUE(picture) << to_text(diags);
  EXPECT_EQ(picture->file, (folder_ / "p.png").generic_string());
  EXPECT_EQ(std::get<Jpeg>(picture->content).bytes, bytes);
}

TEST_F(PictureFileTest, a_file_that_cannot_be_read_is_told_at_the_reference) {
  for (const auto& [name, reason] : {std::pair{"none.png", "no such file"}, std::pair{".", "is a folder"}}) {
    Diagnostics diags;
    EXPECT_FALSE(load_picture(folder_ / name, Span::of_file("a.xml").at(3, 7), diags));
    EXPECT_EQ(diags.error_count(), 1u);
    EXPECT_THAT(to_text(diags), HasSubstr("a.xml:3:7: error: picture '" + (folder_ / name).generic_string() + "': " + reason));
    EXPECT_EQ(diags.exit_code(), 1);
  }
}

}  // namespace
}  // namespace handout::images::test
