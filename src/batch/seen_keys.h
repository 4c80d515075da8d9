#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/digest.h"
#include "batch/nameless_file.h"

namespace handout::batch {

// 128 bits of SHA-256: among a hundred million keys two that differ look alike with a probability of 1e-23.
using KeyHash = std::array<std::uint64_t, 2>;
// Of a key, or of what stands for one.
[[nodiscard]] KeyHash key_hash(Sha256& maker, std::string_view text);

// The keys of a list so far. The last ones are in memory; those before wait, sorted, in files without a name, of which memory holds a filter of 8 bits for each key (Bloom, 1970), so that few new keys
// are looked for in a file. What it answers is exact.
class SeenKeys {
 public:
  static constexpr std::size_t kMostInMemory = 1u << 14U;
  explicit SeenKeys(std::size_t most_in_memory = kMostInMemory) : most_(most_in_memory) {}

  // False when it was there. A failure: the machine's, of the files.
  Result<bool> add(const KeyHash& hash, Diagnostics& diags);

 private:
  struct Run {
    NamelessFile file;
    std::size_t count = 0;
    std::vector<std::uint64_t> filter;
  };
  class RunReader;
  class RunWriter;

  // The slot that holds it, or where it would stand.
  [[nodiscard]] std::size_t slot_of(const KeyHash& hash) const;
  void grow();
  [[nodiscard]] bool put_away();
  [[nodiscard]] bool join_last_two();
  // Nothing: the file can't be read.
  [[nodiscard]] static std::optional<bool> holds(const Run& run, const KeyHash& hash);

  std::size_t most_;
  std::vector<KeyHash> table_;  // open addressing; all zeros: nothing
  std::size_t count_ = 0;       // in it
  std::vector<Run> runs_;       // each longer than the next
};

}  // namespace handout::batch
