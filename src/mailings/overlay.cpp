#include <algorithm>
#include <array>

#include "mailings/reader.h"

// `extends`: one mailing over another.
namespace handout::mailings {
namespace {

enum class How : std::uint8_t {
  Attributes,  // there is one: an attribute of its own takes the place of the base's, and so do children
  Whole,       // those of the base go when it has any of its own
  ByName,      // one of its own takes the place of that with the same name; others are added
  Added        // there is one: its own children stand behind those of the base
};

struct Rule {
  std::string_view element;
  How how;
  std::string_view name;  // the attribute that says which it is
};

// Every other element: Attributes.
constexpr std::array<Rule, 7> kRules{{{"article", How::Whole, ""}, {"date", How::Whole, ""}, {"filter", How::Added, ""}, {"field", How::ByName, "name"}, {"suppression", How::ByName, "file"}, {"column", How::ByName, "name"}, {"ignore", How::ByName, "column"}}};

Rule rule_of(std::string_view element) {
  const auto* found = std::find_if(kRules.begin(), kRules.end(), [&](const Rule& rule) { return rule.element == element; });
  return found != kRules.end() ? *found : Rule{element, How::Attributes, ""};
}

bool is_same(const xml::Element& a, const xml::Element& b) {
  const Rule rule = rule_of(a.name);
  return a.name == b.name && (rule.how != How::ByName || a.value(rule.name) == b.value(rule.name));
}

bool has(const xml::Element& parent, std::string_view name) { return child(parent, name) != nullptr; }

xml::Element added(const xml::Element& base, const xml::Element& own) {
  xml::Element result = own;
  result.children.insert(result.children.begin(), base.children.begin(), base.children.end());
  return result;
}

}  // namespace

xml::Element overlay(const xml::Element& base, const xml::Element& own) {
  xml::Element result = own;
  for (const xml::Attribute& each : base.attributes) {
    if (own.find(each.name) == nullptr) result.attributes.push_back(each);
  }
  result.children.clear();
  for (const xml::Node& node : base.children) {
    const xml::Element* element = node.element();
    if (element == nullptr) continue;
    if (rule_of(element->name).how == How::Whole) {
      if (!has(own, element->name)) result.children.push_back(node);
      continue;
    }
    const auto same = std::find_if(own.children.begin(), own.children.end(), [&](const xml::Node& each) { return each.element() != nullptr && is_same(*each.element(), *element); });
    if (same == own.children.end()) result.children.push_back(node);
    else if (rule_of(element->name).how == How::ByName) result.children.push_back(*same);
    else if (rule_of(element->name).how == How::Added) result.children.push_back({added(*element, *same->element())});
    else result.children.push_back({overlay(*element, *same->element())});
  }
  for (const xml::Node& node : own.children) {
    const xml::Element* element = node.element();
    if (element == nullptr) continue;
    const bool put = rule_of(element->name).how != How::Whole && std::any_of(base.children.begin(), base.children.end(), [&](const xml::Node& each) { return each.element() != nullptr && is_same(*each.element(), *element); });
    if (!put) result.children.push_back(node);
  }
  return result;
}

}  // namespace handout::mailings
