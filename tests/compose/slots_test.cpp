// What of an article is taken, by which slot, and what is shown.
#include "composing.h"

namespace handout::compose {
namespace {

class SlotsAndChoices : public Composing {};

constexpr const char* kSections = R"(<callout id="c" kind="urgent"><p id="c-p">Call.</p></callout>
<section id="s1" level="short"><title id="s1-t">One</title><p id="s1-p">First.</p></section>
<section id="s2" class="late"><title id="s2-t">Two</title><p id="s2-p">Second.</p><section id="s3" level="short"><title id="s3-t">Three</title><p id="s3-p">Third.</p></section></section>)";

TEST_F(SlotsAndChoices, EachPieceIsTakenOnceInTheOrderOfTheLayout) {
  article(kSections);
  layout("<body><slot select=\".late\"/><slot select=\"title\"/><slot select=\"section\"/><slot select=\"*\"/></body>");
  compose();
  EXPECT_THAT(texts(), ElementsAre("Two", "Second.", "Three", "Third.", "Title", "One", "First.", "Get help now", "Call."));
  EXPECT_EQ(told(), "");
}

TEST_F(SlotsAndChoices, ExceptLeavesForLater) {
  article(kSections);
  layout("<body><slot select=\"*\" except=\"callout #s2 title\"/><slot select=\"#s2\"/><slot select=\"callout title\"/></body>");
  compose();
  EXPECT_THAT(texts(), ElementsAre("One", "First.", "Two", "Second.", "Three", "Third.", "Title", "Get help now", "Call."));
}

TEST_F(SlotsAndChoices, LeftoversAreWarnings) {
  article(kSections);
  layout("<body><slot select=\"title section\"/></body>");
  compose();
  EXPECT_THAT(told(), HasSubstr("l.xml:1:1: warning: no slot of layout 'l' takes <callout> 'c'"));
  EXPECT_FALSE(diags_.has_errors());
}

TEST_F(SlotsAndChoices, WhatIsLeftOutOnPurposeIsNoWarning) {
  article(kSections);
  layout("<body><slot select=\"title\"/><leave select=\"*\" except=\"callout\"/><slot select=\"*\"/></body>");
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Get help now", "Call."));
  EXPECT_EQ(told(), "");
}

// A block that was taken out of its section is not printed twice; a section with nothing left isn't printed.
TEST_F(SlotsAndChoices, SlotsReachIntoSections) {
  article(kSections);
  layout("<body><slot select=\"title\"/><slot select=\"p\" from=\"sections\" most=\"2\"/><slot select=\"*\"/></body>");
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "First.", "Second.", "Get help now", "Call.", "Two", "Three", "Third."));
  EXPECT_EQ(told(), "");
}

TEST_F(SlotsAndChoices, NothingIsTakenOutOfWhatWasTaken) {
  article(kSections);
  layout("<body><slot select=\"*\"/><slot select=\"p\" from=\"sections\"/></body>");
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Get help now", "Call.", "One", "First.", "Two", "Second.", "Three", "Third."));
}

TEST_F(SlotsAndChoices, ContentsListsNameSectionsWithoutWhatWasTakenOut) {
  article(kSections);
  layout("<body><slot select=\"p\" from=\"sections\" most=\"1\"/><contents/><slot select=\"*\"/></body>");
  compose();
  std::size_t entries = 0;
  for (const std::string& text : texts()) entries += text.starts_with("Two") || text.starts_with("One") ? 1 : 0;
  EXPECT_EQ(entries, 2u) << "the entry and the heading of Two; One has nothing left";
}

TEST_F(SlotsAndChoices, ShortLevelLeavesFullSectionsOut) {
  article(kSections);
  level_ = request::ArticleLevel::Short;
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Get help now", "Call.", "One", "First."));
}

// What to do in an emergency is in every choice.
TEST_F(SlotsAndChoices, IncludeKeepsTheNamedSectionAndUrgentCallouts) {
  article(kSections);
  request_.include = {"s3"};
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Get help now", "Call.", "Two", "Three", "Third."));
}

TEST_F(SlotsAndChoices, ExcludeTakesTheNamedAway) {
  article(kSections);
  request_.exclude = {"s1", "s3"};
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Get help now", "Call.", "Two", "Second."));
}

TEST_F(SlotsAndChoices, UnknownIdsAreFaultsWithASuggestion) {
  article(kSections);
  request_.include = {"s11"};
  request_.marked = {"p1"};
  EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("no section 's11' in a.xml"), HasSubstr("no point 'p1' in a.xml")));
}

// A link or citation into what was left out would lead nowhere.
TEST_F(SlotsAndChoices, LinksIntoWhatIsLeftOutAreGone) {
  article("<p id=\"p\">See <a href=\"#s\">there</a>.</p><section id=\"s\"><title id=\"s-t\">S</title></section>");
  request_.exclude = {"s"};
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "See there."));
  for (const auto& element : paragraph("p").elements) EXPECT_FALSE(element.link.has_value());
}

