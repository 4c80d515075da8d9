#include "layouts/layout_testing.h"
#include "layouts/vocabulary.h"

namespace handout::layouts {
namespace {

class ItemsOfLayouts : public Layouts {
 protected:
  Items items(const std::string& text) { return right(body_with(text)).body; }
  Item item(const std::string& text) {
    Items all = items(text);
    EXPECT_EQ(all.size(), 1u) << text;
    return all.empty() ? Item{} : std::move(all[0]);
  }
  // A part a string: words in quotes, else what it is.
  std::vector<std::string> parts(const std::string& text) {
    const Item one = item("<text>" + text + "</text>");
    std::vector<std::string> found;
    for (const TextPart& part : std::get<TextItem>(one.what).parts) {
      const auto* literal = std::get_if<LiteralText>(&part.what);
      constexpr const char* kPages[] = {"page", "pages", "section-title"};
      found.push_back(literal != nullptr                                      ? "'" + literal->text + "'"
                      : std::holds_alternative<FieldPart>(part.what)          ? "field"
                      : std::holds_alternative<PhrasePart>(part.what)         ? "phrase"
                      : std::holds_alternative<BreakPart>(part.what)          ? "br"
                                                                              : kPages[static_cast<std::size_t>(std::get<PagePart>(part.what))]);
    }
    return found;
  }
  std::string fault(const std::string& text) { return wrong(body_with(text)); }
};

TEST_F(ItemsOfLayouts, Slots) {
  const Item slot = item("<slot select='title section #risks .wide *' except='references' class='a b' id='s' has='note' lacks='date clinic.phone'/>");
  EXPECT_THAT(std::get<Slot>(slot.what).select, ElementsAre("title", "section", "#risks", ".wide", "*"));
  EXPECT_THAT(std::get<Slot>(slot.what).except, ElementsAre("references"));
  EXPECT_EQ(slot.name, "slot");
  EXPECT_EQ(slot.id, "s");
  EXPECT_THAT(slot.classes, ElementsAre("a", "b"));
  EXPECT_THAT(slot.shown.has, ElementsAre("note"));
  EXPECT_THAT(slot.shown.lacks, ElementsAre("date", "clinic.phone"));
  EXPECT_EQ(to_text(slot.at), "x.xml:1:32");
}

TEST_F(ItemsOfLayouts, SlotsThatReachIntoSectionsAndWhatIsLeftOut) {
  const Slot deep = std::get<Slot>(item("<slot select='figure' from='sections' most='2'/>").what);
  EXPECT_EQ(deep.use, SlotUse::Print);
  EXPECT_EQ(deep.reach, SlotReach::Sections);
  EXPECT_EQ(deep.most, 2u);
  const Slot leave = std::get<Slot>(item("<leave select='*' except='callout'/>").what);
  EXPECT_EQ(leave.use, SlotUse::Leave);
  EXPECT_EQ(leave.reach, SlotReach::Article);
  EXPECT_THAT(leave.except, ElementsAre("callout"));
  EXPECT_THAT(fault("<slot select='*' most='0'/>"), HasSubstr("most"));
  EXPECT_THAT(fault("<leave/>"), HasSubstr("attribute 'select' is missing on <leave>"));
}

TEST_F(ItemsOfLayouts, WrongSlots) {
  EXPECT_THAT(fault("<slot/>"), HasSubstr("attribute 'select' is missing on <slot>"));
  EXPECT_THAT(fault("<slot select=''/>"), HasSubstr("select is empty; expected what of the article the slot takes"));
  EXPECT_THAT(fault("<slot select='title sumary'/>"), HasSubstr("x.xml:1:52: error: a slot cannot take 'sumary'; did you mean 'summary'?"));
  EXPECT_THAT(fault("<slot select='# li'/>"), AllOf(HasSubstr("a slot cannot take '#'"), HasSubstr("a slot cannot take 'li'")));
  EXPECT_THAT(fault("<slot select='*' except='.1'/>"), HasSubstr("a slot cannot take '.1'"));
}

TEST_F(ItemsOfLayouts, WhatEveryItemTakesIsChecked) {
  EXPECT_THAT(fault("<rule class='a 1b'/>"), HasSubstr("'1b' is not the name of a class"));
  EXPECT_THAT(fault("<rule has='a,b'/>"), HasSubstr("'a,b' is not the name of a field"));
  EXPECT_THAT(fault("<rule lacks=' '/>"), HasSubstr("lacks is empty; expected names of fields"));
  EXPECT_THAT(fault("<rule has='note' lacks='note'/>"), HasSubstr("field 'note' stands in has and in lacks"));
  EXPECT_THAT(fault("<rule id='a'/><rule id='a'/>"), HasSubstr("id 'a' is used twice"));
  EXPECT_THAT(fault("<rul/>"), HasSubstr("did you mean <rule>?"));
}

TEST_F(ItemsOfLayouts, BoxesAndRows) {
  const Item box = item("<box class='b'><rule/><box><lines count='4'/></box></box>");
  const Items& inside = std::get<Box>(box.what).items;
  ASSERT_EQ(inside.size(), 2u);
  EXPECT_EQ(std::get<LinesItem>(std::get<Box>(inside[1].what).items.at(0).what).count, 4);
  const Item item_row = item("<row gap='4mm'><cell width='1fr' align='bottom' class='c' id='i' has='note'><rule/></cell><cell width='40mm'/><cell width='auto' align='top'/></row>");
  const Row& row = std::get<Row>(item_row.what);
  EXPECT_EQ(row.gap.length, 4_mm);
  ASSERT_EQ(row.cells.size(), 3u);
  EXPECT_EQ(row.cells[0].width->fraction, 1);
  EXPECT_EQ(row.cells[0].align, "bottom");
  EXPECT_THAT(row.cells[0].classes, ElementsAre("c"));
  EXPECT_EQ(row.cells[0].id, "i");
  EXPECT_THAT(row.cells[0].shown.has, ElementsAre("note"));
  EXPECT_EQ(row.cells[0].items.size(), 1u);
  EXPECT_EQ(row.cells[1].width->length, 40_mm);
  EXPECT_EQ(row.cells[1].align, "baseline");
  EXPECT_FALSE(row.cells[2].width.has_value());
}

TEST_F(ItemsOfLayouts, WrongRows) {
  EXPECT_THAT(fault("<row/>"), HasSubstr("<cell> is missing in <row>"));
  EXPECT_THAT(fault("<row gap='1fr'><cell/></row>"), HasSubstr("'1fr' cannot be a length of gap"));
  EXPECT_THAT(fault("<row><cell width='0fr'/></row>"), HasSubstr("width is 0fr; expected more than 0"));
  EXPECT_THAT(fault("<row><cell width='50%'/></row>"), HasSubstr("'50%' cannot be a length of width"));
  EXPECT_THAT(fault("<row><cell align='center'/></row>"), HasSubstr("'center' is not a value of align; expected baseline, top, middle or bottom"));
}

TEST_F(ItemsOfLayouts, WhiteSpaceInTextCollapsesAsInHtml) {
  EXPECT_THAT(parts("  Call\n   us \t now  "), ElementsAre("'Call us now'"));
  EXPECT_THAT(parts("Page <page/> of <pages/>."), ElementsAre("'Page '", "page", "' of '", "pages", "'.'"));
  EXPECT_THAT(parts("<page/> <pages/>"), ElementsAre("page", "' '", "pages"));
  EXPECT_THAT(parts("<page/><pages/>"), ElementsAre("page", "pages"));
  EXPECT_THAT(parts("  <page/>  "), ElementsAre("page"));
  EXPECT_THAT(parts("a <br/> b<br/>  <page/>"), ElementsAre("'a'", "br", "'b'", "br", "page"));
  EXPECT_THAT(parts("a<!-- c --> b"), ElementsAre("'a b'"));
  EXPECT_THAT(parts("a\u00A0 \u00A0b"), ElementsAre("'a\u00A0 \u00A0b'"));
  EXPECT_THAT(parts("<section-title/>"), ElementsAre("section-title"));
}

TEST_F(ItemsOfLayouts, PartsOfText) {
  const Item one = item("<text heading='2'><phrase id='reviewed' class='p'><arg name='date' field='article.reviewed'/></phrase> <field name='date' format='long-date' id='f' lacks='note'/></text>");
  const TextItem& text = std::get<TextItem>(one.what);
  EXPECT_EQ(text.heading, 2);
  ASSERT_EQ(text.parts.size(), 3u);
  const auto& phrase = std::get<PhrasePart>(text.parts[0].what);
  EXPECT_EQ(phrase.id, "reviewed");
  EXPECT_THAT(phrase.arguments, ElementsAre(testing::Pair("date", "article.reviewed")));
  EXPECT_THAT(text.parts[0].classes, ElementsAre("p"));
  const auto& field = std::get<FieldPart>(text.parts[2].what);
  EXPECT_EQ(field.name, "date");
  EXPECT_EQ(field.format, "long-date");
  EXPECT_EQ(text.parts[2].id, "f");
  EXPECT_THAT(text.parts[2].shown.lacks, ElementsAre("note"));
}

TEST_F(ItemsOfLayouts, OnePhraseMayBeUsedTwice) {
  EXPECT_EQ(items("<text><phrase id='tip'/></text><text><phrase id='tip'/></text><notice id='n'/><notice id='n'/>").size(), 4u);
}

TEST_F(ItemsOfLayouts, WrongText) {
  EXPECT_THAT(fault("<text>  </text>"), HasSubstr("<text> has no words"));
  EXPECT_THAT(fault("<text heading='7'>a</text>"), HasSubstr("'7' is not a value of heading"));
  EXPECT_THAT(fault("<text><phrase id='1'/></text>"), HasSubstr("'1' is not the id of a phrase"));
  EXPECT_THAT(fault("<text><phrase id='a'><arg name='n' field='f'/><arg name='n' field='g'/></phrase></text>"), HasSubstr("argument 'n' is given twice"));
  EXPECT_THAT(fault("<text><phrase id='a'><arg name='n m' field='f g'/></phrase></text>"), AllOf(HasSubstr("'n m' is not the name of an argument"), HasSubstr("'f g' is not the name of a field")));
  EXPECT_THAT(fault("<text><phrase/></text>"), HasSubstr("attribute 'id' is missing on <phrase>"));
  EXPECT_THAT(fault("<text><field name=''/></text>"), HasSubstr("'' is not the name of a field"));
  EXPECT_THAT(fault("<text><field name='a' format='date'/></text>"), HasSubstr("'date' is not a value of format"));
  EXPECT_THAT(fault("<text><strong>a</strong></text>"), HasSubstr("unknown element <strong>"));
  EXPECT_THAT(fault("words"), HasSubstr("text 'words' may not stand in <body>"));
}

TEST_F(ItemsOfLayouts, PageMeansTwoThings) {
  EXPECT_THAT(fault("<page/>"), HasSubstr("<page> may not stand in <body>"));
  EXPECT_THAT(wrong(layout_with("<page on='first' id='p'/>" + std::string(kBody))), HasSubstr("unknown attribute 'id' on <page>"));
  EXPECT_THAT(fault("<text><page size='A4'/></text>"), HasSubstr("unknown attribute 'size' on <page>"));
}

TEST_F(ItemsOfLayouts, Pictures) {
  const Item file = item("<picture src='icons/x.svg' width='20mm' height='3em' alt='logo'/>");
  const auto& picture = std::get<PictureItem>(file.what);
  EXPECT_EQ(picture.source, "icons/x.svg");
  EXPECT_EQ(picture.width->length, 20_mm);
  EXPECT_EQ(picture.height->em, 3);
  EXPECT_EQ(picture.alt_phrase, "logo");
  const Item logo = item("<picture field='clinic.logo'/>");
  EXPECT_EQ(std::get<PictureItem>(logo.what).field, "clinic.logo");
  EXPECT_THAT(fault("<picture/>"), HasSubstr("<picture> has no picture; expected src or field"));
  EXPECT_THAT(fault("<picture src='a.svg' field='clinic.logo'/>"), HasSubstr("<picture> has src and field"));
  EXPECT_THAT(fault("<picture src='/etc/a.svg'/>"), HasSubstr("'/etc/a.svg' is not a value of src"));
  EXPECT_THAT(fault("<picture src='http://a/b.svg'/>"), HasSubstr("is not a value of src"));
  EXPECT_THAT(fault("<picture src='a.svg' width='0mm'/>"), HasSubstr("width is 0mm; expected more than 0"));
  EXPECT_THAT(fault("<picture src='a.svg' alt='two words'/>"), HasSubstr("'two words' is not the id of a phrase"));
}

TEST_F(ItemsOfLayouts, RulesLinesAndNotices) {
  EXPECT_TRUE(std::holds_alternative<RuleItem>(item("<rule/>").what));
  EXPECT_EQ(std::get<LinesItem>(item("<lines/>").what).count, 1);
  const Item notice = item("<notice id='language-help' class='n'/>");
  EXPECT_EQ(std::get<NoticeItem>(notice.what).id, "language-help");
  EXPECT_EQ(notice.id, "language-help");
  EXPECT_THAT(fault("<lines count='0'/>"), HasSubstr("expected a whole number of 1 to 200"));
  EXPECT_THAT(fault("<lines count='201'/>"), HasSubstr("count is 201, more than 200"));
  EXPECT_THAT(fault("<notice id='../x'/>"), HasSubstr("'../x' is not the id of a notice"));
}

TEST_F(ItemsOfLayouts, BandsHoldNoContentAndNoHeadings) {
  EXPECT_THAT(wrong(layout_with("<page><header><box><slot select='title'/></box></header></page>" + std::string(kBody))), HasSubstr("<slot> may not stand in a header or footer"));
  EXPECT_THAT(wrong(layout_with("<page><footer><text heading='1'>a</text></footer></page>" + std::string(kBody))), HasSubstr("a heading may not stand in a header or footer"));
}

TEST_F(ItemsOfLayouts, Contents) {
  EXPECT_EQ(std::get<ContentsItem>(item("<contents/>").what).levels, 1);
  EXPECT_EQ(std::get<ContentsItem>(item("<contents levels='3' class='toc'/>").what).levels, 3);
  EXPECT_THAT(fault("<contents levels='4'/>"), HasSubstr("'4' is not a value of levels; expected 1, 2 or 3"));
  EXPECT_THAT(wrong(layout_with("<page><footer><contents/></footer></page>" + std::string(kBody))), HasSubstr("x.xml:1:40: error: <contents> may not stand on every page"));
}

TEST_F(ItemsOfLayouts, Codes) {
  const Item one = item("<code kind='qr' field='article.address' target='none' level='H' module='0.5mm' gap='2u'/>");
  const auto& code = std::get<CodeItem>(one.what);
  EXPECT_EQ(code.kind, "qr");
  EXPECT_EQ(code.field, "article.address");
  EXPECT_EQ(code.target, "none");
  EXPECT_EQ(code.level, "H");
  EXPECT_EQ(code.module->length, 0.5_mm);
  EXPECT_TRUE(code.gap.has_value());
  const Item two = item("<code kind='code-128' text='A 1'/>");
  const auto& plain = std::get<CodeItem>(two.what);
  EXPECT_EQ(plain.text, "A 1");
  EXPECT_EQ(plain.target, "auto");
  EXPECT_FALSE(plain.module || plain.gap);
  for (const char* kind : {"data-matrix", "aztec", "pdf417"}) EXPECT_EQ(std::get<CodeItem>(item("<code kind='" + std::string(kind) + "' text='a'/>").what).kind, kind);
}

TEST_F(ItemsOfLayouts, WrongCodes) {
  EXPECT_THAT(fault("<code text='a'/>"), HasSubstr("attribute 'kind' is missing on <code>"));
  EXPECT_THAT(fault("<code kind='ean' text='a'/>"), HasSubstr("'ean' is not a value of kind; expected qr, data-matrix, code-128, aztec, pdf417, gs1-128, ean-13, intelligent-mail, royal-mail, mailmark, kix, australia-post or japan-post"));
  EXPECT_THAT(fault("<code kind='qr'/>"), HasSubstr("<code> has nothing to encode; expected field or text"));
  EXPECT_THAT(fault("<code kind='qr' text=''/>"), HasSubstr("text is empty; expected what the code says"));
  EXPECT_THAT(fault("<code kind='qr' text='a' field='b'/>"), HasSubstr("x.xml:1:48: error: <code> has field and text; expected one of them"));
  EXPECT_THAT(fault("<code kind='aztec' text='a' level='L'/>"), HasSubstr("x.xml:1:60: error: level is for kind=\"qr\"; a code of kind aztec has no such levels"));
  EXPECT_THAT(fault("<code kind='qr' text='a' module='0'/>"), HasSubstr("module is 0; expected more than 0"));
}

TEST_F(ItemsOfLayouts, Parallels) {
  const Item one = item("<parallel gap='4mm' least='60mm'><slot select='*'/></parallel>");
  const auto& parallel = std::get<ParallelItem>(one.what);
  EXPECT_EQ(parallel.items.size(), 1u);
  EXPECT_EQ(parallel.gap.length, 4_mm);
  EXPECT_EQ(parallel.least->length, 60_mm);
  EXPECT_EQ(items("<parallel><rule/></parallel><parallel><rule/></parallel>").size(), 2u);
  EXPECT_THAT(fault("<parallel><box><parallel><rule/></parallel></box></parallel>"), HasSubstr("x.xml:1:47: error: <parallel> may not stand in another"));
  EXPECT_THAT(wrong(layout_with("<page><header><parallel/></header></page>" + std::string(kBody))), HasSubstr("<parallel> may not stand on every page; expected it in the <body>"));
}

TEST_F(ItemsOfLayouts, PageReferencesAndLeaders) {
  const Item one = item("<text>Risks <leader/> <page-of ref='risks' class='n'/></text>");
  const auto& parts = std::get<TextItem>(one.what).parts;
  ASSERT_EQ(parts.size(), 4u);
  EXPECT_EQ(std::get<LeaderPart>(parts[1].what).pattern, "dots");
  EXPECT_FALSE(std::get<LeaderPart>(parts[1].what).minimum.has_value());
  EXPECT_EQ(std::get<PageOfPart>(parts[3].what).reference, "risks");
  const Item two = item("<text><leader pattern='rule' minimum='9pt'/></text>");
  EXPECT_EQ(std::get<LeaderPart>(std::get<TextItem>(two.what).parts[0].what).minimum->length, 9_pt);
  EXPECT_THAT(fault("<text><leader pattern='dot'/></text>"), HasSubstr("'dot' is not a value of pattern; expected dots, rule or space"));
  EXPECT_THAT(fault("<text><page-of/></text>"), HasSubstr("attribute 'ref' is missing on <page-of>"));
  EXPECT_THAT(fault("<text><page-of ref='1'/></text>"), HasSubstr("'1' is not a value of ref"));
}

TEST_F(ItemsOfLayouts, Conditions) {
  const Item one = item("<rule when='patient.language=es article.level!=short  n&lt;3 date&gt;2026-01-01 clinic.name=\"St. Mary\"' for-locale='es pt-BR' for-script='Arab'/>");
  const std::vector<layouts::Test>& tests = one.shown.when;
  ASSERT_EQ(tests.size(), 5u);
  using Relation = layouts::Test::Relation;
  constexpr Relation kRelations[] = {Relation::Is, Relation::IsNot, Relation::Less, Relation::More, Relation::Is};
  constexpr const char* kFields[] = {"patient.language", "article.level", "n", "date", "clinic.name"};
  constexpr const char* kValues[] = {"es", "short", "3", "2026-01-01", "St. Mary"};
  for (std::size_t i = 0; i < tests.size(); ++i) {
    EXPECT_EQ(tests[i].field, kFields[i]);
    EXPECT_EQ(tests[i].relation, kRelations[i]) << kFields[i];
    EXPECT_EQ(tests[i].value, kValues[i]);
  }
  EXPECT_THAT(one.shown.locales, ElementsAre("es", "pt-BR"));
  EXPECT_THAT(one.shown.scripts, ElementsAre("Arab"));
  const Item row = item("<row><cell when='a=b'><text><field name='f' for-locale='de'/></text></cell></row>");
  const RowCell& cell = std::get<Row>(row.what).cells[0];
  EXPECT_EQ(cell.shown.when.size(), 1u);
  EXPECT_THAT(std::get<TextItem>(cell.items[0].what).parts[0].shown.locales, ElementsAre("de"));
  const LayoutDefinition band = right(layout_with("<page><header><rule for-page='first left'/></header></page>" + std::string(kBody)));
  EXPECT_THAT(band.pages[0].header->at(0).shown.pages, ElementsAre(PageOn::First, PageOn::Left));
}

TEST_F(ItemsOfLayouts, WrongConditions) {
  // layout_with is 25 columns, <body> 6.
  EXPECT_THAT(fault("<rule when='a=b c'/>"), HasSubstr("x.xml:1:49: error: 'c' is compared with nothing; expected =, !=, < or > and a value behind it\n  hint: write patient.language=es"));
  EXPECT_THAT(fault("<rule when='a = b'/>"), HasSubstr("x.xml:1:45: error: 'a' is compared with nothing"));
  EXPECT_THAT(fault("<rule when='1=b'/>"), HasSubstr("x.xml:1:44: error: '1' is not the name of a field"));
  EXPECT_THAT(fault("<rule when='a='/>"), HasSubstr("x.xml:1:46: error: 'a' cannot be compared with ''"));
  EXPECT_THAT(fault("<rule when='a==b'/>"), HasSubstr("'a' cannot be compared with '=b'"));
  EXPECT_THAT(fault("<rule when='a=\"b'/>"), HasSubstr("a value without a closing quote"));
  EXPECT_THAT(fault("<rule when=' '/>"), HasSubstr("when is empty; expected tests of fields"));
  EXPECT_THAT(fault("<rule for-page='first'/>"), HasSubstr("x.xml:1:38: error: for-page may not stand in the <body>"));
  EXPECT_THAT(wrong(layout_with("<page><header><rule for-page='frist'/></header></page>" + std::string(kBody))), HasSubstr("x.xml:1:56: error: 'frist' is no kind of page; did you mean 'first'?"));
  EXPECT_THAT(fault("<rule for-locale='klingon'/>"), HasSubstr("'klingon' is no language tag"));
  EXPECT_THAT(fault("<rule for-script='Latin'/>"), HasSubstr("'Latin' is no script code"));
}

TEST(LayoutVocabulary, IsWholeAndDocumented) {
  // to_rng builds the grammar, which breaks on a child or a group without a rule.
  EXPECT_THAT(xml::to_rng(layout_vocabulary()), HasSubstr("keep-with-next"));
  for (const xml::ElementRule& rule : layout_vocabulary().elements) {
    EXPECT_FALSE(rule.doc.empty()) << rule.name;
    for (const xml::AttributeRule& attribute : rule.attributes) EXPECT_FALSE(attribute.doc.empty()) << rule.name << " " << attribute.name;
  }
  EXPECT_THAT(xml::explain(layout_vocabulary(), "text-align"), HasSubstr("start, end, center"));
}

}  // namespace
}  // namespace handout::layouts
