#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "layouts/no_effect.h"
#include "layouts/reader.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

constexpr int kLayoutLayer = 0, kProfileLayer = 1;

// Later declarations of a property take the place of earlier ones: named styles that use one another stay small.
void put(std::vector<Declaration>& declarations, Declaration declaration) {
  std::erase_if(declarations, [&](const Declaration& each) { return each.property == declaration.property; });
  declarations.push_back(std::move(declaration));
}

void read_border(const xml::Attribute& attribute, const Shorthand& shorthand, const Context& context, std::vector<Declaration>& declarations) {
  const auto value = read_value(attribute, form_of(shorthand.opens.front()), context);
  if (!value) return;
  for (const Property property : shorthand.opens) declarations.push_back({property, *value, attribute.value_at});
}

void read_shorthand(const xml::Attribute& attribute, const Shorthand& shorthand, const Context& context, std::vector<Declaration>& declarations) {
  const PropertyForm& form = form_of(shorthand.opens.front());
  if (form.form == Form::Border) return read_border(attribute, shorthand, context, declarations);
  const std::vector<Dimension> lengths = read_lengths(attribute, shorthand.opens.size(), form.length, context.diags);
  for (std::size_t i = 0; i < lengths.size(); ++i) declarations.push_back({shorthand.opens[i], lengths[i], attribute.value_at});
}

// What the style says itself.
std::vector<Declaration> read_declarations(const xml::Element& element, const Context& context) {
  std::vector<Declaration> declarations;
  // Attributes have no order in XML, so a property of its own always wins over a shorthand beside it.
  for (const Shorthand& shorthand : shorthands()) {
    if (const xml::Attribute* attribute = element.find(shorthand.name)) read_shorthand(*attribute, shorthand, context, declarations);
  }
  for (const PropertyForm& form : property_forms()) {
    const xml::Attribute* attribute = element.find(form.rule.name);
    if (attribute == nullptr) continue;
    if (auto value = read_value(*attribute, form, context)) declarations.push_back({form.rule.property, *std::move(value), attribute->value_at});
  }
  return declarations;
}

struct NamedStyle {
  const xml::Element* element = nullptr;
  std::size_t root = 0;
  bool used = false;
  enum class State : std::uint8_t { New, Open, Known } state = State::New;
  std::vector<Declaration> declarations;
};

class StyleReader {
 public:
  explicit StyleReader(const Context& context) : context_(context), diags_(context.diags) {}

  // The nearest layout's style of a name counts.
  void collect(const xml::Element& root, std::size_t index) {
    for (const xml::Element* element : children(root, "style")) {
      const xml::Attribute* name = element->find("name");
      if (name == nullptr) continue;
      check_named(*element, *name);
      NamedStyle& style = named_[name->value];
      if (style.element != nullptr && style.root == index) diags_.error(name->value_at, fmt::format("style '{}' is defined twice", xml::excerpt(name->value))).hint(fmt::format("the first stands at {}", to_text(style.element->at))).meaning();
      style.element = element;
      style.root = index;
    }
  }

  std::optional<StyleRule> read(const xml::Element& element) {
    if (element.find("name") != nullptr) return std::nullopt;
    StyleRule rule;
    rule.at = element.at;
    if (const xml::Attribute* selectors = element.find("for")) rule.selectors = read_selectors(*selectors, diags_);
    else diags_.error(element.at, "<style> has neither for nor name; expected one of them").hint("for says which elements look so; a style with a name is used by others").meaning();
    if (const xml::Attribute* scripts = element.find("for-script")) rule.scripts = read_scripts(*scripts, diags_);
    if (const xml::Attribute* locales = element.find("for-locale")) rule.locales = read_locales(*locales, diags_);
    rule.declarations = with_used(element);
    check_any(element);
    if (rule.selectors.empty()) return std::nullopt;
    check_effect(rule, element);
    return rule;
  }

  // Those that no rule needs are read as well, for their faults. Others than the layout's own may be there for layouts that extend its base.
  void read_rest(const xml::Element& last) {
    for (auto& [name, style] : named_) {
      declarations_of(name, style);
      if (style.used || style.element->at.file != last.at.file) continue;
      diags_.warning(style.element->find("name")->value_at, fmt::format("style '{}' is used nowhere", xml::excerpt(name))).hint(fmt::format("a <style for=\"…\" use=\"{}\"/> uses it", name));
    }
  }

