// What goes into one print file, under which name, with which marks, and what is told of its pieces.
#include <nlohmann/json.hpp>

#include "batch/batch_testing.h"
#include "batch/job_tickets.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr const char* kRecipientsLanguage = "<locale choose=\"recipient\" fallback=\"en\"/>";
constexpr const char* kHome = "1 Elm St,Dover,DE,19901,US";

class PrintFiles : public Batch {
 protected:
  // Pages of one paper with this on them.
  void write_layout(const std::string& page) const { write("layout.xml", "<layout id=\"layout\" title=\"Small\">\n" + page + "\n<body><slot select=\"*\"/></body>\n</layout>\n"); }
  // Names and how many pieces, envelopes or none, each has.
  [[nodiscard]] std::vector<std::string> tickets(const std::string& out) const {
    std::vector<std::string> found;
    for (const auto& [name, bytes] : outputs(out)) {
      if (!name.ends_with(".pdf") || name.find('/') != std::string::npos) continue;
      const Json ticket = Json::parse(read(out + "/" + ticket_name(name)));
      found.push_back(name + " " + std::to_string(ticket["pieces"].get<int>()));
    }
    return found;
  }
  // 90 rows of a note, of which the given ones reach far down the page.
  [[nodiscard]] static std::string notes(const std::vector<int>& long_ones, const std::string& address = "") {
    std::string list = "key,name,note" + std::string(address.empty() ? "" : ",address,city,state,zip,country") + "\n";
    for (int row = 1; row <= 90; ++row) {
      const bool is_long = std::find(long_ones.begin(), long_ones.end(), row) != long_ones.end();
      std::string words = "SECRET";
      for (int i = 0; is_long && i < 900; ++i) words += " SECRET";
      list += std::to_string(row) + ",Ann," + words + (address.empty() ? "" : "," + address) + "\n";
    }
    return list;
  }
  void write_notes() const {
    write("texts/knee/en.xml", "<article id=\"knee\" xml:lang=\"en\" version=\"1\" status=\"draft\">\n<title id=\"t\">Knee</title>\n<p id=\"p\">For <field name=\"note\"/>: rest.</p>\n</article>\n");
    write_layout("<page size=\"A4\"><sheet-text left=\"100mm\" bottom=\"60mm\" text=\"{job} {piece} {sheet}/{sheets}\" size=\"6pt\"/></page>");
  }
};

TEST_F(PrintFiles, APieceWithoutRoomForItsMarksIsARefusedRow) {
  write_notes();
  write("people.csv", notes({41}));
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/><field name=\"note\"/><output as=\"both\" pieces-per-file=\"20\"/>");
  Order dry = order("job");
  dry.writes = Writes::Nothing;
  const Outcome tried = run_whole(dry);
  EXPECT_EQ(tried.tally.rejected, 1u);
  EXPECT_EQ(tried.tally.pieces, 89u);
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.rejected, 1u);
  EXPECT_EQ(outcome.tally.pieces, 89u);
  ASSERT_EQ(outcome.refusals.first.size(), 1u);
  EXPECT_EQ(describe(outcome.refusals.first.front()), describe(tried.refusals.first.front()));
  EXPECT_THAT(read("job/rejects.csv"), AllOf(HasSubstr("\r\n41,,\"<sheet-text> has not the room that it needs on page 1: there is text at "), Not(HasSubstr("SECRET"))));
  EXPECT_FALSE(fs::exists(folder_ / "job/pieces/41-en.pdf"));
  EXPECT_TRUE(fs::exists(folder_ / "job/pieces/42-en.pdf"));
  EXPECT_EQ(findings("job").size(), 0u);
  // Files of one piece have no marks.
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/><field name=\"note\"/><output as=\"files\"/>");
  EXPECT_EQ(run_whole(order("alone")).tally.pieces, 90u);
}

// The greatest number that a file has, not one more: 9 has one digit.
TEST_F(PrintFiles, RoomForTheGreatestNumberIsEnough) {
  write_notes();
  write("people.csv", notes({}));
  const auto pieces = [&](const std::string& most, double left) {
    write_layout("<page size=\"A4\"><sheet-text left=\"" + std::to_string(left) + "mm\" bottom=\"60mm\" text=\"{number}\" size=\"6pt\"/></page>");
    write_mailing("<locale choose=\"fixed\" fixed=\"en\"/><field name=\"note\"/><output pieces-per-file=\"" + most + "\"/>");
    const std::string out = "job" + most + "-" + std::to_string(left);
    const auto outcome = run(order(out));
    return outcome ? outcome->tally.pieces : 0;
  };
  // A digit has 1.21 mm, and a mark stays 3 mm from the edge: the first place where two have no room.
  double left = 200;
  while (left < 207 && pieces("10", left) == 90) left += 0.3;
  ASSERT_LT(left, 207);
  EXPECT_EQ(pieces("9", left), 90u);
  EXPECT_EQ(pieces("8", left), 90u);
}

