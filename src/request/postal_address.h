#pragma once

#include <string>
#include <vector>

namespace handout::request {

// A postal address in parts, as a person or a list gave them. What a country has no use for stays empty. Written as lines by postal::format_address.
struct PostalAddress {
  std::vector<std::string> lines;  // street, house, flat, box: as they are given
  std::string city, district, state, postcode;
  std::string country;             // ISO 3166 alpha-2
  friend bool operator==(const PostalAddress&, const PostalAddress&) = default;
};

}  // namespace handout::request
