#include <algorithm>

#include "inspect/document.h"

namespace handout::inspect {

namespace {

std::string unescaped(std::string_view text) {
  struct Entity {
    std::string_view name;
    char character;
  };
  constexpr Entity kEntities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  std::string out;
  while (!text.empty()) {
    const auto* entity = std::ranges::find_if(kEntities, [&](const Entity& e) { return text.starts_with(e.name); });
    const bool found = entity != std::end(kEntities);
    out += found ? entity->character : text.front();
    text.remove_prefix(found ? entity->name.size() : 1);
  }
  return out;
}

// The first item of a property of the packet, or its plain value; "" when it is absent.
std::string property(std::string_view xmp, std::string_view name) {
  const std::string open = "<" + std::string(name) + ">", end = "</" + std::string(name) + ">";
  const std::size_t begin = xmp.find(open), stop = xmp.find(end);
  if (begin == std::string_view::npos || stop == std::string_view::npos || stop < begin) return {};
  std::string_view value = xmp.substr(begin + open.size(), stop - begin - open.size());
  if (const std::size_t item = value.find("<rdf:li"); item != std::string_view::npos) {
    value.remove_prefix(std::min(value.find('>', item), value.size() - 1) + 1);
    value = value.substr(0, value.find("</rdf:li>"));
  }
  return unescaped(value);
}

std::string digits(std::string_view date) {
  std::string out;
  std::ranges::copy_if(date, std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
  return out.substr(0, 14);
}

void check_info(QPDFObjectHandle info, std::string_view xmp, Faults& faults) {
  struct Pair {
    const char* key;
    std::string_view property;
  };
  constexpr Pair kPairs[] = {{"/Title", "dc:title"},          {"/Author", "dc:creator"},   {"/Subject", "dc:description"}, {"/Keywords", "pdf:Keywords"},
                             {"/Creator", "xmp:CreatorTool"}, {"/Producer", "pdf:Producer"}, {"/CreationDate", "xmp:CreateDate"}, {"/ModDate", "xmp:ModifyDate"}};
  for (const Pair& pair : kPairs) {
    QPDFObjectHandle value = info.getKeyIfDict(pair.key);
    std::string said = value.isString() ? value.getUTF8Value() : std::string();
    std::string packet = property(xmp, pair.property);
    if (pair.property.ends_with("Date")) {
      said = digits(said);
      packet = digits(packet);
    }
    if (said != packet) {
      faults.push_back("06-003 (ISO 19005-2, 6.6.2): Info says '" + said + "' for " + std::string(pair.key).substr(1) + ", XMP says '" + packet + "'");
    }
  }
}

}  // namespace

void check_metadata(Document& document, Faults& faults) {
  QPDFObjectHandle catalog = document.pdf->getRoot();
  if (!catalog.getKey("/StructTreeRoot").isDictionary()) faults.emplace_back("01-005: the document has no structure tree");
  QPDFObjectHandle marked = catalog.getKey("/MarkInfo").getKeyIfDict("/Marked");
  if (!marked.isBool() || !marked.getBoolValue()) faults.emplace_back("01-005 (ISO 14289-1, 6.2): MarkInfo does not say Marked true");
  QPDFObjectHandle suspects = catalog.getKey("/MarkInfo").getKeyIfDict("/Suspects");
  if (suspects.isBool() && suspects.getBoolValue()) faults.emplace_back("01-007: MarkInfo says Suspects true");
  QPDFObjectHandle language = catalog.getKey("/Lang");
  if (!language.isString() || language.getStringValue().empty()) faults.emplace_back("11-006: the catalog has no Lang");

  QPDFObjectHandle display_title = catalog.getKey("/ViewerPreferences").getKeyIfDict("/DisplayDocTitle");
  if (!display_title.isBool()) faults.emplace_back("07-001: ViewerPreferences has no DisplayDocTitle");
  else if (!display_title.getBoolValue()) faults.emplace_back("07-002: DisplayDocTitle is false");

  QPDFObjectHandle metadata = catalog.getKey("/Metadata");
  if (!metadata.isStream()) {
    faults.emplace_back("06-001: the document has no XMP metadata");
    return;
  }
  const std::string xmp = stream_text(metadata);
  if (property(xmp, "pdfuaid:part") != "1") faults.emplace_back("06-002: XMP has no pdfuaid:part 1");
  if (property(xmp, "dc:title").empty()) faults.emplace_back("06-003: XMP has no dc:title");
  check_info(document.pdf->getTrailer().getKey("/Info"), xmp, faults);
}

}  // namespace handout::inspect
