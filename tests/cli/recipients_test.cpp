// `handout recipients`.
#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RecipientsCommand : public Program {
 protected:
  Outcome check(std::string_view text, const std::vector<std::string>& more = {}, const char* name = "list.csv") {
    write(name, text);
    std::vector<std::string> words = {"recipients", "--check", name};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
};

TEST_F(RecipientsCommand, ASampleIsAListThatChecks) {
  const Outcome to_output = run({"recipients", "--sample", "50", "--seed", "3"});
  EXPECT_EQ(to_output.code, 0) << to_output.err;
  EXPECT_EQ(run({"recipients", "--sample", "50", "--seed", "3", "-o", "people.csv"}).code, 0);
  EXPECT_EQ(read("people.csv"), to_output.out);
  const Outcome checked = run({"recipients", "--check", "people.csv"});
  EXPECT_EQ(checked.code, 0) << checked.err;
  EXPECT_EQ(checked.err, "");
  EXPECT_THAT(checked.out, AllOf(StartsWith("people.csv: csv, 50 people, 0 rejected\n"), HasSubstr("\n  name.given: name.given\n"), HasSubstr("\nlanguages\n"), HasSubstr("\ncountries\n"), HasSubstr("without an address: 0\n")));
}

TEST_F(RecipientsCommand, ColumnsOfASample) {
  EXPECT_THAT(run({"recipients", "--sample", "1", "--columns", "city,key"}).out, StartsWith("city,key\r\n"));
  const Outcome wrong = run({"recipients", "--sample", "1", "--columns", "town,city,city"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, AllOf(HasSubstr("error: 'town' is no column of a sample"), HasSubstr("error: column 'city' is given twice")));
}

TEST_F(RecipientsCommand, RejectsAreCountedByReasonAndNeverShown) {
  const Outcome outcome = check("key,first name,last name,dob,language,zip,city\n1,Ana,Ruiz,1961-03-04,es,1,T\n2,SECRET,SECRET,04/03/1961,es,2,T\n3,SECRET,SECRET,SECRET,es,3,T\n4,SECRET\n5,SECRET,SECRET,05/03/1961,,5,T\n");
  EXPECT_EQ(outcome.code, 4);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, AllOf(StartsWith("list.csv: csv, 1 people, 4 rejected\n"), HasSubstr("         2  column 'dob': is no date of the form YYYY-MM-DD; it looks like DD/MM/YYYY"), HasSubstr("rows 2 (line 3), 5 (line 6)\n"),
                                 HasSubstr("         1  has 2 fields; the header has 7\n            row 4 (line 5)\n"), Not(HasSubstr("SECRET")), Not(HasSubstr("1961"))));
}

// Born and City are headers, and may be a name and the end of a town's.
TEST_F(RecipientsCommand, AFirstLineThatMayBeAPerson) {
  const Outcome outcome = check("7,Jan SECRET,Born,de,1 SECRET St,City,DE,SECRET1,Ho\n8,\xFF,1960-01-01,de,2 Elm,Dover,DE,19901,Li\n");
  EXPECT_EQ(outcome.code, 4) << outcome.err;
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("warning: column 2 is not used"), Not(HasSubstr("SECRET")), Not(HasSubstr("Born"))));
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("column '2': "), HasSubstr("  name.family: column 9\n"), Not(HasSubstr("SECRET")), Not(HasSubstr("Born"))));
  const Outcome row = check("SECRET,First\nAnn,Lee\n");
  EXPECT_EQ(row.code, 1);
  EXPECT_THAT(row.err, Not(HasSubstr("SECRET")));
}

// A real list may have the name that a sample is to get.
TEST_F(RecipientsCommand, ASampleGoesOverNoFile) {
  write("people.csv", "a real list");
  const Outcome there = run({"recipients", "--sample", "2", "-o", "people.csv"});
  EXPECT_EQ(there.code, 1);
  EXPECT_THAT(there.err, StartsWith("people.csv: error: is there already; a list of people may be in it\n  hint: choose another name, or give --force"));
  EXPECT_EQ(read("people.csv"), "a real list");
  EXPECT_EQ(run({"recipients", "--sample", "2", "-o", "people.csv", "--force"}).code, 0);
  EXPECT_THAT(read("people.csv"), StartsWith("key,"));
  EXPECT_EQ(run({"recipients", "--sample", "2", "-o", "/dev/null"}).code, 0);
}

TEST_F(RecipientsCommand, KeysThatAnEarlierRowHas) {
  const Outcome again = check("key,name,x\nSECRET,Ann\nSECRET,Ann,\nk,Bob,\nSECRET,Cid,\nSECRET ,Dan,\n,Eve,\n,Fay,\n", {"--ignore", "x"});
  EXPECT_EQ(again.code, 4) << again.err;
  EXPECT_THAT(again.out, AllOf(HasSubstr("\nkeys that an earlier row has: 2\n            rows 4 (line 5), 5 (line 6)\n"), Not(HasSubstr("SECRET"))));
  EXPECT_EQ(again.err, "");
  // A row that is refused has its key all the same.
  const Outcome refused = check("key,name,birth-date\nk1,Ann,1.2.1960\nk1,Ann,1960-02-01\nk2,Bob,\nk2,Bob,1.2.1960\n");
  EXPECT_THAT(refused.out, HasSubstr("\nkeys that an earlier row has: 2\n            rows 2 (line 3), 4 (line 5)\n"));
  const Outcome none = check("name,city\nAnn,T\nAnn,T\n");
  EXPECT_EQ(none.code, 0);
  EXPECT_THAT(none.err, HasSubstr("list.csv: warning: the list has no key column: duplicates cannot be found"));
  EXPECT_THAT(none.out, Not(HasSubstr("earlier row")));
}

