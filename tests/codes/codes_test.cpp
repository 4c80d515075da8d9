// What the drawing of a code holds, without a reader.
#include "codes/codes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "codes/modules.h"

namespace handout::codes {
namespace {

using images::Drawing;
using images::SegmentKind;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
  friend bool operator==(const Box&, const Box&) = default;
};

std::vector<Box> boxes(const Drawing& drawing) {
  EXPECT_EQ(drawing.paths.size(), 1u);
  const auto& segments = drawing.paths.front().segments;
  std::vector<Box> result;
  for (std::size_t i = 0; i + 4 < segments.size(); i += 5) {
    EXPECT_EQ(segments[i].kind, SegmentKind::Move);
    EXPECT_EQ(segments[i + 4].kind, SegmentKind::Close);
    result.push_back({segments[i].x, segments[i].y, segments[i + 2].x, segments[i + 2].y});
  }
  EXPECT_EQ(result.size() * 5, segments.size());
  return result;
}

std::shared_ptr<const images::Picture> made(const Code& code) {
  Diagnostics diags;
  auto picture = encode(code, {}, diags);
  EXPECT_TRUE(picture) << to_text(diags);
  EXPECT_TRUE(diags.all().empty()) << to_text(diags);
  return picture.value_or(nullptr);
}

const Drawing& drawing_of(const images::Picture& picture) { return std::get<Drawing>(picture.content); }

// "file:line:column: error: ...\n  hint: ...\n"
std::string fault(const Code& code) {
  Diagnostics diags;
  EXPECT_FALSE(encode(code, Span::of_file("a.xml").at(3, 5), diags));
  EXPECT_EQ(diags.exit_code(), 1);
  const std::string text = to_text(diags);
  EXPECT_THAT(text, AllOf(testing::StartsWith("a.xml:3:5: error: "), HasSubstr("\n  hint: ")));
  return text;
}

std::string fault(Kind kind, std::string data) { return fault(Code{kind, std::move(data), ErrorLevel::Medium, {}, {}}); }

TEST(Codes, JoinsRunsOfEqualColumns) {
  const Modules modules{{{true, true, false, true}, {true, true, false, true}, {true, false, false, true}}, {1, 2, 1}};
  const Drawing drawing = draw(modules, {4, 1, 2, 3});
  EXPECT_THAT(boxes(drawing), ElementsAre(Box{4, 2, 6, 5}, Box{4, 5, 5, 6}, Box{7, 2, 8, 6}));
  EXPECT_EQ(drawing.width, 9);
  EXPECT_EQ(drawing.height, 9);
}

// ISO/IEC 18004: version 1 has 21 modules a side, the finder pattern is a ring of 7 round a square of 3, and the quiet zone is 4 wide.
TEST(Codes, AQrCodeHasItsFindersAndItsQuietZone) {
  const auto picture = made({Kind::Qr, "https://a.org", ErrorLevel::Medium, {}, {}});
  const Drawing& drawing = drawing_of(*picture);
  EXPECT_EQ(drawing.width, 29);
  EXPECT_EQ(drawing.height, 29);
  EXPECT_EQ(picture->natural_size, (Size{(0.25_mm).scaled(29.0), (0.25_mm).scaled(29.0)}));
  const std::vector<Box> all = boxes(drawing);
  for (const Box& finder : {Box{4, 4, 11, 5}, Box{18, 4, 25, 5}, Box{6, 6, 9, 9}, Box{20, 6, 23, 9}, Box{6, 20, 9, 23}}) EXPECT_THAT(all, testing::Contains(finder)) << finder.left;
  for (const Box& box : all) EXPECT_TRUE(box.left >= 4 && box.top >= 4 && box.right <= 25 && box.bottom <= 25);
}

TEST(Codes, TheModuleGivesTheNaturalSize) {
  const auto picture = made({Kind::Qr, "https://a.org", ErrorLevel::Medium, 0.5_mm, {}});
  EXPECT_EQ(picture->natural_size.width, (0.5_mm).scaled(29.0));
  const auto bars = made({Kind::Code128, "AB-123", ErrorLevel::Medium, 0.3_mm, 9_mm});
  EXPECT_EQ(drawing_of(*bars).width, 101 + 20);
  EXPECT_NEAR(bars->natural_size.height.points(), (9_mm).points(), 0.01);
}

TEST(Codes, AHigherErrorLevelTakesMoreModules) {
  const auto side = [](ErrorLevel level) { return drawing_of(*made({Kind::Qr, "https://example.org/patients/knee-exercises", level, {}, {}})).width; };
  EXPECT_LT(side(ErrorLevel::Low), side(ErrorLevel::Quartile));
  EXPECT_LT(side(ErrorLevel::Quartile), side(ErrorLevel::High));
}

TEST(Codes, TheSameCodeGivesTheSameDrawing) {
  const Code code{Kind::Aztec, "ركبة", ErrorLevel::Medium, {}, {}};
  EXPECT_EQ(boxes(drawing_of(*made(code))), boxes(drawing_of(*made(code))));
}

// Each bar by what it is made of: full, ascender, descender or tracker.
std::string bars_of(const Drawing& drawing) {
  std::vector<Box> all = boxes(drawing);
  std::ranges::sort(all, {}, &Box::left);
  std::string bars;
  const double quiet = all.front().left;
  for (std::size_t i = 0; i < all.size();) {
    double top = all[i].top, bottom = all[i].bottom;
    const double left = all[i].left;
    EXPECT_DOUBLE_EQ(left, quiet + 2.0 * static_cast<double>(bars.size()));
    for (; i < all.size() && all[i].left == left; ++i) {
      top = std::min(top, all[i].top);
      bottom = std::max(bottom, all[i].bottom);
    }
    const bool ascends = top < drawing.height / 2 - 2, descends = bottom > drawing.height / 2 + 2;
    bars += ascends ? (descends ? 'F' : 'A') : descends ? 'D' : 'T';
  }
  return bars;
}

// The examples of USPS-B-3200, appendix.
TEST(Codes, IntelligentMailMatchesThePublishedExamples) {
  const auto bars = [](const char* data) { return bars_of(drawing_of(*made({Kind::IntelligentMail, data, ErrorLevel::Medium, {}, {}}))); };
  EXPECT_EQ(bars("01234567094987654321"), "ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDTDT");
  EXPECT_EQ(bars("01234567094987654321-01234"), "DTTAFADDTTFTDTFTFDTDDADADAFADFATDDFTAAAFDTTADFAAATDFDTDFADDDTDFFT");
  EXPECT_EQ(bars("01234567094987654321012345678"), "ADFTTAFDTTTTFATTADTAAATFTFTATDAAAFDDADATATDTDTTDFDTDATADADTDFFTFA");
  EXPECT_EQ(bars("0123456709498765432101234567891"), "AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAADA");
}

// USPS-B-3200: 22 bars an inch, 0.145 inch high, 0.028 inch of white above and below.
TEST(Codes, IntelligentMailHasItsSize) {
  const auto picture = made({Kind::IntelligentMail, "01234567094987654321", ErrorLevel::Medium, {}, {}});
  EXPECT_GE(picture->natural_size.height.points(), (0.145 + 2 * 0.028) * 72);
  EXPECT_NEAR(picture->natural_size.width.points(), (129.0 / 44 + 0.25) * 72, 3);
}

// RM4SCC: a character's place in 0-9A-Z by six gives the two of four bars that rise and those that fall; the check character is of the sums of both. KIX has the same characters without start, check and stop.
std::string royal_mail(const std::string& text, bool whole) {
  constexpr const char* kTwoOfFour[] = {"0011", "0101", "0110", "1001", "1010", "1100"};
  const auto character = [&](int up, int down) {
    std::string bars;
    for (int bar = 0; bar < 4; ++bar) bars += kTwoOfFour[up][bar] == '1' ? (kTwoOfFour[down][bar] == '1' ? 'F' : 'A') : kTwoOfFour[down][bar] == '1' ? 'D' : 'T';
    return bars;
  };
  std::string bars;
  int up = 0, down = 0;
  for (const char c : text) {
    const int value = c <= '9' ? c - '0' : c - 'A' + 10;
    bars += character(value / 6, value % 6);
    up += value / 6 + 1;
    down += value % 6 + 1;
  }
  return whole ? "A" + bars + character((up + 5) % 6, (down + 5) % 6) + "F" : bars;
}

TEST(Codes, RoyalMailAndKixAreAsTheirTableSays) {
  const auto bars = [](Kind kind, const std::string& data) { return bars_of(drawing_of(*made({kind, data, ErrorLevel::Medium, {}, {}}))); };
  for (const char* data : {"W1J0TR01", "SN34RD1A", "BX11LT1A", "0", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"}) EXPECT_EQ(bars(Kind::RoyalMail, data), royal_mail(data, true)) << data;
  for (const char* data : {"2500GG30250", "1231FZ13XHS"}) EXPECT_EQ(bars(Kind::Kix, data), royal_mail(data, false)) << data;
}

// The examples of Royal Mail's own instructions for encoding barcodes C and L.
TEST(Codes, MailmarkMatchesThePublishedExamples) {
  const auto bars = [](const char* data) { return bars_of(drawing_of(*made({Kind::Mailmark, data, ErrorLevel::Medium, {}, {}}))); };
  EXPECT_EQ(bars("1100000000000XY11"), "TTDTTATTDTAATTDTAATTDTAATTDTTDDAATAADDATAATDDFAFTDDTAADDDTAAFDFAFF");
  EXPECT_EQ(bars("21B2254800659JW5O9QA6Y"), "DAATATTTADTAATTFADDDDTTFTFDDDDFFDFDAFTADDTFFTDDATADTTFATTDAFDTFDDA");
  EXPECT_EQ(bars("41038422416563762EF61AH8T "), "DTTFATTDDTATTTATFTDFFFTFDFDAFTTTADTTFDTFDDDTDFDDFTFAADTFDTDTDTFAATAFDDTAATTDTT");
}

// Customer Barcoding Technical Specifications: 37, 52 and 67 bars, start and stop bars "ascender, tracker"; the format control code, 11 for standard ones, and the delivery point in two bars a digit.
TEST(Codes, AustraliaPostHasItsThreeLengths) {
  const auto bars = [](const char* data) { return bars_of(drawing_of(*made({Kind::AustraliaPost, data, ErrorLevel::Medium, {}, {}}))); };
  EXPECT_EQ(bars("39987520").size(), 37u);
  EXPECT_EQ(bars("39987520AB12x").size(), 52u);
  EXPECT_EQ(bars("39987520AB12xAB12x").size(), 67u);
  const std::string standard = bars("39987520");
  EXPECT_THAT(standard, testing::StartsWith("AT" "FAFA" "AF" "TF" "TF" "DD" "DA" "AD" "FD" "FF"));
  EXPECT_THAT(standard, testing::EndsWith("AT"));
}

// 67 bars, whatever the address, between the same two.
TEST(Codes, JapanPostHasOneLength) {
  for (const char* data : {"1540023", "15400233-16-4-205", "3170055-1-2-3"}) {
    const std::string bars = bars_of(drawing_of(*made({Kind::JapanPost, data, ErrorLevel::Medium, {}, {}})));
    EXPECT_EQ(bars.size(), 67u) << data;
    EXPECT_THAT(bars, AllOf(testing::StartsWith("FD"), testing::EndsWith("DF")));
  }
}

TEST(Codes, PostsCodesHaveTheirHeightsAndTheirWhite) {
  const auto height = [](Kind kind, const char* data, double above) {
    const auto picture = made({kind, data, ErrorLevel::Medium, {}, {}});
    return picture->natural_size.height.points() * 25.4 / 72 - 2 * above * default_module(kind).units() / least_module(kind).units();
  };
  EXPECT_NEAR(height(Kind::RoyalMail, "W1J0TR01", 2), 5.03, 0.01);
  EXPECT_NEAR(height(Kind::Kix, "2500GG30250", 2), 5.03, 0.01);
  EXPECT_NEAR(height(Kind::AustraliaPost, "39987520", 2), 5.0, 0.01);
  EXPECT_NEAR(height(Kind::JapanPost, "1540023", 2), 3.6, 0.01);
}

TEST(Codes, PostsCodesTakeNothingThatZintWouldMend) {
  EXPECT_THAT(fault(Kind::RoyalMail, "w1j0tr01"), HasSubstr("does not take the character at byte 1"));
  EXPECT_THAT(fault(Kind::Kix, "2500 GG"), HasSubstr("does not take the character at byte 5"));
  EXPECT_THAT(fault(Kind::Kix, "2500GG302501"), HasSubstr("cannot hold 12 bytes"));
  EXPECT_THAT(fault(Kind::AustraliaPost, "3998752"), HasSubstr("Australia Post"));
  EXPECT_THAT(fault(Kind::JapanPost, "154-0023"), HasSubstr("has no postcode of 7 digits"));
  EXPECT_THAT(fault(Kind::JapanPost, "154"), HasSubstr("has no postcode of 7 digits"));
}

TEST(Codes, ASideGivesTheSize) {
  Code code{Kind::DataMatrix, "A", ErrorLevel::Medium, {}, {}};
  EXPECT_EQ(drawing_of(*made(code)).width, 10 + 4);
  code.side = 24;
  EXPECT_EQ(drawing_of(*made(code)).width, 24 + 4);
  code.data.assign(80, 'a');
  EXPECT_THAT(fault(code), HasSubstr("cannot hold 80 bytes"));
  code.side = 23;
  EXPECT_THAT(fault(code), HasSubstr("has no size of 23 modules"));
  Code qr{Kind::Qr, "A", ErrorLevel::Medium, {}, {}};
  qr.side = 29;
  EXPECT_EQ(drawing_of(*made(qr)).width, 29 + 8);
  Code bars{Kind::Code128, "A", ErrorLevel::Medium, {}, {}};
  bars.side = 20;
  EXPECT_THAT(fault(bars), HasSubstr("has no size of 20 modules"));
}

TEST(Codes, TheNamesAreThoseOfLayouts) {
  for (const Kind kind : all_kinds()) EXPECT_EQ(kind_named(name(kind)), kind);
  EXPECT_EQ(all_kinds().size(), 13u);
  EXPECT_EQ(kind_named("QR"), std::nullopt);
  EXPECT_EQ(error_level_named("Q"), ErrorLevel::Quartile);
  EXPECT_EQ(error_level_named("X"), std::nullopt);
}

// ---- faults ----


// A row's value never makes it the machine's fault, which would end a job for good.
TEST(Codes, NoValueIsTheMachinesFault) {
  const std::string long_text(9000, 'x'), long_number(9000, '1');
  std::vector<std::string> values{"", "\u00e9", "3954955\u00e9", "39549554\u00e9", "\U0001F600", "\xff", "a\xff", "(01)\u00e9", "(", "()", "(99)", "[01]", "\\", "\\d029", std::string("1\0", 2), "1540023\u2212", "2500GG\u00c9", "39549554 #a", long_text, long_number, long_text + "\u00e9"};
  for (const char* valid : {"A", "40063813339", "(01)09501101530003", "01234567094987654321", "W1J0TR01", "1100000000000XY1", "2500GG3025", "39987520", "39987520AB12x", "1540023"}) {
    for (int c = 0; c < 256; ++c) values.push_back(std::string(valid) + static_cast<char>(c));
  }
  for (const Kind kind : all_kinds()) {
    for (const std::string& value : values) {
      Diagnostics diags;
      if (!encode({kind, value, ErrorLevel::Medium, {}, {}}, Span::of_file("a.xml").at(3, 5), diags)) {
        EXPECT_EQ(diags.exit_code(), 1) << name(kind) << " " << value.substr(0, 40) << to_text(diags);
      }
    }
  }
  EXPECT_THAT(fault(Kind::AustraliaPost, "3954955\u00e9"), HasSubstr("does not take the character at byte 8"));
  EXPECT_NE(made({Kind::AustraliaPost, "39987520a #Z9", ErrorLevel::Medium, {}, {}}), nullptr);
}

TEST(Codes, WhatIsTooLongIsRefused) {
  const std::string long_text(8000, 'x');
  EXPECT_THAT(fault(Kind::Qr, long_text), AllOf(HasSubstr("a QR code cannot hold 8000 bytes"), HasSubstr("error level L")));
  EXPECT_THAT(fault(Kind::DataMatrix, long_text), HasSubstr("a Data Matrix cannot hold 8000 bytes"));
  EXPECT_THAT(fault(Kind::Aztec, long_text), HasSubstr("cannot hold"));
  EXPECT_THAT(fault(Kind::Pdf417, long_text), HasSubstr("cannot hold"));
  EXPECT_THAT(fault(Kind::Code128, long_text), HasSubstr("choose qr or data-matrix"));
  EXPECT_THAT(fault(Kind::Qr, std::string(1 << 20, 'x')), HasSubstr("cannot hold 1048576 bytes"));
}

TEST(Codes, DataThatAKindDoesNotTakeIsRefused) {
  EXPECT_THAT(fault(Kind::Qr, ""), HasSubstr("has nothing to hold"));
  EXPECT_THAT(fault(Kind::Qr, "a\xff"), HasSubstr("not UTF-8, the first is number 2"));
  EXPECT_THAT(fault(Kind::Code128, "caf\u00e9"), HasSubstr("at byte 4"));
  EXPECT_THAT(fault(Kind::Code128, "a\nb"), HasSubstr("at byte 2"));
  EXPECT_THAT(fault(Kind::Ean13, "40063813339"), HasSubstr("was given 11 digits"));
  EXPECT_THAT(fault(Kind::Ean13, "400638133393X"), HasSubstr("no digit, at byte 13"));
  EXPECT_THAT(fault(Kind::Ean13, "4006381333932"), HasSubstr("wrong check digit"));
  EXPECT_THAT(fault(Kind::Gs1_128, "09501101530003"), HasSubstr("application identifiers in parentheses"));
  EXPECT_THAT(fault(Kind::Gs1_128, "(01)09501101530004"), HasSubstr("against its standard"));
  EXPECT_THAT(fault(Kind::IntelligentMail, "0123456709498765432"), HasSubstr("was given 19 digits; expected 20 of the tracking code"));
  EXPECT_THAT(fault(Kind::IntelligentMail, "01234567094987654321200"), HasSubstr("was given 23 digits, of which 3 are the routing code; expected 5, 9 or 11 digits of the ZIP code"));
  EXPECT_THAT(fault(Kind::IntelligentMail, "09234567094987654321"), HasSubstr("a tracking code whose second digit is none of 0 to 4"));
}

TEST(Codes, WhatDoesNotPrintIsRefused) {
  EXPECT_THAT(fault({Kind::Qr, "x", ErrorLevel::Medium, 0.2_mm, {}}), HasSubstr("modules of 0.2 mm, finer than 0.25 mm"));
  EXPECT_THAT(fault({Kind::Ean13, "400638133393", ErrorLevel::Medium, 1_mm, {}}), HasSubstr("wider than 0.66 mm"));
  EXPECT_THAT(fault({Kind::Code128, "x", ErrorLevel::Medium, {}, 2_mm}), HasSubstr("bars of 2 mm, lower than 5 mm"));
  EXPECT_THAT(fault({Kind::Qr, "x", ErrorLevel::Medium, {}, 9_mm}), HasSubstr("has no height of bars"));
}

// It may be a patient's.
TEST(Codes, NoFaultShowsTheData) {
  for (const auto& [kind, data] : {std::pair{Kind::Ean13, "7778881112225"}, {Kind::Gs1_128, "(01)77788811122254"}, {Kind::Gs1_128, "77788811122254"}, {Kind::IntelligentMail, "77788811122254778888"}, {Kind::Code128, "778é"}}) {
    EXPECT_THAT(fault(kind, data), Not(HasSubstr("77")));
  }
}

}  // namespace
}  // namespace handout::codes
