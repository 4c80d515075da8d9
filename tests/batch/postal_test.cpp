// What a mailing makes of addresses: those to which nothing can be delivered, those that have ended, and which rows it tells.
#include "batch/batch_testing.h"
#include "batch/reprint.h"
#include "recipients/reader.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Postal : public Batch {
 protected:
  void write_letter(const std::string& layout, const std::string& more = "") const {
    write("small.xml", "<mailing id=\"small\"><article ref=\"texts/knee\"/><layout name=\"" + layout + "\"/><clinic ref=\"content/clinics/example.xml\"/><locale choose=\"fixed\" fixed=\"en\"/>" + more + "</mailing>");
  }
  // The rows told of what has these words.
  static std::vector<std::uint64_t> rows(const Outcome& outcome, std::string_view words) {
    for (const auto& [what, warned] : outcome.warnings) {
      if (what.find(words) != std::string::npos) return warned.rows;
    }
    return {};
  }
};

constexpr const char* kList =
    "key,name,address,city,state,zip,country\n"
    "1,Ann,1 Elm St,Dover,DE,19901,US\n"
    "2,SECRET,1 Elm St,SECRET,MA,2101,US\n"
    "3,SECRET,1 Elm St,,DE,19901,US\n"
    "4,SECRET,1 Elm St,SECRET,,19901,\n"
    "5,SECRET,1 Elm St,,,,US\n"
    "6,SECRET,Am Markt 1,Berlin,,D-1011,DE\n"
    "7,SECRET,,Dover,DE,19901,US\n"
    "8,Eve,\"1 rue de la Paix\n75002 Paris\",,,,FR\n";

TEST_F(Postal, WhatCannotBeDeliveredIsRefusedWhereTheAddressShowsInAWindow) {
  write("people.csv", kList);
  write_letter("mailing-letter");
  EXPECT_EQ(run_whole(order("job")).tally.pieces, 2u);
  const std::string told = read("job/rejects.csv");
  EXPECT_THAT(told, AllOf(HasSubstr("\r\n2,zip,the recipient's postal address: the postcode is not of the form of US: #####|#####-####"), HasSubstr("\r\n3,city,\"the recipient's postal address: city is missing, which addresses of US have"), HasSubstr("\r\n4,state,"), HasSubstr("\r\n5,city,"), HasSubstr("\r\n6,zip,"), HasSubstr("\r\n7,address,"),
                          Not(HasSubstr("SECRET")), Not(HasSubstr("2101"))));
  write_letter("mailing-letter", "<limits addresses=\"print\"/>");
  const Outcome printed = run_whole(order("printed"));
  EXPECT_EQ(printed.tally.pieces, 8u);
  EXPECT_THAT(rows(printed, "form of US"), ElementsAre(2));
  EXPECT_THAT(rows(printed, "city is missing"), ElementsAre(3, 5));
  EXPECT_THAT(rows(printed, "state is missing"), ElementsAre(4, 5));
  // In place of what the mailing says, and of the layout.
  Order refusing = order("refusing");
  refusing.overrides = {{"--addresses", "refuse"}};
  EXPECT_EQ(run_whole(refusing).tally.rejected, 6u);
  write_letter("standard");
  EXPECT_EQ(run_whole(order("no_window")).tally.rejected, 0u);
  write_letter("standard", "<limits addresses=\"refuse\"/>");
  EXPECT_EQ(run_whole(order("asked")).tally.rejected, 6u);
}

// Of many rows the first are named, each once, whatever was tried for it.
TEST_F(Postal, RowsOfWarningsAreTold) {
  std::string list = "key,name,address,city,state,zip,country\n";
  for (int i = 1; i <= 9; ++i) list += std::to_string(i) + ",Ann" + std::string(static_cast<std::size_t>(i), 'n') + ",1 Elm St,Dover,DE," + (i % 3 == 0 ? "19901" : "9901") + ",US\n";
  write("people.csv", list);
  write_letter("standard");
  const Outcome outcome = run_whole(order("job"));
  EXPECT_THAT(rows(outcome, "form of US"), ElementsAre(1, 2, 4, 5, 7));
  EXPECT_EQ(outcome.warnings.at("the recipient's postal address: the postcode is not of the form of US: #####|#####-####").pieces, 6u);
}

// Whichever run made the pieces; those of files that are not whole are made again, and count once.
TEST_F(Postal, WarningsOutliveARunThatIsStopped) {
  std::string list = "key,name,address,city,state,zip,country\n";
  for (int i = 1; i <= 400; ++i) list += std::to_string(i) + ",Ann" + std::to_string(i) + ",1 Elm St,Dover,DE," + (i % 4 == 0 ? "9901" : "19901") + ",US\n";
  write("people.csv", list);
  write_letter("standard", "<output pieces-per-file=\"100\"/>");
  const std::string what = "the recipient's postal address: the postcode is not of the form of US: #####|#####-####";
  EXPECT_EQ(run_whole(order("whole")).warnings.at(what).pieces, 100u);
  const auto stopped = run(order("job"), 150);
  ASSERT_TRUE(stopped) << said();
  ASSERT_EQ(stopped->ended, Ended::Stopped);
  EXPECT_EQ(stopped->warnings.at(what).pieces, stopped->tally.pieces / 4);
  const Outcome rest = run_whole(order("job"));
  EXPECT_EQ(rest.warnings.at(what).pieces, 100u);
  EXPECT_FALSE(rest.warnings.at(what).rows.empty());
  const Outcome again = run_whole(order("job"));
  EXPECT_EQ(again.warnings.at(what).pieces, 100u);
  EXPECT_THAT(again.warnings.at(what).rows, testing::IsEmpty());
}

