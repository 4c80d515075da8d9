#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "article_text.h"
#include "base/digest.h"
#include "content/vocabulary.h"

namespace handout::content {
namespace {

constexpr std::string_view kWhole = R"x(<article id="knee" xml:lang="en" version="1.2" status="reviewed" reviewed="2026-01-02" reviewer="Dr A, surgeon" review-by="2027-01-02" audience="adults" keywords="knee, pain">
  <code system="ICD-10-CM" value="M17.9"/>
  <field-def name="side" type="choice" required="yes" default="left" choices="left|right"/>
  <field-def name="visits" type="number"/>
  <title id="title">Knee &amp; pain</title>
  <summary id="summary">A sheet.</summary>
  <points><point id="pt-1">One.</point></points>
  <section id="s1" level="short" class="wide tall">
    <title id="s1-t">Causes</title>
    <p id="p1" class="lead"><strong>a</strong> <em>b</em> x<sup>2</sup>y<sub>i</sub> <term>cartilage</term> <a href="https://example.org/">web</a> <a href="#s1">up</a><cite ref="r1"/></p>
    <p id="p2">On <field name="date" format="long-date"/>, <choose><when field="side" is="left">left</when><when field="visits">seen</when><otherwise>right</otherwise></choose>
      <plural field="visits"><case of="one">one visit</case><case of="other"><field name="visits" format="number"/> visits</case></plural>
      <measure value="4.5" unit="kilogram" us-value="10" us-unit="pound"/> <span xml:lang="la" dir="ltr">genu</span><br/>end</p>
    <section id="s2"><title id="s2-t">Deeper</title><ol id="ol" start="3"><li id="i1">first</li><li id="i2"><p id="i2-p">block</p><ul id="ul"><li id="i3">in</li></ul></li></ol></section>
  </section>
  <ol id="st" kind="steps"><li id="i4">go</li></ol>
  <ul id="ch" kind="check"><li id="i5">tick</li></ul>
  <table id="tab"><caption id="cap">Cap</caption><thead><tr><th id="h1">A</th><th id="h2">B</th></tr></thead>
    <tbody><tr><th id="b1" scope="row" rowspan="2">x</th><td id="b2">1</td></tr><tr><td id="b3"/></tr><tr><td id="b4" colspan="2" source="0123abcd">both</td></tr></tbody></table>
  <figure id="fig" src="knee.svg" alt="A &quot;knee&quot;"><figcaption id="fc">Look</figcaption><label for="bone" id="l1">Bone</label></figure>
  <callout id="co" kind="urgent"><title id="co-t">Now</title><p id="co-p">Call.</p></callout>
  <question id="q" lines="2">Why?</question>
  <dl id="dl"><dt id="d1">ACL</dt><dt id="d2">MCL</dt><dd id="d3">Ligaments.</dd></dl>
  <references id="refs"><reference id="r1" href="https://example.org/x" accessed="2026-11-22" status="checked">Source.</reference></references>
</article>
)x";

// The dump without the digests, which a change of hash alone would change.
std::string without_digests(const Article& article) {
  std::string text = dump(article);
  for (const TextBlock* block : text_blocks(article)) {
    const std::string digest = " " + block_digest(*block);
    text.erase(text.find(digest), digest.size());
  }
  return text;
}

TEST(Article, WholeVocabularyIsReadAndDumped) {
  const auto reading = read_text(kWhole);
  ASSERT_TRUE(reading.article) << reading.messages;
  EXPECT_EQ(reading.messages, "");
  EXPECT_EQ(without_digests(*reading.article), R"x(article#knee en version="1.2" status=reviewed reviewed=2026-01-02 reviewer="Dr A, surgeon" review-by=2027-01-02 audience="adults" keyword="knee" keyword="pain"
  code ICD-10-CM M17.9
  field-def side choice required default="left" choice="left" choice="right"
  field-def visits number
  title#title Knee &amp; pain
  summary#summary A sheet.
  point#pt-1 One.
  section[short]#s1.wide.tall
    title#s1-t Causes
    p#p1.lead <strong>a</strong> <em>b</em> x<sup>2</sup>y<sub>i</sub> <term>cartilage</term> <a href="https://example.org/">web</a> <a href="#s1">up</a><cite ref="r1"/>
    p#p2 On <field name="date" format="long-date"/>, <choose><when field="side" is="left">left</when><when field="visits">seen</when><otherwise>right</otherwise></choose> <plural field="visits"><case of="one">one visit</case><case of="other"><field name="visits" format="number"/> visits</case></plural> <measure value="4.5" unit="kilogram" us-value="10" us-unit="pound"/> <span xml:lang="la" dir="ltr">genu</span><br/>end
    section#s2
      title#s2-t Deeper
      ol#ol start=3
        li#i1 first
        li#i2
          p#i2-p block
          ul#ul
            li#i3 in
  ol[steps]#st
    li#i4 go
  ul[check]#ch
    li#i5 tick
  table#tab
    caption#cap Cap
    thead tr
      th[col]#h1 A
      th[col]#h2 B
    tbody tr
      th[row][rowspan=2]#b1 x
      td#b2 1
    tbody tr
      td#b3 
    tbody tr
      td[colspan=2]#b4<-0123abcd both
  figure#fig src="knee.svg" alt="A &quot;knee&quot;"
    figcaption#fc Look
    label[bone]#l1 Bone
  callout[urgent]#co
    title#co-t Now
    p#co-p Call.
  question[2]#q Why?
  dl#dl
    dt#d1 ACL
    dt#d2 MCL
    dd#d3 Ligaments.
  reference[checked][2026-11-22][https://example.org/x]#r1 Source.
)x");
}

TEST(Article, TextBlocksComeInDocumentOrder) {
  const auto reading = read_text(kWhole);
  ASSERT_TRUE(reading.article);
  std::string ids;
  for (const TextBlock* block : text_blocks(*reading.article)) ids += block->id + " ";
  EXPECT_EQ(ids, "title summary pt-1 s1-t p1 p2 s2-t i1 i2-p i3 i4 i5 cap h1 h2 b1 b2 b3 b4 fc l1 co-t co-p q d1 d2 d3 r1 ");
}

TEST(Article, PlainTextHasTheWordsAlone) {
  const auto reading = read_text(kWhole);
  ASSERT_TRUE(reading.article);
  const auto& section = std::get<Section>(reading.article->body.at(0).what);
  EXPECT_EQ(plain_text(std::get<Paragraph>(section.blocks.at(0).what).text.content), "a b x2yi cartilage web up{cite:r1}");
  EXPECT_EQ(plain_text(std::get<Paragraph>(section.blocks.at(1).what).text.content),
            "On {date}, {side=left: left | visits: seen | right} {visits, one: one visit | other: {visits} visits} {4.5 kilogram} genu end");
}

std::string quoted(std::string_view language, std::string_view words) {
  const auto reading = read_text("<article id=\"a\" xml:lang=\"" + std::string(language) + "\" version=\"1\" status=\"draft\"><title id=\"t\">" + std::string(words) + "</title></article>");
  return reading.article ? plain_text(reading.article->title.content) : reading.messages;
}

// CLDR's delimiters; those of French hold narrow no-break spaces.
TEST(Article, QuotationsHaveTheMarksOfTheLanguageAroundThem) {
  EXPECT_EQ(quoted("en", "Say <q>I am <q>ill</q></q>."), "Say “I am ‘ill’”.");
  EXPECT_EQ(quoted("en", "<q>a <q>b <q>c</q></q></q>"), "“a ‘b “c”’”");
  EXPECT_EQ(quoted("en", "<q>a</q> <q>b</q>"), "“a” “b”");
  EXPECT_EQ(quoted("de", "<q>a <q>b</q></q>"), "„a ‚b‘“");
  EXPECT_EQ(quoted("fr", "<q>a <q>b</q></q>"), "«\u202Fa «\u202Fb\u202F»\u202F»");
  EXPECT_EQ(quoted("fr-CH", "<q>a <q>b</q></q>"), "«\u202Fa ‹\u202Fb\u202F›\u202F»");
  EXPECT_EQ(quoted("es", "<q>a <q>b</q></q>"), "«a “b”»");
  EXPECT_EQ(quoted("ja", "<q>一<q>二</q></q>"), "「一『二』」");
  EXPECT_EQ(quoted("ru", "<q>а <q>б</q></q>"), "«а „б“»");
  EXPECT_EQ(quoted("ar", "<q>ا</q>"), "”ا“");
  EXPECT_EQ(quoted("en", "<q>a <span xml:lang=\"fr\"><q>b</q> <em><q>c</q></em></span> <q>d</q></q>"), "“a «\u202Fb\u202F» «\u202Fc\u202F» ‘d’”");
  EXPECT_EQ(quoted("en", "x<q> </q>"), "a.xml:1:73: error: <q> has no words\n");
}

TEST(Article, KeepsPlacesClassesAndTheDigestOfTheFile) {
  const auto reading = read_text(kWhole);
  ASSERT_TRUE(reading.article);
  EXPECT_EQ(reading.article->digest, sha256_hex(kWhole));
  EXPECT_EQ(to_text(reading.article->at), "a.xml:1:1");
  EXPECT_EQ(to_text(reading.article->title.at), "a.xml:5:3");
  const Block& section = reading.article->body.at(0);
  EXPECT_EQ(to_text(section.at), "a.xml:8:3");
  EXPECT_EQ(section.classes, (std::vector<std::string>{"wide", "tall"}));
  EXPECT_EQ(std::get<Paragraph>(std::get<Section>(section.what).blocks.at(0).what).text.classes, std::vector<std::string>{"lead"});
}

TEST(Article, DigestFollowsWordsAndMarkupOnly) {
  const auto digest = [](std::string_view body) {
    const auto reading = read_text(article_text(body));
    return block_digest(std::get<Paragraph>(reading.article->body.at(0).what).text);
  };
  const std::string one = digest("<p id=\"p\">a <strong>b</strong></p>");
  EXPECT_EQ(one.size(), 8U);
  EXPECT_EQ(one.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(digest("\n\n <p id=\"other\" class=\"c\">  a\n<!-- c --><strong>b</strong> </p>"), one);
  EXPECT_NE(digest("<p id=\"p\">a <em>b</em></p>"), one);
  EXPECT_NE(digest("<p id=\"p\">a <strong>c</strong></p>"), one);
  // Words that look like markup are not the markup.
  EXPECT_NE(digest("<p id=\"p\">a &lt;strong>b&lt;/strong></p>"), one);
}

TEST(Article, BuiltInFieldsHaveTypesAndDocumentation) {
  const auto& fields = built_in_fields();
  const auto find = [&](std::string_view name) { return std::find_if(fields.begin(), fields.end(), [&](const BuiltInField& each) { return each.name == name; }); };
  ASSERT_NE(find("patient.birth-date"), fields.end());
  EXPECT_EQ(find("patient.birth-date")->type, FieldType::Date);
  EXPECT_EQ(find("date")->type, FieldType::Date);
  EXPECT_EQ(find("clinic.phone")->type, FieldType::Text);
  for (const BuiltInField& field : fields) EXPECT_NE(field.doc, "") << field.name;
}

TEST(Vocabulary, EveryElementAndAttributeIsDocumentedAndReachable) {
  for (const xml::Vocabulary* vocabulary : {&article_vocabulary(), &phrases_vocabulary(), &notice_vocabulary()}) {
    for (const xml::ElementRule& rule : vocabulary->elements) {
      EXPECT_NE(rule.doc, "") << rule.name;
      for (const xml::AttributeRule& attribute : rule.attributes) EXPECT_NE(attribute.doc, "") << rule.name << " " << attribute.name;
      for (const xml::ChildRule& child : rule.children) {
        const bool group = child.name.starts_with('@') && std::any_of(vocabulary->groups.begin(), vocabulary->groups.end(), [&](const xml::Group& each) { return each.name == child.name; });
        EXPECT_TRUE(group || vocabulary->find(child.name, rule.name)) << rule.name << " " << child.name;
      }
    }
    for (const xml::Group& group : vocabulary->groups) {
      for (const std::string_view member : group.members) EXPECT_TRUE(vocabulary->find(member, "")) << member;
    }
  }
}

class ArticleFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / ("article-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path write(std::string_view name, std::string_view text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  std::filesystem::path folder_;
};

TEST_F(ArticleFiles, APictureMustBeBesideTheArticle) {
  const std::string body = "<figure id=\"f\" src=\"img/knee.svg\" alt=\"A knee\"/>";
  EXPECT_EQ(read_text(article_text(body), folder_).messages, "a.xml:3:21: error: no picture 'img/knee.svg' beside the article\n  hint: expected the file " + (folder_ / "img/knee.svg").generic_string() + "\n");
  write("img/knee.svg", "<svg/>");
  const auto reading = read_text(article_text(body), folder_);
  ASSERT_TRUE(reading.article) << reading.messages;
  EXPECT_EQ(std::get<Figure>(reading.article->body.at(0).what).source, "img/knee.svg");
  EXPECT_EQ(to_text(std::get<Figure>(reading.article->body.at(0).what).source_at), "a.xml:3:21");
  EXPECT_EQ(reading.article->folder, folder_);
  // A folder is no picture.
  EXPECT_NE(read_text(article_text("<figure id=\"f\" src=\"img\" alt=\"A knee\"/>"), folder_).messages.find("no picture 'img'"), std::string::npos);
}

TEST_F(ArticleFiles, ReadsAFileAndItsFolder) {
  Diagnostics diags;
  const auto path = write("en.xml", article_text("<p id=\"p\">x</p>"));
  const auto article = read_article(path, diags);
  ASSERT_TRUE(article) << to_text(diags);
  EXPECT_EQ(article->folder, folder_);
  EXPECT_EQ(*article->at.file, path.generic_string());
}

TEST_F(ArticleFiles, AMissingFileAndAWrongNameAreFaults) {
  Diagnostics diags;
  EXPECT_FALSE(read_article(folder_ / "en.xml", diags));
  EXPECT_EQ(to_text(diags), (folder_ / "en.xml").generic_string() + ": error: no such file\n");
  Diagnostics more;
  const auto path = write("es.xml", article_text(""));
  EXPECT_FALSE(read_article(path, more));
  EXPECT_EQ(to_text(more), path.generic_string() + ":1:1: error: the file is named for 'es', but its xml:lang is 'en'\n");
}

TEST_F(ArticleFiles, CatalogueListsArticlesByIdAndTag) {
  write("knee/es.xml", "");
  write("knee/en.xml", "");
  write("knee/notes.txt", "");
  write("knee/not_a_language.xml", "");
  write("back/zh-Hans.xml", "");
  write("pictures/knee.svg", "");
  for (const char* other : {"phrases", "notices", "clinics", "mailings"}) write(std::string(other) + "/en.xml", "");
  write("readme.xml", "");
  Diagnostics diags;
  std::string listed;
  for (const ArticleEntry& entry : list_articles(folder_, diags)) {
    for (const ArticleFile& file : entry.files) listed += entry.id + " " + file.locale.tag() + " " + file.path.filename().string() + "\n";
  }
  EXPECT_EQ(listed, "back zh-Hans zh-Hans.xml\nknee en en.xml\nknee es es.xml\n");
  EXPECT_EQ(to_text(diags), "");
}

TEST_F(ArticleFiles, CatalogueRefusesTwoFilesOfOneLanguageAndAMissingFolder) {
  write("knee/zh-Hans.xml", "");
  write("knee/zh-hans.xml", "");
  Diagnostics diags;
  EXPECT_EQ(list_articles(folder_, diags).at(0).files.size(), 1U);
  EXPECT_EQ(to_text(diags), (folder_ / "knee/zh-hans.xml").generic_string() + ": error: a second file for the language 'zh-Hans'\n  hint: the first is " +
                                (folder_ / "knee/zh-Hans.xml").generic_string() + "\n");
  Diagnostics missing;
  EXPECT_TRUE(list_articles(folder_ / "none", missing).empty());
  EXPECT_EQ(to_text(missing), (folder_ / "none").generic_string() + ": error: no such folder\n");
}

TEST_F(ArticleFiles, PhrasesAreRead) {
  Diagnostics diags;
  const auto phrases = read_phrases(write("en.xml", "<phrases xml:lang=\"en\" status=\"reviewed\">\n<phrase id=\"page-of\">\n  Page {page}\n  of {pages}\n</phrase>\n"
                                                    "<phrase id=\"n\">{n, plural, one {# day} other {# days}} for {name}</phrase></phrases>"),
                                    diags);
  ASSERT_TRUE(phrases) << to_text(diags);
  EXPECT_EQ(phrases->status, Status::Reviewed);
  EXPECT_EQ(phrases->locale.tag(), "en");
  EXPECT_EQ(phrases->patterns.at("page-of"), "Page {page} of {pages}");
  EXPECT_EQ(phrases->patterns.size(), 2U);
}

TEST_F(ArticleFiles, WrongPhrasesAreTold) {
  Diagnostics diags;
  const auto path = write("en.xml", "<phrases xml:lang=\"en\" status=\"draft\">\n<phrase id=\"a\">Page {page</phrase>\n<phrase id=\"b\"> </phrase>\n"
                                    "<phrase id=\"c\">{n, plural, one {# day}}</phrase>\n<phrase id=\"a\">x</phrase>\n</phrases>");
  EXPECT_FALSE(read_phrases(path, diags));
  const std::string text = to_text(diags);
  EXPECT_NE(text.find(":2:1: error: phrase 'a' is not a MessageFormat pattern: "), std::string::npos) << text;
  EXPECT_NE(text.find(":3:1: error: phrase 'b' has no words\n"), std::string::npos) << text;
  EXPECT_NE(text.find(":4:1: error: phrase 'c' is not a MessageFormat pattern: "), std::string::npos) << text;
  EXPECT_NE(text.find(":5:13: error: id 'a' is used twice"), std::string::npos) << text;
  Diagnostics named;
  const auto other = write("es.xml", "<phrases xml:lang=\"en\" status=\"draft\"><phrase id=\"a\">x</phrase></phrases>");
  EXPECT_FALSE(read_phrases(other, named));
  EXPECT_EQ(to_text(named), other.generic_string() + ":1:1: error: the file is named for 'es', but its xml:lang is 'en'\n");
  Diagnostics missing;
  EXPECT_FALSE(read_phrases(folder_ / "none.xml", missing));
}

TEST_F(ArticleFiles, NoticesAreRead) {
  Diagnostics diags;
  const auto notice = read_notice(write("help.xml", "<notice id=\"help\"><text xml:lang=\"en\"> Call <field name=\"clinic.phone\"/> </text><text xml:lang=\"ar\">اتصل</text></notice>"), diags);
  ASSERT_TRUE(notice) << to_text(diags);
  EXPECT_EQ(notice->id, "help");
  ASSERT_EQ(notice->texts.size(), 2U);
  EXPECT_EQ(plain_text(notice->texts[0].content), "Call {clinic.phone}");
  EXPECT_EQ(notice->texts[1].language.tag(), "ar");
}

TEST_F(ArticleFiles, WrongNoticesAreTold) {
  Diagnostics diags;
  const auto path = write("help.xml", "<notice id=\"a b\">\n<text xml:lang=\"en\">x</text>\n<text xml:lang=\"en\"><field name=\"clinic.fone\"/></text>\n<text xml:lang=\"xx\">y</text>\n<text xml:lang=\"es\"/>\n</notice>");
  EXPECT_FALSE(read_notice(path, diags));
  const std::string at = path.generic_string();
  EXPECT_EQ(to_text(diags), at + ":1:13: error: 'a b' cannot be the id of <notice>\n  hint: use letters, digits and '-'\n" +
                                at + ":3:17: error: the notice is given twice in 'en'\n  hint: first at " + at + ":2:1\n" +
                                at + ":3:34: error: unknown field 'clinic.fone'; did you mean 'clinic.phone'?\n" +
                                at + ":4:17: error: unknown language 'xx'\n  hint: use a BCP 47 tag such as en, es, pt-BR or zh-Hans\n" +
                                at + ":5:1: error: <text> has no words\n");
}

}  // namespace
}  // namespace handout::content
