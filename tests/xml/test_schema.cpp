#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/files.h"
#include "support.h"

namespace handout::xml {
namespace {

using testing::HasSubstr;

// Our own parser reads no namespaces.
std::string without_prefixes(std::string text) {
  for (std::size_t at = 0; (at = text.find("a:documentation", at)) != std::string::npos;) text.erase(at, 2);
  return text.replace(text.find("xmlns:a"), 7, "xmlns-a");
}

TEST(Schema, IsWellFormedAndDocumented) {
  const std::string schema = to_rng(sample_vocabulary());
  EXPECT_EQ(faults_of(without_prefixes(schema)), "");
  EXPECT_THAT(schema, HasSubstr("<a:documentation>A box.</a:documentation>"));
  EXPECT_THAT(schema, HasSubstr("where it differs &lt;here&gt;</a:documentation>"));
  EXPECT_EQ(schema, to_rng(sample_vocabulary()));
}

// Runs jing over many files at once (its start costs most) and compares with validate().
class Jing : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v jing >/dev/null 2>&1") != 0) GTEST_SKIP() << "jing is not installed";
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-jing-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  [[nodiscard]] static std::string article(const std::string& blocks) {
    return "<article id='k' version='1'><title>T</title><section><title>S</title>" + blocks + "</section></article>";
  }

  // What jing says of each document, "" where it finds nothing wrong.
  std::map<std::string, std::string> judge(const Vocabulary& vocabulary, const std::vector<std::string>& documents) {
    Diagnostics diags;
    EXPECT_TRUE(write_file(folder_ / "schema.rng", to_rng(vocabulary), diags));
    std::string command = "cd '" + folder_.string() + "' && jing schema.rng";
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const std::string name = "d" + std::to_string(i) + ".xml";
      EXPECT_TRUE(write_file(folder_ / name, documents[i], diags));
      command += " " + name;
    }
    const int status = std::system((command + " > out.txt 2>&1").c_str());
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
    const auto report = read_file(folder_ / "out.txt", Span{}, 1 << 24, diags);
    EXPECT_TRUE(report);
    EXPECT_EQ(report.value_or("").find("schema.rng"), std::string::npos) << *report;
    std::map<std::string, std::string> said;
    for (std::size_t i = 0; i < documents.size(); ++i) said[documents[i]] = lines_of(report.value_or(""), "/d" + std::to_string(i) + ".xml:");
    return said;
  }

  void expect_agreement(const Vocabulary& vocabulary, const std::vector<std::string>& right, const std::vector<std::string>& wrong) {
    std::vector<std::string> all = right;
    all.insert(all.end(), wrong.begin(), wrong.end());
    const auto said = judge(vocabulary, all);
    for (const std::string& each : right) {
      EXPECT_EQ(validated(each, vocabulary), "") << each;
      EXPECT_EQ(said.at(each), "") << each;
    }
    for (const std::string& each : wrong) {
      EXPECT_NE(validated(each, vocabulary), "") << each;
      EXPECT_NE(said.at(each), "") << each;
    }
  }

 private:
  static std::string lines_of(const std::string& report, const std::string& file) {
    std::string lines;
    for (std::size_t begin = 0; begin < report.size();) {
      const std::size_t end = std::min(report.find('\n', begin), report.size());
      const std::string line = report.substr(begin, end - begin);
      if (line.find(file) != std::string::npos) lines += line + "\n";
      begin = end + 1;
    }
    return lines;
  }

  std::filesystem::path folder_;
};

TEST_F(Jing, AgreesOnStructure) {
  const std::string section = "<section><title/></section>";
  expect_agreement(sample_vocabulary(),
                   {article(""), article("<p>a <strong>b</strong><br/></p><ul><li>c<ol><li/></ol></li></ul>"), article("<table>\n <row> <cell>1</cell> </row>\n</table>"),
                    "<article id='k' version='1'><title/><summary><p/></summary>" + section + section + "</article>",
                    "<article id='k' version='1'><title/><section><p/><title/><p/></section></article>"},
                   {"<p/>", "<article id='k' version='1'/>", "<article id='k' version='1'><title/><title/>" + section + "</article>",
                    "<article id='k' version='1'><title/>" + section + "<summary><p/></summary></article>",
                    "<article id='k' version='1'>" + section + "<title/></article>", article("<title/>"), article("<ul/>"), article("<ul>x<li/></ul>"), article("<p><li/></p>"),
                    article("<row><cell/></row>"), article("<p><br>x</br></p>"), article("<sumary/>"), article("<table><row>x<cell/></row></table>")});
}

