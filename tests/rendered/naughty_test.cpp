// Text that breaks programs, through the whole of this one: each string is set and read back, or refused with the code point named.
#include "rendering.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>

#include "readers.h"

namespace handout {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr const char* kPlain = R"(<layout id="layout" title="L"><body><slot select="*"/></body></layout>)";

std::string repeated(std::string_view part, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return out;
}

std::string article(std::string_view head, std::string_view body) {
  return "<article id=\"a\" xml:lang=\"en\" version=\"1\" status=\"draft\">" + std::string(head) + "<title id=\"t\">T</title>\n" + std::string(body) + "</article>";
}

class BadInput : public Rendering {
 protected:
  void SetUp() override {
    Rendering::SetUp();
    write("layout.xml", kPlain);
  }

  // The text read back, or nothing when there were faults; what was told is in diags_.
  std::string text_of(const request::Request& request) {
    diags_ = {};
    Pipeline pipeline = shipped();
    const auto rendered = pipeline.render(request, diags_);
    if (!rendered) return "";
    EXPECT_THAT(inspect::check_tags(rendered->bytes), IsEmpty());
    const auto report = inspect::read_pdf(rendered->bytes);
    EXPECT_TRUE(report) << report.error();
    title_ = report ? report->title : "";
    return report ? comparable(inspect::structure_text(report->tree)) : "";
  }
  std::string text_of(std::string_view xml) {
    write("article.xml", xml);
    return text_of(request("en"));
  }
  std::string told(std::string_view xml) {
    EXPECT_EQ(text_of(xml), "");
    EXPECT_TRUE(diags_.has_errors());
    return to_text(diags_);
  }

