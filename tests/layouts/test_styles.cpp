#include "layouts/layout_testing.h"

namespace handout::layouts {
namespace {

class Styles : public Layouts {
 protected:
  std::vector<Declaration> declarations(const std::string& attributes) {
    const LayoutDefinition layout = right(style_with(attributes));
    return layout.styles.empty() ? std::vector<Declaration>{} : layout.styles[0].declarations;
  }
  // The value of the only property that `attributes` set.
  Value value(const std::string& attributes) {
    const auto all = declarations(attributes);
    EXPECT_EQ(all.size(), 1u) << attributes;
    return all.empty() ? Value{NoValue{}} : all[0].value;
  }
  std::string fault(const std::string& attributes) { return wrong(style_with(attributes)); }

  static Dimension points(double n) { return {.length = Length::from_points(n)}; }
  static constexpr Color kAccent{0x0b, 0x6e, 0x8a};
};

TEST_F(Styles, TheTableIsInTheOrderOfTheProperties) {
  const auto& rules = property_rules();
  ASSERT_EQ(rules.size(), static_cast<std::size_t>(Property::TableForm) + 1);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(rules[i].property), i);
    EXPECT_FALSE(rules[i].doc.empty() || rules[i].values.empty()) << rules[i].name;
    // FontFamily to PageReference pass on, but for decoration.
    EXPECT_EQ(rules[i].inherited, rules[i].property <= Property::PageReference && rules[i].property != Property::TextDecoration) << rules[i].name;
  }
}

