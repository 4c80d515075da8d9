#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "mailings/reader.h"
#include "request/regions.h"
#include "xml/characters.h"

// What is printed: articles, layout, language, day.
namespace handout::mailings {
namespace {

constexpr std::pair<std::string_view, request::ArticleLevel> kLevels[] = {{"full", request::ArticleLevel::Full}, {"short", request::ArticleLevel::Short}};
constexpr std::pair<std::string_view, LargePrint> kLargePrints[] = {{"large", LargePrint::Large}, {"giant", LargePrint::Giant}, {"ignore", LargePrint::Ignore}};

std::vector<NamedId> ids_of(const xml::Element& parent, std::string_view element, std::string_view attribute) {
  std::vector<NamedId> ids;
  for (const xml::Element* each : children(parent, element)) {
    if (const xml::Attribute* found = given(*each, attribute)) ids.push_back({found->value, found->value_at});
  }
  return ids;
}

// Names as they are, paths however they are written.
bool is_alike(const std::string& a, const std::string& b) { return a == b || (is_path(a) && is_path(b) && std::filesystem::path(a).lexically_normal() == std::filesystem::path(b).lexically_normal()); }

}  // namespace

std::vector<ArticleChoice> read_articles(const xml::Element& root, Scope& scope) {
  std::vector<ArticleChoice> articles;
  for (const xml::Element* element : children(root, "article")) {
    ArticleChoice article{std::string(element->value("ref")), given(*element, "level") != nullptr ? std::optional(read_token(element, "level", kLevels)) : std::nullopt, ids_of(*element, "include", "section"), ids_of(*element, "exclude", "section"), ids_of(*element, "mark", "point"), value_at(*element, "ref")};
    if (!article.include.empty() && !article.exclude.empty()) {
      scope.diags.error(child(*element, "exclude")->at, "<include> and <exclude> in one article").hint("with <include> only the sections that it names are printed; leave <exclude> out").meaning();
    }
    const bool again = std::any_of(articles.begin(), articles.end(), [&](const ArticleChoice& each) { return is_alike(each.ref, article.ref); });
    if (again && !article.ref.empty()) scope.diags.error(value_at(*element, "ref"), fmt::format("article '{}' is named twice", xml::excerpt(article.ref))).meaning();
    articles.push_back(std::move(article));
  }
  if (articles.empty()) scope.diags.error(root.at, "<mailing> has no <article>").hint("say what is printed: <article ref=\"knee-stem-cell-treatment\"/>").meaning();
  return articles;
}

LayoutChoice read_layout(const xml::Element& root, Scope& scope) {
  LayoutChoice layout;
  const xml::Element* element = child(root, "layout");
  if (element == nullptr) return layout;
  if (const xml::Attribute* name = given(*element, "name")) {
    layout.name = name->value;
    layout.name_at = name->value_at;
  }
  if (const xml::Attribute* profile = given(*element, "profile")) {
    layout.profile = profile->value;
    layout.profile_at = profile->value_at;
  }
  layout.large_print = read_token(element, "large-print", kLargePrints);
  layout.impose = request::impose_named(element->value("impose")).value_or(request::Impose::AsLaidOut);
  layout.impose_at = value_at(*element, "impose");
  const xml::Attribute* fit = element->find("fit");
  if (fit == nullptr) return layout;
  layout.fit = request::fit_named(fit->value);
  layout.fit_at = fit->value_at;
  if (!layout.fit) scope.diags.error(fit->value_at, fmt::format("'{}' is nothing to fit", xml::excerpt(fit->value))).hint("write pages:2 or sheets:1, of 1 to 1000");
  return layout;
}

LocaleChoice read_locales(const xml::Element& root, Scope& scope) {
  LocaleChoice choice;
  const xml::Element* element = child(root, "locale");
  if (element == nullptr) return choice;
  const bool fixed = element->value("choose") == "fixed";
  auto tag = read_locale(*element, "fixed", scope);
  if (fixed && element->find("fixed") == nullptr) scope.diags.error(value_at(*element, "choose"), "choose=\"fixed\" without the language").hint("say it: fixed=\"en\"").meaning();
  if (!fixed && element->find("fixed") != nullptr) scope.diags.error(value_at(*element, "fixed"), "a fixed language, but each recipient's own is chosen").hint("choose=\"fixed\", or leave 'fixed' out; fallback=\"en\" is for whom there is nothing").meaning();
  if (fixed) choice.fixed = std::move(tag);
  if (element->value("fallback") != "reject") choice.fallback = read_locale(*element, "fallback", scope);
  choice.beside = read_locale(*element, "beside", scope);
  choice.fixed_at = value_at(*element, "fixed");
  choice.fallback_at = value_at(*element, "fallback");
  choice.beside_at = value_at(*element, "beside");
  return choice;
}

DayChoice read_day(const xml::Element& root, Scope& scope) {
  const xml::Element* element = child(root, "date");
  if (element == nullptr) return {};
  const xml::Attribute *value = element->find("value"), *from = element->find("from");
  if (value != nullptr && element->find("from") != nullptr) scope.diags.error(element->find("from")->at, "<date> with 'value' and 'from'").hint("'value' is the same for everybody, 'from' a field: leave one out").meaning();
  if (value == nullptr && element->find("from") == nullptr) scope.diags.error(element->at, "<date> says no day").hint("value=\"2026-11-22\", or from=\"FIELD\"").meaning();
  if (from != nullptr) {
    if (!is_field_name(from->value)) {
      scope.diags.error(from->value_at, fmt::format("'{}' cannot be the name of a field", xml::excerpt(from->value))).hint("begin with a letter; then letters, digits, '.', '-' and '_'");
      return {};
    }
    const auto type = find_field(*from, from->value, scope);
    if (type && *type != FieldType::Date) scope.diags.error(from->value_at, fmt::format("field '{}' is no date", from->value)).hint("<field name=\"...\" type=\"date\"/>").meaning();
    return DayFromField{from->value};
  }
  const auto day = value != nullptr ? unicode::parse_date(value->value) : std::nullopt;
  return day ? DayChoice(*day) : DayChoice();
}

}  // namespace handout::mailings
