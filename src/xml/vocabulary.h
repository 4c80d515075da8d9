#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "xml/element.h"

namespace handout::xml {

// One declarative table per kind of document: reader, "did you mean", schema and `explain` all come from it.

enum class ValueType {
  Text,        // anything, not empty
  AnyText,     // anything, may be empty
  Id,          // [A-Za-z][A-Za-z0-9._-]*, unique in the document
  IdRef,       // an id of the same document; resolved by the reader that knows what may be meant
  Token,       // one of `choices`
  Integer,     // a whole number of `minimum` to `maximum`
  Number,      // a decimal number
  Date,        // YYYY-MM-DD, a day of the calendar
  LanguageTag, // BCP 47, well-formed
  Path,        // relative, no "..", no backslash, no scheme
  Url,         // http, https, mailto or tel, or "#id"
  Dimension,   // values.h
  Custom       // of `form`; the reader of the folder checks it
};

// What values of type Custom look like; of another type, what they must be as well. The reader of the folder checks it and tells what is wrong in its own
// words; the schema and `explain` take it from here. Regular expressions as patterns.h makes them.
struct ValueForm {
  std::string words;         // "#rrggbb, #rgb or the name of a <color>", for `explain`
  std::string pattern = {};  // "": anything
  std::string except = {};   // and not that
};

enum class Need { Optional, Required };

struct AttributeRule {
  std::string_view name;
  ValueType type = ValueType::Text;
  Need need = Need::Optional;
  std::string_view doc;                        // "what it is for"; where choices need words: "what it is for; yes: what yes does; no: what no does"
  std::vector<std::string_view> choices = {};  // Token
  long long minimum = 0;                       // Integer
  long long maximum = std::numeric_limits<long long>::max();
  ValueForm form = {};
};

// What the attribute's documentation says of one choice, else what it says of all.
[[nodiscard]] std::string_view doc_of_choice(const AttributeRule& rule, std::string_view choice);

// For tables: what several elements take, and what one of them takes beside it.
[[nodiscard]] std::vector<AttributeRule> joined(std::vector<AttributeRule> first, std::vector<AttributeRule> more);

// None: only white space between child elements. MixedOrBlocks: text among the children of the first rule, or else only children of the others; the
// reader of the folder tells when there are both.
enum class TextContent { None, Mixed, MixedOrBlocks };
// Sequence: children in the order of `children`, each taking the first place that is free for it. Any: each counts for the first rule that
// lists it. Repeated: that sequence, once or more; validate() takes it for Any, and the reader of the folder tells what is out of place.
enum class Order { Any, Sequence, Repeated };

enum class Times { Optional, One, Any, AtLeastOne };  // ? 1 * +

struct ChildRule {
  std::string_view name;  // an element, or a group written "@blocks" that the vocabulary defines
  Times times = Times::Any;
};

struct ElementRule {
  std::string_view name;
  std::string_view doc;
  std::vector<AttributeRule> attributes = {};
  std::vector<ChildRule> children = {};
  TextContent text = TextContent::None;
  Order order = Order::Any;
  // When one element name means two things (a `p` in an article, a `row` in a table), rules differ by parent: empty = any parent.
  std::vector<std::string_view> parents = {};
};

struct Group {
  std::string_view name;  // "@blocks"
  std::vector<std::string_view> members;
};

// What may stand for the value of an attribute, or in it, because a reader puts other words in its place before it validates: variables.
struct StandIn {
  std::string pattern = {};                            // regular expression of a whole value that holds some; "": there are none
  std::string_view mark = {};                          // the character that begins one: an attribute that takes any text takes it in no other way
  std::vector<std::string_view> not_in_elements = {};  // whose attributes are read as they are
  std::vector<std::string_view> not_in_attributes = {};

  [[nodiscard]] bool counts_in(std::string_view element, std::string_view attribute) const;
};

struct Vocabulary {
  std::string_view kind;  // "article", for messages
  std::vector<std::string_view> roots;
  std::vector<AttributeRule> common;  // allowed on every element
  std::vector<Group> groups;
  std::vector<ElementRule> elements;
  StandIn stand_in = {};

  [[nodiscard]] const ElementRule* find(std::string_view element, std::string_view parent) const;
};

// Checks names, attributes, value types, choices, duplicate ids, where elements stand, how often and in what order. Every fault is told,
// with a suggestion where a name is near one that is allowed there ("unknown element <sumary>; did you mean <summary>?").
// Returns false when anything was wrong.
[[nodiscard]] bool validate(const Element& root, const Vocabulary& vocabulary, Diagnostics& diags);

// The vocabulary as a RELAX NG schema (XML syntax, documentation as a:documentation), for editors. It refuses what validate() and the folder's reader
// refuse for its form (Aspect), but for what RELAX NG cannot say: the size of a length, white space round an id or a number (XML Schema's types strip it),
// ids of two elements of which only one declares them as such. The same vocabulary gives the same bytes.
[[nodiscard]] std::string to_rng(const Vocabulary& vocabulary);

// What an author may ask of an element ("callout" or "<callout>") or an attribute ("kind"): where it stands, what it holds, its attributes
// and their values. Lines of plain text, each ended; for an unknown name one line that says so, with a suggestion.
[[nodiscard]] std::string explain(const Vocabulary& vocabulary, std::string_view name);

// The names that explain() knows: elements and attributes, each once, sorted.
[[nodiscard]] std::vector<std::string_view> explained_names(const Vocabulary& vocabulary);

}  // namespace handout::xml
