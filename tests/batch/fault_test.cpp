#include "batch/batch_testing.h"

// Whose fault it is that a handout can't be made: the row's, or the mailing's.
namespace handout::batch {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kHeader = "key,name.given,name.family,language,address,city,state,postcode,country";

class Faults : public Batch {
 protected:
  void write_people(const std::vector<std::string>& rows, const std::string& more = "") const {
    std::string list = kHeader + more + "\n";
    for (const std::string& row : rows) list += row + "\n";
    write("people.csv", list);
  }
  // The job ends, says this of the mailing, and refuses no row for it.
  void expect_fault(std::string_view what) {
    EXPECT_FALSE(run(order("job")));
    EXPECT_THAT(said(), HasSubstr(what));
    EXPECT_THAT(said(), Not(HasSubstr("/job/")));
    EXPECT_FALSE(fs::exists(folder_ / "job/rejects.csv"));
  }
};

// render refuses such a handout; a box in the place of a letter is nobody's name.
TEST_F(Faults, CharacterThatNoFontHasRefusesItsRow) {
  write_people({"A,Al,Zz,en,1 Elm,Dover,DE,19901,US", "B,\U00030000\u738B,Zz,en,1 Elm,Dover,DE,19901,US", "C,Al,\uE000,en,1 Elm,Dover,DE,19901,US", "D,Di,Zz,en,1 Elm,Dover,DE,19901,US"});
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.rejected, 2u);
  EXPECT_EQ(outcome.tally.pieces, 2u);
  EXPECT_EQ(read("job/rejects.csv"), "row,column,reason\r\n2,patient.name,no font has U+30000 (field 'patient.name')\r\n3,patient.name,no font has U+E000 (field 'patient.name')\r\n");
}

// A column that only the mailing needs is no field of the article.
TEST_F(Faults, FieldsOfTheMailingAlone) {
  write_people({"A,Al,Zz,en,1 Elm,Dover,DE,19901,US,left,2", "B,Bo,Zz,en,1 Elm,Dover,DE,19901,US,right,1", "C,Cy,Zz,en,1 Elm,Dover,DE,19901,US,left,1"}, ",side,turn");
  write_mailing(
      "<field name=\"side\" type=\"choice\" choices=\"left|right\"/>\n<field name=\"turn\" type=\"number\"/>\n<field name=\"other\"/>\n"
      "<filter><condition field=\"side\" op=\"is\" value=\"left\"/></filter>\n<sort by=\"turn\"/>");
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.rejected, 0u);
  EXPECT_EQ(outcome.tally.filtered, 1u);
  EXPECT_EQ(outcome.tally.pieces, 2u);
  EXPECT_THAT(said(), HasSubstr("small.xml:6:1: warning: no article of the mailing has a field 'other', and the mailing uses it for nothing"));
  EXPECT_THAT(said(), Not(HasSubstr("'side'")));
}

TEST_F(Faults, LayoutThatIsNotThere) {
  write_mailing("", "<layout name=\"leter\"/>");
  expect_fault("small.xml:3:15: error: unknown layout 'leter'; did you mean 'letter'?");
}

TEST_F(Faults, ProfileThatIsNotThere) {
  write_mailing("", "<layout name=\"layout.xml\" profile=\"huge\" large-print=\"ignore\"/>");
  expect_fault("small.xml:3:36: error: unknown profile 'huge'");
}

TEST_F(Faults, EnvelopeThatIsNotThere) {
  write_mailing("<envelope name=\"dll\"/>", "<layout name=\"letter-din-a\"/>");
  expect_fault("small.xml:1:1: error: no envelope 'dll'; did you mean 'dl'?");
}

TEST_F(Faults, EnvelopeForALayoutWithoutWindow) {
  write_mailing("<envelope name=\"dl\"/>");
  expect_fault("small.xml:1:1: error: layout 'layout' is made for no envelope; 'dl' was named");
}

// A fault of one translation, met when others have their pieces: they keep them, and the job has its end.
TEST_F(Faults, OfOneLanguageAfterOthersWereMade) {
  write("texts/knee/ar.xml", "<article id=\"knee\" xml:lang=\"ar\" version=\"1\" status=\"draft\">\n<title id=\"t\">Knee</title>\n<p id=\"p\">\U00030000</p>\n</article>\n");
  write_people({"A,Al,Zz,en,1 Elm,Dover,DE,19901,US", "B,Bo,Zz,ar,1 Elm,Dover,DE,19901,US", "C,Cy,Zz,en,1 Elm,Dover,DE,19901,US"});
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.pieces, 2u);
  EXPECT_EQ(outcome.tally.rejected, 1u);
  EXPECT_THAT(said(), AllOf(HasSubstr("ar.xml:"), HasSubstr("no font has U+30000"), HasSubstr("rows are refused for it")));
  EXPECT_THAT(read("job/rejects.csv"), HasSubstr("2,,no font has U+30000"));
  // Met first, it ends the job before it has begun.
  write_people({"B,Bo,Zz,ar,1 Elm,Dover,DE,19901,US", "A,Al,Zz,en,1 Elm,Dover,DE,19901,US"});
  EXPECT_FALSE(run(order("other")));
  EXPECT_THAT(said(), AllOf(HasSubstr("ar.xml:"), HasSubstr("error: no font has U+30000")));
  EXPECT_FALSE(fs::exists(folder_ / "other"));
}

// The letter's address stands where that envelope has its window; in another one it would not be seen.
TEST_F(Faults, EnvelopeThatShowsSomethingElse) {
  write_people({"A,Al,Zz,en,1 Elm,Dover,DE,19901,US"});
  write_mailing("<envelope name=\"us-10-single\"/>", "<layout name=\"letter-10-single\"/>");
  EXPECT_EQ(run_whole(order("right")).tally.pieces, 1u);
  write_mailing("<envelope name=\"uk-notify\"/>", "<layout name=\"letter-10-single\"/>");
  expect_fault("and envelope 'uk-notify' has room for 210 x 148.5 mm");
}

TEST_F(Faults, NobodyGetsALetterWithoutAddress) {
  write_people({"A,Al,Zz,en,1 Elm,Dover,DE,19901,US", "B,Bo,Zz,en,,,,,"});
  write_mailing("", "<layout name=\"letter-10-single\"/>");
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.pieces, 1u);
  EXPECT_EQ(read("job/rejects.csv"), "row,column,reason\r\n2,address,\"is empty, and the layout shows it in an envelope's window\"\r\n");
  // Where no window shows it, it may be missing.
  write_mailing("");
  EXPECT_EQ(run_whole(order("other")).tally.pieces, 2u);
}

}  // namespace
}  // namespace handout::batch
