// What a job makes of its list, and how it goes on.
#include "batch/batch.h"

#include <fmt/format.h>

#include "batch/batch_testing.h"
#include "batch/joined_report.h"
#include "batch/reprint.h"
#include "batch/snapshot.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kOwnLanguage = "<locale choose=\"recipient\" fallback=\"en\"/>\n";
constexpr const char* kEnglish = "<locale choose=\"fixed\" fixed=\"en\"/>\n";

std::vector<std::string> names(const std::map<std::string, std::string>& files) {
  std::vector<std::string> found;
  for (const auto& [name, bytes] : files) found.push_back(name);
  return found;
}

// ---- what is made ----

TEST_F(Batch, EveryRowHasOneOutcome) {
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.rows, 100u);
  EXPECT_EQ(outcome.tally.pieces + outcome.tally.rejected, 100u);
  EXPECT_GT(outcome.tally.fallbacks.size(), 5u);
  EXPECT_FALSE(outcome.tally.fallbacks.contains("ar -> en"));
  EXPECT_THAT(findings("job"), IsEmpty());
  EXPECT_TRUE(open("job").never_printed(100).empty());
  EXPECT_EQ(run_whole(order("job")).ended, Ended::DoneBefore);
}

TEST_F(Batch, AsFilesStreamAndBoth) {
  for (const auto as : {mailings::OutputAs::Files, mailings::OutputAs::Stream, mailings::OutputAs::Both}) {
    Order wanted = order(fmt::format("job{}", static_cast<int>(as)));
    wanted.as = as;
    run_whole(wanted);
    EXPECT_THAT(findings(fmt::format("job{}", static_cast<int>(as))), IsEmpty());
  }
  const auto files = outputs("job0"), stream = outputs("job1"), both = outputs("job2");
  EXPECT_GT(files.size(), 90u);
  EXPECT_EQ(both.size(), files.size() + stream.size());
  for (const auto& [name, bytes] : files) EXPECT_TRUE(both.contains(name)) << name;
  for (const auto& [name, bytes] : stream) EXPECT_TRUE(both.at(name) == bytes) << name;
}

TEST_F(Batch, ThreadsMakeNoDifference) {
  std::map<std::string, std::string> first;
  for (const std::size_t threads : {1, 2, 5}) {
    Order wanted = order(fmt::format("job{}", threads));
    wanted.threads = threads;
    run_whole(wanted);
    const auto made = outputs(fmt::format("job{}", threads));
    if (first.empty()) first = made;
    EXPECT_TRUE(made == first) << threads;
  }
}

TEST_F(Batch, PrintFilesEndWhereTheMailingSays) {
  write("people.csv", sample(50));
  write_mailing(std::string(kEnglish) + "<output as=\"stream\" pieces-per-file=\"20\"/>");
  run_whole(order("pieces"));
  EXPECT_THAT(names(outputs("pieces")), ElementsAre("small-Letter-0001.pdf", "small-Letter-0002.pdf", "small-Letter-0003.pdf"));
  write_mailing(std::string(kEnglish) + "<output as=\"stream\" pages-per-file=\"15\" stream-name=\"{mailing}_{paper}_{number}.pdf\"/>");
  run_whole(order("pages"));
  const auto job = open("pages");
  const auto files = job.files(diags_);
  ASSERT_TRUE(files) << said();
  for (const auto& each : *files) EXPECT_LE(each.file.pages, 15u);
  EXPECT_THAT(names(outputs("pages")), ElementsAre("small_Letter_0001.pdf", "small_Letter_0002.pdf", "small_Letter_0003.pdf", "small_Letter_0004.pdf"));
}

TEST_F(Batch, SplitByLanguage) {
  write("people.csv", "key,name,language\n1,Ann,en\n2,Amal,ar\n3,Bob,en\n4,Sam,ar\n");
  write_mailing(std::string(kOwnLanguage) + "<output as=\"stream\" split-by=\"locale\"/>");
  run_whole(order("job"));
  const auto job = open("job");
  const auto files = job.files(diags_);
  ASSERT_TRUE(files);
  ASSERT_THAT(*files, SizeIs(2));
  for (const auto& each : *files) {
    EXPECT_EQ(each.file.pieces, 2u);
    const auto pieces = job.pieces_of_file(each.file.name, diags_);
    EXPECT_EQ((*pieces)[0].row % 2, (*pieces)[1].row % 2);
  }
}

// Paper parts files in any case: a name without it would be that of two files.
TEST_F(Batch, PrintFilesOfTwoClassesNeedTwoNames) {
  write("people.csv", "key,name,language\n1,Ann,en\n2,Amal,ar\n");
  write("layout.xml", "<layout id=\"layout\" title=\"Small\">\n<page size=\"auto\"/>\n<body><slot select=\"*\"/></body>\n</layout>\n");
  write_mailing(std::string(kOwnLanguage) + "<output as=\"stream\" pieces-per-file=\"1\" split-by=\"locale\" stream-name=\"{number}-{locale}.pdf\"/>");
  EXPECT_FALSE(run(order("one")));
  EXPECT_THAT(said(), HasSubstr("gives print files that are split by paper, as they always are, the same name"));
  write_mailing(std::string(kOwnLanguage) + "<output as=\"stream\" pieces-per-file=\"1\" split-by=\"locale\" stream-name=\"{number}-{locale}-{paper}.pdf\"/>");
  run_whole(order("two"));
  EXPECT_THAT(names(outputs("two")), ElementsAre("0001-ar-Letter.pdf", "0001-en-Letter.pdf"));
}

TEST_F(Batch, FilterSuppressionDuplicatesAndOrder) {
  write("people.csv", "key,name,country,city\nk3,C,US,x\nk1,A,DE,x\nk2,B,US,x\nk1,A,US,x\nk5,E,US,x\nk4,D,US,x\n");
  write("nobody.txt", "k5 \nk9\n");
  write_mailing(std::string(kEnglish) +
                "<filter><condition field=\"country\" op=\"is\" value=\"US\"/></filter>\n<sort by=\"key\"/>\n<duplicates key=\"keep-first\"/>\n<suppression file=\"nobody.txt\"/>");
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.filtered, 1u);
  EXPECT_EQ(outcome.tally.suppressed, 1u);
  EXPECT_EQ(outcome.tally.duplicates, 0u) << "the one of that key that is filtered out is no earlier recipient";
  const auto job = open("job");
  const auto files = job.files(diags_);
  std::vector<std::string> keys;
  const auto pieces = job.pieces_of_file(files->front().file.name, diags_);
  for (const auto& piece : *pieces) keys.push_back(piece.key);
  EXPECT_THAT(keys, ElementsAre("k1", "k2", "k3", "k4"));
}