TEST_F(RecipientsCommand, ColumnsAreMappedByHand) {
  const Outcome unknown = check("who,extra\nAna,x\n");
  EXPECT_EQ(unknown.code, 1);
  EXPECT_THAT(unknown.err, AllOf(StartsWith("list.csv:1:1: error: the first line holds too little that names a column: is it a header?\n"), Not(HasSubstr("who"))));
  const Outcome mapped = check("who,extra,no\nAna,x,7\n", {"--column", "name.display=who", "--column", "key=no", "--ignore", "extra"});
  EXPECT_EQ(mapped.code, 0) << mapped.err;
  EXPECT_EQ(mapped.err, "");
  EXPECT_THAT(mapped.out, HasSubstr("  name.display: who\n"));
  EXPECT_THAT(check("name,city\nAna,T\n", {"--ignore", "nope"}).err, HasSubstr("list.csv: warning: has no column 'nope', which is to be ignored\n"));
  EXPECT_EQ(check("who\nAna\n", {"--column", "who"}).code, 2);
  EXPECT_THAT(check("who\nAna\n", {"--column", "name.dsplay=who"}).err, HasSubstr("did you mean 'name.display'?"));
}

TEST_F(RecipientsCommand, JsonLinesAndFhir) {
  const Outcome lines = check("{\"name\":{\"given\":\"Ana\"},\"language\":\"es\"}\n{\"name\":\n{\"name\":{\"family\":\"Li\"},\"city\":\"T\"}\n", {}, "list.jsonl");
  EXPECT_EQ(lines.code, 4) << lines.err;
  EXPECT_THAT(lines.out, AllOf(StartsWith("list.jsonl: jsonl, 2 people, 1 rejected\n"), HasSubstr("row 2 (line 2, byte ")));
  const Outcome fhir = check("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\",\"birthDate\":\"1961\",\"name\":[{\"text\":\"Ana\"}]}},{\"resource\":{\"resourceType\":\"Task\"}},\n{\"resource\":{\"resourceType\":\"Patient\",\"deceasedBoolean\":true}}]}", {}, "bundle.json");
  EXPECT_EQ(fhir.code, 4) << fhir.err;
  EXPECT_THAT(fhir.out, AllOf(StartsWith("bundle.json: fhir, 1 people, 1 rejected\npassed over: 1 Task\nbirth dates of a year or month only, left out: 1\n"), HasSubstr("column 'deceased': the patient has died\n            row 2 (line 2)\n")));
  EXPECT_EQ(check("{\"name\":\"Ana\"}\n", {"--format", "jsonl"}, "odd.name").code, 0);
  const Outcome failed = check("{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"text\":\"Ana\"}]}\n{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\"}]}\n", {}, "export.ndjson");
  EXPECT_EQ(failed.code, 0) << failed.err;
  EXPECT_THAT(failed.err, HasSubstr("export.ndjson: warning: has 1 OperationOutcome of severity error or fatal: what it was exported from may hold more patients\n"));
}

TEST_F(RecipientsCommand, WhatCannotBeRead) {
  const Outcome missing = run({"recipients", "--check", "none.csv"});
  EXPECT_EQ(missing.code, 1);
  EXPECT_EQ(missing.err, "none.csv: error: no such file\n");
  EXPECT_EQ(missing.out, "");
  const Outcome cut = check("name,city\nAna,T\n\"SECRET");
  EXPECT_EQ(cut.code, 1);
  EXPECT_THAT(cut.err, AllOf(HasSubstr("list.csv:3:1: error: row 2: a quote is opened and never closed"), Not(HasSubstr("SECRET"))));
}

TEST_F(RecipientsCommand, Usage) {
  EXPECT_EQ(run({"recipients"}).code, 2);
  EXPECT_EQ(run({"recipients", "--sample", "1", "--check", "x"}).code, 2);
  for (const char* count : {"-1", "x", "1.5", "99999999999999999999"}) EXPECT_EQ(run({"recipients", "--sample", count}).code, 2) << count;
  EXPECT_EQ(run({"recipients", "--sample", "1", "--seed", "-1"}).code, 2);
  EXPECT_EQ(run({"recipients", "--seed", "1"}).code, 2);
  const Outcome help = run({"recipients", "--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_THAT(help.out, AllOf(HasSubstr("--sample"), HasSubstr("--check"), HasSubstr("Exit code: 0 every row can be used, 4 some rows cannot")));
  const Outcome full = run({"recipients", "--sample", "100000", "-o", "people.csv"}, {folder_, {}, 100000});
  EXPECT_EQ(full.code, 3);
  EXPECT_THAT(files(), testing::Not(testing::Contains(HasSubstr("people"))));
  const Outcome no_room = run({"recipients", "--sample", "100000"}, {folder_, "/dev/full", {}});
  EXPECT_EQ(no_room.code, 3);
  EXPECT_THAT(no_room.err, HasSubstr("standard output cannot be written"));
}

}  // namespace
}  // namespace handout::test
