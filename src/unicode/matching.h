#pragma once

#include <string>
#include <string_view>

namespace handout::unicode {

// A text for comparing names that people write in several ways: NFKC case-folded (UAX #31, "toNFKC_Casefold"), without accents (U+0300..U+036F), white space, and - _ . , ' ’ ( ) / : ? *
std::string fold_for_matching(std::string_view text);

// A text for comparing keys and other values that are the same only when they are written the same: in normalization form C, with one space where white space (UAX #44, White_Space) is, none at the ends, and without what shows nothing (Default_Ignorable_Code_Point).
// Capitals and widths are told apart, since systems have keys that differ in nothing else.
std::string comparable(std::string_view text);

}  // namespace handout::unicode
