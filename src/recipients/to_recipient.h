#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "recipients/column_map.h"
#include "recipients/flat_json.h"
#include "recipients/row.h"
#include "request/request.h"
#include "unicode/country_names.h"
#include "unicode/language_names.h"

namespace handout::recipients {

struct Person {
  request::Recipient recipient;
  std::vector<std::pair<std::string, std::string>> fields;  // name and value; those with a value
};

// Language tags and countries that were read before: most rows name one of few. One for each thread.
class Lookups {
 public:
  // Of a tag ("_" is taken for "-"); nothing for what is none.
  const std::optional<unicode::Locale>& locale(std::string_view tag);
  // Of a tag or a language's name ("Spanish", "español").
  const std::optional<unicode::Locale>& language(std::string_view text);
  // Alpha-2, or "" when it is not known.
  const std::string& country(std::string_view text);

 private:
  template <typename Value>
  using Known = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;
  Known<std::optional<unicode::Locale>> locales_, languages_;
  Known<std::string> countries_;
  unicode::CountryNames names_;
  unicode::LanguageNames language_names_;
};

// One value as all of a person's are: without white space at its ends, control characters, marks of direction and noncharacters; line breaks and tabs inside are spaces. "" where nothing of it shows.
std::string cleaned(std::string_view text);

// A row as a person. All values are cleaned: white space at the ends is taken away, line breaks and tabs inside become spaces (in `address` and in fields' values they part lines; empty lines are left out), other control
// characters, marks of direction and noncharacters are taken away; of what shows nothing (white space, invisible characters) nothing is left. The address goes to `postal` when the row has a city, district, state or postcode of its own, or a street alone (one line without a comma and
// without a line break) where the list (of JSON Lines: the object) has columns for city and postcode; else it is `address`, line by line as given.
// Rejected: a value that holds U+FFFD, since something of it was lost before it came here; no name; a key that is empty where there is a column for it (of JSON Lines: where the object has one, or the options name it); two keys of an object that are one thing and differ; dates that are not YYYY-MM-DD (what looks like 31/12/1980 is told, and not guessed), before 1800 or after `day`, the mailing's; languages (tags or names, parted by lines, ',', ';' or spaces) and countries
// that are not known;
// large print other than yes, no, true, false, 1, 0, y, n, x and the words for yes and no of some languages; more than 200 characters of a name, 120 of a line or a place, 20 of a postcode, 12 lines, 10,000 of a field.
// The reason never has a value in it.
tl::expected<Person, Rejected> to_recipient(const Row& row, const ColumnMap& map, Lookups& lookups, const std::optional<unicode::Date>& day = std::nullopt);

}  // namespace handout::recipients
