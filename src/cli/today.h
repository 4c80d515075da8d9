#pragma once

#include <chrono>

namespace handout::cli {

// The day that the machine's clock has in UTC: shards on machines in several places agree on it.
[[nodiscard]] inline std::chrono::year_month_day today() { return {std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())}; }

}  // namespace handout::cli
