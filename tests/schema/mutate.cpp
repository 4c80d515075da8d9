#include "schema/mutate.h"

#include <algorithm>

namespace handout::test {
namespace {

using xml::Attribute;
using xml::Element;
using xml::Node;

// A child element and who holds it; the root has no place.
struct Place {
  Element* parent = nullptr;
  std::size_t index = 0;
  [[nodiscard]] Element& element() const { return std::get<Element>(parent->children[index].value); }
};

void collect(Element& parent, std::vector<Place>& places) {
  for (std::size_t i = 0; i < parent.children.size(); ++i) {
    if (parent.children[i].element() == nullptr) continue;
    places.push_back({&parent, i});
    collect(std::get<Element>(parent.children[i].value), places);
  }
}

void collect(Element& element, std::vector<Element*>& elements) {
  elements.push_back(&element);
  for (Node& node : element.children) {
    if (node.element() != nullptr) collect(std::get<Element>(node.value), elements);
  }
}

std::string escaped(std::string_view text, bool quoted) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"' && quoted) out += "&quot;";
    else if ((c == '\n' || c == '\t' || c == '\r') && quoted) out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    else out += c;
  }
  return out;
}

bool is_number(char c) { return (c >= '0' && c <= '9') || c == '.'; }
bool is_unit(char c) { return (c >= 'a' && c <= 'z') || c == '%'; }

}  // namespace

std::string to_xml(const Element& element) {
  std::string text = "<" + element.name;
  for (const Attribute& each : element.attributes) text += " " + each.name + "=\"" + escaped(each.value, true) + "\"";
  if (element.children.empty()) return text + "/>";
  text += ">";
  for (const Node& node : element.children) text += node.text() != nullptr ? escaped(node.text()->text, false) : to_xml(*node.element());
  return text + "</" + element.name + ">";
}

Mutator::Mutation Mutator::mutate(const Element& root) {
  for (;;) {
    Mutation mutation{"", root};
    if (below(2) == 0 ? change_element(mutation.root, mutation.what) : change_attribute(mutation.root, mutation.what)) return mutation;
  }
}

std::string Mutator::misspelt(std::string name) {
  const std::size_t at = below(name.size());
  if (below(2) == 0 && name.size() > 1) name.erase(at, 1);
  else name.insert(at, 1, static_cast<char>('a' + below(26)));
  return name[0] >= 'a' && name[0] <= 'z' ? name : "x" + name;
}

bool Mutator::change_element(Element& root, std::string& what) {
  std::vector<Place> places;
  collect(root, places);
  if (places.empty()) return false;
  const Place place = pick(places);
  auto& siblings = place.parent->children;
  const auto at = siblings.begin() + static_cast<std::ptrdiff_t>(place.index);
  const std::string name = place.element().name;
  switch (below(6)) {
    case 0:
      what = "removed " + name;
      siblings.erase(at);
      return true;
    case 1: {
      what = "doubled " + name;
      const Node copy = *at;
      siblings.insert(at, copy);
      return true;
    }
    case 2: {
      const Node moved = *at;
      siblings.erase(at);
      std::vector<Element*> parents;
      collect(root, parents);
      Element& parent = *pick(parents);
      what = "moved " + name + " into " + parent.name;
      parent.children.insert(parent.children.begin() + static_cast<std::ptrdiff_t>(below(parent.children.size() + 1)), moved);
      return true;
    }
    case 3:
      place.element().name = pick(elements_);
      what = "renamed " + name + " to " + place.element().name;
      return true;
    case 4:
      place.element().name = misspelt(name);
      what = "misspelt " + name;
      return true;
    default:
      what = "words in " + name;
      place.element().children.insert(place.element().children.begin() + static_cast<std::ptrdiff_t>(below(place.element().children.size() + 1)), Node{xml::Text{"words", {}}});
      return true;
  }
}

bool Mutator::change_attribute(Element& root, std::string& what) {
  std::vector<Element*> elements;
  collect(root, elements);
  Element& element = *pick(elements);
  if (element.attributes.empty()) return false;
  const std::size_t index = below(element.attributes.size());
  Attribute& attribute = element.attributes[index];
  const std::string place = attribute.name + " of " + element.name;
  const std::size_t kind = below(8);
  if (kind == 0) {
    what = "removed " + place;
    element.attributes.erase(element.attributes.begin() + static_cast<std::ptrdiff_t>(index));
    return true;
  }
  if (kind <= 2) {
    const std::string name = kind == 1 ? pick(attributes_) : misspelt(attribute.name);
    if (element.find(name) != nullptr || name.find(':') != std::string::npos) return false;
    what = "renamed " + place + " to " + name;
    attribute.name = name;
    return true;
  }
  if (!damage_value(attribute, what)) return false;
  what += " in " + place + ": '" + attribute.value + "'";
  return true;
}

bool Mutator::damage_value(Attribute& attribute, std::string& what) {
  static constexpr const char* kUnits[] = {"", "pts", "px", "fr", "u", "%", "em", " mm", "mm", "rem"};
  static constexpr std::string_view kLetters = "aZ9_-.:/#@,;|[>*";
  std::string& value = attribute.value;
  const auto number = std::find_if(value.begin(), value.end(), is_number);
  switch (below(4)) {
    case 0: {
      const auto begin = std::find_if_not(number, value.end(), is_number), end = std::find_if_not(begin, value.end(), is_unit);
      if (number == value.end()) return false;
      what = "unit";
      value.replace(begin, end, kUnits[below(std::size(kUnits))]);
      return true;
    }
    case 1:
      what = "sign";
      value.insert(number == value.end() ? 0 : static_cast<std::size_t>(number - value.begin()), 1, below(2) == 0 ? '-' : '+');
      return true;
    case 2: {
      what = "letter";
      const std::size_t at = below(value.size() + 1);
      const char letter = kLetters[below(kLetters.size())];
      if (at < value.size() && static_cast<unsigned char>(value[at]) < 0x80 && below(2) == 0) value[at] = letter;
      else if (at == value.size() || (static_cast<unsigned char>(value[at]) & 0xC0) != 0x80) value.insert(at, 1, letter);
      else return false;
      return true;
    }
    default:
      what = "nothing";
      value.clear();
      return true;
  }
}

}  // namespace handout::test
