// What stands before the items of lists.
#include "compose/markers.h"

#include "composing.h"

namespace handout::compose {
namespace {

using display::ListNumbering;

constexpr const char* kTwoLists = R"(<ul id="u"><li id="u1">a</li><li id="u2">b</li></ul><ol id="o" start="3"><li id="o1">c</li><li id="o2">d</li></ol>)";

class ListMarkers : public Composing {
 protected:
  std::vector<std::string> labels() const {
    std::vector<std::string> result;
    for (const auto& block : blocks_) {
      if (block->name == "marker") result.push_back(std::get<styled::ParagraphBlock>(block->content).paragraph->text);
    }
    return result;
  }
  std::vector<std::string> labels_of(std::string_view rules, std::string_view body = kTwoLists, std::string_view language = "en") {
    article(body, language);
    styles(rules);
    compose();
    return labels();
  }
  ListNumbering numbering(std::string_view marker) {
    labels_of("<style for=\"ol\" marker=\"" + std::string(marker) + "\"/>");
    return find("ol")->element.numbering;
  }
  Length label_width() const { return std::get<styled::ListItem>(find("li")->content).label_width; }
};

TEST_F(ListMarkers, SignsAndNumbers) {
  EXPECT_THAT(labels_of(""), ElementsAre("• ", "• ", "3. ", "4. "));
  EXPECT_THAT(labels_of(R"(<style for="ul" marker="square"/><style for="ol" marker="lower-alpha"/>)"), ElementsAre("▪ ", "▪ ", "c. ", "d. "));
  EXPECT_THAT(labels_of(R"(<style for="ul" marker="circle"/><style for="ol" marker="upper-roman"/>)"), ElementsAre("◦ ", "◦ ", "III. ", "IV. "));
  EXPECT_THAT(labels_of(R"(<style for="ul" marker="dash"/><style for="ol" marker="none"/>)"), ElementsAre("– ", "– ", " ", " "));
  EXPECT_THAT(labels_of(R"(<style for="ul" marker="'*'"/><style for="ol" marker="native"/>)", kTwoLists, "ar"), ElementsAre("* ", "* ", "٣. ", "٤. "));
  EXPECT_THAT(labels_of(R"(<style for="ul, ol" marker="native"/>)", kTwoLists, "zh-Hans"), ElementsAre("一、 ", "二、 ", "三、 ", "四、 "));
}

// A list's own marker is any; one of a list around it, or of what is around that, only where it suits.
TEST_F(ListMarkers, InheritedMarkersMustSuitTheList) {
  constexpr const char* kNested = R"(<ul id="u"><li id="i"><p id="p">x</p><ol id="o"><li id="j">y</li></ol><ul id="v"><li id="k">z</li></ul></li></ul><ul id="w" kind="check"><li id="l">w</li></ul>)";
  EXPECT_THAT(labels_of(R"(<style for="handout" marker="dash"/>)", kNested), ElementsAre("– ", "1. ", "– ", "☐ "));
  EXPECT_THAT(labels_of(R"(<style for="handout" marker="upper-alpha"/>)", kNested), ElementsAre("• ", "A. ", "• ", "☐ "));
  EXPECT_THAT(labels_of(R"(<style for="ul" marker="lower-roman"/>)", kNested), ElementsAre("i. ", "i. ", "i. ", "i. "));
  EXPECT_THAT(labels_of(R"(<style for="ul[depth=2]" marker="square"/><style for="ol" marker="dash"/>)", kNested), ElementsAre("• ", "– ", "▪ ", "☐ "));
}

TEST_F(ListMarkers, NumberingIsToldToReaders) {
  EXPECT_EQ(numbering("lower-alpha"), ListNumbering::LowerAlpha);
  EXPECT_EQ(numbering("upper-roman"), ListNumbering::UpperRoman);
  EXPECT_EQ(numbering("native"), ListNumbering::Decimal);
  EXPECT_EQ(numbering("circle"), ListNumbering::Circle);
  EXPECT_EQ(numbering("square"), ListNumbering::Square);
  EXPECT_EQ(numbering("none"), ListNumbering::None);
}

TEST_F(ListMarkers, ListsSayHowTheyAre) {
  article(R"(<ul id="u"><li id="a">a</li><li id="b">b</li><li id="c">c</li></ul><ol id="o"><li id="d"><p id="p">x</p><p id="q">y</p></li></ol>)");
  styles(R"(<style for="[spacing=tight]" space-before="1pt"/><style for="[spacing=loose]" space-before="2pt"/><style for="li" space-before="3pt"/><style for="li[first=yes]" space-before="4pt"/><style for="li[last=yes]" space-after="5pt"/>)");
  compose();
  EXPECT_EQ(find("ul")->box.space_before, 1_pt);
  EXPECT_EQ(find("ol")->box.space_before, 2_pt);
  std::vector<Length> before, after;
  for (const auto& block : blocks_) {
    if (block->name == "li") before.push_back(block->box.space_before), after.push_back(block->box.space_after);
  }
  EXPECT_THAT(before, ElementsAre(4_pt, 3_pt, 3_pt, 4_pt));
  EXPECT_THAT(after, ElementsAre(Length{}, Length{}, 5_pt, 5_pt));
}

TEST_F(ListMarkers, LongLabelsHaveRoom) {
  labels_of("<style for=\"li\" label-width=\"1.75em\"/>", R"(<ol id="o" start="9"><li id="a">x</li><li id="b">y</li></ol>)");
  EXPECT_EQ(label_width(), 21_pt);
  labels_of("<style for=\"li\" label-width=\"1.75em\"/>", R"(<ol id="o" start="999"><li id="a">x</li><li id="b">y</li></ol>)");
  EXPECT_GT(label_width(), 30_pt);  // of both items, for the longer one
}

}  // namespace
}  // namespace handout::compose
