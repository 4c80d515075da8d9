#include "layouts/layout_testing.h"

namespace handout::layouts {
namespace {

class Parts : public LayoutFiles {
 protected:
  void write_layout(const std::string& inside) { write("x.xml", "<layout id='x' title='X'>" + inside + "</layout>"); }
  void write_part(const std::string& name, const std::string& inside) { write(name, "<part id='p' title='P'>" + inside + "</part>"); }
  std::string fault() {
    diags_ = {};
    EXPECT_FALSE(read("x"));
    return told();
  }
};

TEST_F(Parts, StandWhereTheyAreIncluded) {
  write("parts/icon.svg", "");
  write_part("parts/head.xml", "<rule/><picture src='icon.svg'/><include href='more.xml'/>");
  write_part("parts/more.xml", "<lines count='2'/>");
  write_part("parts/looks.xml", "<color name='a' value='#123456'/><define name='gap' value='2u'/><style for='p' color='a'/><page margin='$gap'/>");
  write_layout("<include href='parts/looks.xml'/><page><header><include href='parts/head.xml'/></header></page><body><box><include href='parts/more.xml'/></box></body>");
  const auto layout = read("x");
  ASSERT_TRUE(layout) << told();
  ASSERT_EQ(layout->pages.size(), 2u);
  EXPECT_EQ(layout->pages[0].margin_top->unit, 2);
  ASSERT_EQ(layout->pages[1].header->size(), 3u);
  // Paths start beside the part.
  EXPECT_EQ(std::get<PictureItem>(layout->pages[1].header->at(1).what).source, "parts/icon.svg");
  EXPECT_EQ(layout->pages[1].header->at(2).name, "lines");
  EXPECT_EQ(std::get<Box>(layout->body[0].what).items.at(0).name, "lines");
  EXPECT_EQ(layout->styles[0].declarations[0].value, Value(Color{0x12, 0x34, 0x56}));
}

TEST_F(Parts, CountInTheDigest) {
  write_part("p.xml", "<rule/>");
  write_layout("<body><include href='p.xml'/></body>");
  const std::string before = read("x").value().digest;
  write_part("p.xml", "<rule/><rule/>");
  EXPECT_NE(read("x").value().digest, before);
}

TEST_F(Parts, FaultsAreToldInTheirFile) {
  write_part("p.xml", "<lines count='0'/><text><page-of ref='1'/></text><style for='p' widows='2'/>");
  write_layout("<body><include href='p.xml'/></body>");
  EXPECT_THAT(fault(), AllOf(HasSubstr("p.xml:1:38: error: '0' is not a value of count"), HasSubstr("p.xml:1:62: error: '1' is not a value of ref"), HasSubstr("p.xml:1:73: error: <style> may not stand in <body>")));
  write("p.xml", "<part title='P' ide='x'><rule/></part>");
  EXPECT_THAT(fault(), HasSubstr("p.xml:1:17: error: unknown attribute 'ide' on <part>; did you mean 'id'?"));
  write("p.xml", "<layout id='p' title='P'/>");
  EXPECT_THAT(fault(), HasSubstr("p.xml:1:1: error: root element <layout>; expected <part>"));
  write("p.xml", "<part id='p' title='P'><rule></part>");
  EXPECT_THAT(fault(), HasSubstr("p.xml:1:"));
}

TEST_F(Parts, WrongIncludes) {
  write_layout("<body><include href='no.xml'/></body>");
  EXPECT_THAT(fault(), AllOf(HasSubstr("x.xml:1:47: error: no file '"), HasSubstr("no.xml'")));
  write_layout("<body><include href='../x.xml'/></body>");
  EXPECT_THAT(fault(), HasSubstr("x.xml:1:47: error: '../x.xml' is not a value of href; expected a relative path"));
  write_layout("<body><include/></body>");
  EXPECT_THAT(fault(), HasSubstr("attribute 'href' is missing on <include>"));
  write_layout("<body><text>a <include href='p.xml'/></text></body>");
  EXPECT_THAT(fault(), HasSubstr("<include> may not stand in <text>"));
  EXPECT_THAT(wrong(body_with("<include href='p.xml'/>")), HasSubstr("x.xml:1:47: error: part 'p.xml' is not there: no folder to look in"));
}

TEST_F(Parts, CirclesAndDepth) {
  write_part("a.xml", "<include href='b.xml'/>");
  write_part("b.xml", "<include href='a.xml'/>");
  write_layout("<body><include href='a.xml'/></body>");
  EXPECT_THAT(fault(), HasSubstr("b.xml:1:39: error: part 'a.xml' includes itself: a.xml -> b.xml -> a.xml"));
  for (int i = 0; i < 8; ++i) write_part("d" + std::to_string(i) + ".xml", "<include href='d" + std::to_string(i + 1) + ".xml'/>");
  write_part("d8.xml", "<rule/>");
  write_layout("<body><include href='d1.xml'/></body>");
  diags_ = {};
  EXPECT_TRUE(read("x")) << told();
  write_layout("<body><include href='d0.xml'/></body>");
  EXPECT_THAT(fault(), HasSubstr("more than 8 parts include one another"));
  std::string many;
  for (int i = 0; i < 20; ++i) many += "<include href='m1.xml'/>";
  std::string leaves;
  for (int i = 0; i < 20; ++i) leaves += "<include href='m2.xml'/>";
  write_part("m1.xml", leaves);
  write_part("m2.xml", "<rule/>");
  write_layout("<body>" + many + "</body>");
  EXPECT_THAT(fault(), HasSubstr("more than 256 parts are included"));
}

class Changes : public LayoutFiles {
 protected:
  void SetUp() override {
    LayoutFiles::SetUp();
    write("base.xml",
          "<layout id='base' title='Base'><page><header><row id='head'><cell id='logo'><rule/></cell><cell id='name'/></row></header><footer><rule id='line'/></footer></page>"
          "<page on='first'><region name='r'><box id='window'/></region></page>"
          "<body><slot id='points' select='points'/><box id='cards'><rule id='middle'/></box><slot id='rest' select='*'/><notice id='help'/></body></layout>");
  }
  Result<LayoutDefinition> changed(const std::string& changes) {
    write("top.xml", "<layout id='top' title='Top' extends='base'>" + changes + "</layout>");
    diags_ = {};
    return read("top");
  }
  std::string body(const std::string& changes) {
    const auto layout = changed(changes);
    EXPECT_TRUE(layout) << told();
    return layout ? names(layout->body) : "";
  }
  std::string fault(const std::string& changes) {
    EXPECT_FALSE(changed(changes)) << changes;
    return told();
  }
  static std::string names(const Items& items) {
    std::string text;
    for (const Item& item : items) {
      text += (text.empty() ? "" : " ") + item.name + (item.id.empty() ? "" : "#" + item.id);
      if (const auto* box = std::get_if<Box>(&item.what)) text += "(" + names(box->items) + ")";
    }
    return text;
  }
};

TEST_F(Changes, WhereTheyStand) {
  EXPECT_EQ(body(""), "slot#points box#cards(rule#middle) slot#rest notice#help");
  EXPECT_EQ(body("<change id='points'><lines/><rule/></change>"), "lines rule box#cards(rule#middle) slot#rest notice#help");
  EXPECT_EQ(body("<change id='points' where='before'><lines/></change>"), "lines slot#points box#cards(rule#middle) slot#rest notice#help");
  EXPECT_EQ(body("<change id='rest' where='after'><lines/></change>"), "slot#points box#cards(rule#middle) slot#rest lines notice#help");
  EXPECT_EQ(body("<change id='cards' where='start'><lines/></change>"), "slot#points box#cards(lines rule#middle) slot#rest notice#help");
  EXPECT_EQ(body("<change id='cards' where='end'><lines/></change>"), "slot#points box#cards(rule#middle lines) slot#rest notice#help");
  EXPECT_EQ(body("<change id='middle' where='remove'/>"), "slot#points box#cards() slot#rest notice#help");
}

TEST_F(Changes, ReachHeadersFootersAndRegions) {
  const auto layout = changed("<change id='line'><lines/></change><change id='window' where='end'><rule/></change><change id='logo' where='after'><cell id='phone'/></change>");
  ASSERT_TRUE(layout) << told();
  EXPECT_EQ(names(*layout->pages[0].footer), "lines");
  EXPECT_EQ(names(layout->pages[1].regions[0].items), "box#window(rule)");
  const Row& row = std::get<Row>(layout->pages[0].header->at(0).what);
  ASSERT_EQ(row.cells.size(), 3u);
  EXPECT_EQ(row.cells[1].id, "phone");
}

TEST_F(Changes, LayoutsChangeOneAnothersResults) {
  write("middle.xml", "<layout id='middle' title='M' extends='base'><change id='cards' where='end'><lines id='new'/></change></layout>");
  write("top.xml", "<layout id='top' title='Top' extends='middle'><change id='new'><rule id='newer'/></change><change id='newer' where='after'><lines/></change></layout>");
  const auto layout = read("top");
  ASSERT_TRUE(layout) << told();
  EXPECT_EQ(names(layout->body), "slot#points box#cards(rule#middle rule#newer lines) slot#rest notice#help");
}

TEST_F(Changes, OnlyWhatCountsIsChanged) {
  write("middle.xml", "<layout id='middle' title='M' extends='base'><page><footer><lines id='line'/></footer></page></layout>");
  write("top.xml", "<layout id='top' title='Top' extends='middle'><change id='line' where='after'><rule/></change></layout>");
  const auto layout = read("top");
  ASSERT_TRUE(layout) << told();
  EXPECT_EQ(names(*layout->pages.back().footer), "lines#line rule");
}

TEST_F(Changes, PathsStartBesideTheLayoutThatChanges) {
  write("own/mine.svg", "");
  write("own/mine.xml", "<layout id='mine' title='Mine' extends='base'><change id='cards'><picture src='mine.svg'/></change></layout>");
  const auto layout = read((folder_ / "own/mine.xml").string());
  ASSERT_TRUE(layout) << told();
  EXPECT_EQ(std::get<PictureItem>(layout->body[1].what).source, "mine.svg");
}

// "<layout id='top' title='Top' extends='base'>" is 44 columns.
TEST_F(Changes, WrongOnes) {
  EXPECT_THAT(fault("<change id='point' where='remove'/>"),
              HasSubstr("top.xml:1:57: error: nothing inherited has the id 'point'; did you mean 'points'?\n  hint: there are cards, head, line, logo, middle, name, points, rest, window\n"));
  EXPECT_THAT(fault("<change id='help' where='remove'/>"), HasSubstr("nothing inherited has the id 'help'"));
  EXPECT_THAT(fault("<change where='remove'/>"), HasSubstr("attribute 'id' is missing on <change>"));
  EXPECT_THAT(fault("<change id='rest' where='behind'><rule/></change>"), HasSubstr("'behind' is not a value of where"));
  EXPECT_THAT(fault("<change id='rest'/>"), HasSubstr("top.xml:1:45: error: <change> to replace holds no items\n  hint: where=\"remove\""));
  EXPECT_THAT(fault("<change id='rest' where='remove'><rule/></change>"), HasSubstr("<change where=\"remove\"> holds items; expected none"));
  EXPECT_THAT(fault("<change id='rest'><rule/></change><body><rule/></body>"), HasSubstr("top.xml:1:45: error: <change> beside a <body>"));
  EXPECT_THAT(fault("<change id='rest' where='start'><rule/></change>"), HasSubstr("top.xml:1:77: error: <rule> may not stand in <slot>"));
  EXPECT_THAT(fault("<change id='rest'><lines count='0'/></change>"), HasSubstr("top.xml:1:77: error: '0' is not a value of count"));
  EXPECT_EQ(diags_.error_count(), 1u) << told();
  EXPECT_THAT(fault("<change id='rest'><rule id='points'/></change>"), HasSubstr("id 'points' is used twice"));
  EXPECT_THAT(fault("<change id='line'><slot select='*'/></change>"), HasSubstr("<slot> may not stand in a header or footer"));
  EXPECT_THAT(fault("<change id='logo' where='remove'/><change id='name' where='remove'/>"), HasSubstr("top.xml:1:79: error: <change> would leave <row> empty\n  hint: remove the row"));
  EXPECT_THAT(wrong(layout_with("<change id='a' where='remove'/>" + std::string(kBody))), HasSubstr("<change> in a layout that extends none"));
  write("middle.xml", "<layout id='middle' title='M' extends='base'><page on='rest'><footer><lines id='line'/></footer></page></layout>");
  write("last.xml", "<layout id='last' title='L' extends='middle'><change id='line' where='remove'/></layout>");
  diags_ = {};
  EXPECT_FALSE(read("last"));
  EXPECT_THAT(told(), AllOf(HasSubstr("last.xml:1:58: error: id 'line' stands in 2 places of what is inherited; expected one\n  hint: two of them stand at "), HasSubstr("base.xml:1:"), HasSubstr("middle.xml:1:")));
}

TEST_F(Changes, ProfilesMakeNone) {
  write("profiles/large.xml", "<layout id='large' title='L'><change id='rest' where='remove'/><define name='a' value='1'/></layout>");
  EXPECT_FALSE(read("base", "large"));
  EXPECT_THAT(told(), AllOf(HasSubstr("<change> may not stand in a profile"), HasSubstr("<define> may not stand in a profile")));
}

TEST_F(Layouts, TheScriptsInWhichItWasTried) {
  EXPECT_THAT(right("<layout id='x' title='X' tried-in='Latn Arab'>" + std::string(kBody) + "</layout>").tried_in, ElementsAre("Latn", "Arab"));
  EXPECT_THAT(dump(right("<layout id='x' title='X' tried-in='Hans'>" + std::string(kBody) + "</layout>")), HasSubstr("layout#x title='X' tried-in=[Hans]\n"));
  EXPECT_THAT(wrong("<layout id='x' title='X' tried-in='Latin'>" + std::string(kBody) + "</layout>"), HasSubstr("x.xml:1:36: error: 'Latin' is no script code"));
}

}  // namespace
}  // namespace handout::layouts
