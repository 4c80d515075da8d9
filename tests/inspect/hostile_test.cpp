// Any bytes give a report or a fault, soon: files made to take for ever, or more memory than there is.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "inspect/diff.h"
#include "inspect/protect.h"
#include "inspect/small_pdf.h"
#include "inspect/summary.h"

namespace handout::test {
namespace {

using testing::HasSubstr;

// Processor time. It is less than one; a sanitizer on a busy machine takes several times as long.
constexpr double kMostSeconds = 8;

std::string refusal_or_text(const std::string& bytes) {
  const std::clock_t start = std::clock();
  const auto summary = inspect::summarize(bytes, "");
  const std::string text = summary ? describe(*summary, {inspect::Part::Overview, inspect::Part::Text, inspect::Part::Tags}) : summary.error().text;
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, kMostSeconds);
  return text;
}

std::string one_page(const std::string& content, const std::string& resources, std::vector<std::string> more) {
  std::vector<std::string> objects{"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>",
                                   fmt::format("<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources <<{}>>>>", resources), stream(content)};
  objects.insert(objects.end(), more.begin(), more.end());
  return file_of(objects);
}

// Each form paints the next ten times: 10^19 in all.
TEST(Hostile, FormsThatPaintForms) {
  std::vector<std::string> forms;
  for (int i = 0; i < 19; ++i) {
    std::string content;
    for (int k = 0; k < 10; ++k) content += "/X Do ";
    forms.push_back(stream(content, fmt::format("/Subtype /Form /BBox [0 0 1 1] /Resources <</XObject <</X {} 0 R>>>>", i + 6)));
  }
  forms.push_back(stream("n", "/Subtype /Form /BBox [0 0 1 1]"));
  EXPECT_THAT(refusal_or_text(one_page("/X Do", "/XObject <</X 5 0 R>>", forms)), HasSubstr("to more than"));
}

TEST(Hostile, FormThatPaintsItself) { refusal_or_text(one_page("/X Do", "/XObject <</X 5 0 R>>", {stream("/X Do /X Do", "/Subtype /Form /BBox [0 0 1 1] /Resources <</XObject <</X 5 0 R>>>>")})); }

TEST(Hostile, MarksInMarks) {
  std::string content;
  for (int i = 0; i < 300'000; ++i) content += "/P BMC ";
  EXPECT_THAT(refusal_or_text(one_page(content, "", {})), HasSubstr("nested deeper"));
}

TEST(Hostile, PagesThatShareALongStream) {
  std::string content;
  while (content.size() < 10'000) content += "0 0 m 1 1 l S ";
  std::string kids;
  for (int i = 0; i < 1500; ++i) kids += "3 0 R ";
  EXPECT_THAT(refusal_or_text(file_of({"<</Type /Catalog /Pages 2 0 R>>", fmt::format("<</Type /Pages /Kids [{}] /Count 1500>>", kids), "<</Type /Page /Parent 2 0 R /Contents 4 0 R>>", stream(content)})),
              HasSubstr("to more than"));
}

// One code range after the other, each of all codes.
TEST(Hostile, CMapThatSaysEverythingOften) {
  std::string cmap = "100000 beginbfrange ";
  for (int i = 0; i < 20'000; ++i) cmap += "<0000> <FFFF> <0041> ";
  refusal_or_text(one_page("BT /F 1 Tf (ab) Tj ET", "/Font <</F 5 0 R>>", {"<</Type /Font /Subtype /Type0 /BaseFont /X /ToUnicode 6 0 R>>", stream(cmap)}));
}

TEST(Hostile, CodesThatStandForBooks) {
  const std::string book(20'000, '4');
  std::string content = "BT /F 1 Tf ";
  for (int i = 0; i < 50'000; ++i) content += "(AAAAAAAAAAAAAAAA) Tj ";
  EXPECT_THAT(refusal_or_text(one_page(content, "/Font <</F 5 0 R>>", {"<</Type /Font /Subtype /Type1 /BaseFont /X /ToUnicode 6 0 R>>", stream("1 beginbfchar <41> <" + book + ">")})),
              HasSubstr("to more than"));
}

TEST(Hostile, TreesThatGoInCircles) {
  refusal_or_text(file_of({"<</Type /Catalog /Pages 2 0 R /StructTreeRoot 3 0 R /Outlines 5 0 R /Names <</EmbeddedFiles 6 0 R>> /PageLabels 7 0 R>>", "<</Type /Pages /Kids [2 0 R] /Count 1>>"}));
  refusal_or_text(file_of({"<</Type /Catalog /Pages 2 0 R /StructTreeRoot 3 0 R /Outlines 5 0 R /Names <</EmbeddedFiles 6 0 R>> /PageLabels 7 0 R>>", "<</Type /Pages /Kids [] /Count 0>>",
                           "<</Type /StructTreeRoot /K 4 0 R /ParentTree 7 0 R>>", "<</S /P /K [4 0 R 4 0 R 3 0 R]>>", "<</First 5 0 R /Next 5 0 R /Title (x) /Last 5 0 R>>", "<</Kids [6 0 R]>>",
                           "<</Kids [7 0 R]>>"}));
}

TEST(Hostile, DeepArrays) { refusal_or_text(file_of({"<</Type /Catalog /Pages " + std::string(100'000, '[') + ">>"})); }

// Changed bytes and cut files: the sanitizers watch.
TEST(Hostile, DamagedFiles) {
  SmallPdf pdf{{{{"Rest the knee."}, "Page 1", "0 0 9 9 re f"}, {{"Walk."}, "Page 2", ""}}};
  const std::string good = tagged(pdf);
  const std::string encrypted = inspect::protect(good, {}).value_or("");
  std::uint32_t state = 11;
  const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
  std::size_t read = 0;
  for (int i = 0; i < 300; ++i) {
    std::string changed = i % 3 == 0 ? encrypted : good;
    for (int k = 0; k < 1 + i % 10; ++k) changed[next() % changed.size()] = static_cast<char>(next());
    if (i % 5 == 0) changed.resize(next() % changed.size());
    const auto summary = inspect::summarize(changed, "");
    if (summary) describe(*summary, {inspect::Part::Overview}), describe_json(*summary, {inspect::Part::Tags}), ++read;
    static_cast<void>(inspect::compare({"a", good}, {"b", changed}, ""));
  }
  EXPECT_GT(read, 30u);
  EXPECT_LT(read, 270u);
}

}  // namespace
}  // namespace handout::test
