#include "unicode/text.h"

#include <array>

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "unicode/icu_status.h"

namespace handout::unicode {

bool is_white_space(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }

bool is_default_ignorable(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0; }

bool is_mark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

bool is_letter(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_L_MASK) != 0; }

bool is_opening_punctuation(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_PS_MASK | U_GC_PI_MASK | U_GC_PF_MASK)) != 0 || c == 0xBF || c == 0xA1 || c == U'\'' || c == U'"';
}

bool is_line_separator(char32_t c) { return c == 0x2028 || c == 0x2029 || (c >= 0x0A && c <= 0x0D) || c == 0x85; }

bool is_bidi_control(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string describe(char32_t c) {
  std::array<char, 128> name{};  // the longest name of Unicode 15 has 88 letters
  UErrorCode status = U_ZERO_ERROR;
  // Extended names give "<control-000A>" and "<unassigned-0378>" where the standard has no name.
  u_charName(static_cast<UChar32>(c), U_EXTENDED_CHAR_NAME, name.data(), static_cast<std::int32_t>(name.size()), &status);
  ensure_success(status);
  return fmt::format("U+{:04X} {}", static_cast<std::uint32_t>(c), name.data());
}

}  // namespace handout::unicode
