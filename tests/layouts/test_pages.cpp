#include "layouts/layout_testing.h"

namespace handout::layouts {
namespace {

class Pages : public Layouts {
 protected:
  PageRule page(const std::string& element) {
    LayoutDefinition layout = right(layout_with(element + std::string(kBody)));
    return layout.pages.empty() ? PageRule{} : std::move(layout.pages[0]);
  }
  std::string fault(const std::string& element) { return wrong(layout_with(element + std::string(kBody))); }
};

TEST_F(Pages, WhatIsNotSaidIsLeftOpen) {
  const PageRule rule = page("<page/>");
  EXPECT_EQ(rule.on, PageOn::All);
  EXPECT_FALSE(rule.size || rule.margin_top || rule.margin_start || rule.side_width || rule.side_gap || rule.duplex || rule.header || rule.footer);
}

TEST_F(Pages, SizesByNameAndByLength) {
  EXPECT_TRUE(page("<page size='auto'/>").size->automatic);
  EXPECT_EQ(page("<page size='A4'/>").size->size, (Size{210_mm, 297_mm}));
  EXPECT_EQ(page("<page size='Letter'/>").size->size, (Size{612_pt, 792_pt}));
  EXPECT_EQ(page("<page size='A5'/>").size->size, (Size{148_mm, 210_mm}));
  const PageRule own = page("<page size='100mm  6in'/>");
  EXPECT_FALSE(own.size->automatic);
  EXPECT_EQ(own.size->size, (Size{100_mm, 6_in}));
}

TEST_F(Pages, WrongSizes) {
  EXPECT_THAT(fault("<page size='A6'/>"), HasSubstr("x.xml:1:38: error: 'A6' is not a value of size"));
  EXPECT_THAT(fault("<page size='Leter'/>"), HasSubstr("did you mean 'Letter'?"));
  EXPECT_THAT(fault("<page size='100mm 5mm'/>"), HasSubstr("x.xml:1:44: error: the paper's side is 5mm; expected 40mm to 5080mm"));
  EXPECT_THAT(fault("<page size='6000mm 100mm'/>"), HasSubstr("the paper's side is 6000mm"));
  EXPECT_THAT(fault("<page size='10em 100mm'/>"), HasSubstr("'10em' cannot be a side of the paper"));
  EXPECT_THAT(fault("<page on='first' size='A4'/>"), HasSubstr("size may not differ between pages"));
  EXPECT_THAT(fault("<page on='rest' duplex='yes'/>"), HasSubstr("duplex may not differ between pages"));
  EXPECT_THAT(fault("<page on='lats'/>"), HasSubstr("'lats' is not a value of on; expected all, rest, left, right, recto, verso, first, last, only or blank"));
}

TEST_F(Pages, MarginsAndBands) {
  const PageRule rule = page("<page on='first' margin='1mm 2mm 3mm'><header gap='6mm'><rule/></header><footer/></page>");
  EXPECT_EQ(rule.on, PageOn::First);
  EXPECT_EQ(rule.margin_top->length, 1_mm);
  EXPECT_EQ(rule.margin_end->length, 2_mm);
  EXPECT_EQ(rule.margin_bottom->length, 3_mm);
  EXPECT_EQ(rule.margin_start->length, 2_mm);
  EXPECT_EQ(rule.header->size(), 1u);
  EXPECT_EQ(rule.header_gap.length, 6_mm);
  ASSERT_TRUE(rule.footer.has_value());
  EXPECT_THAT(*rule.footer, IsEmpty());
  const PageRule all = page("<page side='42mm' side-gap='1u' duplex='no'/>");
  EXPECT_EQ(all.side_width->length, 42_mm);
  EXPECT_EQ(all.side_gap->unit, 1);
  EXPECT_EQ(all.duplex, false);
  EXPECT_THAT(fault("<page margin='-1mm'/>"), HasSubstr("margin is -1mm; expected 0 or more"));
  EXPECT_THAT(fault("<page margin='10%'/>"), HasSubstr("'10%' cannot be a length of margin"));
  EXPECT_THAT(fault("<page><header gap='x'/></page>"), HasSubstr("'x' is not a length"));
  EXPECT_THAT(fault("<page><header/><header/></page>"), HasSubstr("second <header> in <page>"));
}

TEST_F(Pages, EveryKindOfPage) {
  constexpr std::pair<const char*, PageOn> kKinds[] = {{"all", PageOn::All}, {"rest", PageOn::Rest}, {"left", PageOn::Left}, {"right", PageOn::Right}, {"recto", PageOn::Recto}, {"verso", PageOn::Verso}, {"first", PageOn::First}, {"last", PageOn::Last}, {"only", PageOn::Only}, {"blank", PageOn::Blank}};
  for (const auto& [word, kind] : kKinds) EXPECT_EQ(page("<page on='" + std::string(word) + "'/>").on, kind);
  EXPECT_THAT(fault("<page on='blank' side='1mm'/>"), HasSubstr("side may not differ between pages"));
}

TEST_F(Pages, Regions) {
  const PageRule rule = page("<page on='first'><region name='address' top='45mm' left='20mm' width='85mm' height='45mm' align='bottom' content='yes' class='a'><text>To</text></region>"
                             "<region name='fold' top='-1mm' start='0' end='1mm'/></page>");
  ASSERT_EQ(rule.regions.size(), 2u);
  const Region& address = rule.regions[0];
  EXPECT_EQ(address.name, "address");
  EXPECT_EQ(address.top->length, 45_mm);
  EXPECT_EQ(address.left->length, 20_mm);
  EXPECT_EQ(address.width->length, 85_mm);
  EXPECT_EQ(address.height->length, 45_mm);
  EXPECT_FALSE(address.bottom || address.right || address.start || address.end);
  EXPECT_EQ(address.align, "bottom");
  EXPECT_TRUE(address.content);
  EXPECT_THAT(address.classes, ElementsAre("a"));
  EXPECT_EQ(address.items.size(), 1u);
  EXPECT_EQ(rule.regions[1].align, "top");
  EXPECT_FALSE(rule.regions[1].content);
}

TEST_F(Pages, WrongRegions) {
  const auto region = [&](const std::string& inside) { return fault("<page><region name='r' " + inside + "</page>"); };
  EXPECT_THAT(region("><slot select='*'/></region>"), HasSubstr("x.xml:1:50: error: <slot> may not stand in a <region>"));
  EXPECT_THAT(region("left='1mm' start='2mm'/>"), HasSubstr("x.xml:1:60: error: <region> has left and start; expected sides of one kind\n  hint: left and right are the paper's"));
  EXPECT_THAT(region("left='1mm' right='2mm' width='3mm'/>"), HasSubstr("<region> has left, right and width; expected two of them"));
  EXPECT_THAT(region("start='1mm' end='2mm' width='3mm'/>"), HasSubstr("<region> has start, end and width; expected two of them"));
  EXPECT_THAT(region("top='1mm' bottom='2mm' height='3mm'/>"), HasSubstr("<region> has top, bottom and height"));
  EXPECT_THAT(region("width='0mm'/>"), HasSubstr("width is 0mm; expected more than 0"));
  EXPECT_THAT(region("align='center'/>"), HasSubstr("'center' is not a value of align; expected top, middle or bottom"));
  EXPECT_THAT(region("><text heading='1'>a</text></region>"), HasSubstr("a heading may not stand in a <region>"));
  EXPECT_THAT(fault("<page><region/></page>"), HasSubstr("attribute 'name' is missing on <region>"));
  EXPECT_THAT(fault("<page><region name='a b'/></page>"), HasSubstr("x.xml:1:46: error: 'a b' cannot be the name of a region"));
  EXPECT_THAT(fault("<page><region name='a'/><region name='a'/></page>"), HasSubstr("x.xml:1:64: error: second region 'a' in <page>\n  hint: the first stands at x.xml:1:32"));
}

TEST_F(Layouts, SheetsAndFits) {
  const LayoutDefinition layout = right(layout_with("<sheet fold='tri-fold' size='A3' marks='yes'/><fit pages='2' type='90%' space='62.5%' margin='40%'/>" + std::string(kBody)));
  ASSERT_TRUE(layout.sheet && layout.fit);
  EXPECT_EQ(layout.sheet->fold, "tri-fold");
  EXPECT_EQ(layout.sheet->size->size, (Size{297_mm, 420_mm}));
  EXPECT_TRUE(layout.sheet->marks);
  EXPECT_EQ(layout.fit->pages, 2);
  EXPECT_EQ(layout.fit->sheets, 0);
  EXPECT_EQ(layout.fit->least_type, 0.9);
  EXPECT_EQ(layout.fit->least_space, 0.625);
  EXPECT_EQ(layout.fit->least_margin, 0.4);
  const LayoutDefinition plain = right(layout_with("<sheet fold='booklet'/><fit sheets='1'/>" + std::string(kBody)));
  EXPECT_FALSE(plain.sheet->size || plain.sheet->marks);
  EXPECT_EQ(plain.fit->sheets, 1);
  EXPECT_EQ(plain.fit->least_type, 1);
}

TEST_F(Layouts, WrongSheetsAndFits) {
  const auto fault = [&](const std::string& element) { return wrong(layout_with(element + std::string(kBody))); };
  EXPECT_THAT(fault("<sheet fold='trifold'/>"), HasSubstr("'trifold' is not a value of fold; expected booklet, tri-fold, z-fold, half-fold or two-up"));
  EXPECT_THAT(fault("<sheet/>"), HasSubstr("attribute 'fold' is missing on <sheet>"));
  EXPECT_THAT(fault("<sheet fold='booklet' size='A5'/>"), HasSubstr("'A5' is not a value of size; expected auto, A4, Letter, A3, or width and height"));
  EXPECT_THAT(fault("<fit/>"), HasSubstr("<fit> has nothing to fit in; expected pages or sheets"));
  EXPECT_THAT(fault("<fit pages='2' sheets='1'/>"), HasSubstr("x.xml:1:41: error: <fit> has pages and sheets; expected one of them"));
  EXPECT_THAT(fault("<fit pages='0'/>"), HasSubstr("'0' is not a value of pages"));
  EXPECT_THAT(fault("<fit pages='1001'/>"), HasSubstr("pages is 1001, more than 1000"));
  for (const char* share : {"39%", "101%", "0.9", "x%", ""}) {
    EXPECT_THAT(fault("<fit pages='1' type='" + std::string(share) + "'/>"), HasSubstr("x.xml:1:47: error: type is '" + std::string(share) + "'; expected the least share of it, 40% to 100%")) << share;
  }
  EXPECT_THAT(fault("<fit pages='1'/><fit pages='2'/>"), HasSubstr("second <fit>"));
}

TEST_F(Layouts, Envelopes) {
  const std::string page = "<page on='first'><region name='to'><rule/></region><region name='from'><rule/></region></page>";
  const LayoutDefinition layout = right(layout_with("<envelope type='dl' folds='105mm 1cm + 20cm' folded='c' address='to' return='from'/>" + page + std::string(kBody)));
  ASSERT_TRUE(layout.envelope);
  EXPECT_EQ(layout.envelope->name, "dl");
  EXPECT_THAT(layout.envelope->folds, testing::ElementsAre(105_mm, 10_mm + 200_mm));
  EXPECT_EQ(layout.envelope->folded, FoldedAs::C);
  EXPECT_EQ(layout.envelope->address + " " + layout.envelope->return_address, "to from");
  EXPECT_THAT(dump(layout), HasSubstr("\n  envelope dl folds=297.638 595.276 folded=c address=to return=from\n"));
  const LayoutDefinition plain = right(layout_with("<envelope type='c4' address='to'/>" + page + std::string(kBody)));
  EXPECT_TRUE(plain.envelope->folds.empty());
  EXPECT_EQ(plain.envelope->folded, FoldedAs::Z);
  EXPECT_THAT(dump(plain), HasSubstr("\n  envelope c4 address=to\n"));

  const auto fault = [&](const std::string& attributes) { return wrong(layout_with("<envelope " + attributes + "/>" + page + std::string(kBody))); };
  EXPECT_THAT(fault("address='to'"), HasSubstr("attribute 'type' is missing on <envelope>"));
  EXPECT_THAT(fault("type='dl' address='too'"), HasSubstr("<envelope> names region 'too', which no <page> has; did you mean 'to'?"));
  EXPECT_THAT(fault("type='dl' address='to' return='form'"), HasSubstr("<envelope> names region 'form', which no <page> has; did you mean 'from'?"));
  EXPECT_THAT(fault("type='d l' address='to'"), HasSubstr("'d l' cannot be a name"));
  EXPECT_THAT(fault("type='dl' address='to' folds='1mm 2mm 3mm'"), HasSubstr("folds has 3 lengths; expected 1 or 2"));
  EXPECT_THAT(fault("type='dl' address='to' folds='2mm 2mm'"), HasSubstr("the second fold is not below the first"));
  EXPECT_THAT(fault("type='dl' address='to' folds='2em'"), HasSubstr("'2em' cannot be the place of a fold"));
  EXPECT_THAT(fault("type='dl' address='to' folded='n'"), HasSubstr("'n' is not a value of folded; expected z or c"));
}

// A region's name makes nothing an address.
TEST_F(Layouts, OnlyAddressesStandInWindows) {
  const auto with = [&](const std::string& to, const std::string& from = "", const std::string& code = "", const std::string& more = "") {
    return layout_with("<envelope type='dl' address='to' return='from' code='code'/><page on='first'><region name='to'>" + to + "</region><region name='from'>" + from + "</region><region name='code'>" + code + "</region></page>" + more + std::string(kBody));
  };
  right(with("<text has='patient.address'><field name='patient.name'/> · <field name='clinic.name'/>, <br/><field name='patient.address' format='lines'/></text><lines lacks='patient.address' count='3'/><code kind='intelligent-mail' field='postal.imb' target='none'/>",
             "<text>Return service requested <field name='clinic.name'/></text><picture field='clinic.logo'/><text><phrase id='phone'><arg name='phone' field='clinic.phone'/></phrase></text>", "<code kind='qr' field='postal.code' target='none'/>"));
  // What a later rule replaces is not there; nor does a page that is not the first show.
  right(with("<text>HIV</text>", "", "", "<page on='first'><region name='to'><text><field name='patient.name'/></text></region></page><page on='rest'><region name='to'><text>HIV</text></region></page>"));
  // Nor what a more special rule replaces on the first page, wherever it stands; on a page on the left or right it may be the first page's.
  const std::string before = "<envelope type='dl' address='to'/><page on='first'><region name='to'><text><field name='patient.name'/></text></region></page>";
  right(layout_with(before + "<page on='all'><region name='to'><text>HIV</text></region></page>" + std::string(kBody)));
  EXPECT_THAT(wrong(layout_with(before + "<page on='last'><region name='to'><text>HIV</text></region></page>" + std::string(kBody))), HasSubstr("there is words"));
  const auto refused = [&](const std::string& to, std::string_view what) { EXPECT_THAT(wrong(with(to)), HasSubstr("region 'to' shows in the envelope's window, where only the address may: there is " + std::string(what))) << to; };
  refused("<text><field name='patient.name'/> <field name='patient.birth-date'/></text>", "field 'patient.birth-date'");
  refused("<text><field name='patient.name'/> <field name='memo'/></text>", "field 'memo'");
  refused("<text><field name='article.title'/></text>", "field 'article.title'");
  refused("<text>HIV result</text>", "words");
  refused("<text>\u0645</text>", "words");
  refused("<text><phrase id='salutation'><arg name='name' field='patient.name'/></phrase></text>", "words");
  refused("<box><row><cell><text><field name='note'/></text></cell></row></box>", "field 'note'");
  refused("<code kind='qr' field='memo' target='none'/>", "field 'memo'");
  refused("<code kind='qr' text='a' target='none'/>", "a code of its own text");
  refused("<picture field='clinic.logo'/>", "a picture");
  refused("<notice id='draft'/>", "a notice");
  EXPECT_THAT(wrong(with("", "<text><field name='patient.id'/></text>")), HasSubstr("region 'from' shows in the envelope's window, where only the sender may: there is field 'patient.id'"));
  EXPECT_THAT(wrong(with("", "", "<text>a</text>")), HasSubstr("region 'code' shows in the envelope's window, where only the post's code may: there is text"));
  EXPECT_THAT(wrong(with("", "", "<code kind='qr' field='patient.id' target='none'/>")), HasSubstr("there is field 'patient.id'"));
}

}  // namespace
}  // namespace handout::layouts
