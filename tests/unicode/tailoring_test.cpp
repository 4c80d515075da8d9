#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "unicode/text.h"

namespace handout::unicode {
namespace {

// The text with "|" where a line may end.
std::string broken(std::string text, std::string_view tag, LineBreakRules rules = {}) {
  const std::vector<LineBreak> breaks = line_breaks(text, *Locale::parse(tag), rules);
  for (auto at = breaks.rbegin(); at != breaks.rend(); ++at) text.insert(at->offset, "|");
  return text;
}

constexpr LineBreakRules kLoose{LineStrictness::Loose, WordBreak::Auto}, kNormal{LineStrictness::Normal, WordBreak::Auto}, kStrict{LineStrictness::Strict, WordBreak::Auto};

// CSS Text 3, 5.3: small kana and the long vowel mark begin no line in strict setting only.
TEST(Strictness, SmallKana) {
  EXPECT_EQ(broken("ちょっとデータ", "ja", kStrict), "ちょっ|と|デー|タ");
  EXPECT_EQ(broken("ちょっとデータ", "ja", kNormal), "ち|ょ|っ|と|デ|ー|タ");
  EXPECT_EQ(broken("ちょっとデータ", "ja", kLoose), "ち|ょ|っ|と|デ|ー|タ");
  EXPECT_EQ(broken("ちょっと", "ja"), "ち|ょ|っ|と");  // normal
  EXPECT_EQ(broken("ちょっと", "ja-u-lb-strict"), "ちょっ|と");
  EXPECT_EQ(broken("ちょっと", "ja-u-lb-strict", kNormal), "ち|ょ|っ|と");  // what is asked for comes before the locale's wish
  EXPECT_EQ(broken("ちょっと", "ja-u-lb-bogus"), "ち|ょ|っ|と");
}

TEST(Strictness, IterationMarks) {
  EXPECT_EQ(broken("人々が", "ja", kStrict), "人々|が");
  EXPECT_EQ(broken("人々が", "ja", kNormal), "人々|が");
  EXPECT_EQ(broken("人々が", "ja", kLoose), "人|々|が");
  EXPECT_EQ(broken("いすゞが", "ja", kNormal), "い|すゞ|が");
  EXPECT_EQ(broken("いすゞが", "ja", kLoose), "い|す|ゞ|が");
}

TEST(Strictness, Hyphens) {
  for (const char* tag : {"ja", "zh-Hans", "zh-Hant"}) {
    EXPECT_EQ(broken("三〜五", tag, kStrict), "三〜|五") << tag;
    EXPECT_EQ(broken("三〜五", tag, kNormal), "三|〜|五") << tag;
    EXPECT_EQ(broken("三‐五", tag, kNormal), "三‐|五") << tag;
    EXPECT_EQ(broken("三‐五", tag, kLoose), "三|‐|五") << tag;
  }
  EXPECT_EQ(broken("三〜五", "ko", kNormal), "三〜|五");  // a rule for Chinese and Japanese writing
}

TEST(Strictness, CenteredPunctuation) {
  EXPECT_EQ(broken("東・西", "ja", kNormal), "東・|西");
  EXPECT_EQ(broken("東・西", "ja", kLoose), "東|・|西");
  EXPECT_EQ(broken("本当?!はい", "ja", kNormal), "本|当?!|は|い");
}

TEST(Strictness, BracketsAndStopsHoldAlways) {
  for (const char* tag : {"ja", "zh-Hans", "zh-Hant", "ko"}) {
    for (const LineBreakRules& rules : {kLoose, kNormal, kStrict}) {
      EXPECT_EQ(broken("药「服」。水，火", tag, rules), "药|「服」。|水，|火") << tag;
      EXPECT_EQ(broken("药（服）、《水》火", tag, rules), "药|（服）、|《水》|火") << tag;
    }
    EXPECT_EQ(broken("水！火", tag, kNormal), "水！|火") << tag;
  }
}

TEST(Strictness, NothingButChineseAndJapaneseChanges) {
  const std::string text = "Take 5.5 mg (two) at-once, “please” don’t… 10–12.";
  for (const LineBreakRules& rules : {kLoose, kNormal, kStrict}) EXPECT_EQ(broken(text, "en", rules), "Take |5.5 |mg |(two) |at-|once, |“please” |don’t… |10–|12.");
}

TEST(Words, StayWholeInKorean) {
  for (const char* tag : {"ko", "en"}) {
    EXPECT_EQ(broken("무릎이 아프면 전화하세요.", tag), "무릎이 |아프면 |전화하세요.") << tag;
    EXPECT_EQ(broken("하루 2번 CT를 찍", tag), "하루 |2번 |CT를 |찍") << tag;
    EXPECT_EQ(broken("\u1112\u1161\u11AB\u1100\u1173\u11AF", tag), "\u1112\u1161\u11AB\u1100\u1173\u11AF") << tag;  // conjoining jamo
  }
  EXPECT_EQ(broken("무릎이 아파", "ko", {LineStrictness::Auto, WordBreak::Normal}), "무|릎|이 |아|파");
  EXPECT_EQ(broken("大韓民國은", "ko"), "大韓民國은");
  EXPECT_EQ(broken("약(하루)을", "ko"), "약|(하루)을");
  EXPECT_EQ(broken("100%를 약\"약\"을 3-한", "ko"), "100%를 |약\"약\"을 |3-|한");
}

TEST(Words, OfAllScriptsStayWholeWhenAsked) {
  const LineBreakRules rules{LineStrictness::Auto, WordBreak::KeepAll};
  EXPECT_EQ(broken("食後に、一日2回です。", "ja", rules), "食後に、|一日2回です。");
  EXPECT_EQ(broken("服药，两次", "zh-Hans", rules), "服药，|两次");
  EXPECT_EQ(broken("食後に、一日", "ja-u-lw-keepall"), "食後に、|一日");
  EXPECT_EQ(broken("กินยา", "ja", rules), "กิน|ยา");  // dictionary breaks stay
  EXPECT_EQ(broken("a\n漢字", "ja", rules), "a\n|漢字");
}

TEST(Words, BreakAnywhereWhenAsked) {
  const LineBreakRules rules{LineStrictness::Auto, WordBreak::BreakAll};
  EXPECT_EQ(broken("word, e\u0301x 12", "en", rules), "w|o|r|d, |e\u0301|x |1|2");
  EXPECT_EQ(broken("(ab) 5\u00A0mg", "en", rules), "(a|b) |5\u00A0m|g");
  EXPECT_EQ(broken("한글", "ko", rules), "한|글");
  EXPECT_EQ(broken("กินยา", "th", rules), "กิ|น|ย|า");
  EXPECT_EQ(broken("abc", "en-u-lw-breakall"), "a|b|c");
}

TEST(Dictionaries, KnowWordsWhateverTheParagraphsLanguage) {
  for (const char* tag : {"en", "ar", "ja", "th", "lo", "km", "my", "und"}) {
    EXPECT_EQ(broken("Take กินยาหลังอาหาร now", tag), "Take |กิน|ยา|หลัง|อาหาร |now") << tag;
    EXPECT_EQ(broken("ກິນຢາຫຼັງອາຫານ", tag), "ກິນ|ຢາ|ຫຼັງ|ອາຫານ") << tag;
    EXPECT_EQ(broken("លេបថ្នាំជាមួយអាហារ", tag), "លេបថ្នាំ|ជាមួយ|អាហារ") << tag;
    EXPECT_EQ(broken("ဆေးသောက်ပါ", tag), "ဆေး|သောက်|ပါ") << tag;
  }
}

TEST(LineBreaking, OfAMegabyteIsLinear) {
  for (const char* piece : {"Take one tablet daily. ", "กินยาหลังอาหาร", "무릎이 아프면 ", "食後に一日二回", "e\u0301", "\u0301"}) {
    for (const WordBreak words : {WordBreak::Auto, WordBreak::KeepAll, WordBreak::BreakAll}) {
      std::string text;
      while (text.size() < 1'000'000) text += piece;
      (void)line_breaks(text, Locale(), {LineStrictness::Auto, words});
    }
  }
}

}  // namespace
}  // namespace handout::unicode