TEST_F(Styles, EveryPropertyTakesAValue) {
  struct Case { Property property; const char* attribute; Value value; };
  const Dimension two = points(2);
  const Case cases[] = {
      {Property::FontFamily, "font-family='Noto  Sans'", std::string("Noto Sans")},
      {Property::FontSize, "font-size='90%'", Dimension{.percent = 0.9}},
      {Property::FontWeight, "font-weight='bold'", 700.0},
      {Property::FontStyle, "font-style='italic'", std::string("italic")},
      {Property::FontFeatures, "font-features='tnum -liga ss01=2'", std::string("tnum -liga ss01=2")},
      {Property::Color, "color='accent'", kAccent},
      {Property::LetterSpacing, "letter-spacing='-0.5em'", Dimension{.em = -0.5}},
      {Property::TextDecoration, "text-decoration='underline'", std::string("underline")},
      {Property::LineHeight, "line-height='1.4'", 1.4},
      {Property::TextAlign, "text-align='justify'", std::string("justify")},
      {Property::TextWrap, "text-wrap='balance'", std::string("balance")},
      {Property::Hyphenate, "hyphenate='yes'", std::string("yes")},
      {Property::HyphenateLimits, "hyphenate-limits=' 8 3  4'", LimitsValue{8, 3, 4}},
      {Property::TextJustify, "text-justify='kashida'", std::string("kashida")},
      {Property::WordSpace, "word-space='80% 150%'", RangeValue{0.8, 1.5}},
      {Property::LetterSpace, "letter-space='-1% 2.5%'", RangeValue{-0.01, 0.025}},
      {Property::GlyphScale, "glyph-scale='98% 102%'", RangeValue{0.98, 1.02}},
      {Property::HangingPunctuation, "hanging-punctuation='yes'", std::string("yes")},
      {Property::MarginKerning, "margin-kerning='yes'", std::string("yes")},
      {Property::LineBreak, "line-break='strict'", std::string("strict")},
      {Property::WordBreak, "word-break='keep-all'", std::string("keep-all")},
      {Property::TextAutospace, "text-autospace='none'", NoValue{}},
      {Property::TextSpacingTrim, "text-spacing-trim='normal'", std::string("normal")},
      {Property::FontVariant, "font-variant='small-caps'", std::string("small-caps")},
      {Property::TextEmphasis, "text-emphasis='sesame'", std::string("sesame")},
      {Property::LineGrid, "line-grid='unit'", std::string("unit")},
      {Property::Marker, "marker='dash'", std::string("dash")},
      {Property::PageReference, "page-reference='yes'", std::string("yes")},
      {Property::Background, "background='#fff'", Color{255, 255, 255}},
      {Property::SpaceBefore, "space-before='2u'", Dimension{.unit = 2}},
      {Property::SpaceAfter, "space-after='0'", Dimension{}},
      {Property::MarginStart, "margin-start='-2pt'", points(-2)},
      {Property::MarginEnd, "margin-end='2pt'", two},
      {Property::PaddingTop, "padding-top='2pt'", two},
      {Property::PaddingEnd, "padding-end='2pt'", two},
      {Property::PaddingBottom, "padding-bottom='2pt'", two},
      {Property::PaddingStart, "padding-start='2pt'", two},
      {Property::BorderTop, "border-top='2pt accent'", BorderValue{two, kAccent}},
      {Property::BorderEnd, "border-end='none'", NoValue{}},
      {Property::BorderBottom, "border-bottom='2pt #000000'", BorderValue{two, {}}},
      {Property::BorderStart, "border-start=' 2pt  accent '", BorderValue{two, kAccent}},
      {Property::BorderRadius, "border-radius='2pt'", two},
      {Property::MinHeight, "min-height='2rem'", Dimension{.rem = 2}},
      {Property::KeepTogether, "keep-together='always'", KeepValue{10}},
      {Property::KeepWithNext, "keep-with-next='auto'", KeepValue{0}},
      {Property::KeepWithPrevious, "keep-with-previous='7'", KeepValue{7}},
      {Property::BreakBefore, "break-before='recto'", std::string("recto")},
      {Property::BreakAfter, "break-after='column'", std::string("column")},
      {Property::Widows, "widows='3'", 3.0},
      {Property::Orphans, "orphans='1'", 1.0},
      {Property::BoxBreak, "box-break='clone'", std::string("clone")},
      {Property::Column, "column='side'", std::string("side")},
      {Property::ColumnSpan, "column-span='all'", std::string("all")},
      {Property::Float, "float='top'", std::string("top")},
      {Property::Clear, "clear='both'", std::string("both")},
      {Property::Width, "width='50%'", Dimension{.percent = 0.5}},
      {Property::Height, "height='auto'", std::string("auto")},
      {Property::LabelWidth, "label-width='2pt'", two},
      {Property::LabelGap, "label-gap='2pt'", two},
      {Property::Icon, "icon='icons/tip.svg'", std::string("icons/tip.svg")},
      {Property::LineDistance, "line-distance='2pt'", two},
      {Property::RowRule, "row-rule='2pt accent'", BorderValue{two, kAccent}},
      {Property::HeadRule, "head-rule='none'", NoValue{}},
      {Property::HeadBackground, "head-background='none'", NoValue{}},
      {Property::Zebra, "zebra='accent'", kAccent},
      {Property::Display, "display='none'", NoValue{}},
      {Property::ColumnCount, "column-count='2'", 2.0},
      {Property::ColumnGap, "column-gap='2pt'", two},
      {Property::ColumnRule, "column-rule='2pt accent'", BorderValue{two, kAccent}},
      {Property::ColumnFill, "column-fill='auto'", std::string("auto")},
      {Property::ColumnWidths, "column-widths='auto 2pt'", TracksValue{std::nullopt, two}},
      {Property::BorderCollapse, "border-collapse='collapse'", std::string("collapse")},
      {Property::VerticalAlign, "vertical-align='super'", std::string("super")},
      {Property::InitialLetter, "initial-letter='3'", 3.0},
      {Property::Footnote, "footnote='yes'", std::string("yes")},
      {Property::Labels, "labels='legend'", std::string("legend")},
      {Property::TableForm, "table-form='stacked'", std::string("stacked")},
  };
  ASSERT_EQ(std::size(cases), property_rules().size());
  for (const Case& each : cases) {
    const auto all = declarations(each.attribute);
    ASSERT_EQ(all.size(), 1u) << each.attribute;
    EXPECT_EQ(all[0].property, each.property) << each.attribute;
    EXPECT_EQ(all[0].value, each.value) << each.attribute;
  }
}

