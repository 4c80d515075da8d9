#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support.h"
#include "xml/element.h"

namespace handout::xml {
namespace {

using testing::HasSubstr;

TEST(Parse, ReadsElementsAttributesAndText) {
  EXPECT_EQ(tree_of("<a x=\"1\" y='2'>t<b/>u<c></c></a>"), "a(x=1)(y=2){[t]b{}[u]c{}}");
  EXPECT_EQ(tree_of("<a\n x = \"1\"\n/>"), "a(x=1){}");
  EXPECT_EQ(tree_of("<é-1 ü=\"ö\">ß</é-1 >"), "é-1(ü=ö){[ß]}");
  EXPECT_EQ(tree_of("<a xml:lang=\"de\" xml:space=\"preserve\" xml:id=\"i\"/>"), "a(xml:lang=de)(xml:space=preserve)(xml:id=i){}");
}

// What tinyxml2 9 drops: text that is nothing but white space.
TEST(Parse, KeepsWhiteSpaceBetweenElements) {
  EXPECT_EQ(tree_of("<p><strong>a</strong> <em>b</em></p>"), "p{strong{[a]}[ ]em{[b]}}");
  EXPECT_EQ(tree_of("<p> <b/>\n<b/>\t</p>"), "p{[ ]b{}[\n]b{}[\t]}");
  EXPECT_EQ(tree_of("<p><b/> text <b/></p>"), "p{b{}[ text ]b{}}");
  EXPECT_EQ(tree_of("<p> </p>"), "p{[ ]}");
  EXPECT_EQ(tree_of("<p><b/>&#32;<b/></p>"), "p{b{}[ ]b{}}");
}

TEST(Parse, KeepsWhiteSpaceBetweenEveryInlinePair) {
  for (const std::string first : {"strong", "em", "a", "sup", "term"}) {
    for (const std::string second : {"strong", "em", "a", "sup", "term"}) {
      const std::string source = "<p><" + first + ">x</" + first + "> <" + second + ">y</" + second + "></p>";
      EXPECT_EQ(tree_of(source), "p{" + first + "{[x]}[ ]" + second + "{[y]}}");
    }
  }
}

TEST(Parse, JoinsTextCDataAndWhatSurroundsComments) {
  EXPECT_EQ(tree_of("<p>a<![CDATA[<b> & ]]]]><![CDATA[>]]>c</p>"), "p{[a<b> & ]]>c]}");
  EXPECT_EQ(tree_of("<p>one <!-- x --> two</p>"), "p{[one  two]}");
  EXPECT_EQ(tree_of("<p><b/> <!-- x --><!-- y --> <b/></p>"), "p{b{}[  ]b{}}");
  EXPECT_EQ(tree_of("<p><!-- x --></p>"), "p{}");
  EXPECT_EQ(tree_of("<p><![CDATA[]]></p>"), "p{}");
  EXPECT_EQ(tree_of("<p><![CDATA[ ]]></p>"), "p{[ ]}");
  EXPECT_EQ(tree_of("<p><![CDATA[&amp;]]></p>"), "p{[&amp;]}");
}

TEST(Parse, ResolvesReferences) {
  EXPECT_EQ(tree_of("<a x='&quot;&apos;&#x1F600;'>&lt;&amp;&gt;&#233;&#xe9;&#x00000E9;</a>"), "a(x=\"'😀){[<&>ééé]}");
  EXPECT_EQ(tree_of("<a>&amp;lt;</a>"), "a{[&lt;]}");
}

// XML 1.0 sections 2.11 and 3.3.3.
TEST(Parse, NormalizesLineEndsAndAttributeValues) {
  EXPECT_EQ(tree_of("<a>1\r\n2\r3\n4\n\r5&#13;</a>"), "a{[1\n2\n3\n4\n\n5\r]}");
  EXPECT_EQ(tree_of("<a><![CDATA[1\r\n2\r3]]></a>"), "a{[1\n2\n3]}");
  EXPECT_EQ(tree_of("<a x=' 1\r\n2\r3\n4\t5  6&#10;&#9;&#13;'/>"), "a(x= 1 2 3 4 5  6\n\t\r){}");
}

TEST(Parse, GivesEveryPlaceInCodePoints) {
  Diagnostics diags;
  const auto root = parse("\xEF\xBB\xBF<a ä='1'\r\n  x='ö'>ü😀<b/>\r\n<!-- ü -->t</a>", "f", diags);
  ASSERT_TRUE(root) << to_text(diags);
  EXPECT_EQ(to_text(root->at), "f:1:1");
  EXPECT_EQ(to_text(root->attributes[0].at), "f:1:4");
  EXPECT_EQ(to_text(root->attributes[0].value_at), "f:1:7");
  EXPECT_EQ(to_text(root->attributes[1].at), "f:2:3");
  EXPECT_EQ(to_text(root->attributes[1].value_at), "f:2:6");
  ASSERT_EQ(root->children.size(), 3u);
  EXPECT_EQ(to_text(root->children[0].text()->at), "f:2:9");
  EXPECT_EQ(to_text(root->children[1].element()->at), "f:2:11");
  EXPECT_EQ(to_text(root->children[2].text()->at), "f:2:15");
  EXPECT_EQ(root->children[2].text()->text, "\nt");
}

TEST(Parse, CountsEveryKindOfLineEndOnce) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    EXPECT_EQ(faults_of("<a>" + end + end + " &x;</a>").substr(0, 6), "f:3:2:") << testing::PrintToString(end);
  }
}

