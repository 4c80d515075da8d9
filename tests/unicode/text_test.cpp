#include "unicode/text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace handout::unicode {
namespace {

using Runs = std::vector<std::string>;

TEST(Utf8, FindsTheFirstIllFormedSequence) {
  EXPECT_EQ(find_invalid_utf8(""), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("plain text of more than eight bytes, añ漢😀\U0010FFFF"), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("ab\xFF"), 2U);
  EXPECT_EQ(find_invalid_utf8("12345678\x80rest"), 8U);            // lone trail byte, at the edge of a word
  EXPECT_EQ(find_invalid_utf8("é\xC0\xAF"), 2U);                   // overlong '/'
  EXPECT_EQ(find_invalid_utf8("a\xE0\x80\x80"), 1U);               // overlong NUL
  EXPECT_EQ(find_invalid_utf8("a\xED\xA0\x80"), 1U);               // surrogate U+D800
  EXPECT_EQ(find_invalid_utf8("a\xF4\x90\x80\x80"), 1U);           // beyond U+10FFFF
  EXPECT_EQ(find_invalid_utf8("a\xE6\xBC"), 1U);                   // cut off
  EXPECT_EQ(find_invalid_utf8(std::string_view("a\0b", 3)), std::nullopt);
}

TEST(Utf8, DecodesEachLength) {
  const std::string text = "aé漢😀";
  const std::vector<std::pair<char32_t, std::size_t>> expected{{U'a', 1}, {U'é', 3}, {U'漢', 6}, {U'😀', 10}};
  std::size_t at = 0;
  for (const auto& [value, end] : expected) {
    const CodePoint c = decode(text, at);
    EXPECT_EQ(c.value, value);
    EXPECT_EQ(c.begin, at);
    EXPECT_EQ(c.end, end);
    at = c.end;
  }
}

TEST(Utf8, DecodingPassesTheEndIsOurOwnBug) {
  EXPECT_DEATH((void)decode("ab", 2), "precondition");
}

TEST(Utf8, AppendsAndCountsCodePoints) {
  std::string text;
  for (const char32_t c : {U'a', U'é', U'漢', U'😀', U'\U0010FFFF'}) append_utf8(text, c);
  EXPECT_EQ(text, "aé漢😀\U0010FFFF");
  EXPECT_EQ(count_code_points(text), 5U);
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_DEATH(append_utf8(text, 0xD800), "precondition");
  EXPECT_DEATH(append_utf8(text, 0x110000), "precondition");
}

TEST(Characters, HaveTheirProperties) {
  for (const char32_t c : {U' ', U'\t', U'\u00A0', U'\u2028', U'\u3000'}) EXPECT_TRUE(is_white_space(c)) << describe(c);
  for (const char32_t c : {U'a', U'\u200B', U'\uFEFF'}) EXPECT_FALSE(is_white_space(c)) << describe(c);
  for (const char32_t c : {U'\u00AD', U'\u200B', U'\u200D', U'\uFE0F', U'\u2066'}) EXPECT_TRUE(is_default_ignorable(c)) << describe(c);
  for (const char32_t c : {U'a', U' ', U'\u0301'}) EXPECT_FALSE(is_default_ignorable(c)) << describe(c);
  for (const char32_t c : {U'\u0301', U'\u093F', U'\u20DD'}) EXPECT_TRUE(is_mark(c)) << describe(c);  // Mn, Mc, Me
  for (const char32_t c : {U'a', U'\u00B4', U'\u200D'}) EXPECT_FALSE(is_mark(c)) << describe(c);
}

TEST(Characters, ExactlyTwelveAreBidiControls) {
  std::vector<char32_t> found;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (is_bidi_control(c)) found.push_back(c);
  }
  EXPECT_EQ(found, (std::vector<char32_t>{0x61C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069}));
}

TEST(Characters, AreDescribedByCodeAndName) {
  EXPECT_EQ(describe(U'A'), "U+0041 LATIN CAPITAL LETTER A");
  EXPECT_EQ(describe(U'😀'), "U+1F600 GRINNING FACE");
  EXPECT_EQ(describe(U'\n'), "U+000A <control-000A>");
  EXPECT_EQ(describe(0x378), "U+0378 <unassigned-0378>");
}

TEST(Cleaning, ComposesToNfc) {
  EXPECT_EQ(to_nfc("cafe\u0301"), "café");
  EXPECT_EQ(to_nfc("a\u0323\u0302"), "\u1EAD");          // Vietnamese ậ
  EXPECT_EQ(to_nfc("\u212B"), "\u00C5");                 // ANGSTROM SIGN is a singleton
  EXPECT_EQ(to_nfc("plain ÿ"), "plain ÿ");
  EXPECT_EQ(to_nfc("\u0958"), "\u0915\u093C");           // composition exclusion
  EXPECT_EQ(to_nfc(""), "");
}

