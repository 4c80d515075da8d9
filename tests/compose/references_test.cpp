// What points to other places: contents lists, numbers of pages, codes, footnotes.
#include "composing.h"

namespace handout::compose {
namespace {

using display::Role;

constexpr const char* kSections = R"(<section id="a"><title id="a-t">One<cite ref="r1"/></title><p id="a-p">First.</p><section id="b"><title id="b-t">Inner</title><p id="b-p">Second.</p></section></section>
<section id="c"><title id="c-t">Two</title><p id="c-p">Third.</p></section>
<references><reference id="r1" status="checked">Source.</reference></references>)";

class References : public Composing {
 protected:
  void SetUp() override {
    Composing::SetUp();
    auto phrases = std::make_shared<content::Phrases>(*phrases_.front());
    phrases->patterns.emplace("see-page", "(page {page})");
    phrases->patterns.emplace("code-target", "Code to scan: {target}");
    phrases_ = {phrases};
  }
  [[nodiscard]] std::vector<styled::BlockPtr> all(std::string_view name) const {
    std::vector<styled::BlockPtr> found;
    for (const auto& block : blocks_) {
      if (block->name == name) found.push_back(block);
    }
    return found;
  }
  static const styled::Paragraph& text(const styled::BlockPtr& block) { return *std::get<styled::ParagraphBlock>(block->content).paragraph; }
};

// ---- contents ----

TEST_F(References, ContentsNameThePrintedSections) {
  article(kSections);
  layout(R"(<style for="contents-entry[level=2]" margin-start="9pt"/><body><contents levels="2"/><box class="help"><text heading="2" id="help">Help</text></box><box><text heading="2">Empty</text><slot select=".none"/></box><slot select="*"/></body>)");
  compose();
  const auto entries = all("contents-entry");
  ASSERT_EQ(entries.size(), 4u);
  const std::string end = std::string(kObject) + std::string(kObject);
  EXPECT_EQ(text(entries[0]).text, "Help" + end);
  EXPECT_EQ(text(entries[1]).text, "One" + end);  // without the cite
  EXPECT_EQ(text(entries[2]).text, "Inner" + end);
  EXPECT_EQ(text(entries[3]).text, "Two" + end);
  EXPECT_EQ(entries[2]->box.margin.left, 9_pt);
  const styled::Paragraph& one = text(entries[1]);
  EXPECT_EQ(entries[1]->element.role, Role::Toci);
  ASSERT_EQ(one.elements.size(), 3u);
  EXPECT_EQ(one.elements[1].info.role, Role::Reference);
  EXPECT_EQ(one.elements[2].info.role, Role::Link);
  EXPECT_EQ(one.elements[2].link, display::LinkTarget(display::DestinationTarget{"a"}));
  EXPECT_EQ(one.elements[2].link_contents, "One");
  ASSERT_EQ(one.leaders.size(), 1u);
  ASSERT_EQ(one.page_fields.size(), 1u);
  EXPECT_EQ(one.page_fields[0].kind, styled::PageFieldKind::PageOf);
  EXPECT_EQ(one.page_fields[0].target, "a");
  // A deeper level is a list inside the list.
  const auto lists = all("contents");
  ASSERT_EQ(lists.size(), 2u);
  EXPECT_EQ(lists[0]->element.role, Role::Toc);
  EXPECT_EQ(std::get<styled::Flow>(lists[0]->content).children.size(), 4u);
  std::vector<std::string> anchors;
  for (const auto& block : blocks_) {
    if (!block->anchor.empty()) anchors.push_back(block->anchor);
  }
  EXPECT_THAT(anchors, ElementsAre("help", "a", "b", "c", "r1"));
}

TEST_F(References, ContentsGoAsDeepAsTheySay) {
  article(kSections);
  layout(R"(<style for="#c" display="none"/><body><contents levels="1"/><slot select="*"/></body>)");
  compose();
  EXPECT_EQ(all("contents-entry").size(), 1u);
  article("<p id=\"p\">Words.</p>");
  layout(R"(<body><box><text>Contents</text><contents/></box><slot select="*"/></body>)");
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "Words."));
}