// A list of people who get nothing is held against what people's values mean, and what is nobody's is told.
TEST_F(Batch, SuppressionLists) {
  const auto made = [&](std::string_view values, std::string_view by) {
    static int number = 0;
    write("nobody.txt", std::string(values));
    write_mailing(std::string(kEnglish) + fmt::format("<suppression file=\"nobody.txt\" by=\"{}\"/>", by));
    const Outcome outcome = run_whole(order(fmt::format("job{}", ++number)));
    return outcome.tally.suppressed;
  };
  write("people.csv", "key,name,country,birth-date\nP-1,A,US,1980-01-02\np 8,B,DE,\nZo\xC3\xAB,C,US,\nfour,D,US,\n");
  EXPECT_EQ(made("P-1\n p  8 \nZoe\xCC\x88\n", "key"), 3u) << "white space and normal forms say nothing";
  EXPECT_EQ(said(), "");
  EXPECT_EQ(made("p-1\nfour\nnine\n", "key"), 1u);
  EXPECT_THAT(said(), AllOf(HasSubstr("nobody.txt: warning: has values that differ in capitals only from those of row 1: it is not suppressed"), HasSubstr("nobody.txt: note: 2 of its 3 values are nobody's on the list\n")));
  EXPECT_EQ(made("nine\n", "key"), 0u);
  EXPECT_THAT(said(), HasSubstr("nobody.txt: warning: 1 of its 1 values is nobody's on the list\n  hint: it is held against 'key'"));
  EXPECT_EQ(made("USA\n", "country"), 3u);
  EXPECT_EQ(made("1980-01-02\n", "birth-date"), 1u);
  EXPECT_EQ(made("", "key"), 0u) << "nobody is on it";
  write("nobody.txt", "country\nUS\nAtlantis\n");
  write_mailing(std::string(kEnglish) + "<suppression file=\"nobody.txt\" by=\"country\"/>");
  EXPECT_FALSE(run(order("bad")));
  EXPECT_THAT(said(), AllOf(HasSubstr("nobody.txt:3:1: error: is no country: expected its code of ISO 3166"), Not(HasSubstr("Atlantis"))));
  EXPECT_FALSE(fs::exists(folder_ / "bad"));
  // FHIR's keys have a system.
  std::string list;
  for (const char* key : {"K1", "K2", "K3"}) list += fmt::format(R"({{"resourceType":"Patient","identifier":[{{"system":"urn:x","value":"{}"}}],"name":[{{"family":"F"}}]}})", key) + '\n';
  write("people.ndjson", list);
  write("nobody.txt", "K1\nurn:x|K2\nurn:y|K3\n");
  write_mailing(std::string(kEnglish) + "<suppression file=\"nobody.txt\"/>");
  Order fhir = order("fhir");
  fhir.recipients = folder_ / "people.ndjson";
  EXPECT_EQ(run_whole(fhir).tally.suppressed, 2u);
}

// Else the one who asked for nothing gets a letter, and another one none.
TEST_F(Batch, ASuppressionListHasOneColumnOfThem) {
  write("people.csv", "key,name\n1,Ann\n2,Bob\n3,Cy\n");
  write_mailing(std::string(kEnglish) + "<suppression file=\"nobody.csv\" by=\"key\"/>");
  write("nobody.csv", "ID,MRN,Reason\n1,3,SECRET\n");
  EXPECT_FALSE(run(order("two")));
  EXPECT_THAT(said(), AllOf(HasSubstr("nobody.csv: error: columns 'ID' and 'MRN' both are key\n  hint: name the one that is meant 'key', or give that column alone\n"), Not(HasSubstr("SECRET"))));
  EXPECT_FALSE(fs::exists(folder_ / "two"));
  write("nobody.csv", "ID,key,MRN\n1,3,2\n");
  EXPECT_EQ(run_whole(order("exact")).tally.suppressed, 1u);
  EXPECT_THAT(outputs("exact"), testing::SizeIs(testing::Gt(0u)));
  EXPECT_TRUE(open("exact").find_key("3", diags_)->empty());
}

// What of a FHIR list is nobody's piece is told when the job ends.
TEST_F(Batch, WhatIsPassedOverIsTold) {
  write("people.ndjson", R"({"resourceType":"Patient","id":"1","name":[{"family":"F"}],"birthDate":"1961"}
{"resourceType":"Person","id":"x"}
{"resourceType":"OperationOutcome","issue":[{"severity":"error","diagnostics":"SECRET"}]}
{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"SECRET"}}]}
)");
  for (const char* const sorting : {"", "<sort by=\"key\"/>"}) {
    write_mailing(std::string(kEnglish) + sorting);
    Order fhir = order(*sorting == 0 ? "fhir" : "sorted");
    fhir.recipients = folder_ / "people.ndjson";
    const Outcome outcome = run_whole(fhir);
    EXPECT_EQ(outcome.tally.pieces, 1u);
    EXPECT_EQ(outcome.tally.rejected, 1u);
    EXPECT_THAT(said(), AllOf(HasSubstr("people.ndjson: warning: has 1 OperationOutcome of severity error or fatal: what it was exported from may hold more patients\n"), HasSubstr("people.ndjson: note: passed over, since they are no patients of the list: 1 OperationOutcome, 1 Person\n"),
                              HasSubstr("people.ndjson: warning: has 1 birth date of a year or a month only, which is left out\n"), Not(HasSubstr("SECRET"))));
    EXPECT_THAT(read(fhir.folder.filename().string() + "/rejects.csv"), AllOf(HasSubstr("\r\n2,,\"is a Bundle inside the list"), Not(HasSubstr("SECRET"))));
  }
}

