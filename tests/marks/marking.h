#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "marks/marks.h"
#include "pdf/maker.h"

namespace handout::test {

// A document of pages with a paragraph in the middle of each.
inline display::DisplayDocument piece_of(std::size_t pages, display::Duplex duplex) {
  Maker maker;
  for (std::size_t i = 0; i < pages; ++i) {
    if (i > 0) maker.add_page();
    maker.y = 300_pt;
    maker.block(display::Role::P, "Your knee", maker.root);
  }
  maker.document.duplex = duplex;
  return std::move(maker.document);
}

inline styled::MarkPlace left_top(Length x, Length y, Length clear) { return {styled::PaperEdge::Left, styled::PaperEdge::Top, x, y, clear, clear}; }

// As compose makes them of <omr-marks left="5mm" top="60mm" marks="…">.
inline styled::OmrMarks omr_of(std::vector<styled::OmrMark> marks) { return {left_top(5_mm, 60_mm, 3_mm), std::move(marks), 3.175_mm, 10.5_mm, 0.5_mm, Span::of_file("x.xml").at(3, 5)}; }

inline marks::PieceIdentity identity(std::uint64_t number, std::uint64_t sheets_before) { return {"JOB7", "A17", number, sheets_before}; }

// The piece with its marks; fails the test with the faults when there are some.
inline display::DisplayDocument marked(display::DisplayDocument piece, const styled::Marks& marks, const marks::PieceIdentity& who) {
  Diagnostics diags;
  auto made = marks::Marker(marks, noto()).mark(std::move(piece), who, diags);
  EXPECT_TRUE(made) << to_text(diags);
  EXPECT_EQ(to_text(diags), "");
  return made ? *std::move(made) : display::DisplayDocument{};
}

// What is told of marks that have no room.
inline std::string fault(const display::DisplayDocument& piece, const styled::Marks& marks, const marks::PieceIdentity& who) {
  Diagnostics diags;
  EXPECT_FALSE(marks::Marker(marks, noto()).check(piece, who, diags));
  return to_text(diags);
}

}  // namespace handout::test
