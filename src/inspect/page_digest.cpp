#include <algorithm>
#include <exception>
#include <span>

#include "base/digest.h"
#include "inspect/budget.h"
#include "inspect/pages.h"

namespace handout::inspect {

namespace {

// Of a page's dictionary what is drawn; the rest names other pages or the structure.
constexpr std::string_view kDrawn[] = {"/Annots", "/Contents", "/CropBox", "/MediaBox", "/Resources", "/Rotate", "/UserUnit"};
// What leads away from the drawing, or is bookkeeping.
constexpr std::string_view kLeftOut[] = {"/Dest", "/DecodeParms", "/Filter", "/Length", "/P", "/Parent", "/StructParent", "/StructParents"};

bool is_one_of(std::string_view key, std::span<const std::string_view> keys) { return std::ranges::find(keys, key) != keys.end(); }

class Digester {
 public:
  explicit Digester(Fonts fonts) : fonts_(fonts) {}

  std::string page(QPDFObjectHandle page) {
    std::string text;
    for (const std::string_view key : kDrawn) {
      text += key;
      add(inherited(page, std::string(key)), text);
    }
    return sha256_hex(text);
  }

 private:
  // ISO 32000-1, 7.7.3.4: resources, boxes and rotation may stand at a node above.
  static QPDFObjectHandle inherited(QPDFObjectHandle node, const std::string& key) {
    for (int level = 0; node.isDictionary() && level < 50; ++level) {
      if (node.hasKey(key)) return node.getKey(key);
      if (key == "/Annots" || key == "/Contents") break;
      node = node.getKey("/Parent");
    }
    return QPDFObjectHandle::newNull();
  }

  void add(QPDFObjectHandle object, std::string& text) {
    if (!object.isIndirect()) return add_value(object, text);
    const auto [found, added] = known_.try_emplace(object.getObjGen());
    if (added) {
      // An object that leads back to itself meets the empty digest.
      std::string own;
      add_value(object, own);
      known_[object.getObjGen()] = sha256_hex(own);
    }
    text += known_[object.getObjGen()];
  }

  void add_value(QPDFObjectHandle object, std::string& text) {
    if (depth_ > 100) return;
    ++depth_;
    if (object.isStream()) {
      add_entries(object.getDict(), text);
      text += sha256_hex(bytes_of(object));
    } else if (object.isDictionary()) {
      add_entries(object, text);
    } else if (object.isArray()) {
      text += '[';
      for (QPDFObjectHandle& item : object.getArrayAsVector()) add(item, text);
      text += ']';
    } else {
      text += object.unparseResolved() + ' ';
    }
    --depth_;
  }

  void add_entries(QPDFObjectHandle dict, std::string& text) {
    text += "<<";
    for (const auto& [key, value] : dict.getDictAsMap()) {
      if (is_one_of(key, kLeftOut) || (fonts_ == Fonts::LeftOut && key == "/Font")) continue;
      text += key + ' ';
      add(value, text);
    }
    text += ">>";
  }

  // Unpacked, so that another compression is no difference; what is large or damaged as it is in the file.
  static std::string bytes_of(QPDFObjectHandle stream) {
    constexpr std::size_t kLargest = 1u << 20;
    try {
      return unpacked(stream, kLargest);
    } catch (const std::exception&) {
      const auto raw = stream.getRawStreamData();
      return {reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize()};
    }
  }

  Fonts fonts_;
  int depth_ = 0;
  std::map<QPDFObjGen, std::string> known_;
};

}  // namespace

std::vector<std::string> page_digests(Document& document, Fonts fonts) {
  Digester digester(fonts);
  std::vector<std::string> digests;
  for (QPDFObjectHandle& page : document.pages) digests.push_back(digester.page(page));
  return digests;
}

}  // namespace handout::inspect
