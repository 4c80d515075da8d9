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
  EXPECT_EQ(read("12pt"), (Dimension{Unit::Absolute, 12_pt, 0}));
  EXPECT_EQ(read("12mm"), (Dimension{Unit::Absolute, 12_mm, 0}));
  EXPECT_EQ(read("2.54cm"), (Dimension{Unit::Absolute, 72_pt, 0}));
  EXPECT_EQ(read("0.5in"), (Dimension{Unit::Absolute, 36_pt, 0}));
  EXPECT_EQ(read("-.5pt"), (Dimension{Unit::Absolute, -0.5_pt, 0}));
}

TEST(ParseDimension, RelativeUnits) {
  EXPECT_EQ(read("1.5em"), (Dimension{Unit::Em, {}, 1.5}));
  EXPECT_EQ(read("2rem"), (Dimension{Unit::Rem, {}, 2}));
  EXPECT_EQ(read("3u"), (Dimension{Unit::LayoutUnit, {}, 3}));
  EXPECT_EQ(read("50%"), (Dimension{Unit::Percent, {}, 0.5}));
  EXPECT_EQ(read("7%"), (Dimension{Unit::Percent, {}, 0.07}));
  EXPECT_EQ(read("1fr"), (Dimension{Unit::Fraction, {}, 1}));
}

TEST(ParseDimension, ZeroNeedsNoUnit) {
  EXPECT_EQ(read("0"), Dimension{});
  EXPECT_EQ(read("0.0"), Dimension{});
}

TEST(ParseDimension, NamesTheFault) {
  const std::string hint = "\n  hint: use pt, mm, cm, in, em, rem, u, % or fr\n";
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
