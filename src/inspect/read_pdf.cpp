#include <exception>

#include "inspect/parts.h"

namespace handout::inspect {

namespace {

std::string text_value(QPDFObjectHandle value) { return value.isString() ? value.getUTF8Value() : value.isName() ? value.getName().substr(1) : std::string(); }

// Objects may refer to themselves; what is honest goes no deeper.
constexpr int kDeepestValue = 10;

std::string attribute_text(QPDFObjectHandle value, int depth) {
  if (depth > kDeepestValue) return {};
  if (!value.isArray()) return value.isString() || value.isName() ? text_value(value) : value.unparseResolved();
  std::string text;
  for (QPDFObjectHandle& item : value.getArrayAsVector()) text += (text.empty() ? "" : " ") + attribute_text(item, depth + 1);
  return text;
}

void add_attributes(QPDFObjectHandle attributes, std::map<std::string, std::string>& out, int depth) {
  if (depth > kDeepestValue) return;
  if (attributes.isArray()) {
    for (QPDFObjectHandle& item : attributes.getArrayAsVector()) add_attributes(item, out, depth + 1);
  } else if (attributes.isDictionary()) {
    for (const auto& [key, value] : attributes.getDictAsMap()) {
      if (key != "/O") out[key.substr(1)] = attribute_text(value, 0);
    }
  }
}

class NodeBuilder {
 public:
  explicit NodeBuilder(Document& document) : document_(document) {}

  ElementNode build(std::size_t index) {
    Element& element = document_.structure.elements[index];
    ElementNode node;
    node.role = element.role;
    node.language = text_value(element.handle.getKey("/Lang"));
    node.alt = text_value(element.handle.getKey("/Alt"));
    node.title = text_value(element.handle.getKey("/T"));
    add_attributes(element.handle.getKey("/A"), node.attributes, 0);
    for (const Element::Kid& kid : element.kids) {
      if (const auto* child = std::get_if<std::size_t>(&kid)) {
        node.kids.emplace_back(build(*child));
      } else if (const auto* key = std::get_if<MarkedKey>(&kid)) {
        // Content that several elements claim is read at the first: otherwise a small file could stand for any amount of text.
        const auto marked = document_.content.marked.find(*key);
        const bool first = taken_.insert(*key).second;
        node.kids.emplace_back(first && marked != document_.content.marked.end() ? marked->second.text : std::string());
      }
    }
    return node;
  }

 private:
  Document& document_;
  std::set<MarkedKey> taken_;
};

// libqpdf's own helper never ends where items follow themselves.
void add_outline(QPDFObjectHandle item, std::size_t level, std::set<QPDFObjGen>& seen, std::vector<std::string>& out) {
  constexpr std::size_t kDeepestItem = 50;
  for (; item.isDictionary() && item.isIndirect() && level < kDeepestItem && seen.insert(item.getObjGen()).second; item = item.getKey("/Next")) {
    out.push_back(std::string(2 * level, ' ') + text_value(item.getKey("/Title")));
    add_outline(item.getKey("/First"), level + 1, seen, out);
  }
}

std::string link_text(QPDFObjectHandle annotation) {
  QPDFObjectHandle action = annotation.getKey("/A");
  if (QPDFObjectHandle uri = action.getKeyIfDict("/URI"); uri.isString()) return uri.getStringValue();
  QPDFObjectHandle destination = action.isDictionary() ? action.getKey("/D") : annotation.getKey("/Dest");
  return destination.isString() ? "#" + destination.getStringValue() : destination.isName() ? "#" + destination.getName().substr(1) : "#";
}

void read_pages(Document& document, Report& report) {
  for (QPDFObjectHandle& page : document.pages) {
    QPDFObjectHandle::Rectangle box;
    int level = 0;
    for (QPDFObjectHandle node = page; node.isDictionary() && level < 50; node = node.getKey("/Parent"), ++level) {
      if (!node.getKey("/MediaBox").isRectangle()) continue;
      box = node.getKey("/MediaBox").getArrayAsRectangle();
      break;
    }
    report.page_sizes.emplace_back(box.urx - box.llx, box.ury - box.lly);
    QPDFObjectHandle annotations = page.getKey("/Annots");
    if (!annotations.isArray()) continue;
    for (QPDFObjectHandle& annotation : annotations.getArrayAsVector()) {
      if (annotation.isDictionaryOfType("", "/Link")) report.links.push_back(link_text(annotation));
    }
  }
}

void read_fonts(Document& document, Report& report) {
  for (Font& font : document.content.fonts) {
    QPDFObjectHandle program = font_program(font);
    report.fonts.push_back({font.name, font.type, program.isStream(), font.to_unicode.has_value(), program.isStream() ? stream_text(program).size() : 0});
  }
}

}  // namespace

Report make_report(Document& document) {
  Report report;
  report.version = document.pdf->getPDFVersion();
  QPDFObjectHandle catalog = document.pdf->getRoot();
  report.language = text_value(catalog.getKey("/Lang"));
  QPDFObjectHandle info = document.pdf->getTrailer().getKey("/Info");
  if (info.isDictionary()) {
    for (const auto& [key, value] : info.getDictAsMap()) report.info[key.substr(1)] = text_value(value);
  }
  report.title = report.info["Title"];
  report.pages = document.pages.size();
  read_pages(document, report);
  read_fonts(document, report);
  std::set<QPDFObjGen> seen;
  add_outline(catalog.getKey("/Outlines").getKeyIfDict("/First"), 0, seen, report.outline);
  if (QPDFObjectHandle xmp = catalog.getKey("/Metadata"); xmp.isStream()) report.xmp = stream_text(xmp);
  NodeBuilder builder(document);
  if (document.structure.roots.size() == 1) {
    report.tree = builder.build(document.structure.roots.front());
  } else if (!document.structure.roots.empty()) {
    report.tree.role = "StructTreeRoot";
    for (const std::size_t root : document.structure.roots) report.tree.kids.emplace_back(builder.build(root));
  }
  return report;
}

tl::expected<Report, std::string> read_pdf(std::string_view bytes) {
  // libqpdf tells by exceptions what is broken; none goes further than this door.
  try {
    Document document = open_document(bytes);
    return make_report(document);
  } catch (const std::exception& error) {
    return tl::unexpected<std::string>(error.what());
  }
}

}  // namespace handout::inspect
