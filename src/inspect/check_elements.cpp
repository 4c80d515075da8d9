#include <algorithm>
#include <array>
#include <set>

#include "inspect/check_tree.h"

namespace handout::inspect {

namespace {

// ISO 32000-1, 14.8.4.
constexpr std::array<std::string_view, 49> kStandard{
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private", "P", "H", "H1", "H2", "H3",
    "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry",
    "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"};

// What an element may hold, and where it may stand; an empty list is no rule (ISO 32000-1, tables 333 to 338).
struct Rule {
  std::string_view role, held, standing;  // numbers of what is broken
  std::vector<std::string_view> kids, parents;
};

std::vector<Rule> rules() {
  return {{"Table", "09-004, UA 7.2-3", "", {"Caption", "TR", "THead", "TBody", "TFoot"}, {}},
          {"THead", "09-004, UA 7.2-36", "09-004, UA 7.2-5", {"TR"}, {"Table"}},
          {"TBody", "09-004, UA 7.2-37", "09-004, UA 7.2-6", {"TR"}, {"Table"}},
          {"TFoot", "09-004, UA 7.2-38", "09-004, UA 7.2-7", {"TR"}, {"Table"}},
          {"TR", "09-004, UA 7.2-10", "09-004, UA 7.2-4", {"TH", "TD"}, {"Table", "THead", "TBody", "TFoot"}},
          {"TH", "", "09-004, UA 7.2-8", {}, {"TR"}},
          {"TD", "", "09-004, UA 7.2-9", {}, {"TR"}},
          {"L", "09-005, UA 7.2-19", "", {"Caption", "LI", "L"}, {}},
          {"LI", "09-005, UA 7.2-20", "09-005, UA 7.2-17", {"Lbl", "LBody"}, {"L"}},
          {"LBody", "", "09-005, UA 7.2-18", {}, {"LI"}},
          {"TOC", "09-006, UA 7.2-27", "", {"Caption", "TOC", "TOCI"}, {}},
          {"TOCI", "", "09-006, UA 7.2-26", {}, {"TOC"}},
          {"Ruby", "09-007", "", {"RB", "RT", "RP"}, {}},
          {"RB", "", "09-007", {}, {"Ruby"}},
          {"RT", "", "09-007", {}, {"Ruby"}},
          {"RP", "", "09-007", {}, {"Ruby"}},
          {"Warichu", "09-008", "", {"WT", "WP"}, {}},
          {"WT", "", "09-008", {}, {"Warichu"}},
          {"WP", "", "09-008", {}, {"Warichu"}}};
}

bool contains(const std::vector<std::string_view>& list, std::string_view word) { return std::ranges::find(list, word) != list.end(); }

class ElementCheck {
 public:
  ElementCheck(Document& document, Faults& faults) : document_(document), elements_(document.structure.elements), tree_(elements_), faults_(faults) {}

  void run() {
    if (!elements_.empty() && (document_.structure.roots.size() != 1 || elements_.front().role != "Document")) fault("H-09", "the structure tree's root is not one Document");
    for (std::size_t i = 0; i < elements_.size(); ++i) check(i);
    check_headings();
    const bool has_ids = std::ranges::any_of(elements_, [](Element& element) { return element.handle.hasKey("/ID"); });
    if (has_ids && !document_.pdf->getRoot().getKey("/StructTreeRoot").getKeyIfDict("/IDTree").isDictionary()) fault("PDF 14.7.2", "elements have IDs but there is no IDTree");
  }

 private:
  void fault(std::string_view numbers, const std::string& text) { add_fault(faults_, numbers, text); }

  std::string where(std::size_t i) const { return tree_.where(i); }

  template <typename Kind>
  bool has_kid(std::size_t i) const {
    return std::ranges::any_of(elements_[i].kids, [](const Element::Kid& kid) { return std::holds_alternative<Kind>(kid); });
  }

