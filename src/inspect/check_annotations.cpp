#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "inspect/check_parts.h"

namespace handout::inspect {

namespace {

// Subtypes of ISO 32000-1, table 169, that ISO 19005-2, 6.3.1 permits.
constexpr std::array<std::string_view, 22> kPermitted{
    "Text",      "Link",  "FreeText", "Line", "Square", "Circle",         "Polygon", "PolyLine",    "Highlight", "Underline", "Squiggly",
    "StrikeOut", "Stamp", "Caret",    "Ink",  "Popup",  "FileAttachment", "Widget",  "PrinterMark", "TrapNet",   "Watermark", "Redact"};
constexpr std::array<std::string_view, 5> kOthers{"3D", "Movie", "RichMedia", "Screen", "Sound"};

// ISO 32000-1, table 165.
constexpr long long kInvisible = 1, kHidden = 2, kPrint = 4, kNoView = 32, kToggleNoView = 256;

std::size_t length_of(QPDFObjectHandle array) { return array.isArray() ? static_cast<std::size_t>(array.getArrayNItems()) : 0; }

class AnnotationCheck {
 public:
  AnnotationCheck(Document& document, Scope scope, Faults& faults) : document_(document), scope_(scope), faults_(faults) {
    // What is wrong with the tree itself is told where content is checked.
    Faults told;
    QPDFObjectHandle tree = document.pdf->getRoot().getKey("/StructTreeRoot").getKeyIfDict("/ParentTree");
    if (tree.isDictionary()) parents_ = read_number_tree(tree, told);
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
    if (scope_ == Scope::Archive) return;
    where_ = "structure";
    for (const auto& [object, owner] : owners_) {
      if (!seen_.contains(object)) fault("PDF 14.7.4.3", owner->role + " refers to object " + object.unparse(' ') + ", which is no annotation of a page");
    }
    for (const auto& [key, entry] : parents_) {
      if (QPDFObjectHandle(entry).isDictionary() && !keys_.contains(key)) fault("PDF 14.7.4.4", "ParentTree key " + std::to_string(key) + " is that of no annotation");
    }
  }

 private:
  void fault(std::string_view numbers, std::string_view text) { add_fault(faults_, numbers, where_ + ": " + std::string(text)); }

  void check_page(QPDFObjectHandle page) {
    QPDFObjectHandle annotations = page.getKey("/Annots");
    if (length_of(annotations) == 0) return;
    for (QPDFObjectHandle& annotation : annotations.getArrayAsVector()) {
      if (!annotation.isDictionary()) {
        fault("PDF 12.5.2", "an annotation is no dictionary");
        continue;
      }
      seen_.insert(annotation.getObjGen());
      const std::string kind = name_of(annotation.getKey("/Subtype"));
      check_appearance(annotation, kind);
      if (scope_ == Scope::Tagged) check_owner(annotation, kind);
    }
    QPDFObjectHandle tabs = page.getKey("/Tabs");
    if (scope_ == Scope::Archive) return;
    if (!tabs.isName()) fault("28-008", "has annotations but no Tabs");
    else if (tabs.getName() != "/S") fault("28-009", "Tabs is " + tabs.getName() + ", expected /S");
  }

  // ---- ISO 19005-2, 6.3 ----

