#include "pdf/spoil.h"

namespace handout::test {

namespace {

QPDFObjectHandle name(const char* text) { return QPDFObjectHandle::newName(text); }

void rename(QPDF& pdf, const char* from, const char* to, std::size_t which = 0) { find_element(pdf, from, which).replaceKey("/S", name(to)); }

// A new element at the end of another.
QPDFObjectHandle add_element(QPDF& pdf, QPDFObjectHandle parent, const char* type) {
  QPDFObjectHandle element = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary({{"/S", name(type)}, {"/P", parent}}));
  QPDFObjectHandle kids = parent.getKey("/K");
  if (!kids.isArray()) parent.replaceKey("/K", kids.isNull() ? QPDFObjectHandle::newArray() : QPDFObjectHandle::newArray({kids}));
  parent.getKey("/K").appendItem(element);
  return element;
}


QPDFObjectHandle data_cell(QPDF& pdf) { return find_element(pdf, "/TD"); }

}  // namespace

std::vector<Damage> element_damages() {
  return {
      {"untagged", "UA 7.1-11, A 6.7.3.3-1, 01-005", [](QPDF& p) { p.getRoot().removeKey("/StructTreeRoot"); }},
      {"not_marked", "UA 6.2-1, A 6.7.2.2-1", [](QPDF& p) { p.getRoot().removeKey("/MarkInfo"); }},
      {"suspects", "01-007", [](QPDF& p) { p.getRoot().getKey("/MarkInfo").replaceKey("/Suspects", parsed("true")); }},
      {"own_type", "02-001, A 6.7.3.4-1", [](QPDF& p) { rename(p, "/H1", "/Heading"); }},
      {"circular_roles", "02-003, A 6.7.3.4-2",
       [](QPDF& p) {
         rename(p, "/H2", "/Q");
         structure_root(p).replaceKey("/RoleMap", parsed("<</Q /R /R /Q>>"));
       }},
      {"standard_type_mapped", "02-004, A 6.7.3.4-3", [](QPDF& p) { structure_root(p).replaceKey("/RoleMap", parsed("<</P /Span>>")); }},
      {"element_without_parent", "UA 7.1-12", [](QPDF& p) { find_element(p, "/H2").removeKey("/P"); }},
      {"element_with_other_parent", "PDF 14.7.2", [](QPDF& p) { find_element(p, "/H2").replaceKey("/P", find_element(p, "/Table")); }},
      {"element_twice", "PDF 14.7.2", [](QPDF& p) { find_element(p, "/Document").getKey("/K").appendItem(find_element(p, "/H1")); }},
      {"element_without_type", "PDF 14.7.2", [](QPDF& p) { find_element(p, "/H2").removeKey("/S"); }},
      {"id_without_tree",
       "PDF 14.7.2",
       [](QPDF& p) {
         find_element(p, "/H2").replaceKey("/ID", QPDFObjectHandle::newString("a"));
         structure_root(p).removeKey("/IDTree");
       }},
      {"two_roots", "H-09",
       [](QPDF& p) {
         QPDFObjectHandle root = structure_root(p);
         if (!root.getKey("/K").isArray()) root.replaceKey("/K", QPDFObjectHandle::newArray({root.getKey("/K")}));
         add_element(p, root, "/Sect");
       }},
      {"paragraph_in_table", "09-004, UA 7.2-3", [](QPDF& p) { add_element(p, find_element(p, "/Table"), "/P"); }},
      {"row_outside_table", "09-004, UA 7.2-4", [](QPDF& p) { add_element(p, find_element(p, "/Document"), "/TR"); }},
      {"head_outside_table", "09-004, UA 7.2-5", [](QPDF& p) { add_element(p, find_element(p, "/Document"), "/THead"); }},
      {"body_outside_table", "09-004, UA 7.2-6", [](QPDF& p) { add_element(p, find_element(p, "/Document"), "/TBody"); }},
      {"foot_outside_table", "09-004, UA 7.2-7", [](QPDF& p) { add_element(p, find_element(p, "/Document"), "/TFoot"); }},
      {"header_outside_row", "09-004, UA 7.2-8", [](QPDF& p) { add_element(p, find_element(p, "/Document"), "/TH"); }},
      {"cell_outside_row", "09-004, UA 7.2-9", [](QPDF& p) { add_element(p, find_element(p, "/Document"), "/TD"); }},
      {"paragraph_in_row", "09-004, UA 7.2-10", [](QPDF& p) { rename(p, "/TD", "/P"); }},
      {"two_heads", "09-004, UA 7.2-11", [](QPDF& p) { add_element(p, find_element(p, "/Table"), "/THead"); }},
      {"two_feet", "09-004, UA 7.2-12", [](QPDF& p) { add_element(p, find_element(p, "/Table"), "/TFoot"), add_element(p, find_element(p, "/Table"), "/TFoot"); }},
      {"foot_without_body", "09-004, UA 7.2-13", [](QPDF& p) { rename(p, "/TBody", "/TFoot"); }},
      {"head_without_body", "09-004, UA 7.2-14", [](QPDF& p) { rename(p, "/TBody", "/TFoot"); }},
      {"cells_overlap", "09-004, UA 7.2-15", [](QPDF& p) { find_element(p, "/TD", 2).replaceKey("/A", parsed("<</O /Table /ColSpan 2>>")); }},
      {"caption_between_rows", "09-004, UA 7.2-16",
       [](QPDF& p) {
         add_element(p, find_element(p, "/Table"), "/Caption");
         add_element(p, find_element(p, "/Table"), "/TBody");
       }},
      {"two_captions", "09-004, UA 7.2-39", [](QPDF& p) { add_element(p, find_element(p, "/Table"), "/Caption"), add_element(p, find_element(p, "/Table"), "/Caption"); }},
      {"paragraph_in_head", "09-004, UA 7.2-36", [](QPDF& p) { add_element(p, find_element(p, "/THead"), "/P"); }},
      {"paragraph_in_body", "09-004, UA 7.2-37", [](QPDF& p) { add_element(p, find_element(p, "/TBody"), "/P"); }},
      {"paragraph_in_foot", "09-004, UA 7.2-38", [](QPDF& p) { add_element(p, add_element(p, find_element(p, "/Table"), "/TFoot"), "/P"); }},
      {"table_without_rows", "09-004", [](QPDF& p) { find_element(p, "/Table").replaceKey("/K", QPDFObjectHandle::newArray()); }},
      {"cell_below_last_row", "09-004, UA 7.2-41, UA 7.2-43", [](QPDF& p) { find_element(p, "/TD", 2).replaceKey("/A", parsed("<</O /Table /RowSpan 2>>")); }},
      {"row_too_long", "09-004, UA 7.2-42", [](QPDF& p) { add_element(p, find_element(p, "/TR", 1), "/TD"); }},
      {"row_too_short", "09-004, UA 7.2-43", [](QPDF& p) { find_element(p, "/TR", 1).getKey("/K").eraseItem(0); }},
      {"paragraph_in_list", "09-005, UA 7.2-19", [](QPDF& p) { add_element(p, find_element(p, "/L"), "/P"); }},
      {"list_in_list", "H-11", [](QPDF& p) { add_element(p, find_element(p, "/L"), "/L"); }},
      {"paragraph_in_item", "09-005, UA 7.2-20", [](QPDF& p) { add_element(p, find_element(p, "/LI"), "/P"); }},
      {"item_outside_list", "09-005, UA 7.2-17", [](QPDF& p) { rename(p, "/L", "/Div"); }},
      {"item_body_outside_item", "09-005, UA 7.2-18", [](QPDF& p) { add_element(p, find_element(p, "/Document"), "/LBody"); }},
      {"list_caption_last", "09-005, UA 7.2-40", [](QPDF& p) { add_element(p, find_element(p, "/L"), "/Caption"); }},
      {"item_without_body", "09-005", [](QPDF& p) { find_element(p, "/LI").getKey("/K").eraseItem(1); }},
      {"empty_list", "09-005", [](QPDF& p) { find_element(p, "/L").replaceKey("/K", QPDFObjectHandle::newArray()); }},
      {"paragraph_in_contents", "09-006, UA 7.2-27", [](QPDF& p) { add_element(p, add_element(p, find_element(p, "/Document"), "/TOC"), "/P"); }},
      {"contents_item_outside", "09-006, UA 7.2-26", [](QPDF& p) { add_element(p, find_element(p, "/Document"), "/TOCI"); }},
      {"contents_caption_last", "09-006, UA 7.2-28",
       [](QPDF& p) {
         QPDFObjectHandle outer = add_element(p, find_element(p, "/Document"), "/TOC"), inner = add_element(p, outer, "/TOC");
         add_element(p, inner, "/TOCI");
         add_element(p, inner, "/Caption");
       }},
      {"paragraph_in_ruby", "09-007", [](QPDF& p) { add_element(p, add_element(p, find_element(p, "/P"), "/Ruby"), "/P"); }},
      {"paragraph_in_warichu", "09-008", [](QPDF& p) { add_element(p, add_element(p, find_element(p, "/P"), "/Warichu"), "/P"); }},
      {"no_language", "11-001, 11-002, 11-003, 11-004, 11-006, UA 7.2-33", [](QPDF& p) { p.getRoot().removeKey("/Lang"); }},
      {"language_of_the_file_malformed", "UA 7.2-29, A 6.7.4-1", [](QPDF& p) { p.getRoot().replaceKey("/Lang", QPDFObjectHandle::newString("en_US")); }},
      {"language_of_an_element_malformed", "UA 7.2-29, A 6.7.4-1", [](QPDF& p) { find_element(p, "/H2").replaceKey("/Lang", QPDFObjectHandle::newString("english language")); }},
      {"language_in_content_malformed", "UA 7.2-29, A 6.7.4-1", [](QPDF& p) { add_to_page(p, 1, "/Span <</Lang (1)>> BDC EMC"); }},
      {"no_alt", "13-004", [](QPDF& p) { find_element(p, "/Figure").removeKey("/Alt"); }},
      {"blank_alt", "13-004", [](QPDF& p) { find_element(p, "/Figure").replaceKey("/Alt", QPDFObjectHandle::newUnicodeString(" \xC2\xA0\t")); }},
      {"figure_without_place", "PDF 14.8.5.4.3", [](QPDF& p) { find_element(p, "/Figure").removeKey("/A"); }},
      {"first_heading_h2", "14-002", [](QPDF& p) { rename(p, "/H1", "/H2"); }},
      {"heading_level_skipped", "14-003", [](QPDF& p) { rename(p, "/H2", "/H3"); }},
      {"two_plain_headings", "14-006, UA 7.4.4-1", [](QPDF& p) { add_element(p, find_element(p, "/Document"), "/H"), add_element(p, find_element(p, "/Document"), "/H"); }},
      {"plain_and_numbered_headings", "14-007, UA 7.4.4-2", [](QPDF& p) { rename(p, "/H2", "/H"); }},
      {"no_scope", "15-003, UA 7.5-1", [](QPDF& p) { find_element(p, "/TH").removeKey("/A"); }},
      {"header_of_no_table", "15-003, 15-005, UA 7.5-2",
       [](QPDF& p) {
         data_cell(p).replaceKey("/A", parsed("<</O /Table /Headers [(none)]>>"));
         for (const std::size_t i : {0u, 1u}) find_element(p, "/TH", i).removeKey("/A");
       }},
      {"cell_without_header", "15-005", [](QPDF& p) { find_element(p, "/TH").replaceKey("/A", parsed("<</O /Table /Scope /Row>>")); }},
      {"unknown_scope", "PDF 14.8.5.7", [](QPDF& p) { find_element(p, "/TH").replaceKey("/A", parsed("<</O /Table /Scope /Diagonal>>")); }},
      {"no_numbering", "16-001", [](QPDF& p) { find_element(p, "/L").removeKey("/A"); }},
      {"unknown_numbering", "16-002", [](QPDF& p) { find_element(p, "/L").replaceKey("/A", parsed("<</O /List /ListNumbering /Runes>>")); }},
      {"formula_without_alt", "17-002", [](QPDF& p) { rename(p, "/H2", "/Formula"); }},
      {"note_without_id", "19-003", [](QPDF& p) { add_element(p, find_element(p, "/P"), "/Note"); }},
      {"two_notes_of_one_id", "19-004",
       [](QPDF& p) {
         for (int i = 0; i < 2; ++i) add_element(p, find_element(p, "/P"), "/Note").replaceKey("/ID", QPDFObjectHandle::newString("n"));
       }},
  };
}

}  // namespace handout::test
