#pragma once

// The most that an attribute may say: for the vocabulary and the readers.
namespace handout::content {

inline constexpr int kMostColumns = 50;
inline constexpr int kMostRows = 1000;         // that one cell covers
inline constexpr int kMostLines = 40;          // a page of ruled lines
inline constexpr int kGreatestNumber = 9999;   // of a list's first item

}  // namespace handout::content
