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
  Merged,      // the same, and what it doesn't say the base's says
  Added        // there is one: its own children stand behind those of the base
};

struct Rule {
  std::string_view element;
  How how;
  std::string_view name;  // the attribute that says which it is
  std::string_view also = {}, usual = {};  // another one, and its value where it is not written
};

// Every other element: Attributes.
constexpr std::array<Rule, 7> kRules{{{"article", How::Whole, ""}, {"date", How::Whole, ""}, {"filter", How::Added, ""}, {"field", How::Merged, "name"}, {"suppression", How::ByName, "file", "by", "key"}, {"column", How::ByName, "name"}, {"ignore", How::ByName, "column"}}};

Rule rule_of(std::string_view element) {
  const auto* found = std::find_if(kRules.begin(), kRules.end(), [&](const Rule& rule) { return rule.element == element; });
  return found != kRules.end() ? *found : Rule{element, How::Attributes, ""};
}

bool is_same(const xml::Element& a, const xml::Element& b) {
  const Rule rule = rule_of(a.name);
  if (a.name != b.name) return false;
  if (rule.how != How::ByName && rule.how != How::Merged) return true;
  const auto also = [&](const xml::Element& each) { return rule.also.empty() || each.find(rule.also) == nullptr ? rule.usual : each.value(rule.also); };
  return a.value(rule.name) == b.value(rule.name) && also(a) == also(b);
}

bool has(const xml::Element& parent, std::string_view name) { return child(parent, name) != nullptr; }

// A value for everybody and one of a column are one thing said in two ways, and choices are of the type.
xml::Element merged_field(xml::Element base, const xml::Element& own) {
  const auto says = [&](std::string_view name) { return own.find(name) != nullptr; };
  std::erase_if(base.attributes, [&](const xml::Attribute& each) {
    if (each.name == "from" || each.name == "default") return says("value");
    if (each.name == "value") return says("from") || says("default");
    return each.name == "choices" && says("type") && own.value("type") != "choice";
  });
  return overlay(base, own);
}

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
    else if (rule_of(element->name).how == How::Merged) result.children.push_back({merged_field(*element, *same->element())});
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
