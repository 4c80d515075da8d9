#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>

#include "batch/batch.h"
#include "batch/press.h"
#include "merge/merge.h"

namespace handout::batch {

// What is told of pieces that are printed all the same, counted by what it says (Outcome::warnings).
class Warnings {
 public:
  explicit Warnings(std::map<std::string, Warned>& counted) : counted_(counted) {}

  // The piece gets what is told of it.
  void note(Piece& piece);
  // Of a piece that was refused in the end.
  void take_back(std::span<const std::string* const> warned, std::uint64_t row);

 private:
  void warn(Piece& piece, const std::string& what);

  std::map<std::string, Warned>& counted_;
  std::map<merge::Template::Told, std::set<std::string>> of_templates_;  // of all that one fills, looked up once
};

}  // namespace handout::batch
