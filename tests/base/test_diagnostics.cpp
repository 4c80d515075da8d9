#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/diagnostics.h"
#include "base/expects.h"
#include "base/handle.h"

namespace handout {
namespace {

TEST(Span, WritesItsPlace) {
  const Span file = Span::of_file("a.xml");
  EXPECT_EQ(to_text(file.at(12, 18)), "a.xml:12:18");
  EXPECT_EQ(to_text(file), "a.xml");
  EXPECT_EQ(to_text(Span{}), "");
}

TEST(Diagnostics, WritesPlaceSeverityMessageAndHint) {
  Diagnostics diags;
  diags.error(Span::of_file("a.xml").at(1, 2), "unknown unit 'pts'").hint("use pt or mm");
  EXPECT_EQ(to_text(diags), "a.xml:1:2: error: unknown unit 'pts'\n  hint: use pt or mm\n");
}

TEST(Diagnostics, WritesWithoutAPlace) {
  Diagnostics diags;
  diags.usage_error("unknown option '-q'");
  EXPECT_EQ(to_text(diags), "error: unknown option '-q'\n");
}

TEST(Diagnostics, SortsByFileFirstMetThenLineThenColumn) {
  Diagnostics diags;
  const Span b = Span::of_file("b.xml"), a = Span::of_file("a.xml");
  diags.error(b.at(10, 1), "b10");
  diags.warning(a.at(1, 1), "a1");
  diags.note(b.at(9, 5), "b9:5");
  diags.error(b.at(9, 4), "b9:4");
  diags.error(Span::of_file("b.xml"), "whole");
  EXPECT_EQ(to_text(diags),
            "b.xml: error: whole\nb.xml:9:4: error: b9:4\nb.xml:9:5: note: b9:5\nb.xml:10:1: error: b10\n"
            "a.xml:1:1: warning: a1\n");
}

TEST(Diagnostics, KeepsTheOrderOfSayingAtOnePlace) {
  Diagnostics diags;
  const Span at = Span::of_file("a.xml").at(1, 1);
  diags.error(at, "zebra");
  diags.error(at, "ant");
  EXPECT_EQ(to_text(diags), "a.xml:1:1: error: zebra\na.xml:1:1: error: ant\n");
}

TEST(Diagnostics, SaysAHintOfSeveralMessagesOnce) {
  Diagnostics diags;
  const Span list = Span::of_file("list.csv");
  diags.warning(list, "column 'a' is not used").hint("name it in the mailing");
  diags.warning(list, "column 'b' is not used").hint("name it in the mailing");
  diags.warning(list, "column 'b' is not used").hint("name it in the mailing");
  diags.warning(list.at(2, 1), "something else").hint("name it in the mailing");
  EXPECT_EQ(to_text(diags), "list.csv: warning: column 'a' is not used\nlist.csv: warning: column 'b' is not used\n  hint: name it in the mailing\nlist.csv:2:1: warning: something else\n  hint: name it in the mailing\n");
}

TEST(Diagnostics, SaysTheSameOnce) {
  Diagnostics diags;
  const Span at = Span::of_file("a.xml").at(1, 1);
  diags.error(at, "same");
  diags.error(at, "other");
  diags.error(Span::of_file("a.xml").at(1, 1), "same");
  diags.error(at, "same").hint("but hinted");
  EXPECT_EQ(to_text(diags), "a.xml:1:1: error: same\na.xml:1:1: error: other\na.xml:1:1: error: same\n  hint: but hinted\n");
  EXPECT_EQ(diags.all().size(), 4u);
}

TEST(Diagnostics, CountsErrorsOnly) {
  Diagnostics diags;
  EXPECT_FALSE(diags.has_errors());
  diags.warning({}, "w");
  diags.note({}, "n");
  EXPECT_FALSE(diags.has_errors());
  EXPECT_EQ(diags.exit_code(), 0);
  diags.error({}, "e");
  EXPECT_TRUE(diags.has_errors());
  EXPECT_EQ(diags.error_count(), 1u);
}

TEST(Diagnostics, ExitsWithTheGravestCause) {
  Diagnostics diags;
  diags.error({}, "input");
  EXPECT_EQ(diags.exit_code(), 1);
  diags.usage_error("usage");
  EXPECT_EQ(diags.exit_code(), 2);
  diags.machine_error({}, "machine");
  EXPECT_EQ(diags.exit_code(), 3);
  diags.error({}, "input again");
  EXPECT_EQ(diags.exit_code(), 3);
}

TEST(Diagnostics, ReturnsAFailedResult) {
  Diagnostics diags;
  const auto fail = [&diags]() -> Result<int> { return diags.error({}, "no").hint("try yes"); };
  EXPECT_FALSE(fail().has_value());
  EXPECT_EQ(diags.all().at(0).hint, "try yes");
}

TEST(NearestWord, FindsInsertionsDeletionsSubstitutionsAndSwaps) {
  EXPECT_EQ(nearest_word("sumary", {"section", "summary", "title"}), "summary");
  EXPECT_EQ(nearest_word("titlle", {"section", "summary", "title"}), "title");
  EXPECT_EQ(nearest_word("fitle", {"section", "summary", "title"}), "title");
  EXPECT_EQ(nearest_word("kidn", {"kind", "id"}), "kind");
}

TEST(NearestWord, IsSilentBeyondAThirdOfTheLength) {
  EXPECT_EQ(nearest_word("paragraph", {"title", "p"}), "");
  EXPECT_EQ(nearest_word("abcdef", {"abxyef"}), "abxyef");
  EXPECT_EQ(nearest_word("abcdef", {"axyzef"}), "");
  EXPECT_EQ(nearest_word("title", {}), "");
  EXPECT_EQ(nearest_word(std::string(65, 'a'), {"aaaa"}), "");
}

TEST(NearestWord, TakesTheFirstOfEquals) { EXPECT_EQ(nearest_word("cat", {"bat", "hat"}), "bat"); }

TEST(DidYouMean, AsksOrIsEmpty) {
  EXPECT_EQ(did_you_mean("sumary", {"summary"}), "; did you mean 'summary'?");
  EXPECT_EQ(did_you_mean("sumary", {"table"}), "");
}

TEST(ExpectsDeathTest, NamesTheContract) {
  EXPECT_DEATH(EXPECTS(1 == 2), "internal error: precondition '1 == 2' broken at .*test_diagnostics.cpp");
  EXPECT_DEATH(ENSURES(1 == 2), "postcondition");
}

void count_destruction(int* count) { ++*count; }

TEST(Handle, DestroysOnce) {
  int destroyed = 0;
  {
    Handle<int, count_destruction> first(&destroyed);
    const Handle<int, count_destruction> second = std::move(first);
    EXPECT_EQ(destroyed, 0);
  }
  EXPECT_EQ(destroyed, 1);
}

}  // namespace
}  // namespace handout