// ---- numbers of pages ----

TEST_F(References, PageOfAPlace) {
  article(kSections);
  layout(R"(<body><text>See <page-of ref="c"/> and <page-of ref="box"/></text><box id="box"><text>Box</text></box><slot select="*"/></body>)");
  compose();
  const auto& fields = paragraph("text").page_fields;
  ASSERT_EQ(fields.size(), 2u);
  EXPECT_EQ(fields[0].target, "c");
  EXPECT_EQ(fields[1].target, "box");
  EXPECT_EQ(find("section")->anchor, "");
  EXPECT_EQ(all("section").back()->anchor, "c");
  EXPECT_EQ(find("box")->anchor, "box");
  EXPECT_EQ(told(), "");
}

TEST_F(References, PageOfWhatIsNotPrintedIsToldOf) {
  article("<p id=\"p\">Words.</p>");
  layout(R"(<body><text>See <page-of ref="c"/></text><slot select="*"/></body>)");
  compose();
  EXPECT_TRUE(paragraph("text").page_fields.empty());
  EXPECT_THAT(told(), HasSubstr("warning: nothing with the id 'c' is printed"));
}

TEST_F(References, LinksInsideTheHandoutNameTheirPage) {
  article(R"(<p id="p">See <a href="#q">there</a> or <a href="https://example.org">the web</a>.</p><p id="q">There.</p>)");
  styles(R"(<style for="p" page-reference="yes"/>)");
  compose();
  EXPECT_EQ(paragraph("p").text, "See there (page " + std::string(kObject) + ") or the web.");
  ASSERT_EQ(paragraph("p").page_fields.size(), 1u);
  EXPECT_EQ(paragraph("p").page_fields[0].target, "q");
  EXPECT_EQ(paragraph("p").elements.at(1).link_contents, "there");
}

// ---- codes ----

TEST_F(References, CodeWithItsTargetBesideIt) {
  article("<p id=\"p\">Words.</p>");
  layout(R"(<body><slot select="*"/><code kind="qr" text="https://example.org/knee/"/></body>)");
  compose();
  const auto picture = find("code-picture");
  EXPECT_EQ(picture->element.role, Role::Figure);
  EXPECT_EQ(picture->element.alt, "Code to scan: example.org/knee");
  const auto& target = paragraph("code-target");
  EXPECT_EQ(target.text, isolated("example.org/knee"));
  EXPECT_EQ(target.elements.at(1).link, display::LinkTarget(display::UriTarget{"https://example.org/knee/"}));
  EXPECT_TRUE(std::holds_alternative<styled::Row>(find("code-row")->content));
}

TEST_F(References, CodeInANarrowCellHasItsTargetBelow) {
  article("<p id=\"p\">Words.</p>");
  layout(R"(<body><slot select="*"/><row><cell width="30mm"><code kind="qr" text="https://example.org/knee/"/></cell></row></body>)");
  compose();
  EXPECT_TRUE(all("code-row").empty());
  EXPECT_EQ(std::get<styled::Flow>(find("code")->content).children.size(), 2u);
}

TEST_F(References, CodeOfAField) {
  article("<p id=\"p\">Words.</p>");
  layout(R"(<body><slot select="*"/><code kind="code-128" field="patient.id" target="none"/></body>)");
  compose();
  EXPECT_TRUE(all("code").empty());
  request_.recipient.emplace();
  request_.recipient->key = "A-123";
  compose();
  EXPECT_EQ(find("code-picture")->element.alt, "Code to scan: A-123");
  EXPECT_TRUE(all("code-target").empty());
  layout(R"(<body><slot select="*"/><code kind="code-128" field="patient.id"/></body>)");
  compose();
  EXPECT_EQ(paragraph("code-target").text, isolated("A-123"));
  EXPECT_EQ(paragraph("code-target").runs.front().field, "patient.id");
}

// ---- footnotes ----

constexpr const char* kCites = R"(<p id="p">One<cite ref="r2"/>, two<cite ref="r1"/>, again<cite ref="r2"/>.</p><p id="q" class="late">Three<cite ref="r1"/>.</p>
<references><reference id="r1" status="checked">First.</reference><reference id="r2" status="checked">Second.</reference><reference id="r3" status="checked">Third.</reference></references>)";

TEST_F(References, CitedSourcesAreFootnotesAndTheOthersStayInTheList) {
  article(kCites);
  styles(R"(<style for="#p cite" footnote="yes"/><style for="footnotes" space-before="6pt" border-top="1pt #ff0000" width="30mm"/>)");
  compose();
  ASSERT_EQ(document_.footnotes.notes.size(), 2u);
  const styled::BlockPtr note = document_.footnotes.notes.at("r2");
  EXPECT_EQ(note->element.role, Role::Note);
  EXPECT_EQ(note->anchor, "r2");
  const auto& item = std::get<styled::ListItem>(note->content);
  EXPECT_EQ(text(item.label).text, "2. ");
  EXPECT_EQ(item.label->element.role, Role::Label);
  EXPECT_EQ(text(item.body).text, "Second.");
  EXPECT_EQ(document_.footnotes.space, 6_pt);
  EXPECT_EQ(document_.footnotes.rule->width, 1_pt);
  EXPECT_EQ(document_.footnotes.rule_width, 30_mm);
  EXPECT_THAT(texts(), ElementsAre("Title", "One[2], two[1], again[2].", "Three[1].", "3. ", "Third."));
}

TEST_F(References, FootnotesNeedNoSlotForReferences) {
  article(R"(<p id="p">One<cite ref="r1"/>.</p><references><reference id="r1" status="checked">First.</reference></references>)");
  layout(R"(<style for="cite" footnote="yes"/><body><slot select="title p"/><box><text heading="2">Sources</text><slot select="references"/></box></body>)");
  compose();
  EXPECT_THAT(texts(), ElementsAre("Title", "One[1]."));
  layout(R"(<style for="cite" footnote="yes"/><body><slot select="title p"/></body>)");
  compose();
  EXPECT_EQ(document_.footnotes.notes.size(), 1u);
  EXPECT_EQ(told(), "");
}

// A list that stands before the cite has printed the source already: it is printed once.
TEST_F(References, SourcesArePrintedOnce) {
  article(R"(<p id="p">One<cite ref="r1"/>.</p><references><reference id="r1" status="checked">First.</reference></references>)");
  layout(R"(<style for="cite" footnote="yes"/><body><slot select="references title p"/></body>)");
  layout(R"(<style for="cite" footnote="yes"/><body><slot select="references"/><slot select="title p"/></body>)");
  compose();
  EXPECT_TRUE(document_.footnotes.notes.empty());
  EXPECT_THAT(texts(), ElementsAre("1. ", "First.", "Title", "One[1]."));
}

// ---- boxes ----

TEST_F(References, FloatsAndWidths) {
  article("<p id=\"p\">Words.</p>", "ar");
  layout(R"(<body><slot select="*"/><box class="a"><text>a</text></box><box class="b"><text>b</text></box><box class="c"><text>c</text></box></body><style for="box.a" float="start" width="40mm"/><style for="box.b" float="end"/><style for="box.c" float="top" width="50%" clear="both"/>)");
  compose();
  const auto boxes = all("box");
  ASSERT_EQ(boxes.size(), 3u);
  EXPECT_EQ(boxes[0]->box.floating, styled::Float::Right);
  EXPECT_EQ(boxes[0]->box.width, (styled::Extent{40_mm, 0}));
  EXPECT_EQ(boxes[1]->box.floating, styled::Float::Left);
  EXPECT_EQ(boxes[1]->box.width, (styled::Extent{Length{}, 0.4}));
  EXPECT_EQ(boxes[2]->box.floating, styled::Float::Top);
  EXPECT_EQ(boxes[2]->box.width, (styled::Extent{Length{}, 0.5}));
  EXPECT_EQ(boxes[2]->box.clear, styled::Clear::Both);
}

TEST_F(References, IconsOfBoxesStandBesideTheirFirstWords) {
  write("i.svg", R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg>)");
  article("<p id=\"p\">Words.</p>");
  layout(R"(<style for="box" icon="i.svg" padding="2mm"/><body><box><text>Mind</text><text>more</text></box><box><rule/><text>after a rule</text></box><slot select="*"/></body>)");
  compose();
  const auto& first = std::get<styled::Row>(find("title-row")->content);
  EXPECT_EQ(first.cells.at(0).block->name, "icon");
  EXPECT_EQ(std::get<styled::Picture>(first.cells[0].block->content).size.height, 16_pt);
  EXPECT_EQ(text(first.cells.at(1).block).text, "Mind");
  EXPECT_EQ(find("box")->box.padding.top, 2_mm);
  EXPECT_EQ(all("icon-row").size(), 1u);
  EXPECT_THAT(texts(), ElementsAre("Mind", "more", "after a rule", "Title", "Words."));
}

TEST_F(References, FiguresFloatAsWideAsTheirPicture) {
  write("i.svg", R"(<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" viewBox="0 0 10 5"><path d="M0 0h10v5z"/></svg>)");
  article(R"(<figure id="f" src="i.svg" alt="A thing"/>)");
  const auto composed = [&](std::string_view attributes) -> std::pair<styled::BlockPtr, styled::Picture> {
    styles("<style for=\"figure\" " + std::string(attributes) + "/>");
    compose();
    return {find("figure"), std::get<styled::Picture>(find("picture")->content)};
  };
  const auto [natural, natural_picture] = composed("float=\"end\"");
  EXPECT_EQ(natural->box.floating, styled::Float::Right);
  EXPECT_EQ(natural->box.width, (styled::Extent{natural_picture.size.width, 0}));
  const auto [share, share_picture] = composed("float=\"start\" width=\"30%\"");
  EXPECT_EQ(share->box.width, (styled::Extent{Length{}, 0.3}));
  EXPECT_EQ(share_picture.width, (styled::Extent{Length{}, 1}));
  const auto [block, block_picture] = composed("width=\"30%\"");
  EXPECT_FALSE(block->box.width.has_value());
  EXPECT_EQ(block_picture.width, (styled::Extent{Length{}, 0.3}));
}

TEST_F(References, LeadersAndInitials) {
  article("<p id=\"p\">Words.</p>");
  layout(R"(<style for="p" initial-letter="3"/><body><slot select="*"/><text>Name<leader pattern="rule" minimum="2em"/>end</text></body>)");
  compose();
  ASSERT_TRUE(paragraph("p").initial.has_value());
  EXPECT_EQ(paragraph("p").initial->lines, 3);
  ASSERT_EQ(paragraph("text").leaders.size(), 1u);
  EXPECT_EQ(paragraph("text").leaders[0].offset, 4u);
  EXPECT_EQ(paragraph("text").leaders[0].pattern, styled::Leader::Pattern::Rule);
  EXPECT_EQ(paragraph("text").leaders[0].minimum, 24_pt);
}

// ---- conditions ----

TEST_F(References, ConditionsOnFieldsAndLanguage) {
  article("<p id=\"p\">Words.</p>");
  level_ = request::ArticleLevel::Short;
  layout(R"(<body><text when="article.level=short">short</text><text when="article.level!=short">full</text><text when="article.id=a article.language=en">both</text><text when="article.audience=child">child</text>
<text for-locale="en">en</text><text for-locale="es pt">es</text><text for-script="Latn">Latn</text><text for-script="Arab">Arab</text><slot select="*"/></body>)");
  compose();
  EXPECT_THAT(texts(), ElementsAre("short", "both", "en", "Latn", "Title", "Words."));
  EXPECT_EQ(told(), "");
}

}  // namespace
}  // namespace handout::compose
