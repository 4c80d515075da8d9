#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "content/article.h"
#include "xml/element.h"

// What the readers of this folder share. They run after xml::validate and say nothing a second time: what validate refused reads as if it were
// not there, so that the faults of both are told at once.
namespace handout::content {

struct Field {
  FieldType type = FieldType::Text;
  std::vector<std::string> choices;
};

// Which marks the next quotation has.
struct Quoting {
  std::optional<Locale> language;  // of the <span> around; nothing: the document's
  int depth = 0;                   // quotations around
};

// The names that the words of one document may refer to, and those that they did.
struct Scope {
  Diagnostics& diags;
  Locale locale;
  std::map<std::string, Field, std::less<>> fields;
  std::set<std::string, std::less<>> ids;
  std::set<std::string, std::less<>> references, cited;
  std::filesystem::path folder;
  // What ICU said before: a document repeats its units, and its language's plurals are the same throughout.
  std::map<std::string, bool, std::less<>> units = {};
  std::vector<std::pair<std::string, std::string_view>> plural_categories = {};  // category, a number that has it
  Quoting quoting = {};
};

// ---- attributes ----

std::string text_of(const xml::Element& element, std::string_view attribute);
// Where to point when an attribute is wrong: its value, or the element when it is missing.
Span value_at(const xml::Element& element, std::string_view attribute);
// Whether a fault of this place has been told, or so many that one more helps nobody: told faults are searched, so they stay few.
bool told(const Diagnostics& diags, const Span& at);
// Adds the faults of one document, which is read with Diagnostics of its own: so what one document lacks never hides another's.
void append(const Diagnostics& document, Diagnostics& diags);
// `fallback` when absent, refused by validate or more than `most`.
struct IntegerRange { int fallback = 0, most = 0; };
int read_integer(const xml::Element& element, std::string_view attribute, IntegerRange range);
std::optional<Date> read_date(const xml::Element& element, std::string_view attribute);
// "en" when absent or unknown; an unknown language is a fault.
Locale read_language(const xml::Element& element, Diagnostics& diags);
// Letters, digits and '-': the name of an article or a notice, which is a folder's or a file's name too.
std::string read_name(const xml::Element& element, Diagnostics& diags);
std::vector<std::string> split(std::string_view text, std::string_view separators);
bool is_blank(std::string_view text);

// The value that a table gives to an attribute's token, the first entry's when absent.
template <typename T, std::size_t N>
T read_token(const xml::Element& element, std::string_view attribute, const std::pair<std::string_view, T> (&values)[N]) {
  const std::string_view found = element.value(attribute);
  for (const auto& [name, value] : values) {
    if (name == found) return value;
  }
  return values[0].second;
}

// Child elements of one name.
std::vector<const xml::Element*> children(const xml::Element& parent, std::string_view name);
const xml::Element* child(const xml::Element& parent, std::string_view name);

// ---- words ----

// The inline content of an element that is a block: links, cites and fields resolved, white space collapsed.
Inlines read_inlines(const xml::Element& block, Scope& scope);
// White space as in HTML, over the whole block and across its inline elements (white_space.cpp).
void collapse_white_space(Inlines& content);
bool is_blank(const Inlines& content);

enum class Empty { Allowed, Fault };
TextBlock read_text_block(const xml::Element& element, Scope& scope, Empty empty = Empty::Fault);

// ---- fields ----

std::vector<FieldDef> read_field_defs(const xml::Element& article, Scope& scope);
// The built-in fields and the article's own.
std::map<std::string, Field, std::less<>> known_fields(const std::vector<FieldDef>& declared);
// The field that an attribute names; an unknown one is a fault with a suggestion.
const Field* find_field(const xml::Element& element, std::string_view attribute, const Scope& scope);
// Whether `text` may be a value of the field; told at `at` if not.
void check_field_value(const Field& field, const std::string& text, const Span& at, Diagnostics& diags);

// ---- blocks ----

Blocks read_blocks(const xml::Element& parent, int depth, Scope& scope);
Table read_table(const xml::Element& element, Scope& scope);
std::vector<std::string> read_classes(const xml::Element& element);

}  // namespace handout::content
