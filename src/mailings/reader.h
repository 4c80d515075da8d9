#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mailings/mailing.h"
#include "xml/element.h"

// What the readers of this folder share. They run after xml::validate and say nothing a second time.
namespace handout::mailings {

// Where the files are that messages name, by their names: paths begin there.
using Folders = std::map<std::string, std::filesystem::path, std::less<>>;

struct Scope {
  Diagnostics& diags;
  Folders folders;
  std::map<std::string, FieldType, std::less<>> fields = {};  // that the mailing declares
};

// The file and what it extends as one element: attributes of elements that occur once, and elements with the same name or reference, take the place of those of the base.
xml::Element overlay(const xml::Element& base, const xml::Element& own);

// What the options say as a <mailing> of its own that goes over the others, valid as such; its places are the options. Fields keep what `root` declares of them, but for where their values come from. Nothing when a fault was told.
std::optional<xml::Element> override_element(const Overrides& overrides, const xml::Element& root, Diagnostics& diags);

std::optional<NameTemplate> parse_name_template(std::string_view text);
bool is_field_name(std::string_view name);

// The attribute's value where it is there and not empty; validate() has refused it else.
const xml::Attribute* given(const xml::Element& element, std::string_view name);
Span value_at(const xml::Element& element, std::string_view attribute);
const xml::Element* child(const xml::Element& parent, std::string_view name);
std::vector<const xml::Element*> children(const xml::Element& parent, std::string_view name);
std::vector<std::string> split(std::string_view text, char separator);

// The value that a table gives to an attribute's token; the first entry's when absent or refused.
template <typename T, std::size_t N>
T read_token(const xml::Element* element, std::string_view attribute, const std::pair<std::string_view, T> (&values)[N]) {
  const std::string_view found = element != nullptr ? element->value(attribute) : std::string_view();
  for (const auto& [word, value] : values) {
    if (word == found) return value;
  }
  return values[0].second;
}

// Told when the tag is of no language.
std::optional<Locale> read_locale(const xml::Element& element, std::string_view attribute, Scope& scope);
FileRef read_file_ref(const xml::Attribute& attribute, const Scope& scope);
// The type of a field that a recipient or the mailing has; an unknown one is told with a suggestion.
std::optional<FieldType> find_field(const xml::Attribute& attribute, std::string_view field, Scope& scope);
// The usual form of what a mailing says; an unknown one is told.
std::optional<std::string> find_form(UsualForms& forms, std::string_view name, std::string_view text, const Span& at, Diagnostics& diags);
// That a text is a value of that type; else told.
void check_value(FieldType type, const std::vector<std::string>& choices, std::string_view text, const Span& at, Diagnostics& diags);

std::vector<ArticleChoice> read_articles(const xml::Element& root, Scope& scope);
LayoutChoice read_layout(const xml::Element& root, Scope& scope);
LocaleChoice read_locales(const xml::Element& root, Scope& scope);
DayChoice read_day(const xml::Element& root, Scope& scope);
std::vector<Field> read_fields(const xml::Element& root, Scope& scope);
ListChoice read_list(const xml::Element& root, Scope& scope);
std::vector<Condition> read_filter(const xml::Element& root, const std::vector<Field>& fields, Scope& scope);
Sorting read_sorting(const xml::Element& root, Scope& scope);
std::vector<Suppression> read_suppressions(const xml::Element& root, Scope& scope);
Output read_output(const xml::Element& root, Scope& scope);
RejectLimit read_limit(const xml::Element& root, Scope& scope);
LedgerChoice read_ledger(const xml::Element& root, const Output& output, Scope& scope);

}  // namespace handout::mailings
