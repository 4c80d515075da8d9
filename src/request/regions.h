#pragma once

#include <string_view>

namespace handout::request {

// A two-letter code of ISO 3166-1, as it is written now: "GB", not "gb" and not "UK".
bool is_region(std::string_view text);

}  // namespace handout::request
