// What gives so that a handout fits: each length by one share, once.
#include "compose/scale.h"

#include "composing.h"

namespace handout::compose {
namespace {

class Scaling : public Composing {
 protected:
  void compose_at(const Scale& scale) {
    request_.editions = {{"a.xml", article_->locale, level_}};
    Sources sources{{article_}, layout_, {phrases_}, notices_, clinic_};
    auto composed = handout::compose::compose(request_, sources, {pictures_}, diags_, scale);
    ASSERT_TRUE(composed) << told();
    document_ = *std::move(composed);
    blocks_.clear();
    walk(document_.body, blocks_);
  }
  const styled::TextStyle& text_style(std::string_view name) { return paragraph(name).styles.front(); }
};

constexpr std::string_view kRules = R"(<page margin="20mm 5u 20mm 20mm"><header gap="4mm"><text>H</text></header></page><style for="handout" font-size="16pt" line-height="1.5"/>
  <style for="title" font-size="2em" line-height="8u" space-after="2u"/><style for="p" font-size="10pt" line-height="20pt" space-after="6pt" padding="1em" border="2pt #000000" label-width="30pt" margin-start="10pt"/>)";

TEST_F(Scaling, TypeTakesWhatFollowsIt) {
  article("<p id=\"p\">Words.</p>");
  styles(kRules);
  compose_at({0.5, 1, 1});
  EXPECT_EQ(document_.grid, 3_pt);
  EXPECT_EQ(text_style("title").size, 16_pt);
  EXPECT_EQ(paragraph("title").lines.line_height, 24_pt);
  EXPECT_EQ(text_style("p").size, 5_pt);
  EXPECT_EQ(paragraph("p").lines.line_height, 10_pt);
  // Room is a share of what the layout says, so type alone doesn't touch it.
  EXPECT_EQ(find("title")->box.space_after, 12_pt);
  EXPECT_EQ(find("p")->box.space_after, 6_pt);
  EXPECT_EQ(find("p")->box.padding.left, 10_pt);
  EXPECT_EQ(find("p")->box.border_left->width, 2_pt);
  EXPECT_EQ(document_.pages.masters.front().margin.right, 30_pt);
}

TEST_F(Scaling, SpaceTakesTheRoomRoundAndInBlocks) {
  article("<p id=\"p\">Words.</p>");
  styles(kRules);
  for (const double type : {1.0, 0.5}) {
    compose_at({type, 0.5, 1});
    EXPECT_EQ(find("title")->box.space_after, 6_pt) << type;
    EXPECT_EQ(find("p")->box.space_after, 3_pt) << type;
    EXPECT_EQ(find("p")->box.padding.left, 5_pt) << type;
    EXPECT_EQ(find("p")->box.margin.left, 10_pt) << type;
    EXPECT_EQ(document_.pages.masters.front().header_gap, 2_mm) << type;
    EXPECT_EQ(document_.pages.masters.front().margin.left, 20_mm) << type;
  }
}

TEST_F(Scaling, MarginTakesThePagesMargins) {
  article("<p id=\"p\">Words.</p>");
  styles(kRules);
  compose_at({0.5, 1, 0.5});
  const styled::PageMaster& master = document_.pages.masters.front();
  EXPECT_EQ(master.margin.left, Length(20_mm).scaled(0.5));
  EXPECT_EQ(master.margin.top, Length(20_mm).scaled(0.5));
  EXPECT_EQ(master.margin.right, 15_pt);
}

}  // namespace
}  // namespace handout::compose
