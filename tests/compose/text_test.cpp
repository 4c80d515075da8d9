// One paragraph's text: runs, inline elements, isolates, fields, phrases.
#include <algorithm>

#include "compose/dependence.h"
#include "composing.h"

namespace handout::compose {
namespace {

using display::Role;
using display::TextSource;

class Text : public Composing {
 protected:
  // The text of the paragraph `p` with this content.
  std::string text_of(std::string_view content, std::string_view language = "en", std::string_view head = "", std::string_view after = "") {
    article("<p id=\"p\">" + std::string(content) + "</p>" + std::string(after), language, head);
    compose();
    return paragraph("p").text;
  }
};

TEST_F(Text, RunsCoverTheTextWithTheirStyles) {
  styles(R"(<style for="strong" font-weight="700"/><style for="em" font-style="italic"/>)");
  EXPECT_EQ(text_of("a <strong>b <em>c</em></strong> d"), "a b c d");
  const styled::Paragraph& p = paragraph("p");
  ASSERT_EQ(p.runs.size(), 4u);
  EXPECT_EQ(run_text(p, 1), "b ");
  EXPECT_EQ(run_text(p, 2), "c");
  EXPECT_EQ(p.styles[p.runs[1].style.value()].weight, 700);
  EXPECT_EQ(p.styles[p.runs[2].style.value()].weight, 700);
  EXPECT_EQ(p.styles[p.runs[2].style.value()].slant, fonts::Slant::Italic);
  EXPECT_EQ(p.runs[0].style, p.runs[3].style);
  std::size_t end = 0;
  for (const auto& run : p.runs) {
    EXPECT_EQ(run.begin, end);
    end = run.end;
  }
  EXPECT_EQ(end, p.text.size());
}

TEST_F(Text, NeighboursOfOneKindAreOneRun) {
  text_of("a <strong>b</strong> c");
  EXPECT_EQ(paragraph("p").runs.size(), 1u);
}

TEST_F(Text, LinksAreElementsWithTargetAndContents) {
  text_of("See <a href=\"https://example.org/\">the <em>web</em></a> or <a href=\"#q\">below</a>.", "en", "", "<p id=\"q\">There.</p>");
  const styled::Paragraph& p = paragraph("p");
  ASSERT_EQ(p.elements.size(), 3u);
  EXPECT_EQ(p.elements[1].info.role, Role::Link);
  EXPECT_EQ(p.elements[1].link, display::LinkTarget(display::UriTarget{"https://example.org/"}));
  EXPECT_EQ(p.elements[1].link_contents, "the web");
  EXPECT_EQ(p.elements[2].link, display::LinkTarget(display::DestinationTarget{"q"}));
  EXPECT_EQ(blocks_.back()->anchor, "q");
}

// Every block has an id that a link may name; the place is the block's top.
TEST_F(Text, LinksToBlocksOfEveryKindHaveAPlace) {
  for (const char* block : {R"(<section id="q"><title id="x">S</title></section>)", R"(<ul id="q"><li id="x">i</li></ul>)", R"(<table id="q"><tbody><tr><td id="x">c</td></tr></tbody></table>)",
                            R"(<callout id="q" kind="tip"><p id="x">c</p></callout>)", R"(<dl id="q"><dt id="x">t</dt><dd id="y">d</dd></dl>)", R"(<question id="q">Why?</question>)", R"(<ul id="x"><li id="q">i</li></ul>)",
                            R"(<table id="x"><tbody><tr><td id="q">c</td></tr></tbody></table>)", R"(<callout id="x" kind="tip"><title id="q">T</title><p id="y">c</p></callout>)"}) {
    text_of("<a href=\"#q\">there</a>", "en", "", block);
    const bool marked = std::any_of(blocks_.begin(), blocks_.end(), [](const auto& each) { return each->anchor == "q"; });
    EXPECT_TRUE(marked) << block;
  }
}

TEST_F(Text, CitesAreNumberedLinksToTheReferences) {
  EXPECT_EQ(text_of("Said.<cite ref=\"r2\"/>", "en", "", R"(<references><reference id="r1" status="checked">One.</reference><reference id="r2" href="https://example.org/">Two.</reference></references>)"), "Said.[2]");
  const styled::Paragraph& p = paragraph("p");
  EXPECT_EQ(p.elements.at(1).link, display::LinkTarget(display::DestinationTarget{"r2"}));
  EXPECT_THAT(texts(), ElementsAre("Title", "Said.[2]", "1. ", "One.", "2. ", "Two. (not checked)"));
  EXPECT_EQ(text_of("قيل.<cite ref=\"r1\"/>", "ar-EG", "", R"(<references><reference id="r1" status="checked">One.</reference></references>)"), "قيل.[١]");
}

// The marks are inside the element, so that it says the whole quotation.
TEST_F(Text, QuotationsHaveMarksAndAreElements) {
  styles(R"(<style for="q" color="#ff0000"/>)");
  EXPECT_EQ(text_of("Say <q>I am <q>ill</q></q>."), "Say “I am ‘ill’”.");
  const styled::Paragraph& p = paragraph("p");
  ASSERT_EQ(p.elements.size(), 3u);
  EXPECT_EQ(p.elements[1].info.role, Role::Quote);
  EXPECT_EQ(p.elements[2].info.role, Role::Quote);
  EXPECT_EQ(p.elements[2].parent.value(), 1u);
  ASSERT_EQ(p.runs.size(), 5u);
  EXPECT_EQ(run_text(p, 0), "Say ");
  EXPECT_EQ(run_text(p, 1), "“I am ");
  EXPECT_EQ(run_text(p, 2), "‘ill’");
  EXPECT_EQ(run_text(p, 3), "”");
  EXPECT_EQ(p.runs[3].element.value(), 1u);
  EXPECT_EQ(to_text(p.styles[p.runs[1].style.value()].color), "#ff0000");
  EXPECT_EQ(text_of("Dites <q>oui</q>.", "fr"), "Dites «\u202Foui\u202F».");
  EXPECT_EQ(text_of("<q><a href=\"#q\">there</a></q>", "en", "", "<p id=\"q\">There.</p>"), "“there”");
  EXPECT_EQ(blocks_.back()->anchor, "q");
}

TEST_F(Text, ForeignWordsAreIsolatedInTheirDirection) {
  EXPECT_EQ(text_of("a <span xml:lang=\"ar\">كلمة</span> b"), "a " + std::string(kRightIsolate) + "كلمة" + std::string(kPop) + " b");
  const styled::Paragraph& p = paragraph("p");
  ASSERT_EQ(p.elements.size(), 2u);
  EXPECT_EQ(p.elements[1].info.role, Role::Span);
  EXPECT_EQ(p.elements[1].info.language, "ar");
  EXPECT_EQ(p.runs[1].language.tag(), "ar");
  EXPECT_EQ(text_of("ا <span xml:lang=\"en\">b</span>", "ar"), "ا " + std::string(kLeftIsolate) + "b" + std::string(kPop));
  EXPECT_EQ(text_of("a <span xml:lang=\"ar\" dir=\"ltr\">x</span>"), "a " + std::string(kLeftIsolate) + "x" + std::string(kPop));
}

TEST_F(Text, FieldsAreIsolatedAndMarkedAsPrivate) {
  request_.fields = {{"patient.name", "Amal\u202E Haddad"}};
  EXPECT_EQ(text_of("Dear <field name=\"patient.name\"/>,"), "Dear " + isolated("Amal Haddad") + ",");
  const styled::Paragraph& p = paragraph("p");
  ASSERT_EQ(p.runs.size(), 3u);
  EXPECT_EQ(p.runs[0].source, TextSource::Fixed);
  EXPECT_EQ(p.runs[1].source, TextSource::Field);
  EXPECT_EQ(p.runs[2].source, TextSource::Fixed);
}

TEST_F(Text, FieldWithoutValueIsABlankToWriteOn) {
  EXPECT_EQ(text_of("Name: <field name=\"patient.name\"/>."), "Name: " + std::string(kObject) + ".");
  const styled::Paragraph& p = paragraph("p");
  ASSERT_EQ(p.blanks.size(), 1u);
  EXPECT_EQ(p.blanks[0].offset, 6u);
  EXPECT_GT(p.blanks[0].width, 30_mm);
}

constexpr const char* kVisits = R"(<field-def name="visits" type="number"/><field-def name="side" type="choice" choices="left|right"/>)";
constexpr const char* kPlural = R"(<plural field="visits"><case of="one">one visit</case><case of="other"><field name="visits"/> visits</case></plural>)";
constexpr const char* kChoose = R"(<choose><when field="side" is="left">L</when><when field="visits">V</when><otherwise>O</otherwise></choose>)";

TEST_F(Text, PluralFollowsTheLocale) {
  request_.fields = {{"visits", "1"}};
  EXPECT_EQ(text_of(kPlural, "en", kVisits), "one visit");
  request_.fields = {{"visits", "1500"}};
  EXPECT_EQ(text_of(kPlural, "en", kVisits), isolated("1,500") + " visits");
  request_.fields = {};
  EXPECT_EQ(text_of(kPlural, "en", kVisits), std::string(kObject) + " visits");
}

TEST_F(Text, ChooseTakesTheFirstThatHolds) {
  EXPECT_EQ(text_of(kChoose, "en", kVisits), "O");
  request_.fields = {{"visits", "2"}};
  EXPECT_EQ(text_of(kChoose, "en", kVisits), "V");
  request_.fields = {{"visits", "2"}, {"side", "left"}};
  EXPECT_EQ(text_of(kChoose, "en", kVisits), "L");
}

TEST_F(Text, MeasuresFollowTheRegionAndStayOnOneLine) {
  constexpr const char* kWeight = R"(<measure value="4.5" unit="kilogram" us-value="10" us-unit="pound"/>)";
  EXPECT_EQ(text_of(kWeight), isolated("10\u00A0lb"));
  request_.region = "GB";
  EXPECT_EQ(text_of(kWeight), isolated("4.5\u00A0kg"));
}

TEST_F(Text, BreaksAreLineSeparators) { EXPECT_EQ(text_of("a<br/>b"), "a " + std::string(kSeparator) + "b") << "the space parts the words for those who hear them"; }

TEST_F(Text, HiddenInlinesAreGone) {
  styles("<style for=\"em\" display=\"none\"/>");
  EXPECT_EQ(text_of("a<em>b</em>c"), "ac");
}

// ---- phrases ----

TEST_F(Text, PhraseWithPageFields) {
  article("<p id=\"p\">Words.</p>");
  layout("<body><slot select=\"*\"/><text><phrase id=\"page-of\"/>, <page/> <section-title/></text></body>");
  compose();
  const styled::Paragraph& p = paragraph("text");
  const std::string object(kObject);
  EXPECT_EQ(p.text, "Page " + object + " of " + object + ", " + object + " " + object);
  ASSERT_EQ(p.page_fields.size(), 4u);
  EXPECT_EQ(p.page_fields[0].kind, styled::PageFieldKind::Page);
  EXPECT_EQ(p.page_fields[0].offset, 5u);
  EXPECT_EQ(p.page_fields[1].kind, styled::PageFieldKind::Pages);
  EXPECT_EQ(p.page_fields[3].kind, styled::PageFieldKind::SectionTitle);
}

TEST_F(Text, PhraseWithAFieldAsArgument) {
  article("<p id=\"p\">Words.</p>");
  request_.date = unicode::parse_date("2026-11-22");
  layout("<body><slot select=\"*\"/><text><phrase id=\"printed\"><arg name=\"date\" field=\"date\"/></phrase></text></body>");
  compose();
  EXPECT_EQ(paragraph("text").text, "Printed " + isolated("November 22, 2026"));
}

TEST_F(Text, PhraseThatLacksItsArgumentIsAFault) {
  article("<p id=\"p\">Words.</p>");
  layout("<body><slot select=\"*\"/><text><phrase id=\"printed\"/></text></body>");
  EXPECT_THAT(refusal(), HasSubstr("phrase 'printed' of en does not format"));
}

// A phrase that the language lacks is English, and says so to who listens.
TEST_F(Text, PhraseOfAnotherLanguageIsASpan) {
  article("<p id=\"p\">Mots.</p>", "fr");
  request_.date = unicode::parse_date("2026-11-22");
  layout("<style for=\"span field\" font-weight=\"700\"/><body><slot select=\"*\"/><text><phrase id=\"printed\"><arg name=\"date\" field=\"date\"/></phrase></text></body>");
  compose();
  const styled::Paragraph& p = paragraph("text");
  ASSERT_EQ(p.elements.size(), 2u);
  EXPECT_EQ(p.elements[1].info.language, "en");
  EXPECT_EQ(p.text, "Printed " + isolated("22 novembre 2026"));
}

// English words in an Arabic paragraph would be torn apart by its direction.
TEST_F(Text, PhraseOfAnotherDirectionIsIsolated) {
  article("<p id=\"p\">كلمات.</p>", "ar");
  request_.date = unicode::parse_date("2026-11-22");
  layout("<body><slot select=\"*\"/><text><phrase id=\"page-of\"/></text></body>");
  compose();
  const styled::Paragraph& p = paragraph("text");
  EXPECT_THAT(p.text, testing::StartsWith(std::string(kLeftIsolate) + "Page "));
  EXPECT_THAT(p.text, testing::EndsWith(kPop));
}

// ---- structure ----

TEST_F(Text, TablesSayScopeAndSpans) {
  article(R"(<table id="t1"><caption id="cap">C</caption><thead><tr><th id="h1">A</th><th id="h2">B</th></tr></thead><tbody><tr><th id="b1" scope="row" rowspan="2">x</th><td id="b2">1</td></tr><tr><td id="b3">2</td></tr><tr><td id="b4" colspan="2">3</td></tr></tbody></table>)");
  compose();
  EXPECT_EQ(find("table")->element.role, Role::Table);
  EXPECT_EQ(find("caption")->element.role, Role::Caption);
  const auto& table = std::get<styled::Table>(find("rows")->content);
  EXPECT_EQ(table.head_rows, 1);
  EXPECT_EQ(table.rows, 4);
  EXPECT_EQ(table.columns.size(), 2u);
  ASSERT_EQ(table.cells.size(), 6u);
  EXPECT_EQ(table.cells[0].block->element.scope, display::Scope::Column);
  EXPECT_EQ(table.cells[2].block->element.scope, display::Scope::Row);
  EXPECT_EQ(table.cells[2].row_span, 2);
  EXPECT_EQ(table.cells[4].row, 2);
  EXPECT_EQ(table.cells[4].column, 1);  // beside the cell that reaches down
  EXPECT_EQ(table.cells[5].column_span, 2);
  EXPECT_EQ(table.cells[5].block->element.column_span, 2);
}

TEST_F(Text, ListsSayNumberingAndLabels) {
  article(R"(<ol id="o" start="3"><li id="o1">a</li><li id="o2"><p id="o2-p">b</p><ul id="u"><li id="u1">c</li></ul></li></ol><ul id="k" kind="check"><li id="k1">d</li></ul>)");
  compose();
  EXPECT_EQ(find("ol")->element.numbering, display::ListNumbering::Decimal);
  EXPECT_EQ(find("ul")->element.numbering, display::ListNumbering::Disc);
  EXPECT_EQ(find("marker")->element.role, Role::Label);
  EXPECT_EQ(find("item")->element.role, Role::ListBody);
  EXPECT_THAT(texts(), ElementsAre("Title", "3. ", "a", "4. ", "b", "• ", "c", "☐ ", "d"));
}

TEST_F(Text, CalloutTitleAndQuestionLines) {
  article(R"(<callout id="c" kind="warning"><title id="c-t">Own title</title><p id="c-p">Words.</p></callout><question id="q" lines="3">Why?</question><dl id="dl"><dt id="d1">ACL</dt><dd id="d2">A ligament.</dd></dl>)");
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Own title", "Words.", "Why?", "ACL", "A ligament."));
  EXPECT_EQ(std::get<styled::WriteLines>(find("lines")->content).count, 3);
  EXPECT_EQ(find("dt")->element.role, Role::Label);
  EXPECT_EQ(find("entry")->element.role, Role::ListItem);
}

// What no page shows says what is printed, and a title hangs on no value: its place is noted, so that one handout serves for all.
TEST_F(Text, WordsThatAreOnNoPageAreThoseOfThePages) {
  const std::string choose = "<choose><when field=\"side\" is=\"left\">left</when><otherwise>other<cite ref=\"r\"/></otherwise></choose>";
  auto read = content::parse_article("<article id=\"a\" xml:lang=\"en\" version=\"1\" status=\"draft\"><field-def name=\"side\" type=\"choice\" choices=\"left|right\"/><field-def name=\"on\" type=\"date\"/>"
                                     "<title id=\"t\">For <field name=\"patient.name\"/> on <field name=\"on\"/>: " + choose + "</title><section id=\"s\"><title id=\"st\">The " + choose + " knee</title>"
                                     "<p id=\"p\"><a href=\"https://a.example\">To the " + choose + " of <field name=\"patient.name\"/></a></p></section><references><reference id=\"r\">Source.</reference></references></article>", "a.xml", folder_, diags_);
  ASSERT_TRUE(read) << told();
  article_ = std::make_shared<const content::Article>(*std::move(read));
  request::Recipient recipient;
  recipient.name.given = "Ann";
  request_.recipient = recipient;
  request_.editions.push_back({"a.xml", article_->locale, level_});
  const Sources sources{{article_}, layout_, {phrases_}, notices_, clinic_};
  Dependence dependence;
  const auto composed = handout::compose::compose(request_, sources, {pictures_, nullptr, &dependence}, diags_);
  ASSERT_TRUE(composed) << told();
  EXPECT_EQ(composed->metadata.title, "For Ann on : other");
  ASSERT_TRUE(dependence.title);
  EXPECT_TRUE(std::any_of(dependence.paragraphs.begin(), dependence.paragraphs.end(), [&](const ValueParagraph& each) { return each.paragraph == dependence.title; }));
  walk(composed->body, blocks_);
  std::vector<std::string> outline, links;
  for (const auto& block : blocks_) {
    if (!block->outline_title.empty()) outline.push_back(block->outline_title);
    const auto* holder = std::get_if<styled::ParagraphBlock>(&block->content);
    if (holder == nullptr) continue;
    for (const auto& element : holder->paragraph->elements) {
      if (element.link && std::holds_alternative<display::UriTarget>(*element.link)) links.push_back(element.link_contents);
    }
  }
  EXPECT_THAT(outline, testing::Contains("The other knee"));
  EXPECT_THAT(links, testing::ElementsAre("To the other of Ann"));
}

}  // namespace
}  // namespace handout::compose