TEST_F(PrintFiles, TheFirstRowMayBeTheOneAtFault) {
  write_notes();
  write("people.csv", notes({1}));
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/><field name=\"note\"/>");
  EXPECT_EQ(run_whole(order("job")).tally.pieces, 89u);
  // Where nobody's piece has the room, the layout is at fault.
  write_layout("<page size=\"A4\"><sheet-text left=\"20mm\" top=\"20mm\" text=\"{job} {piece}\" size=\"6pt\"/></page>");
  EXPECT_FALSE(run(order("none")));
  EXPECT_THAT(said(), HasSubstr("layout.xml:2:17: error: <sheet-text> has not the room that it needs on page 1: there is text at "));
  EXPECT_FALSE(fs::exists(folder_ / "none/ledger.sqlite"));
}

TEST_F(PrintFiles, OfAHouseholdThePieceAtFaultIsRefused) {
  write_notes();
  write("people.csv", notes({2, 41}, kHome));
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/><field name=\"note\"/><household by=\"address\"/>");
  const Outcome outcome = run_whole(order("job"));
  EXPECT_EQ(outcome.tally.rejected, 2u);
  EXPECT_EQ(outcome.tally.pieces, 88u);
  EXPECT_EQ(outcome.tally.merged, 77u);
}

TEST_F(PrintFiles, HaveNoMorePiecesThanAllowedButForOneEnvelope) {
  std::string list = "key,name,address,city,state,zip,country\n";
  for (const int members : {2, 2, 5, 1, 1}) {
    static int home = 0, key = 0;
    ++home;
    for (int i = 0; i < members; ++i) list += std::to_string(++key) + ",Ann," + std::to_string(home) + " Elm St,Dover,DE,19901,US\n";
  }
  write("people.csv", list);
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/><household by=\"address\"/><output pieces-per-file=\"3\"/>");
  run_whole(order("job"));
  EXPECT_THAT(tickets("job"), ElementsAre("small-Letter-0001.pdf 2", "small-Letter-0002.pdf 2", "small-Letter-0003.pdf 5", "small-Letter-0004.pdf 2"));
}

// Marks at the start of lines change places: no machine takes both as one file.
TEST_F(PrintFiles, MarksOfTheOtherDirectionAreApart) {
  std::string list = "key,name,language,address,city,state,zip,country\n";
  for (int row = 1; row <= 9; ++row) list += std::to_string(row) + ",Ann," + (row % 3 == 0 ? "ar" : "en") + "," + kHome + "\n";
  write("people.csv", list);
  write_layout("<page size=\"A4\" margin=\"20mm\"><sheet-text start=\"7mm\" bottom=\"5mm\" text=\"{piece}\" size=\"6pt\"/></page>");
  write_mailing(kRecipientsLanguage);
  run_whole(order("job"));
  EXPECT_THAT(tickets("job"), ElementsAre("small-A4-0001.pdf 6", "small-A4-rtl-0001.pdf 3"));
  write_mailing(std::string(kRecipientsLanguage) + "<household by=\"address\"/><output stream-name=\"{paper}-{number}.pdf\"/>");
  run_whole(order("home"));
  EXPECT_THAT(tickets("home"), ElementsAre("A4-0001.pdf 6", "A4-rtl-0001.pdf 3"));
  write_mailing(std::string(kRecipientsLanguage) + "<output split-by=\"locale\"/>");
  run_whole(order("locales"));
  EXPECT_THAT(tickets("locales"), ElementsAre("small-ar-A4-0001.pdf 3", "small-en-A4-0001.pdf 6"));
  // At the paper's own edges they are one.
  write_layout("<page size=\"A4\" margin=\"20mm\"><sheet-text left=\"7mm\" bottom=\"5mm\" text=\"{piece}\" size=\"6pt\"/></page>");
  write_mailing(kRecipientsLanguage);
  run_whole(order("paper"));
  EXPECT_THAT(tickets("paper"), ElementsAre("small-A4-0001.pdf 9"));
}

