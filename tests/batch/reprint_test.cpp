// Pieces once more: exactly those, exactly so, or not at all.
#include "batch/reprint.h"

#include <fmt/format.h>

#include "batch/batch_testing.h"
#include "inspect/pages.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Reprint : public Batch {
 protected:
  void SetUp() override {
    Batch::SetUp();
    write("people.csv", "key,name\nk1,Ann\nk2,Bob\nk3,\nk4,Dan\nk5,Eve\nk6,Fay\n");
    write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output as=\"stream\" purpose=\"screen\" pieces-per-file=\"3\"/>\n<keep days=\"1\"/>");
  }
  Result<Reprinted> again(const std::string& out, std::vector<std::uint64_t> pieces, ReprintOrder::Changes changes = ReprintOrder::Changes::Refuse) {
    ReprintOrder order;
    order.pieces = std::move(pieces);
    order.changes = changes;
    return again(out, std::move(order));
  }
  Result<Reprinted> again(const std::string& out, ReprintOrder order) {
    order.folder = folder_ / out;
    if (order.reason.empty()) order.reason = "torn";
    diags_ = Diagnostics();
    return reprint(order, shipped(), diags_);
  }
  [[nodiscard]] std::vector<std::string> page_texts(const std::string& file) const {
    std::vector<std::string> texts;
    inspect::Document document = inspect::open_document(read(file));
    for (const inspect::PageText& page : inspect::page_texts(document)) texts.push_back(page.text);
    return texts;
  }
};

TEST_F(Reprint, ThosePiecesFromTheCopies) {
  run_whole(order("job"));
  // What the copies were made from is gone.
  fs::remove(folder_ / "people.csv");
  fs::remove_all(folder_ / "texts");
  fs::remove(folder_ / "layout.xml");
  fs::remove(folder_ / "small.xml");
  // And the folder has moved.
  fs::rename(folder_ / "job", folder_ / "moved");
  const auto done = again("moved", {5, 2, 5});
  ASSERT_TRUE(done) << said();
  EXPECT_EQ(done->file, "reprints/0001.pdf");
  EXPECT_EQ(done->pieces, 2u);
  const auto texts = page_texts("moved/reprints/0001.pdf");
  ASSERT_THAT(texts, SizeIs(testing::Ge(2u)));
  EXPECT_THAT(texts[0], HasSubstr("Bob"));
  EXPECT_THAT(texts[texts.size() / 2], HasSubstr("Eve"));
  EXPECT_THAT(findings("moved"), IsEmpty());
  const auto job = open("moved");
  const auto row = job.find_row(5, diags_);
  ASSERT_THAT(*row, SizeIs(2));
  EXPECT_EQ((*row)[0].state, ledger::PieceState::Reprinted);
  EXPECT_EQ((*row)[1].digest, (*row)[0].digest);
  EXPECT_EQ((*row)[1].reprint_of, 5u);
  EXPECT_GT((*row)[1].number, 6u);
  EXPECT_EQ(job.totals(diags_)->pieces, 5u);
  EXPECT_EQ(job.totals(diags_)->reprints, 2u);
}

TEST_F(Reprint, RangeLeavesOutWhatHasNoPiece) {
  run_whole(order("job"));
  ReprintOrder wanted;
  wanted.range = {2, 4};
  const auto done = again("job", wanted);
  ASSERT_TRUE(done) << said();
  EXPECT_EQ(done->pieces, 2u);
  EXPECT_FALSE(again("job", {3}));
  EXPECT_THAT(said(), HasSubstr("has no piece 3"));
  wanted.range = {30, 40};
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("has no piece from 30 to 40"));
  EXPECT_FALSE(fs::exists(folder_ / "job/reprints/0002.pdf"));
}

TEST_F(Reprint, DamagedSheetsAndReprintsOfReprints) {
  run_whole(order("job"));
  const std::string second = "small-Letter-0002.pdf";
  const auto job_files = open("job").files(diags_);
  const std::uint64_t pages = job_files->back().file.pages;
  ReprintOrder wanted;
  wanted.damaged = {{second, pages}};
  wanted.day = ledger::day_from_text("2026-11-30");
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_THAT(page_texts("job/reprints/0001.pdf")[0], HasSubstr("Fay"));
  wanted.damaged = {{"reprints/0001.pdf", 1}};
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_THAT(page_texts("job/reprints/0002.pdf")[0], HasSubstr("Fay"));
  const auto job = open("job");
  std::vector<std::string> events;
  const auto noted = job.events(diags_);
  for (const auto& event : *noted) events.push_back(fmt::format("{} {} {}", event.what, *event.piece, ledger::to_text(*event.day)));
  EXPECT_THAT(events, ElementsAre("damaged 6 2026-11-30", "reprint 6 2026-11-30", "damaged 7 2026-11-30", "reprint 7 2026-11-30"));
  EXPECT_EQ(job.totals(diags_)->damaged, 0u);
  wanted.damaged = {{second, pages + 1}};
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr(fmt::format("has no page {}", pages + 1)));
  wanted.damaged = {{"other.pdf", 1}};
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("no file of the job has that name"));
}