// Values are held against each other by what they mean, as in conditions.
TEST_F(Batch, SuppressionGoesByWhatValuesMean) {
  const auto suppressed = [&](std::string_view values, std::string_view by) {
    static int number = 0;
    write("nobody.txt", std::string(values));
    write_mailing(std::string(kEnglish) + "<recipients><ignore column=\"x\"/></recipients><field name=\"memo\" type=\"number\"/><field name=\"side\" default=\"left\"/><field name=\"ward\" value=\"7\"/>" + fmt::format("<suppression file=\"nobody.txt\" by=\"{}\"/>", by));
    const Outcome outcome = run_whole(order(fmt::format("means{}", ++number)));
    return outcome.tally.suppressed;
  };
  write("people.csv", "key,name,language,address,city,large-print,memo,side\n1,A,es-MX,\"1 Elm St\nDover, DE 19901\",,yes,1.50,\n2,B,es,2 Elm,Bonn,no,10,left\n3,C,en,,,y,100,right\nWARD3|17,D,est,,,,,right\n17,E,en,,,,,right\n");
  EXPECT_EQ(suppressed("1.5\n010\n", "memo"), 2u);
  EXPECT_EQ(suppressed("Y\n", "large-print"), 2u);
  EXPECT_EQ(suppressed("left\n", "side"), 2u) << "a default is a value";
  EXPECT_EQ(suppressed("7\n", "ward"), 5u) << "and so is a constant";
  EXPECT_EQ(suppressed("\"1 Elm St, Dover, DE 19901\"\n\"2 Elm\nBonn\"\n", "address"), 2u);
  EXPECT_EQ(suppressed("Spanish\n", "language"), 2u) << "es-MX is Spanish";
  EXPECT_EQ(suppressed("es-mx\n", "language"), 1u);
  EXPECT_EQ(suppressed("17\n", "key"), 1u) << "keys with a bar have a system in FHIR only";
  EXPECT_EQ(suppressed("WARD3|1\xE2\x80\x8B" "7\xE2\x80\x83\n", "key"), 1u) << "what shows nothing says nothing";
  write("nobody.txt", "memo\n1.5\ntwo\n");
  write_mailing(std::string(kEnglish) + "<field name=\"memo\" type=\"number\"/><field name=\"side\"/><suppression file=\"nobody.txt\" by=\"memo\"/>");
  EXPECT_FALSE(run(order("no-number")));
  EXPECT_THAT(said(), HasSubstr("nobody.txt:3:1: error: is no number: expected one such as 4.5"));
}

// What can't be read says neither yes nor no to a filter: the row is refused, unless another condition leaves it out.
TEST_F(Batch, FiltersReadValuesAsTheirTypes) {
  write("people.csv", "key,name,country,visit,tablets,side\n1,A,US,2027-01-12,10,left\n2,B,US,01/12/2027,9,\n3,C,US,2027-01-13,nine,right\n4,D,DE,2027-01-13,nine,right\n5,E,US,2027-01-13,8,up\n6,F,US,,,\n");
  const auto ran = [&](std::string_view conditions) {
    static int number = 0;
    write_mailing(std::string(kEnglish) + "<field name=\"visit\" type=\"date\"/><field name=\"tablets\" type=\"number\"/><field name=\"side\" type=\"choice\" choices=\"left|right\"/>" + fmt::format("<filter>{}</filter>", conditions));
    const std::string out = fmt::format("filter{}", ++number);
    const Outcome outcome = run_whole(order(out));
    return fmt::format("{} pieces, {} filtered: {}", outcome.tally.pieces, outcome.tally.filtered, outcome.tally.rejected == 0 ? "" : read(out + "/rejects.csv"));
  };
  EXPECT_THAT(ran(R"(<condition field="visit" op="more" value="2026-12-01"/><condition field="country" value="US"/>)"), AllOf(HasSubstr("1 pieces, 2 filtered"), HasSubstr("2,visit,is no day of the calendar"), HasSubstr("3,tablets,is no number"), HasSubstr("5,side,\"is none of")));
  EXPECT_THAT(ran(R"(<condition field="tablets" op="less" value="9.5"/><condition field="country" value="US"/>)"), AllOf(HasSubstr("0 pieces, 3 filtered"), HasSubstr("\r\n3,tablets,is no number: expected one such as 4.5")));
  EXPECT_THAT(ran(R"(<condition field="side" op="is-not" value="left"/><condition field="key" value="5"/>)"), HasSubstr("\r\n5,side,\"is none of the field's choices: expected left, right\""));
  EXPECT_EQ(ran(R"(<condition field="tablets" op="missing"/>)"), "1 pieces, 5 filtered: ");
}

// A default and a constant are a person's value for everything.
TEST_F(Batch, DefaultsAndConstantsAreValues) {
  write("people.csv", "key,name,side\n1,A,left\n2,B,\n3,C,right\n");
  const auto pieces = [&](std::string_view more) {
    static int number = 0;
    write_mailing(std::string(kEnglish) + std::string(more));
    return run_whole(order(fmt::format("values{}", ++number))).tally.pieces;
  };
  EXPECT_EQ(pieces(R"(<field name="side" type="choice" choices="left|right" default="left"/><filter><condition field="side" value="left"/></filter>)"), 2u);
  EXPECT_EQ(pieces(R"(<field name="side" default="left"/><filter><condition field="side" op="missing"/></filter>)"), 0u);
  EXPECT_EQ(pieces(R"(<recipients><ignore column="side"/></recipients><field name="memo" value="const"/><filter><condition field="memo" value="const"/></filter>)"), 3u);
}

