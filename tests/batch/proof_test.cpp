// A few pieces to look over.
#include "batch/proof.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

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
