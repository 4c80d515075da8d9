// What stays whole at a line's end, and where words are broken.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "typeset/draft.h"

namespace handout::typeset {
namespace {

using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

// Set at every width from 40 to 240 pt, each line's text as drawn.
template <typename Check>
void at_each_width(const Draft& draft, const Check& check) {
  for (int width = 40; width <= 240; width += 4) {
    const auto outcome = set(draft, width * 1_pt);
    check(line_texts(*outcome), outcome.diags);
  }
}

std::string shown(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line + "|";
  return all;
}

// `whole` stands on one line at every width at which it fits on one.
void expect_whole(std::string_view language, std::string_view text, std::string_view whole) {
  Draft draft(language, text);
  const Length needed = set(Draft(language, whole), 1000_pt)->size.width;
  for (int width = 40; width <= 240; width += 4) {
    if (width * 1_pt < needed + 1_pt) continue;
    EXPECT_THAT(line_texts(*set(draft, width * 1_pt)), Contains(HasSubstr(std::string(whole)))) << width;
  }
}

TEST(Whole, DosesPhonesAndNames) {
  expect_whole("en", "Take up to 500 mg of it at a time and call 555 0142 if it hurts", "500 mg");
  expect_whole("en", "Please call us at +1 (555) 010-0199 at once", "+1 (555) 010-0199");
  expect_whole("en", "In an emergency call 1-800-555-0199 at any hour", "1-800-555-0199");
  expect_whole("en", "You will be seen by Dr. Ruiz at the clinic in town", "Dr. Ruiz");
  expect_whole("ru", "Принимайте по 500 мг два раза в день после еды", "500 мг");
  expect_whole("de", "Nehmen Sie höchstens 4 g am Tag ein, nicht mehr", "4 g");
  expect_whole("ar", "خذ ٥٠٠ ملغ مرتين في اليوم بعد الأكل مع الماء", "٥٠٠ ملغ");
}

TEST(Whole, AWordMayStillEndALineWithANumber) {
  bool parted = false;
  at_each_width(Draft("en", "there are 25 studies of it with 480 people in all of them"), [&](const auto& lines, const Diagnostics&) { parted = parted || shown(lines).find("25 |studies") != std::string::npos; });
  EXPECT_TRUE(parted) << "people are no unit";
}

TEST(Whole, AddressesBreakAtTheirJointsWithoutAHyphen) {
  const std::string url = "https://www.example.org/knee/stem-cells?lang=en";
  at_each_width(Draft("en", "See " + url + " for more"), [&](const std::vector<std::string>& lines, const Diagnostics&) {
    EXPECT_THAT(joined(lines), HasSubstr(url));
    for (const std::string& line : lines) {
      EXPECT_THAT(line, Not(EndsWith("-"))) << shown(lines) << ": a hyphen at the end would seem to be the line's";
      EXPECT_THAT(line, Not(EndsWith("www."))) << shown(lines);
    }
  });
  EXPECT_EQ(line_texts(*set(Draft("en", "See " + url), 500_pt)).size(), 1U);
}

TEST(Whole, KoreanBreaksBetweenWords) {
  const std::string text = "무릎이 아프면 이틀 동안 쉬고 다시 걸으십시오";
  at_each_width(Draft("ko", text), [&](const std::vector<std::string>& lines, const Diagnostics& diags) {
    if (!diags.all().empty()) return;  // a word wider than its line
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) EXPECT_THAT(lines[i], EndsWith(" ")) << shown(lines);
  });
  Draft between("ko", text);
  between.paragraph.lines.breaks.words = unicode::WordBreak::Normal;
  bool parted = false;
  at_each_width(between, [&](const std::vector<std::string>& lines, const Diagnostics&) { parted = parted || !lines.front().ends_with(" "); });
  EXPECT_TRUE(parted);
}

TEST(Whole, StrictJapaneseKeepsSmallKanaFromALinesStart) {
  const std::string text = "チューブをしっかりとしめてください";
  const auto begins_small = [&](unicode::LineStrictness strictness) {
    Draft draft("ja", text);
    draft.paragraph.lines.breaks.strictness = strictness;
    bool found = false;
    at_each_width(draft, [&](const std::vector<std::string>& lines, const Diagnostics&) {
      for (const std::string& line : lines) found = found || line.starts_with("ュ") || line.starts_with("っ") || line.starts_with("ー");
    });
    return found;
  };
  EXPECT_FALSE(begins_small(unicode::LineStrictness::Strict));
  EXPECT_TRUE(begins_small(unicode::LineStrictness::Loose));
}

TEST(Hyphens, AreTakenWhereTheParagraphAsks) {
  Draft draft("en", "The treatment of osteoarthritis is recommended by physiotherapists everywhere.");
  const auto has_hyphen = [](const std::vector<std::string>& lines) { return joined(lines).find("\u00AD") != std::string::npos; };
  bool hyphened = false;
  const auto look = [&] {
    for (int width = 110; width <= 240; width += 4) hyphened = hyphened || has_hyphen(line_texts(*set(draft, width * 1_pt)));
  };
  look();
  EXPECT_FALSE(hyphened) << "left alone, only words wider than their line have any";
  draft.paragraph.lines.hyphenate = styled::Hyphenate::Yes;
  draft.paragraph.lines.align = styled::Align::Justify;
  look();
  EXPECT_TRUE(hyphened);
}

TEST(Hyphens, GermanHasThemWithoutBeingAsked) {
  Draft draft("de", "Die Krankenversicherung übernimmt Kniegelenksuntersuchungen selbstverständlich regelmäßig.");
  draft.paragraph.lines.hyphenate = styled::Hyphenate::Auto;
  bool hyphened = false;
  at_each_width(draft, [&](const std::vector<std::string>& lines, const Diagnostics&) { hyphened = hyphened || (lines.size() < 5 && joined(lines).find("\u00AD") != std::string::npos); });
  EXPECT_TRUE(hyphened);
}

TEST(Hyphens, AWordWithSoftHyphensIsBrokenOnlyThere) {
  Draft draft("en", "physio\u00ADtherapists everywhere");
  draft.paragraph.lines.hyphenate = styled::Hyphenate::Yes;
  EXPECT_THAT(line_texts(*set(draft, 70_pt)), testing::ElementsAre("physio\u00AD", "therapists ", "everywhere"));
}

TEST(Hyphens, StandInTheColourAndFaceOfTheirWord) {
  Draft draft("de", "Kniegelenksuntersuchung");
  draft.paragraph.styles[0].weight = 700;
  const auto set_text = set(draft, 80_pt);
  const auto runs = glyph_runs(*set_text, 0);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_TRUE(runs[0]->text.ends_with("\u00AD"));
  EXPECT_EQ(runs[0]->glyphs.back().glyph, shipped_fonts().nominal_glyph(runs[0]->face, U'\u2010'));
}

}  // namespace
}  // namespace handout::typeset