TEST_F(Batch, TheDayOfAFieldMayBeADefault) {
  write("texts/knee/en.xml", "<article id=\"knee\" xml:lang=\"en\" version=\"1\" status=\"draft\">\n<title id=\"t\">Knee</title>\n<p id=\"p\">On <field name=\"date\"/>.</p>\n</article>\n");
  write("people.csv", "key,name,visit\n1,A,\n");
  const auto digest = [&](std::string_view date, std::string_view field) {
    static int number = 0;
    write("small.xml", fmt::format("<mailing id=\"small\"><article ref=\"texts/knee\"/><layout name=\"layout.xml\"/>{}{}{}</mailing>", date, kEnglish, field));
    const std::string out = fmt::format("day{}", ++number);
    run_whole(order(out));
    const auto piece = open(out).find_number(1, diags_);
    return piece && *piece ? (*piece)->digest : ledger::Digest{};
  };
  const auto fixed = digest(R"(<date value="2027-05-05"/>)", R"(<recipients><ignore column="visit"/></recipients>)");
  EXPECT_EQ(digest(R"(<date from="visit"/>)", R"(<field name="visit" type="date" default="2027-05-05"/>)"), fixed);
  EXPECT_EQ(digest(R"(<date from="visit"/>)", R"(<field name="visit" type="date" value="2027-05-05"/>)"), fixed);
  EXPECT_NE(digest(R"(<date from="visit"/>)", R"(<field name="visit" type="date" default="2027-06-06"/>)"), fixed);
}

TEST_F(Batch, FilesAreNamedByFieldsThatOnlyTheMailingHas) {
  write("people.csv", "key,name,side\n1,A,left\n2,B,\n");
  write_mailing(std::string(kEnglish) + R"(<field name="side" default="none"/><field name="ward" value="7"/><output as="files" file-name="{number}-{side}-{ward}.pdf" names-in-file-names="yes"/>)");
  EXPECT_EQ(run_whole(order("job")).tally.pieces, 2u) << said();
  EXPECT_THAT(names(outputs("job")), testing::IsSupersetOf({"pieces/1-left-7.pdf", "pieces/2-none-7.pdf"}));
}

// However the run went: what is printed of an address may come from a template or not.
TEST_F(Batch, FilesAreNamedByTheAddressOfTheList) {
  write("people.csv", "key,name,address,city,state,zip,country\n1,A,1 Elm St,Dover,DE,19901,US\n2,B,2 Elm St,Dover,DE,19901,US\n3,C,\"3 Rue A\n75002 Paris\",,,,FR\n4,D,4 Elm St,Dover,DE,19901,US\n");
  write_mailing(std::string("<clinic ref=\"content/clinics/example.xml\"/>") + kEnglish + R"(<output as="files" file-name="{number}-{address}.pdf" names-in-file-names="yes"/>)");
  EXPECT_EQ(run_whole(order("job")).tally.pieces, 4u) << said();
  const auto files = outputs("job");
  const auto count = [](std::string_view name, std::string_view word) {
    std::size_t found = 0;
    for (std::size_t at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) ++found;
    return found;
  };
  for (const std::string& name : names(files)) {
    if (name.starts_with("pieces/")) EXPECT_EQ(count(name, "Elm") + count(name, "Rue"), 1u) << name;
  }
  Order stopped = order("stopped");
  stopped.threads = 1;
  ASSERT_TRUE(run(stopped, 2)) << said();
  run_whole(stopped);
  EXPECT_EQ(names(outputs("stopped")), names(files));
}

TEST_F(Batch, AnAddressIsPresentOrNot) {
  write("people.csv", "key,name,address,city\n1,A,,\n2,B,\"1 Elm\nDover DE 19901\",\n3,C,1 Elm,Dover\n4,D,,Dover\n");
  for (const auto& [op, pieces] : {std::pair<const char*, std::uint64_t>{"present", 3}, {"missing", 1}}) {
    write_mailing(std::string(kEnglish) + fmt::format("<filter><condition field=\"address\" op=\"{}\"/></filter>", op));
    EXPECT_EQ(run_whole(order(op)).tally.pieces, pieces) << op;
  }
}

// A field is one of the mailing's when any of its articles declares it.
TEST_F(Batch, EachArticleHasItsFields) {
  write("texts/visit/en.xml", "<article id=\"visit\" xml:lang=\"en\" version=\"1\" status=\"draft\">\n<field-def name=\"doctor\" type=\"text\"/><title id=\"t\">Visit</title>\n<p id=\"p\">See <field name=\"doctor\"/>.</p>\n</article>\n");
  write("texts/dose/en.xml", "<article id=\"dose\" xml:lang=\"en\" version=\"1\" status=\"draft\">\n<field-def name=\"tablets\" type=\"number\" required=\"yes\"/><title id=\"t\">Dose</title>\n<p id=\"p\">Take <field name=\"tablets\"/>.</p>\n</article>\n");
  write("small.xml", "<mailing id=\"small\"><article ref=\"texts/visit\"/><article ref=\"texts/dose\"/><layout name=\"layout.xml\"/>" + std::string(kEnglish) + "<field name=\"tablets\" type=\"number\"/><field name=\"doctor\"/></mailing>");
  write("people.csv", "key,name,tablets,doctor\n1,A,2,Dr Q\n2,B,,Dr Q\n3,C,3,\n");
  EXPECT_EQ(run_whole(order("job")).tally.pieces, 2u) << said();
  EXPECT_THAT(read("job/rejects.csv"), HasSubstr("\r\n2,tablets,field 'tablets' is required"));
}

TEST_F(Batch, NumbersAndDatesAreSortedAsSuch) {
  write("people.csv", "key,name,tablets\na,A,10\nb,B,100\nc,C,9\nd,D,-9\ne,E,-10.5\nf,F,\ng,G,9.50\nh,H,two\n");
  const auto keys = [&](std::string_view direction) {
    write_mailing(std::string(kEnglish) + fmt::format("<field name=\"tablets\" type=\"number\"/><sort by=\"tablets\" order=\"{}\"/>", direction));
    const std::string out(direction);
    EXPECT_EQ(run_whole(order(out)).tally.rejected, 1u);
    EXPECT_THAT(read(out + "/rejects.csv"), HasSubstr("\r\n8,tablets,is no number"));
    const auto job = open(out);
    std::string found;
    const auto files = job.files(diags_);
    const auto pieces = job.pieces_of_file(files->front().file.name, diags_);
    for (const auto& piece : *pieces) found += piece.key;
    return found;
  };
  EXPECT_EQ(keys("ascending"), "fedcgab");
  EXPECT_EQ(keys("descending"), "bagcdef");
}

