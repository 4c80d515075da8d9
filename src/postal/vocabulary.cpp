#include "postal/vocabulary.h"

#include "postal/limits.h"
#include "xml/patterns.h"

namespace handout::postal {
namespace {

using xml::AttributeRule;
using xml::ElementRule;
using xml::Need;
using xml::TextContent;
using xml::Times;
using xml::ValueType;

xml::ValueForm parts_form() { return {"street, district, city, state, postcode, with spaces between them", xml::pattern::words("(street|district|city|state|postcode)")}; }

// PostcodeForm::parse; that ranges rise is not said.
xml::ValueForm postcode_form() {
  const std::string place = "([#@*A-Z0-9]|\\[([A-Z0-9](-[A-Z0-9])?)+\\])", form = place + "([ \\-]?" + place + ")*";
  return {"forms with | between them: # a digit, @ a letter, * either, [A-C] one of these", form + "(\\|" + form + ")*"};
}

AttributeRule parts_rule(std::string_view name, std::string_view doc) { return {.name = name, .type = ValueType::Custom, .doc = doc, .form = parts_form()}; }
AttributeRule code_rule(std::string_view name, Need need, std::string_view doc) { return {.name = name, .type = ValueType::Custom, .need = need, .doc = doc, .form = {"two capital letters of ISO 3166, such as US", "[A-Z]{2}"}}; }

ElementRule part_rule(std::string_view name, std::string_view doc) {
  return {name,
          doc,
          {{"before", ValueType::Text, Need::Optional, "printed directly before it"},
           {"after", ValueType::Text, Need::Optional, "printed directly behind it"},
           {"unless", ValueType::Token, Need::Optional, "it is left out where it says the same as this part", {"street", "district", "city", "state", "postcode"}}}};
}

ElementRule country_rule() {
  return {"country",
          "how the post of one country wants addresses",
          {code_rule("code", Need::Required, "the country"),
           {"form", ValueType::IdRef, Need::Optional, "id of the form that it shares with others; else it has its own"},
           {.name = "postcode", .type = ValueType::Custom, .doc = "how its postcodes look; left out: it has none", .form = postcode_form()},
           {"postcode-prefix", ValueType::Text, Need::Optional, "what is always printed before the postcode"},
           {"postcode-lead", ValueType::Text, Need::Optional, "what people write before the postcode with a hyphen, and its post does not print: the sign of the country's vehicles; the country's code is known"},
           parts_rule("requires", "parts without which no letter arrives; street and city when left out"),
           parts_rule("capitals", "parts that its post wants in capitals"),
           {"city", ValueType::Text, Need::Optional, "the city where none is given: of a country that is one"},
           {"state", ValueType::Text, Need::Optional, "the state where none is given: of a territory that its post takes for a state"},
           code_rule("domestic-with", Need::Optional, "the country whose post serves it at home"),
           {"language", ValueType::LanguageTag, Need::Optional, "of its mail: capitals follow its rules, and names of other countries are in it; the usual one there when left out"},
           {"name", ValueType::Token, Need::Optional, "full (when left out): its name as CLDR has it; short: the shorter one", {"full", "short"}},
           {.name = "lines", .type = ValueType::Integer, .doc = "most lines of an address, without the name of the country", .minimum = kLeastLines, .maximum = kMostLines},
           {.name = "characters", .type = ValueType::Integer, .doc = "most characters of a line", .minimum = kLeastCharacters, .maximum = kMostCharacters},
           {"spaces", ValueType::Token, Need::Optional, "whether spaces count towards characters; counted when left out", {"counted", "not-counted"}},
           {.name = "lines-abroad", .type = ValueType::Integer, .doc = "most lines of an address in another country, for mail from here, with the name of the country", .minimum = kLeastLines, .maximum = kMostLines},
           parts_rule("capitals-abroad", "parts that its post wants in capitals in mail to other countries, beside the city"),
           {"source", ValueType::Text, Need::Optional, "where limits and capitals are written"}},
          {{"form", Times::Any}, {"name", Times::Any}}};
}

xml::Vocabulary make_countries_vocabulary() {
  xml::Vocabulary vocabulary;
  vocabulary.kind = "list of countries";
  vocabulary.roots = {"countries"};
  vocabulary.elements = {
      {"countries", "how addresses are written, country by country", {}, {{"form", Times::Any}, {"country", Times::AtLeastOne}}},
      {"form", "lines that several countries share", {{"id", ValueType::Id, Need::Required, "its name"}}, {{"line", Times::AtLeastOne}}, TextContent::None, xml::Order::Any, {"countries"}},
      {"form", "the country's own lines", {{.name = "scripts", .type = ValueType::Custom, .doc = "only for addresses in these scripts (ISO 15924)", .form = {"ISO 15924 codes with spaces between them, such as Hani Kana", xml::pattern::words("[A-Z][a-z]{3}")}}},
       {{"line", Times::AtLeastOne}}, TextContent::None, xml::Order::Any, {"country"}},
      {"line", "a line: parts, and what stands between them; what stands before a part is printed where the line has begun", {}, {{"street", Times::Any}, {"district", Times::Any}, {"city", Times::Any}, {"state", Times::Any}, {"postcode", Times::Any}}, TextContent::Mixed},
      part_rule("street", "street, house and flat: the lines as they are given"),
      part_rule("district", "part of a city, suburb, village"),
      part_rule("city", "city, town"),
      part_rule("state", "state, province, county, prefecture"),
      part_rule("postcode", "postcode"),
      country_rule(),
      {"name", "what the country is called in one language, where the Unicode CLDR's name would not do", {{"language", ValueType::LanguageTag, Need::Required, "the language"}, {"text", ValueType::Text, Need::Required, "its name"}}},
  };
  return vocabulary;
}

AttributeRule length_rule(std::string_view name, Need need, std::string_view doc) {
  return {.name = name, .type = ValueType::Custom, .need = need, .doc = doc, .form = {"a length above 0 (pt, mm, cm, in)", xml::pattern::length(xml::pattern::Least::MoreThanZero, "pt|mm|cm|in")}};
}

xml::Vocabulary make_envelopes_vocabulary() {
  xml::Vocabulary vocabulary;
  vocabulary.kind = "list of envelopes";
  vocabulary.roots = {"envelopes"};
  vocabulary.elements = {
      {"envelopes", "window envelopes that layouts name", {}, {{"envelope", Times::AtLeastOne}}},
      {"envelope", "an envelope, its flap above",
       {{"id", ValueType::Id, Need::Required, "its name in layouts"},
        length_rule("width", Need::Required, "its width outside"),
        length_rule("height", Need::Required, "its height outside"),
        length_rule("inner-width", Need::Optional, "the room that a sheet has inside; the width outside when left out, so that the sheet moves as far as it ever could"),
        length_rule("inner-height", Need::Optional, "as inner-width"),
        {"source", ValueType::Text, Need::Optional, "where the figures are written"}},
       {{"window", Times::AtLeastOne}}},
      {"window", "a window in its front",
       {{"name", ValueType::Text, Need::Required, "what messages call it"},
        {"shows", ValueType::Token, Need::Required, "what belongs in it", {"address", "return", "both"}},
        length_rule("left", Need::Required, "from the envelope's left edge"),
        length_rule("bottom", Need::Required, "from the envelope's lower edge"),
        length_rule("width", Need::Required, "its width"),
        length_rule("height", Need::Required, "its height"),
        length_rule("clear", Need::Optional, "how far the post wants the address to stay from its edges, wherever the sheet lies"),
        length_rule("tolerance", Need::Optional, "how far its edges may stand from where they should")}},
  };
  return vocabulary;
}

}  // namespace

const xml::Vocabulary& countries_vocabulary() {
  static const xml::Vocabulary vocabulary = make_countries_vocabulary();
  return vocabulary;
}

const xml::Vocabulary& envelopes_vocabulary() {
  static const xml::Vocabulary vocabulary = make_envelopes_vocabulary();
  return vocabulary;
}

}  // namespace handout::postal
