#include "unicode/locale.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unicode/uscript.h>

namespace handout::unicode {
namespace {

Locale locale(std::string_view tag) {
  const std::optional<Locale> parsed = Locale::parse(tag);
  EXPECT_TRUE(parsed) << tag;
  return parsed.value_or(Locale());
}

std::string canonical(std::string_view tag) { return locale(tag).tag(); }

TEST(LocaleParse, Canonicalizes) {
  EXPECT_EQ(canonical("ZH-hans"), "zh-Hans");
  EXPECT_EQ(canonical("iw"), "he");
  EXPECT_EQ(canonical("tl"), "fil");
  EXPECT_EQ(canonical("prs"), "fa-AF");
  EXPECT_EQ(canonical("sh"), "sr-Latn");
  EXPECT_EQ(canonical("spa-mx"), "es-MX");
  EXPECT_EQ(canonical("zh-cmn-Hant"), "zh-Hant");
  EXPECT_EQ(canonical("en-UK"), "en-GB");
  EXPECT_EQ(canonical("AR-U-NU-LATN"), "ar-u-nu-latn");
}

TEST(LocaleParse, NamesItsParts) {
  const Locale en;
  EXPECT_EQ(en.tag(), "en");
  EXPECT_EQ(en, locale("en"));
  EXPECT_EQ(en.script(), "Latn");
  EXPECT_EQ(en.region(), "");

  const Locale taiwan = locale("zh-TW");
  EXPECT_EQ(taiwan.language(), "zh");
  EXPECT_EQ(taiwan.script(), "Hant");
  EXPECT_EQ(taiwan.region(), "TW");
  EXPECT_EQ(locale("zh").script(), "Hans");
  EXPECT_EQ(locale("uz-AF").script(), "Arab");
  EXPECT_EQ(locale("sr-Latn").script(), "Latn");
  EXPECT_EQ(locale("es-419").region(), "419");
  EXPECT_EQ(locale("und").language(), "und");
}

TEST(LocaleParse, KnowsTheLanguagesOfPatients) {
  for (const char* tag : {"haw", "hmn", "cnh", "fil", "mww", "ksw", "kjb", "mam", "rhg", "chk", "mh", "quc", "aii", "so", "ti", "ht", "yue", "zxx"}) {
    EXPECT_EQ(canonical(tag), tag);
  }
  EXPECT_EQ(locale("cnh").script(), "Latn");  // not among ICU 72's likely subtags
  EXPECT_EQ(locale("ksw").script(), "Mymr");
  EXPECT_EQ(locale("tlh").script(), "Zzzz");
}

TEST(LocaleParse, RefusesWhatIsNoLanguage) {
  for (const char* tag : {"", "e", "xx", "qq", "zzz", "abcd", "english", "root", "C", "POSIX", "123", "en_US", "en-", "-en", "en--US", "en US", "en-US-US", "en-abcdefghi",
                          "en-u-nu-latn-u-nu-arab", "de-1901-1901", "é", "en.UTF-8", "en@numbers=arab"}) {
    EXPECT_EQ(Locale::parse(tag), std::nullopt) << tag;
  }
  EXPECT_EQ(Locale::parse(std::string_view("en\0x", 4)), std::nullopt);
  EXPECT_EQ(Locale::parse("en-" + std::string(1000, 'a')), std::nullopt);
}

TEST(LocaleParse, RefusesPrivateUseAndUnknownSubtags) {
  for (const char* tag : {"x-clinic", "en-x-clinic", "EN-X-CLINIC", "qaa", "qtz", "i-default", "zh-min", "en-Qaaa", "en-Xxxx", "zh-Hnas", "en-QM", "en-ZZ", "en-AA"}) {
    EXPECT_EQ(Locale::parse(tag), std::nullopt) << tag;
  }
  EXPECT_EQ(canonical("en-XK"), "en-XK");  // Kosovo is in use
}

TEST(LocaleParse, ShortCutGivesWhatIcuGives) {
  for (const std::string tag : {"am", "ar", "ar-EG", "bn", "bs", "cs", "de", "de-DE", "el", "en", "en-CA", "en-GB", "en-US", "es", "es-419", "es-ES", "es-MX", "es-US", "fa",
                                "fil", "fr", "fr-CA", "fr-FR", "gu", "haw", "he", "hi", "hr", "ht", "hu", "hy", "id", "it", "ja", "ka", "km", "kn", "ko", "lo", "ml", "mr",
                                "ms", "my", "nb", "ne", "nl", "no", "pa", "pl", "ps", "pt", "pt-BR", "pt-PT", "ro", "ru", "si", "so", "sq", "sr", "sr-Latn", "sv", "sw", "ta",
                                "te", "th", "ti", "tr", "uk", "ur", "vi", "zh", "zh-CN", "zh-HK", "zh-Hans", "zh-Hant", "zh-TW"}) {
    std::string upper = tag;  // in capitals it is not in the table
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const Locale quick = locale(tag), whole = locale(upper);
    EXPECT_EQ(quick.tag(), tag);
    EXPECT_EQ(quick.tag(), whole.tag());
    EXPECT_EQ(quick.language(), whole.language()) << tag;
    EXPECT_EQ(quick.script(), whole.script()) << tag;
    EXPECT_EQ(quick.region(), whole.region()) << tag;
  }
}

TEST(LocaleDirection, FollowsTheScript) {
  for (const char* tag : {"ar", "he", "fa", "ur", "ps", "prs", "rhg", "aii", "dv", "uz-Arab", "pa-PK", "ur-Aran"}) EXPECT_EQ(locale(tag).direction(), Direction::RightToLeft) << tag;
  for (const char* tag : {"en", "zh-Hant", "th", "hi", "ar-Latn", "he-Latn", "uz", "pa", "hmn", "tlh"}) EXPECT_EQ(locale(tag).direction(), Direction::LeftToRight) << tag;
}

std::string nearest(std::string_view wanted, const std::vector<std::string>& tags) {
  std::vector<Locale> have;
  for (const std::string& tag : tags) have.push_back(locale(tag));
  const std::optional<std::size_t> index = nearest_locale(locale(wanted), have);
  return index ? have.at(*index).tag() : "none";
}

TEST(NearestLocale, StaysInLanguageAndScript) {
  EXPECT_EQ(nearest("es-MX", {"en", "es"}), "es");
  EXPECT_EQ(nearest("es-MX", {"es-ES", "es", "es-419"}), "es-419");
  EXPECT_EQ(nearest("pt-PT", {"en", "pt-BR"}), "pt-BR");
  EXPECT_EQ(nearest("zh-TW", {"en", "zh-Hans"}), "none");
  EXPECT_EQ(nearest("zh-TW", {"zh-Hans", "zh-Hant"}), "zh-Hant");
  EXPECT_EQ(nearest("zh", {"zh-Hant", "zh-Hans"}), "zh-Hans");
  EXPECT_EQ(nearest("zh-CN", {"en", "zh-Hant", "zh-Hans"}), "zh-Hans");
  EXPECT_EQ(nearest("sr-Latn", {"sr"}), "none");
  EXPECT_EQ(nearest("sr", {"sr-Latn", "sr-Cyrl"}), "sr-Cyrl");
  EXPECT_EQ(nearest("en-AU", {"en-US", "en-GB"}), "en-GB");
  EXPECT_EQ(nearest("en", {}), "none");
}

TEST(NearestLocale, NeverGivesAnotherLanguageThatItsReadersMayKnow) {
  EXPECT_EQ(nearest("gsw", {"de", "en"}), "none");
  EXPECT_EQ(nearest("br", {"fr"}), "none");
  EXPECT_EQ(nearest("yue", {"zh-Hant"}), "none");
  EXPECT_EQ(nearest("nn", {"nb"}), "none");
  EXPECT_EQ(nearest("hr", {"bs"}), "none");
}

TEST(NearestLocale, KnowsMacrolanguages) {
  EXPECT_EQ(nearest("no", {"sv", "nb"}), "nb");
  EXPECT_EQ(nearest("nb-NO", {"no"}), "no");
  EXPECT_EQ(nearest("tl", {"fil"}), "fil");
  EXPECT_EQ(nearest("prs", {"fa"}), "fa");
  EXPECT_EQ(nearest("cmn", {"zh-Hans"}), "zh-Hans");
}

TEST(NearestLocale, AnEqualTagWinsWhereverItStands) {
  EXPECT_EQ(nearest("es", {"es-ES", "es-419", "es"}), "es");
  EXPECT_EQ(nearest("ar-u-nu-latn", {"ar", "ar-u-nu-latn"}), "ar-u-nu-latn");
  EXPECT_EQ(nearest("ar-u-nu-latn", {"en", "ar"}), "ar");
  EXPECT_EQ(nearest("cnh-US", {"en", "cnh"}), "cnh");
}

TEST(DisplayName, IsInTheOtherLanguage) {
  EXPECT_EQ(display_name(locale("es"), locale("es")), "español");
  EXPECT_EQ(display_name(locale("es"), locale("en")), "Spanish");
  EXPECT_EQ(display_name(locale("zh-Hans"), locale("zh-Hans")), "简体中文");
  EXPECT_EQ(display_name(locale("ar-u-nu-latn"), locale("en")), "Arabic");
  EXPECT_EQ(display_name(locale("hmn"), locale("en")), "Hmong");
  EXPECT_EQ(display_name(locale("cnh"), locale("en")), "cnh");
  EXPECT_EQ(display_name(locale("hmn"), locale("hmn")), "hmn");
  EXPECT_EQ(display_name(locale("es-MX"), locale("hmn")), "es-MX");  // not the Arabic of the machine
}

TEST(RootData, IsAllThatSomeLanguagesHave) {
  for (const char* tag : {"hmn", "cnh", "mam", "und", "und-US", "zxx", "hmn-u-nu-latn"}) EXPECT_TRUE(inherits_root_data(locale(tag))) << tag;
  for (const char* tag : {"en", "en-US", "es-419", "zh-TW", "haw", "ar-u-nu-latn", "sr-Latn", "prs", "ur-Aran", "en-XK"}) EXPECT_FALSE(inherits_root_data(locale(tag))) << tag;
}

TEST(Paper, LetterIsOfTheAmericas) {
  for (const char* region : {"US", "CA", "MX", "PH", "PR", "CO"}) EXPECT_TRUE(uses_letter_paper(region)) << region;
  for (const char* region : {"GB", "DE", "JP", "AU", "BR", "", "001", "XX", "USA", "U", "u$"}) EXPECT_FALSE(uses_letter_paper(region)) << region;
}

TEST(LikelyRegion, IsTheWrittenOneFirst) {
  EXPECT_EQ(likely_region(locale("en")), "US");
  EXPECT_EQ(likely_region(locale("en-GB")), "GB");
  EXPECT_EQ(likely_region(locale("zh-Hant")), "TW");
  EXPECT_EQ(likely_region(locale("cnh")), "MM");
  EXPECT_EQ(likely_region(locale("tlh")), "");
}

// Those of Unicode's characters are looked up by another way.
TEST(Scripts, AreThoseThatATagMayHave) {
  std::size_t found = 0;
  for (int i = 0; i < USCRIPT_CODE_LIMIT; ++i) {
    const std::string code = uscript_getShortName(static_cast<UScriptCode>(i));
    const auto locale = Locale::parse("und-" + code);
    EXPECT_EQ(is_script(code), locale && locale->script() == code) << code;
    found += is_script(code) ? 1 : 0;
  }
  EXPECT_GT(found, 150u);
  for (const std::string_view code : {"Latn", "Hans", "Hant", "Jpan", "Kore", "Aran"}) EXPECT_TRUE(is_script(code)) << code;
  for (const std::string_view code : {"latn", "LATN", "Lat", "Latin", "Qaaa", "Qaai", "Xxxx", "", "La n"}) EXPECT_FALSE(is_script(code)) << code;
}

}  // namespace
}  // namespace handout::unicode