TEST_F(Styles, WordsForNumbersAndNothing) {
  EXPECT_EQ(value("font-weight='regular'"), Value(400.0));
  EXPECT_EQ(value("font-weight='350'"), Value(350.0));
  EXPECT_EQ(value("line-height='16pt'"), Value(points(16)));
  EXPECT_EQ(value("line-height='5u'"), Value(Dimension{.unit = 5}));
  EXPECT_EQ(value("font-features='none'"), Value(NoValue{}));
  EXPECT_EQ(value("text-decoration='none'"), Value(NoValue{}));
  EXPECT_EQ(value("background='none'"), Value(NoValue{}));
  EXPECT_EQ(value("icon='none'"), Value(NoValue{}));
  EXPECT_EQ(value("marker='none'"), Value(NoValue{}));
  EXPECT_EQ(value("marker=\"'→'\""), Value(std::string("→")));
  EXPECT_EQ(value("display='block'"), Value(std::string("block")));
}

TEST_F(Styles, ShorthandsAreOpened) {
  const auto lengths = [&](const std::string& attributes) {
    std::vector<double> found;
    for (const Declaration& each : declarations(attributes)) found.push_back(std::get<Dimension>(each.value).length.points());
    return found;
  };
  EXPECT_THAT(lengths("space='1pt 2pt'"), ElementsAre(1, 2));
  EXPECT_THAT(lengths("space='1pt'"), ElementsAre(1, 1));
  EXPECT_THAT(lengths("padding='1pt'"), ElementsAre(1, 1, 1, 1));
  EXPECT_THAT(lengths("padding='1pt 2pt'"), ElementsAre(1, 2, 1, 2));
  EXPECT_THAT(lengths("padding='1pt 2pt 3pt'"), ElementsAre(1, 2, 3, 2));
  EXPECT_THAT(lengths("padding='1pt 2pt 3pt 4pt'"), ElementsAre(1, 2, 3, 4));
  const auto border = declarations("border='3pt accent'");
  ASSERT_EQ(border.size(), 4u);
  EXPECT_EQ(border[3].property, Property::BorderStart);
  EXPECT_EQ(border[3].value, Value(BorderValue{points(3), kAccent}));
  EXPECT_EQ(declarations("border='none'")[0].value, Value(NoValue{}));
}

TEST_F(Styles, SumsStandWhereLengthsDo) {
  EXPECT_EQ(value("width='100% - 4u'"), Value(Dimension{.unit = -4, .percent = 1}));
  EXPECT_EQ(value("space-before='calc(2 * (1u + 3pt))'"), Value(Dimension{.length = 6_pt, .unit = 2}));
  EXPECT_EQ(value("border-top='1ex - 1pt accent'"), Value(BorderValue{{.length = -1_pt, .ex = 1}, kAccent}));
  EXPECT_EQ(value("column-widths='auto 1u + 2pt 2 * 1fr'"), Value(TracksValue{std::nullopt, Dimension{.length = 2_pt, .unit = 1}, Dimension{.fraction = 2}}));
  const auto padding = declarations("padding='1u + 2pt (1u * 2) 3pt'");
  ASSERT_EQ(padding.size(), 4u);
  EXPECT_EQ(padding[0].value, Value(Dimension{.length = 2_pt, .unit = 1}));
  EXPECT_EQ(padding[1].value, Value(Dimension{.unit = 2}));
  EXPECT_EQ(padding[2].value, Value(points(3)));
  // 78 columns before the attribute, "padding='" 9.
  EXPECT_THAT(fault("padding='1u 1u + 10% 3pt'"), HasSubstr("x.xml:1:96: error: '10%' cannot be a length of padding\n  hint: use pt, mm, cm, in, em, ex, ch, rem or u"));
  EXPECT_THAT(fault("padding='1u 1u + 10q'"), HasSubstr("x.xml:1:96: error: unknown unit 'q' in '10q'"));
  EXPECT_THAT(fault("space-before='1pt - 2pt'"), HasSubstr("space-before is 1pt - 2pt; expected 0 or more"));
  EXPECT_THAT(fault("width='1em + 1fr'"), HasSubstr("'1fr' in a sum; a share stands alone"));
}

