#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <variant>

#include "mailings/reader.h"

// `extends`: one mailing over another.
namespace handout::mailings {
namespace {

enum class How : std::uint8_t {
  Attributes,  // there is one: an attribute of its own takes the place of the base's, and so do children
  Whole,       // those of the base go when it has any of its own
  ByName,      // one of its own takes the place of that with the same name; others are added
  Merged,      // the same, but what it doesn't say is as in the base's
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

// Attributes of a base that its own element makes void: `attribute` goes when `own` says something that it does not go with. None of `with`: it goes with nothing that `own` may say.
struct Void { std::string_view element, attribute, own; std::array<std::string_view, 2> with{}; };
constexpr std::array<Void, 9> kVoid{{{"locale", "fixed", "choose", {"fixed"}},
                                     {"ledger", "key-file", "key", {"hashed"}},
                                     {"recipients", "separator", "format", {"csv", "auto"}},
                                     {"recipients", "identifier-system", "format", {"fhir", "auto"}},
                                     // A value for everybody and one of a column are one thing said in two ways.
                                     {"field", "from", "value"},
                                     {"field", "default", "value"},
                                     {"field", "value", "from"},
                                     {"field", "value", "default"},
                                     {"field", "choices", "type", {"choice"}}}};

bool is_void(const xml::Attribute& of_base, const xml::Element& own) {
  return std::any_of(kVoid.begin(), kVoid.end(), [&](const Void& each) {
    return each.element == own.name && each.attribute == of_base.name && own.find(each.own) != nullptr && std::find(each.with.begin(), each.with.end(), own.value(each.own)) == each.with.end();
  });
}

xml::Element added(const xml::Element& base, const xml::Element& own) {
  xml::Element result = own;
  result.children.insert(result.children.begin(), base.children.begin(), base.children.end());
  return result;
}

// Which columns are what, as one file says it: fields say it too, by `from`.
class ColumnsSaid {
 public:
  explicit ColumnsSaid(const xml::Element& root) {
    for (const xml::Element* list : children(root, "recipients")) {
      for (const xml::Element* each : children(*list, "column")) {
        by_column_.emplace(each->value("to"));
        columns_.emplace(each->value("name"));
      }
      for (const xml::Element* each : children(*list, "ignore")) ignored_.emplace(each->value("column"));
    }
    for (const xml::Element* each : children(root, "field")) {
      if (each->find("from") == nullptr) continue;
      by_from_.emplace(each->value("name"));
      columns_.emplace(each->value("from"));
    }
  }

  // What it leaves of a base: nothing that says something else of the same column, or names another one for the same value.
  [[nodiscard]] xml::Element left_of(xml::Element base) const {
    for (xml::Node& node : base.children) {
      auto* const element = std::get_if<xml::Element>(&node.value);
      if (element != nullptr && element->name == "recipients") std::erase_if(element->children, [&](const xml::Node& each) { return each.element() != nullptr && contradicts(*each.element()); });
      if (element != nullptr && element->name == "field" && by_column_.contains(element->value("name"))) std::erase_if(element->attributes, [](const xml::Attribute& each) { return each.name == "from"; });
    }
    return base;
  }

 private:
  using Names = std::set<std::string, std::less<>>;

  [[nodiscard]] bool contradicts(const xml::Element& of_list) const {
    if (of_list.name == "ignore") return columns_.contains(of_list.value("column"));
    return of_list.name == "column" && (by_column_.contains(of_list.value("to")) || by_from_.contains(of_list.value("to")) || ignored_.contains(of_list.value("name")));
  }

  Names by_column_, by_from_, columns_, ignored_;
};

xml::Element laid_over(const xml::Element& base, const xml::Element& own) {
  xml::Element result = own;
  for (const xml::Attribute& each : base.attributes) {
    if (own.find(each.name) == nullptr && !is_void(each, own)) result.attributes.push_back(each);
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
    else result.children.push_back({laid_over(*element, *same->element())});
  }
  for (const xml::Node& node : own.children) {
    const xml::Element* element = node.element();
    if (element == nullptr) continue;
    const bool put = rule_of(element->name).how != How::Whole && std::any_of(base.children.begin(), base.children.end(), [&](const xml::Node& each) { return each.element() != nullptr && is_same(*each.element(), *element); });
    if (!put) result.children.push_back(node);
  }
  return result;
}

}  // namespace

xml::Element overlay(const xml::Element& base, const xml::Element& own) { return laid_over(ColumnsSaid(own).left_of(base), own); }

}  // namespace handout::mailings
