#include <algorithm>

#include "ledger/ledger_testing.h"

namespace handout::ledger {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class Merges : public Ledgers {
 protected:
  // Shard `index` of `count` with some ranges of rows, of a list of 100 rows unless it says otherwise.
  struct Part {
    std::uint32_t index = 1, count = 2;
    std::vector<RowRange> rows;
    std::uint64_t rows_in = 100;
  };
  fs::path shard(const Part& part, const std::function<void(Job&)>& change = {}) {
    const fs::path folder = folder_ / ("shard-" + std::to_string(part.index));
    write_bytes(folder / "inputs/list.csv", "recipients");
    Job job = sample_job();
    job.shard = {part.index, part.count};
    if (change) change(job);
    auto ledger = Ledger::create(folder, job, job.keys == KeyStyle::Hashed ? "a secret" : "", diags_);
    EXPECT_TRUE(ledger) << said();
    for (const RowRange& each : part.rows) EXPECT_TRUE(write_group(*ledger, folder, {"p" + std::to_string(each.first) + ".pdf", each.first, each.last, part.index % 2 == 0 ? "es" : "en"}, diags_)) << said();
    EXPECT_TRUE(ledger->finish(part.rows_in, diags_));
    return folder;
  }
  std::string refused(const std::vector<fs::path>& shards) {
    diags_ = {};
    EXPECT_FALSE(Ledger::merge(folder_, shards, diags_));
    EXPECT_FALSE(Ledger::exists(folder_));
    EXPECT_EQ(diags_.exit_code(), 1);
    return said();
  }
};

TEST_F(Merges, DisjointAndComplete) {
  const fs::path one = shard({1, 3, {{1, 30}, {41, 50}}}), three = shard({3, 3, {{31, 40}}}), two = shard({2, 3, {{51, 98}}});
  {
    auto ledger = Ledger::open(two, "", diags_);
    const LeftOut out{99, LeftOutBecause::Duplicate};
    const Reject rejects[] = {{100, "zip", "is missing"}, {100, "name", "is missing"}};
    ASSERT_TRUE(ledger->begin_group(diags_) && ledger->add_left_out(std::span(&out, 1), diags_) && ledger->add_rejects(rejects, diags_) && ledger->add_count("fallback", "ht -> en", 3, diags_) && ledger->mark_damaged({{60}, "jam", {}}, diags_) && ledger->commit_group(diags_)) << said();
  }
  {
    auto ledger = Ledger::open(one, "", diags_);
    ASSERT_TRUE(ledger->begin_group(diags_) && ledger->add_count("fallback", "ht -> en", 4, diags_) && ledger->commit_group(diags_));
  }
  const std::vector<fs::path> shards{three, one, two};
  auto merged = Ledger::merge(folder_, shards, diags_);
  ASSERT_TRUE(merged) << said();
  const auto totals = merged->totals(diags_);
  EXPECT_EQ(totals->pieces, 98u);
  EXPECT_EQ(totals->pages, 196u);
  EXPECT_EQ(totals->duplicates, 1u);
  EXPECT_EQ(totals->rejected, 1u);
  EXPECT_EQ(totals->damaged, 1u);
  EXPECT_EQ(totals->files, 4u);
  EXPECT_EQ(totals->rows_in, 100u);
  EXPECT_EQ(totals->counts.at(0).value, 7u);
  EXPECT_THAT(totals->locales, SizeIs(2));
  EXPECT_TRUE(merged->never_printed(100).empty());
  EXPECT_THAT(*merged->find_key("MRN-45", diags_), ElementsAre(testing::Field(&PieceEntry::file_name, "shard-1/p41.pdf")));
  EXPECT_EQ((*merged->find_number(35, diags_))->digest, digest_from("piece 35"));
  EXPECT_EQ(findings(*merged), "");
  EXPECT_THAT(*merged->rejects(diags_), SizeIs(2));
  write_bytes(one / "p1.pdf", "x");
  EXPECT_THAT(findings(*merged), HasSubstr("1 shard-1/p1.pdf: has 1 bytes"));
  // A purge of the whole removes every shard's copy.
  const auto purged = merged->purge({Day(2027y / 2 / 20), {}, Outputs::Keep}, diags_);
  ASSERT_TRUE(purged) << said();
  EXPECT_EQ(purged->files, 3u);
  EXPECT_EQ(purged->keys, 98u);
  // And their ledgers hold no key any more.
  for (const fs::path& folder : {folder_, one, two, three}) EXPECT_THAT(read_bytes(folder / kFileName) + read_bytes((folder / kFileName).string() + "-wal"), testing::Not(HasSubstr("MRN-"))) << folder;
  const auto shard = Ledger::open_read_only(two, "", diags_);
  EXPECT_EQ(shard->events(diags_)->back().what, "purge");
  EXPECT_EQ(findings(*shard), "");
}

TEST_F(Merges, PurgeAndShredGoIntoTheShards) {
  constexpr std::string_view kNames[] = {"rows.csv"};
  std::vector<fs::path> shards{shard({1, 2, {{1, 50}}}), shard({2, 2, {{51, 99}}})};
  {
    // A file that is named by its recipient, and rows that were refused.
    auto ledger = Ledger::open(shards[1], "", diags_);
    write_bytes(shards[1] / "own/MRN-100.pdf", "own");
    write_bytes(shards[1] / "rows.csv", "MRN-101");
    ASSERT_TRUE(ledger->begin_group(diags_));
    const auto file = ledger->add_file({"own/MRN-100.pdf", std::string(kOwnFileClass), 1, 2, 1, 3, digest_from("own")}, diags_);
    const Piece piece{100, 100, "MRN-100", KindId{1}, 2, 1, *file, 1, {}, {}};
    ASSERT_TRUE(ledger->add_pieces(std::span(&piece, 1), diags_) && ledger->add_other_file("rows.csv", Personal::Yes, diags_) && ledger->commit_group(diags_)) << said();
  }
  auto merged = Ledger::merge(folder_, shards, diags_);
  ASSERT_TRUE(merged) << said();
  EXPECT_EQ(*merged->shred(kNames, {}, diags_), 1u) << said();
  EXPECT_FALSE(fs::exists(shards[1] / "rows.csv"));
  EXPECT_EQ(findings(*merged), "");
  ASSERT_TRUE(merged->purge({Day(2027y / 2 / 20), {}, Outputs::Keep}, diags_)) << said();
  EXPECT_TRUE(fs::exists(shards[1] / "own/purged-100.pdf"));
  EXPECT_EQ((*merged->find_number(100, diags_))->file_name, "shard-2/own/purged-100.pdf");
  EXPECT_EQ(findings(*merged), "");
  const auto own = Ledger::open_read_only(shards[1], "", diags_);
  EXPECT_EQ((*own->find_number(100, diags_))->file_name, "own/purged-100.pdf");
  EXPECT_EQ(findings(*own), "");
}

TEST_F(Merges, AShardThatIsNamedTwiceIsTold) {
  const fs::path one = shard({1, 2, {{1, 50}}}), two = shard({2, 2, {{51, 100}}});
  EXPECT_EQ(refused({one, two, folder_ / "." / "shard-1"}), "DIR/./shard-1: error: shard 1 is named twice\n  hint: name the folder of each shard once\n");
}

// Shards may be begun on both sides of midnight; data goes by the earliest.
TEST_F(Merges, ShardsOfSeveralDays) {
  const std::vector<fs::path> shards{shard({1, 2, {{1, 50}}}), shard({2, 2, {{51, 100}}}, [](Job& job) { job.day = Day(2026y / 11 / 21); })};
  const auto merged = Ledger::merge(folder_, shards, diags_);
  ASSERT_TRUE(merged) << said();
  EXPECT_EQ(merged->job().day, Day(2026y / 11 / 21));
  // What the list says of people by a day, it said to these by another.
  const auto other = merged->rows_of_other_days(diags_);
  ASSERT_THAT(*other, SizeIs(1));
  EXPECT_EQ(other->front().day, Day(2026y / 11 / 22));
  EXPECT_EQ(to_text(other->front().rows), "1-50");
  EXPECT_THAT(*merged->events(diags_), ElementsAre(AllOf(testing::Field(&Event::what, "shard begun"), testing::Field(&Event::day, Day(2026y / 11 / 22)), testing::Field(&Event::reason, "shard-1")), testing::Field(&Event::what, "merge")));
  EXPECT_EQ(findings(*merged), "");
}

TEST_F(Merges, ShardsOfOneDayHaveNoOther) {
  const auto merged = Ledger::merge(folder_, std::vector<fs::path>{shard({1, 2, {{1, 50}}}), shard({2, 2, {{51, 100}}})}, diags_);
  ASSERT_TRUE(merged) << said();
  EXPECT_THAT(*merged->rows_of_other_days(diags_), testing::IsEmpty());
}

// A script may give the command twice.
TEST_F(Merges, JoinedAlready) {
  const fs::path one = shard({1, 2, {{1, 50}}}), two = shard({2, 2, {{51, 100}}});
  { ASSERT_TRUE(Ledger::merge(folder_, std::vector<fs::path>{one, two}, diags_)) << said(); }
  const std::string before = read_bytes(file());
  bool asked = false;
  {
    const auto again = Ledger::merge(folder_, std::vector<fs::path>{two, one}, diags_, {}, [&](Ledger&) { return asked = true; });
    ASSERT_TRUE(again) << said();
    EXPECT_EQ(again->totals(diags_)->pieces, 100u);
  }
  EXPECT_EQ(said(), "DIR/ledger.sqlite: note: these shards are joined there already: nothing was written\n");
  EXPECT_FALSE(asked);
  EXPECT_TRUE(read_bytes(file()) == before);
  // Not all of them, or another that nobody joined.
  diags_ = {};
  EXPECT_FALSE(Ledger::merge(folder_, std::vector<fs::path>{one}, diags_));
  EXPECT_THAT(said(), HasSubstr("of 2 shards these are missing: 2"));
  fs::remove_all(two);
  EXPECT_TRUE(!shard({2, 2, {{51, 100}}}).empty());
  EXPECT_FALSE(Ledger::merge(folder_, std::vector<fs::path>{one, two}, diags_));
  EXPECT_THAT(said(), HasSubstr("DIR/ledger.sqlite: error: is there already"));
}

TEST_F(Merges, HashedKeysStayWhatTheyAre) {
  const auto hashed = [](Job& job) { job.keys = KeyStyle::Hashed; };
  const std::vector<fs::path> shards{shard({1, 2, {{1, 50}}}, hashed), shard({2, 2, {{51, 100}}}, hashed)};
  { ASSERT_TRUE(Ledger::merge(folder_, shards, diags_)) << said(); }
  const auto merged = Ledger::open(folder_, "a secret", diags_);
  ASSERT_TRUE(merged) << said();
  EXPECT_THAT(*merged->find_key("MRN-77", diags_), ElementsAre(testing::Field(&PieceEntry::row, 77u)));
}

TEST_F(Merges, SayWhichRowsAreMissingOrTwice) {
  const fs::path one = shard({1, 2, {{1, 52}}}), two = shard({2, 2, {{50, 90}, {95, 99}}});
  EXPECT_THAT(refused({one, two}), AllOf(HasSubstr("DIR/shard-2/ledger.sqlite: error: has rows that another shard has as well: 50-52"), HasSubstr("error: no shard has these of the 100 rows: 91-94, 100")));
}

TEST_F(Merges, RefuseWhatDoesNotBelongTogether) {
  const fs::path one = shard({1, 3, {{1, 50}}}), two = shard({2, 3, {{51, 100}}});
  EXPECT_THAT(refused({one, two}), HasSubstr("of 3 shards these are missing: 3"));
  EXPECT_THAT(refused({one}), HasSubstr("of 3 shards these are missing: 2, 3"));
  EXPECT_THAT(refused({one, folder_}), AllOf(HasSubstr("is not in the folder"), HasSubstr("hint: the merged ledger stands in the folder that holds those of the shards")));
  const fs::path three = shard({3, 3, {}}, [](Job& job) { job.engine = "handout 0.2.0"; });
  EXPECT_THAT(refused({one, two, three}), HasSubstr("DIR/shard-3/ledger.sqlite: error: is of another job: its engine differs from that of DIR/shard-1/ledger.sqlite"));
  fs::remove_all(three);
  EXPECT_TRUE(!shard({3, 3, {}, 101}).empty());
  EXPECT_THAT(refused({one, two, three}), HasSubstr("its number of rows differs"));
  fs::remove_all(three);
  EXPECT_TRUE(!shard({3, 3, {}}, [](Job& job) { job.inputs[0].digest[0] ^= 1; }).empty());
  EXPECT_THAT(refused({one, two, three}), HasSubstr("its article 'en' differs from that of DIR/shard-1/ledger.sqlite\n  hint: shards are made with the same command, from the same files"));
  fs::remove_all(three);
  // The same file in another folder, as another machine has it.
  EXPECT_TRUE(!shard({3, 3, {}}, [](Job& job) { job.inputs[0].name = "elsewhere/" + job.inputs[0].name; }).empty());
  const std::vector<fs::path> shards{one, two, three};
  EXPECT_TRUE(Ledger::merge(folder_, shards, diags_)) << said();
}

// A merge that was killed leaves half a ledger: the next one begins anew. A whole job's that has no end stays.
TEST_F(Merges, BeginAnewAfterOneThatWasKilled) {
  const std::vector<fs::path> shards{shard({1, 2, {{1, 50}}}), shard({2, 2, {{51, 100}}})};
  Job job = sample_job();
  for (Input& each : job.inputs) each.copy = each.copy.empty() ? "" : "shard-1/" + each.copy;
  { ASSERT_TRUE(Ledger::create(folder_, job, "", diags_)); }
  {
    const auto merged = Ledger::merge(folder_, shards, diags_);
    ASSERT_TRUE(merged) << said();
    EXPECT_EQ(merged->totals(diags_)->pieces, 100u);
  }
  fs::remove(file());
  { ASSERT_TRUE(Ledger::create(folder_, sample_job(), "", diags_)); }
  EXPECT_FALSE(Ledger::merge(folder_, shards, diags_));
  EXPECT_THAT(said(), HasSubstr("is there already"));
  EXPECT_TRUE(Ledger::exists(folder_));
}

// A shard knows where it went, for as long as that is there.
TEST_F(Merges, ShardsKnowTheJoinedLedger) {
  const std::vector<fs::path> shards{shard({1, 2, {{1, 50}}}), shard({2, 2, {{51, 100}}})};
  const auto joined_in = [&](const fs::path& folder) { return *Ledger::open_read_only(folder, "", diags_)->joined_in(diags_); };
  EXPECT_EQ(joined_in(shards[0]), std::nullopt);
  for (int i = 0; i < 2; ++i) {
    auto merged = Ledger::merge(folder_, shards, diags_);
    ASSERT_TRUE(merged) << said();
    const auto of_joined = merged->events(diags_);
    for (const Event& each : *of_joined) EXPECT_NE(each.what, kJoined);
    for (const fs::path& each : shards) {
      ASSERT_TRUE(joined_in(each));
      EXPECT_TRUE(fs::equivalent(*joined_in(each), folder_));
      const auto events = Ledger::open_read_only(each, "", diags_)->events(diags_);
      EXPECT_EQ(std::count_if(events->begin(), events->end(), [](const Event& event) { return event.what == kJoined; }), 1);
    }
    merged = tl::unexpected(Failure{});
    fs::remove(file());
    EXPECT_EQ(joined_in(shards[0]), std::nullopt);
  }
}

// Of a merge that was killed before it had ended nothing stands, whatever it had told a shard by then: it can be printed and restored by itself, and the next merge has it anew.
TEST_F(Merges, AShardThatWasToldOfAMergeThatWasKilled) {
  const std::vector<fs::path> shards{shard({1, 2, {{1, 50}}}), shard({2, 2, {{51, 100}}})};
  Job half = sample_job();
  for (Input& each : half.inputs) each.copy = each.copy.empty() ? "" : "shard-1/" + each.copy;
  { ASSERT_TRUE(Ledger::create(folder_, half, "", diags_)) << said(); }
  {
    auto ledger = Ledger::open(shards[0], "", diags_);
    ASSERT_TRUE(ledger->begin_group(diags_) && ledger->add_event({0, std::string(kJoined), {}, "..", {}}, diags_) && ledger->commit_group(diags_)) << said();
    EXPECT_EQ(*ledger->joined_in(diags_), std::nullopt);
    ASSERT_TRUE(ledger->begin_group(diags_) && ledger->mark_damaged({{7}, "jam", {}}, diags_) && ledger->commit_group(diags_)) << said();
  }
  const auto merged = Ledger::merge(folder_, shards, diags_);
  ASSERT_TRUE(merged) << said();
  EXPECT_EQ(merged->totals(diags_)->damaged, 1u);
  const auto told = Ledger::open_read_only(shards[0], "", diags_);
  EXPECT_TRUE(told->joined_in(diags_)->has_value());
  const auto events = told->events(diags_);
  EXPECT_EQ(std::count_if(events->begin(), events->end(), [](const Event& event) { return event.what == kJoined; }), 1);
}

// Pieces would be printed again in both.
TEST_F(Merges, JoinAShardOnce) {
  for (int i = 1; i <= 2; ++i) {
    const fs::path made = shard({static_cast<std::uint32_t>(i), 2, {{i == 1 ? 1u : 51u, i == 1 ? 50u : 100u}}});
    fs::create_directories(folder_ / "night");
    fs::rename(made, folder_ / "night" / made.filename());
  }
  const std::vector<fs::path> shards{folder_ / "night/shard-1", folder_ / "night/shard-2"};
  { ASSERT_TRUE(Ledger::merge(folder_ / "night", shards, diags_)) << said(); }
  EXPECT_THAT(refused(shards), HasSubstr("was joined into that of '"));
  // Before anything is made.
  bool asked = false;
  EXPECT_FALSE(Ledger::merge(folder_, shards, diags_, {}, [&](Ledger&) { return asked = true; }));
  EXPECT_FALSE(asked);
  // Another job's ledger in its place counts for nothing.
  fs::remove(folder_ / "night" / kFileName);
  Job other = sample_job();
  other.id = "OTHER";
  { ASSERT_TRUE(Ledger::create(folder_ / "night", other, "", diags_)) << said(); }
  EXPECT_TRUE(Ledger::merge(folder_, shards, diags_)) << said();
}

// What is lost in a shard would be counted in the joined job.
TEST_F(Merges, FilesThatAreNotThereOrAltered) {
  const fs::path one = shard({1, 2, {{1, 50}}}), two = shard({2, 2, {{51, 100}}});
  {
    auto ledger = Ledger::open(two, "", diags_);
    for (const char* name : {"rejects.csv", "rejected-rows.csv", "speed.pdf", "proof.json", "p51.json"}) write_bytes(two / name, name);
    ASSERT_TRUE(ledger->begin_group(diags_) && ledger->add_other_file("rejected-rows.csv", Personal::Yes, diags_) && ledger->add_other_file("proof.json", Personal::No, diags_) && ledger->add_other_file("rejects.csv", Personal::No, diags_) && ledger->add_other_file("speed.pdf", Personal::No, diags_) && ledger->add_other_file("p51.json", Personal::No, diags_) && ledger->commit_group(diags_)) << said();
  }
  fs::rename(one / "p1.pdf", one / "p2.pdf");
  write_bytes(two / "rejects.csv", "Rejects.csv");
  fs::remove(two / "p51.json");
  // Nobody needs it again.
  fs::remove(two / "speed.pdf");
  fs::remove(two / "proof.json");
  // It is there to be mended.
  write_bytes(two / "rejected-rows.csv", "mended");
  EXPECT_THAT(refused({one, two}), AllOf(HasSubstr("DIR/shard-1/p1.pdf: error: a finished file of the shard is not there any more\n  hint: bring it back; or have it written again: handout reprint DIR/shard-1 --restore p1.pdf"),
                                         HasSubstr("DIR/shard-2/rejects.csv: error: a finished file of the shard was altered: its bytes are not those that were written"), HasSubstr("DIR/shard-2/p51.json: error: "), testing::Not(HasSubstr("speed.pdf")), testing::Not(HasSubstr("proof.json")), testing::Not(HasSubstr("rejected-rows.csv"))));
  fs::rename(one / "p2.pdf", one / "p1.pdf");
  write_bytes(two / "rejects.csv", "rejects.csv");
  write_bytes(two / "p51.json", "p51.json");
  EXPECT_TRUE(Ledger::merge(folder_, std::vector<fs::path>{one, two}, diags_)) << said();
}

// What a joined job is to have is there before it says that it has ended; the same merge begins anew.
TEST_F(Merges, EndWhenAllIsThere) {
  const std::vector<fs::path> shards{shard({1, 2, {{1, 50}}}), shard({2, 2, {{51, 100}}})};
  {
    auto ledger = Ledger::open(shards[0], "", diags_);
    ASSERT_TRUE(ledger->begin_group(diags_) && ledger->add_count("merged", "", 4, diags_) && ledger->commit_group(diags_)) << said();
  }
  const auto refuses = [&](Ledger& joined) {
    const auto totals = joined.totals(diags_);
    EXPECT_EQ(totals->pieces, 100u);
    EXPECT_THAT(totals->counts, ElementsAre(testing::Field(&Count::value, 4u)));
    EXPECT_FALSE(totals->finished);
    EXPECT_EQ(joined.settled().size(), 100u);
    return false;
  };
  EXPECT_FALSE(Ledger::merge(folder_, shards, diags_, {}, refuses));
  EXPECT_FALSE(Ledger::exists(folder_));
  EXPECT_FALSE(*Ledger::open_read_only(shards[0], "", diags_)->joined_in(diags_));
  const auto adds = [&](Ledger& joined) {
    write_bytes(folder_ / "report.json", "{}");
    return joined.add_other_file("report.json", Personal::No, diags_).has_value();
  };
  const auto merged = Ledger::merge(folder_, shards, diags_, {}, adds);
  ASSERT_TRUE(merged) << said();
  EXPECT_TRUE(merged->other_file("report.json", diags_)->has_value());
  EXPECT_EQ(findings(*merged), "");
}

// Tickets of what shards printed again have the numbers of their events.
TEST_F(Merges, TellWhichEventsWereAShards) {
  const std::vector<fs::path> shards{shard({1, 3, {{1, 30}}}), shard({2, 3, {{31, 60}}}), shard({3, 3, {{61, 100}}})};
  const auto damage = [&](std::size_t i, std::vector<std::uint64_t> numbers) {
    auto ledger = Ledger::open(shards[i], "", diags_);
    ASSERT_TRUE(ledger->begin_group(diags_) && ledger->mark_damaged({std::move(numbers), "jam", {}}, diags_) && ledger->commit_group(diags_)) << said();
  };
  damage(0, {1, 2});
  damage(2, {61});
  const auto told = [&] {
    const auto merged = Ledger::merge(folder_, shards, diags_);
    EXPECT_TRUE(merged) << said();
    return merged ? merged->events(diags_)->back().reason : "";
  };
  EXPECT_EQ(told(), "3 shards; of the events 1-2 were 1-2 of shard 1, 3 was 1 of shard 3");
  // That it was joined is an event of the shard alone.
  fs::remove(file());
  damage(2, {62, 63});
  EXPECT_EQ(told(), "3 shards; of the events 1-2 were 1-2 of shard 1, 3 was 1 of shard 3, 4-5 were 3-4 of shard 3");
}

// All that is there is purged, and what isn't is told.
TEST_F(Merges, PurgeTellsOfAShardThatIsNotThere) {
  constexpr std::string_view kNames[] = {"rows.csv"};
  const std::vector<fs::path> shards{shard({1, 2, {{1, 50}}}), shard({2, 2, {{51, 100}}})};
  auto merged = Ledger::merge(folder_, shards, diags_);
  ASSERT_TRUE(merged) << said();
  fs::rename(shards[1], folder_ / "elsewhere");
  const Purge order{Day(2027y / 2 / 20), {}, Outputs::Keep};
  const auto purged = merged->purge(order, diags_);
  ASSERT_TRUE(purged);
  EXPECT_EQ(purged->files, 1u);
  EXPECT_THAT(said(), HasSubstr("DIR/shard-2/ledger.sqlite: error: the ledger of a joined shard is not there: its keys, lists and files were not purged"));
  EXPECT_EQ(diags_.exit_code(), 1);
  EXPECT_FALSE(fs::exists(shards[0] / "inputs/list.csv"));
  EXPECT_THAT(read_bytes(shards[0] / kFileName), testing::Not(HasSubstr("MRN-")));
  diags_ = {};
  EXPECT_TRUE(merged->shred(kNames, {}, diags_));
  EXPECT_EQ(diags_.exit_code(), 1);
  // It is back.
  diags_ = {};
  fs::rename(folder_ / "elsewhere", shards[1]);
  ASSERT_TRUE(merged->purge(order, diags_)) << said();
  EXPECT_EQ(said(), "");
  EXPECT_THAT(read_bytes(shards[1] / kFileName), testing::Not(HasSubstr("MRN-")));
}

TEST_F(Merges, RefuseAShardThatIsNotFinished) {
  const fs::path one = shard({1, 2, {{1, 50}}}), two = folder_ / "shard-2";
  fs::create_directory(two);
  Job job = sample_job();
  job.shard = {2, 2};
  { ASSERT_TRUE(Ledger::create(two, job, "", diags_)); }
  EXPECT_THAT(refused({one, two}), AllOf(HasSubstr("DIR/shard-2/ledger.sqlite: error: is of a shard that is not finished"), HasSubstr("hint: run that shard again")));
}

}  // namespace
}  // namespace handout::ledger
