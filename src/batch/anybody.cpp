#include "batch/anybody.h"

#include <algorithm>

namespace handout::batch {

namespace {

std::string kind_of(const request::Request& request) {
  std::string kind;
  for (const request::Edition& edition : request.editions) kind += edition.article + '\0' + edition.locale.tag() + '\0';
  return kind + request.layout + '\0' + request.profile;
}

std::string of_type(content::FieldType type, const std::vector<std::string>& choices) {
  switch (type) {
    case content::FieldType::Date: return "2026-01-01";
    case content::FieldType::Number: return "1";
    case content::FieldType::Choice: return choices.empty() ? "" : choices.front();
    case content::FieldType::Text: break;
  }
  return "A";
}

}  // namespace

std::string Anybody::value_of(std::string_view field) const {
  const auto own = std::find_if(declared_.begin(), declared_.end(), [&](const content::FieldDef& each) { return each.name == field; });
  if (own != declared_.end()) return of_type(own->type, own->choices);
  const auto& known = content::built_in_fields();
  const auto found = std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.name == field; });
  return of_type(found != known.end() ? found->type : content::FieldType::Text, {});
}

request::Request Anybody::in_place_of(const request::Request& request) const {
  request::Request made = request;
  made.at = mailing_;
  request::Recipient recipient;
  recipient.key = "1";
  recipient.name.given = "A";
  recipient.name.family = "B";
  recipient.address = {"1 A", "B", "C"};
  made.recipient = std::move(recipient);
  for (auto& [name, value] : made.fields) value = value_of(name);
  for (const content::FieldDef& each : declared_) {
    if (each.required) made.fields.try_emplace(each.name, value_of(each.name));
  }
  return made;
}

std::optional<Diagnostics> Anybody::fault_of_mailing(const request::Request& request, merge::Merger& merger) {
  const std::lock_guard lock(mutex_);
  const auto [found, added] = tried_.try_emplace(kind_of(request));
  if (!added) return found->second;
  Diagnostics diags;
  if (merger.can_make(in_place_of(request), diags)) return std::nullopt;
  diags.place(mailing_);
  return found->second = std::move(diags);
}

}  // namespace handout::batch
