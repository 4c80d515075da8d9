// What helps those who write layouts and articles: schema, explain, new.
#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Author : public Program {};

// ---- schema ----

TEST_F(Author, SchemasAreWhatIsShipped) {
  fs::create_directory(folder_ / "schemas");
  const Outcome outcome = run({"schema", "-d", "schemas"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "schemas/layout.rng\nschemas/article.rng\nschemas/phrases.rng\nschemas/notice.rng\nschemas/clinic.rng\nschemas/postal.rng\nschemas/envelopes.rng\nschemas/mailing.rng\nschemas/fonts.rng\n");
  for (const char* name : {"layouts/layout.rng", "content/article.rng", "content/phrases.rng", "content/notice.rng", "content/clinic.rng", "content/postal.rng", "content/envelopes.rng", "content/mailing.rng", "fonts/fonts.rng"}) {
    EXPECT_EQ(read(fs::path("schemas") / fs::path(name).filename()), read_text(kSource / name)) << name << " is old: run `handout schema`";
  }
}

// What would show in a window is an error of the layout, for `check` and for `render`.
TEST_F(Author, ALayoutThatLeaksIsRefused) {
  write("leak.xml", "<layout id='leak' title='x' extends='letter' tried-in='Latn Arab Deva Hans'><define name='head-left' value='3.5in'/></layout>");
  const Outcome checked = run({"check", "leak.xml", "--article", "knee-stem-cell-treatment"});
  EXPECT_EQ(checked.code, 1);
  EXPECT_THAT(checked.err, HasSubstr("error: region 'letterhead' shows in window 'return' of envelope 'us-10-double': "));
  const Outcome rendered = run({"render", "knee-stem-cell-treatment", "--layout", "leak.xml", "--clinic", (kSource / "content/clinics/example.xml").string(), "-o", "leak.pdf"});
  EXPECT_EQ(rendered.code, 1);
  EXPECT_THAT(rendered.err, HasSubstr("error: region 'letterhead' shows in window 'return'"));
  EXPECT_THAT(files(), Not(testing::Contains("leak.pdf")));
}

TEST_F(Author, OneSchema) {
  const Outcome outcome = run({"schema", "clinic", "-d", "."});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "./clinic.rng\n");
  EXPECT_THAT(files(), ElementsAre("article.xml", "clinic.rng", "layout.xml"));
  EXPECT_EQ(run({"schema", "clinics"}).code, 2);
  EXPECT_EQ(run({"schema", "-d", "nowhere"}).code, 3);
}

// ---- explain ----

