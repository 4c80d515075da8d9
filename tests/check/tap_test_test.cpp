// The tap test over pages of black boxes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "check/tap_test.h"

namespace handout::check {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::filesystem::path kSource = HANDOUT_SOURCE_DIR;
constexpr Color kBlack{0, 0, 0};

class TapTest : public testing::Test {
 protected:
  void SetUp() override {
    Diagnostics diags;
    auto fonts = fonts::Fonts::open(kSource / "fonts/fonts.xml", {}, diags);
    ASSERT_TRUE(fonts);
    fonts_.emplace(std::move(*fonts));
    auto envelopes = postal::read_envelopes(kSource / "content/postal/envelopes.xml", diags);
    ASSERT_TRUE(envelopes) << to_text(diags);
    envelopes_ = std::move(*envelopes);
  }

  void start(Size size, std::size_t pages, display::Duplex duplex = display::Duplex::No) {
    document_ = {};
    document_.duplex = duplex;
    for (std::size_t i = 0; i < pages; ++i) document_.pages.push_back({size, {}, ""});
  }

  void put(const display::Command& command, const std::string& region = "", std::size_t page = 0) {
    auto fragment = std::make_shared<display::Fragment>();
    fragment->commands.push_back(command);
    fragment->lines.push_back({Length{}, 1_pt, 1_pt, 0, 1});
    document_.pages[page].placements.push_back({fragment, 0, 1, {}, display::ArtifactKind::Layout});
    if (page == 0) document_.pages[page].origins.push_back({region, Span::of_file("x.xml").at(static_cast<std::uint32_t>(document_.pages[page].placements.size()), 1)});
  }
  // Its rows are far from the line's own: what is whole is found all the same.
  void put(const Rect& box, const std::string& region = "", std::size_t page = 0, Color color = kBlack) {
    auto fragment = std::make_shared<display::Fragment>();
    fragment->commands.push_back({display::FilledRect{{box.x, Length{}, box.width, box.height}, color, Length{}}, {}});
    fragment->lines.push_back({Length{}, box.height, box.height, 0, 1});
    document_.pages[page].placements.push_back({fragment, 0, 1, {Length{}, box.y}, display::ArtifactKind::Layout});
    if (page == 0) document_.pages[page].origins.push_back({region, Span::of_file("x.xml").at(static_cast<std::uint32_t>(document_.pages[page].placements.size()), 1)});
  }

  std::string told(const std::string& envelope, std::vector<Length> folds, FoldedAs folded = FoldedAs::Z) {
    Diagnostics diags;
    tap_test(document_, {&envelopes_.at(envelope), std::move(folds), folded, "address", "return", "", Span::of_file("layout.xml").at(7, 3)}, *fonts_, diags);
    std::string text;
    for (const Diagnostic& each : diags.all()) text += to_text(each.at) + ": " + (each.severity == Severity::Warning ? "warning: " : "") + each.message + "\n";
    return text;
  }
  std::string told_of_letter() { return told("us-10-double", {4_in, 7.5_in}); }

