#pragma once

#include "inspect/check_parts.h"

namespace handout::inspect {

// The structure tree as checks of elements look at it.
class TreeView {
 public:
  explicit TreeView(const std::vector<Element>& elements) : elements_(elements) {}

  [[nodiscard]] const std::string& role(std::size_t i) const { return elements_[i].role; }
  [[nodiscard]] QPDFObjectHandle handle(std::size_t i) const { return elements_[i].handle; }
  [[nodiscard]] std::string where(std::size_t i) const { return role(i) + " (object " + elements_[i].handle.getObjGen().unparse(' ') + ")"; }
  [[nodiscard]] std::vector<std::size_t> children(std::size_t i) const;
  // An entry of an attribute dictionary with that owner; null when there is none.
  [[nodiscard]] QPDFObjectHandle attribute(std::size_t i, const char* owner, const char* key) const;
  [[nodiscard]] std::string id(std::size_t i) const;

 private:
  const std::vector<Element>& elements_;
};

bool is_standard_type(std::string_view role);

// Regular rows, spans, header cells that reach every data cell (ISO 14289-1, 7.2 and 7.5).
void check_table(const TreeView& tree, std::size_t table, Faults& faults);

}  // namespace handout::inspect
