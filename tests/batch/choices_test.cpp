// What a mailing says of its articles, sheets and languages reaches the pieces, their templates and their reprints.
#include <nlohmann/json.hpp>

#include "batch/batch_testing.h"
#include "batch/reprint.h"
#include "inspect/pages.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using Json = nlohmann::json;

class Choices : public Batch {
 protected:
  [[nodiscard]] std::string text_of(const std::string& file) const {
    std::string text;
    inspect::Document document = inspect::open_document(read(file));
    for (const inspect::PageText& page : inspect::page_texts(document)) text += page.text;
    return text;
  }
  [[nodiscard]] Json ticket(const std::string& file) const { return Json::parse(read(file.substr(0, file.size() - 4) + ".json")); }
  // The one print file of a job.
  std::string print_file(const std::string& out) {
    const auto files = outputs(out);
    EXPECT_EQ(files.size(), 1u);
    return files.empty() ? "" : out + "/" + files.begin()->first;
  }
  std::string print_again(const std::string& out, std::uint64_t piece) {
    ReprintOrder again;
    again.folder = folder_ / out;
    again.pieces = {piece};
    again.reason = "torn";
    diags_ = Diagnostics();
    const auto done = reprint(again, shipped(), diags_);
    EXPECT_TRUE(done) << said();
    return done ? out + "/" + done->files.at(0).name : "";
  }
};

// Both have a section 'end': only the first loses it. A point of the second is marked.
TEST_F(Choices, OfOneArticleAreItsOwn) {
  const auto article = [](std::string_view id, std::string_view words) {
    return "<article id=\"" + std::string(id) + "\" xml:lang=\"en\" version=\"1\" status=\"draft\"><title id=\"t\">" + std::string(words) + "</title><points><point id=\"one\">" + std::string(words) + " point.</point></points><p id=\"p\">For <field name=\"patient.name\"/>.</p><section id=\"end\"><title id=\"e\">" +
           std::string(words) + " end</title><p id=\"q\">Words.</p></section></article>";
  };
  write("texts/knee/en.xml", article("knee", "Knee"));
  write("texts/hip/en.xml", article("hip", "Hip"));
  write("people.csv", "key,name\nk1,Ann\nk2,Bob\nk3,Cid\n");
  write("layout.xml", "<layout id=\"layout\" title=\"Small\">\n<style for=\"point.marked\" display=\"none\"/>\n<body><slot select=\"*\"/></body>\n</layout>\n");
  write("small.xml", "<mailing id=\"small\">\n<article ref=\"texts/knee\"><exclude section=\"end\"/></article>\n<article ref=\"texts/hip\"><mark point=\"one\"/></article>\n<layout name=\"layout.xml\"/>\n<locale choose=\"fixed\" fixed=\"en\"/>\n<output purpose=\"screen\"/>\n</mailing>");
  const auto expect_right = [](const std::string& text) { EXPECT_THAT(text, AllOf(HasSubstr("Knee point."), Not(HasSubstr("Knee end")), Not(HasSubstr("Hip point.")), HasSubstr("Hip end"))); };
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.pieces, 3u);
  EXPECT_THAT(said(), Not(HasSubstr("error")));
  expect_right(text_of(print_file("job")));
  const std::string again = text_of(print_again("job", 2));
  expect_right(again);
  EXPECT_THAT(again, HasSubstr("Bob"));
  // A proof goes the same way.
  Order proof = order("proof");
  proof.proof = 1;
  run_whole(proof);
  expect_right(text_of(print_file("proof")));
}

