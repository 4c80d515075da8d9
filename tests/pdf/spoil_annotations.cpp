#include "pdf/spoil.h"

namespace handout::test {

namespace {

QPDFObjectHandle name(const char* text) { return QPDFObjectHandle::newName(text); }

// The link, as an annotation of another kind.
void turn(QPDF& pdf, const char* kind) { link(pdf).replaceKey("/Subtype", name(kind)); }

}  // namespace

std::vector<Damage> annotation_damages() {
  return {
      {"no_tabs", "28-008", [](QPDF& p) { page(p, 0).removeKey("/Tabs"); }},
      {"wrong_tabs", "28-009", [](QPDF& p) { page(p, 0).replaceKey("/Tabs", name("/R")); }},
      {"link_under_another_type", "28-011, UA 7.18.5-1", [](QPDF& p) { find_element(p, "/Link").replaceKey("/S", name("/Span")); }},
      {"link_without_object", "28-011, PDF 14.8.4.4.2",
       [](QPDF& p) {
         QPDFObjectHandle kids = find_element(p, "/Link").getKey("/K");
         for (int i = kids.getArrayNItems() - 1; i >= 0; --i) {
           if (kids.getArrayItem(i).isDictionaryOfType("/OBJR")) kids.eraseItem(i);
         }
       }},
      {"link_without_struct_parent", "PDF 14.7.4.4", [](QPDF& p) { link(p).removeKey("/StructParent"); }},
      {"link_with_other_struct_parent", "PDF 14.7.4.4", [](QPDF& p) { link(p).replaceKey("/StructParent", QPDFObjectHandle::newInteger(99)); }},
      {"links_of_one_struct_parent", "PDF 14.7.4.4",
       [](QPDF& p) {
         QPDFObjectHandle second = p.makeIndirectObject(link(p).shallowCopy());
         page(p, 0).getKey("/Annots").appendItem(second);
         find_element(p, "/Link").getKey("/K").appendItem(QPDFObjectHandle::newDictionary({{"/Type", name("/OBJR")}, {"/Obj", second}}));
       }},
      {"annotation_gone", "PDF 14.7.4.3, PDF 14.7.4.4", [](QPDF& p) { page(p, 0).removeKey("/Annots"); }},
      {"annotation_no_dictionary", "PDF 12.5.2", [](QPDF& p) { page(p, 1).replaceKey("/Annots", parsed("[1]")); }},
      {"link_without_contents", "28-012", [](QPDF& p) { link(p).removeKey("/Contents"); }},
      {"link_with_blank_contents", "28-012", [](QPDF& p) { link(p).replaceKey("/Contents", QPDFObjectHandle::newString(" ")); }},
      {"stamp_in_a_link", "28-002", [](QPDF& p) { turn(p, "/Stamp"); }},
      {"stamp_without_words", "28-004",
       [](QPDF& p) {
         turn(p, "/Stamp");
         link(p).removeKey("/Contents");
       }},
      {"stamp_without_appearance", "A 6.3.3-1", [](QPDF& p) { turn(p, "/Stamp"); }},
      {"unknown_annotation", "28-006, A 6.3.1-1", [](QPDF& p) { turn(p, "/Balloon"); }},
      {"film", "A 6.3.1-1", [](QPDF& p) { turn(p, "/Movie"); }},
      {"trap_network", "28-007", [](QPDF& p) { turn(p, "/TrapNet"); }},
      {"printer_mark_tagged", "28-017", [](QPDF& p) { turn(p, "/PrinterMark"); }},
      {"form_field", "28-010, H-01", [](QPDF& p) { turn(p, "/Widget"); }},
      {"annotation_without_flags", "A 6.3.2-1", [](QPDF& p) { link(p).removeKey("/F"); }},
      {"annotation_not_printed", "A 6.3.2-2", [](QPDF& p) { link(p).replaceKey("/F", QPDFObjectHandle::newInteger(0)); }},
      {"annotation_hidden", "A 6.3.2-2", [](QPDF& p) { link(p).replaceKey("/F", QPDFObjectHandle::newInteger(6)); }},
      {"annotation_without_place", "PDF 12.5.2", [](QPDF& p) { link(p).removeKey("/Rect"); }},
      {"appearance_when_pressed", "A 6.3.3-2", [](QPDF& p) { link(p).replaceKey("/AP", parsed("<</N <<>> /D <<>> >>")); }},
      {"appearance_no_stream", "A 6.3.3-4", [](QPDF& p) { link(p).replaceKey("/AP", parsed("<</N <<>> >>")); }},
      {"script", "A 6.5.1-1", [](QPDF& p) { link(p).replaceKey("/A", parsed("<</S /JavaScript /JS (app.beep\\(\\))>>")); }},
      {"script_of_the_file", "A 6.5.1-1", [](QPDF& p) { p.getRoot().replaceKey("/Names", parsed("<</JavaScript <</Names [(a) <</S /JavaScript /JS (x)>>]>> >>")); }},
      {"program_started", "A 6.5.1-1", [](QPDF& p) { p.getRoot().replaceKey("/OpenAction", parsed("<</S /Launch /F (a)>>")); }},
      {"unknown_action", "A 6.5.1-1", [](QPDF& p) { link(p).replaceKey("/A", parsed("<</S /Dance>>")); }},
      {"unknown_named_action", "A 6.5.1-2", [](QPDF& p) { link(p).replaceKey("/A", parsed("<</S /Named /N /Print>>")); }},
      {"action_of_the_file", "A 6.5.2-1", [](QPDF& p) { p.getRoot().replaceKey("/AA", parsed("<</WC <</S /URI /URI (x)>> >>")); }},
      {"action_of_a_page", "A 6.5.2-2", [](QPDF& p) { page(p, 1).replaceKey("/AA", parsed("<</O <</S /URI /URI (x)>> >>")); }},
      {"action_of_an_annotation", "H-01", [](QPDF& p) { link(p).replaceKey("/AA", parsed("<</E <</S /URI /URI (x)>> >>")); }},
  };
}

}  // namespace handout::test