TEST(Cleaning, AFieldBringsNoControlIntoALine) {
  EXPECT_EQ(sanitize_field("Ana\u202E\u2066 María\u2069\u200F\u061C"), "Ana María");
  EXPECT_EQ(sanitize_field("a\r\nb\nc\rd\te\vf\fg\u0085h\u2028i\u2029j"), "a b c d e f g h i j");
  EXPECT_EQ(sanitize_field("a\n\r\nb"), "a  b");  // two line breaks
  EXPECT_EQ(sanitize_field("a\r"), "a ");
  for (const char* const blank : {"", " ", "\u200B", "\u00AD", "\u2060", "\uFEFF", "\u3164", "\u2800", "\u200D", "\u180E", "\u115F", "\u2003", "\u00A0 \u3000"}) EXPECT_TRUE(is_blank(blank)) << blank;
  for (const char* const shows : {"a", "\u200Ba", ".", "\u0301", "\u0E31"}) EXPECT_FALSE(is_blank(shows)) << shows;
  EXPECT_EQ(sanitize_field(std::string_view("a\0b\x1B\x7F\xC2\x9F", 7)), "ab");
  EXPECT_EQ(sanitize_field("a\uFFFEb\uFDD0c\U0010FFFFd\U0001FFFEe"), "abcde");
  EXPECT_EQ(sanitize_field("\u00A0أحمد 漢 e\u0301 👩\u200D⚕\uFE0F"), "\u00A0أحمد 漢 e\u0301 👩\u200D⚕\uFE0F");
  EXPECT_EQ(sanitize_field(""), "");
}

TEST(Cleaning, ProseLosesItsIndentation) {
  EXPECT_EQ(collapse_white_space("one\n    two\t three"), "one two three");
  EXPECT_EQ(collapse_white_space("  edge\r\n"), " edge ");
  EXPECT_EQ(collapse_white_space("5\u00A0 \u202Fmg"), "5\u00A0 \u202Fmg");
  EXPECT_EQ(collapse_white_space("a\u2028\u0085b"), "a b");
  EXPECT_EQ(collapse_white_space("、\u3000漢\u2009"), "、\u3000漢\u2009");  // a width of their own
  EXPECT_EQ(collapse_white_space(""), "");
}

Runs scripts(std::string_view text) {
  Runs out;
  std::size_t at = 0;
  for (const ScriptRun& run : script_runs(text)) {
    EXPECT_EQ(run.begin, at);
    at = run.end;
    out.push_back(run.script + ":" + std::string(text.substr(run.begin, run.end - run.begin)));
  }
  EXPECT_EQ(at, text.size());
  return out;
}

TEST(ScriptRuns, CommonCharactersJoinTheirNeighbours) {
  EXPECT_EQ(scripts(""), Runs{});
  EXPECT_EQ(scripts("12, 3"), Runs{"Zyyy:12, 3"});
  EXPECT_EQ(scripts("… 漢"), Runs{"Hani:… 漢"});
  EXPECT_EQ(scripts("pain ألم 5"), (Runs{"Latn:pain ", "Arab:ألم 5"}));
  EXPECT_EQ(scripts("日本のカタカナ"), (Runs{"Hani:日本", "Hira:の", "Kana:カタカナ"}));
}

TEST(ScriptRuns, Latin1IsWhatTheWholeRulesSay) {
  for (const std::string text : {"knee", "¡Señor!", "\u00AA", "\u00BA", "\u00B5", "× ÷ 1", "(2)", "ÿ"}) {
    std::string script;
    for (const ScriptRun& run : script_runs(text)) script += run.script;
    // U+2026 takes the text out of the fast path and is Common.
    Runs whole;
    for (const ScriptRun& run : script_runs(text + "…")) whole.push_back(run.script);
    EXPECT_EQ(Runs{script}, whole) << text;
  }
}

TEST(ScriptRuns, BracketsTakeTheirOpenersScript) {
  EXPECT_EQ(scripts("gamma (γ) is"), (Runs{"Latn:gamma (", "Grek:γ", "Latn:) is"}));
  EXPECT_EQ(scripts("(漢) [a]"), (Runs{"Hani:(漢) [", "Latn:a", "Hani:]"}));
  EXPECT_EQ(scripts("a(б[γ)δ]"), (Runs{"Latn:a(", "Cyrl:б[", "Grek:γ", "Latn:)", "Grek:δ]"}));  // the inner one is dropped with its outer
  EXPECT_EQ(scripts("\u2329漢\u3009 a"), (Runs{"Hani:\u2329漢\u3009 ", "Latn:a"}));              // canonical equivalents pair
}

