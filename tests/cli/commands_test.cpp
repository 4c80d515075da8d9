// Usage, requests, list, fonts, dump, and the installed program.
#include <nlohmann/json.hpp>

#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::Not;
using testing::StartsWith;

class Commands : public Program {};

TEST_F(Commands, HelpAndVersionAreNoFault) {
  EXPECT_EQ(run({"--version"}).out, "handout 0.5.0\n");
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--help"}, {"render", "--help"}, {"dump", "--help"}}) {
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, HasSubstr("Usage"));
    EXPECT_EQ(outcome.err, "");
  }
}

TEST_F(Commands, WrongUsage) {
  const std::vector<std::string> wrong[] = {
      {}, {"rendre", "article.xml"}, {"render"}, {"render", "article.xml", "--colour", "red"}, {"render", "article.xml", "-o", "a.pdf", "-d", "."},
      {"render", "article.xml", "--request", "r.json"}, {"render", "--request", "r.json", "--locale", "en"},
      {"render", "article.xml", "--field", "novalue"}, {"render", "article.xml", "--field", "=x"}, {"render", "article.xml", "--date", "22.11.2026"}, {"render", "article.xml", "--date", "2026-02-30"},
      {"render", "article.xml", "--region", "usa"}, {"render", "article.xml", "--impose", "brochure"}, {"render", "article.xml", "--fit", "2"}, {"check"}, {"render", "article.xml", "--level", "medium"}, {"dump", "article.xml"}, {"dump", "--station", "pdf", "article.xml"}, {"fonts", "--locale", "e n"}};
  for (const auto& words : wrong) {
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.code, 2) << testing::PrintToString(words) << outcome.err;
    EXPECT_NE(outcome.err, "") << testing::PrintToString(words);
    EXPECT_EQ(outcome.out, "") << testing::PrintToString(words);
  }
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml"));
}

// What follows an unknown option is never repeated: it may be a patient's.
TEST_F(Commands, UnknownWords) {
  const struct { std::vector<std::string> words; const char* told; } wrong[] = {
      {{"batch", "m.xml", "--recipient", "SECRET.csv", "--out", "o"}, "error: unknown option '--recipient'; did you mean '--recipients'?\n  hint: handout batch --help lists the options\n"},
      {{"batch", "m.xml", "--recipients", "p.csv", "--ouut", "SECRET"}, "error: unknown option '--ouut'; did you mean '--out'?\n"},
      {{"batch", "m.xml", "--recipients", "p.csv", "--ouut=SECRET"}, "error: unknown option '--ouut'; did you mean '--out'?\n"},
      {{"render", "article.xml", "--patiant", "SECRET"}, "error: unknown option '--patiant'; did you mean '--patient'?\n"},
      {{"recipients", "--chek", "SECRET"}, "error: unknown option '--chek'; did you mean '--check'?\n"},
      {{"ledger", "DIR", "--fnd", "SECRET"}, "error: unknown option '--fnd'; did you mean '--find'?\n"},
      {{"ledger", "merge", "a", "b", "--qqqqqqqqqqqqqqqqq"}, "error: unknown option '--qqqqqqqqqqqqqqqqq'\n"},
      {{"reprint", "DIR", "--peice", "7", "--reason", "SECRET"}, "error: unknown option '--peice'; did you mean '--piece'?\n"},
      {{"render", "article.xml", "-zSECRET"}, "error: unknown option '-z'\n"},
      {{"--locale", "SECRET", "render", "article.xml"}, "error: option '--locale' stands before the command that it belongs to\n"},
      {{"render", "article.xml", "SECRET", "SECRET"}, "error: 2 words more than handout render takes\n"},
      {{"rendre", "SECRET"}, "error: unknown command 'rendre'; did you mean 'render'?\n"},
      {{"SECRETSECRET"}, "error: unknown command\n"},
  };
  for (const auto& each : wrong) {
    const Outcome outcome = run(each.words);
    EXPECT_EQ(outcome.code, 2) << testing::PrintToString(each.words);
    EXPECT_THAT(outcome.err, AllOf(StartsWith(each.told), Not(HasSubstr("SECRET"))));
    EXPECT_EQ(outcome.out, "");
  }
}

// ---- check ----

TEST_F(Commands, CheckTellsWhatALayoutsAuthorShouldKnow) {
  write("article.xml", R"(<article id="a" xml:lang="ar" version="1" status="draft"><title id="t">ركبة</title><p id="p">كلمات</p></article>)");
  write("layout.xml", "<layout id=\"layout\" title=\"L\"><color name=\"line\" value=\"#777777\"/><color name=\"accent\" value=\"#000000\"/>\n<style for=\"p\" font-size=\"13pt\"/>\n<style for=\"dl\" widows=\"3\"/>\n<body>\n<slot select=\"p\"/>\n<slot select=\"p\"/>\n</body></layout>");
  const Outcome outcome = run({"check", "layout.xml", "--article", "article.xml"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("layout.xml:3:1: warning: no element of any handout takes this style"), HasSubstr("layout.xml:6:1: warning: the slot took nothing"), HasSubstr("no slot of layout 'layout' takes <title>"),
                                 HasSubstr("in script Arab, which is written from right to left (ar)"), HasSubstr("error: text is 13 pt, below the profile's minimum of 16 pt [large]")));
  EXPECT_THAT(outcome.err, AllOf(Not(HasSubstr("layout.xml:2:1")), Not(HasSubstr("layout.xml:5:1"))));
  EXPECT_EQ(outcome.out, "");
}

