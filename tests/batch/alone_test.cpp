// Each piece of a print file is the handout that is rendered for that person alone, and nothing of anybody else is in it.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "batch/batch_testing.h"
#include "batch/people.h"
#include "batch/request_maker.h"
#include "batch/snapshot.h"
#include "display/canonical.h"
#include "inspect/pages.h"
#include "marks/marks.h"
#include "rounds.h"
#include "unicode/formats.h"

namespace handout::batch {
namespace {

std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  const auto end = [&] {
    if (!word.empty()) words.insert(word);
    word.clear();
  };
  for (const char c : text) {
    const bool letter = static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    else end();
  }
  end();
  return words;
}

std::string all_of(const recipients::Person& person) {
  std::string text;
  for (const std::string_view name : mailings::recipient_names()) {
    if (name != "language" && name != "large-print" && name != "country" && name != "name.locale") text += value_of(person, name) + '\n';
  }
  return text;
}

class Alone : public Batch {
 protected:
  void SetUp() override {
    Batch::SetUp();
    write("mixed.xml",
          "<mailing id=\"mixed\" title=\"Mixed\">\n<article ref=\"knee-stem-cell-treatment\" level=\"short\"/>\n<layout name=\"letter-10-single\" large-print=\"large\"/>\n<clinic ref=\"content/clinics/example.xml\"/>\n<date value=\"2026-11-22\"/>\n"
          "<locale choose=\"recipient\" fallback=\"en\"/>\n<sort by=\"country postcode key\"/>\n<output as=\"stream\" purpose=\"screen\" pieces-per-file=\"25\" split-by=\"layout sheets\"/>\n</mailing>\n");
    write("people.csv", sample(test::rounds("HANDOUT_PEOPLE", 1000, 60), 7));
  }
};

// The text of a piece's pages, headers and footers too.
struct Pages { std::string text, outside; };

TEST_F(Alone, EachPieceIsTheHandoutAlone) {
  Order wanted = order("job");
  wanted.mailing = folder_ / "mixed.xml";
  const Outcome outcome = run_whole(wanted);
  ASSERT_GT(outcome.tally.pieces, outcome.tally.rows / 2) << read("job/rejects.csv");

  // The same people, one by one.
  auto mailing = mailings::read_mailing(wanted.mailing, diags_);
  ASSERT_TRUE(mailing) << said();
  Pipeline pipeline(shipped());
  auto maker = RequestMaker::make(*mailing, Snapshot({}, {}), HANDOUT_SOURCE_DIR, "people.csv", pipeline, diags_);
  auto people = People::open(*mailing, {wanted.recipients, {}, {}}, diags_);
  ASSERT_TRUE(maker && people) << said();
  std::map<std::uint64_t, Somebody> by_row;
  for (;;) {
    auto next = people->next(diags_);
    ASSERT_TRUE(next) << said();
    if (std::holds_alternative<NoMore>(*next)) break;
    if (auto* somebody = std::get_if<Somebody>(&*next)) by_row.emplace(somebody->row, std::move(*somebody));
  }
  std::map<std::string, std::set<std::uint64_t>> owners;
  for (const auto& [row, somebody] : by_row) {
    for (const std::string& word : words_of(all_of(somebody.person))) owners[word].insert(row);
  }

  const auto ledger = open("job");
  const auto files = ledger.files(diags_);
  ASSERT_TRUE(files);
  display::CanonicalDigest digests;
  std::size_t compared = 0, watched = 0;
  std::set<std::string> common;  // words that stand in handouts as such
  std::map<std::uint64_t, std::set<std::string>> said_in;
  for (const ledger::FileEntry& file : *files) {
    inspect::Document document = inspect::open_document(read("job/" + file.file.name));
    const auto pages = inspect::page_texts(document);
    ASSERT_EQ(pages.size(), file.file.pages);
    const auto pieces = ledger.pieces_of_file(file.file.name, diags_);
    ASSERT_TRUE(pieces) << said();
    for (const ledger::PieceEntry& piece : *pieces) {
      Pages found, expected;
      for (std::size_t i = 0; i < piece.pages; ++i) {
        found.text += pages[piece.first_page - 1 + i].text + '\n';
        found.outside += pages[piece.first_page - 1 + i].outside + '\n';
      }
      const auto request = maker->request_for(by_row.at(piece.row));
      ASSERT_TRUE(std::holds_alternative<Wanted>(request));
      Diagnostics own;
      auto stations = pipeline.prepare(std::get<Wanted>(request).request, own);
      ASSERT_TRUE(stations) << to_text(own);
      marks::fill_last_sheet(stations->display);
      ASSERT_EQ(to_hex(digests.of(stations->display)), to_hex(piece.digest)) << "row " << piece.row;
      const auto fonts = pipeline.fonts(stations->sources.clinic.get(), own);
      const auto alone = pdf::write_pdf(stations->display, {**fonts, read_text(shipped().srgb_profile)}, own);
      ASSERT_TRUE(alone) << to_text(own);
      inspect::Document other = inspect::open_document(*alone);
      for (const inspect::PageText& page : inspect::page_texts(other)) {
        expected.text += page.text + '\n';
        expected.outside += page.outside + '\n';
      }
      ASSERT_EQ(found.text, expected.text) << "row " << piece.row;
      ASSERT_EQ(found.outside, expected.outside) << "row " << piece.row;
      ++compared;
      said_in[piece.row] = words_of(found.text + found.outside);
      // The day of birth is printed with the name of its month.
      if (const auto& born = std::get<Wanted>(request).request.recipient->birth_date) {
        for (const auto& article : stations->sources.articles) {
          for (const std::string& word : words_of(unicode::format_date(*born, article->locale, unicode::DateStyle::Long))) owners[word].insert(piece.row);
        }
      }
    }
  }
  EXPECT_EQ(compared, outcome.tally.pieces);
  // A word that only one person has, and that no handout has of itself: it may stand in that person's pages only.
  Diagnostics own;
  for (const char* locale : {"en", "es", "ar", "hi", "vi", "zh-Hans"}) {
    request::Request nobody;
    nobody.editions.push_back({"knee-stem-cell-treatment", *unicode::Locale::parse(locale), request::ArticleLevel::Full});
    nobody.layout = "letter-10-single";
    nobody.clinic = std::string(HANDOUT_SOURCE_DIR) + "/content/clinics/example.xml";
    nobody.date = unicode::parse_date("2026-11-22");
    const auto bytes = pipeline.render(nobody, own);
    ASSERT_TRUE(bytes) << to_text(own);
    inspect::Document document = inspect::open_document(bytes->bytes);
    for (const inspect::PageText& page : inspect::page_texts(document)) common.merge(words_of(page.text + ' ' + page.outside));
  }
  for (const auto& [row, words] : said_in) {
    for (const std::string& word : words) {
      const auto owner = owners.find(word);
      if (owner == owners.end() || common.contains(word) || word.size() < 3) continue;
      ++watched;
      ASSERT_TRUE(owner->second.contains(row)) << "row " << row << " has a word of row " << *owner->second.begin();
    }
  }
  EXPECT_GT(watched, compared * 2);
  fmt::print("{} pieces compared, {} words looked for\n", compared, watched);
}

}  // namespace
}  // namespace handout::batch
