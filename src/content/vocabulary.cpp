#include "content/vocabulary.h"

#include <utility>
#include <vector>

#include "content/limits.h"
#include "xml/patterns.h"

namespace handout::content {
namespace {

using xml::AttributeRule;
using xml::ChildRule;
using xml::ElementRule;
using xml::joined;
using xml::Need;
using xml::Order;
using xml::TextContent;
using xml::Times;
using xml::ValueType;
using Attributes = std::vector<AttributeRule>;
using Children = std::vector<ChildRule>;

AttributeRule custom(std::string_view name, Need need, std::string_view doc, xml::ValueForm form) { return {.name = name, .type = ValueType::Custom, .need = need, .doc = doc, .form = std::move(form)}; }

// The name of an article or a notice, which is a folder's or a file's name too.
AttributeRule name_of(std::string_view doc) { return custom("id", Need::Required, doc, {"letters, digits and '-'", "[A-Za-z0-9\\-]+"}); }

// A block that holds other blocks.
Attributes block(Attributes more = {}) {
  return joined({{"id", ValueType::Id, Need::Required, "name of the block, the same in every language"},
                 {"class", ValueType::Text, Need::Optional, "names for layouts to select by, separated by spaces"}},
                std::move(more));
}

// A block of words, translated as one unit.
Attributes words(Attributes more = {}) {
  return joined(block({custom("source", Need::Optional, "in a translation: digest of the source block that was translated", {"eight hexadecimal digits", "[0-9a-f]{8}"})}), std::move(more));
}

Attributes cell(Attributes more = {}) {
  return words(joined({{"colspan", ValueType::Integer, Need::Optional, "columns that the cell covers", {}, 1, kMostColumns},
                       {"rowspan", ValueType::Integer, Need::Optional, "rows that the cell covers", {}, 1, kMostRows}},
                      std::move(more)));
}

ElementRule text_rule(std::string_view name, std::string_view doc, Attributes attributes) {
  return {name, doc, std::move(attributes), {{"@inline", Times::Any}}, TextContent::Mixed};
}

ElementRule sequence(std::string_view name, std::string_view doc, Attributes attributes, Children children) {
  return {name, doc, std::move(attributes), std::move(children), TextContent::None, Order::Sequence};
}

std::vector<ElementRule> head_rules() {
  return {
      sequence("article", "one handout's words in one language",
               {name_of("name of the article, its folder's too"),
                {"xml:lang", ValueType::LanguageTag, Need::Required, "the language that the article is in"},
                {"version", ValueType::Text, Need::Required, "edition of the words, printed on the handout"},
                {"status", ValueType::Token, Need::Required, "whether a clinician has reviewed it; draft: not yet, and the handout says so in print; reviewed: by the reviewer, on the day that reviewed gives", {"draft", "reviewed"}},
                {"reviewed", ValueType::Date, Need::Optional, "day of the review"},
                {"reviewer", ValueType::Text, Need::Optional, "who reviewed it: name, role"},
                {"review-by", ValueType::Date, Need::Optional, "day by which it must be reviewed again"},
                {"audience", ValueType::Text, Need::Optional, "whom it is for"},
                {"keywords", ValueType::Text, Need::Optional, "words to find it by, separated by commas"}},
               {{"code", Times::Any},
                {"field-def", Times::Any},
                {"title", Times::One},
                {"summary", Times::Optional},
                {"points", Times::Optional},
                {"@body", Times::Any},
                {"references", Times::Optional}}),
      {"code", "a code of the condition or procedure",
       {{"system", ValueType::Token, Need::Required, "code system", {"ICD-10-CM", "SNOMED-CT"}}, {"value", ValueType::Text, Need::Required, "the code"}}},
      {"field-def", "declares a field that is filled for each recipient",
       {custom("name", Need::Required, "the field's name", {"a letter, then letters, digits, '.', '-' and '_'", xml::pattern::name(".\\-_")}),
        {"type", ValueType::Token, Need::Required, "what its values are; text: any words; date: days, YYYY-MM-DD; number: plain decimals; choice: one of choices", {"text", "date", "number", "choice"}},
        {"required", ValueType::Token, Need::Optional, "whether there is no handout without a value; yes: a fault when there is none; no: a ruled blank is printed", {"yes", "no"}},
        {"default", ValueType::AnyText, Need::Optional, "the value when none is given"},
        {"choices", ValueType::Text, Need::Optional, "the values of a choice, separated by '|'"}}},
      text_rule("title", "title of the article, a section or a callout", words()),
      text_rule("summary", "what the article says, in a sentence or two", words()),
      {"points", "the main points, at the start", {}, {{"point", Times::AtLeastOne}}},
      text_rule("point", "one main point", words()),
  };
}

std::vector<ElementRule> block_rules() {
  return {
      sequence("section", "a part of the article under its own title",
               block({{"level", ValueType::Token, Need::Optional, "short: also in a shortened handout", {"short", "full"}}}),
               {{"title", Times::One}, {"@body", Times::Any}}),
      text_rule("p", "a paragraph", words()),
      {"ul", "a list without order", block({{"kind", ValueType::Token, Need::Optional, "check: boxes to tick", {"check"}}}), {{"li", Times::AtLeastOne}}},
      {"ol", "a numbered list",
       block({{"kind", ValueType::Token, Need::Optional, "steps: things to do one after the other", {"steps"}},
              {"start", ValueType::Integer, Need::Optional, "first number", {}, 1, kGreatestNumber}}),
       {{"li", Times::AtLeastOne}}},
      {"li", "an item of a list: words, or blocks", words(), {{"@inline", Times::Any}, {"@flow", Times::Any}}, TextContent::MixedOrBlocks},
      {"callout", "a box that stands out", block({{"kind", ValueType::Token, Need::Required, "what the box says; urgent: when to get help at once; warning: what can do harm; tip: what makes it easier; note: what is good to know", {"urgent", "warning", "tip", "note"}}}),
       {{"title", Times::Optional}, {"@flow", Times::AtLeastOne}}, TextContent::None, Order::Sequence},
      text_rule("question", "a question to ask, with ruled lines to write the answer on",
                words({{"lines", ValueType::Integer, Need::Optional, "ruled lines below the question; none when left out", {}, 0, kMostLines}})),
      {"dl", "terms and what they mean", block(), {{"dt", Times::AtLeastOne}, {"dd", Times::AtLeastOne}}, TextContent::None, Order::Repeated},
      text_rule("dt", "a term", words()),
      text_rule("dd", "what the term before it means", words()),
      {"figure", "a picture with its words",
       block({{"src", ValueType::Path, Need::Required, "the picture's file, beside the article"},
              {"alt", ValueType::Text, Need::Required, "what the picture shows, for who cannot see it"}}),
       {{"figcaption", Times::Optional}, {"label", Times::Any}}},
      text_rule("figcaption", "words below the picture", words()),
      text_rule("label", "words at a place of the picture", words({{"for", ValueType::Text, Need::Required, "id of the <text> in the picture that the words replace"}})),
  };
}

std::vector<ElementRule> table_and_reference_rules() {
  return {
      sequence("table", "a table", block(), {{"caption", Times::Optional}, {"thead", Times::Optional}, {"tbody", Times::AtLeastOne}}),
      text_rule("caption", "title of the table", words()),
      {"thead", "rows of column headings, repeated on each page", {}, {{"tr", Times::AtLeastOne}}},
      {"tbody", "rows of the table that belong together", {{"class", ValueType::Text, Need::Optional, "names for layouts to select by, separated by spaces"}}, {{"tr", Times::AtLeastOne}}},
      {"tr", "a row", {}, {{"@cells", Times::AtLeastOne}}},
      text_rule("th", "a heading cell", cell({{"scope", ValueType::Token, Need::Optional, "what it heads; in the body a row unless it says col", {"row", "col"}}})),
      text_rule("td", "a cell", cell()),
      {"references", "the sources", {{"id", ValueType::Id, Need::Optional, "name of the list, for links and slots"}}, {{"reference", Times::AtLeastOne}}},
      text_rule("reference", "a source, printed with its number",
                words({{.name = "href", .type = ValueType::Url, .doc = "where it is on the web: https:", .form = {"", "https:[\\s\\S]*"}},
                       {"accessed", ValueType::Date, Need::Optional, "day on which it was read"},
                       {"status", ValueType::Token, Need::Optional, "whether somebody read it to check the claim; unverified when left out", {"checked", "unverified"}}})),
  };
}

std::vector<ElementRule> simple_inline_rules() {
  return {
      text_rule("strong", "important words", {}),
      text_rule("em", "stressed words", {}),
      text_rule("sup", "superscript", {}),
      text_rule("sub", "subscript", {}),
      text_rule("term", "a word where it is first explained", {}),
      text_rule("q", "words that somebody says, or that are named as words; the language's quotation marks come by themselves, inner ones inside another <q>", {}),
      text_rule("a", "a link", {{.name = "href", .type = ValueType::Url, .need = Need::Required, .doc = "https:, mailto:, tel: or '#' and the id of a block", .form = {"", "", "http:[\\s\\S]*"}}}),
      {"field", "a value that is filled in for each recipient",
       {{"name", ValueType::Text, Need::Required, "a built-in field or one of <field-def>"},
        {"format", ValueType::Token, Need::Optional, "how the value is written", {"plain", "long-date", "short-date", "number"}}}},
      {"measure", "an amount with its unit",
       {{"value", ValueType::Number, Need::Required, "the amount"},
        {"unit", ValueType::Text, Need::Required, "CLDR's name of the unit, such as kilogram"},
        {"us-value", ValueType::Number, Need::Optional, "the amount where US units are used"},
        {"us-unit", ValueType::Text, Need::Optional, "the unit of us-value"}}},
      text_rule("span", "words in another language",
                {{"xml:lang", ValueType::LanguageTag, Need::Required, "the language of the words"},
                 {"dir", ValueType::Token, Need::Optional, "direction, when it is not the language's", {"ltr", "rtl"}}}),
      {"br", "a line break"},
  };
}

std::vector<ElementRule> article_inline_rules() {
  return {
      {"cite", "the number of a source", {{"ref", ValueType::IdRef, Need::Required, "id of a <reference>"}}},
      sequence("choose", "words that depend on a field", {}, {{"when", Times::AtLeastOne}, {"otherwise", Times::Optional}}),
      text_rule("when", "the words when the field has a value, or this value",
                {{"field", ValueType::Text, Need::Required, "the field"},
                 {"is", ValueType::Text, Need::Optional, "the value that it has"},
                 {"is-not", ValueType::Text, Need::Optional, "the value that it does not have"}}),
      text_rule("otherwise", "the words when no <when> holds", {}),
      {"plural", "words that agree with a number", {{"field", ValueType::Text, Need::Required, "a number field"}}, {{"case", Times::AtLeastOne}}},
      text_rule("case", "the words for one plural category",
                {{"of", ValueType::Token, Need::Required, "CLDR's plural category", {"zero", "one", "two", "few", "many", "other"}}}),
  };
}

void append(std::vector<ElementRule>& rules, std::vector<ElementRule> more) {
  for (ElementRule& rule : more) rules.push_back(std::move(rule));
}

xml::Vocabulary make_article_vocabulary() {
  xml::Vocabulary vocabulary;
  vocabulary.kind = "article";
  vocabulary.roots = {"article"};
  vocabulary.groups = {
      {"@body", {"section", "p", "ul", "ol", "table", "figure", "callout", "question", "dl"}},
      {"@flow", {"p", "ul", "ol", "table", "figure", "question", "dl"}},
      {"@cells", {"th", "td"}},
      {"@inline", {"strong", "em", "sup", "sub", "term", "q", "a", "cite", "field", "choose", "plural", "measure", "span", "br"}},
  };
  append(vocabulary.elements, head_rules());
  append(vocabulary.elements, block_rules());
  append(vocabulary.elements, table_and_reference_rules());
  append(vocabulary.elements, simple_inline_rules());
  append(vocabulary.elements, article_inline_rules());
  return vocabulary;
}

xml::Vocabulary make_phrases_vocabulary() {
  xml::Vocabulary vocabulary;
  vocabulary.kind = "phrases";
  vocabulary.roots = {"phrases"};
  vocabulary.elements = {
      {"phrases", "the program's own words in one language",
       {{"xml:lang", ValueType::LanguageTag, Need::Required, "the language of the phrases"},
        {"status", ValueType::Token, Need::Required, "whether a translator has reviewed them", {"draft", "reviewed"}}},
       {{"phrase", Times::AtLeastOne}}},
      {"phrase", "an ICU MessageFormat pattern with named arguments", {{"id", ValueType::Id, Need::Required, "name of the phrase"}}, {}, TextContent::Mixed},
  };
  return vocabulary;
}

xml::Vocabulary make_notice_vocabulary() {
  xml::Vocabulary vocabulary;
  vocabulary.kind = "notice";
  vocabulary.roots = {"notice"};
  vocabulary.groups = {{"@inline", {"strong", "em", "sup", "sub", "term", "q", "a", "field", "measure", "span", "br"}}};
  vocabulary.elements = {
      {"notice", "one notice in several languages", {name_of("name of the notice, its file's too")}, {{"text", Times::AtLeastOne}}},
      text_rule("text", "the notice in one language", {{"xml:lang", ValueType::LanguageTag, Need::Required, "the language of the words"}}),
  };
  append(vocabulary.elements, simple_inline_rules());
  return vocabulary;
}

}  // namespace

const xml::Vocabulary& article_vocabulary() {
  static const xml::Vocabulary vocabulary = make_article_vocabulary();
  return vocabulary;
}

const xml::Vocabulary& phrases_vocabulary() {
  static const xml::Vocabulary vocabulary = make_phrases_vocabulary();
  return vocabulary;
}

const xml::Vocabulary& notice_vocabulary() {
  static const xml::Vocabulary vocabulary = make_notice_vocabulary();
  return vocabulary;
}

}  // namespace handout::content
