// The column that a refusal names: that of the list, whoever found the fault.
#include "batch/batch_testing.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class RefusedColumns : public Batch {
 protected:
  // What rejects.csv says of the rows behind the header.
  std::string rejects(const std::string& out, std::string_view list, mailings::OutputAs as = mailings::OutputAs::Stream) {
    write("people.csv", list);
    Order wanted = order(out);
    wanted.as = as;
    run_whole(wanted);
    return read(out + "/rejects.csv");
  }
};

constexpr const char* kNoFont = "\xF4\x82\x88\xA2";  // U+102222, for private use

TEST_F(RefusedColumns, OfWhatTheLayoutSets) {
  write("small.xml", R"(<mailing id="small"><article ref="texts/knee"/><layout name="mailing-letter"/><clinic ref="content/clinics/example.xml"/><locale fallback="en"/>
<recipients><column name="Mail Code" to="postal.imb"/></recipients><field name="postal.imb"/></mailing>)");
  const std::string code = "0123456709498765432120016";
  const std::string told = rejects("job", "key,name,Anschrift,Mail Code\nk1,Ann,\"1 Way\nTown\"," + code + "\nk2,SECRET,\"SECRET\nTown\",01234567094987654321200\nk3,SECRET,\"SECRET\nA\nB\nC\nD\nE\nF\nG\nH\nTown\"," + code + "\nk4,SECRET" + kNoFont + ",\"1 Way\nTown\"," + code +
                                              "\nk6,SECRET,\"1 Way\nTown\",09234567094987654321\nk5,SECRET,\"1 Way\nTo" + kNoFont + "wn\"," + code + "\n");
  EXPECT_THAT(told, AllOf(HasSubstr("\r\n2,Mail Code,\"an Intelligent Mail code was given 23 digits, of which 3 are the routing code; expected 5, 9 or 11 digits of the ZIP code"), ContainsRegex("\r\n3,Anschrift,\"region 'address' is [0-9.]+ mm high, its content needs [0-9.]+ mm: it takes 11 lines, and the region holds 4\"\r\n"), HasSubstr("\r\n4,name,a character that no font has"),
                          HasSubstr("\r\n5,Mail Code,an Intelligent Mail code was given a tracking code whose second digit is none of 0 to 4\r\n"), HasSubstr("\r\n6,Anschrift,a character that no font has"), Not(HasSubstr("SECRET"))));
}

// What the mailing finds wrong, before anything is laid out.
TEST_F(RefusedColumns, OfWhatTheMailingWants) {
  write("small.xml", R"(<mailing id="small"><article ref="texts/knee"/><layout name="layout.xml"/><date from="visit"/><recipients><column name="Termin" to="visit"/><column name="Seite" to="side"/></recipients>
<field name="visit" type="date"/><field name="side" type="choice" choices="left|right"/><field name="dose" required="yes" from="Menge"/></mailing>)");
  EXPECT_EQ(rejects("job", "key,name,Sprache,Termin,Seite,Menge\nk1,Ann,pl,2026-12-01,left,1\nk2,Bob,en,2026-12-01,up,1\nk3,Cid,en,morgen,left,1\nk4,Dan,en,,left,\nk5,Eve,en,2026-12-01,left,1\n"),
            "row,column,reason\r\n1,Sprache,\"names no language that the articles have, and the mailing names no fallback\"\r\n2,Seite,\"is none of the field's choices: expected left, right\"\r\n"
            "3,Termin,is no day of the calendar: expected YYYY-MM-DD\r\n4,Menge,is empty; the mailing requires a value\r\n");
}

// What a mailing maps is printed, whatever else has the field's name.
TEST_F(RefusedColumns, OfAFieldAreThoseThatItsMailingNames) {
  write("small.xml", R"(<mailing id="small"><article ref="texts/knee"/><layout name="layout.xml"/><locale fallback="en"/><recipients><column name="Arzt" to="visit"/><ignore column="Nope"/></recipients><field name="visit" type="date"/><sort by="visit"/></mailing>)");
  EXPECT_EQ(rejects("job", "key,name,visit,Arzt\nk1,Ann,never,2026-12-01\nk2,Bob,2026-12-01,never\n"), "row,column,reason\r\n2,Arzt,is no day of the calendar: expected YYYY-MM-DD\r\n");
  EXPECT_THAT(said(), AllOf(HasSubstr("people.csv: warning: column 'visit' is not used: visit is column 'Arzt'\n"), HasSubstr("people.csv: warning: has no column 'Nope', which is to be ignored\n")));
}

