#include "inspect/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/process.h"
#include "inspect/pictures.h"
#include "inspect/small_pdf.h"

namespace handout::test {
namespace {

using inspect::Comparison;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Comparison compared(const std::string& a, const std::string& b) {
  auto comparison = inspect::compare({"a.pdf", a}, {"b.pdf", b}, "");
  EXPECT_TRUE(comparison) << comparison.error().why.text;
  return comparison ? std::move(*comparison) : Comparison{};
}

std::string difference(const SmallPdf& a, const SmallPdf& b) { return describe(compared(tagged(a), tagged(b))); }

const SmallPage kFirst{{"Rest the knee for two days.", "Ice helps."}, "Page 1", ""}, kSecond{{"Walk a little every day."}, "Page 2", ""}, kThird{{"Call us when it swells."}, "Page 3", ""};

TEST(Diff, NoneForTheSameAndForTheSameRewritten) {
  EXPECT_EQ(difference({{kFirst, kSecond}}, {{kFirst, kSecond}}), "");
  SmallPdf later{{kFirst, kSecond}};
  later.catalog = "/Unused 1";
  EXPECT_NE(tagged(later), tagged({{kFirst, kSecond}}));
  EXPECT_EQ(difference({{kFirst, kSecond}}, later), "");
}

TEST(Diff, OneWord) {
  SmallPage changed = kFirst;
  changed.paragraphs[0] = "Rest the knee for three days.";
  EXPECT_EQ(difference({{kFirst, kSecond}}, {{changed, kSecond}}), "page 1\n  Rest the knee for [-two-] {+three+} days. Ice helps. Walk ...\n");
}

TEST(Diff, InsertedPageIsTheOnlyDifferenceOfThePages) {
  const std::string text = difference({{kFirst, kThird}}, {{kFirst, kSecond, kThird}});
  EXPECT_THAT(text, AllOf(HasSubstr("page 2: added\n"), HasSubstr("{+Walk a little every day.+}"), HasSubstr("  + 3 in all\n")));
  // Its number in the footer changed, its words did not.
  EXPECT_THAT(text, Not(HasSubstr("[-")));
  EXPECT_THAT(difference({{kFirst, kSecond, kThird}}, {{kFirst, kThird}}), HasSubstr("page 2 of the first file: removed\n"));
}

TEST(Diff, TextThatFlowsToTheNextPageKeepsItsWords) {
  const SmallPage one{{"Rest the knee for two days."}, "", ""}, two{{"Ice helps.", "Walk a little every day."}, "", ""}, first{kFirst.paragraphs, "", ""}, second{kSecond.paragraphs, "", ""};
  const std::string text = difference({{first, second}}, {{one, two}});
  EXPECT_EQ(text, "page 1\n  begins or ends at other words\npage 2\n  begins or ends at other words\n");
}

TEST(Diff, FooterIsToldApart) {
  SmallPage changed = kFirst;
  changed.footer = "Sheet 1";
  EXPECT_EQ(difference({{kFirst}}, {{changed}}), "page 1\n  outside the text: [-Page-] {+Sheet+} 1\n");
}

TEST(Diff, MetadataAndTags) {
  SmallPdf before{{kFirst}}, after{{kFirst}};
  after.title = "Hip";
  after.pages[0].paragraphs.emplace_back("More.");
  const std::string text = difference(before, after);
  EXPECT_THAT(text, AllOf(HasSubstr("info\n  - Title: Knee\n  + Title: Hip\n"), HasSubstr("tags\n  + Document > P\n"), HasSubstr("Ice helps. {+More.+}")));
}

TEST(Diff, DrawingAlone) {
  SmallPage drawn = kSecond;
  drawn.drawing = "0 0 10 10 re f";
  EXPECT_EQ(difference({{kFirst, kSecond}}, {{kFirst, drawn}}), "page 2\n  the same words, drawn differently\n");
}

TEST(Diff, WhatCannotBeReadIsNamed) {
  const auto comparison = inspect::compare({"a.pdf", tagged({{kFirst}})}, {"b.pdf", "no PDF"}, "");
  ASSERT_FALSE(comparison);
  EXPECT_EQ(comparison.error().name, "b.pdf");
}

// ---- pictures ----

class Pictures : public testing::Test {
 protected:
  void SetUp() override {
    Diagnostics diags;
    if (!run_program({{"pdftoppm", "-v"}, {}, {}, {}}, diags)) GTEST_SKIP() << "no pdftoppm";
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-pictures-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  Comparison drawn(const SmallPdf& a, const SmallPdf& b) {
    const std::string first = tagged(a), second = tagged(b);
    Comparison comparison = compared(first, second);
    Diagnostics diags;
    const std::string password;
    EXPECT_TRUE(inspect::draw_differences(comparison, {{"a.pdf", first}, {"b.pdf", second}, password, folder_}, diags)) << to_text(diags);
    return comparison;
  }

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) names.push_back(entry.path().filename().string());
    return names;
  }

  std::filesystem::path folder_;
};

TEST_F(Pictures, OnlyOfPagesThatLookDifferent) {
  const SmallPdf before{{{{}, "", "0 0 72 72 re f"}, {{}, "", "0 0 72 72 re f"}}};
  SmallPdf after = before;
  after.pages[1].drawing = "0 0 72 36 re f";
  const Comparison comparison = drawn(before, after);
  EXPECT_THAT(files(), ElementsAre("page-2.png"));
  EXPECT_EQ(comparison.pages[0].pixels, std::nullopt);
  EXPECT_EQ(comparison.pages[1].pixels, 5000u);  // an inch by half an inch
  EXPECT_TRUE(differs(comparison));
}

TEST_F(Pictures, DrawnDifferentlyButLookingTheSame) {
  const SmallPdf before{{{{}, "", "0 0 72 72 re f"}}}, after{{{{}, "", "0 0 36 72 re f 36 0 36 72 re f"}}};
  EXPECT_TRUE(differs(compared(tagged(before), tagged(after))));
  EXPECT_FALSE(differs(drawn(before, after)));
  EXPECT_THAT(files(), IsEmpty());
}

}  // namespace
}  // namespace handout::test