  void check(std::size_t i) {
    Element& element = elements_[i];
    if (!is_standard_type(element.role)) fault("02-001, A 6.7.3.4-1", where(i) + " is no standard type and is mapped to none");
    check_parent(i);
    check_rule(i);
    if (element.role == "Figure") check_figure(i);
    if (element.role == "Formula" && !has_text(i, "/Alt") && !element.handle.getKey("/ActualText").isString()) fault("17-002", where(i) + " has no Alt");
    if (element.role == "Link" && !has_kid<QPDFObjectHandle>(i)) fault("PDF 14.8.4.4.2", where(i) + " has no annotation");
    if (element.role == "Link" && !has_kid<MarkedKey>(i) && tree_.children(i).empty()) fault("PDF 14.8.4.4.2", where(i) + " has no content");
    if (element.role == "Note") check_note(i);
    if (element.role == "L") check_list(i);
    if (element.role == "TOC") check_caption(i, "09-006, UA 7.2-28");
    if (element.role == "Table") check_table(tree_, i, faults_);
    check_single_heading(i);
  }

  void check_parent(std::size_t i) {
    QPDFObjectHandle parent = elements_[i].handle.getKey("/P");
    if (!parent.isDictionary()) return fault("UA 7.1-12", where(i) + " has no P");
    QPDFObjectHandle holder = elements_[i].parent ? elements_[*elements_[i].parent].handle : document_.pdf->getRoot().getKey("/StructTreeRoot");
    if (parent.getObjGen() != holder.getObjGen()) fault("PDF 14.7.2", where(i) + ": P is not the element that holds it");
  }

  bool has_text(std::size_t i, const char* key) const {
    QPDFObjectHandle value = tree_.handle(i).getKey(key);
    return value.isString() && !is_blank(value.getUTF8Value());
  }

  void check_figure(std::size_t i) {
    if (!has_text(i, "/Alt") && !has_text(i, "/ActualText")) fault("13-004", where(i) + " has no Alt");
    // ISO 32000-1, 14.8.5.4.3: a figure on one page says where it is, for readers that reflow or magnify.
    QPDFObjectHandle box = tree_.attribute(i, "/Layout", "/BBox");
    if (!box.isRectangle()) return fault("PDF 14.8.5.4.3", where(i) + " has no BBox");
    const QPDFObjectHandle::Rectangle r = box.getArrayAsRectangle();
    if (r.urx <= r.llx || r.ury <= r.lly) fault("PDF 14.8.5.4.3", where(i) + ": its BBox is empty");
  }

  void check_rule(std::size_t i) {
    const auto rule = std::ranges::find(rules_, elements_[i].role, &Rule::role);
    if (rule == rules_.end()) return;
    if (!rule->kids.empty()) {
      for (const std::size_t child : tree_.children(i)) {
        if (!contains(rule->kids, elements_[child].role)) fault(rule->held, where(i) + " holds " + elements_[child].role);
      }
      if (has_kid<MarkedKey>(i)) fault(rule->held, where(i) + " holds content of its own");
    }
    if (rule->parents.empty()) return;
    const std::string_view parent = elements_[i].parent ? std::string_view(elements_[*elements_[i].parent].role) : "the root";
    if (!contains(rule->parents, parent)) fault(rule->standing, where(i) + " stands in " + std::string(parent));
  }

  void check_caption(std::size_t i, std::string_view numbers) {
    const std::vector<std::size_t> children = tree_.children(i);
    for (std::size_t k = 1; k < children.size(); ++k) {
      if (elements_[children[k]].role == "Caption") fault(numbers, where(i) + " has a caption that is not first");
    }
  }

  void check_note(std::size_t i) {
    const std::string id = tree_.id(i);
    if (id.empty()) fault("19-003", where(i) + " has no ID");
    else if (!note_ids_.insert(id).second) fault("19-004", where(i) + ": the ID is not its own");
  }