TEST_F(Author, ExplainsAProperty) {
  const Outcome outcome = run({"explain", "space-after"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "space-after, a property of styles - room below\n"
            "  values:     length\n"
            "  inherited:  no\n"
            "  initial:    0\n"
            "  applies to: every block\n"
            "  example:    <style for=\"p\" space-after=\"2u\"/>\n");
  EXPECT_THAT(run({"explain", "space"}).out, HasSubstr("  sets:       space-before, space-after\n"));
}

TEST_F(Author, ExplainsElementsOfEveryKind) {
  EXPECT_THAT(run({"explain", "<callout>"}).out, AllOf(HasSubstr("in files of kind article:\n<callout> - a box that stands out\n"), HasSubstr("kind (required): urgent, warning, tip or note")));
  EXPECT_THAT(run({"explain", "face"}).out, HasSubstr("in files of kind fonts:\n<face> - one font program\n"));
  const std::string width = run({"explain", "width"}).out;
  EXPECT_THAT(width, AllOf(StartsWith("width, a property of styles"), HasSubstr("\nattribute of <cell>"), Not(HasSubstr("attribute of <style>"))));
}

TEST_F(Author, ExplainSuggests) {
  const Outcome outcome = run({"explain", "space-aftr"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("no element, attribute or property is called 'space-aftr'; did you mean 'space-after'?"));
}

TEST_F(Author, ExplainsWhereALayoutSetsAProperty) {
  write("small.xml", "<layout id=\"small\" title=\"Small\">\n<style for=\"p.a, li\" space-after=\"2mm\"/>\n<style for=\"p\" space=\"1mm\"/>\n<style for=\"li\" for-script=\"Arab\" space-after=\"1u\"/>\n<style for=\"li\" space-after=\"0\"/>\n"
                      "<body><slot select=\"*\"/></body></layout>");
  const Outcome outcome = run({"explain", "space-after", "--layout", "./small.xml"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("\nlayout small sets space-after; of those that match an element the last one counts:\n"
                                     "  ./small.xml:2:35: li = 5.669pt  [0,0,1], overridden at ./small.xml:5:30\n"
                                     "  ./small.xml:3:23: p = 2.835pt  [0,0,1]\n"
                                     "  ./small.xml:4:48: li (scripts Arab) = 1u  [0,0,1]\n"
                                     "  ./small.xml:5:30: li = 0pt  [0,0,1]\n"
                                     "  ./small.xml:2:35: p.a = 5.669pt  [0,1,1]\n"));
  EXPECT_THAT(run({"explain", "zebra", "--layout", "./small.xml"}).out, HasSubstr("layout small does not set zebra\n"));
  EXPECT_THAT(run({"explain", "li", "--layout", "./small.xml"}).out, HasSubstr("styles of layout small for li:\n  ./small.xml:2:1: li: space-after=5.669pt\n"));
  EXPECT_THAT(run({"explain", "font-size", "--layout", "standard", "--profile", "large"}).out, HasSubstr("profiles/large.xml:"));
  EXPECT_EQ(run({"explain", "font-size", "--layout", "nothing"}).code, 1);
}

// ---- new ----

TEST_F(Author, StartersRenderWithoutAFault) {
  const Outcome layout = run({"new", "layout", "own", "-d", "."});
  ASSERT_EQ(layout.code, 0) << layout.err;
  EXPECT_THAT(layout.out, AllOf(StartsWith("./own.xml\n"), HasSubstr("handout watch ARTICLE --layout ./own.xml\n")));
  const Outcome article = run({"new", "article", "ankle", "-d", "."});
  ASSERT_EQ(article.code, 0) << article.err;
  const Outcome clinic = run({"new", "clinic", "north", "-d", "."});
  ASSERT_EQ(clinic.code, 0) << clinic.err;
  EXPECT_THAT(files(), ElementsAre("ankle/en.xml", "ankle/example.svg", "article.xml", "layout.xml", "north.xml", "own.xml"));
  EXPECT_THAT(read("own.xml"), AllOf(HasSubstr("<layout id=\"own\""), HasSubstr("href=\"" + (kSource / "layouts/layout.rng").string() + "\"")));
  for (const char* profile : {"standard", "large", "giant"}) {
    const Outcome rendered = run({"render", "./ankle", "--layout", "./own.xml", "--clinic", "north.xml", "--profile", profile, "-o", "out.pdf"});
    EXPECT_EQ(rendered.code, 0);
    EXPECT_EQ(rendered.err, "") << profile;
  }
}

TEST_F(Author, StartersStandWhereTheProgramLooks) {
  fs::create_directory(folder_ / "data");
  for (const char* part : {"layouts", "content", "fonts"}) fs::copy(kSource / part, folder_ / "data" / part, fs::copy_options::recursive);
  const auto in_data = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"--data", "data"});
    return run_program(kProgram, words, {folder_, {}, {}});
  };
  EXPECT_EQ(in_data({"new", "layout", "own"}).code, 0);
  EXPECT_EQ(in_data({"new", "article", "ankle"}).code, 0);
  EXPECT_EQ(in_data({"new", "clinic", "north"}).code, 0);
  EXPECT_EQ(in_data({"new", "mailing", "november"}).code, 0);
  EXPECT_THAT(read("data/content/mailings/november.xml"), AllOf(HasSubstr("<?xml-model href=\"../mailing.rng\""), HasSubstr("<mailing id=\"november\"")));
  EXPECT_THAT(read("data/layouts/own.xml"), HasSubstr("<?xml-model href=\"layout.rng\""));
  EXPECT_THAT(read("data/content/ankle/en.xml"), HasSubstr("<?xml-model href=\"../article.rng\""));
  EXPECT_THAT(read("data/content/clinics/north.xml"), HasSubstr("<?xml-model href=\"../clinic.rng\""));
  const Outcome rendered = in_data({"render", "ankle", "--layout", "own", "--clinic", "data/content/clinics/north.xml", "-o", "out.pdf"});
  EXPECT_EQ(rendered.code, 0);
  EXPECT_EQ(rendered.err, "");
  EXPECT_THAT(in_data({"list"}).out, Not(HasSubstr("templates")));
}

TEST_F(Author, NewNeverOverwrites) {
  write("own.xml", "mine");
  const Outcome outcome = run({"new", "layout", "own", "-d", "."});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, StartsWith("./own.xml: error: is there already\n"));
  EXPECT_EQ(read("own.xml"), "mine");
  EXPECT_EQ(run({"new", "layout", "../own"}).code, 2);
  EXPECT_EQ(run({"new", "layout", "own", "-d", "nowhere"}).code, 3);
  EXPECT_EQ(run({"new", "song", "own"}).code, 2);
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml", "own.xml"));
}

}  // namespace
}  // namespace handout::test
