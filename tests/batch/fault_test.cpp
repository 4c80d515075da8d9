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
  EXPECT_EQ(read("job/rejects.csv"), "row,column,reason\r\n2,\"name.given, name.family\",a character that no font has (field 'patient.name')\r\n3,\"name.given, name.family\",a character that no font has (field 'patient.name')\r\n");
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
  expect_fault("small.xml:4:17: error: no envelope 'dll'; did you mean 'dl'?");
}

// Of sections and points, in every language that may be printed; before the list is read.
TEST_F(Faults, SectionsThatAreNotThere) {
  const std::string head = "<mailing id=\"small\" title=\"Small\">\n<article ref=\"texts/knee\">\n<exclude section=\"p\"/>\n<exclude section=\"end\"/>\n<mark point=\"one\"/></article>\n<layout name=\"layout.xml\"/>\n";
  const auto article = [](std::string_view locale, std::string_view body) { return "<article id=\"knee\" xml:lang=\"" + std::string(locale) + "\" version=\"1\" status=\"draft\"><title id=\"t\">Knee</title>" + std::string(body) + "</article>"; };
  write("texts/knee/en.xml", article("en", "<points><point id=\"one\">One.</point></points><p id=\"p\">P.</p><section id=\"end\"><title id=\"e\">End</title><p id=\"q\">Q.</p></section>"));
  write("texts/knee/ar.xml", article("ar", "<p id=\"p\">P.</p>"));
  write("people.csv", "no list at all");
  write("small.xml", head + "<locale fallback=\"en\"/>\n</mailing>");
  expect_fault("small.xml:4:19: error: no section 'end' in ");
  EXPECT_THAT(said(), AllOf(HasSubstr("texts/knee/ar.xml"), Not(HasSubstr("en.xml")), HasSubstr("small.xml:5:14: error: no point 'one' in "), Not(HasSubstr("'p'"))));
  // What nobody gets need not have it.
  write("people.csv", "key,name,language\nk,Ann,ar\n");
  write("small.xml", head + "<locale choose=\"fixed\" fixed=\"en\"/>\n</mailing>");
  EXPECT_EQ(run_whole(order("job")).tally.pieces, 1u);
  write("small.xml", head + "<locale choose=\"fixed\" fixed=\"en\" beside=\"ar\"/>\n</mailing>");
  EXPECT_FALSE(run(order("other")));
  EXPECT_THAT(said(), HasSubstr("small.xml:4:19: error: no section 'end' in "));
}

// Found when the first handout is laid out, and told where it is asked for.
TEST_F(Faults, WhatDoesNotFit) {
  std::string body;
  for (int i = 0; i < 300; ++i) body += "<p id=\"p" + std::to_string(i) + "\">Rest.</p>\n";
  for (const std::string locale : {"en", "ar"}) write("texts/knee/" + locale + ".xml", "<article id=\"knee\" xml:lang=\"" + locale + "\" version=\"1\" status=\"draft\">\n<title id=\"t\">Knee</title>\n" + body + "</article>\n");
  write_mailing("<locale fallback=\"en\"/>", "<layout name=\"layout.xml\" fit=\"pages:1\"/>");
  expect_fault("small.xml:3:32: error: ");
}

// A value that everybody gets, or whoever has none, is the mailing's fault and no row's.
TEST_F(Faults, ValuesOfTheMailingThatTheArticleDoesNotTake) {
  for (const std::string locale : {"en", "ar"}) {
    write("texts/knee/" + locale + ".xml", "<article id=\"knee\" xml:lang=\"" + locale + "\" version=\"1\" status=\"draft\">\n<field-def name=\"next-visit\" type=\"date\"/><field-def name=\"dose\" type=\"number\"/><field-def name=\"side\" type=\"choice\" choices=\"left|right\"/>\n"
          "<title id=\"t\">Knee</title>\n<p id=\"p\"><field name=\"next-visit\"/><field name=\"dose\"/><field name=\"side\"/></p>\n</article>\n");
  }
  write_people({"A,Al,Zz,en,1 Elm,Dover,DE,19901,US"});
  write_mailing("<locale fallback=\"en\"/>\n<field name=\"next-visit\" value=\"tomorrow\"/>\n<field name=\"dose\" default=\"2 pills\"/>\n<field name=\"side\" value=\"up\"/>\n<field name=\"date\" value=\"soon\"/>");
  expect_fault("small.xml:5:33: error: field 'next-visit' is a date, and 'tomorrow' is no day of the calendar\n  hint: expected YYYY-MM-DD; the article declares the field at ");
  EXPECT_THAT(said(), AllOf(HasSubstr("small.xml:6:29: error: field 'dose' is a number, and '2 pills' is none"), HasSubstr("small.xml:7:27: error: 'up' is none of the choices of field 'side'\n  hint: expected left, right; "),
                            HasSubstr("small.xml:8:27: error: field 'date' is a date, and 'soon' is no day of the calendar")));
  write_mailing("<locale fallback=\"en\"/>");
  Order wanted = order("job");
  wanted.overrides = {{"--field", "next-visit=2026-13-01"}};
  EXPECT_FALSE(run(wanted));
  EXPECT_THAT(said(), HasSubstr("--field next-visit: error: field 'next-visit' is a date, and '2026-13-01' is no day of the calendar"));
  EXPECT_FALSE(fs::exists(folder_ / "job"));
  wanted.overrides = {{"--field", "next-visit=2026-12-01"}, {"--field", "dose=2"}, {"--field", "side=left"}};
  EXPECT_EQ(run_whole(wanted).tally.pieces, 1u);
}

// The mailing's own words, but not fifty of them.
TEST_F(Faults, ChoicesAreNamed) {
  write_people({"A,Al,Zz,en,1 Elm,Dover,DE,19901,US,SECRET,x"}, ",side,ward");
  write_mailing("<field name=\"side\" type=\"choice\" choices=\"left|right\"/>");
  run_whole(order("few"));
  EXPECT_EQ(read("few/rejects.csv"), "row,column,reason\r\n1,side,\"is none of the field's choices: expected left, right\"\r\n");
  write_mailing("<field name=\"ward\" type=\"choice\" choices=\"a|b|c|d|e|f|g\"/>");
  run_whole(order("many"));
  EXPECT_THAT(read("many/rejects.csv"), HasSubstr("is none of the field's choices: expected a, b, c, d, e and 2 more\""));
}

TEST_F(Faults, EnvelopeForALayoutWithoutWindow) {
  write_mailing("<envelope name=\"dl\"/>");
  expect_fault("small.xml:4:17: error: layout 'layout' is made for no envelope; 'dl' was named");
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
