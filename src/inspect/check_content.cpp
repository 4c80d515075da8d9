
#include "inspect/document.h"

namespace handout::inspect {

namespace {

class ContentCheck {
 public:
  ContentCheck(Document& document, Faults& faults) : document_(document), faults_(faults) {
    QPDFObjectHandle tree = document.pdf->getRoot().getKey("/StructTreeRoot").getKeyIfDict("/ParentTree");
    if (tree.isDictionary()) parents_.emplace(tree, *document.pdf, false);
    else if (!document.content.marked.empty()) fault("01-005", "the structure tree has no ParentTree");
  }

  void run() {
    for (const auto& [form, times] : document_.content.tagged_forms) {
      if (times > 1) fault("30-002", "form " + form.unparse(' ') + " holds MCIDs and is painted " + std::to_string(times) + " times");
    }
    collect_references();
    for (const auto& [key, marked] : document_.content.marked) check_marked(key, marked);
    for (const auto& [key, owners] : references_) {
      if (!document_.content.marked.contains(key)) fault("01-005", where(key) + " is in the structure tree but not in the content");
      if (owners.size() > 1) fault("01-005", where(key) + " belongs to several elements");
    }
  }

 private:
  void fault(std::string_view checkpoint, std::string_view text) { faults_.push_back(std::string(checkpoint) + ": " + std::string(text)); }

  std::string where(const MarkedKey& key) const { return page_name(document_.pages, key.stream) + ", MCID " + std::to_string(key.mcid); }

  void collect_references() {
    for (std::size_t i = 0; i < document_.structure.elements.size(); ++i) {
      for (const Element::Kid& kid : document_.structure.elements[i].kids) {
        if (const auto* key = std::get_if<MarkedKey>(&kid)) references_[*key].push_back(i);
      }
    }
  }

  void check_marked(const MarkedKey& key, const Marked& marked) {
    if (marked.times > 1 && !document_.content.tagged_forms.contains(key.stream)) fault("01-005", where(key) + " is used " + std::to_string(marked.times) + " times");
    const auto owners = references_.find(key);
    if (owners == references_.end()) return fault("01-005", where(key) + " belongs to no element");
    Element& owner = document_.structure.elements[owners->second.front()];
    QPDFObjectHandle parent = parent_of(key);
    if (!parent.isDictionary()) return fault("01-005", where(key) + " has no entry in the ParentTree");
    if (parent.getObjGen() != owner.handle.getObjGen()) fault("01-005", where(key) + ": the ParentTree names another element than the one that holds it");
    // ISO 32000-1, 14.6.1: the tag of tagged content is its element's type.
    QPDFObjectHandle type = owner.handle.getKey("/S");
    if (type.isName() && type.getName() != "/" + marked.tag) fault("01-006", where(key) + " is marked " + marked.tag + " but belongs to " + type.getName().substr(1));
  }

  QPDFObjectHandle parent_of(const MarkedKey& key) {
    QPDFObjectHandle stream = document_.pdf->getObject(key.stream);
    QPDFObjectHandle number = (stream.isStream() ? stream.getDict() : stream).getKeyIfDict("/StructParents");
    QPDFObjectHandle entries;
    if (!parents_ || !number.isInteger() || !parents_->findObject(number.getIntValue(), entries) || !entries.isArray()) return QPDFObjectHandle::newNull();
    if (key.mcid < 0 || key.mcid >= entries.getArrayNItems()) return QPDFObjectHandle::newNull();
    return entries.getArrayItem(static_cast<int>(key.mcid));
  }

  Document& document_;
  Faults& faults_;
  std::optional<QPDFNumberTreeObjectHelper> parents_;
  std::map<MarkedKey, std::vector<std::size_t>> references_;
};

}  // namespace

void check_content(Document& document, Faults& faults) {
  faults.insert(faults.end(), document.content.faults.begin(), document.content.faults.end());
  faults.insert(faults.end(), document.structure.faults.begin(), document.structure.faults.end());
  ContentCheck(document, faults).run();
}

}  // namespace handout::inspect
