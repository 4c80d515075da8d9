// The steps before breaking: collect, itemize, shape, and the measures of opportunities.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "typeset/break_lines.h"
#include "typeset/collect.h"
#include "typeset/draft.h"
#include "typeset/itemize.h"
#include "typeset/samples.h"
#include "typeset/set_lines.h"

namespace handout::typeset {
namespace {

// A draft taken as far as shaping. The draft must outlive it.
class Shaped {
 public:
  explicit Shaped(const Draft& draft) : text(shape(itemize(draft.paragraph, collect(draft.paragraph, nullptr), kAt, resources, diags), resources)) {}
  Shaped(const Shaped&) = delete;
  Shaped& operator=(const Shaped&) = delete;

  unicode::Breaker breaker;
  Resources resources{shipped_fonts(), breaker, shipped_patterns()};
  Diagnostics diags;
  ShapedText text;
};

std::string face_name(const Item& item) { return shipped_fonts().info(item.face).postscript_name; }

TEST(Collect, PutsPageFieldsInAndMovesWhatFollows) {
  Draft draft("en");
  draft.add("p. ");
  draft.add_field(styled::PageFieldKind::Page);
  draft.add("/");
  draft.add_field(styled::PageFieldKind::Pages);
  draft.add(" ");
  draft.add_blank(20_pt);
  draft.add("!");
  const PageFieldValues fields{7, 123, {}};
  const CollectedText collected = collect(draft.paragraph, &fields);
  EXPECT_EQ(collected.text, "p. 7/123 \uFFFC!");
  ASSERT_EQ(collected.blanks.size(), 1U);
  EXPECT_EQ(collected.blanks[0].offset, 9U);
  ASSERT_EQ(collected.runs.size(), 7U);
  EXPECT_EQ(collected.runs[3].begin, 5U);
  EXPECT_EQ(collected.runs[3].end, 8U);
  EXPECT_EQ(collected.runs.back().end, collected.text.size());
}

TEST(Collect, WritesNumbersInTheRunsLanguage) {
  Draft draft("fa", "صفحه ");
  draft.add_field(styled::PageFieldKind::Page);
  const PageFieldValues fields{12, 20, {}};
  EXPECT_EQ(collect(draft.paragraph, &fields).text, "صفحه ۱۲");
}

TEST(Collect, IsolatesTheSectionTitle) {
  Draft draft("en", "in ");
  draft.add_field(styled::PageFieldKind::SectionTitle);
  const PageFieldValues fields{1, 1, "مقدمة"};
  EXPECT_EQ(collect(draft.paragraph, &fields).text, "in \u2068مقدمة\u2069");
  const PageFieldValues untitled{1, 1, ""};
  EXPECT_EQ(collect(draft.paragraph, &untitled).text, "in ");
}

TEST(Itemize, CutsAtLevelsScriptsAndHiddenCharacters) {
  const Draft draft("ar", "خذ \u2068Advil\u2069 الآن");
  const Shaped shaped(draft);
  std::vector<std::string> items;
  for (const Item& item : shaped.text.itemized.items) {
    if (item.kind == ItemKind::Text) items.push_back(item.script + std::to_string(item.level) + " " + face_name(item));
  }
  EXPECT_THAT(items, testing::ElementsAre("Arab1 NotoSansArabic-Regular", "Latn2 NotoSans-Regular", "Latn1 NotoSans-Regular", "Arab1 NotoSansArabic-Regular"));
}

TEST(Itemize, ChoosesChineseFacesByLanguage) {
  const auto face_of = [](std::string_view language) {
    const Draft draft(language, "骨");
    const Shaped shaped(draft);
    return face_name(shaped.text.itemized.items.front());
  };
  EXPECT_EQ(face_of("zh-Hans"), "NotoSansCJKsc-Regular");
  EXPECT_EQ(face_of("zh-Hant"), "NotoSansCJKtc-Regular");
  EXPECT_EQ(face_of("ja"), "NotoSansCJKjp-Regular");
}

TEST(Itemize, SetsDigitsAloneAsTheirLanguageIsWritten) {
  const Draft draft("hi", "12");
  const Shaped shaped(draft);
  EXPECT_EQ(shaped.text.itemized.items.front().script, "Deva");
}

TEST(Itemize, KeepsBlanksAsItemsOfTheirOwn) {
  Draft draft("en", "Name:");
  draft.add_blank(50_pt);
  const Shaped shaped(draft);
  ASSERT_EQ(shaped.text.itemized.items.size(), 2U);
  EXPECT_EQ(shaped.text.itemized.items[1].kind, ItemKind::Blank);
  EXPECT_EQ(shaped.text.glyphs.back().advance, 50_pt);
}

TEST(Itemize, CoversTheTextOfEverySample) {
  for (const Sample& sample : kSamples) {
    const Draft draft(sample.language, sample.text);
    const Shaped shaped(draft);
    std::size_t reached = 0;
    for (const Item& item : shaped.text.itemized.items) {
      ASSERT_EQ(item.begin, reached) << sample.language;
      ASSERT_LT(item.begin, item.end) << sample.language;
      reached = item.end;
    }
    EXPECT_EQ(reached, sample.text.size()) << sample.language;
    EXPECT_TRUE(shaped.diags.all().empty()) << sample.language << to_text(shaped.diags);
  }
}

TEST(Shape, ClustersNeverFall) {
  for (const Sample& sample : kSamples) {
    const Draft draft(sample.language, sample.text);
    const Shaped shaped(draft);
    for (std::size_t g = 1; g < shaped.text.glyphs.size(); ++g) {
      ASSERT_LE(shaped.text.glyphs[g - 1].cluster, shaped.text.glyphs[g].cluster) << sample.language << " glyph " << g;
    }
  }
}

TEST(Shape, SpacesLettersButNotMarksNorJoinedScripts) {
  const auto added = [](std::string_view language, std::string_view text) {
    Draft plain(language, text), spaced(language, text);
    spaced.paragraph.styles[0].letter_spacing = 2_pt;
    return Shaped(spaced).text.positions.back() - Shaped(plain).text.positions.back();
  };
  EXPECT_EQ(added("en", "abc"), 6_pt);
  EXPECT_EQ(added("en", "abx\u0323c"), 8_pt);
  EXPECT_EQ(added("th", "น้ำ"), 2_pt);
  EXPECT_EQ(added("ar", "كوب"), 0_pt);
}

// What set_line takes from the paragraph's shapes is what shaping the line's pieces for themselves gives, wherever the line is cut.
TEST(SetLine, EqualsShapingThePiecesAlone) {
  for (const Sample& sample : kSamples) {
    Draft draft(sample.language, sample.text);
    draft.paragraph.styles[0].size = 15_pt;
    draft.paragraph.lines.trim_punctuation = false;  // which a line's ends change
    const Shaped shaped(draft);
    const auto opportunities = find_opportunities(shaped.text, 1_pt, shaped.resources);
    for (std::size_t from = 0; from < opportunities.size(); ++from) {
      for (std::size_t to = from + 1; to < std::min(from + 12, opportunities.size()); ++to) {
        const SetLine line = set_line(shaped.text, opportunities[from], opportunities[to], shaped.resources);
        for (Piece piece : line.pieces) {
          std::erase_if(piece.glyphs, [](const Glyph& glyph) { return glyph.added != Added::No; });
          const auto alone = shape_range(shaped.text.itemized, *piece.item, piece.begin, piece.end, shaped.resources);
          ASSERT_EQ(piece.glyphs.size(), alone.size()) << sample.language << " " << piece.begin << " to " << piece.end;
          for (std::size_t g = 0; g < alone.size(); ++g) {
            ASSERT_EQ(piece.glyphs[g].id, alone[g].id) << sample.language << " " << piece.begin << " to " << piece.end;
            ASSERT_EQ(piece.glyphs[g].advance, alone[g].advance) << sample.language << " " << piece.begin << " to " << piece.end;
            ASSERT_EQ(piece.glyphs[g].x_offset, alone[g].x_offset) << sample.language << " " << piece.begin << " to " << piece.end;
          }
        }
      }
    }
  }
}

// The widths that breaking reckons with are those of the lines as they are set.
TEST(Opportunities, MeasureLinesAsTheyAreSet) {
  for (const Sample& sample : kSamples) {
    const Draft draft(sample.language, sample.text);
    const Shaped shaped(draft);
    const auto opportunities = find_opportunities(shaped.text, 10000_pt, shaped.resources);
    ASSERT_GT(opportunities.size(), 4U) << sample.language;
    const LineWidths widths{{}, 1000_pt};
    for (std::size_t from = 0; from < opportunities.size(); ++from) {
      for (std::size_t to = from + 1; to < opportunities.size(); ++to) {
        const SetLine line = set_line(shaped.text, opportunities[from], opportunities[to], shaped.resources);
        ASSERT_EQ(line.content_width, line_width({opportunities, widths, {}}, from, to)) << sample.language << " " << from << " to " << to;
      }
    }
  }
}

TEST(Opportunities, LeaveTrailingSpaceOut) {
  const Draft draft("en", "one  two\u00A0 \u2028 x");
  const Shaped shaped(draft);
  const auto opportunities = find_opportunities(shaped.text, 10000_pt, shaped.resources);
  ASSERT_EQ(opportunities.size(), 5U);
  EXPECT_EQ(opportunities[1].offset, 5U);
  EXPECT_EQ(opportunities[1].content_end, 3U);
  EXPECT_EQ(opportunities[2].kind, BreakClass::Forced);
  EXPECT_EQ(opportunities[2].content_end, 10U) << "a no-break space does not hang";
}

TEST(Opportunities, DrawAHyphenOnlyAtASoftHyphen) {
  const Draft draft("en", "para\u00ADcet amol");
  const Shaped shaped(draft);
  const auto opportunities = find_opportunities(shaped.text, 10000_pt, shaped.resources);
  ASSERT_EQ(opportunities.size(), 4U);
  EXPECT_EQ(opportunities[1].kind, BreakClass::Hyphen);
  EXPECT_GT(opportunities[1].content, opportunities[1].start) << "the hyphen is part of the line";
  EXPECT_EQ(opportunities[2].kind, BreakClass::Allowed);
}

// Lines that fit as they are written are set without looking for breaks: the search through all of them comes to the same ones.
TEST(Breaking, LinesThatFitAsTheyAreWrittenAreWhatASearchFinds) {
  std::size_t looked_at = 0;
  for (const Sample& sample : kSamples) {
    for (const styled::Align align : {styled::Align::Left, styled::Align::Right, styled::Align::Justify}) {
      for (const std::string_view separator : {" \u2028", "\u2028", "\n", "\r\n"}) {
        std::string text;
        for (std::size_t words = 0; words < 6; ++words) text += std::string(words == 0 ? "" : separator) + "\u2068" + std::string(sample.text.substr(0, sample.text.find(' '))) + " 5 mg\u2069";
        Draft draft(sample.language, text);
        draft.paragraph.lines.align = align;
        Shaped shaped(draft);
        for (const Length width : {60_pt, 90_pt, 150_pt, 400_pt}) {
          const LineWidths widths{{}, width};
          const std::vector<SetLine> lines = set_lines(shaped.text, widths, kAt, shaped.resources, shaped.diags);
          const auto all = find_opportunities(shaped.text, width, shaped.resources);
          const auto forced = find_forced_opportunities(shaped.text, shaped.resources);
          std::vector<std::size_t> must;
          for (const Opportunity& each : all) {
            if (each.kind == BreakClass::Forced) must.push_back(each.offset);
          }
          std::vector<std::size_t> offsets;
          for (const Opportunity& each : forced) offsets.push_back(each.offset);
          ASSERT_EQ(offsets, must) << sample.language;
          ExactWidths exact;
          const std::vector<std::size_t> found = break_total_fit({all, widths, exact});
          if (align == styled::Align::Justify || found.size() + 1 != forced.size()) continue;
          ++looked_at;
          ASSERT_EQ(lines.size(), found.size());
          for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(lines[i].end, all[found[i]].offset) << sample.language << ' ' << i;
        }
      }
    }
  }
  EXPECT_GT(looked_at, 100u);
}

// A name in Thai before the next line of an address: ICU calls the breaks between its words what the line's end is.
TEST(Breaking, ThaiBeforeALineSeparatorStaysOnItsLine) {
  const Draft draft("th", "พรทิพย์ วงศ์ประเสริฐ \u20289 ซอยวัดเก่า \u2028A line that is too long for its room and has to be parted");
  Shaped shaped(draft);
  const std::vector<SetLine> lines = set_lines(shaped.text, {{}, 250_pt}, kAt, shaped.resources, shaped.diags);
  EXPECT_EQ(lines.size(), 4u);
}

}  // namespace
}  // namespace handout::typeset
