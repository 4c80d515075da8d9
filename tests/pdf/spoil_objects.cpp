#include "pdf/spoil.h"

namespace handout::test {

namespace {

QPDFObjectHandle name(const std::string& text) { return QPDFObjectHandle::newName(text); }

// An image, a form, a graphics state, a colour space in the resources of the second page, and in use.
void add_object(QPDF& pdf, QPDFObjectHandle object) {
  add_resource(pdf, "/XObject", "/Z", object);
  add_to_page(pdf, 1, "/Artifact BMC /Z Do EMC");
}

void add_image(QPDF& pdf, const std::string& more) {
  QPDFObjectHandle image = new_stream(pdf, "abc", "<</Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8>>");
  for (const auto& [key, value] : parsed("<<" + more + ">>").getDictAsMap()) image.getDict().replaceKey(key, value);
  add_object(pdf, image);
}

void add_form(QPDF& pdf, const std::string& more) { add_object(pdf, new_stream(pdf, "", "<</Type /XObject /Subtype /Form /BBox [0 0 1 1] " + more + ">>")); }

void add_state(QPDF& pdf, const std::string& entries) {
  add_resource(pdf, "/ExtGState", "/Z", parsed("<<" + entries + ">>"));
  add_to_page(pdf, 1, "/Z gs /Artifact BMC 0 0 9 9 re f EMC");
}

void add_space(QPDF& pdf, QPDFObjectHandle space) {
  add_resource(pdf, "/ColorSpace", "/Z", space);
  add_to_page(pdf, 1, "/Z cs /Artifact BMC 0 0 9 9 re f EMC");
}

void add_profile(QPDF& pdf, const std::string& data, const char* dictionary) { add_space(pdf, QPDFObjectHandle::newArray({name("/ICCBased"), new_stream(pdf, data, dictionary)})); }

// ISO 15076-1, 7.2, with nothing after it.
std::string profile_header(const std::string& space) {
  std::string header(128, '\0');
  header.replace(0, 4, std::string("\0\0\0\x80", 4)).replace(8, 1, "\x02").replace(12, 4, "mntr").replace(16, 4, space).replace(36, 4, "acsp");
  return header;
}

void add_to_catalog(QPDF& pdf, const char* key, const char* value) { pdf.getRoot().replaceKey(key, parsed(value)); }

}  // namespace

std::vector<Damage> object_damages() {
  return {
      {"external_stream", "A 6.1.7.1-3", [](QPDF& p) { page(p, 1).getKey("/Contents").getDict().replaceKey("/FFilter", name("/FlateDecode")); }},
      {"lzw", "A 6.1.7.2-1", [](QPDF& p) { add_image(p, "/Filter /LZWDecode"); }},
      {"unknown_filter", "A 6.1.7.2-1", [](QPDF& p) { add_image(p, "/Filter /Magic"); }},
      {"jpeg_2000", "H-06", [](QPDF& p) { add_image(p, "/Filter /JPXDecode"); }},
      {"structure_type_no_utf8", "A 6.1.8-1", [](QPDF& p) { find_element(p, "/H2").replaceKey("/S", name("/H\xFF")); }},
      {"large_integer", "A 6.1.13-1", [](QPDF& p) { add_to_catalog(p, "/Own", "[2147483648]"); }},
      {"large_real", "A 6.1.13-2", [](QPDF& p) { p.getRoot().replaceKey("/Own", QPDFObjectHandle::newReal("4" + std::string(38, '0') + ".0")); }},
      {"small_real", "A 6.1.13-5", [](QPDF& p) { p.getRoot().replaceKey("/Own", QPDFObjectHandle::newReal("0." + std::string(39, '0') + "1")); }},
      {"long_string", "A 6.1.13-3", [](QPDF& p) { p.getRoot().replaceKey("/Own", QPDFObjectHandle::newString(std::string(32768, 'a'))); }},
      {"long_name", "A 6.1.13-4", [](QPDF& p) { p.getRoot().replaceKey("/Own", name("/" + std::string(128, 'a'))); }},
      {"long_key", "A 6.1.13-4", [](QPDF& p) { p.getRoot().replaceKey("/" + std::string(128, 'a'), name("/a")); }},
      {"small_page", "A 6.1.13-11", [](QPDF& p) { page(p, 1).replaceKey("/TrimBox", parsed("[0 0 2 100]")); }},
      {"large_page", "A 6.1.13-11", [](QPDF& p) { page(p, 1).replaceKey("/MediaBox", parsed("[0 0 100 14401]")); }},
      {"page_box_no_rectangle", "PDF 7.7.3.3", [](QPDF& p) { page(p, 1).replaceKey("/CropBox", parsed("[0 0 9]")); }},
      {"profile_no_profile", "A 6.2.4.2-1", [](QPDF& p) { add_profile(p, "no profile", "<</N 3>>"); }},
      {"profile_of_other_count", "PDF 8.6.5.5", [](QPDF& p) { add_profile(p, profile_header("GRAY"), "<</N 3>>"); }},
      {"profile_of_four_colours", "H-05", [](QPDF& p) { add_profile(p, profile_header("CMYK"), "<</N 4>>"); }},
      {"image_of_four_colours", "A 6.2.4.3-3", [](QPDF& p) { add_image(p, "/ColorSpace [/Indexed /DeviceCMYK 0 <00000000>]"); }},
      {"gray_without_intent", "A 6.2.4.3-4",
       [](QPDF& p) {
         p.getRoot().removeKey("/OutputIntents");
         add_space(p, parsed("[/Pattern /DeviceGray]"));
       }},
      {"spot_colour", "H-05", [](QPDF& p) { add_space(p, parsed("[/Separation /Gold /DeviceRGB null]")); }},
      {"space_no_space", "PDF 8.6.3", [](QPDF& p) { add_space(p, parsed("7")); }},
      {"transfer_function", "A 6.2.5-1", [](QPDF& p) { add_state(p, "/TR /Identity"); }},
      {"second_transfer_function", "A 6.2.5-2", [](QPDF& p) { add_state(p, "/TR2 /Identity"); }},
      {"halftone_phase", "A 6.2.5-3", [](QPDF& p) { add_state(p, "/HTP [0 0]"); }},
      {"halftone", "H-05", [](QPDF& p) { add_state(p, "/HT <</HalftoneType 1>>"); }},
      {"intent_of_a_state", "A 6.2.6-1", [](QPDF& p) { add_state(p, "/RI /Bright"); }},
      {"intent_of_an_image", "A 6.2.6-1", [](QPDF& p) { add_image(p, "/Intent /Bright"); }},
      {"image_alternates", "A 6.2.8-1", [](QPDF& p) { add_image(p, "/Alternates []"); }},
      {"image_opi", "A 6.2.8-2", [](QPDF& p) { add_image(p, "/OPI <<>>"); }},
      {"image_interpolated", "A 6.2.8-3", [](QPDF& p) { add_image(p, "/Interpolate true"); }},
      {"image_of_three_bits", "A 6.2.8-4", [](QPDF& p) { add_image(p, "/BitsPerComponent 3"); }},
      {"mask_of_eight_bits", "A 6.2.8-5", [](QPDF& p) { add_image(p, "/ImageMask true"); }},
      {"form_opi", "A 6.2.9-1", [](QPDF& p) { add_form(p, "/OPI <<>>"); }},
      {"form_of_another_file", "A 6.2.9-2, 30-001", [](QPDF& p) { add_form(p, "/Ref <<>>"); }},
      {"postscript", "A 6.2.9-3", [](QPDF& p) { add_object(p, new_stream(p, "", "<</Type /XObject /Subtype /PS>>")); }},
      {"unknown_blend_mode", "A 6.2.10-1", [](QPDF& p) { add_state(p, "/BM /Glow"); }},
      {"transparency_without_space", "A 6.2.10-2",
       [](QPDF& p) {
         p.getRoot().removeKey("/OutputIntents");
         add_state(p, "/ca 0.5");
       }},
      {"needs_rendering", "A 6.4.2-2", [](QPDF& p) { add_to_catalog(p, "/NeedsRendering", "true"); }},
      {"alternate_presentations", "A 6.10-1", [](QPDF& p) { add_to_catalog(p, "/Names", "<</AlternatePresentations <<>> >>"); }},
      {"presentation_steps", "A 6.10-2", [](QPDF& p) { page(p, 1).replaceKey("/PresSteps", parsed("<<>>")); }},
      {"requirements", "A 6.11-1", [](QPDF& p) { add_to_catalog(p, "/Requirements", "[]"); }},
      {"form_fields", "H-01", [](QPDF& p) { add_to_catalog(p, "/AcroForm", "<</Fields []>>"); }},
      {"signatures", "H-01", [](QPDF& p) { add_to_catalog(p, "/Perms", "<<>>"); }},
      {"optional_content", "H-02", [](QPDF& p) { add_to_catalog(p, "/OCProperties", "<</OCGs [] /D <<>> >>"); }},
      {"article_threads", "H-03", [](QPDF& p) { add_to_catalog(p, "/Threads", "[]"); }},
      {"values_nested_too_deeply", "PDF 7.3", [](QPDF& p) { add_to_catalog(p, "/Own", (std::string(120, '[') + std::string(120, ']')).c_str()); }},
  };
}

}  // namespace handout::test
