#include "content/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/numbers.h"
#include "unicode/quotation.h"

namespace handout::content {
namespace {

constexpr std::pair<std::string_view, Emphasis> kEmphases[] = {
    {"strong", Emphasis::Strong}, {"em", Emphasis::Em}, {"sup", Emphasis::Sup}, {"sub", Emphasis::Sub}, {"term", Emphasis::Term}};
constexpr std::pair<std::string_view, FieldFormat> kFormats[] = {
    {"plain", FieldFormat::Plain}, {"long-date", FieldFormat::LongDate}, {"short-date", FieldFormat::ShortDate}, {"number", FieldFormat::Number}};

Inlines read_nodes(const xml::Element& parent, Scope& scope);

void check_words(const xml::Element& element, const Inlines& content, Scope& scope) {
  if (is_blank(content)) scope.diags.error(element.at, fmt::format("<{}> has no words", element.name)).meaning();
}

const xml::Element* find_descendant(const xml::Element& element, std::string_view name) {
  for (const xml::Node& node : element.children) {
    const xml::Element* inner = node.element();
    if (!inner) continue;
    if (inner->name == name) return inner;
    if (const xml::Element* deeper = find_descendant(*inner, name)) return deeper;
  }
  return nullptr;
}

constexpr std::size_t kMostCandidates = 1000;  // more ids than that are no article, and a search for the nearest takes its time

std::string unknown_id(std::string_view what, std::string_view id, const std::set<std::string, std::less<>>& known) {
  std::vector<std::string_view> names;
  if (known.size() <= kMostCandidates) names.assign(known.begin(), known.end());
  return fmt::format("no {} has the id '{}'{}", what, id, did_you_mean(id, names));
}

Inline read_link(const xml::Element& element, Scope& scope) {
  Link link{text_of(element, "href"), read_nodes(element, scope)};
  check_words(element, link.content, scope);
  if (const xml::Element* inner = find_descendant(element, "a")) scope.diags.error(inner->at, "<a> stands in another <a>").hint("a link cannot hold a link").meaning();
  const Span at = value_at(element, "href");
  if (link.href.starts_with('#')) {
    const std::string id = link.href.substr(1);
    if (!scope.ids.contains(id) && !told(scope.diags, at)) scope.diags.error(at, unknown_id("block", id, scope.ids)).meaning();
  } else if (link.href.starts_with("http:")) {
    scope.diags.error(at, fmt::format("link to '{}' is not encrypted", link.href)).hint("use https:, mailto:, tel: or '#' and the id of a block");
  }
  return {element.at, std::move(link)};
}

Inline read_cite(const xml::Element& element, Scope& scope) {
  const std::string id = text_of(element, "ref");
  if (element.find("ref") && !scope.references.contains(id)) {
    if (const Span at = value_at(element, "ref"); !told(scope.diags, at)) scope.diags.error(at, unknown_id("reference", id, scope.references)).meaning();
  }
  scope.cited.insert(id);
  return {element.at, Cite{id}};
}

Inline read_field(const xml::Element& element, Scope& scope) {
  const FieldRef ref{text_of(element, "name"), read_token(element, "format", kFormats)};
  if (const Field* field = find_field(element, "name", scope)) {
    const bool date = ref.format == FieldFormat::LongDate || ref.format == FieldFormat::ShortDate;
    if ((date && field->type != FieldType::Date) || (ref.format == FieldFormat::Number && field->type != FieldType::Number)) {
      scope.diags.error(value_at(element, "format"), fmt::format("field '{}' is not a {}, so it has no format '{}'", ref.name, date ? "date" : "number", element.value("format"))).meaning();
    }
  }
  return {element.at, ref};
}

When read_when(const xml::Element& element, Scope& scope) {
  When when{{text_of(element, "field"), std::nullopt, std::nullopt}, read_nodes(element, scope)};
  const Field* field = find_field(element, "field", scope);
  for (const auto& [name, value] : {std::pair{"is", &when.condition.is}, std::pair{"is-not", &when.condition.is_not}}) {
    if (const xml::Attribute* found = element.find(name)) {
      *value = found->value;
      if (field && !found->value.empty()) check_field_value(*field, found->value, found->value_at, scope.diags);
    }
  }
  if (when.condition.is && when.condition.is_not) {
    scope.diags.error(element.find("is-not")->at, "<when> has both 'is' and 'is-not'").hint("keep one of them").meaning();
  }
  return when;
}

Inline read_choose(const xml::Element& element, Scope& scope) {
  Choose choose;
  for (const xml::Element* when : children(element, "when")) choose.branches.push_back(read_when(*when, scope));
  if (const xml::Element* otherwise = child(element, "otherwise")) choose.otherwise = read_nodes(*otherwise, scope);
  return {element.at, std::move(choose)};
}

// Words that a language bends for a number but that the article does not give print as "other", which is wrong grammar. CLDR's rules for whole
// numbers all show among these samples; rules for fractions and for millions are left to "other".
void check_categories(const Plural& plural, const xml::Element& element, Scope& scope) {
  constexpr std::array<std::string_view, 16> kSamples = {"0", "1", "2", "3", "4", "5", "6", "8", "10", "11", "12", "20", "21", "22", "80", "100"};
  auto& known = scope.plural_categories;
  if (known.empty()) {
    for (const std::string_view sample : kSamples) {
      std::string category = unicode::plural_category(sample, scope.locale);
      if (std::none_of(known.begin(), known.end(), [&](const auto& each) { return each.first == category; })) known.emplace_back(std::move(category), sample);
    }
  }
  for (const auto& [category, sample] : known) {
    if (category == "other" || plural.cases.contains(category)) continue;
    scope.diags.warning(element.at, fmt::format("<plural> has no case '{}', which {} has for {}", category, scope.locale.tag(), sample));
  }
}

Inline read_plural(const xml::Element& element, Scope& scope) {
  Plural plural;
  plural.field = text_of(element, "field");
  const auto cases = children(element, "case");
  for (const xml::Element* each : cases) {
    const std::string category = text_of(*each, "of");
    if (!plural.cases.try_emplace(category, read_nodes(*each, scope)).second) {
      scope.diags.error(value_at(*each, "of"), fmt::format("<plural> has two cases '{}'", category)).meaning();
    }
  }
  const bool misspelt = std::any_of(cases.begin(), cases.end(), [&](const xml::Element* each) { return told(scope.diags, value_at(*each, "of")); });
  if (!misspelt && !plural.cases.empty() && !plural.cases.contains("other")) {
    scope.diags.error(element.at, "<plural> has no case 'other'").hint("CLDR's rules use it for every number that no other case takes").meaning();
  }
  if (const Field* field = find_field(element, "field", scope); field && field->type != FieldType::Number) {
    scope.diags.error(value_at(element, "field"), fmt::format("field '{}' is not a number, so it has no plural", plural.field)).meaning();
  }
  if (!misspelt && !plural.cases.empty()) check_categories(plural, element, scope);
  return {element.at, std::move(plural)};
}

void check_unit(const xml::Element& element, std::string_view attribute, Scope& scope) {
  constexpr std::array<std::string_view, 22> kUsual = {"kilogram", "gram", "milligram", "microgram", "pound", "ounce", "stone", "meter", "centimeter", "millimeter", "foot",
                                                       "inch", "mile", "kilometer", "liter", "milliliter", "celsius", "fahrenheit", "minute", "hour", "day", "week"};
  const xml::Attribute* unit = element.find(attribute);
  if (!unit || unit->value.empty()) return;
  const auto [known, is_new] = scope.units.try_emplace(unit->value, false);
  if (is_new) known->second = unicode::format_measure("1", unit->value, Locale()).has_value();
  if (known->second || told(scope.diags, unit->value_at)) return;
  scope.diags.error(unit->value_at, fmt::format("unknown unit '{}'{}", unit->value, did_you_mean(unit->value, {kUsual.begin(), kUsual.end()})))
      .hint("use CLDR's name of the unit, such as kilogram, centimeter or celsius").meaning();
}

Inline read_measure(const xml::Element& element, Scope& scope) {
  const Measure measure{text_of(element, "value"), text_of(element, "unit"), text_of(element, "us-value"), text_of(element, "us-unit")};
  check_unit(element, "unit", scope);
  check_unit(element, "us-unit", scope);
  if ((element.find("us-value") == nullptr) != (element.find("us-unit") == nullptr)) {
    const bool value = element.find("us-value") != nullptr;
    scope.diags.error(element.find(value ? "us-value" : "us-unit")->at, fmt::format("<measure> has '{}' without '{}'", value ? "us-value" : "us-unit", value ? "us-unit" : "us-value")).meaning();
  }
  return {element.at, measure};
}

Inline read_foreign(const xml::Element& element, Scope& scope) {
  Foreign foreign{read_language(element, scope.diags), std::nullopt, {}};
  const Quoting around = std::exchange(scope.quoting, {foreign.language, scope.quoting.depth});
  foreign.content = read_nodes(element, scope);
  scope.quoting = around;
  if (element.value("dir") == "ltr") foreign.direction = Direction::LeftToRight;
  if (element.value("dir") == "rtl") foreign.direction = Direction::RightToLeft;
  check_words(element, foreign.content, scope);
  return {element.at, std::move(foreign)};
}

// The marks are of the language around the quotation, which need not be the language of its words (CLDR, TR35-2 "Delimiter Elements").
Inline read_quote(const xml::Element& element, Scope& scope) {
  Quote quote{unicode::nested_quotation_marks(scope.quoting.language.value_or(scope.locale), scope.quoting.depth), {}};
  ++scope.quoting.depth;
  quote.content = read_nodes(element, scope);
  --scope.quoting.depth;
  check_words(element, quote.content, scope);
  return {element.at, std::move(quote)};
}

std::optional<Inline> read_inline(const xml::Element& element, Scope& scope) {
  for (const auto& [name, kind] : kEmphases) {
    if (element.name != name) continue;
    Emphasized emphasized{kind, read_nodes(element, scope)};
    check_words(element, emphasized.content, scope);
    return Inline{element.at, std::move(emphasized)};
  }
  using Read = Inline (*)(const xml::Element&, Scope&);
  constexpr std::pair<std::string_view, Read> kReaders[] = {{"a", read_link},           {"cite", read_cite},     {"field", read_field},   {"choose", read_choose},
                                                            {"plural", read_plural},    {"measure", read_measure}, {"span", read_foreign}, {"q", read_quote}};
  for (const auto& [name, read] : kReaders) {
    if (element.name == name) return read(element, scope);
  }
  if (element.name == "br") return Inline{element.at, LineBreak{}};
  return std::nullopt;
}

Inlines read_nodes(const xml::Element& parent, Scope& scope) {
  Inlines content;
  for (const xml::Node& node : parent.children) {
    if (const xml::Text* text = node.text()) {
      content.push_back({text->at, Text{text->text}});
    } else if (auto inner = read_inline(*node.element(), scope)) {
      content.push_back(*std::move(inner));
    } else {
      // An unknown element; its words count, so that no second fault says that the block has none.
      for (Inline& each : read_nodes(*node.element(), scope)) content.push_back(std::move(each));
    }
  }
  return content;
}

}  // namespace

Inlines read_inlines(const xml::Element& block, Scope& scope) {
  Inlines content = read_nodes(block, scope);
  collapse_white_space(content);
  return content;
}

}  // namespace handout::content
