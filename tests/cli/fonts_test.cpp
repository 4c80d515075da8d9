// `handout fonts --text`.
#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class FontsOfText : public Program {
 protected:
  Outcome fonts(std::string_view text, const std::vector<std::string>& more = {}) {
    write("text.txt", text);
    std::vector<std::string> words = {"fonts", "--text", "text.txt"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
};

TEST_F(FontsOfText, NamesScriptAndFaceOfEachRun) {
  const Outcome outcome = fonts("Take 水 daily\r\nخذ قرصين\n");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out,
            "line  script  font                          text\n"
            "1     Latn    Noto Sans                     Take \n"
            "1     Hani    Noto Sans CJK SC              水 \n"
            "1     Latn    Noto Sans                     daily\n"
            "2     Arab    Noto Sans Arabic              خذ قرصين\n");
}

TEST_F(FontsOfText, TheLanguageCounts) {
  EXPECT_THAT(fonts("دوا\n", {"--locale", "ur"}).out, HasSubstr("1     Arab    Noto Nastaliq Urdu            دوا\n"));
  EXPECT_THAT(fonts("骨", {"--locale", "ja"}).out, HasSubstr("Noto Sans CJK JP "));
  EXPECT_THAT(fonts("骨", {"--locale", "zh-HK"}).out, HasSubstr("Noto Sans CJK HK "));
}

TEST_F(FontsOfText, WhatNoFontHasIsAFaultWithItsPlace) {
  const Outcome outcome = fonts("one\ntwo a\uE000b \uE000\n");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("not covered: U+E000"));
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("text.txt:2:6: error: no font has U+E000"), HasSubstr("hint: fonts tried: Noto Sans, "), Not(HasSubstr("text.txt:2:9"))));
}

TEST_F(FontsOfText, InvalidUtf8IsNamedByItsPlace) {
  EXPECT_THAT(fonts("ok\r\né\xFF").err, StartsWith("text.txt:2:2: error: invalid UTF-8: byte 0xFF"));
  EXPECT_THAT(fonts("\xEF\xBB\xBF" "a\xED\xA0\x80").err, StartsWith("text.txt:1:2: error: invalid UTF-8"));  // a surrogate, behind a byte order mark
  EXPECT_THAT(fonts("a\n\xC0").err, StartsWith("text.txt:2:1: error: invalid UTF-8"));
  EXPECT_EQ(fonts("\xFF").code, 1);
}

TEST_F(FontsOfText, LongRunsAreShortenedAndControlsAreNamed) {
  const Outcome outcome = fonts(std::string(5000, 'a') + "\na\tb\x1B[1m\u202Ec\u202C\n");
  EXPECT_THAT(outcome.out, HasSubstr(std::string(47, 'a') + "…\n"));
  EXPECT_THAT(outcome.out, Not(HasSubstr(std::string(49, 'a'))));
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("a<U+0009>b"), HasSubstr("<U+001B>")));
  EXPECT_THAT(outcome.out, AllOf(Not(HasSubstr("\x1B")), Not(HasSubstr("\u202E"))));
}

TEST_F(FontsOfText, WrongUse) {
  EXPECT_EQ(run({"fonts", "--text", "missing.txt"}).code, 1);
  EXPECT_EQ(fonts("a", {"--locale", "e n"}).code, 2);
  EXPECT_EQ(fonts("a", {"--locale", "en", "--locale", "de"}).code, 2);
  EXPECT_EQ(fonts("").code, 0);
  EXPECT_THAT(run({"fonts", "--help"}).out, HasSubstr("--text FILE"));
}

}  // namespace
}  // namespace handout::test
