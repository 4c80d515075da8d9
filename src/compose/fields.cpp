#include "compose/fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/numbers.h"
#include "unicode/text.h"

namespace handout::compose {

using content::FieldDef;
using content::FieldType;
using display::TextSource;

namespace {

std::string join(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : ", ") + line;
  return text;
}

// UAX #15, 13.1 (stream-safe text): no language stacks more than 18 marks on a letter, and 30 leave room.
constexpr int kMostMarks = 30;

bool has_too_many_marks(std::string_view text) {
  if (text.size() <= kMostMarks) return false;
  int marks = 0;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    i = c.end;
    if (unicode::is_default_ignorable(c.value)) continue;
    marks = unicode::is_mark(c.value) ? marks + 1 : 0;
    if (marks > kMostMarks) return true;
  }
  return false;
}

// A phone number stays on one line.
std::string unbroken(std::string_view phone) {
  std::string text;
  for (const char c : phone) text += c == ' ' ? std::string("\u00A0") : c == '-' ? std::string("\u2011") : std::string(1, c);
  return text;
}

bool fits(const FieldDef& definition, const std::string& value) {
  switch (definition.type) {
    case FieldType::Date: return unicode::parse_date(value).has_value();
    case FieldType::Number: return parse_decimal(value).has_value();
    case FieldType::Choice: return std::find(definition.choices.begin(), definition.choices.end(), value) != definition.choices.end();
    case FieldType::Text: return true;
  }
  return true;
}

std::string expected(const FieldDef& definition) {
  switch (definition.type) {
    case FieldType::Date: return "a date such as 2026-11-22";
    case FieldType::Number: return "a number such as 4.5";
    case FieldType::Choice: return "one of " + join(definition.choices);
    case FieldType::Text: break;
  }
  return "text";
}

}  // namespace

Fields::Fields(const request::Request& request, const Sources& sources, const content::Article& article, const Printed& printed, Diagnostics& diags) : Fields(sources, article, printed) { add_request(request, article, diags); }

Fields::Fields(const Sources& sources, const content::Article& article, const Printed& printed) : locale_(article.locale), dates_(std::make_shared<unicode::DateFormatter>(article.locale)), edition_(printed.index) {
  if (sources.clinic) add_clinic(*sources.clinic);
  add_article(article, printed.level);
  for (const auto& each : sources.articles) {
    for (const FieldDef& definition : each->fields) known_.push_back(definition.name);
  }
  for (const auto& built_in : content::built_in_fields()) known_.emplace_back(built_in.name);
  std::string beside;
  for (const auto& other : sources.articles) beside += other->locale == article.locale ? "" : (beside.empty() ? "" : " ") + other->locale.tag();
  set("article.beside", beside, TextSource::Fixed);
  set("edition", printed.edition, TextSource::Fixed);
}

Fields::Fields(const Fields& same, std::shared_ptr<unicode::DateFormatter> dates, const request::Request& request, const content::Article& article, Diagnostics& diags) : locale_(same.locale_), dates_(std::move(dates)), edition_(same.edition_), same_(&same) { add_request(request, article, diags); }

void Fields::add_request(const request::Request& request, const content::Article& article, Diagnostics& diags) {
  if (request.recipient) add_recipient(*request.recipient);
  set_date("date", request.date, TextSource::Field);
  set("note", request.note, TextSource::Field);
  if (edition_ == 0) check_names(request, diags);
  add_declared(request, article, diags);
  check_marks(request, diags);
}

// Marks without end would cover what stands above and below them.
void Fields::check_marks(const request::Request& request, Diagnostics& diags) const {
  for (const auto& [name, value] : values_) {
    if (value.source == TextSource::Field && has_too_many_marks(value.text)) diags.error(request.at, fmt::format("field '{}' has more than {} combining marks on one character", name, kMostMarks)).about(name);
  }
}

void Fields::set(std::string_view name, std::string_view text, TextSource source) {
  std::string clean = unicode::sanitize_field(text);
  if (clean.find_first_not_of(' ') == std::string::npos) return;
  values_.insert_or_assign(std::string(name), FieldValue{clean, std::string(text), FieldType::Text, source});
}