// What is told of a piece that gets no file is told of nobody.
TEST_F(Postal, WarningsOfRefusedPiecesAreTakenBack) {
  write("people.csv", "key,name,address,city,state,zip,country\na,Ann,1 Elm St,Dover,DE,9901,US\nA,Bob,1 Elm St,Dover,DE,9901,US\n");
  write_letter("standard", "<output as=\"files\" file-name=\"{key}.pdf\" keys-in-file-names=\"yes\"/>");
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.rejected, 1u);
  EXPECT_THAT(rows(outcome, "form of US"), ElementsAre(1));
  EXPECT_EQ(outcome.warnings.begin()->second.pieces, 1u);
}

// ---- FHIR ----

std::string patient(int number, const std::string& more) { return "{\"resourceType\":\"Patient\",\"id\":\"p" + std::to_string(number) + "\",\"name\":[{\"family\":\"Ruiz\"}]," + more + "}"; }
std::string address(const std::string& street, const std::string& period) { return "{\"line\":[\"" + street + "\"],\"city\":\"Dover\",\"state\":\"DE\",\"postalCode\":\"19901\",\"country\":\"US\",\"period\":{" + period + "}}"; }

// What has ended is asked of the job's day, whenever the job goes on and its pieces are printed again.
TEST_F(Postal, AddressesAreThoseOfTheJobsDay) {
  std::string list;
  for (int i = 1; i <= 60; ++i) list += patient(i, "\"address\":[" + address("1 Old St", "\"end\":\"2026-11-30\"") + "," + address("2 New St", "\"start\":\"2026-12\"") + "]") + "\n";
  list += patient(61, "\"address\":[" + address("3 SECRET St", "\"end\":\"2010\"") + "]") + "\n";
  write("people.ndjson", list);
  write_letter("mailing-letter", "<output as=\"stream\" purpose=\"screen\" pieces-per-file=\"10\"/>");
  Order whole = order("whole");
  whole.recipients = folder_ / "people.ndjson";
  whole.day = ledger::day_from_text("2026-11-30");
  EXPECT_EQ(run_whole(whole).tally.rejected, 1u);
  EXPECT_EQ(read("whole/rejects.csv"), "row,column,reason\r\n61,address,\"no address is in use on the day of the mailing: the periods of all have ended, not begun, or can't be read\"\r\n");
  Order first = whole;
  first.folder = folder_ / "job";
  first.day = std::nullopt;
  first.today = ledger::day_from_text("2026-11-30");
  ASSERT_EQ(run(first, 20)->ended, Ended::Stopped);
  first.today = ledger::day_from_text("2026-12-02");
  run_whole(first);
  EXPECT_TRUE(outputs("job") == outputs("whole"));
  ReprintOrder again;
  again.folder = folder_ / "job";
  again.pieces = {7};
  again.reason = "torn";
  again.day = ledger::day_from_text("2027-01-01");
  EXPECT_TRUE(reprint(again, shipped(), diags_)) << said();
  Order later = whole;
  later.folder = folder_ / "later";
  later.day = ledger::day_from_text("2026-12-01");
  run_whole(later);
  EXPECT_FALSE(outputs("later") == outputs("whole"));
}

// Mended, the refused entries of a Bundle are a list.
TEST_F(Postal, RefusedEntriesOfABundleCanBeReadAgain) {
  write("people.json", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" + patient(1, "\"active\":true") + "},\n{\"fullUrl\":\"urn:x\",\n\"resource\":" + patient(2, "\"birthDate\":\"1961-13-45\"") + "}]}");
  write_letter("standard");
  Order wanted = order("job");
  wanted.recipients = folder_ / "people.json";
  EXPECT_EQ(run_whole(wanted).tally.rejected, 1u);
  auto reader = recipients::Reader::open((folder_ / "job/rejected-rows.jsonl").string(), {}, diags_);
  ASSERT_TRUE(reader) << said();
  EXPECT_EQ(reader->format(), recipients::Format::Fhir);
  ASSERT_EQ(reader->next(diags_), recipients::Next::Row);
  EXPECT_EQ(reader->row().values.front(), "p2");
}

// A pipe is empty when it is read a second time.
TEST_F(Postal, AListThatCanBeReadOnceOnly) {
  for (const char* const once : {"-", "/dev/null", "/dev/tty"}) {
    Order wanted = order("job");
    wanted.recipients = once;
    EXPECT_FALSE(run(wanted));
    EXPECT_THAT(said(), HasSubstr(std::string(once) + ": error: can be read only once, and a job reads its list again")) << once;
  }
  EXPECT_FALSE(fs::exists(folder_ / "job"));
}

}  // namespace
}  // namespace handout::batch
