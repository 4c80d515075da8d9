// What the command says in place of the mailing.
#include "batch/batch_testing.h"
#include "batch/reprint.h"
#include "inspect/pages.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Overridden : public Batch {
 protected:
  void SetUp() override {
    Batch::SetUp();
    write("texts/knee/en.xml", "<article id=\"knee\" xml:lang=\"en\" version=\"1\" status=\"draft\">\n<field-def name=\"ward\" type=\"text\"/>\n<title id=\"t\">Knee</title>\n<p id=\"p\">For <field name=\"patient.name\"/> in <field name=\"ward\"/>.</p>\n</article>\n");
    write("texts/knee/ar.xml", "<article id=\"knee\" xml:lang=\"ar\" version=\"1\" status=\"draft\">\n<field-def name=\"ward\" type=\"text\"/>\n<title id=\"t\">Knee</title>\n<p id=\"p\">For <field name=\"patient.name\"/> in <field name=\"ward\"/>.</p>\n</article>\n");
    write("people.csv", "key,name,ward,language\nk1,Ann,North,en\nk2,Bob,South,ar\nk3,Cid,South,en\n");
    write_mailing("<locale choose=\"recipient\" fallback=\"en\"/>\n<field name=\"ward\"/>\n<output as=\"stream\" purpose=\"screen\" split-by=\"locale\"/>");
  }
  Order with(const std::string& out, mailings::Overrides overrides) {
    Order wanted = order(out);
    wanted.overrides = std::move(overrides);
    return wanted;
  }
  [[nodiscard]] std::string text_of(const std::string& file) const {
    std::string text;
    inspect::Document document = inspect::open_document(read(file));
    for (const inspect::PageText& page : inspect::page_texts(document)) text += page.text;
    return text;
  }
};

TEST_F(Overridden, PiecesAreMadeAndPrintedAgainWithThem) {
  const mailings::Overrides overrides{{"--locale", "en"}, {"--field", "ward=West wing"}, {"--pieces-per-file", "2"}};
  run_whole(with("job", overrides));
  const auto made = outputs("job");
  ASSERT_EQ(made.size(), 2u) << "one language, two pieces in a file";
  EXPECT_THAT(text_of("job/" + made.begin()->first), AllOf(HasSubstr("Bob"), HasSubstr("West wing"), Not(HasSubstr("South"))));
  // Another folder, and nothing but the copies.
  fs::remove(folder_ / "small.xml");
  fs::rename(folder_ / "job", folder_ / "moved");
  ReprintOrder again;
  again.folder = folder_ / "moved";
  again.pieces = {2};
  again.reason = "torn";
  const auto done = reprint(again, shipped(), diags_);
  ASSERT_TRUE(done) << said();
  EXPECT_THAT(text_of("moved/" + done->files.at(0).name), AllOf(HasSubstr("Bob"), HasSubstr("West wing")));
  EXPECT_THAT(findings("moved"), IsEmpty());
}

TEST_F(Overridden, AJobGoesOnWithTheSameOnly) {
  const mailings::Overrides begun{{"--locale", "en"}, {"--field", "ward=West"}};
  run_whole(with("whole", begun));
  ASSERT_TRUE(run(with("job", begun), 0));
  for (const auto& [overrides, told] : std::vector<std::pair<mailings::Overrides, std::string>>{{{}, "--locale: error: was given when the job was begun\n"},
                                                                                               {{{"--locale", "ar"}, {"--field", "ward=West"}}, "--locale: error: had another value when the job was begun\n"},
                                                                                               {{{"--locale", "en"}, {"--field", "ward=East"}}, "--field ward: error: had another value when the job was begun\n"}}) {
    EXPECT_FALSE(run(with("job", overrides)));
    EXPECT_THAT(said(), AllOf(HasSubstr(told), HasSubstr("a job goes on with the same inputs only")));
  }
  // How many rows may be refused changes no piece.
  mailings::Overrides more = begun;
  more.push_back({"--rejects", "5"});
  run_whole(with("job", more));
  EXPECT_TRUE(outputs("job") == outputs("whole"));
}

TEST_F(Overridden, FaultsLeaveNothing) {
  EXPECT_FALSE(run(with("job", {{"--date", "30.11.2026"}})));
  EXPECT_THAT(said(), testing::StartsWith("--date: error: '30.11.2026' is no day of the calendar; expected YYYY-MM-DD"));
  EXPECT_FALSE(fs::exists(folder_ / "job"));
}

}  // namespace
}  // namespace handout::batch
