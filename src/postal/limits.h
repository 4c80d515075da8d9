#pragma once

// What a list of countries may say: below and above these a figure is a slip of the pen.
namespace handout::postal {

inline constexpr int kLeastLines = 3, kMostLines = 20, kLeastCharacters = 20, kMostCharacters = 200;

}  // namespace handout::postal