  void check_list(std::size_t i) {
    check_caption(i, "09-005, UA 7.2-40");
    bool items = false, labels = false;
    for (const std::size_t item : tree_.children(i)) {
      // ISO 32000-1 lets a list hold lists; readers count one as its item's only in the item's body.
      if (elements_[item].role == "L") fault("H-11", where(i) + " holds a list beside its items");
      if (elements_[item].role != "LI") continue;
      items = true;
      std::size_t bodies = 0;
      for (const std::size_t part : tree_.children(item)) {
        if (elements_[part].role == "LBody") ++bodies;
        if (elements_[part].role == "Lbl") labels = true;  // a definition may have several terms
      }
      if (bodies != 1) fault("09-005", where(item) + (bodies == 0 ? " has no LBody" : " has several LBody"));
    }
    if (!items) fault("09-005", where(i) + " has no LI");
    const std::string numbering = name_of(tree_.attribute(i, "/List", "/ListNumbering"));
    if (labels && numbering.empty()) fault("16-001", where(i) + " has labels but no ListNumbering");
    constexpr std::array<std::string_view, 9> kNumberings{"", "None", "Disc", "Circle", "Square", "Decimal", "UpperRoman", "LowerRoman", "UpperAlpha"};
    if (std::ranges::find(kNumberings, numbering) == kNumberings.end() && numbering != "LowerAlpha") fault("16-002", where(i) + ": ListNumbering is " + numbering);
  }

  // ---- headings ----

  void check_single_heading(std::size_t i) {
    const std::vector<std::size_t> children = tree_.children(i);
    if (std::ranges::count_if(children, [&](std::size_t child) { return elements_[child].role == "H"; }) > 1) fault("14-006, UA 7.4.4-1", where(i) + " holds two H");
  }

  void check_headings() {
    int previous = 0;
    bool plain = false;
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      const std::string& role = elements_[i].role;
      plain = plain || role == "H";
      if (role.size() != 2 || role[0] != 'H' || role[1] < '1' || role[1] > '6') continue;
      const int level = role[1] - '0';
      if (previous == 0 && level != 1) fault("14-002", where(i) + " is the first heading, expected H1");
      else if (level > previous + 1) fault("14-003", where(i) + " follows H" + std::to_string(previous));
      previous = level;
    }
    if (plain && previous > 0) fault("14-007, UA 7.4.4-2", "headings are both H and H1 to H6");
  }

  Document& document_;
  std::vector<Element>& elements_;
  TreeView tree_;
  Faults& faults_;
  const std::vector<Rule> rules_ = rules();
  std::set<std::string> note_ids_;
};

}  // namespace

std::vector<std::size_t> TreeView::children(std::size_t i) const {
  std::vector<std::size_t> result;
  for (const Element::Kid& kid : elements_[i].kids) {
    if (const auto* child = std::get_if<std::size_t>(&kid)) result.push_back(*child);
  }
  return result;
}

QPDFObjectHandle TreeView::attribute(std::size_t i, const char* owner, const char* key) const {
  QPDFObjectHandle attributes = handle(i).getKey("/A");
  for (QPDFObjectHandle& candidate : attributes.isArray() ? attributes.getArrayAsVector() : std::vector<QPDFObjectHandle>{attributes}) {
    if (candidate.isDictionary() && candidate.getKey("/O").isNameAndEquals(owner) && candidate.hasKey(key)) return candidate.getKey(key);
  }
  return QPDFObjectHandle::newNull();
}

std::string TreeView::id(std::size_t i) const {
  QPDFObjectHandle id = handle(i).getKey("/ID");
  return id.isString() ? id.getStringValue() : std::string();
}

bool is_standard_type(std::string_view role) { return std::ranges::find(kStandard, role) != kStandard.end(); }

void check_elements(Document& document, Faults& faults) { ElementCheck(document, faults).run(); }

}  // namespace handout::inspect
