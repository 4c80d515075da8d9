#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/narrow.h"
#include "layouts/prepare.h"
#include "layouts/reader.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

constexpr std::size_t kLongestValue = 4096;  // variables that name one another twice would double at each step
constexpr const char* kDollarHint = "write $name or ${name}; $$ is a dollar sign";

bool is_name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; }

struct Variable {
  const xml::Attribute* written = nullptr;
  enum class State { New, Open, Known, Wrong } state = State::New;
  std::string value;
};

// A '$' and what belongs to it.
struct Reference {
  std::size_t begin = 0, end = 0;
  std::string_view name;  // "" for "$$" and for what is wrong
  bool right = true;
};

Reference reference_at(std::string_view text, std::size_t at) {
  if (at + 1 < text.size() && text[at + 1] == '$') return {at, at + 2, "", true};
  const bool braces = at + 1 < text.size() && text[at + 1] == '{';
  const std::size_t begin = at + (braces ? 2 : 1);
  std::size_t end = begin;
  while (end < text.size() && is_name_character(text[end])) ++end;
  const std::string_view name = text.substr(begin, end - begin);
  if (!is_name(name) || (braces && (end == text.size() || text[end] != '}'))) return {at, end, "", false};
  return {at, end + (braces ? 1 : 0), name, true};
}

class Substituter {
 public:
  Substituter(Prepared& prepared, Diagnostics& diags) : prepared_(prepared), diags_(diags) {}

  void collect(const xml::Element& root) {
    std::map<std::string_view, const xml::Attribute*> own;
    for (const xml::Element* element : children(root, "define")) {
      const xml::Attribute* name = element->find("name");
      const xml::Attribute* value = element->find("value");
      if (name == nullptr || value == nullptr) continue;
      if (!is_name(name->value)) {
        diags_.error(name->value_at, fmt::format("'{}' cannot be the name of a variable", xml::excerpt(name->value))).hint("use letters, digits, '-' and '_', with a letter first");
      } else if (!own.emplace(name->value, value).second) {
        diags_.error(name->value_at, fmt::format("variable '{}' is defined twice", name->value)).meaning();
      } else {
        variables_[name->value] = {value, Variable::State::New, {}};
      }
    }
  }

  // So that faults are told of variables that nothing uses, too.
  void resolve_all() {
    for (auto& [name, variable] : variables_) resolve(name, variable);
  }

  void put_in(xml::Element& element) {
    if (element.name == "define" || element.name == "include") return;
    if (element.name != "layout") {
      std::erase_if(element.attributes, [&](xml::Attribute& each) { return each.name != "id" && each.name != "name" && each.value.find('$') != std::string::npos && !put_in(each); });
    }
    for (xml::Node& node : element.children) {
      if (auto* child = std::get_if<xml::Element>(&node.value)) put_in(*child);
    }
  }

 private:
  // False after a fault, which was told here or at the definition.
  bool put_in(xml::Attribute& attribute) {
    std::string notes;
    std::vector<xml::Splice> splices;
    const std::size_t written = attribute.value.size();
    auto value = replaced(attribute, splices, notes);
    if (!value) return false;
    attribute.value = *std::move(value);
    attribute.splices = std::move(splices);
    if (!attribute.splices.empty()) prepared_.substitutions.push_back({attribute.value_at, attribute.value_at.column + narrow<std::uint32_t>(written), notes});
    return true;
  }

  std::optional<std::string> replaced(const xml::Attribute& attribute, std::vector<xml::Splice>& splices, std::string& notes) {
    const std::string_view text = attribute.value;
    std::string value;
    bool right = true;
    std::size_t from = 0;
    for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', from)) {
      value += text.substr(from, at - from);
      const Reference reference = reference_at(text, at);
      from = reference.end;
      const std::size_t begin = value.size();
      if (!reference.right) {
        diags_.error(place(attribute, at), "'$' without the name of a variable").hint(kDollarHint);
        right = false;
      } else if (reference.name.empty()) {
        value += '$';
      } else if (const Variable* variable = find(reference.name, place(attribute, at)); variable != nullptr) {
        value += variable->value;
        notes += fmt::format("{}${} is '{}', defined at {}", notes.empty() ? "" : ", ", reference.name, xml::excerpt(variable->value), to_text(variable->written->value_at));
      } else {
        right = false;
      }
      splices.push_back({begin, value.size(), reference.end - reference.begin});
      if (!right) return std::nullopt;
      if (value.size() > kLongestValue) return too_long(attribute);
    }
    value += text.substr(from);
    if (!splices.empty() && value.size() > kLongestValue) return too_long(attribute);
    return value;
  }

  std::nullopt_t too_long(const xml::Attribute& attribute) {
    diags_.error(attribute.value_at, fmt::format("a value of more than {} characters, with what its variables stand for", kLongestValue)).meaning();
    return std::nullopt;
  }

  const Variable* find(std::string_view name, const Span& at) {
    const auto found = variables_.find(name);
    if (found == variables_.end()) {
      std::vector<std::string_view> names;
      for (const auto& [each, variable] : variables_) names.push_back(each);
      diags_.error(at, fmt::format("unknown variable '{}'{}", xml::excerpt(name), did_you_mean(name, names))).hint(fmt::format("a <define name=\"{}\" value=\"…\"/> gives it a value; $$ is a dollar sign", name)).meaning();
      return nullptr;
    }
    resolve(found->first, found->second);
    return found->second.state == Variable::State::Known ? &found->second : nullptr;
  }

  void resolve(const std::string& name, Variable& variable) {
    if (variable.state == Variable::State::Open) {
      std::string circle;
      for (auto each = std::find(open_.begin(), open_.end(), name); each != open_.end(); ++each) circle += *each + " -> ";
      diags_.error(variable.written->value_at, fmt::format("variable '{}' stands for itself: {}{}", name, circle, name)).meaning();
      variable.state = Variable::State::Wrong;
    }
    if (variable.state != Variable::State::New) return;
    variable.state = Variable::State::Open;
    open_.push_back(name);
    std::vector<xml::Splice> splices;
    std::string notes;
    auto value = replaced(*variable.written, splices, notes);
    open_.pop_back();
    if (value && variable.state == Variable::State::Open) {
      variable.value = *std::move(value);
      variable.state = Variable::State::Known;
    } else {
      variable.state = Variable::State::Wrong;
    }
  }

  Prepared& prepared_;
  Diagnostics& diags_;
  std::map<std::string, Variable, std::less<>> variables_;
  std::vector<std::string> open_;
};

}  // namespace

void put_in_variables(Prepared& prepared, Diagnostics& diags) {
  Substituter substituter(prepared, diags);
  for (const xml::Element& root : prepared.roots) substituter.collect(root);
  substituter.resolve_all();
  for (xml::Element& root : prepared.roots) substituter.put_in(root);
}

}  // namespace handout::layouts
