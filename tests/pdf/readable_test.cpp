// Glyphs at their places, and what readers make of them.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>

#include <unistd.h>

#include "base/process.h"
#include "inspect/inspect.h"
#include "pdf/maker.h"
#include "pdf/readable_glyphs.h"
#include "rendered/readers.h"

namespace handout::test {

using namespace display;

namespace {

constexpr Script kHebrew{"Noto Sans Hebrew", "Hebr", "he", unicode::Direction::RightToLeft};
constexpr Script kKhmer{"Noto Sans Khmer", "Khmr", "km"};

// A file of one paragraph of one run.
std::string file_of(GlyphRun run) {
  Maker maker;
  ElementInfo paragraph;
  paragraph.role = Role::P;
  FragmentElement element;
  element.info = paragraph;
  maker.place(one_line({element}, {{std::move(run), LocalElement{}}}), maker.root);
  return write(maker.document);
}

struct SavedFile {
  explicit SavedFile(const std::string& bytes) : path(std::filesystem::temp_directory_path() / ("readable_" + std::to_string(::getpid()) + ".pdf")) { std::ofstream(path, std::ios::binary) << bytes; }
  SavedFile(const SavedFile&) = delete;
  SavedFile& operator=(const SavedFile&) = delete;
  ~SavedFile() { std::filesystem::remove(path); }
  std::filesystem::path path;
};

std::string text_by(Reader reader, const std::string& bytes) {
  const SavedFile file(bytes);
  const auto text = read_with(reader, file.path);
  EXPECT_TRUE(text) << text.error();
  return normalized(text.value_or(""));
}

std::string by_structure(const std::string& bytes) {
  const auto report = inspect::read_pdf(bytes);
  EXPECT_TRUE(report) << report.error();
  return report ? inspect::structure_text(report->tree) : "";
}

// The run in glyphs of that scale, with a little more at every word space.
GlyphRun stretched(GlyphRun run, int scale) {
  Length more;
  for (PlacedGlyph& glyph : run.glyphs) {
    glyph.offset.x = glyph.offset.x * scale / 1000 + more;
    if (run.text[glyph.text_begin] == ' ') more += 1.37_pt;
  }
  run.horizontal_scale = scale;
  return run;
}

}  // namespace

class HorizontalScale : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Thousandths, HorizontalScale, testing::Values(980, 1000, 1030));

TEST_P(HorizontalScale, EveryWordStandsAtItsOffset) {
  const GlyphRun run = stretched(shape("Rest the knee for two days", kLatin, {30_pt, 12_pt}), GetParam());
  const std::string bytes = file_of(run);
  EXPECT_EQ(by_structure(bytes), run.text);
  EXPECT_EQ(text_by(Reader::Pdftotext, bytes), run.text);
  Diagnostics diags;
  const auto output = run_program({{"pdftotext", "-bbox", "-", "-"}, bytes, "Debian's poppler-utils has it", {}}, diags);
  ASSERT_TRUE(output);
  std::vector<std::pair<double, double>> found;
  const std::regex word("<word xMin=\"([0-9.]+)\" yMin=\"[0-9.]+\" xMax=\"([0-9.]+)\"");
  for (std::sregex_iterator at(output->out.begin(), output->out.end(), word), end; at != end; ++at) found.emplace_back(std::stod((*at)[1]), std::stod((*at)[2]));
  const fonts::FaceMetrics& metrics = noto().info(run.face).metrics;
  const double left = found.empty() ? 0 : found.front().first;  // where the fragment stands is the maker's
  std::size_t words = 0;
  for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
    if (run.text[run.glyphs[i].text_begin] == ' ') continue;
    const double at = left + run.glyphs[i].offset.x.points();
    const double end = at + fonts::scale(noto().advance(run.face, run.glyphs[i].glyph), metrics, run.size).points() * GetParam() / 1000;
    if (i == 0 || run.text[run.glyphs[i - 1].text_begin] == ' ') {
      ASSERT_LT(words, found.size());
      EXPECT_NEAR(found[words++].first, at, 0.01) << i;
    }
    const bool is_last = i + 1 == run.glyphs.size() || run.text[run.glyphs[i + 1].text_begin] == ' ';
    EXPECT_NEAR(is_last ? found[words - 1].second : end, end, 0.015) << i;
  }
  EXPECT_EQ(words, 6u);
}

struct ReadText {
  const char* text;
  Script script;
};
void PrintTo(const ReadText& read, std::ostream* out) { *out << read.text; }
class ReadableText : public testing::TestWithParam<ReadText> {};
// A mark before its letter, two marks on one letter, marks in the place of the next letter, letters below letters, lam-alef, points.
INSTANTIATE_TEST_SUITE_P(Scripts, ReadableText,
                         testing::Values(ReadText{"ẸTỌ́ ỌMỌNÌYÀN", kLatin}, ReadText{"nɨ̃́x m̄̄a", kLatin}, ReadText{"ก่อนที่สิทธิ", kThai}, ReadText{"កម្ពុជាធម្មនុញ្ញសហ", kKhmer}, ReadText{"الإعلان والاحترام", kArabic},
                                         ReadText{"שָׁלוֹם עֲלֵיכֶם", kHebrew}, ReadText{"क्षेत्र दृढ़", kDevanagari}));

TEST_P(ReadableText, IsReadByPlaceAndByStructure) {
  const auto [text, script] = GetParam();
  const std::string bytes = file_of(shape(text, script, {30_pt, 12_pt}));
  EXPECT_EQ(by_structure(bytes), text);
  EXPECT_EQ(text_by(Reader::PopplerStructure, bytes), text);
  const auto without_spaces = [](std::string read) { return std::erase(read, ' '), read; };
  EXPECT_EQ(without_spaces(text_by(Reader::Pdftotext, bytes)), without_spaces(text));
  EXPECT_TRUE(inspect::check_tags(bytes).empty()) << inspect::check_tags(bytes).front();
}

TEST(ReadableGlyphs, LetterByLetterNothingChanges) {
  pdf::ReadableGlyphs readable;
  const GlyphRun run = shape("Knee", kLatin, {});
  pdf::find_readable_glyphs(run, noto(), readable);
  EXPECT_EQ(readable.glyphs.data(), run.glyphs.data());
  EXPECT_TRUE(readable.unread.empty());
}

// Tatweels that lengthen the joins of a line have no text, and lie one over the other.
TEST(Kashida, ReadersDoNotSeeIt) {
  const GlyphRun plain = shape("الركبة", kArabic, {60_pt, 12_pt});
  GlyphRun run = plain;
  const fonts::GlyphId tatweel = noto().nominal_glyph(run.face, U'\u0640');
  ASSERT_NE(tatweel, 0);
  run.glyphs.clear();
  for (const PlacedGlyph& glyph : plain.glyphs) {
    const Length moved = 6_pt * static_cast<std::int64_t>(run.glyphs.size() / 4);
    run.glyphs.push_back(glyph);
    run.glyphs.back().offset.x -= moved;
    for (int i = 1; i <= 3; ++i) run.glyphs.push_back({tatweel, {glyph.offset.x - moved - 2_pt * i, {}}, glyph.text_end, glyph.text_end});
  }
  const std::string with = file_of(run), without = file_of(plain);
  EXPECT_EQ(by_structure(with), plain.text);
  for (const Reader reader : {Reader::PopplerStructure, Reader::Mutool, Reader::Pdftotext, Reader::PdftotextRaw, Reader::PdfJs}) EXPECT_EQ(text_by(reader, with), text_by(reader, without)) << name(reader);
}

}  // namespace handout::test