class Sides : public Choices {
 protected:
  // Two pages and a bit.
  void SetUp() override {
    Batch::SetUp();
    std::string body;
    for (int i = 0; i < 90; ++i) body += "<p id=\"p" + std::to_string(i) + "\">Rest, <field name=\"patient.name\"/>.</p>\n";
    write("texts/knee/en.xml", "<article id=\"knee\" xml:lang=\"en\" version=\"1\" status=\"draft\">\n<title id=\"t\">Knee</title>\n" + body + "</article>\n");
    write("people.csv", "key,name\nk1,Ann\nk2,Bob\n");
  }
  void write_layout(std::string_view duplex) const { write("layout.xml", "<layout id=\"layout\" title=\"Small\">\n<page duplex=\"" + std::string(duplex) + "\"><sheet-code kind=\"data-matrix\" left=\"5mm\" bottom=\"18mm\" module=\"0.4mm\"/><sheet-text left=\"7mm\" bottom=\"5mm\" text=\"{sheet}/{sheets}\" size=\"6pt\"/></page>\n<body><slot select=\"*\"/></body>\n</layout>\n"); }
  void write_sides(std::string_view duplex) const { write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output purpose=\"screen\" sheet-weight=\"80g/m2\" weight-steps=\"13g 20g\" split-by=\"weight\"" + (duplex.empty() ? "" : " duplex=\"" + std::string(duplex) + "\"") + "/>"); }
  struct Printed { std::string sides; std::uint64_t pages = 0, sheets = 0; std::size_t in_file = 0; std::string duplex, name; };
  Printed printed(const std::string& file) const {
    Printed result;
    const Json json = ticket(file);
    result.sides = json["sides"];
    result.sheets = json["sheets"];
    result.pages = json["pages"];
    inspect::Document document = inspect::open_document(read(file));
    result.in_file = document.pages.size();
    result.duplex = document.pdf->getRoot().getKey("/ViewerPreferences").getKey("/Duplex").getName();
    result.name = file;
    return result;
  }
};

TEST_F(Sides, TheMailingSaysWhetherOneOrTwoArePrinted) {
  write_layout("yes");
  write_sides("");
  run_whole(order("as-laid-out"));
  const Printed two = printed(print_file("as-laid-out"));
  EXPECT_EQ(two.sides, "two, turned about the long edge");
  EXPECT_EQ(two.sheets, 4u) << "two of each piece";
  EXPECT_EQ(two.in_file, 8u) << "the third page has a blank back";
  EXPECT_EQ(two.duplex, "/DuplexFlipLongEdge");
  EXPECT_THAT(two.name, HasSubstr("-13g-"));

  write_sides("no");
  run_whole(order("one"));
  const Printed one = printed(print_file("one"));
  EXPECT_EQ(one.sides, "one");
  EXPECT_EQ(one.sheets, 6u);
  EXPECT_EQ(one.in_file, 6u);
  EXPECT_EQ(one.duplex, "/Simplex");
  EXPECT_THAT(one.name, HasSubstr("-20g-"));
  // Again from the copies.
  const Printed again = printed(print_again("one", 2));
  EXPECT_EQ(again.sides, "one");
  EXPECT_EQ(again.sheets, 3u);
  EXPECT_THAT(findings("one"), IsEmpty());

  // The other way round.
  write_layout("no");
  write_sides("yes");
  run_whole(order("both"));
  const Printed both = printed(print_file("both"));
  EXPECT_EQ(both.sides, two.sides);
  EXPECT_EQ(both.sheets, two.sheets);
  EXPECT_EQ(both.in_file, two.in_file);
  EXPECT_EQ(both.duplex, two.duplex);
}

TEST_F(Sides, ABookletHasTwo) {
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output duplex=\"no\"/>", "<layout name=\"layout.xml\" impose=\"booklet\"/>");
  EXPECT_FALSE(run(order("job")));
  EXPECT_THAT(said(), HasSubstr("small.xml:5:17: error: one side is to be printed, but the pages are put on both sides of sheets, as booklet"));
}

// Who asked for Polish first did not get it, whether the mailing or they themselves said what is taken instead.
TEST_F(Choices, SecondLanguagesCountAsFallingBack) {
  write("people.csv", "key,name,language\nk1,Ann,pl ar\nk2,Bob,pl;vi;en-GB\nk3,Cid,pl;vi\nk4,Dan,ar-EG pl\nk5,Eve,\nk6,Fay,en pl\n");
  const Outcome outcome = run_whole(order("job"));
  EXPECT_THAT(outcome.tally.fallbacks, ElementsAre(Pair("not said -> en", 1u), Pair("pl -> ar", 1u), Pair("pl -> en", 2u)));
}

}  // namespace
}  // namespace handout::batch
