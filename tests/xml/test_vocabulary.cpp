#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "support.h"

namespace handout::xml {
namespace {

using testing::HasSubstr;

std::string check(std::string_view source) { return validated(source, sample_vocabulary()); }

// `blocks` as the content of a section of an otherwise right article, on line 2.
std::string check_blocks(const std::string& blocks) {
  return check("<article id='k' version='1'><title>T</title><section><title>S</title>\n" + blocks + "</section></article>");
}

TEST(Vocabulary, FindsTheRuleForTheParent) {
  const std::vector<ElementRule> rules = {{"row", "any", {}, {}}, {"row", "of table", {}, {}, TextContent::None, Order::Any, {"table", "grid"}}, {"cell", "", {}, {}, TextContent::None, Order::Any, {"row"}}};
  Vocabulary vocabulary;
  vocabulary.elements = rules;
  EXPECT_EQ(vocabulary.find("row", "table")->doc, "of table");
  EXPECT_EQ(vocabulary.find("row", "grid")->doc, "of table");
  EXPECT_EQ(vocabulary.find("row", "page")->doc, "any");
  EXPECT_EQ(vocabulary.find("cell", "table"), nullptr);
  EXPECT_EQ(vocabulary.find("none", "table"), nullptr);
}

TEST(Validate, TakesWhatIsRight) {
  EXPECT_EQ(check("<article id='k' version='1' reviewed='2024-02-29' xml:lang='es-US'>\n <title>T <strong>x</strong></title>\n <summary><p>s</p></summary>"
                  "<section><title>S</title><p>a<br/><a href='#k'>b</a></p><ul><li>c<ol start='3'><li>d</li></ol></li></ul>"
                  "<figure id='f' src='a/b.svg' alt='x' width='50%' note='' scale='-1.5' of='f' color='?'/>"
                  "<callout kind='tip'><p/></callout><table><row><cell>1</cell></row></table></section></article>"),
            "");
}

TEST(Validate, RootElement) {
  EXPECT_EQ(check("<p/>"), "f:1:1: error: root element <p>; expected <article>\n");
  EXPECT_EQ(check("<artcle id='k' version='1'><title/><section><title/></section></artcle>"), "f:1:1: error: root element <artcle>; expected <article>\n");
}

TEST(Validate, UnknownElements) {
  EXPECT_EQ(check("<article id='k' version='1'><title/>\n<sumary><p/></sumary><section><title/></section></article>"),
            "f:2:1: error: unknown element <sumary>; did you mean <summary>?\n");
  // What may stand there comes first, among equally near names.
  EXPECT_EQ(check_blocks("<ul><lo/></ul>"), "f:2:5: error: unknown element <lo>; did you mean <li>?\n");
  EXPECT_EQ(check_blocks("<lo><li/></lo>"), "f:2:1: error: unknown element <lo>; did you mean <ol>?\n");
  EXPECT_EQ(check_blocks("<p><stromg>x</stromg></p>"), "f:2:4: error: unknown element <stromg>; did you mean <strong>?\n");
  EXPECT_EQ(check_blocks("<p><figur/></p>").substr(0, 61), "f:2:4: error: unknown element <figur>; did you mean <figure>?");
  EXPECT_EQ(check_blocks("<p><blockquote>x</blockquote></p>"), "f:2:4: error: unknown element <blockquote>\n  hint: <p> holds <strong>, <a>, <br>\n");
  EXPECT_EQ(check_blocks("<p><x/></p>"), "f:2:4: error: unknown element <x>\n  hint: <p> holds <strong>, <a>, <br>\n");
}

TEST(Validate, MisspeltElementIsCheckedAndCounted) {
  EXPECT_EQ(check("<article id='k' version='1'><titel/><section><title/></section></article>"), "f:1:29: error: unknown element <titel>; did you mean <title>?\n");
  EXPECT_EQ(check_blocks("<calout kind='tip'>\n<li/></calout>"),
            "f:2:1: error: unknown element <calout>; did you mean <callout>?\n"
            "f:2:1: error: <p> is missing in <calout>\n"
            "f:3:1: error: <li> may not stand in <calout>; it belongs in <ul>, <ol>\n"
            "  hint: <calout> holds <p>\n");
}

TEST(Validate, MisplacedElements) {
  EXPECT_EQ(check_blocks("<p><li>x</li></p>"),
            "f:2:4: error: <li> may not stand in <p>; it belongs in <ul>, <ol>\n"
            "  hint: <p> holds <strong>, <a>, <br>\n");
  EXPECT_THAT(check_blocks("<article id='a' version='1'><title/><section><title/></section></article>"), HasSubstr("<article> may not stand in <section>; it is a root element"));
  EXPECT_EQ(check_blocks("<p><br><strong/></br></p>"), "f:2:8: error: <strong> may not stand in <br>; it belongs in <title>, <p>, <li>\n");
}

TEST(Validate, GoesOnInsideAMisplacedElement) {
  EXPECT_THAT(check_blocks("<p><ul><li><a href='x'/></li></ul></p>"), HasSubstr("'x' is not a value of href"));
}

TEST(Validate, TextWhereNoneMayStand) {
  EXPECT_EQ(check_blocks("<ul>\n  stray words \n<li/></ul>"), "f:3:3: error: text 'stray words' may not stand in <ul>\n  hint: <ul> holds only <li>\n");
  EXPECT_EQ(check_blocks("<p><br>x</br></p>"), "f:2:8: error: text 'x' may not stand in <br>\n  hint: <br> holds nothing\n");
  EXPECT_THAT(check_blocks("<ul>\xC2\xA0<li/></ul>"), HasSubstr("may not stand in <ul>"));
  EXPECT_EQ(check_blocks("<ul> <!-- c --> \n<li/></ul>"), "");
}

TEST(Validate, MissingElements) {
  EXPECT_EQ(check("<article id='k' version='1'/>"), "f:1:1: error: <title> is missing in <article>\nf:1:1: error: <section> is missing in <article>\n");
  EXPECT_EQ(check_blocks("<ul/>"), "f:2:1: error: <li> is missing in <ul>\n");
  Vocabulary vocabulary = sample_vocabulary();
  vocabulary.elements[2].children = {{"@lists", Times::AtLeastOne}};
  EXPECT_EQ(validated("<article id='k' version='1'><title/><summary/><section><title/></section></article>", vocabulary),
            "f:1:37: error: <summary> holds none of <ul>, <ol>; expected one\n");
}

TEST(Validate, TooManyElements) {
  EXPECT_EQ(check_blocks("<title>again</title>"), "f:2:1: error: second <title> in <section>; expected at most one\n  hint: <title> stands at f:1:54\n");
  EXPECT_EQ(check("<article id='k' version='1'><title/><title/><section><title/></section></article>"),
            "f:1:37: error: second <title> in <article>; expected at most one\n  hint: <title> stands at f:1:29\n");
}

TEST(Validate, Sequence) {
  EXPECT_EQ(check("<article id='k' version='1'><title/><section><title/></section><summary><p/></summary></article>"),
            "f:1:64: error: <summary> after <section> in <article>; expected before it\n  hint: <section> stands at f:1:37\n");
  EXPECT_EQ(check("<article id='k' version='1'><section><title/></section><title/></article>"),
            "f:1:56: error: <title> after <section> in <article>; expected before it\n  hint: <section> stands at f:1:29\n");
}

TEST(Validate, SequenceWithOneNameAtTwoPlaces) {
  Vocabulary vocabulary;
  vocabulary.roots = {"a"};
  vocabulary.elements = {{"a", "", {}, {{"b", Times::One}, {"c", Times::Any}, {"b", Times::Optional}}, TextContent::None, Order::Sequence}, {"b", ""}, {"c", ""}};
  EXPECT_EQ(validated("<a><b/></a>", vocabulary), "");
  EXPECT_EQ(validated("<a><b/><b/></a>", vocabulary), "");
  EXPECT_EQ(validated("<a><b/><c/><c/><b/></a>", vocabulary), "");
  EXPECT_EQ(validated("<a><b/><c/><b/><b/></a>", vocabulary), "f:1:16: error: second <b> in <a>; expected at most one\n  hint: <b> stands at f:1:12\n");
  EXPECT_EQ(validated("<a><b/><b/><c/></a>", vocabulary), "f:1:12: error: <c> after <b> in <a>; expected before it\n  hint: <b> stands at f:1:8\n");
}

TEST(Validate, RulesByParent) {
  EXPECT_THAT(check_blocks("<row><cell/></row>"), HasSubstr("<row> may not stand in <section>; it belongs in <table>"));
}

TEST(Validate, Attributes) {
  EXPECT_EQ(check_blocks("<figure alt='x'/>"), "f:2:1: error: attribute 'src' is missing on <figure>\n");
  EXPECT_EQ(check_blocks("<callout kidn='tip'><p/></callout>"), "f:2:10: error: unknown attribute 'kidn' on <callout>; did you mean 'kind'?\n");
  EXPECT_EQ(check_blocks("<callout kind='tip' style='x'><p/></callout>"), "f:2:21: error: unknown attribute 'style' on <callout>\n  hint: <callout> takes kind\n");
  EXPECT_EQ(check_blocks("<p xmllang='de'/>"), "f:2:4: error: unknown attribute 'xmllang' on <p>; did you mean 'xml:lang'?\n");
  EXPECT_EQ(check_blocks("<callout kind='foo'><p/></callout>"), "f:2:16: error: 'foo' is not a value of kind; expected urgent, warning, tip or note\n");
  EXPECT_EQ(check_blocks("<callout kind='urgnt'><p/></callout>"),
            "f:2:16: error: 'urgnt' is not a value of kind; expected urgent, warning, tip or note\n  hint: did you mean 'urgent'?\n");
}

TEST(Validate, CommonAttributesMayBeRequired) {
  Vocabulary vocabulary;
  vocabulary.roots = {"a"};
  vocabulary.common = {{"id", ValueType::Id, Need::Required, ""}};
  vocabulary.elements = {{"a", "", {}, {{"b"}}}, {"b", "", {{"id", ValueType::AnyText, Need::Optional, "its own"}}}};
  EXPECT_EQ(validated("<a><b/></a>", vocabulary), "f:1:1: error: attribute 'id' is missing on <a>\n");
  EXPECT_EQ(validated("<a id='x'><b id='1 2'/></a>", vocabulary), "");
}

TEST(Validate, IdsAreUnique) {
  EXPECT_EQ(check_blocks("<p id='a'/>\n<ul id='a'><li id='b'/></ul>"), "f:3:9: error: id 'a' is used twice\n  hint: first used at f:2:8\n");
}

// One attribute of <figure>; the others are right.
std::string check_figure(const std::string& attribute) {
  const std::string rest = attribute.starts_with("src=") ? "alt='x'" : attribute.starts_with("alt=") ? "src='x'" : "src='x' alt='x'";
  return check_blocks("<figure " + attribute + " " + rest + "/>");
}

TEST(ValidateValues, TextAndNumbers) {
  EXPECT_EQ(check_figure("alt=''"), "f:2:14: error: attribute 'alt' of <figure> is empty; expected text\n");
  EXPECT_THAT(check_figure("alt=' '"), HasSubstr("is empty"));
  EXPECT_EQ(check_figure("scale='1,5'"), "f:2:16: error: '1,5' is not a value of scale; expected a number, such as 1.5\n");
  EXPECT_THAT(check_figure("width='12pts'"), HasSubstr("unknown unit 'pts' in '12pts'"));
  for (const std::string value : {"0", "-1", "x", "", "1.0", " 1", "9223372036854775808"}) {
    EXPECT_EQ(check("<article id='k' version='" + value + "'><title/><section><title/></section></article>"),
              "f:1:26: error: '" + value + "' is not a value of version; expected a whole number of at least 1\n");
  }
}

TEST(ValidateValues, Ids) {
  for (const std::string value : {"a", "A1", "a.b_c-d"}) EXPECT_EQ(check_figure("of='" + value + "'"), "") << value;
  for (const std::string value : {"", "1", "-a", "a b", "é", "a:b"}) EXPECT_THAT(check_figure("of='" + value + "'"), HasSubstr("expected an id: a letter")) << value;
  EXPECT_EQ(check_figure("id='1'"), "f:2:13: error: '1' is not a value of id; expected an id: a letter, then letters, digits, '.', '_' or '-'\n");
}

TEST(ValidateValues, Dates) {
  const auto check_date = [](const std::string& date) { return check("<article id='k' version='1' reviewed='" + date + "'><title/><section><title/></section></article>"); };
  for (const char* date : {"2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01", "9999-04-30"}) EXPECT_EQ(check_date(date), "") << date;
  for (const char* date : {"2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00", "2026-01-32", "0000-01-01", "26-01-01", "2026-1-1", "2026/01/01",
                           "2026-01-01Z", "", " 2026-01-01", "20260101", "2026-01-0x"}) {
    EXPECT_THAT(check_date(date), HasSubstr("is no day of the calendar; expected YYYY-MM-DD")) << date;
  }
}

TEST(ValidateValues, LanguageTags) {
  const auto check_tag = [](const std::string& tag) { return check_blocks("<p xml:lang='" + tag + "'/>"); };
  for (const char* tag : {"en", "es-US", "zh-Hans", "zh-Hans-TW", "es-419", "zh-yue", "sl-rozaj-biske", "de-1996", "de-CH-1901", "en-u-nu-latn", "ar-u-nu-latn-x-a", "x-own",
                          "qaa-Qaaa-QM-x-southern", "de-a-value", "abcd", "hy-Latn-IT-arevela"}) {
    EXPECT_EQ(check_tag(tag), "") << tag;
  }
  for (const char* tag : {"", "e", "en-", "-en", "en--US", "en US", "en-a", "en-u", "x", "x-", "en-x", "en-x-", "en-abcdefghi", "abcdefghi", "1en", "de-419-DE", "en-u-x", "dé", "a-DE", "en-US-US"}) {
    EXPECT_THAT(check_tag(tag), HasSubstr("is no language tag; expected one of BCP 47")) << tag;
  }
  EXPECT_THAT(check_tag("en_US"), HasSubstr("hint: write en-US\n"));
}

TEST(ValidateValues, Paths) {
  for (const std::string path : {"a.png", "a/b c.svg", "./a", "a/..b/c..", "a/b:c", "größe.png"}) EXPECT_EQ(check_figure("src='" + path + "'"), "") << path;
  for (const std::string path : {"", "/a", "../a", "a/../b", "a/..", "..", "a\\b", "C:/a", "http://x.org/a", "file:a"}) {
    EXPECT_THAT(check_figure("src='" + path + "'"), HasSubstr("expected a relative path")) << path;
  }
}

TEST(ValidateValues, Urls) {
  const auto check_url = [](const std::string& url) { return check_blocks("<p><a href=\"" + url + "\"/></p>"); };
  for (const char* url : {"https://example.org", "http://example.org:80/a?b=c&amp;d#e", "HTTPS://x", "https://x.org/%C3%BC", "https://[::1]/", "mailto:a@b.org", "mailto:a@b.org?subject=x", "tel:+1-555-0100",
                          "tel:112", "#id"}) {
    EXPECT_EQ(check_url(url), "") << url;
  }
  for (const char* url : {"", "example.org", "https://", "https:///a", "https:/x", "https:x", "ftp://x", "javascript:alert(1)", "https://x y", "https://x/%zz", "https://x/%C", "mailto:a", "mailto:@b",
                          "mailto:a@", "tel:", "tel:+", "tel:call me", "#", "#1", "//x", "https://x/\\"}) {
    EXPECT_THAT(check_url(url), HasSubstr("expected http://, https://, mailto:, tel: or #id")) << url;
  }
  EXPECT_THAT(check_url("https://x/ü"), HasSubstr("hint: write characters beyond ASCII percent-encoded"));
}

TEST(Validate, TellsEveryFault) {
  EXPECT_EQ(check("<article version='0'>\n<titel/>\n<section>\n<title/><p idd='a'><li/></p>\n</section>x</article>"),
            "f:1:1: error: attribute 'id' is missing on <article>\n"
            "f:1:19: error: '0' is not a value of version; expected a whole number of at least 1\n"
            "f:2:1: error: unknown element <titel>; did you mean <title>?\n"
            "f:4:12: error: unknown attribute 'idd' on <p>; did you mean 'id'?\n"
            "f:4:20: error: <li> may not stand in <p>; it belongs in <ul>, <ol>\n"
            "  hint: <p> holds <strong>, <a>, <br>\n"
            "f:5:11: error: text 'x' may not stand in <article>\n"
            "  hint: <article> holds only <title>, <summary>, <section>\n");
}

TEST(Validate, StopsTellingAfterFiveHundred) {
  std::string items;
  for (int i = 0; i < 3000; ++i) items += "<callout kind='x'><p/></callout>";
  const std::string report = check_blocks(items);
  EXPECT_THAT(report, HasSubstr("f: error: has more than 499 faults; the rest are not told"));
  EXPECT_EQ(std::count(report.begin(), report.end(), '\n'), 501);
}

TEST(ValidateDeathTest, AVocabularyMustBeWhole) {
  Vocabulary vocabulary;
  vocabulary.roots = {"a"};
  vocabulary.elements = {{"a", "", {}, {{"@none"}}}};
  EXPECT_DEATH(static_cast<void>(validated("<a/>", vocabulary)), "precondition");
  vocabulary.elements = {{"a", "", {}, {{"b"}}}};
  EXPECT_DEATH(static_cast<void>(validated("<a/>", vocabulary)), "precondition");
  vocabulary.groups = {{"@a", {"@b"}}, {"@b", {"@a"}}};
  vocabulary.elements = {{"a", "", {}, {{"@a"}}}};
  EXPECT_DEATH(static_cast<void>(validated("<a/>", vocabulary)), "precondition");
}

TEST(Explain, AnElement) {
  EXPECT_EQ(explain(sample_vocabulary(), "callout"),
            "<callout> - A box.\n"
            "  stands in: <section>\n"
            "  holds:\n"
            "    one or more of <p>\n"
            "  attributes:\n"
            "    kind (required): urgent, warning, tip or note - how grave\n"
            "  attributes of every element:\n"
            "    id: an id, unique in the document - a stable name\n"
            "    xml:lang: a language tag (BCP 47), such as en or es-US - the language of the content, where it differs <here>\n");
  EXPECT_EQ(explain(sample_vocabulary(), "<callout>"), explain(sample_vocabulary(), "callout"));
}

TEST(Explain, ARoot) {
  const std::string text = explain(sample_vocabulary(), "article");
  EXPECT_THAT(text, HasSubstr("  is the root of: article\n  holds, in this order:\n    exactly one of <title>\n    at most one of <summary>\n"));
  EXPECT_THAT(text, HasSubstr("    version (required): a whole number of at least 1 - counts from 1\n"));
  EXPECT_THAT(text, testing::Not(HasSubstr("a stable name")));  // its own id takes the common one's place
}

TEST(Explain, TextAndNothing) {
  EXPECT_THAT(explain(sample_vocabulary(), "li"), HasSubstr("  holds: text and\n    any number of <strong>, <a>, <br>\n    any number of <ul>, <ol>\n"));
  EXPECT_THAT(explain(sample_vocabulary(), "cell"), HasSubstr("  holds: text\n"));
  EXPECT_THAT(explain(sample_vocabulary(), "br"), HasSubstr("  holds: nothing\n"));
}

TEST(Explain, AnAttribute) {
  EXPECT_EQ(explain(sample_vocabulary(), "start"), "attribute of <ol>\n    start: a whole number of at least 0 - its first number\n");
  EXPECT_THAT(explain(sample_vocabulary(), "id"), HasSubstr("attribute of every element\n    id: an id"));
}

TEST(Explain, AnUnknownName) {
  EXPECT_EQ(explain(sample_vocabulary(), "sumary"), "no element or attribute 'sumary' in article; did you mean <summary>?\n");
  EXPECT_EQ(explain(sample_vocabulary(), "blockquote"), "no element or attribute 'blockquote' in article\n");
}

}  // namespace
}  // namespace handout::xml
