// A few pieces to look over.
#include "batch/proof.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "reported_job.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using Json = nlohmann::json;

class Proofs : public ReportedJob {
 protected:
  void SetUp() override {
    ReportedJob::SetUp();
    std::string list(kHeader);
    for (int i = 1; i <= 200; ++i) {
      const bool longest = i == 77, lines = i == 123;
      list += fmt::format("K{},{},Able,{},{} Road,{},{},Boston,MA,02118,US,{},{}\n", i, longest ? "Bartholomew Maximilian Alexander Augustus" : "Ann", i == 150 ? "es" : i == 180 ? "fi" : "en", i, lines ? "Flat 2" : "", lines ? "Back door" : "", i == 199 ? "yes" : "no", i == 20 ? "left" : i == 21 ? "right" : "");
    }
    write("people.csv", list);
    write_mailing("");
  }
  Outcome proof(const std::string& out, std::size_t most) {
    Order asked = order(out);
    asked.proof = most;
    auto outcome = make(asked);
    EXPECT_TRUE(outcome) << to_text(diags_);
    return outcome ? std::move(*outcome) : Outcome{};
  }
  static std::map<std::string, std::uint64_t> by_what(const Proof& proof) {
    std::map<std::string, std::uint64_t> rows;
    for (const auto& each : proof.chosen) {
      for (const std::string& what : each.covers) rows[what] = each.row;
    }
    return rows;
  }
};

TEST_F(Proofs, Show_every_language_profile_answer_and_the_extremes) {
  const Outcome outcome = proof("out", 20);
  ASSERT_TRUE(outcome.proof);
  const auto rows = by_what(*outcome.proof);
  for (const char* what : {"language es", "a language that fell back", "layout standard, profile large", "side is 'left': yes", "side is 'left': no", "the longest name", "the most lines of an address"}) ASSERT_TRUE(rows.contains(what)) << what << " is not in\n" << outcome.proof->to_json();
  EXPECT_EQ(rows.at("language es"), 150u);
  EXPECT_EQ(rows.at("a language that fell back"), 180u);
  EXPECT_EQ(rows.at("layout standard, profile large"), 199u);
  EXPECT_EQ(rows.at("side is 'left': yes"), 20u);
  EXPECT_EQ(rows.at("the longest name"), 77u);
  EXPECT_EQ(rows.at("the most lines of an address"), 123u);
  EXPECT_THAT(outcome.proof->not_covered, IsEmpty());
  EXPECT_LE(outcome.proof->chosen.size(), 8u);  // nobody who shows nothing new
  EXPECT_EQ(outcome.tally.pieces, outcome.proof->chosen.size());
  EXPECT_EQ(outcome.tally.filtered, 200 - outcome.tally.pieces);
  for (const auto& [name, bytes] : files("out")) {
    if (name.ends_with(".pdf") && name != "report.pdf") EXPECT_TRUE(name.starts_with("proof-")) << name;
    if (name.starts_with("proof-") && name.ends_with(".json")) EXPECT_THAT(bytes, AllOf(HasSubstr("proof: not to be sent"), HasSubstr("\"job\": \"PROOF\"")));
  }
  EXPECT_THAT(read("out/proof.json"), Not(AnyOf(HasSubstr("Able"), HasSubstr("K77"))));
}

TEST_F(Proofs, Say_what_there_was_no_room_for) {
  const Outcome outcome = proof("out", 2);
  ASSERT_TRUE(outcome.proof);
  EXPECT_THAT(outcome.proof->chosen, SizeIs(2));
  EXPECT_GE(outcome.proof->not_covered.size(), 3u);
  const Json written = Json::parse(read("out/proof.json"));
  EXPECT_EQ(written["not-covered"].size(), outcome.proof->not_covered.size());
  EXPECT_EQ(outcome.tally.pieces, 2u);
}

// Seven lines are more than the window takes.
TEST_F(Proofs, Take_the_next_best_for_rows_that_cannot_be_printed) {
  std::string list = "key,name.given,name.family,language,line1,line2,line3,line4,line5,city,state,postcode,country\n";
  for (int i = 1; i <= 100; ++i) {
    const bool too_high = i == 50 || i == 60 || i == 80 || i == 95, high = i == 70;
    list += fmt::format("K{},Ann,Able,{},{} Road,{},{},{},{},Boston,MA,02118,US\n", i, i == 80 || i == 81 ? "es" : i == 95 ? "fi" : "en", i, too_high || high ? "Flat 2" : "", too_high ? "Second floor" : "", too_high ? "Back door" : "", too_high ? "Third bell" : "");
  }
  write("people.csv", list);
  write_mailing("<limits rejects=\"50%\"/>", "letter-10-single");
  const Outcome outcome = proof("out", 20);
  ASSERT_TRUE(outcome.proof);
  const auto rows = by_what(*outcome.proof);
  ASSERT_TRUE(rows.contains("the most lines of an address") && rows.contains("language es")) << outcome.proof->to_json();
  EXPECT_EQ(rows.at("the most lines of an address"), 70u);
  EXPECT_EQ(rows.at("language es"), 81u);
  EXPECT_EQ(outcome.tally.pieces, outcome.proof->chosen.size());
  EXPECT_EQ(outcome.tally.rejected, 0u) << "nobody is chosen who cannot be printed";
  std::set<std::uint64_t> refused;
  for (const Refused& each : outcome.proof->refused) {
    EXPECT_TRUE(refused.insert(each.row).second);
    EXPECT_THAT(each.reason, HasSubstr("its content needs"));
  }
  EXPECT_EQ(refused, (std::set<std::uint64_t>{50, 60, 80, 95}));
  // Only row 95 shows it.
  EXPECT_THAT(outcome.proof->not_printable, testing::ElementsAre("a language that fell back"));
  EXPECT_THAT(outcome.proof->not_covered, IsEmpty());
  const Json written = Json::parse(read("out/proof.json"));
  EXPECT_EQ(written["refused"].size(), 4u);
  EXPECT_EQ(written["not-printable"], Json::array({"a language that fell back"}));
  // It is the same proof when it is asked for again.
  EXPECT_EQ(proof("out", 20).ended, Ended::DoneBefore);
}