  std::string title_;
};

// ---- characters ----

TEST_F(BadInput, InvalidUtf8IsToldWithItsPlace) {
  for (const std::string_view bytes : {"\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
    EXPECT_THAT(told(article("", "<p id=\"p\">ab" + std::string(bytes) + "c</p>")), AllOf(HasSubstr("article.xml:2:13: error: byte 0x"), HasSubstr("is not UTF-8"), HasSubstr("save the file as UTF-8")));
  }
}

TEST_F(BadInput, ReferencesToSurrogatesAndNoncharactersAreNamed) {
  for (const char* reference : {"&#xD800;", "&#xDFFF;", "&#55357;&#56832;", "&#xFFFE;", "&#xFFFF;", "&#0;", "&#x110000;"}) {
    EXPECT_THAT(told(article("", std::string("<p id=\"p\">ab") + reference + "</p>")), AllOf(HasSubstr("article.xml:2:13: error: '&#"), HasSubstr("names no character that XML allows"))) << reference;
  }
}

TEST_F(BadInput, ControlsAndNoncharactersAreNamed) {
  EXPECT_THAT(told(article("", "<p id=\"p\">ab\x07</p>")), HasSubstr("article.xml:2:13: error: character U+0007 is not allowed in XML"));
  EXPECT_THAT(told(article("", "<p id=\"p\">ab\uFFFE</p>")), HasSubstr("article.xml:2:13: error: character U+FFFE is not allowed in XML"));
  // XML lets these pass; no font has them.
  EXPECT_THAT(told(article("", "<p id=\"p\">ab\uFDD0 \U0001FFFF</p>")), AllOf(HasSubstr("article.xml:2:1: error: no font has U+FDD0"), HasSubstr("no font has U+1FFFF")));
}

TEST_F(BadInput, SurrogatesInARequestAreTold) {
  for (const char* escape : {"\\uD800", "\\uDC00", "\\uD800\\uD800", "\\uD800x"}) {
    Diagnostics diags;
    const std::string json = std::string(R"({"editions": [{"article": "a", "locale": "en"}], "recipient": {"name": "SECRET)") + escape + "\"}}";
    EXPECT_FALSE(request::parse_request(json, "r.json", diags));
    EXPECT_THAT(to_text(diags), AllOf(StartsWith("r.json:1:"), HasSubstr("surrogate"), Not(HasSubstr("SECRET")))) << escape;
  }
}

TEST_F(BadInput, TenThousandMarksOnOneLetter) {
  const std::string words = "before q" + repeated("\u0307", 10'000) + " after";
  EXPECT_EQ(text_of(article("", "<p id=\"p\">" + words + "</p>")), "T\n" + words) << to_text(diags_);
}

// Characters without a glyph of their own stand in their letter's entry of ToUnicode, which readers and PDF/A bound.
TEST_F(BadInput, TenThousandInvisibleCharactersAtOneLetter) {
  for (const char* invisible : {"\u200D", "\uFE0F", "\u034F"}) {
    const std::string words = "before q" + repeated(invisible, 10'000) + " after";
    EXPECT_EQ(text_of(article("", "<p id=\"p\">" + words + "</p>")), "T\n" + words) << to_text(diags_);
  }
}

// Poppler, by whom most screen readers on Linux read, drops an entry of ToUnicode that is too long for it.
TEST_F(BadInput, MarksAreReadByOtherReaders) {
  const std::string words = "before q" + repeated("\u0307\u0323", 40) + " after";
  write("article.xml", article("", "<p id=\"p\">" + words + "</p>"));
  Pipeline pipeline = shipped();
  const auto rendered = pipeline.render(request("en"), diags_);
  ASSERT_TRUE(rendered) << to_text(diags_);
  write("out.pdf", rendered->bytes);
  const auto read = read_with(Reader::PopplerStructure, folder_ / "out.pdf");
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(normalized(*read), normalized("T " + words));
}

// U+FEFF may not be a font's text (ISO 19005-2, 6.2.11.7.2): what is set is the rest.
TEST_F(BadInput, ByteOrderMarksInsideTextAreNotWritten) { EXPECT_EQ(text_of(article("", "<p id=\"p\">a\uFEFFb \uFEFF c\uFEFF</p>")), "T\nab  c"); }

TEST_F(BadInput, WordWiderThanThePage) {
  const std::string word = repeated("w", 400);
  EXPECT_EQ(text_of(article("", "<p id=\"p\">before " + word + " after</p>")), "T\nbefore " + word + " after");
  EXPECT_THAT(to_text(diags_), HasSubstr("article.xml:2:1: warning: word is wider than its line"));
}

TEST_F(BadInput, IsolatesBeyondTheDeepestLevel) {
  const std::string nested = repeated("\u2066\u2067", 100) + "in \u05D0" + repeated("\u2069", 200);
  EXPECT_EQ(text_of(article("", "<p id=\"p\">before " + nested + " after</p>")), "T\nbefore in \u05D0 after");
  write("article.xml", article("<field-def name=\"free\" type=\"text\"/>", "<p id=\"p\">before <field name=\"free\"/> after</p>"));
  request::Request wanted = request("en");
  wanted.fields["free"] = repeated("\u2066", 200) + "in \u05D0\u202E";
  EXPECT_EQ(text_of(wanted), "T\nbefore in \u05D0 after");
  EXPECT_THAT(diags_.all(), IsEmpty());
}

TEST_F(BadInput, NothingButSpaces) {
  EXPECT_THAT(told(article("", "<p id=\"p\"> \t\n </p>")), HasSubstr("article.xml:2:1: error: <p> has no words"));
  EXPECT_THAT(text_of(article("", "<p id=\"p\">\u00A0\u3000\u2003</p>")), StartsWith("T"));
  write("article.xml", article("<field-def name=\"free\" type=\"text\"/>", "<p id=\"p\">[<field name=\"free\"/>]</p>"));
  request::Request wanted = request("en");
  for (const char* spaces : {" ", "\t\n", "\u2066\u2069"}) {
    wanted.fields["free"] = spaces;
    EXPECT_EQ(text_of(wanted), "T\n[]");
  }
}

TEST_F(BadInput, LanguageThatDoesNotExist) {
  EXPECT_THAT(told(article("", "<p id=\"p\">In <span xml:lang=\"qq\">other</span> words</p>")), AllOf(HasSubstr("article.xml:2:"), HasSubstr("unknown language 'qq'"), HasSubstr("use a BCP 47 tag")));
  for (const char* tag : {"xx-nonexist", "qq", "de_DE", "", "-", "de-u-"}) EXPECT_FALSE(unicode::Locale::parse(tag)) << tag;
}

// ---- a public list ----

// The strings of big-list-of-naughty-strings; empty when it is not installed.
std::vector<std::string> naughty_strings() {
  std::ifstream file(kSource / "tests/data/node_modules/big-list-of-naughty-strings/blns.txt", std::ios::binary);
  std::vector<std::string> strings;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && !line.starts_with('#')) strings.push_back(line);
  }
  return strings;
}

// XML 1.0, production 2: it has no controls but these.
bool is_xml(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; });
}

