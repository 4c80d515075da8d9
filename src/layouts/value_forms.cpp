#include "layouts/value_forms.h"

#include <fmt/format.h>

#include "layouts/length_rules.h"
#include "layouts/vocabulary.h"
#include "xml/patterns.h"

namespace handout::layouts {
namespace {

using xml::ValueForm;
namespace pattern = xml::pattern;

constexpr std::string_view kHexColor = "(#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6})";

std::string name_pattern() { return pattern::name("\\-_"); }
std::string field_pattern() { return pattern::name("\\-."); }
std::string color_pattern() { return pattern::any_of({kHexColor, name_pattern()}); }

pattern::Least least_of(Sign sign) {
  switch (sign) {
    case Sign::Any: return pattern::Least::Any;
    case Sign::NotNegative: return pattern::Least::Zero;
    case Sign::Positive: break;
  }
  return pattern::Least::MoreThanZero;
}

std::string units_of(const LengthRule& rule, std::string_view separator) {
  std::string units = fmt::format("pt{0}mm{0}cm{0}in{0}em{0}ex{0}ch{0}rem", separator);
  for (const auto& [unit, name] : {std::pair{Relative::Unit, "u"}, std::pair{Relative::Percent, "%"}, std::pair{Relative::Fraction, "fr"}}) {
    if (rule.takes(unit)) units += fmt::format("{}{}", separator, name);
  }
  return units;
}

std::string length_pattern(const LengthRule& rule) { return pattern::length(least_of(rule.sign), units_of(rule, "|")); }

std::string length_words(const LengthRule& rule) {
  const char* sign = rule.sign == Sign::Positive ? " more than 0" : rule.sign == Sign::Any ? ", perhaps negative" : "";
  return fmt::format("a length{} ({}) or a sum", sign, units_of(rule, ", "));
}

// variables.cpp: $name, ${name} or $$.
std::string variable_pattern() { return fmt::format("[$]([$]|{0}|\\{{{0}\\}})", name_pattern()); }

// parse_decimal() and 0.5 to 10, or a length.
std::string line_height_pattern(const LengthRule& rule) {
  return pattern::any_of({"0*(\\.[5-9][0-9]*|[1-9](\\.[0-9]*)?|10(\\.0*)?)", length_pattern(rule), pattern::sum()});
}

std::string border_pattern(const LengthRule& width) { return fmt::format("( *none *| *{} +{} *|{})", length_pattern(width), color_pattern(), pattern::sum()); }

// The letters of a tag and a value of 16 bits, as values.cpp reads them.
std::string features_pattern() {
  constexpr std::string_view kSixteenBits = "0*([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
  return fmt::format("none|{}", pattern::words(fmt::format("[+\\-]?[A-Za-z0-9]{{4}}(={})?", kSixteenBits)));
}

std::string range_pattern() { return pattern::words(fmt::format("{}%", pattern::decimal(pattern::Least::Any)), {2, 2}); }

// "disc|dash|none, or characters in quotes" without the characters.
std::string marker_words(const PropertyRule& rule) { return std::string(rule.values.substr(0, rule.values.find(','))); }

// One part of a selector between combinators (read_selectors.cpp).
std::string compound_pattern() {
  const std::string name = "[A-Za-z_\\-][A-Za-z0-9_\\-]*";
  const std::string attribute = fmt::format("\\[ *{} *= *('[^']*'|\"[^\"]*\"|[A-Za-z0-9_.\\-]+) *\\]", name);
  const std::string other = fmt::format("(\\.{}|{})", name, attribute);
  const std::string id = "#[A-Za-z_.\\-][A-Za-z0-9_.\\-]*";
  return fmt::format("(((\\*|{0}){1}*|{1}+)({2}{1}*)?|{2}{1}*)", name, other, id);
}

}  // namespace

ValueForm lengths_form(const LengthRule& rule, int least, int most) {
  if (most == 1) return {length_words(rule), pattern::any_of({length_pattern(rule), pattern::sum()})};
  return {fmt::format("{} to {} times {}", least, most, length_words(rule)), pattern::any_of({pattern::words(length_pattern(rule), {least, most}), pattern::sum()})};
}

ValueForm length_or_form(const LengthRule& rule, std::string_view word) { return {fmt::format("{}, or {}", length_words(rule), word), pattern::any_of({word, length_pattern(rule), pattern::sum()})}; }
ValueForm hex_color_form() { return {"#rrggbb or #rgb", std::string(kHexColor)}; }

ValueForm paper_size_form(std::string_view names) {
  const std::string side = pattern::length(pattern::Least::MoreThanZero, "pt|mm|cm|in");
  return {fmt::format("{}, or width and height of 40 mm to 5080 mm (pt, mm, cm, in)", names), fmt::format("{}|{}|{}", names, pattern::words(side, {2, 2}), pattern::sum())};
}

ValueForm selectors_form() {
  const std::string compound = compound_pattern();
  const std::string selector = fmt::format(" *{0}(( +| *> *){0}){{0,7}} *", compound);
  return {"selectors with ',' between them: element, .class, #id, [attribute=value] or *; 'a b' is b anywhere in a, 'a > b' its child", fmt::format("{0}(,{0})*", selector)};
}

ValueForm slot_words_form() {
  std::string names;
  for (const std::string_view word : slot_words()) names += fmt::format("|{}", word);
  return {"names of elements, #id, .class or *, with spaces between them", pattern::words(fmt::format("(\\*|#{}|\\.{}{})", pattern::name("\\-_."), name_pattern(), names))};
}

ValueForm scripts_form() { return {"ISO 15924 codes such as Latn or Arab, with spaces between them", pattern::words("[A-Z][a-z]{3}")}; }
ValueForm locales_form() { return {"language tags such as es or pt-BR, with spaces between them", pattern::words(fmt::format("({})", xml::pattern::language_tag()))}; }
ValueForm pages_form() { return {"all, rest, left, right, recto, verso, first, last, only or blank, with spaces between them", pattern::words("(all|rest|left|right|recto|verso|first|last|only|blank)")}; }

// conditions.cpp: a quoted value may touch the next test.
ValueForm tests_form() {
  const std::string test = field_pattern() + "(!=|=|<|>)";
  const std::string quoted = fmt::format("{}('[^']*'|\"[^\"]*\")", test), plain = fmt::format("{}[^ '\"=<>][^ =<>]*", test);
  return {"tests of fields such as patient.language=es or article.level!=short, with spaces between them", fmt::format(" *(({0} *)*({1} +))*(({0} *)+|({0} *)*{1} *)", quoted, plain)};
}

ValueForm share_form() { return {"40% to 100%", fmt::format("{}%", pattern::decimal(pattern::Least::Any))}; }
ValueForm path_form() { return {"a relative path with '/' and without '..'", "[\\s\\S]+", "/[\\s\\S]*|[\\s\\S]*[\\\\:][\\s\\S]*|([\\s\\S]*/)?\\.\\.(/[\\s\\S]*)?"}; }
ValueForm name_form(std::string_view words) { return {std::string(words), name_pattern()}; }
ValueForm names_form(std::string_view words) { return {std::string(words), pattern::words(name_pattern(), {0, 0})}; }
ValueForm used_styles_form() { return {"names of styles, with spaces between them", pattern::words(name_pattern())}; }
ValueForm variables_form() { return {"any text; $name and ${name} are variables, $$ is a dollar sign", fmt::format("([^$]|{})*", variable_pattern())}; }

xml::StandIn variables_stand_in() {
  return {.pattern = fmt::format("[^$]*({}[^$]*)+", variable_pattern()), .mark = "$", .not_in_elements = {"layout", "part", "include", "define"}, .not_in_attributes = {"id", "name"}};
}

ValueForm omr_form() {
  return {"benchmark, safety, retiming, begin, not-begin, end, not-end, parity, odd-parity, sequence:N and piece-sequence:N (N bits, 1 to 8), with spaces between them, as the bars follow each other",
          pattern::words("(benchmark|safety|retiming|begin|not-begin|end|not-end|parity|odd-parity|(piece-)?sequence:[1-8])")};
}

// Printable ASCII: fonts of every catalogue have it, and it has one direction.
ValueForm sheet_text_form() { return {"text in ASCII, in which {job}, {piece}, {number}, {sheet} and {sheets} stand for what they name", "([ -z|~]|\\{(job|piece|number|sheet|sheets)\\})+"}; }

ValueForm field_name_form() { return {"the name of a field, such as clinic.phone", field_pattern()}; }
ValueForm field_names_form() { return {"names of fields, with spaces between them", pattern::words(field_pattern())}; }

ValueForm value_form(const PropertyForm& form) {
  const std::string words(form.rule.values);
  switch (form.form) {
    case Form::Token:
    case Form::Count: return {};  // of types that the vocabulary has
    case Form::Family: return {"the name of one family of fonts.xml", "[^,]*[^ ,][^,]*"};
    case Form::Weight: return {words, "regular|bold|0*([1-8][0-9]{2}|900)"};
    case Form::Features: return {words, features_pattern()};
    case Form::Color: return {"#rrggbb, #rgb or the name of a <color>", color_pattern()};
    case Form::ColorOrNone: return {"#rrggbb, #rgb, the name of a <color>, or none", color_pattern()};
    case Form::Length: return lengths_form(form.length);
    case Form::LengthOrAuto: return length_or_form(form.length, "auto");
    case Form::LineHeight: return {fmt::format("0.5 to 10 times the font size, or {}", length_words(form.length)), line_height_pattern(form.length)};
    case Form::Border: return {fmt::format("{} and a colour, or none", length_words(form.length)), border_pattern(form.length)};
    case Form::Marker: return {words, marker_words(form.rule) + "|'[\\s\\S]{1,8}'|\"[\\s\\S]{1,8}\"", "' *'|\" *\""};
    case Form::Icon: {
      ValueForm path = path_form();
      return {"a relative path with '/' and without '..', or none", path.pattern, path.except};
    }
    case Form::Keep: return {words, "auto|always|0*[1-9]"};
    case Form::Tracks: return {words, pattern::any_of({pattern::words(pattern::any_of({"auto", length_pattern(form.length)})), pattern::sum()})};
    case Form::CountOrNone: return {words, "none|0*[2-9]"};
    case Form::Range: return {words, range_pattern()};
    case Form::Limits: return {words, pattern::words(pattern::positive_integer(2), {3, 3})};
  }
  return {};
}

ValueForm value_form(const Shorthand& shorthand) {
  const PropertyForm& form = form_of(shorthand.opens.front());
  return form.form == Form::Border ? value_form(form) : lengths_form(form.length, 1, static_cast<int>(shorthand.opens.size()));
}

}  // namespace handout::layouts
