#include "mailings/vocabulary.h"

#include <utility>

#include "mailings/limits.h"
#include "xml/patterns.h"

namespace handout::mailings {
namespace {

using xml::AttributeRule;
using xml::ElementRule;
using xml::Need;
using xml::Times;
using xml::ValueType;

AttributeRule custom(std::string_view name, std::string_view doc, xml::ValueForm form, Need need = Need::Optional) { return {.name = name, .type = ValueType::Custom, .need = need, .doc = doc, .form = std::move(form)}; }
AttributeRule token(std::string_view name, std::string_view doc, std::vector<std::string_view> choices, Need need = Need::Optional) { return {name, ValueType::Token, need, doc, std::move(choices)}; }

std::string field_name() { return xml::pattern::name(".\\-_"); }
xml::ValueForm field_form() { return {"the name of a field", field_name()}; }
xml::ValueForm fields_form() { return {"names of fields, with spaces between them", xml::pattern::words(field_name())}; }

// Only characters that every system takes (POSIX.1-2017 section 3.282).
xml::ValueForm name_form() {
  const std::string field = "\\{" + field_name() + "\\}";
  return {"letters A-Z, digits, '.', '_', '-' and {fields}, with .pdf at its end", "([A-Za-z0-9_]|" + field + ")([A-Za-z0-9._\\-]|" + field + ")*\\.pdf"};
}

// fit_named().
xml::ValueForm fit_form() { return {"pages:N or sheets:N, of 1 to 1000", "(pages|sheets):0*([1-9][0-9]{0,2}|1000)"}; }
xml::ValueForm rejects_form() { return {"a number of rows, such as 100, or a share of them, such as 5%", "([0-9]{1,9}|[0-9]{1,2}(\\.[0-9]{1,2})?%|100%)"}; }
xml::ValueForm weight_form() { return {"grams a square metre, such as 80g/m2", "[1-9][0-9]{0,2}g/m2"}; }
xml::ValueForm steps_form() { return {"rising weights, such as 20g 50g", xml::pattern::words("[1-9][0-9]{0,4}g")}; }
xml::ValueForm split_form() { return {"layout, paper, locale, sheets, weight, with spaces between them", xml::pattern::words("(layout|paper|locale|sheets|weight)")}; }

std::vector<ElementRule> content_rules() {
  return {
      {"mailing", "handouts for a list of people: what is printed, in which language and form, and how it is written",
       {custom("id", "name of the mailing, its file's too", {"letters, digits, '-' and '_', a letter first", xml::pattern::name("\\-_")}, Need::Required),
        {"title", ValueType::Text, Need::Optional, "what it is, for people"},
        custom("extends", "name of a mailing beside it, whose elements hold where this one does not say otherwise; conditions, fields and suppressions of both hold, and what its <field> doesn't say is as in that of the other", {"the name of a mailing", xml::pattern::name("\\-_")})},
       {{"article", Times::Any}, {"layout", Times::Optional}, {"clinic", Times::Optional}, {"date", Times::Optional}, {"region", Times::Optional}, {"locale", Times::Optional}, {"recipients", Times::Optional}, {"field", Times::Any}, {"filter", Times::Optional},
        {"sort", Times::Optional}, {"duplicates", Times::Optional}, {"household", Times::Optional}, {"suppression", Times::Any}, {"output", Times::Optional}, {"limits", Times::Optional}, {"keep", Times::Optional}, {"ledger", Times::Optional},
        {"envelope", Times::Optional}, {"marks", Times::Optional}}},
      {"article", "an article that is printed; several stand one after another in each piece",
       {{"ref", ValueType::Text, Need::Required, "a name in content/, or the path of a folder or file"}, token("level", "how much of it, where not the layout's own level counts; full: all; short: sections of level short only", {"full", "short"})},
       {{"include", Times::Any}, {"exclude", Times::Any}, {"mark", Times::Any}}},
      {"include", "a section that is printed, where only some are", {{"section", ValueType::IdRef, Need::Required, "its id in the article"}}},
      {"exclude", "a section that is left out", {{"section", ValueType::IdRef, Need::Required, "its id in the article"}}},
      {"mark", "a main point that is marked for everybody", {{"point", ValueType::IdRef, Need::Required, "its id in the article"}}},
      {"layout", "how it looks",
       {{"name", ValueType::Text, Need::Optional, "a name in layouts/, or a path; standard when left out"},
        {"profile", ValueType::Text, Need::Optional, "the size of type for most people; standard when left out"},
        token("large-print", "what is done for who wants large print; large: 18 pt, when left out, or the mailing's own type where that is larger; giant: 24 pt; ignore: nothing", {"large", "giant", "ignore"}),
        token("impose", "how pages are put on sheets, whatever the layout says; not those for an envelope", {"none", "booklet", "two-up"}),
        custom("fit", "so many pages or sheets at most, whatever the layout says", fit_form())}},
      {"clinic", "who hands it out", {{"ref", ValueType::Text, Need::Required, "the clinic's file: a path from this file's folder, or from the folder with content/"}}},
      {"date", "the day that is printed", {{"value", ValueType::Date, Need::Optional, "the same for everybody"}, custom("from", "the field of type date that has it for each recipient", field_form())}},
      {"region", "the country whose paper and units are taken where the language has none", {custom("code", "its code", {"two capital letters of ISO 3166, such as US", "[A-Z]{2}"}, Need::Required)}},
      {"locale", "the language of each piece",
       {token("choose", "whose language; recipient: the recipient's, matched to the nearest that there is, when left out; fixed: the same for everybody", {"recipient", "fixed"}),
        {"fixed", ValueType::LanguageTag, Need::Optional, "the language of everybody"},
        {"fallback", ValueType::LanguageTag, Need::Optional, "a language tag for recipients in whose languages there is nothing, or reject, which they are when it is left out"},
        {"beside", ValueType::LanguageTag, Need::Optional, "a second language beside it, block by block, in layouts that have it"}}},
  };
}

std::vector<ElementRule> list_rules() {
  return {
      {"recipients", "how the list of people is read",
       {token("format", "what the list is; auto: found from its name and first bytes, when left out; csv: RFC 4180, with a header; json-lines: an object a line; fhir: FHIR R4 patients", {"auto", "csv", "json-lines", "fhir"}),
        token("separator", "what parts the columns of CSV; auto: found from the header, when left out", {"auto", "comma", "semicolon", "tab"}),
        {"identifier-system", ValueType::Text, Need::Optional, "FHIR: the system of the identifier that is the recipient's key"}},
       {{"column", Times::Any}, {"ignore", Times::Any}}},
      {"column", "says what a column of the list is, where its header does not",
       {{"name", ValueType::Text, Need::Required, "the column's header"}, custom("to", "what it is: key, name.given, postcode, ... or one of <field>", field_form(), Need::Required)}},
      {"ignore", "a column that is of no use here", {{"column", ValueType::Text, Need::Required, "its header"}}},
      {"field", "a value that the article or the mailing asks for",
       {custom("name", "its name", field_form(), Need::Required),
        token("type", "what its values are; text: any words, when left out; date: days, YYYY-MM-DD; number: plain decimals; choice: one of choices", {"text", "date", "number", "choice"}),
        token("required", "whether a row without a value is rejected; yes: it is; no: a ruled blank is printed, when left out", {"yes", "no"}),
        {"choices", ValueType::Text, Need::Optional, "the values of a choice, separated by '|'"},
        {"from", ValueType::Text, Need::Optional, "the column that has it; the one with its name when left out"},
        {"value", ValueType::Text, Need::Optional, "the same value for everybody, in conditions, suppressions and order too"},
        {"default", ValueType::Text, Need::Optional, "the value of rows that have none, in conditions, suppressions and order too"}}},
      {"filter", "who gets a piece: rows for which all conditions hold, those of the mailing that is extended too; others are counted, not rejected", {}, {{"condition", Times::AtLeastOne}}},
      {"condition", "something that must hold of a row",
       {custom("field", "a field, or what a recipient has: country, birth-date, ...", field_form(), Need::Required),
        token("op", "how it is compared; is: equals, when left out; is-not: does not equal; less: a number or day before value; more: one behind it; in: one of values; present: it has a value; missing: it has none", {"is", "is-not", "less", "more", "in", "present", "missing"}),
        {"value", ValueType::Text, Need::Optional, "what it is compared with; of op in several, separated by '|'. Countries, languages, and yes or no may be written as in lists; dates and numbers are what they are, and of other texts white space says nothing"}}},
      {"sort", "the order of the pieces; that of the list when left out",
       {custom("by", "what they are ordered by, the first counting most: postcode, country, key, ...; fields of type number as numbers", fields_form(), Need::Required), token("order", "which comes first; ascending: the least, when left out; descending: the greatest", {"ascending", "descending"})}},
      {"duplicates", "what happens to rows with a key that an earlier row has",
       {token("key", "reject: they are rejected, when there is no <duplicates>; keep-first: they are counted and left out; keep-all: each gets a piece", {"reject", "keep-first", "keep-all"}, Need::Required)}},
      {"household", "pieces that go into one envelope; without it none do", {token("by", "none: each piece for itself; address: pieces to the same address stand one after another, each with its own person's words only", {"none", "address"}, Need::Required)}},
      {"suppression", "a list of people who get nothing; they are counted. Values are compared by what they mean, as in conditions",
       {{"file", ValueType::Text, Need::Required, "the list, one value a line or CSV with a header: a path from this file's folder, or an absolute one"}, custom("by", "what its lines are: key when left out", field_form())}},
  };
}

std::vector<ElementRule> output_rules() {
  return {
      {"output", "what is written",
       {token("as", "files: a PDF for each recipient, without marks for machines; stream: print files of many pieces, when left out; both: each of them", {"files", "stream", "both"}),
        token("purpose", "what the files are for; print: compact, when left out; screen: tagged, PDF/UA-1 and PDF/A-2a", {"print", "screen"}),
        custom("file-name", "name of a recipient's file; {number}-{locale}.pdf when left out", name_form()),
        custom("stream-name", "name of a print file, with {number} and {class}, or with {paper} and each word of split-by; {mailing}-{class}-{number}.pdf when left out", name_form()),
        token("names-in-file-names", "whether what belongs to a person may stand in names of files; yes: it is wanted; no: a template that does so is refused, when left out", {"yes", "no"}),
        token("keys-in-file-names", "whether recipients' keys may stand in names of files, and so in the ledger and in messages; yes: it is wanted; no: a template with {key} is refused, when left out", {"yes", "no"}),
        {"pieces-per-file", ValueType::Integer, Need::Optional, "pieces of a print file at most, but that an envelope of more has a file of its own; without it and pages-per-file the first of a class has 1,000, the next 2,000 and 4,000, and the others 5,000", {}, 1, kMostPieces},
        {"pages-per-file", ValueType::Integer, Need::Optional, "pages of a print file at most; a piece is never parted", {}, 1, kMostPieces},
        custom("split-by", "what the pieces of a print file have in common, beside the paper", split_form()),
        custom("sheet-weight", "of the paper, for weights of pieces", weight_form()),
        custom("weight-steps", "weights of pieces that the post has its prices by", steps_form()),
        token("duplex", "whether both sides are printed, whatever the layout says", {"yes", "no"})}},
      {"limits", "when a row is rejected, and when a job stops",
       {custom("rejects", "a job stops at more rejected rows than this; left out: it never stops for them", rejects_form()),
        token("addresses", "an address that lacks a part which addresses of its country have (city, state, postcode, street), or whose postcode is none of the country; refuse: the row is rejected, as it is when this is left out and the layout shows the address in an envelope's window; print: it is printed, and told", {"refuse", "print"})}},
      {"keep", "how long recipients' data may stay in the job's folder", {{"days", ValueType::Integer, Need::Required, "days from the job's; then handout ledger --purge removes them", {}, 0, kMostDays}}},
      {"ledger", "what the ledger of a job keeps of recipients",
       {token("key", "how their keys are kept; plain: as they are, when left out; hashed: as HMAC-SHA-256", {"plain", "hashed"}),
        {"key-file", ValueType::Text, Need::Optional, "the file with the secret of hashed keys: a path from this file's folder, or an absolute one"}}},
      {"envelope", "the envelope that pieces go into", {{"name", ValueType::Id, Need::Required, "its id in content/postal/envelopes.xml"}}},
      {"marks", "what inserting machines read", {custom("job-id", "the job's id in them", {"1 to 8 capital letters and digits", "[A-Z0-9]{1,8}"}, Need::Required)}},
  };
}

xml::Vocabulary make_vocabulary() {
  xml::Vocabulary vocabulary;
  vocabulary.kind = "mailing";
  vocabulary.roots = {"mailing"};
  for (auto* const rules : {&content_rules, &list_rules, &output_rules}) {
    for (ElementRule& rule : rules()) vocabulary.elements.push_back(std::move(rule));
  }
  return vocabulary;
}

}  // namespace

const xml::Vocabulary& mailing_vocabulary() {
  static const xml::Vocabulary vocabulary = make_vocabulary();
  return vocabulary;
}

}  // namespace handout::mailings