// Keys of JSON may be somebody's data.
TEST_F(RefusedColumns, OfJsonAreToldByNumber) {
  write("people.jsonl", R"({"key":"1","name":"Ann","labs":{"MRN778899":"x\u0000"}}
{"key":"2","name":"Bob","AmalHaddad":"\u0000"}
{"key":"3","name":"Cy","city":"\u0000","visits":{"MRN5":1,"MRN5":2}}
{"key":"4","name":"Di"}
)");
  Order wanted = order("job");
  wanted.recipients = folder_ / "people.jsonl";
  run_whole(wanted);
  EXPECT_EQ(read("job/rejects.csv"), "row,column,reason\r\n1,3,holds the character U+0000\r\n2,4,holds the character U+0000\r\n3,city,holds the character U+0000\r\n");
  for (const std::string& text : {said(), read("job/report.json"), read("job/rejects.csv")}) {
    for (const char* const word : {"MRN", "Amal", "labs"}) EXPECT_THAT(text, Not(HasSubstr(word)));
  }
}

// What a filter, an order and a rule for duplicates read.
TEST_F(RefusedColumns, OfWhatIsAskedBeforeAnythingIsMade) {
  const std::string list = "MRN,name,\"Dose (mg)\",visit\nk1,Ann,1,2026-12-01\nk1,Bob,2,2026-12-01\nk3,Cid,much,2026-12-01\nk4,Dan,4,soon\n";
  write("small.xml", R"x(<mailing id="small"><article ref="texts/knee"/><layout name="layout.xml"/><locale choose="fixed" fixed="en"/><recipients><column name="Dose (mg)" to="dose"/></recipients>
<field name="dose" type="number"/><field name="visit" type="date"/><filter><condition field="dose" op="more" value="0"/></filter><sort by="visit"/><duplicates key="reject"/></mailing>)x");
  EXPECT_THAT(rejects("job", list), AllOf(HasSubstr("\r\n2,MRN,\"is the key of an earlier row"), HasSubstr("\r\n3,Dose (mg),is no number"), HasSubstr("\r\n4,visit,is no day of the calendar")));
}

// What a dry run says of them, too.
TEST_F(RefusedColumns, OfNamesOfFilesThatAreNotWritten) {
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output as=\"both\" file-name=\"{key}.pdf\" keys-in-file-names=\"yes\"/>");
  write("people.csv", "ID,name\nk1,Ann\nK1,Bob\nk3,Cid\n");
  Order dry = order("job");
  dry.writes = Writes::Nothing;
  const Outcome tried = run_whole(dry);
  EXPECT_EQ(tried.tally.rejected, 1u);
  EXPECT_EQ(tried.tally.pieces, 2u);
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.pieces, 2u);
  ASSERT_EQ(tried.refusals.first.size(), 1u);
  EXPECT_EQ(describe(tried.refusals.first.front()), describe(outcome.refusals.first.front()));
  EXPECT_THAT(describe(tried.refusals.first.front()), HasSubstr("column 'ID': makes the file's name that an earlier row's file has"));
}

TEST_F(RefusedColumns, OfNamesOfFiles) {
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output as=\"files\" file-name=\"{key}.pdf\" keys-in-file-names=\"yes\"/>");
  std::string long_key;
  for (int i = 0; i < 60; ++i) long_key += "\xC3\xA9";
  const std::string told = rejects("job", "ID,name\nk1,Ann\nK1,Bob\n" + long_key + ",Cid\n", mailings::OutputAs::Files);
  EXPECT_THAT(told, AllOf(HasSubstr("\r\n2,ID,\"makes the file's name that an earlier row's file has"), HasSubstr("\r\n3,ID,makes a file's name that is longer than 200 bytes")));
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output as=\"files\" file-name=\"{city}-{number}.pdf\" names-in-file-names=\"yes\"/>");
  EXPECT_THAT(rejects("cities", "key,name,Ort\nk1,Ann,Wien\nk2,Bob,\n", mailings::OutputAs::Files), HasSubstr("\r\n2,Ort,\"is empty, and the names of files are made with it"));
}

}  // namespace
}  // namespace handout::batch
