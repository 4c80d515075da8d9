// Labels of lists, by CSS Counter Styles 3 and CLDR's numbering systems.
#include "unicode/counters.h"

#include <gtest/gtest.h>

namespace handout::unicode {
namespace {

std::string number(CounterStyle style, std::int64_t value, std::string_view tag = "en") { return ListCounter(style, *Locale::parse(tag)).number(value); }
std::string native(std::int64_t value, std::string_view tag) { return number(CounterStyle::Native, value, tag); }

TEST(ListCounters, LettersGoOnBehindZ) {
  EXPECT_EQ(number(CounterStyle::LowerAlpha, 1), "a");
  EXPECT_EQ(number(CounterStyle::LowerAlpha, 26), "z");
  EXPECT_EQ(number(CounterStyle::LowerAlpha, 27), "aa");
  EXPECT_EQ(number(CounterStyle::LowerAlpha, 52), "az");
  EXPECT_EQ(number(CounterStyle::LowerAlpha, 53), "ba");
  EXPECT_EQ(number(CounterStyle::LowerAlpha, 702), "zz");
  EXPECT_EQ(number(CounterStyle::LowerAlpha, 703), "aaa");
  EXPECT_EQ(number(CounterStyle::UpperAlpha, 28), "AB");
}

TEST(ListCounters, RomanNumbers) {
  EXPECT_EQ(number(CounterStyle::LowerRoman, 4), "iv");
  EXPECT_EQ(number(CounterStyle::LowerRoman, 1994), "mcmxciv");
  EXPECT_EQ(number(CounterStyle::UpperRoman, 3999), "MMMCMXCIX");
}

TEST(ListCounters, WithoutSignsInDigits) {
  EXPECT_EQ(number(CounterStyle::LowerAlpha, 0), "0");
  EXPECT_EQ(number(CounterStyle::UpperRoman, 4000), "4000");
  EXPECT_EQ(number(CounterStyle::LowerRoman, 4000, "ar-EG"), "٤٠٠٠");
  EXPECT_EQ(native(0, "zh-Hans"), "0");
}

TEST(ListCounters, AsLanguagesCount) {
  EXPECT_EQ(native(12, "ar"), "١٢");
  EXPECT_EQ(native(12, "hi"), "१२");
  EXPECT_EQ(native(12, "th"), "๑๒");
  EXPECT_EQ(native(12, "fa"), "۱۲");
  EXPECT_EQ(native(12, "zh-Hans"), "十二");
  EXPECT_EQ(native(3, "zh-Hant"), "三");
  EXPECT_EQ(native(10, "ja"), "十");
  EXPECT_EQ(native(1, "he"), "א");
  EXPECT_EQ(native(12, "he"), "יב");
  EXPECT_EQ(native(12, "en"), "12");
  EXPECT_EQ(native(12, "es"), "12");
}

TEST(ListCounters, LabelsHaveTheirMark) {
  const auto label = [](CounterStyle style, std::string_view tag) { return ListCounter(style, *Locale::parse(tag)).label(2); };
  EXPECT_EQ(label(CounterStyle::LowerRoman, "en"), "ii.");
  EXPECT_EQ(label(CounterStyle::Native, "zh-Hans"), "二、");
  EXPECT_EQ(label(CounterStyle::Native, "ja"), "二、");
  EXPECT_EQ(label(CounterStyle::Native, "hi"), "२.");
  EXPECT_EQ(label(CounterStyle::Number, "zh-Hans"), "2.");
}

}  // namespace
}  // namespace handout::unicode
