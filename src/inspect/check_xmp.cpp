#include "inspect/check_xmp.h"

#include <algorithm>

namespace handout::inspect {

namespace {

// RDF/XML, as far as XMP makes use of it; sets the fault of the packet that it fills.
class RdfReader {
 public:
  explicit RdfReader(XmpPacket& packet) : packet_(packet) {}

  void run(const XmlElement& root) {
    const XmlElement* rdf = &root;
    if (root.is("adobe:ns:meta/", "xmpmeta") && root.kids.size() == 1) rdf = &root.kids.front();
    if (!rdf->is(kRdf, "RDF")) return fail("no rdf:RDF");
    for (const XmlElement& description : rdf->kids) {
      if (!description.is(kRdf, "Description")) return fail("rdf:RDF holds " + description.name);
      add_fields(description, packet_.properties);
    }
  }

 private:
  void fail(const std::string& text) {
    if (packet_.fault.empty()) packet_.fault = text;
  }

  void add_fields(const XmlElement& element, std::vector<XmpProperty>& fields) {
    for (const XmlElement::Attribute& attribute : element.attributes) {
      if (attribute.uri == kRdf || attribute.prefix == "xml") continue;
      add({attribute.uri, attribute.prefix, attribute.name, XmpProperty::Kind::Text, {attribute.value}, {}, {}}, fields);
    }
    for (const XmlElement& kid : element.kids) add(read(kid), fields);
    if (!is_blank(element.text)) fail(element.name + " holds text beside properties");
  }

  void add(XmpProperty property, std::vector<XmpProperty>& fields) {
    if (property.uri.empty()) fail(property.name + " is in no namespace");
    const bool twice = std::ranges::any_of(fields, [&](const XmpProperty& p) { return p.uri == property.uri && p.name == property.name; });
    if (twice) fail(property.name + " is there twice");
    fields.push_back(std::move(property));
  }

  static std::string attribute(const XmlElement& element, std::string_view uri, std::string_view name) {
    const auto found = std::ranges::find_if(element.attributes, [&](const XmlElement::Attribute& a) { return a.uri == uri && a.name == name; });
    return found == element.attributes.end() ? std::string() : found->value;
  }

  XmpProperty read(const XmlElement& element) {
    XmpProperty property{element.uri, element.prefix, element.name, XmpProperty::Kind::Text, {}, {}, {}};
    const std::string resource = attribute(element, kRdf, "resource");
    if (attribute(element, kRdf, "parseType") == "Resource") {
      read_structure(element, property);
    } else if (!element.kids.empty()) {
      const XmlElement& inside = element.kids.front();
      if (element.kids.size() > 1 || inside.uri != kRdf) fail(element.name + " holds more than one value");
      else if (inside.name == "Description") read_structure(inside, property);
      else read_list(inside, property);
    } else {
      property.items.push_back(resource.empty() ? element.text : resource);
    }
    return property;
  }

  void read_structure(const XmlElement& element, XmpProperty& property) {
    property.kind = XmpProperty::Kind::Structure;
    add_fields(element, property.inside.emplace_back());
  }

  void read_list(const XmlElement& list, XmpProperty& property) {
    if (list.name == "Bag") property.kind = XmpProperty::Kind::Bag;
    else if (list.name == "Seq") property.kind = XmpProperty::Kind::Seq;
    else if (list.name == "Alt") property.kind = XmpProperty::Kind::Alt;
    else return fail(property.name + " holds rdf:" + list.name);
    for (const XmlElement& item : list.kids) {
      if (!item.is(kRdf, "li")) return fail("a list of " + property.name + " holds " + item.name);
      const XmpProperty value = read(item);
      property.items.push_back(value.items.empty() ? std::string() : value.items.front());
      property.languages.push_back(attribute(item, "http://www.w3.org/XML/1998/namespace", "lang"));
      if (value.kind == XmpProperty::Kind::Structure) property.inside.push_back(value.inside.front());
    }
  }

