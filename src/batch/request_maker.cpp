#include "batch/request_maker.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/numbers.h"
#include "unicode/formats.h"

namespace handout::batch {

using unicode::Locale;

namespace {

bool is_of_type(const mailings::Field& field, const std::string& value) {
  switch (field.type) {
    case mailings::FieldType::Date: return unicode::parse_date(value).has_value();
    case mailings::FieldType::Number: return parse_decimal(value).has_value();
    case mailings::FieldType::Choice: return std::find(field.choices.begin(), field.choices.end(), value) != field.choices.end();
    case mailings::FieldType::Text: return true;
  }
  return true;
}

std::string_view expected(const mailings::Field& field) {
  switch (field.type) {
    case mailings::FieldType::Date: return "is no day of the calendar: expected YYYY-MM-DD";
    case mailings::FieldType::Number: return "is no number: expected one such as 4.5";
    case mailings::FieldType::Choice: return "is none of the field's choices";
    case mailings::FieldType::Text: break;
  }
  return "is no text";
}

std::string column_of(const mailings::Field& field) { return field.column.empty() ? field.name : field.column; }

}  // namespace

Result<RequestMaker> RequestMaker::make(const mailings::Mailing& mailing, const Snapshot& snapshot, const std::filesystem::path& root, const std::string& list, Pipeline& pipeline, Diagnostics& diags) {
  RequestMaker maker(mailing, pipeline);
  request::Request& common = maker.common_;
  common.at = Span::of_file(list);
  const auto located = [&](const std::string& name) { return is_path(name) ? snapshot.locate(path_of(mailing, name)).string() : name; };
  for (const mailings::ArticleChoice& choice : mailing.articles) {
    const std::string article = located(choice.ref);
    const auto entry = pipeline.find_article(article, diags);
    if (!entry) return tl::unexpected<Failure>(Failure{});
    auto& locales = maker.available_.emplace_back();
    for (const content::ArticleFile& file : entry->files) locales.push_back(file.locale);
    if (!maker.read_declared(*entry, diags)) return tl::unexpected<Failure>(Failure{});
    common.editions.push_back({article, Locale(), choice.level});
    for (const auto& [from, to] : {std::pair{&choice.include, &common.include}, {&choice.exclude, &common.exclude}, {&choice.marked, &common.marked}}) to->insert(to->end(), from->begin(), from->end());
  }
  common.layout = located(mailing.layout.name);
  common.profile = mailing.layout.profile;
  common.impose = mailing.layout.impose;
  common.fit = mailing.layout.fit;
  common.region = mailing.region;
  common.envelope = mailing.envelope;
  if (mailing.clinic) common.clinic = snapshot.locate(mailings::resolve(*mailing.clinic, root)).string();
  if (const auto* day = std::get_if<mailings::Date>(&mailing.day)) common.date = *day;
  const mailings::LocaleChoice& said = mailing.locale;
  for (const auto& [fixed, at] : {std::pair(&said.fixed, &said.fixed_at), std::pair(&said.fallback, &said.fallback_at), std::pair(&said.beside, &said.beside_at)}) {
    if (*fixed && !maker.nearest({**fixed})) return diags.error(*at, fmt::format("no article of the mailing is there in '{}' in all its parts", (*fixed)->tag())).hint("handout list shows what languages there are");
  }
  maker.find_fields_of_mailing(diags);
  return maker;
}

// Of the languages that the mailing may print. A translation has the fields of its source.
Result<std::monostate> RequestMaker::read_declared(const content::ArticleEntry& entry, Diagnostics& diags) {
  const auto only = mailing_.locale.fixed ? unicode::nearest_locale(*mailing_.locale.fixed, available_.back()) : std::nullopt;
  for (std::size_t i = 0; i < entry.files.size(); ++i) {
    if (only && *only != i) continue;
    const auto article = pipeline_.article(entry.files[i].path, diags);
    if (!article) return tl::unexpected<Failure>(Failure{});
    for (const content::FieldDef& field : (*article)->fields) {
      if (std::none_of(declared_.begin(), declared_.end(), [&](const content::FieldDef& known) { return known.name == field.name; })) declared_.push_back(field);
    }
  }
  return std::monostate{};
}

// What the mailing alone uses is no field of the handout.
void RequestMaker::find_fields_of_mailing(Diagnostics& diags) {
  std::vector<std::string_view> declared;
  for (const content::FieldDef& each : declared_) declared.push_back(each.name);
  const auto& known = content::built_in_fields();
  for (const mailings::Field& field : mailing_.fields) {
    if (std::find(declared.begin(), declared.end(), field.name) != declared.end() || std::any_of(known.begin(), known.end(), [&](const auto& each) { return each.name == field.name; })) continue;
    of_mailing_.insert(field.name);
    if (mailings::uses(mailing_, field.name)) continue;
    diags.warning(field.at, fmt::format("no article of the mailing has a field '{}', and the mailing uses it for nothing{}", field.name, did_you_mean(field.name, declared))).hint("an article declares its fields with <field-def>");
  }
}

// The first wanted language that every article has.
std::optional<Locale> RequestMaker::nearest(const std::vector<Locale>& wanted) const {
  for (const Locale& each : wanted) {
    if (std::all_of(available_.begin(), available_.end(), [&](const auto& have) { return unicode::nearest_locale(each, have).has_value(); })) return each;
  }
  return std::nullopt;
}

const RequestMaker::Choice& RequestMaker::choose(const request::Recipient& recipient) {
  std::string tags;
  for (const Locale& each : recipient.languages) tags += each.tag() + ' ';
  const auto [found, added] = choices_.try_emplace(std::move(tags));
  Choice& choice = found->second;
  if (!added) return choice;
  if (mailing_.locale.fixed) {
    choice.locale = mailing_.locale.fixed;
    return choice;
  }
  choice.locale = nearest(recipient.languages);
  if (choice.locale || !mailing_.locale.fallback) return choice;
  choice.locale = mailing_.locale.fallback;
  // Who says no language has not fallen back from one.
  choice.fallback = fmt::format("{} -> {}", recipient.languages.empty() ? "not said" : recipient.languages.front().tag(), choice.locale->tag());
  return choice;
}

std::optional<Refused> RequestMaker::set_fields(const Somebody& somebody, request::Request& request) const {
  for (const mailings::Field& field : mailing_.fields) {
    std::string value = field.constant ? *field.constant : value_of(somebody.person, field.name);
    if (value.empty() && field.fallback) value = *field.fallback;
    if (value.empty()) {
      if (field.presence == mailings::Presence::Required) return Refused{somebody.row, column_of(field), "is empty; the mailing requires a value"};
      continue;
    }
    if (!is_of_type(field, value)) return Refused{somebody.row, column_of(field), std::string(expected(field))};
    if (!of_mailing_.contains(field.name)) request.fields.emplace(field.name, std::move(value));
  }
  for (const auto& [name, value] : somebody.person.fields) {
    if (!of_mailing_.contains(name)) request.fields.emplace(name, value);
  }
  return std::nullopt;
}

std::variant<Wanted, Refused> RequestMaker::request_for(Somebody somebody) {
  request::Recipient& recipient = somebody.person.recipient;
  const Choice& choice = choose(recipient);
  if (!choice.locale) return Refused{somebody.row, "language", recipient.languages.empty() ? "is empty, and the mailing names no fallback" : "names no language that the articles have, and the mailing names no fallback"};
  Wanted wanted{common_, choice.fallback};
  request::Request& request = wanted.request;
  for (request::Edition& edition : request.editions) edition.locale = *choice.locale;
  if (mailing_.locale.beside) {
    const std::size_t count = request.editions.size();
    for (std::size_t i = 0; i < count; ++i) {
      request::Edition second = request.editions[i];
      second.locale = *mailing_.locale.beside;
      request.editions.push_back(std::move(second));
    }
  }
  if (recipient.large_print && mailing_.layout.large_print != mailings::LargePrint::Ignore) request.profile = mailing_.layout.large_print == mailings::LargePrint::Giant ? "giant" : "large";
  if (auto refused = set_fields(somebody, request)) return std::move(*refused);
  if (const auto* from = std::get_if<mailings::DayFromField>(&mailing_.day)) {
    const std::string value = value_of(somebody.person, from->field);
    request.date = unicode::parse_date(value);
    if (!request.date && !value.empty()) return Refused{somebody.row, from->field, "is no day of the calendar: expected YYYY-MM-DD"};
  }
  request.recipient = std::move(recipient);
  return wanted;
}

}  // namespace handout::batch
