// Pieces of one household in one envelope.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "batch/envelope_fill.h"
#include "batch/people.h"
#include "batch/sorted_rows.h"
#include "ledger/ledger.h"
#include "reported_job.h"

namespace handout::batch {
namespace {

using testing::ElementsAre;
using Json = nlohmann::json;

request::Recipient at(std::vector<std::string> lines) {
  request::Recipient recipient;
  recipient.address = std::move(lines);
  recipient.country = "US";
  return recipient;
}

TEST(Households, An_address_is_the_same_whatever_its_white_space_and_capitals) {
  const Household home = household_of(at({"12 Long Street", "Boston, MA 02118"}));
  EXPECT_NE(home, Household{});
  EXPECT_EQ(home, household_of(at({" 12  LONG street ", "boston, ma 02118"})));
  EXPECT_NE(home, household_of(at({"1-2 Long Street", "Boston, MA 02118"})));
  EXPECT_NE(home, household_of(at({"12 Long Street", "Flat 2", "Boston, MA 02118"})));
  request::Recipient abroad = at({"12 Long Street", "Boston, MA 02118"});
  abroad.country = "GB";
  EXPECT_NE(home, household_of(abroad));
  // Nobody lives with somebody else for having no address.
  EXPECT_EQ(household_of(at({})), Household{});
  EXPECT_EQ(household_of(at({"  "})), Household{});
}

TEST(Households, Their_rows_follow_the_first_of_them) {
  SortedRows rows(SortedRows::Order::Ascending);
  Diagnostics diags;
  const Household one{1, 1}, two{2, 2};
  ASSERT_TRUE(rows.add({"d", 1, one}, {}, diags) && rows.add({"b", 2, two}, {}, diags) && rows.add({"a", 3, one}, {}, diags) && rows.add({"c", 4, {}}, {}, diags) && rows.add({"e", 5, two}, {}, diags) && rows.add({"f", 6, {}}, {}, diags));
  rows.sort();
  std::vector<std::uint64_t> order;
  for (;;) {
    const auto row = rows.next(diags);
    ASSERT_TRUE(row);
    if (!*row) break;
    order.push_back((*row)->row.number);
  }
  EXPECT_THAT(order, ElementsAre(3, 1, 2, 5, 4, 6));
}

TEST(Households, AnEnvelopeIsFullByItsPiecesOrItsSheets) {
  EnvelopeFill fill;
  EXPECT_TRUE(fill.is_empty());
  EXPECT_TRUE(fill.takes(marks::kMostSheets + 1)) << "a piece that is larger than any envelope has one of its own";
  fill.add(marks::kMostSheets - 2);
  EXPECT_TRUE(fill.takes(2));
  EXPECT_FALSE(fill.takes(3));
  EXPECT_FALSE(fill.is_full());
  EnvelopeFill many;
  for (std::size_t i = 0; i < kMostInEnvelope; ++i) {
    EXPECT_TRUE(many.takes(1));
    many.add(1);
  }
  EXPECT_TRUE(many.is_full());
  EXPECT_FALSE(many.takes(1));
}

class HouseholdJob : public ReportedJob {
 protected:
  static std::string person(std::string_view key, std::string_view language, std::string_view street, std::string_view large = "no") { return fmt::format("{},Ann,Able,{},{},,,Boston,MA,02118,US,{},\n", key, language, street, large); }
  // What a dry run says of it.
  std::uint64_t merged_without_files() {
    Order dry = order("dry");
    dry.writes = Writes::Nothing;
    const auto outcome = make(dry);
    EXPECT_TRUE(outcome) << to_text(diags_);
    return outcome ? outcome->tally.merged : 0;
  }
  struct Placed { std::uint64_t row = 0, first_page = 0; std::string file; };
  std::vector<Placed> placed(const std::string& out) {
    std::vector<Placed> found;
    const auto ledger = ledger::Ledger::open_read_only(folder_ / out, "", diags_);
    EXPECT_TRUE(ledger && ledger->each_piece([&](const ledger::PieceEntry& piece) {
      found.push_back({piece.row, piece.first_page, piece.file_name});
      return true;
    }, diags_)) << to_text(diags_);
    return found;
  }
};

TEST_F(HouseholdJob, Goes_into_one_envelope_but_for_what_the_mailing_keeps_apart) {
  write("people.csv", std::string(kHeader) + person("A", "en", "12 Long Street") + person("B", "en", "7 Oak Road") + person("C", "es", "12  LONG Street") + person("D", "en", "12 Long Street", "yes") + person("E", "en", "12 Long Street"));
  write_mailing(R"(<sort by="key"/><household by="address"/><output split-by="layout sheets"/>)", "mailing-letter");
  const Outcome outcome = done("out");
  EXPECT_EQ(outcome.tally.pieces, 5u);
  EXPECT_EQ(outcome.tally.merged, 2u);
  EXPECT_EQ(merged_without_files(), 2u);
  const auto pieces = placed("out");
  ASSERT_EQ(pieces.size(), 5u);
  // A, C and E one after another; D, in large print, in another file.
  EXPECT_EQ(pieces[0].file, pieces[2].file);
  EXPECT_EQ(pieces[0].file, pieces[4].file);
  EXPECT_LT(pieces[0].first_page, pieces[2].first_page);
  EXPECT_LT(pieces[2].first_page, pieces[4].first_page);
  EXPECT_NE(pieces[3].file, pieces[0].file);
  EXPECT_NE(pieces[1].file, pieces[0].file);
  std::string name = pieces[0].file;
  name.replace(name.size() - 4, 4, ".json");
  const Json ticket = Json::parse(read("out/" + name));
  EXPECT_EQ(ticket["pieces"], 3);
  EXPECT_EQ(ticket["envelopes"], 1);
  EXPECT_EQ(ticket["sheets-of-an-envelope"], Json({ticket["sheets"], ticket["sheets"]}));
  EXPECT_EQ(Json::parse(read("out/report.json"))["envelopes"], 3);
}

TEST_F(HouseholdJob, Stays_together_in_shards_and_its_doubles_are_found_there) {
  std::string list(kHeader);
  for (int i = 0; i < 60; ++i) list += person(fmt::format("K{}", i), "en", fmt::format("{} Road", i % 20));
  // The key of row 1 at another address.
  for (int i = 0; i < 10; ++i) list += person("K0", "en", fmt::format("{} Lane", i));
  write("people.csv", list);
  write_mailing(R"(<household by="address"/><duplicates key="keep-first"/>)");
  std::map<std::uint64_t, std::uint32_t> shard_of_row;
  std::uint64_t duplicates = 0;
  for (std::uint32_t i = 1; i <= 3; ++i) {
    Order shard = order(fmt::format("s{}", i));
    shard.shard = {i, 3};
    const auto outcome = make(shard);
    ASSERT_TRUE(outcome) << to_text(diags_);
    duplicates += outcome->tally.duplicates;
    for (const Placed& each : placed(fmt::format("s{}", i))) EXPECT_TRUE(shard_of_row.emplace(each.row, i).second);
  }
  ASSERT_EQ(shard_of_row.size(), 60u);
  EXPECT_EQ(duplicates, 10u);
  for (std::uint64_t row = 1; row <= 40; ++row) EXPECT_EQ(shard_of_row[row], shard_of_row[row + 20]) << row;
}

TEST_F(HouseholdJob, A_home_with_many_people_gets_several_envelopes) {
  std::string list(kHeader);
  for (int i = 0; i < 20; ++i) list += person(fmt::format("K{}", i), "en", "1 Home");
  write("people.csv", list);
  write_mailing(R"(<household by="address"/><output pieces-per-file="5"/>)");
  EXPECT_EQ(done("out").tally.merged, 17u);
  EXPECT_EQ(merged_without_files(), 17u);
  // A file ends between envelopes only.
  const auto ledger = ledger::Ledger::open_read_only(folder_ / "out", "", diags_);
  ASSERT_TRUE(ledger);
  const auto files = ledger->files(diags_);
  ASSERT_TRUE(files);
  std::vector<std::uint64_t> pieces;
  for (const ledger::FileEntry& each : *files) pieces.push_back(each.file.pieces);
  EXPECT_THAT(pieces, ElementsAre(8, 8, 4));
}

}  // namespace
}  // namespace handout::batch