TEST(Parse, GivesPlacesFarIntoLongLines) {
  const std::string far = "<a>" + std::string(100'000, 'x') + "é";
  EXPECT_THAT(faults_of(far + "&x;</a>"), HasSubstr("f:1:100005: error: undefined entity"));
}

TEST(Parse, TakesWhatStandsBeforeAndAfterTheRoot) {
  const std::string expected = "a{}";
  EXPECT_EQ(tree_of("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>\n"), expected);
  EXPECT_EQ(tree_of("<?xml version='1.0' encoding='utf-8' standalone='yes' ?><a/>"), expected);
  EXPECT_EQ(tree_of("<?xml version='1.0'?><!-- c --><?xml-model href='a.rng'?><!-- d --><a/><!-- e -->"), expected);
  EXPECT_EQ(tree_of("\xEF\xBB\xBF<?xml version='1.0'?><a/>"), expected);
  EXPECT_EQ(tree_of("\r\n<a/> \t\r\n"), expected);
}

TEST(Element, FindsAttributes) {
  Diagnostics diags;
  const auto root = parse("<a x='1' y=''/>", "f", diags);
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("x")->value, "1");
  EXPECT_EQ(root->find("z"), nullptr);
  EXPECT_EQ(root->value("x"), "1");
  EXPECT_EQ(root->value("y"), "");
  EXPECT_EQ(root->value("z"), "");
}

std::string nested(std::size_t depth) {
  std::string source;
  for (std::size_t i = 0; i < depth; ++i) source += "<a>";
  for (std::size_t i = 0; i < depth; ++i) source += "</a>";
  return source;
}

TEST(ParseLimits, Depth) {
  EXPECT_EQ(faults_of(nested(98)), "");
  EXPECT_EQ(faults_of(nested(99)), "f:1:295: error: <a> is nested 99 deep; at most 98 are read\n");
  EXPECT_THAT(faults_of(nested(100'000)), HasSubstr("nested 99 deep"));
  Diagnostics diags;
  EXPECT_TRUE(parse(nested(3), "f", diags, {1000, 3}));
  EXPECT_FALSE(parse(nested(4), "f", diags, {1000, 3}));
}

TEST(ParseLimits, Attributes) {
  std::string many = "<a";
  for (int i = 0; i < 64; ++i) many += " b" + std::to_string(i) + "='1'";
  EXPECT_EQ(faults_of(many + "/>"), "");
  EXPECT_EQ(faults_of(many + " c='1'/>"), "f:1:506: error: <a> has more than 64 attributes\n");
}

TEST(ParseLimits, Bytes) {
  Diagnostics diags;
  EXPECT_TRUE(parse("<a/>", "f", diags, {4, 3}));
  EXPECT_FALSE(parse("<aa/>", "f", diags, {4, 3}));
  EXPECT_EQ(to_text(diags), "f: error: has 5 bytes; at most 4 are read\n");
}

// Nothing that grows faster than the source: these would run for hours.
TEST(ParseLimits, LinearInEverything) {
  constexpr std::size_t kMany = 50'000;
  std::string children = "<a>", comments = "<a>";
  for (std::size_t i = 0; i < kMany; ++i) {
    children += "<b/> ";
    comments += "x<!-- c -->";
  }
  Diagnostics diags;
  EXPECT_EQ(parse(children + "</a>", "f", diags)->children.size(), 2 * kMany);
  EXPECT_EQ(parse(comments + "</a>", "f", diags)->children.size(), 1u);
}

TEST(ParseLimits, Faults) {
  std::string source = "<a>";
  for (int i = 0; i < 100'000; ++i) source += "&x;";
  Diagnostics diags;
  EXPECT_FALSE(parse(source + "</a>", "f", diags));
  EXPECT_EQ(diags.all().size(), 501u);
  EXPECT_THAT(to_text(diags), HasSubstr("f: error: has more than 499 faults; the rest are not told"));
}

}  // namespace
}  // namespace handout::xml
