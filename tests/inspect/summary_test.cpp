#include "inspect/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inspect/small_pdf.h"
#include "pdf/sample.h"

namespace handout::test {
namespace {

using inspect::Kind;
using inspect::Part;
using inspect::Summary;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

Summary read(std::string_view bytes) {
  auto summary = inspect::summarize(bytes, "");
  EXPECT_TRUE(summary) << summary.error().text;
  return summary ? std::move(*summary) : Summary{};
}

std::size_t bytes_of(const Summary& summary, Kind kind) {
  for (const auto& share : summary.sizes) {
    if (share.kind == kind) return share.bytes;
  }
  return 0;
}

TEST(Summary, OfAHandout) {
  const std::string bytes = write(sample());
  const Summary summary = read(bytes);
  EXPECT_EQ(summary.report.version, "1.7");
  EXPECT_EQ(summary.report.title, "Knee & hip <exercises>");
  EXPECT_EQ(summary.report.language, "en");
  EXPECT_EQ(summary.report.pages, 2u);
  EXPECT_THAT(summary.claims, ElementsAre("PDF/UA-1", "PDF/A-2a"));
  EXPECT_THAT(summary.xmp, Contains(Pair("dc:title", "Knee & hip <exercises>")));
  EXPECT_THAT(summary.labels, ElementsAre("1", "2"));
  EXPECT_THAT(summary.report.outline, ElementsAre("Knee", "  Exercises — 练习"));
  EXPECT_THAT(summary.preferences, Contains(Pair("DisplayDocTitle", "true")));
  EXPECT_FALSE(summary.encryption);
  ASSERT_THAT(summary.fonts, SizeIs(Ge(4u)));
  for (const auto& font : summary.fonts) {
    EXPECT_TRUE(font.embedded && font.subset && font.to_unicode) << font.name;
    EXPECT_GT(font.glyphs.value_or(0), 1u) << font.name;
    EXPECT_GT(font.bytes, 100u) << font.name;
    EXPECT_EQ(font.name.find('+'), std::string::npos);
  }
  EXPECT_THAT(summary.warnings, IsEmpty());
}

TEST(Summary, SizesAreTheWholeFile) {
  for (const std::string& bytes : {write(sample()), tagged({{{{"One", "Two"}, "Foot", ""}}})}) {
    const Summary summary = read(bytes);
    std::size_t all = 0;
    for (const auto& share : summary.sizes) all += share.bytes;
    EXPECT_EQ(all, bytes.size());
    EXPECT_GT(bytes_of(summary, Kind::Structure), 100u);
    EXPECT_GT(bytes_of(summary, Kind::Font), 100u);
    EXPECT_GT(bytes_of(summary, Kind::Content), 50u);
    EXPECT_EQ(bytes_of(summary, Kind::Other), 0u);
  }
}

TEST(Summary, TextGoesByPageAndStructure) {
  const SmallPdf pdf{{{{"First one", "Second one"}, "Page 1", ""}, {{"Third one"}, "Page 2", ""}}};
  EXPECT_THAT(read(tagged(pdf)).texts, ElementsAre("First one\nSecond one\n", "Third one\n"));
  // Without structure all that is drawn counts.
  EXPECT_THAT(read(untagged(pdf)).texts, ElementsAre("First one Second one Page 1 ", "Third one Page 2 "));
}

TEST(Summary, PicturesAttachmentsAndLabels) {
  const std::string bytes = file_of({"<</Type /Catalog /Pages 2 0 R /PageLabels <</Nums [0 <</S /r /St 4>> 1 <</P (A-) /S /A>>]>> /Names <</EmbeddedFiles <</Names [(k) 5 0 R]>>>>>>",
                                     "<</Type /Pages /Count 2 /Kids [3 0 R 4 0 R] /MediaBox [0 0 612 792]>>", "<</Type /Page /Parent 2 0 R /Resources <</XObject <</I 7 0 R>>>>>>",
                                     "<</Type /Page /Parent 2 0 R /MediaBox [0 0 841.89 595.28]>>",
                                     "<</Type /Filespec /F (data.csv) /UF (data.csv) /Desc (The table) /AFRelationship /Data /EF <</F 6 0 R>>>>",
                                     stream("1,2", "/Type /EmbeddedFile /Subtype /text#2Fcsv"), stream("abc", "/Subtype /Image /Width 3 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray")});
  const Summary summary = read(bytes);
  ASSERT_THAT(summary.images, SizeIs(1));
  EXPECT_EQ(summary.images[0].width, 3);
  EXPECT_EQ(summary.images[0].color, "DeviceGray");
  ASSERT_THAT(summary.attachments, SizeIs(1));
  EXPECT_EQ(summary.attachments[0].name, "data.csv");
  EXPECT_EQ(summary.attachments[0].relationship, "Data");
  EXPECT_EQ(summary.attachments[0].bytes, 3u);
  EXPECT_THAT(summary.labels, ElementsAre("iv", "A-A"));
  EXPECT_THAT(inspect::describe(summary, {Part::Overview}),
              AllOf(HasSubstr("  1: 215.9 x 279.4 mm (Letter)\n  2: 297.0 x 210.0 mm (A4, landscape)\n"), HasSubstr("  data.csv, The table, text/csv, Data, 3 bytes\n"),
                    HasSubstr("  3 x 1, 8 bits DeviceGray, not compressed, 3 bytes\n"), HasSubstr("checks: none apply")));
}

TEST(Summary, FaultsAreCountedAndListed) {
  SmallPdf pdf{{{{"Words"}, "", "0 0 10 10 re f"}}};
  const std::string text = inspect::describe(read(tagged(pdf)), {Part::Overview});
  EXPECT_THAT(text, AllOf(HasSubstr("\ntags: "), HasSubstr(" faults\n"), HasSubstr("claims: none")));
  // It claims no PDF/A and is not held to it.
  EXPECT_THAT(text, Not(HasSubstr("\n  A 6.")));
}

TEST(Summary, NothingMovesTheTerminalsCursor) {
  SmallPdf pdf{{{{"Words \x1B[2J"}, "", ""}}};
  pdf.title = "\\376\\377\\000K\\000\\033\\000\\007";  // UTF-16: K, ESC, BEL
  const Summary summary = read(tagged(pdf));
  for (const Part part : {Part::Overview, Part::Text, Part::Tags}) EXPECT_EQ(inspect::describe(summary, {part}).find('\x1B'), std::string::npos);
  EXPECT_THAT(inspect::describe_json(summary, {Part::Text, Part::Tags}), AllOf(HasSubstr(R"("title": "K\\u{1B}\\u{7}")"), HasSubstr("\"role\": \"Document\"")));
}

}  // namespace
}  // namespace handout::test
