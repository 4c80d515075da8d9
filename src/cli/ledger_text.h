#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"

// What `handout ledger` prints of a ledger's entries, for people and for programs.
namespace handout::cli {

std::string text_of(const ledger::Job& job, const ledger::Totals& totals, const std::vector<ledger::Event>& events);
nlohmann::ordered_json json_of(const ledger::Job& job, const ledger::Totals& totals, const std::vector<ledger::Event>& events);
// A line.
std::string text_of(const ledger::FileEntry& file);
nlohmann::ordered_json json_of(const ledger::FileEntry& file);
// A line.
std::string text_of(const ledger::PieceEntry& piece);
nlohmann::ordered_json json_of(const ledger::PieceEntry& piece);
std::string_view name_of(ledger::Finding::What what);

}  // namespace handout::cli