TEST_F(Batch, DuplicatesAreRefusedOrPassedOver) {
  write("people.csv", "key,name\nZo\xC3\xAB 1,A\nZoe\xCC\x88 \xE2\x80\x83" "1\xE2\x80\x8B,B\nzo\xC3\xAB 1,C\n");
  write_mailing(std::string(kEnglish) + "<duplicates key=\"reject\"/>");
  EXPECT_EQ(run_whole(order("forms")).tally.rejected, 1u) << "normal forms and white space make no other key, capitals do";
  write("people.csv", "key,name\nk1,A\nk2,B\nk1,C\n");
  write_mailing(std::string(kEnglish) + "<duplicates key=\"reject\"/>");
  EXPECT_EQ(run_whole(order("reject")).tally.rejected, 1u);
  EXPECT_EQ(read("reject/rejects.csv"), "row,column,reason\r\n3,key,\"is the key of an earlier row, which was printed or refused; expected another one for each recipient\"\r\n");
  EXPECT_EQ(read("reject/rejected-rows.csv"), "key,name\r\nk1,C\r\n");
  write_mailing(std::string(kEnglish) + "<duplicates key=\"keep-first\"/>");
  EXPECT_EQ(run_whole(order("first")).tally.duplicates, 1u);
  write_mailing(std::string(kEnglish) + "<duplicates key=\"keep-all\"/>");
  EXPECT_EQ(run_whole(order("all")).tally.pieces, 3u);
}

// Wherever its fault is found: in the list (K2), in a value (K3), in the making (K1); and the other way round (K4). Who mends rejected-rows.csv prints for nobody who has a piece.
TEST_F(Batch, ARefusedRowKeepsItsKey) {
  write("people.csv", "key,name,birth-date,dose,address,city,state,zip,country\n"
                      "K1,A,,1,1 Elm St,Dover,DE,199,US\nK1,A,,1,1 Elm St,Dover,DE,19901,US\n"
                      "K2,B,1.2.1960,1,1 Elm St,Dover,DE,19901,US\nK2,B,,1,1 Elm St,Dover,DE,19901,US\n"
                      "K3,C,,one,1 Elm St,Dover,DE,19901,US\nK3,C,,1,1 Elm St,Dover,DE,19901,US\n"
                      "K4,D,,1,1 Elm St,Dover,DE,19901,US\nK4,D,1.2.1960,1,1 Elm St,Dover,DE,19901,US\n");
  const std::string more = "<clinic ref=\"content/clinics/example.xml\"/>" + std::string(kEnglish) + "<field name=\"dose\" type=\"number\"/>";
  const auto rows = [&](const std::string& out) {
    std::string told;
    const auto job = open(out);
    const auto rejects = job.rejects(diags_);
    for (const auto& reject : *rejects) told += fmt::format("{} {} ", reject.row, reject.column);
    return told;
  };
  write_mailing(more + "<duplicates key=\"keep-first\"/><limits addresses=\"refuse\"/>");
  const Outcome first = run_whole(order("first"));
  EXPECT_EQ(first.tally.pieces, 1u);
  EXPECT_EQ(first.tally.duplicates, 4u);
  EXPECT_EQ(rows("first"), "1 zip 3 birth-date 5 dose ");
  write_mailing(more + "<duplicates key=\"reject\"/><limits addresses=\"refuse\"/>");
  EXPECT_EQ(run_whole(order("reject")).tally.pieces, 1u);
  EXPECT_EQ(rows("reject"), "1 zip 2 key 3 birth-date 4 key 5 dose 6 key 8 key ");
  // Both rows of a key are of one shard.
  std::uint64_t pieces = 0, duplicates = 0;
  for (std::uint32_t shard = 1; shard <= 3; ++shard) {
    write_mailing(more + "<duplicates key=\"keep-first\"/><limits addresses=\"refuse\"/>");
    Order part = order("parts");
    part.shard = {shard, 3};
    part.folder /= fmt::format("shard-{}-of-3", shard);
    const Outcome made = run_whole(part);
    pieces += made.tally.pieces;
    duplicates += made.tally.duplicates;
  }
  EXPECT_EQ(pieces, 1u);
  EXPECT_EQ(duplicates, 4u);
}

// The rows that are sent again have the form of the list.
TEST_F(Batch, RejectedRowsKeepTheirSeparator) {
  write("people.csv", "key;name;birth-date;note,s\n1;Ann;1960-01-02;x\n2;Bob;2.1.1960;x\n");
  write_mailing(std::string(kEnglish) + "<recipients><ignore column=\"note,s\"/></recipients>");
  run_whole(order("job"));
  EXPECT_EQ(read("job/rejected-rows.csv"), "key;name;birth-date;note,s\r\n2;Bob;2.1.1960;x\r\n");
}

// Objects of JSON Lines mean the same wherever they stand: sorted, as they come, and when they are printed again.
TEST_F(Batch, ObjectsOfJsonMeanTheSameInAnyOrder) {
  write("people.jsonl", R"({"name":"Bo","family":"Wu"}
{"key":"k1","name":"Ann Lee","family":"Lee","given":"Ann"}
{"name":"Cy","family":"Xu"}
{"key":null,"name":"Di","family":"Yu"}
)");
  const auto pieces = [&](const std::string& out) {
    std::map<std::uint64_t, ledger::Digest> digests;
    EXPECT_TRUE(open(out).each_piece([&](const ledger::PieceEntry& piece) {
      digests[piece.row] = piece.digest;
      return true;
    }, diags_));
    return digests;
  };
  for (const char* const sorting : {"", "<sort by=\"name.display\" order=\"descending\"/>"}) {
    write_mailing(std::string(kEnglish) + sorting);
    Order wanted = order(*sorting == 0 ? "job" : "sorted");
    wanted.recipients = folder_ / "people.jsonl";
    const Outcome outcome = run_whole(wanted);
    EXPECT_EQ(outcome.tally.pieces, 3u);
    EXPECT_EQ(outcome.tally.rejected, 1u);
    EXPECT_THAT(said(), HasSubstr("warning: has 2 rows without a key"));
    ReprintOrder again;
    again.folder = wanted.folder;
    again.pieces = {1, 2, 3};
    again.reason = "x";
    EXPECT_TRUE(reprint(again, shipped(), diags_)) << said();
  }
  EXPECT_EQ(pieces("job"), pieces("sorted"));
}

