#pragma once

#include "layouts/properties.h"

// Which lengths the attributes of items and pages take: for their readers and for the vocabulary.
namespace handout::layouts {

inline constexpr LengthRule kGap{Sign::NotNegative, static_cast<std::uint8_t>(Relative::Unit)};
inline constexpr LengthRule kCellWidth{Sign::Positive, static_cast<std::uint8_t>(Relative::Unit) | static_cast<std::uint8_t>(Relative::Fraction)};
inline constexpr LengthRule kLeast{Sign::Positive, static_cast<std::uint8_t>(Relative::Unit)};  // of a column of <parallel>
inline constexpr LengthRule kModule{Sign::Positive, 0};                                         // of a barcode
inline constexpr LengthRule kPlace{Sign::Any, static_cast<std::uint8_t>(Relative::Unit)};       // of a region
inline constexpr LengthRule kSide{Sign::Positive, static_cast<std::uint8_t>(Relative::Unit)};
inline constexpr LengthRule kMinimum{Sign::NotNegative, static_cast<std::uint8_t>(Relative::Unit)};  // of a leader
inline constexpr LengthRule kPictureLength{Sign::Positive, static_cast<std::uint8_t>(Relative::Unit)};
inline constexpr LengthRule kPageLength{Sign::NotNegative, static_cast<std::uint8_t>(Relative::Unit)};
inline constexpr LengthRule kPaperLength{Sign::Positive, 0};  // absolute only
inline constexpr LengthRule kMarkPlace{Sign::NotNegative, 0};  // machines don't grow with the type
inline constexpr LengthRule kMarkLength{Sign::Positive, 0};
inline constexpr LengthRule kMinimumType{Sign::Positive, 0};  // of a profile

// More than any page has.
inline constexpr int kMostLines = 100;  // of widows, orphans and columns
inline constexpr int kMostWritingLines = 200;
inline constexpr int kMostPages = 1000;  // of fit

}  // namespace handout::layouts