 private:
  void check_named(const xml::Element& element, const xml::Attribute& name) {
    if (!is_name(name.value)) diags_.error(name.value_at, fmt::format("'{}' cannot be the name of a style", xml::excerpt(name.value))).hint("use letters, digits, '-' and '_', with a letter first");
    for (const char* other : {"for", "for-script", "for-locale"}) {
      if (const xml::Attribute* found = element.find(other)) diags_.error(found->at, fmt::format("<style> with a name has {} as well", other)).hint(fmt::format("put it on the style that says use=\"{}\"", name.value)).meaning();
    }
    // For their faults of form.
    if (const xml::Attribute* selectors = element.find("for")) (void)read_selectors(*selectors, diags_);
    if (const xml::Attribute* scripts = element.find("for-script")) (void)read_scripts(*scripts, diags_);
    if (const xml::Attribute* locales = element.find("for-locale")) (void)read_locales(*locales, diags_);
  }

  void check_any(const xml::Element& element) {
    constexpr std::string_view kOther[] = {"for", "for-script", "for-locale", "name"};
    const auto says_no_look = [&](const xml::Attribute& each) { return std::find(std::begin(kOther), std::end(kOther), each.name) != std::end(kOther); };
    if (std::all_of(element.attributes.begin(), element.attributes.end(), says_no_look)) diags_.warning(element.at, "<style> sets no property");
  }

  // A property that none of the selected elements takes. Of what several selectors share some may be for some of them.
  void check_effect(const StyleRule& rule, const xml::Element& element) {
    for (const Shorthand& shorthand : shorthands()) check_effect(rule, element.find(shorthand.name), shorthand.opens.front());
    for (const PropertyForm& form : property_forms()) check_effect(rule, element.find(form.rule.name), form.rule.property);
  }

  void check_effect(const StyleRule& rule, const xml::Attribute* attribute, Property property) {
    if (attribute == nullptr) return;
    std::string hint;
    std::vector<std::string> names;
    for (const Selector& selector : rule.selectors) {
      const std::string& name = selector.compounds.back().element;
      hint = name.empty() || name == "*" ? std::string() : why_no_effect(property, name);
      if (hint.empty()) return;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    diags_.warning(attribute->at, fmt::format("{} does nothing on {}", attribute->name, fmt::join(names, ", "))).hint(hint);
  }

  std::vector<Declaration> with_used(const xml::Element& element) {
    std::vector<Declaration> own = read_declarations(element, context_);
    const xml::Attribute* use = element.find("use");
    if (use == nullptr) return own;
    std::vector<Declaration> all;
    const auto pieces = pieces_of(*use);
    for (const Piece& piece : pieces) {
      for (const Declaration& each : used(piece)) put(all, each);
    }
    if (pieces.empty()) diags_.error(use->value_at, "use is empty; expected names of styles");
    for (Declaration& each : own) put(all, std::move(each));
    return all;
  }

  const std::vector<Declaration>& used(const Piece& piece) {
    static const std::vector<Declaration> none;
    const auto found = named_.find(piece.text);
    if (found == named_.end()) {
      std::vector<std::string_view> names;
      for (const auto& [name, style] : named_) names.push_back(name);
      auto fault = diags_.error(piece.at, fmt::format("unknown style '{}'{}", xml::excerpt(piece.text), did_you_mean(piece.text, names)));
      fault.hint(fmt::format("a <style name=\"{}\" …/> says how it looks", piece.text));
      if (is_name(piece.text)) fault.meaning();
      return none;
    }
    found->second.used = true;
    if (found->second.state == NamedStyle::State::Open) {
      std::string circle;
      for (auto each = std::find(open_.begin(), open_.end(), found->first); each != open_.end(); ++each) circle += *each + " -> ";
      diags_.error(piece.at, fmt::format("style '{}' uses itself: {}{}", found->first, circle, found->first)).meaning();
      return none;
    }
    return declarations_of(found->first, found->second);
  }

  const std::vector<Declaration>& declarations_of(const std::string& name, NamedStyle& style) {
    if (style.state != NamedStyle::State::New) return style.declarations;
    style.state = NamedStyle::State::Open;
    open_.push_back(name);
    style.declarations = with_used(*style.element);
    check_any(*style.element);
    open_.pop_back();
    style.state = NamedStyle::State::Known;
    return style.declarations;
  }

  const Context& context_;
  Diagnostics& diags_;
  std::map<std::string, NamedStyle, std::less<>> named_;
  std::vector<std::string> open_;
};

}  // namespace

std::vector<StyleRule> read_styles(const std::vector<xml::Element>& roots, std::size_t profile, const Context& context) {
  StyleReader reader(context);
  for (std::size_t i = 0; i < roots.size(); ++i) reader.collect(roots[i], i);
  std::vector<StyleRule> rules;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    for (const xml::Element* style : children(roots[i], "style")) {
      auto rule = reader.read(*style);
      if (!rule) continue;
      rule->layer = i < profile ? kLayoutLayer : kProfileLayer;
      rules.push_back(*std::move(rule));
    }
  }
  reader.read_rest(roots[profile - 1]);
  return rules;
}

}  // namespace handout::layouts
