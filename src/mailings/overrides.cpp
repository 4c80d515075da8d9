#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/expects.h"
#include "mailings/reader.h"
#include "mailings/vocabulary.h"
#include "unicode/text.h"
#include "xml/characters.h"

// Options of the command line as elements of a mailing: the vocabulary and the readers of attributes check and read them.
namespace handout::mailings {
namespace {

struct Option {
  std::string_view name, element, attribute;
  std::string_view with = {}, with_value = {};  // an attribute that goes with it
};

constexpr std::string_view kField = "--field";

// In the order of the vocabulary.
constexpr std::array<Option, 11> kOptions{{
    {"--layout", "layout", "name"},
    {"--profile", "layout", "profile"},
    {"--clinic", "clinic", "ref"},
    {"--date", "date", "value"},
    {"--locale", "locale", "fixed", "choose", "fixed"},
    {"--fallback", "locale", "fallback"},
    {kField, "field", "value"},
    {"--purpose", "output", "purpose"},
    {"--pieces-per-file", "output", "pieces-per-file"},
    {"--rejects", "limits", "rejects"},
    {"--addresses", "limits", "addresses"},
}};

xml::Attribute attribute(std::string_view name, std::string_view value, const Span& at) { return {std::string(name), std::string(value), at, at}; }

void add(xml::Element& root, const Option& option, const std::string& value) {
  const Span at = Span::of_file(option.name);
  if (root.children.empty() || root.children.back().element()->name != option.element) root.children.push_back({xml::Element{std::string(option.element), {}, {}, at}});
  auto& attributes = std::get<xml::Element>(root.children.back().value).attributes;
  if (!option.with.empty()) attributes.push_back(attribute(option.with, option.with_value, at));
  attributes.push_back(attribute(option.attribute, value, at));
}

// <field name="NAME" value="VALUE"/> with what the mailing declares of it.
void add_field(xml::Element& root, const std::string& text, const xml::Element& declared, std::set<std::string>& names, Diagnostics& diags) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    diags.error(Span::of_file(kField), "takes a field and its value").hint("--field NAME=VALUE");
    return;
  }
  const Span at = Span::of_file(fmt::format("{} {}", kField, xml::excerpt(name)));
  if (!names.insert(name).second) {
    diags.error(at, "the field is given twice").hint("one value is for everybody");
    return;
  }
  xml::Element field{"field", {attribute("name", name, at)}, {}, at};
  const auto fields = children(declared, "field");
  const auto same = std::find_if(fields.begin(), fields.end(), [&](const xml::Element* each) { return each->value("name") == name; });
  if (same != fields.end()) {
    for (const xml::Attribute& each : (*same)->attributes) {
      if (each.name != "name" && each.name != "value" && each.name != "from" && each.name != "default") field.attributes.push_back(each);
    }
  }
  field.attributes.push_back(attribute("value", std::string_view(text).substr(equals + 1), at));
  root.children.push_back({std::move(field)});
}

}  // namespace

bool is_override_option(std::string_view option) {
  return std::any_of(kOptions.begin(), kOptions.end(), [&](const Option& each) { return each.name == option; });
}

std::optional<xml::Element> override_element(const Overrides& overrides, const xml::Element& root, Diagnostics& diags) {
  EXPECTS(std::all_of(overrides.begin(), overrides.end(), [](const Override& each) { return is_override_option(each.option); }));
  const std::size_t before = diags.error_count();
  xml::Element own{"mailing", {attribute("id", "mailing", {})}, {}, {}};
  std::set<std::string> fields;
  for (const Option& option : kOptions) {
    for (const Override& each : overrides) {
      if (each.option != option.name) continue;
      if (const auto wrong = unicode::find_invalid_utf8(each.value)) {
        // A shell passes any bytes.
        diags.error(Span::of_file(option.name), fmt::format("is not UTF-8 at its byte {}", *wrong + 1)).hint("set the terminal to UTF-8, or write it into the mailing");
        continue;
      }
      if (option.name == kField) add_field(own, each.value, root, fields, diags);
      else add(own, option, each.value);
    }
  }
  if (!xml::validate(own, mailing_vocabulary(), diags) || diags.error_count() > before) return std::nullopt;
  own.at = root.at;
  own.attributes.clear();
  return own;
}

}  // namespace handout::mailings
