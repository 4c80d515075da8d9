// Marks for machines, resolved: sides, defaults, bits.
#include "compose/composing.h"

namespace handout::compose {
namespace {

using styled::OmrMark;
using styled::OmrMeaning;
using styled::PaperEdge;

constexpr std::string_view kSlot = "<body><slot select=\"*\"/></body>";

class Marks : public Composing {
 protected:
  const styled::Marks& of(const std::string& pages, std::string_view language = "en") {
    layout(pages + std::string(kSlot));
    article("<p id=\"p\">Text.</p>", language);
    request_.editions.clear();
    compose();
    return document_.marks;
  }
};

TEST_F(Marks, MachinesDoNotMirror) {
  for (const char* language : {"en", "ar"}) {
    const styled::Marks& marks = of("<page><omr-marks left=\"5mm\" top=\"60mm\" marks=\"benchmark\"/><sheet-code kind=\"qr\" right=\"6mm\" bottom=\"7mm\"/></page>", language);
    EXPECT_EQ(marks.omr->place.across, PaperEdge::Left) << language;
    EXPECT_EQ(marks.omr->place.x, 5_mm);
    EXPECT_EQ(marks.omr->place.down, PaperEdge::Top);
    EXPECT_EQ(marks.omr->place.y, 60_mm);
    EXPECT_EQ(marks.code->place.across, PaperEdge::Right) << language;
    EXPECT_EQ(marks.code->place.x, 6_mm);
    EXPECT_EQ(marks.code->place.down, PaperEdge::Bottom);
    EXPECT_EQ(marks.code->place.y, 7_mm);
  }
}

TEST_F(Marks, StartAndEndDo) {
  const std::string pages = "<page><omr-marks start=\"5mm\" top=\"60mm\" marks=\"benchmark\"/><sheet-text end=\"6mm\" top=\"7mm\" text=\"{job}\"/></page>";
  EXPECT_EQ(of(pages, "en").omr->place.across, PaperEdge::Left);
  EXPECT_EQ(of(pages, "en").text->place.across, PaperEdge::Right);
  EXPECT_EQ(of(pages, "ar").omr->place.across, PaperEdge::Right);
  EXPECT_EQ(of(pages, "ar").omr->place.x, 5_mm);
  EXPECT_EQ(of(pages, "ar").text->place.across, PaperEdge::Left);
}

TEST_F(Marks, WhatIsLeftOutIsAsTheGuidesHaveIt) {
  const styled::Marks& marks = of("<page><omr-marks left=\"5mm\" top=\"60mm\" marks=\"benchmark\"/><sheet-code kind=\"qr\" left=\"6mm\" bottom=\"7mm\"/><sheet-text left=\"6mm\" top=\"7mm\" text=\"{job}\"/></page>");
  EXPECT_EQ(marks.omr->pitch, 3.175_mm);
  EXPECT_EQ(marks.omr->length, 10.5_mm);
  EXPECT_EQ(marks.omr->width, 0.5_mm);
  EXPECT_EQ(marks.omr->place.clear_beside, 3_mm);
  EXPECT_EQ(marks.omr->place.clear_above, 20_mm);
  EXPECT_EQ(marks.code->module, 0.4_mm);
  EXPECT_EQ(marks.code->place.clear_above, 1_mm);
  EXPECT_EQ(marks.text->size, 6_pt);
}

TEST_F(Marks, SequencesAreOpenedHighestBitFirst) {
  const styled::Marks& marks = of("<page><omr-marks left=\"5mm\" top=\"60mm\" marks=\"benchmark not-end odd-parity sequence:3 piece-sequence:1 safety\"/></page>");
  EXPECT_THAT(marks.omr->marks, ElementsAre(OmrMark{OmrMeaning::Benchmark, 0}, OmrMark{OmrMeaning::NotEnd, 0}, OmrMark{OmrMeaning::OddParity, 0}, OmrMark{OmrMeaning::Sequence, 2}, OmrMark{OmrMeaning::Sequence, 1},
                                            OmrMark{OmrMeaning::Sequence, 0}, OmrMark{OmrMeaning::PieceSequence, 0}, OmrMark{OmrMeaning::Safety, 0}));
}

TEST_F(Marks, ALaterRuleTakesThePlaceOfAnEarlier) {
  const styled::Marks& marks = of("<page><omr-marks left=\"5mm\" top=\"60mm\" marks=\"benchmark end\" pitch=\"5mm\"/></page><page><omr-marks right=\"5mm\" top=\"60mm\" marks=\"benchmark\"/></page>");
  EXPECT_EQ(marks.omr->place.across, PaperEdge::Right);
  EXPECT_EQ(marks.omr->marks.size(), 1u);
  EXPECT_EQ(marks.omr->pitch, 3.175_mm);
}

TEST_F(Marks, NoneWhereNoneAreAskedFor) { EXPECT_TRUE(of("<page/>").empty()); }

TEST_F(Marks, TraysFromTheGeneralToTheSpecial) {
  of("<page on=\"first\" tray=\"letterhead\"/><page tray=\"white\"/><page tray=\"plain\"/>");
  EXPECT_THAT(document_.trays, ElementsAre(styled::TrayHint{"all", "plain"}, styled::TrayHint{"first", "letterhead"}));
}

TEST_F(Marks, TheDumpShowsThem) {
  of("<page tray=\"plain\"><omr-marks left=\"10pt\" top=\"20pt\" marks=\"benchmark sequence:2\"/><sheet-code kind=\"qr\" right=\"6pt\" bottom=\"7pt\"/><sheet-text left=\"6pt\" top=\"7pt\" text=\"{job}\"/></page>");
  const std::string text = styled::dump(document_);
  EXPECT_THAT(text, HasSubstr("tray all plain\nomr-marks left 10 top 20 clear=8.504,56.693 pitch=9 29.764x1.417 benchmark sequence.1 sequence.0\nsheet-code qr right 6 bottom 7 clear=2.835,2.835 module=1.134\nsheet-text '{job}' left 6 top 7 clear=1.417,1.417 size=6\n"));
}

}  // namespace
}  // namespace handout::compose