TEST_F(Commands, CheckHasNothingToSayOfASoundLayout) {
  write("layout.xml", R"(<layout id="layout" title="L"><color name="line" value="#777777"/><color name="accent" value="#000000"/><style for="p" space-after="1u"/><body><slot select="*"/></body></layout>)");
  write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">Knee</title><p id="p">Words.</p></article>)");
  const Outcome outcome = run({"check", "layout.xml", "--article", "article.xml"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
}

// ---- requests ----

class Requests : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    write("article.xml", article("<section id=\"s\"><title id=\"s-t\">Kept</title><p id=\"s-p\">At <field name=\"clinic.name\"/>, <field name=\"side\"/>.</p></section>\n"
                                 "<section id=\"r\"><title id=\"r-t\">Left out</title><p id=\"r-p\">Words.</p></section>",
                                 "<field-def name=\"side\" type=\"text\"/>"));
    std::string text = read("article.xml");
    text.insert(text.find("<section id=\"s\""), "<points><point id=\"one\">One.</point><point id=\"two\">Two.</point></points>\n");
    write("article.xml", text);
    write("clinic.xml", "<clinic id=\"c\" name=\"House\" phone=\"+1 555 0100\" region=\"US\"/>");
    write("patient.json", R"({"key": "17", "name": {"given": "Amal", "family": "Haddad", "locale": "ar"}, "birth-date": "1960-02-03", "languages": ["ar", "en"], "address": ["1 Road"], "country": "EG", "large-print": false})");
  }
};

TEST_F(Requests, FileWithEveryKeyEqualsTheCommandLine) {
  const Outcome options = run({"render", "article.xml", "--layout", "standard", "--profile", "large", "--clinic", "clinic.xml", "--region", "GB", "--impose", "booklet", "--patient", "patient.json", "--field", "side=left",
                               "--include", "s", "--exclude", "r", "--mark", "two", "--level", "full", "--note", "Rest it.", "--date", "2026-11-22", "--locale", "en-GB", "-o", "options.pdf"});
  ASSERT_EQ(options.code, 0) << options.err;
  write("request.json", R"({"editions": [{"article": "article.xml", "locale": "en-GB", "level": "full"}], "layout": "standard", "profile": "large", "clinic": "clinic.xml", "region": "GB", "impose": "booklet",
    "recipient": )" + read("patient.json") + R"(, "fields": {"side": "left"}, "include": ["s"], "exclude": ["r"], "marked": ["two"], "note": "Rest it.", "date": "2026-11-22"})");
  const Outcome request = run({"render", "--request", "request.json", "-o", "request.pdf"});
  ASSERT_EQ(request.code, 0) << request.err;
  EXPECT_EQ(read("request.pdf"), read("options.pdf"));
  EXPECT_THAT(read("request.pdf"), StartsWith("%PDF"));
}

// Each option changes what is printed: none is read and forgotten.
TEST_F(Requests, EveryOptionCounts) {
  const std::vector<std::string> base{"render", "article.xml", "-o", "-"};
  const std::string plain = run(base).out;
  ASSERT_THAT(plain, StartsWith("%PDF"));
  const std::vector<std::string> options[] = {{"--layout", "layout.xml"}, {"--profile", "giant"}, {"--clinic", "clinic.xml"}, {"--region", "GB"}, {"--impose", "booklet"}, {"--impose", "two-up"}, {"--patient", "patient.json"}, {"--field", "side=left"},
                                              {"--include", "s"}, {"--exclude", "r"}, {"--mark", "two"}, {"--level", "short"}, {"--note", "Rest it."}, {"--date", "2026-11-22"}};
  for (const auto& option : options) {
    std::vector<std::string> words = base;
    words.insert(words.end(), option.begin(), option.end());
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.code, 0) << option.front() << outcome.err;
    EXPECT_NE(outcome.out, plain) << option.front();
  }
  EXPECT_EQ(run(base).out, plain);
}

TEST_F(Requests, SecondLanguageBesideTheFirst) {
  const Outcome both = run({"render", "knee-stem-cell-treatment", "--locale", "vi", "--beside", "es-MX", "-d", "."});
  EXPECT_EQ(both.code, 0) << both.err;
  EXPECT_THAT(files(), testing::Contains("knee-stem-cell-treatment-vi+es-bilingual.pdf"));
  const Outcome all = run({"render", "knee-stem-cell-treatment", "--all-locales", "--beside", "en", "-d", "."});
  EXPECT_EQ(all.code, 0) << all.err;
  EXPECT_THAT(files(), testing::IsSupersetOf({"knee-stem-cell-treatment-ar+en-bilingual.pdf", "knee-stem-cell-treatment-en-bilingual.pdf"}));
  for (const char* wrong : {"fr", "not a tag"}) EXPECT_EQ(run({"render", "knee-stem-cell-treatment", "--locale", "vi", "--beside", wrong, "-o", "wrong.pdf"}).code, 1) << wrong;
  EXPECT_THAT(files(), testing::Not(testing::Contains("wrong.pdf")));
}

