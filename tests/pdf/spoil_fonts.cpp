#include "pdf/spoil.h"

namespace handout::test {

namespace {

QPDFObjectHandle name(const char* text) { return QPDFObjectHandle::newName(text); }

// The first codes stand for that UTF-16; the subset has some of them in use.
void set_text(QPDF& pdf, const std::string& utf16) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string map = "1 begincodespacerange <0000> <FFFF> endcodespacerange 64 beginbfchar ";
  for (unsigned code = 0; code < 64; ++code) map += std::string("<00") + kDigits[code / 16] + kDigits[code % 16] + "> <" + utf16 + "> ";
  replace_data(font(pdf).getKey("/ToUnicode"), map + "endbfchar endcmap");
}

QPDFObjectHandle descriptor(QPDF& pdf) { return descendant(font(pdf)).getKey("/FontDescriptor"); }

QPDFObjectHandle system_info(QPDF& pdf) { return descendant(font(pdf, "/CIDFontType0")).getKey("/CIDSystemInfo"); }

// The encoding of a CFF font is a CMap of our own.
QPDFObjectHandle encoding(QPDF& pdf) { return font(pdf, "/CIDFontType0").getKey("/Encoding"); }

}  // namespace

std::vector<Damage> font_damages() {
  return {
      {"code_without_text", "10-001, A 6.2.11.7.2-1", [](QPDF& p) { replace_data(font(p).getKey("/ToUnicode"), "1 begincodespacerange <0000> <FFFF> endcodespacerange"); }},
      {"text_ill_formed", "10-001, A 6.2.11.7.2-1", [](QPDF& p) { set_text(p, "D800"); }},
      {"other_registry", "31-001, A 6.2.11.3.1-1", [](QPDF& p) { system_info(p).replaceKey("/Registry", QPDFObjectHandle::newString("House")); }},
      {"other_ordering", "31-002, A 6.2.11.3.1-1", [](QPDF& p) { system_info(p).replaceKey("/Ordering", QPDFObjectHandle::newString("GB1")); }},
      {"other_supplement", "31-003, A 6.2.11.3.1-1", [](QPDF& p) { system_info(p).replaceKey("/Supplement", QPDFObjectHandle::newInteger(9)); }},
      {"unknown_glyph_map", "31-004", [](QPDF& p) { descendant(font(p)).replaceKey("/CIDToGIDMap", name("/Other")); }},
      {"no_glyph_map", "31-005, A 6.2.11.3.2-1", [](QPDF& p) { descendant(font(p)).removeKey("/CIDToGIDMap"); }},
      {"unknown_encoding", "31-006, A 6.2.11.3.3-1", [](QPDF& p) { font(p).replaceKey("/Encoding", name("/Other")); }},
      {"other_writing_mode", "31-007, A 6.2.11.3.3-2", [](QPDF& p) { encoding(p).getDict().replaceKey("/WMode", QPDFObjectHandle::newInteger(1)); }},
      {"cmap_of_another", "31-008, A 6.2.11.3.3-3", [](QPDF& p) { encoding(p).getDict().replaceKey("/UseCMap", name("/House-H")); }},
      {"cmap_of_another_in_its_text", "31-008, A 6.2.11.3.3-3", [](QPDF& p) { replace_in_stream(encoding(p), "begincmap", "begincmap /House-H usecmap"); }},
      {"not_embedded", "31-009, A 6.2.11.4.1-1", [](QPDF& p) { descriptor(p).removeKey("/FontFile2"); }},
      {"program_damaged", "31-009, A 6.2.11.4.1-1", [](QPDF& p) { replace_data(descriptor(p).getKey("/FontFile2"), "no font"); }},
      {"glyph_missing", "31-011, A 6.2.11.4.1-2", [](QPDF& p) { replace_data(descendant(font(p)).getKey("/CIDToGIDMap"), std::string(400, '\x7F')); }},
      {"cid_set", "31-014, 31-015, A 6.2.11.4.2-2", [](QPDF& p) { descriptor(p).replaceKey("/CIDSet", new_stream(p, "\xFF", "<<>>")); }},
      {"wrong_width", "31-016, A 6.2.11.5-1", [](QPDF& p) { descendant(font(p)).removeKey("/W"); }},
      {"no_to_unicode", "31-027, A 6.2.11.7.2-1", [](QPDF& p) { font(p).removeKey("/ToUnicode"); }},
      {"text_zero", "31-028, A 6.2.11.7.2-2", [](QPDF& p) { set_text(p, "0000"); }},
      {"text_byte_order_mark", "31-029, A 6.2.11.7.2-2", [](QPDF& p) { set_text(p, "FEFF"); }},
      {"text_no_character", "31-029, A 6.2.11.7.2-2", [](QPDF& p) { set_text(p, "FFFE"); }},
      {"notdef", "31-030, A 6.2.11.8-1", [](QPDF& p) { replace_data(descendant(font(p)).getKey("/CIDToGIDMap"), std::string(400, '\0')); }},
      {"font_without_type", "A 6.2.11.2-1", [](QPDF& p) { descendant(font(p)).removeKey("/Type"); }},
      {"font_of_unknown_kind", "A 6.2.11.2-2", [](QPDF& p) { descendant(font(p)).replaceKey("/Subtype", name("/CIDFontType9")); }},
      {"font_without_name", "A 6.2.11.2-3", [](QPDF& p) { descendant(font(p)).removeKey("/BaseFont"); }},
      {"program_of_unknown_kind", "A 6.2.11.2-7", [](QPDF& p) { descriptor(p).getKey("/FontFile2").getDict().replaceKey("/Subtype", name("/Type9")); }},
      {"large_cid", "A 6.1.13-10", [](QPDF& p) { replace_in_stream(encoding(p), "endcmap", "1 begincidchar <FFFE> 70000 endcidchar endcmap"); }},
      {"simple_font", "H-04", [](QPDF& p) { font(p).replaceKey("/Subtype", name("/TrueType")); }},
      {"font_name_no_utf8", "A 6.1.8-1", [](QPDF& p) { font(p).replaceKey("/BaseFont", name("/A\xFF")); }},
  };
}

}  // namespace handout::test