TEST_F(Styles, APropertyOfItsOwnWinsOverAShorthandBeforeAndBehind) {
  for (const char* attributes : {"padding='1pt' padding-top='9pt'", "padding-top='9pt' padding='1pt'"}) {
    const auto all = declarations(attributes);
    ASSERT_EQ(all.size(), 5u);
    EXPECT_EQ(all.back().property, Property::PaddingTop);
    EXPECT_EQ(all.back().value, Value(points(9)));
  }
}

TEST_F(Styles, ScriptsAreChecked) {
  EXPECT_THAT(right(style_with("for-script='Arab  Deva' widows='2'")).styles[0].scripts, ElementsAre("Arab", "Deva"));
  EXPECT_THAT(fault("for-script='Arab deva' widows='2'"), HasSubstr("'deva' is no script code"));
  EXPECT_THAT(fault("for-script='Abcd' widows='2'"), HasSubstr("'Abcd' is no script code"));
  EXPECT_THAT(fault("for-script='' widows='2'"), HasSubstr("for-script is empty"));
}

TEST_F(Styles, LocalesAreChecked) {
  EXPECT_THAT(right(style_with("for-locale='es  pt-BR' widows='2'")).styles[0].locales, ElementsAre("es", "pt-BR"));
  EXPECT_THAT(fault("for-locale='es pt-br' widows='2'"), HasSubstr("x.xml:1:94: error: 'pt-br' is no language tag\n  hint: write pt-BR"));
  EXPECT_THAT(fault("for-locale='spanish language' widows='2'"), HasSubstr("'language' is no language tag\n  hint: use BCP 47 tags such as es or pt-BR"));
  EXPECT_THAT(fault("for-locale='' widows='2'"), HasSubstr("for-locale is empty"));
}