  XmpPacket& packet_;
};

// The packet's wrapper, by which readers that know no PDF find it (ISO 16684-1, 7.3.2); its header may hold begin and id only.
void check_wrapper(std::string_view source, Faults& faults) {
  const std::size_t begin = source.find("<?xpacket begin="), end = source.find("?>", std::min(begin, source.size()));
  if (begin == std::string_view::npos || end == std::string_view::npos) return add_fault(faults, "H-10", "the packet has no header");
  const std::string_view header = source.substr(begin, end - begin);
  if (header.find(" bytes=") != std::string_view::npos) add_fault(faults, "A 6.6.2.1-2", "the packet's header says bytes");
  if (header.find(" encoding=") != std::string_view::npos) add_fault(faults, "A 6.6.2.1-3", "the packet's header says encoding");
}

void check_prefix(const XmpPacket& packet, std::string_view uri, std::string_view name, std::string_view prefix, std::string_view numbers, Faults& faults) {
  const XmpProperty* property = packet.find(uri, name);
  if (property && property->prefix != prefix) add_fault(faults, numbers, std::string(name) + " has the prefix " + property->prefix + ", expected " + std::string(prefix));
}

void check_archive_claim(const XmpPacket& packet, Scope scope, Faults& faults) {
  const std::string part = packet.text(kArchiveId, "part"), level = packet.text(kArchiveId, "conformance");
  if (!packet.find(kArchiveId, "part") && !packet.find(kArchiveId, "conformance")) return add_fault(faults, "A 6.6.4-1", "XMP claims no part of PDF/A");
  if (part != "2" && part != "3") add_fault(faults, "A 6.6.4-2", "pdfaid:part is '" + part + "', expected 2 or 3");
  const bool good = level == "A" || (scope == Scope::Archive && (level == "B" || level == "U"));
  if (!good) add_fault(faults, "A 6.6.4-3", "pdfaid:conformance is '" + level + "', expected " + (scope == Scope::Tagged ? "A" : "A, B or U"));
  check_prefix(packet, kArchiveId, "part", "pdfaid", "A 6.6.4-4", faults);
  check_prefix(packet, kArchiveId, "conformance", "pdfaid", "A 6.6.4-5", faults);
  check_prefix(packet, kArchiveId, "amd", "pdfaid", "A 6.6.4-6", faults);
  check_prefix(packet, kArchiveId, "corr", "pdfaid", "A 6.6.4-7", faults);
}

void check_access_claim(const XmpPacket& packet, Faults& faults) {
  if (!packet.find(kAccessId, "part")) add_fault(faults, "06-002, UA 5-1", "XMP claims no PDF/UA");
  else if (packet.text(kAccessId, "part") != "1") add_fault(faults, "06-002, UA 5-2", "pdfuaid:part is '" + packet.text(kAccessId, "part") + "', expected 1");
  check_prefix(packet, kAccessId, "part", "pdfuaid", "UA 5-3", faults);
  check_prefix(packet, kAccessId, "amd", "pdfuaid", "UA 5-4", faults);
  check_prefix(packet, kAccessId, "corr", "pdfuaid", "UA 5-5", faults);
  if (is_blank(packet.text(kDublinCore, "title"))) add_fault(faults, "06-003", "XMP has no dc:title");
}

}  // namespace

const XmpProperty* XmpPacket::find(std::string_view uri, std::string_view name) const {
  const auto found = std::ranges::find_if(properties, [&](const XmpProperty& p) { return p.uri == uri && p.name == name; });
  return found == properties.end() ? nullptr : &*found;
}

std::string XmpPacket::text(std::string_view uri, std::string_view name) const {
  const XmpProperty* property = find(uri, name);
  return property && !property->items.empty() ? property->items.front() : std::string();
}

XmpPacket read_xmp(std::string_view source) {
  XmpPacket packet;
  const auto root = read_xml(source);
  if (!root) packet.fault = root.error();
  else RdfReader(packet).run(*root);
  return packet;
}

int check_xmp(Document& document, const Found& found, Scope scope, Faults& faults) {
  QPDFObjectHandle metadata = document.pdf->getRoot().getKey("/Metadata");
  const bool typed = metadata.isStream() && metadata.getDict().getKey("/Type").isNameAndEquals("/Metadata") && metadata.getDict().getKey("/Subtype").isNameAndEquals("/XML");
  if (!typed) add_fault(faults, "06-001, A 6.6.2.1-1", "the catalog has no stream of XMP metadata");
  for (const auto& [where, stream] : found.metadata) {
    if (stream.getObjGen() == metadata.getObjGen()) continue;
    if (const XmpPacket packet = read_xmp(stream_text(stream)); !packet.fault.empty()) add_fault(faults, "A 6.6.2.1-4", where + ": metadata: " + packet.fault);
  }
  if (!metadata.isStream()) return 0;
  const std::string source = stream_text(metadata);
  if (!is_utf8(source)) add_fault(faults, "A 6.6.2.1-5", "XMP is no UTF-8");
  check_wrapper(source, faults);
  const XmpPacket packet = read_xmp(source);
  if (!packet.fault.empty()) {
    add_fault(faults, "A 6.6.2.1-4", "XMP: " + packet.fault);
    return 0;
  }
  check_archive_claim(packet, scope, faults);
  if (scope == Scope::Tagged) check_access_claim(packet, faults);
  check_schemas(packet, faults);
  check_info(document.pdf->getTrailer().getKey("/Info"), packet, faults);
  return packet.text(kArchiveId, "part") == "3" ? 3 : 2;
}

}  // namespace handout::inspect
