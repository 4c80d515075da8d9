#include "recipients/to_recipient.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "unicode/text.h"
#include "unicode/yes_no.h"

namespace handout::recipients {
namespace {

using unicode::Locale;

constexpr std::size_t kMostKey = 200, kMostName = 200, kMostLine = 120, kMostPostcode = 20, kMostLines = 12, kMostField = 10'000, kMostLanguages = 20, kMostRemembered = 4096;
constexpr int kEarliestYear = 1800;
constexpr std::array<std::string_view, 4> kCommas{",", "\u060C", "\u3001", "\uFF0C"};

// ASCII without control characters, and so with nothing to clean but its ends.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    const unicode::CodePoint first = unicode::decode(text, 0);
    if (!unicode::is_white_space(first.value)) break;
    text.remove_prefix(first.end);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80U) --last;
    if (!unicode::is_white_space(unicode::decode(text, last).value)) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

}  // namespace

std::string cleaned(std::string_view text) {
  if (is_plain(text)) return std::string(trimmed(text));
  const std::string sanitized = unicode::sanitize_field(text);
  return unicode::is_blank(sanitized) ? "" : std::string(trimmed(sanitized));
}

namespace {

// Calls `each` for the lines; ends of lines are those of UAX #14.
template <typename Each>
void for_each_line(std::string_view text, Each each) {
  constexpr std::array<std::string_view, 7> kEnds{"\r\n", "\n", "\r", "\v", "\f", "\u2028", "\u2029"};
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto end = std::find_if(kEnds.begin(), kEnds.end(), [&](std::string_view mark) { return text.substr(i).starts_with(mark); });
    if (end == kEnds.end()) {
      ++i;
      continue;
    }
    each(text.substr(begin, i - begin));
    begin = i += end->size();
  }
  each(text.substr(begin));
}

// "31/12/1980", "12.31.80", "31-12-1980": parts of digits, the year last.
bool looks_reversed(std::string_view text) {
  std::array<std::size_t, 3> digits{};
  std::size_t part = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') ++digits.at(part);
    else if ((c == '/' || c == '.' || c == '-') && part < 2) ++part;
    else return false;
  }
  return part == 2 && digits[0] >= 1 && digits[0] <= 2 && digits[1] >= 1 && digits[1] <= 2 && (digits[2] == 2 || digits[2] == 4);
}

class Conversion {
 public:
  Conversion(const Row& row, const ColumnMap& map, Lookups& lookups, const std::optional<unicode::Date>& day) : row_(row), map_(map), lookups_(lookups), day_(day) {
    if (row.keys) object_ = map.of_object(row);
  }

  tl::expected<Person, Rejected> run() {
    check_for_damage();
    check_for_twins();
    read_key();
    read_name();
    read_birth_date();
    read_languages();
    read_address();
    read_large_print();
    read_fields();
    if (fault_) {
      fault_->key = std::move(person_.recipient.key);
      return tl::unexpected(*std::move(fault_));
    }
    return std::move(person_);
  }

 private:
  [[nodiscard]] std::optional<std::size_t> column_of(Target target) const { return object_ ? object_->targets.at(static_cast<std::size_t>(target)) : map_.column(target); }
  [[nodiscard]] const std::vector<ColumnMap::Field>& fields() const { return object_ ? object_->fields : map_.fields(); }
  [[nodiscard]] std::string column_name(Target target) const {
    if (!object_) return map_.column_name(target);
    const auto column = column_of(target);
    return column ? map_.column_name(*column) : std::string(name(target));
  }
  [[nodiscard]] std::string_view value(Target target) const {
    const auto column = column_of(target);
    return column && *column < row_.values.size() ? std::string_view(row_.values[*column]) : std::string_view();
  }

  // The first fault counts.
  void refuse(std::string column, std::string reason) {
    if (!fault_) fault_ = Rejected{row_.number, row_.line, 0, std::move(column), std::move(reason), row_.raw};
  }
  void refuse(Target target, std::string reason) { refuse(column_name(target), std::move(reason)); }

  std::string text(Target target, std::size_t most) {
    std::string text = cleaned(value(target));
    check_length(column_name(target), text, most);
    return text;
  }
  void check_length(const std::string& column, std::string_view text, std::size_t most) {
    if (text.size() <= most) return;
    const std::size_t characters = unicode::count_code_points(text);
    if (characters > most) refuse(column, fmt::format("has {} characters; the most is {}", characters, most));
  }

  // U+FFFD stands where somebody's conversion lost a character (The Unicode Standard, 23.8): nobody knows which.
  void check_for_damage() {
    const auto is_damaged = [](std::string_view value) { return value.find("\xEF\xBF\xBD") != std::string_view::npos; };
    constexpr const char* kReason = "holds U+FFFD, which stands for a character that was lost when the text was converted; expected the text as it was";
    for (std::size_t i = 0; i < kTargets; ++i) {
      const auto target = static_cast<Target>(i);
      if (is_damaged(value(target))) return refuse(target, kReason);
    }
    for (const ColumnMap::Field& field : fields()) {
      if (field.column < row_.values.size() && is_damaged(row_.values[field.column])) return refuse("field:" + field.name, kReason);
    }
  }

