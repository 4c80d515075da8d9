// `handout inspect` and `handout diff` on finished files.
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Inspect : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    ASSERT_EQ(render().code, 0);
  }
  // a.pdf and b.pdf, which differ in one field.
  void render_two() {
    write("article.xml", article("<p id=\"p\">Dear <field name=\"patient.name\"/>, rest the knee.</p>"));
    for (const auto& [file, name] : {std::pair{"a.pdf", "Amal Haddad"}, std::pair{"b.pdf", "Omar Khoury"}}) {
      ASSERT_EQ(run({"render", "article.xml", "--layout", "layout.xml", "--field", std::string("patient.name=") + name, "-o", file}).code, 0);
    }
  }
};

TEST_F(Inspect, Overview) {
  const Outcome outcome = run({"inspect", "out.pdf"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(StartsWith("file\n  PDF 1.7"), HasSubstr("title: Title\n"), HasSubstr("claims: PDF/UA-1, PDF/A-2"), HasSubstr("not encrypted\n"), HasSubstr("fonts\n"), HasSubstr("sizes\n"),
                                 HasSubstr("tags: all checks hold\n")));
}

TEST_F(Inspect, Parts) {
  EXPECT_THAT(run({"inspect", "out.pdf", "--text"}).out, AllOf(HasSubstr("Words.\n"), Not(HasSubstr("fonts"))));
  EXPECT_THAT(run({"inspect", "out.pdf", "--tags"}).out, AllOf(StartsWith("Document"), HasSubstr("P \"Words.\"")));
  EXPECT_THAT(run({"inspect", "out.pdf", "--sizes"}).out, StartsWith("sizes\n"));
  const Outcome outcome = run({"inspect", "out.pdf", "--json", "--tags"});
  const auto json = nlohmann::json::parse(outcome.out, nullptr, false);
  ASSERT_FALSE(json.is_discarded()) << outcome.out;
  EXPECT_EQ(json["title"], "Title");
  EXPECT_EQ(json["bytes"], read("out.pdf").size());
  EXPECT_EQ(json["tags"]["role"], "Document");
  EXPECT_EQ(json["faults"], nlohmann::json::array());
}

TEST_F(Inspect, WhatIsNoPdf) {
  const Outcome broken = run({"inspect", "article.xml"});
  EXPECT_EQ(broken.code, 1);
  EXPECT_THAT(broken.err, StartsWith("article.xml: error: is no PDF that can be read: "));
  EXPECT_EQ(broken.out, "");
  EXPECT_EQ(run({"inspect", "none.pdf"}).code, 1);
  EXPECT_EQ(run({"inspect"}).code, 2);
  EXPECT_EQ(run({"diff", "out.pdf"}).code, 2);
}

TEST_F(Inspect, NeedsNoInstallation) { EXPECT_EQ(run_program(kProgram, {"--data", "none", "inspect", "out.pdf"}, {folder_, {}, {}}).code, 0); }

TEST_F(Inspect, FullDisk) {
  if (!fs::is_character_file("/dev/full")) GTEST_SKIP() << "no /dev/full";
  const Outcome outcome = run({"inspect", "out.pdf"}, {folder_, "/dev/full", {}});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("standard output cannot be written"));
}

TEST_F(Inspect, DiffOfTheSame) {
  write("copy.pdf", read("out.pdf"));
  const Outcome outcome = run({"diff", "out.pdf", "copy.pdf"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

TEST_F(Inspect, DiffOfOneField) {
  render_two();
  const Outcome outcome = run({"diff", "a.pdf", "b.pdf"});
  EXPECT_EQ(outcome.code, 1) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("page 1\n  Title Dear [-Amal Haddad,-] {+Omar Khoury,+} rest the knee."));
  EXPECT_THAT(outcome.out, Not(HasSubstr("tags")));
}

TEST_F(Inspect, DiffInPictures) {
  render_two();
  fs::create_directory(folder_ / "d");
  const Outcome outcome = run({"diff", "a.pdf", "b.pdf", "--pictures", "d"});
  if (outcome.code == 3 && outcome.err.find("there is no program 'pdftoppm'") != std::string::npos) GTEST_SKIP() << outcome.err;
  EXPECT_EQ(outcome.code, 1) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("pixels differ: d/page-1.png\n"));
  EXPECT_THAT(read("d/page-1.png"), StartsWith("\x89PNG"));
  const Outcome nowhere = run({"diff", "a.pdf", "b.pdf", "--pictures", "none"});
  EXPECT_EQ(nowhere.code, 3);
  EXPECT_THAT(nowhere.err, HasSubstr("none: error: is no folder\n  hint: create it first\n"));
}

TEST_F(Inspect, WithoutPdftoppm) {
  render_two();
  fs::create_directory(folder_ / "d");
  const std::string path = std::getenv("PATH") != nullptr ? std::getenv("PATH") : "";
  ::setenv("PATH", "/nowhere", 1);
  const Outcome outcome = run({"diff", "a.pdf", "b.pdf", "--pictures", "d"});
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("error: there is no program 'pdftoppm'\n  hint: install Debian's poppler-utils\n"));
}

}  // namespace
}  // namespace handout::test
