#include "batch/request_maker.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "batch/field_values.h"
#include "recipients/bytes.h"
#include "unicode/formats.h"

namespace handout::batch {

using unicode::Locale;

namespace {

request::FaultyAddress faulty_address(mailings::FaultyAddresses addresses) {
  switch (addresses) {
    case mailings::FaultyAddresses::Print: return request::FaultyAddress::Print;
    case mailings::FaultyAddresses::Refuse: return request::FaultyAddress::Refuse;
    case mailings::FaultyAddresses::ByLayout: break;
  }
  return request::FaultyAddress::RefuseInWindow;
}

// A value of the mailing, for everybody or for who has none, that the article doesn't take: no row is at fault.
void check_value(const mailings::Field& field, const content::FieldDef& declared, Diagnostics& diags) {
  const std::string& value = field.constant ? *field.constant : *field.fallback;
  if (is_of_type(declared, value)) return;
  const bool is_choice = declared.type == content::FieldType::Choice, is_date = declared.type == content::FieldType::Date;
  const std::string wrong = is_choice ? fmt::format("'{}' is none of the choices of field '{}'", recipients::shown(value), field.name)
                                      : fmt::format("field '{}' is a {}, and '{}' is {}", field.name, is_date ? "date" : "number", recipients::shown(value), is_date ? "no day of the calendar" : "none");
  const std::string where = declared.at.file ? fmt::format("; the article declares the field at {}", to_text(declared.at)) : "";
  diags.error(field.value_at, wrong).hint(fmt::format("expected {}{}", is_choice ? shown(declared.choices) : is_date ? "YYYY-MM-DD" : "one such as 4.5", where)).meaning();
}

std::vector<std::string> ids_of(const std::vector<mailings::NamedId>& named) {
  std::vector<std::string> ids;
  for (const mailings::NamedId& each : named) ids.push_back(each.id);
  return ids;
}

}  // namespace

Result<RequestMaker> RequestMaker::make(const mailings::Mailing& mailing, const Snapshot& snapshot, const std::filesystem::path& root, const std::string& list, Pipeline& pipeline, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
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
    common.editions.push_back({article, Locale(), choice.level, ids_of(choice.include), ids_of(choice.exclude), ids_of(choice.marked)});
  }
  common.layout = located(mailing.layout.name);
  common.profile = mailing.layout.profile;
  common.impose = mailing.layout.impose;
  common.duplex = mailing.output.duplex;
  common.fit = mailing.layout.fit;
  common.fit_at = mailing.layout.fit_at;
  common.region = mailing.region;
  common.envelope = mailing.envelope;
  common.envelope_at = mailing.envelope_at;
  common.faulty_address = faulty_address(mailing.addresses);
  if (mailing.clinic) common.clinic = snapshot.locate(mailings::resolve(*mailing.clinic, root)).string();
  if (const auto* day = std::get_if<mailings::Date>(&mailing.day)) common.date = *day;
  const mailings::LocaleChoice& said = mailing.locale;
  for (const auto& [fixed, at] : {std::pair(&said.fixed, &said.fixed_at), std::pair(&said.fallback, &said.fallback_at), std::pair(&said.beside, &said.beside_at)}) {
    if (*fixed && !maker.nearest({**fixed})) return diags.error(*at, fmt::format("no article of the mailing is there in '{}' in all its parts", (*fixed)->tag())).hint("handout list shows what languages there are");
  }
  maker.find_fields_of_mailing(diags);
  if (diags.error_count() > errors) return tl::unexpected<Failure>(Failure{});
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
      check_own_value(field, diags);
      if (std::none_of(declared_.begin(), declared_.end(), [&](const content::FieldDef& known) { return known.name == field.name; })) declared_.push_back(field);
    }
  }
  return std::monostate{};
}

// Once for each field: translations declare what their source does.
void RequestMaker::check_own_value(const content::FieldDef& declared, Diagnostics& diags) {
  for (const mailings::Field& field : mailing_.fields) {
    if (field.name != declared.name || (!field.constant && !field.fallback) || wrong_.contains(field.name)) continue;
    const std::size_t before = diags.error_count();
    check_value(field, declared, diags);
    if (diags.error_count() > before) wrong_.insert(field.name);
  }
}

