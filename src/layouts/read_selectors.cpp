#include <fmt/format.h>

#include <algorithm>

#include "layouts/reader.h"
#include "layouts/vocabulary.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

constexpr std::size_t kMostCompounds = 8;  // more says nothing that a class would not say better

// Selectors Level 4 section 4, as far as Selector says it: type, universal, class, id and [attribute=value] selectors; descendant and child combinators.
class SelectorParser {
 public:
  SelectorParser(const xml::Attribute& attribute, Diagnostics& diags) : attribute_(attribute), text_(attribute.value), diags_(diags) {}

  // Empty after a fault.
  std::vector<Selector> parse() {
    std::vector<Selector> selectors;
    do {
      if (!parse_selector(selectors.emplace_back())) return {};
    } while (take(','));
    return selectors;
  }

 private:
  bool parse_selector(Selector& selector) {
    skip_space();
    for (;;) {
      if (!parse_compound(selector.compounds.emplace_back())) return false;
      if (selector.compounds.size() > kMostCompounds) return fault(fmt::format("selector with more than {} parts", kMostCompounds));
      const bool spaced = skip_space();
      if (at_ == text_.size() || text_[at_] == ',') return true;
      const bool child = take('>');
      if (!child && !spaced) return fault_here("expected a space, '>' or ','");
      skip_space();
      selector.child.push_back(child);
    }
  }

  bool parse_compound(Compound& compound) {
    const std::size_t start = at_;
    if (take('*')) {
      compound.element = "*";
    } else {
      compound.element = take_name();
      check_element(compound.element, start);
    }
    for (;;) {
      if (take('.')) {
        const std::string name = take_name();
        if (name.empty()) return fault_here("expected the name of a class after '.'");
        compound.classes.push_back(name);
      } else if (take('#')) {
        if (!compound.id.empty()) return fault("selector with two ids; an element has one");
        compound.id = take_id();
        if (compound.id.empty()) return fault_here("expected an id after '#'");
      } else if (take('[')) {
        if (!parse_attribute(compound)) return false;
      } else {
        break;
      }
    }
    return at_ > start || fault_here("expected an element, '.class', '#id' or '*'");
  }

  bool parse_attribute(Compound& compound) {
    skip_space();
    const std::string name = take_name();
    if (name.empty()) return fault_here("expected the name of an attribute after '['");
    skip_space();
    if (!take('=')) return fault_here(fmt::format("expected '=' and a value after '[{}'", name));
    skip_space();
    std::string value;
    if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"')) {
      const std::size_t end = text_.find(text_[at_], at_ + 1);
      if (end == std::string_view::npos) return fault("value in a selector without a closing quote");
      value = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
    } else {
      value = take_while([](char c) { return is_name_character(c) || c == '.'; });
      if (value.empty()) return fault_here(fmt::format("expected a value after '[{}='", name));
    }
    skip_space();
    if (!take(']')) return fault_here(fmt::format("expected ']' after '[{}={}'", name, xml::excerpt(value)));
    compound.attributes.emplace_back(name, value);
    return true;
  }

  // Parts of a document may get names that this folder does not know, so only a name that is near to a known one is doubted.
  void check_element(const std::string& name, std::size_t offset) {
    const auto& known = styled_words();
    if (name.size() < 3 || std::find(known.begin(), known.end(), name) != known.end()) return;
    if (const std::string meant = nearest_word(name, known); !meant.empty()) {
      diags_.warning(place(attribute_, offset), fmt::format("no element of a handout is called '{}'; did you mean '{}'?", name, meant));
    }
  }

  static bool is_name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; }

  template <typename Is>
  std::string take_while(Is is) {
    const std::size_t start = at_;
    while (at_ < text_.size() && is(text_[at_])) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }
  std::string take_name() {
    if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') return "";
    return take_while(is_name_character);
  }
  // As take_name, with the dots that ids may have.
  std::string take_id() {
    if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') return "";
    return take_while([](char c) { return is_name_character(c) || c == '.'; });
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool skip_space() {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ > start;
  }

  bool fault(const std::string& message) {
    diags_.error(place(attribute_, at_), message);
    return false;
  }
  bool fault_here(const std::string& expected) {
    const std::string found = at_ < text_.size() ? fmt::format("'{}'", xml::excerpt(text_.substr(at_, xml::decode_utf8(text_, at_).length))) : "the end";
    return fault(fmt::format("found {} in a selector; {}", found, expected));
  }

  const xml::Attribute& attribute_;
  std::string_view text_;
  Diagnostics& diags_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Selector> read_selectors(const xml::Attribute& attribute, Diagnostics& diags) { return SelectorParser(attribute, diags).parse(); }

}  // namespace handout::layouts
