#include "unicode/capitals.h"

#include <gtest/gtest.h>

#include "unicode/digits.h"
#include "unicode/region_names.h"

namespace handout::unicode {
namespace {

std::string upper(const char* language, std::string_view text) { return Capitals(*Locale::parse(language)).of(text); }

TEST(Capitals, FollowTheLanguage) {
  EXPECT_EQ(upper("en", "Main st. 5"), "MAIN ST. 5");
  EXPECT_EQ(upper("en", "istanbul ß"), "ISTANBUL SS");
  EXPECT_EQ(upper("tr", "istanbul ılıca"), "İSTANBUL ILICA");
  EXPECT_EQ(upper("tr-CY", "i"), "İ");
  EXPECT_EQ(upper("az", "i"), "İ");
  EXPECT_EQ(upper("el", "Αθήνα, Καλλιθέα"), "ΑΘΗΝΑ, ΚΑΛΛΙΘΕΑ");
  EXPECT_EQ(upper("ru", "Тула"), "ТУЛА");
  EXPECT_EQ(upper("ar", "القاهرة"), "القاهرة");
  EXPECT_EQ(upper("de", ""), "");
  // ΐ has no capital of its own and becomes three characters: longer than what it is made of.
  EXPECT_EQ(upper("en", std::string_view("\u0390\u0390\u0390\u0390")), "\u0399\u0308\u0301\u0399\u0308\u0301\u0399\u0308\u0301\u0399\u0308\u0301");
}

TEST(RegionNames, FullAndShort) {
  const RegionNames english(*Locale::parse("en")), german(*Locale::parse("de"));
  EXPECT_EQ(english.of("DE", NameLength::Full), "Germany");
  EXPECT_EQ(german.of("FR", NameLength::Full), "Frankreich");
  EXPECT_EQ(english.of("HK", NameLength::Full), "Hong Kong SAR China");
  EXPECT_EQ(english.of("HK", NameLength::Short), "Hong Kong");
  EXPECT_EQ(english.of("DE", NameLength::Short), "Germany");
  EXPECT_EQ(RegionNames(*Locale::parse("hmn")).of("DE", NameLength::Full), "DE");
}

TEST(RegionNames, TheLanguageOfARegion) {
  EXPECT_EQ(usual_language("TR").tag(), "tr");
  EXPECT_EQ(usual_language("US").tag(), "en");
  EXPECT_EQ(usual_language("CH").tag(), "de");
  EXPECT_EQ(usual_language("JP").tag(), "ja");
}

TEST(Digits, OfAnyScript) {
  EXPECT_EQ(digit_value(U'7'), 7);
  EXPECT_EQ(digit_value(U'\u0667'), 7);
  EXPECT_EQ(digit_value(U'\uFF17'), 7);
  EXPECT_EQ(digit_value(U'\u096D'), 7);
  EXPECT_FALSE(digit_value(U'x'));
  EXPECT_FALSE(digit_value(U'\u00B2'));
  EXPECT_FALSE(digit_value(U'\u2167'));
}

}  // namespace
}  // namespace handout::unicode
