#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace handout::cli {

// As it is written to standard output. What is no UTF-8, such as a name of a file, has U+FFFD in its place.
[[nodiscard]] inline std::string json_text(const nlohmann::ordered_json& json) { return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n"; }

}  // namespace handout::cli
