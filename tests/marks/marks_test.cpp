// Where marks stand, on which pages, and what is told of those that have no room.
#include "marking.h"

#include "codes/codes.h"
#include "inspect/inspect.h"
#include "pdf/pdf.h"

namespace handout::test {
namespace {

using display::Duplex;
using marks::PieceIdentity;
using styled::OmrMark;
using styled::OmrMeaning;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::vector<OmrMark> kBars{{OmrMeaning::Benchmark, 0}, {OmrMeaning::End, 0}, {OmrMeaning::Safety, 0}};

styled::Marks bars_only() {
  styled::Marks marks;
  marks.omr = omr_of(kBars);
  return marks;
}

styled::Marks all_marks() {
  styled::Marks marks = bars_only();
  marks.code = styled::SheetCode{left_top(5_mm, 100_mm, 1_mm), "data-matrix", 0.4_mm, Span::of_file("x.xml").at(4, 5)};
  marks.text = styled::SheetText{left_top(5_mm, 120_mm, 0.5_mm), "{piece} {sheet}/{sheets}", 6_pt, Span::of_file("x.xml").at(5, 5)};
  return marks;
}

// The marks of a page: its last placement, which stands at the page's origin.
const display::Fragment& marks_on(const display::DisplayDocument& piece, std::size_t page) { return *piece.pages[page].placements.back().fragment; }

// Bars in millimetres from the page's upper left corner.
struct Bar { double left, top, right, bottom; };
std::vector<Bar> bars_on(const display::DisplayDocument& piece, std::size_t page) {
  const auto& placed = std::get<display::PlacedPicture>(marks_on(piece, page).commands.front().what);
  const auto& drawing = std::get<images::Drawing>(placed.picture->content);
  const auto& segments = drawing.paths.front().segments;
  const auto mm = [](double points) { return points * 25.4 / 72; };
  const double x = placed.rect.width.points() / drawing.width, y = placed.rect.height.points() / drawing.height;
  std::vector<Bar> bars;
  for (std::size_t i = 0; i + 4 < segments.size(); i += 5) {
    bars.push_back({mm(placed.rect.x.points() + segments[i].x * x), mm(placed.rect.y.points() + segments[i].y * y), mm(placed.rect.x.points() + segments[i + 2].x * x), mm(placed.rect.y.points() + segments[i + 2].y * y)});
  }
  return bars;
}

constexpr double kExact = 0.01;  // mm

TEST(Marks, BarsStandWhereTheyAreToStand) {
  const auto piece = marked(piece_of(2, Duplex::No), bars_only(), identity(0, 0));
  const auto first = bars_on(piece, 0), last = bars_on(piece, 1);
  ASSERT_EQ(first.size(), 2u);  // without the end's
  ASSERT_EQ(last.size(), 3u);
  for (std::size_t i = 0; i < last.size(); ++i) {
    EXPECT_NEAR(last[i].left, 5, kExact);
    EXPECT_NEAR(last[i].right, 15.5, kExact);
    EXPECT_NEAR(last[i].top, 60 + 3.175 * static_cast<double>(i), kExact);
    EXPECT_NEAR(last[i].bottom - last[i].top, 0.5, kExact);
  }
  EXPECT_NEAR(first[1].top, 60 + 2 * 3.175, kExact);  // the place of a bar that is not there stays white
}

TEST(Marks, CountFromTheRightAndFromBelow) {
  styled::Marks marks = bars_only();
  marks.omr->place.across = styled::PaperEdge::Right;
  marks.omr->place.down = styled::PaperEdge::Bottom;
  const auto piece = marked(piece_of(1, Duplex::No), marks, identity(0, 0));
  const auto bars = bars_on(piece, 0);
  const double width = 595 * 25.4 / 72, height = 842 * 25.4 / 72;
  EXPECT_NEAR(bars.front().right, width - 5, kExact);
  EXPECT_NEAR(bars.back().bottom, height - 60, kExact);
}

TEST(Marks, StandOnTheFrontOfEverySheetOnly) {
  for (const Duplex duplex : {Duplex::No, Duplex::LongEdge, Duplex::ShortEdge}) {
    const auto before = piece_of(5, duplex);
    const auto piece = marked(before, bars_only(), identity(0, 0));
    for (std::size_t page = 0; page < 5; ++page) {
      const bool front = duplex == Duplex::No || page % 2 == 0;
      EXPECT_EQ(piece.pages[page].placements.size(), before.pages[page].placements.size() + (front ? 1 : 0)) << page;
    }
    EXPECT_EQ(bars_on(piece, 4).size(), 3u);  // the last sheet's front, whatever is on its back
    EXPECT_EQ(marks::sheet_count(piece), duplex == Duplex::No ? 5u : 3u);
  }
}

TEST(Marks, LeaveEverythingElseAsItIs) {
  const auto before = piece_of(3, Duplex::LongEdge);
  const auto piece = marked(before, all_marks(), identity(0, 0));
  ASSERT_EQ(piece.pages.size(), before.pages.size());
  for (std::size_t page = 0; page < before.pages.size(); ++page) {
    for (std::size_t i = 0; i < before.pages[page].placements.size(); ++i) EXPECT_EQ(piece.pages[page].placements[i].fragment, before.pages[page].placements[i].fragment);
  }
  EXPECT_EQ(piece.structure.size(), before.structure.size());
}

TEST(Marks, AreArtifactsOfTheRecipient) {
  const auto piece = marked(piece_of(1, Duplex::No), all_marks(), identity(0, 0));
  const display::Placement& placement = piece.pages[0].placements.back();
  EXPECT_TRUE(std::holds_alternative<display::ArtifactKind>(placement.occurrence));
  ASSERT_EQ(placement.fragment->commands.size(), 3u);
  for (const display::Command& command : placement.fragment->commands) {
    EXPECT_FALSE(command.element);
    const auto* run = std::get_if<display::GlyphRun>(&command.what);
    EXPECT_EQ(run != nullptr ? run->source : std::get<display::PlacedPicture>(command.what).source, display::TextSource::Field);
  }
  const auto& run = std::get<display::GlyphRun>(placement.fragment->commands[2].what);
  EXPECT_EQ(run.text, "A17 1/1");
  EXPECT_EQ(run.size, 6_pt);
  EXPECT_EQ(run.glyphs.size(), run.text.size());
  EXPECT_THAT(inspect::check_tags(write(piece)), IsEmpty());
}

// The writer shares what recurs; a mark in it would part what all pieces have in common.
TEST(Marks, DoNotPartWhatPiecesShare) {
  const auto fixed = piece_of(1, Duplex::No);
  const std::string profile = srgb_profile();
  const auto size_of = [&](std::size_t pieces, const styled::Marks& wanted) {
    Diagnostics diags;
    StringSink sink;
    pdf::Options options;
    options.pieces = pdf::Pieces::Many;
    options.purpose = pdf::Purpose::Print;
    options.sharing = pdf::Sharing::Yes;
    pdf::Writer writer(sink, pdf::file_info(fixed), {noto(), profile}, options);
    marks::Marker marker(wanted, noto());
    for (std::size_t i = 0; i < pieces; ++i) {
      auto piece = marker.mark(fixed, {"JOB7", std::to_string(i + 1), i, i}, diags);
      EXPECT_TRUE(piece && writer.add(*piece, diags)) << to_text(diags);
    }
    EXPECT_TRUE(writer.finish(diags)) << to_text(diags);
    return sink.take().size();
  };
  const std::size_t plain = (size_of(201, {}) - size_of(1, {})) / 200, bars = (size_of(201, bars_only()) - size_of(1, bars_only())) / 200, all = (size_of(201, all_marks()) - size_of(1, all_marks())) / 200;
  EXPECT_LT(bars, plain + 250);
  EXPECT_LT(all, plain + 900);
}

// ---- what is wrong ----

TEST(MarksWithoutRoom, TextInTheClearZone) {
  auto piece = piece_of(2, Duplex::No);
  const auto line = std::make_shared<display::Fragment>(one_line({}, {text_command("too near", kLatin, {0_pt, 14_pt})}));
  piece.pages[1].placements.push_back({line, 0, 1, {18_mm, 62_mm}, display::ArtifactKind::Layout});
  EXPECT_THAT(fault(piece, bars_only(), identity(0, 0)), AllOf(StartsWith("x.xml:3:5: error: <omr-marks> has not the room that it needs on page 2: there is text at 18.1, 64.1 mm"), HasSubstr("hint: ")));
}

TEST(MarksWithoutRoom, AreLeftAloneByWhatIsNearButOutside) {
  auto piece = piece_of(1, Duplex::No);
  const auto line = std::make_shared<display::Fragment>(one_line({}, {text_command("near", kLatin, {0_pt, 14_pt})}));
  piece.pages[0].placements.push_back({line, 0, 1, {18.6_mm, 62_mm}, display::ArtifactKind::Layout});
  marked(piece, bars_only(), identity(0, 0));
}

// A bracket that hangs in the margin has its ink in its right half.
TEST(MarksWithoutRoom, TextCountsByItsInk) {
  auto piece = piece_of(1, Duplex::No);
  const auto line = std::make_shared<display::Fragment>(one_line({}, {text_command("（膝", kChinese, {0_pt, 14_pt})}));
  piece.pages[0].placements.push_back({line, 0, 1, {18.5_mm - 5_pt, 62_mm}, display::ArtifactKind::Layout});
  marked(piece, bars_only(), identity(0, 0));
  piece.pages[0].placements.back().position.x = 18.5_mm - 9_pt;
  EXPECT_THAT(fault(piece, bars_only(), identity(0, 0)), HasSubstr("there is text"));
}

TEST(MarksWithoutRoom, LinesBoxesAndPictures) {
  const auto told = [&](display::Command command) {
    auto piece = piece_of(1, Duplex::No);
    command.element.reset();
    piece.pages[0].placements.push_back({std::make_shared<display::Fragment>(one_line({}, {std::move(command)})), 0, 1, {10_mm, 62_mm}, display::ArtifactKind::Layout});
    return fault(piece, bars_only(), identity(0, 0));
  };
  EXPECT_THAT(told({display::StrokedLine{{0_pt, 0_pt}, {4_mm, 0_pt}, 0.5_pt, {}, {}}}), HasSubstr("there is a line"));
  EXPECT_THAT(told({display::FilledRect{{0_pt, 0_pt, 4_mm, 1_mm}, {}, {}}}), HasSubstr("there is a box"));
  Diagnostics diags;
  const auto code = codes::encode({codes::Kind::Qr, "x", codes::ErrorLevel::Medium, {}, {}}, {}, diags);
  EXPECT_THAT(told({display::PlacedPicture{*code, {0_pt, 0_pt, 4_mm, 4_mm}}}), HasSubstr("there is a picture"));
}

TEST(MarksWithoutRoom, WhatShowsThroughFromTheBack) {
  for (const Duplex duplex : {Duplex::LongEdge, Duplex::ShortEdge}) {
    auto piece = piece_of(2, duplex);
    const Length x = duplex == Duplex::LongEdge ? 595_pt - 14_mm : 6_mm, y = duplex == Duplex::LongEdge ? 62_mm : 842_pt - 62_mm;
    const auto box = std::make_shared<display::Fragment>(one_line({}, {{display::FilledRect{{0_pt, 0_pt, 4_mm, 1_mm}, {}, {}}, std::nullopt}}));
    piece.pages[1].placements.push_back({box, 0, 1, {x, y}, display::ArtifactKind::Layout});
    EXPECT_THAT(fault(piece, bars_only(), identity(0, 0)), HasSubstr("behind <omr-marks>, on page 2, there is a box"));
    piece.pages[1].placements.back().position = {100_mm, 62_mm};
    marked(piece, bars_only(), identity(0, 0));
  }
}

TEST(MarksWithoutRoom, BeyondThePrintableArea) {
  styled::Marks marks = bars_only();
  marks.omr->place.x = 4.2_mm;
  EXPECT_THAT(fault(piece_of(1, Duplex::No), marks, identity(0, 0)), StartsWith("x.xml:3:5: error: <omr-marks> reaches beyond what printers print: it takes 4.2 to 14.7 mm across and 60 to 66.9 mm down a sheet of 209.9 x 297 mm"));
  marks.omr->place.x = 4.3_mm;
  marked(piece_of(1, Duplex::No), marks, identity(0, 0));
  marks.omr->place.down = styled::PaperEdge::Bottom;
  marks.omr->place.y = 4_mm;
  EXPECT_THAT(fault(piece_of(1, Duplex::No), marks, identity(0, 0)), HasSubstr("reaches beyond what printers print"));
}

TEST(MarksWithoutRoom, OneInTheOthersWay) {
  styled::Marks marks = all_marks();
  marks.code->place.y = 69_mm;
  EXPECT_THAT(fault(piece_of(1, Duplex::No), marks, identity(0, 0)), HasSubstr("x.xml:3:5: error: <sheet-code> stands in the room that <omr-marks> is to have"));
  marks.code->place.y = 71_mm;
  marked(piece_of(1, Duplex::No), marks, identity(0, 0));
}

TEST(MarksWithoutRoom, BarsThatTouch) {
  styled::Marks marks = bars_only();
  marks.omr->width = marks.omr->pitch;
  EXPECT_THAT(fault(piece_of(1, Duplex::No), marks, identity(0, 0)), HasSubstr("bars of 3.2 mm touch each other"));
}

TEST(Marks, IdentitiesOfAnotherFormAreRefusedAndNotShown) {
  const auto piece = piece_of(1, Duplex::No);
  for (const PieceIdentity& who : {PieceIdentity{"", "A17", 0, 0}, {"JOB", "", 0, 0}, {"JOB678901", "A", 0, 0}, {"JOB", "SECRET-17", 0, 0}, {"JOB", "SECRETS890", 0, 0}, {"job", "A", 0, 0}, {"JOB", "É", 0, 0}}) {
    const std::string told = fault(piece, all_marks(), who);
    EXPECT_THAT(told, HasSubstr("expected 1 to")) << who.job << " " << who.piece;
    EXPECT_THAT(told, testing::Not(HasSubstr("SECRET")));
  }
  EXPECT_THAT(fault(piece_of(1000, Duplex::No), bars_only(), identity(0, 0)), HasSubstr("the piece has 1000 sheets; its marks count 999 at most"));
}

TEST(Marks, WithoutAnyThePieceStaysAsItIs) {
  const auto piece = marked(piece_of(2, Duplex::No), {}, {"no form at all", "", 0, 0});
  EXPECT_EQ(piece.pages[0].placements.size(), 1u);
}

// ---- blank backs ----

TEST(BlankBacks, FillTheLastSheet) {
  auto odd = piece_of(3, Duplex::LongEdge);
  for (std::size_t i = 0; i < 3; ++i) odd.pages[i].label = std::to_string(i + 1);
  marks::fill_last_sheet(odd);
  ASSERT_EQ(odd.pages.size(), 4u);
  EXPECT_THAT(odd.pages.back().placements, IsEmpty());
  EXPECT_EQ(odd.pages.back().size, odd.pages[2].size);
  EXPECT_EQ(odd.pages.back().label, "4");
  marks::fill_last_sheet(odd);
  EXPECT_EQ(odd.pages.size(), 4u);
  auto single = piece_of(3, Duplex::No);
  marks::fill_last_sheet(single);
  EXPECT_EQ(single.pages.size(), 3u);
}

TEST(BlankBacks, SayNothingToReaders) {
  auto odd = piece_of(1, Duplex::LongEdge);
  const auto before = inspect::read_pdf(write(odd));
  marks::fill_last_sheet(odd);
  const std::string bytes = write(odd);
  const auto after = inspect::read_pdf(bytes);
  ASSERT_TRUE(before && after);
  EXPECT_EQ(after->pages, 2u);
  EXPECT_EQ(inspect::structure_text(after->tree), inspect::structure_text(before->tree));
  EXPECT_THAT(inspect::check_tags(bytes), IsEmpty());
}

}  // namespace
}  // namespace handout::test
