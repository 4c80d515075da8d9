#include <sys/stat.h>

#include "ledger/database.h"
#include "ledger/ledger_testing.h"

namespace handout::ledger {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST_F(Ledgers, TotalsAddUp) {
  const Ledger ledger = made();
  const auto totals = ledger.totals(diags_);
  ASSERT_TRUE(totals) << said();
  EXPECT_EQ(totals->rows_in, 10u);
  EXPECT_TRUE(totals->finished);
  EXPECT_EQ(totals->pieces, 8u);
  EXPECT_EQ(totals->pages, 16u);
  EXPECT_EQ(totals->sheets, 8u);
  EXPECT_EQ(totals->filtered, 1u);
  EXPECT_EQ(totals->rejected, 1u);
  EXPECT_EQ(totals->suppressed + totals->duplicates + totals->reprints + totals->damaged, 0u);
  EXPECT_EQ(totals->files, 2u);
  EXPECT_EQ(totals->bytes, 10u);
  ASSERT_THAT(totals->counts, SizeIs(1));
  EXPECT_EQ(totals->counts[0].name + "/" + totals->counts[0].detail, "fallback/ht -> en");
  EXPECT_EQ(totals->counts[0].value, 2u);
  ASSERT_THAT(totals->locales, SizeIs(2));
  EXPECT_EQ(totals->locales[1].locale, "es");
  EXPECT_EQ(totals->locales[1].pages, 8u);
  EXPECT_THAT(ledger.never_printed(10), testing::Property(&RowSet::empty, true));
  EXPECT_EQ(to_text(ledger.never_printed(13)), "11-13");
  EXPECT_EQ(findings(ledger), "");
}

TEST_F(Ledgers, OnlyTheOwnerReadsThem) {
  const Ledger ledger = made();
  for (const auto& entry : fs::directory_iterator(folder_)) {
    if (!entry.path().filename().string().starts_with(kFileName)) continue;
    struct stat info {};
    ASSERT_EQ(::stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u) << entry.path();
  }
}

TEST_F(Ledgers, EverythingIsReadBack) {
  { const Ledger ledger = made(); }
  const auto ledger = Ledger::open_read_only(folder_, "", diags_);
  ASSERT_TRUE(ledger) << said();
  const Job expected = sample_job();
  EXPECT_EQ(ledger->job().id, expected.id);
  EXPECT_EQ(ledger->job().mailing_digest, expected.mailing_digest);
  EXPECT_EQ(ledger->job().day, expected.day);
  EXPECT_EQ(ledger->job().keep_days, 90u);
  EXPECT_EQ(ledger->job().shard, (Shard{1, 1}));
  EXPECT_EQ(ledger->job().inputs, expected.inputs);

  const auto piece = ledger->find_number(6, diags_);
  ASSERT_TRUE(piece && *piece) << said();
  EXPECT_EQ((*piece)->row, 6u);
  EXPECT_EQ((*piece)->key, "MRN-6");
  EXPECT_EQ((*piece)->kind, kind_in("es"));
  EXPECT_EQ((*piece)->file_name, "b.pdf");
  EXPECT_EQ((*piece)->first_page, 3u);
  EXPECT_EQ((*piece)->digest, digest_from("piece 6"));
  EXPECT_EQ((*piece)->state, PieceState::Done);
  EXPECT_FALSE((*piece)->reprint_of);
  EXPECT_EQ(ledger->find_number(9, diags_)->has_value(), false);
  EXPECT_EQ(ledger->find_number(~std::uint64_t{0}, diags_)->has_value(), false);

  EXPECT_THAT(*ledger->find_key("MRN-6", diags_), ElementsAre(Field(&PieceEntry::number, 6u)));
  EXPECT_THAT(*ledger->find_key("MRN-60", diags_), IsEmpty());
  EXPECT_THAT(*ledger->find_row(6, diags_), ElementsAre(Field(&PieceEntry::number, 6u)));
  EXPECT_THAT(*ledger->pieces_of_file("b.pdf", diags_), ElementsAre(Field(&PieceEntry::number, 5u), Field(&PieceEntry::number, 6u), Field(&PieceEntry::number, 7u), Field(&PieceEntry::number, 8u)));
  EXPECT_THAT(*ledger->files(diags_), ElementsAre(Field(&FileEntry::file, Field(&File::name, "a.pdf")), Field(&FileEntry::file, Field(&File::bytes, 5u))));
  EXPECT_THAT(*ledger->rejects(diags_), ElementsAre(AllOf(Field(&Reject::row, 10u), Field(&Reject::column, "birth-date"), Field(&Reject::reason, "is not a date"))));
  std::uint64_t seen = 0;
  EXPECT_TRUE(ledger->each_piece([&](const PieceEntry& each) { return each.number == ++seen && seen < 5; }, diags_));
  EXPECT_EQ(seen, 5u);
  EXPECT_EQ(*ledger->last_number(diags_), 8u);
  EXPECT_TRUE(ledger->is_done(8) && !ledger->is_done(9) && !ledger->is_done(10) && !ledger->is_done(11));
  EXPECT_EQ(to_text(ledger->settled()), "1-10");
  EXPECT_EQ(said(), "");
}

TEST_F(Ledgers, GoOnWhereTheyEnded) {
  { const Ledger ledger = made(); }
  auto ledger = Ledger::open(folder_, "", diags_);
  ASSERT_TRUE(ledger) << said();
  EXPECT_TRUE(ledger->is_done(8) && !ledger->is_done(11));
  ASSERT_TRUE(write_group(*ledger, folder_, {"c.pdf", 11, 12, "en"}, diags_)) << said();
  EXPECT_TRUE(ledger->is_done(12));
  EXPECT_EQ(findings(*ledger), "");
  EXPECT_EQ((*ledger->find_number(12, diags_))->kind, kind_in("en"));
}

TEST_F(Ledgers, AGroupThatIsDroppedWasNeverThere) {
  Ledger ledger = made();
  ASSERT_TRUE(ledger.begin_group(diags_));
  const auto kind = ledger.add_kind(kind_in("vi"), diags_);
  const auto file = ledger.add_file({"c.pdf", "", 1, 2, 1, 5, {}}, diags_);
  const Piece piece{11, 11, "MRN-11", *kind, 2, 1, *file, 1, {}, {}};
  ASSERT_TRUE(ledger.add_pieces(std::span(&piece, 1), diags_)) << said();
  EXPECT_TRUE(ledger.is_done(11));
  ledger.drop_group();
  EXPECT_FALSE(ledger.is_done(11) || ledger.settled().contains(11));
  EXPECT_FALSE(*ledger.find_number(11, diags_));
  EXPECT_EQ(findings(ledger), "");
  // The same may come again, and its kind is made anew.
  EXPECT_TRUE(write_group(ledger, folder_, {"c.pdf", 11, 11, "vi"}, diags_)) << said();
  EXPECT_EQ((*ledger.find_number(11, diags_))->kind.locale, "vi");
}

TEST_F(Ledgers, ARowOrNumberTwiceIsAFault) {
  Ledger ledger = made();
  ASSERT_TRUE(ledger.begin_group(diags_));
  const auto kind = ledger.add_kind(kind_in("en"), diags_);
  const auto file = ledger.add_file({"c.pdf", "", 1, 2, 1, 5, {}}, diags_);
  const Piece again{20, 3, "", *kind, 2, 1, *file, 1, {}, {}};
  EXPECT_FALSE(ledger.add_pieces(std::span(&again, 1), diags_));
  EXPECT_FALSE(ledger.commit_group(diags_));
  EXPECT_THAT(said(), AllOf(HasSubstr("DIR/ledger.sqlite: error: has row 3 already"), HasSubstr("the group was not written")));
  EXPECT_TRUE(ledger.is_done(3));
  EXPECT_FALSE(*ledger.find_number(20, diags_));
  diags_ = {};
  const auto refused = [&](const Piece& piece) {
    EXPECT_TRUE(ledger.begin_group(diags_));
    const bool added = ledger.add_pieces(std::span(&piece, 1), diags_).has_value();
    ledger.drop_group();
    return !added;
  };
  EXPECT_TRUE(refused({3, 20, "", *kind, 2, 1, FileId{1}, 1, {}, {}}));    // the number
  EXPECT_TRUE(refused({20, 9, "", *kind, 2, 1, FileId{1}, 1, {}, {}}));    // left out
  EXPECT_TRUE(refused({20, 20, "", *kind, 2, 1, FileId{77}, 1, {}, {}}));  // no such file
  EXPECT_EQ(findings(ledger), "");
}

TEST_F(Ledgers, HashedKeysNeedTheirSecret) {
  Job job = sample_job();
  job.keys = KeyStyle::Hashed;
  {
    const Ledger ledger = made(job, "a secret");
    EXPECT_THAT(*ledger.find_key("MRN-6", diags_), ElementsAre(Field(&PieceEntry::number, 6u)));
    EXPECT_EQ((*ledger.find_number(6, diags_))->key, to_hex(KeyedHash("a secret").of("MRN-6")));
  }
  EXPECT_THAT(read_bytes(file()), Not(HasSubstr("MRN-")));
  EXPECT_FALSE(Ledger::open(folder_, "", diags_));
  EXPECT_THAT(said(), HasSubstr("has hashed keys; the secret that hashed them is missing"));
  EXPECT_FALSE(Ledger::open(folder_, "another", diags_));
  EXPECT_THAT(said(), HasSubstr("hashed with another secret"));
  diags_ = {};
  const auto reader = Ledger::open_read_only(folder_, "", diags_);
  ASSERT_TRUE(reader) << said();
  EXPECT_FALSE(reader->find_key("MRN-6", diags_));
  EXPECT_EQ(diags_.exit_code(), 1);
  EXPECT_TRUE(Ledger::open(folder_, "a secret", diags_));
}

TEST_F(Ledgers, InputsAreCompared) {
  const Ledger ledger = made();
  Job job = sample_job();
  EXPECT_THAT(ledger.compare_inputs(job.inputs), IsEmpty());
  job.inputs[0].digest[5] ^= 1;
  job.inputs[1].name = "large";
  std::string text;
  for (const InputDifference& each : ledger.compare_inputs(job.inputs)) text += std::to_string(static_cast<int>(each.what)) + each.kind + ":" + each.name + " ";
  EXPECT_EQ(text, "0article:knee/en 1layout:large 2layout:standard ");
}

TEST_F(Ledgers, ReprintsAreRecorded) {
  Ledger ledger = made();
  ASSERT_TRUE(ledger.begin_group(diags_) && ledger.mark_damaged({{2, 3}, "jam in the folder", Day(2026y / 11 / 23)}, diags_) && ledger.commit_group(diags_)) << said();
  EXPECT_EQ(ledger.totals(diags_)->damaged, 2u);
  write_bytes(folder_ / "r.pdf", "r.pdf");
  ASSERT_TRUE(ledger.begin_group(diags_));
  const auto file = ledger.add_file({"r.pdf", "reprint", 1, 2, 1, 5, digest_from("r.pdf")}, diags_);
  const Piece piece{9, 2, "MRN-2", KindId{1}, 2, 1, *file, 1, {}, digest_from("piece 2")};
  ASSERT_TRUE(ledger.add_reprint({piece, 2, "jam in the folder", Day(2026y / 11 / 23)}, diags_) && ledger.commit_group(diags_)) << said();
  const auto totals = ledger.totals(diags_);
  EXPECT_EQ(totals->pieces, 8u);
  EXPECT_EQ(totals->reprints, 1u);
  EXPECT_EQ(totals->damaged, 1u);
  EXPECT_THAT(*ledger.find_key("MRN-2", diags_), ElementsAre(AllOf(Field(&PieceEntry::number, 2u), Field(&PieceEntry::state, PieceState::Reprinted)), AllOf(Field(&PieceEntry::number, 9u), Field(&PieceEntry::reprint_of, 2u))));
  const auto events = ledger.events(diags_);
  ASSERT_THAT(*events, SizeIs(3));
  EXPECT_EQ((*events)[2].what, "reprint");
  EXPECT_EQ((*events)[2].reason, "jam in the folder");
  EXPECT_EQ((*events)[2].piece, 2u);
  EXPECT_EQ((*events)[2].day, Day(2026y / 11 / 23));
  EXPECT_EQ(findings(ledger), "");
  ASSERT_TRUE(ledger.begin_group(diags_));
  EXPECT_FALSE(ledger.mark_damaged({{99}, "", {}}, diags_));
  EXPECT_THAT(said(), HasSubstr("has no piece 99"));
}

TEST_F(Ledgers, APieceMayBeAFileOfItsOwnAsWell) {
  Ledger ledger = made();
  write_bytes(folder_ / "s.pdf", "s.pdf");
  write_bytes(folder_ / "own/11.pdf", "11");
  ASSERT_TRUE(ledger.begin_group(diags_));
  const auto stream = ledger.add_file({"s.pdf", "", 1, 2, 1, 5, digest_from("s.pdf")}, diags_), own = ledger.add_file({"own/11.pdf", "", 1, 2, 1, 2, digest_from("11")}, diags_);
  const Piece piece{11, 11, "", KindId{1}, 2, 1, *stream, 1, *own, {}};
  ASSERT_TRUE(ledger.add_pieces(std::span(&piece, 1), diags_) && ledger.commit_group(diags_)) << said();
  EXPECT_EQ((*ledger.find_number(11, diags_))->own_file_name, "own/11.pdf");
  EXPECT_THAT(*ledger.pieces_of_file("own/11.pdf", diags_), SizeIs(1));
  EXPECT_EQ(findings(ledger), "");
}

TEST_F(Ledgers, AreReadWhileAnotherWrites) {
  Ledger writer = made();
  const auto reader = Ledger::open_read_only(folder_, "", diags_);
  ASSERT_TRUE(reader) << said();
  ASSERT_TRUE(write_group(writer, folder_, {"c.pdf", 11, 12, "en"}, diags_)) << said();
  EXPECT_EQ(reader->totals(diags_)->pieces, 8u);  // of the moment when it was opened
  const auto later = Ledger::open_read_only(folder_, "", diags_);
  EXPECT_EQ(later->totals(diags_)->pieces, 10u);
}

TEST_F(Ledgers, ASecondOneInAFolderIsRefused) {
  { const Ledger ledger = made(); }
  EXPECT_FALSE(Ledger::create(folder_, sample_job(), "", diags_));
  EXPECT_EQ(said(), "DIR/ledger.sqlite: error: is there already\n  hint: go on with that job, or write to another folder\n");
}

// What must be on the disk first is not: nothing is left.
TEST_F(Ledgers, DoesNotStandBeforeItMay) {
  int asked = 0;
  EXPECT_FALSE(Ledger::create(folder_, sample_job(), "", diags_, [&] {
    EXPECT_FALSE(Ledger::exists(folder_));
    return ++asked < 1;
  }));
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(said(), "");
  EXPECT_FALSE(Ledger::exists(folder_));
  EXPECT_TRUE(fs::is_empty(folder_));
  EXPECT_TRUE(Ledger::create(folder_, sample_job(), "", diags_, [&] { return ++asked == 2; }));
  EXPECT_TRUE(Ledger::exists(folder_));
}

// ---- verify ----

TEST_F(Ledgers, VerifyFindsWhatChangedInTheFolder) {
  const Ledger ledger = made();
  write_bytes(folder_ / "a.pdf", "A.pdf");
  fs::remove(folder_ / "b.pdf");
  write_bytes(folder_ / "new.pdf", "x");
  write_bytes(folder_ / "b.pdf.123-0.part", "x");
  write_bytes(folder_ / "logs/run.txt", "x");
  EXPECT_EQ(findings(ledger, {"logs"}), "1 a.pdf: its bytes are not those that were written\n0 b.pdf: 5 bytes were written\n3 b.pdf.123-0.part: left by a run that did not end\n3 new.pdf: the ledger does not know it\n");
  write_bytes(folder_ / "inputs/list.csv", "recipients, more");
  EXPECT_THAT(findings(ledger, {"logs/run.txt"}), HasSubstr("1 inputs/list.csv: has 16 bytes, 10 were written\n"));
  EXPECT_THAT(findings(ledger, {"log"}), HasSubstr("3 logs/run.txt"));
}

// Files beside the outputs are known as they were noted last.
TEST_F(Ledgers, VerifyFindsOtherFilesThatChanged) {
  Ledger ledger = made();
  const auto note = [&](std::string_view bytes) {
    write_bytes(folder_ / "a.json", bytes);
    ASSERT_TRUE(ledger.begin_group(diags_) && ledger.add_other_file("a.json", Personal::No, diags_) && ledger.commit_group(diags_)) << said();
    EXPECT_EQ(findings(ledger), "");
  };
  note("first");
  write_bytes(folder_ / "a.json", "other");
  EXPECT_EQ(findings(ledger), "1 a.json: its bytes are not those that were written\n");
  note("second");
  note("second");
  write_bytes(folder_ / "a.json", "first");
  EXPECT_EQ(findings(ledger), "1 a.json: has 5 bytes, 6 were written\n");
  ASSERT_TRUE(ledger.begin_group(diags_));
  EXPECT_FALSE(ledger.add_other_file("none.json", Personal::No, diags_)) << "it must be there";
  EXPECT_FALSE(ledger.commit_group(diags_));
}

TEST_F(Ledgers, VerifyFollowsNoLinks) {
  const Ledger ledger = made();
  fs::rename(folder_ / "a.pdf", folder_ / "elsewhere.pdf");
  fs::create_symlink("elsewhere.pdf", folder_ / "a.pdf");
  EXPECT_THAT(findings(ledger, {"elsewhere.pdf"}), HasSubstr("2 a.pdf: is a link"));
}

TEST_F(Ledgers, VerifyHoldsPiecesAgainstTheirFiles) {
  Ledger ledger = made();
  write_bytes(folder_ / "c.pdf", "c.pdf");
  ASSERT_TRUE(ledger.begin_group(diags_));
  const auto file = ledger.add_file({"c.pdf", "", 2, 3, 1, 5, digest_from("c.pdf")}, diags_);
  const Piece one{11, 11, "", KindId{1}, 2, 1, *file, 1, {}, {}}, two{12, 12, "", KindId{1}, 2, 1, *file, 3, {}, {}};
  ASSERT_TRUE(ledger.add_pieces(std::span(&one, 1), diags_) && ledger.commit_group(diags_));
  EXPECT_EQ(findings(ledger), "6 c.pdf: the ledger has 1 of its 2 pieces\n");
  ASSERT_TRUE(ledger.begin_group(diags_) && ledger.add_pieces(std::span(&two, 1), diags_) && ledger.commit_group(diags_));
  EXPECT_EQ(findings(ledger), "6 c.pdf: its pieces need 4 pages, it has 3\n");
}

// No seal holds what changes after it was written: it is held against what tells of the change.
TEST_F(Ledgers, VerifyFindsValuesThatNothingTellsOf) {
  const std::pair<const char*, const char*> altered[] = {{"UPDATE job SET rows_in = 4000", "the number of the list's rows is not that with which the job ended"},
                                                         {"UPDATE job SET rows_in = NULL", "the number of the list's rows is not that with which the job ended"},
                                                         {"UPDATE pieces SET state = 1 WHERE number = 3", "the states of 1 piece are not what its events say"},
                                                         {"UPDATE pieces SET state = 0 WHERE number = 2", "the states of 1 piece are not what its events say"},
                                                         {"UPDATE files SET state = 1", "2 files are called purged, and no event says so"}};
  for (const auto& [sql, what] : altered) {
    {
      Ledger ledger = made();
      ASSERT_TRUE(ledger.begin_group(diags_) && ledger.mark_damaged({{2}, "jam", {}}, diags_) && ledger.commit_group(diags_)) << said();
      EXPECT_EQ(findings(ledger), "");
    }
    {
      const auto database = Database::open(file(), "ledger", Access::Write, diags_);
      ASSERT_TRUE(database && database->run(sql, diags_)) << said();
    }
    {
      auto ledger = Ledger::open_without_secret(folder_, diags_);
      ASSERT_TRUE(ledger) << said();
      EXPECT_THAT(findings(*ledger), HasSubstr(std::string("4 ledger.sqlite: ") + what)) << sql;
      EXPECT_EQ(ledger->totals(diags_)->rows_in, 10u) << "as its seal has it";
      EXPECT_FALSE(ledger->purge({Day(2027y / 2 / 20), {}, Outputs::Keep}, diags_)) << sql;
      EXPECT_THAT(said(), HasSubstr("was altered"));
    }
    diags_ = {};
    fs::remove_all(folder_);
    fs::create_directory(folder_);
  }
}

TEST_F(Ledgers, FilesThatItDoesNotKnow) {
  const Ledger ledger = made();
  for (const char* name : {"c.pdf", "reprints/a.pdf", "inputs/other.csv"}) write_bytes(folder_ / name, name);
  EXPECT_THAT(*ledger.unknown_files("", diags_), ElementsAre("c.pdf", "inputs/other.csv", "reprints/a.pdf"));
  EXPECT_THAT(*ledger.unknown_files("reprints", diags_), ElementsAre("reprints/a.pdf"));
  EXPECT_THAT(*ledger.unknown_files("none", diags_), IsEmpty());
}

// ---- purge ----

// Whether such a file is the job's is asked; names that an earlier purge gave are, and stay.
TEST_F(Ledgers, PurgeRemovesWhatNoEntryTellsOf) {
  const auto is_left = [&](const UnknownIn& in, std::string_view name) {
    EXPECT_EQ(in.folder, folder_);
    EXPECT_EQ(in.job.id, "knee-2026-11");
    EXPECT_TRUE(in.finished);
    return name.starts_with("own/") || name.ends_with(".json");
  };
  Ledger ledger = made();
  ASSERT_TRUE(ledger.begin_group(diags_));
  // Renamed by a purge that was cut off.
  write_bytes(folder_ / "own/purged-11.pdf", "own");
  const auto file = ledger.add_file({"own/MRN-11.pdf", std::string(kOwnFileClass), 1, 2, 1, 3, digest_from("own")}, diags_);
  const Piece piece{11, 11, "MRN-11", KindId{1}, 2, 1, *file, 1, {}, {}};
  ASSERT_TRUE(ledger.add_pieces(std::span(&piece, 1), diags_) && ledger.commit_group(diags_)) << said();
  for (const char* name : {"own/MRN-12.pdf", "c.json", "notes.txt"}) write_bytes(folder_ / name, name);
  const auto purged = ledger.purge({Day(2027y / 2 / 20), {}, Outputs::Keep, is_left}, diags_);
  ASSERT_TRUE(purged) << said();
  EXPECT_EQ(purged->left, 2u);
  EXPECT_FALSE(fs::exists(folder_ / "own/MRN-12.pdf") || fs::exists(folder_ / "c.json"));
  EXPECT_TRUE(fs::exists(folder_ / "notes.txt") && fs::exists(folder_ / "own/purged-11.pdf"));
  const auto events = ledger.events(diags_);
  EXPECT_THAT(events->back().reason, HasSubstr(", 2 files removed that no entry told of"));
}

TEST_F(Ledgers, PurgeWaitsUntilTheTimeIsOver) {
  Ledger ledger = made();
  const auto purged = ledger.purge({Day(2027y / 2 / 19), {}, Outputs::Keep}, diags_);
  ASSERT_TRUE(purged) << said();
  EXPECT_FALSE(purged->due);
  EXPECT_EQ(to_text(*purged->due_on), "2027-02-20");
  EXPECT_EQ((*ledger.find_number(1, diags_))->key, "MRN-1");
}

TEST_F(Ledgers, PurgeLeavesNothingOfARecipient) {
  {
    Ledger ledger = made();
    write_bytes(folder_ / "rejected-rows.csv", "secret");
    ASSERT_TRUE(ledger.begin_group(diags_) && ledger.add_other_file("rejected-rows.csv", Personal::Yes, diags_) && ledger.commit_group(diags_)) << said();
    EXPECT_THAT(read_bytes(file()) + read_bytes(file().string() + "-wal"), HasSubstr("MRN-7"));
    const auto purged = ledger.purge({Day(2027y / 2 / 20), {}, Outputs::Keep}, diags_);
    ASSERT_TRUE(purged) << said();
    EXPECT_TRUE(purged->due);
    EXPECT_EQ(purged->keys, 8u);
    EXPECT_EQ(purged->files, 2u);
    EXPECT_FALSE(fs::exists(folder_ / "rejected-rows.csv"));
    EXPECT_THAT(read_bytes(file()) + read_bytes(file().string() + "-wal"), Not(HasSubstr("MRN-")));
    EXPECT_EQ((*ledger.find_number(7, diags_))->key, "");
    EXPECT_EQ(findings(ledger), "");
    EXPECT_EQ(ledger.events(diags_)->back().reason, "8 keys and 2 files removed");
    // It may go on.
    EXPECT_TRUE(write_group(ledger, folder_, {"c.pdf", 11, 11, "en"}, diags_)) << said();
  }
  EXPECT_FALSE(fs::exists(folder_ / "inputs/list.csv"));
  EXPECT_TRUE(fs::exists(folder_ / "a.pdf"));
  auto ledger = Ledger::open(folder_, "", diags_);
  ASSERT_TRUE(ledger) << said();
  const auto purged = ledger->purge({Day(2027y / 2 / 20), 0, Outputs::Remove}, diags_);
  ASSERT_TRUE(purged) << said();
  EXPECT_EQ(purged->files, 3u);
  EXPECT_FALSE(fs::exists(folder_ / "a.pdf") || fs::exists(folder_ / "b.pdf") || fs::exists(folder_ / "c.pdf"));
  EXPECT_EQ(findings(*ledger), "");
  EXPECT_EQ(ledger->files(diags_)->front().state, FileState::Purged);
}

// Numbers that come in any order move entries from page to page.
TEST_F(Ledgers, PurgeWritesTheLedgerAnew) {
  Ledger ledger = made();
  ASSERT_TRUE(ledger.begin_group(diags_));
  for (Row row = 3000; row > 1000; --row) {
    const std::string key = "MRN-" + std::string(60, 'x') + std::to_string(row);
    const Piece piece{1000 + row * 7919 % 3001, row, key, KindId{1}, 2, 1, FileId{1}, 1, {}, {}};
    ASSERT_TRUE(ledger.add_pieces(std::span(&piece, 1), diags_)) << said();
  }
  ASSERT_TRUE(ledger.commit_group(diags_));
  ASSERT_TRUE(ledger.purge({Day(2027y / 2 / 20), 0, Outputs::Keep}, diags_)) << said();
  const std::string bytes = read_bytes(file());
  EXPECT_THAT(bytes + read_bytes(file().string() + "-wal"), Not(HasSubstr("MRN-")));
  EXPECT_LT(bytes.size(), 2000u * 100);
}

// Names of files that hold one piece may be those of recipients, on the disk and in the ledger; so may reasons, which people write.
TEST_F(Ledgers, PurgeLeavesNoKeyInNamesOfFilesAndReasons) {
  for (const Outputs outputs : {Outputs::Keep, Outputs::Remove}) {
    Ledger ledger = made();
    ASSERT_TRUE(ledger.begin_group(diags_));
    std::vector<Piece> pieces;
    std::vector<std::string> keys;
    for (Row row = 11; row <= 16; ++row) keys.push_back(row == 14 ? "purged-13" : "MRN-" + std::to_string(row));
    for (Row row = 11; row <= 16; ++row) {
      const std::string name = row == 12 ? "own/12-en.pdf" : "own/" + keys[row - 11] + "-en.pdf";
      write_bytes(folder_ / name, name);
      const auto file = ledger.add_file({row == 14 ? "own/purged-13.pdf" : name, std::string(kOwnFileClass), 1, 2, 1, name.size(), digest_from(name)}, diags_);
      if (row == 14) fs::rename(folder_ / name, folder_ / "own/purged-13.pdf");
      pieces.push_back({row, row, keys[row - 11], KindId{1}, 2, 1, row < 15 ? *file : FileId{1}, 1, {}, {}});
      if (row >= 15) pieces.back().own_file = *file;
    }
    ASSERT_TRUE(ledger.add_pieces(pieces, diags_) && ledger.mark_damaged({{1}, "MRN-11 (and MRN-1) called, not MRN-111 about 11", {}}, diags_) && ledger.commit_group(diags_)) << said();
    const auto purged = ledger.purge({Day(2027y / 2 / 20), {}, outputs}, diags_);
    ASSERT_TRUE(purged) << said();
    EXPECT_EQ(purged->renamed, 5u);
    EXPECT_EQ((*ledger.find_number(13, diags_))->file_name, "own/purged-13-2.pdf");
    EXPECT_EQ((*ledger.find_number(14, diags_))->file_name, "own/purged-14.pdf");
    EXPECT_EQ((*ledger.find_number(16, diags_))->own_file_name, "own/purged-16.pdf");
    EXPECT_EQ((*ledger.find_number(12, diags_))->file_name, "own/12-en.pdf");
    std::string reasons;
    const auto events = ledger.events(diags_);
    for (const Event& each : *events) reasons += each.reason + "\n";
    EXPECT_THAT(reasons, HasSubstr("(key) (and (key)) called, not MRN-111 about 11\n"));
    EXPECT_THAT(read_bytes(file()) + read_bytes(file().string() + "-wal"), Not(testing::ContainsRegex("MRN-1[^1]")));
    EXPECT_EQ(fs::exists(folder_ / "own/purged-11.pdf"), outputs == Outputs::Keep);
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) EXPECT_THAT(entry.path().filename().string(), Not(HasSubstr("MRN-")));
    // The stream's files have pages for more than they say, which is not what is tested.
    EXPECT_THAT(findings(ledger), Not(testing::AnyOf(HasSubstr("own/"), HasSubstr("group"))));
    // Once more, nothing has to be named anew.
    EXPECT_EQ(ledger.purge({Day(2027y / 2 / 20), {}, outputs}, diags_)->renamed, 0u);
    { const Ledger gone = std::move(ledger); }
    fs::remove_all(folder_);
    fs::create_directory(folder_);
  }
}