TEST_F(Requests, JsonThatIsNoRequest) {
  for (const char* text : {"", "{", "[]", "{\"editions\": []}", R"({"editions": [{"article": "article.xml", "locale": "en"}], "layuot": "standard"})"}) {
    write("request.json", text);
    const Outcome outcome = run({"render", "--request", "request.json", "-o", "out.pdf"});
    EXPECT_EQ(outcome.code, 1) << text;
    EXPECT_THAT(outcome.err, HasSubstr("request.json"));
  }
  EXPECT_FALSE(fs::exists(folder_ / "out.pdf"));
}

// ---- list, fonts, dump ----

TEST_F(Commands, ListAsJson) {
  const Outcome outcome = run({"list", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out, nullptr, false);
  ASSERT_TRUE(json.is_object());
  std::vector<std::string> locales;
  for (const auto& article : json["articles"]) {
    if (article["id"] != "knee-stem-cell-treatment") continue;
    locales = article["locales"].get<std::vector<std::string>>();
    EXPECT_EQ(article["editions"].size(), locales.size());
    EXPECT_EQ(article["editions"][0]["status"], "draft");
  }
  EXPECT_THAT(locales, IsSupersetOf({"en", "es", "ar", "zh-Hans", "hi", "vi"}));
  EXPECT_THAT(json["profiles"].get<std::vector<std::string>>(), ElementsAre("giant", "large", "standard"));
  EXPECT_THAT(json["layouts"].dump(), HasSubstr("\"standard\""));
}

TEST_F(Commands, ListAsText) {
  const Outcome outcome = run({"list"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, AllOf(StartsWith("articles\n"), HasSubstr("knee-stem-cell-treatment"), HasSubstr("layouts\n"), HasSubstr("profiles\n")));
}

TEST_F(Commands, FontsSaysWhatIsCovered) {
  const Outcome outcome = run({"fonts", "--locale", "ar", "--locale", "zh-Hans"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("ar"), HasSubstr("Arab  covered"), HasSubstr("Hans  covered")));
}

TEST_F(Commands, DumpOfEachStation) {
  const std::pair<const char*, const char*> stations[] = {{"article", "Words."}, {"styled", "text en left"}, {"lines", "Words."}, {"display", "page 1 "}};
  for (const auto& [station, words] : stations) {
    const Outcome outcome = run({"dump", "--station", station, "article.xml", "--layout", "layout.xml"});
    EXPECT_EQ(outcome.code, 0) << station << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr(words)) << station;
  }
}

TEST_F(Commands, DumpOfAWrongArticleSaysNothingElse) {
  write("article.xml", "<article");
  const Outcome outcome = run({"dump", "--station", "display", "article.xml"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("article.xml:1:"));
}

// ---- places ----

TEST_F(Commands, SameBytesFromAnotherDirectory) {
  const auto arguments = [&](const std::string& out) { return std::vector<std::string>{"render", (folder_ / "article.xml").string(), "--layout", (folder_ / "layout.xml").string(), "-o", out}; };
  fs::create_directory(folder_ / "elsewhere");
  ASSERT_EQ(run(arguments("here.pdf")).code, 0);
  ASSERT_EQ(run(arguments("there.pdf"), {folder_ / "elsewhere", {}, {}}).code, 0);
  EXPECT_EQ(read("elsewhere/there.pdf"), read("here.pdf"));
}

TEST_F(Commands, InstalledProgramFindsItsOwnFiles) {
  const Outcome installed = run_program(HANDOUT_CMAKE, {"--install", HANDOUT_BINARY_DIR, "--prefix", (folder_ / "prefix").string()}, {folder_, {}, {}});
  ASSERT_EQ(installed.code, 0) << installed.err;
  const fs::path program = folder_ / "prefix/bin/handout";
  const Outcome listed = run_program(program, {"list"}, {folder_, {}, {}});
  EXPECT_EQ(listed.code, 0) << listed.err;
  EXPECT_EQ(listed.out, run({"list"}).out);
  const Outcome rendered = run_program(program, {"render", "article.xml", "-o", "installed.pdf"}, {folder_, {}, {}});
  EXPECT_EQ(rendered.code, 0) << rendered.err;
  ASSERT_EQ(run_program(kProgram, {"--data", "prefix/share/handout", "render", "article.xml", "-o", "built.pdf"}, {folder_, {}, {}}).code, 0);
  EXPECT_EQ(read("installed.pdf"), read("built.pdf"));
}

TEST_F(Commands, ProgramAloneSaysWhatItLacks) {
  fs::create_directory(folder_ / "alone");
  fs::copy_file(kProgram, folder_ / "alone/handout");
  const Outcome outcome = run_program(folder_ / "alone/handout", {"list"}, {folder_, {}, {}});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("were not found beside it"), HasSubstr("--data FOLDER")));
}

}  // namespace
}  // namespace handout::test
