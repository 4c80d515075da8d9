#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "postal/countries.h"
#include "request/postal_address.h"
#include "unicode/country_names.h"

namespace handout::postal {

// Where mail comes from: its country decides whether an address is a foreign one, and in which language the name of another country is written. Made once for many addresses; the countries must outlive it.
class Sender {
 public:
  // `country`: one that `countries` has. `language`: the sender's own, else the country's.
  Sender(const Countries& countries, std::string_view country, const std::optional<unicode::Locale>& language = std::nullopt);

  [[nodiscard]] const Country& country() const { return *country_; }
  [[nodiscard]] bool is_domestic(const Country& destination) const;
  // Whether the post knows the letters of a text: Latin ones, or those of its country's language.
  [[nodiscard]] bool can_read(std::string_view text) const;
  // The name of a country in capitals. `latin`: whether the address is in Latin letters; where the sender's language is not, the name is then English, which the world's posts read
  // (Universal Postal Convention, Letter Post Regulations: a language known internationally).
  enum class Letters : std::uint8_t { Latin, Other };
  [[nodiscard]] const std::string& name_of(const Country& destination, Letters letters) const;

 private:
  using Names = std::map<std::string_view, std::string>;
  static Names names_in(const Countries& countries, const unicode::Locale& language);

  const Country* country_;
  std::vector<std::string> scripts_;
  Names own_, english_;  // by code; english_ is empty where the own language is in Latin letters
};

// What is wrong with an address. Never holds a word of it.
struct Finding {
  enum class Rule : std::uint8_t { UnknownCountry, Empty, MissingPart, Postcode, Lines, Characters, Script };
  Rule rule = Rule::UnknownCountry;
  Part part = Part::Street;            // MissingPart
  std::size_t line = 0;                // Characters: from 1
  std::size_t found = 0, allowed = 0;  // Lines, Characters
  std::string country = {};            // of the address, where it is known; Lines, Script: of the post whose rule it is
  std::string expected = {};           // Postcode: its form
  friend bool operator==(const Finding&, const Finding&) = default;
};
// "the postcode is not of the form of DE: #####", for a message about a row.
std::string describe(const Finding& finding);

// Whether an address with such a finding is written all the same.
enum class OnFinding : std::uint8_t { Tell, Refuse };
// Where the lines that name the recipient stand. First: on top, whatever the country does. AsWritten: behind the address where the country's own form goes from the large to the small.
enum class Names : std::uint8_t { First, AsWritten };
struct AddressOptions {
  OnFinding missing_part = OnFinding::Tell, postcode = OnFinding::Tell, length = OnFinding::Tell;
  Names names = Names::First;
};

struct FormattedAddress {
  std::vector<std::string> lines;      // empty when it is refused
  std::vector<Finding> findings;
  [[nodiscard]] bool refused() const { return lines.empty(); }
};

// The address as lines: `names` (the patient, an organization), then what the country's form says, then the country's name when it is another one. An address without a country is the sender's.
// Every part is cleaned as a field is (unicode::sanitize_field), its runs of spaces are made one; empty ones go with their separators. Capitals where the post wants them, for mail abroad in the city as well. What has no form
// (an unknown country, nothing but names) is refused. Where an address is in its country's own script and its form for that goes from the large to the small, city and state may stand in the street's line: they are not missing.
// A finding, but no reason to refuse: a foreign address whose city is in letters that the sender's post may not read (USPS IMM 122.1: city and country in English); of one without a city, nothing is in others. Text must be UTF-8.
// Nothing is transliterated.
FormattedAddress format_address(const request::PostalAddress& address, std::span<const std::string> names, const Sender& sender, const Countries& countries, const AddressOptions& options = {});

// An address that was given as lines: they stay as they are, and the country's name follows when it is another one than the sender's, unless the first or last line is a name of it or its code. `country`: a code, "" for the
// sender's. Findings are of UnknownCountry, which refuses it, and of Script. `names` is asked what is a name of a country.
FormattedAddress complete_lines(std::vector<std::string> lines, std::string_view country, const Sender& sender, const Countries& countries, unicode::CountryNames& names);

}  // namespace handout::postal
