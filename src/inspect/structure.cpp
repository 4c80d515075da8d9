#include <array>
#include <set>

#include "inspect/check_tree.h"

namespace handout::inspect {

namespace {

constexpr int kDeepestElement = 200;

class StructureReader {
 public:
  explicit StructureReader(QPDFObjectHandle root) : role_map_(root.getKeyIfDict("/RoleMap")) {
    if (!role_map_.isDictionary()) return;
    for (const std::string& key : role_map_.getKeys()) {
      if (is_standard_type(key.substr(1))) fault("02-004, A 6.7.3.4-3", "the role map gives the standard type " + key.substr(1) + " another role");
    }
  }

  Structure run(QPDFObjectHandle root) {
    each_kid(root.getKeyIfDict("/K"), [&](QPDFObjectHandle kid) {
      if (const auto index = read(kid, std::nullopt, 0)) structure_.roots.push_back(*index);
    });
    return std::move(structure_);
  }

 private:
  template <typename Visit>
  static void each_kid(QPDFObjectHandle kids, const Visit& visit) {
    if (kids.isArray()) {
      for (QPDFObjectHandle& kid : kids.getArrayAsVector()) visit(kid);
    } else if (!kids.isNull()) {
      visit(kids);
    }
  }

  void fault(std::string_view checkpoint, std::string_view text) { structure_.faults.push_back(std::string(checkpoint) + ": " + std::string(text)); }

  std::string standard_role(const std::string& own) {
    std::string role = own;
    for (int step = 0; step < 20; ++step) {
      QPDFObjectHandle mapped = role_map_.getKeyIfDict("/" + role);
      if (!mapped.isName()) return role;
      role = mapped.getName().substr(1);
    }
    fault("02-003, A 6.7.3.4-2", "the role map goes in a circle from " + own);
    return own;
  }

  std::optional<std::size_t> read(QPDFObjectHandle handle, std::optional<std::size_t> parent, int depth) {
    if (!handle.isDictionary() || !handle.getKey("/S").isName()) {
      fault("PDF 14.7.2", "a structure element without a type");
      return std::nullopt;
    }
    if (depth > kDeepestElement || (handle.isIndirect() && !seen_.insert(handle.getObjGen()).second)) {
      fault("PDF 14.7.2", "element " + handle.getObjGen().unparse(' ') + " is in the tree twice or too deep");
      return std::nullopt;
    }
    const std::size_t index = structure_.elements.size();
    structure_.elements.push_back({handle, standard_role(handle.getKey("/S").getName().substr(1)), parent, {}});
    QPDFObjectHandle page = handle.getKey("/Pg");
    each_kid(handle.getKey("/K"), [&](QPDFObjectHandle kid) { add_kid(index, page, kid, depth); });
    return index;
  }

  void add_kid(std::size_t index, QPDFObjectHandle page, QPDFObjectHandle kid, int depth) {
    std::optional<Element::Kid> added;
    if (kid.isInteger()) {
      added = MarkedKey{page.getObjGen(), kid.getIntValue()};
    } else if (kid.isDictionaryOfType("/MCR")) {
      QPDFObjectHandle stream = kid.hasKey("/Stm") ? kid.getKey("/Stm") : kid.hasKey("/Pg") ? kid.getKey("/Pg") : page;
      QPDFObjectHandle mcid = kid.getKey("/MCID");
      if (mcid.isInteger()) added = MarkedKey{stream.getObjGen(), mcid.getIntValue()};
      else fault("PDF 14.7.4.2", "a marked-content reference without MCID");
    } else if (kid.isDictionaryOfType("/OBJR")) {
      added = kid.getKey("/Obj");
    } else if (const auto child = read(kid, index, depth + 1)) {
      added = *child;
    }
    if (added) structure_.elements[index].kids.push_back(std::move(*added));
  }

  QPDFObjectHandle role_map_;
  std::set<QPDFObjGen> seen_;
  Structure structure_;
};

}  // namespace

Structure read_structure(QPDF& pdf) {
  QPDFObjectHandle root = pdf.getRoot().getKey("/StructTreeRoot");
  if (!root.isDictionary()) return {};
  return StructureReader(root).run(root);
}

}  // namespace handout::inspect
