// What stands on lines besides words: line heights, blanks, links, underlines, destinations; and the memo, content widths and dump.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>

#include "typeset/draft.h"
#include "typeset/samples.h"

namespace handout::typeset {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

// ---- line heights ----

TEST(LineHeight, StaysOnTheGridWhateverLatinWordsAreInIt) {
  Draft draft("en", "Plain ");
  styled::TextStyle bold = draft.body(), italic = draft.body(), raised = draft.body(), lowered = draft.body();
  bold.weight = 700;
  italic.slant = fonts::Slant::Italic;
  raised.size = lowered.size = 8_pt;
  raised.baseline_shift = 5_pt;
  lowered.baseline_shift = -3_pt;
  draft.add("bold ", draft.add_style(bold));
  draft.add("italic", draft.add_style(italic));
  draft.add("up", draft.add_style(raised));
  draft.add("down", draft.add_style(lowered));
  const auto mixed = set(draft, 400_pt);
  const auto plain = set(Draft("en", "Plain"), 400_pt);
  EXPECT_EQ(mixed->lines[0].height, 16_pt);
  EXPECT_EQ(mixed->lines[0].baseline, plain->lines[0].baseline);
  const auto runs = glyph_runs(*mixed, 0);
  ASSERT_THAT(runs, SizeIs(5));
  EXPECT_EQ(runs[3]->origin.y, plain->lines[0].baseline - 5_pt);
  EXPECT_EQ(runs[4]->origin.y, plain->lines[0].baseline + 3_pt);
}

TEST(LineHeight, IsTheSameForParagraphsOfDifferentScripts) {
  for (const std::string_view language : {"fr", "hi", "zh-Hans", "ja", "vi", "th", "he", "ta"}) {
    const auto* sample = std::find_if(kSamples.begin(), kSamples.end(), [&](const Sample& s) { return s.language == language; });
    Draft draft(language, sample->text);
    draft.paragraph.lines.line_height = 16.2_pt;
    const auto set_text = set(draft, 180_pt);
    Draft english("en", "x");
    english.paragraph.lines.line_height = 16.2_pt;
    EXPECT_EQ(set_text->lines[0].baseline, set(english, 180_pt)->lines[0].baseline) << language;
    for (const auto& line : set_text->lines) EXPECT_EQ(line.height, 16.2_pt) << language;
  }
}

TEST(LineHeight, GrowsForNastaliqInEveryLine) {
  Draft draft("ur", "دن میں دو بار ایک گولی پانی کے گلاس کے ساتھ لیں۔");
  draft.add("\u2028Paracetamol");
  const auto set_text = set(draft, 180_pt);
  ASSERT_GT(set_text->lines.size(), 2U);
  EXPECT_GT(set_text->lines[0].height, 24_pt);
  EXPECT_LT(set_text->lines[0].height, 31_pt);
  for (const auto& line : set_text->lines) EXPECT_EQ(line.height, set_text->lines[0].height);
  for (std::size_t i = 1; i < set_text->lines.size(); ++i) EXPECT_EQ(set_text->lines[i].top, set_text->lines[i - 1].top + set_text->lines[i - 1].height);
}

TEST(LineHeight, GrowsForALineOfLargerType) {
  Draft draft("en", "small ");
  styled::TextStyle large = draft.body();
  large.size = 30_pt;
  draft.add("large\u2028", draft.add_style(large));
  draft.add("small");
  const auto set_text = set(draft, 400_pt);
  EXPECT_GT(set_text->lines[0].height, 30_pt);
  EXPECT_EQ(set_text->lines[1].height, 16_pt);
}

TEST(LineHeight, OfAParagraphThatBeginsRaisedIsItsTexts) {
  Draft draft("en");
  styled::TextStyle raised = draft.body();
  raised.size = 7_pt;
  raised.baseline_shift = 5_pt;
  draft.add("1", draft.add_style(raised));
  draft.add(" Note");
  EXPECT_EQ(set(draft, 200_pt)->lines[0].baseline, set(Draft("en", "Note"), 200_pt)->lines[0].baseline);
}

// ---- marks ----

TEST(Blanks, AreRuledAtTheBaselineAndHaveNoText) {
  Draft draft("en", "Name: ");
  draft.add_blank(60_pt);
  draft.add(" Date: ");
  draft.add_blank(40_pt);
  const auto set_text = set(draft, 300_pt);
  EXPECT_THAT(run_texts(*set_text, 0), ElementsAre("Name: ", " Date: "));
  const auto rules = commands<display::StrokedLine>(*set_text, 0);
  ASSERT_THAT(rules, SizeIs(2));
  EXPECT_EQ(rules[0]->to.x - rules[0]->from.x, 60_pt);
  EXPECT_EQ(rules[0]->from.y, set_text->lines[0].baseline);
  EXPECT_EQ(rules[0]->to.x, glyph_runs(*set_text, 0)[1]->origin.x);
  const auto narrow_lines = set(draft, 70_pt);
  EXPECT_GT(narrow_lines->lines.size(), 1U);
  EXPECT_TRUE(narrow_lines.diags.all().empty()) << "a line may break before a blank";
}

TEST(Blanks, AWideBlankIsNotBroken) {
  Draft draft("en", "x");
  draft.add_blank(90_pt);
  const auto set_text = set(draft, 50_pt);
  ASSERT_THAT(set_text->lines, SizeIs(2));
  EXPECT_EQ(commands<display::StrokedLine>(*set_text, 1)[0]->to.x, 90_pt);
}

Draft draft_with_link() {
  Draft draft("en", "Please read our page ");
  const std::size_t link = draft.add_element(display::Role::Link);
  draft.paragraph.elements[link].link = display::UriTarget{"https://example.org"};
  styled::TextStyle style = draft.body();
  style.decoration = styled::Decoration::Underline;
  const std::size_t underlined = draft.add_style(style);
  draft.add("about your new", underlined, link);
  const std::size_t inner = draft.add_element(display::Role::Span);
  draft.paragraph.elements[inner].parent = display::LocalElement{link};
  styled::TextStyle bold = style;
  bold.weight = 700;
  draft.add(" medicines", draft.add_style(bold), inner);
  draft.add(" today.");
  return draft;
}

TEST(Links, HaveAnAreaOnEachLineTheyTouch) {
  const auto set_text = set(draft_with_link(), 160_pt);
  ASSERT_GE(set_text->lines.size(), 2U);
  std::size_t areas = 0;
  for (std::size_t line = 0; line < set_text->lines.size(); ++line) {
    const auto& at = set_text->lines[line];
    for (std::size_t c = at.first_command; c < at.first_command + at.command_count; ++c) {
      const display::Command& command = set_text->commands[c];
      const auto* area = std::get_if<display::LinkArea>(&command.what);
      if (area == nullptr) continue;
      ++areas;
      EXPECT_EQ(command.element, display::LocalElement{1}) << "the area is the link's, not its inner element's";
      EXPECT_LT(area->rect.y, at.baseline);
      EXPECT_GT(area->rect.bottom(), at.baseline);
      EXPECT_LE(area->rect.right(), 160_pt);
    }
  }
  EXPECT_EQ(areas, 2U);
}

TEST(Links, AreaCoversExactlyItsWords) {
  const auto set_text = set(draft_with_link(), 500_pt);
  const auto areas = commands<display::LinkArea>(*set_text, 0);
  ASSERT_THAT(areas, SizeIs(1));
  const auto runs = glyph_runs(*set_text, 0);
  ASSERT_THAT(runs, SizeIs(4));
  EXPECT_EQ(areas[0]->rect.x, runs[1]->origin.x);
  EXPECT_EQ(areas[0]->rect.right(), runs[3]->origin.x);
}

TEST(Underline, RunsUnderItsWordsAsDecoration) {
  const auto set_text = set(draft_with_link(), 500_pt);
  std::vector<const display::StrokedLine*> rules;
  for (const display::Command& command : set_text->commands) {
    if (const auto* rule = std::get_if<display::StrokedLine>(&command.what)) {
      EXPECT_FALSE(command.element.has_value());
      rules.push_back(rule);
    }
  }
  ASSERT_THAT(rules, SizeIs(2)) << "one for each style";
  EXPECT_EQ(rules[0]->from.x, glyph_runs(*set_text, 0)[1]->origin.x);
  EXPECT_EQ(rules[0]->to.x, rules[1]->from.x);
  EXPECT_GT(rules[0]->from.y, set_text->lines[0].baseline);
  EXPECT_GT(rules[0]->width, 0_pt);
}

TEST(Elements, RunsKeepTheirElementAndSource) {
  Draft draft("en", "Dear ");
  const std::size_t span = draft.add_element(display::Role::Span);
  draft.add("Ada", 0, span).source = display::TextSource::Field;
  draft.add(",");
  const auto set_text = set(draft, 200_pt);
  EXPECT_THAT(run_texts(*set_text, 0), ElementsAre("Dear ", "Ada", ","));
  EXPECT_EQ(set_text->commands[1].element, display::LocalElement{span});
  EXPECT_EQ(glyph_runs(*set_text, 0)[1]->source, display::TextSource::Field);
  EXPECT_EQ(set_text->elements.size(), 2U);
}

// ---- memo, widths, dump ----

TEST(MemoTest, FindsTheSameWidthsOnly) {
  const auto paragraph = std::make_shared<const styled::Paragraph>(Draft("en", "one two").paragraph);
  unicode::Breaker breaker;
  const Resources resources{shipped_fonts(), breaker, shipped_patterns()};
  Memo memo;
  Diagnostics diags;
  EXPECT_EQ(memo.find(*paragraph, {{}, 100_pt}), nullptr);
  const auto first = typeset(paragraph, {{}, 100_pt}, kAt, nullptr, resources, memo, diags);
  EXPECT_EQ(memo.find(*paragraph, {{}, 100_pt}), first);
  EXPECT_EQ(typeset(paragraph, {{}, 100_pt}, kAt, nullptr, resources, memo, diags), first);
  EXPECT_EQ(memo.find(*paragraph, {{10_pt}, 100_pt}), nullptr);
  EXPECT_NE(typeset(paragraph, {{}, 30_pt}, kAt, nullptr, resources, memo, diags), first);
}

TEST(MemoTest, WhatHasSomethingToTellTellsItAtEachPlace) {
  const auto first = std::make_shared<const styled::Paragraph>(Draft("tl", "Donaudampfschifffahrt").paragraph), again = std::make_shared<const styled::Paragraph>(*first);
  unicode::Breaker breaker;
  const Resources resources{shipped_fonts(), breaker, shipped_patterns()};
  Memo memo;
  Diagnostics diags;
  typeset(first, {{}, 30_pt}, kAt, nullptr, resources, memo, diags);
  ASSERT_EQ(diags.all().size(), 1U);
  typeset(again, {{}, 30_pt}, Span::of_file("b.xml").at(1, 1), nullptr, resources, memo, diags);
  EXPECT_EQ(diags.all().size(), 2U);
}

TEST(MemoTest, AnEqualParagraphIsMetAgain) {
  const Draft draft("en", "one two");
  const auto first = std::make_shared<const styled::Paragraph>(draft.paragraph), again = std::make_shared<const styled::Paragraph>(draft.paragraph);
  Draft other = draft;
  other.paragraph.styles[0].color = Color{255, 0, 0};
  unicode::Breaker breaker;
  const Resources resources{shipped_fonts(), breaker, shipped_patterns()};
  Memo memo;
  Diagnostics diags;
  const auto set_first = typeset(first, {{}, 100_pt}, kAt, nullptr, resources, memo, diags);
  EXPECT_EQ(typeset(again, {{}, 100_pt}, kAt, nullptr, resources, memo, diags), set_first);
  EXPECT_NE(typeset(std::make_shared<const styled::Paragraph>(other.paragraph), {{}, 100_pt}, kAt, nullptr, resources, memo, diags), set_first);
}

TEST(MemoTest, KeepsNothingThatHangsOnThePage) {
  Draft draft("en", "p. ");
  draft.add_field(styled::PageFieldKind::Page);
  const auto paragraph = std::make_shared<const styled::Paragraph>(draft.paragraph);
  unicode::Breaker breaker;
  const Resources resources{shipped_fonts(), breaker, shipped_patterns()};
  Memo memo;
  Diagnostics diags;
  const PageFieldValues two{2, 9, {}}, three{3, 9, {}};
  EXPECT_EQ(line_texts(*typeset(paragraph, {{}, 100_pt}, kAt, &two, resources, memo, diags))[0], "p. 2");
  EXPECT_EQ(line_texts(*typeset(paragraph, {{}, 100_pt}, kAt, &three, resources, memo, diags))[0], "p. 3");
}

TEST(ContentWidths, AreThoseOfTheWidestWordAndLine) {
  unicode::Breaker breaker;
  const Resources resources{shipped_fonts(), breaker, shipped_patterns()};
  const auto word = set(Draft("en", "paracetamol"), 500_pt)->size.width;
  const auto widths = content_widths(Draft("en", "one paracetamol\u2028a").paragraph, resources);
  EXPECT_EQ(widths.minimum, word);
  EXPECT_EQ(widths.maximum, set(Draft("en", "one paracetamol"), 500_pt)->size.width);
  EXPECT_EQ(content_widths(Draft("en").paragraph, resources).maximum, 0_pt);
  for (const Sample& sample : kSamples) {
    const Draft draft(sample.language, sample.text);
    const auto of_sample = content_widths(draft.paragraph, resources);
    EXPECT_TRUE(set(draft, of_sample.minimum).diags.all().empty()) << sample.language << " needs no broken word";
    EXPECT_EQ(set(draft, of_sample.maximum)->lines.size(), 1U) << sample.language;
  }
}

TEST(Dump, TellsEachLine) {
  Draft draft("en", "one two");
  EXPECT_EQ(dump(*set(draft, 30_pt), shipped_fonts()),
            "1: width 21.444 baseline 12.656 height 16 [NotoSans-Regular 12 at 0 -> element 0: one ]\n"
            "2: width 21.024 baseline 28.656 height 16 [NotoSans-Regular 12 at 0 -> element 0: two]\n");
}

TEST(Typeset, IsTheSameEveryTime) {
  for (const Sample& sample : kSamples) {
    const Draft draft(sample.language, sample.text);
    EXPECT_EQ(dump(*set(draft, 150_pt), shipped_fonts()), dump(*set(draft, 150_pt), shipped_fonts()));
  }
}

// Printed, not asserted: what a long paragraph costs.
TEST(Typeset, SetsAHundredThousandWords) {
  const Sample& sample = kSamples.front();
  std::string text;
  std::size_t count = 0;
  while (count < 100'000) {
    text += sample.text;
    text += ' ';
    count += static_cast<std::size_t>(std::count(sample.text.begin(), sample.text.end(), ' ')) + 1;
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto set_text = set(Draft(sample.language, text), 400_pt);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  EXPECT_GT(set_text->lines.size(), 5'000U);
  EXPECT_EQ(joined(line_texts(*set_text)), text);
  std::cout << count << " words, " << set_text->lines.size() << " lines in " << seconds.count() << " s\n";
}

TEST(Typeset, SetsAVeryLongWord) {
  const auto set_text = set(Draft("en", std::string(20'000, 'a')), 100_pt);
  EXPECT_LE(set_text->size.width, 100.5_pt);
  EXPECT_THAT(set_text.diags.all(), SizeIs(1));
}

}  // namespace
}  // namespace handout::typeset
