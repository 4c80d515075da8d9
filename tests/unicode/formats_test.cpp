#include "unicode/formats.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace handout::unicode {
namespace {

Locale locale(std::string_view tag) {
  const std::optional<Locale> parsed = Locale::parse(tag);
  EXPECT_TRUE(parsed) << tag;
  return parsed.value_or(Locale());
}

TEST(Numbers, HaveTheLocalesDigitsAndGrouping) {
  EXPECT_EQ(format_integer(1234567, locale("en")), "1,234,567");
  EXPECT_EQ(format_integer(-1234567, locale("en")), "-1,234,567");
  EXPECT_EQ(format_integer(1234567, locale("de")), "1.234.567");
  EXPECT_EQ(format_integer(1234567, locale("hi")), "12,34,567");
  EXPECT_EQ(format_integer(1234, locale("es")), "1234");  // CLDR minimumGroupingDigits 2
  EXPECT_EQ(format_integer(1234, locale("ar-EG")), "١٬٢٣٤");
  EXPECT_EQ(format_integer(1234, locale("ar-AE")), "1,234");
  EXPECT_EQ(format_integer(1234, locale("fa")), "۱٬۲۳۴");
  EXPECT_EQ(format_integer(std::numeric_limits<std::int64_t>::min(), locale("en")), "-9,223,372,036,854,775,808");
}

TEST(Numbers, ObeyTheNumberingSystemOfTheTag) {
  EXPECT_EQ(format_integer(1234, locale("ar-u-nu-latn")), "1,234");
  EXPECT_EQ(format_ordinal_number(12, locale("ar-u-nu-latn")), "12");
  EXPECT_EQ(format_ordinal_number(12, locale("hi-u-nu-deva")), "१२");
  EXPECT_EQ(format_ordinal_number(12, locale("ar-EG-u-nu-nosuch")), "١٢");  // unknown: the language's own
  EXPECT_EQ(format_ordinal_number(12, locale("hmn-u-nu-deva")), "१२");      // also over root data
}

struct Digits {
  const char *tag, *integer, *ordinal, *decimal, *measure, *date, *label, *message;
};

// What a reader meets in the language itself, and what -u-nu- makes of it: everywhere the same digits.
constexpr Digits kDigits[] = {
    {"ar-u-nu-latn", "1,234", "12", "4.5", "5", "2026", "3.", "7"}, {"ar-u-nu-arab", "١٬٢٣٤", "١٢", "٤٫٥", "٥", "٢٠٢٦", "٣.", "٧"}, {"ar-EG", "١٬٢٣٤", "١٢", "٤٫٥", "٥", "٢٠٢٦", "٣.", "٧"},
    {"fa", "۱٬۲۳۴", "۱۲", "۴٫۵", "۵", "۱۴۰۵", "۳.", "۷"}, {"fa-u-nu-latn", "1,234", "12", "4.5", "5", "1405", "3.", "7"},
    {"hi", "1,234", "12", "4.5", "5", "2026", "3.", "7"}, {"hi-u-nu-deva", "१,२३४", "१२", "४.५", "५", "२०२६", "३.", "७"},
    {"bn", "১,২৩৪", "১২", "৪.৫", "৫", "২০২৬", "৩.", "৭"}, {"bn-u-nu-latn", "1,234", "12", "4.5", "5", "2026", "3.", "7"},
    {"my", "၁,၂၃၄", "၁၂", "၄.၅", "၅", "၂၀၂၆", "၃.", "၇"}, {"my-u-nu-latn", "1,234", "12", "4.5", "5", "2026", "3.", "7"},
    {"mr", "१,२३४", "१२", "४.५", "५", "२०२६", "३.", "७"}, {"mr-u-nu-latn", "1,234", "12", "4.5", "5", "2026", "3.", "7"},
    {"ne", "१,२३४", "१२", "४.५", "५", "२०२६", "३.", "७"}, {"ne-u-nu-latn", "1,234", "12", "4.5", "5", "2026", "3.", "7"},
    {"th", "1,234", "12", "4.5", "5", "2569", "3.", "7"}, {"th-u-nu-thai", "๑,๒๓๔", "๑๒", "๔.๕", "๕", "๒๕๖๙", "๓.", "๗"}};

TEST(Numbers, HaveTheDigitsOfTheTagWhereverTheyStand) {
  for (const Digits& digits : kDigits) {
    const Locale in = locale(digits.tag);
    EXPECT_EQ(format_integer(1234, in), digits.integer) << digits.tag;
    EXPECT_EQ(format_ordinal_number(12, in), digits.ordinal) << digits.tag;
    EXPECT_EQ(format_decimal("4.5", in), digits.decimal) << digits.tag;
    EXPECT_NE(format_measure("5", "milliliter", in).value_or("").find(digits.measure), std::string::npos) << digits.tag;
    EXPECT_NE(format_date({2026, 11, 22}, in, DateStyle::Long).find(digits.date), std::string::npos) << digits.tag << ": " << format_date({2026, 11, 22}, in, DateStyle::Long);
    EXPECT_EQ(list_label(3, in), digits.label) << digits.tag;
    const MessageArguments arguments{{"n", std::int64_t{7}}};
    for (const char* pattern : {"{n}", "{n, number}", "{n, plural, other{#}}", "{n, selectordinal, other{#}}", "{n, plural, other{{n}}}"}) {
      EXPECT_EQ(format_message(pattern, arguments, in), digits.message) << digits.tag << " " << pattern;
    }
  }
}

TEST(Numbers, OrdinalsAreNotGrouped) {
  EXPECT_EQ(format_ordinal_number(12345, locale("en")), "12345");
  EXPECT_EQ(format_ordinal_number(12345, locale("ar-EG")), "١٢٣٤٥");
  EXPECT_EQ(format_ordinal_number(0, locale("en")), "0");
  EXPECT_EQ(format_ordinal_number(-12345, locale("en")), "-12345");
  EXPECT_EQ(format_ordinal_number(7, locale("hmn")), "7");
}

TEST(Numbers, DecimalsKeepTheirDigits) {
  EXPECT_EQ(format_decimal("4.50", locale("en")), "4.50");
  EXPECT_EQ(format_decimal("4.50", locale("de")), "4,50");
  EXPECT_EQ(format_decimal("12", locale("fr")), "12");
  EXPECT_EQ(format_decimal(".5", locale("en")), "0.5");
  EXPECT_EQ(format_decimal("-0.0", locale("en")), "0.0");
  EXPECT_EQ(format_decimal("0.1000000000000000055511151231257827", locale("en")), "0.1000000000000000055511151231257827");
  EXPECT_DEATH((void)format_decimal("4,5", locale("en")), "precondition");
}

TEST(Measures, AreShortUnits) {
  EXPECT_EQ(format_measure("4.5", "kilogram", locale("en")), "4.5 kg");
  EXPECT_EQ(format_measure("4.50", "kilogram", locale("es")), "4,50 kg");
  EXPECT_EQ(format_measure("37.5", "celsius", locale("en")), "37.5°C");
  EXPECT_EQ(format_measure("5", "milligram-per-deciliter", locale("en")), "5 mg/dL");
  EXPECT_EQ(format_measure("1", "day", locale("en")), "1 day");
  EXPECT_EQ(format_measure("2", "day", locale("en")), "2 days");
  EXPECT_EQ(format_measure("4.5", "kilogram", locale("hmn")), "4.5 kg");
}

TEST(Measures, OfUnknownUnitsAreNothing) {
  for (const char* unit : {"", "bogus", "Kilogram", "kilogram ", "kg", "pint-and-kilogram", "kilogram-per"}) {
    EXPECT_EQ(format_measure("1", unit, locale("en")), std::nullopt) << unit;
  }
}

TEST(Dates, AreDaysThatExist) {
  EXPECT_EQ(parse_date("2026-11-22"), (Date{2026, 11, 22}));
  EXPECT_EQ(parse_date("2024-02-29"), (Date{2024, 2, 29}));
  EXPECT_EQ(parse_date("2000-02-29"), (Date{2000, 2, 29}));
  for (const char* text : {"", "2026-11-31", "2023-02-29", "1900-02-29", "2026-00-10", "2026-13-01", "2026-01-00", "0000-01-01", "2026-1-1", "26-11-22", "2026/11/22",
                           "2026-11-22 ", " 2026-11-22", "2026-11-2x", "-026-11-22", "2026-+1-22", "20261122"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
  EXPECT_EQ(to_text(Date{2026, 1, 2}), "2026-01-02");
  EXPECT_EQ(to_text(Date{33, 1, 2}), "0033-01-02");
}

TEST(Dates, AreWrittenAsTheLocaleWritesThem) {
  const Date date{2026, 11, 22};
  EXPECT_EQ(format_date(date, locale("en"), DateStyle::Long), "November 22, 2026");
  EXPECT_EQ(format_date(date, locale("en"), DateStyle::Medium), "Nov 22, 2026");
  EXPECT_EQ(format_date(date, locale("en"), DateStyle::Short), "11/22/26");
  EXPECT_EQ(format_date(date, locale("es"), DateStyle::Long), "22 de noviembre de 2026");
  EXPECT_EQ(format_date(date, locale("zh-Hans"), DateStyle::Long), "2026年11月22日");
  EXPECT_EQ(format_date(date, locale("ar-EG"), DateStyle::Long), "٢٢ نوفمبر ٢٠٢٦");
  EXPECT_EQ(format_date(date, locale("ar-EG-u-nu-latn"), DateStyle::Long), "22 نوفمبر 2026");
}

TEST(Dates, AreInTheLocalesCalendarUnlessTheTagNamesOne) {
  const Date date{2026, 11, 22};
  EXPECT_EQ(format_date(date, locale("th"), DateStyle::Long), "22 พฤศจิกายน 2569");
  EXPECT_EQ(format_date({1500, 3, 1}, locale("th"), DateStyle::Long), "1 มีนาคม 2043");
  EXPECT_EQ(format_date(date, locale("fa"), DateStyle::Long), "۱ آذر ۱۴۰۵");
  EXPECT_EQ(format_date(date, locale("fa-u-ca-gregory-nu-latn"), DateStyle::Short), "2026/11/22");
}

TEST(Dates, OfALanguageWithoutDataAreRootsAndNotTheMachines) {
  EXPECT_EQ(format_date({2026, 11, 22}, locale("hmn"), DateStyle::Short), "2026-11-22");
  EXPECT_EQ(format_date({2026, 11, 22}, locale("hmn"), DateStyle::Long), "2026 M11 22");
}

TEST(Dates, AreTheSameDayInEveryTimeZoneAndCentury) {
  EXPECT_EQ(format_date({1970, 1, 1}, locale("en"), DateStyle::Long), "January 1, 1970");
  EXPECT_EQ(format_date({1582, 10, 10}, locale("en"), DateStyle::Long), "October 10, 1582");  // proleptic, as ISO 8601
  EXPECT_EQ(format_date({1, 1, 1}, locale("en"), DateStyle::Long), "January 1, 1");
  EXPECT_EQ(format_date({9999, 12, 31}, locale("en"), DateStyle::Long), "December 31, 9999");
  EXPECT_DEATH((void)format_date({2026, 2, 30}, locale("en"), DateStyle::Long), "precondition");
}

TEST(Plurals, SeeTheDigitsWritten) {
  EXPECT_EQ(plural_category("1", locale("en")), "one");
  EXPECT_EQ(plural_category("1.0", locale("en")), "other");
  EXPECT_EQ(plural_category("0", locale("en")), "other");
  EXPECT_EQ(plural_category("0.5", locale("fr")), "one");
  EXPECT_EQ(plural_category("0", locale("ar")), "zero");
  EXPECT_EQ(plural_category("2", locale("ar")), "two");
  EXPECT_EQ(plural_category("3", locale("ar")), "few");
  EXPECT_EQ(plural_category("11", locale("ar")), "many");
  EXPECT_EQ(plural_category("22", locale("pl")), "few");
  EXPECT_EQ(plural_category("1", locale("zh-Hans")), "other");
  EXPECT_EQ(plural_category("3", locale("hmn")), "other");  // the machine's Arabic would say "few"
}

std::string reason_of(std::string_view pattern) {
  std::string reason;
  EXPECT_EQ(format_message(pattern, {{"n", std::int64_t{3}}, {"name", std::string("Ana")}}, locale("en"), &reason), std::nullopt) << pattern;
  return reason;
}

TEST(Messages, TakeNamedArguments) {
  const MessageArguments arguments{{"n", std::int64_t{1500}}, {"name", std::string("Ana {x} '")}};
  const std::string_view pattern = "{name}: {n, plural, one{# day} other{# days}}";
  EXPECT_EQ(format_message(pattern, arguments, locale("en")), "Ana {x} ': 1,500 days");
  EXPECT_EQ(format_message(pattern, arguments, locale("ar-EG")), "Ana {x} ': ١٬٥٠٠ days");
  EXPECT_EQ(format_message(pattern, {{"n", std::int64_t{1}}, {"name", std::string("B")}}, locale("en")), "B: 1 day");
  EXPECT_EQ(format_message("it's '{'plain'}'", {}, locale("en")), "it's {plain}");
  EXPECT_EQ(format_message("", {}, locale("en")), "");
  EXPECT_EQ(format_message("{n}", {{"n", std::numeric_limits<std::int64_t>::max()}}, locale("en")), "9,223,372,036,854,775,807");
}

TEST(Messages, SayWhatIsWrong) {
  EXPECT_EQ(reason_of("é {n"), "unmatched brace");
  EXPECT_EQ(reason_of("{n, plural, one{#}}"), "plural or select without 'other'");
  EXPECT_EQ(reason_of("é {n!}"), "syntax error at character 4");
  EXPECT_EQ(reason_of("{n, plural, other{{missing}}}"), "no value for argument 'missing'");
  EXPECT_EQ(reason_of("{0}"), "no value for argument '0'");
  EXPECT_EQ(reason_of("{name, plural, other{#}}"), "unknown format, or a value that its format cannot take");
  EXPECT_EQ(reason_of("{n, nosuch}"), "unknown format, or a value that its format cannot take");
  std::string deep;
  for (int i = 0; i < 40000; ++i) deep += "{n,select,other{";
  EXPECT_EQ(reason_of(deep), "nested more than 50 levels deep");
  EXPECT_EQ(format_message("{n", {}, locale("en")), std::nullopt);  // nobody asks why
}

TEST(Messages, SpellNumbersOnlyInTheirOwnLanguage) {
  const MessageArguments three{{"n", std::int64_t{3}}};
  EXPECT_EQ(format_message("{n, spellout}", three, locale("en-US")), "three");
  EXPECT_EQ(format_message("{n, spellout}", three, locale("es-MX")), "tres");
  std::string reason;
  EXPECT_EQ(format_message("{n, plural, other{{n, spellout}}}", three, locale("as"), &reason), std::nullopt);  // else in the machine's Arabic
  EXPECT_EQ(reason, "no rules for numbers in words in 'as'");
}

TEST(ListLabels, AreDigitsAndAFullStop) {
  EXPECT_EQ(list_label(1, locale("en")), "1.");
  EXPECT_EQ(list_label(1, locale("ar-EG")), "١.");
  EXPECT_EQ(list_label(12, locale("zh-Hans")), "12.");
  EXPECT_EQ(list_label(12, locale("hi")), "12.");
  EXPECT_EQ(list_label(12, locale("my")), "၁၂.");
  EXPECT_EQ(list_label(1234, locale("en")), "1234.");
}

TEST(Quotes, AreTheLocalesOuterOnes) {
  const auto marks = [](std::string_view tag) { const QuotationMarks q = quotation_marks(locale(tag)); return q.open + q.close; };
  EXPECT_EQ(marks("en"), "“”");
  EXPECT_EQ(marks("de"), "„“");
  EXPECT_EQ(marks("fr"), "«\u202F\u202F»");
  EXPECT_EQ(marks("he"), "””");
  EXPECT_EQ(marks("ja"), "「」");
  EXPECT_EQ(marks("ar"), "”“");
  EXPECT_EQ(marks("hmn"), "“”");  // root's, not the machine's Arabic
}

}  // namespace
}  // namespace handout::unicode
