#include <gtest/gtest.h>

#include "article_text.h"

namespace handout::content {
namespace {

std::string p(std::string_view words) { return "<p id=\"p\">" + std::string(words) + "</p>"; }

TEST(Faults, AllAreToldAtOnceByPlace) {
  EXPECT_EQ(faults("<p id=\"p\"><cite ref=\"none\"/></p>\n<p id=\"p\">x</p>\n<zz/>\n<p id=\"e\"> </p>"),
            "a.xml:3:22: error: no reference has the id 'none'\n"
            "a.xml:4:8: error: id 'p' is used twice\n  hint: first used at a.xml:3:8\n"
            "a.xml:5:1: error: unknown element <zz>\n  hint: <article> holds <code>, <field-def>, <title>, <summary>, <points>, <section>, <p>, <ul> and 7 others\n"
            "a.xml:6:1: error: <p> has no words\n");
}

TEST(Faults, AnIdOfTheArticleHasLettersDigitsAndDashes) {
  EXPECT_EQ(read_text("<article id=\"a.b\" xml:lang=\"en\" version=\"1\" status=\"draft\"><title id=\"t\">T</title></article>").messages,
            "a.xml:1:14: error: 'a.b' cannot be the id of <article>\n  hint: use letters, digits and '-'\n");
}

TEST(Faults, LanguagesMustBeKnownAndAreToldOnce) {
  EXPECT_EQ(read_text("<article id=\"a\" xml:lang=\"xx\" version=\"1\" status=\"draft\"><title id=\"t\">T</title></article>").messages,
            "a.xml:1:27: error: unknown language 'xx'\n  hint: use a BCP 47 tag such as en, es, pt-BR or zh-Hans\n");
  EXPECT_EQ(faults(p("<span xml:lang=\"qq\">x</span>")), "a.xml:3:27: error: unknown language 'qq'\n  hint: use a BCP 47 tag such as en, es, pt-BR or zh-Hans\n");
  const std::string malformed = faults(p("<span xml:lang=\"e_n\">x</span>"));
  EXPECT_EQ(malformed.find("unknown language"), std::string::npos) << malformed;
  EXPECT_NE(malformed.find("a.xml:3:27: error: 'e_n' is no language tag"), std::string::npos) << malformed;
}

TEST(Faults, AReviewHasADateAndAReviewer) {
  const auto head = [](std::string_view attributes) {
    return read_text("<article id=\"a\" xml:lang=\"en\" version=\"1\" status=\"reviewed\"" + std::string(attributes) + "><title id=\"t\">T</title></article>").messages;
  };
  EXPECT_EQ(head(""), "a.xml:1:51: error: a reviewed article needs 'reviewed'\n"
                      "a.xml:1:51: error: a reviewed article needs 'reviewer'\n  hint: say who reviewed it and when, or write status=\"draft\"\n");
  EXPECT_EQ(head(" reviewed=\"2026-02-02\" reviewer=\"A\" review-by=\"2026-02-01\""), "a.xml:1:107: error: review-by 2026-02-01 is before the review on 2026-02-02\n");
  EXPECT_EQ(head(" reviewed=\"2026-02-02\" reviewer=\"A\" review-by=\"2026-02-02\""), "");
}

TEST(Faults, CitesNameReferencesAndReferencesAreCited) {
  const std::string list = "<references><reference id=\"fda\">F</reference></references>";
  EXPECT_EQ(faults(p("x<cite ref=\"fda\"/>") + list), "");
  EXPECT_EQ(faults(p("x<cite ref=\"fdb\"/>") + "\n" + list),
            "a.xml:3:23: error: no reference has the id 'fdb'; did you mean 'fda'?\n"
            "a.xml:4:13: warning: reference 'fda' is never cited\n  hint: cite it with <cite ref=\"fda\"/>, or leave it out\n");
  EXPECT_NE(faults(p("x<cite ref=\"p\"/>") + list).find("no reference has the id 'p'"), std::string::npos);
  EXPECT_EQ(faults(p("x<cite ref=\"r\"/>") + "<references>\n<reference id=\"r\" href=\"http://a.org\">R</reference></references>"),
            "a.xml:4:25: error: 'http://a.org' is not the address of a source\n  hint: use https:\n");
}

TEST(Faults, AnUncitedReferenceIsOnlyAWarning) { EXPECT_TRUE(read_text(article_text("<references><reference id=\"r\">R</reference></references>")).article); }

TEST(Faults, LinksLeadSomewhere) {
  EXPECT_EQ(faults(p("<a href=\"#p\">x</a> <a href=\"tel:+15550100\">y</a> <a href=\"mailto:a@example.org\">z</a>")), "");
  EXPECT_EQ(faults(p("<a href=\"#pp\">x</a>")), "a.xml:3:20: error: no block has the id 'pp'; did you mean 'p'?\n");
  EXPECT_EQ(faults(p("<a href=\"http://example.org\">x</a>")),
            "a.xml:3:20: error: link to 'http://example.org' is not encrypted\n  hint: use https:, mailto:, tel: or '#' and the id of a block\n");
  EXPECT_EQ(faults(p("<a href=\"#p\">x <em><a href=\"#p\">y</a></em></a>")), "a.xml:3:30: error: <a> stands in another <a>\n  hint: a link cannot hold a link\n");
}

TEST(Faults, InlineElementsHaveWords) {
  EXPECT_EQ(faults(p("x <strong> </strong>")), "a.xml:3:13: error: <strong> has no words\n");
  EXPECT_EQ(faults(p("x <a href=\"#p\"><br/></a>")), "a.xml:3:13: error: <a> has no words\n");
  EXPECT_EQ(faults(p("x <em><field name=\"date\"/></em>")), "");
}

TEST(Faults, FieldsAreKnown) {
  EXPECT_EQ(faults(p("<field name=\"patient.nmae\"/>")), "a.xml:3:24: error: unknown field 'patient.nmae'; did you mean 'patient.name'?\n");
  EXPECT_EQ(faults(p("<field name=\"shoe-size\"/>")), "a.xml:3:24: error: unknown field 'shoe-size'\n  hint: declare a field of the article's own with <field-def>\n");
  EXPECT_EQ(faults(p("<choose><when field=\"dat\">x</when></choose>")), "a.xml:3:32: error: unknown field 'dat'; did you mean 'date'?\n");
  EXPECT_EQ(faults(p("<field name=\"clinic.name\" format=\"long-date\"/>")),
            "a.xml:3:45: error: field 'clinic.name' is not a date, so it has no format 'long-date'\n");
  EXPECT_EQ(faults(p("<field name=\"date\" format=\"number\"/>")), "a.xml:3:38: error: field 'date' is not a number, so it has no format 'number'\n");
}

TEST(Faults, FieldsAreDeclaredOnceAndWell) {
  const auto declared = [](std::string_view declaration) { return read_text(declared_text(std::string(declaration) + "\n", "")).messages; };
  EXPECT_EQ(declared("<field-def name=\"x\" type=\"choice\" default=\"b\" choices=\"a|b\"/>"), "");
  EXPECT_EQ(declared("<field-def name=\"9x\" type=\"text\"/>"), "a.xml:2:18: error: '9x' cannot be the name of a field\n  hint: begin with a letter; then letters, digits, '.', '-' and '_'\n");
  EXPECT_EQ(declared("<field-def name=\"date\" type=\"date\"/>"), "a.xml:2:18: error: field 'date' is built in and cannot be declared\n  hint: leave the <field-def> out, or choose another name\n");
  EXPECT_EQ(declared("<field-def name=\"x\" type=\"text\"/>\n<field-def name=\"x\" type=\"text\"/>"), "a.xml:3:18: error: field 'x' is declared twice\n  hint: first declared at a.xml:2:1\n");
  EXPECT_EQ(declared("<field-def name=\"x\" type=\"choice\"/>"), "a.xml:2:27: error: field 'x' is a choice without choices\n  hint: choices=\"left|right\"\n");
  EXPECT_EQ(declared("<field-def name=\"x\" type=\"text\" choices=\"a\"/>"), "a.xml:2:42: error: field 'x' has choices but is no choice\n  hint: type=\"choice\"\n");
  EXPECT_EQ(declared("<field-def name=\"x\" type=\"choice\" choices=\"a|b|a\"/>"), "a.xml:2:44: error: choice 'a' of field 'x' is given twice\n");
  EXPECT_EQ(declared("<field-def name=\"x\" type=\"choice\" choices=\"left|right|both\" default=\"lefft\"/>"),
            "a.xml:2:70: error: 'lefft' is not one of the field's choices; did you mean 'left'?\n  hint: expected left, right or both\n");
  EXPECT_EQ(declared("<field-def name=\"x\" type=\"date\" default=\"2026-02-30\"/>"), "a.xml:2:42: error: '2026-02-30' is not a date\n  hint: write YYYY-MM-DD\n");
  EXPECT_EQ(declared("<field-def name=\"x\" type=\"number\" default=\"many\"/>"), "a.xml:2:44: error: 'many' is not a number\n  hint: write a plain decimal such as 12 or 4.5\n");
}

TEST(Faults, ConditionsCompareWithWhatTheFieldMayBe) {
  const auto chosen = [](std::string_view when) {
    return read_text(declared_text("<field-def name=\"side\" type=\"choice\" choices=\"left|right\"/>\n", p("<choose>" + std::string(when) + "</choose>y"))).messages;
  };
  EXPECT_EQ(chosen("<when field=\"side\" is=\"left\">x</when><otherwise/>"), "");
  EXPECT_EQ(chosen("<when field=\"side\" is-not=\"rihgt\">x</when>"), "a.xml:4:46: error: 'rihgt' is not one of the field's choices; did you mean 'right'?\n  hint: expected left or right\n");
  EXPECT_EQ(chosen("<when field=\"date\" is=\"today\">x</when>"), "a.xml:4:42: error: 'today' is not a date\n  hint: write YYYY-MM-DD\n");
  EXPECT_EQ(chosen("<when field=\"side\" is=\"left\" is-not=\"right\">x</when>"), "a.xml:4:48: error: <when> has both 'is' and 'is-not'\n  hint: keep one of them\n");
  EXPECT_NE(chosen("<otherwise>x</otherwise>").find("a.xml:4:11: error: <when> is missing in <choose>"), std::string::npos);
}

TEST(Faults, PluralsHaveTheirCases) {
  const auto plural = [](std::string_view cases, std::string_view field = "n") {
    return read_text(declared_text("<field-def name=\"n\" type=\"number\"/>\n", p("<plural field=\"" + std::string(field) + "\">" + std::string(cases) + "</plural>"))).messages;
  };
  const std::string one = "<case of=\"one\">a</case>", other = "<case of=\"other\">b</case>";
  EXPECT_EQ(plural(one + other), "");
  EXPECT_EQ(plural(one), "a.xml:4:11: error: <plural> has no case 'other'\n  hint: CLDR's rules use it for every number that no other case takes\n");
  EXPECT_EQ(plural(other), "a.xml:4:11: warning: <plural> has no case 'one', which en has for 1\n");
  EXPECT_EQ(plural(one + one + other), "a.xml:4:62: error: <plural> has two cases 'one'\n");
  EXPECT_EQ(plural(one + other, "date"), "a.xml:4:26: error: field 'date' is not a number, so it has no plural\n");
  const std::string misspelt = plural(one + "<case of=\"othr\">b</case>");
  EXPECT_NE(misspelt.find("'othr' is not a value of of"), std::string::npos) << misspelt;
  EXPECT_EQ(misspelt.find("has no case"), std::string::npos) << misspelt;
}

TEST(Faults, ALanguageWithMoreCategoriesIsHeldToThem) {
  EXPECT_EQ(read_text("<article id=\"a\" xml:lang=\"ru\" version=\"1\" status=\"draft\"><field-def name=\"n\" type=\"number\"/><title id=\"t\">T</title>\n"
                      "<p id=\"p\"><plural field=\"n\"><case of=\"one\">a</case><case of=\"many\">c</case><case of=\"other\">b</case></plural></p></article>")
                .messages,
            "a.xml:2:11: warning: <plural> has no case 'few', which ru has for 2\n");
}

TEST(Faults, UnitsAreCldrs) {
  EXPECT_EQ(faults(p("<measure value=\"1\" unit=\"kilogramm\"/>")),
            "a.xml:3:36: error: unknown unit 'kilogramm'; did you mean 'kilogram'?\n  hint: use CLDR's name of the unit, such as kilogram, centimeter or celsius\n");
  EXPECT_EQ(faults(p("<measure value=\"1\" unit=\"meter\" us-value=\"3\"/>")), "a.xml:3:43: error: <measure> has 'us-value' without 'us-unit'\n");
  EXPECT_EQ(faults(p("<measure value=\"1\" unit=\"meter\" us-unit=\"foot\"/>")), "a.xml:3:43: error: <measure> has 'us-unit' without 'us-value'\n");
}

TEST(Faults, RowsFillTheSameColumns) {
  const auto table = [](std::string_view rows) { return faults("<table id=\"tab\"><tbody>\n" + std::string(rows) + "</tbody></table>"); };
  EXPECT_EQ(table("<tr><td id=\"a1\" rowspan=\"2\">1</td><td id=\"a2\" colspan=\"2\">2</td></tr>\n<tr><td id=\"b1\">1</td><td id=\"b2\">2</td></tr>\n"), "");
  EXPECT_EQ(table("<tr><td id=\"a1\">1</td><td id=\"a2\">2</td></tr>\n<tr><td id=\"b1\">1</td></tr>\n"),
            "a.xml:5:1: error: row fills 1 column, the first row of the table 2\n  hint: count colspan, and cells from above with rowspan\n");
  EXPECT_EQ(table("<tr><td id=\"a1\">1</td></tr>\n<tr><td id=\"b1\" colspan=\"3\">1</td></tr>\n"),
            "a.xml:5:1: error: row fills 3 columns, the first row of the table 1\n  hint: count colspan, and cells from above with rowspan\n");
  EXPECT_EQ(table("<tr><td id=\"a1\">1</td><td id=\"a2\" rowspan=\"2\">2</td></tr>\n"), "a.xml:4:23: error: cell 'a2' covers 2 rows, but 1 is left in this part of the table\n");
  EXPECT_EQ(table("<tr><td id=\"a1\">1</td><td id=\"a2\" rowspan=\"2\">2</td></tr>\n<tr><td id=\"b1\" colspan=\"2\">1</td></tr>"),
            "a.xml:5:5: error: cell 'b1' runs into a cell from a row above in column 2\n");
  EXPECT_EQ(table("<tr><td id=\"a1\" colspan=\"51\">1</td></tr>"), "a.xml:4:26: error: colspan is 51, more than 50\n");
  EXPECT_EQ(table("<tr><td id=\"a1\" colspan=\"50\">1</td><td id=\"a2\">1</td></tr>"), "a.xml:4:1: error: row fills 51 columns, more than 50\n");
}

TEST(Faults, AHeadRowFillsWhatTheBodyFills) {
  EXPECT_EQ(faults("<table id=\"tab\"><thead><tr><th id=\"h\">1</th></tr></thead>\n<tbody><tr><td id=\"a\">1</td><td id=\"b\">1</td></tr></tbody></table>"),
            "a.xml:4:8: error: row fills 2 columns, the first row of the table 1\n  hint: count colspan, and cells from above with rowspan\n");
  // A cell of the head never reaches into the body.
  EXPECT_EQ(faults("<table id=\"tab\"><thead><tr><th id=\"h\" rowspan=\"2\">1</th></tr></thead>\n<tbody><tr><td id=\"a\">1</td></tr></tbody></table>"),
            "a.xml:3:28: error: cell 'h' covers 2 rows, but 1 is left in this part of the table\n");
}

TEST(Faults, GroupsOfRowsAreOneTable) {
  EXPECT_EQ(faults("<table id=\"tab\"><tbody><tr><td id=\"a\">1</td></tr></tbody>\n<tbody class=\"x\"><tr><td id=\"b\">1</td></tr></tbody></table>"), "");
  EXPECT_EQ(faults("<table id=\"tab\"><tbody><tr><td id=\"a\">1</td></tr></tbody>\n<tbody><tr><td id=\"b\" colspan=\"2\">1</td></tr></tbody></table>"),
            "a.xml:4:8: error: row fills 2 columns, the first row of the table 1\n  hint: count colspan, and cells from above with rowspan\n");
  // A cell never reaches into the next group.
  EXPECT_EQ(faults("<table id=\"tab\"><tbody><tr><td id=\"a\" rowspan=\"2\">1</td></tr></tbody>\n<tbody><tr><td id=\"b\">1</td></tr></tbody></table>"),
            "a.xml:3:28: error: cell 'a' covers 2 rows, but 1 is left in this part of the table\n");
}

TEST(Faults, NumbersHaveLimits) {
  EXPECT_EQ(faults("<question id=\"q\" lines=\"41\">x</question>"), "a.xml:3:25: error: lines is 41, more than 40\n");
  EXPECT_EQ(faults("<ol id=\"o\" start=\"99999999999999999999\"><li id=\"i\">x</li></ol>").substr(0, 18), "a.xml:3:19: error:");
}

TEST(Faults, SectionsNestThreeDeep) {
  const auto nested = [](int depth) {
    std::string open, close;
    for (int i = 1; i <= depth; ++i) {
      open += "<section id=\"s" + std::to_string(i) + "\"><title id=\"t" + std::to_string(i) + "\">T</title>\n";
      close += "</section>";
    }
    return faults(open + close);
  };
  EXPECT_EQ(nested(3), "");
  EXPECT_EQ(nested(4), "a.xml:6:1: error: section 's4' is nested 4 deep; sections nest at most 3 deep\n");
}

TEST(Faults, AnItemIsWordsOrBlocks) {
  EXPECT_EQ(faults("<ul id=\"u\"><li id=\"i\">\n words <p id=\"p\">x</p></li></ul>"), "a.xml:3:23: error: item 'i' has words beside its blocks\n  hint: put the words into a <p> of their own\n");
  EXPECT_EQ(faults("<ul id=\"u\"><li id=\"i\"><p id=\"p\">x</p>\n<strong>y</strong></li></ul>"),
            "a.xml:4:1: error: item 'i' has words beside its blocks\n  hint: put the words into a <p> of their own\n");
  EXPECT_EQ(faults("<ul id=\"u\"><li id=\"i\">\n<p id=\"p\">x</p>\n</li></ul>"), "");
  EXPECT_EQ(faults("<ul id=\"u\"><li id=\"i\"/></ul>"), "a.xml:3:12: error: <li> has no words\n");
}

TEST(Faults, ListsAreNotEmpty) {
  EXPECT_EQ(faults("<ul id=\"u\"/>"), "a.xml:3:1: error: <li> is missing in <ul>\n");
  EXPECT_EQ(faults("<dl id=\"d\"/>"), "a.xml:3:1: error: <dt> is missing in <dl>\na.xml:3:1: error: <dd> is missing in <dl>\n");
}

TEST(Faults, TermsComeBeforeWhatTheyMean) {
  EXPECT_EQ(faults("<dl id=\"d\"><dd id=\"a\">x</dd><dt id=\"b\">y</dt></dl>"), "a.xml:3:12: error: <dd> has no <dt> before it\n  hint: begin with the term\na.xml:3:29: error: term 'b' has no <dd> after it\n");
}

TEST(Faults, APlaceOfAPictureHasOneLabel) {
  EXPECT_EQ(faults("<figure id=\"f\" src=\"k.svg\" alt=\"K\">\n<label id=\"a\" for=\"bone\">x</label>\n<label id=\"b\" for=\"bone\">y</label></figure>"),
            "a.xml:5:20: error: the place 'bone' has two labels\n  hint: the first is at a.xml:4:20\n");
}

TEST(Faults, SourceIsADigest) {
  EXPECT_EQ(faults("<p id=\"p\" source=\"0123abcd\">x</p>"), "");
  EXPECT_EQ(faults("<p id=\"p\" source=\"v2\">x</p>"),
            "a.xml:3:19: error: 'v2' is not the digest of a block; expected eight hexadecimal digits\n  hint: leave 'source' out until the translation is stamped\n");
}

TEST(Faults, WordsOfAnUnknownElementCount) {
  const std::string text = faults(p("<stron>x</stron>"));
  EXPECT_EQ(text, "a.xml:3:11: error: unknown element <stron>; did you mean <strong>?\n");
}

TEST(Faults, OneDocumentNeverHidesAnothers) {
  Diagnostics diags;
  for (int i = 0; i < 1000; ++i) diags.error(Span::of_file("other.xml"), "x");
  EXPECT_FALSE(parse_article(article_text(p("<cite ref=\"none\"/>x")), "a.xml", {}, diags));
  EXPECT_EQ(diags.error_count(), 1001U);
}

TEST(Faults, OtherDocumentsAreRefused) {
  EXPECT_EQ(read_text("<layout/>").messages, "a.xml:1:1: error: root element <layout>; expected <article>\n");
  EXPECT_FALSE(read_text("").article);
  EXPECT_FALSE(read_text("<article").article);
}

}  // namespace
}  // namespace handout::content
