#include "pdf/spoil.h"

namespace handout::test {

namespace {

constexpr const char* kMark = R"(/(\w+)\s*<<\s*/MCID (\d+)\s*>>\s*BDC)";  // the first tagged content

std::string repeated(const std::string& word, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += word;
  return text;
}

}  // namespace

std::vector<Damage> content_damages() {
  return {
      {"artifact_in_tagged", "01-003", [](QPDF& p) { replace_in_page(p, 1, kMark, "$& /Artifact BMC EMC"); }},
      {"tagged_in_artifact", "01-004", [](QPDF& p) { replace_in_page(p, 1, kMark, "/Artifact BMC $& EMC"); }},
      {"unmarked_text", "01-005", [](QPDF& p) { replace_in_page(p, 1, kMark, "/P BMC"); }},
      {"unmarked_path", "01-005", [](QPDF& p) { add_to_page(p, 1, "0 0 9 9 re f"); }},
      {"unmarked_form",
       "01-005",
       [](QPDF& p) {
         add_resource(p, "/XObject", "/Z", new_stream(p, "0 0 9 9 re f", "<</Type /XObject /Subtype /Form /BBox [0 0 1 1]>>"));
         add_to_page(p, 1, "/Z Do");
       }},
      {"element_lost", "01-005", [](QPDF& p) { find_element(p, "/Document").getKey("/K").eraseItem(1); }},
      {"tagged_in_tagged", "PDF 14.7.4.2", [](QPDF& p) { replace_in_page(p, 1, kMark, "$& /Span<</MCID 88>>BDC EMC"); }},
      {"mcid_changed", "01-005, PDF 14.7.4.2, PDF 14.7.4.4", [](QPDF& p) { replace_in_page(p, 1, "/MCID 0", "/MCID 77"); }},
      {"mcid_twice", "PDF 14.7.4.2", [](QPDF& p) { replace_in_page(p, 0, "/MCID 2", "/MCID 1"); }},
      {"tag_of_another_type", "H-08", [](QPDF& p) { replace_in_page(p, 0, R"(/H1\s*<<)", "/P<<"); }},
      {"mark_without_end", "PDF 14.6.1", [](QPDF& p) { replace_in_page(p, 1, "EMC", ""); }},
      {"end_without_mark", "PDF 14.6.1", [](QPDF& p) { add_to_page(p, 1, "EMC"); }},
      {"parent_tree_gone", "PDF 14.7.4.4", [](QPDF& p) { structure_root(p).removeKey("/ParentTree"); }},
      {"parent_tree_entry_gone", "PDF 14.7.4.4", [](QPDF& p) { parent_entries(p, 0).eraseItem(0); }},
      {"parent_tree_entry_wrong", "PDF 14.7.4.4", [](QPDF& p) { parent_entries(p, 0).setArrayItem(0, parent_entries(p, 0).getArrayItem(1)); }},
      {"parent_tree_entry_too_many", "PDF 14.7.4.4", [](QPDF& p) { parent_entries(p, 1).appendItem(find_element(p, "/P")); }},
      {"parent_tree_out_of_order", "PDF 7.9.7", [](QPDF& p) { structure_root(p).replaceKey("/ParentTree", parsed("<</Nums [3 null 2 null]>>")); }},
      {"next_key_in_use", "PDF 14.7.2", [](QPDF& p) { structure_root(p).replaceKey("/ParentTreeNextKey", parsed("0")); }},
      {"struct_parents_gone", "PDF 14.7.4.4", [](QPDF& p) { page(p, 0).removeKey("/StructParents"); }},
      {"struct_parents_shared", "PDF 14.7.4.4", [](QPDF& p) { page(p, 1).replaceKey("/StructParents", page(p, 0).getKey("/StructParents")); }},
      {"tagged_form_twice",
       "30-002",
       [](QPDF& p) {
         add_resource(p, "/XObject", "/Z", new_stream(p, "/P<</MCID 0>>BDC EMC", "<</Type /XObject /Subtype /Form /BBox [0 0 1 1] /StructParents 50>>"));
         add_to_page(p, 1, "/Z Do /Z Do");
       }},
      {"form_paints_itself",
       "PDF 8.10.1",
       [](QPDF& p) {
         QPDFObjectHandle form = new_stream(p, "/Z Do", "<</Type /XObject /Subtype /Form /BBox [0 0 1 1]>>");
         form.getDict().replaceKey("/Resources", QPDFObjectHandle::newDictionary({{"/XObject", QPDFObjectHandle::newDictionary({{"/Z", form}})}}));
         add_resource(p, "/XObject", "/Z", form);
         add_to_page(p, 1, "/Artifact BMC /Z Do EMC");
       }},
      {"private_use_without_actual_text",
       "A 6.2.11.7.3-1",
       [](QPDF& p) {
         std::string map = "64 beginbfchar ";
         for (int code = 0; code < 64; ++code) map += std::string("<00") + "0123456789ABCDEF"[code / 16] + "0123456789ABCDEF"[code % 16] + "> <E000> ";
         replace_in_stream(font(p).getKey("/ToUnicode"), "endcmap", map + "endbfchar endcmap");
       }},
      {"unknown_operator", "A 6.2.2-1", [](QPDF& p) { add_to_page(p, 1, "BX 1 foo EX"); }},
      {"font_not_in_resources", "PDF 7.8.3, PDF 9.3.1", [](QPDF& p) { page(p, 1).replaceKey("/Resources", parsed("<<>>")); }},
      {"resources_of_a_node_above",
       "A 6.2.2-2",
       [](QPDF& p) {
         page(p, 1).getKey("/Parent").replaceKey("/Resources", page(p, 1).getKey("/Resources"));
         page(p, 1).removeKey("/Resources");
       }},
      {"resources_of_the_page",
       "A 6.2.2-2",
       [](QPDF& p) {
         add_resource(p, "/ExtGState", "/Q", parsed("<</Type /ExtGState /ca 1>>"));
         add_resource(p, "/XObject", "/Z", new_stream(p, "/Q gs", "<</Type /XObject /Subtype /Form /BBox [0 0 1 1]>>"));
         add_to_page(p, 1, "/Artifact BMC /Z Do EMC");
       }},
      {"saved_too_deep", "A 6.1.13-8", [](QPDF& p) { add_to_page(p, 1, repeated("q ", 29) + repeated("Q ", 29)); }},
      {"saved_only", "PDF 8.4.2", [](QPDF& p) { add_to_page(p, 1, "q"); }},
      {"restored_only", "PDF 8.4.2", [](QPDF& p) { add_to_page(p, 1, "Q"); }},
      {"half_a_code", "PDF 9.4.3", [](QPDF& p) { add_to_page(p, 1, "/Artifact BMC BT " + *page(p, 1).getKey("/Resources").getKey("/Font").getKeys().begin() + " 9 Tf <00> Tj ET EMC"); }},
      {"large_number_in_content", "A 6.1.13-1", [](QPDF& p) { add_to_page(p, 1, "99999999999 w"); }},
      {"intent_operator", "A 6.2.6-1", [](QPDF& p) { add_to_page(p, 1, "/Bright ri"); }},
      {"inline_image", "H-06", [](QPDF& p) { add_to_page(p, 1, "/Artifact BMC BI /W 1 /H 1 /BPC 8 /CS /G ID x EI EMC"); }},
      {"four_colours", "A 6.2.4.3-3", [](QPDF& p) { add_to_page(p, 1, "0 0 0 1 k"); }},
      {"four_colours_named", "A 6.2.4.3-3", [](QPDF& p) { add_to_page(p, 1, "/DeviceCMYK cs"); }},
  };
}

}  // namespace handout::test
