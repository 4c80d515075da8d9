#include <gtest/gtest.h>

#include "article_text.h"

namespace handout::content {
namespace {

// The paragraph's words and markup as read.
std::string read_words(std::string_view words) {
  const auto reading = read_text(declared_text("<field-def name=\"x\" type=\"text\"/><field-def name=\"n\" type=\"number\"/>\n",
                                               "<p id=\"p\">" + std::string(words) + "</p><references><reference id=\"r\">R <cite ref=\"r\"/></reference></references>"));
  if (!reading.article) return reading.messages;
  return markup(std::get<Paragraph>(reading.article->body.at(0).what).text.content);
}

TEST(WhiteSpace, RunsBecomeOneSpaceAndTheEdgesGo) {
  EXPECT_EQ(read_words("  a \t\r\n  b  "), "a b");
  EXPECT_EQ(read_words("\n<strong> a </strong>\n"), "<strong>a</strong>");
}

TEST(WhiteSpace, NoBreakSpacesStay) { EXPECT_EQ(read_words(" \xC2\xA0 a\xC2\xA0\xC2\xA0" "b"), "\xC2\xA0 a\xC2\xA0\xC2\xA0" "b"); }

TEST(WhiteSpace, ASpaceInsideAnElementTakesTheOneAfterIt) {
  EXPECT_EQ(read_words("<strong>a </strong> b"), "<strong>a </strong>b");
  EXPECT_EQ(read_words("a <em> b</em>"), "a <em>b</em>");
  EXPECT_EQ(read_words("<strong><em>a </em> </strong> <sub> b</sub>"), "<strong><em>a </em></strong><sub>b</sub>");
}

TEST(WhiteSpace, StaysBetweenEveryPairOfInlineElements) {
  const std::pair<std::string, std::string> elements[] = {
      {"<strong>s</strong>", "<strong>s</strong>"},
      {"<em>s</em>", "<em>s</em>"},
      {"<sup>s</sup>", "<sup>s</sup>"},
      {"<sub>s</sub>", "<sub>s</sub>"},
      {"<term>s</term>", "<term>s</term>"},
      {"<a href=\"#p\">s</a>", "<a href=\"#p\">s</a>"},
      {"<cite ref=\"r\"/>", "<cite ref=\"r\"/>"},
      {"<field name=\"date\"/>", "<field name=\"date\"/>"},
      {"<measure value=\"1\" unit=\"meter\"/>", "<measure value=\"1\" unit=\"meter\"/>"},
      {"<span xml:lang=\"la\">s</span>", "<span xml:lang=\"la\">s</span>"},
      {"<choose><when field=\"x\">s</when><otherwise>u</otherwise></choose>", "<choose><when field=\"x\">s</when><otherwise>u</otherwise></choose>"},
      {"<plural field=\"n\"><case of=\"one\">s</case><case of=\"other\">u</case></plural>", "<plural field=\"n\"><case of=\"one\">s</case><case of=\"other\">u</case></plural>"},
  };
  for (const auto& first : elements) {
    for (const auto& second : elements) {
      EXPECT_EQ(read_words(first.first + " " + second.first), first.second + " " + second.second);
      EXPECT_EQ(read_words(first.first + "\n\t" + second.first), first.second + " " + second.second);
      EXPECT_EQ(read_words(first.first + second.first), first.second + second.second);
    }
  }
}

TEST(WhiteSpace, ALineBreakEatsSpacesOnBothSides) {
  EXPECT_EQ(read_words("a <br/> b"), "a<br/>b");
  EXPECT_EQ(read_words("<em>a </em><br/><em> b</em>"), "<em>a</em><br/><em>b</em>");
  EXPECT_EQ(read_words("a <strong><br/> b</strong>"), "a<strong><br/>b</strong>");
}

TEST(WhiteSpace, CommentsPartNothing) {
  EXPECT_EQ(read_words("a<!-- c -->b"), "ab");
  EXPECT_EQ(read_words("a <!-- c --> b"), "a b");
}

TEST(WhiteSpace, EveryBranchBeginsWhereTheWordsBeforeEnd) {
  EXPECT_EQ(read_words("a <choose><when field=\"x\"> b</when><otherwise> c</otherwise></choose> d"),
            "a <choose><when field=\"x\">b</when><otherwise>c</otherwise></choose> d");
  EXPECT_EQ(read_words("a<choose><when field=\"x\"> b</when></choose>, d"), "a<choose><when field=\"x\"> b</when></choose>, d");
}

TEST(WhiteSpace, AnEmptyBranchLeavesNoSecondSpace) {
  // "take it daily" or "take daily", whichever branch prints.
  EXPECT_EQ(read_words("take <choose><when field=\"x\">it</when></choose> daily"), "take <choose><when field=\"x\">it </when></choose>daily");
  EXPECT_EQ(read_words("take <choose><when field=\"x\">it </when></choose> daily"), "take <choose><when field=\"x\">it </when></choose>daily");
  EXPECT_EQ(read_words("<choose><when field=\"x\">Dear X,</when></choose> please"), "<choose><when field=\"x\">Dear X, </when></choose>please");
  EXPECT_EQ(read_words("<strong>a <choose><when field=\"x\"><em>b</em></when></choose></strong> c"),
            "<strong>a <choose><when field=\"x\"><em>b</em> </when></choose></strong>c");
  EXPECT_EQ(read_words("a <choose><when field=\"x\">b</when></choose>c"), "a <choose><when field=\"x\">b</when></choose>c");
}

TEST(WhiteSpace, ABranchNeverTakesTheSpaceBeforeIt) {
  EXPECT_EQ(read_words("a <choose><when field=\"x\"><br/>b</when><otherwise>c</otherwise></choose>"),
            "a <choose><when field=\"x\"><br/>b</when><otherwise>c</otherwise></choose>");
}

TEST(WhiteSpace, ALineFeedBetweenChineseCharactersIsNoSpace) {
  EXPECT_EQ(read_words("膝\n  盖"), "膝盖");
  EXPECT_EQ(read_words("<strong>膝</strong>\n盖"), "<strong>膝</strong>盖");
  EXPECT_EQ(read_words("膝 \n<em>盖</em>"), "膝<em>盖</em>");
  EXPECT_EQ(read_words("膝 盖"), "膝 盖");
  EXPECT_EQ(read_words("膝\nMCL\n盖"), "膝 MCL 盖");
  EXPECT_EQ(read_words("무릎\n통증"), "무릎 통증");
}

// The marks are words to what stands round them, and edges to what stands inside.
TEST(WhiteSpace, StandsOutsideQuotationMarks) {
  EXPECT_EQ(read_words("a <q> b </q> c"), "a <q>b</q> c");
  EXPECT_EQ(read_words("a<q>b</q>c"), "a<q>b</q>c");
  EXPECT_EQ(read_words("<q>a <em>b </em></q> c"), "<q>a <em>b</em></q> c");
  EXPECT_EQ(read_words("<q> <q>a</q> <q> b</q></q>"), "<q><q>a</q> <q>b</q></q>");
  EXPECT_EQ(read_words("<choose><when field=\"x\"><q> b </q></when></choose> c"), "<choose><when field=\"x\"><q>b</q> </when></choose>c");
}

}  // namespace
}  // namespace handout::content
