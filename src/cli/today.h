#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/diagnostics.h"
#include "ledger/ledger.h"

namespace handout::cli {

// The day that the machine's clock has in UTC: shards on machines in several places agree on it.
[[nodiscard]] inline std::chrono::year_month_day today() { return {std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())}; }

// What --day or --today was given; nothing: it is no day, which is told.
[[nodiscard]] inline std::optional<ledger::Day> day_named(std::string_view text, Diagnostics& diags) {
  const auto day = ledger::day_from_text(text);
  if (!day) diags.usage_error(std::string("'").append(text).append("' is no day of the calendar")).hint("give it as YYYY-MM-DD, such as 2026-11-30");
  return day;
}

}  // namespace handout::cli
