// The parts of the writer, each alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf/box_path.h"
#include "pdf/content_stream.h"
#include "pdf/embed_font.h"
#include "pdf/metadata.h"
#include "pdf/text_string.h"

namespace handout::pdf {

namespace {

using testing::HasSubstr;

TEST(TextString, AsciiStaysAndTheRestIsUtf16) {
  EXPECT_EQ(text_string("Knee (left)"), "Knee (left)");
  EXPECT_EQ(text_string(""), "");
  EXPECT_EQ(hex(text_string("é")), "FEFF00E9");
  EXPECT_EQ(hex(text_string("𝑥")), "FEFFD835DC65");  // beyond the BMP
  EXPECT_EQ(hex(utf16be("膝")), "819D");
  EXPECT_EQ(hex16(0x1A), "001A");
}

TEST(PdfDate, TakesOneFormOnly) {
  EXPECT_EQ(pdf_date("2026-11-22T01:02:03Z"), "D:20261122010203Z");
  EXPECT_EQ(pdf_date("2026-11-22T01:02:03+05:30"), "D:20261122010203+05'30'");
  for (const char* wrong : {"", "2026-11-22", "2026-11-22T01:02:03", "2026-11-22 01:02:03Z", "2026-11-22T01:02:03ZZ", "2026-11-22T01:02:03+0530"}) {
    EXPECT_FALSE(pdf_date(wrong)) << wrong;
  }
}

TEST(XmpPacket, EscapesAndDescribesItsOwnSchemas) {
  display::Metadata metadata;
  metadata.title = "A < B & \"C\"";
  metadata.language = "en";
  EXPECT_THAT(xmp_packet(metadata, "p"), HasSubstr("A &lt; B &amp; &quot;C&quot;"));
  EXPECT_THAT(xmp_packet(metadata, "p"), HasSubstr("<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"));
  EXPECT_THAT(xmp_packet(metadata, "p"), testing::Not(HasSubstr("handout:edition")));
  metadata.edition = "knee/en/3";
  metadata.keywords = {"knee", "exercise"};
  EXPECT_THAT(xmp_packet(metadata, "p"), HasSubstr("<handout:edition>knee/en/3</handout:edition>"));
  EXPECT_THAT(xmp_packet(metadata, "p"), HasSubstr("<pdfaSchema:prefix>handout</pdfaSchema:prefix>"));
  EXPECT_THAT(xmp_packet(metadata, "p"), HasSubstr("<pdf:Keywords>knee, exercise</pdf:Keywords>"));
}

// Adds up what a reader would: where each glyph of "[<..>n<..>]TJ" starts, in 1/1000 em.
std::vector<double> starts(const std::string& content, const std::vector<ShownGlyph>& glyphs) {
  std::vector<double> result;
  double pen = 0;
  for (std::size_t at = content.find('[') + 1; content[at] != ']';) {
    if (content[at] == '<') {
      for (++at; content[at] != '>'; at += 4) {
        result.push_back(pen);
        pen += glyphs[result.size() - 1].width;
      }
      ++at;
    } else {
      std::size_t used = 0;
      pen -= std::stod(content.substr(at), &used);
      at += used;
    }
  }
  return result;
}

TEST(ShowText, EveryGlyphStandsWithinAThousandthOfAnEm) {
  std::vector<ShownGlyph> glyphs;
  double x = 0;
  for (int i = 0; i < 200; ++i) {
    glyphs.push_back({static_cast<Code>(i + 1), 500, x, 0});
    x += i % 3 == 0 ? 5.0037 : 4.9981;  // of 10 points: 500.37 and 499.81 thousandths
  }
  ContentStream stream;
  stream.show_text({FontIndex(0), 10, {}}, {0, 0}, glyphs);
  const std::vector<double> found = starts(stream.finish(), glyphs);
  ASSERT_EQ(found.size(), glyphs.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], glyphs[i].x * 100, 1) << i;
}

TEST(ShowText, RightToLeftStaysInLogicalOrder) {
  const std::vector<ShownGlyph> glyphs{{1, 500, 5, 0}, {2, 500, 0, 0}};
  ContentStream stream;
  stream.show_text({FontIndex(0), 10, {}}, {100, 700}, glyphs);
  EXPECT_THAT(stream.finish(), HasSubstr("[-500<0001>1000<0002>]TJ"));
}

TEST(ShowText, RaisesMarksAndComesBack) {
  const std::vector<ShownGlyph> glyphs{{1, 500, 0, 0}, {2, 0, 5, 2.5}, {3, 500, 5, 0}};
  ContentStream stream;
  stream.show_text({FontIndex(0), 10, {}}, {0, 0}, glyphs);
  EXPECT_THAT(stream.finish(), HasSubstr("[<0001>]TJ\n2.5 Ts\n[<0002>]TJ\n0 Ts\n[<0003>]TJ\n"));
}

TEST(ContentStream, WritesStateOnlyWhenItChanges) {
  const std::vector<ShownGlyph> glyph{{1, 500, 0, 0}};
  ContentStream stream;
  stream.show_text({FontIndex(0), 10, {255, 0, 0}}, {10, 20}, glyph);
  stream.show_text({FontIndex(0), 10, {255, 0, 0}}, {10, 8}, glyph);
  EXPECT_EQ(stream.finish(), "1 0 0 rg\nBT\n/F1 10 Tf\n10 20 Td\n[<0001>]TJ\n0 -12 Td\n[<0001>]TJ\nET\n");
}

TEST(ContentStream, MarkedContentClosesTheTextItHolds) {
  const std::vector<ShownGlyph> glyph{{1, 500, 0, 0}};
  ContentStream stream;
  {
    const MarkedContent scope(stream, "P", 3);
    stream.show_text({FontIndex(1), 10, {}}, {0, 0}, glyph);
  }
  EXPECT_EQ(stream.finish(), "/P<</MCID 3>>BDC\n0 g\nBT\n/F2 10 Tf\n[<0001>]TJ\nET\nEMC\n");
  ContentStream artifact;
  { const MarkedContent scope(artifact, display::ArtifactKind::Footer, std::nullopt); }
  EXPECT_EQ(artifact.finish(), "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\nEMC\n");
}

TEST(ContentStream, RoundedRectangleIsFourCurves) {
  ContentStream stream;
  stream.fill_path(rounded_rectangle({0, 0, 20, 10}, 99, display::kAllCorners), images::FillRule::NonZero, {});  // a radius beyond half the height is cut to it
  const std::string content = stream.finish();
  EXPECT_THAT(content, testing::StartsWith("0 g\n5 10 m\n15 10 l\n"));
  std::size_t curves = 0;
  for (std::size_t at = 0; (at = content.find(" c\n", at)) != std::string::npos; ++at) ++curves;
  EXPECT_EQ(curves, 4u);
}

TEST(ContentStream, DashesEndWithTheLineThatHasThem) {
  ContentStream stream;
  const std::vector<double> dashes{2, 1};
  stream.stroke_line({0, 0}, {10, 0}, 1, {}, dashes);
  stream.stroke_line({0, 5}, {10, 5}, 1, {}, {});
  EXPECT_EQ(stream.finish(), "0 G\n1 w\n[2 1 ] 0 d\n0 0 m\n10 0 l\nS\n[] 0 d\n0 5 m\n10 5 l\nS\n");
}

TEST(ToUnicode, JoinsNeighboursAndMapsGlyphsWithoutText) {
  Font font;
  for (const char* text : {"", "a", "b", "c", "ffi", "𝑥"}) font.glyphs.push_back({7, text, 500});
  const std::string cmap = to_unicode_cmap(font);
  EXPECT_THAT(cmap, HasSubstr("<0002> <0004> <0061>\n"));
  EXPECT_THAT(cmap, HasSubstr("<0005> <006600660069>\n"));
  EXPECT_THAT(cmap, HasSubstr("<0006> <D835DC65>\n"));
  EXPECT_THAT(cmap, HasSubstr("<0001> <" + hex(utf16be(kNoText)) + ">\n"));
}

TEST(ToUnicode, RangesStopWhereTheLowByteTurns) {
  Font font;
  for (const char* text : {"\xC3\xBE", "\xC3\xBF", "\xC4\x80"}) font.glyphs.push_back({7, text, 500});  // U+00FE U+00FF U+0100
  EXPECT_THAT(to_unicode_cmap(font), HasSubstr("<0001> <0002> <00FE>\n"));
  EXPECT_THAT(to_unicode_cmap(font), HasSubstr("<0003> <0100>\n"));
}

}  // namespace

}  // namespace handout::pdf
