#pragma once

#include <span>
#include <string_view>

// What invented people are made of. It is code rather than a file below content/ since nobody who uses the program has a reason to change it, and the compiler checks it.
namespace handout::recipients {

// Lists are parted by "|". "А/Б": a family name of men and of women.
struct NameTable {
  std::string_view locale;     // of the name
  std::string_view language;   // what its people read
  std::string_view country;    // in which those live who live at home
  std::string_view women, men, families;
  int weight = 0;              // how many of a thousand
};

// Towns: "town~district~state~postcode", parts may be empty. In a postcode '#' is a digit, '@' a letter of the inward part of a British one, '%' a letter of a Canadian one.
// line: '#' stands for the number, '*' for the street.
struct PlaceTable {
  std::string_view country, line, streets, towns;
  std::string_view extra;      // a second line that some addresses have, '#' a number
};

std::span<const NameTable> name_tables();
std::span<const PlaceTable> place_tables();

}  // namespace handout::recipients
