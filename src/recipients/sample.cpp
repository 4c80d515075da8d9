#include "recipients/sample.h"

#include <array>
#include <charconv>
#include <utility>

#include "base/expects.h"
#include "base/narrow.h"
#include "recipients/sample_tables.h"

namespace handout::recipients {
namespace {

// Sebastiano Vigna's splitmix64: a counter and a mixing function, the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  // 0 .. count - 1; the bias of the high half of a product is below 2^-32 here.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(((next() >> 32U) * count) >> 32U); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <typename List>
  const auto& of(const List& list) { return list[below(list.size())]; }

 private:
  std::uint64_t state_;
};

std::vector<std::string_view> split(std::string_view list, char mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = list.find(mark);
    parts.push_back(list.substr(0, end));
    if (end == std::string_view::npos) return parts;
    list.remove_prefix(end + 1);
  }
}

struct Names {
  const NameTable* table;
  std::vector<std::string_view> women, men, families;
};
struct Place {
  const PlaceTable* table;
  std::vector<std::string_view> streets;
  std::vector<std::vector<std::string_view>> towns;
};

struct Tables {
  std::vector<Names> names;
  std::vector<int> until;  // weights summed up
  std::vector<Place> places;

  Tables() {
    for (const NameTable& each : name_tables()) {
      names.push_back({&each, split(each.women, '|'), split(each.men, '|'), split(each.families, '|')});
      until.push_back((until.empty() ? 0 : until.back()) + each.weight);
    }
    for (const PlaceTable& each : place_tables()) {
      Place place{&each, split(each.streets, '|'), {}};
      for (const std::string_view town : split(each.towns, '|')) place.towns.push_back(split(town, '~'));
      places.push_back(std::move(place));
    }
  }
};

using Person = std::array<std::string, kTargets>;

void append_number(std::string& to, std::uint64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  to.append(digits.data(), end);
}

