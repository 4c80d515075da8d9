#pragma once

#include <cstddef>
#include <cstdint>

namespace handout::mailings {

inline constexpr std::uintmax_t kLargestFile = 1u << 20;
inline constexpr std::size_t kDeepest = 8;          // mailings that extend one another
inline constexpr std::size_t kMostFields = 100;
inline constexpr std::size_t kMostChoices = 50;
inline constexpr std::size_t kLongestName = 200;    // bytes of a file's name: 255 in the usual systems, less what is added while it is written
inline constexpr long long kMostPieces = 100'000'000;
inline constexpr long long kMostDays = 36'500;

}  // namespace handout::mailings
