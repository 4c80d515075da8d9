#include <algorithm>

#include "inspect/check_xmp.h"

namespace handout::inspect {

namespace {

// "D:20261122101500+01'00'" and "2026-11-22T10:15:00+01:00" as one; the zone apart from its sign and digits is 'Z'.
std::string plain_date(std::string_view date) {
  std::string out;
  for (const char c : date) {
    if ((c >= '0' && c <= '9') || c == '+' || c == 'Z' || (c == '-' && out.size() >= 12)) out += c;
  }
  if (out.ends_with("+0000") || out.ends_with("-0000")) out.replace(out.size() - 5, 5, "Z");
  return out;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

struct Pair {
  std::string_view key, uri, name;
};

constexpr Pair kPairs[] = {{"Title", kDublinCore, "title"},        {"Author", kDublinCore, "creator"},   {"Subject", kDublinCore, "description"},  {"Keywords", kXmpPdf, "Keywords"},
                           {"Creator", kXmpBasic, "CreatorTool"}, {"Producer", kXmpPdf, "Producer"}, {"CreationDate", kXmpBasic, "CreateDate"}, {"ModDate", kXmpBasic, "ModifyDate"}};

// Several authors are one string in Info.
std::string joined(const XmpProperty* property, std::string_view separator) {
  std::string text;
  if (!property) return text;
  if (property->kind == XmpProperty::Kind::Alt) return property->items.empty() ? text : property->items.front();
  for (const std::string& item : property->items) text += (text.empty() ? std::string() : std::string(separator)) + item;
  return text;
}

void compare(std::string_view key, std::string said, const XmpProperty* property, Faults& faults) {
  std::string packet = joined(property, ", ");
  if (key.ends_with("Date")) {
    said = plain_date(said);
    packet = plain_date(packet);
  }
  if (said != packet && said != joined(property, "; ")) add_fault(faults, "H-07", "Info says '" + said + "' for " + std::string(key) + ", XMP says '" + packet + "'");
}

}  // namespace

void check_info(QPDFObjectHandle info, const XmpPacket& packet, Faults& faults) {
  if (!info.isDictionary()) return;
  for (const Pair& pair : kPairs) {
    QPDFObjectHandle value = info.getKey("/" + std::string(pair.key));
    compare(pair.key, value.isString() ? value.getUTF8Value() : std::string(), packet.find(pair.uri, pair.name), faults);
  }
  // An entry of our own has a property of the same name in a schema of our own.
  for (auto [name, value] : info.getDictAsMap()) {
    const std::string key = name.substr(1);
    if (key == "Trapped" || std::ranges::find(kPairs, key, &Pair::key) != std::end(kPairs) || value.isNull()) continue;
    const auto same = std::ranges::find_if(packet.properties, [&](const XmpProperty& p) { return lower(p.name) == lower(key); });
    compare(key, value.isString() ? value.getUTF8Value() : std::string(), same == packet.properties.end() ? nullptr : &*same, faults);
  }
}

void check_catalog(Document& document, Faults& faults) {
  QPDFObjectHandle catalog = document.pdf->getRoot();
  if (!catalog.getKey("/StructTreeRoot").isDictionary()) add_fault(faults, "UA 7.1-11, A 6.7.3.3-1", "the document has no structure tree");
  QPDFObjectHandle marked = catalog.getKey("/MarkInfo").getKeyIfDict("/Marked");
  if (!marked.isBool() || !marked.getBoolValue()) add_fault(faults, "UA 6.2-1, A 6.7.2.2-1", "MarkInfo does not say Marked true");
  QPDFObjectHandle suspects = catalog.getKey("/MarkInfo").getKeyIfDict("/Suspects");
  if (suspects.isBool() && suspects.getBoolValue()) add_fault(faults, "01-007", "MarkInfo says Suspects true");

  QPDFObjectHandle display_title = catalog.getKey("/ViewerPreferences").getKeyIfDict("/DisplayDocTitle");
  if (!display_title.isBool()) add_fault(faults, "07-001", "ViewerPreferences has no DisplayDocTitle");
  else if (!display_title.getBoolValue()) add_fault(faults, "07-002", "DisplayDocTitle is false");

  // ISO 32000-1, table 22: bit 10 lets assistive software take the text out.
  constexpr int kAccess = 1 << 9;
  int revision = 0, permissions = 0;
  if (document.pdf->isEncrypted(revision, permissions) && (permissions & kAccess) == 0) add_fault(faults, "26-002", "encryption shuts assistive software out");
}

}  // namespace handout::inspect