// However many rows before it cannot be printed, somebody of each language is found; what only rows show that cannot be printed is told.
TEST_F(Proofs, Find_the_one_who_can_be_printed_behind_many_who_cannot) {
  std::string list = "key,name.given,name.family,language,line1,line2,line3,line4,line5,city,state,postcode,country\n";
  for (int i = 1; i <= 130; ++i) {
    const bool too_high = i > 10 && i <= 110;
    list += fmt::format("K{},Ann,Able,{},{} Road,{},{},{},{},Boston,MA,{},US\n", i, i == 130 ? "fi" : i > 10 ? "es" : "en", i, too_high ? "Flat 2" : "", too_high ? "Second floor" : "", too_high ? "Back door" : "", too_high ? "Third bell" : "", i == 130 ? "2108" : "02118");
  }
  write("people.csv", list);
  write_mailing("<limits rejects=\"90%\"/>", "letter-10-single");
  const Outcome outcome = proof("out", 10);
  ASSERT_TRUE(outcome.proof);
  const auto rows = by_what(*outcome.proof);
  ASSERT_TRUE(rows.contains("language es")) << outcome.proof->to_json();
  EXPECT_EQ(rows.at("language es"), 111u);
  EXPECT_THAT(outcome.proof->not_printable, testing::ElementsAre("a language that fell back"));
  EXPECT_THAT(outcome.proof->refused, SizeIs(100)) << "the first hundred are listed";
  EXPECT_EQ(outcome.proof->refused.front().row, 11u);
}

// A field that a row must have and has not.
TEST_F(Proofs, List_rows_that_nothing_is_asked_for) {
  std::string list = "key,name.given,name.family,language,line1,city,state,postcode,country,ward\n";
  for (int i = 1; i <= 20; ++i) list += fmt::format("K{},Ann,Able,{},{} Road,Boston,MA,02118,US,{}\n", i, i == 7 ? "es" : "en", i, i == 7 ? "" : "3");
  write("people.csv", list);
  write_mailing("<field name=\"ward\" required=\"yes\"/>\n<limits rejects=\"50%\"/>");
  const Outcome outcome = proof("out", 10);
  ASSERT_TRUE(outcome.proof);
  ASSERT_THAT(outcome.proof->refused, SizeIs(1));
  EXPECT_EQ(outcome.proof->refused.front().row, 7u);
  EXPECT_EQ(outcome.proof->refused.front().column, "ward");
  EXPECT_THAT(outcome.proof->not_printable, testing::ElementsAre("language es"));
}

TEST_F(Proofs, Say_in_their_reports_that_they_are_not_to_be_sent) {
  proof("out", 2);
  EXPECT_EQ(Json::parse(read("out/report.json"))["use"], "proof: not to be sent");
  EXPECT_THAT(read("out/job/report/en.xml"), AllOf(HasSubstr("<title id=\"title\">Proof, not to be sent</title>"), HasSubstr("A proof, not to be sent"), HasSubstr("not in the proof count as filtered")));
  done("mailing");
  EXPECT_FALSE(Json::parse(read("mailing/report.json")).contains("use"));
  EXPECT_THAT(read("mailing/job/report/en.xml"), Not(HasSubstr("not to be sent")));
}

TEST_F(Proofs, Say_it_in_the_names_of_their_files) {
  write_mailing("<output as=\"both\"/>");
  proof("out", 4);
  std::size_t own = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "out/pieces")) {
    ++own;
    EXPECT_TRUE(entry.path().filename().string().starts_with("proof-")) << entry.path();
  }
  EXPECT_EQ(own, 4u);
}

TEST_F(Proofs, Never_become_the_mailing) {
  proof("out", 3);
  EXPECT_FALSE(make(order("out")));
  EXPECT_THAT(to_text(diags_), HasSubstr("is gone since the job was begun (proof)"));
  Order other = order("out");
  other.proof = 4;
  EXPECT_FALSE(make(other));
  // The same proof is done already.
  EXPECT_EQ(proof("out", 3).ended, Ended::DoneBefore);
  done("mailing");
  Order late = order("mailing");
  late.proof = 3;
  EXPECT_FALSE(make(late));
}

TEST_F(Proofs, Hold_the_pieces_that_the_mailing_prints) {
  const Outcome outcome = proof("out", 4);
  done("mailing");
  const auto one = ledger::Ledger::open_read_only(folder_ / "out", "", diags_), all = ledger::Ledger::open_read_only(folder_ / "mailing", "", diags_);
  ASSERT_TRUE(one && all);
  for (const auto& each : outcome.proof->chosen) {
    const auto proved = one->find_row(each.row, diags_), printed = all->find_row(each.row, diags_);
    ASSERT_TRUE(proved && printed && proved->size() == 1 && printed->size() == 1);
    EXPECT_EQ(proved->front().digest, printed->front().digest) << each.row;
  }
}

}  // namespace
}  // namespace handout::batch