TEST_F(SlotsAndChoices, HasAndLacks) {
  article("<p id=\"p\">Words.</p>");
  request_.fields = {{"note", "N"}};
  layout("<body><slot select=\"*\"/><text has=\"note\">with</text><text lacks=\"note\">without</text><text has=\"note clinic.phone\">both</text><text lacks=\"date clinic.phone\">neither</text>"
         "<box has=\"date\"><text>box</text></box><row><cell has=\"date\"><text>hidden cell</text></cell><cell><text>cell</text></cell></row><text>a<field name=\"note\" lacks=\"note\"/>b</text></body>");
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Words.", "with", "neither", "cell", "ab"));
}

// A heading that a layout puts over a slot belongs to what the slot takes.
TEST_F(SlotsAndChoices, HeadingOverAnEmptySlotIsNotPrinted) {
  article("<p id=\"p\">Words.</p>");
  layout("<body><slot select=\"*\" except=\"references\"/><box><text heading=\"2\">Sources</text><slot select=\"references\"/></box></body>");
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Words."));
}

TEST_F(SlotsAndChoices, HiddenElementsAreTakenAndNotPrinted) {
  article(kSections);
  styles("<style for=\"#s2\" display=\"none\"/>");
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Get help now", "Call.", "One", "First."));
  EXPECT_EQ(told(), "");
}

TEST_F(SlotsAndChoices, MarkedPointsHaveAClass) {
  article("", "en", "");
  auto with_points = content::parse_article(R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">T</title><points><point id="one">One.</point><point id="two">Two.</point></points></article>)", "a.xml", {}, diags_);
  ASSERT_TRUE(with_points);
  article_ = std::make_shared<const content::Article>(*std::move(with_points));
  styles("<style for=\"point.marked\" font-weight=\"700\"/>");
  request_.marked = {"two"};
  compose();
  std::vector<int> weights;
  for (const auto& block : blocks_) {
    if (block->name == "point-text") weights.push_back(std::get<styled::ParagraphBlock>(block->content).paragraph->styles.front().weight);
  }
  EXPECT_THAT(weights, ElementsAre(400, 700));
}

TEST_F(SlotsAndChoices, HeadingsNestAndMakeTheOutline) {
  article(kSections);
  compose();
  std::vector<std::pair<std::string, int>> outline;
  for (const auto& block : blocks_) {
    if (!block->outline_title.empty()) outline.emplace_back(std::string(display::name(block->element.role)) + " " + block->outline_title, block->outline_level);
  }
  EXPECT_THAT(outline, ElementsAre(std::pair("H2 One", 1), std::pair("H2 Two", 1), std::pair("H3 Three", 2)));
}

TEST_F(SlotsAndChoices, NoticeInAllOfItsLanguages) {
  article("<p id=\"p\">Words.</p>");
  auto notice = std::make_shared<content::Notice>();
  notice->id = "help";
  notice->texts.push_back({*unicode::Locale::parse("es"), {{Span{}, content::Text{"Ayuda"}}}, {}});
  notice->texts.push_back({*unicode::Locale::parse("ar"), {{Span{}, content::Text{"مساعدة"}}}, {}});
  notices_["help"] = notice;
  layout("<body><slot select=\"*\"/><notice id=\"help\"/></body>");
  EXPECT_THAT(notices_of(*layout_), ElementsAre("help"));
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Words.", "Ayuda", "مساعدة"));
  const styled::Paragraph& arabic = *std::get<styled::ParagraphBlock>(blocks_.back()->content).paragraph;
  EXPECT_EQ(arabic.direction, unicode::Direction::RightToLeft);
  EXPECT_EQ(arabic.lines.align, styled::Align::Right);
  EXPECT_EQ(arabic.elements.front().info.language, "ar");
}

TEST_F(SlotsAndChoices, UnknownPhraseIsAFault) {
  article("<p id=\"p\">Words.</p>");
  layout("<body><slot select=\"*\"/><text><phrase id=\"page-off\"/></text></body>");
  EXPECT_THAT(refusal(), HasSubstr("unknown phrase 'page-off'; did you mean 'page-of'?"));
}

// A layout may be for many articles, whose own fields differ: only a warning.
TEST_F(SlotsAndChoices, UnknownFieldOfALayoutIsToldWithASuggestion) {
  article("<p id=\"p\">Words.</p>");
  layout("<body><slot select=\"*\"/><text>Call <field name=\"clinic.fone\"/></text></body>");
  compose();
  EXPECT_THAT(told(), testing::AllOf(HasSubstr("l.xml:1:"), HasSubstr("warning: "), HasSubstr("'clinic.fone'; did you mean 'clinic.phone'?")));
}

TEST_F(SlotsAndChoices, EditionIdNamesWordsAndDressButNoRecipient) {
  article("<p id=\"p\">Words.</p>");
  request_.editions.push_back({"a.xml", article_->locale, level_});
  const Sources sources{{article_}, layout_, {phrases_}, {}, nullptr};
  const std::string plain = edition_id(request_, sources);
  EXPECT_THAT(plain, testing::MatchesRegex("a 1 en standard [0-9a-f]{8}"));
  request_.recipient.emplace().name.display = "A";
  request_.fields = {{"note", "N"}};
  EXPECT_EQ(edition_id(request_, sources), plain);
  request_.profile = "large";
  EXPECT_THAT(edition_id(request_, sources), testing::StartsWith("a 1 en standard/large "));
}

}  // namespace
}  // namespace handout::compose
