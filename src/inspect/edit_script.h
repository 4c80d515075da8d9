#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace handout::inspect {

// Where two sequences differ: [a_begin, a_end) was replaced by [b_begin, b_end). Everything between two hunks is equal.
struct Hunk {
  std::size_t a_begin = 0, a_end = 0, b_begin = 0, b_end = 0;
  friend bool operator==(const Hunk&, const Hunk&) = default;
};

// The shortest edit script (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). Where it would need more than some thousand steps, what is between the
// equal beginning and the equal end is one hunk.
std::vector<Hunk> edit_script(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

}  // namespace handout::inspect