TEST(ScriptRuns, MarksStayWithTheirBase) {
  EXPECT_EQ(scripts("б\u0301 а"), Runs{"Cyrl:б\u0301 а"});
  EXPECT_EQ(scripts("a\u093F б"), (Runs{"Latn:a\u093F ", "Cyrl:б"}));      // a base keeps its own script
  EXPECT_EQ(scripts("abc \u25CC\u093F"), (Runs{"Latn:abc ", "Deva:\u25CC\u093F"}));
}

TEST(ScriptRuns, ScriptExtensionsDecideBetweenNeighbours) {
  EXPECT_EQ(scripts("abc「漢」d"), (Runs{"Latn:abc", "Hani:「漢」", "Latn:d"}));
  EXPECT_EQ(scripts("abc ـعـ"), (Runs{"Latn:abc ", "Arab:ـعـ"}));          // U+0640 TATWEEL
  EXPECT_EQ(scripts("abc。def"), Runs{"Latn:abc。def"});
}

std::vector<std::string> segments(const std::string& text, const std::vector<LineBreak>& breaks) {
  std::vector<std::string> out;
  std::size_t from = 0;
  for (const LineBreak& at : breaks) {
    out.push_back((at.kind == BreakKind::Mandatory ? "!" : "") + text.substr(from, at.offset - from));
    from = at.offset;
  }
  out.push_back(text.substr(from));
  return out;
}

TEST(LineBreaks, AreAllowedOrMandatoryAndNeverAtTheEnd) {
  const Locale en;
  EXPECT_TRUE(line_breaks("", en).empty());
  EXPECT_TRUE(line_breaks("word\n", en).empty());
  const std::string text = "take 5\u00A0mg\nat the-day’s end ";
  EXPECT_EQ(segments(text, line_breaks(text, en)), (std::vector<std::string>{"take ", "!5\u00A0mg\n", "at ", "the-", "day’s ", "end "}));
}

TEST(LineBreaks, CountBytesInEveryPlane) {
  const Locale zh = *Locale::parse("zh-Hans");
  const std::string text = "服药😀，两次。";
  EXPECT_EQ(segments(text, line_breaks(text, zh)), (std::vector<std::string>{"服", "药", "😀，", "两", "次。"}));
}

TEST(LineBreaks, KnowThaiWords) {
  const std::string text = "กินยาหลังอาหาร";
  EXPECT_EQ(segments(text, line_breaks(text, *Locale::parse("th"))), (std::vector<std::string>{"กิน", "ยา", "หลัง", "อาหาร"}));
}

TEST(LineBreaks, BetweenThaiWordsBeforeALineSeparatorAreNoneThatMustBe) {
  const std::string text = "กินยา\u2028หลังอาหาร\nยา";
  EXPECT_EQ(segments(text, line_breaks(text, *Locale::parse("th"))), (std::vector<std::string>{"กิน", "!ยา\u2028", "หลัง", "!อาหาร\n", "ยา"}));
}

TEST(Graphemes, AreEveryBoundary) {
  EXPECT_EQ(grapheme_boundaries(""), (std::vector<std::size_t>{0}));
  EXPECT_EQ(grapheme_boundaries("aé!"), (std::vector<std::size_t>{0, 1, 3, 4}));
  EXPECT_EQ(grapheme_boundaries("a\r\nb"), (std::vector<std::size_t>{0, 1, 3, 4}));
  EXPECT_EQ(grapheme_boundaries("e\u0301x"), (std::vector<std::size_t>{0, 3, 4}));
  EXPECT_EQ(grapheme_boundaries("👩\u200D⚕\uFE0F"), (std::vector<std::size_t>{0, 13}));
}

TEST(Words, AreCountedWithoutPunctuation) {
  EXPECT_EQ(count_words("", Locale()), 0U);
  EXPECT_EQ(count_words(" … — !", Locale()), 0U);
  EXPECT_EQ(count_words("Don’t take 2.5 mg, please!", Locale()), 5U);
  EXPECT_EQ(count_words("กินยาหลังอาหาร", *Locale::parse("th")), 4U);
}

TEST(Breaker, AnswersAsTheFreeFunctionsDoHoweverOftenAsked) {
  Breaker first;
  const Locale en, th = *Locale::parse("th");
  const std::string latin = "one two-three é\u0301", thai = "กินยาหลังอาหาร 👩\u200D⚕";
  (void)first.line_breaks(latin, en);
  Breaker breaker = std::move(first);
  for (int round = 0; round < 2; ++round) {
    for (const Locale& locale : {en, th}) {
      for (const std::string& text : {latin, thai}) {
        EXPECT_EQ(segments(text, breaker.line_breaks(text, locale)), segments(text, line_breaks(text, locale)));
        EXPECT_EQ(breaker.grapheme_boundaries(text), grapheme_boundaries(text));
        EXPECT_EQ(breaker.count_words(text, locale), count_words(text, locale));
      }
    }
  }
}

}  // namespace
}  // namespace handout::unicode
