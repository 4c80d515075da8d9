#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/check_parts.h"
#include "inspect/check_xml.h"

namespace handout::inspect {

inline constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr std::string_view kDublinCore = "http://purl.org/dc/elements/1.1/";
inline constexpr std::string_view kXmpBasic = "http://ns.adobe.com/xap/1.0/";
inline constexpr std::string_view kXmpPdf = "http://ns.adobe.com/pdf/1.3/";
inline constexpr std::string_view kArchiveId = "http://www.aiim.org/pdfa/ns/id/";
inline constexpr std::string_view kAccessId = "http://www.aiim.org/pdfua/ns/id/";
inline constexpr std::string_view kExtension = "http://www.aiim.org/pdfa/ns/extension/";
inline constexpr std::string_view kExtensionSchema = "http://www.aiim.org/pdfa/ns/schema#";
inline constexpr std::string_view kExtensionProperty = "http://www.aiim.org/pdfa/ns/property#";

// A property of a packet, or a field of a structure.
struct XmpProperty {
  enum class Kind { Text, Bag, Seq, Alt, Structure };
  std::string uri, prefix, name;
  Kind kind = Kind::Text;
  std::vector<std::string> items;               // the text, or the items of a list
  std::vector<std::string> languages;           // xml:lang of each item of a list
  std::vector<std::vector<XmpProperty>> inside;  // fields of the structure, or of each item that is one
};

struct XmpPacket {
  std::vector<XmpProperty> properties;
  std::string fault;  // why it is no RDF; "" when it is
  [[nodiscard]] const XmpProperty* find(std::string_view uri, std::string_view name) const;
  [[nodiscard]] std::string text(std::string_view uri, std::string_view name) const;  // the first item; "" when there is none
};

// A packet as ISO 16684-1 writes it: one rdf:RDF of rdf:Descriptions.
XmpPacket read_xmp(std::string_view source);

// Known schemas and extension schemas (ISO 19005-2, 6.6.2.3).
void check_schemas(const XmpPacket& packet, Faults& faults);
// Every entry of Info is in the packet and the other way round.
void check_info(QPDFObjectHandle info, const XmpPacket& packet, Faults& faults);

}  // namespace handout::inspect
