#include "layouts/layout_testing.h"

namespace handout::layouts {
namespace {

class Variables : public LayoutFiles {
 protected:
  LayoutDefinition with(const std::string& inside) { return right(layout_with(inside + std::string(kBody))); }
  std::string fault(const std::string& inside) { return wrong(layout_with(inside + std::string(kBody))); }
};

TEST_F(Variables, StandInAttributesOfStylesPagesAndItems) {
  const LayoutDefinition layout = right(layout_with("<define name='gap' value='3u'/><define name='side' value='end'/><define name='half' value='$gap / 2'/>"
                                                    "<page margin='$gap'><header gap='2 * ${gap}'><text class='a${side}b'>$gap</text></header></page>"
                                                    "<style for='p' text-align='$side' space='$half $gap'/><body><row gap='$gap'><cell/></row></body>"));
  EXPECT_EQ(layout.pages[0].margin_end->unit, 3);
  EXPECT_EQ(layout.pages[0].header_gap.unit, 6);
  const Item& text = layout.pages[0].header->at(0);
  EXPECT_THAT(text.classes, ElementsAre("aendb"));
  EXPECT_EQ(std::get<LiteralText>(std::get<TextItem>(text.what).parts[0].what).text, "$gap");
  EXPECT_EQ(layout.styles[0].declarations[0].value, Value(Dimension{.unit = 1.5}));
  EXPECT_EQ(layout.styles[0].declarations[1].value, Value(Dimension{.unit = 3}));
  EXPECT_EQ(layout.styles[0].declarations[2].value, Value(std::string("end")));
  EXPECT_EQ(std::get<Row>(layout.body[0].what).gap.unit, 3);
}

TEST_F(Variables, TwoDollarsAreOne) {
  const LayoutDefinition layout = right(body_with("<code kind='qr' text='costs $$5 or $$$$'/>"));
  EXPECT_EQ(std::get<CodeItem>(layout.body[0].what).text, "costs $5 or $$");
}

TEST_F(Variables, TheNearestLayoutsValueCounts) {
  write("base.xml", "<layout id='base' title='Base'><define name='rule' value='$width #000000'/><define name='width' value='1pt'/><style for='p' border-top='$rule'/><body><rule/></body></layout>");
  write("top.xml", "<layout id='top' title='Top' extends='base'><define name='width' value='4pt'/></layout>");
  write("profiles/large.xml", "<layout id='large' title='L'><style for='p' space-before='$width'/></layout>");
  const auto layout = read("top", "large");
  ASSERT_TRUE(layout) << told();
  EXPECT_EQ(layout->styles[0].declarations[0].value, Value(BorderValue{{.length = 4_pt}, {}}));
  EXPECT_EQ(layout->styles[1].declarations[0].value, Value(Dimension{.length = 4_pt}));
}

// layout_with is 25 columns, <define name='gap' value='3x'/> 31.
TEST_F(Variables, FaultsInAValuePointAtTheUseAndNameTheDefinition) {
  const std::string define = "<define name='gap' value='3x'/>";
  EXPECT_THAT(fault(define + "<style for='p' space-before='$gap'/>"), HasSubstr("x.xml:1:86: error: unknown unit 'x' in '3x'\n  hint: use pt, mm, cm, in, em, ex, ch, rem, u, % or fr; $gap is '3x', defined at x.xml:1:52\n"));
  // What stands behind a variable is told at its own place.
  EXPECT_THAT(fault("<define name='gap' value='1mm'/><style for='p' padding='$gap 1pt 2q'/>"), HasSubstr("x.xml:1:91: error: unknown unit 'q' in '2q'"));
  EXPECT_THAT(fault("<define name='a' value='lefty'/><style for='p' text-align='$a'/>"), HasSubstr("'lefty' is not a value of text-align; expected start, end, center, justify or decimal\n  hint: $a is 'lefty', defined at x.xml:1:50"));
  const std::string other = fault(define + "<style for='p' space-before='1q'/>");
  EXPECT_THAT(other, testing::Not(HasSubstr("$gap")));
}

TEST_F(Variables, WrongUsesAndDefinitions) {
  EXPECT_THAT(fault("<define name='gap' value='1u'/><style for='p' space-before='$gpa'/>"),
              HasSubstr("x.xml:1:86: error: unknown variable 'gpa'; did you mean 'gap'?\n  hint: a <define name=\"gpa\""));
  EXPECT_THAT(fault("<style for='p' space-before='1pt $'/>"), HasSubstr("x.xml:1:59: error: '$' without the name of a variable\n  hint: write $name or ${name}; $$ is a dollar sign"));
  EXPECT_THAT(fault("<style for='p' space-before='${gap'/>"), HasSubstr("'$' without the name of a variable"));
  EXPECT_THAT(fault("<style for='p' space-before='$1'/>"), HasSubstr("'$' without the name of a variable"));
  EXPECT_THAT(fault("<define name='a' value='$b'/><define name='b' value='1u $a'/>"), HasSubstr("variable 'a' stands for itself: a -> b -> a"));
  EXPECT_THAT(fault("<define name='a' value='$a'/>"), HasSubstr("x.xml:1:50: error: variable 'a' stands for itself: a -> a"));
  EXPECT_THAT(fault("<define name='a' value='1'/><define name='a' value='2'/>"), HasSubstr("variable 'a' is defined twice"));
  EXPECT_THAT(fault("<define name='1' value='1'/>"), HasSubstr("'1' cannot be the name of a variable"));
  EXPECT_THAT(fault("<define name='a' value='$nobody'/>"), HasSubstr("x.xml:1:50: error: unknown variable 'nobody'"));
  EXPECT_THAT(fault("<define value='1'/>"), HasSubstr("attribute 'name' is missing on <define>"));
  EXPECT_THAT(fault("<page><header><rule id='$a'/></header></page>"), HasSubstr("'$a' is not a value of id"));
}

TEST_F(Variables, OneWrongVariableIsOneFault) {
  EXPECT_FALSE(parse(layout_with("<define name='a' value='$nobody'/><style for='p' space-before='$a' space-after='$a'/>" + std::string(kBody))));
  EXPECT_EQ(diags_.error_count(), 1u) << told();
}

TEST_F(Variables, DoNotGrowWithoutBounds) {
  std::string defines = "<define name='v0' value='0123456789'/>";
  for (int i = 1; i <= 40; ++i) defines += "<define name='v" + std::to_string(i) + "' value='$v" + std::to_string(i - 1) + " $v" + std::to_string(i - 1) + "'/>";
  EXPECT_THAT(fault(defines), HasSubstr("a value of more than 4096 characters, with what its variables stand for"));
}

class NamedStyles : public LayoutFiles {
 protected:
  std::vector<Declaration> used(const std::string& styles) {
    const LayoutDefinition layout = right(layout_with(styles + std::string(kBody)));
    return layout.styles.empty() ? std::vector<Declaration>{} : layout.styles.back().declarations;
  }
  std::string fault(const std::string& styles) { return wrong(layout_with(styles + std::string(kBody))); }
};

TEST_F(NamedStyles, CountBeforeWhatARuleSaysItself) {
  const auto declarations = used("<style name='card' widows='3' orphans='4'/><style name='loud' orphans='5' color='#fff'/><style for='p' use='card  loud' color='#000'/>");
  ASSERT_EQ(declarations.size(), 3u);
  EXPECT_EQ(declarations[0].property, Property::Widows);
  EXPECT_EQ(declarations[0].value, Value(3.0));
  EXPECT_EQ(declarations[1].value, Value(5.0));
  EXPECT_EQ(declarations[2].value, Value(Color{}));
  EXPECT_EQ(to_text(declarations[0].at), "x.xml:1:53");
}

TEST_F(NamedStyles, MayUseOthers) {
  const auto declarations = used("<style name='b' use='a' widows='7'/><style name='a' widows='2' orphans='2'/><style for='p' use='b'/>");
  ASSERT_EQ(declarations.size(), 2u);
  EXPECT_EQ(declarations[0].property, Property::Orphans);
  EXPECT_EQ(declarations[1].value, Value(7.0));
}

TEST_F(NamedStyles, TheNearestLayoutsCounts) {
  write("base.xml", "<layout id='base' title='Base'><style name='card' widows='2'/><style name='spare' widows='2'/><style for='p' use='card'/><body><rule/></body></layout>");
  write("top.xml", "<layout id='top' title='Top' extends='base'><style name='card' orphans='9'/></layout>");
  const auto layout = read("top");
  ASSERT_TRUE(layout) << told();
  EXPECT_EQ(told(), "");  // a base's spare style is for others
  ASSERT_EQ(layout->styles.size(), 1u);
  ASSERT_EQ(layout->styles[0].declarations.size(), 1u);
  EXPECT_EQ(layout->styles[0].declarations[0].property, Property::Orphans);
}

TEST_F(NamedStyles, WrongOnes) {
  EXPECT_THAT(fault("<style name='card' widows='2'/><style for='p' use='card crad'/>"), HasSubstr("x.xml:1:82: error: unknown style 'crad'; did you mean 'card'?"));
  EXPECT_THAT(fault("<style name='a' use='b'/><style name='b' use='a'/><style for='p' use='a'/>"), HasSubstr("style 'a' uses itself: a -> b -> a"));
  EXPECT_THAT(fault("<style name='a' widows='2'/><style name='a' widows='2'/><style for='p' use='a'/>"), HasSubstr("style 'a' is defined twice\n  hint: the first stands at x.xml:1:26"));
  EXPECT_THAT(fault("<style name='1' widows='2'/>"), HasSubstr("'1' cannot be the name of a style"));
  EXPECT_THAT(fault("<style name='a' for='p' widows='2'/>"), HasSubstr("x.xml:1:42: error: <style> with a name has for as well"));
  EXPECT_THAT(fault("<style widows='2'/>"), HasSubstr("<style> has neither for nor name"));
  EXPECT_THAT(fault("<style for='p' use=' '/>"), HasSubstr("use is empty"));
  EXPECT_THAT(fault("<style name='a' widows='x'/>"), HasSubstr("'x' is not a value of widows"));
  EXPECT_TRUE(parse(layout_with("<style name='card' widows='2'/>" + std::string(kBody))));
  EXPECT_THAT(told(), HasSubstr("x.xml:1:39: warning: style 'card' is used nowhere"));
}

}  // namespace
}  // namespace handout::layouts
