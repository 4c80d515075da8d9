#pragma once

#include <string>
#include <vector>

namespace handout::request {

// An address in its parts. Which of them stand on which line is the business of the country's post.
struct PostalAddress {
  std::vector<std::string> lines;  // street and house, or whatever stands above the town; in order
  std::string city, district, state, postcode;
  std::string country;             // ISO 3166, two letters
};

}  // namespace handout::request