TEST_F(PrintFiles, AProfileWithOtherSidesIsApartOrRefusedAtTheStart) {
  const Installation given = shipped();
  fs::create_directory(folder_ / "own");
  for (const char* each : {"content", "layouts", "fonts"}) fs::copy(given.layouts.parent_path() / each, folder_ / "own" / each, fs::copy_options::recursive);
  const fs::path profile = folder_ / "own/layouts/profiles/large.xml";
  std::string text = read_text(profile);
  text.replace(text.find("<page margin"), 12, "<page duplex=\"no\" margin");
  write_text(profile, text);
  Installation own = given;
  own.content = folder_ / "own/content";
  own.layouts = folder_ / "own/layouts";
  own.fonts = folder_ / "own/fonts";
  write("people.csv", "key,name,large print\n1,Ann,no\n2,Eve,yes\n");
  const auto run_own = [&](const std::string& out) {
    std::atomic<bool> stop = false;
    StopAfter watcher(kNever, stop);
    diags_ = Diagnostics();
    return batch::run(order(out), own, watcher, stop, diags_);
  };
  const auto write_both = [&](const std::string& output) { write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>" + output, "<layout name=\"standard\"/>"); };
  write_both("");
  EXPECT_FALSE(run_own("job"));
  EXPECT_THAT(said(), HasSubstr("small.xml:3:15: error: layout 'standard' has other marks, trays or sides in profile 'large' than in 'standard': no machine takes both as one file\n  hint: put layout into split-by"));
  write_both("<output split-by=\"layout\"/>");
  EXPECT_TRUE(run_own("split")) << said();
  write_both("<output duplex=\"yes\"/>");
  EXPECT_TRUE(run_own("sides")) << said();
  // Files of one piece are nobody's but the printer's.
  write_both("<output as=\"files\"/>");
  EXPECT_TRUE(run_own("alone")) << said();
}

TEST_F(PrintFiles, PagesForAnEnvelopeAreNotPutOnOtherSheets) {
  for (const char* impose : {"two-up", "booklet"}) {
    write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>", std::string("<layout name=\"letter-10-single\" impose=\"") + impose + "\"/>");
    EXPECT_FALSE(run(order("job")));
    EXPECT_THAT(said(), HasSubstr(std::string("small.xml:3:41: error: layout 'letter-10-single' is for envelope 'us-10-single', and its pages are put on sheets as ") + impose + ": nobody knows what shows in the window\n  hint: leave 'impose' out"));
  }
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/><envelope name=\"dl\"/>", "<layout name=\"booklet\"/>");
  EXPECT_FALSE(run(order("job")));
  EXPECT_THAT(said(), HasSubstr("error: layout 'booklet' is made for no envelope; 'dl' was named"));
}

TEST_F(PrintFiles, WhoWantsLargePrintGetsNothingSmallerThanTheOthers) {
  write("people.csv", "key,name,large print\n1,Ann,no\n2,Eve,yes\n");
  for (const char* wanted : {"large", "giant"}) {
    write_mailing("<locale choose=\"fixed\" fixed=\"en\"/><output split-by=\"layout\"/>", std::string("<layout name=\"standard\" profile=\"giant\" large-print=\"") + wanted + "\"/>");
    run_whole(order(wanted));
    EXPECT_THAT(tickets(wanted), ElementsAre("small-standard-giant-Letter-0001.pdf 2"));
  }
}

TEST_F(PrintFiles, OfTheirOwnCarryNoMarksWhichIsToldOnce) {
  write_layout("<page size=\"A4\" margin=\"20mm\"><sheet-text left=\"7mm\" bottom=\"5mm\" text=\"{piece}\" size=\"6pt\"/></page>");
  for (const char* as : {"files", "both", "stream"}) {
    write_mailing(std::string("<locale choose=\"fixed\" fixed=\"en\"/><output as=\"") + as + "\"/>");
    run_whole(order(as));
    const std::string told = "note: layout 'layout' has marks for machines: sheets of print files have them, those of files for one recipient don't\n";
    EXPECT_EQ(said().find(told) != std::string::npos, std::string_view(as) != "stream") << as << said();
  }
}

// What is wrong with a translation is wrong with each piece of it, whichever was made first; what is told of one recipient's values is that one's.
TEST_F(PrintFiles, WarningsCountEveryPieceThatIsMadeFromATemplate) {
  const std::string source = read("texts/knee/en.xml");
  std::string translated = read("texts/knee/ar.xml");
  translated.replace(translated.find("<p id"), 2, "<p source=\"abcd1234\"");
  write("texts/knee/ar.xml", translated);
  std::string list = "key,name,language,address,city,state,zip,country\n";
  for (int row = 1; row <= 100; ++row) list += std::to_string(row) + ",Ann,ar,1 Elm St,Dover,DE," + (row == 1 || row == 70 ? "9901" : "19901") + ",US\n";
  write("people.csv", list);
  write_mailing(kRecipientsLanguage, "<layout name=\"standard\" large-print=\"ignore\"/><clinic ref=\"content/clinics/example.xml\"/>");
  const Outcome outcome = run_whole(order("job"));
  std::size_t found = 0;
  for (const auto& [what, warned] : outcome.warnings) {
    // Of a block, though the title has no source.
    if (what.starts_with("block 'p' translates abcd1234")) {
      ++found;
      EXPECT_EQ(warned.pieces, 100u);
      EXPECT_THAT(warned.rows, ElementsAre(1, 2, 3, 4, 5));
    } else if (what.find("postcode is not of the form") != std::string::npos) {
      ++found;
      EXPECT_THAT(warned.rows, ElementsAre(1, 70));
    }
  }
  EXPECT_EQ(found, 2u);
}

}  // namespace
}  // namespace handout::batch
