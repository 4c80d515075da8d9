// Sheets folded for an envelope: what is seen from its front.
#include "check/packet.h"

#include <gtest/gtest.h>

#include "base/numbers.h"

namespace handout::check {
namespace {

using display::Duplex;
constexpr Size kA4{210_mm, 297_mm};

// Millimetres are no whole units: sums of them differ by one.
std::string text(Length length) { return decimal_text(length.points() * 25.4 / 72, 3); }
std::string text(const Rect& rect) { return text(rect.x) + " " + text(rect.y) + " " + text(rect.width) + " " + text(rect.height); }
std::string text(Size size) { return text(size.width) + " " + text(size.height); }

TEST(Packets, OfPanelsOfOneHeightShowTheFirst) {
  for (const FoldedAs folded : {FoldedAs::Z, FoldedAs::C}) {
    const Packet packet = fold({8.5_in, 11_in}, {4_in, 7.5_in}, folded, Duplex::LongEdge);
    EXPECT_EQ(text(packet.size), text(Size{8.5_in, 4_in}));
    ASSERT_EQ(packet.faces.size(), 1u);
    const Face& face = packet.faces.front();
    EXPECT_EQ(face.side, Face::Side::Front);
    EXPECT_EQ(text(face.top), text(0_in));
    EXPECT_EQ(text(face.bottom), text(4_in));
    // Its head is up: an inch from the page's upper edge is three inches from the fold.
    EXPECT_EQ(text(face.place({1_in, 0.5_in, 2_in, 0.5_in})), text(Rect{1_in, 3_in, 2_in, 0.5_in}));
  }
}

TEST(Packets, NotFolded) {
  const Packet packet = fold(kA4, {}, FoldedAs::Z, Duplex::LongEdge);
  EXPECT_EQ(text(packet.size), text(kA4));
  ASSERT_EQ(packet.faces.size(), 1u);
  EXPECT_EQ(text(packet.faces[0].place({10_mm, 20_mm, 5_mm, 7_mm})), text(Rect{10_mm, 270_mm, 5_mm, 7_mm}));
}

// DIN 5008 form A: the second panel is 18 mm higher than the first, and its back looks out above it, upside down.
TEST(Packets, AHigherSecondPanelShowsItsBack) {
  EXPECT_EQ(fold(kA4, {87_mm, 192_mm}, FoldedAs::Z, Duplex::No).faces.size(), 1u);
  const Packet packet = fold(kA4, {87_mm, 192_mm}, FoldedAs::Z, Duplex::LongEdge);
  EXPECT_EQ(text(packet.size), text(Size{210_mm, 105_mm}));
  ASSERT_EQ(packet.faces.size(), 2u);
  const Face& back = packet.faces[1];
  EXPECT_EQ(back.side, Face::Side::Back);
  EXPECT_EQ(text(back.top), text(174_mm));
  EXPECT_EQ(text(back.bottom), text(192_mm));
  // What stands at the left of the back page is at the right of what is seen, and rows go up.
  EXPECT_EQ(text(back.place({20_mm, 180_mm, 30_mm, 4_mm})), text(Rect{160_mm, 93_mm, 30_mm, 4_mm}));
}

TEST(Packets, TurnedAboutTheShortEdge) {
  const Packet packet = fold(kA4, {87_mm, 192_mm}, FoldedAs::Z, Duplex::ShortEdge);
  ASSERT_EQ(packet.faces.size(), 2u);
  const Face& back = packet.faces[1];
  EXPECT_EQ(text(back.top), text(105_mm));
  EXPECT_EQ(text(back.bottom), text(123_mm));
  EXPECT_EQ(text(back.place({20_mm, 113_mm, 30_mm, 4_mm})), text(Rect{20_mm, 93_mm, 30_mm, 4_mm}));
}

TEST(Packets, ALongThirdPanelShowsBelow) {
  for (const FoldedAs folded : {FoldedAs::Z, FoldedAs::C}) {
    const Packet packet = fold(kA4, {90_mm, 170_mm}, folded, Duplex::No);
    EXPECT_EQ(text(packet.size), text(Size{210_mm, 137_mm}));
    ASSERT_EQ(packet.faces.size(), 2u);
    EXPECT_EQ(text(packet.faces[0].place({0_mm, 0_mm, 1_mm, 90_mm})), text(Rect{0_mm, 47_mm, 1_mm, 90_mm}));
    EXPECT_EQ(packet.faces[1].side, Face::Side::Front);
    EXPECT_EQ(text(packet.faces[1].top), text(250_mm));
    EXPECT_EQ(text(packet.faces[1].bottom), text(297_mm));
    EXPECT_EQ(text(packet.faces[1].place({0_mm, 287_mm, 1_mm, 10_mm})), text(Rect{0_mm, 0_mm, 1_mm, 10_mm}));
  }
}

// Above a short first panel: folded to and fro the back of the second, else the front of the third.
TEST(Packets, TheKindOfFoldDecidesWhatLooksOutAbove) {
  const Packet z = fold(kA4, {60_mm, 165_mm}, FoldedAs::Z, Duplex::LongEdge), c = fold(kA4, {60_mm, 165_mm}, FoldedAs::C, Duplex::LongEdge);
  ASSERT_EQ(z.faces.size(), 3u);  // the third panel is 27 mm longer than the second
  EXPECT_EQ(z.faces[1].side, Face::Side::Back);
  ASSERT_EQ(c.faces.size(), 3u);
  EXPECT_EQ(c.faces[1].side, Face::Side::Front);
}

TEST(Packets, FoldedOnce) {
  const Packet packet = fold(kA4, {148.5_mm}, FoldedAs::Z, Duplex::LongEdge);
  EXPECT_EQ(text(packet.size), text(Size{210_mm, 148.5_mm}));
  EXPECT_EQ(packet.faces.size(), 1u);
  const Packet lower = fold(kA4, {100_mm}, FoldedAs::Z, Duplex::LongEdge);
  EXPECT_EQ(text(lower.size.height), text(197_mm));
  ASSERT_EQ(lower.faces.size(), 2u);
  EXPECT_EQ(text(lower.faces[1].top), text(200_mm));
}

}  // namespace
}  // namespace handout::check
