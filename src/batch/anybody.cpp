#include "batch/anybody.h"

#include <algorithm>
#include <array>

namespace handout::batch {

namespace {

std::string kind_of(const request::Request& request) {
  std::string kind;
  for (const request::Edition& edition : request.editions) kind += edition.article + '\0' + edition.locale.tag() + '\0';
  return kind + request.layout + '\0' + request.profile;
}

// What fields of text may be for: words, numbers, codes on the envelope (an Intelligent Mail code takes 20 digits, of which the second is 0 to 4); nothing at all.
constexpr std::array<std::string_view, 4> kTexts{"A", "1", "01234567094987654321", ""};

std::string of_type(content::FieldType type, const std::vector<std::string>& choices, std::string_view text) {
  switch (type) {
    case content::FieldType::Date: return "2026-01-01";
    case content::FieldType::Number: return "1";
    case content::FieldType::Choice: return choices.empty() ? "" : choices.front();
    case content::FieldType::Text: break;
  }
  return std::string(text.empty() ? kTexts.front() : text);
}

}  // namespace

std::string Anybody::value_of(std::string_view field, std::string_view text) const {
  const auto own = std::find_if(declared_.begin(), declared_.end(), [&](const content::FieldDef& each) { return each.name == field; });
  if (own != declared_.end()) return of_type(own->type, own->choices, text);
  const auto& known = content::built_in_fields();
  const auto found = std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.name == field; });
  return of_type(found != known.end() ? found->type : content::FieldType::Text, {}, text);
}

request::Request Anybody::in_place_of(const request::Request& request, std::string_view text) const {
  request::Request made = request;
  made.at = mailing_;
  request::Recipient recipient;
  recipient.key = "1";
  recipient.name.given = "A";
  recipient.name.family = "B";
  recipient.address = {"1 A", "B", "C"};
  made.recipient = std::move(recipient);
  if (text.empty()) made.fields.clear();
  for (auto& [name, value] : made.fields) value = value_of(name, text);
  for (const content::FieldDef& each : declared_) {
    if (each.required) made.fields.try_emplace(each.name, value_of(each.name, text));
  }
  return made;
}

std::vector<request::Request> Anybody::in_place_of(const request::Request& request) const {
  std::vector<request::Request> others;
  for (const std::string_view text : kTexts) others.push_back(in_place_of(request, text));
  return others;
}

std::optional<Diagnostics> Anybody::fault_of_mailing(const request::Request& request, merge::Merger& merger, const merge::Merger::Test& test) {
  const std::lock_guard lock(mutex_);
  const auto [found, added] = tried_.try_emplace(kind_of(request));
  if (!added) return found->second;
  // What is told of the first is told of all.
  std::optional<Diagnostics> fault;
  for (const request::Request& other : in_place_of(request)) {
    Diagnostics diags;
    if (merger.can_make(other, diags, test)) return std::nullopt;
    if (!fault) fault = std::move(diags);
  }
  fault->place(mailing_);
  return found->second = std::move(fault);
}

}  // namespace handout::batch
