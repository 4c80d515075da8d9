#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace handout::inspect {

// A page of the first file and the page of the second that it became; one of them alone was removed or added.
struct PagePair {
  std::optional<std::size_t> a, b;
  friend bool operator==(const PagePair&, const PagePair&) = default;
};

// Pages belong together by what they say, in their order: equal ones first, then between them those that share the most words.
std::vector<PagePair> align_pages(const std::vector<std::vector<std::uint32_t>>& a, const std::vector<std::vector<std::uint32_t>>& b);

}  // namespace handout::inspect
