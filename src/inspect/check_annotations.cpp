#include <set>

#include "inspect/document.h"

namespace handout::inspect {

namespace {

class AnnotationCheck {
 public:
  AnnotationCheck(Document& document, Faults& faults) : document_(document), faults_(faults) {
    QPDFObjectHandle tree = document.pdf->getRoot().getKey("/StructTreeRoot").getKeyIfDict("/ParentTree");
    if (tree.isDictionary()) parents_.emplace(tree, *document.pdf, false);
    for (const Element& element : document.structure.elements) {
      for (const Element::Kid& kid : element.kids) {
        if (const auto* object = std::get_if<QPDFObjectHandle>(&kid)) owners_[object->getObjGen()] = &element;
      }
    }
  }

  void run() {
    for (std::size_t i = 0; i < document_.pages.size(); ++i) {
      where_ = "page " + std::to_string(i + 1);
      check_page(document_.pages[i]);
    }
    for (const auto& [object, owner] : owners_) {
      if (!seen_.contains(object)) fault("28-011", owner->role + " refers to object " + object.unparse(' ') + ", which is no annotation of a page");
    }
  }

 private:
  void fault(std::string_view checkpoint, std::string_view text) { faults_.push_back(std::string(checkpoint) + ": " + where_ + ": " + std::string(text)); }

  void check_page(QPDFObjectHandle page) {
    QPDFObjectHandle annotations = page.getKey("/Annots");
    if (!annotations.isArray() || annotations.getArrayNItems() == 0) return;
    QPDFObjectHandle tabs = page.getKey("/Tabs");
    if (!tabs.isName()) fault("28-008", "has annotations but no Tabs");
    else if (tabs.getName() != "/S") fault("28-009", "Tabs is " + tabs.getName() + ", expected /S");
    for (QPDFObjectHandle& annotation : annotations.getArrayAsVector()) {
      if (annotation.isDictionary()) check_annotation(annotation);
    }
  }

  void check_annotation(QPDFObjectHandle annotation) {
    seen_.insert(annotation.getObjGen());
    const bool link = annotation.getKey("/Subtype").isNameAndEquals("/Link");
    const std::string_view checkpoint = link ? "28-011" : "28-002";
    const auto owner = owners_.find(annotation.getObjGen());
    if (owner == owners_.end()) return fault(checkpoint, "an annotation belongs to no element");
    if (link && owner->second->role != "Link") fault("28-011", "a link belongs to " + owner->second->role + ", expected Link");
    QPDFObjectHandle contents = annotation.getKey("/Contents");
    if (!contents.isString() || contents.getStringValue().empty()) fault(link ? "28-012" : "28-004", "an annotation has no Contents");
    QPDFObjectHandle number = annotation.getKey("/StructParent"), parent;
    if (!number.isInteger()) return fault(checkpoint, "an annotation has no StructParent");
    if (!parents_ || !parents_->findObject(number.getIntValue(), parent)) return fault(checkpoint, "an annotation's StructParent is not in the ParentTree");
    if (parent.getObjGen() != owner->second->handle.getObjGen()) fault(checkpoint, "the ParentTree gives an annotation to another element than the one that holds it");
  }

  Document& document_;
  Faults& faults_;
  std::optional<QPDFNumberTreeObjectHelper> parents_;
  std::map<QPDFObjGen, const Element*> owners_;
  std::set<QPDFObjGen> seen_;
  std::string where_ = "structure";
};

}  // namespace

void check_annotations(Document& document, Faults& faults) { AnnotationCheck(document, faults).run(); }

}  // namespace handout::inspect
