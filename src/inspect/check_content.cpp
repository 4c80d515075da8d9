#include "inspect/check_parts.h"

namespace handout::inspect {

namespace {

class ContentCheck {
 public:
  ContentCheck(Document& document, Faults& faults) : document_(document), faults_(faults) {}

  void run() {
    for (std::size_t i = 0; i < document_.pages.size(); ++i) names_[document_.pages[i].getObjGen()] = "page " + std::to_string(i + 1);
    for (const auto& [form, times] : document_.content.tagged_forms) {
      if (times > 1) fault("30-002", "form " + form.unparse(' ') + " holds MCIDs and is painted " + std::to_string(times) + " times");
    }
    collect_references();
    check_parent_tree();
    for (const auto& [key, marked] : document_.content.marked) check_marked(key, marked);
    for (const auto& [key, owners] : references_) {
      if (!document_.content.marked.contains(key)) fault("PDF 14.7.4.2", where(key) + " is in the structure tree but not in the content");
      if (owners.size() > 1) fault("PDF 14.7.4.2", where(key) + " belongs to several elements");
    }
  }

 private:
  void fault(std::string_view numbers, std::string_view text) { add_fault(faults_, numbers, text); }

  std::string where(const MarkedKey& key) const {
    const auto page = names_.find(key.stream);
    return (page == names_.end() ? "form " + key.stream.unparse(' ') : page->second) + ", MCID " + std::to_string(key.mcid);
  }

  void collect_references() {
    for (std::size_t i = 0; i < document_.structure.elements.size(); ++i) {
      for (const Element::Kid& kid : document_.structure.elements[i].kids) {
        if (const auto* key = std::get_if<MarkedKey>(&kid)) references_[*key].push_back(i);
      }
    }
  }

  // ISO 32000-1, 14.7.4.4: the way from content back to its element. Pages, forms and annotations have keys of their own.
  void check_parent_tree() {
    QPDFObjectHandle root = document_.pdf->getRoot().getKey("/StructTreeRoot"), tree = root.getKeyIfDict("/ParentTree");
    if (!tree.isDictionary()) {
      if (!document_.content.marked.empty()) fault("PDF 14.7.4.4", "the structure tree has no ParentTree");
      return;
    }
    std::map<long long, QPDFObjectHandle> entries = read_number_tree(tree, faults_);
    QPDFObjectHandle next = root.getKey("/ParentTreeNextKey");
    if (next.isInteger() && !entries.empty() && next.getIntValue() <= entries.rbegin()->first) fault("PDF 14.7.2", "ParentTreeNextKey is in use");
    for (QPDFObjectHandle& page : document_.pages) take_entries(page.getObjGen(), page.getKey("/StructParents"), entries);
    for (const auto& [form, times] : document_.content.tagged_forms) take_entries(form, document_.pdf->getObject(form).getDict().getKey("/StructParents"), entries);
    for (const auto& [key, entry] : entries) {
      if (QPDFObjectHandle(entry).isArray()) fault("PDF 14.7.4.4", "ParentTree key " + std::to_string(key) + " is that of no page or form, or of two");
    }
  }

  void take_entries(QPDFObjGen stream, QPDFObjectHandle number, std::map<long long, QPDFObjectHandle>& entries) {
    if (!number.isInteger()) return;
    const auto found = entries.find(number.getIntValue());
    if (found == entries.end() || !found->second.isArray()) {
      return fault("PDF 14.7.4.4", where({stream, 0}) + ": StructParents " + std::to_string(number.getIntValue()) + " is not in the ParentTree or another's");
    }
    std::vector<QPDFObjectHandle> parents = found->second.getArrayAsVector();
    entries.erase(found);
    for (std::size_t mcid = 0; mcid < parents.size(); ++mcid) {
      const MarkedKey key{stream, static_cast<long long>(mcid)};
      if (parents[mcid].isNull()) continue;
      if (!document_.content.marked.contains(key)) fault("PDF 14.7.4.4", where(key) + " is in the ParentTree but not in the content");
      parents_.emplace(key, parents[mcid].getObjGen());
    }
  }

  void check_marked(const MarkedKey& key, const Marked& marked) {
    if (marked.times > 1 && !document_.content.tagged_forms.contains(key.stream)) fault("PDF 14.7.4.2", where(key) + " is used " + std::to_string(marked.times) + " times");
    const auto owners = references_.find(key);
    if (owners == references_.end()) return fault("01-005", where(key) + " belongs to no element");
    const std::size_t index = owners->second.front();
    Element& owner = document_.structure.elements[index];
    const auto parent = parents_.find(key);
    if (parent == parents_.end()) fault("PDF 14.7.4.4", where(key) + " has no entry in the ParentTree");
    else if (parent->second != owner.handle.getObjGen()) fault("PDF 14.7.4.4", where(key) + ": the ParentTree names another element than the one that holds it");
    const std::string type = name_of(owner.handle.getKey("/S"));
    if (type != marked.tag) fault("H-08", where(key) + " is marked " + marked.tag + " but belongs to " + type);
    if (marked.private_use && !is_replaced(index)) fault("A 6.2.11.7.3-1", where(key) + " has a private use character without ActualText");
  }

  bool is_replaced(std::size_t element) const {
    for (std::optional<std::size_t> at = element; at; at = document_.structure.elements[*at].parent) {
      if (QPDFObjectHandle(document_.structure.elements[*at].handle).getKey("/ActualText").isString()) return true;
    }
    return false;
  }

  Document& document_;
  Faults& faults_;
  std::map<QPDFObjGen, std::string> names_;
  std::map<MarkedKey, std::vector<std::size_t>> references_;
  std::map<MarkedKey, QPDFObjGen> parents_;
};

}  // namespace

void check_content(Document& document, Faults& faults) {
  faults.insert(faults.end(), document.content.faults.begin(), document.content.faults.end());
  faults.insert(faults.end(), document.structure.faults.begin(), document.structure.faults.end());
  ContentCheck(document, faults).run();
}

}  // namespace handout::inspect