TEST_F(Batch, TooManyRejectsLeaveTheirList) {
  std::string list = "key,name,birth-date\n";
  for (int i = 0; i < 60; ++i) list += fmt::format("{},Ann,{}\n", i, i % 2 == 0 ? "1960-01-02" : "sixty");
  write("people.csv", list);
  write_mailing(std::string(kEnglish) + "<limits rejects=\"10\"/>");
  for (int i = 0; i < 2; ++i) {
    const auto outcome = run(order("job"));
    ASSERT_TRUE(outcome) << said();
    EXPECT_EQ(outcome->ended, Ended::TooManyRejects);
    EXPECT_THAT(read("job/rejects.csv"), HasSubstr("\r\n22,birth-date,"));
    EXPECT_THAT(findings("job"), IsEmpty());
  }
}

// A share is of the whole list, wherever the faults stand in it: a bad part at its beginning stops no job, and of a bad list no file is written that nobody may send.
TEST_F(Batch, AShareOfRejectsIsOfTheWholeList) {
  const auto list = [](int rows, int faults) {
    std::string text = "key,name,birth-date\n";
    for (int i = 0; i < rows; ++i) text += fmt::format("{},Ann,{}\n", i, i < faults ? "sixty" : "1960-01-02");
    return text;
  };
  write_mailing(std::string(kEnglish) + "<output as=\"stream\" pieces-per-file=\"5\"/>\n<limits rejects=\"5%\"/>");
  write("people.csv", list(3000, 140));
  EXPECT_EQ(run_whole(order("good")).tally.pieces, 2860u);
  write("people.csv", list(3000, 200));
  for (const char* sorted : {"", "<sort by=\"key\"/>"}) {
    write_mailing(std::string(kEnglish) + sorted + "<output as=\"stream\" pieces-per-file=\"5\"/>\n<limits rejects=\"5%\"/>");
    const std::string out = fmt::format("bad{}", *sorted == 0 ? "" : "-sorted");
    const auto outcome = run(order(out));
    ASSERT_TRUE(outcome) << said();
    EXPECT_EQ(outcome->ended, Ended::TooManyRejects);
    EXPECT_FALSE(fs::exists(folder_ / out / "small-Letter-0001.pdf"));
    // It goes on where more are allowed.
    Order more = order(out);
    more.overrides = {{"--rejects", "10%"}};
    EXPECT_EQ(run_whole(more).tally.pieces, 2800u);
  }
  // Rows that are refused may be longer than others, and stand together: the list's rows are counted then, not taken from its bytes.
  std::string uneven = "key,name,birth-date,note\n";
  for (int i = 0; i < 3000; ++i) uneven += fmt::format("{},Ann,{},{}\n", i, i < 140 ? "sixty" : "1960-01-02", i < 140 ? std::string(300, 'x') : "");
  write("people.csv", uneven);
  write_mailing(std::string(kEnglish) + "<recipients><ignore column=\"note\"/></recipients><output as=\"stream\" pieces-per-file=\"5\"/>\n<limits rejects=\"5%\"/>");
  EXPECT_EQ(run_whole(order("uneven")).tally.pieces, 2860u);
  // Of a shard's rows, not of all.
  write("people.csv", list(300, 100));
  Order shard = order("shards/shard-1-of-4");
  shard.shard = {1, 4};
  EXPECT_EQ(run(shard)->ended, Ended::TooManyRejects);
}

// ---- going on ----

TEST_F(Batch, StoppedAndGoneOnWith) {
  write_mailing(std::string(kOwnLanguage) + "<sort by=\"postcode key\"/>\n<output as=\"both\" pieces-per-file=\"7\" split-by=\"locale\"/>");
  run_whole(order("whole"));
  for (const std::uint64_t pieces : {1, 40, 70}) {
    const std::string out = fmt::format("job{}", pieces);
    const auto stopped = run(order(out), pieces);
    ASSERT_TRUE(stopped) << said();
    ASSERT_EQ(stopped->ended, Ended::Stopped);
    EXPECT_THAT(findings(out), IsEmpty()) << "no piece's own file is there whose print file has no end";
    Order again = order(out);
    again.goes = Goes::GoOn;
    EXPECT_EQ(run_whole(again).tally.rows, 100u);
    EXPECT_TRUE(outputs(out) == outputs("whole")) << pieces;
    EXPECT_THAT(findings(out), IsEmpty());
  }
}

// Two people of one name get no file of one name, whether the first was written by this run or by one before it.
TEST_F(Batch, FileNamesCollideAcrossRuns) {
  std::string list = "key,name.family\n";
  for (int i = 0; i < 90; ++i) list += fmt::format("{},{}\n", i, i == 80 ? "N1" : fmt::format("n{}", i));
  write("people.csv", list);
  write_mailing(std::string(kEnglish) + "<output as=\"files\" file-name=\"{name.family}.pdf\" names-in-file-names=\"yes\"/>");
  EXPECT_EQ(run_whole(order("whole")).tally.rejected, 1u);
  const auto stopped = run(order("job"), 30);
  ASSERT_TRUE(stopped) << said();
  ASSERT_EQ(stopped->ended, Ended::Stopped);
  ASSERT_TRUE(fs::exists(folder_ / "job/pieces/n1.pdf"));
  EXPECT_EQ(run_whole(order("job")).tally.rejected, 1u);
  EXPECT_TRUE(outputs("job") == outputs("whole"));
  EXPECT_EQ(outputs("job").size(), 89u + 2);
}

// The share of refused rows is that of the rows that were read, not of those that this run has read.
TEST_F(Batch, RejectLimitAcrossRuns) {
  std::string list = "key,name,birth-date\n";
  for (int i = 0; i < 4000; ++i) list += fmt::format("{},Ann,{}\n", i, i > 2000 && i % 12 == 0 ? "sixty" : "1960-01-02");
  write("people.csv", list);
  write_mailing(std::string(kEnglish) + "<output as=\"stream\" pieces-per-file=\"100\"/>\n<limits rejects=\"5%\"/>");
  ASSERT_EQ(run(order("job"), 3500)->ended, Ended::Stopped);
  ASSERT_GT(open("job").rejects(diags_)->size(), 100u) << "more than 5% of the first thousand";
  EXPECT_EQ(run_whole(order("job")).tally.rejected, 167u);
}