void Fields::set_lines(std::string_view name, const std::vector<std::string>& lines, TextSource source) {
  set(name, join(lines), source);
  const auto entry = values_.find(name);
  if (entry == values_.end()) return;
  for (const std::string& line : lines) {
    std::string clean = unicode::sanitize_field(line);
    if (clean.find_first_not_of(' ') != std::string::npos) entry->second.lines.push_back(std::move(clean));
  }
}

void Fields::set_date(std::string_view name, std::optional<unicode::Date> date, TextSource source) {
  // Few dates are printed, and ICU takes a millisecond to make ready for the first: they are put into words when somebody asks.
  if (date) values_.insert_or_assign(std::string(name), FieldValue{"", unicode::to_text(*date), FieldType::Date, source});
}

void Fields::add_recipient(const request::Recipient& recipient) {
  set("patient.name", request::display_name(recipient.name, locale_), TextSource::Field);
  set_date("patient.birth-date", recipient.birth_date, TextSource::Field);
  set("patient.id", recipient.key, TextSource::Field);
  set_lines("patient.address", recipient.address, TextSource::Field);
}

void Fields::add_clinic(const request::Clinic& clinic) {
  set("clinic.name", clinic.name, TextSource::Fixed);
  set("clinic.phone", unbroken(clinic.phone), TextSource::Fixed);
  set("clinic.email", clinic.email, TextSource::Fixed);
  set("clinic.web", clinic.web, TextSource::Fixed);
  set_lines("clinic.address", clinic.address, TextSource::Fixed);
  if (!clinic.logo.empty()) set("clinic.logo", clinic.logo.string(), TextSource::Fixed);
}

void Fields::add_article(const content::Article& article, request::ArticleLevel level) {
  set("article.id", article.id, TextSource::Fixed);
  set("article.language", article.locale.tag(), TextSource::Fixed);
  set("article.language-name", unicode::display_name(article.locale, article.locale), TextSource::Fixed);
  set("article.audience", article.audience, TextSource::Fixed);
  set("article.level", level == request::ArticleLevel::Short ? "short" : "full", TextSource::Fixed);
  set("article.title", content::plain_text(article.title.content), TextSource::Fixed);
  set("article.version", article.version, TextSource::Fixed);
  set("article.reviewer", article.reviewer, TextSource::Fixed);
  set_date("article.reviewed", article.reviewed, TextSource::Fixed);
  set_date("article.review-by", article.review_by, TextSource::Fixed);
  if (article.status != content::Status::Draft) return;
  set(article.title.source.empty() ? "article.is-draft" : "article.is-draft-translation", "yes", TextSource::Fixed);
}

void Fields::check_names(const request::Request& request, Diagnostics& diags) const {
  const std::vector<std::string>& known = same_ != nullptr ? same_->known_ : known_;
  for (const auto& [name, value] : request.fields) {
    if (std::find(known.begin(), known.end(), name) == known.end()) diags.error(request.at, fmt::format("unknown field '{}'{}", name, did_you_mean(name, {known.begin(), known.end()}))).about(name).hint("an article declares its fields with <field-def>");
  }
}

void Fields::add_declared(const request::Request& request, const content::Article& article, Diagnostics& diags) {
  for (const auto& built_in : content::built_in_fields()) {
    const auto given = request.fields.find(built_in.name);
    if (given == request.fields.end()) continue;
    FieldDef definition;
    definition.type = built_in.type;
    if (!fits(definition, given->second)) {
      diags.error(request.at, fmt::format("field '{}' has a value that is not {}", built_in.name, expected(definition))).about(std::string(built_in.name));
    } else if (built_in.type == FieldType::Date) {
      set_date(built_in.name, unicode::parse_date(given->second), TextSource::Field);
    } else {
      set(built_in.name, given->second, TextSource::Field);
    }
  }
  for (const FieldDef& definition : article.fields) {
    const auto given = request.fields.find(definition.name);
    const std::string value = given != request.fields.end() ? given->second : definition.fallback;
    if (value.empty()) {
      if (definition.required) diags.error(definition.at, fmt::format("field '{}' is required and has no value", definition.name)).about(definition.name).hint(fmt::format("give it with --field {}=VALUE", definition.name));
      continue;
    }
    if (!fits(definition, value)) {
      diags.error(definition.at, fmt::format("field '{}' has a value that is not {}", definition.name, expected(definition))).about(definition.name);
      continue;
    }
    if (definition.type == FieldType::Date) {
      set_date(definition.name, unicode::parse_date(value), TextSource::Field);
    } else {
      set(definition.name, definition.type == FieldType::Number ? unicode::format_decimal(value, locale_) : value, TextSource::Field);
    }
    if (const auto entry = values_.find(definition.name); entry != values_.end()) {
      entry->second.raw = value;
      entry->second.type = definition.type;
    }
  }
}

