#include <gtest/gtest.h>

#include <string>

#include "unicode/language_names.h"

namespace handout::unicode {
namespace {

struct Named {
  const char* text;
  const char* tag;
};

class LanguagesByName : public testing::TestWithParam<Named> {};

TEST_P(LanguagesByName, AreFound) {
  LanguageNames names;
  const auto locale = names.find(GetParam().text);
  EXPECT_EQ(locale ? locale->tag() : "none", GetParam().tag) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Names, LanguagesByName,
                         testing::Values(Named{"Spanish", "es"}, Named{"SPANISH", "es"}, Named{"español", "es"}, Named{"English", "en"}, Named{"Chinese, Simplified", "zh-Hans"}, Named{"Traditional Chinese", "zh-Hant"}, Named{"中文", "zh"}, Named{"Mandarin", "zh"}, Named{"Vietnamese", "vi"}, Named{"Tiếng Việt", "vi"},
                                         Named{"العربية", "ar"}, Named{"हिन्दी", "hi"}, Named{"русский", "ru"}, Named{"Haitian Creole", "ht"}, Named{"Tagalog", "fil"}, Named{"Filipino", "fil"}, Named{"Farsi", "fa"}, Named{"Persian", "fa"}, Named{"Hmong", "hmn"}, Named{"日本語", "ja"}, Named{"한국어", "ko"}, Named{"Deutsch", "de"},
                                         Named{"Spanish (Mexico)", "es-MX"}, Named{"Portuguese (Portugal)", "pt-PT"}, Named{"", "none"}, Named{"Klingonish", "none"}, Named{"zz", "none"}, Named{"Spanish English", "none"}));

}  // namespace
}  // namespace handout::unicode