void append_digits(std::string& to, std::uint64_t number, std::size_t width) {
  const std::size_t begin = to.size();
  append_number(to, number);
  if (to.size() - begin < width) to.insert(begin, width - (to.size() - begin), '0');
}

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : seed_(seed) {}

  // The n-th person, from 0.
  const Person& make(std::uint64_t n) {
    for (std::string& value : person_) value.clear();
    Random random(Random(seed_ ^ Random(n).next()).next());
    append_digits((at(Target::Key) = "P"), n + 1, 7);
    const Names& names = choose_names(random);
    make_name(names, random);
    make_birth_date(random);
    make_language(names, random);
    make_address(names, random);
    if (random.one_in(100)) make_awkward(names, random);
    copy_lines();
    return person_;
  }

 private:
  std::string& at(Target target) { return person_[static_cast<std::size_t>(target)]; }

  const Names& choose_names(Random& random) {
    const auto point = narrow<int>(random.below(narrow<std::size_t>(tables_.until.back())));
    std::size_t i = 0;
    while (tables_.until[i] <= point) ++i;
    return tables_.names[i];
  }

  void make_name(const Names& names, Random& random) {
    const bool woman = random.one_in(2);
    at(Target::Given) = random.of(woman ? names.women : names.men);
    const std::string_view family = random.of(names.families);
    const std::size_t slash = family.find('/');
    at(Target::Family) = slash == std::string_view::npos ? family : woman ? family.substr(slash + 1) : family.substr(0, slash);
    at(Target::NameLocale) = names.table->locale;
  }

  void make_birth_date(Random& random) {
    constexpr std::array<std::size_t, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const std::size_t year = 1925 + random.below(91), month = random.below(12);
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const std::size_t day = 1 + random.below(kDays[month] + (leap && month == 1 ? 1 : 0));
    std::string& date = at(Target::BirthDate);
    append_digits(date, year, 4);
    append_digits(date += '-', month + 1, 2);
    append_digits(date += '-', day, 2);
    at(Target::LargePrint) = random.one_in(year < 1955 ? 4 : 25) ? "yes" : "no";
  }

  void make_language(const Names& names, Random& random) {
    const std::size_t which = random.below(20);
    std::string& language = at(Target::Language);
    language = which == 0 ? std::string_view("en") : names.table->language;
    if (which == 1 || which == 2) language += " en";
    if (which == 3) language.clear();  // not known
  }

  const Place& choose_place(const Names& names, Random& random) {
    // Half live at home, half in one of the four countries that the table begins with.
    if (random.one_in(2)) {
      for (const Place& place : tables_.places) {
        if (place.table->country == names.table->country) return place;
      }
    }
    const std::size_t which = random.below(10);
    return tables_.places[which < 7 ? 0 : which - 6];
  }

  void make_address(const Names& names, Random& random) {
    const Place& place = choose_place(names, random);
    std::string& lines = at(Target::Address);
    append_line(lines, place.table->line, random.of(place.streets), 1 + random.below(random.one_in(4) ? 4000 : 120));
    if (!place.table->extra.empty() && random.one_in(4)) append_line(lines += '\n', place.table->extra, "", 1 + random.below(60));
    const auto& town = random.of(place.towns);
    at(Target::City) = town.at(0);
    at(Target::District) = town.at(1);
    at(Target::State) = town.at(2);
    append_postcode(at(Target::Postcode), town.at(3), random);
    at(Target::Country) = place.table->country;
  }

  static void append_line(std::string& to, std::string_view form, std::string_view street, std::size_t number) {
    for (const char c : form) {
      if (c == '#') append_number(to, number);
      else if (c == '*') to += street;
      else to += c;
    }
  }

  static void append_postcode(std::string& to, std::string_view form, Random& random) {
    // The letters that the posts use: not those that look like others.
    constexpr std::string_view kBritish = "ABDEFGHJLNPQRSTUWXYZ", kCanadian = "ABCEGHJKLMNPRSTVWXYZ";
    for (const char c : form) {
      if (c == '#') to += static_cast<char>('0' + random.below(10));
      else if (c == '@') to += kBritish[random.below(kBritish.size())];
      else if (c == '%') to += kCanadian[random.below(kCanadian.size())];
      else to += c;
    }
  }

  void make_awkward(const Names& names, Random& random) {
    std::string& given = at(Target::Given);
    std::string& family = at(Target::Family);
    switch (random.below(7)) {
      case 0:  // very long
        for (int i = 0; i < 5; ++i) given.append(" ").append(random.of(names.women));
        for (int i = 0; i < 3; ++i) family.append("-").append(random.of(names.families), 0, std::string_view::npos);
        for (std::size_t slash = family.find('/'); slash != std::string::npos; slash = family.find('/')) family[slash] = '-';
        break;
      case 1:  // of a letter
        given = "O";
        family = "E";
        at(Target::NameLocale) = "en";
        break;
      case 2:  // six lines
        at(Target::Address) = "c/o Sunrise Residence\nBuilding 4, North Wing\nStaircase B\n3rd floor\nRoom 12\n" + at(Target::Address).substr(0, at(Target::Address).find('\n'));
        break;
      case 3:  // commas and quotes
        given += " \"Bud\"";
        family += ", Jr.";
        at(Target::Address) += "\nSuite 5, \"The Annex\"";
        break;
      case 4:  // titles
        at(Target::Prefix) = "Prof. Dr.";
        at(Target::Suffix) = "PhD, RN";
        break;
      case 5:  // one name only
        at(Target::Display) = given;
        given.clear();
        family.clear();
        break;
      default:  // what a spreadsheet would take for a formula
        at(Target::Address) = "=House \"Quiet\"\n+1 " + at(Target::Address);
        break;
    }
  }

  // The lines once more, for who asks for them one by one.
  void copy_lines() {
    const std::vector<std::string_view> lines = split(at(Target::Address), '\n');
    for (std::size_t i = 0; i < lines.size() && i < 6; ++i) at(static_cast<Target>(static_cast<std::size_t>(Target::Line1) + i)) = lines[i];
  }

  std::uint64_t seed_;
  Tables tables_;
  Person person_;
};

void append_field(std::string& to, std::string_view value) {
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
    to += value;
    return;
  }
  to += '"';
  for (const char c : value) {
    if (c == '"') to += '"';
    to += c;
  }
  to += '"';
}

}  // namespace

std::vector<Target> sample_columns() {
  return {Target::Key, Target::Prefix, Target::Given, Target::Family, Target::Suffix, Target::Display, Target::NameLocale, Target::BirthDate, Target::Language, Target::Address, Target::City, Target::District, Target::State, Target::Postcode, Target::Country, Target::LargePrint};
}

bool write_sample(const SampleOptions& options, Sink& sink) {
  constexpr std::size_t kFlush = 64 * 1024;
  const std::vector<Target> columns = options.columns.empty() ? sample_columns() : options.columns;
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) text.append(i == 0 ? "" : ",").append(name(columns[i]));
  text += "\r\n";
  Maker maker(options.seed);
  for (std::uint64_t n = 0; n < options.count; ++n) {
    const Person& person = maker.make(n);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) text += ',';
      // In a list of one column an empty field would be an empty line, which is no record.
      const std::string& value = person[static_cast<std::size_t>(columns[i])];
      if (value.empty() && columns.size() == 1) text += "\"\"";
      else append_field(text, value);
    }
    text += "\r\n";
    if (text.size() < kFlush) continue;
    if (!sink.write(text)) return false;
    text.clear();
  }
  return sink.write(text);
}

}  // namespace handout::recipients