// As an article's words are read: runs of XML's white space are one space, none at the ends.
std::string collapsed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!space) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string without_controls(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    if (!unicode::is_bidi_control(c.value)) out += text.substr(i, c.end - i);
    i = c.end;
  }
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

class Naughty : public BadInput {
 protected:
  void SetUp() override {
    BadInput::SetUp();
    strings_ = naughty_strings();
    if (strings_.empty()) GTEST_SKIP() << "the list is not there: run tools/install-test-data";
    ASSERT_GT(strings_.size(), 400U);
  }

  // The characters that faults name. Every fault must be of this form.
  std::set<char32_t> uncovered() const {
    static const std::regex form("no font has U\\+([0-9A-F]{4,6})( .*)?");
    std::set<char32_t> characters;
    for (const auto& each : diags_.all()) {
      std::smatch found;
      if (std::regex_match(each.message, found, form)) characters.insert(static_cast<char32_t>(std::stoul(found[1], nullptr, 16)));
      else EXPECT_THAT(each.message, StartsWith("word is wider than its line"));
    }
    return characters;
  }

  std::vector<std::string> strings_;
};

bool has_any(std::string_view text, const std::set<char32_t>& characters) {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    at = c.end;
    if (characters.contains(c.value)) return true;
  }
  return false;
}

TEST_F(Naughty, StringsThatXmlRefusesAreNamed) {
  std::size_t refused = 0;
  for (const std::string& text : strings_) {
    if (is_xml(text)) continue;
    ++refused;
    EXPECT_THAT(told(article("", "<p id=\"p\">" + escaped(text) + "</p>")), AllOf(HasSubstr("article.xml:2:"), HasSubstr("is not allowed in XML")));
  }
  EXPECT_GT(refused, 0U);
}

// What is read back: U+2029 and U+0085 end lines as U+2028 does; U+FEFF is never written, since no font of PDF/A may name it; and where these other invisible characters stand alone, no
// glyph carries them.
std::string readable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    at = c.end;
    if (std::u32string_view(U"\u2029\u0085\uFEFF\u180E\u200B\u2060").find(c.value) == std::u32string_view::npos) out += text.substr(c.begin, c.end - c.begin);
  }
  return comparable(out);
}

void expect_same_lines(std::string_view read, std::string_view written) {
  const auto a = lines_of(readable(read)), b = lines_of(readable(written));
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) ASSERT_EQ(a[i], b[i]) << "line " << i;
  EXPECT_EQ(a.size(), b.size());
}

// Sections whose titles and words are the strings; the article's own title is every `parts`-th of them, from `part` on.
std::string titled_article(const std::vector<std::string>& strings, std::size_t part, std::size_t parts) {
  std::string body, title;
  for (std::size_t i = 0; i < strings.size(); ++i) {
    const std::string words = escaped(strings[i]), id = "s" + std::to_string(i);
    body += "<section id=\"" + id + "\"><title id=\"" + id + "-t\">" + words + "</title><p id=\"" + id + "-p\">" + words + "</p></section>\n";
    if (i % parts == part) title += words + ' ';
  }
  return "<article id=\"a\" xml:lang=\"en\" version=\"1\" status=\"draft\"><title id=\"t\">" + title + "</title>\n" + body + "</article>";
}