// What the mailing alone uses is no field of the handout.
void RequestMaker::find_fields_of_mailing(Diagnostics& diags) {
  std::vector<std::string_view> declared;
  for (const content::FieldDef& each : declared_) declared.push_back(each.name);
  const auto& known = content::built_in_fields();
  for (const mailings::Field& field : mailing_.fields) {
    if (std::find(declared.begin(), declared.end(), field.name) != declared.end()) continue;
    if (const auto built_in = std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.name == field.name; }); built_in != known.end()) {
      content::FieldDef definition;
      definition.name = field.name;
      definition.type = built_in->type;
      check_own_value(definition, diags);
      continue;
    }
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
  // Who gets the first of their languages has not fallen back, whichever variety of it there is.
  if (choice.locale && *choice.locale == recipient.languages.front()) return choice;
  if (!choice.locale) choice.locale = mailing_.locale.fallback;
  if (!choice.locale) return choice;
  const std::vector<Locale>& have = available_.front();
  const auto taken = unicode::nearest_locale(*choice.locale, have);
  choice.fallback = fmt::format("{} -> {}", recipient.languages.empty() ? "not said" : recipient.languages.front().tag(), taken ? have[*taken].tag() : choice.locale->tag());
  return choice;
}

std::optional<Refused> RequestMaker::set_fields(const Somebody& somebody, Wanted& wanted) const {
  for (const mailings::Field& field : mailing_.fields) {
    std::string value = value_of(mailing_, somebody.person, field.name);
    if (value.empty()) {
      if (field.presence == mailings::Presence::Required) return Refused{somebody.row, column_of(field), "is empty; the mailing requires a value"};
      continue;
    }
    if (auto fault = fault_of_value(field, value)) return Refused{somebody.row, column_of(field), std::move(*fault)};
    if (of_mailing_.contains(field.name)) wanted.of_mailing.emplace_back(field.name, std::move(value));
    else wanted.request.fields.emplace(field.name, std::move(value));
  }
  for (const auto& [name, value] : somebody.person.fields) {
    if (!of_mailing_.contains(name)) wanted.request.fields.emplace(name, value);
  }
  return std::nullopt;
}

void add_locale(std::string& locales, const unicode::Locale& locale) {
  if (locales.find(locale.tag()) == std::string::npos) locales += (locales.empty() ? "" : "+") + locale.tag();
}

std::string RequestMaker::locales_for(const request::Recipient& recipient) {
  const Choice& choice = choose(recipient);
  if (!choice.locale) return "";
  std::string locales = choice.locale->tag();
  if (mailing_.locale.beside) add_locale(locales, *mailing_.locale.beside);
  return locales;
}

std::variant<Wanted, Refused> RequestMaker::request_for(Somebody somebody) {
  request::Recipient& recipient = somebody.person.recipient;
  const Choice& choice = choose(recipient);
  if (!choice.locale) return Refused{somebody.row, "language", recipient.languages.empty() ? "is empty, and the mailing names no fallback" : "names no language that the articles have, and the mailing names no fallback"};
  Wanted wanted{common_, choice.fallback, {}};
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
  // Never smaller than what the others get.
  if (recipient.large_print && mailing_.layout.large_print != mailings::LargePrint::Ignore && request.profile != "giant") request.profile = mailing_.layout.large_print == mailings::LargePrint::Giant ? "giant" : "large";
  if (auto refused = set_fields(somebody, wanted)) return std::move(*refused);
  if (const auto* from = std::get_if<mailings::DayFromField>(&mailing_.day)) {
    const std::string value = value_of(mailing_, somebody.person, from->field);
    request.date = unicode::parse_date(value);
    if (!request.date && !value.empty()) return Refused{somebody.row, from->field, "is no day of the calendar: expected YYYY-MM-DD"};
  }
  request.recipient = std::move(recipient);
  return wanted;
}

}  // namespace handout::batch