TEST_F(Batch, ResumeNeedsAJob) {
  Order wanted = order("none");
  wanted.goes = Goes::GoOn;
  EXPECT_FALSE(run(wanted));
  EXPECT_THAT(said(), HasSubstr("none: error: holds no job to go on with"));
  EXPECT_FALSE(fs::exists(folder_ / "none"));
}

TEST_F(Batch, InputsThatChangedAreToldAndNothingIsDone) {
  ASSERT_EQ(run(order("job"), 10)->ended, Ended::Stopped);
  const auto before = outputs("job");
  const std::string list = read("people.csv"), text = read("texts/knee/en.xml"), layout = read("layout.xml");
  write("people.csv", list + "extra,,A,B,,,,,,,,,,,,\n");
  write("texts/knee/en.xml", text + " ");
  write("layout.xml", layout + " ");
  EXPECT_FALSE(run(order("job")));
  EXPECT_THAT(said(), AllOf(HasSubstr("people.csv: error: has changed since the job was begun (recipients)"), HasSubstr("en.xml: error: has changed"), HasSubstr("layout.xml: error: has changed"), Not(HasSubstr("ar.xml"))));
  EXPECT_TRUE(outputs("job") == before);
  write("people.csv", list);
  write("texts/knee/en.xml", text);
  write("layout.xml", layout);
  write("texts/knee/es.xml", "<article id=\"knee\" xml:lang=\"es\" version=\"1\" status=\"draft\"><title id=\"t\">X</title></article>");
  EXPECT_FALSE(run(order("job")));
  EXPECT_THAT(said(), HasSubstr("es.xml: error: is new since the job was begun"));
  fs::remove(folder_ / "texts/knee/es.xml");
  Order other = order("job");
  other.as = mailings::OutputAs::Both;
  EXPECT_FALSE(run(other));
  EXPECT_THAT(said(), HasSubstr("--as: error: had another value when the job was begun"));
  run_whole(order("job"));
}

// Articles that the mailing doesn't name may be written and translated meanwhile.
TEST_F(Batch, OtherArticlesAreNoInputs) {
  const Installation given = shipped();
  fs::create_directory(folder_ / "own");
  for (const char* each : {"content", "layouts", "fonts"}) fs::copy(given.layouts.parent_path() / each, folder_ / "own" / each, fs::copy_options::recursive);
  const std::string text = read("texts/knee/en.xml");
  for (const char* each : {"named", "other"}) {
    std::string own = text;
    own.replace(own.find("id=\"knee\""), 9, "id=\"" + std::string(each) + "\"");
    write("own/content/" + std::string(each) + "/en.xml", own);
  }
  Installation own = given;
  own.content = folder_ / "own/content";
  own.layouts = folder_ / "own/layouts";
  own.fonts = folder_ / "own/fonts";
  write("small.xml", "<mailing id=\"small\" title=\"Small\">\n<article ref=\"named\"/>\n<layout name=\"standard\" large-print=\"ignore\"/>\n<locale choose=\"fixed\" fixed=\"en\"/>\n</mailing>\n");
  const auto run_own = [&](std::uint64_t stop_after) {
    std::atomic<bool> stop = false;
    StopAfter watcher(stop_after, stop);
    diags_ = Diagnostics();
    return batch::run(order("job"), own, watcher, stop, diags_);
  };
  ASSERT_TRUE(run_own(10)) << said();
  EXPECT_TRUE(fs::exists(folder_ / "job/job/data/content/named/en.xml"));
  EXPECT_TRUE(fs::exists(folder_ / "job/job/data/content/phrases/en.xml"));
  EXPECT_FALSE(fs::exists(folder_ / "job/job/data/content/other"));
  EXPECT_FALSE(fs::exists(folder_ / "job/job/data/content/knee-stem-cell-treatment"));
  write("own/content/other/en.xml", read("own/content/other/en.xml") + " ");
  write("own/content/third/en.xml", text);
  const auto whole = run_own(kNever);
  ASSERT_TRUE(whole) << said();
  EXPECT_EQ(whole->ended, Ended::Done);
  write("own/content/named/en.xml", read("own/content/named/en.xml") + " ");
  EXPECT_FALSE(run_own(kNever));
  EXPECT_THAT(said(), HasSubstr("named/en.xml: error: has changed since the job was begun"));
}

// The output folder, other jobs and the list itself may lie beside the article: they are no part of it.
TEST_F(Batch, JobBesideItsArticle) {
  write("small.xml", "<mailing id=\"small\" title=\"Small\">\n<article ref=\"en.xml\"/>\n<layout name=\"layout.xml\" large-print=\"ignore\"/>\n</mailing>\n");
  write("en.xml", read("texts/knee/en.xml"));
  ASSERT_EQ(run(order("earlier"), 10)->ended, Ended::Stopped);
  ASSERT_EQ(run(order("job"), 10)->ended, Ended::Stopped);
  run_whole(order("job"));
  run_whole(order("earlier"));
  const auto job = open("job");
  for (const ledger::Input& input : job.job().inputs) {
    EXPECT_THAT(input.name, Not(HasSubstr("ledger.sqlite")));
    if (input.name.ends_with("people.csv")) EXPECT_EQ(input.personal, ledger::Personal::Yes) << input.kind;
  }
}

// A run that was killed while it copied its inputs is begun anew, without the list that it had copied.
TEST_F(Batch, BegunAnewAfterHalfACopy) {
  write("job/job/unfinished.part/x", "");
  write("job/job/inputs/other/people.csv", "key,name\n1,Ann\n");
  write("job/ledger.sqlite.part", "SQL");
  run_whole(order("job"));
  EXPECT_FALSE(fs::exists(folder_ / "job/job/inputs/other"));
  EXPECT_FALSE(fs::exists(folder_ / "job/job/unfinished.part"));
  EXPECT_THAT(findings("job"), IsEmpty());
  write("mine/job/notes.txt", "mine");
  EXPECT_FALSE(run(order("mine")));
  EXPECT_EQ(read("mine/job/notes.txt"), "mine");
}

