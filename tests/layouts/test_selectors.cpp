#include "layouts/layout_testing.h"

namespace handout::layouts {
namespace {

class Selectors : public Layouts {
 protected:
  std::vector<Selector> selectors(const std::string& text) {
    const LayoutDefinition layout = right(layout_with("<style for=\"" + text + "\" widows='2'/>" + std::string(kBody)));
    return layout.styles.empty() ? std::vector<Selector>{} : layout.styles[0].selectors;
  }
  bool hits(const std::string& text, const std::vector<const ElementContext*>& path) {
    const auto all = selectors(text);
    return std::any_of(all.begin(), all.end(), [&](const Selector& each) { return matches(each, path); });
  }
  std::string fault(const std::string& text) { return wrong(layout_with("<style for=\"" + text + "\" widows='2'/>" + std::string(kBody))); }

  const std::vector<std::string> classes_{"wide", "blue"};
  const ElementContext root_{"handout", "knee", nullptr, {}}, section_{"section", "risks", &classes_, {{"level", "short"}}}, callout_{"callout", "call", nullptr, {{"kind", "urgent"}}}, title_{"title", "", nullptr, {}};
  const std::vector<const ElementContext*> path_{&root_, &section_, &callout_, &title_};
};

TEST_F(Selectors, MatchTheLastElementOfThePath) {
  EXPECT_TRUE(hits("title", path_));
  EXPECT_TRUE(hits("*", path_));
  EXPECT_FALSE(hits("callout", path_));
  EXPECT_FALSE(matches(Selector{}, path_));
  EXPECT_FALSE(hits("title", {}));
}

TEST_F(Selectors, MatchClassesIdsAndAttributes) {
  const std::vector<const ElementContext*> section{&root_, &section_}, callout{&root_, &section_, &callout_};
  EXPECT_TRUE(hits("section.wide.blue", section));
  EXPECT_TRUE(hits(".blue", section));
  EXPECT_FALSE(hits("section.wide.red", section));
  EXPECT_FALSE(hits("callout.wide", callout));
  EXPECT_TRUE(hits("#risks", section));
  EXPECT_FALSE(hits("section#other", section));
  EXPECT_TRUE(hits("callout[kind=urgent]", callout));
  EXPECT_TRUE(hits("callout[ kind = 'urgent' ]", callout));
  EXPECT_FALSE(hits("callout[kind=tip]", callout));
  EXPECT_FALSE(hits("[level=urgent]", callout));
}

TEST_F(Selectors, MatchAncestorsAndParents) {
  EXPECT_TRUE(hits("section title", path_));
  EXPECT_FALSE(hits("section > title", path_));
  EXPECT_TRUE(hits("callout>title", path_));
  EXPECT_TRUE(hits("handout section.wide > callout title", path_));
  EXPECT_FALSE(hits("handout > callout title", path_));
  EXPECT_FALSE(hits("title title", path_));
  EXPECT_FALSE(hits("callout section title", path_));
}

TEST_F(Selectors, ADescendantIsSoughtBeyondTheNearestAncestor) {
  const ElementContext box{"box", "", nullptr, {}}, outer{"box", "outer", nullptr, {}}, p{"p", "", nullptr, {}};
  const std::vector<const ElementContext*> path{&section_, &outer, &box, &p};
  // The nearest box is no child of section; the farther one is.
  EXPECT_TRUE(hits("section > box p", path));
  EXPECT_FALSE(hits("section > box > p", path));
}

TEST_F(Selectors, DeepPathsAndManyPartsTakeNoTime) {
  const ElementContext box{"box", "", nullptr, {}};
  const std::vector<const ElementContext*> path(100, &box);
  EXPECT_FALSE(hits("p box box box box box box box", path));
  EXPECT_TRUE(hits("box box box box box box box box", path));
}

TEST_F(Selectors, SpecificityCountsIdsThenClassesAndAttributesThenElements) {
  const auto of = [&](const std::string& text) { return selectors(text).at(0).specificity(); };
  EXPECT_EQ(of("*"), (std::array<int, 3>{0, 0, 0}));
  EXPECT_EQ(of("section > title"), (std::array<int, 3>{0, 0, 2}));
  EXPECT_EQ(of("callout[kind=urgent].wide#id p"), (std::array<int, 3>{1, 2, 2}));
  EXPECT_GT(of("#a"), of(".a.b.c p p"));
}

TEST_F(Selectors, AListIsSplitAtCommas) {
  const auto all = selectors("h1 , p.x,callout[kind='a, b']");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[2].compounds[0].attributes[0].second, "a, b");
}

TEST_F(Selectors, FaultsNameWhatWasFoundAndWhere) {
  EXPECT_THAT(fault("p,"), HasSubstr("x.xml:1:40: error: found the end in a selector; expected an element, '.class', '#id' or '*'"));
  EXPECT_THAT(fault(""), HasSubstr("found the end in a selector"));
  EXPECT_THAT(fault("p + p"), HasSubstr("x.xml:1:40: error: found '+' in a selector"));
  EXPECT_THAT(fault("p!"), HasSubstr("found '!' in a selector; expected a space, '>' or ','"));
  EXPECT_THAT(fault("p > > p"), HasSubstr("found '>'"));
  EXPECT_THAT(fault("p."), HasSubstr("expected the name of a class after '.'"));
  EXPECT_THAT(fault("p#1"), HasSubstr("found '1' in a selector; expected an id after '#'"));
  EXPECT_THAT(fault("#a#b"), HasSubstr("selector with two ids"));
  EXPECT_THAT(fault("p[]"), HasSubstr("expected the name of an attribute after '['"));
  EXPECT_THAT(fault("p[kind]"), HasSubstr("found ']' in a selector; expected '=' and a value after '[kind'"));
  EXPECT_THAT(fault("p[kind=]"), HasSubstr("expected a value after '[kind='"));
  EXPECT_THAT(fault("p[kind='a]"), HasSubstr("without a closing quote"));
  EXPECT_THAT(fault("p[kind=a b]"), HasSubstr("expected ']' after '[kind=a'"));
  EXPECT_THAT(fault("p p p p p p p p p"), HasSubstr("more than 8 parts"));
}

TEST_F(Selectors, AnElementNearToAKnownOneIsDoubted) {
  EXPECT_TRUE(parse(layout_with("<style for='calout' widows='2'/>" + std::string(kBody))));
  EXPECT_THAT(told(), HasSubstr("x.xml:1:38: warning: no element of a handout is called 'calout'; did you mean 'callout'?"));
}

}  // namespace
}  // namespace handout::layouts