// Nobody knows which reasons have a key in them where the ledger has its hash.
TEST_F(Ledgers, PurgeLeavesNoReasonsWhereKeysAreHashed) {
  Job job = sample_job();
  job.keys = KeyStyle::Hashed;
  auto ledger = Ledger::create(folder_, job, "a secret", diags_);
  ASSERT_TRUE(ledger && write_group(*ledger, folder_, {"a.pdf", 1, 3, "en"}, diags_)) << said();
  ASSERT_TRUE(ledger->begin_group(diags_) && ledger->mark_damaged({{1}, "MRN-2 asked", {}}, diags_) && ledger->commit_group(diags_)) << said();
  ASSERT_TRUE(ledger->purge({Day(2027y / 2 / 20), {}, Outputs::Keep}, diags_)) << said();
  EXPECT_THAT(read_bytes(file()) + read_bytes(file().string() + "-wal"), Not(HasSubstr("MRN-")));
  const auto events = ledger->events(diags_);
  ASSERT_TRUE(events);
  EXPECT_EQ(events->front().reason, "(removed)");
  EXPECT_THAT(events->back().reason, HasSubstr("3 keys and 0 files removed"));
  EXPECT_EQ(findings(*ledger), "");
  // What the program said itself stays.
  ASSERT_TRUE(ledger->purge({Day(2027y / 2 / 21), {}, Outputs::Keep}, diags_)) << said();
  EXPECT_THAT(ledger->events(diags_)->at(1).reason, HasSubstr("3 keys and 0 files removed"));
}