  void check_appearance(QPDFObjectHandle annotation, const std::string& kind) {
    if (std::ranges::find(kPermitted, kind) == kPermitted.end()) fault("A 6.3.1-1", "an annotation of type " + kind);
    if (kind == "Widget") fault("H-01", "a form field");
    QPDFObjectHandle flags = annotation.getKey("/F"), looks = annotation.getKey("/AP");
    if (!flags.isInteger() && kind != "Popup") fault("A 6.3.2-1", kind + " has no F");
    if (flags.isInteger()) {
      const long long bits = flags.getIntValue();
      const bool shown = (bits & kPrint) != 0 && (bits & (kInvisible | kHidden | kNoView | kToggleNoView)) == 0;
      if (!shown) fault("A 6.3.2-2", kind + ": F is " + std::to_string(bits) + ", expected Print and nothing that hides");
    }
    QPDFObjectHandle place = annotation.getKey("/Rect");
    if (!place.isRectangle()) return fault("PDF 12.5.2", kind + " has no Rect");
    const QPDFObjectHandle::Rectangle r = place.getArrayAsRectangle();
    const bool empty = std::abs(r.urx - r.llx) == 0 && std::abs(r.ury - r.lly) == 0;
    if (looks.isNull()) {
      if (!empty && kind != "Popup" && kind != "Link") fault("A 6.3.3-1", kind + " has no appearance");
      return;
    }
    if (!looks.isDictionary() || looks.getKeys() != std::set<std::string>{"/N"}) fault("A 6.3.3-2", kind + ": the appearance is not N alone");
    if (kind != "Widget" && !looks.getKeyIfDict("/N").isStream()) fault("A 6.3.3-4", kind + ": the appearance is no stream");
  }

  // ---- ISO 14289-1, 7.18 ----

  void check_owner(QPDFObjectHandle annotation, const std::string& kind) {
    const auto found = owners_.find(annotation.getObjGen());
    const Element* owner = found == owners_.end() ? nullptr : found->second;
    const std::string role = owner ? owner->role : "no element";
    if (kind == "TrapNet") fault("28-007", "a trap network");
    if (std::ranges::find(kPermitted, kind) == kPermitted.end() && std::ranges::find(kOthers, kind) == kOthers.end()) fault("28-006", "an annotation of unknown type " + kind);
    if (kind == "PrinterMark") {
      if (owner) fault("28-017", "a printer's mark belongs to " + role);
      return;
    }
    if (kind == "Link" && role != "Link") fault("28-011, UA 7.18.5-1", "a link belongs to " + role + ", expected Link");
    else if (kind == "Widget" && role != "Form") fault("28-010", "a form field belongs to " + role + ", expected Form");
    else if (kind != "Link" && kind != "Widget" && role != "Annot") fault("28-002", kind + " belongs to " + role + ", expected Annot");
    check_words(annotation, kind, owner);
    if (owner) check_parent(annotation, *owner);
  }

  void check_words(QPDFObjectHandle annotation, const std::string& kind, const Element* owner) {
    const auto has = [](QPDFObjectHandle dict, const char* key) { return dict.getKey(key).isString() && !is_blank(dict.getKey(key).getUTF8Value()); };
    const bool contents = has(annotation, "/Contents");
    if (kind == "Link" && !contents) fault("28-012", "a link has no Contents");
    if (kind != "Link" && kind != "Widget" && !contents && !(owner && has(owner->handle, "/Alt"))) fault("28-004", kind + " has neither Contents nor Alt");
  }

  void check_parent(QPDFObjectHandle annotation, const Element& owner) {
    QPDFObjectHandle number = annotation.getKey("/StructParent");
    if (!number.isInteger()) return fault("PDF 14.7.4.4", "an annotation has no StructParent");
    const auto parent = parents_.find(number.getIntValue());
    if (!keys_.insert(number.getIntValue()).second) fault("PDF 14.7.4.4", "two annotations have the same StructParent");
    if (parent == parents_.end()) return fault("PDF 14.7.4.4", "an annotation's StructParent is not in the ParentTree");
    if (parent->second.getObjGen() != QPDFObjectHandle(owner.handle).getObjGen()) fault("PDF 14.7.4.4", "the ParentTree gives an annotation to another element than the one that holds it");
  }

  Document& document_;
  Scope scope_;
  Faults& faults_;
  std::map<long long, QPDFObjectHandle> parents_;
  std::map<QPDFObjGen, const Element*> owners_;
  std::set<QPDFObjGen> seen_;
  std::set<long long> keys_;
  std::string where_;
};

}  // namespace

void check_annotations(Document& document, Scope scope, Faults& faults) { AnnotationCheck(document, scope, faults).run(); }

}  // namespace handout::inspect
