#include "layouts/layout_testing.h"
#include "layouts/vocabulary.h"

namespace handout::layouts {
namespace {

TEST_F(Layouts, Head) {
  const LayoutDefinition layout = right("<layout id='a5' title='Small'>" + std::string(kBody) + "</layout>");
  EXPECT_EQ(layout.id, "a5");
  EXPECT_EQ(layout.title, "Small");
  EXPECT_EQ(to_text(layout.at), "x.xml:1:1");
  EXPECT_EQ(layout.digest.size(), 64u);
  EXPECT_THAT(wrong("<layout id='a b' title='t'>" + std::string(kBody) + "</layout>"), HasSubstr("'a b' cannot be the id of a layout"));
  EXPECT_THAT(wrong("<layout id='a' title=''>" + std::string(kBody) + "</layout>"), HasSubstr("attribute 'title' of <layout> is empty"));
  EXPECT_THAT(wrong("<layout id='a' title='t'/>"), HasSubstr("layout 'a' has no <body>, nor has any that it extends"));
  EXPECT_THAT(wrong("<article/>"), HasSubstr("root element <article>; expected <layout>"));
  EXPECT_THAT(wrong("<layout"), HasSubstr("x.xml:1:"));
  EXPECT_THAT(wrong("<layout id='a' title='t' extends='b'>" + std::string(kBody) + "</layout>"), HasSubstr("layout 'b' is not there: no folder to look in"));
}

TEST_F(Layouts, Colours) {
  const LayoutDefinition layout = right(layout_with("<color name='a' value='#123'/>" + std::string(kBody)));
  EXPECT_EQ(layout.colors.at("a"), (Color{0x11, 0x22, 0x33}));
  EXPECT_THAT(wrong(layout_with("<color name='a' value='red'/>" + std::string(kBody))), HasSubstr("'red' is not a colour; expected #rrggbb or #rgb"));
  EXPECT_THAT(wrong(layout_with("<color name='a' value='#000'/><color name='a' value='#111'/>" + std::string(kBody))), HasSubstr("x.xml:1:69: error: colour 'a' is defined twice"));
  EXPECT_THAT(wrong(layout_with("<color name='1' value='#000'/>" + std::string(kBody))), HasSubstr("'1' cannot be the name of a colour"));
  EXPECT_TRUE(parse(layout_with("<color name='a' value='#000'/><body><rule id='a'/></body>")));
  EXPECT_THAT(wrong(layout_with("<color name='none' value='#000'/>" + std::string(kBody))), HasSubstr("a colour cannot be named 'none'"));
  // A wrong colour is one fault, not one for each use.
  EXPECT_FALSE(parse(layout_with("<color name='a' value='red'/><style for='p' color='a'/>" + std::string(kBody))));
  diags_ = {};
  EXPECT_FALSE(parse(layout_with("<color name='a' value='red'/><style for='p' color='a'/>" + std::string(kBody))));
  EXPECT_EQ(diags_.error_count(), 1u) << told();
}

TEST_F(LayoutFiles, ExtendsMergesBaseFirst) {
  write("base.xml", "<layout id='base' title='Base'><color name='a' value='#111111'/><color name='b' value='#222222'/><page margin='1mm'/><style for='p' color='a' background='b'/><body><rule/></body></layout>");
  write("middle.xml", "<layout id='middle' title='Middle' extends='base'><page margin='2mm'/></layout>");
  write("top.xml", "<layout id='top' title='Top' extends='middle'><color name='a' value='#aaaaaa'/><style for='p' color='b'/></layout>");
  const auto layout = read("top");
  ASSERT_TRUE(layout) << told();
  EXPECT_EQ(layout->id, "top");
  EXPECT_EQ(layout->title, "Top");
  EXPECT_EQ(layout->folder, folder_);
  ASSERT_EQ(layout->pages.size(), 2u);
  EXPECT_EQ(layout->pages[1].margin_top->length, 2_mm);
  ASSERT_EQ(layout->styles.size(), 2u);
  // The colour that the top layout changes is changed in what it inherits.
  EXPECT_EQ(layout->styles[0].declarations[0].value, Value(Color{0xaa, 0xaa, 0xaa}));
  EXPECT_EQ(layout->styles[0].declarations[1].value, Value(Color{0x22, 0x22, 0x22}));
  EXPECT_EQ(layout->styles[1].declarations[0].value, Value(Color{0x22, 0x22, 0x22}));
  ASSERT_EQ(layout->body.size(), 1u);
  EXPECT_EQ(layout->body[0].name, "rule");
}

TEST_F(LayoutFiles, TheNearestBodyCounts) {
  write("base.xml", "<layout id='base' title='Base'><body><rule/></body></layout>");
  write("top.xml", "<layout id='top' title='Top' extends='base'><body><lines/></body></layout>");
  const auto layout = read("top");
  ASSERT_TRUE(layout) << told();
  ASSERT_EQ(layout->body.size(), 1u);
  EXPECT_EQ(layout->body[0].name, "lines");
}

TEST_F(LayoutFiles, TheNearestSheetAndFitCount) {
  write("base.xml", "<layout id='base' title='Base'><sheet fold='booklet' marks='yes'/><fit pages='1'/><body><rule/></body></layout>");
  write("top.xml", "<layout id='top' title='Top' extends='base'><sheet fold='two-up'/><fit sheets='2' type='90%'/></layout>");
  const auto layout = read("top");
  ASSERT_TRUE(layout) << told();
  EXPECT_EQ(layout->sheet->fold, "two-up");
  EXPECT_FALSE(layout->sheet->marks);
  EXPECT_EQ(layout->fit->sheets, 2);
  EXPECT_EQ(layout->fit->pages, 0);
}

TEST_F(LayoutFiles, LevelIsTheNearestOneThatIsSaid) {
  write("base.xml", "<layout id='base' title='Base' level='short'><body><rule/></body></layout>");
  write("top.xml", "<layout id='top' title='Top' extends='base'/>");
  write("over.xml", "<layout id='over' title='Over' extends='top' level='full'/>");
  write("profiles/large.xml", "<layout id='large' title='L' level='full'/>");
  EXPECT_EQ(read("base")->level, ContentLevel::Short);
  EXPECT_EQ(read("top")->level, ContentLevel::Short);
  EXPECT_EQ(read("over")->level, ContentLevel::Full);
  EXPECT_EQ(told(), "");
  EXPECT_FALSE(read_layout(folder_, "top", "large", diags_));
  EXPECT_THAT(told(), HasSubstr("level may not stand in a profile"));
}

TEST_F(LayoutFiles, FitCountsInItsProfiles) {
  write("top.xml", "<layout id='top' title='Top'><fit profiles='standard wide' sheets='1'/><body><rule/></body></layout>");
  for (const char* name : {"standard", "large"}) write(std::string("profiles/") + name + ".xml", std::string("<layout id='") + name + "' title='P'/>");
  const auto standard = read_layout(folder_, "top", "standard", diags_), large = read_layout(folder_, "top", "large", diags_);
  ASSERT_TRUE(standard && large) << told();
  EXPECT_TRUE(standard->fit);
  EXPECT_FALSE(large->fit);
  EXPECT_TRUE(read("top")->fit) << "without a profile every one is meant";
}

TEST_F(LayoutFiles, FaultsOfABaseAreToldInItsFile) {
  write("base.xml", "<layout id='base' title='Base'><style for='p' color='c'/><body><rule/></body></layout>");
  write("top.xml", "<layout id='top' title='Top' extends='base'><style for='p' widows='0'/></layout>");
  EXPECT_FALSE(read("top"));
  EXPECT_THAT(told(), AllOf(HasSubstr("base.xml:1:54: error: unknown colour 'c'"), HasSubstr("top.xml:1:68: error: '0' is not a value of widows")));
}

TEST_F(LayoutFiles, UnknownLayoutsAreToldWithWhatThereIs) {
  write("base.xml", "<layout id='base' title='Base'><body><rule/></body></layout>");
  write("top.xml", "<layout id='top' title='Top' extends='bsae'/>");
  EXPECT_FALSE(read("top"));
  EXPECT_THAT(told(), HasSubstr("top.xml:1:39: error: unknown layout 'bsae'; did you mean 'base'?\n  hint: there are base, top\n"));
  diags_ = {};
  EXPECT_FALSE(read("tpo"));
  EXPECT_EQ(told(), "error: unknown layout 'tpo'; did you mean 'top'?\n  hint: there are base, top\n");
  diags_ = {};
  EXPECT_FALSE(read("..\\base"));
  EXPECT_THAT(told(), HasSubstr("unknown layout"));
  write("bad.xml", "<layout id='bad' title='Bad' extends='../x'/>");
  EXPECT_FALSE(read("bad"));
  EXPECT_THAT(told(), HasSubstr("'../x' is not the name of a layout"));
}

TEST_F(LayoutFiles, CirclesAreNamed) {
  write("a.xml", "<layout id='a' title='A' extends='b'/>");
  write("b.xml", "<layout id='b' title='B' extends='c'/>");
  write("c.xml", "<layout id='c' title='C' extends='b'/>");
  EXPECT_FALSE(read("a"));
  EXPECT_THAT(told(), HasSubstr("c.xml:1:35: error: layout 'b' extends itself: b -> c -> b"));
  write("me.xml", "<layout id='me' title='Me' extends='me'/>");
  EXPECT_FALSE(read("me"));
  EXPECT_THAT(told(), HasSubstr("layout 'me' extends itself: me -> me"));
}

TEST_F(LayoutFiles, EightMayExtendOneAnother) {
  const auto name = [](int i) { return "l" + std::to_string(i); };
  write("l0.xml", "<layout id='l0' title='t'><body><rule/></body></layout>");
  for (int i = 1; i <= 8; ++i) write(name(i) + ".xml", "<layout id='" + name(i) + "' title='t' extends='" + name(i - 1) + "'/>");
  EXPECT_TRUE(read("l7")) << told();
  EXPECT_FALSE(read("l8"));
  EXPECT_THAT(told(), HasSubstr("more than 8 layouts extend one another"));
}

TEST_F(LayoutFiles, ALayoutMayBeNamedByItsPathAndExtendWhatIsInTheFolder) {
  write("icons/a.svg", "");
  write("base.xml", "<layout id='base' title='Base'><style for='p' icon='icons/a.svg'/><body><picture src='icons/a.svg'/></body></layout>");
  write("own/mine.xml", "<layout id='mine' title='Mine' extends='base'/>");
  const auto layout = read((folder_ / "own/mine.xml").string());
  ASSERT_TRUE(layout) << told();
  EXPECT_EQ(layout->folder, folder_ / "own");
  // Pictures stay where they are.
  EXPECT_EQ(std::get<PictureItem>(layout->body[0].what).source, "../icons/a.svg");
  EXPECT_TRUE(std::filesystem::exists(layout->folder / std::get<std::string>(layout->styles[0].declarations[0].value)));
}

TEST_F(LayoutFiles, PicturesMustBeThere) {
  write("x.xml", "<layout id='x' title='X'><style for='p' icon='no.svg'/><body><picture src='nor.svg'/></body></layout>");
  EXPECT_FALSE(read("x"));
  EXPECT_THAT(told(), AllOf(HasSubstr("x.xml:1:47: error: no file 'no.svg' in "), HasSubstr("no file 'nor.svg' in ")));
}

TEST_F(LayoutFiles, IdsAreTheNamesOfFiles) {
  write("x.xml", "<layout id='y' title='X'><body><rule/></body></layout>");
  EXPECT_FALSE(read("x"));
  EXPECT_THAT(told(), HasSubstr("x.xml:1:13: error: id is 'y', but the file is named x.xml"));
}

TEST_F(LayoutFiles, AProfileIsLaidOver) {
  write("x.xml", "<layout id='x' title='X'><color name='a' value='#123456'/><page margin='1mm'/><style for='#id' widows='2'/><body><rule/></body></layout>");
  write("profiles/large.xml", "<layout id='large' title='Large'><page margin='2mm'/><style for='p' color='a'/></layout>");
  const auto plain = read("x");
  const auto layout = read("x", "large");
  ASSERT_TRUE(layout) << told();
  ASSERT_EQ(layout->pages.size(), 2u);
  ASSERT_EQ(layout->styles.size(), 2u);
  EXPECT_EQ(layout->styles[0].layer, 0);
  EXPECT_EQ(layout->styles[1].layer, 1);
  EXPECT_EQ(layout->styles[1].declarations[0].value, Value(Color{0x12, 0x34, 0x56}));
  EXPECT_EQ(layout->id, "x");
  EXPECT_EQ(layout->body.size(), 1u);
  EXPECT_NE(layout->digest, plain->digest);
  EXPECT_THAT(list_profiles(folder_), ElementsAre("large"));
}

// The least size of the body's text: a profile's own, 12 pt where it says nothing, none without a profile.
TEST_F(LayoutFiles, LeastTypeIsTheProfiles) {
  write("x.xml", "<layout id='x' title='X'><body><rule/></body></layout>");
  write("profiles/large.xml", "<layout id='large' title='L' minimum='16pt'/>");
  write("profiles/usual.xml", "<layout id='usual' title='U'/>");
  EXPECT_EQ(read("x", "large")->minimum_type, 16_pt);
  EXPECT_EQ(read("x", "usual")->minimum_type, 12_pt);
  EXPECT_EQ(read("x")->minimum_type, Length{});
  write("profiles/usual.xml", "<layout id='usual' title='U' minimum='1em'/>");
  EXPECT_FALSE(read("x", "usual"));
  write("x.xml", "<layout id='x' title='X' minimum='9pt'><body><rule/></body></layout>");
  EXPECT_FALSE(read("x"));
  EXPECT_THAT(told(), AllOf(HasSubstr("minimum is '1em'; expected a length that depends on nothing"), HasSubstr("x.xml:1:26: error: minimum may not stand in a layout")));
}

TEST_F(LayoutFiles, WrongProfiles) {
  write("x.xml", "<layout id='x' title='X'><body><rule/></body></layout>");
  EXPECT_FALSE(read("x", "large"));
  EXPECT_EQ(told(), "error: unknown profile 'large'\n  hint: there are no profiles\n");
  write("profiles/large.xml", "<layout id='large' title='L' extends='x'><color name='a' value='#123'/><body><rule/></body></layout>");
  diags_ = {};
  EXPECT_FALSE(read("x", "larg"));
  EXPECT_THAT(told(), HasSubstr("unknown profile 'larg'; did you mean 'large'?\n  hint: there are large"));
  EXPECT_FALSE(read("x", "../x"));
  diags_ = {};
  EXPECT_FALSE(read("x", "large"));
  EXPECT_THAT(told(), AllOf(HasSubstr("a profile extends nothing"), HasSubstr("<color> may not stand in a profile"), HasSubstr("<body> may not stand in a profile")));
}

TEST_F(LayoutFiles, TheDigestCountsEveryFile) {
  write("base.xml", "<layout id='base' title='Base'><body><rule/></body></layout>");
  write("x.xml", "<layout id='x' title='X' extends='base'/>");
  const std::string before = read("x").value().digest;
  EXPECT_EQ(read("x").value().digest, before);
  write("base.xml", "<layout id='base' title='Base'><body><rule/><rule/></body></layout>");
  EXPECT_NE(read("x").value().digest, before);
}

TEST_F(LayoutFiles, ListsWhatHasABody) {
  write("base.xml", "<layout id='base' title='Base'/>");
  write("sheet.xml", "<layout id='sheet' title='A sheet' extends='base'><body><rule/></body></layout>");
  write("booklet.xml", "<layout id='booklet' title='A booklet' extends='sheet'/>");
  write("notes.txt", "no layout");
  write("icons/x.xml", "no layout");
  const auto entries = list_layouts(folder_, diags_);
  EXPECT_EQ(told(), "");
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].id, "booklet");
  EXPECT_EQ(entries[1].title, "A sheet");
  EXPECT_EQ(entries[1].path, folder_ / "sheet.xml");
}

