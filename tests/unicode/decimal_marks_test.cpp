// Where numbers have their decimal marks, by locale.
#include <gtest/gtest.h>

#include "unicode/formats.h"

namespace handout::unicode {
namespace {

std::optional<std::size_t> mark(std::string_view text, std::string_view locale) { return find_decimal_mark(text, number_marks(*Locale::parse(locale))); }

TEST(DecimalMark, IsTheLocales) {
  EXPECT_EQ(mark("12.5 mg", "en"), 2u);
  EXPECT_EQ(mark("12,5 mg", "de"), 2u);
  EXPECT_EQ(mark("1,000.25", "en"), 5u);
  EXPECT_EQ(mark("1.000,25", "de"), 5u);
  EXPECT_EQ(mark("1\u202F000,25", "fr"), 7u) << "a narrow space groups digits";
  EXPECT_EQ(mark("1 000,25", "fr"), 5u) << "so does a plain one there";
  EXPECT_EQ(mark("1 000.25", "en"), 1u);
  EXPECT_EQ(mark("12,5", "en"), 4u) << "a group of digits that goes on to the end";
}

TEST(DecimalMark, WithoutOneTheNumbersEnd) {
  EXPECT_EQ(mark("7 mg", "en"), 1u);
  EXPECT_EQ(mark("42", "en"), 2u);
  EXPECT_EQ(mark("5-10", "en"), 1u);
  EXPECT_EQ(mark("12. ", "en"), 2u);
}

TEST(DecimalMark, SignsMayStandBefore) {
  EXPECT_EQ(mark("-0.125", "en"), 2u);
  EXPECT_EQ(mark("< $3.50", "en"), 4u);
  EXPECT_EQ(mark(".5", "en"), 0u);
}

TEST(DecimalMark, OfNativeAndWesternDigitsInOneLocale) {
  EXPECT_EQ(mark("١٢٫٥", "ar-EG"), 4u);
  EXPECT_EQ(mark("١٬٠٠٠٫٢٥", "ar-EG"), 10u);
  EXPECT_EQ(mark("12.5", "ar-EG"), 2u);
  EXPECT_EQ(mark("\u206612.5\u2069", "ar-EG"), 2u) << "isolates are not counted";
}

TEST(DecimalMark, WordsHaveNone) {
  EXPECT_EQ(mark("as needed", "en"), std::nullopt);
  EXPECT_EQ(mark("about 5", "en"), std::nullopt);
  EXPECT_EQ(mark("", "en"), std::nullopt);
  EXPECT_EQ(mark("\u2013", "en"), std::nullopt);
}

}  // namespace
}  // namespace handout::unicode
