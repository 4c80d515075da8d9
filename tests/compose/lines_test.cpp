// What layouts say of lines and letters arrives at paragraphs.
#include "composing.h"

namespace handout::compose {
namespace {

using styled::Hyphenate;

class Lines : public Composing {
 protected:
  // How the lines of a paragraph are made that has these attributes.
  const styled::LineStyle& lines(std::string_view attributes) {
    styles("<style for=\"p\" " + std::string(attributes) + "/>");
    article("<p id=\"p\">Words.</p>");
    compose();
    return paragraph("p").lines;
  }
  // The line of the dump that begins a paragraph.
  std::string dumped(std::string_view attributes) {
    lines(attributes);
    const std::string all = styled::dump(document_);
    const std::size_t begin = all.find("text", all.find("p <P>"));
    return all.substr(begin, all.find('\n', begin) - begin);
  }
};

TEST_F(Lines, UsualOnesHyphenateByLanguage) {
  styled::LineStyle usual;
  usual.hyphenate = Hyphenate::Auto;
  usual.line_height = 16_pt;
  EXPECT_EQ(lines("widows=\"2\""), usual);
  EXPECT_EQ(dumped("widows=\"2\""), "text en left leading=16");
}

TEST_F(Lines, EveryPropertyArrives) {
  EXPECT_EQ(lines("hyphenate=\"no\"").hyphenate, Hyphenate::No);
  EXPECT_EQ(lines("hyphenate=\"auto\"").hyphenate, Hyphenate::Auto);
  EXPECT_EQ(lines("hyphenate=\"yes\"").hyphenate, Hyphenate::Yes);
  EXPECT_EQ(lines("hyphenate-limits=\"8 4 5\"").hyphen_limits, (unicode::HyphenLimits{8, 4, 5}));
  EXPECT_EQ(lines("text-justify=\"inter-word\"").justify, styled::TextJustify::InterWord);
  EXPECT_EQ(lines("text-justify=\"inter-character\"").justify, styled::TextJustify::InterCharacter);
  EXPECT_EQ(lines("text-justify=\"kashida\"").justify, styled::TextJustify::Kashida);
  EXPECT_EQ(lines("word-space=\"80% 200%\"").bounds.word_space, (styled::Range{0.8, 2}));
  EXPECT_EQ(lines("letter-space=\"-1% 2%\"").bounds.letter_space, (styled::Range{-0.01, 0.02}));
  EXPECT_EQ(lines("glyph-scale=\"97% 102%\"").bounds.glyph_scale, (styled::Range{0.97, 1.02}));
  EXPECT_TRUE(lines("hanging-punctuation=\"yes\"").hanging_punctuation);
  EXPECT_TRUE(lines("margin-kerning=\"yes\"").margin_kerning);
  EXPECT_EQ(lines("line-break=\"loose\"").breaks.strictness, unicode::LineStrictness::Loose);
  EXPECT_EQ(lines("line-break=\"normal\"").breaks.strictness, unicode::LineStrictness::Normal);
  EXPECT_EQ(lines("line-break=\"strict\"").breaks.strictness, unicode::LineStrictness::Strict);
  EXPECT_EQ(lines("word-break=\"normal\"").breaks.words, unicode::WordBreak::Normal);
  EXPECT_EQ(lines("word-break=\"keep-all\"").breaks.words, unicode::WordBreak::KeepAll);
  EXPECT_EQ(lines("word-break=\"break-all\"").breaks.words, unicode::WordBreak::BreakAll);
  EXPECT_FALSE(lines("text-autospace=\"none\"").autospace);
  EXPECT_FALSE(lines("text-spacing-trim=\"none\"").trim_punctuation);
  EXPECT_EQ(lines("text-align=\"justify\"").align, styled::Align::Justify);
  EXPECT_EQ(lines("text-wrap=\"balance\"").wrap, styled::Wrap::Balance);
}

TEST_F(Lines, GridIsTheDocumentsUnit) {
  EXPECT_EQ(lines("line-grid=\"unit\"").grid, 4_pt);
  EXPECT_EQ(lines("line-grid=\"none\"").grid, Length{});
  styles(R"(<style for="handout" font-size="20pt" line-height="1.2" line-grid="unit"/><style for="p" font-size="10pt" line-height="1"/>)");
  compose();
  EXPECT_EQ(paragraph("p").lines.grid, 6_pt);
}

TEST_F(Lines, AreInheritedAndTakenBack) {
  styles(R"(<style for="handout" hyphenate="no" word-space="80% 200%" text-autospace="none" margin-kerning="yes" font-variant="small-caps" text-emphasis="dot" line-grid="unit"/>
            <style for="p" hyphenate="auto" margin-kerning="no" font-variant="normal" text-emphasis="none" line-grid="none" text-autospace="normal"/>)");
  article("<p id=\"p\">Words.</p>");
  compose();
  const styled::Paragraph& title = paragraph("title");
  EXPECT_EQ(title.lines.hyphenate, Hyphenate::No);
  EXPECT_TRUE(title.lines.margin_kerning);
  EXPECT_EQ(title.lines.grid, 4_pt);
  EXPECT_EQ(title.styles[0].emphasis, styled::EmphasisMark::Dot);
  EXPECT_THAT(title.styles[0].features, ElementsAre("smcp"));
  const styled::Paragraph& p = paragraph("p");
  EXPECT_EQ(p.lines.hyphenate, Hyphenate::Auto);
  EXPECT_EQ(p.lines.bounds.word_space, (styled::Range{0.8, 2}));
  EXPECT_FALSE(p.lines.margin_kerning);
  EXPECT_TRUE(p.lines.autospace);
  EXPECT_EQ(p.lines.grid, Length{});
  EXPECT_EQ(p.styles[0].emphasis, styled::EmphasisMark::None);
  EXPECT_THAT(p.styles[0].features, IsEmpty());
}

// A layout's own features stand behind, where they win.
TEST_F(Lines, SmallCapitalsAreAFeature) {
  lines("font-variant=\"small-caps\" font-features=\"tnum -smcp\"");
  EXPECT_THAT(paragraph("p").styles[0].features, ElementsAre("smcp", "tnum", "-smcp"));
}

TEST_F(Lines, EmphasisMarksAreOfTheWordsThatHaveThem) {
  styles(R"(<style for="em" text-emphasis="sesame"/>)");
  article("<p id=\"p\">一<em>二</em>三</p>", "ja");
  compose();
  const styled::Paragraph& p = paragraph("p");
  ASSERT_EQ(p.runs.size(), 3u);
  EXPECT_EQ(p.styles[p.runs[0].style.value()].emphasis, styled::EmphasisMark::None);
  EXPECT_EQ(p.styles[p.runs[1].style.value()].emphasis, styled::EmphasisMark::Sesame);
  EXPECT_THAT(styled::dump(document_), HasSubstr("12 400 #000000 text-emphasis=sesame \"二\""));
}

TEST_F(Lines, DumpSaysWhatALayoutChanged) {
  EXPECT_EQ(dumped("hyphenate=\"no\" text-wrap=\"balance\""), "text en left leading=16 text-wrap=balance hyphenate=no");
  EXPECT_EQ(dumped("hyphenate=\"yes\" hyphenate-limits=\"6 3 3\" text-align=\"justify\" text-justify=\"kashida\" word-space=\"80% 200%\" letter-space=\"-1% 2.5%\" glyph-scale=\"97% 102%\""),
            "text en justify leading=16 hyphenate=yes hyphenate-limits=6,3,3 text-justify=kashida word-space=80%..200% letter-space=-1%..2.5% glyph-scale=97%..102%");
  EXPECT_EQ(dumped("hanging-punctuation=\"yes\" margin-kerning=\"yes\" line-break=\"strict\" word-break=\"break-all\" text-autospace=\"none\" text-spacing-trim=\"none\" line-grid=\"unit\""),
            "text en left leading=16 hanging-punctuation margin-kerning line-break=strict word-break=break-all text-autospace=none text-spacing-trim=none line-grid=4");
  lines("font-variant=\"small-caps\" font-features=\"tnum\"");
  EXPECT_THAT(styled::dump(document_), HasSubstr("12 400 #000000 features=smcp,tnum \"Words.\""));
}

}  // namespace
}  // namespace handout::compose