TEST_F(LayoutFiles, ListingTellsEachFaultOnce) {
  write("base.xml", "<layout id='base' titel='Base'><body><rule/></body></layout>");
  write("a.xml", "<layout id='a' title='A' extends='base'/>");
  write("broken.xml", "<layout");
  list_layouts(folder_, diags_);
  EXPECT_THAT(told(), AllOf(HasSubstr("did you mean 'title'?"), HasSubstr("broken.xml:1")));
  EXPECT_EQ(diags_.error_count(), 2u) << told();
  diags_ = {};
  EXPECT_THAT(list_layouts(folder_ / "none", diags_), IsEmpty());
  EXPECT_THAT(told(), HasSubstr("no such folder"));
  EXPECT_THAT(list_profiles(folder_ / "none"), IsEmpty());
}

TEST_F(Layouts, DumpOfPagesSheetsAndConditions) {
  const LayoutDefinition layout = right(
      "<layout id='x' title='X'><page on='left'><region name='r' class='c' top='1pt' start='2pt' width='3u' content='yes'><rule for-page='first only'/></region></page>"
      "<sheet fold='z-fold' size='A3' marks='yes'/><fit sheets='1' type='87.5%'/><style for='p' for-locale='es pt-BR' keep-together='3' keep-with-next='always'/>"
      "<body><contents levels='2'/><code kind='qr' text='a' level='Q' module='1pt' gap='2u'/><parallel gap='1u' least='60pt'><rule/></parallel>"
      "<text for-locale='es' for-script='Latn' when='a.b=c n&gt;2 d!=\"e f\"'>a<leader/><page-of ref='x'/></text></body></layout>");
  EXPECT_EQ(dump(layout),
            "layout#x title='X'\n"
            "  page left\n"
            "    region r.c top=1pt start=2pt width=3u align=top content\n"
            "      rule for-page=[first only]\n"
            "  sheet z-fold size=841.89x1190.551 marks\n"
            "  fit sheets=1 type=87.5% space=100% margin=100%\n"
            "  style p for-locale=[es pt-BR]\n"
            "    keep-together 3\n"
            "    keep-with-next always\n"
            "  body\n"
            "    contents levels=2\n"
            "    code kind=qr text='a' target=auto level=Q module=1pt gap=2u\n"
            "    parallel gap=1u least=60pt\n"
            "      rule\n"
            "    text when=[a.b='c' n>'2' d!='e f'] for-locale=[es] for-script=[Latn]\n"
            "      'a'\n"
            "      leader dots\n"
            "      page-of x\n");
}

