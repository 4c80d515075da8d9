#include <gtest/gtest.h>

#include "base/color.h"

namespace handout {
namespace {

TEST(Color, ReadsBothHexForms) {
  EXPECT_EQ(parse_hex_color("#fdecea"), (Color{0xfd, 0xec, 0xea}));
  EXPECT_EQ(parse_hex_color("#FDECEA"), (Color{0xfd, 0xec, 0xea}));
  EXPECT_EQ(parse_hex_color("#1b9"), (Color{0x11, 0xbb, 0x99}));
}

TEST(Color, RefusesTheRest) {
  for (const char* text : {"", "#", "#12", "#1234", "#12345", "#1234567", "123456", "0123456", "#12345g", "#-12345", "red"}) {
    EXPECT_FALSE(parse_hex_color(text)) << text;
  }
}

TEST(Color, WritesWhatItReads) {
  EXPECT_EQ(to_text(Color{0, 10, 255}), "#000aff");
  EXPECT_EQ(parse_hex_color(to_text(Color{1, 2, 3})), (Color{1, 2, 3}));
}

TEST(ContrastRatio, AgreesWithWcag) {
  const Color black{0, 0, 0}, white{255, 255, 255};
  EXPECT_DOUBLE_EQ(contrast_ratio(black, white), 21.0);
  EXPECT_DOUBLE_EQ(contrast_ratio(white, black), 21.0);
  EXPECT_DOUBLE_EQ(contrast_ratio(white, white), 1.0);
  // The grey that just meets 4.5 : 1 on white, and the one that just misses it (WCAG technique G18).
  EXPECT_GE(contrast_ratio(Color{0x76, 0x76, 0x76}, white), 4.5);
  EXPECT_LT(contrast_ratio(Color{0x77, 0x77, 0x77}, white), 4.5);
  EXPECT_NEAR(contrast_ratio(Color{0xff, 0, 0}, white), 3.998, 0.001);
}

}  // namespace
}  // namespace handout
