// How a file is written: for screen or print, with its source, encrypted, more or less compressed.
#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Writing : public Program {
 protected:
  // What `handout inspect` says of out.pdf.
  std::string inspected(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"inspect", "out.pdf"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.out;
  }
};

TEST_F(Writing, ForScreenByDefault) {
  ASSERT_EQ(render().code, 0);
  EXPECT_THAT(inspected(), AllOf(HasSubstr("PDF/UA-1"), HasSubstr("PDF/A-2a"), HasSubstr("all checks hold")));
}

TEST_F(Writing, ForPrintHasNoTags) {
  ASSERT_EQ(render({"--for", "print"}).code, 0);
  EXPECT_THAT(inspected(), AllOf(HasSubstr("PDF/A-2b"), Not(HasSubstr("PDF/UA"))));
  const std::string print = read("out.pdf");
  ASSERT_EQ(render().code, 0);
  EXPECT_LT(print.size(), read("out.pdf").size());
}

TEST_F(Writing, PurposesAreTwo) {
  const Outcome outcome = render({"--for", "archive"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--for"));
  EXPECT_FALSE(fs::exists(folder_ / "out.pdf"));
}

TEST_F(Writing, SourceGoesIntoTheFile) {
  ASSERT_EQ(render({"--attach-source"}).code, 0);
  EXPECT_THAT(inspected(), AllOf(HasSubstr("PDF/A-3a"), HasSubstr("a.en.xml"), HasSubstr("all checks hold")));
}

TEST_F(Writing, LinksLeadToTheWebToMailToThePhoneAndInside) {
  write("article.xml", article(R"(<p id="p">See <a href="https://example.org/knee">the web</a>, <a href="mailto:a@example.org">mail</a>, <a href="tel:+15550100">call</a>, <a href="#p">here</a>.</p>)"));
  ASSERT_EQ(render().code, 0);
  EXPECT_THAT(inspected(), AllOf(HasSubstr("https://example.org/knee"), HasSubstr("mailto:a@example.org"), HasSubstr("tel:+15550100"), HasSubstr("1 inside the document"), HasSubstr("all checks hold")));
}

TEST_F(Writing, CompressionChangesTheSize) {
  write("article.xml", article("<p id=\"p\">One word after another. One word after another, and one more.</p>"));
  ASSERT_EQ(render({"--compression", "1"}).code, 0);
  const std::size_t fast = read("out.pdf").size();
  ASSERT_EQ(render({"--compression", "12"}).code, 0);
  EXPECT_LT(read("out.pdf").size(), fast);
  EXPECT_EQ(render({"--compression", "13"}).code, 2);
}

TEST_F(Writing, PasswordEncryptsAndDropsTheClaim) {
  write("password", "open sesame\nmaster of all\n");
  const Outcome outcome = render({"--password-file", "password", "--allow", "print"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("note: an encrypted file cannot be PDF/A"));
  EXPECT_THAT(outcome.err + outcome.out, Not(HasSubstr("sesame")));
  EXPECT_THAT(run({"inspect", "out.pdf"}).code, 1);
  EXPECT_THAT(inspected({"--password-file", "password"}), AllOf(HasSubstr("AES"), HasSubstr("PDF/UA-1"), Not(HasSubstr("PDF/A-2"))));
  EXPECT_THAT(read("out.pdf"), Not(HasSubstr("pdfaid:part")));
}

TEST_F(Writing, PasswordFilesThatAreNone) {
  EXPECT_THAT(render({"--password-file", "none"}).err, HasSubstr("none: error: no such file"));
  write("password", "");
  EXPECT_THAT(render({"--password-file", "password"}).err, HasSubstr("password: error: holds no password"));
  write("password", "one secret\ntwo\nthree\n");
  const Outcome outcome = render({"--password-file", "password"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("has 3 lines"), Not(HasSubstr("secret"))));
  write("password", "same\nsame\n");
  EXPECT_THAT(render({"--password-file", "password"}).err, HasSubstr("user and owner password are the same"));
  write("password", "good\n");
  EXPECT_EQ(render({"--password-file", "password", "--allow", "print,fly"}).code, 2);
  EXPECT_EQ(render({"--allow", "print"}).code, 2);  // without a password
  EXPECT_FALSE(fs::exists(folder_ / "out.pdf"));
}

}  // namespace
}  // namespace handout::test
