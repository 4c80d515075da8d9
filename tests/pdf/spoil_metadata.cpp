#include "pdf/spoil.h"

namespace handout::test {

namespace {

QPDFObjectHandle metadata(QPDF& pdf) { return pdf.getRoot().getKey("/Metadata"); }

void replace(QPDF& pdf, const std::string& pattern, const std::string& replacement) { replace_in_stream(metadata(pdf), pattern, replacement); }

QPDFObjectHandle intent(QPDF& pdf) { return pdf.getRoot().getKey("/OutputIntents").getArrayItem(0); }

QPDFObjectHandle info(QPDF& pdf) { return pdf.getTrailer().getKey("/Info"); }

// A file in the file, as PDF/A-2 or PDF/A-3 would have it but for what is removed.
QPDFObjectHandle embed(QPDF& pdf, const std::string& data) {
  QPDFObjectHandle file = parsed("<</Type /Filespec /F (a.txt) /UF (a.txt) /AFRelationship /Data>>");
  file.replaceKey("/EF", QPDFObjectHandle::newDictionary({{"/F", new_stream(pdf, data, "<</Type /EmbeddedFile /Subtype /text#2fplain>>")}}));
  file = pdf.makeIndirectObject(file);
  pdf.getRoot().replaceKey("/AF", QPDFObjectHandle::newArray({file}));
  return file;
}

QPDFObjectHandle embed_in_part_3(QPDF& pdf) {
  replace(pdf, "<pdfaid:part>2", "<pdfaid:part>3");
  return embed(pdf, "words");
}

}  // namespace

std::vector<Damage> metadata_damages() {
  return {
      {"no_xmp", "06-001, A 6.6.2.1-1", [](QPDF& p) { p.getRoot().removeKey("/Metadata"); }},
      {"xmp_without_type", "06-001, A 6.6.2.1-1", [](QPDF& p) { metadata(p).getDict().removeKey("/Subtype"); }},
      {"no_accessible_claim", "06-002, UA 5-1", [](QPDF& p) { replace(p, "<pdfuaid:part>1</pdfuaid:part>", ""); }},
      {"other_accessible_claim", "06-002, UA 5-2", [](QPDF& p) { replace(p, "<pdfuaid:part>1", "<pdfuaid:part>2"); }},
      {"accessible_claim_prefix", "UA 5-3", [](QPDF& p) { replace(p, "<pdfuaid:part>1</pdfuaid:part>", R"(<ua:part xmlns:ua="http://www.aiim.org/pdfua/ns/id/">1</ua:part>)"); }},
      {"accessible_claim_amd_prefix", "UA 5-4", [](QPDF& p) { replace(p, "<dc:title>", R"(<ua:amd xmlns:ua="http://www.aiim.org/pdfua/ns/id/">1</ua:amd><dc:title>)"); }},
      {"accessible_claim_corr_prefix", "UA 5-5", [](QPDF& p) { replace(p, "<dc:title>", R"(<ua:corr xmlns:ua="http://www.aiim.org/pdfua/ns/id/">1</ua:corr><dc:title>)"); }},
      {"no_dc_title", "06-003, H-07", [](QPDF& p) { replace(p, "<dc:title>[^]*</dc:title>", ""); }},
      {"no_display_title", "07-001", [](QPDF& p) { p.getRoot().removeKey("/ViewerPreferences"); }},
      {"display_title_false", "07-002", [](QPDF& p) { p.getRoot().getKey("/ViewerPreferences").replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(false)); }},
      {"other_title", "H-07", [](QPDF& p) { info(p).replaceKey("/Title", QPDFObjectHandle::newString("Hip")); }},
      {"other_date", "H-07", [](QPDF& p) { info(p).replaceKey("/ModDate", QPDFObjectHandle::newString("D:19990101000000Z")); }},
      {"other_zone", "H-07", [](QPDF& p) { info(p).replaceKey("/ModDate", QPDFObjectHandle::newString("D:20261122000000+01'00'")); }},
      {"author_in_info_only", "H-07", [](QPDF& p) { info(p).replaceKey("/Author", QPDFObjectHandle::newString("Someone")); }},
      {"own_entry_in_info_only", "H-07", [](QPDF& p) { info(p).replaceKey("/Room", QPDFObjectHandle::newString("12")); }},
      {"no_archive_claim", "A 6.6.4-1", [](QPDF& p) { replace(p, "<pdfaid:part>2</pdfaid:part>[^]*</pdfaid:conformance>", ""); }},
      {"other_archive_claim", "A 6.6.4-2", [](QPDF& p) { replace(p, "<pdfaid:part>2", "<pdfaid:part>1"); }},
      {"other_archive_level", "A 6.6.4-3", [](QPDF& p) { replace(p, "<pdfaid:conformance>A", "<pdfaid:conformance>X"); }},
      {"archive_claim_prefix", "A 6.6.4-4", [](QPDF& p) { replace(p, "<pdfaid:part>2</pdfaid:part>", R"(<a:part xmlns:a="http://www.aiim.org/pdfa/ns/id/">2</a:part>)"); }},
      {"archive_level_prefix", "A 6.6.4-5", [](QPDF& p) { replace(p, "<pdfaid:conformance>A</pdfaid:conformance>", R"(<a:conformance xmlns:a="http://www.aiim.org/pdfa/ns/id/">A</a:conformance>)"); }},
      {"archive_claim_amd_prefix", "A 6.6.4-6", [](QPDF& p) { replace(p, "<dc:title>", R"(<a:amd xmlns:a="http://www.aiim.org/pdfa/ns/id/">1</a:amd><dc:title>)"); }},
      {"archive_claim_corr_prefix", "A 6.6.4-7", [](QPDF& p) { replace(p, "<dc:title>", R"(<a:corr xmlns:a="http://www.aiim.org/pdfa/ns/id/">1</a:corr><dc:title>)"); }},
      {"packet_says_bytes", "A 6.6.2.1-2", [](QPDF& p) { replace(p, R"(<\?xpacket begin="[^"]*")", R"($& bytes="9")"); }},
      {"packet_says_encoding", "A 6.6.2.1-3", [](QPDF& p) { replace(p, R"(<\?xpacket begin="[^"]*")", R"($& encoding="UTF-8")"); }},
      {"packet_without_header", "H-10", [](QPDF& p) { replace(p, R"(<\?xpacket begin=[^>]*>)", ""); }},
      {"xmp_not_well_formed", "A 6.6.2.1-4", [](QPDF& p) { replace(p, "</rdf:RDF>", ""); }},
      {"xmp_unknown_entity", "A 6.6.2.1-4", [](QPDF& p) { replace(p, "&amp;", "&nbsp;"); }},
      {"xmp_property_twice", "A 6.6.2.1-4", [](QPDF& p) { replace(p, "<dc:title>", "<xmp:CreatorTool>a</xmp:CreatorTool><xmp:CreatorTool>b</xmp:CreatorTool><dc:title>"); }},
      {"xmp_of_an_object_not_well_formed", "A 6.6.2.1-4", [](QPDF& p) { page(p, 0).replaceKey("/Metadata", new_stream(p, "<a>", "<</Type /Metadata /Subtype /XML>>")); }},
      {"xmp_no_utf8", "A 6.6.2.1-5", [](QPDF& p) { replace(p, "Knee", "Kn\xE9"); }},
      {"xmp_unknown_property", "A 6.6.2.3.1-1", [](QPDF& p) { replace(p, "<dc:title>", "<dc:colour>red</dc:colour><dc:title>"); }},
      {"xmp_other_type", "A 6.6.2.3.1-2", [](QPDF& p) { replace(p, "<dc:title>[^]*</dc:title>", "<dc:title>Knee</dc:title>"); }},
      {"xmp_no_date", "A 6.6.2.3.1-2", [](QPDF& p) { replace(p, "<xmp:MetadataDate>[^<]*", "<xmp:MetadataDate>today"); }},
      {"extension_gone", "A 6.6.2.3.1-1", [](QPDF& p) { replace(p, "<pdfaExtension:schemas>[^]*</pdfaExtension:schemas>", ""); }},
      {"extension_unknown_field", "A 6.6.2.3.2-1", [](QPDF& p) { replace(p, "<pdfaSchema:prefix>", "<pdfaSchema:shape>round</pdfaSchema:shape><pdfaSchema:prefix>"); }},
      {"extension_no_bag", "A 6.6.2.3.3-1", [](QPDF& p) { replace(p, "<pdfaExtension:schemas>[^]*</pdfaExtension:schemas>", "<pdfaExtension:schemas>none</pdfaExtension:schemas>"); }},
      {"extension_without_schema", "A 6.6.2.3.3-2", [](QPDF& p) { replace(p, "<pdfaSchema:schema>[^<]*</pdfaSchema:schema>", ""); }},
      {"extension_without_namespace", "A 6.6.2.3.3-3", [](QPDF& p) { replace(p, "<pdfaSchema:namespaceURI>[^<]*</pdfaSchema:namespaceURI>", ""); }},
      {"extension_without_prefix", "A 6.6.2.3.3-4", [](QPDF& p) { replace(p, "<pdfaSchema:prefix>[^<]*</pdfaSchema:prefix>", ""); }},
      {"extension_without_properties", "A 6.6.2.3.3-5", [](QPDF& p) { replace(p, "<pdfaSchema:property>[^]*?</pdfaSchema:property>", "<pdfaSchema:property>none</pdfaSchema:property>"); }},
      {"extension_property_without_name", "A 6.6.2.3.3-7", [](QPDF& p) { replace(p, "<pdfaProperty:name>[^<]*</pdfaProperty:name>", ""); }},
      {"extension_property_of_unknown_type", "A 6.6.2.3.3-8", [](QPDF& p) { replace(p, "<pdfaProperty:valueType>[^<]*", "<pdfaProperty:valueType>Knee"); }},
      {"extension_property_without_category", "A 6.6.2.3.3-9", [](QPDF& p) { replace(p, "<pdfaProperty:category>[^<]*", "<pdfaProperty:category>both"); }},
      {"extension_property_without_description", "A 6.6.2.3.3-10", [](QPDF& p) { replace(p, "<pdfaProperty:description>[^<]*</pdfaProperty:description>", ""); }},
      {"no_output_intent", "A 6.2.4.3-2", [](QPDF& p) { p.getRoot().removeKey("/OutputIntents"); }},
      {"output_intents_no_array", "PDF 14.11.5", [](QPDF& p) { p.getRoot().replaceKey("/OutputIntents", parsed("<<>>")); }},
      {"output_profile_damaged", "A 6.2.3-1", [](QPDF& p) { replace_data(intent(p).getKey("/DestOutputProfile"), "no profile"); }},
      {"output_profile_of_one_colour", "PDF 8.6.5.5", [](QPDF& p) { intent(p).getKey("/DestOutputProfile").getDict().replaceKey("/N", parsed("1")); }},
      {"two_output_profiles", "A 6.2.3-2",
       [](QPDF& p) {
         QPDFObjectHandle intents = p.getRoot().getKey("/OutputIntents"), second = intents.getArrayItem(0).shallowCopy();
         second.replaceKey("/DestOutputProfile", new_stream(p, "no profile", "<</N 3>>"));
         intents.appendItem(second);
       }},
      {"output_profile_elsewhere", "A 6.2.3-3",
       [](QPDF& p) {
         QPDFObjectHandle intents = p.getRoot().getKey("/OutputIntents"), second = intents.getArrayItem(0).shallowCopy();
         second.replaceKey("/S", QPDFObjectHandle::newName("/GTS_PDFX"));
         second.replaceKey("/DestOutputProfileRef", parsed("<<>>"));
         intents.appendItem(second);
       }},
      {"embedded_no_archive", "A 6.8-5", [](QPDF& p) { embed(p, "words"); }},
      {"embedded_without_names", "21-001, A 6.8-2", [](QPDF& p) { embed(p, "words").removeKey("/UF"); }},
      {"embedded_without_stream", "PDF 7.11.3", [](QPDF& p) { embed(p, "words").replaceKey("/EF", parsed("<<>>")); }},
      {"embedded_without_type", "A3 6.8-1", [](QPDF& p) { embed_in_part_3(p).getKey("/EF").getKey("/F").getDict().removeKey("/Subtype"); }},
      {"embedded_without_relationship", "A3 6.8-3", [](QPDF& p) { embed_in_part_3(p).removeKey("/AFRelationship"); }},
      {"embedded_for_nothing", "A3 6.8-4",
       [](QPDF& p) {
         QPDFObjectHandle file = embed_in_part_3(p);
         p.getRoot().removeKey("/AF");
         p.getRoot().replaceKey("/Names", parsed("<</EmbeddedFiles <</Names [(a)]>> >>"));
         p.getRoot().getKey("/Names").getKey("/EmbeddedFiles").getKey("/Names").appendItem(file);
       }},
  };
}

}  // namespace handout::test
