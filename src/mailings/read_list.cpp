#include <fmt/format.h>

#include <algorithm>

#include "mailings/limits.h"
#include "mailings/reader.h"
#include "xml/characters.h"

// Who gets it: the list, its fields, filter, order.
namespace handout::mailings {
namespace {

constexpr std::pair<std::string_view, ListFormat> kFormats[] = {{"auto", ListFormat::Auto}, {"csv", ListFormat::Csv}, {"json-lines", ListFormat::JsonLines}, {"fhir", ListFormat::Fhir}};
constexpr std::pair<std::string_view, char> kSeparators[] = {{"auto", '\0'}, {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}};
constexpr std::pair<std::string_view, FieldType> kTypes[] = {{"text", FieldType::Text}, {"date", FieldType::Date}, {"number", FieldType::Number}, {"choice", FieldType::Choice}};
constexpr std::pair<std::string_view, Presence> kPresences[] = {{"no", Presence::Optional}, {"yes", Presence::Required}};
constexpr std::pair<std::string_view, Operation> kOperations[] = {{"is", Operation::Is}, {"is-not", Operation::IsNot}, {"less", Operation::Less}, {"more", Operation::More}, {"in", Operation::In}, {"present", Operation::Present}, {"missing", Operation::Missing}};
constexpr std::pair<std::string_view, Direction> kDirections[] = {{"ascending", Direction::Ascending}, {"descending", Direction::Descending}};

constexpr const char* kNameHint = "begin with a letter; then letters, digits, '.', '-' and '_'";

bool check_field_name(const xml::Attribute& attribute, std::string_view name, Scope& scope) {
  if (is_field_name(name)) return true;
  scope.diags.error(attribute.value_at, fmt::format("'{}' cannot be the name of a field", xml::excerpt(name))).hint(kNameHint);
  return false;
}

// Names that say something already.
void check_is_free(const Field& field, const xml::Element& element, const std::vector<Field>& before, Diagnostics& diags) {
  const Span at = value_at(element, "name");
  const auto& own = recipient_names();
  if (std::find(own.begin(), own.end(), field.name) != own.end()) diags.error(at, fmt::format("field '{}' is what every recipient has", field.name)).hint("leave the <field> out; <column name=\"...\" to=\"...\"/> says which column it is").meaning();
  for (const char* const prefix : {"patient.", "article.", "clinic."}) {
    if (field.name.starts_with(prefix)) diags.error(at, fmt::format("field '{}' is built in", field.name)).hint("leave the <field> out: it comes from the recipient, the article or the clinic").meaning();
  }
  const auto first = std::find_if(before.begin(), before.end(), [&](const Field& each) { return each.name == field.name; });
  if (first != before.end()) diags.error(at, fmt::format("field '{}' is declared twice", field.name)).hint(fmt::format("first declared at {}", to_text(first->at))).meaning();
}

void check_choices(const Field& field, const xml::Element& element, Diagnostics& diags) {
  if (field.type == FieldType::Choice && field.choices.empty()) diags.error(value_at(element, element.find("choices") != nullptr ? "choices" : "type"), fmt::format("field '{}' is a choice without choices", field.name)).hint("choices=\"left|right\"").meaning();
  if (field.type != FieldType::Choice && element.find("choices") != nullptr) diags.error(value_at(element, "choices"), fmt::format("field '{}' has choices but is no choice", field.name)).hint("type=\"choice\"").meaning();
  if (field.choices.size() > kMostChoices) diags.error(value_at(element, "choices"), fmt::format("field '{}' has {} choices, more than {}", field.name, field.choices.size(), kMostChoices)).meaning();
}

void read_values(Field& field, const xml::Element& element, Diagnostics& diags) {
  const xml::Attribute *from = given(element, "from"), *value = given(element, "value"), *fallback = given(element, "default");
  if (from != nullptr) field.column = from->value;
  if (value != nullptr) field.constant = value->value;
  if (fallback != nullptr) field.fallback = fallback->value;
  if (value != nullptr || fallback != nullptr) field.value_at = (value != nullptr ? value : fallback)->value_at;
  for (const xml::Attribute* each : {value, fallback}) {
    if (each != nullptr) check_value(field.type, field.choices, each->value, each->value_at, diags);
  }
  for (const xml::Attribute* other : {from, fallback}) {
    if (value != nullptr && other != nullptr) diags.error(other->at, fmt::format("field '{}' has the same value for everybody; '{}' says something else", field.name, other->name)).hint(fmt::format("leave 'value' or '{}' out", other->name)).meaning();
  }
}

}  // namespace

std::vector<Field> read_fields(const xml::Element& root, Scope& scope) {
  std::vector<Field> fields;
  for (const xml::Element* element : children(root, "field")) {
    if (fields.size() == kMostFields) {
      scope.diags.error(element->at, fmt::format("more than {} fields are declared", kMostFields)).meaning();
      break;
    }
    Field field;
    field.name = element->value("name");
    field.type = read_token(element, "type", kTypes);
    field.presence = read_token(element, "required", kPresences);
    field.choices = split(element->value("choices"), '|');
    field.at = element->at;
    if (const xml::Attribute* name = element->find("name"); name != nullptr && check_field_name(*name, name->value, scope)) check_is_free(field, *element, fields, scope.diags);
    check_choices(field, *element, scope.diags);
    read_values(field, *element, scope.diags);
    scope.fields.try_emplace(field.name, field.type);
    fields.push_back(std::move(field));
  }
  return fields;
}

namespace {

// A field whose <field> names its column already.
void check_is_from_nowhere_else(const xml::Element& root, const xml::Element& column, Diagnostics& diags) {
  const xml::Attribute& to = *column.find("to");
  for (const xml::Element* field : children(root, "field")) {
    const xml::Attribute* from = field->find("from");
    if (from == nullptr || field->value("name") != to.value) continue;
    diags.error(to.value_at, fmt::format("field '{}' is given two columns: '{}' here, '{}' by its <field>", xml::excerpt(to.value), xml::excerpt(column.value("name")), xml::excerpt(from->value))).hint(fmt::format("leave one out; the other one is at {}", to_text(from->value_at))).meaning();
  }
}

void read_column(const xml::Element& root, ListChoice& list, const xml::Element& element, Scope& scope) {
  const xml::Attribute *name = given(element, "name"), *to = element.find("to");
  if (to == nullptr || !check_field_name(*to, to->value, scope)) return;
  const auto known = find_field(*to, to->value, scope);
  if (name == nullptr) return;
  const auto twice = std::find_if(list.columns.begin(), list.columns.end(), [&](const ListChoice::Column& each) { return each.to == to->value || each.name == name->value; });
  if (known && twice != list.columns.end()) {
    const bool same_column = twice->name == name->value;
    scope.diags.error(same_column ? name->value_at : to->value_at, fmt::format("{} '{}' is given twice", same_column ? "column" : "what", xml::excerpt(same_column ? name->value : to->value))).hint(fmt::format("first given at {}", to_text(twice->at))).meaning();
  }
  check_is_from_nowhere_else(root, element, scope.diags);
  list.columns.push_back({name->value, to->value, element.at});
}

}  // namespace

ListChoice read_list(const xml::Element& root, Scope& scope) {
  ListChoice list;
  const xml::Element* element = child(root, "recipients");
  if (element == nullptr) return list;
  list.format = read_token(element, "format", kFormats);
  list.separator = read_token(element, "separator", kSeparators);
  list.identifier_system = element->value("identifier-system");
  const bool other = list.format == ListFormat::JsonLines || list.format == ListFormat::Fhir;
  if (other && list.separator != '\0') scope.diags.error(value_at(*element, "separator"), "a separator of columns, but the list is no CSV").hint("leave 'separator' out, or write format=\"csv\"").meaning();
  if (list.format != ListFormat::Auto && list.format != ListFormat::Fhir && !list.identifier_system.empty()) scope.diags.error(value_at(*element, "identifier-system"), "a system of identifiers, but the list is not FHIR").hint("leave it out, or write format=\"fhir\"").meaning();
  for (const xml::Element* each : children(*element, "column")) read_column(root, list, *each, scope);
  for (const xml::Element* each : children(*element, "ignore")) {
    if (const xml::Attribute* column = given(*each, "column")) list.ignored.push_back(column->value);
  }
  return list;
}

// ---- filter ----

namespace {

bool takes_value(Operation operation) { return operation != Operation::Present && operation != Operation::Missing; }

void check_values(Condition& condition, const xml::Element& element, const std::vector<Field>& fields, UsualForms& forms, Diagnostics& diags) {
  const Span at = value_at(element, "value");
  if (UsualForms::are_several(condition.field)) {
    for (std::string& each : condition.values) each = find_form(forms, condition.field, each, at, diags).value_or(each);
    return;
  }
  const auto field = std::find_if(fields.begin(), fields.end(), [&](const Field& each) { return each.name == condition.field; });
  for (const std::string& each : condition.values) check_value(condition.type, field != fields.end() ? field->choices : std::vector<std::string>{}, each, at, diags);
  for (std::string& each : condition.values) each = comparable_form(condition.type, each).value_or(each);
}

std::optional<Condition> read_condition(const xml::Element& element, const std::vector<Field>& fields, UsualForms& forms, Scope& scope) {
  const xml::Attribute* name = element.find("field");
  if (name == nullptr || !check_field_name(*name, name->value, scope)) return std::nullopt;
  Condition condition{name->value, read_token(&element, "op", kOperations), FieldType::Text, {}, element.at};
  const xml::Attribute* value = given(element, "value");
  if (takes_value(condition.operation) && value == nullptr) {
    if (element.find("value") == nullptr) scope.diags.error(element.at, "<condition> without a value to compare with").hint("value=\"...\"; whether there is any: op=\"present\"").meaning();
    return std::nullopt;
  }
  if (!takes_value(condition.operation) && value != nullptr) scope.diags.error(value->at, fmt::format("op=\"{}\" compares with nothing", element.value("op"))).hint("leave 'value' out").meaning();
  const auto type = find_field(*name, name->value, scope);
  if (!type || !takes_value(condition.operation)) return type ? std::optional(condition) : std::nullopt;
  condition.type = *type;
  condition.values = condition.operation == Operation::In ? split(value->value, '|') : std::vector<std::string>{value->value};
  if (condition.values.empty()) scope.diags.error(value->value_at, "no values").hint("separate them by '|'").meaning();
  const bool ordered = condition.operation == Operation::Less || condition.operation == Operation::More;
  if (ordered && *type != FieldType::Number && *type != FieldType::Date) {
    scope.diags.error(value_at(element, "op"), fmt::format("field '{}' is neither a number nor a date: nothing of it is less or more", condition.field)).hint("<field type=\"number\"> or type=\"date\"").meaning();
    return std::nullopt;
  }
  check_values(condition, element, fields, forms, scope.diags);
  return condition;
}

}  // namespace

std::vector<Condition> read_filter(const xml::Element& root, const std::vector<Field>& fields, Scope& scope) {
  std::vector<Condition> conditions;
  const xml::Element* filter = child(root, "filter");
  if (filter == nullptr) return conditions;
  UsualForms forms;
  for (const xml::Element* each : children(*filter, "condition")) {
    if (auto condition = read_condition(*each, fields, forms, scope)) conditions.push_back(*std::move(condition));
  }
  return conditions;
}

Sorting read_sorting(const xml::Element& root, Scope& scope) {
  Sorting sorting;
  const xml::Element* element = child(root, "sort");
  const xml::Attribute* by = element != nullptr ? element->find("by") : nullptr;
  if (by == nullptr) return sorting;
  sorting.direction = read_token(element, "order", kDirections);
  sorting.fields = split(by->value, ' ');
  if (sorting.fields.empty()) check_field_name(*by, by->value, scope);
  for (auto each = sorting.fields.begin(); each != sorting.fields.end(); ++each) {
    if (!check_field_name(*by, *each, scope)) break;
    find_field(*by, *each, scope);
    if (std::find(sorting.fields.begin(), each, *each) != each) scope.diags.error(by->value_at, fmt::format("'{}' is named twice", *each)).meaning();
  }
  return sorting;
}

std::vector<Suppression> read_suppressions(const xml::Element& root, Scope& scope) {
  std::vector<Suppression> suppressions;
  for (const xml::Element* element : children(root, "suppression")) {
    const xml::Attribute *file = given(*element, "file"), *by = element->find("by");
    Suppression suppression;
    if (by != nullptr && check_field_name(*by, by->value, scope)) {
      find_field(*by, by->value, scope);
      suppression.by = by->value;
    }
    if (file == nullptr) continue;
    suppression.file = read_file_ref(*file, scope);
    const bool again = std::any_of(suppressions.begin(), suppressions.end(), [&](const Suppression& each) { return each.file.written == file->value && each.by == suppression.by; });
    if (again) scope.diags.error(file->value_at, fmt::format("'{}' is named twice for '{}'", xml::excerpt(file->value), suppression.by)).meaning();
    suppressions.push_back(std::move(suppression));
  }
  return suppressions;
}

}  // namespace handout::mailings
