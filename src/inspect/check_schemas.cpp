#include <algorithm>
#include <array>

#include "inspect/check_xmp.h"

namespace handout::inspect {

namespace {

// Properties that ISO 19005-2 takes from the XMP Specification of 2005, as far as a document's own packet has use for them.
struct Known {
  std::string_view uri, name, type;
};

constexpr std::string_view kRights = "http://ns.adobe.com/xap/1.0/rights/", kMedia = "http://ns.adobe.com/xap/1.0/mm/";
constexpr std::array<Known, 41> kKnown{{
    {kDublinCore, "contributor", "Bag Text"}, {kDublinCore, "coverage", "Text"}, {kDublinCore, "creator", "Seq Text"}, {kDublinCore, "date", "Seq Date"},
    {kDublinCore, "description", "Lang Alt"}, {kDublinCore, "format", "Text"}, {kDublinCore, "identifier", "Text"}, {kDublinCore, "language", "Bag Text"},
    {kDublinCore, "publisher", "Bag Text"}, {kDublinCore, "relation", "Bag Text"}, {kDublinCore, "rights", "Lang Alt"}, {kDublinCore, "source", "Text"},
    {kDublinCore, "subject", "Bag Text"}, {kDublinCore, "title", "Lang Alt"}, {kDublinCore, "type", "Bag Text"}, {kXmpBasic, "Advisory", "Bag Text"},
    {kXmpBasic, "BaseURL", "URI"}, {kXmpBasic, "CreateDate", "Date"}, {kXmpBasic, "CreatorTool", "Text"}, {kXmpBasic, "Identifier", "Bag Text"},
    {kXmpBasic, "Label", "Text"}, {kXmpBasic, "MetadataDate", "Date"}, {kXmpBasic, "ModifyDate", "Date"}, {kXmpBasic, "Nickname", "Text"},
    {kXmpBasic, "Rating", "Integer"}, {kXmpPdf, "Keywords", "Text"}, {kXmpPdf, "PDFVersion", "Text"}, {kXmpPdf, "Producer", "Text"},
    {kRights, "Certificate", "Text"}, {kRights, "Marked", "Boolean"}, {kRights, "Owner", "Bag Text"}, {kRights, "UsageTerms", "Lang Alt"},
    {kRights, "WebStatement", "Text"}, {kMedia, "DocumentID", "Text"}, {kMedia, "InstanceID", "Text"}, {kMedia, "VersionID", "Text"},
    {kArchiveId, "part", "Integer"}, {kArchiveId, "conformance", "Text"}, {kArchiveId, "amd", "Text"}, {kArchiveId, "corr", "Text"},
    {kExtension, "schemas", "Bag Schema"},
}};

constexpr std::array<std::string_view, 7> kSimpleTypes{"Boolean", "Date", "Integer", "Real", "Text", "URI", "URL"};

bool is_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// ISO 8601 as XMP has it: 2026, 2026-11, 2026-11-22, and a time with seconds or without, with its zone.
bool is_date(std::string_view text) {
  constexpr std::array<std::string_view, 5> kForms{"dddd", "dddd-dd", "dddd-dd-dd", "dddd-dd-ddTdd:dd", "dddd-dd-ddTdd:dd:dd"};
  const auto matches = [](std::string_view value, std::string_view form) {
    return std::ranges::equal(value, form, [](char c, char f) { return f == 'd' ? c >= '0' && c <= '9' : c == f; });
  };
  if (text.ends_with('Z') && text.size() > 10) text.remove_suffix(1);
  else if (text.size() > 16 && (matches(text.substr(text.size() - 6), "+dd:dd") || matches(text.substr(text.size() - 6), "-dd:dd"))) text.remove_suffix(6);
  return std::ranges::any_of(kForms, [&](std::string_view form) { return matches(text, form); });
}

bool is_simple(std::string_view value, std::string_view type) {
  if (type == "Integer") return is_number(value);
  if (type == "Date") return is_date(value);
  if (type == "Boolean") return value == "True" || value == "False";
  return true;
}

// "Bag Text" or "bag Text": the list's kind, and the type of its items.
std::pair<std::string, std::string_view> split_type(std::string_view type) {
  const std::size_t space = type.find(' ');
  if (type == "Lang Alt" || space == std::string_view::npos) return {"", type};
  std::string list(type.substr(0, space));
  if (!list.empty() && list[0] >= 'a' && list[0] <= 'z') list[0] = static_cast<char>(list[0] - 'a' + 'A');
  return {list, type.substr(space + 1)};
}

bool is_known_type(std::string_view type) {
  const auto [list, item] = split_type(type);
  const bool good = list.empty() || list == "Bag" || list == "Seq" || list == "Alt";
  return good && (item == "Lang Alt" || std::ranges::find(kSimpleTypes, item) != kSimpleTypes.end());
}

bool fits(const XmpProperty& property, std::string_view type) {
  using Kind = XmpProperty::Kind;
  if (type == "Lang Alt") {
    const auto known = [](const std::string& language) { return language == "x-default" || is_language_tag(language); };
    return property.kind == Kind::Alt && !property.languages.empty() && std::ranges::all_of(property.languages, known);
  }
  const auto [list, item] = split_type(type);
  const Kind expected = list == "Bag" ? Kind::Bag : list == "Seq" ? Kind::Seq : list == "Alt" ? Kind::Alt : Kind::Text;
  return property.kind == expected && std::ranges::all_of(property.items, [&](const std::string& value) { return is_simple(value, item); });
}

// The extension schemas of a packet (6.6.2.3.3).
class ExtensionCheck {
 public:
  explicit ExtensionCheck(Faults& faults) : faults_(faults) {}