TEST_F(Layouts, DumpSaysEveryDecision) {
  const LayoutDefinition layout = right(
      "<layout id='x' title='X'><color name='a' value='#123456'/>"
      "<page size='A5' margin='10pt 20pt' side='3u' duplex='yes'><footer gap='2mm'><text class='f'>Page <page/></text></footer></page><page on='first'/>"
      "<style for='callout[kind=urgent] > title, .a#b *' for-script='Arab' border='3pt a' line-height='1.4' marker='none' width='50%' letter-space='-1% 2.5%' hyphenate-limits='6 3 4'/>"
      "<body><slot select='title' except='*' has='note'/><row><cell width='2fr'><picture field='clinic.logo' width='1em' alt='logo'/></cell><cell/></row>"
      "<text heading='2'><phrase id='r'><arg name='d' field='date'/></phrase><br/><field name='date' format='short-date' lacks='note'/></text><lines count='3'/><notice id='n'/></body></layout>");
  EXPECT_EQ(dump(layout),
            "layout#x title='X'\n"
            "  color a #123456\n"
            "  page all size=419.528x595.276 top=10pt end=20pt bottom=10pt start=20pt side=3u duplex\n"
            "    footer gap=5.669pt\n"
            "      text.f\n"
            "        'Page '\n"
            "        page\n"
            "  page first\n"
            "  style callout[kind='urgent'] > title, #b.a * for-script=[Arab]\n"
            "    border-top 3pt #123456\n"
            "    border-end 3pt #123456\n"
            "    border-bottom 3pt #123456\n"
            "    border-start 3pt #123456\n"
            "    line-height 1.4\n"
            "    hyphenate-limits 6 3 4\n"
            "    letter-space -1% 2.5%\n"
            "    marker none\n"
            "    width 50%\n"
            "  body\n"
            "    slot select=[title] except=[*] has=[note]\n"
            "    row gap=0pt\n"
            "      cell width=2fr align=baseline\n"
            "        picture field=clinic.logo width=1em alt=logo\n"
            "      cell width=auto align=baseline\n"
            "    text heading=2\n"
            "      phrase r d=date\n"
            "      br\n"
            "      field date format=short-date lacks=[note]\n"
            "    lines count=3\n"
            "    notice#n\n");
}

// Schema and documentation come from the table of properties.
TEST(Vocabulary, ExplainsEveryPropertyWithItsValues) {
  EXPECT_EQ(xml::explain(layout_vocabulary(), "hyphenate"),
            "attribute of <style>\n    hyphenate: no, auto or yes - hyphens where lines end; no: only in words wider than their line; auto: also in languages of long compounds; yes: wherever they make better lines\n");
  const std::string schema = xml::to_rng(layout_vocabulary());
  for (const PropertyRule& rule : property_rules()) {
    EXPECT_THAT(xml::explain(layout_vocabulary(), rule.name), HasSubstr(rule.doc)) << rule.name;
    EXPECT_THAT(xml::explain(layout_vocabulary(), rule.name), Not(HasSubstr("of its own form"))) << rule.name;
    EXPECT_THAT(schema, HasSubstr("<attribute name=\"" + std::string(rule.name) + "\">"));
  }
  EXPECT_THAT(schema, HasSubstr(">inter-character</value>"));
}

}  // namespace
}  // namespace handout::layouts
