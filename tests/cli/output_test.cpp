// Where handouts go: all or nothing, and exit code 3 when the machine fails.
#include <sys/stat.h>
#include <unistd.h>

#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class Output : public Program {};

TEST_F(Output, OneFile) {
  const Outcome outcome = render();
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(StartsWith("out.pdf: 1 page, "), HasSubstr(" KB, ")));
  EXPECT_THAT(read("out.pdf"), StartsWith("%PDF-1.7"));
  EXPECT_TRUE(read("out.pdf").ends_with("%%EOF\n"));
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml", "out.pdf"));
}

TEST_F(Output, StandardOutputHoldsThePdfAlone) {
  ASSERT_EQ(render().code, 0);
  const Outcome outcome = run({"render", "article.xml", "--layout", "layout.xml", "-o", "-"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, read("out.pdf"));
  EXPECT_THAT(outcome.err, HasSubstr("standard output: 1 page"));
}

TEST_F(Output, NamedByArticleLocaleLayoutAndProfile) {
  fs::create_directory(folder_ / "d");
  ASSERT_EQ(run({"render", "article.xml", "--layout", "layout.xml", "-d", "d"}).code, 0);
  ASSERT_EQ(run({"render", "article.xml", "--profile", "large"}).code, 0);
  EXPECT_THAT(files(), ElementsAre("a-en-large.pdf", "article.xml", "d/a-en-layout.pdf", "layout.xml"));
}

TEST_F(Output, ReplacesAnOldFileOnlyWhenItIsDone) {
  write("out.pdf", "old");
  write("article.xml", "<article");
  EXPECT_EQ(render().code, 1);
  EXPECT_EQ(read("out.pdf"), "old");
  write("article.xml", article("<p id=\"p\">Words.</p>"));
  EXPECT_EQ(render().code, 0);
  EXPECT_THAT(read("out.pdf"), StartsWith("%PDF"));
}

TEST_F(Output, FolderThatIsNotThere) {
  const Outcome file = run({"render", "article.xml", "--layout", "layout.xml", "-o", "none/out.pdf"});
  EXPECT_EQ(file.code, 3);
  EXPECT_THAT(file.err, HasSubstr("the folder 'none' does not exist"));
  const Outcome folder = run({"render", "article.xml", "--layout", "layout.xml", "-d", "none"});
  EXPECT_EQ(folder.code, 3);
  EXPECT_THAT(folder.err, HasSubstr("none: error: is no folder"));
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml"));
}

TEST_F(Output, FolderInPlaceOfAFile) {
  fs::create_directory(folder_ / "d");
  const Outcome outcome = run({"render", "article.xml", "--layout", "layout.xml", "-o", "d"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("d: error: is a folder"));
}

// Nobody may make files in /proc, not even root.
TEST_F(Output, FolderThatCannotBeWritten) {
  const Outcome outcome = run({"render", "article.xml", "--layout", "layout.xml", "-o", "/proc/out.pdf"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("/proc/out.pdf: error: cannot be written"));
}

TEST_F(Output, FullDisk) {
  if (!fs::is_character_file("/dev/full")) GTEST_SKIP() << "no /dev/full";
  const Outcome file = run({"render", "article.xml", "--layout", "layout.xml", "-o", "/dev/full"});
  EXPECT_EQ(file.code, 3);
  EXPECT_THAT(file.err, HasSubstr("/dev/full: error: cannot be written"));
  const Outcome output = run({"render", "article.xml", "--layout", "layout.xml", "-o", "-"}, {folder_, "/dev/full", {}});
  EXPECT_EQ(output.code, 3);
  EXPECT_THAT(output.err, HasSubstr("standard output cannot be written"));
}

// What is printed rather than written is the result as well.
TEST_F(Output, FullDiskUnderListFontsAndDump) {
  if (!fs::is_character_file("/dev/full")) GTEST_SKIP() << "no /dev/full";
  const std::vector<std::string> commands[] = {{"list"}, {"fonts", "--locale", "en"}, {"dump", "--station", "article", "article.xml", "--layout", "layout.xml"}};
  for (const auto& command : commands) {
    const Outcome outcome = run(command, {folder_, "/dev/full", {}});
    EXPECT_EQ(outcome.code, 3) << command.front();
    EXPECT_THAT(outcome.err, HasSubstr("standard output cannot be written")) << command.front();
  }
}

// A limit on the size of files stands for a disk that fills while the file is written.
TEST_F(Output, DiskThatFillsLeavesTheOldFile) {
  write("out.pdf", "old");
  const Outcome outcome = run({"render", "article.xml", "--layout", "layout.xml", "-o", "out.pdf"}, {folder_, {}, 4096});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("out.pdf: error: cannot be written"));
  EXPECT_EQ(read("out.pdf"), "old");
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml", "out.pdf"));
}

TEST_F(Output, DeviceStaysADevice) {
  const Outcome outcome = run({"render", "article.xml", "--layout", "layout.xml", "-o", "/dev/null"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

// ---- several locales ----

class Locales : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    for (const char* locale : {"en", "es"}) {
      std::string text = article("<p id=\"p\">Words.</p>");
      text.replace(text.find("\"en\""), 4, "\"" + std::string(locale) + "\"");
      write(std::string("sheet/") + locale + ".xml", text);
      std::string id = read(std::string("sheet/") + locale + ".xml");
      id.replace(id.find("id=\"a\""), 6, "id=\"sheet\"");
      write(std::string("sheet/") + locale + ".xml", id);
    }
  }
};

TEST_F(Locales, EachGoesToItsOwnFile) {
  const Outcome outcome = run({"render", "./sheet", "--layout", "layout.xml", "--all-locales"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml", "sheet-en-layout.pdf", "sheet-es-layout.pdf", "sheet/en.xml", "sheet/es.xml"));
}

TEST_F(Locales, DoNotFitIntoOneFile) {
  const Outcome outcome = run({"render", "./sheet", "--layout", "layout.xml", "--locale", "en", "--locale", "es", "-o", "out.pdf"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("-o names one file, 2 handouts were asked for"));
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml", "sheet/en.xml", "sheet/es.xml"));
}

TEST_F(Locales, NearestIsTakenAndSaid) {
  const Outcome outcome = run({"render", "./sheet", "--layout", "layout.xml", "--locale", "es-MX", "-o", "out.pdf"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("note: 'es' is taken for 'es-MX'"));
}

TEST_F(Locales, OneRefusedOthersDone) {
  const Outcome outcome = run({"render", "./sheet", "--layout", "layout.xml", "--locale", "en", "--locale", "fr"});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("not there in 'fr'"));
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml", "sheet-en-layout.pdf", "sheet/en.xml", "sheet/es.xml"));
}

TEST_F(Locales, OneBrokenOthersDone) {
  write("sheet/es.xml", "<article id=\"sheet\"");
  const Outcome outcome = run({"render", "./sheet", "--layout", "layout.xml", "--all-locales"});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("es.xml:1:"));
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml", "sheet-en-layout.pdf", "sheet/en.xml", "sheet/es.xml"));
}

}  // namespace

// As soon as something is said of somebody.
TEST_F(Output, OfPatientsIsItsOwnersAlone) {
  const auto mode = [&] { return fs::status(folder_ / "out.pdf").permissions(); };
  const mode_t before = ::umask(S_IWGRP | S_IWOTH);
  ASSERT_EQ(render().code, 0);
  EXPECT_NE(mode() & fs::perms::others_read, fs::perms::none) << "as the umask has it";
  write("patient.json", R"({"name": "Amal Haddad"})");
  for (const std::vector<std::string>& more : std::vector<std::vector<std::string>>{{"--patient", "patient.json"}, {"--note", "Call us"}, {"--field", "clinician.name=Dr House"}}) {
    ASSERT_EQ(render(more).code, 0) << more.front();
    EXPECT_EQ(mode(), fs::perms::owner_read | fs::perms::owner_write) << more.front();
  }
  ::umask(before);
}

}  // namespace handout::test
