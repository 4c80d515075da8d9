#pragma once

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
  Integer,     // a whole number of at least `minimum`
  Number,      // a decimal number
  Date,        // YYYY-MM-DD, a day of the calendar
  LanguageTag, // BCP 47, well-formed
  Path,        // relative, no "..", no backslash, no scheme
  Url,         // http, https, mailto or tel, or "#id"
  Dimension,   // values.h
  Custom       // the reader of the folder checks it
};

enum class Need { Optional, Required };

struct AttributeRule {
  std::string_view name;
  ValueType type = ValueType::Text;
  Need need = Need::Optional;
  std::string_view doc;
  std::vector<std::string_view> choices = {};  // Token
  long long minimum = 0;                       // Integer
};

// For tables: what several elements take, and what one of them takes beside it.
[[nodiscard]] std::vector<AttributeRule> joined(std::vector<AttributeRule> first, std::vector<AttributeRule> more);

enum class TextContent { None, Mixed };          // None: only white space between child elements
// Sequence: children in the order of `children`, each taking the first place that is free for it. Any: each counts for the first rule that
// lists it.
enum class Order { Any, Sequence };

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

// Allowed: a reader puts values in the place of $names before it validates, so the schema takes any value with a '$' where it would take only some.
enum class Variables { None, Allowed };

struct Vocabulary {
  std::string_view kind;  // "article", for messages
  std::vector<std::string_view> roots;
  std::vector<AttributeRule> common;  // allowed on every element
  std::vector<Group> groups;
  std::vector<ElementRule> elements;
  Variables variables = Variables::None;

  [[nodiscard]] const ElementRule* find(std::string_view element, std::string_view parent) const;
};

// Checks names, attributes, value types, choices, duplicate ids, where elements stand, how often and in what order. Every fault is told,
// with a suggestion where a name is near one that is allowed there ("unknown element <sumary>; did you mean <summary>?").
// Returns false when anything was wrong.
[[nodiscard]] bool validate(const Element& root, const Vocabulary& vocabulary, Diagnostics& diags);

// The vocabulary as a RELAX NG schema (XML syntax, documentation as a:documentation), for editors. It agrees with validate() but for what
// RELAX NG cannot say: the size of a length, what a sum of lengths holds, white space round an id or a number (XML Schema's types strip it), ids of two elements of which
// only one declares them as such. Values of type Custom are any text. The same vocabulary gives the same bytes.
[[nodiscard]] std::string to_rng(const Vocabulary& vocabulary);

// What an author may ask of an element ("callout" or "<callout>") or an attribute ("kind"): where it stands, what it holds, its attributes
// and their values. Lines of plain text, each ended; for an unknown name one line that says so, with a suggestion.
[[nodiscard]] std::string explain(const Vocabulary& vocabulary, std::string_view name);

}  // namespace handout::xml