TEST_F(Jing, AgreesOnAttributes) {
  const auto figure = [](const std::string& more) { return article("<figure src='x' alt='x' " + more + "/>"); };
  const auto tag = [](const std::string& value) { return article("<p xml:lang='" + value + "'/>"); };
  const auto url = [](const std::string& value) { return article("<p><a href=\"" + value + "\"/></p>"); };
  const auto source = [](const std::string& value) { return article("<figure alt='x' src='" + value + "'/>"); };
  const auto callout = [](const std::string& value) { return article("<callout kind='" + value + "'><p/></callout>"); };
  std::vector<std::string> right = {figure("note=''"), figure("color='?'"), figure("of='a.b'"), callout("tip"), article("<p id='a'/><p id='b'/>")};
  std::vector<std::string> wrong = {article("<figure alt='x'/>"), article("<figure src='x' alt=' '/>"), article("<callout><p/></callout>"), article("<p id='a'/><p id='a'/>"), article("<p id='1'/>"),
                                    figure("kind='x'"), figure("of='1'"), callout("foo"), callout(" tip"), callout("")};
  for (const char* width : {"0", "-0.0", "12mm", "-.5pt", "5.in", "1.5em", "2rem", "3u", "50%", "1fr", "-0fr"}) right.push_back(figure("width='" + std::string(width) + "'"));
  for (const char* width : {"", "12", "12pts", "mm", "1 mm", "1,5mm", "-1fr", "+1mm", "1e1mm", "--1mm"}) wrong.push_back(figure("width='" + std::string(width) + "'"));
  for (const char* scale : {"1", "-1.5", ".5", "5."}) right.push_back(figure("scale='" + std::string(scale) + "'"));
  for (const char* scale : {"", ".", "-", "1,5", "1e3", "+1"}) wrong.push_back(figure("scale='" + std::string(scale) + "'"));
  for (const char* value : {"en", "zh-Hans-TW", "es-419", "zh-yue", "sl-rozaj-biske", "de-1996", "en-u-nu-latn-x-a", "x-own", "abcd"}) right.push_back(tag(value));
  for (const char* value : {"", "e", "en-", "en--US", "en_US", "en-a", "x", "en-x", "abcdefghi", "de-419-DE", "en-u-x"}) wrong.push_back(tag(value));
  for (const char* value : {"https://example.org/a?b=c&amp;d#e", "HTTP://x", "https://x/%C3%BC", "https://[::1]/", "mailto:a@b.org?subject=x", "tel:+1-555-0100", "#id"}) right.push_back(url(value));
  for (const char* value : {"", "x.org", "https://", "https:///a", "ftp://x", "https://x y", "https://x/%zz", "https://x/ü", "mailto:a", "mailto:@b", "mailto:a@", "mailto:a@?b", "tel:", "tel:+", "#", "#1"}) wrong.push_back(url(value));
  for (const char* value : {"a/b c.svg", "./a", "a/..b/c..", "a/b:c", "é"}) right.push_back(source(value));
  for (const char* value : {"", "/a", "../a", "a/../b", "a/..", "..", "a\\b", "C:/a", "file:a"}) wrong.push_back(source(value));
  expect_agreement(sample_vocabulary(), right, wrong);
}

TEST_F(Jing, AgreesOnDatesAndIntegers) {
  const auto with = [](const std::string& attributes) { return "<article id='k' " + attributes + "><title/><section><title/></section></article>"; };
  std::vector<std::string> right, wrong;
  for (const char* date : {"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"}) right.push_back(with("version='1' reviewed='" + std::string(date) + "'"));
  for (const char* date : {"2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "0000-01-01", "2026-1-1", "2026-01-01Z", ""}) wrong.push_back(with("version='1' reviewed='" + std::string(date) + "'"));
  for (const char* version : {"1", "007", "9223372036854775807"}) right.push_back(with("version='" + std::string(version) + "'"));
  for (const char* version : {"0", "-1", "+1", "1.0", "", "x", "9223372036854775808"}) wrong.push_back(with("version='" + std::string(version) + "'"));
  expect_agreement(sample_vocabulary(), right, wrong);
}

// Rules by parent, a name in two branches, an attribute that is an id in one rule only, sequences in mixed content.
TEST_F(Jing, TakesEveryKindOfRule) {
  Vocabulary vocabulary;
  vocabulary.kind = "sample";
  vocabulary.roots = {"a", "b"};
  vocabulary.groups = {{"@x", {"c", "d"}}};
  vocabulary.elements = {{"a", "", {}, {{"c", Times::Optional}, {"@x", Times::Any}, {"b", Times::AtLeastOne}}},
                         {"b", "", {}, {{"c", Times::One}, {"d", Times::Optional}}, TextContent::Mixed, Order::Sequence},
                         {"c", "in any", {{"id", ValueType::Id, Need::Optional, ""}}, {}},
                         {"c", "in b", {{"id", ValueType::AnyText, Need::Optional, ""}}, {}, TextContent::Mixed, Order::Any, {"b"}},
                         {"d", "", {}, {}}};
  expect_agreement(vocabulary, {"<b>x<c id='1 2'>y</c>z<d/></b>", "<a><d/><b><c/></b><c/><d/><b><c>x</c></b></a>"},
                   {"<a/>", "<a><c/><c/><b><c/></b></a>", "<b>x</b>", "<b><d/><c/></b>", "<a><c id='1 2'/><b><c/></b></a>", "<a><c>x</c><b><c/></b></a>", "<c/>"});
}

}  // namespace
}  // namespace handout::xml