void Fields::note(decltype(Decision::what) what) const {
  if (dependence_ == nullptr) return;
  Decision decision{std::move(what), edition_, {}};
  decision.answer = answer_to(decision, *this);
  dependence_->note(std::move(decision));
}

const FieldValue* Fields::peek(std::string_view name) const {
  const auto has_no_words = [](const FieldValue& value) { return value.text.empty() && value.type == FieldType::Date; };
  auto found = values_.find(name);
  if (found == values_.end()) {
    if (same_ == nullptr) return nullptr;
    const auto same = same_->values_.find(name);
    if (same == same_->values_.end()) return nullptr;
    if (!has_no_words(same->second)) return &same->second;
    // Other threads read it too.
    found = values_.insert(*same).first;
  }
  FieldValue& value = found->second;
  if (has_no_words(value)) value.text = dates_->format(*unicode::parse_date(value.raw), unicode::DateStyle::Long);
  return &value;
}

const FieldValue* Fields::find(std::string_view name) const {
  note(HasValue{std::string(name)});
  return peek(name);
}

const FieldValue* Fields::whole(std::string_view name) const {
  note(WholeValue{std::string(name)});
  return peek(name);
}

const FieldValue* Fields::lines(std::string_view name) const {
  note(HasLines{std::string(name)});
  return peek(name);
}

std::string Fields::plural(std::string_view name) const {
  note(PluralOf{std::string(name)});
  return category(name);
}

std::string Fields::category(std::string_view name) const {
  const FieldValue* value = peek(name);
  return value != nullptr ? unicode::plural_category(value->raw, locale_) : "other";
}

std::string Fields::format(const FieldValue& value, content::FieldFormat format) const {
  if (format == content::FieldFormat::ShortDate) {
    if (const auto date = unicode::parse_date(value.raw)) return dates_->format(*date, unicode::DateStyle::Short);
  }
  if (format == content::FieldFormat::LongDate) {
    if (const auto date = unicode::parse_date(value.raw)) return dates_->format(*date, unicode::DateStyle::Long);
  }
  if (format == content::FieldFormat::Number && parse_decimal(value.raw)) return unicode::format_decimal(value.raw, locale_);
  return value.text;
}

bool Fields::holds(const content::Condition& condition) const {
  note(condition);
  return answers(condition);
}

bool Fields::holds(const layouts::Test& test) const {
  note(test);
  return answers(test);
}

bool Fields::answers(const content::Condition& condition) const {
  const FieldValue* value = peek(condition.field);
  if (condition.is) return value != nullptr && value->raw == *condition.is;
  if (condition.is_not) return value == nullptr || value->raw != *condition.is_not;
  return value != nullptr;
}

bool Fields::answers(const layouts::Test& test) const {
  using Relation = layouts::Test::Relation;
  const FieldValue* value = peek(test.field);
  if (value == nullptr) return test.relation == Relation::IsNot;
  if (test.relation == Relation::Is) return value->raw == test.value;
  if (test.relation == Relation::IsNot) return value->raw != test.value;
  const auto number = parse_decimal(value->raw), bound = parse_decimal(test.value);
  // Dates are written so that they sort as text.
  if (!number || !bound) return test.relation == Relation::Less ? value->raw < test.value : value->raw > test.value;
  return test.relation == Relation::Less ? *number < *bound : *number > *bound;
}

}  // namespace handout::compose
