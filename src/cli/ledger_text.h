#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"

// What `handout ledger` prints of a ledger's entries, for people and for programs.
namespace handout::cli {

// `settled`: how many rows are; of a shard that has ended, its own of the list's.
struct JobTotals {
  const ledger::Job& job;
  const ledger::Totals& totals;
  std::uint64_t settled = 0;
};
std::string text_of(const JobTotals& of, const std::vector<ledger::Event>& events);
nlohmann::ordered_json json_of(const JobTotals& of, const std::vector<ledger::Event>& events);
// A line.
std::string text_of(const ledger::FileEntry& file);
nlohmann::ordered_json json_of(const ledger::FileEntry& file);
// A line.
std::string text_of(const ledger::PieceEntry& piece);
nlohmann::ordered_json json_of(const ledger::PieceEntry& piece);
std::string_view name_of(ledger::Finding::What what);

}  // namespace handout::cli
