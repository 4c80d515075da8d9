// Every property of styles with many values, through reader and schema, line by line.
#include <gtest/gtest.h>

#include <set>

#include "layouts/layout.h"
#include "layouts/vocabulary.h"
#include "schema/jing.h"
#include "xml/vocabulary.h"

namespace handout::test {
namespace {

constexpr const char* kValues[] = {
    "", " ", "0", "-0", "0mm", "12", "12mm", "-12mm", "+12mm", " 12mm ", "12 mm", "1.5em", "1.em", ".5em", ".em", "-.5rem", "3u", "0u", "-3u", "50%", "0%", "-50%", "1fr", "0fr", "2fr 1fr", "12pts", "12px", "12MM",
    "1e3mm", "1mm 2mm", "1mm  2mm", "1mm 2mm 3mm", "1mm 2mm 3mm 4mm", "1mm 2mm 3mm 4mm 5mm", "1mm,2mm", "0.5", "0.49", "0.50", "10", "10.0", "10.01", "010", "1.4", "-1", "1", "2", "99", "100", "101", "150", "899",
    "900", "901", "1000", "0700", "auto", "none", "none ", "yes", "bold", "regular", "always", "#fff", "#FFF", "#ffff", "#0b6e8a", "#0b6e8g", "fff", "red", "Red", "-red", "1red", "red_2", "red.2", "1pt #fff", "1pt  red", "1pt red ",
    "0 red", "0mm red", "-1pt red", "1pt", "1pt red red", "1fr red", "1u red", "red 1pt", "disc", "'*'", "'**'", "'12345678'", "'123456789'", "''", "'  '", "' *'", "'*", "*", "'\xE2\x86\x92'", "'''", "icons/note.svg", "/a.svg", "../a.svg",
    "a/../b", "a\\b", "a:b", "tnum", "-liga", "+liga", "ss01=1", "ss01=65535", "ss01=65536", "ss01=", "ss01=-1", "ss1", "tnum -liga", "tnum, liga", "tn\xC3\xBCm", "Noto Sans", "Noto, Sans", ",", "5 2 3", "5 2", "05 2 3", "0 2 3", "100 2 3", "99 99 99",
    "5  2 3", "5 2 3 4", "98% 102%", "98%  102%", "98%", "98 102", "98% 102% 103%", "-2% 3%", "start", "justify", "inter-character", "Start",
    "1ex", "2ch", "-1ex", "1mm + 2mm", "1mm +", "1mm + ", "+ 1mm", "2 * 3u", "2*3", "(1mm", "1mm)", "calc(1em / 2)", "1mm - 2mm", "1mm 2mm + 3mm", "1mm 2mm 3mm 4mm 1mm + 2mm", "1fr + 1mm", "1mm + 2mm red", "1mm + red", "1mm * 2 #ff", "none + none", "a/b",
    "$", "$$", "$v", "${v}", "${v", "$v$", "$vmm", "${v}mm", "'$'", "'$v'", "'$$'", "$none", "a$$.svg", "1mm $v", "$v + 1mm"};

// Where a value is right for its form but not for the reader's knowledge, both agree that its form is right.
TEST_F(Jing, AgreesOnEveryPropertyAndValue) {
  std::vector<std::string> names, documents;
  for (const xml::ElementRule& rule : layouts::layout_vocabulary().elements) {
    if (rule.name != "style") continue;
    for (const xml::AttributeRule& attribute : rule.attributes) {
      std::string text = "<layout id=\"x\" title=\"X\"><color name=\"red\" value=\"#f00\"/><define name=\"v\" value=\"12\"/>\n";
      for (const char* const value : kValues) {
        const std::string selector = attribute.name == "for" ? "" : "for=\"p\" ";
        const char quote = std::string_view(value).find('"') == std::string_view::npos ? '"' : '\'';
        text += "<style " + selector + std::string(attribute.name) + "=" + quote + value + quote + "/>\n";
      }
      names.emplace_back(attribute.name);
      documents.push_back(text + "<body><slot select=\"*\"/></body></layout>");
    }
  }
  ASSERT_GT(documents.size(), 50u);
  const auto said = judge(xml::to_rng(layouts::layout_vocabulary()), documents);
  std::size_t right = 0, wrong = 0;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    Diagnostics diags;
    static_cast<void>(layouts::parse_layout(documents[i], "x.xml", {}, diags));
    std::set<std::size_t> by_reader, by_schema;
    for (const Diagnostic& each : diags.all()) {
      if (each.severity == Severity::Error && each.aspect == Aspect::Form && each.at.line > 1) by_reader.insert(each.at.line);
    }
    for (const auto& [line, message] : said[i]) by_schema.insert(line);
    for (std::size_t line = 2; line < std::size(kValues) + 2; ++line) {
      EXPECT_EQ(by_reader.contains(line), by_schema.contains(line)) << names[i] << "='" << kValues[line - 2] << "'";
      ++(by_schema.contains(line) ? wrong : right);
    }
  }
  std::printf("%zu values: %zu right, %zu wrong\n", right + wrong, right, wrong);
}

constexpr const char* kSelectors[] = {
    "p", "*", ".a", "#a", "#a.b", "p.a#b.c", "p#a#b", "[a=b]", "[ a = 'b c' ]", "[a=\"\"]", "[a='']", "[a=]", "[a]", "[=b]", "[a=b", "p[kind=urgent].a[x=1.5]", "p q", "p  >  q", "p>q", "p >", "> p", "p > > q", "p,q", "p , q", "p,", ",p",
    " p ", "p + q", "p..a", "p.", "#", "1p", "p1", "-p", "_p", "p.1a", "p.-a", "#1", "#.a", "#a-b.c_d", "a b c d e f g h", "a b c d e f g h i", "a b c d e f g h, a", "p*", "*p", "p:first", "\xC3\xA9", ""};

TEST_F(Jing, AgreesOnSelectors) {
  std::string text = "<layout id=\"x\" title=\"X\">\n";
  for (const char* const value : kSelectors) {
    const char quote = std::string_view(value).find('"') == std::string_view::npos ? '"' : '\'';
    // One with both kinds of quotes is written with a reference.
    std::string written = value;
    for (std::size_t at = 0; (at = written.find('\'', at)) != std::string::npos && quote == '\'';) written.replace(at, 1, "&apos;");
    text += "<style color=\"#fff\" for=" + std::string(1, quote) + written + quote + "/>\n";
  }
  text += "<body><slot select=\"*\"/></body></layout>";
  const auto said = judge(xml::to_rng(layouts::layout_vocabulary()), {text});
  Diagnostics diags;
  static_cast<void>(layouts::parse_layout(text, "x.xml", {}, diags));
  std::set<std::size_t> by_reader;
  for (const Diagnostic& each : diags.all()) {
    if (each.severity == Severity::Error) by_reader.insert(each.at.line);
  }
  for (std::size_t line = 2; line < std::size(kSelectors) + 2; ++line) EXPECT_EQ(by_reader.contains(line), said[0].contains(line)) << kSelectors[line - 2];
}

constexpr const char* kConditions[] = {
    "", " ", "a", "a.b", "a b", "a  b ", "1a", "a_b", "a-b", "a,b", "a=b", "a!=b", "a<b", "a>b", "a=b c!=d", "a=b  c", "a=", "=b", "a==b", "a!b", "a=!b", "a=b=c", "a='b c'", "a='b c'd=e", "a='b", "a=''", "a=b'c", "a = b", "1a=b", "a>2 b<3",
    "es", "es pt-BR", "pt-br", "en_US", "e", "Arab", "arab", "Arab Deva", "Arab  Deva", "Zzzz", "Abcd", "Arab,Deva", "first", "first last", "firs", "all rest left right first last only blank"};

TEST_F(Jing, AgreesOnConditions) {
  std::vector<std::string> names{"class", "has", "lacks", "when", "for-locale", "for-script", "for-page"}, documents;
  for (const std::string& name : names) {
    std::string text = "<layout id=\"x\" title=\"X\"><page><header>\n";
    for (std::string value : kConditions) {
      for (std::size_t at = 0; (at = value.find('<', at)) != std::string::npos;) value.replace(at, 1, "&lt;");
      text += "<text " + name + "=\"" + value + "\">x</text>\n";
    }
    documents.push_back(text + "</header></page><body><slot select=\"*\"/></body></layout>");
  }
  const auto said = judge(xml::to_rng(layouts::layout_vocabulary()), documents);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    Diagnostics diags;
    static_cast<void>(layouts::parse_layout(documents[i], "x.xml", {}, diags));
    std::set<std::size_t> by_reader;
    for (const Diagnostic& each : diags.all()) {
      if (each.severity == Severity::Error && each.aspect == Aspect::Form) by_reader.insert(each.at.line);
    }
    for (std::size_t line = 2; line < std::size(kConditions) + 2; ++line) EXPECT_EQ(by_reader.contains(line), said[i].contains(line)) << names[i] << "='" << kConditions[line - 2] << "'";
  }
}

