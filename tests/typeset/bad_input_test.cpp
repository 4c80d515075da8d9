// Text as nobody should write it: each is set whole or told, in time that grows with its length. The lengths are such that a test that grew with their square would not end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "typeset/draft.h"

namespace handout::typeset {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string repeated(std::string_view part, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

std::vector<std::string> messages(const Outcome& outcome) {
  std::vector<std::string> all;
  for (const auto& each : outcome.diags.all()) all.push_back(each.message);
  return all;
}

// ---- marks ----

// With a mark of its own position class, with one that composes, and with enclosing ones.
TEST(BadMarks, AHundredThousandOnOneLetterAreSet) {
  for (const std::string_view mark : {"\u0301", "\u0323\u0301", "\u20DD"}) {
    const std::string text = "before a" + repeated(mark, 100'000) + " after";
    const auto set_text = set(Draft("en", text), 400_pt);
    EXPECT_EQ(joined(line_texts(*set_text)), text);
    EXPECT_THAT(messages(set_text), IsEmpty());
  }
}

TEST(BadMarks, WithoutALetterAreSet) {
  for (const std::string_view text : {"\u0301", "\u0301\u0301 \u0301", "\u093F", " \u064B"}) EXPECT_EQ(joined(line_texts(*set(Draft("en", text), 400_pt))), text);
}

// ---- isolates ----

// UAX #9, BD2: levels end at 125; what would go deeper overflows, and none of it is text.
TEST(BadIsolates, BeyondTheDeepestLevel) {
  for (const std::string_view open : {"\u2066", "\u2067", "\u2068", "\u2066\u2067", "\u202A", "\u202E\u202D"}) {
    const auto set_text = set(Draft("en", "before " + repeated(open, 200) + "in \u05D0\u05D1 8" + repeated("\u2069", 400) + " after"), 400_pt);
    ASSERT_THAT(set_text->lines, SizeIs(1));
    EXPECT_EQ(joined(run_texts(*set_text, 0)), "before in \u05D0\u05D1 8 after");
    EXPECT_THAT(messages(set_text), IsEmpty());
  }
}

TEST(BadIsolates, ThatNothingOpenedOrCloses) {
  for (const std::string_view text : {"\u2069a\u2069", "a\u2066", "\u2066", "\u202Ca\u202C", "\u2066\u2067\u2068\u202A\u202B\u202D\u202E"}) {
    const auto set_text = set(Draft("en", text), 400_pt);
    EXPECT_EQ(joined(line_texts(*set_text)), text.find('a') == std::string_view::npos ? "" : "a");
    EXPECT_THAT(messages(set_text), IsEmpty());
  }
}

TEST(BadIsolates, ManyThousandsInOneParagraph) {
  const auto set_text = set(Draft("ar", repeated("\u2066a\u2069\u2067\u0628 ", 20'000)), 400_pt);
  EXPECT_EQ(joined(line_texts(*set_text)), repeated("a\u0628 ", 20'000));
}

// ---- spaces ----

TEST(BadSpaces, NothingButSpacesIsOneLine) {
  for (const std::string_view space : {" ", "\u00A0", "\u3000", "\u200B", "\u00AD", "\u2060"}) {
    const auto one = set(Draft("en", space), 400_pt);
    EXPECT_THAT(one->lines, SizeIs(1)) << space;
    EXPECT_EQ(one->lines[0].height, 16_pt);
    EXPECT_THAT(messages(one), IsEmpty());
  }
}

TEST(BadSpaces, AMillionHangOutsideTheirLine) {
  const auto set_text = set(Draft("en", std::string(1'000'000, ' ')), 100_pt);
  EXPECT_THAT(set_text->lines, SizeIs(1));
  EXPECT_LE(set_text->size.width, 100_pt);
  EXPECT_THAT(messages(set_text), IsEmpty());
}

TEST(BadSpaces, EndWithoutAWordBesideForcedBreaks) {
  const auto set_text = set(Draft("en", " \u2028\u2028 \u2028"), 100_pt);
  EXPECT_GE(set_text->lines.size(), 3U);
  EXPECT_THAT(messages(set_text), IsEmpty());
}

// ---- wide words ----

TEST(BadWords, OfAMegabyteIsBrokenAndTold) {
  const std::string text(1'000'000, 'a');
  for (const auto hyphenate : {styled::Hyphenate::No, styled::Hyphenate::Yes}) {
    Draft draft("en", text);
    draft.paragraph.lines.hyphenate = hyphenate;
    const auto set_text = set(draft, 400_pt);
    EXPECT_EQ(joined(line_texts(*set_text)), text);
    EXPECT_LE(set_text->size.width, 400.5_pt);
    EXPECT_THAT(messages(set_text), ElementsAre(HasSubstr("word is wider than its line")));
  }
}

TEST(BadWords, AHundredThousandInOneParagraphJustified) {
  Draft draft("en", repeated("word ", 100'000));
  draft.paragraph.lines.align = styled::Align::Justify;
  const auto set_text = set(draft, 400_pt);
  EXPECT_EQ(joined(line_texts(*set_text)), draft.paragraph.text);
  EXPECT_THAT(messages(set_text), IsEmpty());
}

// A family of four is one sign (UAX #29, GB11), a flag one of two letters (GB12).
TEST(BadWords, AreBrokenBetweenGraphemesOnly) {
  for (const std::string_view cluster : {"e\u0301\u0323", "\u0915\u094D\u0937\u093F", "\U0001F468\u200D\U0001F469\u200D\U0001F467"}) {
    const auto set_text = set(Draft("en", repeated(cluster, 60)), 40_pt);
    ASSERT_GT(set_text->lines.size(), 5U) << cluster;
    for (const std::string& line : line_texts(*set_text)) {
      EXPECT_EQ(line, repeated(cluster, line.size() / cluster.size()));
    }
  }
}

// ---- hyphens ----

class BadHyphens : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-hyphens-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(std::string_view bytes) const { std::ofstream(folder_ / "hyph_en_US.dic", std::ios::binary) << bytes; }

  // The same paragraph twice: what is missing is told once.
  Outcome set_twice(std::string_view text, Length width, const std::filesystem::path& folder) const {
    unicode::Breaker breaker;
    const unicode::Hyphenation hyphenation{{folder}};
    Memo memo;
    Outcome outcome;
    for (const Length each : {width, width + 1_pt}) {
      Draft draft("en", text);
      draft.paragraph.lines.hyphenate = styled::Hyphenate::Yes;
      outcome.fragment = typeset(std::make_shared<const styled::Paragraph>(draft.paragraph), {{}, each}, kAt, nullptr, {shipped_fonts(), breaker, hyphenation}, memo, outcome.diags);
    }
    return outcome;
  }

  std::filesystem::path folder_;
};

constexpr std::string_view kWords = "one paracetamol tablet";

TEST_F(BadHyphens, FromADictionaryStandInWords) {
  write("UTF-8\na1c\n");
  const auto set_text = set_twice(kWords, 60_pt, folder_);
  EXPECT_THAT(line_texts(*set_text), ElementsAre("one para\u00AD", "cetamol ", "tablet"));
  EXPECT_THAT(messages(set_text), IsEmpty());
}

TEST_F(BadHyphens, WithoutAFolderAreNotedAndTheTextIsSet) {
  const auto set_text = set_twice(kWords, 100_pt, folder_ / "none");
  EXPECT_EQ(joined(line_texts(*set_text)), kWords);
  EXPECT_THAT(messages(set_text), ElementsAre("there are no hyphenation patterns for 'en'"));
  EXPECT_FALSE(set_text.diags.has_errors());
  EXPECT_THAT(set_text.diags.all()[0].hint, HasSubstr("hyphen-*"));
}

TEST_F(BadHyphens, OfADamagedDictionaryAreNotedAndTheTextIsSet) {
  for (const std::string_view bytes : {"", "<!DOCTYPE html>\n<p>404</p>", "UTF-8\na1b\nh\xC3\n", "\x1F\x8B\x08"}) {
    write(bytes);
    const auto set_text = set_twice(kWords, 100_pt, folder_);
    EXPECT_EQ(joined(line_texts(*set_text)), kWords);
    EXPECT_THAT(messages(set_text), ElementsAre(AllOf(HasSubstr("hyph_en_US.dic"), HasSubstr("is damaged"))));
    EXPECT_FALSE(set_text.diags.has_errors());
  }
}

}  // namespace
}  // namespace handout::typeset
