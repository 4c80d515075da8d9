#pragma once

#include "layouts/properties.h"

// Which lengths the attributes of items and pages take: for their readers and for the vocabulary.
namespace handout::layouts {

inline constexpr LengthRule kGap{Sign::NotNegative, static_cast<std::uint8_t>(Relative::Unit)};
inline constexpr LengthRule kCellWidth{Sign::Positive, static_cast<std::uint8_t>(Relative::Unit) | static_cast<std::uint8_t>(Relative::Fraction)};
inline constexpr LengthRule kPictureLength{Sign::Positive, static_cast<std::uint8_t>(Relative::Unit)};
inline constexpr LengthRule kPageLength{Sign::NotNegative, static_cast<std::uint8_t>(Relative::Unit)};
inline constexpr LengthRule kPaperLength{Sign::Positive, 0};  // absolute only

// More than any page has.
inline constexpr int kMostLines = 100;  // of widows, orphans and columns
inline constexpr int kMostWritingLines = 200;

}  // namespace handout::layouts
