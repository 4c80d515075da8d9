#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "xml/values.h"

namespace handout::xml {
namespace {

std::string fault_of(std::string_view text) {
  Diagnostics diags;
  const bool read = parse_dimension(text, Span::of_file("f").at(3, 4), diags).has_value();
  if (read == diags.has_errors()) return "parse_dimension and its diagnostics disagree";
  return to_text(diags);
}

Dimension read(std::string_view text) {
  Diagnostics diags;
  const auto dimension = parse_dimension(text, {}, diags);
  EXPECT_TRUE(dimension) << to_text(diags);
  return dimension.value_or(Dimension{});
}

TEST(ParseDimension, AbsoluteUnits) {
  EXPECT_EQ(read("12pt"), (Dimension{.length = 12_pt}));
  EXPECT_EQ(read("12mm"), (Dimension{.length = 12_mm}));
  EXPECT_EQ(read("2.54cm"), (Dimension{.length = 72_pt}));
  EXPECT_EQ(read("0.5in"), (Dimension{.length = 36_pt}));
  EXPECT_EQ(read("-.5pt"), (Dimension{.length = -0.5_pt}));
}

TEST(ParseDimension, RelativeUnits) {
  EXPECT_EQ(read("1.5em"), (Dimension{.em = 1.5}));
  EXPECT_EQ(read("2rem"), (Dimension{.rem = 2}));
  EXPECT_EQ(read("3u"), (Dimension{.unit = 3}));
  EXPECT_EQ(read("50%"), (Dimension{.percent = 0.5}));
  EXPECT_EQ(read("7%"), (Dimension{.percent = 0.07}));
  EXPECT_EQ(read("1fr"), (Dimension{.fraction = 1}));
}

TEST(ParseDimension, ZeroNeedsNoUnit) {
  EXPECT_EQ(read("0"), Dimension{});
  EXPECT_EQ(read("0.0"), Dimension{});
}

TEST(ParseDimension, UnitsOfTheFont) {
  EXPECT_EQ(read("2ex"), (Dimension{.ex = 2}));
  EXPECT_EQ(read("-60ch"), (Dimension{.ch = -60}));
}

TEST(ParseDimension, Sums) {
  EXPECT_EQ(read("2em + 3mm"), (Dimension{.length = 3_mm, .em = 2}));
  EXPECT_EQ(read("100% - 4u"), (Dimension{.unit = -4, .percent = 1}));
  EXPECT_EQ(read("1pt - 2pt  +  4pt"), (Dimension{.length = 3_pt}));
  EXPECT_EQ(read("2 * 3mm"), (Dimension{.length = 6_mm}));
  EXPECT_EQ(read("3mm*2"), (Dimension{.length = 6_mm}));
  EXPECT_EQ(read("1em / 4 * 2 + 1pt"), (Dimension{.length = 1_pt, .em = 0.5}));
  EXPECT_EQ(read("2 * (1em + 3 * (1u - 2pt))"), (Dimension{.length = -12_pt, .em = 2, .unit = 6}));
  EXPECT_EQ(read("calc(100% - 2 * 4pt)"), (Dimension{.length = -8_pt, .percent = 1}));
  EXPECT_EQ(read("2 * 1fr"), (Dimension{.fraction = 2}));
  EXPECT_EQ(read("0 + 1em"), (Dimension{.em = 1}));
}

TEST(ParseDimension, PartsOfASumAreToldAtTheirPlace) {
  EXPECT_THAT(fault_of("2em + 3mmm"), testing::StartsWith("f:3:10: error: unknown unit 'mmm' in '3m"));
  EXPECT_THAT(fault_of("2em + 3 mm"), testing::StartsWith("f:3:10: error: '3' has no unit"));
  EXPECT_THAT(fault_of("2 * 3"), testing::StartsWith("f:3:4: error: '2 * 3' has no unit"));
  EXPECT_THAT(fault_of("2em + 3"), testing::StartsWith("f:3:10: error: '3' has no unit\n  h"));
  EXPECT_THAT(fault_of("2em + "), testing::StartsWith("f:3:10: error: the sum ends here; expected a length\n  hin"));
  EXPECT_THAT(fault_of("2em * +3"), testing::StartsWith("f:3:10: error: '+3' is not a length"));
  EXPECT_THAT(fault_of("(2em +3mm)"), testing::StartsWith("f:3:9: error: '+' without a space before and behind it\n  hint:"));
  EXPECT_THAT(fault_of("2em * 3mm"), testing::StartsWith("f:3:8: error: a length times a length is an are"));
  EXPECT_THAT(fault_of("2 / 3mm"), testing::StartsWith("f:3:6: error: a length cannot divide; expec"));
  EXPECT_THAT(fault_of("2mm / 0"), testing::StartsWith("f:3:8: error: division by less than 0.0"));
  EXPECT_THAT(fault_of("(2em"), testing::StartsWith("f:3:4: error: '(' without its ')'"));
  EXPECT_THAT(fault_of("2 * 3em)"), testing::StartsWith("f:3:11: error: ')' closes nothing"));
  EXPECT_THAT(fault_of("1em + 1fr"), testing::StartsWith("f:3:10: error: '1fr' in a sum; a share stands alone\n  h"));
  EXPECT_THAT(fault_of("-1 * 1fr"), testing::StartsWith("f:3:4: error: '-1 * 1fr' is negative; "));
  EXPECT_EQ(fault_of("1-2mm"), "f:3:4: error: '1-2mm' is not a length; expected a number and its unit, such as 12mm\n  hint: sums have spaces round + and -\n");
  EXPECT_NE(fault_of("((((((((( 1mm )))))))))").find("parentheses more than 8 deep"), std::string::npos);
  EXPECT_NE(fault_of("10000mm + 1mm").find("is longer than 10 m"), std::string::npos);
  EXPECT_NE(fault_of("10000 * 2em").find("is too large"), std::string::npos);
  EXPECT_NE(fault_of("99999999999 * 2em").find("is too large"), std::string::npos);
  for (const char* text : {"*", "(", ")", "()", "calc()", "2 *", "* 2mm", "- - -", "2mm + + 2mm", "2mm //2", "0.00001 * 1em / 0.00001", "10000 * 10000 * 10000 * 1mm"}) EXPECT_NE(fault_of(text), "") << text;
}

TEST(ParseDimension, ASignIsKnownWhenAllPartsHaveIt) {
  EXPECT_EQ(read("1em + 1mm").sign(), 1);
  EXPECT_EQ(read("-1em - 1mm").sign(), -1);
  EXPECT_EQ(read("1pt - 1pt").sign(), 0);
  EXPECT_EQ(read("100% - 1mm").sign(), std::nullopt);
}

TEST(ParseDimension, NamesTheFault) {
  const std::string hint = "\n  hint: use pt, mm, cm, in, em, ex, ch, rem, u, % or fr\n";
  EXPECT_EQ(fault_of("12pts"), "f:3:4: error: unknown unit 'pts' in '12pts'" + hint);
  EXPECT_EQ(fault_of("12px"), "f:3:4: error: unknown unit 'px' in '12px'" + hint);
  EXPECT_EQ(fault_of("12MM"), "f:3:4: error: unknown unit 'MM' in '12MM'" + hint);
  EXPECT_EQ(fault_of("12"), "f:3:4: error: '12' has no unit" + hint);
  EXPECT_EQ(fault_of("12 mm"), "f:3:4: error: space after the number in '12 mm'; expected its unit" + hint);
  EXPECT_EQ(fault_of("12mm "), "f:3:4: error: unknown unit 'mm ' in '12mm '" + hint);
  for (const std::string text : {"", "mm", "-mm", " 1mm", "1,5mm", "1.2.3mm", "+1mm", "wide", "1-2mm"}) {
    const std::string fault = fault_of(text);
    EXPECT_NE(fault.find("error: "), std::string::npos) << text;
  }
  EXPECT_EQ(fault_of("wide"), "f:3:4: error: 'wide' is not a length; expected a number and its unit, such as 12mm\n");
}

TEST(ParseDimension, HasBounds) {
  EXPECT_EQ(fault_of("10000mm"), "");
  EXPECT_EQ(fault_of("1000cm"), "");
  EXPECT_EQ(fault_of("-10000mm"), "");
  EXPECT_EQ(fault_of("10001mm"), "f:3:4: error: '10001mm' is longer than 10 m\n");
  EXPECT_EQ(fault_of("-1001cm"), "f:3:4: error: '-1001cm' is longer than 10 m\n");
  EXPECT_EQ(fault_of("10000em"), "");
  EXPECT_EQ(fault_of("10001em"), "f:3:4: error: '10001em' is too large; expected at most 10000em\n");
  EXPECT_EQ(fault_of("-1fr"), "f:3:4: error: '-1fr' is negative; expected a share of 0fr or more\n");
  EXPECT_NE(fault_of(std::string(400, '9') + "mm"), "");
}

}  // namespace
}  // namespace handout::xml