  std::optional<fonts::Fonts> fonts_;
  postal::Envelopes envelopes_;
  display::DisplayDocument document_;
};

// The address window shows the rows from 2 in (at rest) to 3.125 in (as high as the sheet goes), and columns up to 4.625 in.
TEST_F(TapTest, WhatComesIntoAWindowShows) {
  start({8.5_in, 11_in}, 1);
  put({2_in, 3.125_in + 0.1_mm, 1_in, 1_in});
  put({4.625_in + 0.1_mm, 2.5_in, 1_in, 0.5_in});
  put({2_in, 5_in, 1_in, 5_in});
  EXPECT_THAT(told_of_letter(), IsEmpty());
  put({2_in, 3.125_in - 1_mm, 1_in, 1_in});
  EXPECT_EQ(told_of_letter(), "x.xml:4:1: a background of page 1 shows in window 'address' of envelope 'us-10-double': 1 mm of it with the sheet 3.2 mm up\n");
  start({8.5_in, 11_in}, 1);
  put({4.625_in - 2_mm, 2.5_in, 1_in, 0.5_in});
  EXPECT_EQ(told_of_letter(), "x.xml:1:1: a background of page 1 shows in window 'address' of envelope 'us-10-double': 2 mm of it with the sheet in the envelope's lower left corner\n");
  // At the left only when the sheet lies at the right.
  start({8.5_in, 11_in}, 1);
  put({Length{}, 2.5_in, 0.25_in, 2_pt});
  EXPECT_EQ(told_of_letter(), "x.xml:1:1: a line of page 1 shows in window 'address' of envelope 'us-10-double': 0.7 mm of it with the sheet 15.9 mm to the right\n");
}

TEST_F(TapTest, OnlyWhatBelongsInAWindowMayShowThere) {
  start({8.5_in, 11_in}, 1);
  put({0.75_in, 2.25_in, 2_in, 0.625_in}, "address");
  put({0.75_in, 0.9375_in, 2_in, 0.625_in}, "return");
  EXPECT_THAT(told_of_letter(), IsEmpty());
  put({0.75_in, 2.25_in, 2_in, 0.1_in}, "return");
  EXPECT_THAT(told_of_letter(), HasSubstr("x.xml:3:1: region 'return' shows in window 'address'"));
  start({8.5_in, 11_in}, 1);
  put({0.75_in, 0.9375_in, 2_in, 0.625_in}, "address");
  EXPECT_THAT(told_of_letter(), HasSubstr("x.xml:1:1: region 'address' shows in window 'return'"));
  // The other envelope has no window for the sender.
  start({8.5_in, 11_in}, 1);
  put({1_in, 2.7_in, 2_in, 0.1_in}, "return");
  EXPECT_THAT(told("us-10-single", {4_in, 7.5_in}), HasSubstr("region 'return' shows in window 'address' of envelope 'us-10-single'"));
}

TEST_F(TapTest, TheAddressStaysInItsWindow) {
  start({8.5_in, 11_in}, 1);
  put({0.75_in, 2.25_in, 3.5_in, 0.5_in}, "address");
  EXPECT_EQ(told_of_letter(), "x.xml:1:1: region 'address' stands 15.9 mm outside window 'address' of envelope 'us-10-double' with the sheet 25.4 mm to the right\n");
  start({8.5_in, 11_in}, 1);
  put({0.75_in, 2.25_in, 2_in, 0.85_in}, "address");
  EXPECT_THAT(told_of_letter(), HasSubstr("stands 2.6 mm outside window 'address' of envelope 'us-10-double' with the sheet in the envelope's lower left corner"));
  start({8.5_in, 11_in}, 1);
  put({0.75_in, 9_in, 2_in, 0.5_in}, "address");
  EXPECT_THAT(told_of_letter(), HasSubstr("outside window 'address'"));
}

TEST_F(TapTest, ThePostsClearSpaceIsAWarning) {
  start({8.5_in, 11_in}, 1);
  put({0.75_in, 2.1875_in, 2_in, 0.6875_in}, "address");
  EXPECT_EQ(told_of_letter(), "x.xml:1:1: warning: region 'address' is 1.6 mm from the edge of window 'address' of envelope 'us-10-double' with the sheet 3.2 mm up; its post wants 3.2 mm\n");
}

TEST_F(TapTest, EveryKindOfInkCounts) {
  const auto alone = [&](const display::Command& command) {
    start({8.5_in, 11_in}, 1);
    put(command);
    document_.pages[0].placements[0].position = {Length{}, 2.5_in};
    return told_of_letter();
  };
  const Rect box{1_in, Length{}, 0.5_in, 0.25_in};
  EXPECT_THAT(alone({display::FilledRect{box, kBlack, Length{}}, {}}), HasSubstr("a background of page 1 shows"));
  EXPECT_THAT(alone({display::FilledRect{box, {0xff, 0xff, 0xff}, Length{}}, {}}), IsEmpty());
  EXPECT_THAT(alone({display::FilledRect{box, {0xfe, 0xff, 0xff}, Length{}}, {}}), HasSubstr("a background"));
  EXPECT_THAT(alone({display::StrokedLine{{1_in, 0_in}, {2_in, 0_in}, 1_pt, kBlack, {}}, {}}), HasSubstr("a line of page 1 shows"));
  EXPECT_THAT(alone({display::Frame{box, {1_pt, 1_pt, 1_pt, 1_pt}, Length{}, kBlack}, {}}), HasSubstr("a line of page 1 shows"));
  EXPECT_THAT(alone({display::PlacedPicture{nullptr, box}, {}}), HasSubstr("a picture of page 1 shows"));
  EXPECT_THAT(alone({display::LinkArea{box}, {}}), IsEmpty());
  // A frame round the window shows nothing but its lines.
  EXPECT_THAT(alone({display::Frame{{0_in - 1_in, 0_in - 2.4_in, 7_in, 4_in}, {1_pt, 1_pt, 1_pt, 1_pt}, Length{}, kBlack}, {}}), IsEmpty());
}

// Folded so that the second panel looks out above the first, in the window: its back when it is printed on.
TEST_F(TapTest, ASecondFoldShowsAnotherPage) {
  start({210_mm, 297_mm}, 4, display::Duplex::LongEdge);
  put({60_mm, 100_mm, 100_mm, 55_mm}, "", 1);
  EXPECT_THAT(told("dl", {105_mm, 210_mm}), IsEmpty());
  EXPECT_THAT(told("dl", {50_mm, 155_mm}, FoldedAs::C), Not(HasSubstr("of page 2")));
  EXPECT_THAT(told("dl", {50_mm, 152_mm}), HasSubstr("is 210 x 145 mm"));  // the third panel is too long
  start({210_mm, 250_mm}, 4, display::Duplex::LongEdge);
  put({60_mm, 100_mm, 100_mm, 5_mm}, "", 1);
  put({60_mm, 100_mm, 100_mm, 5_mm}, "", 3);
  EXPECT_EQ(told("dl", {50_mm, 150_mm}),
            "layout.xml:7:3: a background of page 2 shows in window 'address' of envelope 'dl': 5 mm of it with the sheet in the envelope's lower left corner\n"
            "layout.xml:7:3: a background of page 4 shows in window 'address' of envelope 'dl': 5 mm of it with the sheet in the envelope's lower left corner\n");
  document_.duplex = display::Duplex::No;
  EXPECT_THAT(told("dl", {50_mm, 150_mm}), IsEmpty());
  // The address itself has no business there.
  start({210_mm, 250_mm}, 1);
  put({30_mm, 20_mm, 50_mm, 10_mm}, "address");
  put({30_mm, 190_mm, 50_mm, 5_mm}, "address");
  EXPECT_THAT(told("dl", {50_mm, 150_mm}, FoldedAs::C), HasSubstr("region 'address' shows in window 'address'"));
  // Folded inwards it is the front of the third panel that looks out.
  start({210_mm, 250_mm}, 1);
  put({60_mm, 190_mm, 100_mm, 5_mm});
  EXPECT_THAT(told("dl", {50_mm, 150_mm}, FoldedAs::Z), IsEmpty());
  EXPECT_THAT(told("dl", {50_mm, 150_mm}, FoldedAs::C), HasSubstr("x.xml:1:1: a background of page 1 shows in window 'address'"));
}

TEST_F(TapTest, SheetsThatDontFitAreTold) {
  start({8.5_in, 11_in}, 1);
  EXPECT_EQ(told("dl", {4_in, 7.5_in}), "");
  EXPECT_EQ(told("dl", {5_in, 8_in}), "layout.xml:7:3: the folded sheet is 215.9 x 127 mm, and envelope 'dl' has room for 220 x 110 mm\n");
  EXPECT_EQ(told("uk-notify", {4_in, 7.5_in}), "layout.xml:7:3: the folded sheet is 215.9 x 101.6 mm, and envelope 'uk-notify' has room for 210 x 148.5 mm\n");
  EXPECT_EQ(told("dl", {4_in, 12_in}), "layout.xml:7:3: a fold is 304.8 mm from the upper edge of paper that is 279.4 mm high\n");
}

// A window that stands where it should within 1 mm shows 1 mm more, and surely 1 mm less.
TEST_F(TapTest, TolerancesCount) {
  start({210_mm, 297_mm}, 1);
  put({110.5_mm, 60_mm, 10_mm, 5_mm});
  EXPECT_THAT(told("dl", {105_mm, 210_mm}), HasSubstr("shows in window 'address'"));
  start({210_mm, 297_mm}, 1);
  put({111.2_mm, 60_mm, 10_mm, 5_mm});
  EXPECT_THAT(told("dl", {105_mm, 210_mm}), IsEmpty());
  start({210_mm, 297_mm}, 1);
  put({20.5_mm, 60_mm, 10_mm, 5_mm}, "address");
  EXPECT_THAT(told("dl", {105_mm, 210_mm}), HasSubstr("outside window 'address'"));
}

// A loose sheet turns: by 2.5° in C6/C5, which moves its points by 0.2 mm beyond the limits of its shifts.
TEST_F(TapTest, TurningCounts) {
  start({210_mm, 297_mm}, 1);
  put({111.1_mm, 60_mm, 10_mm, 5_mm});
  EXPECT_THAT(told("c56", {105_mm, 210_mm}), HasSubstr("shows in window 'address' of envelope 'c56': 0.1 mm of it"));
  start({210_mm, 297_mm}, 1);
  put({111.3_mm, 60_mm, 10_mm, 5_mm});
  EXPECT_THAT(told("c56", {105_mm, 210_mm}), IsEmpty());
}

}  // namespace
}  // namespace handout::check
