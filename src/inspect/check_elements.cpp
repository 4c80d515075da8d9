#include <algorithm>
#include <array>
#include <set>

#include "inspect/document.h"

namespace handout::inspect {

namespace {

constexpr std::array<std::string_view, 50> kStandard{
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private", "P", "H", "H1", "H2", "H3",
    "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry",
    "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form", "Artifact"};

// What an element may hold, and where it may stand; an empty list is no rule (ISO 32000-1, tables 334 to 337).
struct Rule {
  std::string_view role, checkpoint;
  std::vector<std::string_view> kids, parents;
};

std::vector<Rule> rules() {
  return {{"Table", "09-004", {"Caption", "TR", "THead", "TBody", "TFoot"}, {}},
          {"THead", "09-004", {"TR"}, {"Table"}},
          {"TBody", "09-004", {"TR"}, {"Table"}},
          {"TFoot", "09-004", {"TR"}, {"Table"}},
          {"TR", "09-004", {"TH", "TD"}, {"Table", "THead", "TBody", "TFoot"}},
          {"TH", "09-004", {}, {"TR"}},
          {"TD", "09-004", {}, {"TR"}},
          {"L", "09-005", {"Caption", "LI", "L"}, {}},
          {"LI", "09-005", {"Lbl", "LBody"}, {"L"}},
          {"LBody", "09-005", {}, {"LI"}},
          {"TOC", "09-006", {"Caption", "TOC", "TOCI"}, {}},
          {"TOCI", "09-006", {}, {"TOC"}}};
}

bool contains(const std::vector<std::string_view>& list, std::string_view word) { return std::ranges::find(list, word) != list.end(); }

class ElementCheck {
 public:
  ElementCheck(Document& document, Faults& faults) : elements_(document.structure.elements), roots_(document.structure.roots), faults_(faults) {}

  void run() {
    if (!elements_.empty() && (roots_.size() != 1 || elements_.front().role != "Document")) fault("01-006", "the structure tree's root is not one Document");
    for (std::size_t i = 0; i < elements_.size(); ++i) check(i);
    check_headings();
  }

 private:
  void fault(std::string_view checkpoint, const std::string& text) { faults_.push_back(std::string(checkpoint) + ": " + text); }

  std::string where(std::size_t i) const { return elements_[i].role + " (object " + elements_[i].handle.getObjGen().unparse(' ') + ")"; }

  std::vector<std::size_t> children(std::size_t i) const {
    std::vector<std::size_t> result;
    for (const Element::Kid& kid : elements_[i].kids) {
      if (const auto* child = std::get_if<std::size_t>(&kid)) result.push_back(*child);
    }
    return result;
  }

  // A link's or a reference's annotation is no text.
  bool has_own_content(std::size_t i) const {
    return std::ranges::any_of(elements_[i].kids, [](const Element::Kid& kid) { return std::holds_alternative<MarkedKey>(kid); });
  }

  void check(std::size_t i) {
    Element& element = elements_[i];
    if (std::ranges::find(kStandard, element.role) == kStandard.end()) fault("02-001", where(i) + " is no standard type and is mapped to none");
    if (element.parent) {
      QPDFObjectHandle parent = element.handle.getKey("/P");
      if (parent.getObjGen() != elements_[*element.parent].handle.getObjGen()) fault("01-006", where(i) + ": P is not the element that holds it");
    }
    check_rule(i);
    if (element.role == "Figure" && !has_text(element.handle, "/Alt") && !has_text(element.handle, "/ActualText")) fault("13-004", where(i) + " has no Alt");
    if (element.role == "Formula" && !has_text(element.handle, "/Alt")) fault("17-002", where(i) + " has no Alt");
    if (element.role == "Link" && element.kids.size() == children(i).size()) fault("28-011", where(i) + " has neither text nor annotation");
    if (element.role == "Link" && !has_annotation(i)) fault("28-011", where(i) + " has no annotation");
    if (element.role == "Note") check_note(i);
    if (element.role == "L") check_list(i);
    if (element.role == "Table") check_table(i);
  }

  static bool has_text(QPDFObjectHandle handle, const char* key) {
    QPDFObjectHandle value = handle.getKey(key);
    return value.isString() && !value.getStringValue().empty();
  }

  bool has_annotation(std::size_t i) const {
    return std::ranges::any_of(elements_[i].kids, [](const Element::Kid& kid) { return std::holds_alternative<QPDFObjectHandle>(kid); });
  }

