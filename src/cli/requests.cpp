#include "cli/requests.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/files.h"
#include "cli/text_option.h"

namespace handout::cli {

using request::Request;
using unicode::Locale;

namespace {

constexpr std::uintmax_t kJsonLimit = 1u << 20;

constexpr std::string_view kHowElse = "set the terminal to UTF-8, or give it in a --request file";

void set_fields(const RenderOptions& options, Request& request, Diagnostics& diags) {
  for (const std::string& field : options.fields) {
    const std::size_t equals = field.find('=');
    if (equals == std::string::npos || equals == 0) {
      diags.usage_error("--field takes NAME=VALUE").hint("for example --field patient.name=\"Amal Haddad\"");
      continue;
    }
    const std::string name = field.substr(0, equals), value = field.substr(equals + 1);
    if (!is_text(name, "the name in --field", kHowElse, diags) || !is_text(value, fmt::format("the value of field '{}'", name), kHowElse, diags)) continue;
    if (!request.fields.emplace(name, value).second) diags.usage_error(fmt::format("field '{}' is given twice", name)).hint("leave one of them out");
  }
}

// What options of their own say, and the patient's file.
void check_fields(const RenderOptions& options, const Request& request, Diagnostics& diags) {
  const auto tell_of = [&](std::string_view name, std::string_view option) {
    if (request.fields.contains(std::string(name))) diags.usage_error(fmt::format("field '{}' is given twice: with --field and with {}", name, option)).hint("leave one of them out");
  };
  if (!options.date.empty()) tell_of("date", "--date");
  if (!options.note.empty()) tell_of("note", "--note");
  if (!request.recipient) return;
  const request::PersonName& name = request.recipient->name;
  if (!name.display.empty() || !name.family.empty() || !name.given.empty()) tell_of("patient.name", "--patient");
  if (request.recipient->birth_date) tell_of("patient.birth-date", "--patient");
  if (!request.recipient->key.empty()) tell_of("patient.id", "--patient");
  if (!request.recipient->address.empty() || request.recipient->postal) tell_of("patient.address", "--patient");
}

// All that is the same for every locale.
Request common_request(const RenderOptions& options, Diagnostics& diags) {
  Request request;
  request.layout = !options.layout.empty() ? options.layout : options.beside.empty() ? "standard" : "bilingual";
  request.profile = options.profile;
  request.clinic = options.clinic;
  request.region = options.region;
  request.impose = request::impose_named(options.impose).value_or(request::Impose::AsLaidOut);
  if (!options.fit.empty()) {
    request.fit = request::fit_named(options.fit);
    if (!request.fit) diags.usage_error(fmt::format("'{}' is nothing to fit a handout in", options.fit)).hint("give pages:2 or sheets:1, or another number up to 1000");
  }
  request.include = options.include;
  request.exclude = options.exclude;
  request.marked = options.marked;
  if (is_text(options.note, "--note", kHowElse, diags)) request.note = options.note;
  set_fields(options, request, diags);
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (!options.region.empty() && !(options.region.size() == 2 && is_letter(options.region[0]) && is_letter(options.region[1]))) {
    diags.usage_error(fmt::format("'{}' is no region", options.region)).hint("give two capital letters, such as US or EG");
  }
  if (!options.date.empty()) {
    request.date = unicode::parse_date(options.date);
    if (!request.date) diags.usage_error(fmt::format("'{}' is no day of the calendar", options.date)).hint("give it as YYYY-MM-DD, such as 2026-11-22");
  }
  if (!options.level.empty() && options.level != "full" && options.level != "short") diags.usage_error(fmt::format("'{}' is no level", options.level)).hint("levels are full and short");
  if (!options.patient.empty()) {
    if (const auto json = read_file(options.patient, Span::of_file(options.patient), kJsonLimit, diags)) {
      if (auto recipient = request::parse_recipient(*json, options.patient, diags)) request.recipient = std::move(*recipient);
    }
  }
  check_fields(options, request, diags);
  return request;
}

std::vector<Locale> wanted_locales(const RenderOptions& options, const content::ArticleEntry& entry, Diagnostics& diags, std::size_t& refused) {
  std::vector<Locale> wanted;
  if (options.all_locales) {
    for (const auto& file : entry.files) wanted.push_back(file.locale);
  }
  for (const std::string& tag : options.locales) {
    if (const auto locale = Locale::parse(tag)) {
      wanted.push_back(*locale);
    } else {
      diags.error({}, fmt::format("'{}' is no language tag", tag)).hint("BCP 47 tags are such as es, pt-BR or zh-Hans");
      ++refused;
    }
  }
  // One file alone is in its own language.
  if (!options.all_locales && options.locales.empty()) wanted.push_back(entry.files.size() == 1 ? entry.files.front().locale : Locale());
  return wanted;
}

// The second language: one that the article has not is a fault, as for the first.
std::optional<Locale> beside(const RenderOptions& options, const content::ArticleEntry& entry, const Pipeline& pipeline, Diagnostics& diags) {
  const auto locale = Locale::parse(options.beside);
  if (!locale) diags.error({}, fmt::format("'{}' is no language tag", options.beside)).hint("BCP 47 tags are such as es, pt-BR or zh-Hans");
  else if (!pipeline.choose_locale(entry, *locale, diags)) return std::nullopt;
  return locale;
}

Requests from_file(const RenderOptions& options, Diagnostics& diags) {
  Requests result;
  const auto json = read_file(options.request_file, Span::of_file(options.request_file), kJsonLimit, diags);
  if (!json) return result;
  if (auto request = request::parse_request(*json, options.request_file, diags)) result.requests.push_back(std::move(*request));
  return result;
}

}  // namespace

Requests make_requests(const RenderOptions& options, Pipeline& pipeline, Diagnostics& diags) {
  if (!options.request_file.empty()) return from_file(options, diags);
  Requests result;
  if (options.article.empty()) {
    diags.usage_error("no article was named").hint("handout list shows what there is");
    return result;
  }
  const Request common = common_request(options, diags);
  const auto entry = pipeline.find_article(options.article, diags);
  if (!entry || diags.has_errors()) return result;
  const auto second = options.beside.empty() ? std::nullopt : beside(options, *entry, pipeline, diags);
  if (diags.has_errors()) return result;
  std::optional<request::ArticleLevel> level;
  if (!options.level.empty()) level = options.level == "short" ? request::ArticleLevel::Short : request::ArticleLevel::Full;
  for (const Locale& wanted : wanted_locales(options, *entry, diags, result.refused)) {
    const auto choice = pipeline.choose_locale(*entry, wanted, diags);
    if (!choice) {
      ++result.refused;
      continue;
    }
    if (!(choice->taken == wanted)) diags.note({}, fmt::format("'{}' is taken for '{}'", choice->taken.tag(), wanted.tag()));
    Request request = common;
    request.editions.push_back({options.article, wanted, level});
    if (second) request.editions.push_back({options.article, *second, level});
    result.requests.push_back(std::move(request));
  }
  return result;
}

void print(const Diagnostics& diags) { std::fputs(to_text(diags).c_str(), stderr); }

}  // namespace handout::cli