  struct Definition {
    std::string uri, name, type;
  };

  std::vector<Definition> run(const XmpProperty& schemas) {
    const bool good = schemas.kind == XmpProperty::Kind::Bag && schemas.prefix == "pdfaExtension" && schemas.inside.size() == schemas.items.size();
    if (!good) fault("A 6.6.2.3.3-1", "pdfaExtension:schemas is no bag of schemas");
    for (const auto& schema : schemas.inside) check_schema(schema);
    return std::move(definitions_);
  }

 private:
  using Fields = std::vector<XmpProperty>;

  void fault(std::string_view numbers, std::string_view text) { add_fault(faults_, numbers, "XMP extension: " + std::string(text)); }

  // The text of a field; a fault of that number when it is absent, no text or under another prefix.
  std::string field(const Fields& fields, std::string_view uri, std::string_view prefix, std::string_view name, std::string_view number) {
    const auto found = std::ranges::find_if(fields, [&](const XmpProperty& p) { return p.uri == uri && p.name == name; });
    const bool good = found != fields.end() && found->kind == XmpProperty::Kind::Text && found->prefix == prefix && !is_blank(found->items.front());
    if (!good) fault(number, std::string(prefix) + ":" + std::string(name) + " is absent or no text");
    return good ? found->items.front() : std::string();
  }

  void only(const Fields& fields, std::string_view uri, std::initializer_list<std::string_view> names) {
    for (const XmpProperty& p : fields) {
      if (p.uri != uri || std::ranges::find(names, p.name) == names.end()) fault("A 6.6.2.3.2-1", "unknown field " + p.name);
    }
  }

  void check_schema(const Fields& fields) {
    only(fields, kExtensionSchema, {"schema", "namespaceURI", "prefix", "property"});
    field(fields, kExtensionSchema, "pdfaSchema", "schema", "A 6.6.2.3.3-2");
    const std::string uri = field(fields, kExtensionSchema, "pdfaSchema", "namespaceURI", "A 6.6.2.3.3-3");
    field(fields, kExtensionSchema, "pdfaSchema", "prefix", "A 6.6.2.3.3-4");
    const auto properties = std::ranges::find_if(fields, [](const XmpProperty& p) { return p.uri == kExtensionSchema && p.name == "property"; });
    if (properties == fields.end()) return;
    const bool good = properties->kind == XmpProperty::Kind::Seq && properties->prefix == "pdfaSchema" && properties->inside.size() == properties->items.size();
    if (!good) return fault("A 6.6.2.3.3-5", "pdfaSchema:property is no sequence of properties");
    for (const Fields& property : properties->inside) check_property(uri, property);
  }

  void check_property(const std::string& uri, const Fields& fields) {
    only(fields, kExtensionProperty, {"name", "valueType", "category", "description"});
    Definition definition{uri, field(fields, kExtensionProperty, "pdfaProperty", "name", "A 6.6.2.3.3-7"), field(fields, kExtensionProperty, "pdfaProperty", "valueType", "A 6.6.2.3.3-8")};
    if (!definition.type.empty() && !is_known_type(definition.type)) fault("A 6.6.2.3.3-8", "value type " + definition.type + " is not defined");
    const std::string category = field(fields, kExtensionProperty, "pdfaProperty", "category", "A 6.6.2.3.3-9");
    if (!category.empty() && category != "external" && category != "internal") fault("A 6.6.2.3.3-9", "category " + category);
    field(fields, kExtensionProperty, "pdfaProperty", "description", "A 6.6.2.3.3-10");
    definitions_.push_back(std::move(definition));
  }

  Faults& faults_;
  std::vector<Definition> definitions_;
};

}  // namespace

void check_schemas(const XmpPacket& packet, Faults& faults) {
  std::vector<ExtensionCheck::Definition> defined;
  if (const XmpProperty* schemas = packet.find(kExtension, "schemas")) defined = ExtensionCheck(faults).run(*schemas);
  for (const XmpProperty& property : packet.properties) {
    if (property.uri == kExtension && property.name == "schemas") continue;
    const auto known = std::ranges::find_if(kKnown, [&](const Known& k) { return k.uri == property.uri && k.name == property.name; });
    const auto own = std::ranges::find_if(defined, [&](const auto& d) { return d.uri == property.uri && d.name == property.name; });
    const std::string name = property.prefix + ":" + property.name;
    if (known == kKnown.end() && own == defined.end()) {
      add_fault(faults, "A 6.6.2.3.1-1", "XMP: " + name + " is of no known schema and no extension schema describes it");
      continue;
    }
    const std::string_view type = known != kKnown.end() ? known->type : std::string_view(own->type);
    if (!fits(property, type)) add_fault(faults, "A 6.6.2.3.1-2", "XMP: " + name + " is no " + std::string(type));
  }
}

}  // namespace handout::inspect
