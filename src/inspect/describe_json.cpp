#include <algorithm>

#include "inspect/printable.h"
#include "inspect/qpdf.h"
#include "inspect/summary.h"

namespace handout::inspect {

namespace {

JSON text(const std::string& value) { return JSON::makeString(printable_lines(value)); }

JSON number(std::size_t value) { return JSON::makeInt(static_cast<long long>(value)); }

JSON list(const std::vector<std::string>& values) {
  JSON array = JSON::makeArray();
  for (const std::string& value : values) array.addArrayElement(text(value));
  return array;
}

template <typename Pairs>
JSON object(const Pairs& values) {
  JSON dictionary = JSON::makeDictionary();
  for (const auto& [name, value] : values) dictionary.addDictionaryMember(printable(name), text(value));
  return dictionary;
}

JSON fonts(const Summary& summary) {
  JSON array = JSON::makeArray();
  for (const FontSummary& font : summary.fonts) {
    JSON entry = array.addArrayElement(JSON::makeDictionary());
    entry.addDictionaryMember("name", text(font.name));
    entry.addDictionaryMember("type", text(font.type));
    entry.addDictionaryMember("embedded", JSON::makeBool(font.embedded));
    entry.addDictionaryMember("subset", JSON::makeBool(font.subset));
    entry.addDictionaryMember("toUnicode", JSON::makeBool(font.to_unicode));
    entry.addDictionaryMember("glyphs", font.glyphs ? number(*font.glyphs) : JSON::makeNull());
    entry.addDictionaryMember("bytes", number(font.bytes));
  }
  return array;
}

JSON images(const Summary& summary) {
  JSON array = JSON::makeArray();
  for (const ImageSummary& image : summary.images) {
    JSON entry = array.addArrayElement(JSON::makeDictionary());
    entry.addDictionaryMember("width", JSON::makeInt(image.width));
    entry.addDictionaryMember("height", JSON::makeInt(image.height));
    entry.addDictionaryMember("bits", JSON::makeInt(image.bits));
    entry.addDictionaryMember("color", text(image.color));
    entry.addDictionaryMember("filter", text(image.filter));
    entry.addDictionaryMember("bytes", number(image.bytes));
  }
  return array;
}

JSON attachments(const Summary& summary) {
  JSON array = JSON::makeArray();
  for (const AttachmentSummary& file : summary.attachments) {
    JSON entry = array.addArrayElement(JSON::makeDictionary());
    entry.addDictionaryMember("name", text(file.name));
    entry.addDictionaryMember("description", text(file.description));
    entry.addDictionaryMember("type", text(file.type));
    entry.addDictionaryMember("relationship", text(file.relationship));
    entry.addDictionaryMember("bytes", number(file.bytes));
  }
  return array;
}

JSON encryption(const Summary& summary) {
  if (!summary.encryption) return JSON::makeNull();
  JSON entry = JSON::makeDictionary();
  entry.addDictionaryMember("method", text(summary.encryption->method));
  entry.addDictionaryMember("revision", JSON::makeInt(summary.encryption->revision));
  entry.addDictionaryMember("allowed", list(summary.encryption->allowed));
  return entry;
}

JSON pages(const Summary& summary) {
  JSON array = JSON::makeArray();
  for (std::size_t i = 0; i < summary.report.page_sizes.size(); ++i) {
    JSON entry = array.addArrayElement(JSON::makeDictionary());
    entry.addDictionaryMember("width", JSON::makeReal(summary.report.page_sizes[i].first));
    entry.addDictionaryMember("height", JSON::makeReal(summary.report.page_sizes[i].second));
    if (i < summary.labels.size()) entry.addDictionaryMember("label", text(summary.labels[i]));
  }
  return array;
}

JSON sizes(const Summary& summary) {
  JSON array = JSON::makeArray();
  for (const SizeShare& share : summary.sizes) {
    JSON entry = array.addArrayElement(JSON::makeDictionary());
    entry.addDictionaryMember("kind", text(std::string(name_of(share.kind))));
    entry.addDictionaryMember("objects", number(share.objects));
    entry.addDictionaryMember("bytes", number(share.bytes));
  }
  return array;
}

JSON element(const ElementNode& node) {
  JSON entry = JSON::makeDictionary();
  entry.addDictionaryMember("role", text(node.role));
  if (!node.language.empty()) entry.addDictionaryMember("lang", text(node.language));
  if (!node.alt.empty()) entry.addDictionaryMember("alt", text(node.alt));
  if (!node.title.empty()) entry.addDictionaryMember("title", text(node.title));
  if (!node.attributes.empty()) entry.addDictionaryMember("attributes", object(node.attributes));
  JSON kids = entry.addDictionaryMember("kids", JSON::makeArray());
  for (const auto& kid : node.kids) {
    if (const auto* words = std::get_if<std::string>(&kid)) kids.addArrayElement(text(*words));
    else kids.addArrayElement(element(std::get<ElementNode>(kid)));
  }
  return entry;
}

}  // namespace

std::string describe_json(const Summary& summary, const std::vector<Part>& parts) {
  const Report& report = summary.report;
  const auto asked = [&](Part part) { return std::ranges::find(parts, part) != parts.end(); };
  JSON all = JSON::makeDictionary();
  all.addDictionaryMember("bytes", number(summary.bytes));
  all.addDictionaryMember("version", text(report.version));
  all.addDictionaryMember("linearized", JSON::makeBool(summary.linearized));
  all.addDictionaryMember("encryption", encryption(summary));
  all.addDictionaryMember("title", text(report.title));
  all.addDictionaryMember("language", text(report.language));
  all.addDictionaryMember("claims", list(summary.claims));
  all.addDictionaryMember("info", object(report.info));
  all.addDictionaryMember("xmp", object(summary.xmp));
  all.addDictionaryMember("viewerPreferences", object(summary.preferences));
  all.addDictionaryMember("pages", pages(summary));
  all.addDictionaryMember("fonts", fonts(summary));
  all.addDictionaryMember("pictures", images(summary));
  all.addDictionaryMember("attachments", attachments(summary));
  all.addDictionaryMember("outline", list(report.outline));
  all.addDictionaryMember("links", list(report.links));
  all.addDictionaryMember("sizes", sizes(summary));
  all.addDictionaryMember("warnings", list(summary.warnings));
  all.addDictionaryMember("faults", list(summary.faults));
  if (asked(Part::Text)) all.addDictionaryMember("text", list(summary.texts));
  if (asked(Part::Tags)) all.addDictionaryMember("tags", report.tree.role.empty() ? JSON::makeNull() : element(report.tree));
  return all.unparse() + '\n';
}

}  // namespace handout::inspect
