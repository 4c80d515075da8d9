#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "postal/postcode.h"
#include "unicode/capitals.h"
#include "unicode/locale.h"
#include "unicode/region_names.h"

// How posts want addresses written, read from content/postal/countries.xml. A noun: nothing here changes once it is read.
namespace handout::postal {

enum class Part : std::uint8_t { Street, District, City, State, Postcode };
inline constexpr std::size_t kPartCount = 5;
std::string_view name(Part part);  // "street", as it is written in the file
std::optional<Part> part_named(std::string_view name);

// A set of parts.
class Parts {
 public:
  void add(Part part) { bits_ |= 1u << static_cast<unsigned>(part); }
  [[nodiscard]] bool has(Part part) const { return (bits_ >> static_cast<unsigned>(part) & 1u) != 0; }
  friend bool operator==(Parts, Parts) = default;

 private:
  unsigned bits_ = 0;
};

// A part on its line. `separator` is printed when something of the line stands before it; `before` and `after` belong to the part; with `unless` it is left out where it says the same as that part.
struct Piece {
  Part part = Part::Street;
  std::string separator, before, after;
  std::optional<Part> unless;
};

// The lines from top to bottom. Street takes as many lines as it has; where it shares its line, its first does.
struct Form {
  std::vector<std::vector<Piece>> lines;
  std::vector<std::string> scripts;  // of the address; empty: any
};

// What counts towards the length of a line.
enum class CountSpaces : std::uint8_t { Yes, No };

struct Country {
  std::string code;                    // ISO 3166 alpha-2
  Form form;
  std::optional<Form> native;          // for addresses in its scripts: from the large to the small
  Parts required, capitals;
  PostcodeForm postcode;               // empty: the country has none, or any
  std::string postcode_prefix;         // "LT-"
  std::string postcode_lead;           // is written before postcodes and not printed, as the country's code is: the "D" of "D-53111"
  std::string city;                    // stands for a city that is not given: "SINGAPORE"
  std::string state;                   // the same of a state: "PR"
  std::string domestic_with;           // the country whose post serves it as its own: "US" for PR
  unicode::NameLength name_length = unicode::NameLength::Full;
  std::map<std::string, std::string, std::less<>> names;  // by language, where CLDR's would not do
  unicode::Locale language;            // of its mail
  std::size_t most_lines = 0;          // of an address there, the country's name not counted; 0: the post says nothing
  std::size_t most_characters = 0;     // of a line
  CountSpaces count_spaces = CountSpaces::Yes;
  std::size_t most_lines_abroad = 0;   // of an address in another country, for what is sent from here; the country's name counts
  Parts capitals_abroad;               // of such an address
  const unicode::Capitals* upper = nullptr;  // of `language`; Countries owns it
};

class Countries {
 public:
  // Null for a code that the file does not have.
  [[nodiscard]] const Country* find(std::string_view code) const;
  [[nodiscard]] const std::map<std::string, Country, std::less<>>& all() const { return all_; }

 private:
  friend class CountriesReader;
  std::map<std::string, Country, std::less<>> all_;
  std::map<std::string, std::unique_ptr<const unicode::Capitals>, std::less<>> capitals_;  // by language
};

// Every fault is told; nothing comes back when there was one. At most 1 MB.
Result<Countries> read_countries(const std::filesystem::path& path, Diagnostics& diags);

}  // namespace handout::postal
