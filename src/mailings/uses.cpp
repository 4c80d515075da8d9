#include <algorithm>

#include "mailings/mailing.h"

namespace handout::mailings {

namespace {

bool names(const NameTemplate& parts, std::string_view field) {
  return std::any_of(parts.begin(), parts.end(), [&](const NamePart& part) {
    const auto* named = std::get_if<NameField>(&part);
    return named != nullptr && named->name == field;
  });
}

}  // namespace

bool uses(const Mailing& mailing, std::string_view field) {
  const auto is_it = [&](const auto& each) { return each.field == field; };
  const auto* day = std::get_if<DayFromField>(&mailing.day);
  return std::any_of(mailing.filter.begin(), mailing.filter.end(), is_it) || std::find(mailing.sorting.fields.begin(), mailing.sorting.fields.end(), field) != mailing.sorting.fields.end() ||
         names(mailing.output.file, field) || names(mailing.output.stream, field) || (day != nullptr && is_it(*day)) ||
         std::any_of(mailing.suppressions.begin(), mailing.suppressions.end(), [&](const Suppression& each) { return each.by == field; });
}

const Field* find_field(const Mailing& mailing, std::string_view field) {
  const auto found = std::find_if(mailing.fields.begin(), mailing.fields.end(), [&](const Field& each) { return each.name == field; });
  return found != mailing.fields.end() ? &*found : nullptr;
}

FieldType type_of(const Mailing& mailing, std::string_view field) {
  if (field == "birth-date") return FieldType::Date;
  const Field* const found = find_field(mailing, field);
  return found != nullptr ? found->type : FieldType::Text;
}

}  // namespace handout::mailings
