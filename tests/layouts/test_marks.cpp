// Marks for machines, and trays, as layouts say them.
#include "layouts/layout_testing.h"

namespace handout::layouts {
namespace {

class Marks : public Layouts {
 protected:
  PageRule page(const std::string& inside) {
    LayoutDefinition layout = right(layout_with("<page>" + inside + "</page>" + std::string(kBody)));
    return layout.pages.empty() ? PageRule{} : std::move(layout.pages[0]);
  }
  std::string fault(const std::string& inside) { return wrong(layout_with("<page>" + inside + "</page>" + std::string(kBody))); }
};

TEST_F(Marks, Bars) {
  const PageRule rule = page("<omr-marks left='5mm' top='60mm' marks='benchmark  not-end parity sequence:3 piece-sequence:2 safety' pitch='4mm' length='12mm' width='0.6mm' clear='2mm' clear-ends='10mm'/>");
  ASSERT_TRUE(rule.omr_marks);
  const OmrMarksRule& omr = *rule.omr_marks;
  EXPECT_EQ(omr.place.left->length, 5_mm);
  EXPECT_EQ(omr.place.top->length, 60_mm);
  EXPECT_FALSE(omr.place.right || omr.place.start || omr.place.end || omr.place.bottom);
  EXPECT_EQ(omr.place.clear->length, 2_mm);
  EXPECT_EQ(omr.clear_ends->length, 10_mm);
  EXPECT_EQ(omr.pitch->length, 4_mm);
  EXPECT_EQ(omr.length->length, 12_mm);
  EXPECT_EQ(omr.width->length, 0.6_mm);
  std::string words;
  for (const OmrWord& word : omr.marks) words += word.name + " " + std::to_string(word.bits) + ", ";
  EXPECT_EQ(words, "benchmark 0, not-end 0, parity 0, sequence 3, piece-sequence 2, safety 0, ");
  EXPECT_FALSE(rule.sheet_code || rule.sheet_text);
}

TEST_F(Marks, CodeAndText) {
  const PageRule rule = page("<sheet-code kind='data-matrix' start='5mm' bottom='9mm' module='0.5mm'/><sheet-text right='1in' top='2mm' text='{job} no. {number} {piece}: {sheet}/{sheets} ~' size='5pt'/>");
  ASSERT_TRUE(rule.sheet_code && rule.sheet_text);
  EXPECT_EQ(rule.sheet_code->kind, "data-matrix");
  EXPECT_EQ(rule.sheet_code->place.start->length, 5_mm);
  EXPECT_EQ(rule.sheet_code->module->length, 0.5_mm);
  EXPECT_EQ(rule.sheet_text->text, "{job} no. {number} {piece}: {sheet}/{sheets} ~");
  EXPECT_EQ(rule.sheet_text->size->length, 5_pt);
}

TEST_F(Marks, ALaterRulesTakeThePlaceOfAnEarliers) {
  const LayoutDefinition layout = right(layout_with("<page tray='plain'><omr-marks left='5mm' top='60mm' marks='benchmark'/></page><page on='first' tray='letterhead'/><page><omr-marks right='5mm' top='60mm' marks='benchmark end'/></page>" + std::string(kBody)));
  EXPECT_THAT(dump(layout), testing::AllOf(HasSubstr("page all tray=plain\n    omr-marks left=14.173pt top=170.079pt marks=[benchmark]"), HasSubstr("page first tray=letterhead"), HasSubstr("omr-marks right=14.173pt")));
}

TEST_F(Marks, WrongPlaces) {
  EXPECT_THAT(fault("<omr-marks top='1mm' marks='benchmark'/>"), HasSubstr("x.xml:1:32: error: <omr-marks> needs one of left, right, start and end"));
  EXPECT_THAT(fault("<omr-marks left='1mm' end='1mm' top='1mm' marks='benchmark'/>"), HasSubstr("<omr-marks> needs one of left, right, start and end"));
  EXPECT_THAT(fault("<sheet-code left='1mm' kind='qr'/>"), HasSubstr("<sheet-code> needs one of top and bottom"));
  EXPECT_THAT(fault("<sheet-text left='1mm' top='1mm' bottom='1mm' text='a'/>"), HasSubstr("<sheet-text> needs one of top and bottom"));
  EXPECT_THAT(fault("<omr-marks left='-1mm' top='1mm' marks='benchmark'/>"), HasSubstr("left is -1mm; expected 0 or more"));
  EXPECT_THAT(fault("<omr-marks left='1em' top='1mm' marks='benchmark'/>"), HasSubstr("x.xml:1:49: error: left is '1em'; expected a length that depends on nothing"));
  EXPECT_THAT(fault("<omr-marks left='1u' top='1mm' marks='benchmark'/>"), HasSubstr("'1u' cannot be a length of left"));
  EXPECT_THAT(fault("<omr-marks left='1mm' top='1mm' marks='benchmark' pitch='0mm'/>"), HasSubstr("pitch is 0mm; expected more than 0"));
  EXPECT_THAT(wrong(layout_with("<page on='first'><omr-marks left='1mm' top='1mm' marks='benchmark'/></page>" + std::string(kBody))), HasSubstr("x.xml:1:43: error: <omr-marks> may not differ between pages\n  hint: put it on a <page> without on"));
  EXPECT_THAT(fault("<omr-marks left='1mm' top='1mm' marks='benchmark'/><omr-marks left='1mm' top='1mm' marks='benchmark'/>"), HasSubstr("second <omr-marks> in <page>"));
}

TEST_F(Marks, WrongBars) {
  const auto bars = [&](const std::string& marks) { return fault("<omr-marks left='5mm' top='60mm' marks='" + marks + "'/>"); };
  EXPECT_THAT(bars("benchmark safty"), HasSubstr("x.xml:1:82: error: 'safty' is not a mark; did you mean 'safety'?"));
  for (const char* wrong : {"sequence", "sequence:0", "sequence:9", "sequence:12", "sequence:x", "end:1", "sequence:"}) EXPECT_THAT(bars(std::string("benchmark ") + wrong), HasSubstr(std::string("'") + wrong + "' is not a mark")) << wrong;
  EXPECT_THAT(bars(""), HasSubstr("marks is empty"));
  EXPECT_THAT(bars("safety end"), HasSubstr("x.xml:1:72: error: no benchmark at an end of the marks"));
  EXPECT_THAT(bars("benchmark end end"), HasSubstr("end stands there a second time"));
  EXPECT_THAT(bars("benchmark parity odd-parity"), HasSubstr("parity stands there a second time"));
  EXPECT_THAT(bars("benchmark sequence:3 sequence:2"), HasSubstr("sequence stands there a second time"));
  EXPECT_THAT(bars("benchmark sequence:8 piece-sequence:8 begin end not-begin not-end parity retiming retiming safety"), HasSubstr("the marks are 25 bars; machines take 24 at most"));
  diags_ = {};
  right(layout_with("<page><omr-marks left='5mm' top='60mm' marks='end benchmark'/></page>" + std::string(kBody)));
}

TEST_F(Marks, WrongCodesAndTexts) {
  EXPECT_THAT(fault("<sheet-code left='1mm' top='1mm' kind='ean-13'/>"), HasSubstr("'ean-13' is not a value of kind; expected data-matrix, qr, aztec, pdf417 or code-128"));
  EXPECT_THAT(fault("<sheet-code left='1mm' top='1mm'/>"), HasSubstr("attribute 'kind' is missing"));
  EXPECT_THAT(fault("<sheet-text left='1mm' top='1mm' text='a {patient.name}'/>"), HasSubstr("x.xml:1:73: error: a text on every sheet holds printable ASCII only"));
  EXPECT_THAT(fault("<sheet-text left='1mm' top='1mm' text='Stück'/>"), HasSubstr("x.xml:1:73: error: a text on every sheet holds printable ASCII only"));
  EXPECT_THAT(fault("<sheet-text left='1mm' top='1mm' text='a}'/>"), HasSubstr("printable ASCII only"));
  EXPECT_THAT(fault("<sheet-text left='1mm' top='1mm' text='a' size='3pt'/>"), HasSubstr("size is '3pt'; expected 4pt to 12pt"));
  EXPECT_THAT(wrong(layout_with("<page tray='tray 2'/>" + std::string(kBody))), HasSubstr("'tray 2' cannot be the name of a tray"));
}

}  // namespace
}  // namespace handout::layouts