  void check_rule(std::size_t i) {
    const auto rule = std::ranges::find(rules_, elements_[i].role, &Rule::role);
    if (rule == rules_.end()) return;
    if (!rule->kids.empty()) {
      for (const std::size_t child : children(i)) {
        if (!contains(rule->kids, elements_[child].role)) fault(rule->checkpoint, where(i) + " holds " + elements_[child].role);
      }
      if (has_own_content(i)) fault(rule->checkpoint, where(i) + " holds content of its own");
    }
    if (rule->parents.empty()) return;
    const std::string_view parent = elements_[i].parent ? std::string_view(elements_[*elements_[i].parent].role) : "the root";
    if (!contains(rule->parents, parent)) fault(rule->checkpoint, where(i) + " stands in " + std::string(parent));
  }

  void check_note(std::size_t i) {
    QPDFObjectHandle id = elements_[i].handle.getKey("/ID");
    if (!id.isString()) fault("19-003", where(i) + " has no ID");
    else if (!note_ids_.insert(id.getStringValue()).second) fault("19-004", where(i) + ": the ID is not its own");
  }

  // ---- attributes ----

  QPDFObjectHandle attribute(std::size_t i, const char* owner, const char* key) const {
    QPDFObjectHandle attributes = elements_[i].handle;
    attributes = attributes.getKey("/A");
    std::vector<QPDFObjectHandle> all = attributes.isArray() ? attributes.getArrayAsVector() : std::vector<QPDFObjectHandle>{attributes};
    for (QPDFObjectHandle& candidate : all) {
      if (candidate.isDictionary() && candidate.getKey("/O").isNameAndEquals(owner) && candidate.hasKey(key)) return candidate.getKey(key);
    }
    return QPDFObjectHandle::newNull();
  }

  std::size_t span(std::size_t i, const char* key) const {
    QPDFObjectHandle value = attribute(i, "/Table", key);
    return value.isInteger() && value.getIntValue() >= 1 && value.getIntValue() < 1000 ? static_cast<std::size_t>(value.getIntValue()) : 1;
  }

  // ---- lists and tables ----

  void check_list(std::size_t i) {
    bool items = false, labels = false;
    for (const std::size_t item : children(i)) {
      if (elements_[item].role != "LI") continue;
      items = true;
      bool body = false;
      for (const std::size_t part : children(item)) {
        body = body || elements_[part].role == "LBody";
        labels = labels || elements_[part].role == "Lbl";
      }
      if (!body) fault("09-005", where(item) + " has no LBody");
    }
    if (!items) fault("09-005", where(i) + " has no LI");
    if (labels && !attribute(i, "/List", "/ListNumbering").isName()) fault("16-001", where(i) + " has labels but no ListNumbering");
  }

  std::vector<std::size_t> rows(std::size_t table) const {
    std::vector<std::size_t> result;
    for (const std::size_t child : children(table)) {
      if (elements_[child].role == "TR") result.push_back(child);
      else if (elements_[child].role != "Caption") std::ranges::copy_if(children(child), std::back_inserter(result), [&](std::size_t row) { return elements_[row].role == "TR"; });
    }
    return result;
  }

  void check_table(std::size_t table) {
    const std::vector<std::size_t> all = rows(table);
    if (all.empty()) return fault("09-004", where(table) + " has no row");
    std::vector<std::size_t> below;  // cells that reach into the rows to come, by length: rows left
    std::optional<std::size_t> columns;
    for (const std::size_t row : all) {
      std::size_t width = 0;
      for (std::size_t& left : below) {
        if (left == 0) continue;
        ++width;
        --left;
      }
      for (const std::size_t cell : children(row)) {
        const std::size_t wide = span(cell, "/ColSpan"), high = span(cell, "/RowSpan");
        width += wide;
        below.insert(below.end(), wide, high - 1);
        if (elements_[cell].role == "TH" && !attribute(cell, "/Table", "/Scope").isName()) fault("15-003", where(cell) + " has no Scope");
      }
      if (!columns) columns = width;
      if (width != *columns) fault("09-004", where(row) + " has " + std::to_string(width) + " columns, the table " + std::to_string(*columns));
    }
    if (std::ranges::any_of(below, [](std::size_t left) { return left > 0; })) fault("09-004", where(table) + ": a cell reaches below the last row");
  }

  // ---- headings ----

  void check_headings() {
    int previous = 0;
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      const std::string& role = elements_[i].role;
      if (role == "H") fault("14-007", where(i) + " is not numbered");
      if (role.size() != 2 || role[0] != 'H' || role[1] < '1' || role[1] > '6') continue;
      const int level = role[1] - '0';
      if (previous == 0 && level != 1) fault("14-002", where(i) + " is the first heading, expected H1");
      else if (level > previous + 1) fault("14-003", where(i) + " follows H" + std::to_string(previous));
      previous = level;
    }
  }

  std::vector<Element>& elements_;
  const std::vector<std::size_t>& roots_;
  Faults& faults_;
  const std::vector<Rule> rules_ = rules();
  std::set<std::string> note_ids_;
};

}  // namespace

void check_elements(Document& document, Faults& faults) { ElementCheck(document, faults).run(); }

}  // namespace handout::inspect
