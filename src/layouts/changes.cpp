#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "layouts/prepare.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

constexpr std::size_t kMostListed = 24;

xml::Element* as_element(xml::Node& node) { return std::get_if<xml::Element>(&node.value); }

xml::Element* child_of(xml::Element& parent, std::string_view name) {
  for (xml::Node& node : parent.children) {
    if (xml::Element* element = as_element(node); element != nullptr && element->name == name) return element;
  }
  return nullptr;
}

// The ids of phrases and notices name what stands elsewhere.
std::string_view id_of(const xml::Element& element) { return element.name == "phrase" || element.name == "notice" ? std::string_view() : element.value("id"); }

// An element and where it stands.
struct Target {
  xml::Element* parent = nullptr;
  std::size_t index = 0;
  [[nodiscard]] xml::Element& element() const { return *as_element(parent->children[index]); }
};

void find_targets(xml::Element& parent, std::string_view id, std::vector<Target>& found) {
  for (std::size_t i = 0; i < parent.children.size(); ++i) {
    xml::Element* element = as_element(parent.children[i]);
    if (element == nullptr) continue;
    if (id_of(*element) == id) found.push_back({&parent, i});
    find_targets(*element, id, found);
  }
}

void list_ids(xml::Element& parent, std::set<std::string>& ids) {
  for (xml::Node& node : parent.children) {
    xml::Element* element = as_element(node);
    if (element == nullptr) continue;
    if (const std::string_view id = id_of(*element); !id.empty()) ids.emplace(id);
    list_ids(*element, ids);
  }
}

// What of the layouts below counts: the nearest body, and for each kind of pages the nearest header, footer and region of a name.
std::vector<xml::Element*> inherited(std::vector<xml::Element>& roots, std::size_t count) {
  std::map<std::string, xml::Element*> nearest;
  for (std::size_t i = 0; i < count; ++i) {
    for (xml::Node& node : roots[i].children) {
      xml::Element* element = as_element(node);
      if (element == nullptr) continue;
      if (element->name == "body") nearest["body"] = element;
      if (element->name != "page") continue;
      const std::string_view on = element->find("on") != nullptr ? element->value("on") : "all";
      for (xml::Node& inside : element->children) {
        if (xml::Element* band = as_element(inside)) nearest[fmt::format("{} {} {}", on, band->name, band->value("name"))] = band;
      }
    }
  }
  std::vector<xml::Element*> result;
  for (const auto& [name, element] : nearest) result.push_back(element);
  return result;
}

class Changer {
 public:
  Changer(std::vector<xml::Element*> places, Diagnostics& diags) : places_(std::move(places)), diags_(diags) {}

  void make(xml::Element& change) {
    const xml::Attribute* id = change.find("id");
    if (id == nullptr) return;  // validate tells it
    const std::string_view where = change.find("where") != nullptr ? change.value("where") : "replace";
    auto items = take_items(change);
    if (where == "remove" && !items.empty()) diags_.error(change.at, "<change where=\"remove\"> holds items; expected none").hint("where=\"replace\" puts them in the place of what is there").meaning();
    if (where != "remove" && items.empty()) diags_.error(change.at, fmt::format("<change> to {} holds no items", where == "replace" ? "replace" : fmt::format("add ({})", where))).hint("where=\"remove\" takes away what is there").meaning();
    if ((where == "remove") != items.empty()) return;
    if (const auto target = find(*id)) apply(*target, where, std::move(items), change);
  }

 private:
  // They are validated where they come to stand.
  static std::vector<xml::Node> take_items(xml::Element& change) {
    std::vector<xml::Node> items;
    for (xml::Node& node : change.children) {
      if (as_element(node) != nullptr) items.push_back(std::move(node));
    }
    std::erase_if(change.children, [](const xml::Node& node) { return node.element() != nullptr; });
    return items;
  }

  std::optional<Target> find(const xml::Attribute& id) {
    std::vector<Target> found;
    for (xml::Element* place : places_) find_targets(*place, id.value, found);
    if (found.size() == 1) return found.front();
    if (!found.empty()) {
      diags_.error(id.value_at, fmt::format("id '{}' stands in {} places of what is inherited; expected one", xml::excerpt(id.value), found.size()))
          .hint(fmt::format("two of them stand at {} and {}", to_text(found[0].element().at), to_text(found[1].element().at))).meaning();
      return std::nullopt;
    }
    std::set<std::string> ids;
    for (xml::Element* place : places_) list_ids(*place, ids);
    const std::vector<std::string_view> names(ids.begin(), ids.end());
    const std::vector<std::string_view> listed(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMostListed)));
    diags_.error(id.value_at, fmt::format("nothing inherited has the id '{}'{}", xml::excerpt(id.value), did_you_mean(id.value, names)))
        .hint(names.empty() ? "what is inherited has no ids" : fmt::format("there are {}{}", fmt::join(listed, ", "), names.size() > listed.size() ? fmt::format(" and {} more", names.size() - listed.size()) : "")).meaning();
    return std::nullopt;
  }

  void apply(const Target& target, std::string_view where, std::vector<xml::Node> items, const xml::Element& change) {
    std::vector<xml::Node>& around = target.parent->children;
    const auto at = static_cast<std::ptrdiff_t>(target.index);
    if (where == "start" || where == "end") {
      std::vector<xml::Node>& inside = target.element().children;
      inside.insert(where == "start" ? inside.begin() : inside.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
      return;
    }
    const auto others = std::count_if(around.begin(), around.end(), [](const xml::Node& node) { return node.element() != nullptr; }) - 1;
    if (where == "remove" && others == 0 && (target.parent->name == "row" || target.parent->name == "body")) {
      diags_.error(change.at, fmt::format("<change> would leave <{}> empty", target.parent->name)).hint(target.parent->name == "row" ? "remove the row" : "write a <body> of its own").meaning();
      return;
    }
    if (where == "replace" || where == "remove") around.erase(around.begin() + at);
    around.insert(around.begin() + at + (where == "after" ? 1 : 0), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
  }

  std::vector<xml::Element*> places_;
  Diagnostics& diags_;
};

}  // namespace

void make_changes(std::vector<xml::Element>& roots, std::size_t count, Diagnostics& diags) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto changes = children(roots[i], "change");
    if (changes.empty()) continue;
    if (roots[i].find("extends") == nullptr) {
      diags.error(changes.front()->at, "<change> in a layout that extends none").hint("it changes what is inherited").meaning();
      continue;
    }
    if (child_of(roots[i], "body") != nullptr) {
      diags.error(changes.front()->at, "<change> beside a <body>").hint("a layout with a body of its own inherits none: change that body, or leave it out").meaning();
      continue;
    }
    Changer changer(inherited(roots, i), diags);
    for (xml::Node& node : roots[i].children) {
      if (xml::Element* element = as_element(node); element != nullptr && element->name == "change") changer.make(*element);
    }
  }
}

}  // namespace handout::layouts