TEST_F(Styles, EveryMarkerOfTheTableIsRead) {
  for (const char* marker : {"disc", "dash", "square", "circle", "number", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman", "native", "check"}) {
    EXPECT_EQ(value("marker='" + std::string(marker) + "'"), Value(std::string(marker)));
  }
}

TEST_F(Styles, WrongValuesAreToldAtTheirPlace) {
  // layout_with is 25 columns, <color> 38, "<style for='p' " 15.
  EXPECT_THAT(fault("border-top='2pt acent'"), HasSubstr("x.xml:1:95: error: unknown colour 'acent'; did you mean 'accent'?"));
  EXPECT_THAT(fault("border-top='accent 2pt'"), HasSubstr("'accent' is not a length"));
  EXPECT_THAT(fault("border-top='2pt'"), HasSubstr("expected a width and a colour, or none"));
  EXPECT_THAT(fault("border-top='0 accent'"), HasSubstr("border-top is 0; expected more than 0"));
  EXPECT_THAT(fault("color='#12345'"), HasSubstr("'#12345' is not a colour"));
  EXPECT_THAT(fault("color='none'"), HasSubstr("unknown colour 'none'"));
  EXPECT_THAT(fault("font-size='0'"), HasSubstr("font-size is 0; expected more than 0"));
  EXPECT_THAT(fault("font-size='2u'"), HasSubstr("'2u' cannot be a length of font-size\n  hint: use pt, mm, cm, in, em, ex, ch, rem or %"));
  EXPECT_THAT(fault("space-before='10%'"), HasSubstr("'10%' cannot be a length of space-before\n  hint: use pt, mm, cm, in, em, ex, ch, rem or u"));
  EXPECT_THAT(fault("space-before='-1pt'"), HasSubstr("space-before is -1pt; expected 0 or more"));
  EXPECT_THAT(fault("space-before='12pts'"), HasSubstr("unknown unit 'pts'"));
  EXPECT_THAT(fault("width='1fr'"), HasSubstr("'1fr' cannot be a length of width"));
  EXPECT_THAT(fault("line-height='140'"), HasSubstr("line-height is 140; expected 0.5 to 10 times the font size"));
  EXPECT_THAT(fault("line-height='140%'"), HasSubstr("'140%' cannot be a length of line-height"));
  EXPECT_THAT(fault("font-weight='bolt'"), HasSubstr("did you mean 'bold'?"));
  EXPECT_THAT(fault("font-weight='950'"), HasSubstr("expected regular, bold or 100 to 900"));
  EXPECT_THAT(fault("font-family=' '"), HasSubstr("font-family is empty"));
  EXPECT_THAT(fault("font-family='A, B'"), HasSubstr("font-family has a ','"));
  EXPECT_THAT(fault("font-features='tabular'"), HasSubstr("'tabular' is not an OpenType feature"));
  EXPECT_THAT(fault("font-features='ss01=x'"), HasSubstr("'ss01=x' is not an OpenType feature"));
  EXPECT_THAT(fault("font-features=''"), HasSubstr("font-features is empty"));
  EXPECT_THAT(fault("text-align='left'"), HasSubstr("'left' is not a value of text-align; expected start, end, center, justify or decimal"));
  EXPECT_THAT(fault("widows='0'"), HasSubstr("expected a whole number of 1 to 100"));
  EXPECT_THAT(fault("widows='101'"), HasSubstr("widows is 101, more than 100"));
  EXPECT_THAT(fault("marker='disk'"), HasSubstr("did you mean 'disc'?"));
  EXPECT_THAT(fault("marker='lower-roma'"), HasSubstr("upper-roman, native, check, none or characters in quotes; did you mean 'lower-roman'?"));
  EXPECT_THAT(fault("keep-together='10'"), HasSubstr("'10' is not a value of keep-together; expected auto, 1 to 9 or always"));
  EXPECT_THAT(fault("keep-with-previous='alwys'"), HasSubstr("did you mean 'always'?"));
  EXPECT_THAT(fault("initial-letter='1'"), HasSubstr("'1' is not a value of initial-letter; expected 2 to 9, or none"));
  EXPECT_THAT(fault("column-widths='auto 2q'"), HasSubstr("x.xml:1:99: error: unknown unit 'q' in '2q'"));
  EXPECT_THAT(fault("column-widths=''"), HasSubstr("column-widths is empty; expected a width for each column"));
  EXPECT_THAT(fault("marker=\"''\""), HasSubstr("the marker has 0 characters"));
  EXPECT_THAT(fault("marker=\"'123456789'\""), HasSubstr("the marker has 9 characters; expected 1 to 8"));
  EXPECT_THAT(fault("icon='../x.svg'"), HasSubstr("'../x.svg' is not a value of icon; expected a relative path"));
  EXPECT_THAT(fault("icon=''"), HasSubstr("is not a value of icon"));
  EXPECT_THAT(fault("padding='1pt 1pt 1pt 1pt 1pt'"), HasSubstr("padding has 5 lengths; expected 1 to 4"));
  EXPECT_THAT(fault("space=''"), HasSubstr("space has 0 lengths; expected 1 to 2"));
  EXPECT_THAT(fault("font-sise='12pt'"), HasSubstr("unknown attribute 'font-sise' on <style>; did you mean 'font-size'?"));
}

TEST_F(Styles, BoundsOfJustifiedLinesAreChecked) {
  EXPECT_EQ(value("word-space='50% 300%'"), Value(RangeValue{0.5, 3}));
  EXPECT_EQ(value("word-space='100% 100%'"), Value(RangeValue{1, 1}));
  EXPECT_EQ(value("hyphenate-limits='1 1 99'"), Value(LimitsValue{1, 1, 99}));
  for (const char* wrong : {"49% 150%", "80% 301%", "101% 150%", "80% 99%", "80%", "80% 150% 200%", "0.8 1.5", "80 150%", "% 150%", "x% 150%", "150% 80%", ""}) {
    EXPECT_THAT(fault("word-space='" + std::string(wrong) + "'"), HasSubstr("word-space is '" + std::string(wrong) + "'; expected 50% to 100%, then 100% to 300%\n  hint: write the least and the most")) << wrong;
  }
  EXPECT_THAT(fault("letter-space='-6% 2%'"), HasSubstr("letter-space is '-6% 2%'; expected -5% to 0%, then 0% to 10%"));
  EXPECT_THAT(fault("letter-space='1% 2%'"), HasSubstr("expected -5% to 0%, then 0% to 10%"));
  EXPECT_THAT(fault("glyph-scale='89% 102%'"), HasSubstr("glyph-scale is '89% 102%'; expected 90% to 100%, then 100% to 110%"));
  for (const char* wrong : {"0 3 3", "6 3", "6 3 3 3", "6 3 100", "6 -3 3", "6 3 x", ""}) {
    EXPECT_THAT(fault("hyphenate-limits='" + std::string(wrong) + "'"), HasSubstr("hyphenate-limits is '" + std::string(wrong) + "'; expected 3 whole numbers of 1 to 99\n  hint: ")) << wrong;
  }
  EXPECT_THAT(fault("hyphenate='always'"), HasSubstr("'always' is not a value of hyphenate; expected no, auto or yes"));
  EXPECT_THAT(fault("text-emphasis='dots'"), HasSubstr("did you mean 'dot'?"));
}

TEST_F(Styles, AllFaultsOfOneStyleAreTold) {
  EXPECT_EQ(parse(style_with("widows='0' color='acent' padding='1pt x 2q'")).has_value(), false);
  EXPECT_EQ(diags_.error_count(), 4u) << told();
}

TEST_F(Styles, AStyleWithoutAPropertyIsDoubted) {
  EXPECT_TRUE(parse(style_with("")));
  EXPECT_THAT(told(), HasSubstr("warning: <style> sets no property"));
}

// Each on elements that it is not for, with where it belongs; on others, and where one of several selectors takes it, nothing is said.
TEST_F(Styles, WhatDoesNothingIsTold) {
  struct Case { const char *selectors, *attribute, *told; };
  constexpr Case kCases[] = {
      {"strong", "background='#ffffff'", "background does nothing on strong\n  hint: it is for blocks"},
      {"section > em, p strong", "padding='2pt'", "padding does nothing on em, strong"},
      {"a", "text-align='end'", "text-align does nothing on a"},
      {"p", "height='20pt'", "height does nothing on p\n  hint: it is for picture; figures take width, boxes min-height"},
      {"tr", "background='#ffffff'", "background does nothing on tr\n  hint: set it on th and td, or on table"},
      {"tr", "keep-together='always'", "keep-together does nothing on tr\n  hint: rows stay whole where they fit; set it on tbody for a group of rows"},
      {"td", "space-before='2pt'", "space-before does nothing on td"},
      {"handout", "border='1pt #000000'", "border does nothing on handout"},
      {"label", "padding-top='2pt'", "padding-top does nothing on label"},
      {"p", "zebra='#ffffff'", "zebra does nothing on p\n  hint: set it on table"},
      {"section", "footnote='yes'", "footnote does nothing on section\n  hint: set it on cite"},
      {"references", "display='none'", "display does nothing on references\n  hint: leave it out of the body, or take it with <leave>"},
  };
  for (const Case& each : kCases) {
    diags_ = {};
    EXPECT_TRUE(parse(layout_with("<style for='" + std::string(each.selectors) + "' " + each.attribute + "/>" + std::string(kBody)))) << told();
    EXPECT_THAT(told(), HasSubstr("warning: " + std::string(each.told)));
  }
  diags_ = {};
  for (const char* style : {"for='strong, p' background='#ffffff'", "for='.x' zebra='#ffffff'", "for='tr' keep-with-next='3'", "for='tbody' keep-together='3'", "for='a' page-reference='yes'", "for='th' padding='2pt'", "for='tr' border-bottom='1pt #000000'", "for='picture' height='9pt'",
                            "for='strong' color='#000000' display='none'", "for='points' display='none'"}) {
    right(layout_with("<style " + std::string(style) + "/>" + std::string(kBody)));
  }
}

}  // namespace
}  // namespace handout::layouts
