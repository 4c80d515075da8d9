#include <gtest/gtest.h>

#include <clocale>
#include <limits>
#include <string>
#include <vector>
#include <utility>

#include "base/numbers.h"

namespace handout {
namespace {

TEST(DecimalText, DropsTrailingZerosAndKeepsWholeTens) {
  EXPECT_EQ(decimal_text(1.5, 3), "1.5");
  EXPECT_EQ(decimal_text(100, 0), "100");
  EXPECT_EQ(decimal_text(100, 2), "100");
  EXPECT_EQ(decimal_text(0.1 + 0.2, 6), "0.3");
  EXPECT_EQ(decimal_text(2.0 / 3, 3), "0.667");
}

TEST(DecimalText, HasNoMinusZeroAndNoExponent) {
  EXPECT_EQ(decimal_text(-0.0, 3), "0");
  EXPECT_EQ(decimal_text(-0.0004, 3), "0");
  EXPECT_EQ(decimal_text(-0.0006, 3), "-0.001");
  EXPECT_EQ(decimal_text(1e21, 1), "1000000000000000000000");
  EXPECT_EQ(decimal_text(std::numeric_limits<double>::max(), 3).size(), 309u);
}

TEST(DecimalTextDeathTest, TakesFiniteNumbersOnly) {
  EXPECT_DEATH(decimal_text(std::numeric_limits<double>::infinity(), 1), "precondition");
  EXPECT_DEATH(decimal_text(std::numeric_limits<double>::quiet_NaN(), 1), "precondition");
}

TEST(ParseDecimal, TakesPlainDecimals) {
  EXPECT_EQ(parse_decimal("-1.5"), -1.5);
  for (const auto& [written, exact] : {std::pair{"1.50", "1.5"}, {"007", "7"}, {"-0", "0"}, {"-0.0", "0"}, {".5", "0.5"}, {"-.50", "-0.5"}, {"12", "12"}, {"100", "100"}, {"9007199254740993", "9007199254740993"}}) EXPECT_EQ(exact_decimal(written), exact);
  EXPECT_FALSE(exact_decimal("two"));
  const std::vector<std::string> rising{"-100", "-10", "-9.55", "-9.5", "-9", "-0.5", "0", "0.05", "0.5", "1", "1.5", "1.55", "2", "9", "10", "10.01", "100", "9007199254740992", "9007199254740993"};
  for (std::size_t i = 1; i < rising.size(); ++i) EXPECT_LT(decimal_order(rising[i - 1]) + '\0', decimal_order(rising[i]) + '\0') << rising[i];
  EXPECT_EQ(parse_decimal("12"), 12.0);
  EXPECT_EQ(parse_decimal(".5"), 0.5);
  EXPECT_EQ(parse_decimal("5."), 5.0);
  EXPECT_EQ(parse_decimal("-.25"), -0.25);
  EXPECT_EQ(parse_decimal("007"), 7.0);
}

TEST(ParseDecimal, RefusesTheRest) {
  for (const char* text : {"", "-", ".", "-.", "+1", "1e3", " 1", "1 ", "1,5", "1.2.3", "1-", "--1", "0x10", "inf", "nan", "1\xC2\xA0", "١"}) {
    EXPECT_FALSE(parse_decimal(text)) << text;
  }
  EXPECT_FALSE(parse_decimal(std::string(400, '9')));
}

TEST(ParseInteger, TakesTheWholeRange) {
  EXPECT_EQ(parse_integer("0"), 0);
  EXPECT_EQ(parse_integer("-12"), -12);
  EXPECT_EQ(parse_integer("9223372036854775807"), std::numeric_limits<long long>::max());
  for (const char* text : {"", "-", "+1", "1.0", " 1", "1 ", "9223372036854775808", "x"}) EXPECT_FALSE(parse_integer(text)) << text;
}

TEST(Numbers, DigitsAlone) {
  EXPECT_EQ(parse_digits("0"), 0U);
  EXPECT_EQ(parse_digits("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "1.0", "18446744073709551616", "x", "0x1"}) EXPECT_FALSE(parse_digits(text)) << text;
}

TEST(Numbers, Counted) {
  EXPECT_EQ(counted(0, "piece"), "0 pieces");
  EXPECT_EQ(counted(1, "piece"), "1 piece");
  EXPECT_EQ(counted(2, "thing is", "things are"), "2 things are");
  EXPECT_EQ(counted(1, "thing is", "things are"), "1 thing is");
}

TEST(Numbers, DoNotDependOnTheLocale) {
  const char* german = std::setlocale(LC_ALL, "de_DE.UTF-8");
  if (german == nullptr) german = std::setlocale(LC_ALL, "C.UTF-8");
  EXPECT_EQ(decimal_text(1234.5, 1), "1234.5");
  EXPECT_EQ(parse_decimal("1.5"), 1.5);
  std::setlocale(LC_ALL, "C");
}

}  // namespace
}  // namespace handout
