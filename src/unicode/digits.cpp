#include "unicode/digits.h"

#include <unicode/uchar.h>

#include <cstdint>

namespace handout::unicode {

std::optional<int> digit_value(char32_t c) {
  const std::int32_t value = u_charDigitValue(static_cast<UChar32>(c));
  return value < 0 ? std::nullopt : std::optional<int>(value);
}

}  // namespace handout::unicode
