#include "batch/warnings.h"

#include "batch/told_alike.h"

namespace handout::batch {

void Warnings::warn(Piece& piece, const std::string& what) {
  const auto at = counted_.try_emplace(what).first;
  piece.warned.push_back(&at->first);
  Warned& warned = at->second;
  ++warned.pieces;
  if (warned.rows.size() < Warned::kMostRows) warned.rows.push_back(piece.task.row);
}

void Warnings::note(Piece& piece) {
  // A piece that was tried with another template first says some things twice.
  std::set<std::string> said;
  for (const Diagnostic& each : piece.told) {
    if (each.severity != Severity::Warning) continue;
    const auto [what, is_new] = said.insert(told_alike(each.message));
    if (is_new) warn(piece, *what);
  }
  if (!piece.merged.told) return;
  constexpr std::size_t kMostKept = 256;
  if (of_templates_.size() >= kMostKept && !of_templates_.contains(piece.merged.told)) of_templates_.clear();
  const auto [known, is_new] = of_templates_.try_emplace(piece.merged.told);
  if (is_new) {
    for (const Diagnostic& each : *piece.merged.told) {
      if (each.severity == Severity::Warning) known->second.insert(told_alike(each.message));
    }
  }
  for (const std::string& each : known->second) {
    if (!said.contains(each)) warn(piece, each);
  }
}

void Warnings::take_back(std::span<const std::string* const> warned, std::uint64_t row) {
  for (const std::string* const what : warned) {
    const auto at = counted_.find(*what);
    std::erase(at->second.rows, row);
    if (--at->second.pieces == 0) counted_.erase(at);
  }
}

}  // namespace handout::batch
