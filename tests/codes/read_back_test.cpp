// Codes read by another library (ZXing) from the picture of a finished page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/files.h"
#include "base/process.h"
#include "codes/codes.h"
#include "pdf/maker.h"

namespace handout::test {
namespace {

namespace fs = std::filesystem;
using codes::Code;
using codes::ErrorLevel;
using codes::Kind;
using testing::AllOf;
using testing::HasSubstr;

std::string output_of(const std::vector<std::string>& arguments) {
  Diagnostics diags;
  const auto output = run_program({arguments, {}, "tools/install-packages test", {}}, diags);
  EXPECT_TRUE(output) << to_text(diags);
  return output ? output->out : std::string();
}

class ReadBack : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "handout-codes-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  // What the reader says of a page with the code at its natural size, as an office printer puts it on paper.
  std::string read(const Code& code) {
    Diagnostics diags;
    const auto picture = codes::encode(code, {}, diags);
    EXPECT_TRUE(picture) << to_text(diags);
    if (!picture) return {};
    Maker maker;
    display::ElementInfo info;
    info.role = display::Role::Figure;
    info.alt = "a code";
    // Off the grid of pixels.
    maker.place(one_line({{info, {}, {}, {}}}, {{display::PlacedPicture{*picture, {10.37_pt, 11.41_pt, (*picture)->natural_size.width, (*picture)->natural_size.height}}}}), maker.root);
    const fs::path pdf = folder_ / "page.pdf", png = folder_ / "page";
    EXPECT_TRUE(write_file(pdf, write(maker.document), diags)) << to_text(diags);
    // The code in the middle of the picture, as under a reader.
    const auto pixels = [](Length length) { return std::to_string(static_cast<int>(length.points() * 600 / 72)); };
    constexpr Length kAround = 9_pt;
    output_of({"pdftoppm", "-r", "600", "-x", pixels(70_pt - kAround), "-y", pixels(71_pt - kAround), "-W", pixels((*picture)->natural_size.width + 2 * kAround), "-H", pixels((*picture)->natural_size.height + 2 * kAround), "-png",
               "-singlefile", pdf.string(), png.string()});
    // Without -noscale ZXing 1.4 compares what it finds at several scales and stops at an assertion of its own.
    return output_of({"ZXingReader", "-noscale", png.string() + ".png"});
  }

  fs::path folder_;
};

TEST_F(ReadBack, QrCodesAtEveryErrorLevel) {
  for (const ErrorLevel level : {ErrorLevel::Low, ErrorLevel::Medium, ErrorLevel::Quartile, ErrorLevel::High}) {
    EXPECT_THAT(read({Kind::Qr, "https://example.org/knee?from=paper", level, {}, {}}),
                AllOf(HasSubstr("Format:     QRCode\n"), HasSubstr("Text:       \"https://example.org/knee?from=paper\"\n"), HasSubstr(std::string("EC Level:   ") + std::string(name(level)))));
  }
}

// Nothing is left to guess, in letters of Latin-1 as little as in others.
TEST_F(ReadBack, TextInAnyScript) {
  for (const Kind kind : {Kind::Qr, Kind::DataMatrix, Kind::Aztec, Kind::Pdf417}) {
    for (const char* text : {"ركبة https://example.org/ع", "膝关节 हिन्दी", "rodillas más fuertes"}) {
      EXPECT_THAT(read({kind, text, ErrorLevel::Medium, 0.4_mm, {}}), HasSubstr("Text:       \"" + std::string(text) + "\"\n")) << codes::name(kind);
    }
  }
}

TEST_F(ReadBack, TheOtherKindsAtTheirLeast) {
  for (const auto& [kind, format] : {std::pair{Kind::DataMatrix, "DataMatrix"}, {Kind::Aztec, "Aztec"}, {Kind::Pdf417, "PDF417"}, {Kind::Code128, "Code128"}}) {
    EXPECT_THAT(read({kind, "MRN-00412/a", ErrorLevel::Medium, codes::least_module(kind), {}}), AllOf(HasSubstr(std::string("Format:     ") + format), HasSubstr("Text:       \"MRN-00412/a\"\n")));
  }
  EXPECT_THAT(read({Kind::Ean13, "400638133393", ErrorLevel::Medium, {}, {}}), AllOf(HasSubstr("EAN-13"), HasSubstr("\"4006381333931\"")));
}

TEST_F(ReadBack, Gs1) {
  EXPECT_THAT(read({Kind::Gs1_128, "(01)09501101530003(17)271231", ErrorLevel::Medium, {}, {}}), AllOf(HasSubstr("Code128"), HasSubstr("0109501101530003"), HasSubstr("17271231")));
}

}  // namespace
}  // namespace handout::test
