#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "batch/people.h"
#include "batch/request_maker.h"
#include "pipeline.h"

// A few recipients of a list by whom a mailing is looked over before it is printed.
namespace handout::batch {

inline constexpr std::string_view kProofFile = "proof.json";  // in the job's folder
inline constexpr std::string_view kProofPrefix = "proof-";    // of names of its files

struct Proof {
  struct Chosen { std::uint64_t row = 0; std::vector<std::string> covers; };  // what no earlier one shows
  std::vector<Chosen> chosen;               // in the order in which they were taken: the one that shows the most first
  std::vector<Refused> refused;             // rows that were met or tried and cannot be printed, the first hundred
  std::vector<std::string> not_covered;     // for which there was no room
  std::vector<std::string> not_printable;   // which only rows show that cannot be printed
  [[nodiscard]] bool has(std::uint64_t row) const;
  // As it stands in proof.json: rows and what they show, nothing of a person.
  [[nodiscard]] std::string to_json() const;
};

// What a proof is chosen from; `mailing`: where it begins, for messages.
struct ProofSources {
  People& people;
  RequestMaker& maker;
  Pipeline& pipeline;
  Span mailing;
};

// Reads the list once and takes at most `most` recipients that together show as much as possible of: every language, every layout in every profile, a language that fell back, the longest name (in characters), the
// most lines of an address, and each answer to each question that articles and layouts ask of a recipient (compose::Decision). Greedy: always the one that shows the most that is new; of several the first of the list, so that the
// same list gives the same proof. Who may be taken is laid out first: a row that can't be printed is passed over, whatever it would have shown. Interrupted by `stop`: what was chosen so far.
// A fault of the mailing, for which nobody's handout could be made, ends it.
Result<Proof> choose_proof(const ProofSources& sources, std::size_t most, const std::atomic<bool>& stop, Diagnostics& diags);

}  // namespace handout::batch