// Somebody who removes the folder of a job that is being begun finds it gone.
TEST_F(Batch, CopiesMakeNoFolderAnew) {
  const std::vector<InputFile> files{{"", {"data", "a.xml", {}, 1, "job/data/content/a.xml", ledger::Personal::No}, "a"}};
  EXPECT_FALSE(copy_inputs(files, folder_ / "gone", diags_));
  EXPECT_THAT(said(), HasSubstr("gone/job: error: could not be made: No such file or directory"));
  EXPECT_FALSE(fs::exists(folder_ / "gone"));
  fs::create_directory(folder_ / "there");
  ASSERT_TRUE(copy_inputs(files, folder_ / "there", diags_)) << said();
  EXPECT_EQ(read("there/job/data/content/a.xml"), "a");
}

// ---- shards ----

// Keys of FHIR patients go by the day: shards of two days would print some twice.
TEST_F(Batch, ShardsOfFhirPatientsNeedADay) {
  std::string list;
  for (int i = 0; i < 20; ++i) list += fmt::format(R"({{"resourceType":"Patient","identifier":[{{"system":"urn:x","value":"K{}"}}],"name":[{{"family":"F"}}]}})", i) + '\n';
  write("people.ndjson", list);
  write_mailing(std::string(kEnglish));
  Order shard = order("shards/shard-1-of-2");
  shard.recipients = folder_ / "people.ndjson";
  shard.shard = {1, 2};
  shard.today = ledger::day_from_text("2026-11-30");
  EXPECT_FALSE(run(shard));
  EXPECT_THAT(said(), AllOf(HasSubstr("people.ndjson: error: is of FHIR patients, whose keys and addresses go by the day"), HasSubstr("hint: give every shard the same --day YYYY-MM-DD")));
  EXPECT_FALSE(fs::exists(shard.folder));
  shard.day = shard.today;
  run_whole(shard);
  // The others are to have the same.
  Order other = shard;
  other.folder = folder_ / "shards/shard-2-of-2";
  other.shard = {2, 2};
  other.day = ledger::day_from_text("2026-12-01");
  EXPECT_FALSE(run(other));
  EXPECT_THAT(said(), AllOf(HasSubstr("; the day of shard-1-of-2 is 2026-11-30, and 2026-12-01 was given\n"), HasSubstr("hint: give every shard the same --day, or begin all of them in a new folder")));
  EXPECT_FALSE(fs::exists(other.folder));
  diags_ = {};
  // It keeps its day.
  shard.day.reset();
  EXPECT_EQ(run_whole(shard).ended, Ended::DoneBefore);
  // Made on another machine, it is found when they are joined.
  other.folder = folder_ / "machine/shard-2-of-2";
  run_whole(other);
  fs::rename(other.folder, folder_ / "shards/shard-2-of-2");
  EXPECT_FALSE(join(folder_ / "shards", std::vector<fs::path>{shard.folder, folder_ / "shards/shard-2-of-2"}, {}, shipped(), diags_));
  EXPECT_THAT(said(), AllOf(HasSubstr("shards/shard-2-of-2: error: is a shard of 2026-12-01, and others are of 2026-11-30: keys and addresses of FHIR patients go by the day"), HasSubstr("hint: give every shard the same --day")));
  EXPECT_FALSE(ledger::Ledger::exists(folder_ / "shards"));
  EXPECT_FALSE(fs::exists(folder_ / "shards/report.json"));
  fs::remove_all(folder_ / "shards/shard-2-of-2");
  diags_ = {};
  other.folder = folder_ / "shards/shard-2-of-2";
  other.day = ledger::day_from_text("2026-11-30");
  run_whole(other);
  EXPECT_TRUE(join(folder_ / "shards", std::vector<fs::path>{shard.folder, other.folder}, {}, shipped(), diags_)) << said();
}

TEST_F(Batch, ShardsAreDisjointAndComplete) {
  for (const char* household : {"none", "address"}) {
    write("people.csv", sample(100) + "P0000001,,Ann,Other,,,,,,Elsewhere 1,Town,,,,DE,no\n");
    write_mailing(std::string(kOwnLanguage) + "<duplicates key=\"reject\"/>\n" + (std::string_view(household) == "none" ? "" : "<household by=\"address\"/>"));
    const std::uint64_t pieces = run_whole(order(std::string("whole-") + household)).tally.pieces;
    std::vector<fs::path> folders;
    std::uint64_t sum = 0;
    for (std::uint32_t k = 1; k <= 3; ++k) {
      Order shard = order(fmt::format("{}/shard-{}-of-3", household, k));
      shard.shard = {k, 3};
      const Outcome outcome = run_whole(shard);
      EXPECT_GT(outcome.tally.pieces, 10u);
      // In one folder of a machine they are apart.
      for (const auto& [name, bytes] : outputs(fmt::format("{}/shard-{}-of-3", household, k))) EXPECT_TRUE(!name.ends_with(".pdf") || name.starts_with(fmt::format("shard-{}-of-3-small-", k))) << name;
      sum += outcome.tally.pieces;
      folders.push_back(shard.folder);
    }
    EXPECT_EQ(sum, pieces) << household;
    {
      const auto merged = ledger::Ledger::merge(folder_ / household, folders, diags_);
      ASSERT_TRUE(merged) << said();
      EXPECT_EQ(merged->totals(diags_)->pieces, pieces);
      EXPECT_TRUE(merged->never_printed(101).empty());
    }
    Order other = order(std::string(household) + "/shard-1-of-3");
    other.shard = {2, 3};
    EXPECT_FALSE(run(other));
    EXPECT_THAT(said(), HasSubstr("the folder holds shard 1/3; 2/3 was asked for"));
    ReprintOrder alone;
    alone.folder = folders.front();
    alone.range = {1, 101};
    alone.reason = "torn";
    EXPECT_FALSE(reprint(alone, shipped(), diags_));
    EXPECT_THAT(said(), AllOf(HasSubstr("was joined into that of"), HasSubstr("print from there: handout reprint")));
  }
}

}  // namespace
}  // namespace handout::batch