TEST_F(Naughty, StringsAsTitlesAndParagraphs) {
  std::erase_if(strings_, [](const std::string& text) { return !is_xml(text) || collapsed(text).empty(); });
  const std::size_t all = strings_.size();
  // What has a character that no font has is refused, all at once; the rest is set.
  EXPECT_EQ(text_of(titled_article(strings_, 0, 4)), "");
  const std::set<char32_t> refused = uncovered();
  EXPECT_GT(std::erase_if(strings_, [&](const std::string& each) { return has_any(each, refused); }), 0U);
  EXPECT_GT(strings_.size() * 100, all * 95);
  for (std::size_t part = 0; part < 4; ++part) {
    const std::string text = text_of(titled_article(strings_, part, 4));
    EXPECT_FALSE(diags_.has_errors()) << to_text(diags_);
    std::string title, body;
    for (std::size_t i = 0; i < strings_.size(); ++i) {
      if (i % 4 == part) title += strings_[i] + ' ';
      body += collapsed(strings_[i]) + '\n' + collapsed(strings_[i]) + '\n';
    }
    // What only directs text says nothing in a title that is shown elsewhere.
    EXPECT_EQ(title_, collapsed(without_controls(title)));
    expect_same_lines(text, collapsed(title) + '\n' + body);
  }
}

constexpr std::size_t kMostFields = 100;  // that an article may declare

TEST_F(Naughty, StringsAsFields) {
  // Faults name the field, nothing of the value.
  const std::regex form("(a character that no font has \\(field '(f[0-9]+)'\\))|(field '(f[0-9]+)' has more than 30 combining marks on one character)");
  std::size_t refused = 0;
  for (std::size_t first = 0; first < strings_.size(); first += kMostFields) {
    const std::size_t end = std::min(first + kMostFields, strings_.size());
    std::string head, body;
    request::Request wanted = request("en");
    for (std::size_t i = first; i < end; ++i) {
      const std::string name = "f" + std::to_string(i);
      head += "<field-def name=\"" + name + "\" type=\"text\"/>";
      body += "<p id=\"" + name + "\">[<field name=\"" + name + "\"/>]</p>\n";
      wanted.fields[name] = strings_[i];
    }
    write("article.xml", article(head, body));
    std::string text = text_of(wanted);
    for (const auto& each : diags_.all()) {
      std::smatch found;
      if (each.message.starts_with("word is wider")) continue;
      ASSERT_TRUE(std::regex_match(each.message, found, form)) << each.message;
      refused += wanted.fields.erase(found[2].matched ? found[2] : found[4]);
    }
    if (diags_.has_errors()) text = text_of(wanted);
    EXPECT_FALSE(diags_.has_errors()) << to_text(diags_);
    std::string expected = "T\n";
    for (std::size_t i = first; i < end; ++i) {
      const auto value = wanted.fields.find("f" + std::to_string(i));
      const std::string words = value == wanted.fields.end() ? "" : unicode::sanitize_field(value->second);
      expected += '[' + (words.find_first_not_of(' ') == std::string::npos ? "" : words) + "]\n";
    }
    expect_same_lines(text, expected);
  }
  EXPECT_GT(refused, 0U);
  EXPECT_LT(refused, 25U);
}

TEST_F(Naughty, StringsAsAPatientsName) {
  write("article.xml", article("", "<p id=\"p\">Dear <field name=\"patient.name\"/>.</p>"));
  request::Request wanted = request("en");
  wanted.recipient.emplace();
  std::string& name = wanted.recipient->name.display;
  // Faults name no character of a name: each string is tried alone.
  const std::size_t all = strings_.size();
  std::erase_if(strings_, [&](const std::string& each) {
    name = each + " x";
    text_of(wanted);
    for (const auto& told : diags_.all()) EXPECT_TRUE(told.message == "a character that no font has (field 'patient.name')" || told.message.starts_with("field 'patient.name' has more than 30 combining marks") || told.message.starts_with("word is wider")) << told.message;
    return diags_.has_errors();
  });
  EXPECT_LT(strings_.size(), all);
  EXPECT_GT(strings_.size() * 100, all * 95);
  name.clear();
  for (const std::string& each : strings_) name += each + " x ";
  const std::string text = text_of(wanted);
  EXPECT_FALSE(diags_.has_errors()) << to_text(diags_);
  EXPECT_EQ(normalized(readable(text)), normalized(readable("T\nDear " + unicode::sanitize_field(name) + ".")));
}

}  // namespace
}  // namespace handout