TEST_F(Reprint, OfFilesOfTheirOwn) {
  Order files = order("job");
  files.as = mailings::OutputAs::Files;
  run_whole(files);
  ReprintOrder wanted;
  wanted.damaged = {{"pieces/k4-en.pdf", 1}};
  ASSERT_TRUE(again("job", wanted)) << said();
  EXPECT_EQ(page_texts("job/reprints/0001.pdf"), page_texts("job/pieces/k4-en.pdf"));
}

TEST_F(Reprint, ChangesAreRefusedUnlessToldOtherwise) {
  run_whole(order("job"));
  ReprintOrder wanted;
  wanted.pieces = {2};
  wanted.engine = "handout 9";
  EXPECT_FALSE(again("job", wanted));
  EXPECT_THAT(said(), HasSubstr("the job was made by handout 0.1.0; this is handout 9"));
  // A copy that was altered.
  std::string copy;
  const auto inputs = open("job").job().inputs;
  for (const auto& input : inputs) {
    if (input.name.ends_with("texts/knee/en.xml")) copy = "job/" + input.copy;
  }
  const std::string text = read(copy);
  write(copy, std::string(text).replace(text.find("rest"), 4, "walk"));
  EXPECT_FALSE(again("job", {2}));
  EXPECT_THAT(said(), AllOf(HasSubstr("en.xml: error: has changed since the job was made (article)"), HasSubstr("--despite-changes")));
  EXPECT_FALSE(fs::exists(folder_ / "job/reprints"));
  const auto done = again("job", {2}, ReprintOrder::Changes::Accept);
  ASSERT_TRUE(done) << said();
  EXPECT_EQ(done->differing, 1u);
  const auto events = open("job").events(diags_);
  EXPECT_EQ(events->front().reason, "torn (despite changes: 1 of the job's inputs changed; 1 of the pieces differ from what was printed)");
}

TEST_F(Reprint, NotOfAJobThatRunsOrWasPurged) {
  write("people.csv", sample(100));
  ASSERT_EQ(run(order("job"), 40)->ended, Ended::Stopped);
  EXPECT_FALSE(again("job", {1}));
  EXPECT_THAT(said(), HasSubstr("the job has not ended"));
  Order day = order("purged");
  day.day = ledger::day_from_text("2026-01-01");
  run_whole(day);
  ASSERT_TRUE(ledger::Ledger::open_to_purge(folder_ / "purged", diags_)->purge({*ledger::day_from_text("2026-11-30"), {}, {}}, diags_)) << said();
  EXPECT_FALSE(again("purged", {1}));
  EXPECT_THAT(said(), HasSubstr("no longer has the list of recipients"));
}

// The secret's file ends with a line break, as editors leave it; it is not among the copies.
TEST_F(Reprint, HashedKeys) {
  write("secret.key", "0123456789abcdef\n");
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<ledger key=\"hashed\" key-file=\"secret.key\"/>");
  run_whole(order("job"));
  const auto secret = ledger::read_secret(folder_ / "secret.key", diags_);
  const auto job = ledger::Ledger::open_read_only(folder_ / "job", *secret, diags_);
  ASSERT_TRUE(job) << said();
  EXPECT_THAT(*job->find_key("k2", diags_), SizeIs(1));
  ASSERT_TRUE(again("job", {2})) << said();
  fs::rename(folder_ / "secret.key", folder_ / "far.key");
  EXPECT_FALSE(again("job", {2}));
  ReprintOrder wanted;
  wanted.pieces = {2};
  wanted.key_file = folder_ / "far.key";
  EXPECT_TRUE(again("job", wanted)) << said();
}

// Reprints of shards keep their numbers apart, so that the ledgers can still be joined; and the joined job's pieces can be printed again.
TEST_F(Reprint, OfShards) {
  write("people.csv", sample(40));
  std::vector<fs::path> folders;
  for (std::uint32_t k = 1; k <= 2; ++k) {
    Order shard = order(fmt::format("job/shard-{}-of-2", k));
    shard.shard = {k, 2};
    run_whole(shard);
    folders.push_back(shard.folder);
    ReprintOrder wanted;
    wanted.range = {1, 40};
    ASSERT_TRUE(again(fmt::format("job/shard-{}-of-2", k), wanted)) << said();
  }
  ASSERT_TRUE(ledger::Ledger::merge(folder_ / "job", folders, diags_)) << said();
  ReprintOrder wanted;
  wanted.range = {1, 10};
  const auto done = again("job", wanted);
  ASSERT_TRUE(done) << said();
  EXPECT_GT(done->pieces, 5u);
  EXPECT_THAT(findings("job"), IsEmpty());
}

}  // namespace
}  // namespace handout::batch
