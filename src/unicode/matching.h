#pragma once

#include <string>
#include <string_view>

namespace handout::unicode {

// A text for comparing names that people write in several ways: NFKC case-folded (UAX #31, "toNFKC_Casefold"), without accents (U+0300..U+036F), white space, and - _ . , ' ’ ( ) / : ? *
std::string fold_for_matching(std::string_view text);

}  // namespace handout::unicode