// What the reader puts together before it validates: variables, parts, changes, named styles.
TEST_F(Jing, TakesVariablesPartsAndChanges) {
  const std::string layout = "<layout id='a' title='A' extends='b' tried-in='Latn'><define name='side' value='end'/><include href='p.xml'/><style name='n' text-align='$side'/><style for='p' use='n' widows='${w}'/>"
                             "<page on='blank'><region name='r' top='1u + 2mm'><rule for-page='left'/></region></page><sheet fold='two-up'/><fit sheets='$n' type='90%'/><change id='x' where='before'><cell/></change></layout>";
  const std::string part = "<part id='p' title='P'><rule/><page/><style for='p' widows='2'/><include href='q.xml'/></part>";
  const std::string wrong = "<layout id='a' title='A'>\n<style for='p' text-align='left'/>\n<fit pages='two'/>\n<include/>\n<change id='x' where='behind'/>\n<style for='p' widows='$'/>\n<style name='$n'/>\n<define name='n' value='${n'/>\n</layout>";
  const auto said = judge(xml::to_rng(layouts::layout_vocabulary()), {layout, part, wrong});
  EXPECT_TRUE(said[0].empty()) << said[0].begin()->second;
  EXPECT_TRUE(said[1].empty()) << said[1].begin()->second;
  for (std::size_t line = 2; line <= 8; ++line) EXPECT_TRUE(said[2].contains(line)) << line;
}

}  // namespace
}  // namespace handout::test
