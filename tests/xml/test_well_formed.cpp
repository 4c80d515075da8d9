#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support.h"

namespace handout::xml {
namespace {

using namespace std::string_view_literals;
using testing::HasSubstr;

struct Case {
  std::string_view source;
  std::string_view fault;  // the whole report
};

void expect_each(std::initializer_list<Case> cases) {
  for (const Case& each : cases) EXPECT_EQ(faults_of(each.source), each.fault) << each.source;
}

TEST(WellFormed, OneRootAndNothingBesideIt) {
  expect_each({{"", "f: error: file is empty; expected a root element\n"},
               {" \n", "f:2:1: error: file holds no element; expected a root element\n"},
               {"<!-- c -->", "f:1:11: error: file holds no element; expected a root element\n"},
               {"\n x<a/>", "f:2:2: error: text before the root element\n"},
               {"<a/>\n x", "f:2:2: error: text after the root element\n"},
               {"<a/><![CDATA[]]>", "f:1:5: error: text after the root element\n"},
               {"<a/><b/><c/>", "f:1:5: error: second root element <b> after <a>; expected only one\n"}});
}

TEST(WellFormed, TagsMatch) {
  expect_each({{"<a>\n<i>x</b></a>", "f:2:5: error: </b> closes <i>; expected </i>\n  hint: <i> is opened at f:2:1\n"},
               {"<a/></b>", "f:1:5: error: </b> closes nothing; no element is open\n"},
               {"<a>\n <b>", "f:2:2: error: <b> is never closed\n  hint: expected </b> before the end of the file\n"},
               {"<a></a b=\"1\">", "f:1:4: error: the tag </a> is not closed after its name; expected '>'\n"},
               {"<a></a", "f:1:4: error: the tag </a> is not closed after its name; expected '>'\n"},
               {"<a></ a>", "f:1:4: error: '</' begins no end tag\n  hint: a plain less-than sign is written &lt;\n"},
               {"<a></A>", "f:1:4: error: </A> closes <a>; expected </a>\n  hint: <a> is opened at f:1:1\n"}});
}

TEST(WellFormed, StartTags) {
  expect_each({{"<a", "f:1:1: error: the tag <a> is not closed; expected '>'\n"},
               {"<a b='1'", "f:1:1: error: the tag <a> is not closed; expected '>'\n"},
               {"<a / >", "f:1:4: error: '/' in the tag <a>; expected an attribute or '>'\n"},
               {"<a <b/></a>", "f:1:4: error: '<' in the tag <a>; expected an attribute or '>'\n"},
               {"<a 1='x'/>", "f:1:4: error: '1' in the tag <a>; expected an attribute or '>'\n"},
               {"<a>1 < 2</a>", "f:1:6: error: '<' begins no tag\n  hint: a plain less-than sign is written &lt;\n"},
               {"<a>< b/></a>", "f:1:4: error: '<' begins no tag\n  hint: a plain less-than sign is written &lt;\n"}});
}

TEST(WellFormed, Attributes) {
  expect_each({{"<a b='1'c='2'/>", "f:1:9: error: no space before attribute 'c'\n"},
               {"<a b/>", "f:1:4: error: attribute 'b' has no value; expected b=\"...\"\n"},
               {"<a b=1/>", "f:1:6: error: the value of attribute 'b' is not in quotes\n"},
               {"<a b=http://x.org/y c='1'/>", "f:1:6: error: the value of attribute 'b' is not in quotes\n"},
               {"<a b=/>", "f:1:6: error: the value of attribute 'b' is not in quotes\n"},
               {"<a b='1/>", "f:1:6: error: the value of attribute 'b' is not closed; expected '\n"},
               {"<a b='1' c='2' b='3'/>", "f:1:16: error: attribute 'b' stands twice on <a>\n"},
               {"<a b='1<2'/>", "f:1:8: error: '<' in the value of attribute 'b'\n  hint: write &lt;, or close the value's quotes\n"},
               {"<a b='&x;'/>",
                "f:1:7: error: undefined entity '&x;'; expected &amp;, &lt;, &gt;, &quot; or &apos;\n"
                "  hint: write the character itself or its number, such as &#160;\n"}});
}

TEST(WellFormed, MissingQuoteIsOneFault) {
  EXPECT_EQ(faults_of("<p><a b=\"x>text</a> <a b=\"y\">z</a></p>"),
            "f:1:16: error: '<' in the value of attribute 'b'\n  hint: write &lt;, or close the value's quotes\n");
}

TEST(WellFormed, NamesHaveNoColon) {
  expect_each({{"<svg:g/>", "f:1:1: error: <svg:g> has a colon in its name; namespaces are not read\n"},
               {"<a xlink:href='#b'/>", "f:1:4: error: attribute 'xlink:href' has a colon in its name; of those only xml:lang, xml:space and xml:id are read\n"},
               {"<a xmlns:b='c'/>", "f:1:4: error: attribute 'xmlns:b' has a colon in its name; of those only xml:lang, xml:space and xml:id are read\n"},
               {"<a xml:base='c'/>", "f:1:4: error: attribute 'xml:base' has a colon in its name; of those only xml:lang, xml:space and xml:id are read\n"}});
}

TEST(WellFormed, References) {
  expect_each({{"<a>x & y</a>", "f:1:6: error: '&' begins no entity\n  hint: a plain ampersand is written &amp;\n"},
               {"<a>&amp y</a>", "f:1:4: error: '&amp' lacks its ';'\n  hint: a plain ampersand is written &amp;\n"},
               {"<a>&#;</a>", "f:1:4: error: '&#' has no number; expected a character reference such as &#233;\n"},
               {"<a>&#x;</a>", "f:1:4: error: '&#x' has no number; expected a character reference such as &#233;\n"},
               {"<a>&#12</a>", "f:1:4: error: '&#12' lacks its ';'\n"},
               {"<a>&#0;</a>", "f:1:4: error: '&#0;' names no character that XML allows\n"},
               {"<a>&#8;</a>", "f:1:4: error: '&#8;' names no character that XML allows\n"},
               {"<a>&#xFFFF;</a>", "f:1:4: error: '&#xFFFF;' names no character that XML allows\n"},
               {"<a>&#xD800;</a>", "f:1:4: error: '&#xD800;' names no character that XML allows\n"},
               {"<a>&#x110000;</a>", "f:1:4: error: '&#x110000;' names no character that XML allows\n"},
               {"<a>&#99999999999999999999;</a>", "f:1:4: error: '&#99999999999999999999;' names no character that XML allows\n"},
               {"<a>&#XE9;</a>", "f:1:4: error: '&#' has no number; expected a character reference such as &#233;\n"}});
  EXPECT_THAT(faults_of("<a>&nbsp;</a>"), HasSubstr("undefined entity '&nbsp;'"));
}

TEST(WellFormed, CommentsAndCData) {
  expect_each({{"<a><!-- b -- c --></a>", "f:1:11: error: '--' in a comment\n  hint: a comment ends with the first -->; use single dashes inside it\n"},
               {"<a><!-- b ---></a>", "f:1:11: error: '--' in a comment\n  hint: a comment ends with the first -->; use single dashes inside it\n"},
               {"<a><!-- b </a>", "f:1:4: error: comment is not closed; expected -->\n"},
               {"<a><!--></a>", "f:1:4: error: comment is not closed; expected -->\n"},
               {"<!-->", "f:1:1: error: comment is not closed; expected -->\n"},
               {"<a><![CDATA[ </a>", "f:1:4: error: CDATA is not closed; expected ]]>\n"},
               {"<a>x]]>y</a>", "f:1:5: error: ']]>' in text\n  hint: write ]]&gt;\n"},
               {"<a><!b></a>", "f:1:4: error: '<!' begins neither a comment nor CDATA\n  hint: a plain less-than sign is written &lt;\n"}});
}

TEST(WellFormed, InstructionsStandBeforeTheRootOnly) {
  expect_each({{"<a><?b c?></a>", "f:1:4: error: processing instruction <?b?> in the root element; allowed only before it\n"},
               {"<a/><?b c?>", "f:1:5: error: processing instruction <?b?> after the root element; allowed only before it\n"},
               {"<?b c><a/>", "f:1:1: error: processing instruction is not closed; expected ?>\n"},
               {"<? b?><a/>", "f:1:3: error: processing instruction has no name\n"},
               {"\n<?xml version='1.0'?><a/>", "f:2:1: error: XML declaration in the middle of the file; expected at its very start\n"},
               {"<a><?XML?></a>", "f:1:4: error: XML declaration in the middle of the file; expected at its very start\n"}});
}

TEST(WellFormed, Doctype) {
  const std::string_view fault = "f:1:1: error: DOCTYPE is not read\n  hint: remove it; the schemas stand beside the articles and layouts\n";
  expect_each({{"<!DOCTYPE a><a/>", fault},
               {"<!DOCTYPE a SYSTEM \"a>b.dtd\"><a/>", fault},
               {"<!DOCTYPE a [<!ENTITY e 'x>'> <!-- > -->]><a/>", fault},
               {"<!doctype html><a/>", fault},
               {"<!DOCTYPE a", fault}});
}

TEST(WellFormed, Declaration) {
  const std::string malformed = "f:1:1: error: malformed XML declaration; expected <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  for (const char* body : {"", " ", " encoding='UTF-8'", " encoding='UTF-8' version='1.0'", " version='1.0' version='1.0'", " version='1.0'encoding='UTF-8'",
                           " version=1.0", " version", " version='1.0", " version='1.0' mode='x'", " version='1.0' standalone='no' encoding='UTF-8'"}) {
    EXPECT_EQ(faults_of(std::string("<?xml") + body + "?><a/>"), malformed) << body;
  }
  expect_each({{"<?xml version='2.0'?><a/>", "f:1:16: error: XML version '2.0'; expected 1.0\n"},
               {"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "f:1:31: error: encoding 'ISO-8859-1'; expected UTF-8\n  hint: save the file as UTF-8\n"},
               {"<?xml version='1.0' encoding=''?><a/>", "f:1:31: error: encoding ''; expected UTF-8\n  hint: save the file as UTF-8\n"},
               {"<?xml version='1.0' standalone='maybe'?><a/>", "f:1:33: error: 'maybe' is not a value of standalone; expected yes or no\n"},
               {"<?xml version='1.0'", "f:1:1: error: XML declaration is not closed; expected ?>\n"}});
}

TEST(WellFormed, Characters) {
  expect_each({{"<a>\x01</a>", "f:1:4: error: character U+0001 is not allowed in XML\n"},
               {"<a>x\0y</a>"sv, "f:1:5: error: character U+0000 is not allowed in XML\n"},
               {"<a>\n\xEF\xBF\xBF</a>", "f:2:1: error: character U+FFFF is not allowed in XML\n"},
               {"<!-- \x0B --><a/>", "f:1:6: error: character U+000B is not allowed in XML\n"},
               {"<a b='\x1B'/>", "f:1:7: error: character U+001B is not allowed in XML\n"}});
}

TEST(WellFormed, Utf8) {
  expect_each({{"<a>gr\xFC\xDF</a>", "f:1:6: error: byte 0xfc is not UTF-8\n  hint: save the file as UTF-8; 1 more such byte follows\n"},
               {"<a>\xC0\xAF</a>", "f:1:4: error: byte 0xc0 is not UTF-8\n  hint: save the file as UTF-8; 1 more such byte follows\n"},
               {"<a>\xE2\x82</a>", "f:1:4: error: byte 0xe2 is not UTF-8\n  hint: save the file as UTF-8; 1 more such byte follows\n"},
               {"<a>\xED\xA0\x80</a>", "f:1:4: error: byte 0xed is not UTF-8\n  hint: save the file as UTF-8; 2 more such bytes follow\n"},
               {"<a>\xF4\x90\x80\x80</a>", "f:1:4: error: byte 0xf4 is not UTF-8\n  hint: save the file as UTF-8; 3 more such bytes follow\n"},
               {"<a/>\xFF", "f:1:5: error: byte 0xff is not UTF-8\n  hint: save the file as UTF-8\nf:1:5: error: text after the root element\n"},
               {"\xFF\xFE<\0a\0"sv, "f: error: file is UTF-16; expected UTF-8\n  hint: save the file as UTF-8\n"},
               {"\0<\0a"sv, "f: error: file is UTF-16; expected UTF-8\n  hint: save the file as UTF-8\n"}});
}

TEST(WellFormed, TellsAllFaultsUpToTheFirstOfStructure) {
  EXPECT_EQ(faults_of("<a b='1'b='2'>\n&x;\n<!-- -- -->\x01\n</c>\n&y;"),
            "f:1:9: error: no space before attribute 'b'\n"
            "f:1:9: error: attribute 'b' stands twice on <a>\n"
            "f:2:1: error: undefined entity '&x;'; expected &amp;, &lt;, &gt;, &quot; or &apos;\n"
            "  hint: write the character itself or its number, such as &#160;\n"
            "f:3:6: error: '--' in a comment\n"
            "  hint: a comment ends with the first -->; use single dashes inside it\n"
            "f:3:12: error: character U+0001 is not allowed in XML\n"
            "f:4:1: error: </c> closes <a>; expected </a>\n"
            "  hint: <a> is opened at f:1:1\n");
}

TEST(WellFormed, MessagesStayShort) {
  const std::string report = faults_of("<a b='" + std::string(10'000, 'x') + "'><" + std::string(10'000, 'y') + "></a>");
  EXPECT_LT(report.size(), 300u);
  EXPECT_THAT(report, HasSubstr("…"));
}

// Every beginning of a document is well-formed or a fault, never a crash.
TEST(WellFormed, EveryPrefixIsToldOf) {
  const std::string source = "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?><!-- é --><?p q?><a b='1' c=\"&#233;\">t<![CDATA[x]]><b/>é&amp;<!-- c --></a> ";
  const std::size_t whole = source.rfind("</a>") + 4;
  for (std::size_t i = 0; i <= source.size(); ++i) EXPECT_EQ(faults_of(source.substr(0, i)).empty(), i >= whole) << i;
}

// Nor is any single byte put anywhere.
TEST(WellFormed, EveryByteAnywhereIsToldOf) {
  const std::string source = "<?xml version='1.0'?><a b='1' c=\"&#233;\">t<![CDATA[x]]><b/>é&amp;<!-- c --></a>";
  for (const char byte : "<>&;'\"/!?-[]=: \n\x01\xC3\xFFx#"sv) {
    for (std::size_t i = 0; i < source.size(); ++i) {
      std::string changed = source, inserted = source;
      changed[i] = byte;
      inserted.insert(i, 1, byte);
      EXPECT_NE(faults_of(changed), "parse and its diagnostics disagree");
      EXPECT_THAT(faults_of(changed), testing::Not(HasSubstr("tinyxml2"))) << changed;
      EXPECT_THAT(faults_of(inserted), testing::Not(HasSubstr("tinyxml2"))) << inserted;
    }
  }
}

}  // namespace
}  // namespace handout::xml
