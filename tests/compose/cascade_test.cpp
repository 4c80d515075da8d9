#include "compose/cascade.h"

#include "composing.h"

namespace handout::compose {
namespace {

using layouts::ElementContext;

class Cascading : public Composing {
 protected:
  // The computed style of the last of `path`, each inside the one before; the first is the document.
  ComputedStyle style(const std::vector<ElementContext>& path, std::string_view script = "Latn", int profile_from = -1) {
    layouts::LayoutDefinition definition = *layout_;
    for (std::size_t i = 0; profile_from >= 0 && i < definition.styles.size(); ++i) definition.styles[i].layer = static_cast<int>(i) >= profile_from ? 1 : 0;
    const unicode::Locale language = *unicode::Locale::parse("und-" + std::string(script));
    Cascade cascade(definition);
    ComputedStyle computed = cascade.root(path.front(), language);
    std::vector<const ElementContext*> elements{&path.front()};
    for (std::size_t i = 1; i < path.size(); ++i) {
      elements.push_back(&path[i]);
      computed = cascade.style(elements, computed, language);
    }
    return computed;
  }
  static ElementContext element(std::string_view name, std::string_view id = "", const std::vector<std::string>* classes = nullptr) { return {name, id, classes, {}}; }
};

const std::vector<std::string> kWide = {"wide"};

TEST_F(Cascading, MoreSpecificRulesWinWhateverTheOrder) {
  styles(R"(<style for="#x" space-after="4pt"/><style for="p.wide" space-after="3pt"/><style for="section p" space-after="2pt"/><style for="p" space-after="1pt"/>)");
  EXPECT_EQ(style({element("handout"), element("p")}).space_after, 1_pt);
  EXPECT_EQ(style({element("handout"), element("section"), element("p")}).space_after, 2_pt);
  EXPECT_EQ(style({element("handout"), element("section"), element("p", "", &kWide)}).space_after, 3_pt);
  EXPECT_EQ(style({element("handout"), element("section"), element("p", "x", &kWide)}).space_after, 4_pt);
}

TEST_F(Cascading, OfEqualRulesTheLaterWins) {
  styles(R"(<style for="p" space-after="1pt" space-before="1pt"/><style for="p" space-after="2pt"/>)");
  const ComputedStyle computed = style({element("handout"), element("p")});
  EXPECT_EQ(computed.space_after, 2_pt);
  EXPECT_EQ(computed.space_before, 1_pt);
}

// A profile's rule wins over every rule of a layout, however specific.
TEST_F(Cascading, LayersComeBeforeSpecificity) {
  styles(R"(<style for="section > p.wide#x" font-size="12pt"/><style for="p" font-size="18pt"/>)");
  const std::vector<ElementContext> path{element("handout"), element("section"), element("p", "x", &kWide)};
  EXPECT_EQ(style(path).size, 12_pt);
  EXPECT_EQ(style(path, "Latn", 1).size, 18_pt);
}

TEST_F(Cascading, ListOfSelectorsCountsWithItsMostSpecific) {
  styles(R"(<style for="p, p.wide" space-after="2pt"/><style for="section p" space-after="1pt"/>)");
  EXPECT_EQ(style({element("handout"), element("section"), element("p", "", &kWide)}).space_after, 2_pt);
  EXPECT_EQ(style({element("handout"), element("section"), element("p")}).space_after, 1_pt);
}

TEST_F(Cascading, TextIsInheritedAndBoxesAreNot) {
  styles(R"(<style for="section" font-size="14pt" font-weight="700" font-style="italic" color="#ff0000" font-family="Noto Serif" text-align="end" letter-spacing="1pt" padding="5pt" border="1pt #000000" background="#eeeeee" space-after="9pt" keep-together="always" text-decoration="underline" column="side"/>)");
  const ComputedStyle inside = style({element("handout"), element("section"), element("p")});
  EXPECT_EQ(inside.size, 14_pt);
  EXPECT_EQ(inside.weight, 700);
  EXPECT_EQ(inside.slant, fonts::Slant::Italic);
  EXPECT_EQ(to_text(inside.color), "#ff0000");
  EXPECT_EQ(inside.family, "Noto Serif");
  EXPECT_EQ(inside.align, TextAlign::End);
  EXPECT_EQ(inside.letter_spacing, 1_pt);
  EXPECT_EQ(inside.padding_top, Length{});
  EXPECT_FALSE(inside.border_top);
  EXPECT_FALSE(inside.background);
  EXPECT_EQ(inside.space_after, Length{});
  EXPECT_EQ(inside.keep_together, styled::Keep::Auto);
  EXPECT_EQ(inside.decoration, styled::Decoration::None);
  EXPECT_EQ(inside.column, Column::Text);
}

// em: the element's own size (the parent's for font-size); rem: the document's; u: a quarter of its line.
TEST_F(Cascading, RelativeLengths) {
  styles(R"(<style for="handout" font-size="10pt" line-height="2"/><style for="section" font-size="2em"/><style for="p" font-size="150%" space-before="1em" space-after="1rem" padding-top="3u" margin-start="2mm"/>)");
  const ComputedStyle computed = style({element("handout"), element("section"), element("p")});
  EXPECT_EQ(computed.size, 30_pt);
  EXPECT_EQ(computed.space_before, 30_pt);
  EXPECT_EQ(computed.space_after, 10_pt);
  EXPECT_EQ(computed.padding_top, 15_pt);
  EXPECT_EQ(computed.margin_start, 2_mm);
}

// A factor is inherited as a factor, a length as a length (CSS 2.2, 10.8).
TEST_F(Cascading, LineHeightAsFactorAndAsLength) {
  styles(R"(<style for="section" line-height="1.5"/><style for="box" line-height="20pt"/><style for="p" font-size="20pt"/>)");
  EXPECT_EQ(style({element("handout"), element("section"), element("p")}).leading(), 30_pt);
  EXPECT_EQ(style({element("handout"), element("box"), element("p")}).leading(), 20_pt);
  EXPECT_EQ(style({element("handout"), element("box"), element("section"), element("p")}).leading(), 30_pt);
}

TEST_F(Cascading, RulesForAScript) {
  styles(R"(<style for="p" line-height="1.2"/><style for="p" for-script="Arab Deva" line-height="1.6"/>)");
  EXPECT_DOUBLE_EQ(style({element("handout"), element("p")}, "Latn").line_height_factor, 1.2);
  EXPECT_DOUBLE_EQ(style({element("handout"), element("p")}, "Deva").line_height_factor, 1.6);
}

TEST_F(Cascading, SuperscriptsAddUp) {
  styles(R"(<style for="handout" font-size="12pt"/><style for="sup" font-size="50%" vertical-align="super"/><style for="sub" vertical-align="sub"/>)");
  EXPECT_EQ(style({element("handout"), element("sup")}).baseline_shift, 4_pt);
  EXPECT_EQ(style({element("handout"), element("sub")}).baseline_shift, -2_pt);
  EXPECT_EQ(style({element("handout"), element("sup"), element("sup")}).baseline_shift, 6_pt);
}

// Words inside a superscript stand as high as it does.
TEST_F(Cascading, EmphasisInsideASuperscriptIsRaisedToo) {
  styles(R"(<style for="handout" font-size="12pt"/><style for="sup" font-size="50%" vertical-align="super"/><style for="strong" font-weight="700"/>)");
  EXPECT_EQ(style({element("handout"), element("sup"), element("strong")}).baseline_shift, 4_pt);
}

TEST_F(Cascading, NoneTakesAway) {
  styles(R"(<style for="p" background="#eeeeee" border-start="1pt #000000" marker="none"/><style for="section p" background="none" border-start="none"/>)");
  const ComputedStyle computed = style({element("handout"), element("section"), element("p")});
  EXPECT_FALSE(computed.background);
  EXPECT_FALSE(computed.border_start);
  EXPECT_EQ(computed.marker, "none");
}

}  // namespace
}  // namespace handout::compose