  void check_for_twins() {
    if (!object_ || !object_->twice) return;
    const auto& [first, second, what] = *object_->twice;
    refuse(map_.column_name(first), fmt::format("and column '{}' both are {}, and say different things; expected one of them, or to be told which one it is", map_.column_name(second), what));
  }

  void read_key() {
    person_.recipient.key = text(Target::Key, kMostKey);
    if ((column_of(Target::Key) || map_.is_named(Target::Key)) && person_.recipient.key.empty()) refuse(Target::Key, "is empty; expected the number or name by which the person is known");
  }

  void read_name() {
    request::PersonName& name = person_.recipient.name;
    name.given = text(Target::Given, kMostName);
    name.family = text(Target::Family, kMostName);
    name.prefix = text(Target::Prefix, kMostName);
    name.suffix = text(Target::Suffix, kMostName);
    name.display = text(Target::Display, kMostName);
    if (name.given.empty() && name.family.empty() && name.display.empty()) refuse(column_of(Target::Family) ? Target::Family : column_of(Target::Given) ? Target::Given : Target::Display, "the person has no name");
    const std::string tag = text(Target::NameLocale, kMostName);
    if (tag.empty()) return;
    name.locale = lookups_.locale(tag);
    if (!name.locale) refuse(Target::NameLocale, "is no language tag; expected one such as en, es-US or zh-Hans");
  }

  void read_birth_date() {
    const std::string date = text(Target::BirthDate, kMostName);
    if (date.empty()) return;
    person_.recipient.birth_date = unicode::parse_date(date);
    if (person_.recipient.birth_date && day_ && *person_.recipient.birth_date > *day_) return refuse(Target::BirthDate, fmt::format("is after {}, the day of the mailing", unicode::to_text(*day_)));
    if (person_.recipient.birth_date && person_.recipient.birth_date->year >= kEarliestYear) return;
    if (person_.recipient.birth_date) return refuse(Target::BirthDate, fmt::format("is before {}", kEarliestYear));
    if (looks_reversed(date)) return refuse(Target::BirthDate, "is no date of the form YYYY-MM-DD; it looks like DD/MM/YYYY or MM/DD/YYYY, which is not guessed");
    if (date.size() > 10 && unicode::parse_date(std::string_view(date).substr(0, 10))) return refuse(Target::BirthDate, "has more than a date of the form YYYY-MM-DD; a time of day is not expected");
    refuse(Target::BirthDate, "is no day of the calendar of the form YYYY-MM-DD");
  }

  // Names have spaces and commas in them ("Haitian Creole", "Chinese, Simplified"): the longest text that is a language counts.
  void read_languages() {
    const std::string all = text(Target::Language, kMostName);
    if (all.empty() || (!holds_tags_only(all) && add_language(all))) return;
    const auto is_one = [&](std::string_view part) { return !holds_tags_only(part) && add_language(part); };
    // Of a list in JSON each item is one.
    std::string lines;
    for_each_line(value(Target::Language), [&](std::string_view line) { lines.append(lines.empty() ? "" : ";").append(cleaned(line)); });
    for_each_part(lines, ";", [&](std::string_view list) {
      if (is_one(list)) return;
      for_each_part(list, ",", [&](std::string_view part) {
        if (is_one(part)) return;
        for_each_part(part, " ", [&](std::string_view word) {
          if (!add_language(word)) refuse(Target::Language, "is no language, or several parted by ',' or ';'; expected tags such as es, pt-BR or zh-Hans, or names in English or the language itself");
        });
      });
    });
    if (person_.recipient.languages.size() > kMostLanguages) refuse(Target::Language, fmt::format("has more than {} languages", kMostLanguages));
  }

  // "en es", "zh-Hans en": tags that begin with two letters. No language's name is made of such words, and all names need not be known for it.
  bool holds_tags_only(std::string_view text) const {
    if (text.find(' ') == std::string_view::npos) return false;
    bool only = true;
    for_each_part(text, " ", [&](std::string_view word) { only = only && word.size() >= 2 && (word.size() == 2 || word[2] == '-') && word[0] >= 'a' && word[0] <= 'z' && word[1] >= 'a' && word[1] <= 'z'; });
    return only;
  }

  bool add_language(std::string_view text) {
    const auto& locale = lookups_.language(text);
    auto& languages = person_.recipient.languages;
    if (locale && std::find(languages.begin(), languages.end(), *locale) == languages.end()) languages.push_back(*locale);
    return locale.has_value();
  }

  template <typename Each>
  static void for_each_part(std::string_view text, const char* marks, Each each) {
    for (std::size_t at = text.find_first_not_of(marks); at != std::string_view::npos;) {
      const std::size_t end = std::min(text.find_first_of(marks, at), text.size());
      if (const std::string_view part = trimmed(text.substr(at, end - at)); !part.empty()) each(part);
      at = text.find_first_not_of(marks, end);
    }
  }

