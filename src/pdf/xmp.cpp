#include <algorithm>
#include <string>
#include <string_view>

#include "pdf/metadata.h"

namespace handout::pdf {

namespace {

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string element(std::string_view name, std::string_view text) {
  if (text.empty()) return {};
  return "<" + std::string(name) + ">" + escape(text) + "</" + std::string(name) + ">\n";
}

std::string language_alternative(std::string_view name, std::string_view text) {
  if (text.empty()) return {};
  const std::string tag(name);
  return "<" + tag + "><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escape(text) + "</rdf:li></rdf:Alt></" + tag + ">\n";
}

std::string list(std::string_view name, std::string_view container, const std::vector<std::string>& items) {
  if (items.empty()) return {};
  const std::string tag(name), kind(container);
  std::string text = "<" + tag + "><rdf:" + kind + ">";
  for (const std::string& item : items) text += "<rdf:li>" + escape(item) + "</rdf:li>";
  return text + "</rdf:" + kind + "></" + tag + ">\n";
}

struct ExtensionProperty {
  std::string_view schema, uri, prefix, name, type, category, description;
};

// Properties outside the schemas that ISO 19005-2 knows are described in the file itself.
std::string extension(const ExtensionProperty& p) {
  std::string text = "<rdf:li rdf:parseType=\"Resource\">\n";
  text += element("pdfaSchema:schema", p.schema) + element("pdfaSchema:namespaceURI", p.uri) + element("pdfaSchema:prefix", p.prefix);
  text += "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n";
  text += element("pdfaProperty:name", p.name) + element("pdfaProperty:valueType", p.type) + element("pdfaProperty:category", p.category) +
          element("pdfaProperty:description", p.description);
  return text + "</rdf:li></rdf:Seq></pdfaSchema:property>\n</rdf:li>\n";
}

constexpr ExtensionProperty kUniversalAccess{"PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Integer", "internal",
                                             "Part of ISO 14289 that the document conforms to"};
constexpr ExtensionProperty kEdition{"Handout schema", "urn:handout:1.0:", "handout", "edition", "Text", "external", "Identifier of the edition"};

std::string open_description() {
  return "<rdf:Description rdf:about=\"\""
         " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
         " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
         " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
         " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
         " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
         " xmlns:handout=\"urn:handout:1.0:\""
         " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
         " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
         " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n";
}

}  // namespace

std::string xmp_packet(const display::Metadata& metadata, std::string_view producer, const Claims& claims) {
  std::string text = "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n";
  text += "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" + open_description();
  text += element("pdfaid:part", std::to_string(claims.archive_part)) + element("pdfaid:conformance", {&claims.archive_level, 1});
  if (claims.universal_access) text += element("pdfuaid:part", "1");
  text += language_alternative("dc:title", metadata.title);
  text += list("dc:creator", "Seq", metadata.author.empty() ? std::vector<std::string>{} : std::vector<std::string>{metadata.author});
  text += language_alternative("dc:description", metadata.subject);
  text += list("dc:subject", "Bag", metadata.keywords);
  text += list("dc:language", "Bag", {metadata.language});
  text += element("xmp:CreatorTool", metadata.creator);
  text += element("xmp:CreateDate", metadata.date) + element("xmp:ModifyDate", metadata.date) + element("xmp:MetadataDate", metadata.date);
  std::string keywords;
  for (const std::string& keyword : metadata.keywords) keywords += (keywords.empty() ? "" : ", ") + keyword;
  text += element("pdf:Producer", producer) + element("pdf:Keywords", keywords);
  text += element("handout:edition", metadata.edition);
  const std::string extensions = (claims.universal_access ? extension(kUniversalAccess) : std::string()) + (metadata.edition.empty() ? std::string() : extension(kEdition));
  if (!extensions.empty()) text += "<pdfaExtension:schemas><rdf:Bag>\n" + extensions + "</rdf:Bag></pdfaExtension:schemas>\n";
  text += "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>";
  return text;
}

}  // namespace handout::pdf