TEST_F(Ledgers, PurgeTellsOfAReaderThatKeepsWhatWasRemoved) {
  Ledger ledger = made();
  {
    const auto reader = Ledger::open_read_only(folder_, "", diags_);
    ASSERT_TRUE(reader) << said();
    EXPECT_FALSE(ledger.purge({Day(2027y / 2 / 20), {}, Outputs::Keep}, diags_));
    EXPECT_THAT(said(), HasSubstr("is read by another process: what was removed is not overwritten yet"));
  }
  EXPECT_TRUE(ledger.purge({Day(2027y / 2 / 20), {}, Outputs::Keep}, diags_));
  EXPECT_THAT(read_bytes(file()) + read_bytes(file().string() + "-wal"), Not(HasSubstr("MRN-")));
}

// ---- shredding ----

TEST_F(Ledgers, ShreddedFilesAreForgotten) {
  constexpr std::string_view kNames[] = {"rows.csv"};
  Ledger ledger = made();
  write_bytes(folder_ / "rows.csv", std::string(200'000, 's'));
  write_bytes(folder_ / "other.csv", "kept");
  ASSERT_TRUE(ledger.begin_group(diags_) && ledger.add_other_file("rows.csv", Personal::Yes, diags_) && ledger.add_other_file("other.csv", Personal::Yes, diags_) && ledger.commit_group(diags_)) << said();
  EXPECT_FALSE(*ledger.is_shredded(diags_));
  // Another name of the file shows what became of its bytes.
  fs::create_hard_link(folder_ / "rows.csv", folder_ / "same.csv");
  EXPECT_EQ(*ledger.shred(kNames, Day(2026y / 12 / 1), diags_), 1u) << said();
  EXPECT_TRUE(*ledger.is_shredded(diags_));
  EXPECT_EQ(read_bytes(folder_ / "same.csv"), std::string(200'000, '\0'));
  fs::remove(folder_ / "same.csv");
  EXPECT_FALSE(fs::exists(folder_ / "rows.csv"));
  EXPECT_TRUE(fs::exists(folder_ / "other.csv"));
  EXPECT_EQ(findings(ledger), "");
  EXPECT_EQ(ledger.events(diags_)->back().what, "shred-rejects");
  EXPECT_EQ(ledger.events(diags_)->back().day, Day(2026y / 12 / 1));
  EXPECT_EQ(*ledger.shred(kNames, {}, diags_), 0u);
  EXPECT_EQ(ledger.events(diags_)->size(), 1u);
}

// ---- what is looked at before more is done ----

TEST_F(Ledgers, FilesThatAreGoneOrCutAreSeenWithoutReadingThem) {
  const Ledger ledger = made();
  EXPECT_THAT(*ledger.check_files(diags_), IsEmpty());
  fs::remove(folder_ / "a.pdf");
  write_bytes(folder_ / "b.pdf", "b.pd");
  const auto found = ledger.check_files(diags_);
  ASSERT_THAT(*found, SizeIs(2));
  EXPECT_EQ((*found)[0].what, Finding::What::Missing);
  EXPECT_EQ((*found)[1].detail, "has 4 bytes, 5 were written");
}

TEST_F(Ledgers, LeaveNoLogBehind) {
  const auto names = [&] {
    std::string text;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      if (const std::string name = entry.path().filename().string(); name.starts_with(kFileName)) text += name + " ";
    }
    return text;
  };
  {
    Ledger ledger = made();
    ASSERT_TRUE(ledger.begin_group(diags_));
    EXPECT_THAT(names(), HasSubstr("-wal"));
  }
  EXPECT_EQ(names(), "ledger.sqlite ");
  { EXPECT_TRUE(Ledger::open_read_only(folder_, "", diags_)->totals(diags_)); }
  EXPECT_EQ(names(), "ledger.sqlite ");
}

// ---- what is refused ----

TEST_F(Ledgers, PurgeRefusesWhatItCannotKnow) {
  Job job = sample_job();
  job.day.reset();
  job.keep_days.reset();
  Ledger ledger = made(job);
  EXPECT_FALSE(ledger.purge({Day(2027y / 2 / 20), {}, Outputs::Keep}, diags_));
  EXPECT_THAT(said(), HasSubstr("does not say how long recipients' data may stay"));
  EXPECT_FALSE(ledger.purge({Day(2027y / 2 / 20), 5, Outputs::Keep}, diags_));
  EXPECT_THAT(said(), HasSubstr("has no day to count from"));
  EXPECT_TRUE(ledger.purge({Day(2027y / 2 / 20), 0, Outputs::Keep}, diags_)->due);
}

TEST_F(Ledgers, PurgeRemovesNothingThroughALink) {
  const fs::path other = folder_.string() + "-other";
  write_bytes(other / "list.csv", "mine");
  Ledger ledger = made();
  fs::remove_all(folder_ / "inputs");
  fs::create_directory_symlink(other, folder_ / "inputs");
  EXPECT_FALSE(ledger.purge({Day(2027y / 2 / 20), {}, Outputs::Keep}, diags_));
  EXPECT_THAT(said(), HasSubstr("a link leads out of the job's folder"));
  EXPECT_TRUE(fs::exists(other / "list.csv"));
  fs::remove_all(other);
}

TEST_F(Ledgers, Days) {
  EXPECT_EQ(to_text(*day_from_text("2024-02-29")), "2024-02-29");
  for (const char* const wrong : {"2023-02-29", "2024-2-29", "2024-13-01", "0000-01-01", "20240229", "", "2024-02-29 ", "----------"}) EXPECT_FALSE(day_from_text(wrong)) << wrong;
}

}  // namespace
}  // namespace handout::ledger
