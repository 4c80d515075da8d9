// Text in columns, and what spans them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paginate/support.h"

namespace handout::paginate {
namespace {

using testing::ElementsAre;

BlockPtr spanning(const BlockPtr& block) {
  return with(block, [](BoxStyle& box) { box.column_span = styled::ColumnSpan::All; });
}

BlockPtr two_columns(std::vector<BlockPtr> children) {
  return block_of(styled::Columns{std::move(children), 2, 10_pt, {}, true, unicode::Direction::LeftToRight});
}

TEST(SpanningBlocks, GoOnOverAllColumnsOnTheNextPage) {
  const auto made = paginated({two_columns({lines("a", 4), spanning(lines("s", 14)), lines("b", 4)})});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 s1 s2 s3 s4 s5 s6 s7 s8", "s9 s10 s11 s12 s13 s14 b1 b2 b3 b4"));
  for (const char* line : {"s9", "s10", "s11", "s12", "s13", "s14"}) EXPECT_EQ(made.find(line).left, made.find("s1").left) << line;
  EXPECT_GT(made.find("s14").top, made.find("s13").top);
  EXPECT_EQ(made.find("b1").top, made.find("b3").top);
}

// They follow one another as blocks do: a heading stays with what it opens.
TEST(SpanningBlocks, KeepTheirWishesAmongThemselves) {
  const auto made = paginated({two_columns({lines("a", 8), spanning(heading("h")), spanning(kept_together(lines("s", 7))), lines("b", 2)})});
  EXPECT_EQ(made.find("a8").page, 0u);
  EXPECT_EQ(made.find("h").page, 1u);
  EXPECT_EQ(made.find("s7").page, 1u);
}

// A list, a callout, a section: with all that they hold, on this page and on the next.
TEST(SpanningBlocks, SpanWithAllTheirChildren) {
  const auto made = paginated({two_columns({lines("a", 4), spanning(flow({lines("s", 2), lines("t", 2), lines("u", 9)})), lines("b", 4)})});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 s1 s2 t1 t2 u1 u2 u3 u4", "u5 u6 u7 u8 u9 b1 b2 b3 b4"));
  for (const char* line : {"t1", "u1", "u4", "u5", "u9"}) EXPECT_EQ(made.find(line).left, made.find("s1").left) << line;
  EXPECT_GT(made.find("u9").top, made.find("u8").top);
  EXPECT_EQ(made.find("b1").top, made.find("b3").top);
}

// Out of a box that is seen nothing spans: it would be open at both sides of what does. A row taller than the page has room at a page's top, not below an empty part of the box.
TEST(SpanningBlocks, StayInTheirBox) {
  const auto boxed = with(kept_together(flow({spanning(lines("s", 3)), lines("t", 1)})), [](BoxStyle& box) { box.background = Color{1, 2, 3}; });
  const auto made = paginated({two_columns({lines("a", 4), boxed, lines("b", 4)})});
  EXPECT_THAT(made.pages(), ElementsAre("a1 a2 a3 a4 s1 s2 s3 t1 b1 b2 b3 b4"));
  EXPECT_EQ(made.top("a4"), 3 * kLine) << "no set of columns ends above the box";
  EXPECT_EQ(made.find("s1").left, made.find("t1").left);
  EXPECT_GT(made.find("b4").left, made.find("s1").left);
}

// A heading goes along with what it opens, also where that spans and is only in a section of its own.
TEST(SpanningBlocks, TakeTheirHeadingAlong) {
  const auto section = flow({spanning(heading("h")), spanning(kept_together(lines("s", 5)))});
  const auto made = paginated({two_columns({lines("a", 12), flow({heading("g"), section}), lines("b", 2)})});
  EXPECT_EQ(made.find("a12").page, 0u);
  EXPECT_EQ(made.find("g").page, 1u);
  EXPECT_EQ(made.find("h").page, 1u);
}

// What stands above stays on its page, when what spans has no good place there.
TEST(SpanningBlocks, DoNotTakeAlongWhatStandsAboveThem) {
  const auto made = paginated({lines("x", 4), two_columns({lines("a", 8), spanning(heading("h")), spanning(lines("s", 5))})});
  EXPECT_EQ(made.find("x4").page, 0u);
  EXPECT_EQ(made.find("a8").page, 0u);
  EXPECT_EQ(made.find("h").page, 1u);
}

// A section's space stands above its heading.
TEST(SpanningBlocks, HaveTheSpaceOfTheSectionThatBeginsWithThem) {
  const auto made = paginated({two_columns({lines("a", 4), spaced(flow({spanning(heading("h")), spanning(text("s"))}), 12_pt, {})})});
  EXPECT_EQ(made.top("h"), 2 * kLine + 12_pt);
}

}  // namespace
}  // namespace handout::paginate
