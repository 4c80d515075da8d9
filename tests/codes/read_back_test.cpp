// Codes read by another library (ZXing) from the picture of a finished page.
#include <gmock/gmock.h>

#include "codes/code_reader.h"
#include "codes/codes.h"
#include "pdf/maker.h"

namespace handout::test {
namespace {

using codes::Code;
using codes::ErrorLevel;
using codes::Kind;
using testing::AllOf;
using testing::HasSubstr;

class ReadBack : public CodeReader {
 protected:
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
    return read_area(write(maker.document), 0, {70_pt, 71_pt, (*picture)->natural_size.width, (*picture)->natural_size.height});
  }
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