  void read_lines(std::vector<std::string>& lines) {
    for_each_line(value(Target::Address), [&](std::string_view line) { add_line(Target::Address, cleaned(line), lines); });
    for (int i = 0; i < 6; ++i) {
      const auto target = static_cast<Target>(static_cast<int>(Target::Line1) + i);
      if (column_of(target)) add_line(target, cleaned(value(target)), lines);
    }
    if (lines.size() > kMostLines) refuse(Target::Address, fmt::format("the address has {} lines; the most is {}", lines.size(), kMostLines));
  }
  void add_line(Target target, std::string line, std::vector<std::string>& lines) {
    if (line.empty() || fault_) return;
    check_length(column_name(target), line, kMostLine);
    lines.push_back(std::move(line));
  }

  void read_address() {
    request::PostalAddress postal;
    read_lines(postal.lines);
    postal.city = text(Target::City, kMostLine);
    postal.district = text(Target::District, kMostLine);
    postal.state = text(Target::State, kMostLine);
    postal.postcode = text(Target::Postcode, kMostPostcode);
    const std::string country = text(Target::Country, kMostLine);
    postal.country = country.empty() ? "" : lookups_.country(country);
    if (!country.empty() && postal.country.empty()) refuse(Target::Country, "is no country: expected its code of ISO 3166 (such as US), or its name in English or its own language");
    person_.recipient.country = postal.country;
    // Some addresses have no city and no postcode, as in Hong Kong.
    const bool in_parts = !postal.city.empty() || !postal.postcode.empty() || !postal.district.empty() || !postal.state.empty() || is_street_alone(postal.lines);
    if (in_parts) person_.recipient.postal = std::move(postal);
    else person_.recipient.address = std::move(postal.lines);
  }

  // A street in a list, or an object, that has columns for the rest, which are empty: as an address of lines it would be whole. A line with commas may be.
  [[nodiscard]] bool is_street_alone(const std::vector<std::string>& lines) const {
    const auto has_comma = [](std::string_view line) { return std::any_of(kCommas.begin(), kCommas.end(), [&](std::string_view comma) { return line.find(comma) != std::string_view::npos; }); };
    return lines.size() == 1 && column_of(Target::City) && column_of(Target::Postcode) && !has_comma(lines.front()) && value(Target::Address).find('\n') == std::string_view::npos;
  }

  void read_large_print() {
    const std::string answer = text(Target::LargePrint, kMostName);
    if (answer.empty()) return;
    const auto large = unicode::yes_or_no(answer);
    if (!large) return refuse(Target::LargePrint, "is neither yes nor no");
    person_.recipient.large_print = *large;
  }

  void read_fields() {
    for (const ColumnMap::Field& field : fields()) {
      if (field.column >= row_.values.size()) continue;
      std::string text;
      for_each_line(row_.values[field.column], [&](std::string_view line) {
        const std::string clean = cleaned(line);
        if (!clean.empty()) text.append(text.empty() ? "" : "\n").append(clean);
      });
      if (text.empty()) continue;
      check_length("field:" + field.name, text, kMostField);
      person_.fields.emplace_back(field.name, std::move(text));
    }
  }

  const Row& row_;
  const ColumnMap& map_;
  Lookups& lookups_;
  const std::optional<unicode::Date>& day_;
  std::optional<ColumnMap::OfObject> object_;  // of JSON Lines
  Person person_;
  std::optional<Rejected> fault_;
};

}  // namespace

const std::optional<unicode::Locale>& Lookups::locale(std::string_view tag) {
  if (const auto found = locales_.find(tag); found != locales_.end()) return found->second;
  if (locales_.size() >= kMostRemembered) locales_.clear();
  std::string written(tag);
  std::replace(written.begin(), written.end(), '_', '-');
  return locales_.emplace(std::string(tag), Locale::parse(written)).first->second;
}

const std::optional<unicode::Locale>& Lookups::language(std::string_view text) {
  if (const auto found = languages_.find(text); found != languages_.end()) return found->second;
  if (languages_.size() >= kMostRemembered) languages_.clear();
  auto known = locale(text);
  if (!known) known = language_names_.find(text);
  return languages_.emplace(std::string(text), std::move(known)).first->second;
}

const std::string& Lookups::country(std::string_view text) {
  if (const auto found = countries_.find(text); found != countries_.end()) return found->second;
  if (countries_.size() >= kMostRemembered) countries_.clear();
  return countries_.emplace(std::string(text), names_.find(text).value_or("")).first->second;
}

tl::expected<Person, Rejected> to_recipient(const Row& row, const ColumnMap& map, Lookups& lookups, const std::optional<unicode::Date>& day) { return Conversion(row, map, lookups, day).run(); }

}  // namespace handout::recipients
